/* load_books.c - the indexes, tables, guidelines and replacements of a shelf, read back. */
#include <stdlib.h>

#include "db.h"
#include "load.h"

static const char *kept(struct rows *rows, sqlite3_stmt *st, int column)
{
    return sqlite3_column_bytes(st, column) ? arena_strdup(&rows->arena, db_text(st, column)) : "";
}

enum status load_terms(sqlite3 *db, struct rows *rows, struct error *err)
{
    static const char sql[] = "SELECT id, book, depth, title, nemod, codes, manifestation, see, see_also, see_category, cells"
                              " FROM term";
    sqlite3_int64 top = 0;
    sqlite3_stmt *st = NULL;
    enum status rc = db_number(db, "SELECT max(id) FROM term", &top, err);

    if (rc == ST_OK)
        rc = db_prepare(db, sql, &st, err);
    if (rc)
        return rc;
    rows->nterms = (size_t)top;
    rows->terms = mem_alloc((rows->nterms + 1) * sizeof *rows->terms);
    while (sqlite3_step(st) == SQLITE_ROW) {
        const sqlite3_int64 id = sqlite3_column_int64(st, 0);
        if (id < 1 || id > top)
            continue;
        rows->terms[id] = (struct ed_term){
            .book = (enum component)sqlite3_column_int(st, 1),
            .depth = sqlite3_column_int(st, 2),
            .title = kept(rows, st, 3),
            .nemod = kept(rows, st, 4),
            .codes = kept(rows, st, 5),
            .manifestation = kept(rows, st, 6),
            .see = kept(rows, st, 7),
            .see_also = kept(rows, st, 8),
            .see_category = kept(rows, st, 9),
            .cells = kept(rows, st, 10),
        };
    }
    return sqlite3_finalize(st) == SQLITE_OK ? ST_OK : db_fail(db, NULL, err);
}

enum status load_guidelines(sqlite3 *db, struct rows *rows, struct error *err)
{
    sqlite3_int64 top = 0;
    sqlite3_stmt *st = NULL;
    enum status rc = db_number(db, "SELECT max(id) FROM guideline", &top, err);

    if (rc == ST_OK)
        rc = db_prepare(db, "SELECT id, section, depth, title, text FROM guideline", &st, err);
    if (rc)
        return rc;
    rows->nguidelines = (size_t)top;
    rows->guidelines = mem_alloc((rows->nguidelines + 1) * sizeof *rows->guidelines);
    while (sqlite3_step(st) == SQLITE_ROW) {
        const sqlite3_int64 id = sqlite3_column_int64(st, 0);
        if (id < 1 || id > top)
            continue;
        rows->guidelines[id] = (struct ed_guideline){kept(rows, st, 1), sqlite3_column_int(st, 2), kept(rows, st, 3),
                                                     kept(rows, st, 4)};
    }
    return sqlite3_finalize(st) == SQLITE_OK ? ST_OK : db_fail(db, NULL, err);
}

/* Appends the rows that ids name, of the terms or of the guidelines. */
static enum status take_rows(const struct rows *rows, enum component book, const uint32_t *ids, size_t n, struct edition *ed,
                             struct error *err)
{
    const size_t top = book == COMP_GUIDELINES ? rows->nguidelines : rows->nterms;

    for (size_t i = 0; i < n; i++) {
        if (ids[i] > top)
            return error_set(err, ST_SHELF, "shelf: damaged: the order of %s names a row that is not there", ed->name);
        if (book == COMP_GUIDELINES)
            VEC_PUSH(&ed->guidelines, rows->guidelines[ids[i]]);
        else
            VEC_PUSH(&ed->terms, rows->terms[ids[i]]);
    }
    return ST_OK;
}

enum status take_books(sqlite3 *db, const struct rows *rows, int64_t release, struct edition *ed, struct error *err)
{
    sqlite3_stmt *st = NULL;
    enum status rc = db_prepare(db, "SELECT book, runs FROM sequence WHERE release = ? AND book > 0 ORDER BY book", &st, err);

    if (rc)
        return rc;
    sqlite3_bind_int64(st, 1, release);
    while (rc == ST_OK && sqlite3_step(st) == SQLITE_ROW) {
        uint32_t *ids = NULL;
        size_t n = 0;
        rc = sequence_decode(sqlite3_column_blob(st, 1), (size_t)sqlite3_column_bytes(st, 1), &ids, &n, err);
        if (rc == ST_OK)
            rc = take_rows(rows, (enum component)sqlite3_column_int(st, 0), ids, n, ed, err);
        free(ids);
    }
    if (sqlite3_finalize(st) != SQLITE_OK && rc == ST_OK)
        rc = db_fail(db, NULL, err);
    return rc;
}

enum status load_replacements(sqlite3 *db, struct rows *rows, struct error *err)
{
    static const char sql[] = "SELECT codeset, mask, old, last, now, from_date, said FROM replacement ORDER BY id";
    sqlite3_stmt *st = NULL;
    const enum status rc = db_prepare(db, sql, &st, err);

    if (rc)
        return rc;
    while (sqlite3_step(st) == SQLITE_ROW) {
        const struct old_replacement r = {
            (enum codeset)sqlite3_column_int(st, 0), (uint64_t)sqlite3_column_int64(st, 1),
            {kept(rows, st, 2), kept(rows, st, 3), kept(rows, st, 4), sqlite3_column_int(st, 5), kept(rows, st, 6)}};
        VEC_PUSH(&rows->replacements, r);
    }
    return sqlite3_finalize(st) == SQLITE_OK ? ST_OK : db_fail(db, NULL, err);
}

void take_replacements(const struct rows *rows, int bit, struct edition *ed)
{
    for (size_t i = 0; i < rows->replacements.len; i++) {
        const struct old_replacement *r = &rows->replacements.items[i];
        if (r->set == ed->set && r->mask & UINT64_C(1) << bit)
            VEC_PUSH(&ed->replacements, r->row);
    }
}
