/* page_move.c - scrolling a book whose entries differ in height, without laying out more than a screen of it.
 *
 * The screen begins at line "skip" of entry "top". Everything is counted from there, a few entries up or down. The selection
 * moves by entry; an entry longer than the screen scrolls by before the selection leaves it, so nothing is jumped over. */
#include "page.h"

enum { STRIDE = 3 }; /* lines that an arrow scrolls inside a long entry */

bool page_next(struct page *p, uint32_t place, uint32_t *out)
{
    for (place = page_block(p, place)->next; place < p->size; place = page_block(p, place)->next) {
        if (page_lines_of(p, place) > 0) {
            *out = place;
            return true;
        }
    }
    return false;
}

bool page_previous(struct page *p, uint32_t place, uint32_t *out)
{
    while (place > 0) {
        const struct block *b = page_block(p, --place);
        uint32_t family = b->lines.len == 0 && b->entry.family ? b->entry.parent : place;

        if (family != place && page_block(p, family)->next > place) {
            place = family; /* folded away, and so is all between it and its family */
        }
        if (page_lines_of(p, place) > 0) {
            *out = place;
            return true;
        }
    }
    return false;
}

bool page_first_spot(struct page *p, struct spot *out)
{
    *out = (struct spot){p->top, p->skip};
    return p->top < p->size && (p->skip < page_lines_of(p, p->top) || page_next_spot(p, out));
}

bool page_next_spot(struct page *p, struct spot *s)
{
    if (++s->line < page_lines_of(p, s->place)) {
        return true;
    }
    s->line = 0;
    return page_next(p, s->place, &s->place);
}

/* The row an entry begins at: below 0 or past the height when it begins outside; never counts further than it must. */
static int row_of(struct page *p, uint32_t place)
{
    int row = -p->skip;

    if (place < p->top) {
        return -p->skip - 1;
    }
    for (uint32_t at = p->top; at < place && row < p->height;) {
        row += page_lines_of(p, at);
        if (!page_next(p, at, &at)) {
            break;
        }
    }
    return row;
}

static void scroll_on(struct page *p, int lines)
{
    p->skip += lines;
    while (p->skip >= page_lines_of(p, p->top)) {
        int over = p->skip - page_lines_of(p, p->top);
        uint32_t next;

        if (!page_next(p, p->top, &next)) {
            p->skip = page_lines_of(p, p->top) - 1;
            return;
        }
        p->top = next;
        p->skip = over;
    }
}

static void scroll_back(struct page *p, int lines)
{
    p->skip -= lines;
    while (p->skip < 0) {
        uint32_t before;

        if (!page_previous(p, p->top, &before)) {
            p->skip = 0;
            return;
        }
        p->top = before;
        p->skip += page_lines_of(p, before);
    }
}

/* The last screen of the book is a full one. */
static void fill_screen(struct page *p)
{
    struct spot s;
    int rows = 0;

    for (bool on = page_first_spot(p, &s); on && rows < p->height; on = page_next_spot(p, &s)) {
        rows++;
    }
    if (rows < p->height) {
        scroll_back(p, p->height - rows);
    }
}

void page_scroll(struct page *p, int lines)
{
    if (p->size == 0) {
        return;
    }
    if (lines > 0) {
        scroll_on(p, lines);
        fill_screen(p);
    } else {
        scroll_back(p, -lines);
    }
}

/* Scrolls no more than it takes to have the selected entry on the screen, its beginning above all. */
static void keep_selected(struct page *p)
{
    int row = row_of(p, p->selected), lines = page_lines_of(p, p->selected), head = page_block(p, p->selected)->head;

    if (p->selected < p->top || row + head < 0) {
        p->top = p->selected;
        p->skip = head;
    } else if (row + lines > p->height) {
        int hidden = row + lines - p->height, room = row + head;

        if (row >= p->height) { /* further away than was counted */
            p->top = p->selected;
            p->skip = head;
            scroll_back(p, p->height - (lines < p->height ? lines : p->height));
        } else {
            scroll_on(p, hidden < room ? hidden : room);
        }
    }
}

void page_select(struct page *p, uint32_t place)
{
    p->selected = place;
    if (p->size > 0) {
        keep_selected(p);
    }
}

void page_open_at(struct page *p, uint32_t place)
{
    p->selected = place;
    if (p->size == 0) {
        p->top = 0;
        p->skip = 0;
        return;
    }
    p->top = place;
    p->skip = page_block(p, place)->head;
    scroll_back(p, p->height / 3);
    fill_screen(p);
    keep_selected(p);
}

void page_down(struct page *p)
{
    int end = row_of(p, p->selected) + page_lines_of(p, p->selected);
    uint32_t next;

    if (end > p->height) {
        page_scroll(p, end - p->height < STRIDE ? end - p->height : STRIDE);
    } else if (page_next(p, p->selected, &next)) {
        page_select(p, next);
    }
}

void page_up(struct page *p)
{
    int row = row_of(p, p->selected) + page_block(p, p->selected)->head;
    uint32_t before;

    if (p->selected == p->top && row < 0) {
        scroll_back(p, -row < STRIDE ? -row : STRIDE);
    } else if (page_previous(p, p->selected, &before)) {
        bool above = before < p->top || (before == p->top && p->skip > page_block(p, before)->head);
        int rows = p->skip + (before < p->top ? page_lines_of(p, before) : 0);

        p->selected = before;
        if (above) {
            int most = p->height - 1 > p->skip ? p->height - 1 : p->skip + 1; /* its last line at least */

            scroll_back(p, rows < most ? rows : most);
        }
    } else {
        scroll_back(p, p->skip);
    }
}

/* The first (or last) entry whose beginning is on the screen, or the one that fills it. */
static uint32_t on_screen(struct page *p, bool last)
{
    uint32_t found = p->top;
    struct spot s;
    int row = 0;

    for (bool on = page_first_spot(p, &s); on && row < p->height; on = page_next_spot(p, &s), row++) {
        if (s.line == page_block(p, s.place)->head) {
            found = s.place;
            if (!last) {
                break;
            }
        }
    }
    return found;
}

void page_screen(struct page *p, int direction)
{
    uint32_t top = p->top;
    int skip = p->skip;

    page_scroll(p, direction * (p->height > 3 ? p->height - 2 : 1));
    if (p->top == top && p->skip == skip) {
        p->selected = on_screen(p, direction > 0);
    } else {
        p->selected = on_screen(p, false);
    }
}
