/* reader.h - lines longer than the pane, read by scrolling: what notes that apply, help and welcome have in common. */
#ifndef CODESHELF_BROWSE_READER_H
#define CODESHELF_BROWSE_READER_H

#include <stdbool.h>

#include "actions.h"
#include "lines.h"

/* Starts as {0}. Whoever owns it fills lines for a width and sets width; 0 means they are to be made. */
struct reader {
    struct lines lines;
    int width, rows, top;
};

/* Scrolls; false when the action is not for scrolling. */
bool reader_act(struct reader *r, enum action a);
/* Throws the lines away: they are to be made again. */
void reader_forget(struct reader *r);
/* Draws a title (with what part of the lines is shown) and the lines below; the cursor goes to the first one when used. */
void reader_paint(struct reader *r, struct canvas *c, const struct rect *at, const char *title, bool used);

#endif
