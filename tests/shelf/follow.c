/* Where see and see also lead: every form the book writes, on a small shelf. */
#include "bookshelf.h"

#include <string.h>

static const struct {
    enum component from;
    const char *see;
    enum landing_kind kind;
    const char *where; /* the path or the code landed at, "" for none */
    int column;
} cases[] = {
    {COMP_INDEX, "Colles' fracture", LAND_EXACT, "Colles' fracture", 0},
    {COMP_INDEX, "Fracture, traumatic, radius, lower end", LAND_EXACT, "Fracture, traumatic > radius > lower end", 0},
    {COMP_INDEX, "Disease, heart", LAND_WORDS, "Disease, diseased > heart", 0},
    {COMP_INDEX, "Infarct, myocardium", LAND_WORDS, "Infarct, infarction > myocardium, myocardial", 0},
    {COMP_INDEX, "Infarctions, myocardial", LAND_WORDS, "Infarct, infarction > myocardium, myocardial", 0},
    {COMP_INDEX, "Meniere's disease", LAND_EXACT, "M\xC3\xA9ni\xC3\xA8re's disease", 0},
    {COMP_INDEX, "Diabetes, type 2, nephropathy", LAND_WORDS, "Diabetes, diabetic > type 2 > with > nephropathy", 0},
    {COMP_INDEX, "Fracture, traumatic, by site", LAND_EXACT, "Fracture, traumatic", 0},
    {COMP_INDEX, "Complications, joint prosthesis, mechanical, by site", LAND_WORDS,
     "Complication > joint prosthesis > mechanical", 0},
    {COMP_INDEX, "Complications (s), joint prosthesis", LAND_WORDS, "Complication > joint prosthesis", 0},
    {COMP_INDEX, "Peridontitis, acute", LAND_WORDS, "Periodontitis > acute", 0},
    {COMP_INDEX, "also Disease, heart", LAND_WORDS, "Disease, diseased > heart", 0},
    {COMP_INDEX, "Neoplasm, skin, malignant", LAND_NEOPLASM, "Neoplasm, neoplastic > skin NOS", 1},
    {COMP_INDEX, "Neoplasm, breast, malignant, secondary", LAND_NEOPLASM, "Neoplasm, neoplastic > breast", 2},
    {COMP_INDEX, "Neoplasm, in situ, by site", LAND_NEOPLASM, "Neoplasm, neoplastic", 3},
    {COMP_INDEX, "Neoplasm, uncertain behavior, by site", LAND_NEOPLASM, "Neoplasm, neoplastic", 5},
    {COMP_INDEX, "Neoplasm, skin", LAND_NEOPLASM, "Neoplasm, neoplastic > skin NOS", 0},
    {COMP_INDEX, "Table of Drugs and Chemicals, by drug, poisoning", LAND_TABLE, "", 0},
    {COMP_INDEX, "Poisoning, mercury", LAND_TABLE, "Mercury, mercurial NEC", 0},
    {COMP_DRUGS, "Mercury", LAND_WORDS, "Mercury, mercurial NEC", 0},
    {COMP_INDEX, "category E11", LAND_CATEGORY, "E11", 0},
    {COMP_INDEX, "subcategory S52.5-", LAND_CATEGORY, "S525", 0},
    {COMP_INDEX, "I21.3", LAND_CATEGORY, "I21", 0},
    {COMP_INDEX, "category Z99", LAND_NOWHERE, "", 0},
    {COMP_INDEX, "condition", LAND_INSTRUCTION, "", 0},
    {COMP_INDEX, "specified injury by site", LAND_INSTRUCTION, "", 0},
    {COMP_INDEX, "Disease, liver", LAND_NOWHERE, "Disease, diseased", 0},
    {COMP_INDEX, "Elsewhere", LAND_NOWHERE, "", 0},
    {COMP_EXTERNAL, "Fall, from, ladder", LAND_WORDS, "Fall, falling > from, off, out of > ladder", 0},
    {COMP_EXTERNAL, "Contact, with, by type of animal", LAND_EXACT, "Contact > with", 0},
    {COMP_EXTERNAL, "Disease, heart", LAND_NOWHERE, "", 0},
    {COMP_EXTERNAL, "Index to Diseases and Injuries, Complication(s)", LAND_WORDS, "Complication", 0},
};

static void test_follow(void **state)
{
    struct bookshelf *b = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct landing to;
        struct term from;
        assert_int_equal(terms_at(b->shelf, SET_ICD10CM, cases[i].from, 0, &b->arena, &from, &b->err), ST_OK);
        assert_int_equal(terms_follow(b->shelf, &from, cases[i].see, &b->arena, &to, &b->err), ST_OK);
        const char *where = to.term.id ? bookshelf_path(b, &to.term) : to.code;
        if (to.kind != cases[i].kind || strcmp(where, cases[i].where) != 0 || to.column != cases[i].column)
            fail_msg("%s: kind %d, %s, column %d", cases[i].see, (int)to.kind, where, to.column);
    }
}

/* The category may be printed apart from the words. */
static void test_category_apart(void **state)
{
    struct bookshelf *b = *state;
    struct term from = {.set = SET_ICD10CM, .book = COMP_INDEX, .see_category = "S52.5-", .codes = ""};
    struct landing to;

    assert_int_equal(terms_follow(b->shelf, &from, "subcategory", &b->arena, &to, &b->err), ST_OK);
    assert_int_equal(to.kind, LAND_CATEGORY);
    assert_string_equal(to.code, "S525");
}

/* A table named stays named where it is not loaded; the row of a borrowed one is found. */
static void test_other_release(void **state)
{
    struct bookshelf *b = *state;
    struct term from;
    struct landing to;

    assert_int_equal(shelf_as_of(b->shelf, 20250501, &b->err), ST_OK);
    assert_int_equal(terms_at(b->shelf, SET_ICD10CM, COMP_INDEX, 0, &b->arena, &from, &b->err), ST_OK);
    assert_int_equal(terms_follow(b->shelf, &from, "Neoplasm, skin, benign", &b->arena, &to, &b->err), ST_OK);
    assert_int_equal(to.kind, LAND_NEOPLASM);
    assert_int_equal(to.column, 4);
    assert_string_equal(to.term.title, "skin NOS");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_follow, bookshelf_setup, bookshelf_teardown),
        cmocka_unit_test_setup_teardown(test_category_apart, bookshelf_setup, bookshelf_teardown),
        cmocka_unit_test_setup_teardown(test_other_release, bookshelf_setup, bookshelf_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
