/* book.c - the table of items that every CPT file adds to. An item without a title is one that only a secondary file names;
 * it stays in the table for the cross-check and never reaches the edition. */
#include "cpt/book.h"

#include <stdlib.h>
#include <string.h>

#include "codeshelf/utf8.h"

void book_start(struct book *b, struct edition *ed)
{
    *b = (struct book){.ed = ed};
}

void book_free(struct book *b)
{
    map_free(&b->by_code);
    buf_free(&b->scratch);
    free(b->items.items);
    free(b->notes.items);
    free(b->facts.items);
}

bool book_code_at(const char *s, size_t n)
{
    if (n < 5)
        return false;
    for (int i = 0; i < 4; i++)
        if (s[i] < '0' || s[i] > '9')
            return false;
    return s[4] && strchr("0123456789AFTUM", s[4]) != NULL;
}

uint32_t book_item(struct book *b, const char *code, size_t n, enum kind kind)
{
    bool added = false;
    if (n >= CODE_MAX)
        n = CODE_MAX - 1;
    const uint32_t at = map_put(&b->by_code, code, n, (uint32_t)b->items.len, &added);
    if (added) {
        struct item it = {.kind = kind, .short_title = ""};
        memcpy(it.code, code, n);
        VEC_PUSH(&b->items, it);
    }
    return at;
}

struct item *book_at(struct book *b, uint32_t item)
{
    return &b->items.items[item];
}

void book_title(struct book *b, uint32_t item, const char *title)
{
    struct item *it = book_at(b, item);
    if (!it->title)
        it->turn = b->turns++;
    it->title = title;
}

const char *book_text(struct book *b, const char *bytes, size_t n)
{
    buf_clear(&b->scratch);
    utf8_from_bytes(&b->scratch, bytes, n);
    const char *s = buf_text(&b->scratch);
    size_t len = b->scratch.len;
    while (len > 0 && s[len - 1] == ' ')
        len--;
    const size_t skip = strspn(s, " ");
    return skip >= len ? "" : arena_strndup(&b->ed->arena, s + skip, len - skip);
}

const char *book_prose(struct book *b, const char *bytes, size_t n)
{
    const char *s = book_text(b, bytes, n);
    buf_clear(&b->scratch);
    text_squeeze(&b->scratch, s, strlen(s));
    return arena_strndup(&b->ed->arena, buf_text(&b->scratch), b->scratch.len);
}

void book_note(struct book *b, uint32_t item, enum note_kind kind, const char *text)
{
    const struct item_note note = {item, kind, text};
    if (*text)
        VEC_PUSH(&b->notes, note);
}

void book_fact(struct book *b, uint32_t item, const char *name, const char *value)
{
    const struct item_fact fact = {item, name, value};
    if (*value)
        VEC_PUSH(&b->facts, fact);
}

void book_drop_codes(struct book *b)
{
    for (size_t i = 0; i < b->items.len; i++)
        if (b->items.items[i].kind == KIND_CODE && b->items.items[i].code[4] != 'U')
            b->items.items[i].title = NULL;
}

void book_drop_modifiers(struct book *b)
{
    for (size_t i = 0; i < b->items.len; i++)
        if (b->items.items[i].kind == KIND_MODIFIER)
            b->items.items[i].title = NULL;
    book_drop_facts(b, "list");
    book_drop_notes(b, NOTE_NOTE);
}

void book_drop_facts(struct book *b, const char *name)
{
    size_t kept = 0;
    for (size_t i = 0; i < b->facts.len; i++)
        if (strcmp(b->facts.items[i].name, name) != 0)
            b->facts.items[kept++] = b->facts.items[i];
    b->facts.len = kept;
}

void book_drop_notes(struct book *b, enum note_kind kind)
{
    size_t kept = 0;
    for (size_t i = 0; i < b->notes.len; i++)
        if (b->notes.items[i].kind != kind)
            b->notes.items[kept++] = b->notes.items[i];
    b->notes.len = kept;
}

void book_drop_days(struct book *b, enum kind kind)
{
    size_t kept = 0;
    for (size_t i = 0; i < b->facts.len; i++) {
        const struct item_fact *f = &b->facts.items[i];
        const bool day = strcmp(f->name, "added") == 0 || strcmp(f->name, "revised") == 0;
        if (!day || b->items.items[f->item].kind != kind)
            b->facts.items[kept++] = *f;
    }
    b->facts.len = kept;
}

/* The item of each entry of old, UINT32_MAX for chapters and sections. */
static uint32_t *load_items(struct book *b, const struct edition *old)
{
    uint32_t *items = mem_alloc((old->entries.len + 1) * sizeof *items);
    for (size_t i = 0; i < old->entries.len; i++) {
        const struct ed_entry *e = &old->entries.items[i];
        items[i] = UINT32_MAX;
        if (e->kind != KIND_CODE && e->kind != KIND_MODIFIER)
            continue;
        items[i] = book_item(b, e->code, strlen(e->code), e->kind);
        book_title(b, items[i], arena_strdup(&b->ed->arena, e->title));
        book_at(b, items[i])->short_title = arena_strdup(&b->ed->arena, e->short_title);
        book_at(b, items[i])->from = e->from;
    }
    return items;
}

void book_load(struct book *b, const struct edition *old)
{
    struct arena *a = &b->ed->arena;
    uint32_t *items = load_items(b, old);
    for (size_t i = 0; i < old->notes.len; i++) {
        const struct ed_note *n = &old->notes.items[i];
        if (items[n->entry] != UINT32_MAX)
            book_note(b, items[n->entry], n->kind, arena_strdup(a, n->text));
    }
    for (size_t i = 0; i < old->facts.len; i++) {
        const struct ed_fact *f = &old->facts.items[i];
        if (items[f->entry] != UINT32_MAX && strcmp(f->name, "stem") != 0)
            book_fact(b, items[f->entry], arena_strdup(a, f->name), arena_strdup(a, f->value));
    }
    for (size_t i = 0; i < old->replacements.len; i++) {
        const struct ed_replacement *from = &old->replacements.items[i];
        const struct ed_replacement r = {arena_strdup(a, from->old), arena_strdup(a, from->last), arena_strdup(a, from->now),
                                         from->from, arena_strdup(a, from->said)};
        VEC_PUSH(&b->ed->replacements, r);
    }
    free(items);
}
