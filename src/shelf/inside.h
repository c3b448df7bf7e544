/* inside.h - what the files of the shelf library share.
 *
 * A struct shelf holds one read-only connection, the releases, and for every code set a struct book: the release that
 * answers as of the date and, once somebody asks for a place, the order of its entries. The indexes, tables and guidelines of
 * a set are books of the same kind, each with the release that it comes from. */
#ifndef CODESHELF_SHELF_INSIDE_H
#define CODESHELF_SHELF_INSIDE_H

#include <sqlite3.h>

#include "codeshelf/shelf.h"

enum {
    SHELF_APPLICATION = 0x43534846, /* "CSHF", as schema.sql sets it */
    SHELF_SCHEMA = 2,
    SHELF_SCHEMA_BEFORE = 1,        /* read as well: without table replacement */
    PATH_DEPTH_MAX = 24, /* entries above one another; the deepest of an official book has 9 */
    STATEMENTS_MAX = 112
};

/* A run of consecutive version ids in a release's sequence. */
struct run {
    int64_t first;
    uint32_t place, n;
};

struct book {
    const struct release *release; /* NULL: none of this set is loaded */
    const struct release *borrowed; /* notes asked for with shelf_borrow_notes */
    char warning[128];
    bool sequenced;
    struct run *by_place, *by_id; /* the same runs in two orders; by_id is NULL until it pays */
    unsigned scans;
    size_t nruns;
    uint32_t size;
};

struct vocabulary;
struct lexicon;
struct glosses;

struct shelf {
    sqlite3 *db;
    struct {
        const char *text;
        sqlite3_stmt *stmt;
    } statements[STATEMENTS_MAX];
    size_t nstatements;
    struct arena arena; /* what lives as long as the shelf */
    struct release *releases;
    unsigned char *bits; /* mask bit of each release */
    size_t nreleases;
    date date; /* answered for */
    struct book books[SET_COUNT];
    const char *own_words; /* text of the user's own vocabulary, NULL for none */
    const struct vocabulary *vocabulary; /* read when first searched; lives in the arena */
    const struct lexicon *lexicons[SET_COUNT]; /* words to repair others by, read when first needed; in the arena */
    const struct glosses *glosses[SET_COUNT]; /* descriptions in plain words, read when first needed; in the arena */
    struct book shelved[SET_COUNT][COMP_COUNT]; /* indexes, tables, guidelines: sequence_load_other */
};

/* --- sql.c ---------------------------------------------------------------------------------------------------------- */

/* Gives the statement of an SQL text, prepared when first asked for and kept; texts are told apart by address, so each is a
 * constant beside its one function. Bindings are cleared. */
enum status sql_open(struct shelf *s, const char *text, sqlite3_stmt **out, struct error *err);
/* Steps: ST_OK with a row, ST_NONE after the last, else the failure. Without a row the statement is reset. */
enum status sql_row(struct shelf *s, sqlite3_stmt *q, struct error *err);
/* The failure of the last call: ST_STOP for an interrupted search, else ST_SHELF. */
enum status sql_failed(const struct shelf *s, struct error *err);
/* A text column, never NULL, copied. */
const char *sql_text(struct arena *a, sqlite3_stmt *q, int column);
void sql_close(struct shelf *s);

/* --- releases.c ----------------------------------------------------------------------------------------------------- */

enum status releases_load(struct shelf *s, struct error *err);
void releases_free(struct shelf *s);
/* The mask with the release's bit alone; 0 for NULL. */
int64_t release_mask(const struct shelf *s, const struct release *r);

/* --- sequence.c ----------------------------------------------------------------------------------------------------- */

/* Reads the order of a book of its release, which is set: 0 the entries, else the component. */
enum status sequence_read(struct shelf *s, struct book *b, int number, struct error *err);
/* Reads the order of the book when it is not there yet. */
enum status sequence_load(struct shelf *s, enum codeset set, struct error *err);
/* The same for an index, table or the guidelines; *out is the book, its release the nearest that has it and NULL, with an
 * empty order, when none has. */
enum status sequence_load_other(struct shelf *s, enum codeset set, enum component c, struct book **out, struct error *err);
void sequence_free(struct book *b);
/* 0 and PLACE_NONE when the book has none such; the sequence must be loaded. */
int64_t sequence_version(const struct book *b, uint32_t place);
uint32_t sequence_place(struct book *b, int64_t version);

/* --- find.c --------------------------------------------------------------------------------------------------------- */

/* Reads a code, chapter number or section ("s50 - s59") as typed into stored form. */
bool find_read(const char *typed, char out[CODE_MAX]);
/* For a code that no loaded release has: whether a list of deleted codes does. Then err gets ST_NONE and what it says of it:
 * "0009X: deleted on 2013-01-01; replaced by 0001X". */
bool find_say_listed(struct shelf *s, enum codeset set, const char *code, struct arena *a, struct error *err);

/* --- cpt_parts.c ---------------------------------------------------------------------------------------------------- */

enum { CPT_PLA, CPT_MODIFIERS, CPT_PARTS };

/* The bit of the part that a stored code of CPT belongs to and that a release may be loaded without; 0 for other codes and sets. */
unsigned cpt_part(enum codeset set, const char *code);
/* "PLA codes", "modifiers". */
const char *cpt_part_name(unsigned part);
/* The parts that a release has nothing of; 0 for other sets. */
enum status cpt_parts_lacking(struct shelf *s, const struct release *r, unsigned *out, struct error *err);

/* --- crossrefs.c ---------------------------------------------------------------------------------------------------- */

/* Puts where a HCPCS entry's cross-references lead into the words of those facts: "(ended 2018-03-31) -> J3358 (current)". */
enum status crossrefs_put_words(struct shelf *s, const struct entry *e, struct arena *a, struct fact *facts, size_t n,
                                struct error *err);

/* --- entries.c ------------------------------------------------------------------------------------------------------ */

/* The entry of a version that the release in force has. */
enum status entry_of_version(struct shelf *s, enum codeset set, int64_t version, struct arena *a, struct entry *out,
                             struct error *err);

#endif
