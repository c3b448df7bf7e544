/* workbook.c - the code file as an Excel sheet: the same fields, a column each, under a heading row that need not be
 * the first.
 *
 * A description that is longer than its cell goes on in a row of record type 4 or 8, as in the fixed-width file.
 * Dates, codes and numbers are text in the sheets seen so far; where a sheet holds numbers, leading zeros are put
 * back (rows.c). */
#include <string.h>

#include "files.h"
#include "reader/lines.h"

struct sheet {
    struct rows *rows;
    struct record rec;
    size_t at[COLUMN_COUNT]; /* where each field stands, NO_COLUMN where the sheet lacks it */
    bool begun;
};

/* Compares letters and digits only, so that "ADD DT", "Add_Dt" and "ADDDT" are one heading. */
static bool heading_is(const char *cell, const char *heading)
{
    for (; *cell; cell++) {
        char c = *cell >= 'a' && *cell <= 'z' ? (char)(*cell - 'a' + 'A') : *cell;
        bool counts = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (counts && c != *heading++) {
            return false;
        }
    }
    return *heading == '\0';
}

size_t workbook_column(const char *const *cells, size_t n, const char *heading)
{
    for (size_t i = 0; i < n; i++) {
        if (heading_is(cells[i], heading)) {
            return i;
        }
    }
    return NO_COLUMN;
}

bool workbook_is_heading(const char *const *cells, size_t n)
{
    return workbook_column(cells, n, record_columns[COLUMN_CODE].heading) != NO_COLUMN &&
           workbook_column(cells, n, record_columns[COLUMN_TYPE].heading) != NO_COLUMN;
}

static enum status read_heading(struct sheet *s, size_t row, const char *const *cells, size_t n, struct error *err)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        s->at[i] = workbook_column(cells, n, record_columns[i].heading);
        if (s->at[i] == NO_COLUMN && i < COLUMN_FACTS) {
            return input_error(err, s->rec.path, row, 0, "expected a column \"%s\", found none",
                               record_columns[i].heading);
        }
    }
    s->begun = true;
    return ST_OK;
}

static enum status read_row(void *ctx, size_t row, const char *const *cells, size_t n, struct error *err)
{
    struct sheet *s = ctx;
    if (!s->begun) {
        return workbook_is_heading(cells, n) ? read_heading(s, row, cells, n, err) : ST_OK;
    }
    bool blank = true;
    s->rec.line = row;
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        const char *text = s->at[i] < n ? cells[s->at[i]] : "";
        s->rec.cells[i] = (struct cell){text, strlen(text), s->at[i] == NO_COLUMN ? 0 : s->at[i] + 1};
        blank = blank && text[strspn(text, " ")] == '\0';
    }
    return blank ? ST_OK : rows_add(s->rows, &s->rec, err);
}

enum status workbook_read(const struct input *in, struct rows *rows, struct error *err)
{
    struct sheet s = {.rows = rows, .rec = {.path = in->path}};
    enum status st = xlsx_read(in->path, in->bytes, in->len, read_row, &s, err);
    if (st == ST_OK && rows->len == 0) {
        st = input_error(err, in->path, 0, 0, "expected HCPCS records under a heading row, found none");
    }
    rows_end(rows);
    return st;
}
