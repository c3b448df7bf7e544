/* use.c - the words of a call: what is accepted where, and that wrong use is one line on stderr, nothing on stdout, exit 2. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"
#include "tests/support.h"

static void wrong_use_is_one_line(void **state)
{
    static const struct {
        const char *words, *says;
    } calls[] = {
        {"--bogus", "unknown option --bogus (codeshelf --help)"},
        {"search --lim 3 gout", "unknown option --lim (codeshelf search --help)"},
        {"search", "search needs WORDS"},
        {"search --limit 0 gout", "--limit takes a number from 1 to 1000, not \"0\""},
        {"search --limit 1001 gout", "--limit"},
        {"search --limit 5x gout", "--limit"},
        {"search --limit -1 gout", "--limit"},
        {"search --limit 99999999999999999999 gout", "--limit"},
        {"search --batch gout", "--batch reads its queries from standard input"},
        {"search --batch=yes", "--batch takes no value"},
        {"search gout --limit", "--limit needs a value: --limit N"},
        {"search --depth 3 gout", "search takes no --depth"},
        {"show", "show needs CODE"},
        {"show --as-of 2025-02-30 I10", "--as-of takes a date like 2025-02-03, not \"2025-02-30\""},
        {"show --as-of yesterday I10", "--as-of"},
        {"show --set icd9 I10", "--set takes icd10cm, hcpcs or cpt, not \"icd9\""},
        {"show -x I10", "unknown option -x"},
        {"tree --depth 0", "--depth takes a number from 1"},
        {"tree S52 S53", "tree does not take \"S53\""},
        {"list S52", "list does not take \"S52\""},
        {"list --book bible", "--book takes tabular, index, external, neoplasm, drugs or guidelines, not \"bible\""},
        {"list --book index --billable", "--billable is for the entries"},
        {"index", "index needs TERM"},
        {"index --book tabular gout", "--book takes diseases, external, neoplasm or drugs, not \"tabular\""},
        {"index --depth 2 gout", "index takes no --depth"},
        {"guide --set icd10cm", "guide takes no --set"},
        {"refs", "refs needs CODE"},
        {"refs I10 I11", "refs does not take \"I11\""},
        {"releases --as-of 2025-01-01", "releases takes no --as-of"},
        {"releases now", "releases does not take \"now\""},
        {"note", "note takes import FILE, list [CODE] or remove NAME (codeshelf note --help)"},
        {"note rules.md", "note takes import FILE, list [CODE] or remove NAME, not rules.md"},
        {"note import", "note takes import FILE"},
        {"note remove a b", "note does not take \"b\""},
        {"note remove --name a b", "note remove takes no --name"},
        {"note import --notes a b", "note import takes no --notes"},
        {"search --desk a gout", "search takes no --desk"},
        {"--limit 3 I10", "the browser takes no --limit"},
        {"--color maybe", "--color takes auto, always or never"},
        {"I10", "the browser needs a terminal"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        struct run r;
        run_codeshelf(&r, NULL, calls[i].words);
        if (r.code != 2 || *r.out || count_lines(r.err) != 1 || !strstr(r.err, calls[i].says))
            fail_msg("codeshelf %s: exit %d, stdout \"%s\", stderr \"%s\"", calls[i].words, r.code, r.out, r.err);
        run_free(&r);
    }
}

static void options_stand_anywhere(void **state)
{
    static const char *const same[] = {
        "show --json --set icd10cm I10", "--json --set icd10cm show I10",     "show I10 --set=icd10cm --json",
        "--json show --set icd10cm I10", "show --json --set icd10cm -- I10",
    };
    char *first = NULL;
    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        struct run r;
        run_codeshelf(&r, NULL, same[i]);
        assert_int_equal(r.code, 0);
        assert_string_equal(r.err, "");
        if (first)
            assert_string_equal(r.out, first);
        else
            first = strdup(r.out);
        run_free(&r);
    }
    assert_non_null(strstr(first, "\"I10\""));
    free(first);
}

static void two_dashes_end_options(void **state)
{
    struct run r;
    (void)state;
    run_codeshelf(&r, NULL, "search -- --qqqqqqq");
    assert_int_equal(r.code, 1);
    assert_non_null(strstr(r.err, "nothing found for \"--qqqqqqq\""));
    run_free(&r);
}

static void help_and_version(void **state)
{
    static const char *const commands[] = {"", "search", "show", "tree", "list", "releases", "note"};
    struct run r;
    (void)state;
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        char words[64];
        snprintf(words, sizeof words, "%s --help", commands[i]);
        run_codeshelf(&r, NULL, words);
        assert_int_equal(r.code, 0);
        assert_string_equal(r.err, "");
        assert_non_null(strstr(r.out, "--shelf"));
        assert_non_null(strstr(r.out, commands[i]));
        run_free(&r);
    }
    run_codeshelf(&r, NULL, "--version");
    assert_int_equal(r.code, 0);
    assert_int_equal(strncmp(r.out, "codeshelf ", 10), 0);
    run_free(&r);
}

static void no_usable_shelf(void **state)
{
    static const char *const commands[] = {"search gout", "show I10", "tree", "list", "releases"};
    const char *text = in_folder("text.db");
    FILE *f;
    (void)state;
    char path[256];
    snprintf(path, sizeof path, "%s", text);
    f = fopen(path, "w");
    assert_non_null(f);
    fputs("this is no shelf, only a text long enough to be taken for a file\n", f);
    fclose(f);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        for (int kind = 0; kind < 2; kind++) {
            char words[512];
            struct run r;
            snprintf(words, sizeof words, "%s --shelf %s", commands[i], kind ? path : "/nowhere/shelf.db");
            run_codeshelf(&r, NULL, words);
            if (r.code != 3 || *r.out || count_lines(r.err) != 1)
                fail_msg("codeshelf %s: exit %d, stdout \"%s\", stderr \"%s\"", words, r.code, r.out, r.err);
            run_free(&r);
        }
    }
}

static void the_shelf_is_found_in_the_data_folder(void **state)
{
    char folder[256], shelf[256];
    struct run r;
    (void)state;
    snprintf(shelf, sizeof shelf, "%s", getenv("CODESHELF_SHELF"));
    snprintf(folder, sizeof folder, "%s", in_folder("data"));
    unsetenv("CODESHELF_SHELF");
    setenv("XDG_DATA_HOME", folder, 1);
    run_codeshelf(&r, NULL, "show I10");
    setenv("CODESHELF_SHELF", shelf, 1);
    unsetenv("XDG_DATA_HOME");
    assert_int_equal(r.code, 3);
    assert_non_null(strstr(r.err, "/data/codeshelf/shelf.db"));
    run_free(&r);
}

static void other_programs_are_run(void **state)
{
    struct run r;
    (void)state;
    run_codeshelf(&r, NULL, "verify");
    assert_int_equal(r.code, 0);
    run_free(&r);
    run_codeshelf(&r, NULL, "import --help");
    assert_int_equal(r.code, 0);
    assert_non_null(strstr(r.out, "usage: codeshelf-import"));
    run_free(&r);
    run_codeshelf(&r, NULL, "--shelf /nowhere/shelf.db verify");
    assert_int_equal(r.code, 3);
    run_free(&r);
}

static void a_missing_program_is_one_line(void **state)
{
    /* A codeshelf alone in its folder, with a PATH that leads nowhere. */
    static const char alone[] = "d=$(mktemp -d) && cp \"$0\" \"$d\" || exit 9\n"
                                "PATH=/nowhere \"$d/codeshelf\" fetch icd10cm\n"
                                "code=$?; rm -r \"$d\"; exit $code";
    struct run r;
    (void)state;
    run_program(&r, NULL, (const char *const[]){"sh", "-c", alone, TEST_BIN "/codeshelf", NULL});
    assert_int_equal(r.code, 1);
    assert_int_equal(count_lines(r.err), 1);
    assert_non_null(strstr(r.err, "codeshelf-fetch"));
    run_free(&r);
}

static void full_output_is_said(void **state)
{
    struct run r;
    (void)state;
    run_program(&r, NULL, (const char *const[]){"sh", "-c", "exec \"$0\" list > /dev/full", TEST_BIN "/codeshelf", NULL});
    assert_int_equal(r.code, 1);
    assert_non_null(strstr(r.err, "cannot be written"));
    run_free(&r);
}

/* What was typed comes back in messages: it must not steer the terminal. */
static void messages_hold_no_control_characters(void **state)
{
    static const char *const calls[] = {"show \033[31mI10", "search \033qqqqqqq\007"};
    (void)state;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        struct run r;
        run_codeshelf(&r, NULL, calls[i]);
        assert_int_equal(r.code, 1);
        assert_true(*r.err);
        assert_null(strpbrk(r.err, "\033\007"));
        run_free(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_use_is_one_line),
        cmocka_unit_test(options_stand_anywhere),
        cmocka_unit_test(two_dashes_end_options),
        cmocka_unit_test(help_and_version),
        cmocka_unit_test(no_usable_shelf),
        cmocka_unit_test(the_shelf_is_found_in_the_data_folder),
        cmocka_unit_test(other_programs_are_run),
        cmocka_unit_test(a_missing_program_is_one_line),
        cmocka_unit_test(full_output_is_said),
        cmocka_unit_test(messages_hold_no_control_characters),
    };
    return cmocka_run_group_tests(tests, shelf_up, shelf_down);
}
