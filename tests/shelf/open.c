/* Opening: what is refused, and with which cure; releases and the dates they answer for. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void refused(struct fixture *f, const char *path, const char *says)
{
    struct shelf *s;

    assert_int_equal(shelf_open(path, &s, &f->err), ST_SHELF);
    assert_null(s);
    if (!strstr(f->err.text, says))
        fail_msg("\"%s\" should say \"%s\"", f->err.text, says);
}

static void test_no_shelf(void **state)
{
    struct fixture *f = *state;
    char path[128];

    snprintf(path, sizeof path, "%s/none.db", f->folder);
    refused(f, path, "codeshelf-import makes one");
    refused(f, f->folder, "is no file");
    snprintf(path, sizeof path, "%s/text?#%%.db", f->folder);
    FILE *text = fopen(path, "w");
    assert_non_null(text);
    for (int i = 0; i < 200; i++)
        fputs("this is a text and no database\n", text);
    fclose(text);
    refused(f, path, "is no shelf");
}

static void test_other_schema(void **state)
{
    struct fixture *f = *state;

    fixture_damage(f, "PRAGMA user_version = 99");
    refused(f, f->path, "upgrade codeshelf");
    fixture_damage(f, "PRAGMA user_version = 0");
    refused(f, f->path, "import the official files again");
    fixture_damage(f, "PRAGMA application_id = 7");
    refused(f, f->path, "but no shelf");
}

/* A shelf whose tables are not as they should be says so; nothing crashes. */
static void test_damaged(void **state)
{
    struct fixture *f = *state;

    fixture_damage(f, "UPDATE sequence SET runs = x'02ffffffffffffffffff01';"
                      "UPDATE release SET bit = 70 WHERE name = '2019-JAN'");
    refused(f, f->path, "unknown kind");
    fixture_damage(f, "UPDATE release SET bit = 1 WHERE name = '2019-JAN'");
    struct entry e;
    assert_int_equal(shelf_open(f->path, &f->shelf, &f->err), ST_OK);
    assert_int_equal(shelf_entry_at(f->shelf, SET_ICD10CM, 0, &f->arena, &e, &f->err), ST_SHELF);
    assert_non_null(strstr(f->err.text, "damaged"));
    assert_int_equal(shelf_book_size(f->shelf, SET_ICD10CM), 0);
}

/* A department's share: the folder belongs to somebody else and nothing in it can be written. */
static void test_read_only_folder(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(chmod(f->path, 0444), 0);
    assert_int_equal(chmod(f->folder, 0555), 0);
    const pid_t child = fork();
    if (child == 0) {
        struct shelf *s;
        struct entry e;
        if (getuid() == 0 && setuid(65534) != 0)
            _exit(2);
        const bool good = shelf_open(f->path, &s, NULL) == ST_OK && shelf_as_of(s, 20170101, NULL) == ST_OK
                          && shelf_lookup(s, SET_ICD10CM, "E119", &f->arena, &e, NULL) == ST_OK && !shelf_replaced(s);
        _exit(good ? 0 : 1);
    }
    int code = -1;
    assert_int_equal(waitpid(child, &code, 0), child);
    assert_int_equal(code, 0);
}

static void test_replaced(void **state)
{
    struct fixture *f = *state;
    char other[128];

    assert_false(shelf_replaced(f->shelf));
    snprintf(other, sizeof other, "%s/new.db", f->folder);
    FILE *file = fopen(other, "w");
    assert_non_null(file);
    fclose(file);
    assert_int_equal(rename(other, f->path), 0);
    assert_true(shelf_replaced(f->shelf));
    assert_string_equal(fixture_entry(f, SET_ICD10CM, "E119").code, "E119"); /* the old file still answers */
}

static const char *name_of(const struct release *r)
{
    return r ? r->name : "none";
}

static void test_releases(void **state)
{
    static const char *const names[] = {"FY2016", "FY2017", "FY2018", "FY2025", "FY2025-APR", "2018-JAN", "2019-JAN"};
    struct fixture *f = *state;
    size_t n;
    const struct release *r = shelf_releases(f->shelf, &n);

    assert_int_equal(n, 7);
    for (size_t i = 0; i < n; i++)
        assert_string_equal(r[i].name, names[i]);
    assert_int_equal(r[2].from, 20171001);
    assert_int_equal(r[2].to, 20180930);
    assert_int_equal(r[3].to, 20250331);
    assert_int_equal(r[0].nsources, 1);
    assert_string_equal(r[6].sources[0].name, "codes.txt");
    assert_int_equal(r[6].sources[0].bytes, 42);
    assert_int_equal(strlen(r[6].sources[0].sha256), 64);
    assert_int_equal(r[6].billable, 2);
    assert_null(shelf_release(f->shelf, SET_CPT));
}

static void test_as_of(void **state)
{
    static const struct {
        date on;
        enum codeset set;
        const char *release, *warning;
    } cases[] = {
        {20160930, SET_ICD10CM, "FY2016", NULL},
        {20161001, SET_ICD10CM, "FY2017", NULL},
        {20180930, SET_ICD10CM, "FY2018", NULL},
        {20181001, SET_ICD10CM, "FY2018", "no release loaded for 2018-10-01; showing FY2018, ended 2018-09-30"},
        {20200201, SET_ICD10CM, "FY2018", "no release loaded for 2020-02-01; showing FY2018, ended 2018-09-30"},
        {20140101, SET_ICD10CM, "FY2016", "no release loaded for 2014-01-01; showing FY2016, from 2015-10-01"},
        {20250331, SET_ICD10CM, "FY2025", NULL},
        {20250401, SET_ICD10CM, "FY2025-APR", NULL},
        {20991231, SET_ICD10CM, "FY2025-APR", "no release loaded for 2099-12-31; showing FY2025-APR, ended 2025-09-30"},
        {20180301, SET_HCPCS, "2018-JAN", NULL},
        {20180801, SET_HCPCS, "2019-JAN", "no release loaded for 2018-08-01; showing 2019-JAN, from 2019-01-01"},
        {20190401, SET_HCPCS, "2019-JAN", "no release loaded for 2019-04-01; showing 2019-JAN, ended 2019-03-31"},
        {20170101, SET_HCPCS, "2018-JAN", "no release loaded for 2017-01-01; showing 2018-JAN, from 2018-01-01"},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(shelf_as_of(f->shelf, cases[i].on, &f->err), ST_OK);
        assert_int_equal(shelf_date(f->shelf), cases[i].on);
        assert_string_equal(name_of(shelf_release(f->shelf, cases[i].set)), cases[i].release);
        const char *warning = shelf_warning(f->shelf, cases[i].set);
        assert_string_equal(warning ? warning : "", cases[i].warning ? cases[i].warning : "");
    }
}

static void test_today(void **state)
{
    struct fixture *f = *state;

    setenv("CODESHELF_TODAY", "2018-05-05", 1);
    assert_int_equal(shelf_as_of(f->shelf, 0, &f->err), ST_OK);
    assert_string_equal(name_of(shelf_release(f->shelf, SET_ICD10CM)), "FY2018");
    assert_null(shelf_warning(f->shelf, SET_ICD10CM));
    setenv("CODESHELF_TODAY", "2020-05-05", 1); /* a gap: the newest answers today, unlike a date asked for */
    assert_int_equal(shelf_as_of(f->shelf, 0, &f->err), ST_OK);
    assert_string_equal(name_of(shelf_release(f->shelf, SET_ICD10CM)), "FY2025-APR");
    assert_string_equal(shelf_warning(f->shelf, SET_ICD10CM),
                        "no release loaded for 2020-05-05; showing FY2025-APR, from 2025-04-01");
    unsetenv("CODESHELF_TODAY");
}

static void test_components(void **state)
{
    static const struct {
        date on;
        enum component component;
        const char *from;
    } cases[] = {
        {20170101, COMP_TABULAR, "FY2017"},   {20180101, COMP_TABULAR, "none"},   {20180101, COMP_CODES, "FY2018"},
        {20250501, COMP_TABULAR, "FY2025"},   {20250501, COMP_CODES, "FY2025-APR"}, {20250501, COMP_INDEX, "none"},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(shelf_as_of(f->shelf, cases[i].on, &f->err), ST_OK);
        assert_string_equal(name_of(shelf_component(f->shelf, SET_ICD10CM, cases[i].component)), cases[i].from);
    }
    assert_null(shelf_component(f->shelf, SET_CPT, COMP_CODES));
}

static void test_front(void **state)
{
    struct fixture *f = *state;
    const struct front *front;
    size_t n;

    assert_int_equal(shelf_front(f->shelf, shelf_release(f->shelf, SET_ICD10CM), &f->arena, &front, &n, &f->err), ST_OK);
    assert_int_equal(n, 1);
    assert_string_equal(front[0].kind, "introduction");
    assert_string_equal(front[0].text, "Brackets enclose synonyms.");
    assert_int_equal(shelf_front(f->shelf, shelf_release(f->shelf, SET_HCPCS), &f->arena, &front, &n, &f->err), ST_OK);
    assert_int_equal(n, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_no_shelf), TEST(test_other_schema), TEST(test_damaged), TEST(test_read_only_folder),
        TEST(test_replaced), TEST(test_releases),     TEST(test_as_of),   TEST(test_today),
        TEST(test_components), TEST(test_front),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
