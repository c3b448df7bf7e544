/* replacements.h - what took the place of a code, and what a code took the place of, as the official files say it: the
 * conversion tables of ICD-10-CM, CPT Link's lists. What HCPCS says in a field of the code is in crossrefs.h.
 *
 * Part of the shelf library (shelf.h): results live in the arena given. */
#ifndef CODESHELF_REPLACEMENTS_H
#define CODESHELF_REPLACEMENTS_H

#include "codeshelf/buf.h"
#include "codeshelf/shelf.h"

struct replacement {
    char code[CODE_MAX]; /* stored form. Of a predecessor "" where only words are said ("Codes in Categories T15-T19") */
    char last[CODE_MAX]; /* of a predecessor: the end of a range, with all under it; "" for the one code */
    const char *title;   /* in the release that is asked for, else the newest; "" when no loaded release has the code */
    bool current;        /* that release has it, billable (a modifier: has it) */
    date from;           /* the day the new code took the place; of a way over several codes the last */
    const char *said;    /* as printed, where that names more than the one code ("E11.69 and R40.20"), else ""; of CPT what is
                          * said at the deleted code ("To report, use 0001X, 0002X") */
};

struct replacements {
    const struct replacement *items; /* by date; none: the files name none */
    size_t n;
    bool listed; /* a list of deleted codes (CPT) has the code: it is gone even where items names none */
    date gone;   /* the last day that it gives, 0 when it was before its days begin */
    const char *said; /* what it says there, "" for nothing */
    bool before; /* what was used before, not what took the place */
    const struct release *source; /* the newest release whose files were asked */
    bool whole; /* these know everything up to the later release; false: what came after source is not told */
};

/* The codes that took the place of a code (stored form) after the release from began (NULL: at any time) and until the release
 * to did, followed on to those that to has. ST_NONE when no loaded release brought such files. */
enum status replacements_of(struct shelf *s, const struct release *from, const struct release *to, const char *code,
                            struct arena *a, struct replacements *out, struct error *err);
/* The codes that were used before a code came, in that time; followed back to those that from has. */
enum status replacements_before(struct shelf *s, const struct release *from, const struct release *to, const char *code,
                                struct arena *a, struct replacements *out, struct error *err);

/* "Q52.120, Q52.121": the codes as the book prints them; of predecessors the words that were printed, where they name more;
 * "(gone too)" behind one that the later release has not, or not billable. Nothing for none. */
void replacements_print(enum codeset set, const struct replacements *r, struct buf *out);

#endif
