/* changes_impact.c - what the changes between two releases mean for one code: its own, and the notes that changed above it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "changes_inside.h"

static const struct {
    const char *name;
    bool alerts;
} verdicts[] = {
    [IMPACT_UNCHANGED] = {"unchanged", false},   [IMPACT_NEW] = {"new", false},
    [IMPACT_OTHER] = {"other", false},           [IMPACT_RENOTED] = {"renoted", true},
    [IMPACT_REWORDED] = {"reworded", true},      [IMPACT_HEADER] = {"header", true},
    [IMPACT_TERMINATED] = {"terminated", true},  [IMPACT_DEMOTED] = {"demoted", true},
    [IMPACT_DELETED] = {"deleted", true},        [IMPACT_UNKNOWN] = {"unknown", true},
    [IMPACT_UNTOLD] = {"untold", true},
};

const char *verdict_name(enum verdict v)
{
    return verdicts[v].name;
}

bool verdict_alerts(enum verdict v)
{
    return verdicts[v].alerts;
}

static enum verdict verdict_of(enum change_kind kind)
{
    switch (kind) {
    case CHANGE_ADDED: return IMPACT_NEW;
    case CHANGE_DELETED: return IMPACT_DELETED;
    case CHANGE_TERMINATED: return IMPACT_TERMINATED;
    case CHANGE_DEMOTED: return IMPACT_DEMOTED;
    case CHANGE_REWORDED: return IMPACT_REWORDED;
    case CHANGE_RENOTED: return IMPACT_RENOTED;
    case CHANGE_REACTIVATED:
    case CHANGE_PROMOTED:
    case CHANGE_MOVED:
    case CHANGE_REFIELDED:
    case CHANGE_COUNT: break;
    }
    return IMPACT_OTHER;
}

static void raise(struct impact *out, enum verdict v)
{
    if (v > out->verdict)
        out->verdict = v;
}

struct found {
    const struct change **items;
    size_t len, cap;
};

static const struct change **keep(struct found *found, struct arena *a)
{
    const struct change **kept = arena_alloc(a, found->len * sizeof *kept);
    if (found->len)
        memcpy(kept, found->items, found->len * sizeof *kept);
    free(found->items);
    return kept;
}

/* The changes at an entry: all, or those of notes and 7th characters. */
static void collect(const struct changes *changes, int64_t entry, bool notes_only, struct found *out)
{
    size_t first = 0, end = changes->nby_entry;

    while (first < end) {
        const size_t middle = first + (end - first) / 2;
        if (changes->by_entry[middle].entry < entry)
            first = middle + 1;
        else
            end = middle;
    }
    for (; first < changes->nby_entry && changes->by_entry[first].entry == entry; first++) {
        const struct change *c = &changes->items[changes->by_entry[first].item];
        if (!notes_only || c->kind == CHANGE_RENOTED)
            VEC_PUSH(out, c);
    }
}

/* The changed notes above an entry, up to its chapter. */
static enum status collect_above(struct diff *d, const struct changes *changes, int64_t parent, struct found *out)
{
    for (size_t depth = 0; parent && depth < PATH_DEPTH_MAX; depth++) {
        struct subject up;
        const enum status st = subject_find(d, parent, d->now, &up);
        if (st != ST_OK)
            return st == ST_NONE ? ST_OK : st;
        collect(changes, parent, true, out);
        parent = up.parent;
    }
    return ST_OK;
}

/* Judges what the later release has, when it has the entry. */
static enum status judge_later(struct diff *d, const struct changes *changes, int64_t entry, struct impact *out)
{
    struct found above = {0};
    struct subject now;
    enum status st = subject_find(d, entry, d->now, &now);

    if (st != ST_OK)
        return st == ST_NONE ? ST_OK : st;
    out->title = now.title;
    out->last_day = now.to;
    if (now.to && now.to < changes->to->from)
        raise(out, IMPACT_TERMINATED);
    if (!now.billable && now.kind != KIND_MODIFIER && out->verdict != IMPACT_DEMOTED)
        raise(out, IMPACT_HEADER);
    if (out->verdict != IMPACT_NEW)
        st = collect_above(d, changes, now.parent, &above);
    out->nabove = above.len;
    out->above = keep(&above, d->a);
    if (out->nabove)
        raise(out, IMPACT_RENOTED);
    return st;
}

/* What a HCPCS code that is of no more use names instead, in the words of the newest of the two releases that has it. */
static enum status find_crossrefs(struct diff *d, struct impact *out)
{
    if (d->set != SET_HCPCS || (out->verdict != IMPACT_TERMINATED && out->verdict != IMPACT_DELETED))
        return ST_OK;
    return crossrefs_between(d->s, out->verdict == IMPACT_DELETED ? d->from : d->to, d->to, d->to->from, out->code, d->a,
                             &out->crossrefs, &out->ncrossrefs, d->err);
}

/* What takes the place of a code. A list may be older than the earlier release: for what was gone then the years before
 * count, too. */
static enum status find_instead(struct diff *d, struct impact *out)
{
    struct replacements *found;

    for (size_t i = 0; i < out->nown && !out->replacements; i++)
        if (out->own[i]->replacements && !out->own[i]->replacements->before)
            out->replacements = out->own[i]->replacements;
    if (out->replacements || (out->verdict != IMPACT_HEADER && out->verdict != IMPACT_UNKNOWN))
        return find_crossrefs(d, out);
    found = arena_alloc(d->a, sizeof *found);
    const enum status st = replacements_of(d->s, NULL, d->to, out->code, d->a, found, d->err);
    if (st == ST_OK && (found->n || found->listed))
        out->replacements = found;
    return st == ST_NONE ? ST_OK : st;
}

/* The nearest loaded release that has what neither of the two has. */
static enum status find_other(struct diff *d, int64_t entry, struct impact *out)
{
    struct subject e;

    for (size_t i = 0; entry && i < d->s->nreleases; i++) { /* in calendar order */
        const struct release *r = &d->s->releases[i];
        if (r->set != d->set || (out->other && r->from > d->from->from))
            continue;
        const enum status st = subject_find(d, entry, release_mask(d->s, r), &e);
        if (st == ST_OK) {
            out->other = r;
            out->title = e.title;
        } else if (st != ST_NONE) {
            return st;
        }
    }
    return find_instead(d, out);
}

enum status impact_of(struct shelf *s, const struct changes *changes, const char *typed, struct arena *a, struct impact *out,
                      struct error *err)
{
    struct found own = {0};
    struct subject old;
    struct diff d;
    int64_t entry = 0;
    enum status st = ST_OK;

    memset(out, 0, sizeof *out);
    out->title = "";
    if (code_read(typed, out->code))
        st = diff_entry_id(s, changes->from->set, out->code, &entry, err);
    else
        snprintf(out->code, sizeof out->code, "%s", typed);
    if (st != ST_OK)
        return st;
    diff_start(&d, s, changes->from->set, changes->from, changes->to, entry, a, err);
    st = entry ? subject_find(&d, entry, d.old | d.now, &old) : ST_NONE;
    if (st == ST_NONE) {
        raise(out, IMPACT_UNKNOWN);
        return find_other(&d, entry, out);
    }
    if (st != ST_OK)
        return st;
    out->title = old.title;
    collect(changes, entry, false, &own);
    out->nown = own.len;
    out->own = keep(&own, a);
    for (size_t i = 0; i < out->nown; i++)
        raise(out, verdict_of(out->own[i]->kind));
    st = judge_later(&d, changes, entry, out);
    if (st == ST_OK && out->verdict == IMPACT_UNCHANGED) {
        st = subject_common(&d, entry, &old);
        if (st == ST_NONE)
            raise(out, IMPACT_UNTOLD);
        st = st == ST_NONE ? ST_OK : st;
    }
    return st == ST_OK ? find_instead(&d, out) : st;
}
