/* list.c - moving a selection. Rows may take several lines; only list_keep needs to know. */
#include "list.h"

static void move(struct list *l, long by)
{
    long to = (long)l->selected + by;

    l->selected = to < 0 ? 0 : (size_t)to < l->n ? (size_t)to : l->n > 0 ? l->n - 1 : 0;
}

bool list_act(struct list *l, enum action a)
{
    int page = l->rows > 2 ? l->rows - 1 : 1;

    switch ((int)a) {
    case ACT_UP: move(l, -1); break;
    case ACT_DOWN: move(l, 1); break;
    case ACT_PAGE_UP: move(l, -page); break;
    case ACT_PAGE_DOWN: move(l, page); break;
    case ACT_FIRST: move(l, -(long)l->n); break;
    case ACT_LAST: move(l, (long)l->n); break;
    default: return false;
    }
    return true;
}

void list_keep(struct list *l, int rows, int (*height)(const void *ctx, size_t row), const void *ctx)
{
    int used = 0;

    l->rows = rows;
    if (l->selected >= l->n) {
        l->selected = l->n > 0 ? l->n - 1 : 0;
    }
    if (l->selected < l->top) {
        l->top = l->selected;
    }
    for (size_t i = l->selected + 1; i-- > l->top;) {
        used += i < l->n ? height(ctx, i) : 0;
        if (used > rows) {
            l->top = i + 1 > l->selected ? l->selected : i + 1;
            break;
        }
    }
}
