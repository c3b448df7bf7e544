/* References both ways and the guidelines: who mentions a code, and what bears on it. */
#include "bookshelf.h"

#include <string.h>

/* "excludes1 E13 M08-M1A", "term Hypertension I10", "guideline I.C.4.a E08-E13" */
static const char *describe(struct bookshelf *b, const struct mention *m)
{
    if (m->kind == MENTION_NOTE)
        return arena_printf(&b->arena, "%s %s %s", note_kind_name(m->note.kind), m->note.from_code, m->named);
    if (m->kind == MENTION_TERM)
        return arena_printf(&b->arena, "%s %s", bookshelf_path(b, &m->term), m->named);
    return arena_printf(&b->arena, "%s %s", m->guideline.section, m->named);
}

static void test_mentions(void **state)
{
    enum { MOST = 8 };
    static const struct {
        const char *code, *mentions[MOST]; /* all of them, in order */
    } cases[] = {
        {"I10", {"use_additional E11 I10", "code_also I16 I10-I15", "use_additional I20-I25 I10-I16",
                 "Hypertension, hypertensive I10", "I.C.9 I00-I99"}},
        {"I16", {"use_additional I20-I25 I10-I16", "I.C.9 I00-I99"}},
        {"M1A", {"excludes1 E13 M08-M1A", "Chronic gout M1A"}},
        {"M10", {"excludes1 E13 M10"}},
        {"S5253", {"excludes1 S52 S52.53", "excludes2 I21 S52.5", "Colles' fracture S52.53"}},
        {"S5250", {"excludes2 I21 S52.5", "Fracture, traumatic > radius > lower end S52.50"}},
        {"T360X5A", {"use_additional M10 T36-T50 with fifth or sixth character 5"}},
        {"T3695XA", {"use_additional M10 T36-T50 with fifth or sixth character 5"}},
        {"T360X1A", {NULL}},
        {"T36", {"use_additional M10 T36-T50 with fifth or sixth character 5"}},
        {"E1121", {"Diabetes, diabetic > type 2 > with > nephropathy E11.21", "I.C.4.a.2 E11",
                   "I.C.4.a E08-E13", "I.C.4 E00-E89"}},
    };
    struct bookshelf *b = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct mention *mentions;
        struct entry e;
        size_t n, want = 0;
        assert_int_equal(shelf_lookup(b->shelf, SET_ICD10CM, cases[i].code, &b->arena, &e, &b->err), ST_OK);
        assert_int_equal(refs_to(b->shelf, &e, &b->arena, &mentions, &n, &b->err), ST_OK);
        while (want < MOST && cases[i].mentions[want])
            want++;
        for (size_t k = 0; k < n; k++) {
            const char *shown = describe(b, &mentions[k]);
            if (k >= want || strcmp(shown, cases[i].mentions[k]) != 0)
                fail_msg("%s: mention %zu is %s", cases[i].code, k, shown);
            assert_true(k == 0 || mentions[k].kind != mentions[k - 1].kind || mentions[k].distance >= mentions[k - 1].distance);
        }
        assert_int_equal(n, want);
    }
}

/* A release without notes has none to mention anything, and says so by giving none; borrowed ones are labelled. */
static void test_notes_of_their_release(void **state)
{
    struct bookshelf *b = *state;
    const struct mention *mentions;
    struct entry e;
    size_t n;

    assert_int_equal(shelf_as_of(b->shelf, 20180101, &b->err), ST_OK);
    assert_int_equal(shelf_lookup(b->shelf, SET_ICD10CM, "I10", &b->arena, &e, &b->err), ST_OK);
    assert_int_equal(refs_to(b->shelf, &e, &b->arena, &mentions, &n, &b->err), ST_OK);
    assert_int_equal(n, 2); /* the index row of FY2017, and the guideline of its chapter */
    assert_int_equal(mentions[0].kind, MENTION_TERM);
    assert_int_equal(shelf_borrow_notes(b->shelf, SET_ICD10CM, "FY2017", &b->err), ST_OK);
    assert_int_equal(refs_to(b->shelf, &e, &b->arena, &mentions, &n, &b->err), ST_OK);
    assert_int_equal(n, 5);
    assert_string_equal(mentions[0].note.release, "FY2017");
}

static void test_guide_sections(void **state)
{
    static const struct {
        const char *typed, *section;
    } found[] = {{"i.c.4.a", "I.C.4.a"}, {" I.C.4.A.2. ", "I.C.4.a.2"}, {"appendix i", "Appendix I"}};
    struct bookshelf *b = *state;
    struct guideline g;
    bool other;

    assert_string_equal(guide_release(b->shelf, &other)->name, "FY2025");
    assert_true(other);
    assert_int_equal(guide_size(b->shelf), 8);
    for (uint32_t place = 0; place < 8; place++) {
        assert_int_equal(guide_at(b->shelf, place, &b->arena, &g, &b->err), ST_OK);
        assert_int_equal(g.place, place);
    }
    assert_int_equal(guide_at(b->shelf, 8, &b->arena, &g, &b->err), ST_NONE);
    for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
        assert_int_equal(guide_find(b->shelf, found[i].typed, &b->arena, &g, &b->err), ST_OK);
        assert_string_equal(g.section, found[i].section);
    }
    assert_int_equal(guide_find(b->shelf, "Appendix II", &b->arena, &g, &b->err), ST_NONE);
    assert_non_null(strstr(b->err.text, "FY2025"));
    assert_int_equal(shelf_as_of(b->shelf, 20250501, &b->err), ST_OK);
    assert_int_equal(guide_find(b->shelf, "Appendix II", &b->arena, &g, &b->err), ST_OK);
    assert_int_equal(g.place, 8);
}

static void test_guide_search(void **state)
{
    struct bookshelf *b = *state;
    const struct guideline *found;
    size_t n;

    assert_int_equal(guide_search(b->shelf, "diabetes", 10, &b->arena, &found, &n, &b->err), ST_OK);
    assert_true(n >= 2);
    assert_string_equal(found[0].section, "I.C.4.a");
    assert_int_equal(guide_search(b->shelf, "hypertensive heart", 10, &b->arena, &found, &n, &b->err), ST_OK);
    assert_int_equal(n, 1);
    assert_string_equal(found[0].section, "I.C.9.a");
    assert_int_equal(guide_search(b->shelf, "xylophone", 10, &b->arena, &found, &n, &b->err), ST_OK);
    assert_int_equal(n, 0);
}

/* Nearest first, the chapter's section last and once though its heading names the chapter's range. */
static void test_guide_for(void **state)
{
    static const char *const want[] = {"I.C.4.a.2 E11", "I.C.4.a E08-E13", "I.C.4 -"};
    struct bookshelf *b = *state;
    const struct bearing *found;
    struct entry e;
    size_t n;

    assert_int_equal(shelf_lookup(b->shelf, SET_ICD10CM, "E119", &b->arena, &e, &b->err), ST_OK);
    assert_int_equal(guide_for(b->shelf, &e, &b->arena, &found, &n, &b->err), ST_OK);
    assert_int_equal(n, sizeof want / sizeof *want);
    for (size_t i = 0; i < n; i++)
        assert_string_equal(arena_printf(&b->arena, "%s %s", found[i].guideline.section, found[i].named ? found[i].named : "-"),
                            want[i]);
    assert_int_equal(shelf_lookup(b->shelf, SET_ICD10CM, "M10", &b->arena, &e, &b->err), ST_OK);
    assert_int_equal(guide_for(b->shelf, &e, &b->arena, &found, &n, &b->err), ST_OK);
    assert_int_equal(n, 0); /* these guidelines have no chapter 13 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_mentions, bookshelf_setup, bookshelf_teardown),
        cmocka_unit_test_setup_teardown(test_notes_of_their_release, bookshelf_setup, bookshelf_teardown),
        cmocka_unit_test_setup_teardown(test_guide_sections, bookshelf_setup, bookshelf_teardown),
        cmocka_unit_test_setup_teardown(test_guide_search, bookshelf_setup, bookshelf_teardown),
        cmocka_unit_test_setup_teardown(test_guide_for, bookshelf_setup, bookshelf_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
