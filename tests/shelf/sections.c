/* Guidelines of two releases compared: reworded, put in, taken out, and what only got another number. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "codeshelf/calendar.h"
#include "codeshelf/changes.h"
#include "codeshelf/store.h"

static const struct ed_guideline old[] = {
    {"I", 0, "Conventions", ""},
    {"I.A", 1, "General", "Use both books.\nAn index alone is not enough."},
    {"I.B", 1, "Outpatient", "Rule out is not coded."},
    {"I.C", 1, "Inpatient", "Rule out is coded as if it existed."},
    {"I.D", 1, "Manifestations", "Never first."},
    {"I.E", 1, "Laterality", "Left and right, or unspecified."},
    {"II", 0, "Reporting", "The same\nwords."},
};
static const struct ed_guideline new[] = {
    {"I", 0, "Conventions", ""},
    {"I.A", 1, "General", "Use both books.\nAn index alone is never enough."},
    {"I.B", 1, "Telehealth", "Where the patient is."},
    {"I.C", 1, "Outpatient", "Rule out is not coded."},
    {"I.D", 1, "Inpatient", "Rule out is coded as though it existed."},
    {"I.E", 1, "Sides of the body", "Left and right, or unspecified side."},
    {"II", 0, "Reporting", "words.\nThe same"},
};

static void put(struct store *store, const char *name, const struct ed_guideline *rows, size_t n)
{
    struct edition *ed = edition_new(SET_ICD10CM, name, calendar_from(SET_ICD10CM, name));
    const struct ed_entry e = {KIND_CATEGORY, "A00", NO_PARENT, true, false, "Cholera", NULL, "", 0, 0};
    ed->coverage = 1u << COMP_CODES | (n ? 1u << COMP_GUIDELINES : 0);
    VEC_PUSH(&ed->entries, e);
    for (size_t i = 0; i < n; i++)
        VEC_PUSH(&ed->guidelines, rows[i]);
    store_put(store, ed);
}

static int setup(void **state)
{
    struct fixture *f = mem_alloc(sizeof *f);
    struct store *store;

    snprintf(f->folder, sizeof f->folder, "/tmp/codeshelf-shelf-XXXXXX");
    if (!mkdtemp(f->folder))
        return -1;
    snprintf(f->path, sizeof f->path, "%s/shelf.db", f->folder);
    if (store_open(f->path, &store, &f->err) != ST_OK)
        return -1;
    put(store, "FY2024", old, sizeof old / sizeof *old);
    put(store, "FY2025", new, sizeof new / sizeof *new);
    put(store, "FY2026", NULL, 0);
    const enum status st = store_publish(store, NULL, NULL, &f->err);
    store_close(store);
    *state = f;
    return st == ST_OK && shelf_open(f->path, &f->shelf, &f->err) == ST_OK ? 0 : -1;
}

static void sections_are_known_again(void **state)
{
    static const char *const want[] = {
        "reworded I.A General|An index alone is not enough.|An index alone is never enough.",
        "added I.B Telehealth||Where the patient is.",
        "moved I.C Outpatient|I.B|I.C",
        "deleted I.D Manifestations|Never first.|",
        "moved I.D Inpatient|I.C|I.D",
        "reworded I.D Inpatient|Rule out is coded as if it existed.|Rule out is coded as though it existed.",
        ("reworded I.E Sides of the body|Laterality\nLeft and right, or unspecified.|"
         "Sides of the body\nLeft and right, or unspecified side."),
        "reworded II Reporting|The same\nwords.|words.\nThe same",
    };
    struct fixture *f = *state;
    struct changes all;
    char said[256];

    assert_int_equal(changes_between(f->shelf, SET_ICD10CM, "FY2024", "FY2025", &f->arena, &all, &f->err), ST_OK);
    assert_int_equal(all.n, sizeof want / sizeof *want);
    for (size_t i = 0; i < all.n; i++) {
        const struct change *c = &all.items[i];
        assert_int_equal(c->book, COMP_GUIDELINES);
        assert_int_equal(c->entry, 0);
        snprintf(said, sizeof said, "%s %s %s|%s|%s", change_name(c->kind), c->path, c->title, c->before ? c->before : "",
                 c->after ? c->after : "");
        assert_string_equal(said, want[i]);
    }
    assert_int_equal(all.rows[CHANGE_MOVED], 2);
}

static void guidelines_that_are_not_loaded_are_not_gone(void **state)
{
    struct fixture *f = *state;
    struct changes all;
    bool said = false;

    assert_int_equal(changes_between(f->shelf, SET_ICD10CM, "FY2025", "FY2026", &f->arena, &all, &f->err), ST_OK);
    assert_int_equal(all.n, 0);
    for (size_t i = 0; i < all.nunknown; i++)
        said |= strcmp(all.unknown[i], "FY2026's Official Guidelines are not loaded: changes of them cannot be told") == 0;
    assert_true(said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sections_are_known_again), cmocka_unit_test(guidelines_that_are_not_loaded_are_not_gone),
    };
    return cmocka_run_group_tests(tests, setup, fixture_teardown);
}
