/* crossrefs.h - HCPCS cross-references followed: from a code, through codes that have ended, to those in force.
 *
 * Part of the shelf library (shelf.h): results live in the arena given. The field names the codes to use instead of one that has
 * ended, or that Medicare does not take; some are of CPT, some have ended themselves, some no file has. */
#ifndef CODESHELF_CROSSREFS_H
#define CODESHELF_CROSSREFS_H

#include "codeshelf/shelf.h"

enum crossref_end {
    CROSSREF_CURRENT, /* in force on the day */
    CROSSREF_LATER,   /* comes into force after it */
    CROSSREF_ENDED,   /* has ended, and names no other code, or only codes that the way came through */
    CROSSREF_ABSENT,  /* the release has no such code */
    CROSSREF_CPT      /* a code of CPT, of which no release is loaded for the day */
};

struct crossref_stop {
    enum codeset set;
    char code[CODE_MAX]; /* stored form */
    const char *title;   /* "" when it is not loaded */
    date to;             /* last day of use, 0 for none */
};

/* One way from a code: the stops after it, each named by the one before. A field of several codes gives several ways. */
struct crossref {
    const struct crossref_stop *stops;
    size_t n; /* at least 1 */
    enum crossref_end end; /* what the last stop is */
    const char *words; /* "Q9989 (ended 2018-03-31) -> J3358 (current)" */
};

/* The ways from a code of HCPCS by the field that the release said has of it, to what is in force on a day in the release now.
 * None when the code has no cross-reference there, or is not of the release. */
enum status crossrefs_between(struct shelf *s, const struct release *said, const struct release *now, date day,
                              const char *code, struct arena *a, const struct crossref **out, size_t *n,
                              struct error *err);
/* The same as the shelf answers: by its release and date. None for an entry of another set. */
enum status crossrefs_of(struct shelf *s, const struct entry *e, struct arena *a, const struct crossref **out, size_t *n,
                         struct error *err);
/* "current", "ended", as JSON names it. */
const char *crossref_end_name(enum crossref_end end);

#endif
