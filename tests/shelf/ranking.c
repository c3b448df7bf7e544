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
    char command[2048];

    (void)state;
    if (access(DATA "/icd10cm/FY2017", R_OK) != 0 || access(DATA "/icd10cm/FY2025-Apr", R_OK) != 0 || access(DATA "/hcpcs/2025-JAN", R_OK) != 0)
        return 0;
    snprintf(path, sizeof path, "/tmp/codeshelf-rank-XXXXXX");
    const int fd = mkstemp(path);
    if (fd < 0)
        return -1;
    close(fd);
    unlink(path);
    snprintf(command, sizeof command,
             "'%s/codeshelf-import' --shelf %s '%s/icd10cm/FY2017' '%s/icd10cm/FY2025' '%s/icd10cm/FY2025-Apr' '%s/hcpcs/2025-JAN'"
             " >/dev/null && '%s/codeshelf-import' --shelf %s --set cpt --release 2026 '%s/cpt/specimen' >/dev/null",
             TEST_TOOLS, path, DATA, DATA, DATA, DATA, TEST_TOOLS, path, TEST_SPECIMEN);
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
    const bool later = strcmp(set, "icd10cm25") == 0;
    enum codeset which = SET_ICD10CM;
    if (!later && !codeset_parse(set, &which))
        fail_msg("%s: no code set %s", text, set);
    const date day = which == SET_CPT ? 20260201 : later || which == SET_HCPCS ? 20250201 : 20170101;
    assert_int_equal(shelf_as_of(s, day, &err), ST_OK);
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
    assert_true(cases >= 160);
    assert_int_equal(failed, 0);
}

/* Codes that are alike stand together. */
static void test_near(void **state)
{
    static const char *const near[] = {"E0141", "E0144", "E0149"};
    struct shelf *s = NULL;
    struct arena a = {0};
    struct hits hits;
    struct error err;
    const struct query q = {.text = "walker with wheels", .set = SET_HCPCS, .limit = 20};

    (void)state;
    if (!path[0]) {
        print_message("SKIPPED: official releases, no ../shared\n");
        skip();
    }
    assert_int_equal(shelf_open(path, &s, &err), ST_OK);
    assert_int_equal(shelf_as_of(s, 20250201, &err), ST_OK);
    assert_int_equal(shelf_search(s, &q, &a, &hits, &err), ST_OK);
    assert_string_equal(hits.items[0].entry.code, "E0143");
    for (size_t i = 0; i < sizeof near / sizeof *near; i++) {
        size_t at = 0;
        while (at < hits.n && strcmp(hits.items[at].entry.code, near[i]) != 0)
            at++;
        if (at == hits.n)
            fail_msg("%s is not near", near[i]);
    }
    arena_free(&a);
    shelf_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases), cmocka_unit_test(test_near)};
    return cmocka_run_group_tests(tests, make_shelf, remove_shelf);
}
