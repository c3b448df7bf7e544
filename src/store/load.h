/* load.h - the rows of a shelf in memory, as load.c and load_books.c share them. */
#ifndef CODESHELF_STORE_LOAD_H
#define CODESHELF_STORE_LOAD_H

#include "fold.h"
#include "store_int.h"

struct old_version {
    uint32_t entry, parent; /* row ids; parent 0 at the top */
    struct ed_entry row;
};

struct old_item {
    uint32_t entry;
    uint64_t mask;
    int kind;
    const char *text, *more;
};

struct old_replacement {
    enum codeset set;
    uint64_t mask;
    struct ed_replacement row;
};

struct rows {
    struct arena arena;
    const char **code;            /* by entry id */
    struct old_version *versions; /* by version id */
    size_t nentries, nversions;   /* highest ids */
    struct { struct old_item *items; size_t len, cap; } list[3]; /* ascending by id: grouped by entry */
    uint32_t *first[3];           /* by entry id: first item, or the list's length */
    struct ed_term *terms;        /* by term id */
    struct ed_guideline *guidelines; /* by guideline id */
    size_t nterms, nguidelines;
    struct { struct old_replacement *items; size_t len, cap; } replacements; /* ascending by id */
};

/* load_books.c: reads the terms, guidelines and replacements; takes those of a release, in order, into its edition. */
enum status load_terms(sqlite3 *db, struct rows *rows, struct error *err);
enum status load_guidelines(sqlite3 *db, struct rows *rows, struct error *err);
enum status load_replacements(sqlite3 *db, struct rows *rows, struct error *err);
void take_replacements(const struct rows *rows, int bit, struct edition *ed);
enum status take_books(sqlite3 *db, const struct rows *rows, int64_t release, struct edition *ed, struct error *err);

#endif
