/* changes_replaced.c - what takes the place of the codes that go, and what was used before those that come.
 *
 * The files say it forwards in time. When the later name is given first, what is gone in that comparison came in truth, and
 * what takes its place is what was used before. */
#include "changes_inside.h"

static bool is_gone(enum change_kind kind)
{
    return kind == CHANGE_DELETED || kind == CHANGE_DEMOTED || kind == CHANGE_TERMINATED;
}

enum status change_find_replacements(struct shelf *s, const struct release *from, const struct release *to,
                                     const struct release *newest, struct arena *a, struct change *c, struct error *err)
{
    const bool reversed = from->from > to->from;
    const struct release *first = reversed ? to : from, *later = reversed ? from : to;
    struct replacements *found;
    enum status st;

    if (!is_gone(c->kind) && c->kind != CHANGE_ADDED)
        return ST_OK;
    found = arena_alloc(a, sizeof *found);
    if (is_gone(c->kind) != reversed)
        st = replacements_of(s, first, newest->from > later->from ? newest : later, c->code, a, found, err);
    else
        st = replacements_before(s, first, later, c->code, a, found, err);
    if (st == ST_OK) {
        found->whole = found->source->from >= later->from; /* what happened since has nothing to do with this change */
        c->replacements = found;
    }
    return st == ST_NONE ? ST_OK : st;
}

enum status diff_replacements(struct diff *d)
{
    enum status st = ST_OK;

    for (size_t i = 0; i < d->out.len && st == ST_OK; i++) {
        struct placed *p = &d->out.items[i];
        if (p->reported)
            st = change_find_replacements(d->s, d->from, d->to, d->to, d->a, &p->change, d->err);
    }
    return st;
}

/* What the files of a set that tell of replacements are called; HCPCS tells in a field of the code (crossrefs.h). */
static const char *files_of(enum codeset set)
{
    static const char *const names[SET_COUNT] = {[SET_ICD10CM] = "conversion table", [SET_CPT] = "CPT Link list"};
    return names[set];
}

const char *diff_say_unreplaced(const struct diff *d)
{
    const char *later = (d->from->from > d->to->from ? d->from : d->to)->name;
    const struct change *gone = NULL;

    for (size_t i = 0; i < d->out.len && !gone; i++)
        if (d->out.items[i].reported && is_gone(d->out.items[i].change.kind))
            gone = &d->out.items[i].change;
    if (!gone || !files_of(d->set) || (gone->replacements && gone->replacements->whole))
        return NULL;
    if (gone->replacements)
        return arena_printf(d->a, "no %s of %s or later is loaded, %s's is the newest: replacements since cannot be told",
                            files_of(d->set), later, gone->replacements->source->name);
    return arena_printf(d->a, "no %s of %s or later is loaded: replacements cannot be told", files_of(d->set), later);
}
