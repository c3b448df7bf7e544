/* visits.h - back and forward through what was seen, like in a web browser. */
#ifndef CODESHELF_BROWSE_VISITS_H
#define CODESHELF_BROWSE_VISITS_H

#include <stdbool.h>
#include <stddef.h>

#include "view.h"

enum { VISITS_MAX = 200 };

/* Starts as {0}: nothing seen. */
struct visits {
    struct place items[VISITS_MAX];
    size_t len, at; /* items[at] is where one is, when len > 0 */
};

/* Where one is moved without a step (arrows, paging): back will return there. */
void visits_update(struct visits *h, const struct place *here);
/* A step: what lay ahead is forgotten. The oldest item makes room. A step to where one is already is none. */
void visits_add(struct visits *h, const struct place *to);
/* Moves one back (-1) or forward (+1); false when there is nothing. */
/* The place before the one where one stands; NULL when there is none. Good until the next call. */
const struct place *visits_before(const struct visits *h);
bool visits_move(struct visits *h, int step, struct place *out);

#endif
