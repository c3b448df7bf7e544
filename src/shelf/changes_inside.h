/* changes_inside.h - what the files that compare releases share: one comparison under way.
 *
 * Every part (entries, notes, fields, index rows) reads the rows whose mask has exactly one of the two releases' bits, pairs
 * them, and puts changes. A comparison confined to one entry (history) reads that entry's rows only and keeps no order. */
#ifndef CODESHELF_SHELF_CHANGES_INSIDE_H
#define CODESHELF_SHELF_CHANGES_INSIDE_H

#include "codeshelf/changes.h"
#include "inside.h"

/* A change with its place in the order: place in the later book; behind is 0, or orders what is gone after what stood before
 * it in the earlier book. */
struct placed {
    struct change change;
    bool reported; /* a code or modifier that is reported as it stands, or was before it was demoted; no heading or header */
    uint32_t place, behind;
    size_t seq;
};

struct diff {
    struct shelf *s;
    struct arena *a;
    enum codeset set;
    const struct release *from, *to;
    int64_t old, now; /* their mask bits */
    unsigned lacking[2]; /* parts of CPT that from and to were loaded without, known once entries are compared */
    int64_t only;     /* the one entry it is confined to, 0 for all */
    struct book before, after; /* the order of the entries; unread when confined */
    struct {
        struct placed *items;
        size_t len, cap;
    } out;
    struct error *err;
};

/* An entry as one of the releases has it. */
struct subject {
    int64_t entry, version, parent;
    enum kind kind;
    bool billable;
    date from, to; /* HCPCS: the day it was added and the last day of use, 0 for none */
    const char *code, *title;
};

/* --- changes_diff.c ------------------------------------------------------------------------------------------------- */

void diff_start(struct diff *d, struct shelf *s, enum codeset set, const struct release *from, const struct release *to,
                int64_t only, struct arena *a, struct error *err);
void diff_end(struct diff *d);
/* Opens a query over the rows that only one release has: ?1 and ?2 are their mask bits, ?3 the one entry the comparison is
 * confined to, else the code set. Read it with sql_row. */
enum status diff_query(struct diff *d, const char *sql, sqlite3_stmt **out);
/* Whether both releases brought the component. */
bool diff_has(const struct diff *d, enum component c);
/* Chapters and sections that are of the official files, in both releases. */
bool diff_headings(const struct diff *d);
/* The row id of the entry that a stored code names in a set, whichever release has it: 0 for none. */
enum status diff_entry_id(struct shelf *s, enum codeset set, const char *code, int64_t *out, struct error *err);
/* The entry as the release of the mask has it; ST_NONE when it has not. */
enum status subject_find(struct diff *d, int64_t entry, int64_t mask, struct subject *out);
/* The entry as the later release has it, when both have it; ST_NONE otherwise. */
enum status subject_common(struct diff *d, int64_t entry, struct subject *out);
/* Puts a change of an entry; its place is that of the subject's version in the later book, or in the earlier one when gone. */
struct change *diff_put(struct diff *d, enum change_kind kind, const struct subject *e, const char *before, const char *after);

/* --- changes_entries.c ---------------------------------------------------------------------------------------------- */

/* Codes, flags, titles, parents, dates. */
enum status diff_entries(struct diff *d);
/* Sets governs of the changed notes. */
enum status diff_governed(struct diff *d);

/* --- changes_replaced.c --------------------------------------------------------------------------------------------- */

/* Sets replacements of the changes put so far. */
enum status diff_replacements(struct diff *d);
/* Sets those of one change between two releases; what took the place is followed on to newest, at least the later of them. */
enum status change_find_replacements(struct shelf *s, const struct release *from, const struct release *to,
                                     const struct release *newest, struct arena *a, struct change *c, struct error *err);
/* A sentence when a code is gone and nothing, or not everything, is known of what takes its place; else NULL. */
const char *diff_say_unreplaced(const struct diff *d);

/* --- changes_notes.c ------------------------------------------------------------------------------------------------ */

/* Notes of the components that both releases have. */
enum status diff_notes(struct diff *d);
enum status diff_sevenths(struct diff *d);

/* --- changes_facts.c ------------------------------------------------------------------------------------------------ */

/* Fields of the components (bits) that both releases have. */
enum status diff_facts(struct diff *d, unsigned components);

/* --- changes_terms.c ------------------------------------------------------------------------------------------------ */

/* Rows of the indexes and tables that both releases have. */
enum status diff_terms(struct diff *d);

/* --- changes_parts.c ------------------------------------------------------------------------------------------------ */

/* Sets the parts of the changes, which are in order; d->out still holds their places. */
enum status diff_parts(struct diff *d, struct changes *out);

/* --- changes_guides.c ----------------------------------------------------------------------------------------------- */

/* Sections of the guidelines, when both releases have them. */
enum status diff_guidelines(struct diff *d);

/* --- changes_order.c ------------------------------------------------------------------------------------------------ */

/* Gives what is gone (changes[first..] with place in the earlier book and behind set to 1) its place in the later one: after
 * what stood before it. after_id is SQL that gives the later row (mask ?2) of what the earlier row ?1 is a version of. */
enum status diff_place_gone(struct diff *d, size_t first, const struct book *before, struct book *after, const char *after_id);
void diff_sort(struct diff *d);

#endif
