/* books_release.c - the books of FY2017 and the guidelines of FY2025 through the command line: look-ups that coders
 * make, by the index and by the tables, references both ways, a section and what bears on a code. Without ../shared
 * there is nothing to read, and the tests say so. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run.h"
#include "tests/support.h"

#define ICD TEST_SHARED "/data/icd10cm/"

static bool have_releases;

static int up(void **state)
{
    static const char *const argv[] = {TEST_TOOLS "/codeshelf-import", ICD "FY2017", ICD "FY2025", NULL};
    return official_up(state, "tests of the official indexes and guidelines", argv, &have_releases);
}

static int down(void **state)
{
    return have_releases ? shelf_down(state) : 0;
}

/* What a call says, as of a day of FY2017 or of FY2025; texts are ended by NULL. */
struct look_up {
    const char *words;
    bool fy2025;
    const char *says[8];
};

static void run_as_of(struct run *r, const char *words, bool fy2025)
{
    setenv("CODESHELF_TODAY", fy2025 ? "2025-02-03" : "2017-02-01", 1);
    run_codeshelf(r, NULL, words);
    if (r->code != 0)
        fail_msg("codeshelf %s: exit %d: %s", words, r->code, r->err);
}

static void check_look_ups(const struct look_up *look_ups, size_t n)
{
    if (!have_releases)
        skip();
    for (size_t i = 0; i < n; i++) {
        struct run r;
        run_as_of(&r, look_ups[i].words, look_ups[i].fy2025);
        for (const char *const *says = look_ups[i].says; *says; says++)
            if (!strstr(r.out, *says))
                fail_msg("codeshelf %s: no \"%s\" in:\n%.3000s", look_ups[i].words, *says, r.out);
        run_free(&r);
    }
}

static void terms_of_the_index(void **state)
{
    static const struct look_up look_ups[] = {
        {"index --book diseases fracture, traumatic radius lower end", false,
         {"ICD-10-CM FY2017: Alphabetic Index\n", "> -- lower end S52.50-\n", "- see Colles' fracture\n"}},
        {"index fracture traumatic radius lower end colles", false, {"leads to: Colles' fracture S52.53-\n"}},
        {"index diabetes type 2 with nephropathy", false, {"> --- nephropathy E11.21\n"}},
        {"index diabetes type 2 with nephropathy", true, {"ICD-10-CM FY2025: Alphabetic Index of FY2017\n", "E11.21\n"}},
        {"index injury ankle fracture", false, {"leads to: Fracture, traumatic > ankle S82.899\n"}},
        {"index injury thigh fracture", false, {"leads to: Fracture, traumatic > femur, femoral S72.9-\n"}},
        {"index --json dementia in parkinson's disease", false, {"\"release\":\"FY2017\"}\n"}},
        {"index --book external fall from ladder", false, {"ICD-10-CM FY2017: External Cause Index\n", "ladder W11\n"}},
        {"index --book external fall from ladder", true, {"ICD-10-CM FY2025: External Cause Index\n"}},
    };
    (void)state;
    check_look_ups(look_ups, sizeof look_ups / sizeof *look_ups);
}

static void rows_of_the_tables(void **state)
{
    static const struct look_up look_ups[] = {
        {"index --book neoplasm breast upper-outer", false,
         {"> -- upper-outer quadrant", " C50.4- ", " C79.81 ", " D05.- ", " D24.- ", " D48.6- ", " D49.3\n"}},
        {"index --book neoplasm breast upper-outer --json", false,
         {"{\"Malignant Primary\":\"C50.4-\",\"Malignant Secondary\":\"C79.81\",\"Ca in situ\":\"D05.-\",\"Benign\":\"D24.-\","
          "\"Uncertain Behavior\":\"D48.6-\",\"Unspecified Behavior\":\"D49.3\"}"}},
        {"index --book drugs digoxin", false,
         {"> Digoxin ", " T46.0X1 ", " T46.0X2 ", " T46.0X3 ", " T46.0X4 ", " T46.0X5 ", " T46.0X6\n"}},
    };
    (void)state;
    check_look_ups(look_ups, sizeof look_ups / sizeof *look_ups);
}

static void who_mentions_a_code(void **state)
{
    static const struct look_up look_ups[] = {
        {"refs I10", false,
         {"\nCode also\n", "  H35.0 ", "  I16 ", "\nUse additional code\n", "  I20-I25 ", "  I60-I69 ",
          "\nInclusion term\n"}},
        {"refs --json N18.6", false,
         {"\"note_kind\":\"code_first\",\"from\":{\"kind\":\"code\",\"code\":\"D63.1\"}",
          "\"note_kind\":\"use_additional\",\"from\":{\"kind\":\"code\",\"code\":\"I12.0\"}",
          "\"note_kind\":\"code_also\",\"from\":{\"kind\":\"category\",\"code\":\"Z49\"}",
          "\"note_kind\":\"excludes1\",\"from\":{\"kind\":\"category\",\"code\":\"N19\"}",
          "{\"kind\":\"index\",\"depth\":1,\"path\":[\"Disease, diseased\"],\"title\":\"end stage renal\"",
          "{\"kind\":\"guideline\",\"section\":\"I.C.14.a.1\"", "\"named\":\"N18.1-N18.6\""}},
        {"refs C50.411", false, {"\nTable of Neoplasms\n", "> breast > upper-outer quadrant  (names C50.4)\n"}},
    };
    (void)state;
    check_look_ups(look_ups, sizeof look_ups / sizeof *look_ups);
}

static void guidelines(void **state)
{
    static const struct look_up look_ups[] = {
        {"guide", true, {"ICD-10-CM FY2025: Guidelines\n", "\n  I.C  Chapter-Specific Coding Guidelines\n", "\n  II.K  "}},
        {"guide i.c.4.a", true,
         {"I.C.4.a  Diabetes mellitus\n", "\nBelow it\n", "\n  I.C.4.a.3  Diabetes mellitus and the use of"}},
        {"guide E11.9", true,
         {"\nI.C.4.a.2  ", "  names E11\n", "\nI.C.4.a  Diabetes mellitus\n  names E08-E13\n", "\nI.C.4  "}},
        {"guide E11.9", false, {"ICD-10-CM FY2017: Guidelines of FY2025\n", "\nI.C.4.a.3  "}},
        {"list --book guidelines --json", true,
         {"{\"section\":\"I.C.4.a.3\",\"title\":\"Diabetes mellitus and the use of"}},
    };
    (void)state;
    check_look_ups(look_ups, sizeof look_ups / sizeof *look_ups);
}

/* Without the notes of a release nobody reads their absence as "no Excludes". */
static void mentions_without_notes_say_so(void **state)
{
    struct run r;
    (void)state;
    if (!have_releases)
        skip();
    run_as_of(&r, "refs N18.6", true);
    assert_null(strstr(r.out, "Excludes1"));
    assert_non_null(strstr(r.out, "\nAlphabetic Index of FY2017\n"));
    assert_string_equal(r.err, "codeshelf: notes not loaded for FY2025 (notes of FY2017 are on this shelf: --notes-of FY2017)\n");
    run_free(&r);
    run_as_of(&r, "refs N18.6 --notes-of FY2017", true);
    assert_non_null(strstr(r.out, "\nExcludes1\n"));
    assert_non_null(strstr(r.out, "(as in FY2017)\n"));
    assert_string_equal(r.err, "");
    run_free(&r);
}

/* From its title to the end of its own text, and nothing of the sections before and after it. */
static void one_section_and_nothing_else(void **state)
{
    struct run r;
    char line[128];
    (void)state;
    if (!have_releases)
        skip();
    run_as_of(&r, "guide I.C.4.a.3", true);
    assert_int_equal(sscanf(r.out, "%*[^\n]\n%127[^\n]", line), 1);
    assert_string_equal(line, "I.C.4.a.3  Diabetes mellitus and the use of insulin, oral hypoglycemics, and injectable "
                              "non-insulin drugs");
    const char *last = "to bring a type 2 patient\xE2\x80\x99s blood sugar under control during an encounter.\n";
    assert_true(strlen(r.out) > strlen(last));
    assert_string_equal(r.out + strlen(r.out) - strlen(last), last);
    assert_null(strstr(r.out, "I.C.4.a.4"));
    assert_null(strstr(r.out, "ICD-10-CM Official Guidelines"));
    assert_null(strstr(r.out, "Page "));
    run_free(&r);
}

static void a_section_or_code_that_is_not_there(void **state)
{
    static const char *const calls[] = {"guide I.C.99", "guide Q0Q", "refs Q0Q"};
    (void)state;
    if (!have_releases)
        skip();
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        struct run r;
        run_codeshelf(&r, NULL, calls[i]);
        assert_int_equal(r.code, 1);
        assert_string_equal(r.out, "");
        assert_int_equal(count_lines(r.err), 1);
        run_free(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_of_the_index),  cmocka_unit_test(rows_of_the_tables),
        cmocka_unit_test(who_mentions_a_code), cmocka_unit_test(mentions_without_notes_say_so),
        cmocka_unit_test(guidelines),
        cmocka_unit_test(one_section_and_nothing_else), cmocka_unit_test(a_section_or_code_that_is_not_there),
    };
    return cmocka_run_group_tests(tests, up, down);
}
