/* changes.h - what differs between two loaded releases of a code set, the life of one code, and what a change touches.
 *
 * Part of the shelf library (shelf.h): results live in the arena given. Two releases are compared by what both of them
 * brought; what one of them lacks is said, never taken for a removal. The date that the shelf answers for plays no part. */
#ifndef CODESHELF_CHANGES_H
#define CODESHELF_CHANGES_H

#include "codeshelf/crossrefs.h"
#include "codeshelf/replacements.h"
#include "codeshelf/shelf.h"

/* What the flat files of CPT cannot tell, of one release as of two. */
#define CHANGES_CPT_UNMARKED                                                                                           \
    "CPT's files mark neither add-on codes, exemption from modifier 51, telemedicine nor parenthetical instructions"

/* In the order in which changes of one entry are given. */
enum change_kind {
    CHANGE_ADDED,
    CHANGE_DELETED,
    CHANGE_TERMINATED,  /* HCPCS: has an end date that it had not; also beside ADDED */
    CHANGE_REACTIVATED, /* HCPCS: its end date is gone, or no longer lies before the release */
    CHANGE_DEMOTED,     /* billable before, a header now */
    CHANGE_PROMOTED,    /* a header before, billable now */
    CHANGE_MOVED,       /* stands under another entry */
    CHANGE_REWORDED,    /* the title; of an index or table row, what it leads to */
    CHANGE_RENOTED,     /* a note or a 7th character */
    CHANGE_REFIELDED,   /* a field of the official file, another date of it, the short title */
    CHANGE_COUNT
};

/* "added", as the command line and its JSON name it. */
const char *change_name(enum change_kind kind);

struct change {
    enum change_kind kind;
    enum component book;   /* COMP_CODES: an entry; else the index or table of the row, or the guidelines */
    enum kind entry_kind;  /* entries only, as code and entry */
    const char *code;      /* stored form; "" for a row */
    const char *path;      /* rows: the titles above, line feeds between; of a guideline its number; "" for entries and main terms */
    const char *title;     /* the later wording */
    const char *what;      /* "excludes1", "7th character A", "coverage", "to"; NULL where the kind says all */
    const char *label;     /* the same for a person: "Excludes1", "Coverage", "End date"; NULL with what */
    const char *before, *after; /* in words; NULL where there is none */
    const struct crossref *crossrefs; /* between two releases, of a HCPCS code TERMINATED: where the later one's field leads */
    size_t ncrossrefs;
    size_t governs;        /* RENOTED: billable codes of the later release at and under the entry */
    /* What takes the place of a code that is DELETED, DEMOTED or TERMINATED; what was used before one that is ADDED. NULL for
     * other changes, for what could not be reported by itself, and when no loaded release tells. */
    const struct replacements *replacements;
    int64_t entry;         /* row id, valid on this open shelf only; 0 for a row */
};

/* A stretch of the changes: those of a chapter of the book (code "" for what stands before the first), of an index or table. */
struct change_part {
    enum component book;      /* COMP_CODES: a chapter */
    const char *code, *title; /* of the chapter; "" for an index or table */
    size_t first, n;          /* n is at least 1 */
};

/* Which item is about an entry. */
struct change_of {
    int64_t entry;
    size_t item;
};

struct changes {
    const struct release *from, *to;
    /* The book, then each index and table, in the later release's order; what is gone where it stood. */
    const struct change *items;
    size_t n;
    const struct change_of *by_entry; /* those of the items that are about entries, by entry, of one entry in their order */
    size_t nby_entry;
    const struct change_part *parts; /* one after the other, they are all the items */
    size_t nparts;
    size_t entries[CHANGE_COUNT], rows[CHANGE_COUNT]; /* how many of each kind */
    const char *const *unknown; /* sentences about what cannot be told, each with its reason */
    size_t nunknown;
    size_t nunknown_codes; /* so many of them, the first, are about codes; the others about indexes, tables and guidelines */
};

/* Compares two releases by name as typed. ST_NONE when one of them is not loaded, naming those that are. */
enum status changes_between(struct shelf *s, enum codeset set, const char *from, const char *to, struct arena *a,
                            struct changes *out, struct error *err);

/* --- marks beside entries of the book ------------------------------------------------------------------------------- */

/* The loaded release of the set that comes before another in calendar order; NULL when none does. */
const struct release *changes_before(const struct shelf *s, const struct release *r);

enum change_mark {
    CHANGE_MARK_NONE,
    CHANGE_MARK_NEW,
    CHANGE_MARK_REVISED, /* its title, or a header that has become billable */
    CHANGE_MARK_DEMOTED
};

/* "new", "revised", "demoted", as JSON names them; "" for none. */
const char *change_mark_name(enum change_mark mark);
/* One column wide; "" for none. */
const char *change_mark_sign(enum change_mark mark, bool ascii);

/* What the release in force did to an entry of it, seen from the one before. Headings of an outline bear none. One look-up
 * by row id: cheap enough for every entry that is drawn. */
enum status changes_mark(struct shelf *s, const struct entry *e, enum change_mark *out, struct error *err);

/* --- the life of a code --------------------------------------------------------------------------------------------- */

struct event {
    const struct release *release; /* that brought it */
    const struct release *since;   /* compared with; NULL for the first loaded release that has the code */
    struct change change;          /* ADDED without since: where the record begins */
    bool above;                    /* at an entry above the code; other events know what took its place by the newest release */
    date added, last_day;          /* HCPCS, where the record begins: when the code was added, and had its last day; 0 for none */
};

struct history {
    enum codeset set;
    char code[CODE_MAX];
    const char *title; /* the newest */
    const struct release *last; /* the newest release that has it */
    bool gone;         /* a later release is loaded, without it */
    date last_day;     /* HCPCS: of use, as that release has it; 0 for none */
    const struct event *items; /* by release, in calendar order */
    size_t n;
    const struct crossref *crossrefs; /* HCPCS: as the newest release that has it says, followed as of the shelf's date */
    size_t ncrossrefs;
    const char *const *unknown;
    size_t nunknown;
};

/* The life of a code as typed over the loaded releases; set SET_COUNT for whichever has it. ST_NONE when none has. */
enum status history_of(struct shelf *s, enum codeset set, const char *typed, struct arena *a, struct history *out,
                       struct error *err);

/* --- what a change touches ------------------------------------------------------------------------------------------ */

enum verdict {
    IMPACT_UNCHANGED,
    IMPACT_NEW,       /* only the later release has it */
    IMPACT_OTHER,     /* moved, promoted, reactivated, fields */
    IMPACT_RENOTED,   /* notes or 7th characters, own or inherited */
    IMPACT_REWORDED,
    IMPACT_HEADER,    /* not billable in either release */
    IMPACT_TERMINATED,
    IMPACT_DEMOTED,
    IMPACT_DELETED,
    IMPACT_UNTOLD,    /* of CPT: one of the releases was loaded without what it belongs to, PLA codes or modifiers */
    IMPACT_UNKNOWN    /* neither release has it */
};

/* "unchanged", as the command line and its JSON name it. */
const char *verdict_name(enum verdict v);
/* Whether a person has to look at it: everything from IMPACT_RENOTED on. */
bool verdict_alerts(enum verdict v);

struct impact {
    char code[CODE_MAX]; /* stored form; as typed, cut, when it cannot be a code */
    const char *title;   /* the later wording, "" when unknown */
    enum verdict verdict; /* the gravest of what follows */
    date last_day;       /* HCPCS: of use, as the later release has it; 0 for none */
    const struct change **own; /* at the code itself */
    size_t nown;
    const struct change **above; /* notes and 7th characters that changed above it, nearest first */
    size_t nabove;
    const struct replacements *replacements; /* of a code that is gone or a header: what takes its place by the later release;
                                              * NULL when that is not told, or nothing is for one that was so before */
    const struct release *other;  /* IMPACT_UNKNOWN: the nearest other loaded release that has it, earlier ones first; or NULL */
    const struct crossref *crossrefs; /* HCPCS, of a code that is gone or has ended: followed in the later release */
    size_t ncrossrefs;
};

/* What the changes mean for one code as typed. */
enum status impact_of(struct shelf *s, const struct changes *changes, const char *typed, struct arena *a, struct impact *out,
                      struct error *err);

/* --- wording -------------------------------------------------------------------------------------------------------- */

struct word_run {
    enum { WORDS_SAME, WORDS_GONE, WORDS_NEW } kind;
    const char *text; /* in before or, for NEW and SAME, in after */
    size_t len;
};

/* The words that two wordings share and those they do not, in reading order; what is gone stands before what is new. */
void changes_words(const char *before, const char *after, struct arena *a, const struct word_run **out, size_t *n);
/* How much of two texts is the same words, 0 to 1. */
double changes_likeness(const char *before, const char *after);

#endif
