/* page.h - the tabular page from inside: shared by page.c (the view), page_block.c (an entry as lines), page_move.c
 * (scrolling and selecting) and step.c (neighbouring chapter, section, category). Nothing else includes it. */
#ifndef CODESHELF_BROWSE_PAGE_H
#define CODESHELF_BROWSE_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "app.h"
#include "change_text.h"
#include "lines.h"

/* An entry as it is printed: its title, notes and 7th characters. No lines: it is folded away under its family. */
struct block {
    bool filled;
    struct entry entry;
    struct lines lines; /* the entry's texts live in its arena too */
    int head;           /* the line with the code: 1 where a blank line precedes */
    enum change_mark mark; /* what the release in force did to it */
    bool family;        /* codes that differ in the 7th character stand under it */
    uint32_t next;      /* the place to go on with: behind the members when they are folded away */
};

enum { PAGE_BLOCKS = 256 }; /* kept in memory: more than the rows of any screen */

struct page {
    struct app *app;
    enum codeset set;
    uint32_t size;       /* entries of the book */
    uint32_t top;        /* the first entry on the screen, */
    int skip;            /* and how many of its lines are above it */
    uint32_t selected;
    int width, height;   /* of the text */
    struct {
        uint32_t *items;
        size_t len, cap;
    } unfolded;          /* families whose members are shown */
    struct block blocks[PAGE_BLOCKS];
    struct lines around; /* breadcrumb and the strip of notes that apply, for one selection */
    uint32_t around_of;
};

/* page_block.c */

/* The entry at a place as lines, laid out when first asked for. The block stays good until PAGE_BLOCKS others were. */
struct block *page_block(struct page *p, uint32_t place);
/* Forgets all blocks: width, folding, shelf, date or notes changed. */
void page_forget(struct page *p);
bool page_is_unfolded(const struct page *p, uint32_t place);
void page_fold(struct page *p, uint32_t family, bool unfold);
/* How many lines the entry takes. */
int page_lines_of(struct page *p, uint32_t place);

/* page_move.c */

void page_select(struct page *p, uint32_t place);
/* Selects and puts it where what stands above it can be read too. */
void page_open_at(struct page *p, uint32_t place);
void page_down(struct page *p);
void page_up(struct page *p);
void page_screen(struct page *p, int direction);
void page_scroll(struct page *p, int lines);
/* The neighbour that is not folded away; false at the ends. */
bool page_next(struct page *p, uint32_t place, uint32_t *out);
bool page_previous(struct page *p, uint32_t place, uint32_t *out);
/* A line of the book; the first on the screen, and from one to the next: false at the end of the book. */
struct spot {
    uint32_t place;
    int line;
};
bool page_first_spot(struct page *p, struct spot *out);
bool page_next_spot(struct page *p, struct spot *s);

/* step.c */

/* The nearest entry of a kind before (-1) or after (+1) a place; before: the one it stands in comes first. */
bool step_to_kind(struct shelf *s, enum codeset set, uint32_t from, enum kind kind, int direction, uint32_t *out);

#endif
