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
        {"changes icd10cm FY2016 FY2025", "FY2016 is not loaded", 1},
        {"changes icd10cm latest FY2025", "\"latest\" names no release", 1},
        {"history Z12.3", "no loaded release has Z12.3", 1},
        {"impact list.txt", "--from RELEASE", 2},
        {"impact --from FY2025 --to FY2025 /nowhere/list.txt", "cannot be opened", 1},
        {"impact --from FY2024 --to FY2025 -", "FY2024 is not loaded", 1},
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_use_is_said_in_a_line),
    };
    return cmocka_run_group_tests(tests, shelf_up, shelf_down);
}
