/* box.h - what stands in the search box: words, and the few signs that narrow what they find. */
#ifndef CODESHELF_SHELF_BOX_H
#define CODESHELF_SHELF_BOX_H

#include "inside.h"

enum { CHAPTERS_MAX = 64, WITHOUT_MAX = 8 };

/* Entries of a book next to each other: [from, to). */
struct span {
    enum codeset set;
    uint32_t from, to;
};

struct box {
    const char *words;        /* what is left to search; a blank behind the last word when that is finished */
    const char *phrases;      /* "\"lower end\" AND \"left\"": as FTS5 wants it; empty without */
    const char *phrase_words; /* the same as plain words */
    const char *without[WITHOUT_MAX]; /* folded; a blank parts the words of one that is a phrase */
    size_t nwithout;
    struct span chapters[CHAPTERS_MAX]; /* an entry is in one of them, */
    size_t nchapters;
    struct span range; /* and in this one */
    bool ranged, billable;
    enum codeset set;  /* SET_COUNT for all */
    bool filtered;     /* something narrows, the set aside */
    bool alone;        /* nothing but what narrows: the book itself is listed */
    const char *said;  /* what was not understood, NULL for nothing */
};

/* Reads what was typed. Nothing is ever wrong: a sign that is not one is a word. While typing, half of a sign changes
 * nothing yet. */
enum status box_read(struct shelf *s, const struct query *q, struct arena *a, struct box *out, struct error *err);
/* Whether a place of a set is in the chapters and the range. */
bool box_holds(const struct box *b, enum codeset set, uint32_t place);

#endif
