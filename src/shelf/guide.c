/* guide.c - the Official Guidelines: sections in their order, by number, by words, and those that bear on a code.
 *
 * A section bears on a code when it names it, an entry above it or a range that holds it (refs.c); and what the guidelines say
 * of a chapter, I.C.n, bears on every code of the chapter n. */
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "refs_inside.h"
#include "terms_inside.h"

#define COLUMNS "id, section, title, text, depth"

const struct release *guide_release(const struct shelf *s, bool *other)
{
    return terms_release(s, SET_ICD10CM, COMP_GUIDELINES, other);
}

static enum status open_book(struct shelf *s, struct book **out, struct error *err)
{
    return sequence_load_other(s, SET_ICD10CM, COMP_GUIDELINES, out, err);
}

uint32_t guide_size(struct shelf *s)
{
    struct book *b;
    return open_book(s, &b, NULL) == ST_OK ? b->size : 0;
}

/* Reads the row of a statement that gives COLUMNS. */
static void take_guideline(struct book *b, sqlite3_stmt *q, struct arena *a, struct guideline *out)
{
    memset(out, 0, sizeof *out);
    out->id = sqlite3_column_int64(q, 0);
    out->section = sql_text(a, q, 1);
    out->title = sql_text(a, q, 2);
    out->text = sql_text(a, q, 3);
    out->depth = sqlite3_column_int(q, 4);
    out->place = sequence_place(b, out->id);
}

enum status guideline_of_id(struct shelf *s, int64_t id, struct arena *a, struct guideline *out, struct error *err)
{
    static const char sql[] = "SELECT " COLUMNS " FROM guideline WHERE id = ?1 AND mask & ?2";
    struct book *b;
    sqlite3_stmt *q;
    enum status st = open_book(s, &b, err);

    if (st != ST_OK || (st = sql_open(s, sql, &q, err)) != ST_OK)
        return st;
    sqlite3_bind_int64(q, 1, id);
    sqlite3_bind_int64(q, 2, release_mask(s, b->release));
    if ((st = sql_row(s, q, err)) != ST_OK)
        return st;
    take_guideline(b, q, a, out);
    sqlite3_reset(q);
    return ST_OK;
}

enum status guide_at(struct shelf *s, uint32_t place, struct arena *a, struct guideline *out, struct error *err)
{
    struct book *b;
    enum status st = open_book(s, &b, err);

    if (st != ST_OK)
        return st;
    if (place >= b->size)
        return error_set(err, ST_NONE, "the guidelines have no section %lu", (unsigned long)place);
    if ((st = guideline_of_id(s, sequence_version(b, place), a, out, err)) == ST_NONE)
        return error_set(err, ST_SHELF, "the shelf lacks a section that the order of the guidelines names; import again");
    return st;
}

enum status guide_find(struct shelf *s, const char *section, struct arena *a, struct guideline *out, struct error *err)
{
    static const char sql[] = "SELECT " COLUMNS " FROM guideline WHERE section = ?1 COLLATE NOCASE AND mask & ?2";
    size_t n = strlen(section);
    struct book *b;
    sqlite3_stmt *q;
    enum status st = open_book(s, &b, err);

    if (st != ST_OK || (st = sql_open(s, sql, &q, err)) != ST_OK)
        return st;
    if (!b->release)
        return error_set(err, ST_NONE, "no guidelines are loaded");
    section += strspn(section, " ");
    n = strlen(section);
    while (n > 0 && (section[n - 1] == '.' || section[n - 1] == ' '))
        n--;
    sqlite3_bind_text(q, 1, section, (int)n, SQLITE_STATIC);
    sqlite3_bind_int64(q, 2, release_mask(s, b->release));
    st = sql_row(s, q, err);
    if (st == ST_OK) {
        take_guideline(b, q, a, out);
        sqlite3_reset(q);
    } else if (st == ST_NONE) {
        error_set(err, ST_NONE, "the guidelines of %s have no section %.40s", b->release->name, section);
    }
    sqlite3_clear_bindings(q);
    return st;
}

enum status guide_search(struct shelf *s, const char *words, size_t limit, struct arena *a, const struct guideline **out,
                         size_t *n, struct error *err)
{
    static const char sql[] = "SELECT g.id, g.section, g.title, g.text, g.depth FROM fts_guideline f"
                              " CROSS JOIN guideline g ON g.id = f.rowid WHERE fts_guideline MATCH ?1 AND g.mask & ?2"
                              " ORDER BY bm25(fts_guideline, 8.0, 1.0), g.id LIMIT ?3";
    struct {
        struct guideline *items;
        size_t len, cap;
    } found = {0};
    struct buf match = {0};
    struct asked asked;
    struct book *b;
    sqlite3_stmt *q;
    enum status st = open_book(s, &b, err);

    *out = NULL;
    *n = 0;
    asked_read(words, true, &asked);
    if (st != ST_OK || !b->release || !asked_words(&asked, &match) || (st = sql_open(s, sql, &q, err)) != ST_OK)
        goto done;
    sqlite3_bind_text(q, 1, match.text, -1, SQLITE_STATIC);
    sqlite3_bind_int64(q, 2, release_mask(s, b->release));
    sqlite3_bind_int64(q, 3, (int64_t)limit);
    while ((st = sql_row(s, q, err)) == ST_OK) {
        struct guideline g;
        take_guideline(b, q, a, &g);
        VEC_PUSH(&found, g);
    }
    sqlite3_clear_bindings(q);
    st = st == ST_NONE ? ST_OK : st;
    if (found.len)
        *out = memcpy(arena_alloc(a, found.len * sizeof *found.items), found.items, found.len * sizeof *found.items);
    *n = found.len;
done:
    free(found.items);
    buf_free(&match);
    return st;
}

/* --- what bears on a code ------------------------------------------------------------------------------------------- */

static int by_distance(const void *a, const void *b)
{
    const struct reach *x = a, *y = b;

    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* The section of the chapter that an entry stands in; ST_NONE when the guidelines have none. */
static enum status chapter_section(struct shelf *s, const struct entry *e, struct arena *a, struct guideline *out,
                                   struct error *err)
{
    const struct entry *path;
    size_t n;
    const enum status st = shelf_path(s, e, a, &path, &n, err);

    if (st != ST_OK)
        return st;
    return guide_find(s, arena_printf(a, "I.C.%s", n ? path[0].code : e->code), a, out, NULL);
}

/* The sections reached, nearest first, but for the one given: its heading names the whole chapter. */
static enum status take_sections(struct shelf *s, struct reaches *reaches, int64_t but, struct arena *a, struct bearing *out,
                                 size_t *n, struct error *err)
{
    struct book *b;
    enum status st = open_book(s, &b, err);

    for (size_t i = 0; i < reaches->len && st == ST_OK; i++)
        reaches->items[i].place = sequence_place(b, reaches->items[i].id);
    if (reaches->len)
        qsort(reaches->items, reaches->len, sizeof *reaches->items, by_distance);
    for (size_t i = 0; i < reaches->len && st == ST_OK; i++) {
        const struct reach *r = &reaches->items[i];
        if (r->id == but || r->place == PLACE_NONE)
            continue;
        st = guideline_of_id(s, r->id, a, &out[*n].guideline, err);
        if (st == ST_OK)
            out[(*n)++].named = r->named;
        st = st == ST_NONE ? ST_OK : st;
    }
    return st;
}

enum status guide_for(struct shelf *s, const struct entry *e, struct arena *a, const struct bearing **out, size_t *n,
                      struct error *err)
{
    struct reaches reaches = {0};
    struct guideline chapter = {0};
    size_t count = 0;

    *out = NULL;
    *n = 0;
    if (e->set != SET_ICD10CM)
        return ST_OK;
    enum status st = chapter_section(s, e, a, &chapter, err);
    if (st == ST_OK || st == ST_NONE)
        st = reaches_find(s, e, REF_GUIDELINE, a, &reaches, err);
    struct bearing *found = arena_alloc(a, (reaches.len + 1) * sizeof *found);
    if (st == ST_OK)
        st = take_sections(s, &reaches, chapter.id, a, found, &count, err);
    if (st == ST_OK && chapter.id)
        found[count++].guideline = chapter;
    if (st == ST_OK && count) {
        *out = found;
        *n = count;
    }
    free(reaches.items);
    return st;
}
