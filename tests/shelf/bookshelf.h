/* bookshelf.h - a small shelf with indexes, tables, guidelines and notes that name codes: FY2017 has every book but the
 * guidelines, FY2018 only codes, FY2025 the Table of Neoplasms and guidelines, FY2025-APR guidelines of its own. */
#ifndef CODESHELF_TESTS_SHELF_BOOKSHELF_H
#define CODESHELF_TESTS_SHELF_BOOKSHELF_H

#include "support.h"

#include "codeshelf/refs.h"

struct bookshelf {
    char folder[64], path[96];
    struct shelf *shelf;
    struct arena arena;
    struct error err;
};

/* cmocka setup and teardown: *state is a struct bookshelf with the shelf open as of 2017-01-01. */
int bookshelf_setup(void **state);
int bookshelf_teardown(void **state);
/* "Fracture, traumatic > radius > lower end" */
const char *bookshelf_path(struct bookshelf *b, const struct term *t);

#endif
