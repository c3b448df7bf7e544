/* search.h - what the files of the search share: the words of a query, and how well a text answers them. */
#ifndef CODESHELF_SHELF_SEARCH_H
#define CODESHELF_SHELF_SEARCH_H

#include "inside.h"

struct buf;

enum { TERMS_MAX = 16, FORMS_MAX = 16, WORD_MAX = 48, READINGS_MAX = 12 };

/* Numbers of doc.field in schema.sql. */
enum field {
    FIELD_TITLE,
    FIELD_PRINTED,
    FIELD_SHORT,
    FIELD_INCLUSION,
    FIELD_INCLUDES,
    FIELD_CONSUMER,
    FIELD_CLINICIAN,
    FIELD_COUNT,
    FIELD_ROW = FIELD_COUNT, /* no document: a row of an index or table of the book */
    FIELDS
};

enum role {
    ROLE_NEEDED,  /* a document should have it */
    ROLE_SEVENTH, /* speaks of 7th characters, which documents leave out: chooses the member of a family */
    ROLE_SIDE,    /* "left", "bilateral", a letter to which others will come: welcome, chooses among codes that have it or not */
    ROLE_GENERIC, /* "disease", "disorder": the books use one for the other */
    ROLE_FILLER   /* "of", "the": welcome, never asked for */
};

struct sought {
    char word[WORD_MAX]; /* folded */
    enum role role;
    bool finished; /* false: stands for every word that begins with it */
    /* As a code set knows it: */
    bool known;
    size_t prefix; /* bytes that a word must begin with; 0: only the forms count */
    size_t alike;  /* bytes that a word begins with which may be meant in a widened search; 0 for short words */
    const char *forms[FORMS_MAX]; /* words of the same stem */
    size_t nforms, nown; /* the first nown are of the word itself, the others of its equals */
    double weight; /* how much it tells: rare words more */
};

struct terms {
    struct sought items[TERMS_MAX];
    size_t n;
    bool widened; /* words that only begin alike count as well: "esophageal" finds "esophagus" */
    bool literal; /* a word that is not known stands for no other */
    bool with;    /* "with" is among them: "without" is not what is meant */
    bool without; /* "without" or "no" is: what stands behind it in a text is what is meant */
    bool noun_first; /* titles of the code set begin with the thing itself: "Walker, folding" */
    double total; /* weight of all terms but those of 7th characters, unknown ones too */
};

/* Words of a query put otherwise: "prolia" means "denosumab", a "brand". */
struct reading_part {
    const char *typed, *means, *kind;
};

/* A way to understand a query. */
struct reading {
    const char *text; /* folded; a blank behind the last word when that is finished */
    const char *spare; /* further words, welcome but not needed; NULL for none */
    struct reading_part *parts; /* none for the words as typed */
    size_t nparts;
    double weight; /* that its scores are multiplied by */
    bool guess;    /* takes a word still being typed for an abbreviation: brings a few rows, beside those of other readings */
    struct terms terms;
};

struct readings {
    struct reading items[READINGS_MAX]; /* the words as typed first */
    size_t n;
    bool whole; /* the vocabulary has all that was typed as one phrase */
    struct reading_part *repairs; /* misspelt words put right, in every reading */
    size_t nrepairs;
};

/* --- readings.c ----------------------------------------------------------------------------------------------------- */

/* The readings of a query in a code set, without their terms. */
enum status readings_make(struct shelf *s, enum codeset set, const struct query *q, struct arena *a, struct readings *out,
                          struct error *err);
/* --- vocabulary.c --------------------------------------------------------------------------------------------------- */

/* A word that the vocabulary says is as good as another ("kidney": renal), by number from 0 on and itself among them; false
 * when there are not so many. */
bool word_equal(struct shelf *s, enum codeset set, const char *word, size_t number, char out[WORD_MAX]);

/* Gives every word of the vocabulary's terms that concern the code set, some more than once, none spelt amiss. */
void vocabulary_words(struct shelf *s, enum codeset set, void (*give)(void *ctx, const char *word, size_t n), void *ctx);

/* --- phrase.c ------------------------------------------------------------------------------------------------------- */

enum {
    PHRASE_WORDS_MAX = 7, /* words of a phrase that count */
    PHRASE_START = 6      /* letters that words begin with which are perhaps the same */
};

/* The next word of a phrase from *at on, false behind the last: blanks and hyphens part them. */
bool phrase_next_word(const char *text, size_t n, size_t *at, const char **word, size_t *len);
/* Whether a word of a text is a letter cut off by an apostrophe: the s of "Wilson's", the t of "can't". */
bool word_cut_off(const char *text, struct word_span word, char letter);
/* The length of a word without the s of a plural. */
size_t word_singular(const char *word, size_t n);
/* The same for words that count as one in a phrase, and for words that begin alike; false for a little word, which does not count. */
bool phrase_word_hash(const char *word, size_t n, uint32_t *whole, uint32_t *start);
/* The same for phrases that phrase_same holds to be the same. */
uint32_t phrase_hash(const char *text, size_t n);
/* Whether two phrases have the same words in any order: "calcium in blood high", "high blood calcium". */
bool phrase_same(const char *a, size_t na, const char *b, size_t nb);

/* --- search_acronyms.c ------------------------------------------------------------------------------------------------- */

/* Texts of the code set whose words begin with the letters of a word, at most ACRONYM_MAX, the important first. */
enum { ACRONYM_MAX = 3 };
enum status acronym_texts(struct shelf *s, enum codeset set, const char *word, struct arena *a, const char **out, size_t *n,
                          struct error *err);

/* --- search_glosses.c -------------------------------------------------------------------------------------------------- */

/* What is described in plain words, in the words of the book: readings for the descriptions that share most with the query. */
void glosses_add(struct shelf *s, enum codeset set, const struct terms *t, struct arena *a, struct readings *out);
/* Whether a description has a word: then it is not misspelt. */
bool glosses_know(struct shelf *s, enum codeset set, const char *word);
/* Gives every word of the descriptions in glosses.tsv, most more than once. */
void glosses_words(void (*give)(void *ctx, const char *word, size_t n), void *ctx);

/* --- search_parts.c ---------------------------------------------------------------------------------------------------- */

/* Gives every plain word that means a part, some more than once. */
void parts_words(void (*give)(void *ctx, const char *word, size_t n), void *ctx);
/* A word of the code set that says by its parts what words of a query say: "cardiomegaly" for "enlarged heart". */
struct compound {
    const char *word;
    double docs, weight;
    uint32_t means; /* bits of the terms that it stands for, two at least */
};

enum { COMPOUND_MAX = 3 };
/* One word written as two: "hyper tension". The same, but in their order. */
enum status joined_find(struct shelf *s, enum codeset set, const struct terms *t, struct arena *a, struct compound *out, size_t *n,
                        struct error *err);
/* The words that stand for most of the terms, at most COMPOUND_MAX, best first; they live in the arena. */
enum status compounds_find(struct shelf *s, enum codeset set, const struct terms *t, struct arena *a, struct compound *out,
                           size_t *n, struct error *err);

/* --- search_spelling.c ------------------------------------------------------------------------------------------------ */

/* The word of the code set that an unknown word is most likely meant for, NULL for none near enough; it lives in the arena. */
/* In how many documents the code set has the first n bytes of a text as a word. */
enum status word_exact(struct shelf *s, enum codeset set, const char *word, size_t n, double *docs, struct error *err);
enum status word_repair(struct shelf *s, enum codeset set, const char *word, bool finished, struct arena *a, const char **out,
                        struct error *err);

/* --- query.c -------------------------------------------------------------------------------------------------------- */

/* Whether a query is to search a code set, and a release of it is there. */
bool query_wants(const struct shelf *s, const struct query *q, enum codeset set);

/* Cuts a query into its terms; words beyond TERMS_MAX are left out. */
void terms_read(const char *text, bool typing, struct terms *out);
/* Adds words that are welcome only. */
void terms_add_spare(const char *text, struct terms *t);
/* Whether the code set has a word in any form, or words that begin with it. */
enum status word_known(struct shelf *s, enum codeset set, const char *word, bool finished, bool *out, struct error *err);
/* Fills in what a code set knows of the terms. */
enum status terms_expand(struct shelf *s, enum codeset set, struct arena *a, struct terms *t, struct error *err);
/* Appends the FTS5 expression of a term: quoted forms joined with OR. Quoting is what keeps user text out of the syntax. */
void term_match(const struct sought *t, bool widened, struct buf *out);

/* --- search_why.c ----------------------------------------------------------------------------------------------------- */

/* How the typed words were put that a text was found by ("brand prolia = denosumab"), the terms found as bits; NULL when all
 * stand as typed. */
const char *reading_said(const struct readings *all, const struct reading *r, uint32_t matched, struct arena *a);
/* The words taken for others, in all readings: "showing hemorrhoids for hemoroids"; NULL for none. */
const char *repairs_said(const struct readings *all, struct arena *a);

/* --- rank.c --------------------------------------------------------------------------------------------------------- */

/* How well a text of an entry answers, 0 (not at all) to about 1.5; *matched gets a bit for every term found. room is memory
 * to work in, kept by the caller from call to call. */
double rank_text(const struct terms *t, enum field field, const char *text, struct buf *room, uint32_t *matched);
/* How well a folded word answers a term, 0 to 1: as a form of it, as what is still being typed, or, widened, because it
 * begins alike. */
double rank_fit(const struct sought *t, bool widened, const char *word, size_t n);
/* How many of the terms a text has, as typed, beside those found already and those that say little. */
unsigned rank_words(const struct terms *t, uint32_t found, const char *text, struct buf *room);

#endif
