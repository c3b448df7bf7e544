/* fixed.c - the fixed-width code file: one record a line, fields by byte columns, text in windows-1252.
 *
 * Lines are 293, 316 or 320 bytes long as the trailing filler is there or not. A disclaimer of some lines may stand
 * first. */
#include <ctype.h>
#include <string.h>

#include "files.h"
#include "reader/lines.h"

static bool is_blank(const char *line, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r' && line[i] != '\x1A') {
            return false;
        }
    }
    return true;
}

static bool has_digits(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!isdigit((unsigned char)text[i])) {
            return false;
        }
    }
    return true;
}

bool fixed_is_record(const char *line, size_t n)
{
    if (n < RECORD_HEAD || !has_digits(line + 5, 5) || !strchr("3478", line[10]) || line[10] == '\0') {
        return false;
    }
    if (memcmp(line, "   ", 3) == 0) {
        return isupper((unsigned char)line[3]) || isdigit((unsigned char)line[3]);
    }
    return isupper((unsigned char)line[0]) && isdigit((unsigned char)line[4]);
}

/* Whether the line is long enough for what it is; err says where it ends. */
static enum status check_length(const char *path, const struct lines *l, struct error *err)
{
    if (l->len < RECORD_HEAD || !has_digits(l->text + 5, 5)) {
        return input_error(
            err, path, l->number, l->len < 6 ? l->len + 1 : 6,
            "expected a record with a sequence number of five digits in columns 6 to 10, found a line of %zu bytes",
            l->len);
    }
    size_t least = l->text[10] == '4' || l->text[10] == '8' ? RECORD_MORE_MIN : RECORD_MIN;
    if (l->len < least) {
        return input_error(err, path, l->number, l->len + 1, "expected a record of at least %zu bytes, found %zu",
                           least, l->len);
    }
    return ST_OK;
}

static void cut_fields(const struct lines *l, struct record *rec)
{
    rec->line = l->number;
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        const struct column *col = &record_columns[i];
        size_t width = col->width;
        if (col->begin + width > l->len) {
            width = col->begin < l->len ? l->len - col->begin : 0;
        }
        rec->cells[i] = (struct cell){width > 0 ? l->text + col->begin : "", width, col->begin + 1};
    }
}

enum status fixed_read(const struct input *in, struct rows *rows, struct error *err)
{
    struct lines l;
    struct record rec = {.path = in->path};
    enum status st = ST_OK;
    bool begun = false;
    lines_start(&l, in->bytes, in->len);
    while (st == ST_OK && lines_next(&l)) {
        begun = begun || fixed_is_record(l.text, l.len);
        if (!begun || is_blank(l.text, l.len)) {
            continue;
        }
        st = check_length(in->path, &l, err);
        if (st == ST_OK) {
            cut_fields(&l, &rec);
            st = rows_add(rows, &rec, err);
        }
    }
    if (st == ST_OK && rows->len == 0) {
        st = input_error(err, in->path, 0, 0, "expected HCPCS records, found none");
    }
    rows_end(rows);
    return st;
}
