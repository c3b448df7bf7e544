/* links.c - the codes that the notes of an entry name, nearest notes first; Enter follows one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "lines.h"
#include "list.h"

enum { LINKS_MAX = 500 };

struct link {
    struct code_ref ref;
    struct note note;
    bool known; /* the release in force has it */
    struct entry target;
};

struct links {
    struct app *app;
    struct arena arena;
    struct place at;
    struct entry entry;
    bool found; /* the release in force has the entry */
    struct {
        struct link *items;
        size_t len, cap;
    } rows;
    struct list list;
};

static void *links_open(struct app *app)
{
    struct links *v = mem_alloc(sizeof *v);

    v->app = app;
    return v;
}

static void links_close(void *state)
{
    struct links *v = state;

    arena_free(&v->arena);
    free(v->rows.items);
    free(v);
}

/* A range that is a section is that section; otherwise its first code is where one lands. */
static bool find_target(struct links *v, struct link *l)
{
    struct shelf *s = v->app->shelf;
    char range[2 * CODE_MAX];

    if (strcmp(l->ref.first, l->ref.last) != 0) {
        snprintf(range, sizeof range, "%s-%s", l->ref.first, l->ref.last);
        if (strlen(range) < CODE_MAX && shelf_lookup(s, v->entry.set, range, &v->arena, &l->target, NULL) == ST_OK) {
            return true;
        }
    }
    return shelf_lookup(s, v->entry.set, l->ref.first, &v->arena, &l->target, NULL) == ST_OK;
}

static bool listed(const struct links *v, const struct code_ref *ref)
{
    for (size_t i = 0; i < v->rows.len; i++) {
        if (strcmp(v->rows.items[i].ref.first, ref->first) == 0 && strcmp(v->rows.items[i].ref.last, ref->last) == 0) {
            return true;
        }
    }
    return false;
}

static void collect(struct links *v)
{
    const struct note *notes = NULL;
    size_t n = 0;

    if (shelf_effective_notes(v->app->shelf, &v->entry, &v->arena, &notes, &n, NULL) != ST_OK) {
        return;
    }
    for (size_t i = 0; i < n; i++) {
        struct link l = {.note = notes[i]};
        size_t pos = 0, len = strlen(notes[i].text);

        while (v->rows.len < LINKS_MAX && code_ref_next(v->entry.set, notes[i].text, len, &pos, &l.ref)) {
            if (!listed(v, &l.ref)) {
                l.known = find_target(v, &l);
                VEC_PUSH(&v->rows, l);
            }
        }
    }
}

static void links_go(void *state, const struct place *to)
{
    struct links *v = state;

    v->at = *to;
    v->rows.len = 0;
    arena_free(&v->arena);
    v->found = app_find(v->app, to, &v->arena, &v->entry);
    if (v->found) {
        collect(v);
    }
    v->list = (struct list){.n = v->rows.len, .selected = to->row};
}

static enum action links_act(void *state, enum action a)
{
    struct links *v = state;

    if (a == ACT_OPEN && v->list.selected < v->rows.len) {
        struct link *l = &v->rows.items[v->list.selected];

        if (l->known) {
            app_visit(v->app, VIEW_PAGE, &l->target);
        } else {
            app_say(v->app, "this release has no %s", l->ref.first);
        }
        return ACT_NONE;
    }
    return list_act(&v->list, a) ? ACT_NONE : a;
}

static int one_line(const void *ctx, size_t row)
{
    (void)ctx;
    (void)row;
    return 1;
}

static void paint_row(const struct links *v, size_t i, struct canvas *c, const struct rect *r, int y, bool marked)
{
    const struct link *l = &v->rows.items[i];
    struct rich rich = {0};
    struct lines line = {0};
    char first[CODE_MAX], last[CODE_MAX], from[SHOWN_MAX];

    rich_add(&rich, code_print(v->entry.set, l->ref.first, first), l->known ? STYLE_LINK : STYLE_ENDED);
    if (strcmp(l->ref.first, l->ref.last) != 0) {
        rich_add(&rich, "-", STYLE_LINK);
        rich_add(&rich, code_print(v->entry.set, l->ref.last, last), STYLE_LINK);
    }
    rich_add(&rich, "  ", STYLE_TEXT);
    rich_add(&rich, note_kind_label(l->note.kind), style_of_note(l->note.kind));
    rich_add(&rich, " ", STYLE_TEXT);
    rich_add(&rich, code_shown(v->entry.set, l->note.from_kind, l->note.from_code, from), STYLE_FAINT);
    rich_add(&rich, "  ", STYLE_TEXT);
    rich_add(&rich, l->known ? l->target.title : "not in this release", STYLE_TEXT);
    rich_flow(&rich, &line, 1, 0, 1000);
    line_draw(c, &line.items[0], y, r->x, r->w, marked);
    lines_free(&line);
    rich_free(&rich);
}

static void links_paint(void *state, struct canvas *c, const struct rect *r, bool used)
{
    struct links *v = state;
    struct buf title = {0};
    char shown[CODE_MAX];

    buf_printf(&title, "Codes named in the notes of %s", code_print(v->at.set, v->at.code, shown));
    draw_cut(c, r->y, r->x + 1, r->w - 1, buf_text(&title), STYLE_STRONG, false);
    buf_free(&title);
    if (v->rows.len == 0) {
        draw_cut(c, r->y + 1, r->x + 1, r->w - 1, v->found ? "none" : "this release has no such code", STYLE_FAINT, false);
    }
    list_keep(&v->list, r->h - 1, one_line, NULL);
    if (used) {
        draw_cursor(c, r->y + 1, r->x);
    }
    for (size_t i = v->list.top; i < v->rows.len && i < v->list.top + (size_t)(r->h - 1); i++) {
        int y = r->y + 1 + (int)(i - v->list.top);
        bool mine = i == v->list.selected;

        if (mine && used) {
            draw_blank(c, y, r->x, r->w, STYLE_TEXT, true);
            draw_cursor(c, y, r->x);
        }
        paint_row(v, i, c, r, y, mine && used);
        if (mine) {
            draw_text(c, y, r->x, 1, ">", 1, STYLE_STRONG, used);
        }
    }
}

static void links_click(void *state, int row, int column)
{
    struct links *v = state;
    size_t at = v->list.top + (size_t)(row > 0 ? row - 1 : 0);

    (void)column;
    if (at < v->rows.len) {
        v->list.selected = at;
    }
}

static bool links_here(void *state, struct entry *out)
{
    struct links *v = state;

    *out = v->entry;
    return v->found;
}

static void links_mark(void *state, struct place *at)
{
    struct links *v = state;

    *at = v->at;
    at->row = (uint32_t)v->list.selected;
}

const struct view_ops links_view = {
    .name = "Links",
    .where = IN_LIST,
    .open = links_open,
    .go = links_go,
    .act = links_act,
    .click = links_click,
    .paint = links_paint,
    .here = links_here,
    .mark = links_mark,
    .close = links_close,
};
