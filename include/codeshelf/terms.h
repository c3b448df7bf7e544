/* terms.h - the indexes and tables of the book: Alphabetic Index, External Cause Index, Table of Neoplasms, Table of Drugs.
 *
 * A book is a list of rows in the order of its file; a row's depth says what it stands under. Part of the shelf library
 * (shelf.h): results live in the arena given. */
#ifndef CODESHELF_TERMS_H
#define CODESHELF_TERMS_H

#include "codeshelf/shelf.h"

/* The release whose book is shown as of the date: that of the release in force (or October's of its year), else the nearest
 * earlier one that has it, else the nearest later; NULL when none has. When *other is set, say its name beside every answer. */
const struct release *terms_release(const struct shelf *s, enum codeset set, enum component book, bool *other);

struct term {
    enum codeset set;
    enum component book;
    uint32_t place;    /* in its book, 0 first */
    int depth;         /* 0 for a main term */
    const char *path;  /* the titles above it, line feeds between; "" for a main term */
    const char *title;
    const char *nemod; /* nonessential modifiers as printed, "" without */
    /* Lists, line feeds between, "" for none, as printed: "S52.50-", "Disease, heart". */
    const char *codes, *manifestation, *see, *see_also, *see_category;
    const char *cells; /* tables: every column after the first, "" where the cell is empty */
    int64_t id, node, parent; /* row ids, valid on this open shelf only; parent 0 for a main term */
};

/* Names of a table's columns, the first included ("Neoplasm", "Malignant Primary", ...); n is 0 for an index. Static text. */
const char *const *terms_columns(enum codeset set, enum component book, size_t *n);

uint32_t terms_size(struct shelf *s, enum codeset set, enum component book);
/* ST_NONE behind the last. */
enum status terms_at(struct shelf *s, enum codeset set, enum component book, uint32_t place, struct arena *a, struct term *out,
                     struct error *err);
/* From the main term down to the row above. */
enum status terms_path(struct shelf *s, const struct term *t, struct arena *a, const struct term **out, size_t *n,
                       struct error *err);
/* The place after the last row under t. */
uint32_t terms_end(struct shelf *s, const struct term *t);

struct term_hits {
    const struct term *items;
    size_t n;
    bool more;
    const char *without; /* words that no row has together with the others, passed over; NULL for none */
};

/* Rows whose path, title and modifiers have all the words in any of their forms (the last one unfinished when typing), the own
 * title at least one of them; best first: whole main term first, then rows whose own title is named last, the shallow before
 * the deep, the order of the book. Commas and "with" and "of" in the words are passed over. No hits is ST_OK with n 0. */
enum status terms_search(struct shelf *s, enum codeset set, enum component book, const char *words, bool typing, size_t limit,
                         struct arena *a, struct term_hits *out, struct error *err);
/* Whether words that a search passed over say a side or an encounter and nothing else: the index leaves those to the Tabular. */
bool terms_only_sides(const char *words);

/* Where a see or see also leads. */
enum landing_kind {
    LAND_EXACT,       /* a path, title for title */
    LAND_WORDS,       /* a path, by its words (also plural, adjectives, "by site" left out) */
    LAND_NEOPLASM,    /* a row and column of the Table of Neoplasms */
    LAND_TABLE,       /* a table as a whole, or a row of the Table of Drugs */
    LAND_CATEGORY,    /* a category, subcategory or code of the Tabular */
    LAND_INSTRUCTION, /* "see condition": an instruction, no place */
    LAND_NOWHERE      /* the book names what it does not have */
};

struct landing {
    enum landing_kind kind;
    struct term term; /* EXACT, WORDS, NEOPLASM; TABLE: id 0 and the book for a table as a whole; NOWHERE: the nearest row, id 0
                         for none */
    int column;       /* NEOPLASM: index into terms_columns, 0 for the row as a whole */
    char code[CODE_MAX]; /* CATEGORY */
};

/* Follows one see, see also or see category text that stands at a row. */
enum status terms_follow(struct shelf *s, const struct term *from, const char *see, struct arena *a, struct landing *out,
                         struct error *err);

#endif
