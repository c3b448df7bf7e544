/* shelf.h - the shelf, read: releases, entries, the book in order, notes that apply.
 *
 * A struct shelf is one open file answering for one date of service ("as of"). It is used from one thread. Results point
 * into the arena given, or, where said, into the shelf itself. Nothing here writes. */
#ifndef CODESHELF_SHELF_H
#define CODESHELF_SHELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "codeshelf/arena.h"
#include "codeshelf/code.h"
#include "codeshelf/date.h"
#include "codeshelf/error.h"
#include "codeshelf/fold.h"
#include "codeshelf/words.h"

struct shelf;

/* Opens the file read-only and hardened. ST_SHELF with the cure in the message when it is missing, no shelf, or of a schema
 * this program does not read. The date starts as date_today(). */
enum status shelf_open(const char *path, struct shelf **out, struct error *err);
void shelf_close(struct shelf *s);
/* Whether the file was replaced since it was opened (an import finished). */
bool shelf_replaced(const struct shelf *s);

/* --- releases ------------------------------------------------------------------------------------------------------- */

struct source {
    enum component component;
    const char *name, *sha256;
    uint64_t bytes;
    int64_t imported;
};

struct release {
    enum codeset set;
    int id;           /* row id on this shelf */
    const char *name; /* "FY2025-APR" */
    date from, to;    /* in force, both days included: to is the day before the next official release */
    uint32_t coverage; /* bits of enum component */
    size_t entries, billable;
    const struct source *sources;
    size_t nsources;
};

/* All releases, by code set and then in calendar order. They belong to the shelf. */
const struct release *shelf_releases(const struct shelf *s, size_t *n);

/* Chooses the release of every set for a date of service; 0 for today. With 0 and no release covering today the newest
 * loaded one answers. */
enum status shelf_as_of(struct shelf *s, date as_of, struct error *err);
/* The date asked for (today when none was). */
date shelf_date(const struct shelf *s);
/* The release that answers for a set, NULL when none of that set is loaded. */
const struct release *shelf_release(const struct shelf *s, enum codeset set);
/* Why another release answers than the date asks for: "no release loaded for 2020-02-01; showing FY2019, ended 2019-09-30";
 * NULL when the date is covered. */
const char *shelf_warning(const struct shelf *s, enum codeset set);
/* Where a component of the book comes from as of the date: the release itself, the October release of the same year (April
 * brings less), or NULL: not loaded. */
const struct release *shelf_component(const struct shelf *s, enum codeset set, enum component c);
/* Shows notes of another release where the one in force has none: its name, or NULL for none (the start). ST_NONE when no
 * such release with a Tabular is loaded. Every note so shown says which release it is of. */
enum status shelf_borrow_notes(struct shelf *s, enum codeset set, const char *release, struct error *err);
/* The release whose notes are shown (own, October's, borrowed), or NULL: "notes not loaded". */
const struct release *shelf_notes_release(const struct shelf *s, enum codeset set);

/* Text of a release as a whole: kind "introduction" (the conventions) or "notice" (CPT). */
struct front {
    const char *kind, *title, *text;
};
enum status shelf_front(struct shelf *s, const struct release *r, struct arena *a, const struct front **out, size_t *n,
                        struct error *err);

/* --- entries -------------------------------------------------------------------------------------------------------- */

struct entry {
    enum codeset set;
    enum kind kind;
    uint32_t place;        /* its place in the book of its release, 0 first: what "order" means */
    uint32_t parent;       /* the parent's place; PLACE_NONE at the top */
    char code[CODE_MAX];   /* stored form */
    const char *title;     /* the order file's */
    const char *printed;   /* the Tabular's wording where it differs, else NULL */
    const char *short_title;
    bool billable; /* as of the date: false for a HCPCS code not yet in force or terminated */
    bool family;   /* member of its parent's 7th-character family */
    date from, to; /* HCPCS: in force, both included; 0 for open */
    int64_t id, version; /* row ids, valid on this open shelf only */
};

#define PLACE_NONE UINT32_MAX

/* The entry at a place of the book of a set. ST_NONE behind the last. */
enum status shelf_entry_at(struct shelf *s, enum codeset set, uint32_t place, struct arena *a, struct entry *out,
                           struct error *err);
/* How many entries the book of a set has (0 without a release). */
uint32_t shelf_book_size(struct shelf *s, enum codeset set);
/* By stored code. Where a code and a section share the text (B99) the code is meant; chapters are found by number, sections
 * by range. ST_NONE when the release in force lacks it. */
enum status shelf_lookup(struct shelf *s, enum codeset set, const char *code, struct arena *a, struct entry *out,
                         struct error *err);
/* As typed, in whatever set has it (or the one given; SET_COUNT for any; with a dot inside it is of ICD-10-CM). ST_NONE says in
 * err what was looked for, and what took its place, or which loaded releases have it when the one in force has not yet. */
enum status shelf_find(struct shelf *s, enum codeset set, const char *typed, struct arena *a, struct entry *out,
                       struct error *err);
/* From the chapter down to the parent. */
enum status shelf_path(struct shelf *s, const struct entry *e, struct arena *a, const struct entry **out, size_t *n,
                       struct error *err);
/* Direct children in book order. */
enum status shelf_children(struct shelf *s, const struct entry *e, struct arena *a, const struct entry **out, size_t *n,
                           struct error *err);
/* The place after the last entry under e: [e->place, end) is e with everything below it. */
uint32_t shelf_subtree_end(struct shelf *s, enum codeset set, uint32_t place);
/* Whether a code (last equal to first: with all under it) or range of the entry's set holds the entry: by the order of the
 * release, and by the text of the codes where that has none of an end. Chapters are held by nothing. */
enum status shelf_holds(struct shelf *s, const char *first, const char *last, const struct entry *e, bool *out, struct error *err);
/* The entries at n places, in the order given (for a screenful). */
enum status shelf_entries(struct shelf *s, enum codeset set, const uint32_t *places, size_t n, struct arena *a,
                          struct entry **out, struct error *err);

/* --- notes ---------------------------------------------------------------------------------------------------------- */

struct note {
    enum note_kind kind;
    const char *text;
    uint32_t from; /* place of the entry it stands at */
    char from_code[CODE_MAX];
    enum kind from_kind;
    const char *release; /* of the release it is taken from when that is not the one in force, else NULL */
};

/* The notes that stand at the entry itself, in the order of the book. */
enum status shelf_notes(struct shelf *s, const struct entry *e, struct arena *a, const struct note **out, size_t *n,
                        struct error *err);
/* Every note that applies: its own and its ancestors', nearest first. */
enum status shelf_effective_notes(struct shelf *s, const struct entry *e, struct arena *a, const struct note **out, size_t *n,
                                  struct error *err);

struct seventh_char {
    char ch;
    const char *text, *note; /* note "" without */
};
struct seventh {
    char from_code[CODE_MAX]; /* the entry that defines them: nearest of itself and its ancestors */
    enum kind from_kind;
    const char *release; /* as in struct note */
    const struct seventh_char *chars;
    size_t n;
};
/* The 7th characters in force for an entry; own: those defined at the entry itself. n is 0 when there are none. */
enum status shelf_seventh(struct shelf *s, const struct entry *e, bool own, struct arena *a, struct seventh *out,
                          struct error *err);

/* A field of the official file: "coverage", its value "C", and the label and meaning in words. */
struct fact {
    const char *name, *value;
    const char *label, *words; /* words "" when the value speaks for itself */
};
enum status shelf_facts(struct shelf *s, const struct entry *e, struct arena *a, const struct fact **out, size_t *n,
                        struct error *err);

/* --- search --------------------------------------------------------------------------------------------------------- */

struct query {
    const char *text;
    enum codeset set; /* SET_COUNT for all */
    size_t limit;     /* rows wanted, at most 1,000 */
    bool typing;      /* the last word may be unfinished even before a blank follows */
    bool literal;     /* the words as they stand: nothing repaired, no vocabulary */
    bool families;    /* collapse 7th-character families to their parent's row (the browser); otherwise the member is chosen */
    bool (*stop)(void *ctx); /* asked now and then; true ends the search with ST_STOP. May be NULL */
    void *ctx;
};

struct hit {
    struct entry entry;
    const char *matched; /* "code", "title", "inclusion term", "short title", ...: which text matched */
    const char *text;    /* that text */
    const char *read;    /* how typed words were understood that it has: "brand prolia = denosumab"; NULL as typed */
    const struct reading *reading; /* for hit_marks; NULL when a code was typed */
    size_t members;      /* codes a collapsed family stands for, else 0 */
    double score;        /* larger is better; comparable within one search only */
};

struct hits {
    const struct hit *items;
    size_t n;
    size_t total;      /* codes that matched, where known exactly; else n */
    bool more;         /* there may be more than total */
    const char *said;  /* what was assumed ("showing hemorrhoids for hemoroids; without: foo"), or NULL */
    bool repaired;     /* words were taken for others: a literal search answers otherwise */
};

/* Reads the user's own vocabulary (the columns of codesets/vocabulary); its rows go before the program's. ST_NONE when there
 * is no such file; ST_INPUT with file and line when a row is wrong, and nothing changes. */
enum status shelf_vocabulary(struct shelf *s, const char *path, struct error *err);
/* Ranked entries for a code prefix, several codes, or words. The text may hold what narrows the answer: a range E11-E13, "words
 * next to each other", -word, set:hcpcs, ch:19, billable; alone they list the book in order. What is none of these is a word. No
 * hits is ST_OK with n 0, blank text too; a code that there is not is said. */
enum status shelf_search(struct shelf *s, const struct query *q, struct arena *a, struct hits *out, struct error *err);
/* The words of a text (the hit's title, the text that matched, any other) that answer the query as the hit was found: stems,
 * beginnings, meanings of abbreviations and repaired words included, little words not. Gives at most `most` spans, in order,
 * and their number. The arena of the search must still be there. */
size_t hit_marks(const struct hit *hit, const char *text, struct word_span *out, size_t most);

#endif
