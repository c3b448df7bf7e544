/* reader.c - scrolling through lines, with a word on top about what part is shown. */
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

void reader_paint(struct reader *r, struct canvas *c, const struct rect *at, const char *title, bool used)
{
    char part[60] = "";
    int lines = (int)r->lines.len, room = at->w - 1;

    r->rows = at->h - 1;
    if (lines > r->rows) {
        int end = r->top + r->rows;

        snprintf(part, sizeof part, "lines %d-%d of %d", r->top + 1, end < lines ? end : lines, lines);
        room -= (int)strlen(part) + 1;
        draw_cut(c, at->y, at->x + 1 + room, (int)strlen(part), part, STYLE_FAINT, false);
    }
    draw_cut(c, at->y, at->x + 1, room - 1, title, STYLE_STRONG, false);
    for (int row = 0; row < r->rows && r->top + row < lines; row++) {
        line_draw(c, &r->lines.items[r->top + row], at->y + 1 + row, at->x, at->w, false);
    }
    if (used) {
        draw_cursor(c, at->y + 1, at->x);
    }
}
