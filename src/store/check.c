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
    {"a replacement of no release",
     "SELECT p.id FROM replacement p LEFT JOIN (SELECT codeset, sum(1 << bit) AS bits FROM release GROUP BY codeset) r"
     " ON r.codeset = p.codeset WHERE p.mask = 0 OR p.mask & ~ifnull(r.bits, 0) LIMIT 1"},
    {"two wordings of one code in one release",
     "SELECT e.code FROM version a JOIN version b ON b.entry = a.entry AND b.id > a.id AND (a.mask & b.mask)"
     " JOIN entry e ON e.id = a.entry LIMIT 1"},
};

/* The first finding of several: SQLite gives all that it found in a file as one text, below a line that names the database. */
static const char *first_finding(const char *text, int *n)
{
    const char *line = strncmp(text, "***", 3) == 0 ? strchr(text, '\n') : NULL;

    text = line ? line + 1 : text;
    *n = (int)strcspn(text, "\n");
    return text;
}

static enum status check_rule(sqlite3 *db, const char *path, const char *what, const char *sql, struct error *err)
{
    sqlite3_stmt *st = NULL;
    enum status rc = db_prepare(db, sql, &st, err);

    if (rc)
        return rc;
    const int step = sqlite3_step(st);
    if (step == SQLITE_ROW) {
        int n;
        const char *found = first_finding(db_text(st, 0), &n);
        rc = error_set(err, ST_SHELF, "%s: damaged: %s: %.*s", path, what, n, found);
    } else if (step != SQLITE_DONE) {
        rc = db_fail(db, path, err);
    }
    sqlite3_finalize(st);
    return rc;
}

enum status check_full_text(sqlite3 *db, const char *path, struct error *err)
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

/* How many rows have the bit of a release, by code set, book and bit. */
struct counts {
    size_t rows[SET_COUNT][COMP_COUNT][64];
};

static enum status count_rows(sqlite3 *db, struct counts *counts, struct error *err)
{
    static const char sql[] = "SELECT e.codeset, 0, v.mask FROM version v JOIN entry e ON e.id = v.entry"
                              " UNION ALL SELECT codeset, book, mask FROM term"
                              " UNION ALL SELECT codeset, 6, mask FROM guideline";
    sqlite3_stmt *st = NULL;
    enum status rc = db_prepare(db, sql, &st, err);
    int step = SQLITE_DONE;

    _Static_assert(COMP_GUIDELINES == 6, "the number in the query");
    while (rc == ST_OK && (step = sqlite3_step(st)) == SQLITE_ROW) {
        const int set = sqlite3_column_int(st, 0), book = sqlite3_column_int(st, 1);
        const uint64_t mask = (uint64_t)sqlite3_column_int64(st, 2);
        if (set < 0 || set >= SET_COUNT || book < 0 || book >= COMP_COUNT)
            rc = error_set(err, ST_SHELF, "shelf: damaged: a row of no code set or book");
        else
            for (int bit = 0; bit < 64 && mask >> bit; bit++)
                counts->rows[set][book][bit] += (mask >> bit) & 1;
    }
    if (rc == ST_OK && step != SQLITE_DONE)
        rc = db_fail(db, NULL, err);
    sqlite3_finalize(st);
    return rc;
}

/* A book of a release holds exactly the rows that have its bit. row: name, code set and bit of the release, book, runs. */
static enum status check_sequence(const struct counts *counts, const char *path, sqlite3_stmt *row, struct error *err)
{
    const int set = sqlite3_column_int(row, 1), bit = sqlite3_column_int(row, 2), book = sqlite3_column_int(row, 3);
    uint32_t *ids = NULL;
    size_t n = 0;
    enum status rc = sequence_decode(sqlite3_column_blob(row, 4), (size_t)sqlite3_column_bytes(row, 4), &ids, &n, err);

    if (rc == ST_OK && (set < 0 || set >= SET_COUNT || book < 0 || book >= COMP_COUNT || bit < 0 || bit > 62))
        rc = error_set(err, ST_SHELF, "%s: damaged: an order of no code set or book", path);
    else if (rc == ST_OK && counts->rows[set][book][bit] != n)
        rc = error_set(err, ST_SHELF, "%s: damaged: the %s of %s has %zu rows, its order %zu", path,
                       component_name((enum component)book), db_text(row, 0), counts->rows[set][book][bit], n);
    free(ids);
    return rc;
}

static enum status check_sequences(sqlite3 *db, const char *path, struct error *err)
{
    static const char sql[] = "SELECT r.name, r.codeset, r.bit, s.book, s.runs FROM release r"
                              " JOIN sequence s ON s.release = r.id";
    struct counts *counts = mem_alloc(sizeof *counts);
    sqlite3_stmt *st = NULL;
    enum status rc = count_rows(db, counts, err);

    if (rc == ST_OK)
        rc = db_prepare(db, sql, &st, err);
    while (rc == ST_OK && sqlite3_step(st) == SQLITE_ROW)
        rc = check_sequence(counts, path, st, err);
    sqlite3_finalize(st);
    free(counts);
    return rc;
}

enum status check_shelf(sqlite3 *db, const char *path, struct error *err)
{
    enum status rc = ST_OK;
    for (size_t i = 0; i < sizeof rules / sizeof *rules && rc == ST_OK; i++)
        rc = check_rule(db, path, rules[i].what, rules[i].sql, err);
    if (rc == ST_OK)
        rc = check_sequences(db, path, err);
    return rc;
}
