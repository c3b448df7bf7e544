/* search_run.h - a search under way: what search.c finds and results.c turns into hits. */
#ifndef CODESHELF_SHELF_SEARCH_RUN_H
#define CODESHELF_SHELF_SEARCH_RUN_H

#include "codeshelf/buf.h"
#include "box.h"
#include "search.h"

/* A document that matched; after candidates_settle an entry with its best document. */
struct candidate {
    enum codeset set;
    int64_t entry, doc; /* doc 0: found through a row */
    int64_t row;        /* of an index or table, 0 for none */
    const struct reading *reading; /* NULL for a code typed */
    double score;
    uint32_t matched; /* bits of the reading's terms found */
    int64_t version;
    int64_t parent; /* of a code found by prefix: row id of its parent, its own family flag and place */
    bool family, billable;
    bool named;     /* by an inclusion term, or a row of an index or table */
    bool other;     /* of another release than the one in force */
    bool header; /* neither billable nor the parent of a family: a code below may stand for it */
    uint32_t place;
    bool members; /* it is the parent of a 7th-character family */
};

/* A row of an index or table that matched. */
struct row_found {
    int64_t id;
    double score;
    uint32_t matched;
    const struct reading *reading;
    int column; /* of the Table of Neoplasms or Drugs, -1 for an index */
    bool other; /* of another release than the one in force */
};

struct search {
    struct shelf *s;
    const struct query *q;
    struct arena *a;
    struct box box;   /* what was typed; q holds the words that are left of it */
    const char *limits; /* appended to what FTS5 is asked for: phrases, unwanted words of the set */
    const char *unwanted[SET_COUNT]; /* words and phrases in quotes */
    enum codeset set; /* the one being searched */
    bool has_rows;    /* it has an index or a table */
    bool other[COMP_COUNT]; /* the book is that of another release */
    struct readings *readings[SET_COUNT];
    struct {
        struct row_found *items;
        size_t len, cap;
    } rows;
    struct buf room; /* folded text */
    struct {
        struct candidate *items;
        size_t len, cap;
    } found;
    size_t entries; /* that matched, all sets */
    bool more;
    const char *missing; /* which codes that were typed there are not, NULL for none */
};

/* --- search_codes.c --------------------------------------------------------------------------------------------------- */

/* The codes that begin with the text, when it can be the beginning of a code rather than a word: it has a digit. Two letters may
 * be a modifier, in full; then they are *words as well. A dot is an ICD-10-CM code's. Several codes may stand beside each other;
 * those that no entry has are said to be missing, and are not words. */
enum status codes_find(struct search *run, bool *words, struct error *err);

/* --- search_match.c --------------------------------------------------------------------------------------------------- */

/* Whether whoever searches wants no answer any more. */
bool match_must_stop(const struct search *run);
/* Adds to found and rows what has all needed words of a reading, most documents; *rows grows by the number looked at. */
enum status match_reading(struct search *run, struct reading *r, int most, size_t *rows, struct error *err);
/* A reading that is not answered well: words that begin alike, then, unless that helps, fewer words. */
enum status match_loosely(struct search *run, struct reading *r, size_t first, struct error *err);
/* The best score so far of documents from the given one on, and of rows. */
double match_best(const struct search *run, size_t first);

/* --- search_rows.c ---------------------------------------------------------------------------------------------------- */

/* Ranks the rows of indexes and tables that have the terms of an FTS5 expression, one of them in the own title. */
enum status rows_match(struct search *run, const struct reading *r, const char *match, int most, struct error *err);
/* The same for the sites in the Table of Neoplasms when a reading speaks of a neoplasm: its rows do not say of what kind. */
enum status rows_match_neoplasm(struct search *run, const struct reading *r, int most, struct error *err);
/* Turns the best rows into candidates: the entries that their codes name. */
enum status rows_settle(struct search *run, struct error *err);

/* --- search_filter.c -------------------------------------------------------------------------------------------------- */

/* Makes limits and the unwanted words for the set being searched. */
enum status filter_match(struct search *run, struct error *err);
/* Whether the box lets an entry, its version known, through; what can be reported is judged apart. */
enum status filter_allows(struct search *run, const struct candidate *c, bool *out, struct error *err);
/* Whether an entry of the set being searched is in the chapters and range asked for. */
enum status filter_inside(struct search *run, int64_t entry, bool *out, struct error *err);
/* Whether a candidate looked up can be reported, or stands for codes that can, where that is asked for. */
bool filter_reportable(const struct search *run, const struct candidate *c);
/* Keeps of the codes found by prefix those that the box lets through. */
enum status filter_codes(struct search *run, struct error *err);
/* Lists the book where nothing but filters was typed. */
enum status filter_list(struct search *run, struct error *err);

/* --- search_defaults.c ------------------------------------------------------------------------------------------------ */

/* The version under a header that stands for it when nothing more is said: "unspecified", "without complications", the side
 * asked for; billable, or the parent of a 7th-character family; named when its title says so. ST_NONE when the book offers
 * none. */
enum status default_under(struct search *run, const struct candidate *header, struct candidate *out, struct error *err);

/* --- results.c -------------------------------------------------------------------------------------------------------- */

/* Fills in what the release in force says of an entry; the score goes to 0 when it has none, and down for what is not meant. */
enum status candidate_look_up(struct search *run, struct candidate *c, struct error *err);
/* Makes one candidate an entry of those from first on, keeps the best and looks them up in the release in force. */
enum status candidates_settle(struct search *run, size_t first, struct error *err);
/* Turns the candidates into hits, best first, cut at the limit. */
enum status hits_give(struct search *run, struct hits *out, struct error *err);

#endif
