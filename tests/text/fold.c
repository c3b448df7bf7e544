/* Folding against the tokenizer it must agree with: a real FTS5 table in memory. */
#include "support.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/fold.h"
#include "codeshelf/utf8.h"

static int open_index(void **state)
{
    sqlite3 *db = NULL;
    if (sqlite3_open(":memory:", &db) != SQLITE_OK)
        return -1;
    *state = db;
    return sqlite3_exec(db,
                        "CREATE VIRTUAL TABLE t USING fts5(x, tokenize = 'unicode61 remove_diacritics 2');"
                        "CREATE VIRTUAL TABLE v USING fts5vocab(t, instance);",
                        NULL, NULL, NULL);
}

static int close_index(void **state)
{
    return sqlite3_close(*state);
}

/* The terms FTS5 makes of the text, in order, each behind a blank. */
static void terms_of_index(sqlite3 *db, const char *text, struct buf *out)
{
    sqlite3_stmt *put = NULL, *get = NULL;
    assert_int_equal(sqlite3_exec(db, "DELETE FROM t", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "INSERT INTO t VALUES (?)", -1, &put, NULL), SQLITE_OK);
    sqlite3_bind_text(put, 1, text, -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(put), SQLITE_DONE);
    sqlite3_finalize(put);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT term FROM v ORDER BY offset", -1, &get, NULL), SQLITE_OK);
    while (sqlite3_step(get) == SQLITE_ROW)
        buf_printf(out, " %s", (const char *)sqlite3_column_text(get, 0));
    sqlite3_finalize(get);
}

static void terms_of_fold(const char *text, struct buf *out)
{
    struct buf folded = {0};
    struct word_span w;
    fold_text(&folded, text, strlen(text));
    for (size_t pos = 0; word_next(buf_text(&folded), folded.len, &pos, &w);)
        buf_printf(out, " %.*s", (int)w.len, folded.text + w.start);
    buf_free(&folded);
}

static void check_agrees(sqlite3 *db, const char *text)
{
    struct buf want = {0}, got = {0};
    terms_of_index(db, text, &want);
    terms_of_fold(text, &got);
    assert_string_equal(buf_text(&got), buf_text(&want));
    buf_free(&want);
    buf_free(&got);
}

static void every_latin_character_as_fts5_has_it(void **state)
{
    static const struct {
        uint32_t first, last;
    } blocks[] = {{0x20, 0x7E},     {0xA0, 0x17F},    {0x300, 0x36F},   {0x391, 0x3A1},   {0x3A3, 0x3A9},
                  {0x1E00, 0x1E99}, {0x1EA0, 0x1EF9}, {0x2010, 0x2064}, {0x2190, 0x21FF}, {0x2200, 0x22FF}};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        for (uint32_t cp = blocks[i].first; cp <= blocks[i].last; cp++) {
            char ch[4], text[16];
            size_t n = utf8_encode(cp, ch);
            snprintf(text, sizeof text, "q%.*sj", (int)n, ch);
            check_agrees(*state, text);
        }
}

static void whole_titles_as_fts5_has_them(void **state)
{
    static const char *const titles[] = {
        "Ménière's disease, bilateral",       "Sézary disease, unspecified site",
        "Löffler's syndrome (eosinophilic)",  "Zellweger-like X-linked 2½-year, 5 µg",
        "E11.9 Type 2 DIABETES w/o compl.",   "Cre\xCC\x81teil cafe\xCC\x81 (decomposed)",
        "",                                   "-- ''",
    };
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
        check_agrees(*state, titles[i]);
}

static void titles_compared(void **state)
{
    static const struct {
        const char *a, *b;
        bool equal;
    } rows[] = {
        {"Meniere's disease", "Ménière's  disease", true}, {"SEZARY\tdisease ", "Sézary disease", true},
        {" leading", "leading", true},                      {"a b", "ab", false},
        {"ab", "abc", false},                               {"", "  ", true},
        {"a\xC2\xA0" "b", "a b", true},                     {"caf\xC3\xA9", "cafe\xCC\x81", true},
        {"Type 1", "Type 2", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(fold_equal(rows[i].a, rows[i].b), rows[i].equal);
        assert_int_equal(fold_equal(rows[i].b, rows[i].a), rows[i].equal);
    }
}

static void words_keep_their_place(void **state)
{
    const char *text = "(Ménière's)  2nd";
    struct word_span w;
    size_t pos = 0;
    (void)state;
    assert_true(word_next(text, strlen(text), &pos, &w));
    assert_int_equal(w.start, 1);
    assert_int_equal(w.len, strlen("Ménière"));
    assert_true(word_next(text, strlen(text), &pos, &w));
    assert_true(word_next(text, strlen(text), &pos, &w));
    assert_memory_equal(text + w.start, "2nd", 3);
    assert_false(word_next(text, strlen(text), &pos, &w));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_latin_character_as_fts5_has_it, open_index, close_index),
        cmocka_unit_test_setup_teardown(whole_titles_as_fts5_has_them, open_index, close_index),
        cmocka_unit_test(titles_compared),
        cmocka_unit_test(words_keep_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
