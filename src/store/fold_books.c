/* fold_books.c - the indexes, tables, guidelines and replacements of many editions folded into one set of rows.
 *
 * A row of an index is where it stands: its book, the rows above it, its title and, since some paths occur twice, which of
 * the equal ones it is. That is its node. What it says beside (codes, see, cells) makes versions of it. */
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "fold.h"

enum { DEPTH_MAX = 32 };

/* The rows from the main term down to the one being folded. */
struct path {
    uint32_t node[DEPTH_MAX];
    const char *below[DEPTH_MAX]; /* what the path of a row under it says */
};

static const char *path_below(struct fold *f, const char *path, const char *title)
{
    return *path ? arena_printf(&f->arena, "%s\n%s", path, title) : arena_strdup(&f->arena, title);
}

static void key_put(struct buf *key, const char *text)
{
    buf_add(key, text, strlen(text) + 1);
}

/* Which of the equal rows of this release a row is: 0 for the first. */
static uint32_t ordinal_of(struct map *seen, const struct buf *key)
{
    uint32_t n = 0;
    if (map_get(seen, key->text, key->len, &n))
        n++;
    map_set(seen, key->text, key->len, n);
    return n;
}

/* The node of a row; the row about to be folded becomes its first version when the node is new. */
static uint32_t node_of(struct fold *f, enum codeset set, struct map *seen, const struct ed_term *row, int32_t parent,
                        struct buf *key)
{
    const int32_t numbers[] = {(int32_t)set, (int32_t)row->book, parent};

    buf_clear(key);
    buf_add(key, (const char *)numbers, sizeof numbers);
    key_put(key, row->title);
    key_put(key, row->nemod);
    const uint32_t ordinal = ordinal_of(seen, key);
    buf_add(key, (const char *)&ordinal, sizeof ordinal);
    return map_put(&f->node_map, key->text, key->len, (uint32_t)f->terms.len, NULL);
}

static uint32_t term_of(struct fold *f, enum codeset set, const struct ed_term *row, uint32_t node, int32_t parent,
                        const char *path, struct buf *key)
{
    bool added;

    buf_clear(key);
    buf_add(key, (const char *)&node, sizeof node);
    key_put(key, row->codes);
    key_put(key, row->manifestation);
    key_put(key, row->see);
    key_put(key, row->see_also);
    key_put(key, row->see_category);
    key_put(key, row->cells);
    const uint32_t at = map_put(&f->term_map, key->text, key->len, (uint32_t)f->terms.len, &added);
    if (added) {
        const struct fold_term t = {set, 0, node, parent, path, row};
        VEC_PUSH(&f->terms, t);
    }
    return at;
}

static void order_push(struct fold_order *order, uint32_t row)
{
    vec_reserve((void **)&order->rows, &order->cap, order->len + 1, sizeof *order->rows);
    order->rows[order->len++] = row;
}

void fold_terms(struct fold *f, struct fold_release *release)
{
    const struct edition *ed = release->edition;
    struct path path = {0};
    struct map seen = {0};
    struct buf key = {0};

    for (size_t i = 0; i < ed->terms.len; i++) {
        const struct ed_term *row = &ed->terms.items[i];
        const int depth = row->depth < DEPTH_MAX ? row->depth : DEPTH_MAX - 1;
        const int32_t parent = depth > 0 ? (int32_t)path.node[depth - 1] : NO_ENTRY;
        const char *above = depth > 0 && path.below[depth - 1] ? path.below[depth - 1] : "";
        const uint32_t node = node_of(f, ed->set, &seen, row, parent, &key);
        const uint32_t at = term_of(f, ed->set, row, node, parent, above, &key);
        f->terms.items[at].mask |= UINT64_C(1) << release->bit;
        order_push(&release->order[row->book], at);
        path.node[depth] = node;
        path.below[depth] = path_below(f, above, row->title);
    }
    map_free(&seen);
    buf_free(&key);
}

void fold_guidelines(struct fold *f, struct fold_release *release)
{
    const struct edition *ed = release->edition;
    struct buf key = {0};
    bool added;

    for (size_t i = 0; i < ed->guidelines.len; i++) {
        const struct ed_guideline *row = &ed->guidelines.items[i];
        buf_clear(&key);
        buf_putc(&key, (char)ed->set);
        key_put(&key, row->section);
        key_put(&key, row->title);
        key_put(&key, row->text);
        const uint32_t at = map_put(&f->guideline_map, key.text, key.len, (uint32_t)f->guidelines.len, &added);
        if (added) {
            const struct fold_guideline g = {ed->set, 0, row};
            VEC_PUSH(&f->guidelines, g);
        }
        f->guidelines.items[at].mask |= UINT64_C(1) << release->bit;
        order_push(&release->order[COMP_GUIDELINES], at);
    }
    buf_free(&key);
}

void fold_replacements(struct fold *f, struct fold_release *release)
{
    const struct edition *ed = release->edition;
    struct buf key = {0};
    bool added;

    for (size_t i = 0; i < ed->replacements.len; i++) {
        const struct ed_replacement *row = &ed->replacements.items[i];
        buf_clear(&key);
        buf_putc(&key, (char)ed->set);
        buf_add(&key, (const char *)&row->from, sizeof row->from);
        key_put(&key, row->old);
        key_put(&key, row->last);
        key_put(&key, row->now);
        key_put(&key, row->said);
        const uint32_t at = map_put(&f->replacement_map, key.text, key.len, (uint32_t)f->replacements.len, &added);
        if (added) {
            const struct fold_replacement r = {ed->set, 0, row};
            VEC_PUSH(&f->replacements, r);
        }
        f->replacements.items[at].mask |= UINT64_C(1) << release->bit;
    }
    buf_free(&key);
}

static int by_date_and_codes(const void *a, const void *b)
{
    const struct fold_replacement *x = a, *y = b;
    if (x->set != y->set)
        return x->set < y->set ? -1 : 1;
    if (x->row->from != y->row->from)
        return x->row->from < y->row->from ? -1 : 1;
    int order = strcmp(x->row->old, y->row->old);
    order = order ? order : strcmp(x->row->last, y->row->last);
    order = order ? order : strcmp(x->row->now, y->row->now);
    return order ? order : strcmp(x->row->said, y->row->said);
}

/* A release has no order of them: without this the ids would tell which releases were there before. */
void fold_sort_replacements(struct fold *f)
{
    if (f->replacements.len)
        qsort(f->replacements.items, f->replacements.len, sizeof *f->replacements.items, by_date_and_codes);
}
