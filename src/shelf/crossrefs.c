/* crossrefs.c - follows the cross-reference field of HCPCS.
 *
 * The field is kept as the file has it, one fact a code. A code that is in force ends the way, even where it has a
 * cross-reference of its own; from one that has ended the way goes on, over every code that it names, but never to one that it
 * came through: codes that name one another are in the real files. */
#include "codeshelf/crossrefs.h"

#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "inside.h"

enum {
    STOPS_MAX = 8, /* stops of a way; the longest of 2018 to 2025 has 3 */
    WAYS_MAX = 32  /* ways from a code; the most of 2018 to 2025 are 4 */
};

struct follower {
    struct shelf *s;
    struct arena *a;
    struct error *err;
    const struct release *said, *now, *cpt;
    date day;
    char start[CODE_MAX];
    struct crossref_stop stops[STOPS_MAX];
    size_t nstops;
    struct {
        struct crossref *items;
        size_t len, cap;
    } ways;
};

static const struct release *cpt_release(const struct shelf *s, date day)
{
    for (size_t i = 0; i < s->nreleases; i++) {
        const struct release *r = &s->releases[i];
        if (r->set == SET_CPT && r->from <= day && day <= r->to)
            return r;
    }
    return NULL;
}

/* The codes that the field of a code names, each CODE_MAX bytes in the arena, at most WAYS_MAX. */
static enum status read_field(struct follower *f, const struct release *r, const char *code, char (**out)[CODE_MAX],
                              size_t *n)
{
    static const char sql[] = "SELECT f.value FROM entry e JOIN fact f ON f.entry = e.id"
                              " WHERE e.codeset = ?1 AND e.code = ?2 AND f.name = 'cross_reference' AND f.mask & ?3"
                              " ORDER BY f.id LIMIT ?4";
    sqlite3_stmt *q;
    enum status st = sql_open(f->s, sql, &q, f->err);

    *n = 0;
    *out = arena_alloc(f->a, WAYS_MAX * sizeof **out);
    if (st != ST_OK)
        return st;
    sqlite3_bind_int(q, 1, SET_HCPCS);
    sqlite3_bind_text(q, 2, code, -1, SQLITE_STATIC);
    sqlite3_bind_int64(q, 3, release_mask(f->s, r));
    sqlite3_bind_int(q, 4, WAYS_MAX);
    while ((st = sql_row(f->s, q, f->err)) == ST_OK && *n < WAYS_MAX) {
        const char *value = (const char *)sqlite3_column_text(q, 0);
        const size_t len = value ? strnlen(value, CODE_MAX - 1) : 0;
        memcpy((*out)[*n], value ? value : "", len);
        (*n)++;
    }
    sqlite3_clear_bindings(q);
    return st == ST_NONE ? ST_OK : st;
}

/* Puts what a release has of a code into the stop and says how it stands; CROSSREF_ABSENT when it has not. */
static enum status look_up(struct follower *f, const struct release *r, struct crossref_stop *stop,
                           enum crossref_end *end)
{
    static const char sql[] = "SELECT v.title, v.from_date, v.to_date FROM entry e"
                              " JOIN version v ON v.entry = e.id AND v.mask & ?3"
                              " WHERE e.codeset = ?1 AND e.code = ?2 ORDER BY e.class LIMIT 1";
    sqlite3_stmt *q;
    enum status st = sql_open(f->s, sql, &q, f->err);

    *end = CROSSREF_ABSENT;
    if (st != ST_OK)
        return st;
    sqlite3_bind_int(q, 1, (int)r->set);
    sqlite3_bind_text(q, 2, stop->code, -1, SQLITE_STATIC);
    sqlite3_bind_int64(q, 3, release_mask(f->s, r));
    if ((st = sql_row(f->s, q, f->err)) != ST_OK)
        return st == ST_NONE ? ST_OK : st;
    stop->set = r->set;
    stop->title = sql_text(f->a, q, 0);
    stop->to = sqlite3_column_int(q, 2);
    *end = stop->to && stop->to < f->day ? CROSSREF_ENDED : sqlite3_column_int(q, 1) > f->day ? CROSSREF_LATER
                                                                                              : CROSSREF_CURRENT;
    sqlite3_reset(q);
    return ST_OK;
}

/* P7001 names no code, but the whole set. */
static const char all_cpt[] = "CPT";

/* A code that HCPCS lacks may be one of CPT. */
static enum status find_stop(struct follower *f, const char *code, struct crossref_stop *stop, enum crossref_end *end)
{
    *stop = (struct crossref_stop){.set = SET_HCPCS, .title = ""};
    memcpy(stop->code, code, sizeof stop->code);
    const enum status st = look_up(f, f->now, stop, end);
    if (st != ST_OK || *end != CROSSREF_ABSENT
        || (strcmp(code, all_cpt) != 0 && (strlen(code) != 5 || !code_shaped(SET_CPT, code))))
        return st;
    stop->set = SET_CPT;
    *end = CROSSREF_CPT;
    return f->cpt && strcmp(code, all_cpt) != 0 ? look_up(f, f->cpt, stop, end) : ST_OK;
}

static bool came_through(const struct follower *f, const char *code)
{
    bool found = strcmp(f->start, code) == 0;

    for (size_t i = 0; i < f->nstops && !found; i++)
        found = strcmp(f->stops[i].code, code) == 0;
    return found;
}

/* "(ended 2018-03-31)", "(CPT, not loaded)" */
static void say_stop(struct buf *out, const struct follower *f, const struct crossref_stop *stop, enum crossref_end end)
{
    char day[11];
    const char *set = stop->set == SET_CPT ? "CPT, " : "";

    buf_printf(out, "%s (", stop->code);
    switch (end) {
    case CROSSREF_CURRENT: buf_printf(out, "%scurrent)", set); break;
    case CROSSREF_LATER: buf_printf(out, "%snot yet in force)", set); break;
    case CROSSREF_ENDED: buf_printf(out, "%sended %s)", set, date_print(stop->to, day)); break;
    case CROSSREF_ABSENT:
        if (stop->set == SET_CPT)
            buf_printf(out, "not in CPT %s)", f->cpt->name);
        else
            buf_printf(out, "not in %s)", f->now->name);
        break;
    case CROSSREF_CPT:
        buf_puts(out, strcmp(stop->code, all_cpt) == 0 ? "no code in particular)" : "CPT, not loaded)");
        break;
    }
}

static void put_way(struct follower *f, enum crossref_end end)
{
    struct crossref way = {.n = f->nstops, .end = end};
    struct crossref_stop *stops = arena_alloc(f->a, f->nstops * sizeof *stops);
    struct buf words = {0};

    memcpy(stops, f->stops, f->nstops * sizeof *stops);
    for (size_t i = 0; i < f->nstops; i++) {
        buf_puts(&words, i ? " -> " : "");
        say_stop(&words, f, &stops[i], i + 1 < f->nstops ? CROSSREF_ENDED : end);
    }
    way.stops = stops;
    way.words = arena_strdup(f->a, buf_text(&words));
    buf_free(&words);
    VEC_PUSH(&f->ways, way);
}

/* Goes on from a code by the field of a release; *on tells whether that led anywhere. */
static enum status follow_field(struct follower *f, const struct release *r, const char *code, bool *on)
{
    char (*named)[CODE_MAX];
    size_t n;
    enum status st = read_field(f, r, code, &named, &n);

    *on = false;
    for (size_t i = 0; i < n && st == ST_OK && f->nstops < STOPS_MAX && f->ways.len < WAYS_MAX; i++) {
        enum crossref_end end;
        bool further = false;
        if (came_through(f, named[i]))
            continue;
        st = find_stop(f, named[i], &f->stops[f->nstops], &end);
        if (st != ST_OK)
            break;
        f->nstops++;
        if (end == CROSSREF_ENDED)
            st = follow_field(f, f->now, named[i], &further);
        if (!further && st == ST_OK)
            put_way(f, end);
        f->nstops--;
        *on = true;
    }
    return st;
}

enum status crossrefs_between(struct shelf *s, const struct release *said, const struct release *now, date day,
                              const char *code, struct arena *a, const struct crossref **out, size_t *n, struct error *err)
{
    struct follower f = {.s = s, .a = a, .err = err, .said = said, .now = now, .cpt = cpt_release(s, day), .day = day};
    bool on;

    *out = NULL;
    *n = 0;
    memcpy(f.start, code, strnlen(code, CODE_MAX - 1));
    const enum status st = follow_field(&f, said, code, &on);
    if (st == ST_OK && f.ways.len) {
        *out = memcpy(arena_alloc(a, f.ways.len * sizeof *f.ways.items), f.ways.items, f.ways.len * sizeof *f.ways.items);
        *n = f.ways.len;
    }
    free(f.ways.items);
    return st;
}

enum status crossrefs_of(struct shelf *s, const struct entry *e, struct arena *a, const struct crossref **out, size_t *n,
                         struct error *err)
{
    const struct release *r = s->books[SET_HCPCS].release;

    *out = NULL;
    *n = 0;
    return e->set == SET_HCPCS && r ? crossrefs_between(s, r, r, shelf_date(s), e->code, a, out, n, err) : ST_OK;
}

/* The ways that begin with a code, without that. */
static const char *words_from(const struct crossref *ways, size_t n, const char *code, struct arena *a)
{
    const size_t len = strlen(code);
    struct buf words = {0};

    for (size_t i = 0; i < n; i++)
        if (strcmp(ways[i].stops[0].code, code) == 0)
            buf_printf(&words, "%s%s", words.len ? ", or " : "", ways[i].words + len + 1);
    const char *kept = arena_strdup(a, buf_text(&words));
    buf_free(&words);
    return kept;
}

enum status crossrefs_put_words(struct shelf *s, const struct entry *e, struct arena *a, struct fact *facts, size_t n,
                                struct error *err)
{
    const struct crossref *ways = NULL;
    size_t nways = 0;
    enum status st = ST_OK;

    for (size_t i = 0; i < n && st == ST_OK; i++) {
        if (e->set != SET_HCPCS || strcmp(facts[i].name, "cross_reference") != 0)
            continue;
        if (!ways)
            st = crossrefs_of(s, e, a, &ways, &nways, err);
        facts[i].words = words_from(ways, nways, facts[i].value, a);
    }
    return st;
}

const char *crossref_end_name(enum crossref_end end)
{
    static const char *const names[] = {[CROSSREF_CURRENT] = "current",
                                        [CROSSREF_LATER] = "not yet in force",
                                        [CROSSREF_ENDED] = "ended",
                                        [CROSSREF_ABSENT] = "absent",
                                        [CROSSREF_CPT] = "cpt not loaded"};
    return names[end];
}
