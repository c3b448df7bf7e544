/* trail.h - the way a look-up took: from the term in the index, by its subterms, to the code. Kept to be seen while the code
 * is verified, and to be copied into a record of it. */
#ifndef CODESHELF_BROWSE_TRAIL_H
#define CODESHELF_BROWSE_TRAIL_H

#include <stdbool.h>

#include "codeshelf/buf.h"
#include "codeshelf/terms.h"
#include "view.h"

enum { TRAIL_MAX = 400 };

/* Starts as {0}: nothing was looked up. */
struct trail {
    enum codeset set;
    char code[CODE_MAX];  /* that the index led to */
    char text[TRAIL_MAX]; /* "Index FY2017: Fracture, traumatic > radius > lower end > S52.50-" */
};

/* From a row of a release's book by one of its codes, as printed there; column: of a table, or NULL. */
void trail_set(struct trail *t, const struct term *from, const char *release, const char *column, const char *printed);
/* Appends the trail as it leads to a place: the code itself, or one under it, which is then named last. False, with nothing
 * appended, when it leads elsewhere. */
bool trail_text(const struct trail *t, const struct place *at, struct buf *out);

#endif
