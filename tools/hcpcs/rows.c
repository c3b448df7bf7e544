/* rows.c - checks records and joins them to rows.
 *
 * The long description of a code runs over as many records as it takes, broken between words. Only where the last
 * word ends in a hyphen or slash that is joined to it ("extension/" "flexion") does the next record continue without
 * a blank. */
#include "rows.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/code.h"
#include "codeshelf/utf8.h"
#include "reader/lines.h"

enum { SHOWN_MAX = 24, EXCEL_DAY_MIN = 20000, EXCEL_DAY_MAX = 80000, XREF_WIDTH = 5 };
enum { TITLE_MAX = 65536 }; /* bytes of a long description; the longest of 2025 has 4,544 */

/* A cell for a message: cut, and without bytes that a terminal might obey. */
static const char *cell_show(const struct cell *c, char out[SHOWN_MAX])
{
    size_t n = c->len < SHOWN_MAX - 1 ? c->len : SHOWN_MAX - 1;
    for (size_t i = 0; i < n; i++) {
        out[i] = '?';
        if (c->text[i] >= ' ' && c->text[i] <= '~') {
            out[i] = c->text[i];
        }
    }
    out[n] = '\0';
    return out;
}

static enum status cell_error(const struct record *rec, size_t column, const char *expected, struct error *err)
{
    char shown[SHOWN_MAX];
    const struct cell *c = &rec->cells[column];
    return input_error(err, rec->path, rec->line, c->column, "expected %s, found \"%s\"", expected,
                       cell_show(c, shown));
}

const char *cell_text(const struct cell *c, struct buf *out)
{
    struct buf raw = {0};
    utf8_from_bytes(&raw, c->text, c->len);
    buf_clear(out);
    text_squeeze(out, buf_text(&raw), raw.len);
    buf_free(&raw);
    return buf_text(out);
}

/* Excel counts days from the end of 1899. */
bool cell_date(const struct cell *c, date *out)
{
    char text[12] = "";
    size_t n = 0;
    for (size_t i = 0; i < c->len; i++) {
        if (c->text[i] != ' ' && n < sizeof text - 1) {
            text[n++] = c->text[i];
        }
    }
    *out = 0;
    if (n == 0 || strspn(text, "0") == 8) {
        return true;
    }
    if (n == 5 && strspn(text, "0123456789") == n) {
        long days = strtol(text, NULL, 10);
        *out = date_add_days(date_make(1899, 12, 30), (int)days);
        return days >= EXCEL_DAY_MIN && days <= EXCEL_DAY_MAX;
    }
    return date_parse(text, out);
}

static bool sequence_cell(const struct cell *c)
{
    size_t digits = 0;
    for (size_t i = 0; i < c->len; i++) {
        if (!isdigit((unsigned char)c->text[i])) {
            return false;
        }
        digits++;
    }
    return digits > 0;
}

/* A code of five characters, or the two of a modifier, which the fixed-width file puts into columns 4 and 5. */
static bool code_cell(const struct cell *c, bool modifier, char out[CODE_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < c->len; i++) {
        char ch = c->text[i];
        if (ch == ' ') {
            if (n > 0 && i + 1 < c->len && c->text[i + 1] != ' ') {
                return false;
            }
            continue;
        }
        if (!(ch >= 'A' && ch <= 'Z') && !(ch >= '0' && ch <= '9')) {
            return false;
        }
        if (n == 5) {
            return false;
        }
        out[n++] = ch;
    }
    out[n] = '\0';
    return n == (modifier ? 2U : 5U) && code_shaped(SET_HCPCS, out);
}

void rows_fact(struct rows *rows, const char *name, const char *value)
{
    struct row_fact fact = {name, arena_strdup(rows->arena, value)};
    VEC_PUSH(&rows->facts, fact);
    rows->items[rows->len - 1].nfacts++;
}

/* The cross-reference cells of a workbook may hold several codes, run together or with blanks between them. */
static void add_references(struct rows *rows, const char *name, const char *value)
{
    char code[XREF_WIDTH + 1];
    size_t n = 0;
    for (const char *p = value;; p++) {
        bool part = *p != '\0' && *p != ' ' && *p != ',' && *p != ';';
        if (n > 0 && (!part || n == XREF_WIDTH)) {
            code[n] = '\0';
            rows_fact(rows, name, code);
            n = 0;
        }
        if (*p == '\0') {
            return;
        }
        if (part) {
            code[n++] = *p;
        }
    }
}

static void add_facts(struct rows *rows, const struct record *rec)
{
    struct buf text = {0};
    for (size_t i = COLUMN_FACTS; i < COLUMN_COUNT; i++) {
        const struct column *col = &record_columns[i];
        const char *value = cell_text(&rec->cells[i], &text);
        bool empty = *value == '\0' || strcmp(value, "00000000") == 0;
        char padded[16];
        if (!empty && col->zeros && text.len < col->width && strspn(value, "0123456789") == text.len) {
            snprintf(padded, sizeof padded, "%0*ld", (int)col->width, strtol(value, NULL, 10));
            value = padded;
        }
        if (!empty && strcmp(col->fact, "cross_reference") == 0) {
            add_references(rows, col->fact, value);
        } else if (!empty) {
            rows_fact(rows, col->fact, value);
        }
    }
    buf_free(&text);
}

static void title_join(struct buf *title, const struct cell *c)
{
    struct buf text = {0};
    cell_text(c, &text);
    if (title->len > 0 && text.len > 0) {
        char last = title->text[title->len - 1];
        bool joined = (last == '-' || last == '/') && title->len > 1 && title->text[title->len - 2] != ' ';
        if (!joined) {
            buf_putc(title, ' ');
        }
    }
    buf_add(title, buf_text(&text), text.len);
    buf_free(&text);
}

void rows_end(struct rows *rows)
{
    if (rows->len > 0 && rows->title.len > 0) {
        rows->items[rows->len - 1].title = arena_strndup(rows->arena, rows->title.text, rows->title.len);
    }
    buf_clear(&rows->title);
}

static void start_row(struct rows *rows, const char *code, bool modifier)
{
    struct row row = {.code = arena_strdup(rows->arena, code), .title = "", .short_title = "", .modifier = modifier,
                      .fact = rows->facts.len};
    rows_end(rows);
    VEC_PUSH(rows, row);
}

void rows_copy(struct rows *rows, const struct row *row)
{
    start_row(rows, row->code, row->modifier);
    struct row *to = &rows->items[rows->len - 1];
    to->title = arena_strdup(rows->arena, row->title);
    to->short_title = arena_strdup(rows->arena, row->short_title);
    to->from = row->from;
    to->to = row->to;
}

const struct row *rows_find(const struct rows *rows, const char *code, bool modifier)
{
    for (size_t i = 0; i < rows->len; i++) {
        if (rows->items[i].modifier == modifier && strcmp(rows->items[i].code, code) == 0) {
            return &rows->items[i];
        }
    }
    return NULL;
}

void rows_place_last(struct rows *rows)
{
    size_t to = rows->len - 1;
    const struct row last = rows->items[to];
    while (to > 0 && (rows->items[to - 1].modifier != last.modifier || strcmp(rows->items[to - 1].code, last.code) > 0)) {
        rows->items[to] = rows->items[to - 1];
        to--;
    }
    rows->items[to] = last;
}

static enum status add_first(struct rows *rows, const struct record *rec, const char *code, bool modifier,
                             struct error *err)
{
    struct buf text = {0};
    bool added;
    date from, to;
    map_put(&rows->seen, code, strlen(code), 0, &added);
    if (!added) {
        return cell_error(rec, COLUMN_CODE, "a code that was not there before", err);
    }
    if (!cell_date(&rec->cells[COLUMN_ADDED], &from)) {
        return cell_error(rec, COLUMN_ADDED, "the date added as YYYYMMDD", err);
    }
    if (!cell_date(&rec->cells[COLUMN_ENDED], &to)) {
        return cell_error(rec, COLUMN_ENDED, "the termination date as YYYYMMDD or blanks", err);
    }
    start_row(rows, code, modifier);
    struct row *row = &rows->items[rows->len - 1];
    row->from = from;
    row->to = to;
    row->short_title = arena_strdup(rows->arena, cell_text(&rec->cells[COLUMN_SHORT], &text));
    buf_free(&text);
    title_join(&rows->title, &rec->cells[COLUMN_LONG]);
    add_facts(rows, rec);
    if (rows->title.len == 0) {
        return cell_error(rec, COLUMN_LONG, "a long description", err);
    }
    return ST_OK;
}

static enum status add_more(struct rows *rows, const struct record *rec, const char *code, struct error *err)
{
    char expected[64] = "a first record, of type 3 or 7";
    if (rows->len > 0) {
        if (strcmp(rows->items[rows->len - 1].code, code) == 0) {
            if (rows->title.len > TITLE_MAX) {
                return cell_error(rec, COLUMN_LONG, "an end to this description", err);
            }
            title_join(&rows->title, &rec->cells[COLUMN_LONG]);
            return ST_OK;
        }
        snprintf(expected, sizeof expected, "a continuation of %s or a first record", rows->items[rows->len - 1].code);
    }
    return cell_error(rec, COLUMN_CODE, expected, err);
}

enum status rows_add(struct rows *rows, const struct record *rec, struct error *err)
{
    const struct cell *type = &rec->cells[COLUMN_TYPE];
    char code[CODE_MAX];
    char kind = type->len == 1 ? type->text[0] : '\0';
    if (kind != '3' && kind != '4' && kind != '7' && kind != '8') {
        return cell_error(rec, COLUMN_TYPE, "record type 3, 4, 7 or 8", err);
    }
    bool modifier = kind == '7' || kind == '8';
    if (!code_cell(&rec->cells[COLUMN_CODE], modifier, code)) {
        return cell_error(rec, COLUMN_CODE, modifier ? "a modifier of two characters" : "a code of five characters",
                          err);
    }
    if (!sequence_cell(&rec->cells[COLUMN_SEQUENCE])) {
        return cell_error(rec, COLUMN_SEQUENCE, "a sequence number", err);
    }
    return kind == '3' || kind == '7' ? add_first(rows, rec, code, modifier, err) : add_more(rows, rec, code, err);
}

void hcpcs_rows_free(struct rows *rows)
{
    free(rows->items);
    free(rows->facts.items);
    map_free(&rows->seen);
    map_free(&rows->noc);
    buf_free(&rows->title);
    *rows = (struct rows){.arena = rows->arena};
}
