/* walk.h - going through the book of a set in its order, whole or from one entry down.
 *
 * Entries are read in batches that grow while the walk goes straight on, so that neither a whole book nor a few chapters cost
 * more than they must. Starts as {0}; walk_end frees it. */
#ifndef CODESHELF_CLI_WALK_H
#define CODESHELF_CLI_WALK_H

#include "codeshelf/shelf.h"

enum { WALK_BATCH = 1024, WALK_DEPTH = 64 };

struct walk {
    struct shelf *shelf;
    enum codeset set;
    uint32_t next, end;  /* places not yet given */
    struct arena arena;  /* text of the batch; the caller may add what it needs for the current entry */
    struct entry *batch;
    size_t at, n, wanted;
    struct {
        uint32_t place;
        char code[CODE_MAX];
    } above[WALK_DEPTH]; /* the entries above the current one, and itself */
    size_t height;       /* how many of them */
};

/* The places [first, end) of the book of a set. */
void walk_start(struct walk *w, struct shelf *s, enum codeset set, uint32_t first, uint32_t end);
/* The next entry, valid until the call after; ST_NONE behind the last. */
enum status walk_next(struct walk *w, const struct entry **out, struct error *err);
/* Leaves out what is below the current entry. */
void walk_skip_below(struct walk *w);
/* How far below the beginning of the walk the current entry is. */
size_t walk_depth(const struct walk *w);
/* The stored code of the current entry's parent, "" where the walk began. */
const char *walk_parent(const struct walk *w);
void walk_end(struct walk *w);

#endif
