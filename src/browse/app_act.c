/* app_act.c - from keys and mouse to actions, and the actions that no single view can do.
 *
 * A key becomes an action by the table; the view in use gets it first, then the page beside a list (so that [ ] turn the page
 * from anywhere), then the functions here. */
#include <stdio.h>
#include <string.h>

#include "app.h"
#include "keys.h"

static bool selected(struct app *app, struct entry *out)
{
    void *state;
    const struct view_ops *ops = app_view(app, app_view_used(app), &state);

    return ops->here(state, out);
}

static void switch_pane(struct app *app)
{
    if (app_wide(app)) {
        app->focus = app->focus == FOCUS_PAGE && app_view_box(app) != NULL ? FOCUS_BOX : FOCUS_PAGE;
        return;
    }
    app->focus = app->focus == FOCUS_LIST ? FOCUS_PAGE : FOCUS_LIST;
    if (app->focus == FOCUS_LIST) {
        app_sync_outline(app);
    }
}

/* Leaves an opened view: for the index, the changes or whatever view it was opened from, else for the page. Where one view led
 * on to others of its kind they are left together; the choices of characters are left one by one. */
static void leave(struct app *app)
{
    const struct place *from = visits_before(&app->visits);

    bool list = app->page == VIEW_CHANGES && from != NULL && from->view == VIEW_CHANGE; /* which it led on to */

    if (from != NULL && from->view != VIEW_PAGE && !list && (from->view != app->page || app->page == VIEW_CHOICE)) {
        app_history(app, -1);
    } else {
        app_leave_view(app);
    }
}

/* Leaves the innermost thing: an opened view, then the pane, then what is in the box. */
static void escape(struct app *app)
{
    struct view_box *own = app_view_box(app);

    if (own != NULL && app->focus == FOCUS_BOX && own->line.len > 0) {
        line_edit_set(&own->line, "");
        app->view_due = true;
    } else if (app->page != VIEW_PAGE) {
        leave(app);
    } else if (app->focus != FOCUS_BOX) {
        app->focus = FOCUS_BOX;
    } else if (app->box.len > 0) {
        line_edit_set(&app->box, "");
        app->search_due = true;
    }
}

static void toggle_outline(struct app *app)
{
    bool results = app->box.text[strspn(app->box.text, " ")] != '\0';

    if (app_wide(app)) {
        app_leave_view(app);
    }
    if (app->list == VIEW_OUTLINE && results) {
        app->outline_wanted = false;
        app->list = VIEW_RESULTS;
    } else {
        app->outline_wanted = results;
        app->list = VIEW_OUTLINE;
        app_sync_outline(app);
    }
    app->focus = app->focus == FOCUS_LIST && !results ? FOCUS_PAGE : FOCUS_LIST;
}

static void open_set(struct app *app, int set)
{
    if (shelf_release(app->shelf, (enum codeset)set) == NULL) {
        app_say(app, "no release of %s is on this shelf", codeset_title((enum codeset)set));
    } else {
        app_visit_book(app, (enum codeset)set);
    }
}

static void next_set(struct app *app)
{
    int set = (int)app->set;

    for (int i = 0; i < SET_COUNT; i++) {
        set = (set + 1) % SET_COUNT;
        if (shelf_release(app->shelf, (enum codeset)set) != NULL) {
            break;
        }
    }
    open_set(app, set);
}

static long distance(date a, date b)
{
    long days = date_days_between(a, b);

    return days < 0 ? -days : days;
}

/* The release with notes that comes after the current choice, by distance from the release in force; NULL behind the last. */
static const struct release *next_lender(const struct app *app, const struct release *own, const struct release *after)
{
    const struct release *all, *best = NULL;
    size_t n;

    all = shelf_releases(app->shelf, &n);
    for (size_t i = 0; i < n; i++) {
        const struct release *r = &all[i];
        bool usable = r->set == own->set && r != own && (r->coverage & 1u << COMP_TABULAR);
        bool later = after == NULL || distance(own->from, r->from) > distance(own->from, after->from) ||
                     (distance(own->from, r->from) == distance(own->from, after->from) && r->from > after->from);

        if (usable && later && (best == NULL || distance(own->from, r->from) < distance(own->from, best->from))) {
            best = r;
        }
    }
    return best;
}

static void borrow(struct app *app)
{
    const struct release *own = shelf_release(app->shelf, app->set), *now = shelf_notes_release(app->shelf, app->set);
    const struct release *loaded = shelf_component(app->shelf, app->set, COMP_TABULAR), *next;
    struct error err = {0};

    if (own == NULL || loaded != NULL) {
        app_say(app, "the notes of this release are loaded; none need be borrowed");
        return;
    }
    next = next_lender(app, own, now);
    if (now == NULL && next == NULL) {
        app_say(app, "no release with notes is on this shelf");
        return;
    }
    if (shelf_borrow_notes(app->shelf, app->set, next == NULL ? NULL : next->name, &err) != ST_OK) {
        app_say(app, "%s", err.text);
    } else if (next == NULL) {
        app_say(app, "no borrowed notes");
    } else {
        app_say(app, "notes of %s beside the codes of %s", next->name, own->name);
    }
    app_renew(app);
}

/* A view with a box of its own, to type into; where it is open already, to begin anew. */
static void open_boxed(struct app *app, enum view_id view)
{
    if (app->page != view) {
        app_visit_place(app, &(struct place){.view = view, .set = app->set, .row = PLACE_NONE});
    } else {
        line_edit_set(&app_view_box(app)->line, "");
        app->view_due = true;
    }
    app->focus = FOCUS_BOX;
}

static void copy_trail(struct app *app)
{
    struct place at = app_place(app);
    struct buf text = {0};

    if (trail_text(&app->trail, &at, &text)) {
        term_clipboard(buf_text(&text));
        app_say(app, "sent to the clipboard: %s", buf_text(&text));
    } else {
        app_say(app, "no index or table led here");
    }
    buf_free(&text);
}

static void copy(struct app *app)
{
    struct entry e;
    char shown[CODE_MAX];

    if (selected(app, &e)) {
        bool part = e.set == SET_ICD10CM && !e.billable;

        term_clipboard(code_print(e.set, e.code, shown));
        app_say(app, "%s sent to the clipboard of the terminal%s", shown, part ? "; not billable as it stands" : "");
    }
}

/* Opens a view of the selected entry, in place of the page. */
static void open_view(struct app *app, enum view_id view)
{
    struct entry e;

    if (view == VIEW_HELP || view == VIEW_FRONT) {
        app_visit_view(app, view);
    } else if (app->page == view && app->focus == FOCUS_PAGE) {
        leave(app);
    } else if (selected(app, &e)) {
        app_visit(app, view, &e);
    } else {
        app_say(app, "no entry is selected");
    }
}

/* The books and the views that have an action of their own. */
static void open_by(struct app *app, enum action a)
{
    switch ((int)a) {
    case ACT_NOTES: open_view(app, VIEW_APPLIES); break;
    case ACT_LINKS: open_view(app, VIEW_LINKS); break;
    case ACT_MENTIONS: open_view(app, VIEW_MENTIONS); break;
    case ACT_BEARING: open_view(app, VIEW_BEARING); break;
    case ACT_INDEX: open_boxed(app, VIEW_TERMS); break;
    case ACT_GUIDE: open_boxed(app, VIEW_GUIDE); break;
    case ACT_CHANGES: open_boxed(app, VIEW_CHANGES); break;
    case ACT_LIFE: open_view(app, VIEW_LIFE); break;
    case ACT_CONVENTIONS: open_view(app, VIEW_FRONT); break;
    case ACT_HELP: open_view(app, VIEW_HELP); break;
    case ACT_SET_NEXT: next_set(app); break;
    case ACT_SET_1: open_set(app, SET_ICD10CM); break;
    case ACT_SET_2: open_set(app, SET_HCPCS); break;
    case ACT_SET_3: open_set(app, SET_CPT); break;
    default: break;
    }
}

/* The words as typed, or freely read again. */
static void search_as_typed(struct app *app)
{
    app->literal = !app->literal;
    app->outline_wanted = false;
    app->search_due = true;
}

static void ask_date(struct app *app)
{
    app->asking_date = true;
    line_edit_set(&app->date_line, "");
}

/* The actions that no view handles. */
static void do_globally(struct app *app, enum action a)
{
    switch ((int)a) {
    case ACT_PANE: switch_pane(app); break;
    case ACT_SEARCH: app->focus = FOCUS_BOX; break;
    case ACT_ESCAPE: escape(app); break;
    case ACT_LITERAL: search_as_typed(app); break;
    case ACT_OUTLINE: toggle_outline(app); break;
    case ACT_BACK: app_history(app, -1); break;
    case ACT_FORWARD: app_history(app, 1); break;
    case ACT_AS_OF: ask_date(app); break;
    case ACT_BORROW: borrow(app); break;
    case ACT_COPY: copy(app); break;
    case ACT_COPY_TRAIL: copy_trail(app); break;
    default: open_by(app, a); break;
    }
}

static bool turns_page(enum action a)
{
    return a >= ACT_CATEGORY_BACK && a <= ACT_CHAPTER_NEXT;
}

/* Gives an action to the view in use, then to the page beside it; returns what neither handled. */
static enum action give_to_views(struct app *app, enum action a)
{
    void *state;
    const struct view_ops *ops = app_view(app, app_view_used(app), &state);
    enum action left = ops->act(state, a);

    if (left != ACT_NONE && turns_page(left) && app->page == VIEW_PAGE) {
        ops = app_view(app, VIEW_PAGE, &state);
        left = ops->act(state, left);
    }
    if (left == ACT_NONE && app->page == VIEW_PAGE && (app->focus == FOCUS_PAGE || turns_page(a))) {
        app_sync_outline(app);
    }
    return left;
}

static void act(struct app *app, enum action a)
{
    a = give_to_views(app, a);
    if (a == ACT_QUIT) {
        app->quit = true;
    } else if (a == ACT_REOPEN) {
        app_open_shelf(app, app->options->shelf); /* from the specimen too: the real one may be there by now */
    } else if (app->shelf != NULL) {
        do_globally(app, a);
    }
}

/* A date as typed: 2025-01-31, or 1/31/2025 and 1/31/25 as charts have it. */
static bool read_date(const char *text, date *out)
{
    unsigned month, day, year;
    char iso[11];
    int end = 0;

    if (sscanf(text, "%2u/%2u/%4u%n", &month, &day, &year, &end) == 3 && text[end] == '\0' && (year < 100 || year > 999)) {
        snprintf(iso, sizeof iso, "%04u-%02u-%02u", (year < 100 ? 2000 + year : year) % 10000, month % 100, day % 100);
        return date_parse(iso, out);
    }
    return date_parse(text, out);
}

static void answer_date(struct app *app, int key)
{
    date day = 0;

    if (key == KEYS_ESC) {
        app->asking_date = false;
    } else if (key != KEYS_ENTER) {
        line_edit_key(&app->date_line, key);
    } else if (app->date_line.len > 0 && !read_date(app->date_line.text, &day)) {
        app_say(app, "expected a date like 2025-01-31, found \"%s\"", app->date_line.text);
    } else {
        app->asking_date = false;
        app->as_of = day;
        app_as_of(app, day);
    }
}

/* A key for the box in use; false when it is not for typing. */
static bool type(struct app *app, int key)
{
    struct view_box *own = app_view_box(app);
    enum edit_result r = line_edit_key(own != NULL ? &own->line : &app->box, key);

    if (own != NULL) {
        app->view_due = app->view_due || r == EDIT_CHANGED;
    } else if (r != EDIT_IGNORED) {
        app->outline_wanted = false;
        app->literal = app->literal && r != EDIT_CHANGED;
        app->search_due = app->search_due || r == EDIT_CHANGED;
    }
    return r != EDIT_IGNORED;
}

static void press(struct app *app, int key)
{
    if (app->asking_date) {
        answer_date(app, key);
        return;
    }
    if (app_where(app) == IN_BOX) {
        if (type(app, key)) {
            return;
        }
        if (app->search_due || app->view_due) { /* Enter right after typing means what was typed */
            app_search(app, false);
        }
    }
    act(app, action_of_key(key, app_where(app)));
}

/* Gives the keys to the pane under the mouse; true when a view is there. */
static bool point(struct app *app, const struct input *in, const struct rect **pane)
{
    const struct layout *l = &app->layout;

    if (rect_holds(&l->box, in->y, in->x)) {
        app->focus = FOCUS_BOX;
        return false;
    }
    *pane = rect_holds(&l->list, in->y, in->x) ? &l->list : &l->page;
    if (app->shelf == NULL || !rect_holds(*pane, in->y, in->x)) {
        return false;
    }
    app->focus = *pane == &l->list ? FOCUS_LIST : FOCUS_PAGE;
    return true;
}

static void click(struct app *app, const struct input *in)
{
    const struct rect *pane;
    void *state;

    if (point(app, in, &pane)) {
        const struct view_ops *ops = app_view(app, app_view_used(app), &state);

        if (ops->click != NULL) {
            ops->click(state, in->y - pane->y, in->x - pane->x);
        }
    }
}

static void wheel(struct app *app, const struct input *in)
{
    enum { NOTCH = 3 };
    const struct rect *pane;

    if (point(app, in, &pane)) {
        for (int i = 0; i < NOTCH; i++) {
            act(app, in->key == KEYS_UP ? ACT_UP : ACT_DOWN);
        }
    }
}

void app_input(struct app *app, const struct input *in)
{
    if (in->what == EVENT_KEY || in->what == EVENT_CLICK) {
        app->notice[0] = '\0';
    }
    switch (in->what) {
    case EVENT_KEY: press(app, in->key); break;
    case EVENT_CLICK: click(app, in); break;
    case EVENT_WHEEL: wheel(app, in); break;
    case EVENT_QUIT: app->quit = true; break;
    case EVENT_IDLE:
    case EVENT_RESIZE: break;
    }
    app->replaced = app->shelf != NULL && shelf_replaced(app->shelf);
}
