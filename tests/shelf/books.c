/* The book in order: places, ways up and down, finding what was typed, dates of rows. */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

static void test_order(void **state)
{
    static const char *const codes[] = {
        "1",   "B99",     "B99", "B998",  "B999",    "4",    "E08-E13", "E11",     "E118",    "E119",
        "13",  "M05-M14", "M08", "M0899", "M1A",     "M1A9XX0", "M10",  "M109",    "19",      "S50-S59",
        "S52", "S525",    "S5250", "S52502", "S52502A", "S52502B", "S52502S", "S52521", "S52521A",
    };
    struct fixture *f = *state;
    const size_t n = sizeof codes / sizeof *codes;
    struct entry e;

    assert_int_equal(shelf_book_size(f->shelf, SET_ICD10CM), n);
    for (uint32_t place = 0; place < n; place++) {
        assert_int_equal(shelf_entry_at(f->shelf, SET_ICD10CM, place, &f->arena, &e, &f->err), ST_OK);
        assert_string_equal(e.code, codes[place]);
        assert_int_equal(e.place, place);
    }
    assert_int_equal(shelf_entry_at(f->shelf, SET_ICD10CM, (uint32_t)n, &f->arena, &e, &f->err), ST_NONE);
    assert_int_equal(shelf_book_size(f->shelf, SET_CPT), 0);
    assert_int_equal(shelf_entry_at(f->shelf, SET_CPT, 0, &f->arena, &e, &f->err), ST_NONE);
}

/* Whether an entry is another or stands under it, by walking up. */
static bool under(struct fixture *f, struct entry e, uint32_t above)
{
    while (e.place != above && e.parent != PLACE_NONE)
        assert_int_equal(shelf_entry_at(f->shelf, e.set, e.parent, &f->arena, &e, &f->err), ST_OK);
    return e.place == above;
}

/* Children, path and subtree end of every entry, against the parents alone. */
static void test_tree(void **state)
{
    struct fixture *f = *state;
    const uint32_t n = shelf_book_size(f->shelf, SET_ICD10CM);
    struct entry *all;
    uint32_t places[64];

    assert_in_range(n, 1, 64);
    for (uint32_t i = 0; i < n; i++)
        places[i] = i;
    assert_int_equal(shelf_entries(f->shelf, SET_ICD10CM, places, n, &f->arena, &all, &f->err), ST_OK);
    for (uint32_t i = 0; i < n; i++) {
        const struct entry *found;
        size_t got, children = 0;
        uint32_t end = i;
        assert_int_equal(shelf_children(f->shelf, &all[i], &f->arena, &found, &got, &f->err), ST_OK);
        for (uint32_t k = 0; k < n; k++) {
            if (all[k].parent == i)
                assert_int_equal(found[children++].place, k);
            if (under(f, all[k], i))
                end = k + 1;
        }
        assert_int_equal(got, children);
        assert_int_equal(shelf_subtree_end(f->shelf, SET_ICD10CM, i), end);
        assert_int_equal(shelf_path(f->shelf, &all[i], &f->arena, &found, &got, &f->err), ST_OK);
        assert_int_equal(got ? found[got - 1].place : PLACE_NONE, all[i].parent);
        assert_true(got == 0 || found[0].kind == KIND_CHAPTER);
    }
}

static void test_find(void **state)
{
    static const struct {
        enum codeset set;
        const char *typed, *code;
        enum kind kind;
    } cases[] = {
        {SET_COUNT, "e11.9", "E119", KIND_CODE},          {SET_COUNT, " S52.502_ ", "S52502", KIND_SUBCATEGORY},
        {SET_COUNT, "b99", "B99", KIND_CATEGORY},         {SET_COUNT, "19", "19", KIND_CHAPTER},
        {SET_COUNT, "s50-s59", "S50-S59", KIND_SECTION},  {SET_COUNT, "j0001", "J0001", KIND_CODE},
        {SET_COUNT, "lt", "LT", KIND_MODIFIER},           {SET_HCPCS, "J", "J", KIND_CHAPTER},
        {SET_ICD10CM, "M1A", "M1A", KIND_CATEGORY},
    };
    struct fixture *f = *state;
    struct entry e;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (shelf_find(f->shelf, cases[i].set, cases[i].typed, &f->arena, &e, &f->err) != ST_OK)
            fail_msg("%s: %s", cases[i].typed, f->err.text);
        assert_string_equal(e.code, cases[i].code);
        assert_int_equal(e.kind, cases[i].kind);
    }
}

static void test_find_nothing(void **state)
{
    static const struct {
        enum codeset set;
        const char *typed, *says;
    } cases[] = {
        {SET_COUNT, "E11.65", "E11.65: deleted in FY2017, last in FY2016"},
        {SET_COUNT, "S52.502Z", "S52.502Z: not a code; S52.502 has 7th characters A B S"},
        {SET_COUNT, "E11.99", "E11.99: not a code; the nearest is E11.9"},
        {SET_COUNT, "M08.1", "M08.1: not a code; the nearest is M08, which is divided further"},
        {SET_COUNT, "Z99", "Z99: not in ICD-10-CM FY2017, HCPCS 2018-JAN"},
        {SET_COUNT, "J00.01", "J00.01: not in ICD-10-CM FY2017"}, /* though HCPCS has a J0001 */
        {SET_HCPCS, "J0002", "J0002: not in 2018-JAN; 2019-JAN has it"},
        {SET_HCPCS, "E119", "E119: not in HCPCS 2018-JAN"},
        {SET_CPT, "99213", "no release of CPT is loaded"},
        {SET_COUNT, "what is this?", "what is this?: not a code"},
        {SET_COUNT, "", "not a code"},
    };
    struct fixture *f = *state;
    struct entry e;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(shelf_find(f->shelf, cases[i].set, cases[i].typed, &f->arena, &e, &f->err), ST_NONE);
        if (!strstr(f->err.text, cases[i].says))
            fail_msg("\"%s\" should say \"%s\"", f->err.text, cases[i].says);
    }
}

/* HCPCS rows carry dates: a code may be reported from its first day to its last, and stays visible after. */
static void test_hcpcs_dates(void **state)
{
    static const struct {
        date on;
        const char *code;
        bool billable;
    } cases[] = {
        {20180801, "J0002", true},  {20180630, "J0002", false}, {20190331, "J0001", true},
        {20190401, "J0001", false}, {20180801, "J0001", true},  {20190401, "J0002", true},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(shelf_as_of(f->shelf, cases[i].on, &f->err), ST_OK);
        const struct entry e = fixture_entry(f, SET_HCPCS, cases[i].code);
        if (e.billable != cases[i].billable)
            fail_msg("%s as of %ld: billable %d", e.code, (long)cases[i].on, e.billable);
    }
}

/* The same code under another release: other row, other place, other neighbours. */
static void test_release_decides(void **state)
{
    struct fixture *f = *state;

    const uint32_t in_2017 = fixture_entry(f, SET_ICD10CM, "M10").place;
    assert_int_equal(shelf_as_of(f->shelf, 20160101, &f->err), ST_OK);
    assert_int_equal(fixture_entry(f, SET_ICD10CM, "E1165").billable, true);
    assert_int_equal(fixture_entry(f, SET_ICD10CM, "M10").place, in_2017); /* one code more, one less before it */
    struct entry e;
    assert_int_equal(shelf_lookup(f->shelf, SET_ICD10CM, "M1A9XX0", &f->arena, &e, &f->err), ST_NONE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_order),        TEST(test_tree),        TEST(test_find), TEST(test_find_nothing),
        TEST(test_hcpcs_dates),  TEST(test_release_decides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
