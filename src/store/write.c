/* write.c - the rows of a fold, written into an empty shelf: ids are places in the fold plus one. */
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/code.h"
#include "codeshelf/varint.h"
#include "db.h"
#include "fold.h"
#include "write.h"

static enum status write_entries(sqlite3 *db, const struct fold *f, struct error *err)
{
    sqlite3_stmt *st = NULL;
    enum status rc = db_prepare(db, "INSERT INTO entry VALUES (?, ?, ?, ?)", &st, err);

    for (size_t i = 0; i < f->entries.len && rc == ST_OK; i++) {
        const struct fold_entry *e = &f->entries.items[i];
        rc = db_run(st, err, "iiis", row_id((int32_t)i), (int64_t)e->set, (int64_t)e->class, e->code);
    }
    sqlite3_finalize(st);
    return rc;
}

static enum status write_versions(sqlite3 *db, const struct fold *f, struct error *err)
{
    sqlite3_stmt *st = NULL;
    enum status rc = db_prepare(db, "INSERT INTO version VALUES (?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?)", &st, err);

    for (size_t i = 0; i < f->versions.len && rc == ST_OK; i++) {
        const struct fold_version *v = &f->versions.items[i];
        const struct ed_entry *row = v->row;
        const char *short_title = strcmp(row->short_title, row->title) == 0 ? NULL : row->short_title;
        rc = db_run(st, err, "iiiiiiisnnii", row_id((int32_t)i), row_id(v->entry), row_id(v->parent), (int64_t)v->mask,
                    (int64_t)row->kind, (int64_t)row->billable, (int64_t)row->family, row->title, row->printed,
                    short_title, (int64_t)row->from, (int64_t)row->to);
    }
    sqlite3_finalize(st);
    return rc;
}

enum status write_refs(sqlite3_stmt *st, enum codeset set, enum ref_source source, int64_t id, const char *text,
                       struct error *err)
{
    const size_t n = strlen(text);
    struct code_ref ref;
    enum status rc = ST_OK;

    for (size_t pos = 0; rc == ST_OK && code_ref_next(set, text, n, &pos, &ref);)
        rc = db_run(st, err, "iisss", (int64_t)source, id, ref.first, ref.last, ref.with);
    return rc;
}

static enum status write_notes(sqlite3 *db, const struct fold *f, struct error *err)
{
    sqlite3_stmt *note = NULL, *ref = NULL;
    int64_t id = 0;
    enum status rc = db_prepare(db, "INSERT INTO note VALUES (?, ?, ?, ?, ?)", &note, err);

    if (rc == ST_OK)
        rc = db_prepare(db, REF_INSERT, &ref, err);
    for (size_t e = 0; e < f->entries.len; e++) {
        for (int32_t at = f->entries.items[e].first[LIST_NOTES]; at >= 0 && rc == ST_OK;) {
            const struct fold_item *item = &f->list[LIST_NOTES].items[at];
            rc = db_run(note, err, "iiiis", ++id, row_id((int32_t)e), (int64_t)item->mask, (int64_t)item->kind, item->text);
            if (rc == ST_OK)
                rc = write_refs(ref, f->entries.items[e].set, REF_NOTE, id, item->text, err);
            at = item->next;
        }
    }
    sqlite3_finalize(note);
    sqlite3_finalize(ref);
    return rc;
}

static enum status write_sevenths(sqlite3 *db, const struct fold *f, struct error *err)
{
    sqlite3_stmt *st = NULL;
    int64_t id = 0;
    enum status rc = db_prepare(db, "INSERT INTO seventh VALUES (?, ?, ?, char(?), ?, ?)", &st, err);

    for (size_t e = 0; e < f->entries.len; e++)
        for (int32_t at = f->entries.items[e].first[LIST_SEVENTHS]; at >= 0 && rc == ST_OK;) {
            const struct fold_item *item = &f->list[LIST_SEVENTHS].items[at];
            rc = db_run(st, err, "iiiiss", ++id, row_id((int32_t)e), (int64_t)item->mask, (int64_t)item->kind, item->text,
                        item->more);
            at = item->next;
        }
    sqlite3_finalize(st);
    return rc;
}

static enum status write_facts(sqlite3 *db, const struct fold *f, struct error *err)
{
    sqlite3_stmt *st = NULL;
    int64_t id = 0;
    enum status rc = db_prepare(db, "INSERT INTO fact VALUES (?, ?, ?, ?, ?)", &st, err);

    for (size_t e = 0; e < f->entries.len; e++)
        for (int32_t at = f->entries.items[e].first[LIST_FACTS]; at >= 0 && rc == ST_OK;) {
            const struct fold_item *item = &f->list[LIST_FACTS].items[at];
            rc = db_run(st, err, "iiiss", ++id, row_id((int32_t)e), (int64_t)item->mask, item->text, item->more);
            at = item->next;
        }
    sqlite3_finalize(st);
    return rc;
}

/* --- releases ------------------------------------------------------------------------------------------------------- */

static void sequence_encode(struct buf *out, const struct fold_order *order)
{
    int64_t expected = 1;
    for (size_t i = 0; i < order->len;) {
        size_t run = 1;
        while (i + run < order->len && order->rows[i + run] == order->rows[i] + run)
            run++;
        const int64_t first = row_id((int32_t)order->rows[i]), step = first - expected;
        varint_put(out, zigzag(step));
        varint_put(out, run);
        expected = first + (int64_t)run;
        i += run;
    }
}

static enum status write_release_row(sqlite3 *db, const struct fold_release *r, int64_t id, struct error *err)
{
    const struct edition *ed = r->edition;
    int64_t entries = 0, billable = 0;
    sqlite3_stmt *st = NULL;
    enum status rc = db_prepare(db, "INSERT INTO release VALUES (?, ?, ?, ?, ?, ?, ?)", &st, err);

    for (size_t i = 0; i < ed->entries.len; i++) {
        const enum kind kind = ed->entries.items[i].kind;
        entries += kind != KIND_CHAPTER && kind != KIND_SECTION;
        billable += ed->entries.items[i].billable;
    }
    if (rc == ST_OK)
        rc = db_run(st, err, "iiisiii", id, (int64_t)ed->set, (int64_t)r->bit, ed->name, (int64_t)ed->from, entries, billable);
    sqlite3_finalize(st);
    return rc;
}

static enum status write_orders(sqlite3 *db, const struct fold_release *r, int64_t id, struct error *err)
{
    struct buf runs = {0};
    sqlite3_stmt *st = NULL;
    enum status rc = db_prepare(db, "INSERT INTO sequence VALUES (?, ?, ?)", &st, err);

    for (int book = 0; book < COMP_COUNT && rc == ST_OK; book++) {
        if (book != COMP_CODES && r->order[book].len == 0)
            continue;
        buf_clear(&runs);
        sequence_encode(&runs, &r->order[book]);
        rc = db_run(st, err, "iib", id, (int64_t)book, (const void *)buf_text(&runs), runs.len);
    }
    sqlite3_finalize(st);
    buf_free(&runs);
    return rc;
}

static enum status write_coverage(sqlite3 *db, const struct edition *ed, int64_t id, struct error *err)
{
    sqlite3_stmt *st = NULL;
    enum status rc = db_prepare(db, "INSERT INTO coverage VALUES (?, ?)", &st, err);

    for (int c = 0; c < COMP_COUNT && rc == ST_OK; c++)
        if (ed->coverage & UINT32_C(1) << c)
            rc = db_run(st, err, "ii", id, (int64_t)c);
    sqlite3_finalize(st);
    return rc;
}

static int by_component_and_name(const void *a, const void *b)
{
    const struct ed_source *x = a, *y = b;
    if (x->component != y->component)
        return x->component < y->component ? -1 : 1;
    const int names = strcmp(x->name, y->name);
    return names ? names : strcmp(x->sha256, y->sha256);
}

static enum status write_sources(sqlite3 *db, struct edition *ed, int64_t id, struct error *err)
{
    sqlite3_stmt *st = NULL;
    enum status rc = db_prepare(db, "INSERT INTO source VALUES (?, ?, ?, ?, ?, ?)", &st, err);

    if (ed->sources.len)
        qsort(ed->sources.items, ed->sources.len, sizeof *ed->sources.items, by_component_and_name);
    for (size_t i = 0; i < ed->sources.len && rc == ST_OK; i++) {
        const struct ed_source *s = &ed->sources.items[i];
        rc = db_run(st, err, "iisisi", id, (int64_t)s->component, s->name, (int64_t)s->bytes, s->sha256, s->imported);
    }
    sqlite3_finalize(st);
    return rc;
}

static enum status write_front(sqlite3 *db, const struct edition *ed, int64_t id, struct error *err)
{
    sqlite3_stmt *st = NULL;
    enum status rc = db_prepare(db, "INSERT INTO front VALUES (?, ?, ?, ?)", &st, err);

    for (size_t i = 0; i < ed->front.len && rc == ST_OK; i++)
        rc = db_run(st, err, "isss", id, ed->front.items[i].kind, ed->front.items[i].title, ed->front.items[i].text);
    sqlite3_finalize(st);
    return rc;
}

static enum status write_release(sqlite3 *db, const struct fold_release *r, int64_t id, struct error *err)
{
    enum status rc = write_release_row(db, r, id, err);
    if (rc == ST_OK)
        rc = write_orders(db, r, id, err);
    if (rc == ST_OK)
        rc = write_coverage(db, r->edition, id, err);
    if (rc == ST_OK)
        rc = write_sources(db, r->edition, id, err);
    if (rc == ST_OK)
        rc = write_front(db, r->edition, id, err);
    return rc;
}

enum status write_rows(sqlite3 *db, const struct fold *f, struct error *err)
{
    static enum status (*const parts[])(sqlite3 *, const struct fold *, struct error *) = {
        write_entries, write_versions, write_notes,     write_sevenths,
        write_facts,   write_terms,    write_guidelines, write_replacements};
    enum status rc = ST_OK;

    for (size_t i = 0; i < f->releases.len && rc == ST_OK; i++)
        rc = write_release(db, &f->releases.items[i], (int64_t)i + 1, err);
    for (size_t i = 0; i < sizeof parts / sizeof *parts && rc == ST_OK; i++)
        rc = parts[i](db, f, err);
    return rc;
}
