/* edition.h - one release of one code set as its files say it: what importers fill and the store folds into a shelf.
 *
 * An edition is the whole book of that release, entries in book order, and owns all its text (one arena). Everything else
 * refers to an entry by its place in entries[]. An edition read back from a shelf equals the one that was put there, so an
 * importer can add a component (the Tabular, an index) to what an earlier import brought. */
#ifndef CODESHELF_EDITION_H
#define CODESHELF_EDITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "codeshelf/arena.h"
#include "codeshelf/date.h"
#include "codeshelf/words.h"

enum { RELEASE_NAME_MAX = 24, SHA256_TEXT = 65, NO_PARENT = -1 };

struct ed_entry {
    enum kind kind;
    const char *code; /* stored form; chapter "19", section "S50-S59", HCPCS letter "J" */
    int32_t parent;   /* index in entries, smaller than its own; NO_PARENT at the top */
    bool billable;
    bool family;             /* differs from its parent only by a 7th character that a 7th-character definition gives */
    const char *title;       /* the order file's long title; the long description */
    const char *printed;     /* the Tabular's wording where it differs in more than case and white space (accents), else NULL */
    const char *short_title; /* "" where there is none */
    date from, to;           /* HCPCS add and termination date (last day it may be used); 0 where the file has none */
};

struct ed_note {
    uint32_t entry;
    enum note_kind kind;
    const char *text;
};

/* One character of a 7th-character definition, in the order of the file. */
struct ed_seventh {
    uint32_t entry;
    char ch;
    const char *text;
    const char *note; /* a note under that character ("Initial encounter for open fracture NOS"), "" without */
};

/* A field of the official file beside title and dates, by its short name ("coverage"), with the value as the file has it. */
struct ed_fact {
    uint32_t entry;
    const char *name, *value;
};

struct ed_source {
    enum component component;
    const char *name; /* base name of the file, after a slash that of the zip member: "cms_2017_dx.zip/icd10cm_order_2017.txt" */
    uint64_t bytes;
    char sha256[SHA256_TEXT]; /* of the file or member itself, lower case */
    int64_t imported;         /* seconds since 1970 */
};

/* Text that goes with the release as a whole: the Tabular's introduction, CPT's notice; kept in order. */
struct ed_front {
    const char *kind; /* "introduction", "notice" */
    const char *title, *text;
};

/* A row of an index or table of the book (Alphabetic Index, External Cause Index, Table of Neoplasms, Table of Drugs), in the
 * order of its file; the path is what stands before it with smaller depth. Lists are joined with '\n', "" for none. */
struct ed_term {
    enum component book;
    int depth;                      /* 0 for a main term */
    const char *title;              /* without the nonessential modifiers */
    const char *nemod;              /* those, as printed: "(acute) (chronic)" */
    const char *codes;              /* as printed: "S52.50-" */
    const char *manifestation;      /* second codes: "[H36]" without the brackets */
    const char *see, *see_also;     /* "Disease, heart" */
    const char *see_category;       /* category or subcategory to look into */
    const char *cells;              /* tables: every column after the first, as printed ("-", "--" too), "" where empty */
};

/* A section of the Official Guidelines, in their order. */
struct ed_guideline {
    const char *section; /* "I", "I.C.4.a.3", "II.K", "Appendix I" */
    int depth;           /* 0 for I, II, III, IV, appendices */
    const char *title;
    const char *text;    /* its own text: paragraphs and list items, one a line; "" when it only holds others */
};

/* That a code takes the place of others, as the official files say it, for every year they tell of (conversion tables are
 * cumulative). Old and new are many-to-many: one row a pair. */
struct ed_replacement {
    const char *old, *last; /* stored form. last "": the one code old; else every code from old to all under last. Both "" where
                             * the new code had none before, or said names none in particular */
    const char *now;        /* the code that takes its place, "" when the files say that none does */
    date from;              /* the first day it did */
    const char *said;       /* what was printed where that is not just the old code: "E11.69 and R40.20", "None"; else "" */
};

struct edition {
    enum codeset set;
    char name[RELEASE_NAME_MAX]; /* "FY2025-APR", "2025-JAN", "2026" */
    date from;
    uint32_t coverage; /* bit of each enum component that the release brings */
    struct arena arena;
    struct { struct ed_entry *items; size_t len, cap; } entries;
    struct { struct ed_note *items; size_t len, cap; } notes;       /* grouped by entry ascending, file order inside */
    struct { struct ed_seventh *items; size_t len, cap; } sevenths; /* the same */
    struct { struct ed_fact *items; size_t len, cap; } facts;       /* the same */
    struct { struct ed_source *items; size_t len, cap; } sources;
    struct { struct ed_front *items; size_t len, cap; } front;
    struct { struct ed_term *items; size_t len, cap; } terms; /* grouped by book, ascending */
    struct { struct ed_guideline *items; size_t len, cap; } guidelines;
    struct { struct ed_replacement *items; size_t len, cap; } replacements; /* read back sorted by from, old, last, now, said */
};

struct edition *edition_new(enum codeset set, const char *name, date from);
void edition_free(struct edition *ed);

#endif
