/* schema.c - shelves of other schemas: the one before is read and, by an import, rewritten; any other is refused with the cure. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "run.h"
#include "tests/support.h"

static void change_shelf(const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(in_folder("shelf.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void read_shelf(struct buf *out)
{
    char piece[4096];
    FILE *f = fopen(in_folder("shelf.db"), "rb");
    assert_non_null(f);
    for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;)
        buf_add(out, piece, n);
    fclose(f);
}

static void assert_answers(const char *words, const char *says)
{
    struct run r;
    run_codeshelf(&r, NULL, words);
    if (r.code != 0 || !strstr(r.out, says))
        fail_msg("codeshelf %s: exit %d: %s%s", words, r.code, r.err, r.out);
    run_free(&r);
}

static void the_one_before_is_read_and_rewritten(void **state)
{
    static const char *const calls[][2] = {
        {"search gout", "M10"},
        {"show E11.9", "E11.9"},
        {"changes icd10cm FY2025 FY2025", "no changes"},
        {"history E11.9", "FY2025"},
        {"verify", "sound: 3 releases"},
        {"import --dry-run " TEST_SPECIMEN "/icd10cm/specimen", "nothing was written"},
    };
    struct buf before = {0}, after = {0};
    (void)state;
    read_shelf(&before);
    change_shelf("DROP TABLE replacement; PRAGMA user_version = 1; VACUUM");
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        assert_answers(calls[i][0], calls[i][1]);
    assert_answers("import " TEST_SPECIMEN "/icd10cm/specimen", "already on the shelf");
    read_shelf(&after);
    assert_int_equal(before.len, after.len);
    assert_memory_equal(before.text, after.text, before.len);
    buf_free(&before);
    buf_free(&after);
}

static void others_are_refused_with_the_cure(void **state)
{
    static const char *const calls[] = {"show E11.9", "verify", "import " TEST_SPECIMEN "/icd10cm/specimen"};
    static const char *const cases[][2] = {
        {"PRAGMA user_version = 0", "remove it and import the official files again"},
        {"PRAGMA user_version = 3", "upgrade codeshelf"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        change_shelf(cases[i][0]);
        for (size_t k = 0; k < sizeof calls / sizeof *calls; k++) {
            struct run r;
            run_codeshelf(&r, NULL, calls[k]);
            if (r.code != 3 || !strstr(r.err, cases[i][1]) || count_lines(r.err) != 1)
                fail_msg("%s; codeshelf %s: exit %d: %s", cases[i][0], calls[k], r.code, r.err);
            run_free(&r);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_one_before_is_read_and_rewritten),
        cmocka_unit_test(others_are_refused_with_the_cure),
    };
    return cmocka_run_group_tests(tests, shelf_up, shelf_down);
}
