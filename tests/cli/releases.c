/* releases.c - the official releases through the command line: S52.502A of FY2017 as in the book, titles-only releases that
 * say so, notes borrowed and labelled. Without ../shared there is nothing to read, and the tests say so. */
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
    static const char *const argv[] = {TEST_TOOLS "/codeshelf-import", ICD "FY2017", ICD "FY2018", NULL};
    const int code = official_up(state, "tests on official releases", argv, &have_releases);
    setenv("CODESHELF_TODAY", "2017-02-01", 1);
    return code;
}

static int down(void **state)
{
    return have_releases ? shelf_down(state) : 0;
}

static void a_fracture_as_in_the_book(void **state)
{
    static const struct {
        const char *from, *kind, *text;
    } wanted[] = {
        {"S52.5", "excludes2", "S59.2"},  {"S52", "note", "displaced"},       {"S52", "note", "open or closed"},
        {"S52", "note", "Gustilo"},       {"S52", "excludes1", "S58"},        {"S52", "excludes2", "S62"},
        {"S50-S59", "excludes2", "T63.4"}, {"19", "excludes1", "P10-P15"},    {"19", "use_additional", "Z18"},
        {"19", "note", "S-section"},
    };
    struct run r;
    size_t found = 0;
    (void)state;
    if (!have_releases)
        skip();
    run_codeshelf(&r, NULL, "show S52.502A --json");
    assert_int_equal(r.code, 0);
    assert_string_equal(r.err, "");
    for (int i = 0; found < sizeof wanted / sizeof *wanted; i++) {
        char path[32], from[32], kind[32], text[1024];
        snprintf(path, sizeof path, "notes[%d].from.code", i);
        if (!json_at(r.out, path, from, sizeof from))
            break;
        snprintf(path, sizeof path, "notes[%d].kind", i);
        assert_true(json_at(r.out, path, kind, sizeof kind));
        snprintf(path, sizeof path, "notes[%d].text", i);
        assert_true(json_at(r.out, path, text, sizeof text));
        for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++)
            found += strcmp(from, wanted[k].from) == 0 && strcmp(kind, wanted[k].kind) == 0 && strstr(text, wanted[k].text);
    }
    assert_int_equal(found, sizeof wanted / sizeof *wanted);
    assert_json_is(r.out, "seventh.from", "S52");
    assert_json_is(r.out, "seventh.notes.B", "initial encounter for open fracture NOS");
    run_free(&r);
}

static void the_whole_book_is_listed(void **state)
{
    struct run r;
    (void)state;
    if (!have_releases)
        skip();
    run_codeshelf(&r, NULL, "list --billable");
    assert_int_equal(r.code, 0);
    assert_int_equal(count_lines(r.out), 71486);
    run_free(&r);
    run_codeshelf(&r, NULL, "list --book tabular --json");
    assert_int_equal(r.code, 0);
    assert_true(count_lines(r.out) > 93830);
    assert_json_lines(r.out);
    run_free(&r);
}

static void notes_not_loaded_are_said_and_borrowed_when_asked(void **state)
{
    struct run r;
    char text[256];
    (void)state;
    if (!have_releases)
        skip();
    run_codeshelf(&r, NULL, "show --as-of 2018-02-01 --json E11.9");
    assert_int_equal(r.code, 0);
    assert_json_is(r.out, "release.name", "FY2018");
    assert_json_is(r.out, "notes", "null");
    assert_json_is(r.out, "missing", "notes not loaded for FY2018 (notes of FY2017 are on this shelf: --notes-of FY2017)");
    run_free(&r);
    run_codeshelf(&r, NULL, "show --as-of 2018-02-01 E11.9");
    assert_non_null(strstr(r.out, "notes not loaded for FY2018"));
    run_free(&r);
    run_codeshelf(&r, NULL, "show --as-of 2018-02-01 --notes-of fy2017 --json E11.9");
    assert_int_equal(r.code, 0);
    assert_json_is(r.out, "notes[0].release", "FY2017");
    assert_false(json_at(r.out, "missing", text, sizeof text));
    run_free(&r);
    run_codeshelf(&r, NULL, "show --notes-of FY2016 E11.9");
    assert_int_equal(r.code, 1);
    assert_string_equal(r.out, "");
    assert_int_equal(count_lines(r.err), 1);
    run_free(&r);
    run_codeshelf(&r, NULL, "list --as-of 2018-02-01 --book tabular --json");
    assert_int_equal(r.code, 0);
    assert_non_null(strstr(r.err, "notes not loaded for FY2018"));
    run_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fracture_as_in_the_book),
        cmocka_unit_test(the_whole_book_is_listed),
        cmocka_unit_test(notes_not_loaded_are_said_and_borrowed_when_asked),
    };
    return cmocka_run_group_tests(tests, up, down);
}
