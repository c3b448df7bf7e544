/* What people type and the code that is to come first, case by case: on official releases (ranking.tsv), and on
 * the specimen, which is always there (ranking_specimen.tsv); and what typing does to the rows, letter by letter. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DATA TEST_SHARED "/data"

static char path[64], specimen[64];

static int make_file(char out[64])
{
    snprintf(out, 64, "/tmp/codeshelf-rank-XXXXXX");
    const int fd = mkstemp(out);
    if (fd < 0)
        return -1;
    close(fd);
    return unlink(out);
}

static int make_shelf(void **state)
{
    char command[2048];

    (void)state;
    if (make_file(specimen) != 0)
        return -1;
    snprintf(command, sizeof command,
             "'%s/codeshelf-import' --shelf %s --release FY2025 --set icd10cm '%s/icd10cm/specimen' >/dev/null"
             " && '%s/codeshelf-import' --shelf %s '%s/hcpcs/specimen' >/dev/null",
             TEST_TOOLS, specimen, TEST_SPECIMEN, TEST_TOOLS, specimen, TEST_SPECIMEN);
    if (system(command) != 0)
        return -1;
    if (access(DATA "/icd10cm/FY2017", R_OK) != 0 || access(DATA "/icd10cm/FY2025-Apr", R_OK) != 0 || access(DATA "/hcpcs/2025-JAN", R_OK) != 0)
        return 0;
    if (make_file(path) != 0)
        return -1;
    snprintf(command, sizeof command,
             "'%s/codeshelf-import' --shelf %s '%s/icd10cm/FY2017' '%s/icd10cm/FY2025' '%s/icd10cm/FY2025-Apr' '%s/hcpcs/2025-JAN'"
             " >/dev/null && '%s/codeshelf-import' --shelf %s --set cpt --release 2026 '%s/cpt/specimen' >/dev/null",
             TEST_TOOLS, path, DATA, DATA, DATA, DATA, TEST_TOOLS, path, TEST_SPECIMEN);
    return system(command);
}

static void remove_file(const char *name)
{
    char lock[96];

    unlink(name);
    snprintf(lock, sizeof lock, "%s.lock", name);
    unlink(lock);
}

static int remove_shelf(void **state)
{
    (void)state;
    remove_file(specimen);
    if (path[0])
        remove_file(path);
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

/* Every case of a file, at least so many, on a shelf. */
static void hold_cases(const char *shelf, const char *file, size_t least)
{
    struct shelf *s = NULL;
    struct error err;
    char line[512];
    size_t cases = 0, failed = 0;

    if (shelf_open(shelf, &s, &err) != ST_OK)
        fail_msg("%s", err.text);
    FILE *f = fopen(file, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        if (line[0] == '#')
            continue;
        cases++;
        failed += !case_holds(s, line);
    }
    fclose(f);
    shelf_close(s);
    assert_true(cases >= least);
    assert_int_equal(failed, 0);
}

static void test_specimen(void **state)
{
    (void)state;
    hold_cases(specimen, TEST_SPECIMEN "/../tests/shelf/ranking_specimen.tsv", 30);
}

static void test_cases(void **state)
{
    (void)state;
    if (!path[0]) {
        print_message("SKIPPED: official releases, no ../shared\n");
        skip();
    }
    hold_cases(path, TEST_SPECIMEN "/../tests/shelf/ranking.tsv", 160);
}

/* Whether a code is among the first ten of what is typed so far. */
static bool is_shown(struct shelf *s, const char *text, size_t n, const char *code)
{
    char typed[128];
    struct arena a = {0};
    struct hits hits;
    struct error err;
    bool shown = false;

    snprintf(typed, sizeof typed, "%.*s", (int)n, text);
    const struct query q = {.text = typed, .set = SET_ICD10CM, .limit = 10, .typing = true, .families = true};
    assert_int_equal(shelf_search(s, &q, &a, &hits, &err), ST_OK);
    for (size_t i = 0; i < hits.n; i++)
        shown |= strcmp(hits.items[i].entry.code, code) == 0;
    arena_free(&a);
    return shown;
}

/* From some letter on a row that has all words stays, and what has not all words never comes between. */
static void test_typing(void **state)
{
    static const struct {
        const char *text;
        size_t from; /* letters typed */
        const char *stays, *never;
    } cases[] = {
        {"fx l distal ra", 13, "S52502", "M069"},
        {"fx l distal radius init closed", 13, "S52502", "M069"},
        {"fx l di", 1, NULL, "E232"},
        {"acute renal failure", 10, "N179", NULL},
        {"acute mi", 8, "I213", NULL},
        {"acute miliary tuberculosis", 8, "A192", NULL},
        {"left breast cancer", 14, "C50912", NULL},
        {"low back pain", 8, "M545", NULL},
        {"otitis media left ear", 14, "H6692", NULL},
        {"dm2 w ckd", 9, "E1122", NULL},
        {"essential hypertension", 7, "I10", NULL},
        {"acute bronchitis", 9, "J209", NULL},
    };
    struct shelf *s = NULL;
    struct error err;
    size_t gone = 0;

    (void)state;
    if (!path[0]) {
        print_message("SKIPPED: official releases, no ../shared\n");
        skip();
    }
    assert_int_equal(shelf_open(path, &s, &err), ST_OK);
    assert_int_equal(shelf_as_of(s, 20170101, &err), ST_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t n = cases[i].from; n <= strlen(cases[i].text); n++) {
            const bool stays = !cases[i].stays || is_shown(s, cases[i].text, n, cases[i].stays);
            if (stays && !(cases[i].never && is_shown(s, cases[i].text, n, cases[i].never)))
                continue;
            print_error("%.*s: %s\n", (int)n, cases[i].text, stays ? cases[i].never : cases[i].stays);
            gone++;
        }
    shelf_close(s);
    assert_int_equal(gone, 0);
}

/* Codes that are alike stand together. */
static void test_near(void **state)
{
    enum { SCREEN = 8 }; /* rows that are seen at once */
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
        while (at < hits.n && at < SCREEN && strcmp(hits.items[at].entry.code, near[i]) != 0)
            at++;
        if (at == hits.n || at == SCREEN)
            fail_msg("%s is not near", near[i]);
    }
    arena_free(&a);
    shelf_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_specimen), cmocka_unit_test(test_cases), cmocka_unit_test(test_near),
                                       cmocka_unit_test(test_typing)};
    return cmocka_run_group_tests(tests, make_shelf, remove_shelf);
}
