/* list.h - a selection in a list of rows: arrows, paging, both ends, and what of it is on the screen. */
#ifndef CODESHELF_BROWSE_LIST_H
#define CODESHELF_BROWSE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "actions.h"

/* Starts as {0}. */
struct list {
    size_t n, selected, top;
    int rows; /* that fit on the screen, as of the last paint */
};

/* Does a moving action; false when it is not one. */
bool list_act(struct list *l, enum action a);
/* Moves top so that the selected row can be seen. height(ctx, row) is the lines a row takes. */
void list_keep(struct list *l, int rows, int (*height)(const void *ctx, size_t row), const void *ctx);

#endif
