/* tables.c - files of rows and columns. Consumer and clinician descriptors have a header row, found by its column names because a
 * notice may stand before it; they come as text between tabs or as a workbook. The PLA list between tabs has no header, and
 * its columns after the code are told apart by their form. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "codeshelf/utf8.h"
#include "cpt/cpt.h"
#include "cpt/data.h"

enum { CELLS_MAX = 64, HEADER_ROWS_MAX = 500, FOUND_BYTES = 24, MEDIUM_WIDTH = 48, SHORT_WIDTH = 28 };

/* A line cut at its tabs, or where it has none at its bars, as UTF-8. */
struct row {
    struct buf text;
    size_t at[CELLS_MAX];
    const char *cells[CELLS_MAX];
    size_t n;
};

static void row_split(struct row *r, const struct lines *l)
{
    const char *s = l->text, *end = l->text + l->len;
    const char between = l->len && memchr(s, '\t', l->len) ? '\t' : '|';
    buf_clear(&r->text);
    for (r->n = 0; r->n < CELLS_MAX && s <= end; r->n++) {
        const char *cut = memchr(s, between, (size_t)(end - s));
        const char *stop = cut ? cut : end;
        r->at[r->n] = r->text.len;
        utf8_from_bytes(&r->text, s, (size_t)(stop - s));
        buf_putc(&r->text, '\0');
        s = stop + 1;
    }
    for (size_t i = 0; i < r->n; i++)
        r->cells[i] = r->text.text + r->at[i];
}

struct table {
    const struct input *in;
    struct book *book;          /* NULL while only the header is looked for */
    enum role role;             /* of the header found; ROLE_COUNT before */
    size_t code, text, columns; /* where the code and its wording stand; how many columns the header has */
    bool link;                  /* the header is that of a CPT Link table that is not read */
    size_t rows;
};

static void take_header(struct table *t, const char *const *cells, size_t n)
{
    size_t code = n, text = n, concept_id = n;
    enum role role = ROLE_COUNT;
    for (size_t i = 0; i < n; i++) {
        if (table_named(cells[i], "CPT Code"))
            code = i;
        else if (table_named(cells[i], "Concept Id"))
            concept_id = i;
        else if (table_named(cells[i], "Consumer Friendly Descriptor") || table_named(cells[i], "Clinician Descriptor")) {
            text = i;
            role = table_named(cells[i], "Clinician Descriptor") ? ROLE_CLINICIAN : ROLE_CONSUMER;
        }
    }
    t->columns = n;
    t->code = code;
    t->text = text;
    t->role = code < n && text < n ? role : link_recognise(cells, n);
    t->link = t->role == ROLE_COUNT && n > 1 && concept_id < n;
}

/* A wording that holds tabs was cut into further cells; they go on at the last column. */
static const char *whole_text(struct table *t, const char *const *cells, size_t n)
{
    struct buf all = {0};
    buf_puts(&all, t->text < n ? cells[t->text] : "");
    for (size_t i = t->columns; i < n && t->text + 1 == t->columns; i++) {
        buf_putc(&all, ' ');
        buf_puts(&all, cells[i]);
    }
    const char *text = book_prose(t->book, buf_text(&all), all.len);
    buf_free(&all);
    return text;
}

static enum status take_row(void *ctx, size_t number, const char *const *cells, size_t n, struct error *err)
{
    struct table *t = ctx;
    if (t->role == ROLE_COUNT) {
        take_header(t, cells, n);
        t->rows++;
        return !t->book && (t->role != ROLE_COUNT || t->link || t->rows > HEADER_ROWS_MAX) ? ST_STOP : ST_OK;
    }
    size_t filled = 0;
    for (size_t i = 0; i < n; i++)
        filled += cells[i][strspn(cells[i], " ")] != '\0';
    if (filled == 0)
        return ST_OK;
    const char *cell = t->code < n ? cells[t->code] : "";
    const char *code = book_text(t->book, cell, strnlen(cell, FOUND_BYTES));
    if (strlen(code) != 5 || !book_code_at(code, 5))
        return input_error(err, t->in->path, number, 0, "a five-character code expected in column %zu, found %s", t->code + 1,
                           *code ? code : "nothing");
    book_note(t->book, book_item(t->book, code, 5, KIND_CODE), t->role == ROLE_CONSUMER ? NOTE_CONSUMER : NOTE_CLINICIAN,
              whole_text(t, cells, n));
    return ST_OK;
}

enum status table_rows(const struct input *in, xlsx_row_fn *take, void *ctx, struct error *err)
{
    if (xlsx_is(in->bytes, in->len))
        return xlsx_read(in->path, in->bytes, in->len, take, ctx, err);
    struct row row = {0};
    struct lines l;
    enum status st = ST_OK;
    lines_start(&l, in->bytes, in->len);
    while (st == ST_OK && lines_next(&l)) {
        row_split(&row, &l);
        st = take(ctx, l.number, row.cells, row.n, err);
    }
    buf_free(&row.text);
    return st == ST_STOP ? ST_OK : st;
}

enum role table_recognise(const struct input *in, bool *link)
{
    struct table t = {.in = in, .role = ROLE_COUNT};
    *link = table_rows(in, take_row, &t, NULL) == ST_OK && t.link;
    return t.role;
}

enum status table_read(struct book *b, const struct input *in, struct error *err)
{
    struct table t = {.in = in, .book = b, .role = ROLE_COUNT};
    return table_rows(in, take_row, &t, err);
}

static bool capitals(const char *s)
{
    bool letters = false;
    for (; *s; s++) {
        if (*s >= 'a' && *s <= 'z')
            return false;
        letters = letters || (*s >= 'A' && *s <= 'Z');
    }
    return letters;
}

/* The long descriptor is the longest cell behind the code; the medium and the short one follow in capitals, within their
 * widths. */
static enum status take_pla(struct book *b, const struct input *in, size_t line, const struct row *row, struct error *err)
{
    const char *medium = "", *short_title = "";
    size_t code = 0;
    while (code < 2 && code < row->n && !(strlen(row->cells[code]) == 5 && book_code_at(row->cells[code], 5)))
        code++;
    if (code == 2 || code >= row->n)
        return input_error(err, in->path, line, 1, "a five-character code in the first or second column expected");
    size_t longest = code + 1;
    for (size_t i = longest; i < row->n; i++)
        if (strlen(row->cells[i]) > strlen(row->cells[longest]))
            longest = i;
    if (longest >= row->n || !row->cells[longest][0])
        return input_error(err, in->path, line, 6, "a descriptor expected, found nothing");
    for (size_t i = longest + 1; i < row->n; i++) {
        if (!*medium && capitals(row->cells[i]) && strlen(row->cells[i]) <= MEDIUM_WIDTH)
            medium = row->cells[i];
        else if (*medium && !*short_title && capitals(row->cells[i]) && strlen(row->cells[i]) <= SHORT_WIDTH)
            short_title = row->cells[i];
    }
    const uint32_t item = book_item(b, row->cells[code], 5, KIND_CODE);
    book_title(b, item, book_text(b, row->cells[longest], strlen(row->cells[longest])));
    book_fact(b, item, "medium", book_text(b, medium, strlen(medium)));
    if (*short_title)
        book_at(b, item)->short_title = book_text(b, short_title, strlen(short_title));
    return ST_OK;
}

enum status table_read_pla(struct book *b, const struct input *in, struct error *err)
{
    struct lines l = data_find(in->bytes, in->len).lines;
    struct row row = {0};
    enum status st = ST_OK;
    while (st == ST_OK && lines_next(&l)) {
        row_split(&row, &l);
        if (row.n > 1 || row.cells[0][strspn(row.cells[0], " ")])
            st = take_pla(b, in, l.number, &row, err);
    }
    buf_free(&row.text);
    return st;
}
