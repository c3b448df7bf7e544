/* layout.c - pages of text cut into lines that know where they stand.
 *
 * pdftotext keeps columns within a page, but every page has a left margin of its own: indents compare only on one page. The
 * foot of a page is its title, the fiscal year and "Page 7 of 120". */
#include <string.h>

#include "codeshelf/utf8.h"
#include "parts.h"
#include "reader/lines.h"

enum { FOOT_LINES = 3, TERM_MAX = 9, INDENT_SLACK = 3, ALIKE_MIN = 4, DOTS_MIN = 4 };

/* White space squeezed, and the marks of lists, which come as characters of a symbol font, made bullets. */
static const char *clean(struct arena *arena, struct buf *scratch, const char *bytes, size_t n)
{
    static const char *const marks[] = {"\xEF\x82\xA7", "\xEF\x82\xB7", "\xE2\x96\xAA"};
    struct buf squeezed = {0};
    buf_clear(scratch);
    utf8_from_bytes(scratch, bytes, n);
    text_squeeze(&squeezed, buf_text(scratch), scratch->len);
    const char *text = buf_text(&squeezed), *kept = NULL;
    for (size_t i = 0; i < sizeof marks / sizeof *marks && !kept; i++) {
        if (strncmp(text, marks[i], 3) == 0) {
            kept = arena_printf(arena, "\xE2\x80\xA2 %s", text + 3 + strspn(text + 3, " "));
        }
    }
    kept = kept ? kept : arena_strdup(arena, text);
    buf_free(&squeezed);
    return kept;
}

/* How many characters the n bytes are. */
static int columns(const char *s, size_t n)
{
    int count = 0;
    for (size_t i = 0; i < n; i++) {
        count += ((unsigned char)s[i] & 0xC0) != 0x80;
    }
    return count;
}

/* The column where text stands behind a bullet or a term set apart ("Z28.3    Underimmunization status"). */
static int body_column(const char *s, size_t n, size_t indent)
{
    size_t term = indent;
    while (term < n && s[term] != ' ') {
        term++;
    }
    size_t text = term;
    while (text < n && s[text] == ' ') {
        text++;
    }
    bool apart = text - term > 1 && term - indent <= TERM_MAX && (term - indent == 1 || !strchr(".,;:?!", s[term - 1]));
    return text < n && apart ? columns(s, text) : (int)indent;
}

/* A line of the contents: dots that lead to a page number. */
static bool is_contents(const char *text)
{
    size_t n = strlen(text);
    while (n > 0 && text[n - 1] >= '0' && text[n - 1] <= '9') {
        n--;
    }
    if (n == strlen(text)) {
        return false;
    }
    while (n > 0 && text[n - 1] == ' ') {
        n--;
    }
    size_t dots = 0;
    while (n > dots && text[n - 1 - dots] == '.') {
        dots++;
    }
    return dots >= DOTS_MIN || (n >= 6 && memcmp(text + n - 6, "\xE2\x80\xA6\xE2\x80\xA6", 6) == 0);
}

static bool is_foot(const char *text)
{
    size_t year = strncmp(text, "FY ", 3) == 0 ? strspn(text + 3, "0123456789") : 0;
    size_t page = strncmp(text, "Page ", 5) == 0 ? strspn(text + 5, "0123456789") : 0;
    return strcmp(text, "ICD-10-CM Official Guidelines for Coding and Reporting") == 0 ||
           (year == 4 && text[3 + year] == '\0') ||
           (page > 0 && (text[5 + page] == '\0' || strncmp(text + 5 + page, " of ", 4) == 0));
}

/* Takes the foot off the lines of a page, those from first on; blank lines before the foot count as blanks of what follows.
 * Returns how many. */
static int drop_foot(struct gl_lines *out, size_t first)
{
    int blanks = 0;
    for (int i = 0; i < FOOT_LINES && out->len > first && is_foot(out->items[out->len - 1].text); i++) {
        blanks += out->items[--out->len].blanks;
    }
    return blanks;
}

/* The right margin of every line of a page, by the lines that begin where it does; where these are few, by all. */
static void find_edges(struct gl_lines *lines, size_t first)
{
    int most = 0;
    for (size_t i = first; i < lines->len; i++) {
        most = lines->items[i].end > most ? lines->items[i].end : most;
    }
    for (size_t i = first; i < lines->len; i++) {
        struct gl_line *line = &lines->items[i];
        int alike = 0;
        for (size_t k = first; k < lines->len; k++) {
            int apart = lines->items[k].body - line->body;
            if (apart >= -INDENT_SLACK && apart <= INDENT_SLACK) {
                alike++;
                line->edge = lines->items[k].end > line->edge ? lines->items[k].end : line->edge;
            }
        }
        line->edge = alike < ALIKE_MIN ? most : line->edge;
    }
}

/* One page; *blanks are the empty lines since the last text, before and after. */
static void cut_page(const char *page, size_t n, int *blanks, struct arena *arena, struct buf *scratch, struct gl_lines *out)
{
    struct lines l;
    const size_t first = out->len;
    lines_start(&l, page, n);
    while (lines_next(&l)) {
        size_t len = l.len, indent = 0;
        while (len > 0 && (l.text[len - 1] == ' ' || l.text[len - 1] == '\r')) {
            len--;
        }
        while (indent < len && l.text[indent] == ' ') {
            indent++;
        }
        const char *text = indent < len ? clean(arena, scratch, l.text, len) : "";
        if (!text[0]) {
            ++*blanks;
            continue;
        }
        struct gl_line line = {.text = text, .indent = (int)indent, .body = body_column(l.text, len, indent)};
        line.end = columns(l.text, len);
        line.blanks = *blanks;
        line.page = out->len == first;
        line.contents = is_contents(text);
        VEC_PUSH(out, line);
        *blanks = 0;
    }
    *blanks = drop_foot(out, first);
    find_edges(out, first);
}

void gl_layout(const char *text, size_t n, struct arena *arena, struct gl_lines *out)
{
    struct buf scratch = {0};
    int blanks = 0;
    for (const char *at = text, *end = text + n; at < end;) {
        const char *feed = memchr(at, '\f', (size_t)(end - at));
        const char *stop = feed ? feed : end;
        cut_page(at, (size_t)(stop - at), &blanks, arena, &scratch, out);
        at = stop + 1;
    }
    buf_free(&scratch);
}
