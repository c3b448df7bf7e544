/* The write side of the shelf: what an edition comes back as, that order of import does not show, and that nothing but a
 * whole, checked shelf ever takes the old one's place. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "books.h"

/* --- failing system calls ------------------------------------------------------------------------------------------- */

static int fail_fsync_at, fail_rename; /* 0: never */

int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);

int __wrap_fsync(int fd)
{
    if (fail_fsync_at && --fail_fsync_at == 0) {
        errno = EIO;
        return -1;
    }
    return __real_fsync(fd);
}

int __wrap_rename(const char *from, const char *to)
{
    if (fail_rename) {
        errno = ENOSPC;
        return -1;
    }
    return __real_rename(from, to);
}

/* --- tests ---------------------------------------------------------------------------------------------------------- */

static void assert_same_edition(const struct edition *a, const struct edition *b)
{
    assert_string_equal(a->name, b->name);
    assert_int_equal(a->from, b->from);
    assert_int_equal(a->coverage, b->coverage);
    assert_int_equal(a->entries.len, b->entries.len);
    for (size_t i = 0; i < a->entries.len; i++) {
        assert_int_equal(a->entries.items[i].kind, b->entries.items[i].kind);
        assert_int_equal(a->entries.items[i].parent, b->entries.items[i].parent);
        assert_int_equal(a->entries.items[i].billable, b->entries.items[i].billable);
        assert_string_equal(a->entries.items[i].code, b->entries.items[i].code);
        assert_string_equal(a->entries.items[i].title, b->entries.items[i].title);
    }
    assert_int_equal(a->notes.len, b->notes.len);
    for (size_t i = 0; i < a->notes.len; i++) {
        assert_int_equal(a->notes.items[i].entry, b->notes.items[i].entry);
        assert_string_equal(a->notes.items[i].text, b->notes.items[i].text);
    }
    assert_int_equal(a->sevenths.len, b->sevenths.len);
    for (size_t i = 0; i < a->sevenths.len; i++) {
        assert_int_equal(a->sevenths.items[i].ch, b->sevenths.items[i].ch);
        assert_string_equal(a->sevenths.items[i].note, b->sevenths.items[i].note);
    }
    assert_int_equal(a->facts.len, b->facts.len);
    assert_string_equal(a->facts.items[0].value, b->facts.items[0].value);
    assert_int_equal(a->sources.len, b->sources.len);
    assert_string_equal(a->sources.items[0].sha256, b->sources.items[0].sha256);
    assert_string_equal(a->front.items[0].text, b->front.items[0].text);
    assert_int_equal(a->terms.len, b->terms.len);
    for (size_t i = 0; i < a->terms.len; i++) {
        assert_int_equal(a->terms.items[i].book, b->terms.items[i].book);
        assert_int_equal(a->terms.items[i].depth, b->terms.items[i].depth);
        assert_string_equal(a->terms.items[i].title, b->terms.items[i].title);
        assert_string_equal(a->terms.items[i].nemod, b->terms.items[i].nemod);
        assert_string_equal(a->terms.items[i].codes, b->terms.items[i].codes);
    }
    assert_int_equal(a->guidelines.len, b->guidelines.len);
    for (size_t i = 0; i < a->guidelines.len; i++)
        assert_string_equal(a->guidelines.items[i].text, b->guidelines.items[i].text);
    assert_int_equal(a->replacements.len, b->replacements.len);
    for (size_t i = 0; i < a->replacements.len; i++) {
        assert_string_equal(a->replacements.items[i].old, b->replacements.items[i].old);
        assert_string_equal(a->replacements.items[i].last, b->replacements.items[i].last);
        assert_string_equal(a->replacements.items[i].now, b->replacements.items[i].now);
        assert_int_equal(a->replacements.items[i].from, b->replacements.items[i].from);
        assert_string_equal(a->replacements.items[i].said, b->replacements.items[i].said);
    }
}

static void editions_come_back_as_they_were_put(void **state)
{
    const struct place *p = *state;
    struct error err = {0};
    struct store *s = NULL;

    import_years(p->shelf, (const int[]){2, 0, 1}, 3);
    assert_int_equal(store_open(p->shelf, &s, &err), ST_OK);
    assert_int_equal(store_count(s), 3);
    for (int year = 0; year < 3; year++) {
        const struct edition *got;
        struct edition *want = small_book(year);
        assert_int_equal(store_edition(s, (size_t)year, &got, &err), ST_OK);
        assert_same_edition(want, got);
        edition_free(want);
    }
    store_close(s);
}

static void any_order_of_import_gives_the_same_bytes(void **state)
{
    static const int orders[][3] = {{0, 1, 2}, {2, 1, 0}, {1, 0, 2}, {2, 0, 1}};
    const struct place *p = *state;
    char other[128];

    import_years(p->shelf, orders[0], 3);
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        snprintf(other, sizeof other, "%s/%zu.db", p->dir, i);
        for (int k = 0; k < 3; k++)
            import_years(other, &orders[i][k], 1); /* one by one, each rewriting the one before */
        assert_same_bytes(p->shelf, other);
    }
}

static void dropping_a_release_leaves_what_never_had_it(void **state)
{
    const struct place *p = *state;
    struct error err = {0};
    struct store *s = NULL;
    char other[128];

    snprintf(other, sizeof other, "%s/two.db", p->dir);
    import_years(other, (const int[]){0, 2}, 2);
    import_years(p->shelf, (const int[]){0, 1, 2}, 3);
    assert_int_equal(store_open(p->shelf, &s, &err), ST_OK);
    assert_int_equal(store_drop(s, SET_ICD10CM, "FY2030", &err), ST_NONE);
    assert_int_equal(store_drop(s, SET_ICD10CM, "FY2017", &err), ST_OK);
    assert_int_equal(store_publish(s, NULL, NULL, &err), ST_OK);
    store_close(s);
    assert_same_bytes(p->shelf, other);
}

static void rows_that_do_not_change_are_stored_once(void **state)
{
    const struct place *p = *state;
    sqlite3 *db = NULL;
    sqlite3_stmt *st = NULL;

    import_years(p->shelf, (const int[]){0, 1, 2}, 3);
    assert_int_equal(sqlite3_open(p->shelf, &db), SQLITE_OK);
    const char *sql = "SELECT (SELECT count(*) FROM entry), (SELECT count(*) FROM version), (SELECT count(*) FROM note),"
                      " (SELECT group_concat(first || '-' || last) FROM ref WHERE source = 0),"
                      " (SELECT count(*) FROM term), (SELECT count(DISTINCT node) FROM term),"
                      " (SELECT group_concat(path, '/') FROM term WHERE title = 'autumn')";
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(st, 0), 6);
    assert_int_equal(sqlite3_column_int(st, 1), 7);
    assert_int_equal(sqlite3_column_int(st, 2), 4);
    assert_string_equal(sqlite3_column_text(st, 3), "A150-A159,A150-A159");
    assert_int_equal(sqlite3_column_int(st, 4), 7);
    assert_int_equal(sqlite3_column_int(st, 5), 6);
    assert_string_equal(sqlite3_column_text(st, 6), "Fever\nhay");
    sqlite3_finalize(st);
    sqlite3_close(db);
}

static void words_know_their_stems(void **state)
{
    const struct place *p = *state;
    sqlite3 *db = NULL;
    sqlite3_stmt *st = NULL;

    import_years(p->shelf, (const int[]){0}, 1);
    assert_int_equal(sqlite3_open(p->shelf, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT stem, docs FROM word WHERE codeset = 0 AND form = 'hypertensive'", -1, &st, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    assert_string_equal(sqlite3_column_text(st, 0), "hypertens");
    assert_int_equal(sqlite3_column_int(st, 1), 1);
    sqlite3_finalize(st);
    sqlite3_close(db);
}

static int files_in(const char *dir)
{
    char command[128];
    int n = -1;
    snprintf(command, sizeof command, "ls -A '%s' | grep -vc lock", dir);
    FILE *f = popen(command, "r");
    if (f && fscanf(f, "%d", &n) != 1)
        n = -1;
    if (f)
        pclose(f);
    return n;
}

static void a_failure_leaves_the_old_shelf_and_nothing_else(void **state)
{
    static const struct { int fsync_at, rename; } faults[] = {{1, 0}, {0, 1}};
    const struct place *p = *state;
    char copy[128], command[256];

    import_years(p->shelf, (const int[]){0}, 1);
    snprintf(copy, sizeof copy, "%s/copy.db", p->dir);
    snprintf(command, sizeof command, "cp '%s' '%s'", p->shelf, copy);
    assert_int_equal(system(command), 0);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        struct error err = {0};
        struct store *s = NULL;
        assert_int_equal(store_open(p->shelf, &s, &err), ST_OK);
        store_put(s, small_book(1));
        fail_fsync_at = faults[i].fsync_at;
        fail_rename = faults[i].rename;
        assert_int_equal(store_publish(s, NULL, NULL, &err), ST_IO);
        fail_fsync_at = fail_rename = 0;
        assert_non_null(strstr(err.text, "shelf.db"));
        store_close(s);
        assert_same_bytes(p->shelf, copy);
        assert_int_equal(files_in(p->dir), 2);
    }
}

static void a_killed_importer_leaves_the_old_shelf(void **state)
{
    const struct place *p = *state;
    struct error err = {0};

    import_years(p->shelf, (const int[]){0}, 1);
    for (int i = 0; i < 20; i++) {
        const pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            import_years(p->shelf, (const int[]){1}, 1);
            _exit(0);
        }
        usleep((useconds_t)(i * 1500));
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        if (store_verify(p->shelf, NULL, &err))
            fail_msg("%s", err.text);
        import_years(p->shelf, (const int[]){2}, 1); /* sweeps what was left and goes on */
        if (store_verify(p->shelf, NULL, &err))
            fail_msg("%s", err.text);
    }
    assert_int_equal(files_in(p->dir), 1);
}

static void importers_take_turns(void **state)
{
    const struct place *p = *state;
    pid_t children[3];
    struct error err = {0};
    struct store *s = NULL;

    for (int i = 0; i < 3; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) {
            import_years(p->shelf, &i, 1);
            _exit(0);
        }
    }
    for (int i = 0; i < 3; i++) {
        int status = 1;
        waitpid(children[i], &status, 0);
        assert_int_equal(status, 0);
    }
    assert_int_equal(store_open(p->shelf, &s, &err), ST_OK);
    assert_int_equal(store_count(s), 3); /* none overwrote another's */
    store_close(s);
}

static void run_sql(const char *shelf, const char *sql)
{
    sqlite3 *db = NULL;
    char *why = NULL;
    assert_int_equal(sqlite3_open(shelf, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s", why);
    sqlite3_close(db);
}

static void damage_is_found(void **state)
{
    static const struct { const char *sql, *said; } cases[] = {
        {"UPDATE doc_icd10cm SET text = 'other' WHERE id = 2", "full-text"},
        {"UPDATE version SET mask = 0 WHERE id = 3", "in no release"},
        {"UPDATE version SET mask = 4 WHERE id = 3", "not there"},
        {"UPDATE replacement SET mask = 0", "a replacement of no release"},
        {"UPDATE replacement SET mask = 6", "a replacement of no release"},
        {"DELETE FROM sequence", "without a book"},
        {"UPDATE sequence SET runs = x'0002' WHERE book = 2", "the index of FY2016 has 4 rows"},
        {"UPDATE guideline SET text = 'x'", "full-text"},
        {"UPDATE sequence SET runs = x'0002'", "its order 2"},
        {"UPDATE sequence SET runs = x'ffffffffffffffffffff'", "no list of rows"},
        {"UPDATE version SET entry = 999 WHERE id = 1", "refers to nothing"},
    };
    const struct place *p = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error err = {0};
        unlink(p->shelf);
        import_years(p->shelf, (const int[]){0}, 1);
        assert_int_equal(store_verify(p->shelf, NULL, &err), ST_OK);
        run_sql(p->shelf, cases[i].sql);
        assert_int_equal(store_verify(p->shelf, NULL, &err), ST_INPUT);
        if (!strstr(err.text, cases[i].said))
            fail_msg("%s: said %s", cases[i].sql, err.text);
    }
}

static void other_files_are_refused_and_kept(void **state)
{
    static const struct { const char *sql, *said; } cases[] = {
        {"CREATE TABLE t (x)", "no shelf"},
        {"PRAGMA application_id = 1129531462; PRAGMA user_version = 99; CREATE TABLE t (x)", "newer codeshelf"},
        {"PRAGMA application_id = 1129531462; PRAGMA user_version = 0; CREATE TABLE t (x)", "import the official files again"},
    };
    const struct place *p = *state;
    struct error err = {0};
    struct store *s = NULL;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unlink(p->shelf);
        run_sql(p->shelf, cases[i].sql);
        assert_int_equal(store_open(p->shelf, &s, &err), ST_SHELF);
        if (!strstr(err.text, cases[i].said))
            fail_msg("%s", err.text);
    }
    FILE *f = fopen(p->shelf, "w");
    assert_non_null(f);
    fputs("this is a letter, not a database, and it goes on for a while", f);
    fclose(f);
    assert_int_equal(store_open(p->shelf, &s, &err), ST_SHELF);
    assert_int_equal(files_in(p->dir), 1);
}

static void too_many_releases_are_refused(void **state)
{
    const struct place *p = *state;
    struct error err = {0};
    struct store *s = NULL;

    assert_int_equal(store_open(p->shelf, &s, &err), ST_OK);
    for (int i = 0; i < 64; i++) {
        char name[RELEASE_NAME_MAX];
        snprintf(name, sizeof name, "%d-JAN", 1950 + i);
        struct edition *ed = edition_new(SET_HCPCS, name, (1950 + i) * 10000 + 101);
        add_entry(ed, KIND_CHAPTER, "A", NO_PARENT, "A");
        store_put(s, ed);
    }
    assert_int_equal(store_publish(s, NULL, NULL, &err), ST_USAGE);
    assert_non_null(strstr(err.text, "63"));
    store_close(s);
    assert_int_equal(files_in(p->dir), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, place_setup, place_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(editions_come_back_as_they_were_put),
        TEST(any_order_of_import_gives_the_same_bytes),
        TEST(dropping_a_release_leaves_what_never_had_it),
        TEST(rows_that_do_not_change_are_stored_once),
        TEST(words_know_their_stems),
        TEST(a_failure_leaves_the_old_shelf_and_nothing_else),
        TEST(a_killed_importer_leaves_the_old_shelf),
        TEST(importers_take_turns),
        TEST(damage_is_found),
        TEST(other_files_are_refused_and_kept),
        TEST(too_many_releases_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
