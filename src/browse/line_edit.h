/* line_edit.h - a line of text being typed: the search box and the prompts.
 *
 * Holds UTF-8 with a cursor between characters. Starts as {0}; text is always NUL-terminated. */
#ifndef CODESHELF_BROWSE_LINE_EDIT_H
#define CODESHELF_BROWSE_LINE_EDIT_H

#include <stdbool.h>
#include <stddef.h>

enum { LINE_EDIT_MAX = 256 };

struct line_edit {
    char text[LINE_EDIT_MAX];
    size_t len, at; /* bytes; the cursor stands before text[at] */
};

enum edit_result {
    EDIT_IGNORED, /* the key is not for a line of text */
    EDIT_MOVED,   /* only the cursor moved, or nothing was there to take away */
    EDIT_CHANGED
};

/* Replaces the text (cut at a character when too long) and puts the cursor behind it. */
void line_edit_set(struct line_edit *e, const char *text);
/* Applies a key (keys.h, a code point otherwise): characters, Backspace, Delete, Left, Right, Home, End, Ctrl-A, -E, -U, -W. */
enum edit_result line_edit_key(struct line_edit *e, int key);
/* What of the text to show in width columns so that the cursor is among them: *start is the first byte; returns the cursor's
 * column from there. */
size_t line_edit_view(const struct line_edit *e, size_t width, size_t *start);

#endif
