/* desk_notes.c - which notes of the desk apply to an entry, and how they are shown.
 *
 * The desk knows codes as text; whether a code or range holds an entry is asked of the shelf, whose release has the order. */
#include "desk_notes.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "codeshelf/paths.h"

enum { STEP = 2 };

static enum status open_own(struct call *c, struct desk **out, struct error *err)
{
    const char *named = c->opt.text[OPT_DESK];
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
    call_say(c, why.text);
    return ST_OK;
}

enum status desks_open(struct call *c, struct desks *out, struct error *err)
{
    *out = (struct desks){0};
    enum status st = open_own(c, &out->own, err);
    if (st == ST_OK && c->opt.text[OPT_NOTES])
        st = desk_open_notes(c->opt.text[OPT_NOTES], &out->shared, err);
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

static void print_lines(const struct page *p, const char *text)
{
    struct buf line = {0};
    while (*text) {
        const size_t n = strcspn(text, "\n");
        buf_clear(&line);
        buf_add(&line, text, n);
        if (n)
            page_item(p, 2 * STEP, "", buf_text(&line));
        else
            fputc('\n', p->out);
        text += n + (text[n] == '\n');
    }
    buf_free(&line);
}

void desk_notes_text(const struct page *p, const struct desk_note *notes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct buf head = {0};
        if (i == 0 || strcmp(notes[i].collection, notes[i - 1].collection) != 0) {
            buf_printf(&head, "%s (not official)", notes[i].collection);
            fputc('\n', p->out);
            page_item(p, 0, "", buf_text(&head));
            buf_clear(&head);
        }
        for (size_t k = 0; k < notes[i].ncodes; k++)
            buf_printf(&head, "%s%s", k ? ", " : "", notes[i].codes[k]);
        page_item(p, STEP, "", buf_text(&head));
        print_lines(p, notes[i].text);
        buf_free(&head);
    }
}

void desk_note_json(struct json *j, const struct desk_note *note)
{
    json_open(j, '{');
    json_put_text(j, "collection", note->collection);
    json_put_text(j, "text", note->text);
    json_key(j, "codes");
    json_open(j, '[');
    for (size_t i = 0; i < note->ncodes; i++)
        json_text(j, note->codes[i]);
    json_close(j, ']');
    json_put_bool(j, "official", false);
    json_close(j, '}');
}
