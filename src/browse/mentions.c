/* mentions.c - who mentions an entry, and which guidelines bear on it: two lists with headings, each row a way on.
 *
 * Mentions are grouped as the book is: notes by their kind, rows of the indexes and tables, sections of the guidelines. */
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "codeshelf/refs.h"
#include "lines.h"
#include "list.h"
#include "term_row.h"

struct row {
    const struct mention *mention; /* NULL: a heading */
    const char *heading;
    enum style style;
    size_t line, lines; /* in the lines laid out */
};

struct mentions {
    struct app *app;
    bool bearing; /* only the guidelines that bear on the entry */
    struct arena arena;
    struct place at;
    struct entry entry;
    bool found; /* the release in force has the entry */
    struct {
        struct row *items;
        size_t len, cap;
    } rows;
    struct list list;
    struct lines lines;
    int width;
};

static struct mentions *make(struct app *app, bool bearing)
{
    struct mentions *v = mem_alloc(sizeof *v);

    v->app = app;
    v->bearing = bearing;
    return v;
}

static void *mentions_open(struct app *app)
{
    return make(app, false);
}

static void *bearing_open(struct app *app)
{
    return make(app, true);
}

static void empty(struct mentions *v)
{
    v->rows.len = 0;
    v->width = 0;
    v->list = (struct list){.rows = v->list.rows};
    lines_free(&v->lines);
    arena_free(&v->arena);
}

static void mentions_close(void *state)
{
    struct mentions *v = state;

    empty(v);
    free(v->rows.items);
    free(v);
}

/* A heading and the mentions of one kind under it; nothing when there are none. */
static void add_group(struct mentions *v, const struct mention *m, size_t n, const char *heading, enum style style, int kind,
                      int part)
{
    bool begun = false;

    for (size_t i = 0; i < n; i++) {
        int of = m[i].kind == MENTION_NOTE ? (int)m[i].note.kind : m[i].kind == MENTION_TERM ? (int)m[i].term.book : 0;

        if ((int)m[i].kind != kind || of != part) {
            continue;
        }
        if (!begun) {
            VEC_PUSH(&v->rows, ((struct row){.heading = heading, .style = style}));
            begun = true;
        }
        VEC_PUSH(&v->rows, ((struct row){.mention = &m[i], .style = style}));
    }
}

static const char *of_release(struct mentions *v, const char *what, const struct release *r)
{
    return r != NULL ? arena_printf(&v->arena, "%s of %s", what, r->name) : what;
}

static void collect_mentions(struct mentions *v)
{
    const struct mention *m = NULL;
    const struct release *release;
    size_t n = 0;
    bool other;

    if (refs_to(v->app->shelf, &v->entry, &v->arena, &m, &n, NULL) != ST_OK) {
        n = 0;
    }
    for (int kind = 0; kind < NOTE_COUNT; kind++) {
        const char *label = note_kind_label((enum note_kind)kind);

        add_group(v, m, n, *label != '\0' ? label : "Inclusion term", style_of_note((enum note_kind)kind), MENTION_NOTE, kind);
    }
    for (int book = COMP_INDEX; book <= COMP_DRUGS; book++) {
        release = terms_release(v->app->shelf, v->entry.set, (enum component)book, &other);
        add_group(v, m, n, of_release(v, term_book_title((enum component)book), release), STYLE_HEADING, MENTION_TERM, book);
    }
    add_group(v, m, n, of_release(v, "Official Guidelines", guide_release(v->app->shelf, &other)), STYLE_HEADING,
              MENTION_GUIDELINE, 0);
}

/* Bearings as mentions, so that one list shows both. */
static void collect_bearings(struct mentions *v)
{
    const struct bearing *b = NULL;
    struct mention *m;
    size_t n = 0;
    bool other;
    const struct release *release = guide_release(v->app->shelf, &other);

    if (release == NULL || guide_for(v->app->shelf, &v->entry, &v->arena, &b, &n, NULL) != ST_OK) {
        n = 0;
    }
    m = arena_alloc(&v->arena, n * sizeof *m);
    for (size_t i = 0; i < n; i++) {
        m[i] = (struct mention){.kind = MENTION_GUIDELINE, .guideline = b[i].guideline, .named = b[i].named};
    }
    add_group(v, m, n, of_release(v, "Official Guidelines", release), STYLE_HEADING, MENTION_GUIDELINE, 0);
}

static void mentions_go(void *state, const struct place *to)
{
    struct mentions *v = state;

    empty(v);
    v->at = *to;
    v->found = app_find(v->app, to, &v->arena, &v->entry);
    if (v->found && v->bearing) {
        collect_bearings(v);
    } else if (v->found) {
        collect_mentions(v);
    }
    v->list.n = v->rows.len;
    v->list.selected = to->row > 0 && to->row < v->rows.len ? to->row : v->rows.len > 1 ? 1 : 0;
}

static void open_mention(struct mentions *v, const struct mention *m)
{
    struct place to = {.view = VIEW_PAGE, .set = v->entry.set, .kind = m->note.from_kind};

    if (m->kind == MENTION_NOTE) {
        memcpy(to.code, m->note.from_code, sizeof to.code);
    } else if (m->kind == MENTION_TERM) {
        to = (struct place){.view = VIEW_TERMS, .set = m->term.set, .book = m->term.book, .row = m->term.place};
    } else {
        to = (struct place){.view = VIEW_GUIDE, .set = v->entry.set, .row = m->guideline.place};
    }
    app_visit_place(v->app, &to);
}

static void leave_heading(struct mentions *v, enum action a)
{
    bool up = a == ACT_UP || a == ACT_PAGE_UP;
    size_t at = v->list.selected;

    if (at < v->rows.len && v->rows.items[at].mention == NULL) {
        v->list.selected = up && at > 0 ? at - 1 : at + 1;
    }
}

static enum action mentions_act(void *state, enum action a)
{
    struct mentions *v = state;

    if (a == ACT_OPEN) {
        if (v->list.selected < v->rows.len && v->rows.items[v->list.selected].mention != NULL) {
            open_mention(v, v->rows.items[v->list.selected].mention);
        }
        return ACT_NONE;
    }
    if (list_act(&v->list, a)) {
        leave_heading(v, a);
        return ACT_NONE;
    }
    return a;
}

static void add_mention(struct rich *r, struct mentions *v, const struct mention *m)
{
    char shown[SHOWN_MAX];

    if (m->kind == MENTION_NOTE) {
        rich_add(r, code_shown(v->entry.set, m->note.from_kind, m->note.from_code, shown), STYLE_STRONG);
        rich_add(r, "  ", STYLE_TEXT);
        rich_add_codes(r, v->entry.set, m->note.text, STYLE_TEXT);
    } else if (m->kind == MENTION_TERM) {
        term_add_path(r, &m->term, STYLE_TEXT);
        rich_add(r, m->term.title, STYLE_TEXT);
        rich_add(r, "  ", STYLE_TEXT);
        rich_add(r, m->named, STYLE_LINK);
    } else {
        rich_add(r, m->guideline.section, STYLE_STRONG);
        rich_add(r, "  ", STYLE_TEXT);
        rich_add(r, m->guideline.title, STYLE_TEXT);
        rich_add(r, m->named != NULL ? "  names " : "  its chapter", STYLE_FAINT);
        rich_add(r, m->named != NULL ? m->named : "", STYLE_LINK);
    }
}

static void lay_out(struct mentions *v, int width)
{
    struct rich r = {0};

    if (v->width == width) {
        return;
    }
    lines_free(&v->lines);
    v->width = width;
    for (size_t i = 0; i < v->rows.len; i++) {
        struct row *row = &v->rows.items[i];

        row->line = v->lines.len;
        if (row->mention == NULL) {
            rich_add(&r, row->heading, row->style);
            rich_flow(&r, &v->lines, 1, 2, width);
        } else {
            add_mention(&r, v, row->mention);
            rich_flow(&r, &v->lines, 3, 4, width);
        }
        row->lines = v->lines.len - row->line;
    }
    rich_free(&r);
}

static int row_height(const void *ctx, size_t row)
{
    return (int)((const struct mentions *)ctx)->rows.items[row].lines;
}

static void paint_title(struct mentions *v, const struct canvas *c, const struct rect *r)
{
    struct buf title = {0};
    char shown[SHOWN_MAX];
    bool other;

    buf_puts(&title, v->bearing ? "Guidelines for " : "Who mentions ");
    buf_printf(&title, "%s  %s", code_shown(v->at.set, v->at.kind, v->at.code, shown),
               v->found ? v->entry.title : "not in this release");
    draw_cut(c, r->y, r->x + 1, r->w - 1, buf_text(&title), STYLE_STRONG, false);
    buf_free(&title);
    if (v->rows.len > 0) {
        return;
    }
    bool loaded = !v->bearing || guide_release(v->app->shelf, &other) != NULL;

    draw_cut(c, r->y + 1, r->x + 1, r->w - 1, loaded ? "nothing on this shelf" : "The guidelines are not loaded: import the "
             "Official Guidelines PDF of a release.", loaded ? STYLE_FAINT : STYLE_WARNING, false);
}

static void mentions_paint(void *state, struct canvas *c, const struct rect *r, bool used)
{
    struct mentions *v = state;
    int y = r->y + 1;

    paint_title(v, c, r);
    lay_out(v, r->w - 1);
    list_keep(&v->list, r->h - 1, row_height, v);
    if (v->list.selected == 1) {
        v->list.top = 0; /* with its heading */
    }
    if (used) {
        draw_cursor(c, y, r->x);
    }
    for (size_t i = v->list.top; i < v->rows.len && y < r->y + r->h; i++) {
        const struct row *row = &v->rows.items[i];
        bool mine = i == v->list.selected;

        for (size_t k = 0; k < row->lines && y < r->y + r->h; k++, y++) {
            if (mine && used) {
                draw_blank(c, y, r->x, r->w, STYLE_TEXT, true);
            }
            line_draw(c, &v->lines.items[row->line + k], y, r->x, r->w, mine && used);
            if (mine && k == 0) {
                draw_text(c, y, r->x, 1, ">", 1, STYLE_STRONG, used);
            }
            if (mine && k == 0 && used) {
                draw_cursor(c, y, r->x);
            }
        }
    }
}

static void mentions_click(void *state, int row, int column)
{
    struct mentions *v = state;

    (void)column;
    row--;
    for (size_t i = v->list.top; row >= 0 && i < v->rows.len; i++) {
        row -= row_height(v, i);
        if (row < 0) {
            v->list.selected = i;
            leave_heading(v, ACT_DOWN);
        }
    }
}

static bool mentions_here(void *state, struct entry *out)
{
    struct mentions *v = state;

    *out = v->entry;
    return v->found;
}

static void mentions_mark(void *state, struct place *at)
{
    struct mentions *v = state;

    *at = v->at;
    at->row = (uint32_t)v->list.selected;
}

const struct view_ops mentions_view = {
    .name = "Who mentions it",
    .where = IN_LIST,
    .wide = true,
    .open = mentions_open,
    .go = mentions_go,
    .act = mentions_act,
    .click = mentions_click,
    .paint = mentions_paint,
    .here = mentions_here,
    .mark = mentions_mark,
    .close = mentions_close,
};

const struct view_ops bearing_view = {
    .name = "Guidelines for it",
    .where = IN_LIST,
    .wide = true,
    .open = bearing_open,
    .go = mentions_go,
    .act = mentions_act,
    .click = mentions_click,
    .paint = mentions_paint,
    .here = mentions_here,
    .mark = mentions_mark,
    .close = mentions_close,
};
