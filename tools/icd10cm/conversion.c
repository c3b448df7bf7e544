/* conversion.c - the conversion table: for every new code since FY2017 the day it came and the codes used before it.
 *
 * A workbook or delimited text, cumulative from FY2018 on. Prose precedes the heading, whose words tell the columns. A day is a
 * year, meaning 1 October, or for what came at another time a date, which a workbook keeps as a day number. What was used
 * before is prose in a cell: "T40.7X3D", "E11.69 and R40.20", "H05.011-H05.013; H05.019", "None". Whole categories ("I63.- and
 * P91.88", "Code from categories T36-T50") are a choice among many codes, none of which the new one replaces: they are kept in
 * what was said only. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "codeshelf/utf8.h"
#include "icd10cm.h"
#include "reader/cells.h"
#include "reader/lines.h"

enum { LOOK_ROWS = 10, CATEGORY = 3, SAID_MAX = 400 };

struct columns {
    bool found;
    size_t now, from, old; /* places in a row */
};

struct reading {
    const struct input *in;
    const struct icd_order *order;
    struct edition *ed;
    struct columns columns;
    struct buf scratch;
    size_t rows, fresh; /* fresh: of codes that came with the release */
    date newest;
    struct icd_tally unknown;
};

/* --- what it is ------------------------------------------------------------------------------------------------------- */

static bool begins(const char *text, const char *with)
{
    return strncasecmp(text + strspn(text, " "), with, strlen(with)) == 0;
}

/* ICD-10-PCS has a table like it, whose codes have titles. */
static struct columns read_heading(const char *const *cells, size_t n)
{
    struct columns c = {0};
    unsigned seen = 0;
    for (size_t i = 0; i < n; i++) {
        if (begins(cells[i], "current code assignment")) {
            c.now = i;
            seen |= 1;
        } else if (begins(cells[i], "effective")) {
            c.from = i;
            seen |= 2;
        } else if (begins(cells[i], "previous code")) {
            c.old = i;
            seen |= 4;
        }
    }
    c.found = seen == 7;
    return c;
}

struct look {
    struct columns columns;
    size_t rows;
};

static enum status look_row(void *ctx, size_t row, const char *const *cells, size_t n, struct error *err)
{
    struct look *l = ctx;
    (void)row, (void)err;
    l->columns = read_heading(cells, n);
    return l->columns.found || ++l->rows == LOOK_ROWS ? ST_STOP : ST_OK;
}

bool icd_conversion_is(const struct input *in)
{
    struct look l = {0};
    return cells_read(in->path, in->bytes, in->len, look_row, &l, NULL) == ST_OK && l.columns.found;
}

/* --- its cells -------------------------------------------------------------------------------------------------------- */

/* "2016" is 1 October; "44197" a day number of Excel, which counts from the end of 1899; "4/1/2023" and "2023-04-01" days. */
static bool read_day(const char *cell, date *out)
{
    enum { EXCEL_EPOCH = 18991230, EXCEL_2000 = 36526, EXCEL_2100 = 73051 };
    int month, day, year, used = 0;
    char text[24];
    const char *start = cell + strspn(cell, " ");
    snprintf(text, sizeof text, "%.*s", (int)strcspn(start, " "), start);
    const size_t digits = strspn(text, "0123456789");
    if (text[digits] == '\0' && (digits == 4 || digits == 5)) {
        const int number = atoi(text);
        *out = digits == 4 ? date_make(number, 10, 1)
                           : number >= EXCEL_2000 && number < EXCEL_2100 ? date_add_days(EXCEL_EPOCH, number) : 0;
        return *out != 0;
    }
    if (sscanf(text, "%2d/%2d/%4d%n", &month, &day, &year, &used) == 3 && text[used] == '\0') {
        *out = date_make(year, month, day);
        return *out != 0;
    }
    return date_parse(text, out);
}

/* Reads the code that text begins with; returns the bytes of it, 0 when it begins with none. */
static size_t read_code(const char *text, char out[CODE_MAX])
{
    char printed[CODE_MAX];
    const size_t n = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.");
    snprintf(printed, sizeof printed, "%.*s", (int)n, text);
    return n < CODE_MAX && code_read(printed, out) && code_shaped(SET_ICD10CM, out) ? n : 0;
}

/* Reads a code or range that text begins with. A code with a dash behind it is the range of all under it. */
static size_t read_range(const char *text, char first[CODE_MAX], char last[CODE_MAX])
{
    const size_t n = read_code(text, first);
    size_t at = n + strspn(text + n, " ");
    last[0] = '\0';
    if (n == 0 || text[at] != '-') {
        return n;
    }
    at++;
    at += strspn(text + at, " ");
    const size_t more = read_code(text + at, last);
    if (more == 0) {
        memcpy(last, first, CODE_MAX);
    }
    return at + more;
}

static void put(struct reading *r, const struct ed_replacement *row, const char *old, const char *last)
{
    struct ed_replacement one = *row;
    one.old = arena_strdup(&r->ed->arena, old);
    one.last = arena_strdup(&r->ed->arena, last);
    VEC_PUSH(&r->ed->replacements, one);
}

/* Puts a row for each code and range the cell names; false when it names none and does not say so. */
static bool put_previous(struct reading *r, const char *cell, struct ed_replacement *row)
{
    char first[CODE_MAX], last[CODE_MAX];
    const char *at = cell + strspn(cell, " ");
    const size_t whole = read_range(at, first, last);
    const bool single = whole > 0 && !last[0] && at[whole + strspn(at + whole, " ")] == '\0';
    bool any = false, none = strcasecmp(at, "none") == 0 || *at == '\0';
    row->said = single || *at == '\0' ? "" : icd_text(&r->ed->arena, &r->scratch, at, strlen(at));
    const size_t before = r->ed->replacements.len;
    while (*at) {
        const size_t n = read_range(at, first, last);
        any |= n > 0;
        if (n > 0 && !(last[0] && strlen(first) == CATEGORY)) {
            put(r, row, first, last);
        }
        /* Behind what was read, or behind the word that is none. */
        at += n > 0 ? n : strcspn(at, " ,;");
        at += strspn(at, " ,;");
    }
    if (r->ed->replacements.len == before) {
        put(r, row, "", "");
    }
    return any || none;
}

/* A cell as a message shows it: one line, not too long. */
static const char *shown(struct reading *r, const char *cell)
{
    enum { COLUMNS = 60 };
    const char *text = icd_text(&r->ed->arena, &r->scratch, cell, strlen(cell));
    return arena_strndup(&r->ed->arena, text, utf8_fit(text, strlen(text), COLUMNS, NULL));
}

/* --- its rows --------------------------------------------------------------------------------------------------------- */

static enum status read_row(struct reading *r, size_t number, const char *const *cells, size_t n, struct error *err)
{
    const struct columns *c = &r->columns;
    const char *now = c->now < n ? cells[c->now] : "", *from = c->from < n ? cells[c->from] : "";
    const char *old = c->old < n ? cells[c->old] : "";
    struct ed_replacement row = {.old = ""};
    char code[CODE_MAX];
    uint32_t place;
    now += strspn(now, " ");
    if (!*now && !*old) {
        return ST_OK;
    }
    if (!code_read(now, code) || !code_shaped(SET_ICD10CM, code)) {
        return input_error(err, r->in->path, number, 0, "expected an ICD-10-CM code, found \"%s\"", shown(r, now));
    }
    if (!read_day(from, &row.from)) {
        return input_error(err, r->in->path, number, 0, "expected a year or date, found \"%s\"", shown(r, from));
    }
    row.now = arena_strdup(&r->ed->arena, code);
    if (strlen(old) > SAID_MAX || !put_previous(r, old, &row)) {
        return input_error(err, r->in->path, number, 0, "expected the codes used before %s or None, found \"%s\"",
                           shown(r, now), shown(r, old));
    }
    r->rows++;
    r->newest = row.from > r->newest ? row.from : r->newest;
    if (row.from == r->ed->from) {
        r->fresh++;
        if (!map_get(&r->order->by_code, code, strlen(code), &place)) {
            icd_tally_add_once(&r->unknown, now);
        }
    }
    return ST_OK;
}

static enum status take_row(void *ctx, size_t number, const char *const *cells, size_t n, struct error *err)
{
    struct reading *r = ctx;
    if (r->columns.found) {
        return read_row(r, number, cells, n, err);
    }
    r->columns = read_heading(cells, n);
    return ST_OK;
}

static void report(struct reading *r, struct report *rep)
{
    char text[96], day[11];
    report_line(rep, "conversion table: %zu rows, %zu of them for codes new in %s", r->rows, r->fresh, r->ed->name);
    if (r->newest > r->ed->from) {
        report_line(rep, "conversion table: has codes from %s, after %s began: is it of this release?",
                    date_print(r->newest, day), r->ed->name);
    }
    snprintf(text, sizeof text, "conversion table: new codes that %s lacks", r->ed->name);
    icd_tally_report(rep, &r->unknown, text);
}

enum status icd_conversion_read(const struct input *in, const struct icd_order *order, struct edition *ed,
                                struct report *rep, struct error *err)
{
    struct reading r = {.in = in, .order = order, .ed = ed};
    enum status st = cells_read(in->path, in->bytes, in->len, take_row, &r, err);
    if (st == ST_OK && r.rows == 0) {
        st = input_error(err, in->path, 1, 1, "expected the codes of a conversion table, found none");
    }
    if (st == ST_OK) {
        report(&r, rep);
    }
    icd_tally_free(&r.unknown);
    buf_free(&r.scratch);
    return st;
}
