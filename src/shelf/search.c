/* search.c - ranked entries for what was typed. Read this, then box.c (signs), query.c (words), vocabulary.c (readings), search_rows.c (the
 * indexes) and rank.c (scores).
 *
 * 1. Text that looks like a code is a prefix of codes: a range of the B-tree over entry.code, shown in book order.
 * 2. Else it is words, and words have readings: as typed, misspelt words put right (search_spelling.c), phrases put into the
 *    words of the book by the vocabulary, acronyms taken for first letters (search_acronyms.c). Words that the
 *    vocabulary calls equal ("kidney", "renal") need no reading: each counts as a form of the other (query.c). When no reading
 *    is answered well, a word of the book made of parts that mean the words typed stands for them (search_parts.c).
 * 3. For every reading, in each code set, the documents (one a piece of text: titles, inclusion terms, ...) and the rows of
 *    the indexes that have all needed words are found through FTS5. Ids of documents follow a static importance, so the
 *    first ROWS_MAX are enough to rank, and a broad word costs no more than a narrow one.
 * 4. When nothing fits perfectly (FINE), the first readings are taken loosely: words that begin alike count ("esophageal":
 *    "esophagus"), and while the best answer is not even GOOD, every way of leaving one word out is tried, then two, and so
 *    on: an unknown or odd word never empties the screen. What the best hit lacks is said.
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
 *   "prolia" -> J0897: a brand and its drug */
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "search.h"
#include "search_run.h"

enum {
    ROWS_MAX = 800,     /* documents ranked a query */
    FILTERED_MORE = 4,  /* times as many are looked at where some are passed over */
    RELAXED_MAX = 50,   /* and a way of leaving words out */
    TRIES_MAX = 12,     /* such ways tried */
    FEW = 10,           /* documents that make a screen worth leaving alone */
    MORE_MAX = 200,     /* of a reading other than the words as typed */
    ROWS_MOST = 400,    /* rows of the indexes ranked a query */
    OWN_TERMS = 4,      /* terms from which on a row's own title need not have one */
    LOOSE_MAX = 3,      /* readings that are relaxed */
    RELAX_TERMS_MAX = 6,
    CODES_MAX = 2000    /* codes looked at for a prefix */
};

static const double FINE = 1.0, /* a score that leaves nothing to be wished */
    GOOD = 0.85;                 /* every word, among others */

/* Numbers of the terms that documents are asked for. */
struct needed {
    size_t at[TERMS_MAX], n;
};

static int ask_stop(void *ctx)
{
    const struct query *q = ctx;
    return q->stop(q->ctx);
}

static bool must_stop(const struct search *run)
{
    return run->q->stop && run->q->stop(run->q->ctx);
}

/* The release whose Tabular texts count: that of the notes shown, else the newest loaded one that has any. */
static int64_t tabular_mask(const struct shelf *s, enum codeset set)
{
    const struct release *r = shelf_notes_release(s, set);

    for (size_t i = s->nreleases; !r && i-- > 0;)
        if (s->releases[i].set == set && s->releases[i].coverage & (1u << COMP_TABULAR))
            r = &s->releases[i];
    return release_mask(s, r ? r : s->books[set].release);
}

#define MATCH_SQL(set)                                                                                                 \
    "SELECT d.id, d.entry, d.field, d.text FROM fts_" set " CROSS JOIN doc_" set " d ON d.id = fts_" set ".rowid"      \
    " WHERE fts_" set " MATCH ?1 AND d.mask & CASE WHEN d.field IN (1, 3, 4) THEN ?3 ELSE ?2 END LIMIT ?4"

/* Ranks the documents that match an expression and adds them; *rows grows by their number. */
static enum status match_docs(struct search *run, const struct reading *r, const char *match, int most, size_t *rows,
                              struct error *err)
{
    static const char *const sql[SET_COUNT] = {MATCH_SQL("icd10cm"), MATCH_SQL("hcpcs"), MATCH_SQL("cpt")};
    const enum codeset set = run->set;
    sqlite3_stmt *q;
    enum status st = sql_open(run->s, sql[set], &q, err);

    if (st != ST_OK)
        return st;
    sqlite3_bind_text(q, 1, match, -1, SQLITE_STATIC);
    sqlite3_bind_int64(q, 2, release_mask(run->s, run->s->books[set].release));
    sqlite3_bind_int64(q, 3, tabular_mask(run->s, set));
    sqlite3_bind_int(q, 4, run->box.filtered ? FILTERED_MORE * most : most);
    while ((st = sql_row(run->s, q, err)) == ST_OK) {
        struct candidate c = {.set = set, .doc = sqlite3_column_int64(q, 0), .entry = sqlite3_column_int64(q, 1), .reading = r};
        const int field = sqlite3_column_int(q, 2);
        const char *text = (const char *)sqlite3_column_text(q, 3);
        bool inside;
        if ((st = filter_inside(run, c.entry, &inside, err)) != ST_OK)
            break;
        if (!inside)
            continue;
        if (field >= 0 && field < FIELD_COUNT && text)
            c.score = rank_text(&r->terms, (enum field)field, text, &run->room, &c.matched) * r->weight;
        if (c.score > 0)
            VEC_PUSH(&run->found, c);
        if (++*rows % 64 == 0 && must_stop(run)) {
            sqlite3_reset(q);
            return error_set(err, ST_STOP, "stopped");
        }
    }
    sqlite3_clear_bindings(q);
    return st == ST_NONE ? ST_OK : st;
}

static int bits_of(uint32_t subset)
{
    int n = 0;
    for (; subset; subset &= subset - 1)
        n++;
    return n;
}

/* All terms of the subset, joined with AND, in documents and in the rows of the indexes. */
static enum status match_subset(struct search *run, const struct reading *r, const struct needed *needed, uint32_t subset, int most,
                                size_t *rows, struct error *err)
{
    struct buf match = {0}, any = {0};
    const size_t before = run->rows.len;
    bool broad = false; /* one letter is in half of all rows */

    for (size_t i = 0; i < TERMS_MAX; i++)
        if (subset & (1u << i)) {
            const struct sought *t = &r->terms.items[needed->at[i]];
            broad |= !t->finished && strlen(t->word) < 2;
            buf_puts(&match, match.len ? " AND " : "");
            term_match(t, r->terms.widened, &match);
            buf_puts(&any, any.len ? " OR " : "");
            term_match(t, r->terms.widened, &any);
        }
    const size_t len = match.len;
    buf_puts(&match, run->limits);
    enum status st = match_docs(run, r, buf_text(&match), most, rows, err);
    if (st == ST_OK && run->has_rows && !broad) {
        match.len = bits_of(subset) == 1 ? 0 : len;
        match.text[match.len] = '\0';
        if (bits_of(subset) < OWN_TERMS) /* many terms are rare enough together */
            buf_printf(&match, "%s{title nemod} : (%s)", match.len ? " AND " : "", buf_text(&any));
        buf_puts(&match, run->limits);
        st = rows_match(run, r, buf_text(&match), most < ROWS_MOST && bits_of(subset) > 1 ? most : ROWS_MOST, err);
        *rows += run->rows.len - before;
    }
    buf_free(&match);
    buf_free(&any);
    return st;
}

/* Step 4: every subset of each size, the larger sizes first. */
static enum status match_relaxed(struct search *run, const struct reading *r, const struct needed *needed, struct error *err)
{
    const size_t n = needed->n < RELAX_TERMS_MAX ? needed->n : RELAX_TERMS_MAX;
    enum status st = ST_OK;
    size_t rows = 0;
    int tries = 0, size;

    for (size = (int)n - 1; size > 0 && rows < FEW; size--)
        for (uint32_t subset = 1; subset < 1u << n && st == ST_OK; subset++)
            if (bits_of(subset) == size && (tries < TRIES_MAX || size == 1)) {
                tries++;
                st = match_subset(run, r, needed, subset, RELAXED_MAX, &rows, err);
            }
    if (st == ST_OK && size > 0) /* the most telling word alone may say more than several common ones */
        st = match_subset(run, r, needed, 1, RELAXED_MAX, &rows, err);
    return st;
}

static int by_weight(const void *a, const void *b)
{
    const struct sought *x = *(const struct sought *const *)a, *y = *(const struct sought *const *)b;
    return (x->weight < y->weight) - (x->weight > y->weight);
}

/* The terms that documents are asked for, the telling ones first: a long query keeps them when it is relaxed. */
static struct needed needed_terms(const struct terms *t)
{
    const struct sought *order[TERMS_MAX];
    struct needed needed = {.n = 0};

    for (size_t i = 0; i < t->n; i++)
        if (t->items[i].role == ROLE_NEEDED && t->items[i].known)
            order[needed.n++] = &t->items[i];
    if (needed.n)
        qsort(order, needed.n, sizeof *order, by_weight);
    for (size_t i = 0; i < needed.n; i++)
        needed.at[i] = (size_t)(order[i] - t->items);
    return needed;
}

/* The best score so far of documents and rows from the given ones on. */
static double best_score(const struct search *run, size_t first)
{
    double best = 0;

    for (size_t i = first; i < run->found.len; i++)
        if (run->found.items[i].score > best)
            best = run->found.items[i].score;
    for (size_t i = 0; i < run->rows.len; i++)
        if (run->rows.items[i].score > best)
            best = run->rows.items[i].score;
    return best;
}

/* Whether words that begin alike can bring anything new. */
static bool can_widen(const struct terms *t, const struct needed *needed)
{
    for (size_t i = 0; i < needed->n; i++) {
        const struct sought *term = &t->items[needed->at[i]];
        if (term->alike && (!term->prefix || term->alike < term->prefix))
            return true;
    }
    return false;
}

/* A reading that is not answered well: words that begin alike, then, unless that helps, fewer words. */
static enum status match_loosely(struct search *run, struct reading *r, size_t first, struct error *err)
{
    const struct needed needed = needed_terms(&r->terms);
    size_t rows = 0;
    enum status st = ST_OK;

    if (needed.n == 0)
        return ST_OK;
    r->terms.widened = !r->terms.literal;
    if (can_widen(&r->terms, &needed))
        st = match_subset(run, r, &needed, (1u << needed.n) - 1, RELAXED_MAX, &rows, err);
    if (st == ST_OK && needed.n > 1 && best_score(run, first) < GOOD)
        st = match_relaxed(run, r, &needed, err);
    r->terms.widened = false;
    return st;
}

/* Everything that has all needed words of a reading. */
static enum status match_reading(struct search *run, struct reading *r, int most, size_t *rows, struct error *err)
{
    terms_read(r->text, run->q->typing, &r->terms);
    r->terms.literal = run->q->literal;
    enum status st = terms_expand(run->s, run->set, run->a, &r->terms, err);
    const struct needed needed = needed_terms(&r->terms);

    if (st == ST_OK && needed.n)
        st = match_subset(run, r, &needed, (1u << needed.n) - 1, most, rows, err);
    return st;
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

/* Steps 3 and 4 in one code set. */
static enum status match_set(struct search *run, struct readings *readings, struct error *err)
{
    enum status st = ST_OK;
    const size_t first = run->found.len;
    size_t rows = 0;

    for (size_t i = 0; i < readings->n && st == ST_OK; i++)
        st = match_reading(run, &readings->items[i], i ? MORE_MAX : ROWS_MAX, &rows, err);
    bool well = best_score(run, first) >= FINE;
    const size_t plain = readings->n;
    for (size_t i = 0; i < plain && st == ST_OK && !well && run->has_rows && !*run->limits; i++)
        st = rows_match_neoplasm(run, &readings->items[i], ROWS_MOST, err);
    if (st == ST_OK && !well && !run->q->literal)
        st = add_compounds(run, readings, err);
    for (size_t i = plain; i < readings->n && st == ST_OK; i++)
        st = match_reading(run, &readings->items[i], MORE_MAX, &rows, err);
    if (plain < readings->n)
        well = best_score(run, first) >= FINE;
    for (size_t i = 0; i < readings->n && i < LOOSE_MAX && st == ST_OK && !well; i++)
        st = match_loosely(run, &readings->items[i], first, err);
    run->more |= rows >= ROWS_MAX;
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
        if (!run->s->books[set].release || (run->q->set != SET_COUNT && run->q->set != (enum codeset)set))
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
        if (st == ST_OK && (st = match_set(run, run->readings[set], err)) == ST_OK)
            st = candidates_settle(run, first, err);
    }
    return st;
}

/* --- step 1: codes --------------------------------------------------------------------------------------------------- */

/* Adds the codes from one text on and before another, in the order of the text. */
static enum status codes_between(struct search *run, const char *first, const char *end, struct error *err)
{
    static const char sql[] = "SELECT v.id, v.entry, v.parent, v.family FROM entry e"
                              " JOIN version v ON v.entry = e.id AND v.mask & ?4"
                              " WHERE e.codeset = ?1 AND e.code >= ?2 AND e.code < ?3 AND e.class IN (0, 3) LIMIT ?5";
    size_t rows = 0;
    sqlite3_stmt *q;
    enum status st = sequence_load(run->s, run->set, err);

    if (st != ST_OK || (st = sql_open(run->s, sql, &q, err)) != ST_OK)
        return st;
    sqlite3_bind_int(q, 1, (int)run->set);
    sqlite3_bind_text(q, 2, first, -1, SQLITE_STATIC);
    sqlite3_bind_text(q, 3, end, -1, SQLITE_STATIC);
    sqlite3_bind_int64(q, 4, release_mask(run->s, run->s->books[run->set].release));
    sqlite3_bind_int(q, 5, CODES_MAX);
    while ((st = sql_row(run->s, q, err)) == ST_OK) {
        struct candidate c = {.set = run->set, .version = sqlite3_column_int64(q, 0), .entry = sqlite3_column_int64(q, 1)};
        c.parent = sqlite3_column_int64(q, 2);
        c.family = sqlite3_column_int(q, 3);
        c.score = 2; /* above any text */
        c.place = sequence_place(&run->s->books[run->set], c.version);
        VEC_PUSH(&run->found, c);
        rows++;
    }
    sqlite3_clear_bindings(q);
    run->more |= rows >= CODES_MAX;
    return st == ST_NONE ? ST_OK : st;
}

static int by_place(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->set != y->set)
        return x->set < y->set ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* Counts members into their parent's row where that is there too: it stands before them. */
static void collapse_families(struct search *run)
{
    struct candidate *items = run->found.items;
    size_t kept = 0, parent = SIZE_MAX;

    for (size_t i = 0; i < run->found.len; i++) {
        if (items[i].family && parent != SIZE_MAX && items[parent].entry == items[i].parent
            && items[parent].set == items[i].set) {
            items[parent].members++;
            continue;
        }
        if (!items[i].family)
            parent = kept;
        items[kept++] = items[i];
    }
    run->found.len = kept;
}

/* Whether the text can be the beginning of a code rather than a word: it has a digit. Two letters may be a modifier, in full;
 * then they are words as well. A dot is an ICD-10-CM code's. */
static enum status search_codes(struct search *run, bool *words, struct error *err)
{
    const bool dotted = strchr(run->q->text, '.');
    char code[CODE_MAX], end[CODE_MAX + 1];
    enum status st = ST_OK;

    *words = true;
    if (!code_read(run->q->text, code))
        return ST_OK;
    const bool prefix = strpbrk(code, "0123456789");
    if (!prefix && strlen(code) != 2)
        return ST_OK;
    memcpy(end, code, strlen(code));
    memcpy(end + strlen(code), prefix ? "~" : " ", 2); /* behind, or before, every letter and digit */
    for (int set = 0; set < (dotted ? SET_ICD10CM + 1 : SET_COUNT) && st == ST_OK; set++) {
        if (!run->s->books[set].release || (run->q->set != SET_COUNT && run->q->set != (enum codeset)set))
            continue;
        run->set = (enum codeset)set;
        st = codes_between(run, code, end, err);
    }
    run->entries = run->found.len;
    *words = !prefix || run->found.len == 0;
    if (run->found.len)
        qsort(run->found.items, run->found.len, sizeof *run->found.items, by_place);
    if (run->q->families)
        collapse_families(run);
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
        st = search_codes(run, &words, err);
    if (st == ST_OK)
        st = filter_codes(run, err);
    return st == ST_OK && words ? search_words(run, err) : st;
}

enum status shelf_search(struct shelf *s, const struct query *q, struct arena *a, struct hits *out, struct error *err)
{
    struct query watched = *q; /* SQLite takes no const context */
    struct search run = {.s = s, .q = &watched, .a = a, .limits = ""};

    memset(out, 0, sizeof *out);
    if (must_stop(&run))
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
    if (st == ST_OK && run.box.said)
        out->said = out->said ? arena_printf(a, "%s; %s", run.box.said, out->said) : run.box.said;
    sqlite3_progress_handler(s->db, 0, NULL, NULL);
    free(run.found.items);
    free(run.rows.items);
    buf_free(&run.room);
    return st;
}
