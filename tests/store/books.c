/* books.c - small books for tests of the store, and a folder to publish them in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "books.h"

int place_setup(void **state)
{
    struct place *p = calloc(1, sizeof *p);
    snprintf(p->dir, sizeof p->dir, "/tmp/codeshelf-store-XXXXXX");
    if (!p || !mkdtemp(p->dir))
        return -1;
    snprintf(p->shelf, sizeof p->shelf, "%s/shelf.db", p->dir);
    setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
    *state = p;
    return 0;
}

int place_teardown(void **state)
{
    struct place *p = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", p->dir);
    const int rc = system(command);
    free(p);
    return rc;
}

void add_entry(struct edition *ed, enum kind kind, const char *code, int32_t parent, const char *title)
{
    const struct ed_entry e = {kind, code, parent, kind == KIND_CODE, false, title, NULL, "", 0, 0};
    VEC_PUSH(&ed->entries, e);
}

static void add_note(struct edition *ed, uint32_t entry, enum note_kind kind, const char *text)
{
    const struct ed_note n = {entry, kind, text};
    VEC_PUSH(&ed->notes, n);
}

static void add_term(struct edition *ed, enum component book, int depth, const char *title, const char *codes)
{
    const struct ed_term t = {book, depth, title, "(acute)", codes, "", "", "", "", ""};
    VEC_PUSH(&ed->terms, t);
}

/* An index in which a path occurs twice, a code changes and a row comes; a table; two guidelines. */
static void add_index(struct edition *ed, int year)
{
    ed->coverage |= 1U << COMP_INDEX | 1U << COMP_DRUGS | 1U << COMP_GUIDELINES;
    add_term(ed, COMP_INDEX, 0, "Fever", "B99.8");
    add_term(ed, COMP_INDEX, 1, "hay", year ? "B99.9" : "B99.8");
    add_term(ed, COMP_INDEX, 2, "autumn", "B99.0");
    add_term(ed, COMP_INDEX, 1, "hay", "B99.0");
    if (year == 1)
        add_term(ed, COMP_INDEX, 1, "new", "B99.0");
    add_term(ed, COMP_DRUGS, 0, "Fever", "");
    const struct ed_guideline one = {"I", 0, "Conventions", "Codes are used (B99.8)."};
    const struct ed_guideline two = {"I.A", 1, "Conventions for codes", year == 2 ? "Reworded." : "First."};
    VEC_PUSH(&ed->guidelines, one);
    VEC_PUSH(&ed->guidelines, two);
}

/* A table that grows from year to year and tells the same of the years before. */
static void add_replacements(struct edition *ed, int year)
{
    static const struct ed_replacement rows[] = {{"", "", "B998", 20151001, "None"},
                                                 {"B990", "", "B998", 20161001, ""},
                                                 {"B990", "B999", "B998", 20171001, "B99.0-B99.9 and A00.0"}};

    ed->coverage |= 1U << COMP_CONVERSION;
    for (int i = year == 2; i <= year; i++) /* the last one forgets the first row */
        VEC_PUSH(&ed->replacements, rows[i]);
}

/* Three years of a small book: a title and the notes change, an entry moves, one goes, one comes. */
struct edition *small_book(int year)
{
    static const char *const names[] = {"FY2016", "FY2017", "FY2018"};
    struct edition *ed = edition_new(SET_ICD10CM, names[year], 20151001 + 10000 * year);
    ed->coverage = 1U << COMP_CODES | 1U << COMP_TABULAR;
    add_entry(ed, KIND_CHAPTER, "1", NO_PARENT, "First chapter");
    add_entry(ed, KIND_SECTION, "B99", 0, "A section named like its category");
    add_entry(ed, KIND_CATEGORY, "B99", 1, "Other infectious diseases");
    if (year != 1)
        add_entry(ed, KIND_CODE, "B990", 2, "Zeroth");
    add_entry(ed, KIND_CODE, "B998", 2, year == 2 ? "Other hypertensive disease, revised" : "Other hypertensive disease");
    add_entry(ed, KIND_CODE, "B999", 2, "Unspecified");
    if (year == 1)
        add_entry(ed, KIND_CODE, "B990", 2, "Zeroth");
    add_note(ed, 2, NOTE_EXCLUDES1, "first (A15.0-A15.9)");
    if (year > 0)
        add_note(ed, 2, NOTE_EXCLUDES1, "inserted");
    add_note(ed, 2, NOTE_EXCLUDES1, "last");
    add_note(ed, 2, NOTE_EXCLUDES1, "first (A15.0-A15.9)"); /* the same text twice is two notes */
    const struct ed_seventh a = {2, 'A', "initial encounter", ""}, b = {2, 'B', "open", "open fracture NOS"};
    VEC_PUSH(&ed->sevenths, a);
    VEC_PUSH(&ed->sevenths, b);
    const struct ed_fact fact = {2, "coverage", "C"};
    VEC_PUSH(&ed->facts, fact);
    const struct ed_source source = {COMP_CODES, "order.txt", 10, "ab12", 1700000000};
    VEC_PUSH(&ed->sources, source);
    const struct ed_front front = {"introduction", "Excludes1", "means never"};
    VEC_PUSH(&ed->front, front);
    add_index(ed, year);
    add_replacements(ed, year);
    return ed;
}

void import_years(const char *shelf, const int *years, int n)
{
    struct error err = {0};
    struct store *s = NULL;
    if (store_open(shelf, &s, &err))
        fail_msg("%s", err.text);
    for (int i = 0; i < n; i++)
        store_put(s, small_book(years[i]));
    if (store_publish(s, NULL, NULL, &err))
        fail_msg("%s", err.text);
    store_close(s);
}

static void read_file(const char *path, struct buf *out)
{
    char block[65536];
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;)
        buf_add(out, block, n);
    fclose(f);
}

void assert_same_bytes(const char *a, const char *b)
{
    struct buf x = {0}, y = {0};
    read_file(a, &x);
    read_file(b, &y);
    assert_int_equal(x.len, y.len);
    assert_memory_equal(x.text, y.text, x.len);
    buf_free(&x);
    buf_free(&y);
}
