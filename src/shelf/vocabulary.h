/* vocabulary.h - the rows of the vocabulary (codesets/vocabulary and the user's own file). */
#ifndef CODESHELF_SHELF_VOCABULARY_H
#define CODESHELF_SHELF_VOCABULARY_H

#include "search.h"

struct vocabulary_row {
    const char *term, *means, *kind; /* inside the files, not terminated */
    uint16_t term_len, means_len, kind_len;
    signed char set; /* SET_COUNT for all */
    bool own; /* the user's: goes before all others */
};

/* How far a word may be meant as an abbreviation that is a word as well (ALL): the rows in capitals. */
enum capitals { CAPITALS_NO, CAPITALS_ALONE, CAPITALS_YES };

/* The row of a phrase: as typed before but for a plural, of the set before of all; NULL for none. */
const struct vocabulary_row *vocabulary_find(struct shelf *s, enum codeset set, const char *text, size_t n, enum capitals capitals);
/* The next of several texts parted by bars, without the blanks round it; *at moves behind it. */
bool vocabulary_next(const char **at, const char *end, const char **text, size_t *len);
/* One of the alternatives of a row, by number from 0 on; false when there are not so many. */
bool row_meaning(const struct vocabulary_row *row, size_t number, const char **text, size_t *len);
/* All rows; they live as long as the shelf. */
const struct vocabulary_row *vocabulary_rows(struct shelf *s, size_t *n);
/* Whether a row says that words are equals: its term, one word, is among its alternatives, all of them single words. */
bool row_is_equals(const struct vocabulary_row *row);

#endif
