/* Which entries a code or range holds, by the order of the release. */
#include "fixture.h"

#include <string.h>

static void assert_holds(struct fixture *f, const char *first, const char *last, const struct entry *e, bool want)
{
    bool holds = !want;
    assert_int_equal(shelf_holds(f->shelf, first, last, e, &holds, &f->err), ST_OK);
    if (holds != want)
        fail_msg("%s-%s %s %s", first, last, want ? "does not hold" : "holds", e->code);
}

static void test_codes_and_ranges(void **state)
{
    static const struct {
        enum codeset set;
        const char *first, *last, *code;
        bool holds;
    } rows[] = {
        {SET_ICD10CM, "S525", "S525", "S52502A", true},    {SET_ICD10CM, "S525", "S525", "S525", true},
        {SET_ICD10CM, "S525", "S525", "S52", false},       {SET_ICD10CM, "M08", "M1A", "M1A9XX0", true},
        {SET_ICD10CM, "M08", "M1A", "M10", false},         {SET_ICD10CM, "M1A", "M10", "M109", true},
        {SET_ICD10CM, "M1A", "M10", "M0899", false},       {SET_ICD10CM, "E11", "M08", "M0899", true},
        {SET_ICD10CM, "E11", "M08", "S52", false},         {SET_ICD10CM, "E118", "E119", "E11", false},
        {SET_ICD10CM, "E08", "E13", "E119", true},         /* by the section: FY2017 of this shelf has no E08 */
        {SET_ICD10CM, "M05", "M14", "M1A", true},          {SET_ICD10CM, "E09", "E12", "E119", true}, /* by their text */
        {SET_ICD10CM, "E12", "E13", "E119", false},        {SET_ICD10CM, "S50", "S59", "S50-S59", true},
        {SET_ICD10CM, "S40", "S99", "S50-S59", true},      {SET_ICD10CM, "S52", "S52", "S50-S59", false},
        {SET_ICD10CM, "S50", "S52", "S50-S59", false},     {SET_ICD10CM, "S00", "T88", "19", false},
        {SET_ICD10CM, "", "", "E11", false},               {SET_HCPCS, "J0001", "J0001", "J0001", true},
        {SET_HCPCS, "J0000", "J9999", "J0001", true},      {SET_HCPCS, "J0002", "J9999", "J0001", false},
        {SET_HCPCS, "LT", "LT", "LT", true},               {SET_HCPCS, "A0000", "V9999", "LT", false},
        {SET_HCPCS, "J0000", "J9999", "J", false},
    };
    struct fixture *f = *state;
    assert_int_equal(shelf_as_of(f->shelf, 20180101, &f->err), ST_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct entry e = fixture_entry(f, rows[i].set, rows[i].code);
        assert_holds(f, rows[i].first, rows[i].last, &e, rows[i].holds);
    }
}

/* B99 the section and B99 the category are both what B99 names. */
static void test_section_of_one_category(void **state)
{
    struct fixture *f = *state;
    const struct entry category = fixture_entry(f, SET_ICD10CM, "B99");
    struct entry section;
    assert_int_equal(shelf_entry_at(f->shelf, SET_ICD10CM, category.parent, &f->arena, &section, &f->err), ST_OK);
    assert_int_equal(section.kind, KIND_SECTION);
    assert_holds(f, "B99", "B99", &section, true);
    assert_holds(f, "B99", "B99", &category, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_codes_and_ranges, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_section_of_one_category, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
