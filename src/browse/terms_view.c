/* terms_view.c - the indexes and tables of the book: Alphabetic Index, External Cause Index, Neoplasms, Drugs.
 *
 * The whole book can be scrolled; typing in the view's box shows what was found instead, each row under the terms it stands
 * under, and leaving the box stands at that row of the book. Left and Right choose what of a row Enter follows: a cell of a
 * table, a code, a "see". */
#include "terms_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const enum component terms_books[BOOKS] = {COMP_INDEX, COMP_EXTERNAL, COMP_NEOPLASM, COMP_DRUGS};

static void *terms_open(struct app *app)
{
    struct terms *v = mem_alloc(sizeof *v);

    v->app = app;
    v->set = app->set;
    v->book = COMP_INDEX;
    return v;
}

void terms_forget(struct terms *v)
{
    for (size_t i = 0; i < TERM_BLOCKS; i++) {
        lines_free(&v->blocks[i].lines);
        v->blocks[i].filled = false;
    }
}

static void terms_close(void *state)
{
    struct terms *v = state;

    terms_forget(v);
    arena_free(&v->arena);
    arena_free(&v->here);
    free(v);
}

bool terms_in_hits(const struct terms *v)
{
    return v->app->focus == FOCUS_BOX && v->box.line.text[strspn(v->box.line.text, " ")] != '\0';
}

struct list *terms_list(struct terms *v)
{
    return terms_in_hits(v) ? &v->found : &v->rows;
}

static void fill(struct terms *v, struct term_block *b, size_t row, bool hit)
{
    struct arena *a = &b->lines.arena;
    bool path = hit && (row == 0 || strcmp(v->hits.items[row].path, v->hits.items[row - 1].path) != 0);

    *b = (struct term_block){.filled = true, .hit = hit, .row = row};
    if (hit) {
        b->term = v->hits.items[row];
    } else if (terms_at(v->app->shelf, v->set, v->book, (uint32_t)row, a, &b->term, NULL) != ST_OK) {
        b->term = (struct term){.path = "", .title = "", .nemod = "", .codes = "", .manifestation = "", .see = "", .see_also = "",
                                .see_category = "", .cells = ""};
    }
    b->n = term_targets(&b->term, a, b->targets);
    b->head = term_flow(&b->term, b->targets, b->n, -1, path, &v->grid, v->width, &b->lines);
}

struct term_block *terms_block(struct terms *v, size_t row, bool hit)
{
    struct term_block *b = &v->blocks[row % TERM_BLOCKS];

    if (!b->filled || b->row != row || b->hit != hit) {
        lines_free(&b->lines);
        fill(v, b, row, hit);
    }
    return b;
}

struct term_block *terms_selected(struct terms *v)
{
    struct list *l = terms_list(v);

    return l->selected < l->n ? terms_block(v, l->selected, terms_in_hits(v)) : NULL;
}

int terms_chosen(const struct terms *v, const struct term_block *b)
{
    return b->n == 0 ? -1 : v->target < b->n ? (int)v->target : (int)b->n - 1;
}

const struct target *terms_target(const struct terms *v, const struct term_block *b)
{
    return b->n > 0 ? &b->targets[terms_chosen(v, b)] : NULL;
}

static uint32_t main_term(struct terms *v, uint32_t row)
{
    struct arena a = {0};
    struct term t;
    const struct term *path = NULL;
    size_t n = 0;

    if (terms_at(v->app->shelf, v->set, v->book, row, &a, &t, NULL) == ST_OK &&
        terms_path(v->app->shelf, &t, &a, &path, &n, NULL) == ST_OK && n > 0) {
        row = path[0].place;
    }
    arena_free(&a);
    return row;
}

void terms_stand_at(struct terms *v, uint32_t row)
{
    uint32_t above = v->rows.rows > 3 ? (uint32_t)v->rows.rows / 3 : 0, start;

    row = row < v->size ? row : v->size > 0 ? v->size - 1 : 0;
    start = main_term(v, row);
    v->rows.n = v->size;
    v->rows.selected = row;
    v->rows.top = row - start <= above ? start : row - above;
}

/* The first column that holds codes: in the drugs of HCPCS the last one. */
static size_t first_target(const struct terms *v)
{
    return v->set == SET_HCPCS && v->grid.n > 0 ? v->grid.n - 1 : 0;
}

uint32_t terms_row_named(struct shelf *s, enum codeset set, enum component book, const char *name)
{
    enum { LIKE_IT = 200 };
    const char *title = strrchr(name, '\n');
    struct arena a = {0};
    struct term_hits hits = {0};
    uint32_t row = PLACE_NONE;
    size_t n;

    if (title != NULL && terms_search(s, set, book, name, false, LIKE_IT, &a, &hits, NULL) != ST_OK) {
        hits.n = 0;
    }
    for (size_t i = 0; i < hits.n && row == PLACE_NONE; i++) {
        n = (size_t)(title - name);
        if (strcmp(hits.items[i].title, title + 1) == 0 && strlen(hits.items[i].path) == n &&
            memcmp(hits.items[i].path, name, n) == 0) {
            row = hits.items[i].place;
        }
    }
    arena_free(&a);
    return row;
}

bool terms_has_book(enum codeset set, enum component book)
{
    return set == SET_ICD10CM || book == COMP_INDEX || book == COMP_DRUGS;
}

static void turn_to(struct terms *v, enum component book, uint32_t row)
{
    const struct release *before = v->release;
    bool same_book = book == v->book;

    v->book = book;
    v->release = terms_release(v->app->shelf, v->set, book, &v->other);
    if (same_book && before != NULL && (v->release != before || v->opened != v->app->opened)) {
        row = terms_row_named(v->app->shelf, v->set, book, v->stood); /* another date or shelf: rows have other places */
        row = row == PLACE_NONE ? 0 : row;
    }
    v->opened = v->app->opened;
    v->size = terms_size(v->app->shelf, v->set, book);
    v->grid = grid_of(v->set, book, v->width);
    v->target = first_target(v);
    v->rows.n = v->size;
    snprintf(v->box.label, sizeof v->box.label, "%s%s%s%s%s", v->set != SET_ICD10CM ? codeset_title(v->set) : "",
             v->set != SET_ICD10CM ? " " : "", term_book_title(book), v->release != NULL && v->other ? " of " : "",
             v->release != NULL && v->other ? v->release->name : "");
    terms_forget(v);
    terms_stand_at(v, row);
    terms_find(v);
}

static bool has_books(struct terms *v, enum codeset set)
{
    bool other, found = false;

    for (size_t i = 0; i < BOOKS; i++) {
        found = found || terms_release(v->app->shelf, set, terms_books[i], &other) != NULL;
    }
    return found;
}

static void terms_go_to(void *state, const struct place *to)
{
    struct terms *v = state;
    bool fresh = to->row == PLACE_NONE;

    v->set = has_books(v, to->set) ? to->set : SET_ICD10CM;
    if (fresh) {
        line_edit_set(&v->box.line, "");
    }
    enum component book = fresh || to->book < COMP_INDEX ? v->book : to->book;

    turn_to(v, terms_has_book(v->set, book) ? book : COMP_INDEX, fresh ? (uint32_t)v->rows.selected : to->row);
}

static void to_parent(struct terms *v, const struct term *t)
{
    struct arena a = {0};
    const struct term *path = NULL;
    size_t n = 0;

    if (terms_path(v->app->shelf, t, &a, &path, &n, NULL) == ST_OK && n > 0) {
        v->rows.selected = path[n - 1].place;
    }
    arena_free(&a);
}

static void step_main(struct terms *v, const struct term *t, int direction)
{
    struct arena a = {0};
    uint32_t start = main_term(v, t->place);
    struct term first;

    if (direction < 0) {
        start = start < t->place || start == 0 ? start : main_term(v, start - 1);
    } else if (terms_at(v->app->shelf, v->set, v->book, start, &a, &first, NULL) == ST_OK) {
        start = terms_end(v->app->shelf, &first) < v->size ? terms_end(v->app->shelf, &first) : start;
    }
    arena_free(&a);
    terms_stand_at(v, start);
}

/* Follows the first "see" of the row, whatever is chosen. */
static void follow_see(struct terms *v, const struct term_block *b)
{
    for (size_t i = 0; i < b->n; i++) {
        if (b->targets[i].kind >= TARGET_SEE) {
            terms_open_target(v, &b->term, &b->targets[i]);
            return;
        }
    }
    app_say(v->app, "no \"see\" stands here");
}

/* Right through what the row has; Left back, and then to the term above. */
static void choose(struct terms *v, const struct term_block *b, int step)
{
    int now = terms_chosen(v, b);

    if (step > 0 && now + 1 < (int)b->n) {
        v->target = (size_t)(now + 1);
    } else if (step < 0 && now > 0) {
        v->target = (size_t)(now - 1);
    } else if (step < 0) {
        to_parent(v, &b->term);
    }
}

static void moved(struct terms *v)
{
    struct term_block *b = terms_selected(v);

    if (v->grid.n == 0) {
        v->target = 0;
    }
    if (terms_in_hits(v) && b != NULL) {
        terms_stand_at(v, b->term.place);
    }
}

static void terms_typed(void *state)
{
    struct terms *v = state;

    v->target = first_target(v);
    terms_find(v);
    if (v->hits.n > 0) {
        terms_stand_at(v, v->hits.items[0].place);
    }
}

/* Another book, at its beginning or at what the box asks for. */
static void visit_book(struct terms *v, enum component book)
{
    app_visit_place(v->app, &(struct place){.view = VIEW_TERMS, .set = v->set, .book = book});
    terms_typed(v);
}

/* A row without a code or "see" has its terms under it: from what was found, they are shown in the book. */
static void open_row(struct terms *v, const struct term_block *b)
{
    if (b->n > 0) {
        terms_open_target(v, &b->term, terms_target(v, b));
    } else {
        v->app->focus = FOCUS_PAGE;
        app_say(v->app, "no code of its own: see the terms under it");
    }
}

static enum action terms_act(void *state, enum action a)
{
    struct terms *v = state;
    struct term_block *b = terms_selected(v);

    if (a >= ACT_BOOK_INDEX && a <= ACT_BOOK_DRUGS) {
        if (terms_has_book(v->set, terms_books[a - ACT_BOOK_INDEX])) {
            visit_book(v, terms_books[a - ACT_BOOK_INDEX]);
        } else {
            app_say(v->app, "%s has no such table", codeset_title(v->set));
        }
        return ACT_NONE;
    }
    if (b == NULL) {
        return a == ACT_OPEN ? ACT_NONE : a;
    }
    if (list_act(terms_list(v), a)) {
        moved(v);
        return ACT_NONE;
    }
    switch ((int)a) {
    case ACT_OPEN:
        open_row(v, b);
        break;
    case ACT_LINKS: follow_see(v, b); break;
    case ACT_LEFT: choose(v, b, -1); break;
    case ACT_RIGHT: choose(v, b, 1); break;
    case ACT_CATEGORY_BACK: step_main(v, &b->term, -1); break;
    case ACT_CATEGORY_NEXT: step_main(v, &b->term, 1); break;
    default: return a;
    }
    return ACT_NONE;
}

static bool terms_here(void *state, struct entry *out)
{
    struct terms *v = state;
    struct term_block *b = terms_selected(v);

    arena_free(&v->here);
    return b != NULL && b->n > 0 && terms_entry(v, terms_target(v, b), &v->here, out);
}

static void terms_mark(void *state, struct place *at)
{
    struct terms *v = state;

    at->set = v->set;
    at->book = v->book;
    at->row = (uint32_t)v->rows.selected;
}

static struct view_box *terms_box(void *state)
{
    return &((struct terms *)state)->box;
}

/* What was painted is what was pointed at: a click into what was found leaves the box, which shows the book again. */
static void terms_click(void *state, int row, int column)
{
    struct terms *v = state;
    struct list *l = v->painted_hits ? &v->found : &v->rows;

    for (size_t i = BOOKS; row == 0 && i-- > 0;) {
        if (column < v->tabs[i] && (i == 0 || column >= v->tabs[i - 1])) {
            visit_book(v, terms_books[i]);
            return;
        }
    }
    row -= v->head;
    for (size_t i = l->top; row >= 0 && i < l->n; i++) {
        struct term_block *b = terms_block(v, i, v->painted_hits);

        row -= (int)b->lines.len;
        if (row >= 0) {
            continue;
        }
        if (v->painted_hits) {
            terms_stand_at(v, b->term.place);
        } else {
            l->selected = i;
        }
        if (v->grid.n > 0 && column >= v->grid.title) {
            v->target = v->first_column + (size_t)((column - v->grid.title) / v->grid.column);
        }
    }
}

const struct view_ops terms_view = {
    .name = "Index",
    .where = IN_TERMS,
    .wide = true,
    .open = terms_open,
    .go = terms_go_to,
    .act = terms_act,
    .click = terms_click,
    .paint = terms_paint,
    .here = terms_here,
    .mark = terms_mark,
    .box = terms_box,
    .search = terms_typed,
    .close = terms_close,
};
