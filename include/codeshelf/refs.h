/* refs.h - references both ways, and the Official Guidelines.
 *
 * Part of the shelf library (shelf.h): results live in the arena given. */
#ifndef CODESHELF_REFS_H
#define CODESHELF_REFS_H

#include "codeshelf/terms.h"

/* A section of the guidelines. */
struct guideline {
    const char *section, *title;
    const char *text; /* its own text, a paragraph or list item a line; "" when it only holds others */
    int depth;
    uint32_t place;
    int64_t id;
};

/* The release whose guidelines are shown: as terms_release. */
const struct release *guide_release(const struct shelf *s, bool *other);
uint32_t guide_size(struct shelf *s);
enum status guide_at(struct shelf *s, uint32_t place, struct arena *a, struct guideline *out, struct error *err);
/* By section as typed ("i.c.4.a", "I.C.4.a."); ST_NONE. */
enum status guide_find(struct shelf *s, const char *section, struct arena *a, struct guideline *out, struct error *err);
/* The sections that have the words, best first. */
enum status guide_search(struct shelf *s, const char *words, size_t limit, struct arena *a, const struct guideline **out,
                         size_t *n, struct error *err);

/* A section that bears on a code, and why. */
struct bearing {
    struct guideline guideline;
    const char *named; /* the code or range that names it, as printed; NULL for the section of its chapter (I.C.n) */
};
/* What bears on an entry: sections that name it or a range or ancestor that holds it, nearest first, then its chapter's. */
enum status guide_for(struct shelf *s, const struct entry *e, struct arena *a, const struct bearing **out, size_t *n,
                      struct error *err);

/* One place that mentions a code, a range holding it, or an ancestor. */
struct mention {
    enum { MENTION_NOTE, MENTION_TERM, MENTION_GUIDELINE } kind;
    struct note note;      /* NOTE: with the entry it stands at */
    struct term term;      /* TERM: a row that leads to it */
    struct guideline guideline;
    const char *named;     /* the code or range, with what narrows it ("S52.5", "T36-T50 with fifth or sixth character 5") */
    int distance;          /* 0 for the code itself, then ancestors, then ranges by how much they hold: nearest first */
};
/* Notes, then rows of indexes and tables, then guidelines, each nearest first and then in the order of its book; a note, row or
 * section once. What narrows a range decides whether it reaches the entry. */
enum status refs_to(struct shelf *s, const struct entry *e, struct arena *a, const struct mention **out, size_t *n,
                    struct error *err);

#endif
