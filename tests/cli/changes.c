/* changes.c - changes, history and impact through the command line: wrong use on the specimen, answers on official releases. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"
#include "tests/support.h"

static void wrong_use_is_said_in_a_line(void **state)
{
    static const struct {
        const char *words, *say;
        int code;
    } cases[] = {
        {"changes icd10cm FY2025", "needs SET FROM TO", 2},
        {"changes icd9 FY2025 FY2025", "\"icd9\"", 2},
        {"changes icd10cm FY2025 FY2025 --json --tsv", "at a time", 2},
        {"changes icd10cm FY2016 FY2025", "FY2016 is not loaded; loaded: FY2025\n", 1},
        {"changes icd10cm latest FY2025", "\"latest\" names no release", 1},
        {"history Z12.3", "no loaded release has Z12.3", 1},
        {"impact list.txt", "--from RELEASE", 2},
        {"impact --from FY2025 --to FY2025 /nowhere/list.txt", "cannot be opened", 1},
        {"impact --from FY2024 --to FY2025 -", "FY2024 is not loaded; loaded: FY2025\n", 1},
        {"impact --from 2025-JAN --to 2025-APR -", "HCPCS 2025-APR is not loaded; loaded: 2025-JAN\n", 1},
        {"impact --from FY2025 --to 2025-JAN -", "of no one code set", 1},
        {"impact --set hcpcs --from FY2025 --to 2025-JAN -", "\"FY2025\" names no release of HCPCS", 1},
        {"impact --from FY2025 --to FY2025 -", "standard input: expected codes, one a line, found none", 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct run r;
        run_codeshelf(&r, "", cases[i].words);
        if (r.code != cases[i].code || !strstr(r.err, cases[i].say) || count_lines(r.err) != 1 || *r.out)
            fail_msg("%s: exit %d: %s%s", cases[i].words, r.code, r.err, r.out);
        run_free(&r);
    }
}

/* What spreadsheets and editors make of a list of codes is read; what is no text is one line, and no answer. */
static void lists_as_people_keep_them(void **state)
{
    static const struct {
        const char *list, *out, *err; /* what is on each; out NULL: nothing */
    } cases[] = {
        {"e11.9\r\n\r\nA000\r\n", "  E11.9  unchanged", NULL},
        {"e119\rA00.0", "  A00.0  unchanged", NULL},
        {"\xEF\xBB\xBF" "E119\n", "  E11.9  unchanged", NULL},
        {"E11.9\xC2\xA0\nA00.0\xA0\n", "2 codes, 0 to look at", NULL},
        {"# ours\n\"E11.9\";\"Diab\xE8te\"\n'A00.0\tCholera\n", "2 codes, 0 to look at", NULL},
        {"ICD-10 code,Description\nE11.9,Diabetes\n", "1 code, 0 to look at", "\"ICD-10\" in the first line is taken for a heading"},
        {"E11.9\nnonsense\n", "! nonsense  cannot be a code of ICD-10-CM", NULL},
        {"E11.9\nE99.9\n", "! E99.9  in neither release", NULL},
        {"E11.9\n\xE9 x\n", "! ?  cannot be a code", NULL},
        {"E11.9\nPK\x03\x04\n", NULL, "standard input:2: expected a list of codes as text, found a byte 0x03"},
        {"\xFF\xFE" "E11.9\n", NULL, "standard input:1: expected text in UTF-8 or ASCII, found UTF-16"},
        {"# nothing\n\n", NULL, "found none"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct run r;
        run_codeshelf(&r, cases[i].list, "impact --from FY2025 --to FY2025 -");
        if (cases[i].out ? !strstr(r.out, cases[i].out) : *r.out != '\0' || r.code != 1)
            fail_msg("list %zu: exit %d: %s%s", i, r.code, r.out, r.err);
        if (cases[i].err && !strstr(r.err, cases[i].err))
            fail_msg("list %zu: %s", i, r.err);
        run_free(&r);
    }
}

/* One release twice is an answer that may be a mistake; of an index nothing is said about codes. */
static void impact_names_its_releases(void **state)
{
    struct run r;
    (void)state;
    run_codeshelf(&r, "E11.9\nZ99.9\n", "impact --from FY2025 --to FY2025 -");
    assert_int_equal(r.code, 1);
    assert_non_null(strstr(r.out, "ICD-10-CM FY2025 to FY2025: 2 codes, 1 to look at (1 unknown)\n"));
    assert_string_equal(r.err, "codeshelf: FY2025 is compared with itself\n");
    run_free(&r);
    run_codeshelf(&r, "E11.9\n\xE9\n", "impact --json --from FY2025 --to FY2025 -");
    assert_json_lines(r.out);
    run_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_use_is_said_in_a_line),
        cmocka_unit_test(lists_as_people_keep_them),
        cmocka_unit_test(impact_names_its_releases),
    };
    return cmocka_run_group_tests(tests, shelf_up, shelf_down);
}
