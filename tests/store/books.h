/* books.h - small books for tests of the store, and a folder to publish them in. */
#ifndef TESTS_STORE_BOOKS_H
#define TESTS_STORE_BOOKS_H

#include "codeshelf/buf.h"
#include "codeshelf/store.h"

struct place {
    char dir[64], shelf[96];
};

/* cmocka fixtures: *state is a struct place. */
int place_setup(void **state);
int place_teardown(void **state);

void add_entry(struct edition *ed, enum kind kind, const char *code, int32_t parent, const char *title);
/* Three years of a small book: a title and the notes change, an entry moves, one goes, one comes. */
struct edition *small_book(int year);
/* Puts those years and publishes. */
void import_years(const char *shelf, const int *years, int n);
void assert_same_bytes(const char *a, const char *b);

#endif
