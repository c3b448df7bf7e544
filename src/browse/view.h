/* view.h - what a view is: a const table of operations over private state.
 *
 * Two panes show views: the list pane (results, outline) and the page pane (the tabular page, notes that apply, links, help).
 * A view answers the actions it knows and returns the others, which the application then handles. Adding one: a file with a
 * table like those below, a line in view_table (app.c) and an action that opens it. */
#ifndef CODESHELF_BROWSE_VIEW_H
#define CODESHELF_BROWSE_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "actions.h"
#include "codeshelf/shelf.h"
#include "draw.h"

struct app;

enum view_id { VIEW_RESULTS, VIEW_OUTLINE, VIEW_PAGE, VIEW_APPLIES, VIEW_LINKS, VIEW_HELP, VIEW_WELCOME, VIEW_COUNT };

/* A point in a book as history keeps it: by name, because places change with the date of service. */
struct place {
    enum view_id view;
    enum codeset set;
    enum kind kind;
    char code[CODE_MAX]; /* "" for the beginning of the book */
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
    void (*close)(void *state);
};

extern const struct view_ops results_view, outline_view, page_view, applies_view, links_view, help_view, welcome_view;

#endif
