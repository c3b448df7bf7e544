/* notes.c - the collections on the desk, and their notes by code. */
#include <stdlib.h>
#include <string.h>

#include "inside.h"

enum status desk_collections(struct desk *d, struct arena *a, const struct collection **out, size_t *n, struct error *err)
{
    static const char sql[] = "SELECT name, about, source, imported, (SELECT count(*) FROM note WHERE collection = c.id)"
                              " FROM collection c ORDER BY name";
    struct {
        struct collection *items;
        size_t len, cap;
    } all = {0};
    sqlite3_stmt *q = NULL;
    enum status st = query_open(d, sql, &q, err);
    while (st == ST_OK && (st = query_row(d, q, err)) == ST_OK) {
        const struct collection c = {query_text(a, q, 0), query_text(a, q, 1), query_text(a, q, 2), sqlite3_column_int64(q, 3),
                                     (size_t)sqlite3_column_int64(q, 4)};
        VEC_PUSH(&all, c);
    }
    sqlite3_finalize(q);
    struct collection *copy = arena_alloc(a, all.len * sizeof *copy);
    if (all.len)
        memcpy(copy, all.items, all.len * sizeof *copy);
    free(all.items);
    *out = copy;
    *n = all.len;
    return st == ST_NONE ? ST_OK : st;
}

/* Runs a statement with one number. */
static enum status run_with(const struct desk *d, const char *sql, sqlite3_int64 value, struct error *err)
{
    sqlite3_stmt *q = NULL;
    enum status st = query_open(d, sql, &q, err);
    if (st == ST_OK) {
        sqlite3_bind_int64(q, 1, value);
        st = query_run(d, q, err);
    }
    sqlite3_finalize(q);
    return st;
}

enum status collection_delete(const struct desk *d, const char *name, size_t *notes, struct error *err)
{
    sqlite3_stmt *q = NULL;
    sqlite3_int64 id = 0;
    enum status st = query_open(d, "SELECT id FROM collection WHERE name = ?1", &q, err);
    if (st == ST_OK) {
        query_bind_text(q, 1, name);
        st = query_row(d, q, err);
        id = st == ST_OK ? sqlite3_column_int64(q, 0) : 0;
    }
    sqlite3_finalize(q);
    if (st == ST_OK)
        st = run_with(d, "DELETE FROM note_range WHERE note IN (SELECT id FROM note WHERE collection = ?1)", id, err);
    if (st == ST_OK)
        st = run_with(d, "DELETE FROM note WHERE collection = ?1", id, err);
    if (st == ST_OK && notes)
        *notes = (size_t)sqlite3_changes(d->db);
    return st == ST_OK ? run_with(d, "DELETE FROM collection WHERE id = ?1", id, err) : st;
}

enum status desk_remove(struct desk *d, const char *name, size_t *notes, struct error *err)
{
    enum status st = desk_begin(d, err);
    if (st == ST_OK)
        st = desk_end(d, collection_delete(d, name, notes, err), err);
    return st == ST_NONE ? error_set(err, ST_NONE, "no collection \"%s\" on this desk", name) : st;
}

/* A code column; one that is too long for a code, which only a damaged desk has, becomes empty. */
static void read_code(sqlite3_stmt *q, int column, char out[CODE_MAX])
{
    const unsigned char *text = sqlite3_column_text(q, column);
    const size_t n = text ? strlen((const char *)text) : 0;
    out[0] = '\0';
    if (n < CODE_MAX && n > 0)
        memcpy(out, text, n + 1);
}

enum status desk_ranges(struct desk *d, enum codeset set, const char *code, struct arena *a, const struct note_range **out,
                        size_t *n, struct error *err)
{
    /* A scan of the whole table: some thousands of rows at most, and a range needs looking at whatever its ends. */
    static const char sql[] = "SELECT r.note, r.first, r.last"
                              " FROM note_range r JOIN note n ON n.id = r.note JOIN collection c ON c.id = n.collection"
                              " WHERE r.codeset = ?1 AND (r.first <> r.last OR substr(?2, 1, length(r.first)) = r.first)"
                              " ORDER BY c.name, n.id, r.ordinal";
    struct {
        struct note_range *items;
        size_t len, cap;
    } all = {0};
    sqlite3_stmt *q = NULL;
    enum status st = query_open(d, sql, &q, err);
    if (st == ST_OK) {
        sqlite3_bind_int(q, 1, (int)set);
        query_bind_text(q, 2, code);
    }
    while (st == ST_OK && (st = query_row(d, q, err)) == ST_OK) {
        struct note_range r = {.note = sqlite3_column_int64(q, 0)};
        read_code(q, 1, r.first);
        read_code(q, 2, r.last);
        VEC_PUSH(&all, r);
    }
    sqlite3_finalize(q);
    struct note_range *copy = arena_alloc(a, all.len * sizeof *copy);
    if (all.len)
        memcpy(copy, all.items, all.len * sizeof *copy);
    free(all.items);
    *out = copy;
    *n = all.len;
    return st == ST_NONE ? ST_OK : st;
}

static const char *print_range(enum codeset set, const char *first, const char *last, struct arena *a)
{
    char from[CODE_MAX], to[CODE_MAX];
    code_print(set, first, from);
    return strcmp(first, last) == 0 ? arena_strdup(a, from) : arena_printf(a, "%s-%s", from, code_print(set, last, to));
}

static enum status read_codes(struct desk *d, int64_t id, struct arena *a, struct desk_note *out, struct error *err)
{
    static const char sql[] = "SELECT codeset, first, last, (SELECT count(*) FROM note_range WHERE note = ?1)"
                              " FROM note_range WHERE note = ?1 ORDER BY ordinal";
    const char **codes = NULL;
    sqlite3_stmt *q = NULL;
    enum status st = query_open(d, sql, &q, err);
    if (st == ST_OK)
        sqlite3_bind_int64(q, 1, id);
    while (st == ST_OK && (st = query_row(d, q, err)) == ST_OK) {
        char first[CODE_MAX], last[CODE_MAX];
        const int set = sqlite3_column_int(q, 0);
        if (!codes)
            codes = arena_alloc(a, (size_t)sqlite3_column_int64(q, 3) * sizeof *codes);
        read_code(q, 1, first);
        read_code(q, 2, last);
        codes[out->ncodes++] = print_range(set >= 0 && set < SET_COUNT ? (enum codeset)set : SET_CPT, first, last, a);
    }
    sqlite3_finalize(q);
    out->codes = codes;
    return st == ST_NONE ? ST_OK : st;
}

enum status desk_note(struct desk *d, int64_t id, struct arena *a, struct desk_note *out, struct error *err)
{
    static const char sql[] = "SELECT c.name, n.text FROM note n JOIN collection c ON c.id = n.collection WHERE n.id = ?1";
    sqlite3_stmt *q = NULL;
    enum status st = query_open(d, sql, &q, err);
    *out = (struct desk_note){0};
    if (st == ST_OK) {
        sqlite3_bind_int64(q, 1, id);
        st = query_row(d, q, err);
    }
    if (st == ST_OK) {
        out->collection = query_text(a, q, 0);
        out->text = query_text(a, q, 1);
    }
    sqlite3_finalize(q);
    return st == ST_OK ? read_codes(d, id, a, out, err) : st;
}
