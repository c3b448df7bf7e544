/* load.c - reads an existing shelf back into editions, so that a new one can be written whole.
 *
 * The rows of all releases are read once; an edition is then a walk along its release's sequence that keeps the rows whose
 * mask has the release's bit. Row ids are small and dense (write.c gives them), so plain arrays index everything. */
#include <stdlib.h>
#include <string.h>

#include "db.h"
#include "load.h"

void rows_free(struct rows *rows)
{
    if (!rows)
        return;
    for (int i = 0; i < 3; i++) {
        free(rows->list[i].items);
        free(rows->first[i]);
    }
    free(rows->code);
    free(rows->versions);
    free(rows->terms);
    free(rows->guidelines);
    free(rows->replacements.items);
    arena_free(&rows->arena);
    free(rows);
}

static enum status load_entries(sqlite3 *db, struct rows *rows, struct error *err)
{
    sqlite3_int64 top = 0;
    sqlite3_stmt *st = NULL;
    enum status rc = db_number(db, "SELECT max(id) FROM entry", &top, err);

    if (rc == ST_OK)
        rc = db_prepare(db, "SELECT id, code FROM entry", &st, err);
    if (rc)
        return rc;
    rows->nentries = (size_t)top;
    rows->code = mem_alloc((rows->nentries + 1) * sizeof *rows->code);
    while (sqlite3_step(st) == SQLITE_ROW) {
        const sqlite3_int64 id = sqlite3_column_int64(st, 0);
        if (id > 0 && id <= top)
            rows->code[id] = arena_strdup(&rows->arena, db_text(st, 1));
    }
    return sqlite3_finalize(st) == SQLITE_OK ? ST_OK : db_fail(db, NULL, err);
}

static void version_row(struct rows *rows, sqlite3_stmt *st, struct old_version *out)
{
    const uint32_t entry = (uint32_t)sqlite3_column_int64(st, 1);
    out->entry = entry <= rows->nentries ? entry : 0;
    out->parent = (uint32_t)sqlite3_column_int64(st, 2);
    out->row.kind = (enum kind)sqlite3_column_int(st, 3);
    out->row.billable = sqlite3_column_int(st, 4);
    out->row.family = sqlite3_column_int(st, 5);
    out->row.code = rows->code[out->entry];
    out->row.title = arena_strdup(&rows->arena, db_text(st, 6));
    if (sqlite3_column_type(st, 7) != SQLITE_NULL)
        out->row.printed = arena_strdup(&rows->arena, db_text(st, 7));
    out->row.short_title =
        sqlite3_column_type(st, 8) == SQLITE_NULL ? out->row.title : arena_strdup(&rows->arena, db_text(st, 8));
    out->row.from = sqlite3_column_int(st, 9);
    out->row.to = sqlite3_column_int(st, 10);
}

static enum status load_versions(sqlite3 *db, struct rows *rows, struct error *err)
{
    static const char sql[] = "SELECT id, entry, parent, kind, billable, family, title, printed, short, from_date, to_date"
                              " FROM version";
    sqlite3_int64 top = 0;
    sqlite3_stmt *st = NULL;
    enum status rc = db_number(db, "SELECT max(id) FROM version", &top, err);

    if (rc == ST_OK)
        rc = db_prepare(db, sql, &st, err);
    if (rc)
        return rc;
    rows->nversions = (size_t)top;
    rows->versions = mem_alloc((rows->nversions + 1) * sizeof *rows->versions);
    while (sqlite3_step(st) == SQLITE_ROW) {
        const sqlite3_int64 id = sqlite3_column_int64(st, 0);
        if (id > 0 && id <= top)
            version_row(rows, st, &rows->versions[id]);
    }
    return sqlite3_finalize(st) == SQLITE_OK ? ST_OK : db_fail(db, NULL, err);
}

static enum status load_list(sqlite3 *db, struct rows *rows, enum item_list list, struct error *err)
{
    static const char *const sql[] = {
        [LIST_NOTES] = "SELECT entry, mask, kind, text, '' FROM note ORDER BY id",
        [LIST_SEVENTHS] = "SELECT entry, mask, unicode(ch), text, note FROM seventh ORDER BY id",
        [LIST_FACTS] = "SELECT entry, mask, 0, name, value FROM fact ORDER BY id",
    };
    sqlite3_stmt *st = NULL;
    const enum status rc = db_prepare(db, sql[list], &st, err);

    if (rc)
        return rc;
    while (sqlite3_step(st) == SQLITE_ROW) {
        struct old_item item = {(uint32_t)sqlite3_column_int64(st, 0), (uint64_t)sqlite3_column_int64(st, 1),
                                sqlite3_column_int(st, 2), NULL, NULL};
        if (item.entry == 0 || item.entry > rows->nentries)
            continue;
        item.text = arena_strdup(&rows->arena, db_text(st, 3));
        item.more = arena_strdup(&rows->arena, db_text(st, 4));
        VEC_PUSH(&rows->list[list], item);
    }
    rows->first[list] = mem_alloc((rows->nentries + 1) * sizeof **rows->first);
    for (size_t i = 0; i <= rows->nentries; i++)
        rows->first[list][i] = (uint32_t)rows->list[list].len;
    for (size_t i = rows->list[list].len; i-- > 0;)
        rows->first[list][rows->list[list].items[i].entry] = (uint32_t)i;
    return sqlite3_finalize(st) == SQLITE_OK ? ST_OK : db_fail(db, NULL, err);
}

enum status rows_load(sqlite3 *db, struct rows **out, struct error *err)
{
    struct rows *rows = mem_alloc(sizeof *rows);
    enum status rc = load_entries(db, rows, err);

    if (rc == ST_OK)
        rc = load_versions(db, rows, err);
    for (int list = 0; list < 3 && rc == ST_OK; list++)
        rc = load_list(db, rows, (enum item_list)list, err);
    if (rc == ST_OK)
        rc = load_terms(db, rows, err);
    if (rc == ST_OK)
        rc = load_guidelines(db, rows, err);
    if (rc == ST_OK)
        rc = load_replacements(db, rows, err);
    if (rc)
        rows_free(rows);
    else
        *out = rows;
    return rc;
}

static void take_items(const struct rows *rows, struct edition *ed, enum item_list list, uint32_t entry, uint32_t place,
                       uint64_t bit)
{
    for (size_t i = rows->first[list][entry]; i < rows->list[list].len && rows->list[list].items[i].entry == entry; i++) {
        const struct old_item *item = &rows->list[list].items[i];
        if (!(item->mask & bit))
            continue;
        if (list == LIST_NOTES) {
            const struct ed_note note = {place, (enum note_kind)item->kind, item->text};
            VEC_PUSH(&ed->notes, note);
        } else if (list == LIST_SEVENTHS) {
            const struct ed_seventh seventh = {place, (char)item->kind, item->text, item->more};
            VEC_PUSH(&ed->sevenths, seventh);
        } else {
            const struct ed_fact fact = {place, item->text, item->more};
            VEC_PUSH(&ed->facts, fact);
        }
    }
}

/* Walks the sequence of a release and fills the edition's entries and lists. */
static enum status fill_edition(const struct rows *rows, const uint32_t *ids, size_t n, int bit, struct edition *ed,
                                struct error *err)
{
    int32_t *place_of = mem_alloc((rows->nentries + 1) * sizeof *place_of);
    enum status rc = ST_OK;

    for (size_t i = 0; i <= rows->nentries; i++)
        place_of[i] = NO_PARENT;
    for (size_t i = 0; i < n && rc == ST_OK; i++) {
        if (ids[i] > rows->nversions || rows->versions[ids[i]].entry == 0) {
            rc = error_set(err, ST_SHELF, "shelf: damaged: the order of %s names a row that is not there", ed->name);
            break;
        }
        const struct old_version *v = &rows->versions[ids[i]];
        struct ed_entry row = v->row;
        row.parent = v->parent && v->parent <= rows->nentries ? place_of[v->parent] : NO_PARENT;
        VEC_PUSH(&ed->entries, row);
        place_of[v->entry] = (int32_t)i;
        for (int list = 0; list < 3; list++)
            take_items(rows, ed, (enum item_list)list, v->entry, (uint32_t)i, UINT64_C(1) << bit);
    }
    free(place_of);
    return rc;
}

static enum status load_sources(sqlite3 *db, int64_t release, struct edition *ed, struct error *err)
{
    static const char sql[] = "SELECT component, name, bytes, sha256, imported FROM source WHERE release = ? ORDER BY rowid";
    sqlite3_stmt *st = NULL;
    enum status rc = db_prepare(db, sql, &st, err);

    if (rc)
        return rc;
    sqlite3_bind_int64(st, 1, release);
    while (sqlite3_step(st) == SQLITE_ROW) {
        struct ed_source source = {(enum component)sqlite3_column_int(st, 0), arena_strdup(&ed->arena, db_text(st, 1)),
                                   (uint64_t)sqlite3_column_int64(st, 2), "", sqlite3_column_int64(st, 4)};
        memcpy(source.sha256, db_text(st, 3), (size_t)sqlite3_column_bytes(st, 3) < SHA256_TEXT ? (size_t)sqlite3_column_bytes(st, 3) : 0);
        VEC_PUSH(&ed->sources, source);
    }
    return sqlite3_finalize(st) == SQLITE_OK ? rc : db_fail(db, NULL, err);
}

static enum status load_front(sqlite3 *db, int64_t release, struct edition *ed, struct error *err)
{
    sqlite3_stmt *st = NULL;
    const enum status rc = db_prepare(db, "SELECT kind, title, text FROM front WHERE release = ? ORDER BY rowid", &st, err);

    if (rc)
        return rc;
    sqlite3_bind_int64(st, 1, release);
    while (sqlite3_step(st) == SQLITE_ROW) {
        const struct ed_front front = {arena_strdup(&ed->arena, db_text(st, 0)), arena_strdup(&ed->arena, db_text(st, 1)),
                                       arena_strdup(&ed->arena, db_text(st, 2))};
        VEC_PUSH(&ed->front, front);
    }
    return sqlite3_finalize(st) == SQLITE_OK ? ST_OK : db_fail(db, NULL, err);
}

static enum status load_coverage(sqlite3 *db, int64_t release, struct edition *ed, struct error *err)
{
    sqlite3_stmt *st = NULL;
    const enum status rc = db_prepare(db, "SELECT component FROM coverage WHERE release = ?", &st, err);

    if (rc)
        return rc;
    sqlite3_bind_int64(st, 1, release);
    while (sqlite3_step(st) == SQLITE_ROW)
        ed->coverage |= UINT32_C(1) << (sqlite3_column_int(st, 0) & 31);
    return sqlite3_finalize(st) == SQLITE_OK ? ST_OK : db_fail(db, NULL, err);
}

static enum status load_book(sqlite3 *db, const struct rows *rows, int64_t release, struct edition *ed, struct error *err)
{
    static const char sql[] = "SELECT s.runs, r.bit FROM sequence s JOIN release r ON r.id = s.release WHERE r.id = ? AND s.book = 0";
    sqlite3_stmt *st = NULL;
    uint32_t *ids = NULL;
    size_t n = 0;
    enum status rc = db_prepare(db, sql, &st, err);

    if (rc)
        return rc;
    sqlite3_bind_int64(st, 1, release);
    if (sqlite3_step(st) == SQLITE_ROW)
        rc = sequence_decode(sqlite3_column_blob(st, 0), (size_t)sqlite3_column_bytes(st, 0), &ids, &n, err);
    if (rc == ST_OK) {
        const int bit = sqlite3_column_int(st, 1) & 63;
        take_replacements(rows, bit, ed);
        rc = fill_edition(rows, ids, n, bit, ed, err);
    }
    free(ids);
    sqlite3_finalize(st);
    return rc;
}

enum status rows_edition(sqlite3 *db, struct rows *rows, const struct slot *slot, struct edition **out, struct error *err)
{
    struct edition *ed = edition_new(slot->set, slot->name, slot->from);
    enum status rc = load_coverage(db, slot->id, ed, err);

    if (rc == ST_OK)
        rc = load_sources(db, slot->id, ed, err);
    if (rc == ST_OK)
        rc = load_front(db, slot->id, ed, err);
    if (rc == ST_OK)
        rc = load_book(db, rows, slot->id, ed, err);
    if (rc == ST_OK)
        rc = take_books(db, rows, slot->id, ed, err);
    if (rc)
        edition_free(ed);
    else
        *out = ed;
    return rc;
}
