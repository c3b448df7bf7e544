/* mutate.h - damage to a file as it happens: cut off, bits turned, parts lost or doubled, markup where none belongs. */
#ifndef CODESHELF_TESTS_FUZZ_MUTATE_H
#define CODESHELF_TESTS_FUZZ_MUTATE_H

#include <stdint.h>

#include "codeshelf/buf.h"

/* Damages the text in place; the same seed always does the same. */
void mutate(struct buf *text, uint64_t seed);

#endif
