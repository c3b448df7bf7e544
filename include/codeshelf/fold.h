/* fold.h - text made comparable: accents dropped, lower case, as SQLite's unicode61 tokenizer with remove_diacritics 2
 * sees it for the Latin script. */
#ifndef CODESHELF_FOLD_H
#define CODESHELF_FOLD_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* Appends s folded; the number of words is unchanged. */
void fold_text(struct buf *out, const char *s, size_t n);
/* Whether two texts agree but for accents, case and runs of white space. */
bool fold_equal(const char *a, const char *b);

struct word_span {
    size_t start, len; /* bytes in the text given */
};
/* The next word (run of letters and digits) at or after *pos; moves *pos behind it. False at the end. */
bool word_next(const char *s, size_t n, size_t *pos, struct word_span *out);

#endif
