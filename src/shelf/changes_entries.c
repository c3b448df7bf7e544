/* changes_entries.c - codes and headings of two releases: added, gone, reworded, with another flag, parent or date.
 *
 * An entry that both releases have in the same version carries both bits and is not read. Chapters and sections are compared
 * where they are the official file's in both releases; those of an outline are this program's own words. */
#include <stdlib.h>
#include <string.h>

#include "changes_inside.h"

enum { ENTRY_MAX = 1 << 24 }; /* row ids of entries are dense; a larger one is damage */

/* A version that one of the releases has. */
struct side {
    struct subject e;
    bool there;
    date from, to;
    const char *short_title;
};

static bool heading(enum kind kind)
{
    return kind == KIND_CHAPTER || kind == KIND_SECTION;
}

/* "S52.5 Fracture of lower end of radius"; NULL when the parent is a heading of an outline, or there is none. */
static enum status name_parent(struct diff *d, const struct side *v, int64_t mask, const char **out)
{
    struct subject parent;
    char code[CODE_MAX];

    *out = NULL;
    if (v->e.parent == 0)
        return ST_OK;
    const enum status st = subject_find(d, v->e.parent, mask, &parent);
    if (st == ST_OK && (!heading(parent.kind) || diff_headings(d)))
        *out = arena_printf(d->a, "%s %s", code_print(d->set, parent.code, code), parent.title);
    return st == ST_NONE ? ST_OK : st;
}

static enum status compare_parents(struct diff *d, const struct side *old, const struct side *now)
{
    const char *before, *after;
    enum status st = name_parent(d, old, d->old, &before);

    if (st == ST_OK)
        st = name_parent(d, now, d->now, &after);
    if (st == ST_OK && before && after)
        diff_put(d, CHANGE_MOVED, &now->e, before, after);
    return st;
}

static const char *say_date(struct diff *d, date day)
{
    char text[11];
    return day ? arena_strdup(d->a, date_print(day, text)) : NULL;
}

/* An end date that has come, gone or changed; old may be a side that is not there: an entry that comes with its end. */
static void compare_dates(struct diff *d, const struct side *old, const struct side *now)
{
    if (old->to != now->to) {
        const bool again = !now->to || (old->to < d->to->from && now->to >= d->to->from);
        const enum change_kind kind = !old->to ? CHANGE_TERMINATED : again ? CHANGE_REACTIVATED : CHANGE_REFIELDED;
        struct change *c = diff_put(d, kind, &now->e, say_date(d, old->to), say_date(d, now->to));
        c->what = "to";
        c->label = "Last day of use";
    }
    if (old->there && old->from != now->from) {
        struct change *c = diff_put(d, CHANGE_REFIELDED, &now->e, say_date(d, old->from), say_date(d, now->from));
        c->what = "from";
        c->label = "Added";
    }
}

static enum status compare_both(struct diff *d, const struct side *old, const struct side *now)
{
    if (old->e.billable != now->e.billable)
        diff_put(d, now->e.billable ? CHANGE_PROMOTED : CHANGE_DEMOTED, &now->e, old->e.billable ? "billable" : "header",
                 now->e.billable ? "billable" : "header");
    if (strcmp(old->e.title, now->e.title) != 0)
        diff_put(d, CHANGE_REWORDED, &now->e, old->e.title, now->e.title);
    else if (strcmp(old->short_title, now->short_title) != 0) {
        struct change *c = diff_put(d, CHANGE_REFIELDED, &now->e, old->short_title, now->short_title);
        c->what = "short";
        c->label = "Short title";
    }
    compare_dates(d, old, now);
    return old->e.parent != now->e.parent ? compare_parents(d, old, now) : ST_OK;
}

static enum status compare(struct diff *d, const struct side *old, const struct side *now)
{
    const struct side *v = now->there ? now : old;

    if (heading(v->e.kind) && !diff_headings(d))
        return ST_OK;
    if (old->there && now->there)
        return compare_both(d, old, now);
    if (cpt_part(d->set, v->e.code) & (d->lacking[0] | d->lacking[1]))
        return ST_OK; /* not loaded, which is not to say that it came or went */
    diff_put(d, now->there ? CHANGE_ADDED : CHANGE_DELETED, &v->e, old->there ? old->e.title : NULL,
             now->there ? now->e.title : NULL);
    if (now->there)
        compare_dates(d, old, now);
    return ST_OK;
}

static void read_side(struct diff *d, sqlite3_stmt *q, struct side *out)
{
    out->there = true;
    out->e.version = sqlite3_column_int64(q, 0);
    out->e.entry = sqlite3_column_int64(q, 1);
    out->e.parent = sqlite3_column_int64(q, 2);
    out->e.kind = (enum kind)sqlite3_column_int(q, 4);
    out->e.billable = sqlite3_column_int(q, 5);
    out->from = sqlite3_column_int(q, 6);
    out->to = sqlite3_column_int(q, 7);
    out->e.title = sql_text(d->a, q, 8);
    out->short_title = sqlite3_column_type(q, 9) == SQLITE_NULL ? out->e.title : sql_text(d->a, q, 9);
    out->e.code = sql_text(d->a, q, 10);
}

#define DIFFERING                                                                                                      \
    "SELECT v.id, v.entry, v.parent, v.mask, v.kind, v.billable, v.from_date, v.to_date, v.title, v.short, e.code"      \
    " FROM version v JOIN entry e ON e.id = v.entry WHERE ((v.mask & ?1) = 0) <> ((v.mask & ?2) = 0)"

enum status diff_entries(struct diff *d)
{
    static const char all[] = DIFFERING " AND e.codeset = ?3 ORDER BY v.entry", one[] = DIFFERING " AND v.entry = ?3";
    struct side old = {0}, now = {0};
    int64_t entry = 0;
    sqlite3_stmt *q;
    enum status st = cpt_parts_lacking(d->s, d->from, &d->lacking[0], d->err);

    if (st == ST_OK)
        st = cpt_parts_lacking(d->s, d->to, &d->lacking[1], d->err);
    if (st == ST_OK)
        st = diff_query(d, d->only ? one : all, &q);
    if (st != ST_OK)
        return st;
    while ((st = sql_row(d->s, q, d->err)) == ST_OK) {
        struct side side;
        read_side(d, q, &side);
        if (side.e.kind >= KIND_COUNT)
            continue;
        if (side.e.entry != entry) {
            if (entry && (st = compare(d, &old, &now)) != ST_OK)
                return st;
            old = now = (struct side){0};
            entry = side.e.entry;
        }
        *(sqlite3_column_int64(q, 3) & d->old ? &old : &now) = side;
    }
    if (st == ST_NONE)
        st = entry ? compare(d, &old, &now) : ST_OK;
    return st;
}

/* --- how many codes a note governs ---------------------------------------------------------------------------------- */

/* The later book as a tree: entry and parent of each place, and how many billable codes it holds. */
struct tree {
    uint32_t size;
    uint32_t *entry, *parent, *billable;
    uint32_t *place; /* of each entry row id */
};

static enum status read_tree(struct diff *d, struct tree *t)
{
    static const char sql[] = "SELECT id, entry, parent, billable FROM version WHERE mask & ?1";
    sqlite3_stmt *q;
    enum status st = sql_open(d->s, sql, &q, d->err);

    if (st != ST_OK)
        return st;
    sqlite3_bind_int64(q, 1, d->now);
    while ((st = sql_row(d->s, q, d->err)) == ST_OK) {
        const uint32_t place = sequence_place(&d->after, sqlite3_column_int64(q, 0));
        const int64_t entry = sqlite3_column_int64(q, 1), parent = sqlite3_column_int64(q, 2);
        if (place == PLACE_NONE || entry < 0 || entry >= ENTRY_MAX || parent < 0 || parent >= ENTRY_MAX)
            continue; /* of another set */
        t->entry[place] = (uint32_t)entry;
        t->parent[place] = (uint32_t)parent;
        t->billable[place] = (uint32_t)sqlite3_column_int(q, 3);
    }
    return st == ST_NONE ? ST_OK : st;
}

/* Parents stand before their children, so one walk from the end adds everything up. */
static void add_up(struct tree *t)
{
    uint32_t most = 0;

    for (uint32_t i = 0; i < t->size; i++)
        most = t->entry[i] > most ? t->entry[i] : most;
    t->place = mem_alloc(((size_t)most + 1) * sizeof *t->place);
    for (uint32_t i = 0; i < t->size; i++)
        t->place[t->entry[i]] = i;
    for (uint32_t i = t->size; i-- > 0;) {
        const uint32_t up = t->parent[i] && t->parent[i] <= most ? t->place[t->parent[i]] : i;
        if (up < i)
            t->billable[up] += t->billable[i];
    }
}

enum status diff_governed(struct diff *d)
{
    struct tree t = {.size = d->after.size};
    bool any = false;

    for (size_t i = 0; i < d->out.len && !any; i++)
        any = d->out.items[i].change.kind == CHANGE_RENOTED;
    if (!any)
        return ST_OK;
    t.entry = mem_alloc(t.size * sizeof *t.entry + 1);
    t.parent = mem_alloc(t.size * sizeof *t.parent + 1);
    t.billable = mem_alloc(t.size * sizeof *t.billable + 1);
    const enum status st = read_tree(d, &t);
    if (st == ST_OK)
        add_up(&t);
    for (size_t i = 0; st == ST_OK && i < d->out.len; i++) {
        struct placed *p = &d->out.items[i];
        if (p->change.kind == CHANGE_RENOTED && p->place < t.size)
            p->change.governs = t.billable[p->place];
    }
    free(t.entry);
    free(t.parent);
    free(t.billable);
    free(t.place);
    return st;
}
