/* search.c - ranked entries for what was typed. Read this, then box.c (signs), query.c (words), readings.c (readings), search_match.c
 * (texts), search_rows.c (the indexes), search_glosses.c (descriptions) and rank.c (scores).
 *
 * 1. Text that looks like a code is a prefix of codes: a range of the B-tree over entry.code, shown in book order; several codes
 *    may stand beside each other (search_codes.c).
 * 2. Else it is words, and words have readings: as typed, misspelt words put right (search_spelling.c), phrases put into the
 *    words of the book by the vocabulary, acronyms taken for first letters (search_acronyms.c). Words that the
 *    vocabulary calls equal ("kidney", "renal") need no reading: each counts as a form of the other (query.c). When no reading
 *    is answered well, what is described in plain words is read as what the book calls it (search_glosses.c), and a word of
 *    the book made of parts that mean the words typed stands for them (search_parts.c).
 * 3. For every reading, in each code set, the documents (one a piece of text: titles, inclusion terms, ...) and the rows of
 *    the indexes that have all needed words are found through FTS5. Ids of documents follow a static importance, so the
 *    first TEXTS_MAX are enough to rank, and a broad word costs no more than a narrow one.
 * 4. When nothing answers well (NEARLY), the first readings are taken loosely: words that begin alike count ("esophageal":
 *    "esophagus"), and while the best answer has not even every word among others, every way of leaving one word out is tried,
 *    then two, and so on: an unknown or odd word never empties the screen. What the best hit lacks is said.
 * 5. rank.c scores each text; an entry has the score of its best one. The best entries are looked up in the release in
 *    force; a header brings the code that stands for it (search_defaults.c), codes out of force step back, and the sets are
 *    merged by score (results.c).
 * 6. Members of 7th-character families have no documents. Their parent stands for them, or the member whose title has most
 *    of the words about encounters is chosen, the first one (A) when none is said.
 *
 * Where the release in force brought no Tabular or index, those of another release still help to find its codes, and never
 * lead to one that it lacks.
 *
 * Worked examples: what comes first in ICD-10-CM FY2017 and HCPCS 2025-JAN (tests/shelf/ranking_rules.c reads them):
 *
 *   "asthma" -> J45.909: the title of J45 is the query; of a header the code that says least more goes first
 *   "heart attack" -> I21.3: an inclusion term and the index, "Attack, heart"
 *   "kidney failure" -> N19: nothing but the query and "unspecified", so before acute and chronic
 *   "acute renal failure" -> N17.9: "renal" is as good as the title's "kidney"
 *   "copd exac" -> J44.1: two abbreviations, one reading
 *   "fx l distal radius init closed" -> S52.502A: a family; the words about the side and the encounter choose the member
 *   "urinary bladder cancer" -> C67.9: a site in the Table of Neoplasms, in the column of the primary
 *   "pneumonia purple" -> J18.9: a word that nothing answers is left out
 *   "walker with wheels" -> E0143: the longest phrase that the vocabulary knows
 *   "prolia" -> J0897: a brand and its drug
 *   "hypernephroma" -> C64.9: another name
 *   "opening between the lower chambers of the heart" -> Q21.0: a description */
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "search_run.h"

enum {
    TEXTS_MAX = 800,      /* documents ranked a query */
    MORE_MAX = 200,       /* of a reading other than the words as typed */
    NEOPLASMS_MAX = 400, /* rows of the Table of Neoplasms */
    LOOSE_MAX = 3         /* readings that are relaxed */
};

static const double FINE = 1.0; /* a score that leaves nothing to be wished */
static const double NEARLY = 0.95; /* every word, among few others: nothing is taken loosely */

static int ask_stop(void *ctx)
{
    const struct query *q = ctx;
    return q->stop(q->ctx);
}

/* The plain words that a compound stands for, as the part of its reading. */
static struct reading_part *compound_part(const struct compound *c, const struct terms *t, struct arena *a)
{
    struct reading_part *part = arena_alloc(a, sizeof *part);
    struct buf typed = {0};

    for (size_t i = 0; i < t->n; i++)
        if (c->means & (1u << i))
            buf_printf(&typed, "%s%s", typed.len ? " " : "", t->items[i].word);
    *part = (struct reading_part){arena_strdup(a, buf_text(&typed)), c->word, "lay"};
    buf_free(&typed);
    return part;
}

/* Readings with a word of the book in place of plain words that its parts mean. */
static enum status add_compounds(struct search *run, struct readings *readings, struct error *err)
{
    const struct terms *t = &readings->items[0].terms;
    struct compound found[2 * COMPOUND_MAX];
    struct buf text = {0};
    size_t n = 0, joined = 0;
    enum status st = readings->n ? compounds_find(run->s, run->set, t, run->a, found, &n, err) : ST_OK;

    if (st == ST_OK && readings->n)
        st = joined_find(run->s, run->set, t, run->a, found + n, &joined, err);
    for (size_t i = 0; i < n + joined && readings->n < READINGS_MAX; i++) {
        struct reading *r = &readings->items[readings->n++];
        buf_clear(&text);
        buf_printf(&text, "%s ", found[i].word);
        for (size_t at = 0; at < t->n; at++)
            if (!(found[i].means & (1u << at)) && t->items[at].role != ROLE_FILLER)
                buf_printf(&text, "%s ", t->items[at].word);
        *r = (struct reading){.text = arena_strdup(run->a, buf_text(&text)), .weight = 0.97, .nparts = 1,
                              .parts = compound_part(&found[i], t, run->a)};
    }
    buf_free(&text);
    return st;
}

/* Whether the code set knows every needed word. */
static bool all_known(const struct terms *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->items[i].role == ROLE_NEEDED && !t->items[i].known)
            return false;
    return true;
}

/* Everything that has all needed words of some reading. Guesses are as good as the others when those find nothing. */
static enum status match_readings(struct search *run, struct readings *readings, size_t *rows, struct error *err)
{
    enum status st = ST_OK;
    bool answered = false;

    for (size_t i = 0; i < readings->n && st == ST_OK; i++) {
        struct reading *r = &readings->items[i];
        const size_t before = *rows;
        r->guess &= answered;
        st = match_reading(run, r, i ? MORE_MAX : TEXTS_MAX, rows, err);
        answered |= !r->guess && *rows > before && all_known(&r->terms);
    }
    return st;
}

/* Readings for what is not answered well: what the book answers, if not well, needs no description, and what the vocabulary has
 * as a whole is no word put together from others. */
static enum status add_more(struct search *run, struct readings *readings, bool answered, struct error *err)
{
    if (!answered && match_best(run, 0) < FINE) /* nor what another code set does */
        glosses_add(run->s, run->set, &readings->items[0].terms, run->a, readings);
    return answered && readings->whole ? ST_OK : add_compounds(run, readings, err);
}

/* Steps 3 and 4 in one code set. */
static enum status match_set(struct search *run, struct readings *readings, struct error *err)
{
    const size_t first = run->found.len;
    size_t rows = 0;
    enum status st = match_readings(run, readings, &rows, err);
    bool well = match_best(run, first) >= FINE;
    const size_t plain = readings->n;
    for (size_t i = 0; i < plain && st == ST_OK && !well && run->has_rows && !*run->limits; i++)
        st = rows_match_neoplasm(run, &readings->items[i], NEOPLASMS_MAX, err);
    if (st == ST_OK && !well && !run->q->literal)
        st = add_more(run, readings, match_best(run, first) >= NEARLY, err);
    for (size_t i = plain; i < readings->n && st == ST_OK; i++)
        st = match_reading(run, &readings->items[i], MORE_MAX, &rows, err);
    well = match_best(run, first) >= NEARLY;
    for (size_t i = 0; i < readings->n && i < LOOSE_MAX && st == ST_OK && !well; i++)
        st = readings->items[i].guess ? ST_OK : match_loosely(run, &readings->items[i], first, err);
    run->more |= rows >= TEXTS_MAX;
    return st == ST_OK ? rows_settle(run, err) : st;
}

/* The same with fewer words, where rows answered well but lead nowhere. */
static enum status match_set_or_less(struct search *run, struct readings *readings, struct error *err)
{
    const size_t first = run->found.len;
    enum status st = match_set(run, readings, err);

    if (st != ST_OK || run->found.len > first || readings->n == 0)
        return st;
    st = match_loosely(run, &readings->items[0], first, err);
    return st == ST_OK ? rows_settle(run, err) : st;
}

/* Whether any loaded release of the set has an index or a table. */
static bool shelf_has_rows(const struct shelf *s, enum codeset set)
{
    const uint32_t books = 1u << COMP_INDEX | 1u << COMP_EXTERNAL | 1u << COMP_NEOPLASM | 1u << COMP_DRUGS;

    for (size_t i = 0; i < s->nreleases; i++)
        if (s->releases[i].set == set && s->releases[i].coverage & books)
            return true;
    return false;
}

static enum status search_words(struct search *run, struct error *err)
{
    enum status st = ST_OK;

    for (int set = 0; set < SET_COUNT && st == ST_OK; set++) {
        if (!query_wants(run->s, run->q, (enum codeset)set))
            continue;
        run->set = (enum codeset)set;
        run->has_rows = shelf_has_rows(run->s, run->set);
        run->readings[set] = arena_alloc(run->a, sizeof *run->readings[set]);
        const size_t first = run->found.len;
        st = filter_match(run, err);
        if (st == ST_OK)
            st = readings_make(run->s, run->set, run->q, run->a, run->readings[set], err);
        for (size_t i = 0; i < run->readings[set]->n && *run->box.phrase_words; i++)
            run->readings[set]->items[i].text = arena_printf(run->a, "%s%s", run->box.phrase_words, run->readings[set]->items[i].text);
        if (st == ST_OK && (st = match_set_or_less(run, run->readings[set], err)) == ST_OK)
            st = candidates_settle(run, first, err);
    }
    return st;
}

/* Steps 1 to 5 for what the box asks for: the book itself, codes, or words. */
static enum status search_box(struct search *run, struct error *err)
{
    bool words = true;
    enum status st = ST_OK;

    if (run->box.alone)
        return filter_list(run, err);
    if (!*run->box.phrases)
        st = codes_find(run, &words, err);
    if (st == ST_OK)
        st = filter_codes(run, err);
    return st == ST_OK && words ? search_words(run, err) : st;
}

enum status shelf_search(struct shelf *s, const struct query *q, struct arena *a, struct hits *out, struct error *err)
{
    struct query watched = *q; /* SQLite takes no const context */
    struct search run = {.s = s, .q = &watched, .a = a, .limits = ""};

    memset(out, 0, sizeof *out);
    if (match_must_stop(&run))
        return error_set(err, ST_STOP, "stopped");
    enum status st = box_read(s, q, a, &run.box, err);
    if (st != ST_OK)
        return st;
    watched.text = run.box.words;
    watched.set = run.box.set;
    if (q->stop)
        sqlite3_progress_handler(s->db, 1000, ask_stop, &watched);
    st = search_box(&run, err);
    if (st == ST_OK)
        st = hits_give(&run, out, err);
    if (st == ST_OK && run.missing)
        out->said = run.missing;
    if (st == ST_OK && run.box.said)
        out->said = out->said ? arena_printf(a, "%s; %s", run.box.said, out->said) : run.box.said;
    sqlite3_progress_handler(s->db, 0, NULL, NULL);
    free(run.found.items);
    free(run.rows.items);
    buf_free(&run.room);
    return st;
}
