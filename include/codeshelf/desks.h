/* desks.h - notes that are not official, for an entry of the shelf: of the user's own desk and of a shared notes file.
 *
 * A desk knows codes as text only, a shelf knows nothing of desks; the command line and the browser ask both here. */
#ifndef CODESHELF_DESKS_H
#define CODESHELF_DESKS_H

#include <stddef.h>

#include "codeshelf/arena.h"
#include "codeshelf/desk.h"
#include "codeshelf/error.h"
#include "codeshelf/shelf.h"

/* Each is NULL when there is none. */
struct desks {
    struct desk *own, *shared;
};

/* Opens the desk (path NULL: the one of $CODESHELF_DESK or the data folder; none is made) and, when not NULL, the shared notes
 * file. A desk that nobody named and that cannot be used is passed over, which *passed says: the official answer does not depend
 * on it. *out is to be closed on failure too. */
enum status desks_open(const char *path, const char *shared, struct desks *out, struct error *passed, struct error *err);
void desks_close(struct desks *d);
/* The notes whose codes or ranges hold the entry, by collection and in the order of their file, the user's own first. */
enum status desks_notes(const struct desks *d, struct shelf *s, const struct entry *e, struct arena *a,
                        const struct desk_note **out, size_t *n, struct error *err);

#endif
