/* book.c - gives the flat list of codes the chapters and headings of the printed manuals.
 *
 * The outline holds ranges. A code belongs to the section whose range holds it; one that falls between two sections
 * stands under its chapter, behind the section before it. Rows keep the order of the file inside a section. */
#include "book.h"

#include <stdlib.h>
#include <string.h>

#include "codeshelf/code.h"
#include "codeshelf/codesets.h"

static const char note_fact[] = "processing_note";
static const char noc_fact[] = "noc";

/* A row of the outline; chapters stand before their sections. */
struct heading {
    char kind[12], code[CODE_MAX], title[100], first[CODE_MAX], last[CODE_MAX];
    size_t chapter; /* place of its chapter in the outline; its own for a chapter */
    int32_t entry;  /* in the edition, NO_PARENT until a row needs it */
};
struct outline {
    struct heading *items;
    size_t len, cap;
};

/* Where a row goes: sorted by these. */
struct placed {
    size_t heading; /* the last one that begins at or before the code */
    bool loose;     /* behind the heading's range */
    size_t row;
};

static void outline_load(struct outline *o)
{
    const char *at = codesets_file("hcpcs/outline.tsv");
    struct tsv_row tsv;
    size_t chapter = 0;
    while (at && tsv_next(&at, &tsv)) {
        struct heading h = {.entry = NO_PARENT};
        tsv_copy(&tsv, 0, h.kind, sizeof h.kind);
        tsv_copy(&tsv, 1, h.code, sizeof h.code);
        tsv_copy(&tsv, 2, h.title, sizeof h.title);
        tsv_copy(&tsv, 3, h.first, sizeof h.first);
        tsv_copy(&tsv, 4, h.last, sizeof h.last);
        if (strcmp(h.kind, "chapter") == 0) {
            chapter = o->len;
        }
        h.chapter = chapter;
        VEC_PUSH(o, h);
    }
}

/* The first heading is that of the modifiers, the last one takes codes of a letter that has no chapter. */
static struct placed place_row(const struct outline *o, const struct row *row, size_t i)
{
    struct placed p = {.heading = 0, .row = i};
    if (row->modifier) {
        return p;
    }
    p.heading = o->len - 1;
    for (size_t k = 1; k < o->len; k++) {
        const struct heading *h = &o->items[k];
        if (h->first[0] == row->code[0] && strcmp(h->first, row->code) <= 0) {
            p.heading = k;
            p.loose = strcmp(row->code, h->last) > 0;
        }
    }
    return p;
}

static int compare_placed(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    if (x->heading != y->heading) {
        return x->heading < y->heading ? -1 : 1;
    }
    if (x->loose != y->loose) {
        return x->loose ? 1 : -1;
    }
    return x->row < y->row ? -1 : x->row > y->row;
}

/* The entry of a heading, made when first needed. */
static int32_t heading_entry(struct edition *ed, struct outline *o, size_t k)
{
    struct heading *h = &o->items[k];
    if (h->entry == NO_PARENT) {
        int32_t parent = h->chapter == k ? NO_PARENT : heading_entry(ed, o, h->chapter);
        struct ed_entry e = {
            .kind = h->chapter == k ? KIND_CHAPTER : KIND_SECTION, .parent = parent, .short_title = ""};
        e.code = arena_strdup(&ed->arena, h->code);
        e.title = arena_strdup(&ed->arena, h->title);
        h->entry = (int32_t)ed->entries.len;
        VEC_PUSH(&ed->entries, e);
    }
    return h->entry;
}

static void add_facts(struct edition *ed, const struct rows *rows, const struct row *row,
                      const struct proc_notes *notes, struct book_counts *counts)
{
    uint32_t entry = (uint32_t)(ed->entries.len - 1);
    for (size_t i = row->fact; i < row->fact + row->nfacts; i++) {
        const struct row_fact *f = &rows->facts.items[i];
        struct ed_fact fact = {entry, f->name, f->value};
        VEC_PUSH(&ed->facts, fact);
        if (strcmp(f->name, note_fact) != 0) {
            continue;
        }
        const char *text = proc_notes_get(notes, f->value);
        if (text) {
            struct ed_note note = {entry, NOTE_PROCESSING, text};
            VEC_PUSH(&ed->notes, note);
        } else if (strcmp(f->value, "0000") != 0) {
            counts->unknown_notes++;
        }
    }
    if (map_get(&rows->noc, row->code, strlen(row->code), NULL)) {
        struct ed_fact fact = {entry, noc_fact, "yes"};
        VEC_PUSH(&ed->facts, fact);
        counts->noc++;
    }
}

static void add_row(struct edition *ed, struct outline *o, const struct placed *p, const struct rows *rows,
                    const struct proc_notes *notes, struct book_counts *counts)
{
    const struct row *row = &rows->items[p->row];
    int32_t parent = heading_entry(ed, o, p->loose ? o->items[p->heading].chapter : p->heading);
    struct ed_entry e = {.kind = row->modifier ? KIND_MODIFIER : KIND_CODE,
                         .code = row->code,
                         .parent = parent,
                         .billable = !row->modifier, /* a modifier is reported with a code, never by itself */
                         .title = row->title,
                         .short_title = row->short_title,
                         .from = row->from,
                         .to = row->to};
    VEC_PUSH(&ed->entries, e);
    add_facts(ed, rows, row, notes, counts);
    counts->codes += !row->modifier;
    counts->modifiers += row->modifier;
    counts->ended += row->to != 0;
}

void book_build(struct edition *ed, const struct rows *rows, const struct proc_notes *notes, struct book_counts *counts)
{
    struct outline o = {0};
    struct placed *order = mem_alloc(rows->len * sizeof *order);
    *counts = (struct book_counts){0};
    outline_load(&o);
    for (size_t i = 0; i < rows->len; i++) {
        order[i] = place_row(&o, &rows->items[i], i);
    }
    qsort(order, rows->len, sizeof *order, compare_placed);
    for (size_t i = 0; i < rows->len; i++) {
        add_row(ed, &o, &order[i], rows, notes, counts);
    }
    free(order);
    free(o.items);
}

void book_read(const struct edition *ed, struct rows *rows, struct proc_notes *notes)
{
    size_t f = 0, n = 0;
    for (size_t i = 0; i < ed->entries.len; i++) {
        const struct ed_entry *e = &ed->entries.items[i];
        struct row row = {.code = e->code,
                          .title = e->title,
                          .short_title = e->short_title,
                          .modifier = e->kind == KIND_MODIFIER,
                          .from = e->from,
                          .to = e->to};
        const char *number = NULL;
        if (e->kind != KIND_CODE && e->kind != KIND_MODIFIER) {
            continue;
        }
        rows_copy(rows, &row);
        for (; f < ed->facts.len && ed->facts.items[f].entry <= i; f++) {
            if (strcmp(ed->facts.items[f].name, noc_fact) == 0) {
                map_put(&rows->noc, e->code, strlen(e->code), 0, NULL);
                continue;
            }
            rows_fact(rows, arena_strdup(rows->arena, ed->facts.items[f].name), ed->facts.items[f].value);
            if (strcmp(ed->facts.items[f].name, note_fact) == 0) {
                number = ed->facts.items[f].value;
            }
        }
        for (; n < ed->notes.len && ed->notes.items[n].entry <= i; n++) {
            if (number && ed->notes.items[n].kind == NOTE_PROCESSING) {
                proc_notes_put(notes, number, ed->notes.items[n].text);
            }
        }
    }
}
