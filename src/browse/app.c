/* app.c - the application between the views: which view stands in which pane, history, and the shelf that is open.
 *
 * What a view does not handle comes here (app_act.c). Views are made when first shown and kept, so that turning back to one is
 * cheap; go() tells it to read anew. */
#include "app.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "choice.h"
#include "results.h"

static const struct view_ops *const view_table[VIEW_COUNT] = {
    [VIEW_RESULTS] = &results_view, [VIEW_OUTLINE] = &outline_view, [VIEW_PAGE] = &page_view, [VIEW_APPLIES] = &applies_view,
    [VIEW_LINKS] = &links_view,     [VIEW_TERMS] = &terms_view,     [VIEW_CHOICE] = &choice_view,
    [VIEW_MENTIONS] = &mentions_view, [VIEW_BEARING] = &bearing_view, [VIEW_GUIDE] = &guide_view, [VIEW_FRONT] = &front_view,
    [VIEW_CHANGES] = &changes_view, [VIEW_CHANGE] = &change_view,   [VIEW_LIFE] = &life_view,
    [VIEW_HELP] = &help_view,       [VIEW_WELCOME] = &welcome_view,
};

const struct view_ops *app_view(struct app *app, enum view_id id, void **state)
{
    if (app->states[id] == NULL) {
        app->states[id] = view_table[id]->open(app);
    }
    *state = app->states[id];
    return view_table[id];
}

void app_say(struct app *app, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    vsnprintf(app->notice, sizeof app->notice, fmt, args);
    va_end(args);
}

bool app_find(struct app *app, const struct place *at, struct arena *a, struct entry *out)
{
    const struct entry *path = NULL;
    size_t n = 0;

    if (*at->code == '\0' || shelf_lookup(app->shelf, at->set, at->code, a, out, NULL) != ST_OK) {
        return false;
    }
    if (at->kind == KIND_SECTION && out->kind != KIND_SECTION && shelf_path(app->shelf, out, a, &path, &n, NULL) == ST_OK &&
        n > 0 && strcmp(path[n - 1].code, at->code) == 0) {
        *out = path[n - 1];
    }
    return true;
}

static struct place place_of(enum view_id view, const struct entry *e)
{
    struct place p = {.view = view, .set = e->set, .kind = e->kind};

    memcpy(p.code, e->code, sizeof p.code);
    return p;
}

static struct place place_in(struct app *app, enum view_id view)
{
    void *state;
    const struct view_ops *ops = app_view(app, view, &state);
    struct place p = {.view = view, .set = app->set};
    struct entry e;

    if (ops->here(state, &e)) {
        p = place_of(view, &e);
    }
    if (ops->mark != NULL) {
        ops->mark(state, &p);
    }
    return p;
}

struct place app_place(struct app *app)
{
    return place_in(app, app->page);
}

static void turn(struct app *app, enum view_id view, const struct place *to)
{
    void *state;
    const struct view_ops *ops = app_view(app, view, &state);

    ops->go(state, to);
}

static void show(struct app *app, const struct place *to)
{
    app->page = to->view;
    app->set = to->set;
    turn(app, to->view, to);
}

void app_follow(struct app *app, const struct entry *e)
{
    struct place to = place_of(VIEW_PAGE, e);

    show(app, &to);
}

void app_visit_place(struct app *app, const struct place *to)
{
    struct place from = app_place(app);
    bool wide = app_wide(app);

    visits_update(&app->visits, &from);
    visits_add(&app->visits, to);
    show(app, to);
    app->focus = FOCUS_PAGE;
    if (wide && !app_wide(app)) { /* the outline was out of sight meanwhile */
        app_sync_outline(app);
    }
}

void app_visit(struct app *app, enum view_id view, const struct entry *e)
{
    struct place to = place_of(view, e);

    app_visit_place(app, &to);
}

void app_look_up(struct app *app, const struct entry *e, const struct trail *trail, const char *words)
{
    void *choice;

    app->trail = *trail;
    if (e->billable || shelf_subtree_end(app->shelf, e->set, e->place) == e->place + 1) {
        app_visit(app, VIEW_PAGE, e);
    } else {
        app_visit(app, VIEW_CHOICE, e);
        app_view(app, VIEW_CHOICE, &choice);
        choice_prefer(choice, words);
    }
}

void app_visit_view(struct app *app, enum view_id view)
{
    struct place to = app_place(app);

    to.view = view;
    app_visit_place(app, &to);
}

void app_visit_book(struct app *app, enum codeset set)
{
    /* From the changes or the index of one set to those of another, with the words typed. */
    bool same = app->page == VIEW_CHANGES || app->page == VIEW_TERMS;
    struct place to = {.view = same ? app->page : VIEW_PAGE, .set = set};

    app_visit_place(app, &to);
    if (app->page == VIEW_TERMS && app_view_box(app)->line.len > 0) { /* what they find is shown while the box is in use */
        app->focus = FOCUS_BOX;
    }
    app_sync_outline(app);
}

void app_leave_view(struct app *app)
{
    struct place to = place_in(app, VIEW_PAGE);

    app_visit_place(app, &to);
}

void app_history(struct app *app, int step)
{
    struct place from = app_place(app), to;

    visits_update(&app->visits, &from);
    if (visits_move(&app->visits, step, &to)) {
        show(app, &to);
        app->focus = FOCUS_PAGE;
        app_sync_outline(app);
    } else {
        app_say(app, step < 0 ? "nothing was seen before" : "nothing lies ahead");
    }
}

void app_sync_outline(struct app *app)
{
    struct place at = app_place(app);

    if (app->list == VIEW_OUTLINE) {
        turn(app, VIEW_OUTLINE, &at);
    }
}

/* Shows a place, with the page below it: both read anew. */
static void renew(struct app *app, const struct place *page, const struct place *at)
{
    turn(app, VIEW_PAGE, page);
    if (at->view != VIEW_PAGE) {
        turn(app, at->view, at);
    }
    app->page = at->view;
    app->set = at->set;
    app_sync_outline(app);
    app->search_due = true;
}

void app_renew(struct app *app)
{
    struct place at = app_place(app), page = place_in(app, VIEW_PAGE);

    renew(app, &page, &at);
}

bool app_wide(const struct app *app)
{
    return view_table[app->page]->wide;
}

struct view_box *app_view_box(struct app *app)
{
    void *state;
    const struct view_ops *ops = app_view(app, app->page, &state);

    return app->shelf != NULL && ops->box != NULL ? ops->box(state) : NULL;
}

enum view_id app_view_used(const struct app *app)
{
    bool page = app->shelf == NULL || app->focus == FOCUS_PAGE || view_table[app->page]->box != NULL;

    return page ? app->page : app->list;
}

enum where app_where(const struct app *app)
{
    return app->shelf != NULL && app->focus == FOCUS_BOX ? IN_BOX : view_table[app_view_used(app)]->where;
}

/* The search of the results. */
static void search_books(struct app *app, bool yield)
{
    void *state;
    bool blank = app->box.text[strspn(app->box.text, " ")] == '\0';

    app_view(app, VIEW_RESULTS, &state);
    app->search_due = false;
    if (app->shelf == NULL) {
        return;
    }
    /* A search takes the page to its first result; searching again because the book changed must not. */
    struct place before = app_place(app);
    bool stay = app->focus != FOCUS_BOX || app_view_box(app) != NULL;

    if (results_search(state, app->box.text, yield, stay) == ST_STOP) {
        app->search_due = true;
        return;
    }
    if (stay) {
        show(app, &before);
    }
    enum view_id list = blank || app->outline_wanted ? VIEW_OUTLINE : VIEW_RESULTS;

    if (list != app->list) {
        app->list = list;
        app_sync_outline(app);
    }
}

void app_search(struct app *app, bool yield)
{
    void *state;
    const struct view_ops *view = app_view(app, app->page, &state);

    do {
        bool due = app->view_due;

        app->view_due = false;
        if (due && view->search != NULL && app->shelf != NULL) {
            view->search(state);
        }
    } while (app->view_due && !yield);
    if (app->search_due) {
        search_books(app, yield);
    }
}

/* The first set that has a release, or the one asked for. */
static enum codeset first_set(const struct app *app, enum codeset wanted)
{
    if (wanted != SET_COUNT && shelf_release(app->shelf, wanted) != NULL) {
        return wanted;
    }
    for (int i = 0; i < SET_COUNT; i++) {
        if (shelf_release(app->shelf, (enum codeset)i) != NULL) {
            return (enum codeset)i;
        }
    }
    return SET_ICD10CM;
}

static void close_views(struct app *app)
{
    for (int i = 0; i < VIEW_COUNT; i++) {
        if (app->states[i] != NULL) {
            view_table[i]->close(app->states[i]);
            app->states[i] = NULL;
        }
    }
}

void app_as_of(struct app *app, date day)
{
    struct error err = {0};

    if (shelf_as_of(app->shelf, day, &err) != ST_OK) {
        app_say(app, "%s", err.text);
    }
    app_renew(app);
}

void app_open_shelf(struct app *app, const char *path)
{
    struct shelf *fresh = NULL;
    struct place at = {.view = VIEW_PAGE}, page = at;
    date day = app->shelf == NULL ? app->options->as_of : app->as_of;

    if (shelf_open(path, &fresh, &app->trouble) != ST_OK || shelf_as_of(fresh, day, &app->trouble) != ST_OK) {
        shelf_close(fresh);
        app_say(app, "%s", app->trouble.text);
        return;
    }
    if (app->shelf != NULL) {
        at = app_place(app);
        page = place_in(app, VIEW_PAGE);
    }
    bool first = app->shelf == NULL;

    shelf_close(app->shelf);
    app->as_of = day;
    app->shelf = fresh;
    app->shelf_path = path;
    app->opened++;
    app->replaced = false;
    at.set = page.set = first_set(app, first ? app->options->set : at.set);
    renew(app, &page, &at);
    if (app->options->vocabulary != NULL && shelf_vocabulary(fresh, app->options->vocabulary, &app->trouble) == ST_INPUT) {
        app_say(app, "%s", app->trouble.text);
    }
}

void app_open(struct app *app, const struct browse_options *options)
{
    struct place nowhere = {.view = VIEW_WELCOME};

    app->options = options;
    app->shelf_path = options->shelf;
    app->canvas.ascii = app->canvas.ascii || options->ascii;
    app->list = VIEW_OUTLINE;
    app->page = VIEW_WELCOME;
    line_edit_set(&app->box, options->start == NULL ? "" : options->start);
    app_open_shelf(app, options->shelf);
    if (app->shelf == NULL) {
        app->notice[0] = '\0';
        show(app, &nowhere);
    }
}

void app_close(struct app *app)
{
    close_views(app);
    shelf_close(app->shelf);
    app->shelf = NULL;
}
