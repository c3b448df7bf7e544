/* changes_order.c - the order of changes: that of the later release, and what is gone at its place in the earlier one.
 *
 * What is gone has no place in the later book. It is put after the nearest row before it that the later book still has. */
#include <stdlib.h>

#include "changes_inside.h"

static int by_earlier_place(const void *a, const void *b)
{
    const struct placed *x = *(struct placed *const *)a, *y = *(struct placed *const *)b;
    return (x->place > y->place) - (x->place < y->place);
}

/* The place in the later book of the row at a place of the earlier one, PLACE_NONE when it is gone. */
static enum status later_place(struct diff *d, const struct book *before, struct book *after, uint32_t place,
                               const char *after_id, uint32_t *out)
{
    const int64_t id = sequence_version(before, place);
    sqlite3_stmt *q;

    *out = sequence_place(after, id);
    if (*out != PLACE_NONE)
        return ST_OK;
    enum status st = sql_open(d->s, after_id, &q, d->err);
    if (st != ST_OK)
        return st;
    sqlite3_bind_int64(q, 1, id);
    sqlite3_bind_int64(q, 2, d->now);
    if ((st = sql_row(d->s, q, d->err)) != ST_OK)
        return st == ST_NONE ? ST_OK : st;
    *out = sequence_place(after, sqlite3_column_int64(q, 0));
    sqlite3_reset(q);
    return ST_OK;
}

/* Places one after the other in the earlier book's order: none walks back over one that has its place already. */
static enum status place_all(struct diff *d, struct placed **gone, size_t n, const struct book *before, struct book *after,
                             const char *after_id)
{
    uint32_t known = 0, known_later = 0; /* places from known on are not walked back over */

    for (size_t i = 0; i < n; i++) {
        uint32_t at = gone[i]->place, later = PLACE_NONE;
        gone[i]->behind = at + 1;
        while (at > known && later == PLACE_NONE) {
            const enum status st = later_place(d, before, after, --at, after_id, &later);
            if (st != ST_OK)
                return st;
        }
        if (later == PLACE_NONE)
            later = known_later;
        known = gone[i]->behind - 1;
        gone[i]->place = known_later = later;
    }
    return ST_OK;
}

enum status diff_place_gone(struct diff *d, size_t first, const struct book *before, struct book *after, const char *after_id)
{
    struct placed **gone = mem_alloc((d->out.len - first + 1) * sizeof *gone);
    size_t n = 0;

    for (size_t i = first; i < d->out.len; i++)
        if (d->out.items[i].behind)
            gone[n++] = &d->out.items[i];
    qsort(gone, n, sizeof *gone, by_earlier_place);
    const enum status st = place_all(d, gone, n, before, after, after_id);
    free(gone);
    return st;
}

static int by_order(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;

    if (x->change.book != y->change.book)
        return (x->change.book > y->change.book) - (x->change.book < y->change.book);
    if (x->place != y->place)
        return (x->place > y->place) - (x->place < y->place);
    if (x->behind != y->behind)
        return (x->behind > y->behind) - (x->behind < y->behind);
    if (x->change.kind != y->change.kind)
        return (x->change.kind > y->change.kind) - (x->change.kind < y->change.kind);
    return (x->seq > y->seq) - (x->seq < y->seq);
}

void diff_sort(struct diff *d)
{
    for (size_t i = 0; i < d->out.len; i++)
        d->out.items[i].seq = i;
    if (d->out.len)
        qsort(d->out.items, d->out.len, sizeof *d->out.items, by_order);
}
