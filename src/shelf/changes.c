/* changes.c - what differs between two releases of a set.
 *
 * Releases share their rows: whatever both have carries both mask bits and is never looked at. The rows that carry one bit
 * only, a few thousand, are paired into changes. Each component is compared only when both releases brought it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/calendar.h"
#include "changes_inside.h"

const char *change_name(enum change_kind kind)
{
    static const char *const names[CHANGE_COUNT] = {
        [CHANGE_ADDED] = "added",
        [CHANGE_DELETED] = "deleted",
        [CHANGE_TERMINATED] = "terminated",
        [CHANGE_REACTIVATED] = "reactivated",
        [CHANGE_DEMOTED] = "demoted",
        [CHANGE_PROMOTED] = "promoted",
        [CHANGE_MOVED] = "moved",
        [CHANGE_REWORDED] = "reworded",
        [CHANGE_RENOTED] = "renoted",
        [CHANGE_REFIELDED] = "refielded",
    };
    return names[kind];
}

/* --- what cannot be told -------------------------------------------------------------------------------------------- */

static const struct {
    enum component component;
    unsigned sets; /* those whose releases can bring it */
    const char *what, *changes;
} parts[] = {
    {COMP_TABULAR, 1u << SET_ICD10CM, "notes", "note changes"},
    {COMP_TABULAR, 1u << SET_HCPCS, "processing notes", "changes of them"},
    {COMP_INDEX, 1u << SET_ICD10CM, "Alphabetic Index", "index changes"},
    {COMP_EXTERNAL, 1u << SET_ICD10CM, "External Cause Index", "changes of it"},
    {COMP_NEOPLASM, 1u << SET_ICD10CM, "Table of Neoplasms", "changes of it"},
    {COMP_DRUGS, 1u << SET_ICD10CM, "Table of Drugs", "changes of it"},
    {COMP_GUIDELINES, 1u << SET_ICD10CM, "Official Guidelines", "changes of them"},
    {COMP_FACTS, 1u << SET_ICD10CM, "POA-exempt list", "changes of it"},
    {COMP_INDEX, 1u << SET_HCPCS, "Index", "changes of it"},
    {COMP_DRUGS, 1u << SET_HCPCS, "Table of Drugs", "changes of it"},
    {COMP_FACTS, 1u << SET_HCPCS, "NOC code list", "changes of it"},
    {COMP_FACTS, 1u << SET_CPT, "consumer and clinician descriptors", "changes of them"},
};

static bool plural(const char *what)
{
    return what[strlen(what) - 1] == 's' && strncmp(what, "Table", 5) != 0;
}

static const char *say_unknown(const struct diff *d, size_t i)
{
    const unsigned bit = 1u << parts[i].component;
    const bool from = d->from->coverage & bit, to = d->to->coverage & bit;
    const char *verb = plural(parts[i].what) ? "are" : "is";

    if (from || to)
        return arena_printf(d->a, "%s's %s %s not loaded: %s cannot be told", from ? d->to->name : d->from->name,
                            parts[i].what, verb, parts[i].changes);
    return arena_printf(d->a, "neither %s's nor %s's %s %s loaded: %s cannot be told", d->from->name, d->to->name,
                        parts[i].what, verb, parts[i].changes);
}

/* "PLA codes not loaded in 2025: which came and went cannot be told"; NULL when both releases have some. */
static const char *say_part_lacking(const struct diff *d, unsigned part)
{
    const bool from = d->lacking[0] & part, to = d->lacking[1] & part;

    if (!from && !to)
        return NULL;
    return arena_printf(d->a, "%s not loaded in %s%s%s: which came and went cannot be told", cpt_part_name(part),
                        (from ? d->from : d->to)->name, from && to ? " and " : "", from && to ? d->to->name : "");
}

/* Of indexes, tables and guidelines, or of what belongs to the codes themselves. */
static void say_components(const struct diff *d, bool of_books, const char **said, size_t *n)
{
    for (size_t i = 0; d->from != d->to && i < sizeof parts / sizeof *parts; i++) {
        const enum component c = parts[i].component;
        if ((c != COMP_TABULAR && c != COMP_FACTS) == of_books && parts[i].sets & 1u << d->set && !diff_has(d, c))
            said[(*n)++] = say_unknown(d, i);
    }
}

static void find_unknown(const struct diff *d, struct changes *out)
{
    enum { MOST = sizeof parts / sizeof *parts + CPT_PARTS + 2 };
    const char **said = arena_alloc(d->a, MOST * sizeof *said), *unreplaced = diff_say_unreplaced(d);

    say_components(d, false, said, &out->nunknown);
    for (unsigned part = 0; d->from != d->to && part < CPT_PARTS; part++) {
        const char *lacking = say_part_lacking(d, 1u << part);
        if (lacking)
            said[out->nunknown++] = lacking;
    }
    if (unreplaced)
        said[out->nunknown++] = unreplaced;
    if (d->set == SET_CPT)
        said[out->nunknown++] = CHANGES_CPT_UNMARKED ": their changes cannot be told";
    out->nunknown_codes = out->nunknown;
    say_components(d, true, said, &out->nunknown);
    out->unknown = said;
}

/* --- the comparison ------------------------------------------------------------------------------------------------- */

/* The names of the set's releases, the newest when there are many, behind what is wrong with a name. */
static void say_loaded(const struct shelf *s, enum codeset set, struct error *err, const char *wrong)
{
    enum { NAMES_MOST = 12 };
    struct buf names = {0};
    size_t n = 0, at = 0;

    for (size_t i = 0; i < s->nreleases; i++)
        n += s->releases[i].set == set;
    for (size_t i = 0; i < s->nreleases; i++) {
        if (s->releases[i].set == set && at++ + NAMES_MOST >= n)
            buf_printf(&names, "%s%s", names.len ? ", " : n > NAMES_MOST ? "..., " : "", s->releases[i].name);
    }
    if (n)
        error_set(err, ST_NONE, "%s; loaded: %s", wrong, buf_text(&names));
    else
        error_set(err, ST_NONE, "%s; the shelf has no release of it", wrong);
    buf_free(&names);
}

static const struct release *release_named(const struct shelf *s, enum codeset set, const char *typed, struct error *err)
{
    char name[24], wrong[128];

    if (!calendar_name(set, typed, name)) {
        snprintf(wrong, sizeof wrong, "\"%.40s\" names no release of %s", typed, codeset_title(set));
        say_loaded(s, set, err, wrong);
        return NULL;
    }
    for (size_t i = 0; i < s->nreleases; i++)
        if (s->releases[i].set == set && strcmp(s->releases[i].name, name) == 0)
            return &s->releases[i];
    snprintf(wrong, sizeof wrong, "%s %s is not loaded", codeset_title(set), name);
    say_loaded(s, set, err, wrong);
    return NULL;
}

static int by_entry(const void *a, const void *b)
{
    const struct change_of *x = a, *y = b;

    if (x->entry != y->entry)
        return (x->entry > y->entry) - (x->entry < y->entry);
    return (x->item > y->item) - (x->item < y->item);
}

static void give(const struct diff *d, struct changes *out)
{
    struct change *items = arena_alloc(d->a, d->out.len * sizeof *items);
    struct change_of *of = arena_alloc(d->a, d->out.len * sizeof *of);

    for (size_t i = 0; i < d->out.len; i++) {
        items[i] = d->out.items[i].change;
        (items[i].entry ? out->entries : out->rows)[items[i].kind]++;
        if (items[i].entry)
            of[out->nby_entry++] = (struct change_of){items[i].entry, i};
    }
    if (out->nby_entry)
        qsort(of, out->nby_entry, sizeof *of, by_entry);
    out->by_entry = of;
    out->items = items;
    out->n = d->out.len;
}

/* Where the cross-references of what has ended lead, as of the first day of the later release. */
static enum status follow_ended(struct diff *d)
{
    enum status st = ST_OK;

    for (size_t i = 0; d->set == SET_HCPCS && i < d->out.len && st == ST_OK; i++) {
        struct change *c = &d->out.items[i].change;
        if (c->kind == CHANGE_TERMINATED)
            st = crossrefs_between(d->s, d->to, d->to, d->to->from, c->code, d->a, &c->crossrefs, &c->ncrossrefs, d->err);
    }
    return st;
}

static enum status compare(struct diff *d)
{
    static const char same_entry[] = "SELECT w.id FROM version v JOIN version w ON w.entry = v.entry"
                                     " WHERE v.id = ?1 AND w.mask & ?2";
    enum status st = sequence_read(d->s, &d->before, 0, d->err);

    if (st == ST_OK)
        st = sequence_read(d->s, &d->after, 0, d->err);
    if (st == ST_OK)
        st = diff_entries(d);
    if (st == ST_OK)
        st = follow_ended(d);
    if (st == ST_OK)
        st = diff_replacements(d);
    if (st == ST_OK)
        st = diff_notes(d);
    if (st == ST_OK)
        st = diff_sevenths(d);
    if (st == ST_OK)
        st = diff_governed(d);
    if (st == ST_OK)
        st = diff_facts(d, ~0u);
    if (st == ST_OK)
        st = diff_place_gone(d, 0, &d->before, &d->after, same_entry);
    if (st == ST_OK)
        st = diff_terms(d);
    if (st == ST_OK)
        st = diff_guidelines(d);
    if (st == ST_OK)
        diff_sort(d);
    return st;
}

enum status changes_between(struct shelf *s, enum codeset set, const char *from, const char *to, struct arena *a,
                            struct changes *out, struct error *err)
{
    struct diff d;

    memset(out, 0, sizeof *out);
    out->from = release_named(s, set, from, err);
    out->to = out->from ? release_named(s, set, to, err) : NULL;
    if (!out->to)
        return ST_NONE;
    diff_start(&d, s, set, out->from, out->to, 0, a, err);
    enum status st = compare(&d);
    if (st == ST_OK) {
        find_unknown(&d, out);
        give(&d, out);
        st = diff_parts(&d, out);
    }
    diff_end(&d);
    return st;
}
