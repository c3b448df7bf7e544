/* The indexes and tables: which release's, their rows in order, and what is typed found. */
#include "bookshelf.h"

#include <string.h>

static void test_release(void **state)
{
    static const struct {
        date as_of;
        enum component book;
        const char *release;
        bool other;
    } cases[] = {
        {20170101, COMP_INDEX, "FY2017", false},     {20180101, COMP_INDEX, "FY2017", true},
        {20250501, COMP_INDEX, "FY2017", true},      {20250501, COMP_NEOPLASM, "FY2025", false},
        {20180101, COMP_NEOPLASM, "FY2017", true},   {20250501, COMP_GUIDELINES, "FY2025-APR", false},
        {20170101, COMP_GUIDELINES, "FY2025", true}, {20241101, COMP_GUIDELINES, "FY2025", false},
    };
    struct bookshelf *b = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool other;
        assert_int_equal(shelf_as_of(b->shelf, cases[i].as_of, &b->err), ST_OK);
        const struct release *r = terms_release(b->shelf, SET_ICD10CM, cases[i].book, &other);
        assert_non_null(r);
        assert_string_equal(r->name, cases[i].release);
        assert_int_equal(other, cases[i].other);
    }
    bool other;
    assert_null(terms_release(b->shelf, SET_CPT, COMP_INDEX, &other));
    assert_int_equal(terms_size(b->shelf, SET_CPT, COMP_INDEX), 0);
}

static void test_rows_in_order(void **state)
{
    struct bookshelf *b = *state;
    const uint32_t n = terms_size(b->shelf, SET_ICD10CM, COMP_INDEX);
    struct term t;
    int depth = 0;

    assert_int_equal(n, 28);
    for (uint32_t place = 0; place < n; place++) {
        const struct term *path;
        size_t above;
        assert_int_equal(terms_at(b->shelf, SET_ICD10CM, COMP_INDEX, place, &b->arena, &t, &b->err), ST_OK);
        assert_int_equal(t.place, place);
        assert_true(t.depth <= depth + 1);
        depth = t.depth;
        assert_int_equal(terms_path(b->shelf, &t, &b->arena, &path, &above, &b->err), ST_OK);
        assert_int_equal(above, t.depth);
        for (size_t i = 0; i < above; i++)
            assert_true(path[i].depth == (int)i && terms_end(b->shelf, &path[i]) > place);
    }
    assert_int_equal(terms_at(b->shelf, SET_ICD10CM, COMP_INDEX, n, &b->arena, &t, &b->err), ST_NONE);
}

static void test_end(void **state)
{
    struct bookshelf *b = *state;
    struct term t;

    assert_int_equal(terms_at(b->shelf, SET_ICD10CM, COMP_INDEX, 6, &b->arena, &t, &b->err), ST_OK);
    assert_string_equal(t.title, "Diabetes, diabetic");
    assert_string_equal(t.nemod, "(mellitus) (sugar)");
    assert_int_equal(terms_end(b->shelf, &t), 12);
    assert_int_equal(terms_at(b->shelf, SET_ICD10CM, COMP_INDEX, 11, &b->arena, &t, &b->err), ST_OK);
    assert_string_equal(bookshelf_path(b, &t), "Diabetes, diabetic > type 2 > with > nephropathy");
    assert_int_equal(terms_end(b->shelf, &t), 12);
}

static void test_columns(void **state)
{
    size_t n;

    (void)state;
    assert_string_equal(terms_columns(SET_ICD10CM, COMP_NEOPLASM, &n)[2], "Malignant Secondary");
    assert_int_equal(n, 7);
    assert_string_equal(terms_columns(SET_ICD10CM, COMP_DRUGS, &n)[6], "Underdosing");
    assert_string_equal(terms_columns(SET_HCPCS, COMP_DRUGS, &n)[3], "Code");
    assert_int_equal(n, 4);
    assert_null(terms_columns(SET_ICD10CM, COMP_INDEX, &n));
    assert_int_equal(n, 0);
}

static void test_search(void **state)
{
    static const struct {
        enum component book;
        const char *words;
        bool typing;
        const char *first, *without;
    } cases[] = {
        {COMP_INDEX, "fracture, traumatic radius lower end", false, "Fracture, traumatic > radius > lower end", NULL},
        {COMP_INDEX, "diabetes type 2 with nephropathy", false, "Diabetes, diabetic > type 2 > with > nephropathy", NULL},
        {COMP_INDEX, "hypertensions", false, "Hypertension, hypertensive", NULL},
        {COMP_INDEX, "myocardial infarct", false, "Infarct, infarction > myocardium, myocardial", NULL},
        {COMP_INDEX, "meniere", false, "M\xC3\xA9ni\xC3\xA8re's disease", NULL},
        {COMP_INDEX, "colles fracture left wrist", false, "Colles' fracture", "left wrist"},
        {COMP_INDEX, "left fracture of radius", false, "Fracture, traumatic > radius", "left"}, /* a side parts no words */
        {COMP_INDEX, "heart organic", false, "Disease, diseased > heart", NULL},
        {COMP_INDEX, "rad", true, "Fracture, traumatic > radius", NULL},
        {COMP_INDEX, "d", true, "Diabetes, diabetic", NULL},
        {COMP_INDEX, "fracture ra", true, "Fracture, traumatic > radius", NULL},
        {COMP_NEOPLASM, "breast upper-outer", false, "Neoplasm, neoplastic > breast > upper-outer quadrant", NULL},
        {COMP_DRUGS, "digoxin", false, "Digoxin", NULL},
        {COMP_EXTERNAL, "fall from ladder", false, "Fall, falling > from, off, out of > ladder", NULL},
    };
    struct bookshelf *b = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct term_hits hits;
        assert_int_equal(terms_search(b->shelf, SET_ICD10CM, cases[i].book, cases[i].words, cases[i].typing, 10, &b->arena,
                                      &hits, &b->err),
                         ST_OK);
        const char *first = hits.n ? bookshelf_path(b, &hits.items[0]) : "nothing";
        if (strcmp(first, cases[i].first) != 0)
            fail_msg("%s: %s", cases[i].words, first);
        assert_string_equal(hits.without ? hits.without : "", cases[i].without ? cases[i].without : "");
    }
}

static void test_what_an_index_leaves_to_the_tabular(void **state)
{
    (void)state;
    assert_true(terms_only_sides("left"));
    assert_true(terms_only_sides("l  init"));
    assert_false(terms_only_sides("left wrist"));
    assert_false(terms_only_sides("lef"));
}

/* Rows of which only titles above are named are context, not answers. */
static void test_context_is_no_hit(void **state)
{
    struct bookshelf *b = *state;
    struct term_hits hits;

    assert_int_equal(terms_search(b->shelf, SET_ICD10CM, COMP_INDEX, "radius", false, 10, &b->arena, &hits, &b->err), ST_OK);
    assert_int_equal(hits.n, 1);
    assert_false(hits.more);
    assert_int_equal(terms_search(b->shelf, SET_ICD10CM, COMP_INDEX, "end", false, 1, &b->arena, &hits, &b->err), ST_OK);
    assert_int_equal(hits.n, 1);
    assert_true(hits.more);
    assert_int_equal(terms_search(b->shelf, SET_ICD10CM, COMP_INDEX, "\"x* AND (", true, 10, &b->arena, &hits, &b->err), ST_OK);
    assert_int_equal(hits.n, 0);
    assert_int_equal(terms_search(b->shelf, SET_ICD10CM, COMP_INDEX, " , ", true, 10, &b->arena, &hits, &b->err), ST_OK);
    assert_int_equal(hits.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_release, bookshelf_setup, bookshelf_teardown),
        cmocka_unit_test_setup_teardown(test_rows_in_order, bookshelf_setup, bookshelf_teardown),
        cmocka_unit_test_setup_teardown(test_end, bookshelf_setup, bookshelf_teardown),
        cmocka_unit_test(test_columns),
        cmocka_unit_test_setup_teardown(test_search, bookshelf_setup, bookshelf_teardown),
        cmocka_unit_test(test_what_an_index_leaves_to_the_tabular),
        cmocka_unit_test_setup_teardown(test_context_is_no_hit, bookshelf_setup, bookshelf_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
