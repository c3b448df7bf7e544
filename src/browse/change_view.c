/* change_view.c - what changed at one entry, or in one row of an index or table: the old wording beside the new one or, where
 * the screen is too narrow for that, above it. Enter goes on to the book. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "changes_view.h"
#include "codeshelf/refs.h"
#include "codeshelf/utf8.h"
#include "reader.h"
#include "terms_view.h"

enum { SIDE_BY_SIDE = 72, MOST_COLUMNS = 160 };

struct change_page {
    struct app *app;
    struct reader reader;
    char title[100];
};

static struct changes_list *list_of(const struct change_page *v)
{
    void *list;

    app_view(v->app, VIEW_CHANGES, &list);
    return list;
}

static void *change_open(struct app *app)
{
    struct change_page *v = mem_alloc(sizeof *v);

    v->app = app;
    return v;
}

static void change_close(void *state)
{
    struct change_page *v = state;

    reader_forget(&v->reader);
    free(v);
}

static void change_go(void *state, const struct place *to)
{
    struct change_page *v = state;

    changes_turn(list_of(v), to, true);
    v->reader.top = 0;
    reader_forget(&v->reader);
}

/* --- text ----------------------------------------------------------------------------------------------------------- */

static size_t width_of(const struct line *line)
{
    size_t width = (size_t)line->indent;

    for (size_t i = 0; i < line->n; i++) {
        width += utf8_width(line->spans[i].text, line->spans[i].len);
    }
    return width;
}

/* One line of two: what is left is filled up with blanks to a width. */
static void add_pair(struct lines *out, const struct line *left, const struct line *right, size_t width, bool ascii)
{
    static const struct line none;
    size_t n = 0, used;

    left = left != NULL ? left : &none;
    right = right != NULL ? right : &none;
    struct span *spans = arena_alloc(&out->arena, (left->n + right->n + 2) * sizeof *spans);

    for (size_t i = 0; i < left->n; i++) {
        spans[n++] = left->spans[i];
    }
    used = width_of(left);
    const char *gap = arena_printf(&out->arena, "%*s%s %*s", (int)(used < width ? width - used : 0), "",
                                   ascii ? "|" : "│", right->indent, "");

    spans[n++] = (struct span){gap, strlen(gap), STYLE_FAINT};
    for (size_t i = 0; i < right->n; i++) {
        spans[n++] = right->spans[i];
    }
    VEC_PUSH(out, ((struct line){left->indent, spans, n}));
}

/* Two texts beside one another, each in half the width. Their lines live on in the arena of out. */
static void flow_beside(struct rich *left, struct rich *right, struct lines *out, int width, bool ascii)
{
    struct lines l = {.arena = out->arena}, r;
    int half = (width - 4) / 2;

    rich_flow(left, &l, 2, 0, half + 2);
    r = (struct lines){.arena = l.arena};
    rich_flow(right, &r, 0, 0, half);
    out->arena = r.arena;
    for (size_t i = 0; i < l.len || i < r.len; i++) {
        add_pair(out, i < l.len ? &l.items[i] : NULL, i < r.len ? &r.items[i] : NULL, (size_t)half + 3,
                 ascii);
    }
    free(l.items);
    free(r.items);
}

/* What one release says: the words, or that there were none. */
static void add_side(struct rich *r, const struct change *c, bool after)
{
    const char *text = after ? c->after : c->before;
    bool whole = c->kind == CHANGE_ADDED || c->kind == CHANGE_DELETED;

    if (text == NULL) {
        rich_add(r, whole ? "not in this release" : "none", STYLE_FAINT);
    } else if (whole && c->entry != 0) {
        rich_add(r, text, after ? STYLE_NEW : STYLE_GONE);
    } else {
        change_add_words(r, c->before, c->after, after ? WORDING_AFTER : WORDING_BEFORE, false);
    }
}

static void add_wordings(const struct changes_list *list, const struct change *c, struct lines *out, int width)
{
    struct rich left = {0}, right = {0};
    bool ascii = list->app->canvas.ascii;

    if (width >= SIDE_BY_SIDE) {
        rich_add(&left, list->from->name, STYLE_FAINT);
        rich_add(&right, list->to->name, STYLE_FAINT);
        flow_beside(&left, &right, out, width, ascii);
        add_side(&left, c, false);
        add_side(&right, c, true);
        flow_beside(&left, &right, out, width, ascii);
    } else {
        for (int after = 0; after < 2; after++) {
            rich_add(&left, after ? list->to->name : list->from->name, STYLE_FAINT);
            rich_add(&left, ": ", STYLE_FAINT);
            add_side(&left, c, after);
            rich_flow(&left, out, 3, 2, width);
        }
    }
    rich_free(&left);
    rich_free(&right);
}

static void add_change(const struct changes_list *list, const struct change *c, struct lines *out, int width)
{
    struct rich r = {0};

    lines_blank(out);
    rich_add(&r, change_name(c->kind), STYLE_HEADING);
    if (c->label != NULL) {
        rich_add(&r, "  ", STYLE_TEXT);
        rich_add(&r, c->label, STYLE_NOTE);
    }
    if (c->governs > 0) {
        struct buf text = {0};

        buf_printf(&text, "  governs %zu code%s", c->governs, c->governs == 1 ? "" : "s");
        rich_add(&r, buf_text(&text), STYLE_FAINT);
        buf_free(&text);
    }
    rich_flow(&r, out, 1, 2, width);
    rich_free(&r);
    add_wordings(list, c, out, width);
    change_flow_replacements(list->set, c->replacements, out, 3, width);
    change_flow_crossrefs(c->crossrefs, c->ncrossrefs, out, 3, width);
}

/* The entry or row, and where in the book it stands. */
static void add_head(struct changes_list *list, const struct change *c, struct lines *out, int width)
{
    const struct release *force = shelf_release(list->app->shelf, list->set);
    const struct entry *path = NULL;
    struct rich r = {0};
    struct entry e;
    char shown[SHOWN_MAX];
    size_t n = 0;

    if (c->entry == 0) {
        change_add_row(&r, c, 0);
        rich_flow(&r, out, 1, 2, width);
        rich_free(&r);
        return;
    }
    rich_add(&r, code_shown(list->set, c->entry_kind, c->code, shown), STYLE_CODE);
    rich_add(&r, "  ", STYLE_TEXT);
    rich_add(&r, c->title, STYLE_STRONG);
    rich_flow(&r, out, 1, 2, width);
    if (!changes_entry(list, c, &e)) {
        rich_add(&r, force->name, STYLE_WARNING);
        rich_add(&r, ", which is in force, does not have it", STYLE_WARNING);
    } else if (shelf_path(list->app->shelf, &e, &out->arena, &path, &n, NULL) == ST_OK) {
        for (size_t i = 0; i < n; i++) {
            rich_add(&r, i > 0 ? " › " : "", STYLE_FAINT);
            rich_add(&r, code_shown(e.set, path[i].kind, path[i].code, shown), STYLE_FAINT);
        }
    }
    rich_flow(&r, out, 1, 2, width);
    rich_free(&r);
}

static void lay_out(struct change_page *v, int width)
{
    struct lines *out = &v->reader.lines;
    struct changes_list *list = list_of(v);
    const struct change *c = changes_selected(list), *end = list->all.items + list->all.n, *first = c;

    if (v->reader.width == width) {
        return;
    }
    reader_forget(&v->reader);
    v->reader.width = width;
    if (c == NULL) {
        return;
    }
    snprintf(v->title, sizeof v->title, "%s %s to %s", codeset_title(list->set), list->from->name, list->to->name);
    add_head(list, c, out, width);
    while (first > list->all.items && changes_same(first - 1, c)) { /* all of one entry stand together */
        first--;
    }
    for (c = first; c < end && changes_same(c, first); c++) {
        add_change(list, c, out, width);
    }
}

/* --- the view ------------------------------------------------------------------------------------------------------- */

static void open_book(struct change_page *v)
{
    struct changes_list *list = list_of(v);
    const struct change *c = changes_selected(list);
    struct place to = {.view = VIEW_PAGE, .set = list->set};
    struct buf row = {0};
    struct arena a = {0};

    if (c == NULL) {
        return;
    }
    to.kind = c->entry_kind;
    snprintf(to.code, sizeof to.code, "%s", c->code);
    if (c->book == COMP_GUIDELINES) {
        struct guideline g = {0};

        to = (struct place){.view = VIEW_GUIDE, .set = list->set};
        to.row = guide_find(v->app->shelf, c->path, &a, &g, NULL) == ST_OK ? g.place : PLACE_NONE;
    } else if (c->entry == 0) {
        buf_printf(&row, "%s\n%s", c->path, c->title);
        to = (struct place){.view = VIEW_TERMS, .set = list->set, .book = c->book};
        to.row = terms_row_named(v->app->shelf, list->set, c->book, buf_text(&row));
        buf_free(&row);
    }
    arena_free(&a);
    if (to.row == PLACE_NONE) {
        app_say(v->app, "the book in force has nothing of that name");
    } else {
        app_visit_place(v->app, &to);
    }
}

static void to_list(struct change_page *v)
{
    struct place to = {.view = VIEW_CHANGES};

    changes_mark_place(list_of(v), &to);
    app_visit_place(v->app, &to);
}

static void step(struct change_page *v, int direction)
{
    if (changes_step(list_of(v), direction)) {
        v->reader.top = 0;
        reader_forget(&v->reader);
    } else {
        app_say(v->app, direction > 0 ? "the changes end here" : "the changes begin here");
    }
}

static enum action change_act(void *state, enum action a)
{
    struct change_page *v = state;

    switch ((int)a) {
    case ACT_OPEN: open_book(v); return ACT_NONE;
    case ACT_ESCAPE: to_list(v); return ACT_NONE;
    case ACT_LIFE: changes_open_life(list_of(v)); return ACT_NONE;
    case ACT_CATEGORY_BACK: step(v, -1); return ACT_NONE;
    case ACT_CATEGORY_NEXT: step(v, 1); return ACT_NONE;
    default: return reader_act(&v->reader, a) ? ACT_NONE : a;
    }
}

static void change_paint(void *state, struct canvas *c, const struct rect *r, bool used)
{
    struct change_page *v = state;

    lay_out(v, r->w - 1 < MOST_COLUMNS ? r->w - 1 : MOST_COLUMNS);
    reader_paint(&v->reader, c, r, v->title, used);
}

static bool change_here(void *state, struct entry *out)
{
    struct changes_list *list = list_of(state);
    const struct change *c = changes_selected(list);

    return c != NULL && changes_entry(list, c, out);
}

static void change_mark(void *state, struct place *at)
{
    changes_mark_place(list_of(state), at);
}

const struct view_ops change_view = {
    .name = "Change",
    .where = IN_CHANGE,
    .wide = true,
    .open = change_open,
    .go = change_go,
    .act = change_act,
    .paint = change_paint,
    .here = change_here,
    .mark = change_mark,
    .close = change_close,
};
