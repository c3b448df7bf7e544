/* refs_inside.h - what references and guidelines share: the stored references that reach an entry. */
#ifndef CODESHELF_SHELF_REFS_INSIDE_H
#define CODESHELF_SHELF_REFS_INSIDE_H

#include "codeshelf/refs.h"
#include "inside.h"

/* Numbers of ref.source in schema.sql. */
enum ref_source { REF_NOTE, REF_TERM, REF_GUIDELINE };

/* A reference that reaches the entry asked about. */
struct reach {
    int64_t id;       /* row of the note, term or guideline */
    int source;
    int distance;     /* see struct mention */
    uint32_t place;   /* of a guideline, once guide.c has looked it up */
    const char *named;
};
struct reaches {
    struct reach *items;
    size_t len, cap;
};

/* All references of one source, or of any with -1, that reach an entry: the nearest one of each row, rows ascending. Texts live
 * in the arena. The caller frees items, whatever the status. */
enum status reaches_find(struct shelf *s, const struct entry *e, int source, struct arena *a, struct reaches *out,
                         struct error *err);
/* Whether the words that narrow a range ("fifth or sixth character 5", ".21") let a code of it through; words of an unknown
 * form do, and so does a code that ends before the character they speak of. */
bool narrowed_holds(const char *narrowed, const char *code);
/* The guideline with an id, when the guidelines shown have it; else ST_NONE. */
enum status guideline_of_id(struct shelf *s, int64_t id, struct arena *a, struct guideline *out, struct error *err);

#endif
