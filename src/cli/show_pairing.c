/* show_pairing.c - what has to be put together for a reader of the book: which code comes before and which after
 * (etiology and manifestation), facts that stand at the category but hold below it, and what a missing POA exemption
 * means.
 *
 * The conventions mark a manifestation twice: by its title ("in diseases classified elsewhere") and by a Code first
 * note; the etiology has a Use additional code note. */
#include <string.h>

#include "show.h"

const enum note_kind pairing_kinds[PAIRING_KINDS] = {NOTE_CODE_FIRST, NOTE_USE_ADDITIONAL, NOTE_CODE_ALSO};

/* "as the cause of diseases classified elsewhere" (B95-B97) is the other way round: those codes come second by
 * choice. */
static bool title_of_manifestation(const char *title)
{
    const char *in = strstr(title, " in ");
    return in && strstr(in, " classified elsewhere") && !strstr(title, "as the cause of");
}

struct pairing show_pairing(const struct show *s)
{
    struct pairing p = {0};
    if (s->entry.set != SET_ICD10CM)
        return p;
    p.manifestation = title_of_manifestation(s->entry.title);
    for (size_t i = 0; i < s->nnotes; i++)
        for (size_t k = 0; k < PAIRING_KINDS; k++) {
            const struct note *note = &s->notes[i];
            const bool seen = p.n[k] > 0 && p.notes[k][p.n[k] - 1]->from == note->from;
            if (note->kind == pairing_kinds[k] && !seen && p.n[k] < PAIRING_MOST)
                p.notes[k][p.n[k]++] = note;
        }
    return p;
}

static bool defines_seventh(const struct show *s, const struct entry *e)
{
    return e->kind == s->seventh.from_kind && strcmp(e->code, s->seventh.from_code) == 0;
}

bool show_replaced(const struct show *s, const struct note *note)
{
    if (note->kind != NOTE_SEVENTH || s->seventh.n == 0)
        return false;
    bool nearer = defines_seventh(s, &s->entry);
    for (size_t i = s->npath; i-- > 0;) {
        if (s->path[i].place == note->from)
            return nearer;
        nearer |= defines_seventh(s, &s->path[i]);
    }
    return false;
}

static bool has_fact(const struct show *s, const char *name)
{
    for (size_t i = 0; i < s->nfacts; i++)
        if (strcmp(s->facts[i].name, name) == 0)
            return true;
    return false;
}

static void add_facts(struct show *s, struct arena *a, const struct fact *more, size_t n)
{
    struct fact *all = arena_alloc(a, (s->nfacts + n) * sizeof *all);
    if (s->nfacts)
        memcpy(all, s->facts, s->nfacts * sizeof *all);
    memcpy(all + s->nfacts, more, n * sizeof *all);
    s->facts = all;
    s->nfacts += n;
}

enum status show_facts(struct shelf *shelf, struct show *s, struct arena *a, struct error *err)
{
    static const struct fact required = {"poa", "required", "Present on admission", "an indicator is reported with it"};
    const struct entry *e = &s->entry;
    enum status st = shelf_facts(shelf, e, a, &s->facts, &s->nfacts, err);
    if (st != ST_OK || e->set != SET_ICD10CM)
        return st;
    if (e->billable && shelf_component(shelf, e->set, COMP_FACTS) && !has_fact(s, required.name))
        add_facts(s, a, &required, 1);
    for (size_t i = 0; i < s->npath; i++) {
        const struct fact *facts = NULL;
        size_t n = 0;
        if (s->path[i].kind == KIND_CATEGORY)
            st = shelf_facts(shelf, &s->path[i], a, &facts, &n, err);
        if (st == ST_OK && n > 0)
            add_facts(s, a, facts, n);
    }
    return st;
}
