/* entries.c - entries by place and by code, and the ways between them: up, down, along the book. */
#include <stdlib.h>
#include <string.h>

#include "inside.h"

static bool in_force(const struct entry *e, date d)
{
    return (e->from == 0 || e->from <= d) && (e->to == 0 || d <= e->to);
}

static bool set_loaded(const struct shelf *s, enum codeset set, struct error *err)
{
    if (s->books[set].release)
        return true;
    error_set(err, ST_NONE, "no release of %s is loaded", codeset_title(set));
    return false;
}

enum status entry_of_version(struct shelf *s, enum codeset set, int64_t version, struct arena *a, struct entry *out,
                             struct error *err)
{
    static const char sql[] =
        "SELECT v.entry, v.kind, v.billable, v.family, v.title, v.printed, v.short, v.from_date, v.to_date, e.code,"
        " (SELECT p.id FROM version p WHERE p.entry = v.parent AND p.mask & ?2)"
        " FROM version v JOIN entry e ON e.id = v.entry WHERE v.id = ?1";
    struct book *b = &s->books[set];
    sqlite3_stmt *q;
    enum status st = sequence_load(s, set, err);

    memset(out, 0, sizeof *out);
    if (st != ST_OK || (st = sql_open(s, sql, &q, err)) != ST_OK)
        return st;
    sqlite3_bind_int64(q, 1, version);
    sqlite3_bind_int64(q, 2, release_mask(s, b->release));
    if ((st = sql_row(s, q, err)) != ST_OK)
        return st == ST_NONE ? error_set(err, ST_SHELF, "the shelf lacks an entry that its order names; import again") : st;
    out->set = set;
    out->id = sqlite3_column_int64(q, 0);
    out->version = version;
    out->kind = (enum kind)sqlite3_column_int(q, 1);
    out->family = sqlite3_column_int(q, 3);
    out->title = sql_text(a, q, 4);
    out->printed = sqlite3_column_type(q, 5) == SQLITE_NULL ? NULL : sql_text(a, q, 5);
    out->short_title = sqlite3_column_type(q, 6) == SQLITE_NULL ? out->title : sql_text(a, q, 6);
    out->from = sqlite3_column_int(q, 7);
    out->to = sqlite3_column_int(q, 8);
    out->billable = sqlite3_column_int(q, 2) && in_force(out, shelf_date(s));
    const char *code = (const char *)sqlite3_column_text(q, 9);
    const size_t n = code ? strnlen(code, CODE_MAX - 1) : 0;
    if (code)
        memcpy(out->code, code, n);
    out->place = sequence_place(b, version);
    out->parent = sqlite3_column_type(q, 10) == SQLITE_NULL ? PLACE_NONE : sequence_place(b, sqlite3_column_int64(q, 10));
    sqlite3_reset(q);
    /* Kinds index tables, and parents before children is what ends every walk up. */
    if (out->kind >= KIND_COUNT || (out->parent != PLACE_NONE && out->parent >= out->place))
        return error_set(err, ST_SHELF, "the entry %s on the shelf is damaged; import again", out->code);
    return ST_OK;
}

enum status shelf_entry_at(struct shelf *s, enum codeset set, uint32_t place, struct arena *a, struct entry *out,
                           struct error *err)
{
    enum status st = sequence_load(s, set, err);

    if (st != ST_OK)
        return st;
    if (place >= s->books[set].size)
        return error_set(err, ST_NONE, "the book of %s has no entry %lu", codeset_title(set), (unsigned long)place);
    return entry_of_version(s, set, sequence_version(&s->books[set], place), a, out, err);
}

uint32_t shelf_book_size(struct shelf *s, enum codeset set)
{
    return sequence_load(s, set, NULL) == ST_OK ? s->books[set].size : 0;
}

enum status shelf_lookup(struct shelf *s, enum codeset set, const char *code, struct arena *a, struct entry *out,
                         struct error *err)
{
    static const char sql[] = "SELECT v.id FROM entry e JOIN version v ON v.entry = e.id AND v.mask & ?3"
                              " WHERE e.codeset = ?1 AND e.code = ?2 ORDER BY e.class LIMIT 1";
    sqlite3_stmt *q;
    enum status st;

    if (!set_loaded(s, set, err))
        return ST_NONE;
    if ((st = sql_open(s, sql, &q, err)) != ST_OK)
        return st;
    sqlite3_bind_int(q, 1, (int)set);
    sqlite3_bind_text(q, 2, code, -1, SQLITE_STATIC);
    sqlite3_bind_int64(q, 3, release_mask(s, s->books[set].release));
    st = sql_row(s, q, err);
    if (st == ST_OK) {
        const int64_t version = sqlite3_column_int64(q, 0);
        sqlite3_reset(q);
        return entry_of_version(s, set, version, a, out, err);
    }
    if (st == ST_NONE)
        error_set(err, ST_NONE, "%s has no %s", s->books[set].release->name, code);
    return st;
}

enum status shelf_path(struct shelf *s, const struct entry *e, struct arena *a, const struct entry **out, size_t *n,
                       struct error *err)
{
    struct entry up[PATH_DEPTH_MAX];
    size_t depth = 0;

    *out = NULL;
    *n = 0;
    for (uint32_t place = e->parent; place != PLACE_NONE; place = up[depth++].parent) {
        if (depth == PATH_DEPTH_MAX)
            return error_set(err, ST_SHELF, "the entry %s on the shelf is damaged; import again", e->code);
        const enum status st = shelf_entry_at(s, e->set, place, a, &up[depth], err);
        if (st != ST_OK)
            return st;
    }
    struct entry *path = arena_alloc(a, depth * sizeof *path);
    for (size_t i = 0; i < depth; i++)
        path[i] = up[depth - 1 - i];
    *out = path;
    *n = depth;
    return ST_OK;
}

static int by_number(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

struct places {
    uint32_t *items;
    size_t len, cap;
};

/* The places of the children of an entry (by row id), ascending. The caller frees items, whatever the status. */
static enum status child_places(struct shelf *s, enum codeset set, int64_t entry, struct places *out, struct error *err)
{
    static const char sql[] = "SELECT id FROM version WHERE parent = ?1 AND mask & ?2";
    sqlite3_stmt *q;
    enum status st = sequence_load(s, set, err);

    if (st != ST_OK || (st = sql_open(s, sql, &q, err)) != ST_OK)
        return st;
    sqlite3_bind_int64(q, 1, entry);
    sqlite3_bind_int64(q, 2, release_mask(s, s->books[set].release));
    while ((st = sql_row(s, q, err)) == ST_OK) {
        const uint32_t place = sequence_place(&s->books[set], sqlite3_column_int64(q, 0));
        if (place != PLACE_NONE)
            VEC_PUSH(out, place);
    }
    if (out->len)
        qsort(out->items, out->len, sizeof *out->items, by_number);
    return st == ST_NONE ? ST_OK : st;
}

enum status shelf_children(struct shelf *s, const struct entry *e, struct arena *a, const struct entry **out, size_t *n,
                           struct error *err)
{
    struct places places = {0};
    struct entry *found = NULL;

    *out = NULL;
    *n = 0;
    enum status st = child_places(s, e->set, e->id, &places, err);
    if (st == ST_OK)
        st = shelf_entries(s, e->set, places.items, places.len, a, &found, err);
    if (st == ST_OK) {
        *out = found;
        *n = places.len;
    }
    free(places.items);
    return st;
}

/* Follows the last child down to the last entry of all. */
uint32_t shelf_subtree_end(struct shelf *s, enum codeset set, uint32_t place)
{
    static const char sql[] = "SELECT entry FROM version WHERE id = ?1";

    for (;;) {
        struct places places = {0};
        sqlite3_stmt *q;

        if (sequence_load(s, set, NULL) != ST_OK || place >= s->books[set].size || sql_open(s, sql, &q, NULL) != ST_OK)
            return place;
        sqlite3_bind_int64(q, 1, sequence_version(&s->books[set], place));
        if (sql_row(s, q, NULL) != ST_OK)
            return place + 1;
        const int64_t entry = sqlite3_column_int64(q, 0);
        sqlite3_reset(q);
        const enum status st = child_places(s, set, entry, &places, NULL);
        const uint32_t last = places.len ? places.items[places.len - 1] : place;
        free(places.items);
        if (st != ST_OK || last <= place)
            return place + 1;
        place = last;
    }
}

enum status shelf_entries(struct shelf *s, enum codeset set, const uint32_t *places, size_t n, struct arena *a,
                          struct entry **out, struct error *err)
{
    struct entry *found = arena_alloc(a, n * sizeof *found);

    *out = NULL;
    for (size_t i = 0; i < n; i++) {
        const enum status st = shelf_entry_at(s, set, places[i], a, &found[i], err);
        if (st != ST_OK)
            return st;
    }
    *out = found;
    return ST_OK;
}
