/* changes_view.c - what differs between two releases, as a list: by chapter, of one kind or all, filtered as one types.
 *
 * Its parts: changes_filter.c compares and filters, changes_paint.c draws, change_view.c shows one entry; here are the keys.
 * Two releases are compared once. A comparison takes up to a fifth of a second, so the screen says "comparing" first and the
 * list follows; what the filter looks into is prepared with it, and filtering thousands of changes is then instant. */
#include "changes_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *changes_open(struct app *app)
{
    struct changes_list *v = mem_alloc(sizeof *v);

    v->app = app;
    v->set = SET_COUNT;
    v->kind = CHANGE_COUNT;
    return v;
}

static void forget(struct changes_list *v)
{
    arena_free(&v->arena);
    v->all = (struct changes){0};
    v->texts = NULL;
    v->rows.len = 0;
    v->list = (struct list){.rows = v->list.rows};
    v->trouble.text[0] = '\0';
    lines_free(&v->unknown);
    v->width = 0;
    v->stage = TO_COMPARE;
}

static void changes_close(void *state)
{
    struct changes_list *v = state;

    forget(v);
    arena_free(&v->here);
    free(v->rows.items);
    free(v);
}

/* --- what is compared ----------------------------------------------------------------------------------------------- */

/* The loaded release of the set that comes after another; NULL when none does. */
static const struct release *release_after(const struct shelf *s, const struct release *r)
{
    size_t n;
    const struct release *all = shelf_releases(s, &n), *next = r + 1;

    return next < all + n && next->set == r->set ? next : NULL;
}

static const struct release *release_named(const struct shelf *s, enum codeset set, const char *name)
{
    size_t n;
    const struct release *all = shelf_releases(s, &n);

    for (size_t i = 0; i < n; i++) {
        if (all[i].set == set && strcmp(all[i].name, name) == 0) {
            return &all[i];
        }
    }
    return NULL;
}

/* The release in force and the one before it, unless others were chosen since that release came in force. */
static void choose_releases(struct changes_list *v, enum codeset set)
{
    const struct release *force = shelf_release(v->app->shelf, set);

    if (set == v->set && force == v->force && v->opened == v->app->opened) {
        return;
    }
    const struct release *from = NULL, *to = NULL;

    if (set == v->set && v->opened != v->app->opened) {
        from = release_named(v->app->shelf, set, v->chosen[0]);
        to = release_named(v->app->shelf, set, v->chosen[1]);
    } else {
        v->chosen[0][0] = v->chosen[1][0] = '\0';
    }
    forget(v);
    v->opened = v->app->opened;
    v->set = set;
    v->force = force;
    v->to = from != NULL && to != NULL ? to : force;
    v->from = from != NULL && to != NULL ? from : force != NULL ? changes_before(v->app->shelf, force) : NULL;
}

static void compare_others(struct changes_list *v, const struct release *from, const struct release *to)
{
    if (from == NULL || to == NULL || from >= to) { /* one array, in calendar order */
        app_say(v->app, "no other release of %s is loaded that way", codeset_title(v->set));
        return;
    }
    forget(v);
    v->from = from;
    v->to = to;
    snprintf(v->chosen[0], sizeof v->chosen[0], "%s", from->name);
    snprintf(v->chosen[1], sizeof v->chosen[1], "%s", to->name);
    v->app->view_due = true;
}

/* Both releases one back or on; or only the earlier one. */
static void step_releases(struct changes_list *v, enum action a)
{
    struct shelf *s = v->app->shelf;
    const struct release *from = v->from, *to = v->to;

    if (to == NULL) {
        return;
    }
    switch ((int)a) {
    case ACT_PAIR_BACK: compare_others(v, from != NULL ? changes_before(s, from) : NULL, from); break;
    case ACT_PAIR_NEXT: compare_others(v, to, release_after(s, to)); break;
    case ACT_FROM_BACK: compare_others(v, from != NULL ? changes_before(s, from) : NULL, to); break;
    default: compare_others(v, from != NULL ? release_after(s, from) : NULL, to); break;
    }
}

/* What is due: the comparison, which is announced first, then the filter. */
static void changes_due(void *state)
{
    struct changes_list *v = state;

    if (v->stage == TO_COMPARE && v->from != NULL) {
        v->stage = ANNOUNCED;
        v->app->view_due = true;
        return;
    }
    if (v->stage != COMPARED) {
        changes_compare(v);
        changes_filter(v);
        changes_stand(v, &v->wanted);
    } else { /* something was typed */
        changes_filter(v);
        v->list.selected = 0;
        changes_leave_heading(v, false);
    }
}

void changes_turn(struct changes_list *v, const struct place *to, bool at_once)
{
    choose_releases(v, to->set);
    v->wanted = *to;
    snprintf(v->box.label, sizeof v->box.label, "Changes");
    if (to->row == PLACE_NONE) { /* opened afresh */
        line_edit_set(&v->box.line, "");
        v->kind = CHANGE_COUNT;
    }
    if (v->stage == COMPARED || at_once) {
        if (v->stage != COMPARED) {
            changes_compare(v);
        }
        changes_filter(v);
        changes_stand(v, to);
    } else {
        v->app->view_due = true;
    }
}

static void changes_go(void *state, const struct place *to)
{
    changes_turn(state, to, false);
}

/* --- the selection -------------------------------------------------------------------------------------------------- */

const struct change *changes_selected(const struct changes_list *v)
{
    const struct change_row *row = v->list.selected < v->rows.len ? &v->rows.items[v->list.selected] : NULL;

    return row != NULL && row->what == ROW_CHANGE ? &v->all.items[row->at] : NULL;
}

bool changes_same(const struct change *a, const struct change *b)
{
    return a->entry == b->entry && a->book == b->book && strcmp(a->path, b->path) == 0 && strcmp(a->title, b->title) == 0;
}

bool changes_step(struct changes_list *v, int direction)
{
    const struct change *now = changes_selected(v);

    for (size_t at = v->list.selected; direction > 0 ? at + 1 < v->rows.len : at > 0;) {
        at += direction > 0 ? 1 : (size_t)-1;
        if (v->rows.items[at].what == ROW_CHANGE && now != NULL && !changes_same(now, &v->all.items[v->rows.items[at].at])) {
            v->list.selected = at;
            return true;
        }
    }
    return false;
}

/* To the first change of the chapter, or of the one before or after it. */
static void step_part(struct changes_list *v, int direction)
{
    size_t at = v->list.selected, seen = 0;

    while (direction > 0 ? at + 1 < v->rows.len : at > 0) {
        at += direction > 0 ? 1 : (size_t)-1;
        if (v->rows.items[at].what == ROW_PART && (direction > 0 || at + 1 < v->list.selected || seen++ > 0)) {
            v->list.selected = at;
            changes_leave_heading(v, false);
            return;
        }
    }
    app_say(v->app, direction > 0 ? "the changes end here" : "the changes begin here");
}

bool changes_entry(struct changes_list *v, const struct change *c, struct entry *out)
{
    struct place at = {.set = v->set, .kind = c->entry_kind};

    arena_free(&v->here);
    snprintf(at.code, sizeof at.code, "%s", c->code);
    return c->entry != 0 && app_find(v->app, &at, &v->here, out);
}

void changes_mark_place(const struct changes_list *v, struct place *at)
{
    const struct change *c = changes_selected(v);

    at->set = v->set;
    at->row = 0;
    at->code[0] = '\0';
    if (c != NULL) {
        at->kind = c->entry_kind;
        at->row = (uint32_t)(c - v->all.items);
        snprintf(at->code, sizeof at->code, "%s", c->code);
    }
}

void changes_open_life(struct changes_list *v)
{
    struct place to = {.view = VIEW_LIFE, .set = v->set};
    const struct change *c = changes_selected(v);

    if (c == NULL || c->entry == 0) {
        app_say(v->app, "no entry is selected");
        return;
    }
    to.kind = c->entry_kind;
    snprintf(to.code, sizeof to.code, "%s", c->code);
    app_visit_place(v->app, &to);
}

/* --- the view ------------------------------------------------------------------------------------------------------- */

static bool changes_here(void *state, struct entry *out)
{
    struct changes_list *v = state;
    const struct change *c = changes_selected(v);

    return c != NULL && changes_entry(v, c, out);
}

static void mark_place(void *state, struct place *at)
{
    changes_mark_place(state, at);
}

/* The kind after or before that has changes; round from the last to all. */
static void step_kind(struct changes_list *v, int direction)
{
    do {
        v->kind = (v->kind + direction + CHANGE_COUNT + 1) % (CHANGE_COUNT + 1);
    } while (v->counts[v->kind] == 0 && v->kind != CHANGE_COUNT);
    changes_filter(v);
}

static void open_change(struct changes_list *v)
{
    struct place to = {.view = VIEW_CHANGE};

    if (changes_selected(v) != NULL) {
        changes_mark_place(v, &to);
        app_visit_place(v->app, &to);
    }
}

static enum action changes_act(void *state, enum action a)
{
    struct changes_list *v = state;

    if (list_act(&v->list, a)) {
        changes_leave_heading(v, a == ACT_UP || a == ACT_PAGE_UP || a == ACT_LAST);
        return ACT_NONE;
    }
    switch ((int)a) {
    case ACT_OPEN: open_change(v); break;
    case ACT_LIFE: changes_open_life(v); break;
    case ACT_LEFT: step_kind(v, -1); break;
    case ACT_RIGHT: step_kind(v, 1); break;
    case ACT_CATEGORY_BACK: step_part(v, -1); break;
    case ACT_CATEGORY_NEXT: step_part(v, 1); break;
    case ACT_PAIR_BACK:
    case ACT_PAIR_NEXT:
    case ACT_FROM_BACK:
    case ACT_FROM_NEXT: step_releases(v, a); break;
    default: return a;
    }
    return ACT_NONE;
}

static void changes_click(void *state, int row, int column)
{
    struct changes_list *v = state;
    int from = 0;

    for (int kind = 0; row == 1 && kind <= CHANGE_COUNT; kind++) {
        if (v->tabs[kind] > 0 && column >= from && column < v->tabs[kind]) {
            v->kind = kind;
            changes_filter(v);
            return;
        }
        from = v->tabs[kind] > 0 ? v->tabs[kind] : from;
    }
    row -= v->head;
    for (size_t i = v->list.top; row >= 0 && i < v->rows.len; i++) {
        row -= changes_height(v, i);
        if (row < 0) {
            v->list.selected = i;
            changes_leave_heading(v, false);
        }
    }
}

static struct view_box *changes_box(void *state)
{
    return &((struct changes_list *)state)->box;
}

const struct view_ops changes_view = {
    .name = "Changes",
    .where = IN_CHANGES,
    .wide = true,
    .open = changes_open,
    .go = changes_go,
    .act = changes_act,
    .click = changes_click,
    .paint = changes_paint,
    .here = changes_here,
    .mark = mark_place,
    .box = changes_box,
    .search = changes_due,
    .close = changes_close,
};
