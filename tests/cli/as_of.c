/* as_of.c - a date that no loaded release covers: every command answers from the release next to it, and says so once for each
 * set it answers from. The specimen is loaded twice, as FY2023 and as FY2025, and lies about nothing else. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"
#include "tests/support.h"

/* Where a day lies, and what is said of it; NULL where a release covers it. */
static const struct {
    const char *day, *release, *warning;
} days[] = {
    {"2020-01-01", "FY2023", "ICD-10-CM: no release loaded for 2020-01-01; showing FY2023, from 2022-10-01"},
    {"2022-10-01", "FY2023", NULL},
    {"2023-03-31", "FY2023", NULL},
    {"2023-04-01", "FY2023", "ICD-10-CM: no release loaded for 2023-04-01; showing FY2023, ended 2023-03-31"},
    {"2024-09-30", "FY2023", "ICD-10-CM: no release loaded for 2024-09-30; showing FY2023, ended 2023-03-31"},
    {"2024-10-01", "FY2025", NULL},
    {"2025-03-31", "FY2025", NULL},
    {"2026-02-02", "FY2025", "ICD-10-CM: no release loaded for 2026-02-02; showing FY2025, ended 2025-03-31"},
};

/* What follows the set and the release at the head of the text, and where the JSON names the release; NULL where they do not. */
static const struct {
    const char *words, *text, *json;
} calls[] = {
    {"search --set icd10cm gout", NULL, "release"},
    {"show E11.9", NULL, "release.name"},
    {"tree --set icd10cm", "\n", "release"},
    {"tree S52.5", "\n", "release"},
    {"list --set icd10cm", NULL, "release"},
    {"list --set icd10cm --book tabular", NULL, NULL},
    {"list --book index", NULL, NULL},
    {"index fracture radius", ": Alphabetic Index\n", "release"},
    {"index --book neoplasm eyelid", ": Table of Neoplasms\n", "release"},
    {"guide conventions", NULL, "release"},
    {"refs B20", NULL, NULL},
};

static void check_answer(const struct run *r, size_t day, size_t call, bool json)
{
    char begins[96] = "";
    if (calls[call].text)
        snprintf(begins, sizeof begins, "ICD-10-CM %s%s", days[day].release, calls[call].text);
    if (r->code != 0 || !*r->out)
        fail_msg("%s on %s: exit %d: %s", calls[call].words, days[day].day, r->code, r->err);
    if (days[day].warning ? !strstr(r->err, days[day].warning) || count_lines(r->err) != 1 : *r->err != '\0')
        fail_msg("%s on %s: says \"%s\"", calls[call].words, days[day].day, r->err);
    if (json) {
        assert_json_lines(r->out);
        if (calls[call].json)
            assert_json_is(r->out, calls[call].json, days[day].release);
    } else if (strncmp(r->out, begins, strlen(begins)) != 0) {
        fail_msg("%s on %s: \"%.40s\", not \"%s\"", calls[call].words, days[day].day, r->out, begins);
    }
}

static void every_command_says_what_answers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        for (size_t k = 0; k < sizeof calls / sizeof *calls; k++) {
            for (int json = 0; json < 2; json++) {
                struct run r;
                char words[96];
                snprintf(words, sizeof words, "%s --as-of %s%s", calls[k].words, days[i].day, json ? " --json" : "");
                run_codeshelf(&r, NULL, words);
                check_answer(&r, i, k, json != 0);
                run_free(&r);
            }
        }
    }
}

static void references_name_the_release(void **state)
{
    struct run r;
    (void)state;
    run_codeshelf(&r, NULL, "refs B20 --as-of 2024-05-05");
    assert_non_null(strstr(r.out, "\nICD-10-CM FY2023\n"));
    run_free(&r);
}

/* A file of HCPCS keeps the codes that have ended, so the one after a gap knows more of the day than the one before. */
static void hcpcs_answers_from_the_file_after(void **state)
{
    struct run r;
    (void)state;
    run_codeshelf(&r, NULL, "tree --set hcpcs --as-of 2024-05-05");
    assert_int_equal(r.code, 0);
    assert_int_equal(strncmp(r.out, "HCPCS 2025-JAN\n", 15), 0);
    assert_string_equal(r.err, "codeshelf: HCPCS: no release loaded for 2024-05-05; showing 2025-JAN, from 2025-01-01\n");
    run_free(&r);
}

/* Every set that answers warns, once. */
static void a_list_of_all_sets_warns_for_each(void **state)
{
    struct run r;
    (void)state;
    run_codeshelf(&r, NULL, "list --as-of 2027-05-05");
    assert_int_equal(r.code, 0);
    assert_int_equal(count_lines(r.err), 3);
    assert_non_null(strstr(r.err, "HCPCS: no release loaded for 2027-05-05; showing 2025-JAN, ended 2025-03-31"));
    run_free(&r);
}

static int up(void **state)
{
    static const char make_other_year[] = "cd \"$0\" && for f in " TEST_SPECIMEN "/icd10cm/specimen/*_2025.*; do "
                                          "sed s/2025/2023/g \"$f\" >$(basename \"$f\" | sed s/2025/2023/); done && "
                                          TEST_TOOLS "/codeshelf-import *_2023.* && " TEST_TOOLS
                                          "/codeshelf-import --release 2024-JAN "
                                          TEST_SPECIMEN "/hcpcs/specimen/HCPC2025_JAN_ANWEB_specimen.txt";
    struct run r;
    if (shelf_up(state) != 0)
        return -1;
    run_program(&r, NULL, (const char *const[]){"sh", "-c", make_other_year, in_folder(""), NULL});
    const int code = r.code;
    run_free(&r);
    return code;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_command_says_what_answers),
        cmocka_unit_test(references_name_the_release),
        cmocka_unit_test(hcpcs_answers_from_the_file_after),
        cmocka_unit_test(a_list_of_all_sets_warns_for_each),
    };
    return cmocka_run_group_tests(tests, up, shelf_down);
}
