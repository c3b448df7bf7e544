/* fold.c - many editions folded into one set of rows.
 *
 * An entry is found by (code set, class, code), a version by everything it says; both are numbered when first seen. Notes,
 * 7th characters and facts of an entry form one list that holds the lists of all releases: each release's list is laid
 * along it from the front, an equal item further on gets the release's bit, anything else is inserted where the walk stands.
 * So every release finds its own items in its own order, and a list that did not change costs nothing. */
#include "fold.h"

#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"

enum entry_class entry_class_of(enum kind kind)
{
    if (kind == KIND_CHAPTER)
        return CLASS_CHAPTER;
    if (kind == KIND_SECTION)
        return CLASS_SECTION;
    return kind == KIND_MODIFIER ? CLASS_MODIFIER : CLASS_CODE;
}

static int32_t fold_entry_of(struct fold *f, enum codeset set, const struct ed_entry *row)
{
    char key[64];
    const size_t n = strlen(row->code) < sizeof key - 2 ? strlen(row->code) : sizeof key - 2;
    bool added;

    key[0] = (char)set;
    key[1] = (char)entry_class_of(row->kind);
    memcpy(key + 2, row->code, n);
    const uint32_t at = map_put(&f->entry_map, key, n + 2, (uint32_t)f->entries.len, &added);
    if (added) {
        const struct fold_entry e = {set, entry_class_of(row->kind), row->code, {-1, -1, -1}};
        VEC_PUSH(&f->entries, e);
    }
    return (int32_t)at;
}

static uint32_t fold_version_of(struct fold *f, int32_t entry, int32_t parent, const struct ed_entry *row, struct buf *key)
{
    const int32_t numbers[] = {entry, parent, (int32_t)row->kind, row->billable, row->family, row->from, row->to};
    bool added;

    buf_clear(key);
    buf_add(key, (const char *)numbers, sizeof numbers);
    buf_add(key, row->title, strlen(row->title) + 1);
    buf_add(key, row->short_title, strlen(row->short_title) + 1);
    if (row->printed)
        buf_puts(key, row->printed);
    const uint32_t at = map_put(&f->version_map, key->text, key->len, (uint32_t)f->versions.len, &added);
    if (added) {
        const struct fold_version v = {entry, parent, 0, row};
        VEC_PUSH(&f->versions, v);
    }
    return at;
}

/* The book of the release before, walked along with the one being folded: most rows stand there next, as they were, and then
 * need not be looked up. */
struct walk {
    const uint32_t *versions;
    size_t n, at;
};

/* The version that the release before has of a row's entry, NULL when it does not stand near. */
static const struct fold_version *walk_to(const struct fold *f, struct walk *w, const struct ed_entry *row)
{
    enum { AHEAD = 16 };

    for (size_t at = w->at; at < w->n && at < w->at + AHEAD; at++) {
        const struct fold_version *v = &f->versions.items[w->versions[at]];
        const struct fold_entry *e = &f->entries.items[v->entry];
        if (e->class == entry_class_of(row->kind) && strcmp(e->code, row->code) == 0) {
            w->at = at + 1;
            return v;
        }
    }
    return NULL;
}

static bool same_version(const struct fold_version *v, int32_t parent, const struct ed_entry *row)
{
    const struct ed_entry *was = v->row;

    return v->parent == parent && was->kind == row->kind && was->billable == row->billable && was->family == row->family
           && was->from == row->from && was->to == row->to && strcmp(was->title, row->title) == 0
           && strcmp(was->short_title, row->short_title) == 0 && !was->printed == !row->printed
           && (!row->printed || strcmp(was->printed, row->printed) == 0);
}

static bool same_item(const struct fold_item *a, const struct fold_item *b)
{
    return a->kind == b->kind && strcmp(a->text, b->text) == 0 && strcmp(a->more, b->more) == 0;
}

/* Lays one item behind *last (-1: the head) of an entry's list and moves *last to it. */
static void lay_item(struct fold *f, enum item_list list, int32_t entry, const struct fold_item *item, int32_t *last)
{
    int32_t *head = &f->entries.items[entry].first[list];
    for (int32_t at = *last < 0 ? *head : f->list[list].items[*last].next; at >= 0; at = f->list[list].items[at].next) {
        if (same_item(&f->list[list].items[at], item)) {
            f->list[list].items[at].mask |= item->mask;
            *last = at;
            return;
        }
    }
    struct fold_item fresh = *item;
    const int32_t at = (int32_t)f->list[list].len;
    fresh.next = *last < 0 ? *head : f->list[list].items[*last].next;
    VEC_PUSH(&f->list[list], fresh);
    if (*last < 0)
        *head = at;
    else
        f->list[list].items[*last].next = at;
    *last = at;
}

struct lay {
    struct fold *f;
    const int32_t *entry_at; /* fold entry of each entry of the edition */
    uint64_t bit;
    uint32_t owner;
    int32_t last;
};

static void lay_next(struct lay *l, enum item_list list, uint32_t owner, int kind, const char *text, const char *more)
{
    const struct fold_item item = {l->bit, kind, text, more, -1};
    if (owner != l->owner) {
        l->owner = owner;
        l->last = -1;
    }
    lay_item(l->f, list, l->entry_at[owner], &item, &l->last);
}

static void fold_lists(struct fold *f, const struct edition *ed, const int32_t *entry_at, uint64_t bit)
{
    struct lay l = {f, entry_at, bit, UINT32_MAX, -1};
    for (size_t i = 0; i < ed->notes.len; i++) {
        const struct ed_note *n = &ed->notes.items[i];
        lay_next(&l, LIST_NOTES, n->entry, (int)n->kind, n->text, "");
    }
    l.owner = UINT32_MAX;
    for (size_t i = 0; i < ed->sevenths.len; i++) {
        const struct ed_seventh *s = &ed->sevenths.items[i];
        lay_next(&l, LIST_SEVENTHS, s->entry, s->ch, s->text, s->note ? s->note : "");
    }
    l.owner = UINT32_MAX;
    for (size_t i = 0; i < ed->facts.len; i++) {
        const struct ed_fact *x = &ed->facts.items[i];
        lay_next(&l, LIST_FACTS, x->entry, 0, x->name, x->value);
    }
}

static void fold_edition(struct fold *f, struct edition *ed, int bit, struct buf *key)
{
    int32_t *entry_at = mem_alloc((ed->entries.len + 1) * sizeof *entry_at);
    struct fold_release release = {.edition = ed, .bit = bit};
    const struct fold_release *before = bit > 0 ? &f->releases.items[f->releases.len - 1] : NULL;
    struct walk walk = {before ? before->order[COMP_CODES].rows : NULL, before ? before->order[COMP_CODES].len : 0, 0};
    uint32_t *versions = mem_alloc((ed->entries.len + 1) * sizeof *versions);

    release.order[COMP_CODES] = (struct fold_order){versions, ed->entries.len, ed->entries.len + 1};
    for (size_t i = 0; i < ed->entries.len; i++) {
        const struct ed_entry *row = &ed->entries.items[i];
        const struct fold_version *was = walk_to(f, &walk, row);
        entry_at[i] = was ? was->entry : fold_entry_of(f, ed->set, row);
        const int32_t parent = row->parent == NO_PARENT ? NO_ENTRY : entry_at[row->parent];
        versions[i] = was && same_version(was, parent, row) ? (uint32_t)(was - f->versions.items)
                                                            : fold_version_of(f, entry_at[i], parent, row, key);
        f->versions.items[versions[i]].mask |= UINT64_C(1) << bit;
    }
    fold_lists(f, ed, entry_at, UINT64_C(1) << bit);
    fold_terms(f, &release);
    fold_guidelines(f, &release);
    fold_replacements(f, &release);
    VEC_PUSH(&f->releases, release);
    free(entry_at);
}

enum status fold_editions(struct fold *f, struct edition *const *editions, size_t n, struct error *err)
{
    struct buf key = {0};
    enum status rc = ST_OK;
    int bit = 0;

    for (size_t i = 0; i < n && rc == ST_OK; i++, bit++) {
        if (i > 0 && editions[i]->set != editions[i - 1]->set)
            bit = 0;
        if (bit >= RELEASES_MAX)
            rc = error_set(err, ST_USAGE, "%s: a shelf holds at most %d releases of a code set; drop one first",
                           codeset_title(editions[i]->set), RELEASES_MAX);
        else
            fold_edition(f, editions[i], bit, &key);
    }
    fold_sort_replacements(f);
    buf_free(&key);
    return rc;
}

void fold_free(struct fold *f)
{
    for (size_t i = 0; i < f->releases.len; i++)
        for (int book = 0; book < COMP_COUNT; book++)
            free(f->releases.items[i].order[book].rows);
    free(f->releases.items);
    free(f->entries.items);
    free(f->versions.items);
    for (int i = 0; i < 3; i++)
        free(f->list[i].items);
    free(f->terms.items);
    free(f->guidelines.items);
    free(f->replacements.items);
    map_free(&f->entry_map);
    map_free(&f->version_map);
    map_free(&f->node_map);
    map_free(&f->term_map);
    map_free(&f->guideline_map);
    map_free(&f->replacement_map);
    arena_free(&f->arena);
}
