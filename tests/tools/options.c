/* The command line of codeshelf-import: what is understood, and one line for what is not. */
#include "tests/support.h"

#include <string.h>

#include "options.h"

enum { WORDS_MAX = 8 };

static enum status read_words(const char *const *words, struct options *o, char *argv[WORDS_MAX + 2], struct error *err)
{
    static char program[] = "codeshelf-import";
    int argc = 0;
    argv[argc++] = program;
    for (size_t i = 0; i < WORDS_MAX && words[i]; i++) {
        argv[argc++] = (char *)(uintptr_t)words[i];
    }
    argv[argc] = NULL;
    return options_read(argc, argv, o, err);
}

static void test_understood(void **state)
{
    (void)state;
    static const char *const words[WORDS_MAX] = {"--shelf=s.db", "a.zip", "--set", "hcpcs", "--release", "2025-jan", "--dry-run", "b"};
    char *argv[WORDS_MAX + 2];
    struct options o;
    struct error err = {0};
    assert_int_equal(read_words(words, &o, argv, &err), ST_OK);
    assert_string_equal(o.shelf, "s.db");
    assert_true(o.set_given && o.set == SET_HCPCS && o.dry_run && !o.help);
    assert_string_equal(o.release, "2025-jan");
    assert_int_equal(o.n, 2);
    assert_string_equal(o.paths[0], "a.zip");
    assert_string_equal(o.paths[1], "b");
    assert_int_equal(read_words((const char *const[WORDS_MAX]){"--help"}, &o, argv, &err), ST_OK);
    assert_true(o.help);
    assert_non_null(strstr(options_help(), "usage: codeshelf-import"));
}

/* --drop takes two words, wherever it stands, and needs no path. */
static void test_drops(void **state)
{
    (void)state;
    static const char *const words[WORDS_MAX] = {"a.zip", "--drop", "icd10cm", "2016", "b", "--drop=hcpcs", "2025-jan"};
    char *argv[WORDS_MAX + 2];
    struct options o;
    struct error err = {0};
    assert_int_equal(read_words(words, &o, argv, &err), ST_OK);
    assert_int_equal(o.drops_n, 2);
    assert_true(o.drops[0].set == SET_ICD10CM && o.drops[1].set == SET_HCPCS);
    assert_string_equal(o.drops[0].release, "FY2016");
    assert_string_equal(o.drops[1].release, "2025-JAN");
    assert_int_equal(o.n, 2);
    assert_string_equal(o.paths[0], "a.zip");
    assert_string_equal(o.paths[1], "b");
    assert_int_equal(read_words(words + 5, &o, argv, &err), ST_OK);
    assert_int_equal(o.n, 0);
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *words[WORDS_MAX], *message;
    } rows[] = {
        {{NULL}, "a file, folder or zip to import expected (see --help)"},
        {{"--colour", "a"}, "--colour: no such option (see --help)"},
        {{"a", "--shelf"}, "--shelf: a value is missing"},
        {{"--set", "icd9", "a"}, "--set icd9: icd10cm, hcpcs or cpt expected"},
        {{"--effective", "2025-02-30", "a"}, "--effective 2025-02-30: a date like 2025-10-01 expected"},
        {{"--release", "latest", "a"},
         "--release latest: a name like FY2025, FY2025-APR (icd10cm), 2025-JAN (hcpcs), 2026 (cpt) expected"},
        {{"--drop", "icd10cm"}, "--drop icd10cm: a release like FY2025 or FY2025-APR expected after it"},
        {{"--drop", "hcpcs", "FY2025"}, "--drop hcpcs FY2025: a release like 2025-JAN expected"},
        {{"--drop", "icd9", "FY2025"}, "--drop icd9: icd10cm, hcpcs or cpt expected"},
        {{"--set", "cpt", "--release", "2025-JAN", "a"},
         "--release 2025-JAN: a name like 2026 expected with --set cpt"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *argv[WORDS_MAX + 2];
        struct options o;
        struct error err = {0};
        assert_int_equal(read_words(rows[i].words, &o, argv, &err), ST_USAGE);
        assert_string_equal(err.text, rows[i].message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_understood),
        cmocka_unit_test(test_drops),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
