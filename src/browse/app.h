/* app.h - the application as its views see it: the shelf, where one is, and the few things a view may ask for. */
#ifndef CODESHELF_BROWSE_APP_H
#define CODESHELF_BROWSE_APP_H

#include <stdbool.h>
#include <stddef.h>

#include "codeshelf/browse.h"
#include "visits.h"
#include "layout.h"
#include "line_edit.h"
#include "term.h"
#include "trail.h"
#include "view.h"

enum focus { FOCUS_BOX, FOCUS_LIST, FOCUS_PAGE };

struct app {
    const struct browse_options *options;
    struct shelf *shelf;      /* NULL while there is none */
    const char *shelf_path;   /* of the shelf in use: the one asked for or the specimen */
    unsigned opened;          /* how many shelves were: what points into another one is void */
    struct error trouble;     /* why there is no shelf */
    date as_of;               /* as given; 0 for today */
    enum codeset set;         /* the book that is open */
    void *states[VIEW_COUNT]; /* made when first shown */
    enum view_id list, page;  /* what the two panes show */
    enum focus focus;
    struct visits visits;
    struct line_edit box, date_line;
    bool asking_date;    /* the prompt for a date of service is open */
    bool search_due;     /* the box changed since the last search, */
    bool view_due;       /* or the box of the view in use did */
    bool literal;        /* the search takes the words as typed */
    bool outline_wanted; /* the outline even though there are results */
    bool replaced;       /* another shelf file is in place of the one open */
    bool quit;
    struct trail trail; /* how the index led to a code */
    char notice[200]; /* said in the bottom row until the next key */
    struct layout layout;
    struct canvas canvas;
};

/* --- what views may ask for (app.c) --------------------------------------------------------------------------------- */

/* Shows an entry in the page beside a list, without a step of history. */
void app_follow(struct app *app, const struct entry *e);
/* Opens a view at an entry as a step that "back" takes back, and gives it the keys. */
void app_visit(struct app *app, enum view_id view, const struct entry *e);
/* The same for any place. */
void app_visit_place(struct app *app, const struct place *to);
/* Opens the Tabular at an entry that an index or table named or, where more characters are to be chosen, the choice of them.
 * The way there is kept as the trail; words (may be "") are those the person typed that no term has: they put the cursor. */
void app_look_up(struct app *app, const struct entry *e, const struct trail *trail, const char *words);
/* The entry of a place: by its stored code, where a section shares it with a category the one of the kind asked for. False
 * when the release in force lacks it. */
bool app_find(struct app *app, const struct place *at, struct arena *a, struct entry *out);
/* Says something in the bottom row until the next key. */
void app_say(struct app *app, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* --- what the loop calls -------------------------------------------------------------------------------------------- */

/* Opens the shelf of the options; when that fails the welcome screen shows why. */
void app_open(struct app *app, const struct browse_options *options);
void app_close(struct app *app);
/* Opens another file, or the same one again, and keeps the place where the book has it. Failing, says why. */
void app_open_shelf(struct app *app, const char *path);
/* Searches for what the box holds. With yield, search_due stays set when keys came in meanwhile; without, the search is done
 * afterwards. */
void app_search(struct app *app, bool yield);
void app_input(struct app *app, const struct input *in); /* app_act.c */
void app_paint(struct app *app);                         /* app_paint.c */

/* --- inside the application ----------------------------------------------------------------------------------------- */

const struct view_ops *app_view(struct app *app, enum view_id id, void **state);
/* Whether the page pane shows a view that takes the whole body; the box that is typed into: the view's own, or NULL for the
 * search box. */
bool app_wide(const struct app *app);
struct view_box *app_view_box(struct app *app);
/* The view the keys go to (in the box: the list that the arrows move), and which rows of the action table apply. */
enum view_id app_view_used(const struct app *app);
enum where app_where(const struct app *app);
/* Another view of what is selected; the page again; a book at its beginning; back or forward: each a step of history. */
void app_visit_view(struct app *app, enum view_id view);
void app_leave_view(struct app *app);
void app_visit_book(struct app *app, enum codeset set);
void app_history(struct app *app, int step);
/* Where the page pane is. */
struct place app_place(struct app *app);
/* The outline turns to where the page is. */
void app_sync_outline(struct app *app);
/* Everything is read again where it is: date, shelf or notes changed. */
void app_renew(struct app *app);
void app_as_of(struct app *app, date day);

#endif
