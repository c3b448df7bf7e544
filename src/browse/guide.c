/* guide.c - the Official Guidelines: outline and text side by side, on a narrow screen one after the other.
 *
 * The outline holds every section in order or, while words stand in the box, those that have them. The text is that of the
 * selected section with all under it. Tab goes from one to the other; in the text, Left and Right go from code to code. */
#include "guide.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FOUND_MAX = 100, TWO_PANES = 60 };

struct guide {
    struct app *app;
    const struct release *release; /* NULL: not loaded */
    bool other;
    uint32_t size;
    struct view_box box;
    struct list outline, found;
    struct arena arena; /* of what was found */
    const struct guideline *hits;
    bool in_text; /* the keys go to the text, not to the outline */
    struct guide_text text;
    struct rect list_at, text_at; /* as last painted; list_at.w 0: not shown */
    struct arena here;
};

static void *guide_open(struct app *app)
{
    struct guide *v = mem_alloc(sizeof *v);

    v->app = app;
    v->text.link = -1;
    return v;
}

static void guide_close(void *state)
{
    struct guide *v = state;

    guide_text_free(&v->text);
    arena_free(&v->arena);
    arena_free(&v->here);
    free(v);
}

static bool has_words(const struct guide *v)
{
    return v->box.line.text[strspn(v->box.line.text, " ")] != '\0';
}

static struct list *list_of(struct guide *v)
{
    return has_words(v) ? &v->found : &v->outline;
}

/* The section that is read; PLACE_NONE when there is none. */
static uint32_t section(const struct guide *v)
{
    if (has_words(v)) {
        return v->found.selected < v->found.n ? v->hits[v->found.selected].place : PLACE_NONE;
    }
    return v->outline.selected < v->outline.n ? (uint32_t)v->outline.selected : PLACE_NONE;
}

/* Finds the words of the box. */
static void guide_typed(void *state)
{
    struct guide *v = state;
    size_t n = 0;

    arena_free(&v->arena);
    v->hits = NULL;
    v->in_text = false;
    v->box.summary[0] = '\0';
    if (has_words(v) && guide_search(v->app->shelf, v->box.line.text, FOUND_MAX, &v->arena, &v->hits, &n, NULL) != ST_OK) {
        n = 0;
    }
    v->found = (struct list){.n = n};
    if (has_words(v)) {
        snprintf(v->box.summary, sizeof v->box.summary, n == 0 ? "nothing found" : n == 1 ? "1 section" : "%zu%s sections", n,
                 n >= FOUND_MAX ? "+" : "");
    }
}

static void guide_go(void *state, const struct place *to)
{
    struct guide *v = state;
    uint32_t row = to->row == PLACE_NONE ? (uint32_t)v->outline.selected : to->row;

    v->release = guide_release(v->app->shelf, &v->other);
    v->size = guide_size(v->app->shelf);
    guide_text_free(&v->text);
    line_edit_set(&v->box.line, "");
    guide_typed(v);
    snprintf(v->box.label, sizeof v->box.label, "Guidelines%s%s", v->release != NULL && v->other ? " of " : "",
             v->release != NULL && v->other ? v->release->name : "");
    v->outline = (struct list){.n = v->size, .selected = row < v->size ? row : 0};
    v->outline.top = v->outline.selected > 3 ? v->outline.selected - 3 : 0;
    v->in_text = to->row != PLACE_NONE;
}

static void open_link(struct guide *v)
{
    struct arena a = {0};
    struct entry e;

    if (v->text.link < 0) {
        app_say(v->app, "Right goes to the next code in the text, Enter then opens it");
    } else if (guide_text_target(&v->text, v->app->shelf, &a, &e)) {
        app_visit(v->app, VIEW_PAGE, &e);
    } else {
        app_say(v->app, "the release in force lacks it");
    }
    arena_free(&a);
}

static void step_section(struct guide *v, int direction)
{
    struct list *l = list_of(v);

    if (direction > 0 ? l->selected + 1 < l->n : l->selected > 0) {
        l->selected += direction > 0 ? 1 : (size_t)-1;
    } else {
        app_say(v->app, direction > 0 ? "the guidelines end here" : "the guidelines begin here");
    }
}

static enum action act_in_text(struct guide *v, enum action a)
{
    switch ((int)a) {
    case ACT_OPEN: open_link(v); return ACT_NONE;
    case ACT_RIGHT:
        if (!guide_text_step(&v->text, 1)) {
            app_say(v->app, "no more codes in this text");
        }
        return ACT_NONE;
    case ACT_LEFT: v->in_text = guide_text_step(&v->text, -1); return ACT_NONE;
    default: return reader_act(&v->text.reader, a) ? ACT_NONE : a;
    }
}

static enum action guide_act(void *state, enum action a)
{
    struct guide *v = state;
    bool boxed = v->app->focus == FOCUS_BOX;

    if (a == ACT_CATEGORY_BACK || a == ACT_CATEGORY_NEXT) {
        step_section(v, a == ACT_CATEGORY_NEXT ? 1 : -1);
        return ACT_NONE;
    }
    if (a == ACT_PANE && !boxed) {
        v->in_text = !v->in_text;
        return ACT_NONE;
    }
    if (v->in_text && !boxed) {
        return act_in_text(v, a);
    }
    if (a == ACT_OPEN || a == ACT_RIGHT) {
        v->in_text = section(v) != PLACE_NONE;
        v->app->focus = v->in_text ? FOCUS_PAGE : v->app->focus;
        return ACT_NONE;
    }
    return list_act(list_of(v), a) ? ACT_NONE : a;
}

static void paint_head(const struct guide *v, const struct canvas *c, const struct rect *r)
{
    char text[64];
    int n = v->release == NULL ? 0 : snprintf(text, sizeof text, "%s%s ", v->other ? "of " : "", v->release->name);

    draw_cut(c, r->y, r->x + 1, r->w - n - 1, "Official Guidelines for Coding and Reporting", STYLE_STRONG, false);
    if (n > 0) {
        draw_text(c, r->y, r->x + r->w - n, n, text, (size_t)n, v->other ? STYLE_WARNING : STYLE_FAINT, false);
    }
}

static int one_line(const void *ctx, size_t row)
{
    (void)ctx;
    (void)row;
    return 1;
}

static void paint_row(const struct guide *v, size_t i, struct canvas *c, const struct rect *r, int y, bool mine, bool used)
{
    struct arena a = {0};
    struct guideline g;
    int x = r->x + 1, end = r->x + r->w - 1;

    if (has_words(v)) {
        g = v->hits[i];
    } else if (guide_at(v->app->shelf, (uint32_t)i, &a, &g, NULL) != ST_OK) {
        return;
    }
    if (mine && used) {
        draw_blank(c, y, r->x, r->w, STYLE_TEXT, true);
        draw_cursor(c, y, r->x);
    }
    if (mine) {
        draw_text(c, y, r->x, 1, ">", 1, STYLE_STRONG, used);
    }
    const char *own = strrchr(g.section, '.'); /* in the outline the sections above say the rest */

    x += has_words(v) ? 0 : g.depth;
    x += draw_cut(c, y, x, end - x, has_words(v) || own == NULL ? g.section : own + 1,
                  g.depth == 0 ? STYLE_HEADING : STYLE_STRONG, mine && used) + 1;
    draw_cut(c, y, x, end - x, g.title, STYLE_TEXT, mine && used);
    arena_free(&a);
}

static void paint_outline(struct guide *v, struct canvas *c, const struct rect *r, bool used)
{
    struct list *l = list_of(v);

    list_keep(l, r->h, one_line, NULL);
    for (size_t i = l->top; i < l->n && i < l->top + (size_t)r->h; i++) {
        paint_row(v, i, c, r, r->y + (int)(i - l->top), i == l->selected, used);
    }
}

/* Where outline and text stand in the pane. */
static void divide(struct guide *v, const struct rect *r)
{
    struct rect body = {r->y + 1, r->x, r->h - 1, r->w};
    int w = r->w * 3 / 8 > 56 ? 56 : r->w * 3 / 8;

    v->list_at = v->text_at = (struct rect){0};
    if (r->w >= TWO_PANES) {
        v->list_at = (struct rect){body.y, body.x, body.h, w};
        v->text_at = (struct rect){body.y, body.x + w + 1, body.h, r->w - w - 1};
    } else if (v->in_text) {
        v->text_at = body;
    } else {
        v->list_at = body;
    }
}

static void guide_paint(void *state, struct canvas *c, const struct rect *r, bool used)
{
    struct guide *v = state;
    int x;

    divide(v, r);
    x = v->text_at.x - 1;
    paint_head(v, c, r);
    if (used) {
        draw_cursor(c, r->y + 1, r->x);
    }
    if (v->release == NULL) {
        draw_cut(c, r->y + 1, r->x + 1, r->w - 1, "Not loaded: codeshelf-import the Official Guidelines PDF of a release.",
                 STYLE_WARNING, false);
        return;
    }
    if (v->text_at.w > 0 && section(v) != PLACE_NONE) {
        guide_text_lay_out(&v->text, v->app->shelf, section(v), v->text_at.w - 1 < 100 ? v->text_at.w - 1 : 100);
        guide_text_paint(&v->text, c, &v->text_at, used && v->in_text);
    }
    if (v->list_at.w > 0 && v->text_at.w > 0) {
        draw_rule(c, &(struct rect){v->list_at.y, x, v->list_at.h, 1});
    }
    if (v->list_at.w > 0) {
        paint_outline(v, c, &v->list_at, used && !v->in_text);
    }
}

static void guide_click(void *state, int row, int column)
{
    struct guide *v = state;
    struct list *l = list_of(v);

    v->in_text = v->list_at.w == 0 || column >= v->list_at.w;
    if (!v->in_text && row > 0 && l->top + (size_t)(row - 1) < l->n) {
        l->selected = l->top + (size_t)(row - 1);
    }
}

/* The code in the text that is chosen. */
static bool guide_here(void *state, struct entry *out)
{
    struct guide *v = state;

    arena_free(&v->here);
    return v->in_text && guide_text_target(&v->text, v->app->shelf, &v->here, out);
}

static void guide_mark(void *state, struct place *at)
{
    uint32_t now = section(state);

    at->code[0] = '\0';
    at->kind = KIND_CHAPTER;
    at->row = now == PLACE_NONE ? 0 : now;
}

static struct view_box *guide_box(void *state)
{
    return &((struct guide *)state)->box;
}

const struct view_ops guide_view = {
    .name = "Guidelines",
    .where = IN_GUIDE,
    .wide = true,
    .open = guide_open,
    .go = guide_go,
    .act = guide_act,
    .click = guide_click,
    .paint = guide_paint,
    .here = guide_here,
    .mark = guide_mark,
    .box = guide_box,
    .search = guide_typed,
    .close = guide_close,
};
