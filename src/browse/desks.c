/* desks.c - which notes of the desks apply to an entry. Whether a code or range holds it is asked of the shelf, whose release has
 * the order of codes. */
#include "codeshelf/desks.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "codeshelf/paths.h"

static enum status open_own(const char *named, struct desk **out, struct error *passed, struct error *err)
{
    struct buf path = {0};
    struct error why = {0};
    enum status st = path_desk(named, &path, NULL);
    if (st != ST_OK || access(buf_text(&path), F_OK) != 0) {
        buf_free(&path);
        return ST_OK; /* no desk yet */
    }
    st = desk_open(buf_text(&path), out, &why);
    buf_free(&path);
    if (st == ST_OK)
        return ST_OK;
    if (named)
        return error_set(err, st, "%s", why.text);
    *passed = why;
    return ST_OK;
}

enum status desks_open(const char *path, const char *shared, struct desks *out, struct error *passed, struct error *err)
{
    *out = (struct desks){0};
    enum status st = open_own(path, &out->own, passed, err);
    if (st == ST_OK && shared)
        st = desk_open_notes(shared, &out->shared, err);
    return st;
}

void desks_close(struct desks *d)
{
    desk_close(d->own);
    desk_close(d->shared);
    *d = (struct desks){0};
}

struct found {
    struct desk_note *items;
    size_t len, cap;
};

static enum status add_notes(struct desk *d, struct shelf *s, const struct entry *e, struct arena *a, struct found *found,
                             struct error *err)
{
    const struct note_range *ranges;
    size_t n;
    int64_t last = 0; /* the note that was added last: its ranges stand together */
    enum status st = desk_ranges(d, e->set, e->code, a, &ranges, &n, err);
    for (size_t i = 0; i < n && st == ST_OK; i++) {
        struct desk_note note;
        bool holds = false;
        if (ranges[i].note == last)
            continue;
        st = shelf_holds(s, ranges[i].first, ranges[i].last, e, &holds, err);
        if (st != ST_OK || !holds)
            continue;
        st = desk_note(d, ranges[i].note, a, &note, err);
        if (st == ST_OK)
            VEC_PUSH(found, note);
        if (st == ST_NONE) /* removed since */
            st = ST_OK;
        last = ranges[i].note;
    }
    return st;
}

enum status desks_notes(const struct desks *d, struct shelf *s, const struct entry *e, struct arena *a,
                        const struct desk_note **out, size_t *n, struct error *err)
{
    struct found found = {0};
    enum status st = d->own ? add_notes(d->own, s, e, a, &found, err) : ST_OK;
    if (st == ST_OK && d->shared)
        st = add_notes(d->shared, s, e, a, &found, err);
    struct desk_note *notes = arena_alloc(a, found.len * sizeof *notes);
    if (found.len)
        memcpy(notes, found.items, found.len * sizeof *notes);
    free(found.items);
    *out = notes;
    *n = found.len;
    return st;
}
