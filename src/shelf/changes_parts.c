/* changes_parts.c - where in the book changes stand: the chapters they fall into, and the mark an entry bears beside it.
 *
 * Changes are in the order of the later book, so a chapter's are those from its own place to that of the next. */
#include <stdlib.h>
#include <string.h>

#include "changes_inside.h"

struct parts {
    struct change_part *items;
    size_t len, cap;
};

struct chapters {
    struct chapter {
        uint32_t place;
        const char *code, *title;
    } *items;
    size_t len, cap;
};

static int by_place(const void *a, const void *b)
{
    const struct chapter *x = a, *y = b;
    return (x->place > y->place) - (x->place < y->place);
}

/* The chapters of the later book, in its order. */
static enum status read_chapters(struct diff *d, struct chapters *out)
{
    static const char sql[] = "SELECT v.id, e.code, v.title FROM entry e JOIN version v ON v.entry = e.id"
                              " WHERE e.codeset = ?3 AND e.class = 1 AND v.mask & ?2";
    sqlite3_stmt *q;
    enum status st = diff_query(d, sql, &q);

    if (st != ST_OK)
        return st;
    while ((st = sql_row(d->s, q, d->err)) == ST_OK) {
        const uint32_t place = sequence_place(&d->after, sqlite3_column_int64(q, 0));
        VEC_PUSH(out, ((struct chapter){place, sql_text(d->a, q, 1), sql_text(d->a, q, 2)}));
    }
    if (out->len)
        qsort(out->items, out->len, sizeof *out->items, by_place);
    return st == ST_NONE ? ST_OK : st;
}

/* Begins a part at a change, unless the last one is of the same chapter or book: chapter titles are told apart by address. */
static void add(struct parts *out, enum component book, const struct chapter *c, size_t at)
{
    const struct change_part part = {book, c ? c->code : "", c ? c->title : "", at, 0};
    const struct change_part *last = out->len ? &out->items[out->len - 1] : NULL;

    if (!last || last->book != book || last->title != part.title)
        VEC_PUSH(out, part);
    out->items[out->len - 1].n++;
}

enum status diff_parts(struct diff *d, struct changes *out)
{
    struct chapters chapters = {0};
    struct parts parts = {0};
    size_t next = 0;
    const enum status st = read_chapters(d, &chapters);

    for (size_t i = 0; i < d->out.len && st == ST_OK; i++) {
        const struct placed *p = &d->out.items[i];
        const bool entry = p->change.book == COMP_CODES;
        while (entry && next < chapters.len && chapters.items[next].place <= p->place)
            next++;
        add(&parts, p->change.book, entry && next ? &chapters.items[next - 1] : NULL, i);
    }
    if (parts.len)
        out->parts = memcpy(arena_alloc(d->a, parts.len * sizeof *parts.items), parts.items, parts.len * sizeof *parts.items);
    out->nparts = parts.len;
    free(chapters.items);
    free(parts.items);
    return st;
}

/* --- marks ---------------------------------------------------------------------------------------------------------- */

const struct release *changes_before(const struct shelf *s, const struct release *r)
{
    const struct release *before = NULL;

    for (size_t i = 0; i < s->nreleases; i++) /* in calendar order */
        if (s->releases[i].set == r->set && &s->releases[i] < r)
            before = &s->releases[i];
    return before;
}

const char *change_mark_name(enum change_mark mark)
{
    static const char *const names[] = {
        [CHANGE_MARK_NONE] = "", [CHANGE_MARK_NEW] = "new", [CHANGE_MARK_REVISED] = "revised",
        [CHANGE_MARK_DEMOTED] = "demoted",
    };
    return names[mark];
}

const char *change_mark_sign(enum change_mark mark, bool ascii)
{
    static const char *const signs[][2] = {
        [CHANGE_MARK_NONE] = {"", ""}, [CHANGE_MARK_NEW] = {"●", "*"}, [CHANGE_MARK_REVISED] = {"▲", "^"},
        [CHANGE_MARK_DEMOTED] = {"▼", "!"},
    };
    return signs[mark][ascii];
}

enum status changes_mark(struct shelf *s, const struct entry *e, enum change_mark *out, struct error *err)
{
    const struct release *now = shelf_release(s, e->set), *old = now ? changes_before(s, now) : NULL;
    struct arena a = {0};
    struct subject before, after;
    struct diff d;
    unsigned lacking = 0;
    enum status st;

    *out = CHANGE_MARK_NONE;
    if (!old)
        return ST_OK;
    diff_start(&d, s, e->set, old, now, e->id, &a, err);
    if ((e->kind == KIND_CHAPTER || e->kind == KIND_SECTION) && !diff_headings(&d))
        return ST_OK;
    st = subject_find(&d, e->id, d.old, &before);
    if (st == ST_NONE && cpt_part(e->set, e->code))
        st = cpt_parts_lacking(s, old, &lacking, err) == ST_OK ? ST_NONE : ST_SHELF;
    if (st == ST_NONE && !(lacking & cpt_part(e->set, e->code)))
        *out = CHANGE_MARK_NEW;
    if (st == ST_OK && before.version != e->version && (st = subject_find(&d, e->id, d.now, &after)) == ST_OK) {
        const bool revised = strcmp(before.title, after.title) != 0 || before.billable != after.billable;
        *out = before.billable && !after.billable ? CHANGE_MARK_DEMOTED : revised ? CHANGE_MARK_REVISED : CHANGE_MARK_NONE;
    }
    diff_end(&d);
    arena_free(&a);
    return st == ST_NONE ? ST_OK : st;
}
