/* draw.h - putting text on the screen: the only way anything gets there.
 *
 * All text is UTF-8 and is made safe here again: control and direction-changing characters become '?', so nothing read from a
 * file can steer the terminal. Widths are columns, everything is clipped. Coordinates are those of the screen. */
#ifndef CODESHELF_BROWSE_DRAW_H
#define CODESHELF_BROWSE_DRAW_H

#include <stdbool.h>
#include <stddef.h>

#include "layout.h"

/* What a piece of text is; how it looks follows from that and from the colours there are. */
enum style {
    STYLE_TEXT,
    STYLE_FAINT,    /* asides: counts, origins */
    STYLE_STRONG,
    STYLE_HEADING,  /* chapter and section titles */
    STYLE_CODE,     /* a code that may be reported */
    STYLE_HEADER,   /* a code that needs more characters */
    STYLE_ENDED,    /* a code no longer in force */
    STYLE_LINK,     /* a code named in a text */
    STYLE_EXCLUDES1,
    STYLE_EXCLUDES2,
    STYLE_INCLUDES,
    STYLE_SEQUENCE, /* code first, use additional code, code also */
    STYLE_NOTE,
    STYLE_WARNING,
    STYLE_BANNER,
    STYLE_KEY,
    STYLE_HIT,      /* a word that answers what was typed */
    STYLE_GONE,     /* words that only the earlier wording has, */
    STYLE_NEW,      /* and only the later one */
    STYLE_CHOSEN,   /* the part of a row that Enter would follow: set off from its row, marked or not */
    STYLE_COUNT
};

struct canvas {
    bool ascii;
    int cursor_y, cursor_x; /* where the real cursor is left: on the selection */
};

/* Prepares colour pairs; without colour only bold, underline and reverse are used. */
void draw_styles(bool color);
void draw_erase(const struct canvas *c);
/* Draws up to width columns and returns how many were used. A text that does not fit ends in an ellipsis when cut is true.
 * marked: the row is the selected one of the pane in use. */
int draw_text(const struct canvas *c, int y, int x, int width, const char *text, size_t n, enum style style, bool marked);
int draw_cut(const struct canvas *c, int y, int x, int width, const char *text, enum style style, bool marked);
/* Draws the end of a text that is too long, from the beginning of a word, behind an ellipsis. */
int draw_end(const struct canvas *c, int y, int x, int width, const char *text, enum style style);
/* Blanks to the end of a row. */
void draw_blank(const struct canvas *c, int y, int x, int width, enum style style, bool marked);
void draw_rule(const struct canvas *c, const struct rect *r);
/* The places where the divider meets the rules above and below it. */
void draw_joint(const struct canvas *c, int y, int x, bool above);
void draw_cursor(struct canvas *c, int y, int x);

#endif
