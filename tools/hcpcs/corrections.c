/* corrections.c - reads corrections files and adds their full records to a release.
 *
 * The files are workbooks that repeat and revise one another: each version names all rows anew, a later one may take back what
 * an earlier one added. So all of them are read, oldest first, before any row is judged. */
#include "corrections.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "files.h"
#include "reader/lines.h"

enum { VERSION_DIGITS = 3, DAY_TEXT = 9, CORRECTIONS_MAX = 5000 }; /* the longest of 2018 to 2025 has 46 rows */

/* Headings by their letters and digits; they differ between years. */
static const struct {
    const char *heading, *other;
} headings[CORR_COLUMNS] = {
    [CORR_CODE] = {"CODE", "HCPCSMODCODE"},         [CORR_ACTION] = {"ACTION", NULL},
    [CORR_LONG] = {"LONGDESC", "LONGDESCRIPTION"},  [CORR_SHORT] = {"SHORTDESC", "SHORTDESCRIPTION"},
    [CORR_EFFECTIVE] = {"EFFDATE", "EFFECTIVEDATE"}, [CORR_TOS] = {"TOS", NULL},
    [CORR_BETOS] = {"BETOS", NULL},                 [CORR_COVERAGE] = {"COV", "COVERAGE"},
    [CORR_PRICE] = {"PRICE", "PRICING"},            [CORR_XREF] = {"XREFCODE", NULL},
    [CORR_ASC] = {"ASCIND", NULL},                  [CORR_ASC_DATE] = {"ASCDATE", NULL},
    [CORR_COMMENTS] = {"COMMENTS", NULL},
};

static size_t column_find(const char *const *cells, size_t n, size_t k)
{
    const size_t at = workbook_column(cells, n, headings[k].heading);
    return at == NO_COLUMN && headings[k].other ? workbook_column(cells, n, headings[k].other) : at;
}

bool corrections_is_heading(const char *const *cells, size_t n)
{
    for (size_t k = CORR_CODE; k < CORR_EFFECTIVE; k++) {
        if (column_find(cells, n, k) == NO_COLUMN) {
            return false;
        }
    }
    return true;
}

/* --- reading -------------------------------------------------------------------------------------------------------- */

struct reading {
    const struct input *in;
    struct corrections *to;
    size_t at[CORR_COLUMNS];
    bool begun;
};

static const char *take_cell(struct corrections *c, const char *text)
{
    struct buf b = {0};
    const char *kept = arena_strdup(c->arena, cell_text(&(struct cell){text, strlen(text), 0}, &b));
    buf_free(&b);
    return kept;
}

static bool read_day(const char *text, date *out)
{
    return cell_date(&(struct cell){text, strlen(text), 0}, out);
}

static enum status read_row(void *ctx, size_t row, const char *const *cells, size_t n, struct error *err)
{
    struct reading *r = ctx;
    struct correction c = {.in = r->in, .line = row};
    if (!r->begun) {
        r->begun = corrections_is_heading(cells, n);
        for (size_t k = 0; k < CORR_COLUMNS; k++) {
            r->at[k] = column_find(cells, n, k);
        }
        return ST_OK;
    }
    for (size_t k = 0; k < CORR_COLUMNS; k++) {
        c.cells[k] = take_cell(r->to, r->at[k] < n ? cells[r->at[k]] : "");
    }
    if (!*c.cells[CORR_CODE] && !*c.cells[CORR_ACTION]) {
        return ST_OK;
    }
    if (!code_read(c.cells[CORR_CODE], c.code) || !code_shaped(SET_HCPCS, c.code)) {
        return input_error(err, r->in->path, row, r->at[CORR_CODE] + 1, "expected a code or modifier, found \"%.24s\"",
                           c.cells[CORR_CODE]);
    }
    if (r->to->len == CORRECTIONS_MAX) {
        return input_error(err, r->in->path, row, 0, "expected at most %d corrections of a release", CORRECTIONS_MAX);
    }
    c.modifier = strlen(c.code) == 2;
    if (!read_day(c.cells[CORR_EFFECTIVE], &c.effective)) {
        c.effective = 0;
    }
    VEC_PUSH(r->to, c);
    return ST_OK;
}

/* The number behind a "v" that begins a word of the name, 0 without. */
static int version_of(const char *name)
{
    for (size_t i = 0; name[i]; i++) {
        const bool begins = i == 0 || !isalnum((unsigned char)name[i - 1]);
        const size_t digits = strspn(name + i + 1, "0123456789");
        if (begins && (name[i] == 'v' || name[i] == 'V') && digits > 0 && digits <= VERSION_DIGITS) {
            return atoi(name + i + 1);
        }
    }
    return 0;
}

static int by_version(const void *a, const void *b)
{
    const struct input *x = *(const struct input *const *)a, *y = *(const struct input *const *)b;
    const int order = version_of(x->name) - version_of(y->name);
    return order ? order : strcmp(x->name, y->name);
}

enum status corrections_read(const struct import_group *g, int role, struct corrections *c, struct error *err)
{
    const struct input **files = mem_alloc(g->n * sizeof *files + 1);
    size_t n = 0;
    enum status st = ST_OK;
    for (size_t i = 0; i < g->n; i++) {
        if (g->roles[i] == role) {
            files[n++] = g->inputs[i];
        }
    }
    qsort(files, n, sizeof *files, by_version);
    for (size_t i = 0; i < n && st == ST_OK; i++) {
        struct reading r = {.in = files[i], .to = c};
        const size_t before = c->len;
        st = xlsx_read(files[i]->path, files[i]->bytes, files[i]->len, read_row, &r, err);
        if (st == ST_OK && c->len == before) {
            st = input_error(err, files[i]->path, 0, 0, "expected corrections under a heading row, found none");
        }
    }
    free(files);
    return st;
}

/* --- full records --------------------------------------------------------------------------------------------------- */

static bool begins(const char *text, const char *with)
{
    return strncasecmp(text, with, strlen(with)) == 0;
}

static bool is_full(const struct correction *c)
{
    return begins(c->cells[CORR_ACTION], "add code") && *c->cells[CORR_LONG] && *c->cells[CORR_SHORT];
}

/* Whether a row unsays a code; 'Remove "YY" ASC Ind' and "Removed in error - add back" do not. */
static bool takes_back(const struct correction *c)
{
    static const char *const words[] = {"delete", "do not add", "remove code", "remove,"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (begins(c->cells[CORR_ACTION], words[i])) {
            return true;
        }
    }
    return strcasecmp(c->cells[CORR_ACTION], "remove") == 0;
}

static size_t column_named(const char *heading)
{
    size_t i = 0;
    while (i < COLUMN_COUNT - 1 && strcmp(record_columns[i].heading, heading) != 0) {
        i++;
    }
    return i;
}

/* Puts the values of a list ("9,F") into the columns from the named one on that repeat its field. */
static void put_values(struct record *rec, const char *heading, const char *list)
{
    const size_t first = column_named(heading);
    for (size_t i = first; i < COLUMN_COUNT && *list; i++) {
        const char *fact = record_columns[first].fact;
        const size_t n = strcspn(list, ",");
        if (i > first && (!fact || strcmp(record_columns[i].fact, fact) != 0)) {
            return;
        }
        rec->cells[i] = (struct cell){list, n, 0};
        list += n + (list[n] == ',');
    }
}

/* Puts a day as the code file writes it; a cell that is no day stays empty. */
static void put_day(struct record *rec, const char *heading, const char *text, struct arena *a)
{
    date day;
    if (read_day(text, &day) && day) {
        put_values(rec, heading, arena_printf(a, "%0*d", DAY_TEXT - 1, (int)day));
    }
}

/* The record that the code file would hold, with what the file calls "statute" from the comments. */
static enum status add_record(const struct corrections *all, const struct correction *c, struct rows *rows,
                              struct error *err)
{
    static const char statute[] = "Statute ";
    struct record rec = {.path = c->in->path, .line = c->line};
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        rec.cells[i] = (struct cell){"", 0, 0};
    }
    rec.cells[COLUMN_CODE] = (struct cell){c->code, strlen(c->code), 0};
    rec.cells[COLUMN_SEQUENCE] = (struct cell){"0", 1, 0};
    rec.cells[COLUMN_TYPE] = (struct cell){c->modifier ? "7" : "3", 1, 0};
    rec.cells[COLUMN_LONG] = (struct cell){c->cells[CORR_LONG], strlen(c->cells[CORR_LONG]), 0};
    rec.cells[COLUMN_SHORT] = (struct cell){c->cells[CORR_SHORT], strlen(c->cells[CORR_SHORT]), 0};
    put_values(&rec, "TOS1", c->cells[CORR_TOS]);
    put_values(&rec, "BETOS", c->cells[CORR_BETOS]);
    put_values(&rec, "COV", c->cells[CORR_COVERAGE]);
    put_values(&rec, "PRICE1", c->cells[CORR_PRICE]);
    put_values(&rec, "XREF1", c->cells[CORR_XREF]);
    put_values(&rec, "ASCGRP", c->cells[CORR_ASC]);
    put_values(&rec, "ACTIONCD", "A");
    put_day(&rec, "ADDDT", c->cells[CORR_EFFECTIVE], all->arena);
    put_day(&rec, "ACTEFFDT", c->cells[CORR_EFFECTIVE], all->arena);
    put_day(&rec, "ASCDT", c->cells[CORR_ASC_DATE], all->arena);
    if (begins(c->cells[CORR_COMMENTS], statute)) {
        put_values(&rec, "STATUTE", c->cells[CORR_COMMENTS] + sizeof statute - 1);
    }
    const enum status st = rows_add(rows, &rec, err);
    if (st == ST_OK) {
        rows_end(rows);
        rows_place_last(rows);
    }
    return st;
}

/* --- judging -------------------------------------------------------------------------------------------------------- */

static bool has_fact(const struct rows *rows, const struct row *row, const char *name, const char *value)
{
    for (size_t i = row->fact; i < row->fact + row->nfacts; i++) {
        if (strcmp(rows->facts.items[i].name, name) == 0 && strcmp(rows->facts.items[i].value, value) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_ended(const struct correction *c, const struct row *row)
{
    const bool says_more = *c->cells[CORR_XREF];
    return row->to && !says_more && (!c->effective || row->to == c->effective ||
                                     row->to == date_add_days(c->effective, -1));
}

static bool has_wording(const struct correction *c, const struct row *row)
{
    const char *wording = c->cells[CORR_LONG], *brief = c->cells[CORR_SHORT];
    return (*wording || *brief) && (!*wording || strcmp(wording, row->title) == 0) &&
           (!*brief || strcmp(brief, row->short_title) == 0);
}

/* Whether the release is as a row wants it; false for prose that only a person can judge. */
static bool is_there(const struct correction *c, const struct rows *rows)
{
    const char *action = c->cells[CORR_ACTION];
    const struct row *row = rows_find(rows, c->code, c->modifier);
    char day[DAY_TEXT], code[2] = "";
    if (takes_back(c) || !row) {
        return takes_back(c) && !row;
    }
    if (begins(action, "do not terminate")) {
        return row->to == 0;
    }
    if (begins(action, "terminate") || begins(action, "discontinue")) {
        return has_ended(c, row);
    }
    if (begins(action, "revise")) {
        return has_wording(c, row);
    }
    if (sscanf(action, "Action effective date should be %8[0-9] and action code \"%1[A-Z]\"", day, code) == 2) {
        return has_fact(rows, row, "effective_date", day) && has_fact(rows, row, "action", code);
    }
    return is_full(c);
}

/* The first row behind i that takes its code back, or repeats it; the number of rows when there is none. */
static size_t find_later(const struct corrections *all, size_t i, bool back)
{
    const struct correction *c = &all->items[i];
    size_t k = i + 1;
    for (; k < all->len; k++) {
        const struct correction *d = &all->items[k];
        if (d->in != c->in && strcmp(d->code, c->code) == 0 &&
            (back ? takes_back(d) : strcasecmp(d->cells[CORR_ACTION], c->cells[CORR_ACTION]) == 0)) {
            break;
        }
    }
    return k;
}

enum status corrections_apply(struct corrections *all, struct rows *rows, struct error *err)
{
    for (size_t i = 0; i < all->len; i++) {
        struct correction *c = &all->items[i];
        const bool there = rows_find(rows, c->code, c->modifier) != NULL;
        if (c->outcome == CORR_SILENT) {
            continue;
        }
        c->by = find_later(all, i, true);
        if (find_later(all, i, false) < all->len) {
            c->outcome = CORR_SILENT;
        } else if (is_full(c) && !there && c->by < all->len) {
            c->outcome = CORR_TAKEN_BACK;
            all->items[c->by].outcome = CORR_SILENT;
        } else if (is_full(c) && !there && all->beside && !c->in->named) {
            c->outcome = CORR_OFFERED;
        } else if (is_full(c) && !there) {
            const enum status st = add_record(all, c, rows, err);
            if (st != ST_OK) {
                return st;
            }
            c->outcome = CORR_ADDED;
        } else if (is_there(c, rows)) {
            c->outcome = CORR_THERE;
        }
    }
    return ST_OK;
}

void corrections_free(struct corrections *c)
{
    free(c->items);
    *c = (struct corrections){.arena = c->arena};
}
