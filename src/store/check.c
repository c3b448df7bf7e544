/* check.c - is a shelf sound? Asked after every import before the new file takes the old one's place, and by
 * codeshelf-verify. */
#include <stdlib.h>
#include <string.h>

#include "codeshelf/arena.h"
#include "codeshelf/varint.h"
#include "db.h"
#include "store_int.h"

/* What must hold, as queries that give the first thing wrong and nothing otherwise. */
static const struct {
    const char *what, *sql;
} rules[] = {
    {"file", "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok' LIMIT 1"},
    {"a row refers to nothing", "SELECT \"table\" || ' row ' || rowid FROM pragma_foreign_key_check LIMIT 1"},
    {"a version in no release", "SELECT id FROM version WHERE mask = 0 LIMIT 1"},
    {"a release without a book",
     "SELECT name FROM release WHERE id NOT IN (SELECT release FROM sequence WHERE book = 0) LIMIT 1"},
    {"a mask names a release that is not there",
     "SELECT e.code FROM version v JOIN entry e ON e.id = v.entry"
     " JOIN (SELECT codeset, sum(1 << bit) AS bits FROM release GROUP BY codeset) r ON r.codeset = e.codeset"
     " WHERE v.mask & ~r.bits LIMIT 1"},
    {"two wordings of one code in one release",
     "SELECT e.code FROM version a JOIN version b ON b.entry = a.entry AND b.id > a.id AND (a.mask & b.mask)"
     " JOIN entry e ON e.id = a.entry LIMIT 1"},
};

static enum status check_rule(sqlite3 *db, const char *path, const char *what, const char *sql, struct error *err)
{
    sqlite3_stmt *st = NULL;
    enum status rc = db_prepare(db, sql, &st, err);

    if (rc)
        return rc;
    const int step = sqlite3_step(st);
    if (step == SQLITE_ROW)
        rc = error_set(err, ST_SHELF, "%s: damaged: %s: %s", path, what, db_text(st, 0));
    else if (step != SQLITE_DONE)
        rc = db_fail(db, path, err);
    sqlite3_finalize(st);
    return rc;
}

static enum status check_full_text(sqlite3 *db, const char *path, struct error *err)
{
    static const char *const sql[] = {
        "INSERT INTO fts_icd10cm (fts_icd10cm, rank) VALUES ('integrity-check', 1)",
        "INSERT INTO fts_hcpcs (fts_hcpcs, rank) VALUES ('integrity-check', 1)",
        "INSERT INTO fts_cpt (fts_cpt, rank) VALUES ('integrity-check', 1)",
        "INSERT INTO fts_term (fts_term, rank) VALUES ('integrity-check', 1)",
        "INSERT INTO fts_guideline (fts_guideline, rank) VALUES ('integrity-check', 1)",
    };
    for (size_t i = 0; i < sizeof sql / sizeof *sql; i++)
        if (sqlite3_exec(db, sql[i], NULL, NULL, NULL) != SQLITE_OK)
            return error_set(err, ST_SHELF, "%s: damaged: the full-text index differs from its text", path);
    return ST_OK;
}

enum status sequence_decode(const unsigned char *bytes, size_t n, uint32_t **ids, size_t *count, struct error *err)
{
    enum { ENTRIES_MAX = 4000000 };
    struct { uint32_t *items; size_t len, cap; } out = {0};
    int64_t expected = 1;
    uint64_t step, run;

    for (size_t at = 0; at < n;) {
        if (!varint_get(bytes, n, &at, &step) || !varint_get(bytes, n, &at, &run) || run == 0 ||
            run > ENTRIES_MAX - out.len || step > UINT32_MAX)
            goto damaged;
        expected += unzigzag(step);
        if (expected < 1 || expected + (int64_t)run > UINT32_MAX)
            goto damaged;
        for (; run; run--)
            VEC_PUSH(&out, (uint32_t)expected++);
    }
    *ids = out.items;
    *count = out.len;
    return ST_OK;
damaged:
    free(out.items);
    return error_set(err, ST_SHELF, "shelf: damaged: the order of a release is no list of rows");
}

/* A book of a release holds exactly the rows whose mask has its bit. */
static const char *count_sql(int book)
{
    if (book == COMP_CODES)
        return "SELECT count(*) FROM version v JOIN entry e ON e.id = v.entry"
               " WHERE e.codeset = ?1 AND (v.mask >> ?2) & 1 AND ?3 = 0";
    if (book == COMP_GUIDELINES)
        return "SELECT count(*) FROM guideline WHERE codeset = ?1 AND (mask >> ?2) & 1 AND ?3";
    return "SELECT count(*) FROM term WHERE codeset = ?1 AND (mask >> ?2) & 1 AND book = ?3";
}

/* row: name, code set and bit of the release, book, runs. */
static enum status check_sequence(sqlite3 *db, const char *path, sqlite3_stmt *row, struct error *err)
{
    uint32_t *ids = NULL;
    size_t n = 0;
    sqlite3_stmt *count = NULL;
    enum status rc = sequence_decode(sqlite3_column_blob(row, 4), (size_t)sqlite3_column_bytes(row, 4), &ids, &n, err);

    if (rc == ST_OK)
        rc = db_prepare(db, count_sql(sqlite3_column_int(row, 3)), &count, err);
    if (rc == ST_OK) {
        for (int i = 1; i <= 3; i++)
            sqlite3_bind_int64(count, i, sqlite3_column_int64(row, i));
        if (sqlite3_step(count) != SQLITE_ROW || (size_t)sqlite3_column_int64(count, 0) != n)
            rc = error_set(err, ST_SHELF, "%s: damaged: the %s of %s has %zu rows, its order %lld", path,
                           component_name((enum component)sqlite3_column_int(row, 3)), db_text(row, 0),
                           (size_t)sqlite3_column_int64(count, 0), (long long)n);
    }
    sqlite3_finalize(count);
    free(ids);
    return rc;
}

static enum status check_sequences(sqlite3 *db, const char *path, struct error *err)
{
    static const char sql[] = "SELECT r.name, r.codeset, r.bit, s.book, s.runs FROM release r"
                              " JOIN sequence s ON s.release = r.id";
    sqlite3_stmt *st = NULL;
    enum status rc = db_prepare(db, sql, &st, err);

    while (rc == ST_OK && sqlite3_step(st) == SQLITE_ROW)
        rc = check_sequence(db, path, st, err);
    sqlite3_finalize(st);
    return rc;
}

enum status check_shelf(sqlite3 *db, const char *path, struct error *err)
{
    enum status rc = ST_OK;
    for (size_t i = 0; i < sizeof rules / sizeof *rules && rc == ST_OK; i++)
        rc = check_rule(db, path, rules[i].what, rules[i].sql, err);
    if (rc == ST_OK)
        rc = check_full_text(db, path, err);
    if (rc == ST_OK)
        rc = check_sequences(db, path, err);
    return rc;
}
