/* actions.h - everything a person can ask for, in one table: keys, name, help sentence, where it applies.
 *
 * Key dispatch, the key bar, the help screen and the man page all read this table; nothing else knows a key. */
#ifndef CODESHELF_BROWSE_ACTIONS_H
#define CODESHELF_BROWSE_ACTIONS_H

#include <stddef.h>

enum action {
    ACT_NONE,
    ACT_OPEN,
    ACT_PANE,
    ACT_SEARCH,
    ACT_LITERAL,
    ACT_ESCAPE,
    ACT_NOTES,
    ACT_LINKS,
    ACT_OUTLINE,
    ACT_SEVENTH,
    ACT_INDEX,
    ACT_BOOK_INDEX,
    ACT_BOOK_EXTERNAL,
    ACT_BOOK_NEOPLASM,
    ACT_BOOK_DRUGS,
    ACT_MENTIONS,
    ACT_BEARING,
    ACT_GUIDE,
    ACT_LIFE,
    ACT_CHANGES,
    ACT_PAIR_BACK,
    ACT_PAIR_NEXT,
    ACT_FROM_BACK,
    ACT_FROM_NEXT,
    ACT_CONVENTIONS,
    ACT_BACK,
    ACT_FORWARD,
    ACT_UP,
    ACT_DOWN,
    ACT_LEFT,
    ACT_RIGHT,
    ACT_PAGE_UP,
    ACT_PAGE_DOWN,
    ACT_FIRST,
    ACT_LAST,
    ACT_CATEGORY_BACK,
    ACT_CATEGORY_NEXT,
    ACT_SECTION_BACK,
    ACT_SECTION_NEXT,
    ACT_CHAPTER_BACK,
    ACT_CHAPTER_NEXT,
    ACT_SET_NEXT,
    ACT_SET_1,
    ACT_SET_2,
    ACT_SET_3,
    ACT_AS_OF,
    ACT_BORROW,
    ACT_COPY,
    ACT_COPY_TRAIL,
    ACT_REOPEN,
    ACT_HELP,
    ACT_QUIT,
    ACT_COUNT
};

/* Where a key is pressed. */
enum where {
    IN_BOX = 1,     /* typing into the search box: characters are text */
    IN_LIST = 2,    /* results, outline, links, mentions, choices */
    IN_PAGE = 4,    /* the tabular page */
    IN_TEXT = 8,    /* what is told of one entry: notes that apply, history */
    IN_WELCOME = 16, /* there is no shelf yet */
    IN_TERMS = 32,  /* the indexes and tables */
    IN_GUIDE = 64,   /* the guidelines */
    IN_CHANGES = 128, /* the list of changes */
    IN_CHANGE = 256, /* one of them */
    IN_PLAIN = 512   /* help and conventions: no entry is selected */
};

struct action_row {
    enum action id;
    int keys[4];       /* keys.h; 0 ends */
    const char *shown; /* the keys as printed */
    const char *name;  /* two or three words: the key bar */
    const char *help;  /* a sentence */
    unsigned where;    /* bits of enum where */
    int bar;           /* place in the key bar, 1 first; 0 for not there */
};

extern const struct action_row action_table[];
extern const size_t action_table_len;

/* The action of a key in a place, ACT_NONE when there is none. A character typed into the box is never an action. */
enum action action_of_key(int key, enum where where);
/* The row that comes after the given one in the key bar of a place; NULL starts, NULL ends. */
const struct action_row *action_bar_next(enum where where, const struct action_row *after);

#endif
