/* mkzip.h - small zips made in a test, uncompressed, so that every byte of them is known. */
#ifndef CODESHELF_TESTS_MKZIP_H
#define CODESHELF_TESTS_MKZIP_H

#include "codeshelf/buf.h"

/* Starts as {0}; mkzip_end leaves the whole zip in data; mkzip_free frees it. */
struct mkzip {
    struct buf data, directory;
    unsigned members;
};

void mkzip_add(struct mkzip *z, const char *name, const char *bytes, size_t n);
void mkzip_text(struct mkzip *z, const char *name, const char *text);
void mkzip_end(struct mkzip *z);
void mkzip_free(struct mkzip *z);

#endif
