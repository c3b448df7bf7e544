/* index.c - the HCPCS Index from the text of its PDF.
 *
 * Main terms begin at the margin, subterms are indented by one to five blanks, as the page has it; "Tray, A4310-A4320" names
 * its codes behind the last comma but those between codes. A line of codes alone goes on with the codes of the one before. */
#include <stdlib.h>
#include <string.h>

#include "printed.h"
#include "reader/lines.h"

enum { DEEPER = 2, DEPTH_MAX = 4 };

struct index {
    struct edition *ed;
    struct buf row; /* the row at hand: its line and those of codes that go on with it */
    int indent;     /* where it begins */
    int last_indent, last_depth;
    bool last_codes; /* of the row before */
    size_t main, sub;
};

/* Where the codes of a row begin; its length without. */
static size_t codes_begin(const char *s)
{
    size_t n = strlen(s);
    for (size_t i = 2; i < n; i++) {
        bool behind_comma = s[i - 1] == ',' || (s[i - 1] == ' ' && s[i - 2] == ',');
        bool last = s[i - 1] == ' ' && n - i == 5; /* one row lacks its comma */
        if ((behind_comma || last) && printed_code(s + i)) {
            return i;
        }
    }
    return n;
}

/* A row deeper than one that has no codes is below it; else rows of about the same indent are beside each other. */
static int find_depth(const struct index *x)
{
    if (x->indent == 0) {
        return 0;
    }
    if (x->last_depth == 0) {
        return 1;
    }
    if (!x->last_codes && x->indent >= x->last_indent + DEEPER && x->last_depth < DEPTH_MAX) {
        return x->last_depth + 1;
    }
    return x->last_depth > 1 && x->indent <= x->last_indent - DEEPER ? x->last_depth - 1 : x->last_depth;
}

static void end_row(struct index *x)
{
    const char *text = buf_text(&x->row);
    size_t codes = codes_begin(text);
    if (x->row.len > 0) {
        struct arena *arena = &x->ed->arena;
        struct see see = printed_see(arena, text, codes);
        struct ed_term t = {.book = COMP_INDEX, .depth = find_depth(x), .title = see.title, .nemod = "",
                            .codes = arena_strdup(arena, text + codes), .manifestation = "", .see = see.see,
                            .see_also = see.see_also, .see_category = "", .cells = ""};
        VEC_PUSH(&x->ed->terms, t);
        *(t.depth == 0 ? &x->main : &x->sub) += 1;
        x->last_indent = x->indent;
        x->last_depth = t.depth;
        x->last_codes = t.codes[0] != '\0';
    }
    buf_clear(&x->row);
}

static void add_line(struct index *x, const char *text, size_t n, int indent)
{
    bool more = x->row.len > 0 && printed_code(text);
    if (!more) {
        end_row(x);
        x->indent = indent;
    } else if (x->row.text[x->row.len - 1] != '-') {
        buf_putc(&x->row, ' ');
    }
    buf_add(&x->row, text, n);
}

/* Letters of the alphabet between the rows, page headers, the day it was made. */
static bool is_aside(const char *text)
{
    return (text[0] >= 'A' && text[0] <= 'Z' && text[1] == '\0') || strstr(text, "HCPCS Alpha-Numeric Index") != NULL ||
           strncmp(text, "Last Updated", 12) == 0;
}

enum status printed_index(const char *path, const char *text, size_t n, struct edition *ed, struct report *rep,
                          struct error *err)
{
    struct index x = {.ed = ed};
    struct lines l;
    bool begun = false;
    lines_start(&l, text, n);
    while (lines_next(&l)) {
        size_t indent = 0, len = l.len;
        while (len > 0 && l.text[len - 1] == ' ') {
            len--;
        }
        while (indent < len && l.text[indent] == ' ') {
            indent++;
        }
        char *row = arena_strndup(&ed->arena, l.text + indent, len - indent);
        begun = begun || strcmp(row, "A") == 0;
        if (begun && row[0] != '\0' && !is_aside(row)) {
            add_line(&x, row, len - indent, (int)indent);
        }
    }
    end_row(&x);
    buf_free(&x.row);
    if (x.main == 0) {
        return input_error(err, path, 0, 0, "expected the rows of the HCPCS Index behind a line \"A\", found none");
    }
    report_line(rep, "index: %zu main terms, %zu subterms", x.main, x.sub);
    return ST_OK;
}
