/* poa.c - the list of codes that are exempt from POA reporting (whether a condition was present on admission).
 *
 * A table with a heading, as tab-separated text or as a workbook: a number, the code, its title. The zip also holds
 * lists of what was added, deleted and revised; they look alike, but lack the number, have an action, or say by their
 * names what they are. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "codeshelf/utf8.h"
#include "icd10cm.h"
#include "reader/lines.h"
#include "reader/xlsx.h"

enum { COLUMNS_MAX = 8, CELL_MAX = 64 };

#define FACT "poa"

struct heading {
    enum icd_poa kind;
    size_t code; /* its column */
};

struct reading {
    const struct input *in;
    const struct icd_order *order;
    struct heading heading;
    bool *exempt; /* of the order's rows */
    size_t codes;
    struct icd_tally unknown;
};

static void read_heading(const char *const *cells, size_t n, struct heading *out)
{
    bool numbered = n > 0 && strncasecmp(cells[0], "ord", 3) == 0, action = false;
    *out = (struct heading){ICD_POA_NONE, 0};
    for (size_t i = 0; i < n; i++) {
        action = action || strcasecmp(cells[i], "action") == 0;
        if (strcasecmp(cells[i], "POAexemptCode") == 0 || strncasecmp(cells[i], "POA-exm", 7) == 0) {
            out->kind = ICD_POA_LIST;
            out->code = i;
        }
    }
    if (out->kind == ICD_POA_LIST && (!numbered || action)) {
        out->kind = ICD_POA_CHANGES;
    }
}

/* Cuts a line at its tabs; texts go to room, a row of CELL_MAX bytes each, cut when longer. */
static size_t split_line(const struct lines *line, char room[COLUMNS_MAX][CELL_MAX], const char *cells[COLUMNS_MAX])
{
    size_t n = 0, at = 0;
    while (n < COLUMNS_MAX && at <= line->len) {
        const char *tab = memchr(line->text + at, '\t', line->len - at);
        size_t end = tab ? (size_t)(tab - line->text) : line->len, len = end - at;
        len = len < CELL_MAX ? len : CELL_MAX - 1;
        memcpy(room[n], line->text + at, len);
        room[n][len] = '\0';
        cells[n] = room[n];
        n++;
        at = end + 1;
    }
    return n;
}

static enum status first_row(void *ctx, size_t row, const char *const *cells, size_t n, struct error *err)
{
    (void)row, (void)err;
    read_heading(cells, n, ctx);
    return ST_STOP;
}

static void look_at_heading(const struct input *in, struct heading *out)
{
    char room[COLUMNS_MAX][CELL_MAX];
    const char *cells[COLUMNS_MAX];
    struct lines line;
    *out = (struct heading){ICD_POA_NONE, 0};
    if (xlsx_is(in->bytes, in->len)) {
        if (xlsx_read(in->path, in->bytes, in->len, first_row, out, NULL) != ST_OK) {
            out->kind = ICD_POA_NONE;
        }
        return;
    }
    lines_start(&line, in->bytes, in->len);
    if (lines_next(&line)) {
        read_heading(cells, split_line(&line, room, cells), out);
    }
}

/* "POAexemptAddCodesJan2021.txt" has the heading of the full list. */
static bool named_changes(const char *name)
{
    static const char *const words[] = {"exemptadd", "exemptdel", "exemptrev"};
    for (; *name; name++) {
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            if (strncasecmp(name, words[i], strlen(words[i])) == 0) {
                return true;
            }
        }
    }
    return false;
}

enum icd_poa icd_poa_look(const struct input *in)
{
    struct heading heading;
    look_at_heading(in, &heading);
    return heading.kind == ICD_POA_LIST && named_changes(in->name) ? ICD_POA_CHANGES : heading.kind;
}

/* The cell goes into the message as one line of UTF-8, whatever it holds. */
static enum status no_code(const struct reading *r, size_t number, const char *printed, struct error *err)
{
    struct buf shown = {0};
    utf8_from_bytes(&shown, printed, strnlen(printed, CELL_MAX));
    const enum status st = input_error(err, r->in->path, number, 0, "expected an ICD-10-CM code, found \"%s\"", buf_text(&shown));
    buf_free(&shown);
    return st;
}

static enum status take_row(struct reading *r, size_t number, const char *const *cells, size_t n, struct error *err)
{
    char code[CODE_MAX];
    const char *printed = r->heading.code < n ? cells[r->heading.code] : "";
    uint32_t at;
    size_t filled = 0;
    for (size_t i = 0; i < n; i++) {
        filled += strlen(cells[i]);
    }
    if (filled == 0) {
        return ST_OK;
    }
    if (!code_read(printed, code) || !icd_code_shaped(code, strlen(code))) {
        return no_code(r, number, printed, err);
    }
    r->codes++;
    if (map_get(&r->order->by_code, code, strlen(code), &at)) {
        r->exempt[at] = true;
    } else {
        icd_tally_add_once(&r->unknown, printed);
    }
    return ST_OK;
}

static enum status workbook_row(void *ctx, size_t row, const char *const *cells, size_t n, struct error *err)
{
    return row == 1 ? ST_OK : take_row(ctx, row, cells, n, err);
}

static enum status read_rows(struct reading *r, struct error *err)
{
    char room[COLUMNS_MAX][CELL_MAX];
    const char *cells[COLUMNS_MAX];
    struct lines line;
    enum status st = ST_OK;
    if (xlsx_is(r->in->bytes, r->in->len)) {
        return xlsx_read(r->in->path, r->in->bytes, r->in->len, workbook_row, r, err);
    }
    lines_start(&line, r->in->bytes, r->in->len);
    lines_next(&line); /* the heading */
    while (st == ST_OK && lines_next(&line)) {
        st = take_row(r, line.number, cells, split_line(&line, room, cells), err);
    }
    return st;
}

/* What an earlier list said goes; the facts stay grouped by entry. */
static void drop_facts(struct edition *ed)
{
    size_t kept = 0;
    for (size_t i = 0; i < ed->facts.len; i++) {
        if (strcmp(ed->facts.items[i].name, FACT) != 0) {
            ed->facts.items[kept++] = ed->facts.items[i];
        }
    }
    ed->facts.len = kept;
}

static void add_facts(struct edition *ed, const bool *exempt)
{
    size_t row = 0; /* entries beside headings are the rows of the order file, in its order */
    for (size_t i = 0; i < ed->entries.len; i++) {
        enum kind kind = ed->entries.items[i].kind;
        if (kind != KIND_CHAPTER && kind != KIND_SECTION && exempt[row++]) {
            struct ed_fact f = {.entry = (uint32_t)i, .name = FACT, .value = "exempt"};
            VEC_PUSH(&ed->facts, f);
        }
    }
    icd_group_texts(ed);
}

enum status icd_poa_read(const struct input *in, const struct icd_order *order, struct edition *ed, struct report *rep,
                         struct error *err)
{
    struct reading r = {.in = in, .order = order, .exempt = mem_alloc(order->len * sizeof(bool))};
    char text[96];
    look_at_heading(in, &r.heading);
    enum status st = read_rows(&r, err);
    if (st == ST_OK && r.codes == 0) {
        st = input_error(err, in->path, 1, 1, "expected the codes of a POA-exempt list, found none");
    }
    if (st == ST_OK) {
        drop_facts(ed);
        add_facts(ed, r.exempt);
        report_line(rep, "POA-exempt list: %zu codes", r.codes);
        snprintf(text, sizeof text, "POA-exempt list: codes that %s lacks", ed->name);
        icd_tally_report(rep, &r.unknown, text);
    }
    icd_tally_free(&r.unknown);
    free(r.exempt);
    return st;
}
