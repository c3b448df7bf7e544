/* layout.c - the screen's rectangles.
 *
 * From top to bottom: banner, a warning when there is one, the search box, a rule, the body, a rule, the key bar. Low screens
 * do without rules, so that the book keeps the rows. */
#include "layout.h"

static int list_width(int width)
{
    int w = width * 3 / 8;

    return w < 24 ? 24 : w > 64 ? 64 : w;
}

static void body_of(struct layout *l, struct rect body, enum layout_body kind, bool list_used)
{
    if (kind == BODY_WIDE) {
        l->page = body;
    } else if (body.w >= LAYOUT_TWO_PANES) {
        int w = list_width(body.w);

        l->list = (struct rect){body.y, body.x, body.h, w};
        l->divider = (struct rect){body.y, body.x + w, body.h, 1};
        l->page = (struct rect){body.y, body.x + w + 1, body.h, body.w - w - 1};
    } else if (list_used) {
        l->list = body;
    } else {
        l->page = body;
    }
}

struct layout layout_of(int width, int height, bool warning, enum layout_body body, bool list_used)
{
    struct layout l = {0};
    int y = 0, rule = height >= LAYOUT_RULES;

    if (width < LAYOUT_MIN_WIDTH || height < LAYOUT_MIN_HEIGHT) {
        l.too_small = true;
        return l;
    }
    l.banner = (struct rect){y++, 0, 1, width};
    if (warning) {
        l.warning = (struct rect){y++, 0, 1, width};
    }
    l.box = (struct rect){y++, 0, 1, width};
    if (rule) {
        l.rule_top = (struct rect){y++, 0, 1, width};
        l.rule_bottom = (struct rect){height - 2, 0, 1, width};
    }
    l.bar = (struct rect){height - 1, 0, 1, width};
    body_of(&l, (struct rect){y, 0, height - 1 - rule - y, width}, body, list_used);
    return l;
}

bool rect_holds(const struct rect *r, int y, int x)
{
    return y >= r->y && y < r->y + r->h && x >= r->x && x < r->x + r->w;
}
