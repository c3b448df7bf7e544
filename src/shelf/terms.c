/* terms.c - the indexes and tables of the book, row by row.
 *
 * A row of an index is a version of a node (schema.sql); a book of a release is a sequence of versions. Every answer comes from
 * one release, the one terms_release names, and never mixes rows of two. */
#include <stdlib.h>
#include <string.h>

#include "terms_inside.h"

const struct release *terms_release(const struct shelf *s, enum codeset set, enum component book, bool *other)
{
    const struct release *own = s->books[set].release, *near = shelf_component(s, set, book);
    const struct release *before = NULL, *after = NULL;

    *other = false;
    if (near || !own)
        return near;
    for (size_t i = 0; i < s->nreleases; i++) { /* in calendar order */
        const struct release *r = &s->releases[i];
        if (r->set != set || !(r->coverage & (1u << book)))
            continue;
        if (r->from < own->from)
            before = r;
        else if (!after)
            after = r;
    }
    near = before ? before : after;
    *other = near != NULL;
    return near;
}

const char *const *terms_columns(enum codeset set, enum component book, size_t *n)
{
    static const char *const neoplasm[] = {"Neoplasm", "Malignant Primary",  "Malignant Secondary", "Ca in situ",
                                           "Benign",   "Uncertain Behavior", "Unspecified Behavior"};
    static const char *const drugs[] = {"Substance",
                                        "Poisoning, Accidental (unintentional)",
                                        "Poisoning, Intentional self-harm",
                                        "Poisoning, Assault",
                                        "Poisoning, Undetermined",
                                        "Adverse effect",
                                        "Underdosing"};
    static const char *const hcpcs[] = {"Drug name", "Unit per", "Route", "Code"};

    if (set == SET_HCPCS && book == COMP_DRUGS) {
        *n = sizeof hcpcs / sizeof *hcpcs;
        return hcpcs;
    }
    *n = book == COMP_NEOPLASM || book == COMP_DRUGS ? sizeof drugs / sizeof *drugs : 0;
    return book == COMP_NEOPLASM ? neoplasm : book == COMP_DRUGS ? drugs : NULL;
}

uint32_t terms_size(struct shelf *s, enum codeset set, enum component book)
{
    struct book *b;
    return sequence_load_other(s, set, book, &b, NULL) == ST_OK ? b->size : 0;
}

enum status term_of_id(struct shelf *s, int64_t id, struct arena *a, struct term *out, struct error *err)
{
    static const char sql[] = "SELECT codeset, book, depth, node, parent, mask, path, title, nemod, codes, manifestation, see,"
                              " see_also, see_category, cells FROM term WHERE id = ?1";
    struct book *b;
    sqlite3_stmt *q;
    enum status st = sql_open(s, sql, &q, err);

    memset(out, 0, sizeof *out);
    if (st != ST_OK)
        return st;
    sqlite3_bind_int64(q, 1, id);
    if ((st = sql_row(s, q, err)) != ST_OK)
        return st;
    const int set = sqlite3_column_int(q, 0), book = sqlite3_column_int(q, 1);
    const int64_t mask = sqlite3_column_int64(q, 5);
    out->set = (enum codeset)set;
    out->book = (enum component)book;
    out->depth = sqlite3_column_int(q, 2);
    out->id = id;
    out->node = sqlite3_column_int64(q, 3);
    out->parent = sqlite3_column_int64(q, 4);
    out->path = sql_text(a, q, 6);
    out->title = sql_text(a, q, 7);
    out->nemod = sql_text(a, q, 8);
    out->codes = sql_text(a, q, 9);
    out->manifestation = sql_text(a, q, 10);
    out->see = sql_text(a, q, 11);
    out->see_also = sql_text(a, q, 12);
    out->see_category = sql_text(a, q, 13);
    out->cells = sql_text(a, q, 14);
    sqlite3_reset(q);
    if (set < 0 || set >= SET_COUNT || book < 0 || book >= COMP_COUNT)
        return error_set(err, ST_SHELF, "a row of an index on the shelf is damaged; import again");
    if ((st = sequence_load_other(s, out->set, out->book, &b, err)) != ST_OK)
        return st;
    if (!(mask & release_mask(s, b->release)))
        return ST_NONE;
    out->place = sequence_place(b, id);
    return ST_OK;
}

enum status terms_at(struct shelf *s, enum codeset set, enum component book, uint32_t place, struct arena *a, struct term *out,
                     struct error *err)
{
    struct book *b;
    enum status st = sequence_load_other(s, set, book, &b, err);

    if (st != ST_OK)
        return st;
    if (place >= b->size)
        return error_set(err, ST_NONE, "the %s of %s has no row %lu", component_name(book), codeset_title(set),
                         (unsigned long)place);
    if ((st = term_of_id(s, sequence_version(b, place), a, out, err)) == ST_NONE)
        return error_set(err, ST_SHELF, "the shelf lacks a row that the order of an index names; import again");
    return st;
}

/* The row of a node in the release of a book. */
static enum status term_of_node(struct shelf *s, const struct book *b, int64_t node, struct arena *a, struct term *out,
                                struct error *err)
{
    static const char sql[] = "SELECT id FROM term WHERE node = ?1 AND mask & ?2";
    sqlite3_stmt *q;
    enum status st = sql_open(s, sql, &q, err);

    if (st != ST_OK)
        return st;
    sqlite3_bind_int64(q, 1, node);
    sqlite3_bind_int64(q, 2, release_mask(s, b->release));
    if ((st = sql_row(s, q, err)) != ST_OK)
        return st;
    const int64_t id = sqlite3_column_int64(q, 0);
    sqlite3_reset(q);
    return term_of_id(s, id, a, out, err);
}

enum status terms_path(struct shelf *s, const struct term *t, struct arena *a, const struct term **out, size_t *n,
                       struct error *err)
{
    struct term up[TERM_DEPTH_MAX];
    size_t depth = 0;
    struct book *b;
    enum status st = sequence_load_other(s, t->set, t->book, &b, err);

    *out = NULL;
    *n = 0;
    for (int64_t node = t->parent; node && st == ST_OK; node = up[depth++].parent) {
        st = depth < TERM_DEPTH_MAX ? term_of_node(s, b, node, a, &up[depth], err) : ST_NONE;
        if (st == ST_NONE)
            return error_set(err, ST_SHELF, "the row %s of an index on the shelf is damaged; import again", t->title);
    }
    if (st != ST_OK)
        return st;
    struct term *path = arena_alloc(a, depth * sizeof *path);
    for (size_t i = 0; i < depth; i++)
        path[i] = up[depth - 1 - i];
    *out = path;
    *n = depth;
    return ST_OK;
}

/* Follows the last row below a node down to the last of all. */
uint32_t terms_end(struct shelf *s, const struct term *t)
{
    static const char sql[] = "SELECT id, node FROM term WHERE parent = ?1 AND mask & ?2";
    uint32_t end = t->place;
    int64_t node = t->node;
    struct book *b;
    sqlite3_stmt *q;

    if (sequence_load_other(s, t->set, t->book, &b, NULL) != ST_OK)
        return end + 1;
    for (;;) {
        const uint32_t before = end;
        int64_t last = 0;
        if (sql_open(s, sql, &q, NULL) != ST_OK)
            return end + 1;
        sqlite3_bind_int64(q, 1, node);
        sqlite3_bind_int64(q, 2, release_mask(s, b->release));
        while (sql_row(s, q, NULL) == ST_OK) {
            const uint32_t place = sequence_place(b, sqlite3_column_int64(q, 0));
            if (place != PLACE_NONE && place > end) {
                end = place;
                last = sqlite3_column_int64(q, 1);
            }
        }
        if (end == before)
            return end + 1;
        node = last;
    }
}
