/* write_books.c - the rows of the indexes, tables and guidelines, and their full-text indexes; the replacements. */
#include <string.h>

#include "codeshelf/buf.h"
#include "db.h"
#include "fold.h"
#include "write.h"

/* What a list names, one item a line: a dash that ends one item does not make a range with the next ("C79.3-", "D33.0"). */
static enum status write_list_refs(sqlite3_stmt *st, enum codeset set, int64_t id, const char *list, struct buf *item,
                                   struct error *err)
{
    enum status rc = ST_OK;

    while (*list && rc == ST_OK) {
        const size_t n = strcspn(list, "\n");
        buf_clear(item);
        buf_add(item, list, n);
        rc = write_refs(st, set, REF_TERM, id, item->text, err);
        list += n + (list[n] != '\0');
    }
    return rc;
}

/* Every code a row leads to: its codes, second codes and cells, and those inside see and see also. */
static enum status write_term_refs(sqlite3_stmt *st, enum codeset set, int64_t id, const struct ed_term *row, struct error *err)
{
    const char *const lists[] = {row->codes, row->manifestation, row->cells, row->see, row->see_also, row->see_category};
    struct buf item = {0};
    enum status rc = ST_OK;

    for (size_t i = 0; i < sizeof lists / sizeof *lists && rc == ST_OK; i++)
        rc = write_list_refs(st, set, id, lists[i], &item, err);
    buf_free(&item);
    return rc;
}

enum status write_terms(sqlite3 *db, const struct fold *f, struct error *err)
{
    sqlite3_stmt *st = NULL, *ref = NULL;
    enum status rc = db_prepare(db, "INSERT INTO term VALUES (?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", &st, err);

    if (rc == ST_OK)
        rc = db_prepare(db, REF_INSERT, &ref, err);
    for (size_t i = 0; i < f->terms.len && rc == ST_OK; i++) {
        const struct fold_term *t = &f->terms.items[i];
        const struct ed_term *row = t->row;
        rc = db_run(st, err, "iiiiiiisssssssss", row_id((int32_t)i), (int64_t)t->set, (int64_t)row->book, row_id((int32_t)t->node),
                    row_id(t->parent), (int64_t)t->mask, (int64_t)row->depth, t->path, row->title, row->nemod, row->codes,
                    row->manifestation, row->see, row->see_also, row->see_category, row->cells);
        if (rc == ST_OK)
            rc = write_term_refs(ref, t->set, row_id((int32_t)i), row, err);
    }
    sqlite3_finalize(st);
    sqlite3_finalize(ref);
    if (rc == ST_OK && f->terms.len)
        rc = db_exec(db, FTS_REBUILD("fts_term"), err);
    return rc;
}

enum status write_guidelines(sqlite3 *db, const struct fold *f, struct error *err)
{
    sqlite3_stmt *st = NULL, *ref = NULL;
    enum status rc = db_prepare(db, "INSERT INTO guideline VALUES (?, ?, ?, ?, ?, ?, ?)", &st, err);

    if (rc == ST_OK)
        rc = db_prepare(db, REF_INSERT, &ref, err);
    for (size_t i = 0; i < f->guidelines.len && rc == ST_OK; i++) {
        const struct fold_guideline *g = &f->guidelines.items[i];
        const struct ed_guideline *row = g->row;
        rc = db_run(st, err, "iiisiss", row_id((int32_t)i), (int64_t)g->set, (int64_t)g->mask, row->section, (int64_t)row->depth, row->title,
                    row->text);
        if (rc == ST_OK)
            rc = write_refs(ref, g->set, REF_GUIDELINE, row_id((int32_t)i), row->title, err);
        if (rc == ST_OK)
            rc = write_refs(ref, g->set, REF_GUIDELINE, row_id((int32_t)i), row->text, err);
    }
    sqlite3_finalize(st);
    sqlite3_finalize(ref);
    if (rc == ST_OK && f->guidelines.len)
        rc = db_exec(db, FTS_REBUILD("fts_guideline"), err);
    return rc;
}

enum status write_replacements(sqlite3 *db, const struct fold *f, struct error *err)
{
    sqlite3_stmt *st = NULL;
    enum status rc = db_prepare(db, "INSERT INTO replacement VALUES (?, ?, ?, ?, ?, ?, ?, ?)", &st, err);

    for (size_t i = 0; i < f->replacements.len && rc == ST_OK; i++) {
        const struct fold_replacement *r = &f->replacements.items[i];
        rc = db_run(st, err, "iiisssis", row_id((int32_t)i), (int64_t)r->set, (int64_t)r->mask, r->row->old, r->row->last,
                    r->row->now, (int64_t)r->row->from, r->row->said);
    }
    sqlite3_finalize(st);
    return rc;
}
