/* replacements.c - from a code to those that took its place, and back.
 *
 * A conversion table of ICD-10-CM is cumulative, and so is a deleted list of CPT: the one of the later release, or the next
 * one after it, tells of all the years before, and the days in it say which rows count. CPT deletes laboratory analyses
 * between two releases, ICD-10-CM does nothing. In HCPCS each release would tell of its own time. A code that
 * took the place may itself be gone by the later release; the way then goes on from it, forward in time only. */
#include "codeshelf/replacements.h"

#include <stdlib.h>
#include <string.h>

#include "inside.h"

enum {
    WAY_MAX = 512, /* codes on the way, and at its end; most real ones have under 30 */
    END_OF_TIME = 99991231
};

/* A code reached, and the day the way came to it. */
struct stop {
    char code[CODE_MAX];
    date day;
};

struct way {
    struct shelf *s;
    struct arena *a;
    struct error *err;
    enum codeset set;
    bool back;
    int64_t mask, goal;    /* whose files are asked; the release whose codes end a way (0: any loaded) */
    date after, until;     /* days that count: after < day <= until */
    date in_force;         /* on which a code that ends a way must be */
    bool listed;           /* what is said of the first code itself: see struct replacements */
    date gone;
    const char *said;
    struct {
        struct stop *items;
        size_t len, cap;
    } stops;
    struct {
        struct replacement *items;
        size_t len, cap;
    } found;
};

static bool tells(const struct release *r, enum codeset set)
{
    return r->set == set && r->coverage & 1u << COMP_CONVERSION;
}

static bool cumulative(enum codeset set)
{
    return set != SET_HCPCS;
}

/* Whose files to ask, as a mask; 0 when there are none. */
static int64_t choose_files(const struct shelf *s, const struct release *from, const struct release *to,
                            struct replacements *out)
{
    int64_t mask = 0;

    for (size_t i = 0; i < s->nreleases; i++) { /* in calendar order */
        const struct release *r = &s->releases[i];
        if (!tells(r, to->set) || (out->source && out->source->from >= to->from)
            || (from && r->from < from->from && !cumulative(to->set)))
            continue;
        mask = cumulative(to->set) ? release_mask(s, r) : mask | release_mask(s, r);
        out->source = r;
    }
    out->whole = out->source && out->source->from >= to->from;
    return mask;
}

/* What a loaded release says of a code: title, and whether the goal has it in force and billable. */
static enum status describe(struct way *w, struct replacement *out)
{
    static const char sql[] =
        "SELECT v.title, v.mask & ?3, v.billable OR v.kind = ?4, v.to_date FROM entry e JOIN version v ON v.entry = e.id"
        " WHERE e.codeset = ?1 AND e.code = ?2 AND v.kind NOT IN (?5, ?6) ORDER BY (v.mask & ?3) = 0, v.mask DESC LIMIT 1";
    sqlite3_stmt *q;
    enum status st = sql_open(w->s, sql, &q, w->err);

    out->title = "";
    if (st != ST_OK)
        return st;
    sqlite3_bind_int(q, 1, (int)w->set);
    sqlite3_bind_text(q, 2, out->code, -1, SQLITE_STATIC);
    sqlite3_bind_int64(q, 3, w->goal);
    sqlite3_bind_int(q, 4, KIND_MODIFIER);
    sqlite3_bind_int(q, 5, KIND_CHAPTER);
    sqlite3_bind_int(q, 6, KIND_SECTION);
    st = sql_row(w->s, q, w->err);
    if (st == ST_OK) {
        const date ended = sqlite3_column_int(q, 3);
        out->title = sql_text(w->a, q, 0);
        out->current = sqlite3_column_int64(q, 1) && sqlite3_column_int(q, 2) && (!ended || w->back || ended >= w->in_force);
        sqlite3_reset(q);
    }
    return st == ST_NONE ? ST_OK : st;
}

static void copy_code(char out[CODE_MAX], sqlite3_stmt *q, int column)
{
    const unsigned char *text = sqlite3_column_text(q, column);
    const size_t n = (size_t)sqlite3_column_bytes(q, column);
    memcpy(out, text ? (const char *)text : "", text && n < CODE_MAX ? n : 0);
    out[text && n < CODE_MAX ? n : 0] = '\0';
}

/* A code stands in a range by its text: the ranges of the files lie inside a category, where the text orders them. */
#define ROWS "SELECT old, last, now, from_date, said FROM replacement"
#define BETWEEN " AND codeset = ?1 AND mask & ?2 AND from_date > ?3 AND from_date <= ?4"
static const char forward_sql[] =
    ROWS " WHERE old = ?5 AND last = ''" BETWEEN " UNION ALL " ROWS
         " WHERE last <> '' AND old <= ?5 AND substr(?5, 1, length(last)) <= last" BETWEEN " ORDER BY from_date";
static const char back_sql[] = ROWS " WHERE now = ?5" BETWEEN " ORDER BY from_date";

/* The rows that lead on from a code, into out. */
struct steps {
    struct replacement *items;
    size_t len, cap;
};

/* Of CPT every row tells that the old code was deleted, whether or not it names another. Rows come by date. */
static void take_deletion(struct way *w, const struct stop *at, const struct replacement *r)
{
    if (strcmp(at->code, w->stops.items[0].code) != 0)
        return;
    w->listed = true;
    w->gone = r->from;
    w->said = r->said;
}

static enum status read_steps(struct way *w, const struct stop *at, struct steps *out)
{
    sqlite3_stmt *q;
    enum status st = sql_open(w->s, w->back ? back_sql : forward_sql, &q, w->err);

    out->len = 0;
    if (st != ST_OK)
        return st;
    sqlite3_bind_int(q, 1, (int)w->set);
    sqlite3_bind_int64(q, 2, w->mask);
    /* The first step may be of any day that counts; from there on the way never turns back in time. */
    sqlite3_bind_int(q, 3, w->back || !at->day ? w->after : at->day - 1);
    sqlite3_bind_int(q, 4, w->back && at->day ? at->day : w->until);
    sqlite3_bind_text(q, 5, at->code, -1, SQLITE_STATIC);
    while ((st = sql_row(w->s, q, w->err)) == ST_OK) {
        struct replacement r = {.from = sqlite3_column_int(q, 3), .said = sql_text(w->a, q, 4), .title = ""};
        copy_code(r.code, q, w->back ? 0 : 2);
        if (w->back)
            copy_code(r.last, q, 1);
        if (strcmp(r.code, at->code) != 0 && (r.code[0] || (w->back && r.said[0])))
            VEC_PUSH(out, r);
        if (w->set == SET_CPT && !w->back)
            take_deletion(w, at, &r);
    }
    sqlite3_clear_bindings(q);
    return st == ST_NONE ? ST_OK : st;
}

static bool is_stop(const struct way *w, const char *code)
{
    for (size_t i = 0; i < w->stops.len; i++)
        if (strcmp(w->stops.items[i].code, code) == 0)
            return true;
    return false;
}

static bool is_found(const struct way *w, const struct replacement *r)
{
    for (size_t i = 0; i < w->found.len; i++)
        if (strcmp(w->found.items[i].code, r->code) == 0 && strcmp(w->found.items[i].last, r->last) == 0)
            return true;
    return false;
}

/* Goes on from a code that is gone by the goal; false when nothing leads on, or the way is too long. */
static enum status go_on(struct way *w, const struct replacement *r, struct steps *room, bool *out)
{
    struct stop next = {.day = r->from};

    memcpy(next.code, r->code, sizeof next.code);
    *out = is_stop(w, r->code);
    if (*out || w->stops.len == WAY_MAX)
        return ST_OK;
    const enum status st = read_steps(w, &next, room);
    *out = room->len > 0;
    if (*out)
        VEC_PUSH(&w->stops, next);
    return st;
}

static enum status take_step(struct way *w, struct replacement *r, struct steps *room)
{
    bool goes_on = false;
    enum status st = ST_OK;

    if (r->code[0] && !r->last[0]) {
        st = describe(w, r);
        if (st == ST_OK && !r->current)
            st = go_on(w, r, room, &goes_on);
    }
    if (st == ST_OK && !goes_on && w->found.len < WAY_MAX && !is_found(w, r))
        VEC_PUSH(&w->found, *r);
    return st;
}

static enum status follow(struct way *w, const char *code)
{
    struct steps steps = {0}, room = {0};
    struct stop start = {.day = 0};
    enum status st = ST_OK;

    memcpy(start.code, code, strlen(code) + 1);
    VEC_PUSH(&w->stops, start);
    for (size_t i = 0; i < w->stops.len && st == ST_OK; i++) {
        const struct stop at = w->stops.items[i];
        st = read_steps(w, &at, &steps);
        for (size_t k = 0; k < steps.len && st == ST_OK; k++)
            st = take_step(w, &steps.items[k], &room);
    }
    free(steps.items);
    free(room.items);
    return st;
}

static enum status find(struct way *w, const struct release *from, const struct release *to, const char *code,
                        struct replacements *out)
{
    *out = (struct replacements){.before = w->back, .said = ""};
    w->set = to->set;
    w->mask = choose_files(w->s, from, to, out);
    if (!w->mask || strlen(code) >= CODE_MAX)
        return ST_NONE;
    w->goal = release_mask(w->s, w->back ? from : to);
    w->in_force = to->from;
    w->after = from && cumulative(to->set) ? from->from : -1; /* some days are not known: 0 */
    w->until = to->set == SET_ICD10CM ? to->from : to->set == SET_CPT ? to->to : END_OF_TIME;
    const enum status st = follow(w, code);
    if (st == ST_OK) {
        struct replacement *items = arena_alloc(w->a, w->found.len * sizeof *items);
        if (w->found.len)
            memcpy(items, w->found.items, w->found.len * sizeof *items);
        out->items = items;
        out->n = w->found.len;
        out->listed = w->listed;
        out->gone = w->gone;
        out->said = w->listed ? w->said : "";
    }
    free(w->stops.items);
    free(w->found.items);
    return st;
}

enum status replacements_of(struct shelf *s, const struct release *from, const struct release *to, const char *code,
                            struct arena *a, struct replacements *out, struct error *err)
{
    struct way w = {.s = s, .a = a, .err = err};
    return find(&w, from, to, code, out);
}

enum status replacements_before(struct shelf *s, const struct release *from, const struct release *to, const char *code,
                                struct arena *a, struct replacements *out, struct error *err)
{
    struct way w = {.s = s, .a = a, .err = err, .back = true};
    return find(&w, from, to, code, out);
}

void replacements_print(enum codeset set, const struct replacements *r, struct buf *out)
{
    const char *said = "";

    for (size_t i = 0; i < r->n; i++) {
        const struct replacement *one = &r->items[i];
        char first[CODE_MAX], last[CODE_MAX];
        const bool words = r->before && *one->said && set != SET_CPT; /* its words are a sentence to who reports the old one */
        if (words && strcmp(said, one->said) == 0)
            continue; /* one cell told of several codes */
        buf_puts(out, i ? ", " : "");
        said = one->said;
        if (words)
            buf_puts(out, said);
        else
            buf_printf(out, "%s%s%s%s", code_print(set, one->code, first), one->last[0] ? "-" : "",
                       one->last[0] ? code_print(set, one->last, last) : "", r->before || one->current ? "" : " (gone too)");
    }
}
