/* walk.c - the book in order. Depth needs no question to the shelf: a parent always stands before what is below it, so the
 * entries above the current one are a stack. */
#include "walk.h"

#include <string.h>

enum { FIRST_BATCH = 16 };

void walk_start(struct walk *w, struct shelf *s, enum codeset set, uint32_t first, uint32_t end)
{
    w->shelf = s;
    w->set = set;
    w->next = first;
    w->end = end;
    w->at = w->n = w->height = 0;
    w->wanted = FIRST_BATCH;
}

static enum status read_batch(struct walk *w, struct error *err)
{
    uint32_t places[WALK_BATCH];
    size_t n = 0;
    for (uint32_t place = w->next; place < w->end && n < w->wanted; place++)
        places[n++] = place;
    arena_free(&w->arena);
    w->at = w->n = 0;
    if (n == 0)
        return ST_NONE;
    enum status st = shelf_entries(w->shelf, w->set, places, n, &w->arena, &w->batch, err);
    if (st != ST_OK)
        return st;
    w->n = n;
    w->wanted = n * 2 < WALK_BATCH ? n * 2 : WALK_BATCH;
    return ST_OK;
}

/* Puts the entry on the stack of those above, in place of what it is not under. */
static void find_depth(struct walk *w, const struct entry *e)
{
    size_t height = w->height < WALK_DEPTH ? w->height : WALK_DEPTH - 1;
    while (height > 0 && w->above[height - 1].place != e->parent)
        height--;
    w->above[height].place = e->place;
    memcpy(w->above[height].code, e->code, CODE_MAX);
    w->height = height + 1;
}

enum status walk_next(struct walk *w, const struct entry **out, struct error *err)
{
    if (w->at == w->n) {
        enum status st = read_batch(w, err);
        if (st != ST_OK)
            return st;
    }
    const struct entry *e = &w->batch[w->at++];
    w->next = e->place + 1;
    find_depth(w, e);
    *out = e;
    return ST_OK;
}

void walk_skip_below(struct walk *w)
{
    uint32_t end = shelf_subtree_end(w->shelf, w->set, w->next - 1);
    size_t ahead = end - w->next;
    w->next = end;
    if (ahead < w->n - w->at) {
        w->at += ahead;
        return;
    }
    w->at = w->n;
    w->wanted = FIRST_BATCH;
}

size_t walk_depth(const struct walk *w)
{
    return w->height - 1;
}

const char *walk_parent(const struct walk *w)
{
    return w->height > 1 ? w->above[w->height - 2].code : "";
}

void walk_end(struct walk *w)
{
    arena_free(&w->arena);
}
