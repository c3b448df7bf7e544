/* releases.c - what is loaded, and which release answers for a date.
 *
 * A release is in force from its first day to the day before the next official one, loaded or not (calendar.h). A date that
 * no loaded release covers is answered from a near one, with a warning. ICD-10-CM and CPT take the one before, because codes
 * stay until they are deleted; HCPCS rows carry their own dates, so the file after tells more about a day than the one before. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/calendar.h"
#include "inside.h"

enum { RELEASES_MAX = 1000, BITS_MAX = 63 };

static enum status read_releases(struct shelf *s, struct error *err)
{
    static const char sql[] = "SELECT id, codeset, bit, name, from_date, entries, billable FROM release"
                              " ORDER BY codeset, bit LIMIT 1000";
    sqlite3_stmt *q;
    enum status st = sql_open(s, sql, &q, err);

    if (st != ST_OK)
        return st;
    s->releases = arena_alloc(&s->arena, RELEASES_MAX * sizeof *s->releases);
    s->bits = arena_alloc(&s->arena, RELEASES_MAX);
    while ((st = sql_row(s, q, err)) == ST_OK) {
        struct release *r = &s->releases[s->nreleases];
        const int set = sqlite3_column_int(q, 1), bit = sqlite3_column_int(q, 2);
        if (set < 0 || set >= SET_COUNT || bit < 0 || bit >= BITS_MAX) {
            sqlite3_reset(q);
            return error_set(err, ST_SHELF, "the shelf holds a release of an unknown kind; import again");
        }
        r->id = sqlite3_column_int(q, 0);
        r->set = (enum codeset)set;
        r->name = sql_text(&s->arena, q, 3);
        r->from = sqlite3_column_int(q, 4);
        r->to = calendar_to(r->set, r->from);
        r->entries = (size_t)sqlite3_column_int64(q, 5);
        r->billable = (size_t)sqlite3_column_int64(q, 6);
        s->bits[s->nreleases++] = (unsigned char)bit;
    }
    return st == ST_NONE ? ST_OK : st;
}

static struct release *by_id(struct shelf *s, int id)
{
    for (size_t i = 0; i < s->nreleases; i++)
        if (s->releases[i].id == id)
            return &s->releases[i];
    return NULL;
}

static enum status read_coverage(struct shelf *s, struct error *err)
{
    static const char sql[] = "SELECT release, component FROM coverage";
    sqlite3_stmt *q;
    enum status st = sql_open(s, sql, &q, err);

    if (st != ST_OK)
        return st;
    while ((st = sql_row(s, q, err)) == ST_OK) {
        struct release *r = by_id(s, sqlite3_column_int(q, 0));
        const int component = sqlite3_column_int(q, 1);
        if (r && component >= 0 && component < COMP_COUNT)
            r->coverage |= 1u << component;
    }
    return st == ST_NONE ? ST_OK : st;
}

/* The rows of one release stand together, so its sources are a stretch of one array. */
static enum status read_sources(struct shelf *s, struct error *err)
{
    static const char sql[] = "SELECT release, component, name, sha256, bytes, imported FROM source ORDER BY release, rowid";
    struct {
        struct source *items;
        size_t len, cap;
    } all = {0};
    sqlite3_stmt *q;
    enum status st = sql_open(s, sql, &q, err);

    if (st != ST_OK)
        return st;
    while ((st = sql_row(s, q, err)) == ST_OK) {
        struct release *r = by_id(s, sqlite3_column_int(q, 0));
        const struct source source = {(enum component)sqlite3_column_int(q, 1), sql_text(&s->arena, q, 2),
                                      sql_text(&s->arena, q, 3), (uint64_t)sqlite3_column_int64(q, 4),
                                      sqlite3_column_int64(q, 5)};
        if (!r)
            continue;
        VEC_PUSH(&all, source);
        r->nsources++;
    }
    struct source *kept = arena_alloc(&s->arena, (all.len + 1) * sizeof *kept);
    if (all.len)
        memcpy(kept, all.items, all.len * sizeof *kept);
    free(all.items);
    /* The sources came by row id of their release. */
    for (int last = -1; all.len;) {
        struct release *next = NULL;
        for (size_t i = 0; i < s->nreleases; i++)
            if (s->releases[i].id > last && (!next || s->releases[i].id < next->id))
                next = &s->releases[i];
        if (!next)
            break;
        next->sources = kept;
        kept += next->nsources;
        last = next->id;
    }
    return st == ST_NONE ? ST_OK : st;
}

enum status releases_load(struct shelf *s, struct error *err)
{
    enum status st = read_releases(s, err);

    if (st == ST_OK)
        st = read_coverage(s, err);
    if (st == ST_OK)
        st = read_sources(s, err);
    return st;
}

void releases_free(struct shelf *s)
{
    for (int set = 0; set < SET_COUNT; set++) {
        sequence_free(&s->books[set]);
        for (int c = 0; c < COMP_COUNT; c++)
            sequence_free(&s->shelved[set][c]);
    }
}

const struct release *shelf_releases(const struct shelf *s, size_t *n)
{
    *n = s->nreleases;
    return s->releases;
}

int64_t release_mask(const struct shelf *s, const struct release *r)
{
    return r ? (int64_t)1 << s->bits[r - s->releases] : 0;
}

static bool covers(const struct release *r, date d)
{
    return r && r->from <= d && d <= r->to;
}

/* The release that answers; asked tells a date from plain today. */
static const struct release *choose(const struct shelf *s, enum codeset set, date d, bool asked)
{
    const struct release *before = NULL, *after = NULL, *newest = NULL;

    for (size_t i = 0; i < s->nreleases; i++) {
        const struct release *r = &s->releases[i];
        if (r->set != set)
            continue;
        newest = r;
        if (r->from <= d)
            before = r;
        else if (!after)
            after = r;
    }
    if (covers(before, d))
        return before;
    if (!asked)
        return newest;
    if (set == SET_HCPCS)
        return after ? after : before;
    return before ? before : after;
}

static void warn(struct book *b, date d)
{
    const struct release *r = b->release;
    char asked[11], edge[11];

    b->warning[0] = '\0';
    if (!r || covers(r, d))
        return;
    const bool ended = r->to < d;
    snprintf(b->warning, sizeof b->warning, "no release loaded for %s; showing %s, %s %s", date_print(d, asked), r->name,
             ended ? "ended" : "from", date_print(ended ? r->to : r->from, edge));
}

enum status shelf_as_of(struct shelf *s, date as_of, struct error *err)
{
    (void)err;
    s->date = as_of ? as_of : date_today();
    for (int set = 0; set < SET_COUNT; set++) {
        struct book *b = &s->books[set];
        const struct release *r = choose(s, (enum codeset)set, s->date, as_of != 0);
        if (r != b->release)
            sequence_free(b);
        b->release = r;
        warn(b, s->date);
    }
    return ST_OK;
}

date shelf_date(const struct shelf *s)
{
    return s->date;
}

const struct release *shelf_release(const struct shelf *s, enum codeset set)
{
    return s->books[set].release;
}

const char *shelf_warning(const struct shelf *s, enum codeset set)
{
    return s->books[set].warning[0] ? s->books[set].warning : NULL;
}

static const struct release *by_name(const struct shelf *s, enum codeset set, const char *name)
{
    for (size_t i = 0; i < s->nreleases; i++)
        if (s->releases[i].set == set && strcmp(s->releases[i].name, name) == 0)
            return &s->releases[i];
    return NULL;
}

const struct release *shelf_component(const struct shelf *s, enum codeset set, enum component c)
{
    const struct release *r = s->books[set].release;
    char parent[24];

    if (!r || r->coverage & (1u << c))
        return r;
    r = calendar_parent(set, r->name, parent) ? by_name(s, set, parent) : NULL;
    return r && r->coverage & (1u << c) ? r : NULL;
}

enum status shelf_borrow_notes(struct shelf *s, enum codeset set, const char *release, struct error *err)
{
    const struct release *r = NULL;
    char name[24];

    if (release) {
        if (calendar_name(set, release, name))
            r = by_name(s, set, name);
        if (!r || !(r->coverage & (1u << COMP_TABULAR)))
            return error_set(err, ST_NONE, "no notes of %s %s are loaded", codeset_title(set), release);
    }
    s->books[set].borrowed = r;
    return ST_OK;
}

const struct release *shelf_notes_release(const struct shelf *s, enum codeset set)
{
    const struct release *r = shelf_component(s, set, COMP_TABULAR);
    return r || !s->books[set].release ? r : s->books[set].borrowed;
}

enum status shelf_front(struct shelf *s, const struct release *r, struct arena *a, const struct front **out, size_t *n,
                        struct error *err)
{
    static const char sql[] = "SELECT kind, title, text FROM front WHERE release = ?1 ORDER BY rowid";
    struct {
        struct front *items;
        size_t len, cap;
    } found = {0};
    sqlite3_stmt *q;
    enum status st = sql_open(s, sql, &q, err);

    *out = NULL;
    *n = 0;
    if (st != ST_OK)
        return st;
    sqlite3_bind_int(q, 1, r->id);
    while ((st = sql_row(s, q, err)) == ST_OK) {
        const struct front front = {sql_text(a, q, 0), sql_text(a, q, 1), sql_text(a, q, 2)};
        VEC_PUSH(&found, front);
    }
    if (found.len)
        *out = memcpy(arena_alloc(a, found.len * sizeof *found.items), found.items, found.len * sizeof *found.items);
    *n = found.len;
    free(found.items);
    return st == ST_NONE ? ST_OK : st;
}
