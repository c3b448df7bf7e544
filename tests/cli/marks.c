/* marks.c - what the release in force did to a code, as show says it; and what CPT's files cannot tell. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"
#include "tests/support.h"

struct line {
    const char *code, *title;
    char billable;
};

static void write_order(const char *name, const struct line *lines, size_t n)
{
    FILE *f = fopen(in_folder(name), "w");
    assert_non_null(f);
    for (size_t i = 0; i < n; i++)
        fprintf(f, "%05zu %-7s %c %-60s %s\r\n", i + 1, lines[i].code, lines[i].billable, lines[i].title, lines[i].title);
    assert_int_equal(fclose(f), 0);
}

/* A shelf of two years beside the one of the specimen. */
static int two_years(void **state)
{
    static const struct line before[] = {
        {"A00", "Cholera", '0'}, {"A000", "Cholera, classical", '1'}, {"A002", "Cholera, other", '1'}, {"A009", "Cholera, any", '1'}};
    static const struct line after[] = {{"A00", "Cholera", '0'},          {"A000", "Classical cholera", '1'},
                                        {"A001", "Cholera eltor", '1'},   {"A002", "Cholera, other", '0'},
                                        {"A0020", "Cholera, rare", '1'},  {"A009", "Cholera, any", '1'}};
    if (shelf_up(state) != 0)
        return -1;
    write_order("icd10cm_order_2024.txt", before, sizeof before / sizeof *before);
    write_order("icd10cm_order_2025.txt", after, sizeof after / sizeof *after);
    char earlier[256], later[256];
    snprintf(earlier, sizeof earlier, "%s", in_folder("icd10cm_order_2024.txt"));
    snprintf(later, sizeof later, "%s", in_folder("icd10cm_order_2025.txt"));
    char shelf[256];
    snprintf(shelf, sizeof shelf, "%s", in_folder("years.db"));
    const char *const argv[] = {TEST_TOOLS "/codeshelf-import", "--shelf", shelf, earlier, later, NULL};
    struct run r;
    run_program(&r, NULL, argv);
    const int code = r.code;
    run_free(&r);
    return code;
}

static void show(struct run *r, const char *options, const char *code)
{
    char words[512];
    snprintf(words, sizeof words, "show --shelf %s %s %s", in_folder("years.db"), options, code);
    run_codeshelf(r, NULL, words);
    assert_int_equal(r->code, 0);
}

static void a_code_says_what_the_release_did(void **state)
{
    static const struct {
        const char *code, *sign, *ascii, *words, *mark;
    } cases[] = {
        {"A00.0", "▲", "^", " revised in FY2025 (against FY2024)\n", "revised"},
        {"A00.1", "●", "*", " new in FY2025 (against FY2024)\n", "new"},
        {"A00.2", "▼", "!", " became a header in FY2025 (against FY2024)\n", "demoted"},
        {"A00.9", NULL, NULL, "against", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int ascii = 0; ascii < 2; ascii++) {
            char want[128];
            struct run r;
            setenv("LC_ALL", ascii ? "C" : "C.UTF-8", 1);
            show(&r, "", cases[i].code);
            snprintf(want, sizeof want, "\n%s%s", ascii ? cases[i].ascii : cases[i].sign, cases[i].words);
            if (cases[i].mark ? !strstr(r.out, want) : strstr(r.out, cases[i].words) != NULL)
                fail_msg("%s: %s", cases[i].code, r.out);
            run_free(&r);
        }
        struct run r;
        show(&r, "--json", cases[i].code);
        if (cases[i].mark)
            assert_json_is(r.out, "mark", cases[i].mark);
        else
            assert_non_null(strstr(r.out, "\"mark\":null,"));
        assert_json_is(r.out, "marked_against", "FY2024");
        run_free(&r);
    }
}

/* The first release loaded cannot be compared: no code of it is called new. */
static void the_first_release_marks_nothing(void **state)
{
    struct run r;
    (void)state;
    show(&r, "--json --as-of 2023-12-01", "A00.0");
    assert_non_null(strstr(r.out, "\"mark\":null,\"marked_against\":null"));
    run_free(&r);
}

static void cpt_says_what_its_files_cannot_tell(void **state)
{
    static const char says[] = "CPT's files mark neither add-on codes";
    struct run r;
    char code[16];
    (void)state;
    run_codeshelf(&r, NULL, "list --set cpt --json --billable");
    assert_true(json_at(r.out, "code", code, sizeof code));
    run_free(&r);
    char words[64];
    snprintf(words, sizeof words, "show --set cpt %s", code);
    run_codeshelf(&r, NULL, words);
    assert_non_null(strstr(r.out, says));
    run_free(&r);
    run_codeshelf(&r, NULL, "show J0897 E11.9");
    assert_null(strstr(r.out, says));
    run_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_says_what_the_release_did),
        cmocka_unit_test(the_first_release_marks_nothing),
        cmocka_unit_test(cpt_says_what_its_files_cannot_tell),
    };
    return cmocka_run_group_tests(tests, two_years, shelf_down);
}
