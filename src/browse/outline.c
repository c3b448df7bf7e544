/* outline.c - chapters, sections and categories as a tree beside the page, for jumping.
 *
 * The rows are the open part of the tree written out. Turning to an entry opens the branches it stands in. */
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "change_text.h"
#include "list.h"

struct branch {
    struct entry entry;
    enum change_mark mark;
    int depth;
    bool open;
};

struct outline {
    struct app *app;
    enum codeset set;
    struct arena arena;
    struct {
        struct branch *items;
        size_t len, cap;
    } rows;
    struct list list;
};

static void *outline_open(struct app *app)
{
    struct outline *o = mem_alloc(sizeof *o);

    o->app = app;
    return o;
}

static void outline_close(void *state)
{
    struct outline *o = state;

    arena_free(&o->arena);
    free(o->rows.items);
    free(o);
}

static bool in_outline(const struct entry *e)
{
    return e->kind == KIND_CHAPTER || e->kind == KIND_SECTION || e->kind == KIND_CATEGORY;
}

static struct branch branch_of(struct outline *o, const struct entry *e, int depth)
{
    struct branch b = {.entry = *e, .depth = depth};

    if (changes_mark(o->app->shelf, e, &b.mark, NULL) != ST_OK) {
        b.mark = CHANGE_MARK_NONE;
    }
    return b;
}

static void add_roots(struct outline *o)
{
    struct shelf *s = o->app->shelf;
    uint32_t place = 0, size = shelf_book_size(s, o->set);
    struct entry e;

    o->rows.len = 0;
    arena_free(&o->arena);
    while (place < size && shelf_entry_at(s, o->set, place, &o->arena, &e, NULL) == ST_OK) {
        uint32_t end = shelf_subtree_end(s, o->set, place);

        if (in_outline(&e)) {
            VEC_PUSH(&o->rows, branch_of(o, &e, 0));
        }
        place = end > place ? end : place + 1;
    }
    o->list.n = o->rows.len;
}

/* Puts what is under a row behind it; false when nothing is. */
static bool unfold(struct outline *o, size_t at)
{
    const struct entry *children = NULL;
    size_t n = 0, to = at + 1;
    int depth = o->rows.items[at].depth + 1;

    if (o->rows.items[at].open) {
        return true;
    }
    if (o->rows.items[at].entry.kind == KIND_CATEGORY ||
        shelf_children(o->app->shelf, &o->rows.items[at].entry, &o->arena, &children, &n, NULL) != ST_OK) {
        return false;
    }
    vec_reserve((void **)&o->rows.items, &o->rows.cap, o->rows.len + n, sizeof *o->rows.items);
    for (size_t i = 0; i < n; i++) {
        if (in_outline(&children[i])) {
            memmove(o->rows.items + to + 1, o->rows.items + to, (o->rows.len - to) * sizeof *o->rows.items);
            o->rows.items[to++] = branch_of(o, &children[i], depth);
            o->rows.len++;
        }
    }
    o->list.n = o->rows.len;
    o->rows.items[at].open = to > at + 1;
    return o->rows.items[at].open;
}

static void fold(struct outline *o, size_t at)
{
    size_t end = at + 1;

    while (end < o->rows.len && o->rows.items[end].depth > o->rows.items[at].depth) {
        end++;
    }
    memmove(o->rows.items + at + 1, o->rows.items + end, (o->rows.len - end) * sizeof *o->rows.items);
    o->rows.len -= end - at - 1;
    o->rows.items[at].open = false;
    o->list.n = o->rows.len;
}

static size_t parent_row(const struct outline *o, size_t at)
{
    int depth = o->rows.items[at].depth;

    while (at > 0 && o->rows.items[at].depth >= depth && depth > 0) {
        at--;
    }
    return at;
}

/* The last row that begins at the place or before it. */
static size_t row_of(const struct outline *o, uint32_t place)
{
    size_t at = 0;

    while (at + 1 < o->rows.len && o->rows.items[at + 1].entry.place <= place) {
        at++;
    }
    return at;
}

static void outline_go(void *state, const struct place *to)
{
    struct outline *o = state;
    struct entry e;
    struct arena a = {0};

    o->set = to->set;
    add_roots(o);
    o->list.selected = 0;
    o->list.top = 0;
    if (o->rows.len > 0 && *to->code != '\0' && shelf_lookup(o->app->shelf, o->set, to->code, &a, &e, NULL) == ST_OK) {
        size_t at = row_of(o, e.place);

        while (o->rows.items[at].entry.place < e.place && !o->rows.items[at].open && unfold(o, at)) {
            at = row_of(o, e.place);
        }
        o->list.selected = at;
    }
    arena_free(&a);
}

static void go_up(struct outline *o)
{
    size_t at = o->list.selected;

    if (o->rows.items[at].open) {
        fold(o, at);
    } else {
        o->list.selected = parent_row(o, at);
    }
}

static enum action outline_act(void *state, enum action a)
{
    struct outline *o = state;

    if (o->rows.len == 0) {
        return a;
    }
    if (a == ACT_RIGHT) {
        if (unfold(o, o->list.selected) && o->list.selected + 1 < o->rows.len) {
            o->list.selected++;
        }
    } else if (a == ACT_LEFT) {
        go_up(o);
    } else if (a == ACT_OPEN) {
        app_visit(o->app, VIEW_PAGE, &o->rows.items[o->list.selected].entry);
        return ACT_NONE;
    } else if (!list_act(&o->list, a)) {
        return a;
    }
    app_follow(o->app, &o->rows.items[o->list.selected].entry);
    return ACT_NONE;
}

static int one_line(const void *ctx, size_t row)
{
    (void)ctx;
    (void)row;
    return 1;
}

static void paint_row(const struct outline *o, size_t i, struct canvas *c, const struct rect *r, int y, bool used)
{
    const struct branch *b = &o->rows.items[i];
    bool mine = i == o->list.selected, marked = mine && used;
    enum style style = b->entry.kind == KIND_CATEGORY ? STYLE_TEXT : STYLE_HEADING;
    int x = r->x + 1 + 2 * (b->depth < 6 ? b->depth : 6), end = r->x + r->w;
    char code[CODE_MAX];

    if (marked) {
        draw_blank(c, y, r->x, r->w, STYLE_TEXT, true);
        draw_cursor(c, y, r->x);
    }
    if (mine) {
        draw_text(c, y, r->x, 1, ">", 1, STYLE_STRONG, marked);
    }
    x += draw_cut(c, y, x, end - x, code_print(b->entry.set, b->entry.code, code), style, marked) + 1;
    if (b->mark != CHANGE_MARK_NONE) {
        x += draw_cut(c, y, x, end - x, change_mark_sign(b->mark, c->ascii), mark_style(b->mark), marked) + 1;
    }
    draw_cut(c, y, x, end - x, b->entry.title, STYLE_TEXT, marked);
}

static void outline_paint(void *state, struct canvas *c, const struct rect *r, bool used)
{
    struct outline *o = state;

    list_keep(&o->list, r->h, one_line, NULL);
    if (o->rows.len == 0) {
        draw_cut(c, r->y, r->x + 1, r->w - 1, "nothing loaded", STYLE_FAINT, false);
    }
    for (int row = 0; row < r->h && o->list.top + (size_t)row < o->rows.len; row++) {
        paint_row(o, o->list.top + (size_t)row, c, r, r->y + row, used);
    }
}

static void outline_click(void *state, int row, int column)
{
    struct outline *o = state;
    size_t at = o->list.top + (size_t)row;

    (void)column;
    if (at < o->rows.len) {
        o->list.selected = at;
        app_follow(o->app, &o->rows.items[at].entry);
    }
}

static bool outline_here(void *state, struct entry *out)
{
    struct outline *o = state;

    if (o->list.selected >= o->rows.len) {
        return false;
    }
    *out = o->rows.items[o->list.selected].entry;
    return true;
}

const struct view_ops outline_view = {
    .name = "Outline",
    .where = IN_LIST,
    .open = outline_open,
    .go = outline_go,
    .act = outline_act,
    .click = outline_click,
    .paint = outline_paint,
    .here = outline_here,
    .close = outline_close,
};
