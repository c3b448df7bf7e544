/* reader.c - scrolling through lines, with a word at the bottom when there are more. */
#include "reader.h"

#include <stdio.h>
#include <string.h>

bool reader_act(struct reader *r, enum action a)
{
    int last = (int)r->lines.len - r->rows, page = r->rows > 2 ? r->rows - 1 : 1;

    switch ((int)a) {
    case ACT_UP: r->top--; break;
    case ACT_DOWN: r->top++; break;
    case ACT_PAGE_UP: r->top -= page; break;
    case ACT_PAGE_DOWN: r->top += page; break;
    case ACT_FIRST: r->top = 0; break;
    case ACT_LAST: r->top = last; break;
    default: return false;
    }
    r->top = r->top > last ? last : r->top;
    r->top = r->top < 0 ? 0 : r->top;
    return true;
}

void reader_forget(struct reader *r)
{
    lines_free(&r->lines);
    r->width = 0;
}

void reader_paint(struct reader *r, struct canvas *c, const struct rect *at, bool used)
{
    int more = (int)r->lines.len - r->top - at->h;
    char text[40];

    r->rows = at->h;
    for (int row = 0; row < at->h && (size_t)(r->top + row) < r->lines.len; row++) {
        line_draw(c, &r->lines.items[r->top + row], at->y + row, at->x, at->w, false);
    }
    if (more > 0) {
        snprintf(text, sizeof text, " %d more lines ", more);
        int w = (int)strlen(text);

        draw_text(c, at->y + at->h - 1, at->x + at->w - w, w, text, (size_t)w, STYLE_BANNER, false);
    }
    if (used) {
        draw_cursor(c, at->y, at->x);
    }
}
