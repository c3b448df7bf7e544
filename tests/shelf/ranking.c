/* What people type and the code that is to come first, case by case (ranking.tsv), on official releases. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DATA TEST_SHARED "/data"

static char path[64];

static int make_shelf(void **state)
{
    char command[1024];

    (void)state;
    if (access(DATA "/icd10cm/FY2017", R_OK) != 0 || access(DATA "/hcpcs/2025-JAN", R_OK) != 0)
        return 0;
    snprintf(path, sizeof path, "/tmp/codeshelf-rank-XXXXXX");
    const int fd = mkstemp(path);
    if (fd < 0)
        return -1;
    close(fd);
    unlink(path);
    snprintf(command, sizeof command, "'%s/codeshelf-import' --shelf %s '%s/icd10cm/FY2017' '%s/hcpcs/2025-JAN' >/dev/null",
             TEST_TOOLS, path, DATA, DATA);
    return system(command);
}

static int remove_shelf(void **state)
{
    char lock[96];

    (void)state;
    if (path[0]) {
        unlink(path);
        snprintf(lock, sizeof lock, "%s.lock", path);
        unlink(lock);
    }
    return 0;
}

static bool begins_with_any(const char *code, char *wanted)
{
    char *rest;

    for (char *one = strtok_r(wanted, ",", &rest); one; one = strtok_r(NULL, ",", &rest))
        if (strncmp(code, one, strlen(one)) == 0)
            return true;
    return false;
}

/* One line: set, query, wanted, why. Prints the line that fails. */
static bool case_holds(struct shelf *s, char *line)
{
    char *rest, *set = strtok_r(line, "\t", &rest), *text = strtok_r(NULL, "\t", &rest), *wanted = strtok_r(NULL, "\t", &rest);
    struct arena a = {0};
    struct hits hits;
    struct error err;

    if (!set || !text || !wanted)
        fail_msg("a line of ranking.tsv is not complete");
    const enum codeset which = strcmp(set, "icd10cm") == 0 ? SET_ICD10CM : SET_HCPCS;
    assert_int_equal(shelf_as_of(s, which == SET_ICD10CM ? 20170101 : 20250201, &err), ST_OK);
    const struct query q = {.text = text, .set = which, .limit = 10};
    assert_int_equal(shelf_search(s, &q, &a, &hits, &err), ST_OK);
    const bool holds = hits.n > 0 && begins_with_any(hits.items[0].entry.code, wanted);
    if (!holds)
        print_error("%s: %s first\n", text, hits.n ? hits.items[0].entry.code : "nothing");
    arena_free(&a);
    return holds;
}

static void test_cases(void **state)
{
    struct shelf *s = NULL;
    struct error err;
    char line[512];
    size_t cases = 0, failed = 0;

    (void)state;
    if (!path[0]) {
        print_message("SKIPPED: official releases, no ../shared\n");
        skip();
    }
    if (shelf_open(path, &s, &err) != ST_OK)
        fail_msg("%s", err.text);
    FILE *f = fopen(TEST_SPECIMEN "/../tests/shelf/ranking.tsv", "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        if (line[0] == '#')
            continue;
        cases++;
        failed += !case_holds(s, line);
    }
    fclose(f);
    shelf_close(s);
    assert_true(cases >= 60);
    assert_int_equal(failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases)};
    return cmocka_run_group_tests(tests, make_shelf, remove_shelf);
}
