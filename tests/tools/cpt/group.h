/* group.h - files of a CPT release given to the importer as import.c would: recognised one by one, then read together. */
#ifndef CODESHELF_TESTS_CPT_GROUP_H
#define CODESHELF_TESTS_CPT_GROUP_H

#include "codeshelf/edition.h"
#include "importer.h"

enum { GROUP_FILES = 16 };

struct group {
    struct input inputs[GROUP_FILES];
    const struct input *list[GROUP_FILES];
    int roles[GROUP_FILES];
    char *owned[GROUP_FILES];
    size_t n;
};

/* What the importer reported since the last group_read, one line each. */
extern char group_reported[4096];

/* Adds a file; the test fails unless the importer uses it. The bytes must outlive the group. */
void group_add(struct group *g, const char *name, const char *bytes, size_t n);
void group_add_text(struct group *g, const char *name, const char *text);
/* Adds a file of codesets/cpt/specimen. */
void group_add_specimen(struct group *g, const char *name);
/* Reads the group as release 2026. */
enum status group_read(struct group *g, const struct edition *old, struct edition **out, struct error *err);
void group_free(struct group *g);

/* The entry of a code, the test fails when there is none. */
const struct ed_entry *entry_of(const struct edition *ed, const char *code);
/* The value of a fact, NULL when the code has none of that name. */
const char *fact_of(const struct edition *ed, const char *code, const char *name);
/* The first note of a kind, NULL without. */
const char *note_of(const struct edition *ed, const char *code, enum note_kind kind);
/* The code of the parent. */
const char *parent_of(const struct edition *ed, const char *code);

#endif
