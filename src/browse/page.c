/* page.c - the tabular page: the printed book, scrolled.
 *
 * Its parts: page_block.c makes an entry into lines, page_move.c scrolls and selects, step.c finds neighbours. Here is the view:
 * which action does what, and the painting. Above the text stands where in the book the selected entry is, below it which notes
 * from further up apply to it, since those are the ones that are easily missed. */
#include "page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/utf8.h"

static void *page_make(struct app *app)
{
    struct page *p = mem_alloc(sizeof *p);

    p->app = app;
    p->set = app->set;
    p->width = 60;
    p->height = 20;
    p->around_of = PLACE_NONE;
    return p;
}

static void page_close(void *state)
{
    struct page *p = state;

    page_forget(p);
    lines_free(&p->around);
    free(p->unfolded.items);
    free(p);
}

/* The entry asked for or, where the release in force lacks the code, the nearest one above it. */
static bool find_entry(struct page *p, const struct place *to, struct arena *a, struct entry *out)
{
    struct place at = *to;
    char found[CODE_MAX];
    struct error why = {0};

    if (app_find(p->app, to, a, out)) {
        return true;
    }
    if (shelf_find(p->app->shelf, to->set, to->code, a, out, &why) == ST_OK) {
        return true;
    }
    for (size_t len = strlen(at.code); len > 1 && to->kind != KIND_CHAPTER && to->kind != KIND_SECTION;) {
        at.code[--len] = '\0';
        if (app_find(p->app, &at, a, out)) {
            app_say(p->app, "%s; this is %s", why.text, code_print(to->set, at.code, found));
            return true;
        }
    }
    app_say(p->app, "%s", why.text);
    return false;
}

static void page_go(void *state, const struct place *to)
{
    struct page *p = state;
    struct arena a = {0};
    struct entry e = {0};

    if (p->set != to->set) {
        p->unfolded.len = 0;
    }
    p->set = to->set;
    p->size = shelf_book_size(p->app->shelf, p->set);
    page_forget(p);
    if (*to->code == '\0' || !find_entry(p, to, &a, &e)) {
        e.place = 0;
    } else if (e.family && !page_is_unfolded(p, e.parent)) {
        page_fold(p, e.parent, true);
    }
    page_open_at(p, e.place);
    arena_free(&a);
}

static void step(struct page *p, enum kind kind, int direction)
{
    uint32_t place;

    if (kind == KIND_CATEGORY && p->set != SET_ICD10CM) {
        kind = KIND_SECTION;
    }
    if (step_to_kind(p->app->shelf, p->set, p->selected, kind, direction, &place)) {
        page_open_at(p, place);
    } else {
        app_say(p->app, direction > 0 ? "the book ends here" : "the book begins here");
    }
}

static void to_parent(struct page *p)
{
    uint32_t parent = page_block(p, p->selected)->entry.parent;

    if (parent != PLACE_NONE) {
        page_select(p, parent);
    }
}

/* Shows or hides the 7th characters of the family that the selected entry is, or is a member of. */
static void toggle_family(struct page *p)
{
    struct block *b = page_block(p, p->selected);
    uint32_t family = b->entry.family ? b->entry.parent : p->selected;

    if (!b->family && !b->entry.family) {
        app_say(p->app, "no codes differ here in the 7th character");
        return;
    }
    p->selected = family;
    page_fold(p, family, !page_is_unfolded(p, family));
    page_select(p, family);
}

/* To the first entry below; false at a code that has none. */
static bool into(struct page *p)
{
    struct block *b = page_block(p, p->selected);
    uint32_t next;

    if (b->family && !page_is_unfolded(p, p->selected)) {
        toggle_family(p);
    }
    if (page_next(p, p->selected, &next) && page_block(p, next)->entry.parent == p->selected) {
        page_select(p, next);
        return true;
    }
    return false;
}

static void to_end(struct page *p)
{
    uint32_t last;

    if (page_previous(p, p->size, &last)) {
        page_open_at(p, last);
    }
}

static bool step_by(struct page *p, enum action a)
{
    static const struct {
        enum action action;
        enum kind kind;
        int direction;
    } steps[] = {
        {ACT_CATEGORY_BACK, KIND_CATEGORY, -1}, {ACT_CATEGORY_NEXT, KIND_CATEGORY, 1}, {ACT_SECTION_BACK, KIND_SECTION, -1},
        {ACT_SECTION_NEXT, KIND_SECTION, 1},    {ACT_CHAPTER_BACK, KIND_CHAPTER, -1},  {ACT_CHAPTER_NEXT, KIND_CHAPTER, 1},
    };

    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (steps[i].action == a) {
            step(p, steps[i].kind, steps[i].direction);
            return true;
        }
    }
    return false;
}

static enum action page_act(void *state, enum action a)
{
    struct page *p = state;

    if (p->size == 0) {
        return a;
    }
    switch ((int)a) {
    case ACT_UP: page_up(p); break;
    case ACT_DOWN: page_down(p); break;
    case ACT_PAGE_UP: page_screen(p, -1); break;
    case ACT_PAGE_DOWN: page_screen(p, 1); break;
    case ACT_FIRST: page_open_at(p, 0); break;
    case ACT_LAST: to_end(p); break;
    case ACT_LEFT: to_parent(p); break;
    case ACT_RIGHT: into(p); break;
    case ACT_OPEN: return into(p) ? ACT_NONE : ACT_NOTES;
    case ACT_SEVENTH: toggle_family(p); break;
    default: return step_by(p, a) ? ACT_NONE : a;
    }
    return ACT_NONE;
}

static void page_click(void *state, int row, int column)
{
    struct page *p = state;
    struct spot s;
    bool on = page_first_spot(p, &s);

    (void)column;
    for (row--; on && row > 0; row--) {
        on = page_next_spot(p, &s);
    }
    if (on && row == 0) {
        page_select(p, s.place);
    }
}

/* "ch. 19 › S50-S59 › S52 › S52.5 Fracture of lower end of radius" */
static void add_breadcrumb(struct page *p, const struct entry *e, struct lines *out)
{
    const struct entry *path = NULL;
    struct rich r = {0};
    size_t n = 0;
    char shown[SHOWN_MAX];

    if (shelf_path(p->app->shelf, e, &out->arena, &path, &n, NULL) != ST_OK) {
        n = 0;
    }
    for (size_t i = 0; i < n; i++) {
        rich_add(&r, i == 0 ? "" : " › ", STYLE_FAINT);
        rich_add(&r, code_shown(e->set, path[i].kind, path[i].code, shown), STYLE_STRONG);
    }
    if (n > 0) {
        rich_add(&r, " ", STYLE_TEXT);
        rich_add(&r, path[n - 1].title, STYLE_FAINT);
    } else {
        rich_add(&r, codeset_title(p->set), STYLE_STRONG);
    }
    rich_flow(&r, out, 1, 0, 1000);
    rich_free(&r);
}

/* "● new since FY2016": what the mark says, in front of the notes from above: those are long, and `v` has them in full. */
static void add_mark(struct page *p, enum change_mark mark, struct rich *r)
{
    const struct release *now = shelf_release(p->app->shelf, p->set);
    const struct release *before = now != NULL ? changes_before(p->app->shelf, now) : NULL;

    if (mark != CHANGE_MARK_NONE && before != NULL) {
        rich_add(r, change_mark_sign(mark, p->app->canvas.ascii), mark_style(mark));
        rich_add(r, " ", STYLE_TEXT);
        rich_add(r, mark_words(mark), mark_style(mark));
        rich_add(r, mark == CHANGE_MARK_DEMOTED ? " in " : " since ", STYLE_FAINT);
        rich_add(r, before->name, STYLE_FAINT);
        rich_add(r, "  ", STYLE_TEXT);
    }
}

/* "from above: Excludes2 S52.5 · Excludes1 Excludes2 S52   v" */
static void add_strip(struct page *p, const struct entry *e, struct lines *out)
{
    const struct note *notes = NULL;
    const char *from = "";
    struct rich r = {0};
    char shown[SHOWN_MAX];
    size_t n = 0;

    if (shelf_effective_notes(p->app->shelf, e, &out->arena, &notes, &n, NULL) != ST_OK) {
        n = 0;
    }
    add_mark(p, page_block(p, p->selected)->mark, &r);
    for (size_t i = 0; i < n; i++) {
        bool first_of_kind = i == 0 || notes[i].kind != notes[i - 1].kind || notes[i].from != notes[i - 1].from;

        if (notes[i].from == e->place || !first_of_kind || *note_kind_label(notes[i].kind) == '\0') {
            continue;
        }
        if (strcmp(from, notes[i].from_code) != 0) {
            rich_add(&r, *from == '\0' ? "from above: " : "  ", STYLE_FAINT);
            rich_add(&r, code_shown(e->set, notes[i].from_kind, notes[i].from_code, shown), STYLE_STRONG);
            from = notes[i].from_code;
        }
        rich_add(&r, " ", STYLE_TEXT);
        rich_add(&r, note_kind_label(notes[i].kind), style_of_note(notes[i].kind));
    }
    rich_flow(&r, out, 1, 0, 1000);
    rich_free(&r);
}

/* Breadcrumb and strip, made anew when the selection moved. */
static void look_around(struct page *p)
{
    if (p->around_of == p->selected) {
        return;
    }
    lines_free(&p->around);
    p->around_of = p->selected;
    add_breadcrumb(p, &page_block(p, p->selected)->entry, &p->around);
    add_strip(p, &page_block(p, p->selected)->entry, &p->around);
}

/* What is to know about the notes shown: not loaded, or of another release. */
static int paint_notes_source(const struct page *p, const struct canvas *c, const struct rect *r)
{
    const struct release *notes = shelf_notes_release(p->app->shelf, p->set), *own = shelf_release(p->app->shelf, p->set);
    char text[64] = "notes not loaded";
    int width;

    if (notes == own || p->set == SET_CPT || own == NULL) {
        return 0;
    }
    if (notes != NULL) {
        snprintf(text, sizeof text, "notes of %s", notes->name);
    }
    width = (int)strlen(text) + 1;
    if (width < r->w / 2) {
        draw_text(c, r->y, r->x + r->w - width, width, text, strlen(text), STYLE_WARNING, false);
        return width;
    }
    return 0;
}

static void paint_row(struct page *p, struct canvas *c, const struct spot *s, int y, const struct rect *r, bool used)
{
    const struct block *b = page_block(p, s->place);
    bool chosen = s->place == p->selected && s->line == b->head;

    if (chosen && used) {
        draw_blank(c, y, r->x, r->w, STYLE_TEXT, true);
        draw_cursor(c, y, r->x);
    }
    if (chosen) {
        draw_text(c, y, r->x, 1, ">", 1, STYLE_STRONG, used);
    }
    line_draw(c, &b->lines.items[s->line], y, r->x, r->w, chosen && used);
}

static void paint_rows(struct page *p, struct canvas *c, const struct rect *r, bool used)
{
    struct spot s;
    int row = 0;

    for (bool on = page_first_spot(p, &s); on && row < p->height; on = page_next_spot(p, &s)) {
        paint_row(p, c, &s, r->y + 1 + row++, r, used);
    }
}

static void page_paint(void *state, struct canvas *c, const struct rect *r, bool used)
{
    struct page *p = state;
    int strip = r->h >= 10, height = r->h - 1 - strip, width = r->w;

    if (width != p->width || height != p->height) {
        p->width = width;
        p->height = height > 1 ? height : 1;
        page_forget(p);
        page_select(p, p->selected);
    }
    if (used) {
        draw_cursor(c, r->y + 1, r->x);
    }
    if (p->size == 0) {
        draw_cut(c, r->y + 1, r->x + 1, r->w - 1, "No release of this code set is loaded.", STYLE_WARNING, false);
        return;
    }
    look_around(p);
    int taken = paint_notes_source(p, c, r);

    line_draw(c, &p->around.items[0], r->y, r->x, r->w - taken - 1, false);
    paint_rows(p, c, r, used);
    if (strip && p->around.len > 1) {
        line_draw(c, &p->around.items[1], r->y + r->h - 1, r->x, r->w, false);
    }
}

static bool page_here(void *state, struct entry *out)
{
    struct page *p = state;

    if (p->size == 0) {
        return false;
    }
    *out = page_block(p, p->selected)->entry;
    return true;
}

const struct view_ops page_view = {
    .name = "Tabular",
    .where = IN_PAGE,
    .open = page_make,
    .go = page_go,
    .act = page_act,
    .click = page_click,
    .paint = page_paint,
    .here = page_here,
    .close = page_close,
};
