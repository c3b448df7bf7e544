/* history.c - the life of one code over the loaded releases.
 *
 * Its entry is followed from release to release by the same comparisons that changes.c makes, confined to it; notes at it and
 * above it from each release that brought notes to the next that did, however many without lie between. */
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "changes_inside.h"

struct story {
    struct shelf *s;
    struct arena *a;
    struct error *err;
    int64_t entry;
    const struct release *newest; /* of the set */
    int64_t has;                  /* mask of the releases that have the code */
    struct history *out;
    struct {
        struct event *items;
        size_t len, cap;
    } events;
};

/* Takes over what a confined comparison found. */
static void add_events(struct story *t, const struct diff *d, bool above)
{
    for (size_t i = 0; i < d->out.len; i++) {
        const struct event e = {.release = d->to, .since = d->from, .change = d->out.items[i].change, .above = above};
        VEC_PUSH(&t->events, e);
    }
}

typedef enum status compare(struct diff *d);

static enum status compare_at(struct story *t, const struct release *from, const struct release *to, int64_t entry,
                              compare *run)
{
    struct diff d;

    diff_start(&d, t->s, t->out->set, from, to, entry, t->a, t->err);
    const enum status st = run(&d);
    if (st == ST_OK)
        add_events(t, &d, entry != t->entry);
    diff_end(&d);
    return st;
}

static enum status compare_codes(struct diff *d)
{
    const enum status st = diff_entries(d);
    return st == ST_OK ? diff_facts(d, 1u << COMP_CODES) : st;
}

static enum status compare_facts(struct diff *d)
{
    const enum status st = diff_facts(d, 1u << COMP_FACTS);
    return st == ST_OK && d->set == SET_CPT ? diff_notes(d) : st;
}

static enum status compare_notes(struct diff *d)
{
    const enum status st = diff_notes(d);
    return st == ST_OK ? diff_sevenths(d) : st;
}

/* Notes at the entry and at everything above it in the later release. */
static enum status compare_notes_up(struct story *t, const struct release *from, const struct release *to)
{
    struct diff d;
    int64_t at = t->entry;
    enum status st = ST_OK;

    diff_start(&d, t->s, t->out->set, from, to, at, t->a, t->err);
    for (size_t depth = 0; at && st == ST_OK && depth < PATH_DEPTH_MAX; depth++) {
        struct subject e;
        st = subject_find(&d, at, d.now, &e);
        if (st == ST_OK)
            st = compare_at(t, from, to, at, compare_notes);
        at = e.parent;
    }
    diff_end(&d);
    return st == ST_NONE ? ST_OK : st;
}

/* Follows one component from each release that has it to the next. */
static enum status follow(struct story *t, enum component c)
{
    const struct release *from = NULL;
    enum status st = ST_OK;

    for (size_t i = 0; i < t->s->nreleases && st == ST_OK; i++) {
        const struct release *to = &t->s->releases[i];
        if (to->set != t->out->set || !(to->coverage & 1u << c))
            continue;
        if (from && c == COMP_TABULAR)
            st = compare_notes_up(t, from, to);
        else if (from)
            st = compare_at(t, from, to, t->entry, c == COMP_CODES ? compare_codes : compare_facts);
        from = to;
    }
    return st;
}

/* The record begins with the first loaded release, when that has the code; the newest wording names it. */
static enum status find_ends(struct story *t)
{
    const struct release *first = NULL, *newest = NULL;
    struct subject e;

    for (size_t i = 0; i < t->s->nreleases; i++) {
        const struct release *r = &t->s->releases[i];
        struct diff d;
        if (r->set != t->out->set)
            continue;
        diff_start(&d, t->s, t->out->set, r, r, t->entry, t->a, t->err);
        const enum status st = subject_find(&d, t->entry, d.now, &e);
        if (st == ST_OK && !first) {
            diff_put(&d, CHANGE_ADDED, &e, NULL, e.title);
            const struct event begin = {.release = r, .change = d.out.items[0].change, .added = e.from, .last_day = e.to};
            VEC_PUSH(&t->events, begin);
        }
        diff_end(&d);
        if (st != ST_OK && st != ST_NONE)
            return st;
        if (st == ST_OK) {
            t->has |= d.now;
            t->out->last = r;
            t->out->title = e.title;
            t->out->last_day = e.to;
        }
        first = first ? first : r;
        newest = r;
    }
    t->newest = newest;
    t->out->gone = t->out->last != newest;
    return ST_OK;
}

/* Whether the code was reported as it stood in the release before an event, or is since. */
static enum status was_reported(struct story *t, const struct event *e, bool *out)
{
    struct subject at;
    struct diff d;

    diff_start(&d, t->s, t->out->set, e->since, e->release, t->entry, t->a, t->err);
    const enum status st = subject_find(&d, t->entry, e->change.kind == CHANGE_ADDED ? d.now : d.old, &at);
    *out = st == ST_OK && (at.billable || at.kind == KIND_MODIFIER);
    return st == ST_NONE ? ST_OK : st;
}

static enum status find_replacements(struct story *t)
{
    enum status st = ST_OK;

    for (size_t i = 0; i < t->events.len && st == ST_OK; i++) {
        struct event *e = &t->events.items[i];
        bool reported = false;
        if (!e->above && e->since)
            st = was_reported(t, e, &reported);
        if (st == ST_OK && reported)
            st = change_find_replacements(t->s, e->since, e->release, t->newest, t->a, &e->change, t->err);
    }
    return st;
}

static int by_release(const void *a, const void *b)
{
    const struct event *x = a, *y = b;

    if (x->release != y->release)
        return (x->release > y->release) - (x->release < y->release); /* one array, in calendar order */
    if (x->above != y->above)
        return x->above - y->above;
    if (x->change.kind != y->change.kind)
        return (x->change.kind > y->change.kind) - (x->change.kind < y->change.kind);
    return 0;
}

/* qsort keeps no order among equals, and there are few events: insertion does. */
static void sort_events(struct story *t)
{
    for (size_t i = 1; i < t->events.len; i++) {
        const struct event e = t->events.items[i];
        size_t k = i;
        for (; k > 0 && by_release(&t->events.items[k - 1], &e) > 0; k--)
            t->events.items[k] = t->events.items[k - 1];
        t->events.items[k] = e;
    }
}

/* The releases that were loaded without the part of CPT which the code belongs to. */
static enum status find_lacking(struct story *t)
{
    const unsigned part = cpt_part(t->out->set, t->out->code);
    struct buf names = {0};
    enum status st = ST_OK;

    for (size_t i = 0; part && i < t->s->nreleases && st == ST_OK; i++) {
        const struct release *r = &t->s->releases[i];
        unsigned lacking = 0;
        if (r->set == t->out->set && (st = cpt_parts_lacking(t->s, r, &lacking, t->err)) == ST_OK && lacking & part)
            buf_printf(&names, "%s%s", names.len ? ", " : "", r->name);
    }
    if (names.len) {
        const char **said = arena_alloc(t->a, sizeof *said);
        said[0] = arena_printf(t->a, "%s not loaded in %s", cpt_part_name(part), buf_text(&names));
        t->out->unknown = said;
        t->out->nunknown = 1;
    }
    buf_free(&names);
    return st;
}

/* Of the releases that have the code, those without notes. */
static void find_unknown(struct story *t)
{
    struct buf names = {0};

    for (size_t i = 0; i < t->s->nreleases; i++) {
        const struct release *r = &t->s->releases[i];
        if (r->set == t->out->set && !(r->coverage & 1u << COMP_TABULAR) && t->has & release_mask(t->s, r))
            buf_printf(&names, "%s%s", names.len ? ", " : "", r->name);
    }
    if (names.len && t->out->set != SET_CPT) {
        const char **said = arena_alloc(t->a, sizeof *said);
        said[0] = arena_printf(t->a, "notes are not loaded for %s: which of them changed a note cannot be told",
                               buf_text(&names));
        t->out->unknown = said;
        t->out->nunknown = 1;
    }
    buf_free(&names);
}

/* Where the code leads by its own word, as of the date that the shelf answers for. */
static enum status find_crossrefs(struct story *t)
{
    const struct release *now = shelf_release(t->s, SET_HCPCS);

    if (t->out->set != SET_HCPCS || !t->out->last || !now)
        return ST_OK;
    return crossrefs_between(t->s, t->out->last, now, shelf_date(t->s), t->out->code, t->a, &t->out->crossrefs,
                             &t->out->ncrossrefs, t->err);
}

/* The set and entry that a code names. */
static enum status find_code(struct story *t, enum codeset set, const char *typed)
{
    struct history *out = t->out;
    char shown[CODE_MAX];

    if (!find_read(typed, out->code))
        return error_set(t->err, ST_NONE, "\"%s\" cannot be a code", typed);
    for (int i = 0; i < SET_COUNT && !t->entry; i++) {
        if (set != SET_COUNT && set != (enum codeset)i)
            continue;
        out->set = (enum codeset)i;
        const enum status st = diff_entry_id(t->s, out->set, out->code, &t->entry, t->err);
        if (st != ST_OK)
            return st;
        if (!t->entry && find_say_listed(t->s, out->set, out->code, t->a, t->err))
            return ST_NONE;
    }
    if (!t->entry)
        return error_set(t->err, ST_NONE, "no loaded release has %s",
                         code_print(set == SET_COUNT && code_shaped(SET_ICD10CM, out->code) ? SET_ICD10CM : set, out->code, shown));
    return ST_OK;
}

enum status history_of(struct shelf *s, enum codeset set, const char *typed, struct arena *a, struct history *out,
                       struct error *err)
{
    struct story t = {.s = s, .a = a, .err = err, .out = out};

    memset(out, 0, sizeof *out);
    out->title = "";
    enum status st = find_code(&t, set, typed);
    if (st == ST_OK)
        st = find_ends(&t);
    if (st == ST_OK)
        st = follow(&t, COMP_CODES);
    if (st == ST_OK && out->set != SET_CPT)
        st = follow(&t, COMP_TABULAR);
    if (st == ST_OK)
        st = follow(&t, COMP_FACTS);
    if (st == ST_OK)
        st = find_crossrefs(&t);
    if (st == ST_OK)
        st = find_replacements(&t);
    if (st == ST_OK)
        st = find_lacking(&t);
    if (st == ST_OK) {
        sort_events(&t);
        find_unknown(&t);
        struct event *items = arena_alloc(a, t.events.len * sizeof *items);
        if (t.events.len)
            memcpy(items, t.events.items, t.events.len * sizeof *items);
        out->items = items;
        out->n = t.events.len;
    }
    free(t.events.items);
    return st;
}
