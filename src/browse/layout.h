/* layout.h - where everything stands: pure arithmetic, no terminal. */
#ifndef CODESHELF_BROWSE_LAYOUT_H
#define CODESHELF_BROWSE_LAYOUT_H

#include <stdbool.h>

struct rect {
    int y, x, h, w; /* h or w 0: not on the screen */
};

enum {
    LAYOUT_MIN_WIDTH = 40,
    LAYOUT_MIN_HEIGHT = 10,
    LAYOUT_TWO_PANES = 60, /* columns from which list and page stand side by side */
    LAYOUT_RULES = 16      /* rows from which rules set the panes off */
};

enum layout_body { BODY_SPLIT, BODY_WIDE }; /* a wide view takes the whole body */

struct layout {
    bool too_small; /* nothing but a message fits */
    struct rect banner, warning, box, rule_top, list, divider, page, rule_bottom, bar;
};

/* The rectangles for a screen. With one pane the list or the page is shown, whichever is being used. */
struct layout layout_of(int width, int height, bool warning, enum layout_body body, bool list_used);
bool rect_holds(const struct rect *r, int y, int x);

#endif
