/* assemble.c - the order file's rows and a book's notes made into one edition.
 *
 * The order file rules: its rows are the entries, in its order, and the parent of a code is its longest proper
 * prefix. The book says where chapters and sections begin, what is printed differently, and brings notes, 7th
 * characters and facts. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "icd10cm.h"

struct assembly {
    struct edition *ed;
    const struct icd_order *order;
    const struct edition *book;
    int32_t *place;   /* of the book's entries in ed */
    int32_t *row_at;  /* of the order's rows in ed */
    int32_t *node_at; /* of the order's rows in the book */
    size_t headings;  /* the book's chapters and sections before this one are in ed */
};

static bool is_heading(const struct ed_entry *e)
{
    return e->kind == KIND_CHAPTER || e->kind == KIND_SECTION;
}

/* Whether two texts agree but for case and white space. */
static bool same_words(const char *a, const char *b)
{
    for (;; a++, b++) {
        while (*a == ' ') {
            a++;
        }
        while (*b == ' ') {
            b++;
        }
        if (tolower((unsigned char)*a) != tolower((unsigned char)*b)) {
            return false;
        }
        if (!*a) {
            return true;
        }
    }
}

/* A title on its own in the book; members of families are not in the Tabular, so an earlier edition's title says
 * nothing. */
static const char *printed_title(struct assembly *a, int32_t node, const char *title)
{
    if (node == NO_PARENT || a->book->entries.items[node].family) {
        return NULL;
    }
    const struct ed_entry *e = &a->book->entries.items[node];
    const char *printed = e->printed ? e->printed : e->title;
    return !printed[0] || same_words(printed, title) ? NULL : arena_strdup(&a->ed->arena, printed);
}

static void add_heading(struct assembly *a, size_t node)
{
    struct ed_entry e = a->book->entries.items[node];
    e.code = arena_strdup(&a->ed->arena, e.code);
    e.title = arena_strdup(&a->ed->arena, e.title);
    e.parent = e.parent == NO_PARENT ? NO_PARENT : a->place[e.parent];
    a->place[node] = (int32_t)a->ed->entries.len;
    VEC_PUSH(&a->ed->entries, e);
}

/* Puts the book's headings before the given end into the edition, in the book's order. */
static void add_headings(struct assembly *a, size_t end)
{
    for (; a->headings < end; a->headings++) {
        if (is_heading(&a->book->entries.items[a->headings])) {
            add_heading(a, a->headings);
        }
    }
}

/* The heading a category stands under; one that the book doesn't list goes with its predecessor. */
static int32_t category_parent(struct assembly *a, int32_t node, int32_t before)
{
    while (node != NO_PARENT && !is_heading(&a->book->entries.items[node])) {
        node = a->book->entries.items[node].parent;
    }
    if (node == NO_PARENT) {
        return before;
    }
    add_headings(a, (size_t)node + 1);
    return a->place[node];
}

static enum kind row_kind(const struct icd_row *row)
{
    if (strlen(row->code) == 3) {
        return KIND_CATEGORY;
    }
    return row->billable ? KIND_CODE : KIND_SUBCATEGORY;
}

static void add_rows(struct assembly *a)
{
    int32_t heading = NO_PARENT;
    for (size_t i = 0; i < a->order->len; i++) {
        const struct icd_row *row = &a->order->items[i];
        struct ed_entry e = {.kind = row_kind(row),
                             .code = row->code,
                             .billable = row->billable,
                             .title = row->title,
                             .short_title = row->short_title,
                             .printed = printed_title(a, a->node_at[i], row->title)};
        if (e.kind == KIND_CATEGORY) {
            if (i == 0 && a->node_at[0] == NO_PARENT) {
                add_headings(a, 1); /* nothing before it to go with: the book's first heading */
                heading = a->ed->entries.len > 0 ? 0 : NO_PARENT;
            }
            e.parent = heading = category_parent(a, a->node_at[i], heading);
        } else {
            e.parent = a->row_at[icd_order_parent(a->order, row->code)];
        }
        a->row_at[i] = (int32_t)a->ed->entries.len;
        VEC_PUSH(&a->ed->entries, e);
    }
    add_headings(a, a->book->entries.len);
}

/* Finds each row in the book and the other way round. */
static void match(struct assembly *a)
{
    for (size_t i = 0; i < a->order->len; i++) {
        a->node_at[i] = a->row_at[i] = NO_PARENT;
    }
    for (size_t i = 0; i < a->book->entries.len; i++) {
        const struct ed_entry *e = &a->book->entries.items[i];
        uint32_t row;
        a->place[i] = NO_PARENT;
        if (!is_heading(e) && map_get(&a->order->by_code, e->code, strlen(e->code), &row) &&
            a->node_at[row] == NO_PARENT) {
            a->node_at[row] = (int32_t)i;
        }
    }
}

static void place_codes(struct assembly *a)
{
    for (size_t i = 0; i < a->book->entries.len; i++) {
        const struct ed_entry *e = &a->book->entries.items[i];
        uint32_t row;
        if (!is_heading(e) && map_get(&a->order->by_code, e->code, strlen(e->code), &row)) {
            a->place[i] = a->row_at[row];
        }
    }
}

static void copy_note(struct edition *ed, const struct ed_note *from, int32_t at)
{
    struct ed_note n = {.entry = (uint32_t)at, .kind = from->kind, .text = arena_strdup(&ed->arena, from->text)};
    VEC_PUSH(&ed->notes, n);
}

static void copy_fact(struct edition *ed, const struct ed_fact *from, int32_t at)
{
    struct ed_fact f = {.entry = (uint32_t)at,
                        .name = arena_strdup(&ed->arena, from->name),
                        .value = arena_strdup(&ed->arena, from->value)};
    VEC_PUSH(&ed->facts, f);
}

static void copy_front(struct edition *ed, const struct ed_front *from)
{
    struct ed_front f = {.kind = arena_strdup(&ed->arena, from->kind),
                         .title = arena_strdup(&ed->arena, from->title),
                         .text = arena_strdup(&ed->arena, from->text)};
    VEC_PUSH(&ed->front, f);
}

static void copy_sevenths(struct assembly *a)
{
    for (size_t i = 0; i < a->book->sevenths.len; i++) {
        struct ed_seventh s = a->book->sevenths.items[i];
        if (a->place[s.entry] != NO_PARENT) {
            s.entry = (uint32_t)a->place[s.entry];
            s.text = arena_strdup(&a->ed->arena, s.text);
            s.note = arena_strdup(&a->ed->arena, s.note);
            VEC_PUSH(&a->ed->sevenths, s);
        }
    }
}

static void copy_texts(struct assembly *a)
{
    for (size_t i = 0; i < a->book->notes.len; i++) {
        const struct ed_note *n = &a->book->notes.items[i];
        if (a->place[n->entry] != NO_PARENT) {
            copy_note(a->ed, n, a->place[n->entry]);
        }
    }
    for (size_t i = 0; i < a->book->facts.len; i++) {
        const struct ed_fact *f = &a->book->facts.items[i];
        if (a->place[f->entry] != NO_PARENT) {
            copy_fact(a->ed, f, a->place[f->entry]);
        }
    }
    for (size_t i = 0; i < a->book->front.len; i++) {
        copy_front(a->ed, &a->book->front.items[i]);
    }
    copy_sevenths(a);
}

/* Groups items, whose first member is the entry, by entry; what was before stays before. */
static void group_by_entry(void *items, size_t len, size_t size, size_t entries)
{
    size_t *start = mem_alloc((entries + 1) * sizeof *start);
    char *from = items, *to = mem_alloc(len * size);
    uint32_t entry;
    for (size_t i = 0; i < len; i++) {
        memcpy(&entry, from + i * size, sizeof entry);
        start[entry + 1]++;
    }
    for (size_t i = 1; i <= entries; i++) {
        start[i] += start[i - 1];
    }
    for (size_t i = 0; i < len; i++) {
        memcpy(&entry, from + i * size, sizeof entry);
        memcpy(to + start[entry]++ * size, from + i * size, size);
    }
    if (len > 0) {
        memcpy(from, to, len * size);
    }
    free(start);
    free(to);
}

void icd_group_texts(struct edition *ed)
{
    group_by_entry(ed->notes.items, ed->notes.len, sizeof *ed->notes.items, ed->entries.len);
    group_by_entry(ed->facts.items, ed->facts.len, sizeof *ed->facts.items, ed->entries.len);
    group_by_entry(ed->sevenths.items, ed->sevenths.len, sizeof *ed->sevenths.items, ed->entries.len);
}

/* Without the Tabular's definitions the titles tell: a seventh character adds its own words after the parent's
 * title. */
static bool title_goes_on(const struct ed_entry *e, const struct ed_entry *parent)
{
    size_t n = strlen(parent->title);
    return strncmp(e->title, parent->title, n) == 0 && strncmp(e->title + n, ", ", 2) == 0;
}

static void mark_families(struct edition *ed)
{
    bool defined = ed->coverage & (1u << COMP_TABULAR);
    int32_t *owner = icd_sevenths_in_force(ed);
    for (size_t i = 0; i < ed->entries.len; i++) {
        struct ed_entry *e = &ed->entries.items[i];
        if (e->kind != KIND_CODE || strlen(e->code) != 7) {
            continue;
        }
        e->family = defined ? icd_sevenths_give(ed, owner[e->parent], e->code[6])
                            : title_goes_on(e, &ed->entries.items[e->parent]);
    }
    free(owner);
}

void icd_assemble(struct edition *ed, const struct icd_order *order, const struct edition *book, int32_t *place)
{
    struct assembly a = {.ed = ed, .order = order, .book = book, .place = place};
    a.row_at = mem_alloc(order->len * sizeof *a.row_at);
    a.node_at = mem_alloc(order->len * sizeof *a.node_at);
    match(&a);
    add_rows(&a);
    place_codes(&a);
    copy_texts(&a);
    icd_group_texts(ed);
    mark_families(ed);
    free(a.row_at);
    free(a.node_at);
}

/* What this importer writes itself; everything else in an edition came from another component. */
static bool is_own_fact(const char *name)
{
    return strcmp(name, "placeholder") == 0 || strcmp(name, "visual_impairment") == 0 || strcmp(name, "range") == 0;
}

/* Headings and codes may share a name (B99), so the kind goes into the key. */
static size_t entry_key(const struct ed_entry *e, char key[CODE_MAX + 2])
{
    return (size_t)snprintf(key, CODE_MAX + 2, "%d%s", is_heading(e) ? (int)e->kind + 1 : 0, e->code);
}

static int32_t find_entry(const struct map *places, const struct edition *old, uint32_t entry)
{
    char key[CODE_MAX + 2];
    uint32_t at;
    return map_get(places, key, entry_key(&old->entries.items[entry], key), &at) ? (int32_t)at : NO_PARENT;
}

void icd_carry(struct edition *ed, const struct edition *old)
{
    struct map places = {0};
    char key[CODE_MAX + 2];
    for (size_t i = 0; i < ed->entries.len; i++) {
        map_put(&places, key, entry_key(&ed->entries.items[i], key), (uint32_t)i, NULL);
    }
    for (size_t i = 0; i < old->notes.len; i++) {
        const struct ed_note *n = &old->notes.items[i];
        int32_t at = n->kind > NOTE_SEVENTH ? find_entry(&places, old, n->entry) : NO_PARENT;
        if (at != NO_PARENT) {
            copy_note(ed, n, at);
        }
    }
    for (size_t i = 0; i < old->facts.len; i++) {
        const struct ed_fact *f = &old->facts.items[i];
        int32_t at = is_own_fact(f->name) ? NO_PARENT : find_entry(&places, old, f->entry);
        if (at != NO_PARENT) {
            copy_fact(ed, f, at);
        }
    }
    for (size_t i = 0; i < old->front.len; i++) {
        if (strcmp(old->front.items[i].kind, "introduction") != 0) {
            copy_front(ed, &old->front.items[i]);
        }
    }
    icd_group_texts(ed);
    map_free(&places);
}

void icd_carry_terms(struct edition *ed, const struct edition *old, enum component book)
{
    for (size_t i = 0; i < old->terms.len; i++) {
        struct ed_term t = old->terms.items[i];
        if (t.book != book) {
            continue;
        }
        const char **texts[] = {&t.title, &t.nemod,    &t.codes,        &t.manifestation,
                                &t.see,   &t.see_also, &t.see_category, &t.cells};
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
            *texts[k] = (*texts[k])[0] ? arena_strdup(&ed->arena, *texts[k]) : "";
        }
        VEC_PUSH(&ed->terms, t);
    }
}

void icd_carry_guidelines(struct edition *ed, const struct edition *old)
{
    for (size_t i = 0; i < old->guidelines.len; i++) {
        struct ed_guideline g = old->guidelines.items[i];
        g.section = arena_strdup(&ed->arena, g.section);
        g.title = arena_strdup(&ed->arena, g.title);
        g.text = arena_strdup(&ed->arena, g.text);
        VEC_PUSH(&ed->guidelines, g);
    }
}

void icd_carry_replacements(struct edition *ed, const struct edition *old)
{
    for (size_t i = 0; i < old->replacements.len; i++) {
        struct ed_replacement r = old->replacements.items[i];
        r.old = arena_strdup(&ed->arena, r.old);
        r.last = arena_strdup(&ed->arena, r.last);
        r.now = arena_strdup(&ed->arena, r.now);
        r.said = arena_strdup(&ed->arena, r.said);
        VEC_PUSH(&ed->replacements, r);
    }
}
