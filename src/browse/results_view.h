/* results_view.h - the view of results from inside: shared by results.c (what was found, keys), results_family.c and
 * results_paint.c. Nothing else includes it. */
#ifndef CODESHELF_BROWSE_RESULTS_VIEW_H
#define CODESHELF_BROWSE_RESULTS_VIEW_H

#include "app.h"
#include "lines.h"
#include "list.h"
#include "term_row.h"

struct result {
    const char *heading; /* the name of a code set or index, or what was assumed; cannot be selected. NULL for other rows */
    enum style style;    /* of a heading */
    const char *own;     /* what a member adds to the title of its family; NULL for all other rows */
    bool member;         /* of the family above */
    const struct term *term; /* a row of the index; it has no entry */
    struct entry entry;
    const struct hit *hit; /* NULL for members, rows of the index and headings */
    size_t members; /* codes the family stands for; 0 for no family */
    bool unfolded;
    size_t line, lines; /* in the lines laid out */
};

struct results {
    struct app *app;
    struct arena arena;
    struct {
        struct result *items;
        size_t len, cap;
    } rows;
    struct list list;
    struct lines lines;
    int width; /* that lines were laid out for; 0 for not yet */
    char summary[120];
    struct error trouble;
};

/* results.c */

/* How many rows stand before the first that can be selected. */
size_t results_headings(const struct results *r);

/* Makes room for n rows at a place. */
struct result *results_insert(struct results *r, size_t at, size_t n);

/* results_family.c */

/* The member of a family that the words of the search speak of, the first in the book among equals; NULL when they speak of
 * none. It lives in the arena of the results. */
const struct entry *results_chosen(struct results *r, const struct result *family);
/* Unfolds or folds up the family that is selected, or the one its selected member belongs to. */
void results_fold(struct results *r, enum action a);

/* results_paint.c */

/* Lines that a row takes, as laid out last. */
int results_height(const void *results, size_t row);
void results_paint(void *state, struct canvas *c, const struct rect *at, bool used);

#endif
