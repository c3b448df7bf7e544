/* link.c - CPT Link's deleted list and histories: facts and replacements, whatever is between the cells, and rows out of form. */
#include <stdio.h>
#include <string.h>

#include "support.h"
#include "tools/cpt/group.h"

#define CODES "10001\tOne\n10002\tTwo\n10003\tThree\n10004\tFour\n0001T\tFive\n10005\tSix\n"
#define DELETED "Concept Id\tCode\tDate Deleted\tLevel\tDescriptor\tInstruction\r\n"
#define HISTORY "Date\tChange Type\tConcept Id\tCPT Code\tLevel\tPrior Value\tCurrent Value\tInstruction\r\n"

static struct edition *read_over(const struct edition *old, const char *const files[], size_t n)
{
    struct group g = {0};
    struct edition *ed = NULL;
    struct error err = {0};
    for (size_t i = 0; i < n; i++)
        group_add_text(&g, i ? "Link.txt" : "first.txt", files[i]);
    if (group_read(&g, old, &ed, &err) != ST_OK)
        fail_msg("%s", err.text);
    group_free(&g);
    return ed;
}

static struct edition *read_files(const char *link)
{
    const char *files[] = {CODES, link};
    return read_over(NULL, files, 2);
}

/* "10002 10003 20130101; ": new codes and days of a deleted code. */
static const char *replaced(const struct edition *ed, const char *old)
{
    static char text[256];
    text[0] = '\0';
    for (size_t i = 0; i < ed->replacements.len; i++) {
        const struct ed_replacement *r = &ed->replacements.items[i];
        if (strcmp(r->old, old) == 0)
            snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s %d", *text ? ", " : "", *r->now ? r->now : "none",
                     (int)r->from);
    }
    return text;
}

static void test_deleted(void **state)
{
    static const struct {
        const char *instruction, *replaced;
    } cases[] = {
        {"(90001 has been deleted. To report, use 10001)", "10001 20130101"},
        {"(90001 has been deleted. To report, see 10001, 0001T)", "10001 20130101, 0001T 20130101"},
        {"To report, use 10002-10004.", "10002 20130101, 10003 20130101, 10004 20130101"},
        {"Use 10001. Do not report 10002 with it.", "10001 20130101"},
        {"Was the twin of 10002. See 10003.", "10003 20130101"},
        {"Do not use 10002.", "none 20130101"},
        {"Was the twin of 10002.", "none 20130101"},
        {"Reported in 2012 with 100020 and X10002.", "none 20130101"},
        {"", "none 20130101"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char file[512];
        snprintf(file, sizeof file, DELETED "7\t90001\t20130101\t3\tSpecimen\t%s\r\n", cases[i].instruction);
        struct edition *ed = read_files(file);
        assert_string_equal(replaced(ed, "90001"), cases[i].replaced);
        assert_string_equal(ed->replacements.items[0].said, cases[i].instruction);
        assert_true(ed->coverage & 1u << COMP_CONVERSION);
        assert_string_equal(group_reported, "");
        edition_free(ed);
    }
}

/* A row may be short, a day may be a bound, a heading has no code; of several days the last counts. */
static void test_history(void **state)
{
    struct edition *ed = read_files("A notice.\r\n\r\n" HISTORY "Pre-1990\tADDED\t1\t10001\r\n"
                                    "20150101\tREVISED\t1\t10001\t3\tA\tB\r\n20120101\tREVISED\t1\t10001\t3\tB\tC\r\n"
                                    "2014-07-01\tAdded\t2\t10002\r\n20140101\tADDED\t3\t\t1\tHeading\r\n"
                                    "Pre-1982\tDELETED\t4\t90004\r\n20200101\tDELETED\t5\t90005\t3\tA\t\tUse 10003.\r\n");
    (void)state;
    assert_string_equal(fact_of(ed, "10001", "added"), "before 1990-01-01");
    assert_string_equal(fact_of(ed, "10001", "revised"), "2015-01-01");
    assert_string_equal(fact_of(ed, "10002", "added"), "2014-07-01");
    assert_null(fact_of(ed, "10002", "revised"));
    assert_null(fact_of(ed, "10003", "added"));
    assert_string_equal(replaced(ed, "90004"), "none 0");
    assert_string_equal(replaced(ed, "90005"), "10003 20200101");
    edition_free(ed);
}

static void test_bars_and_modifiers(void **state)
{
    static const char *const files[] = {
        CODES, "x\n\nAppendix A\n\n22 Specimen: more words\n",
        "Date|ChangeType|Concept Id|Modifier Code|Prior Value|CurrentValue\n20010101|ADDED|9|22||Specimen\n20020101|ADDED|9|||Heading\n",
        "Date|Change Type|Concept Id|CPT Code|Level\n20030101|ADDED|1|10001|3\n"};
    struct edition *ed = read_over(NULL, files, 4);
    (void)state;
    assert_string_equal(fact_of(ed, "22", "added"), "2001-01-01");
    assert_string_equal(fact_of(ed, "10001", "added"), "2003-01-01");
    assert_int_equal(ed->replacements.len, 0);
    edition_free(ed);
}

/* Both lists say it once; a history imported later adds to a deleted list, and a new deleted list takes the place of all. */
static void test_layers(void **state)
{
    static const char *const history[] = {HISTORY "20200101\tDELETED\t5\t90005\t3\tA\t\tUse 10003.\r\n"
                                                  "20210101\tDELETED\t5\t90006\r\n20030101\tADDED\t1\t10001\r\n"};
    static const char *const again[] = {DELETED "5\t90005\t20200101\t3\tA\tUse 10004.\r\n"};
    struct edition *first = read_files(DELETED "5\t90005\t20200101\t3\tA\tUse 10003.\r\n");
    struct edition *second = read_over(first, history, 1), *third = read_over(second, again, 1);
    (void)state;
    assert_string_equal(replaced(second, "90005"), "10003 20200101");
    assert_string_equal(replaced(second, "90006"), "none 20210101");
    assert_string_equal(replaced(third, "90005"), "10004 20200101");
    assert_int_equal(third->replacements.len, 1);
    assert_string_equal(fact_of(third, "10001", "added"), "2003-01-01");
    edition_free(first);
    edition_free(second);
    edition_free(third);
}

static void test_odd_rows(void **state)
{
    static const struct {
        const char *row, *says;
    } cases[] = {
        {"20200101\tPUZZLED\t5\t10001\r\n", "Link.txt:3: added, revised or deleted expected, found PUZZLED"},
        {"20201301\tADDED\t5\t10001\r\n", "Link.txt:3: a day such as 20130101, or Pre-1990, expected, found 20201301"},
        {"Pre-war\tADDED\t5\t10001\r\n", "Link.txt:3: a day such as 20130101, or Pre-1990, expected, found Pre-war"},
        {"\tADDED\t5\t10001\r\n", "Link.txt:3: a day such as 20130101, or Pre-1990, expected, found nothing"},
        {"20200101\tADDED\t5\t1001\r\n", "Link.txt:3: a five-character code expected, found 1001"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char file[512], says[256];
        struct group g = {0};
        struct edition *ed = NULL;
        struct error err = {0};
        snprintf(file, sizeof file, HISTORY "20200101\tADDED\t5\t10002\r\n%s%s", cases[i].row, cases[i].row);
        snprintf(says, sizeof says, "%s; 2 such rows left out\n", cases[i].says);
        ed = read_files(file);
        assert_string_equal(group_reported, says);
        assert_string_equal(fact_of(ed, "10002", "added"), "2020-01-01");
        assert_null(fact_of(ed, "10001", "added"));
        edition_free(ed);
        ed = NULL;
        snprintf(file, sizeof file, HISTORY "\r\n%s", cases[i].row);
        group_add_text(&g, "LONGULT.txt", CODES);
        group_add_text(&g, "Link.txt", file);
        assert_int_equal(group_read(&g, NULL, &ed, &err), ST_INPUT);
        assert_string_equal(err.text, cases[i].says);
        group_free(&g);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_deleted), cmocka_unit_test(test_history),  cmocka_unit_test(test_bars_and_modifiers),
        cmocka_unit_test(test_layers),  cmocka_unit_test(test_odd_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
