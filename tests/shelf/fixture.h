/* fixture.h - a small shelf made through the store: ICD-10-CM of four releases, HCPCS of two. */
#ifndef CODESHELF_TESTS_SHELF_FIXTURE_H
#define CODESHELF_TESTS_SHELF_FIXTURE_H

#include "support.h"

#include "codeshelf/shelf.h"

struct fixture {
    char folder[64], path[96];
    struct shelf *shelf;
    struct arena arena;
    struct error err;
};

/* cmocka setup and teardown: *state is a struct fixture with the shelf open as of 2017-01-01. */
int fixture_setup(void **state);
int fixture_teardown(void **state);
/* The entry of a code that must be there. */
struct entry fixture_entry(struct fixture *f, enum codeset set, const char *code);
/* Runs SQL on the shelf file, to damage it. */
void fixture_damage(struct fixture *f, const char *sql);

#endif
