/* view.h - what a view is: a const table of operations over private state.
 *
 * Two panes show views: the list pane (results, outline) and the page pane (all others). A view may bring a box of its own.
 * A view answers the actions it knows and returns the others, which the application then handles. Adding one: a file with a
 * table like those below, a line in view_table (app.c) and an action that opens it. */
#ifndef CODESHELF_BROWSE_VIEW_H
#define CODESHELF_BROWSE_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "actions.h"
#include "codeshelf/shelf.h"
#include "draw.h"
#include "line_edit.h"

struct app;

enum view_id { VIEW_RESULTS, VIEW_OUTLINE, VIEW_PAGE, VIEW_APPLIES, VIEW_LINKS, VIEW_TERMS, VIEW_CHOICE, VIEW_MENTIONS,
               VIEW_BEARING, VIEW_GUIDE, VIEW_FRONT, VIEW_CHANGES, VIEW_CHANGE, VIEW_LIFE, VIEW_HELP, VIEW_WELCOME, VIEW_COUNT };

/* A point in a book as history keeps it: by name, because places change with the date of service. */
struct place {
    enum view_id view;
    enum codeset set;
    enum kind kind;
    char code[CODE_MAX]; /* "" for the beginning of the book */
    enum component book; /* the index or table, where the view shows those */
    uint32_t row;        /* where in it, or which row of a list; the view keeps to what there is */
};

/* A box of a view's own: while the view is shown it stands in place of the search box. */
struct view_box {
    struct line_edit line;
    char label[48];    /* "Index of FY2017" */
    char summary[100]; /* what was found */
};

struct view_ops {
    const char *name; /* as a heading */
    enum where where; /* which rows of the action table apply */
    bool wide;        /* takes the whole body of the screen */
    /* Makes the state; the application outlives it. */
    void *(*open)(struct app *app);
    /* Turns to a place. The shelf, its date or the notes shown may have changed since: nothing read before still counts. */
    void (*go)(void *state, const struct place *to);
    /* Does an action and returns ACT_NONE, or returns what is not for this view. */
    enum action (*act)(void *state, enum action a);
    /* Selects what stands at a row and column of the pane. May be NULL. */
    void (*click)(void *state, int row, int column);
    /* Draws into the pane; used: the keys go here, so the selection is marked and the cursor put on it. */
    void (*paint)(void *state, struct canvas *c, const struct rect *r, bool used);
    /* The entry that is selected; false when there is none. */
    bool (*here)(void *state, struct entry *out);
    /* Adds to a place what only this view knows: book and row. May be NULL. */
    void (*mark)(void *state, struct place *at);
    /* The view's own box, and what is done when its text has changed or work is due (app->view_due); setting that again has
     * the screen painted before the rest is done. May be NULL, both or none. */
    struct view_box *(*box)(void *state);
    void (*search)(void *state);
    void (*close)(void *state);
};

extern const struct view_ops results_view, outline_view, page_view, applies_view, links_view, terms_view, choice_view,
    mentions_view, bearing_view, guide_view, front_view, changes_view, change_view, life_view, help_view, welcome_view;

#endif
