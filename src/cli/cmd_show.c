/* cmd_show.c - codeshelf show: for every code named, the entry with its path, the notes that apply to it, the 7th
 * characters in force, its fields and what is below it. A code that is not there is said so, and the others are shown
 * all the same. */
#include "show.h"

/* A code that ended, or a header that was a code once. */
static enum status find_replaced(struct shelf *s, struct show *out, struct arena *a, struct error *err)
{
    const struct entry *e = &out->entry;
    struct replacements found;
    if (e->billable || e->kind == KIND_CHAPTER || e->kind == KIND_SECTION || (e->kind == KIND_MODIFIER && !e->to))
        return ST_OK;
    const enum status st = replacements_of(s, NULL, out->release, e->code, a, &found, err);
    if (st == ST_OK && found.n) {
        struct replacements *kept = arena_alloc(a, sizeof *kept);
        *kept = found;
        out->replaced = kept;
    }
    return st == ST_NONE ? ST_OK : st;
}

/* What the release in force did to the entry. A heading that bears no mark may be one that cannot be compared. */
static enum status find_mark(struct shelf *s, struct show *out, struct error *err)
{
    const bool heading = out->entry.kind == KIND_CHAPTER || out->entry.kind == KIND_SECTION;
    const enum status st = changes_mark(s, &out->entry, &out->mark, err);
    if (out->mark || !heading)
        out->against = changes_before(s, out->release);
    if (out->entry.set == SET_CPT && !heading)
        out->unknown = CHANGES_CPT_UNMARKED;
    return st;
}

static enum status gather(struct call *c, const struct desks *desks, const char *typed, struct arena *a, struct show *out,
                          struct error *err)
{
    struct shelf *s = c->shelf;
    struct entry *e = &out->entry;
    enum status st = shelf_find(s, c->opt.set, typed, a, e, err);
    if (st != ST_OK)
        return st;
    out->release = call_release(c, e->set);
    out->pending = e->from > shelf_date(s);
    out->warning = shelf_warning(s, e->set);
    out->notes_missing = call_notes_missing(c, e->set, out->missing, sizeof out->missing);
    st = shelf_path(s, e, a, &out->path, &out->npath, err);
    if (st == ST_OK)
        st = shelf_effective_notes(s, e, a, &out->notes, &out->nnotes, err);
    if (st == ST_OK)
        st = shelf_seventh(s, e, false, a, &out->seventh, err);
    if (st == ST_OK)
        st = shelf_children(s, e, a, &out->children, &out->nchildren, err);
    if (st == ST_OK)
        st = show_facts(s, out, a, err);
    if (st == ST_OK)
        st = crossrefs_of(s, e, a, &out->crossrefs, &out->ncrossrefs, err);
    if (st == ST_OK)
        st = find_mark(s, out, err);
    if (st == ST_OK)
        st = find_replaced(s, out, a, err);
    if (st == ST_OK)
        st = desks_notes(desks, s, e, a, &out->desk_notes, &out->ndesk_notes, err);
    return st;
}

enum status cmd_show(struct call *c, struct error *err)
{
    const struct page page = page_start(c->out);
    struct json j = {0};
    struct desks desks;
    enum status st = desk_notes_open(c, &desks, err), all = st;
    for (size_t i = 0; i < c->nwords && (st == ST_OK || st == ST_NONE); i++) {
        struct arena a = {0};
        struct show show = {0};
        struct error miss = {0};
        st = gather(c, &desks, c->words[i], &a, &show, &miss);
        if (st == ST_OK && c->opt.text[OPT_JSON]) {
            show_json(&show, &j, c->out);
        } else if (st == ST_OK) {
            if (i > 0)
                fputc('\n', c->out);
            show_text(&page, &show);
        } else {
            fflush(c->out);
            call_say(c, miss.text);
            all = st;
        }
        arena_free(&a);
    }
    desks_close(&desks);
    json_free(&j); /* every code that failed has said so itself */
    return all;
}
