/* choice.c - the characters that an index leaves open: the codes under the one it names, to choose from.
 *
 * A dash in the index, or a 7th character, is the coder's to choose with the record in hand; nothing is taken for granted here.
 * Enter on a code that needs more still goes on to the next choice, and ends in the Tabular. */
#include "choice.h"

#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "codeshelf/fold.h"
#include "lines.h"
#include "list.h"

struct choice {
    struct app *app;
    struct arena arena;
    struct place at;
    struct entry entry;
    bool found; /* the release in force has the entry */
    const struct entry *items;
    size_t n;
    struct list list;
    struct lines lines; /* of all choices, */
    size_t *ends;       /* and where each ends */
    int width, head;    /* head: lines above the choices, as last painted */
};

static void *choice_open(struct app *app)
{
    struct choice *v = mem_alloc(sizeof *v);

    v->app = app;
    return v;
}

static void forget(struct choice *v)
{
    lines_free(&v->lines);
    free(v->ends);
    v->ends = NULL;
    v->width = 0;
}

static void choice_close(void *state)
{
    struct choice *v = state;

    forget(v);
    arena_free(&v->arena);
    free(v);
}

static void choice_go(void *state, const struct place *to)
{
    struct choice *v = state;

    forget(v);
    arena_free(&v->arena);
    v->at = *to;
    v->items = NULL;
    v->n = 0;
    v->found = app_find(v->app, to, &v->arena, &v->entry);
    if (v->found && shelf_children(v->app->shelf, &v->entry, &v->arena, &v->items, &v->n, NULL) != ST_OK) {
        v->n = 0;
    }
    v->list = (struct list){.n = v->n, .selected = to->row < v->n ? to->row : 0};
}

/* How many words of a text are among the words given. */
static size_t count_words(const char *text, const char *words)
{
    struct buf folded = {0}, wanted = {0};
    struct word_span w, t;
    size_t i = 0, found = 0;

    fold_text(&folded, text, strlen(text));
    fold_text(&wanted, words, strlen(words));
    while (word_next(buf_text(&wanted), wanted.len, &i, &w)) {
        for (size_t k = 0; word_next(buf_text(&folded), folded.len, &k, &t);) {
            found += t.len == w.len && memcmp(folded.text + t.start, wanted.text + w.start, w.len) == 0;
        }
    }
    buf_free(&folded);
    buf_free(&wanted);
    return found;
}

void choice_prefer(void *state, const char *words)
{
    struct choice *v = state;
    size_t most = 0;

    for (size_t i = 0; i < v->n; i++) {
        size_t n = count_words(v->items[i].title, words);

        if (n > most) {
            most = n;
            v->list.selected = i;
        }
    }
}

static enum action choice_act(void *state, enum action a)
{
    struct choice *v = state;
    struct trail trail = v->app->trail;

    if (a == ACT_OPEN && v->list.selected < v->n) {
        app_look_up(v->app, &v->items[v->list.selected], &trail, "");
        return ACT_NONE;
    }
    return list_act(&v->list, a) ? ACT_NONE : a;
}

static void lay_out(struct choice *v, int width)
{
    struct rich r = {0};
    char shown[CODE_MAX];

    if (v->width == width) {
        return;
    }
    forget(v);
    v->width = width;
    v->ends = mem_alloc((v->n + 1) * sizeof *v->ends);
    for (size_t i = 0; i < v->n; i++) {
        const struct entry *e = &v->items[i];
        const char *own = title_after(e->title, v->entry.title);

        rich_add(&r, code_print(e->set, e->code, shown), e->billable ? STYLE_CODE : STYLE_HEADER);
        rich_add(&r, e->billable ? "  " : "- ", STYLE_HEADER);
        rich_add(&r, own != NULL ? "… " : "", STYLE_FAINT);
        rich_add(&r, own != NULL ? own : e->title, STYLE_TEXT);
        rich_flow(&r, &v->lines, 1, (int)strlen(shown) + 2, width);
        v->ends[i] = v->lines.len;
    }
    rich_free(&r);
}

static size_t start_of(const struct choice *v, size_t i)
{
    return i == 0 ? 0 : v->ends[i - 1];
}

static int height(const void *ctx, size_t row)
{
    const struct choice *v = ctx;

    return (int)(v->ends[row] - start_of(v, row));
}

/* What is to be chosen, and for which code; returns the lines used. */
static int paint_head(struct choice *v, const struct canvas *c, const struct rect *r)
{
    struct rich rich = {0};
    struct lines head = {0};
    char shown[CODE_MAX];
    bool seventh = v->n > 0 && v->items[0].family;
    int n;

    rich_add(&rich, code_print(v->entry.set, v->entry.code, shown), STYLE_HEADER);
    rich_add(&rich, "- ", STYLE_HEADER);
    rich_add(&rich, v->entry.printed != NULL ? v->entry.printed : v->entry.title, STYLE_STRONG);
    rich_flow(&rich, &head, 1, (int)strlen(shown) + 2, r->w - 1);
    rich_add(&rich, seventh ? "choose the 7th character:" : "choose the next character:", STYLE_NOTE);
    rich_flow(&rich, &head, 1, 0, r->w - 1);
    n = (int)head.len < r->h ? (int)head.len : r->h - 1;
    for (int i = 0; i < n; i++) {
        line_draw(c, &head.items[i], r->y + i, r->x, r->w, false);
    }
    lines_free(&head);
    rich_free(&rich);
    return n;
}

static void choice_paint(void *state, struct canvas *c, const struct rect *r, bool used)
{
    struct choice *v = state;

    if (!v->found) {
        draw_cut(c, r->y, r->x + 1, r->w - 1, "this release has no such code", STYLE_WARNING, false);
        return;
    }
    v->head = paint_head(v, c, r);
    lay_out(v, r->w - 1);
    list_keep(&v->list, r->h - v->head, height, v);
    int y = r->y + v->head;

    for (size_t i = v->list.top; i < v->n && y < r->y + r->h; i++) {
        bool mine = i == v->list.selected;

        for (size_t k = start_of(v, i); k < v->ends[i] && y < r->y + r->h; k++, y++) {
            if (mine && used) {
                draw_blank(c, y, r->x, r->w, STYLE_TEXT, true);
            }
            line_draw(c, &v->lines.items[k], y, r->x, r->w, mine && used);
            if (mine && k == start_of(v, i)) {
                draw_text(c, y, r->x, 1, ">", 1, STYLE_STRONG, used);
                draw_cursor(c, y, r->x);
            }
        }
    }
}

static void choice_click(void *state, int row, int column)
{
    struct choice *v = state;

    (void)column;
    row -= v->head;
    for (size_t i = v->list.top; v->ends != NULL && row >= 0 && i < v->n; i++) { /* NULL: not painted yet */
        row -= height(v, i);
        v->list.selected = row < 0 ? i : v->list.selected;
    }
}

static bool choice_here(void *state, struct entry *out)
{
    struct choice *v = state;

    if (v->list.selected < v->n) {
        *out = v->items[v->list.selected];
    } else {
        *out = v->entry;
    }
    return v->found;
}

/* The place is what one chooses under, not the choice. */
static void choice_mark(void *state, struct place *at)
{
    struct choice *v = state;

    *at = v->at;
    at->row = (uint32_t)v->list.selected;
}

const struct view_ops choice_view = {
    .name = "Choice",
    .where = IN_LIST,
    .wide = true,
    .open = choice_open,
    .go = choice_go,
    .act = choice_act,
    .click = choice_click,
    .paint = choice_paint,
    .here = choice_here,
    .mark = choice_mark,
    .close = choice_close,
};
