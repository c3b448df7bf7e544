/* fold.h - many editions folded into one set of rows: what does not change is kept once, with a mask of releases.
 *
 * Editions are folded in calendar order, code set by code set; every number below depends on that order and on the books
 * alone. Text is borrowed from the editions. */
#ifndef CODESHELF_STORE_FOLD_H
#define CODESHELF_STORE_FOLD_H

#include <stdint.h>

#include "codeshelf/edition.h"
#include "codeshelf/error.h"
#include "codeshelf/map.h"

enum { RELEASES_MAX = 63, NO_ENTRY = -1 };

/* Keeps chapters, sections and modifiers apart from codes of the same text (B99, "25"). */
enum entry_class { CLASS_CODE, CLASS_CHAPTER, CLASS_SECTION, CLASS_MODIFIER };
enum entry_class entry_class_of(enum kind kind);

struct fold_entry {
    enum codeset set;
    enum entry_class class;
    const char *code;
    int32_t first[3]; /* first item of each list below, -1 for none */
};

struct fold_version {
    int32_t entry, parent; /* places in entries; parent NO_ENTRY at the top */
    uint64_t mask;
    const struct ed_entry *row;
};

/* A note, 7th character or fact; those of one entry are a list in the order of the book. */
enum item_list { LIST_NOTES, LIST_SEVENTHS, LIST_FACTS };
struct fold_item {
    uint64_t mask;
    int kind;                /* note kind, or the 7th character */
    const char *text, *more; /* note text; 7th character's text and note; fact's name and value */
    int32_t next;
};

/* A row of an index or table (fold_books.c). */
struct fold_term {
    enum codeset set;
    uint64_t mask;
    uint32_t node;   /* place of the first version of this row */
    int32_t parent;  /* node of the row above, NO_ENTRY for a main term */
    const char *path; /* titles above it, line feeds between; belongs to the fold */
    const struct ed_term *row;
};

struct fold_guideline {
    enum codeset set;
    uint64_t mask;
    const struct ed_guideline *row;
};

struct fold_replacement {
    enum codeset set;
    uint64_t mask;
    const struct ed_replacement *row;
};

/* The rows of one book of a release in order: places in versions (book 0), terms or guidelines. */
struct fold_order {
    uint32_t *rows;
    size_t len, cap;
};

struct fold_release {
    struct edition *edition;
    int bit;
    struct fold_order order[COMP_COUNT];
};

struct fold {
    struct { struct fold_entry *items; size_t len, cap; } entries;
    struct { struct fold_version *items; size_t len, cap; } versions;
    struct { struct fold_item *items; size_t len, cap; } list[3];
    struct { struct fold_term *items; size_t len, cap; } terms;
    struct { struct fold_guideline *items; size_t len, cap; } guidelines;
    struct { struct fold_replacement *items; size_t len, cap; } replacements; /* sorted as schema.sql gives them ids */
    struct { struct fold_release *items; size_t len, cap; } releases;
    struct map entry_map, version_map, node_map, term_map, guideline_map, replacement_map;
    struct arena arena;
};

/* Folds the editions (sorted by code set and date) into f, which starts as {0}. ST_USAGE when a set has too many. */
enum status fold_editions(struct fold *f, struct edition *const *editions, size_t n, struct error *err);
void fold_free(struct fold *f);

/* fold_books.c: the terms, guidelines and replacements of one edition; the order of all replacements. */
void fold_terms(struct fold *f, struct fold_release *release);
void fold_guidelines(struct fold *f, struct fold_release *release);
void fold_replacements(struct fold *f, struct fold_release *release);
void fold_sort_replacements(struct fold *f);

#endif
