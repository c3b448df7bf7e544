/* place.c - from the table of items to the book. The files give no headings: codesets/cpt/outline.tsv does, by number range, and
 * its order is that of the printed book (Evaluation and Management first). Inside a section codes keep the order of their
 * file. Only headings that hold something are put into the edition. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/codesets.h"
#include "cpt/book.h"

enum { RANGES_MAX = 4, LEVELS = 3, REPEATS_NEAR = 64 /* notes of an item looked back at for a repetition */ };

struct range {
    char first[6], last[6];
};

struct heading {
    int level; /* 0 chapter, 1 section, 2 part of a section */
    int parent; /* index of the heading above, -1 for chapters */
    char code[CODE_MAX];
    const char *title;
    struct range ranges[RANGES_MAX];
    int nranges;
    int32_t place; /* in entries once put there, else NO_PARENT */
};

struct outline {
    struct heading *items;
    size_t len, cap;
};

/* "99202-99215 0001A-0002A" into ranges. */
static void read_ranges(struct heading *h, const char *text)
{
    while (h->nranges < RANGES_MAX && strlen(text) >= 11) {
        struct range *r = &h->ranges[h->nranges++];
        memcpy(r->first, text, 5);
        memcpy(r->last, text + 6, 5);
        text += 11;
        text += strspn(text, " ");
    }
}

static void read_outline(struct arena *a, struct outline *out)
{
    const char *at = codesets_file("cpt/outline.tsv");
    struct tsv_row row;
    int last[LEVELS] = {-1, -1, -1};
    while (at && tsv_next(&at, &row)) {
        struct heading h = {.level = row.cell[0].text[0] - '0', .parent = -1, .place = NO_PARENT};
        char ranges[64];
        if (h.level < 0 || h.level >= LEVELS || row.cells < 3)
            continue;
        tsv_copy(&row, 1, h.code, sizeof h.code);
        h.title = arena_strndup(a, row.cell[2].text, row.cell[2].len);
        tsv_copy(&row, h.level == 0 ? 3 : 1, ranges, sizeof ranges);
        read_ranges(&h, ranges);
        if (h.level > 0)
            h.parent = last[h.level - 1];
        last[h.level] = (int)out->len;
        VEC_PUSH(out, h);
    }
}

static bool holds(const struct heading *h, const char *code)
{
    const bool number = code[4] >= '0' && code[4] <= '9';
    for (int i = 0; i < h->nranges; i++) {
        const struct range *r = &h->ranges[i];
        const bool same = number ? r->last[4] >= '0' && r->last[4] <= '9' : r->last[4] == code[4];
        if (same && strcmp(r->first, code) <= 0 && strcmp(code, r->last) <= 0)
            return true;
    }
    return false;
}

/* The deepest heading that holds the item; modifiers belong to the last one, which has no range. */
static int heading_for(const struct outline *o, const struct item *it)
{
    int best = (int)o->len - 1;
    bool found = false;
    for (size_t i = 0; i < o->len && it->kind == KIND_CODE; i++)
        if (holds(&o->items[i], it->code) && (!found || o->items[i].level > o->items[best].level)) {
            best = (int)i;
            found = true;
        }
    return best;
}

/* An item on its way into the book. */
struct placed {
    int heading;
    uint32_t turn, item;
};

static int compare_placed(const void *x, const void *y)
{
    const struct placed *a = x, *b = y;
    if (a->heading != b->heading)
        return a->heading < b->heading ? -1 : 1;
    return a->turn < b->turn ? -1 : a->turn > b->turn;
}

static int32_t put_heading(struct edition *ed, struct outline *o, int at)
{
    struct heading *h = &o->items[at];
    if (h->place != NO_PARENT)
        return h->place;
    const int32_t parent = h->parent >= 0 ? put_heading(ed, o, h->parent) : NO_PARENT;
    const struct ed_entry e = {.kind = h->level == 0 ? KIND_CHAPTER : KIND_SECTION,
                               .code = arena_strdup(&ed->arena, h->code),
                               .parent = parent,
                               .title = h->title,
                               .short_title = ""};
    h->place = (int32_t)ed->entries.len;
    VEC_PUSH(&ed->entries, e);
    return h->place;
}

/* Whether text begins with the n bytes of a family's common part. */
static bool shares(const char *text, const char *common, size_t n)
{
    return n > 0 && strncmp(text, common, n) == 0;
}

/* In print the codes of a family give the part before the semicolon once: the first one carries it, those that follow in the
 * same section show the rest, indented. Each of these gets a fact "stem" that names the first. */
static void add_stems(struct book *b, const uint32_t *item_of)
{
    const struct edition *ed = b->ed;
    const struct ed_entry *head = NULL;
    size_t common = 0;
    for (size_t i = 0; i < ed->entries.len; i++) {
        const struct ed_entry *e = &ed->entries.items[i];
        if (head && e->kind == KIND_CODE && e->parent == head->parent && shares(e->title, head->title, common)) {
            book_fact(b, item_of[i], "stem", head->code);
            continue;
        }
        const char *semicolon = e->kind == KIND_CODE ? strchr(e->title, ';') : NULL;
        head = semicolon ? e : NULL;
        common = semicolon ? (size_t)(semicolon - e->title) + 1 : 0;
    }
}

/* Items in book order, each under its heading; item_of[entry] is its item. */
static uint32_t *put_entries(struct book *b, struct outline *o)
{
    struct placed *order = mem_alloc((b->items.len + 1) * sizeof *order);
    size_t n = 0;
    for (size_t i = 0; i < b->items.len; i++)
        if (b->items.items[i].title)
            order[n++] = (struct placed){heading_for(o, &b->items.items[i]), b->items.items[i].turn, (uint32_t)i};
    qsort(order, n, sizeof *order, compare_placed);
    uint32_t *item_of = mem_alloc((n + o->len + 1) * sizeof *item_of);
    for (size_t i = 0; i < n; i++) {
        const struct item *it = &b->items.items[order[i].item];
        const int32_t parent = put_heading(b->ed, o, order[i].heading);
        const struct ed_entry e = {.kind = it->kind,
                                   .code = arena_strdup(&b->ed->arena, it->code),
                                   .parent = parent,
                                   .billable = it->kind == KIND_CODE,
                                   .title = it->title,
                                   .short_title = it->short_title,
                                   .from = it->from};
        item_of[b->ed->entries.len] = order[i].item;
        VEC_PUSH(&b->ed->entries, e);
    }
    free(order);
    return item_of;
}

/* Notes and facts are sorted by entry, then kind or name, then as they came; the place as they came breaks ties. */
struct ranked {
    uint32_t entry, at;
    const char *name; /* of a fact, "" for notes */
    enum note_kind kind;
};

static int compare_ranked(const void *x, const void *y)
{
    const struct ranked *a = x, *b = y;
    if (a->entry != b->entry)
        return a->entry < b->entry ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    const int names = strcmp(a->name, b->name);
    if (names != 0)
        return names;
    return a->at < b->at ? -1 : a->at > b->at;
}

static bool same_group(const struct ranked *a, const struct ranked *b)
{
    return a->entry == b->entry && a->kind == b->kind && strcmp(a->name, b->name) == 0;
}

static void put_notes(struct book *b, const uint32_t *entry_of)
{
    struct ranked *all = mem_alloc((b->notes.len + 1) * sizeof *all);
    size_t n = 0;
    for (size_t i = 0; i < b->notes.len; i++) {
        const struct item_note *note = &b->notes.items[i];
        if (entry_of[note->item] != UINT32_MAX)
            all[n++] = (struct ranked){entry_of[note->item], (uint32_t)i, "", note->kind};
    }
    qsort(all, n, sizeof *all, compare_ranked);
    for (size_t i = 0; i < n; i++) {
        const char *text = b->notes.items[all[i].at].text;
        bool again = false;
        for (size_t j = i; j-- > 0 && i - j <= REPEATS_NEAR && same_group(&all[j], &all[i]) && !again;)
            again = strcmp(b->notes.items[all[j].at].text, text) == 0;
        const struct ed_note note = {all[i].entry, all[i].kind, text};
        if (!again)
            VEC_PUSH(&b->ed->notes, note);
    }
    free(all);
}

static void put_facts(struct book *b, const uint32_t *entry_of)
{
    struct ranked *all = mem_alloc((b->facts.len + 1) * sizeof *all);
    size_t n = 0;
    for (size_t i = 0; i < b->facts.len; i++) {
        const struct item_fact *fact = &b->facts.items[i];
        if (entry_of[fact->item] != UINT32_MAX)
            all[n++] = (struct ranked){entry_of[fact->item], (uint32_t)i, fact->name, NOTE_NOTE};
    }
    qsort(all, n, sizeof *all, compare_ranked);
    for (size_t i = 0; i < n; i++) {
        const struct item_fact *fact = &b->facts.items[all[i].at];
        const bool followed = i + 1 < n && same_group(&all[i], &all[i + 1]);
        const bool several = strcmp(fact->name, "list") == 0;
        if (followed && (!several || strcmp(fact->value, b->facts.items[all[i + 1].at].value) == 0))
            continue;
        const struct ed_fact out = {all[i].entry, fact->name, fact->value};
        VEC_PUSH(&b->ed->facts, out);
    }
    free(all);
}

void book_place(struct book *b)
{
    struct outline o = {0};
    read_outline(&b->ed->arena, &o);
    uint32_t *item_of = put_entries(b, &o);
    uint32_t *entry_of = mem_alloc((b->items.len + 1) * sizeof *entry_of);
    add_stems(b, item_of);
    for (size_t i = 0; i < b->items.len; i++)
        entry_of[i] = UINT32_MAX;
    for (size_t i = 0; i < b->ed->entries.len; i++)
        if (b->ed->entries.items[i].kind == KIND_CODE || b->ed->entries.items[i].kind == KIND_MODIFIER)
            entry_of[item_of[i]] = (uint32_t)i;
    put_notes(b, entry_of);
    put_facts(b, entry_of);
    free(entry_of);
    free(item_of);
    free(o.items);
}
