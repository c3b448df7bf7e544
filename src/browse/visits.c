/* visits.c - a list of places and where in it one stands. */
#include "visits.h"

#include <string.h>

static bool same(const struct place *a, const struct place *b)
{
    return a->view == b->view && a->set == b->set && a->kind == b->kind && a->book == b->book && a->row == b->row &&
           strcmp(a->code, b->code) == 0;
}

void visits_update(struct visits *h, const struct place *here)
{
    if (h->len == 0) {
        h->len = 1;
    }
    h->items[h->at] = *here;
}

void visits_add(struct visits *h, const struct place *to)
{
    if (h->len > 0 && same(&h->items[h->at], to)) {
        return;
    }
    if (h->len > 0) {
        h->at++;
    }
    if (h->at == VISITS_MAX) {
        memmove(h->items, h->items + 1, (VISITS_MAX - 1) * sizeof h->items[0]);
        h->at--;
    }
    h->items[h->at] = *to;
    h->len = h->at + 1;
}

const struct place *visits_before(const struct visits *h)
{
    return h->at > 0 ? &h->items[h->at - 1] : NULL;
}

bool visits_move(struct visits *h, int step, struct place *out)
{
    if (step < 0 ? h->at == 0 : h->at + 1 >= h->len) {
        return false;
    }
    h->at = step < 0 ? h->at - 1 : h->at + 1;
    *out = h->items[h->at];
    return true;
}
