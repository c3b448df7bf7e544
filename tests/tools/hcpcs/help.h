/* help.h - for the HCPCS tests: records in memory, imported, and looked up in the edition that comes out. */
#ifndef CODESHELF_TESTS_HCPCS_HELP_H
#define CODESHELF_TESTS_HCPCS_HELP_H

#include <stddef.h>

#include "codeshelf/buf.h"
#include "codeshelf/edition.h"
#include "importer.h"

enum { GROUP_MAX = 60 };

/* The inputs of one import; report collects what the importer said. */
struct group {
    struct input items[GROUP_MAX];
    size_t n;
    struct buf report;
};

/* Adds an input whose bytes outlive the group. */
void group_add(struct group *g, const char *path, const char *bytes, size_t n);
/* Recognises all, reads the used ones as release 2025-JAN. */
enum status group_read(struct group *g, const struct edition *old, struct edition **out, struct error *err);

/* Appends a record of the given length (0 for 320) with a line end: the head, then the texts at their columns. */
struct field {
    size_t column; /* 1 for the first byte, as the record layout counts */
    const char *text;
};
void record_add(struct buf *b, const char *head, const char *long_text, const struct field *fields, size_t n,
                size_t length);

/* The entry with this code, NULL when there is none. */
const struct ed_entry *entry_find(const struct edition *ed, const char *code);
/* The values of a fact of an entry joined by commas, in static memory until the next call. */
const char *fact_values(const struct edition *ed, const struct ed_entry *e, const char *name);
/* The processing note of an entry, NULL without. */
const char *note_text(const struct edition *ed, const struct ed_entry *e);
/* "MOD", "A/A0021-A0999": codes from the chapter to the parent, in static memory until the next call. */
const char *entry_path(const struct edition *ed, const struct ed_entry *e);
/* A file in memory, NUL behind it; NULL when it cannot be read. */
char *file_read(const char *path, size_t *n);

#endif
