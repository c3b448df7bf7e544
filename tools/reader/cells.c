/* cells.c - delimited text: cells between commas, or between tabs in a file that has any tab.
 *
 * A cell in double quotes keeps commas and line breaks; two quotes inside it are one. Excel writes such files with CRLF and
 * sometimes a byte order mark. */
#include "reader/cells.h"

#include <stdbool.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "reader/lines.h"

struct table {
    const char *path;
    const char *at, *end;
    char between;
    size_t line;
    struct buf text; /* the cells of the row, each with its NUL */
    size_t start[XLSX_COLUMNS_MAX], columns;
    struct error *err;
};

/* Reads what stands in quotes; at stands behind the first one. */
static enum status read_quoted(struct table *t)
{
    const size_t begin = t->line;
    for (; t->at < t->end; t->at++) {
        if (*t->at == '"' && (t->at + 1 == t->end || t->at[1] != '"')) {
            t->at++;
            return ST_OK;
        }
        t->at += *t->at == '"';
        t->line += *t->at == '\n';
        buf_putc(&t->text, *t->at);
    }
    return input_error(t->err, t->path, begin, 0, "expected the quote that ends a cell, found the end of the file");
}

static enum status read_cell(struct table *t)
{
    enum status st = ST_OK;
    if (t->columns == XLSX_COLUMNS_MAX) {
        return input_error(t->err, t->path, t->line, 0, "at most %d columns expected", XLSX_COLUMNS_MAX);
    }
    t->start[t->columns++] = t->text.len;
    while (st == ST_OK && t->at < t->end && *t->at != t->between && *t->at != '\n') {
        if (*t->at == '"') {
            t->at++;
            st = read_quoted(t);
        } else if (*t->at != '\r') {
            buf_putc(&t->text, *t->at++);
        } else {
            t->at++;
        }
    }
    buf_putc(&t->text, '\0');
    return st;
}

static enum status read_row(struct table *t)
{
    enum status st;
    t->columns = 0;
    buf_clear(&t->text);
    do {
        st = read_cell(t);
    } while (st == ST_OK && t->at < t->end && *t->at++ == t->between);
    return st;
}

static enum status read_text(struct table *t, xlsx_row_fn *give, void *ctx)
{
    const char *cells[XLSX_COLUMNS_MAX];
    enum status st = ST_OK;
    for (size_t rows = 0; t->at < t->end && st == ST_OK; t->line++) {
        const size_t line = t->line;
        if (++rows > XLSX_ROWS_MAX) {
            return input_error(t->err, t->path, line, 0, "at most %d rows expected", XLSX_ROWS_MAX);
        }
        st = read_row(t);
        for (size_t i = 0; i < t->columns; i++) {
            cells[i] = t->text.text + t->start[i];
        }
        if (st == ST_OK) {
            st = give(ctx, line, cells, t->columns, t->err);
        }
    }
    return st == ST_STOP ? ST_OK : st;
}

enum status cells_read(const char *path, const char *bytes, size_t n, xlsx_row_fn *row, void *ctx, struct error *err)
{
    struct lines whole;
    if (xlsx_is(bytes, n)) {
        return xlsx_read(path, bytes, n, row, ctx, err);
    }
    lines_start(&whole, bytes, n); /* passes a byte order mark */
    struct table t = {.path = path, .at = whole.at, .end = whole.end, .line = 1, .err = err};
    t.between = memchr(bytes, '\t', n) ? '\t' : ',';
    const enum status st = read_text(&t, row, ctx);
    buf_free(&t.text);
    return st;
}
