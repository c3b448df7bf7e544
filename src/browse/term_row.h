/* term_row.h - a row of an index or table as the book prints it: dashes for its depth, nonessential modifiers in place, codes,
 * "see"; and what of it can be followed. Pure text: no shelf, no screen. */
#ifndef CODESHELF_BROWSE_TERM_ROW_H
#define CODESHELF_BROWSE_TERM_ROW_H

#include <stddef.h>

#include "codeshelf/terms.h"
#include "lines.h"

/* What of a row can be followed, in the order of the row. */
enum target_kind {
    TARGET_CODE,
    TARGET_MANIFESTATION,
    TARGET_CELL,
    TARGET_SEE,
    TARGET_SEE_ALSO,
    TARGET_CATEGORY
};

struct target {
    enum target_kind kind;
    const char *text; /* as printed: "S52.50-", "Disease, heart" */
    size_t column;    /* CELL: 1 for the first behind the title */
};

enum { TARGETS_MAX = 32, CELLS_MAX = 8 };

/* Up to TARGETS_MAX; all cells of a table's row come, empty ones too, so that a column is where it was in the row before. */
size_t term_targets(const struct term *t, struct arena *a, struct target out[TARGETS_MAX]);

/* How a table stands on a screen. No columns: an index. */
struct grid {
    size_t n, shown;              /* columns behind the title, and how many of them fit beside one another */
    int title, column;            /* widths; the titles take the first one, from the left edge */
    const char *heads[CELLS_MAX]; /* the columns' names, short where they must be */
};
/* For a book on a width; from 64 columns on, all columns of the tables are shown. */
struct grid grid_of(enum codeset set, enum component book, int width);

/* The row as lines; cells are left out: they go beside the first line of the title. chosen: the target that is set off, -1 for
 * none. path: whether what it stands under is printed first. Returns the line that the title begins in. */
size_t term_flow(const struct term *t, const struct target *targets, size_t n, int chosen, bool path, const struct grid *grid,
               int width, struct lines *out);

/* Appends a target as printed after the title: "  S52.50-", "  see Gout"; chosen: set off from the row. */
void term_add_target(struct rich *r, const struct target *t, bool chosen);
/* Appends what the row stands under: "Fracture, traumatic › radius › "; nothing for a main term. */
void term_add_path(struct rich *r, const struct term *t, enum style style);
/* "Index", "External Cause Index", "Table of Neoplasms", "Table of Drugs" */
const char *term_book_title(enum component book);

#endif
