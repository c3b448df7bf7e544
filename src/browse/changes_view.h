/* changes_view.h - the view of changes from inside: shared by changes_view.c (keys), changes_filter.c,
 * changes_paint.c and change_view.c (one entry, old and new side by side). Nothing else includes it. */
#ifndef CODESHELF_BROWSE_CHANGES_VIEW_H
#define CODESHELF_BROWSE_CHANGES_VIEW_H

#include "app.h"
#include "change_text.h"
#include "codeshelf/changes.h"
#include "list.h"

/* A row of the list. Only a change can be selected. */
struct change_row {
    enum { ROW_CHANGE, ROW_PART, ROW_UNKNOWN } what; /* UNKNOWN: only while nothing is typed; the first line goes on to say so */
    uint32_t at; /* which change, part or sentence */
    uint32_t n;  /* PART: changes under it that the filter lets through */
};

enum { UNKNOWN_MAX = 16, CHOSEN_MAX = 24 };

struct changes_list {
    struct app *app;
    enum codeset set;
    unsigned opened;                 /* app->opened when the releases were chosen, */
    const struct release *force;     /* and the one in force */
    const struct release *from, *to; /* what is compared; from NULL: there is nothing to compare with */
    char chosen[2][CHOSEN_MAX]; /* names of the two when a person chose them, to find them on another shelf */
    enum { TO_COMPARE, ANNOUNCED, COMPARED } stage; /* a long comparison is announced on the screen first */
    struct place wanted;             /* where to stand once it is done */
    struct arena arena;
    struct changes all;
    struct error trouble;
    const char **texts;              /* of every change what the filter looks into, folded */
    struct view_box box;
    int kind;                        /* the kind shown; CHANGE_COUNT for all */
    size_t counts[CHANGE_COUNT + 1]; /* of each kind what the words of the box let through, and of all */
    struct {
        struct change_row *items;
        size_t len, cap;
    } rows;
    struct list list;
    struct lines unknown;            /* the sentences laid out, and where each ends */
    size_t ends[UNKNOWN_MAX];
    int width, head;                 /* head: lines above the rows, as last painted */
    int tabs[CHANGE_COUNT + 1];      /* columns where the kinds' names end, as last painted; 0 for one not shown */
    struct arena here;               /* of the entry given last */
};

/* changes_view.c */

/* Turns to a place: compares what is to be compared at once, or later when the screen comes first. */
void changes_turn(struct changes_list *v, const struct place *to, bool at_once);
/* The change that is selected; NULL for none. */
const struct change *changes_selected(const struct changes_list *v);
/* Selects the next (1) or previous (-1) change of another entry or row than the selected one; false when there is none. */
bool changes_step(struct changes_list *v, int direction);
/* Whether two changes are of one entry, or of one row. */
bool changes_same(const struct change *a, const struct change *b);
/* The entry of a change as the release in force has it. */
bool changes_entry(struct changes_list *v, const struct change *c, struct entry *out);
/* Fills a place with what tells the selected change. */
void changes_mark_place(const struct changes_list *v, struct place *at);
/* Opens the history of the selected change's code: also of one that the release in force lacks. */
void changes_open_life(struct changes_list *v);

/* changes_filter.c */

/* Compares the two releases. */
void changes_compare(struct changes_list *v);
/* Makes the rows anew: those that box and kind let through. The selection stays where it is or goes to the next one left. */
void changes_filter(struct changes_list *v);
/* Selects the change that a place names: its code's, else its row. */
void changes_stand(struct changes_list *v, const struct place *at);
/* Moves the selection off a heading, down or up. */
void changes_leave_heading(struct changes_list *v, bool up);

/* changes_paint.c */

/* Lines that a row takes, as laid out last. */
int changes_height(const void *list, size_t row);
void changes_paint(void *state, struct canvas *c, const struct rect *r, bool used);

#endif
