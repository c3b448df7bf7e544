/* indexcheck.c - what an index or table holds, and which of its codes do not stand in the release.
 *
 * The book is not free of misprints: codes of another year, codes with a dash where nothing more is to be added, words
 * where a code belongs. Nothing of that is changed or left out; the person who imports is told. */
#include <stdio.h>
#include <string.h>

#include "icd10cm.h"

struct checking {
    const struct icd_order *order;
    struct icd_tally lacking, dashed, misplaced;
};

struct counts {
    size_t rows, mains, codes, second, cells, see, see_also, categories;
};

static size_t count_items(const char *list)
{
    size_t n = 0;
    while (*list) {
        size_t len = strcspn(list, "\n");
        n += len > 0;
        list += len + (list[len] != '\0');
    }
    return n;
}

static void count_row(struct counts *n, const struct ed_term *t)
{
    n->rows++;
    n->mains += t->depth == 0;
    n->codes += count_items(t->codes);
    n->second += count_items(t->manifestation);
    n->cells += count_items(t->cells);
    n->see += count_items(t->see);
    n->see_also += count_items(t->see_also);
    n->categories += count_items(t->see_category);
}

/* What a book has none of is not named: an index has no cells, a table no codes. */
static void report_counts(const struct counts *n, const char *title, struct report *rep)
{
    const struct {
        size_t count;
        const char *what;
    } parts[] = {{n->codes, "codes"}, {n->second, "second codes"}, {n->cells, "cells"},
                 {n->see, "see"},     {n->see_also, "see also"},   {n->categories, "categories to see"}};
    struct buf line = {0};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].count > 0) {
            buf_printf(&line, ", %zu %s", parts[i].count, parts[i].what);
        }
    }
    report_line(rep, "%s: %zu main term%s, %zu rows%s", title, n->mains, n->mains == 1 ? "" : "s", n->rows,
                buf_text(&line));
    buf_free(&line);
}

/* One code as printed; a cell may hold dashes for "no such code". */
static void check_code(struct checking *c, const char *text, size_t n)
{
    char printed[ICD_UNKNOWN_TEXT], code[CODE_MAX];
    uint32_t at;
    snprintf(printed, sizeof printed, "%.*s", (int)n, text);
    if (strspn(printed, "-") == strlen(printed)) {
        return;
    }
    if (!code_read(printed, code) || !icd_code_shaped(code, strlen(code))) {
        icd_tally_add_once(&c->misplaced, printed);
    } else if (!map_get(&c->order->by_code, code, strlen(code), &at)) {
        icd_tally_add_once(&c->lacking, printed);
    } else if (printed[strlen(printed) - 1] == '-' && c->order->items[at].billable) {
        icd_tally_add_once(&c->dashed, printed);
    }
}

static void check_list(struct checking *c, const char *list)
{
    while (*list) {
        size_t len = strcspn(list, "\n");
        check_code(c, list, len);
        list += len + (list[len] != '\0');
    }
}

static void report_checks(struct checking *c, const char *title, const char *release, struct report *rep)
{
    char text[160];
    snprintf(text, sizeof text, "%s: codes that %s lacks, kept as printed", title, release);
    icd_tally_report(rep, &c->lacking, text);
    snprintf(text, sizeof text, "%s: a dash behind a code that is complete, kept as printed", title);
    icd_tally_report(rep, &c->dashed, text);
    snprintf(text, sizeof text, "%s: other words in the place of a code, kept as printed", title);
    icd_tally_report(rep, &c->misplaced, text);
}

void icd_index_check(const struct edition *ed, enum component book, const struct icd_order *order, struct report *rep)
{
    struct checking c = {.order = order};
    struct counts n = {0};
    for (size_t i = 0; i < ed->terms.len; i++) {
        const struct ed_term *t = &ed->terms.items[i];
        if (t->book != book) {
            continue;
        }
        count_row(&n, t);
        check_list(&c, t->codes);
        check_list(&c, t->manifestation);
        check_list(&c, t->cells);
    }
    const char *title = icd_component_title(book);
    report_counts(&n, title, rep);
    report_checks(&c, title, ed->name, rep);
}
