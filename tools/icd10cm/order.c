/* order.c - the order file: one line a code, in the order of the book.
 *
 * Columns count from 1 as in the documentation of the file: 1-5 a running number, 7-13 the code without its dot, 15
 * the flag (0 a header, 1 billable), 17-76 the short title, 78- the long title. The other columns are blank. Every
 * line is either that or refused with its place: a code set with one line misread is worse than none. */
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/utf8.h"
#include "icd10cm.h"
#include "reader/lines.h"

enum {
    NUMBER_END = 5,
    CODE_AT = 6,
    CODE_END = 13,
    FLAG_AT = 14,
    SHORT_AT = 16,
    SHORT_END = 76,
    LONG_AT = 77,
    LINE_MAX_BYTES = 4096
};

struct reading {
    const struct input *in;
    const struct lines *line;
    size_t len; /* of the line, trailing blanks left out */
    struct arena *arena;
    struct buf scratch;
    struct error *err;
};

void icd_order_free(struct icd_order *order)
{
    free(order->items);
    map_free(&order->by_code);
    *order = (struct icd_order){0};
}

int32_t icd_order_parent(const struct icd_order *order, const char *code)
{
    uint32_t at;
    for (size_t n = strlen(code); n > 3; n--) {
        if (map_get(&order->by_code, code, n - 1, &at)) {
            return (int32_t)at;
        }
    }
    return NO_PARENT;
}

/* The length of a line without what stands for nothing at its end: blanks and the end-of-file mark of old systems. */
static size_t line_length(const struct lines *line)
{
    size_t n = line->len;
    while (n > 0 && (line->text[n - 1] == ' ' || line->text[n - 1] == '\t' || line->text[n - 1] == '\x1a')) {
        n--;
    }
    return n;
}

static enum status fail(struct reading *r, size_t offset, const char *expected, const char *found, size_t n)
{
    struct buf shown = {0};
    utf8_from_bytes(&shown, found, n);
    input_error(r->err, r->in->path, r->line->number, offset + 1, "expected %s, found \"%s\"", expected,
                buf_text(&shown));
    buf_free(&shown);
    return ST_INPUT;
}

static enum status check_columns(struct reading *r)
{
    static const size_t blank[] = {NUMBER_END, CODE_END, FLAG_AT + 1, SHORT_END};
    const char *s = r->line->text;
    if (r->len <= LONG_AT || r->len > LINE_MAX_BYTES) {
        return input_error(r->err, r->in->path, r->line->number, r->len + 1,
                           "expected a line with a long title from column 78, found %zu bytes", r->len);
    }
    for (size_t i = 0; i < NUMBER_END; i++) {
        if (s[i] < '0' || s[i] > '9') {
            return fail(r, i, "a five-digit order number", s, NUMBER_END);
        }
    }
    for (size_t i = 0; i < sizeof blank / sizeof *blank; i++) {
        if (s[blank[i]] != ' ') {
            return fail(r, blank[i], "a blank", s + blank[i], 1);
        }
    }
    if (s[FLAG_AT] != '0' && s[FLAG_AT] != '1') {
        return fail(r, FLAG_AT, "0 (header) or 1 (billable)", s + FLAG_AT, 1);
    }
    return ST_OK;
}

static const char *take_text(struct reading *r, size_t from, size_t to)
{
    return icd_text(r->arena, &r->scratch, r->line->text + from, to - from);
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Short titles abbreviate the words of the long one and never put a digit inside a word (true of every release from
 * FY2016 to FY2025), so "Clostr7dium" is damage although nothing about the columns is wrong. */
static enum status check_short_title(struct reading *r, const char *title)
{
    const char *s = r->line->text;
    for (size_t i = SHORT_AT + 1; i + 1 < SHORT_END; i++) {
        if (s[i] < '0' || s[i] > '9' || !is_lower(s[i - 1]) || !is_lower(s[i + 1])) {
            continue;
        }
        size_t from = i, to = i;
        while (from > SHORT_AT && s[from - 1] != ' ') {
            from--;
        }
        while (to < SHORT_END && s[to] != ' ') {
            to++;
        }
        char word[SHORT_END - SHORT_AT + 1];
        memcpy(word, s + from, to - from);
        word[to - from] = '\0';
        if (!strstr(title, word)) {
            return fail(r, from, "a word of the long title or its abbreviation", word, to - from);
        }
    }
    return ST_OK;
}

static enum status read_code(struct reading *r, struct icd_order *out, const char **code)
{
    char s[CODE_END - CODE_AT + 1] = "";
    size_t n = CODE_END - CODE_AT;
    memcpy(s, r->line->text + CODE_AT, n);
    while (n > 0 && s[n - 1] == ' ') {
        s[--n] = '\0';
    }
    icd_code_raise_x(s);
    if (!icd_code_shaped(s, n)) {
        return fail(r, CODE_AT, "an ICD-10-CM code", s, n);
    }
    bool added;
    map_put(&out->by_code, s, n, (uint32_t)out->len, &added);
    if (!added) {
        return fail(r, CODE_AT, "a code that no earlier line has", s, n);
    }
    if (n > 3 && icd_order_parent(out, s) == NO_PARENT) {
        return fail(r, CODE_AT, "a code whose category stands before it", s, n);
    }
    *code = arena_strndup(r->arena, s, n);
    return ST_OK;
}

static enum status read_line(struct reading *r, struct icd_order *out)
{
    struct icd_row row = {0};
    enum status st = check_columns(r);
    if (st == ST_OK) {
        st = read_code(r, out, &row.code);
    }
    if (st != ST_OK) {
        return st;
    }
    row.billable = r->line->text[FLAG_AT] == '1';
    row.short_title = take_text(r, SHORT_AT, SHORT_END);
    row.title = take_text(r, LONG_AT, r->len);
    VEC_PUSH(out, row);
    return check_short_title(r, row.title);
}

enum status icd_order_read(const struct input *in, struct arena *arena, struct icd_order *out, struct error *err)
{
    struct lines line;
    struct reading r = {.in = in, .line = &line, .arena = arena, .err = err};
    enum status st = ST_OK;
    lines_start(&line, in->bytes, in->len);
    while (st == ST_OK && lines_next(&line)) {
        r.len = line_length(&line);
        if (r.len > 0) {
            st = read_line(&r, out);
        }
    }
    if (st == ST_OK && out->len == 0) {
        st = input_error(err, in->path, 1, 1, "expected the lines of an order file, found none");
    }
    buf_free(&r.scratch);
    return st;
}

void icd_order_from_edition(const struct edition *ed, struct arena *arena, struct icd_order *out)
{
    for (size_t i = 0; i < ed->entries.len; i++) {
        const struct ed_entry *e = &ed->entries.items[i];
        if (e->kind == KIND_CHAPTER || e->kind == KIND_SECTION) {
            continue;
        }
        struct icd_row row = {.code = arena_strdup(arena, e->code),
                              .title = arena_strdup(arena, e->title),
                              .short_title = arena_strdup(arena, e->short_title),
                              .billable = e->billable};
        map_put(&out->by_code, row.code, strlen(row.code), (uint32_t)out->len, NULL);
        VEC_PUSH(out, row);
    }
}
