/* terms_inside.h - what the files about indexes, tables and references share: rows by id, and words held against rows. */
#ifndef CODESHELF_SHELF_TERMS_INSIDE_H
#define CODESHELF_SHELF_TERMS_INSIDE_H

#include "codeshelf/refs.h"
#include "inside.h"

struct buf;

enum {
    TERM_DEPTH_MAX = 32, /* rows above one another; the deepest of an official index has 9 */
    ASK_MAX = 16,        /* words of one question; further ones are left out */
    ASK_WORD = 48
};

/* --- terms.c -------------------------------------------------------------------------------------------------------- */

/* The row with an id; ST_NONE when the release that its book is shown from has not got it. */
enum status term_of_id(struct shelf *s, int64_t id, struct arena *a, struct term *out, struct error *err);

/* --- terms_match.c -------------------------------------------------------------------------------------------------- */

/* A word that a row is to have. */
struct ask {
    char word[ASK_WORD]; /* folded */
    size_t len;
    size_t stem;   /* bytes that all its forms begin with */
    bool open;     /* still being typed */
    bool optional; /* "with", "of", NEC: welcome, never asked for */
    bool aside;    /* stands in parentheses: optional, too */
    bool off;      /* left out of this search */
    unsigned part; /* which of the parts between commas it stands in */
};

struct asked {
    struct ask items[ASK_MAX];
    size_t n;
    unsigned parts;
    bool slips; /* a word that is a slip of the pen away will do */
};

/* Cuts a text into the words to ask for. Those in parentheses are optional, and so are the little words unless a part has no
 * others. typing: the last word may be unfinished; as long as it is a single letter it is optional, too. */
void asked_read(const char *text, bool typing, struct asked *out);
/* Appends the FTS5 expression that texts with all the words answer. Quoting keeps the words out of the syntax. False when there
 * is no word to ask for. */
bool asked_words(const struct asked *q, struct buf *out);
/* The same for rows of an index, the row itself (not only those above it) having one of
 * those from the given part on. */
bool asked_match(const struct asked *q, unsigned own_part, struct buf *out);

/* How a row answers. */
struct fit {
    uint32_t main;  /* bits of the words in the title of its main term */
    uint32_t own;   /* of those in its own title or modifiers */
    uint32_t found; /* of those anywhere */
    uint32_t first; /* the bit of the word that the main term's title begins with, 0 for none */
    double cost;    /* of what was asked and is not there, and the other way round; 0 for the very thing */
};

/* Holds the words against a row. room is memory to work in, kept by the caller from call to call. */
void fit_row(const struct asked *q, const char *path, const char *title, const char *nemod, struct buf *room, struct fit *out);
/* Bits of the words that must be found. */
uint32_t asked_needed(const struct asked *q);

/* A row that may be what was asked for. */
struct find {
    int64_t id;
    uint32_t place;
    int depth;
    struct fit fit;
};
struct finds {
    struct find *items;
    size_t len, cap;
    bool more; /* there were more than could be looked at */
};

/* Adds the rows of a book that answer an FTS5 expression, at most max, and have every needed word. The caller frees items,
 * whatever the status. */
enum status finds_add(struct shelf *s, struct book *b, enum codeset set, enum component book, const struct asked *q,
                      const char *match, size_t max, struct finds *out, struct error *err);
/* The same for main terms whose title begins with the first word asked for. */
enum status finds_add_main(struct shelf *s, struct book *b, enum codeset set, enum component book, const struct asked *q,
                           size_t max, struct finds *out, struct error *err);

#endif
