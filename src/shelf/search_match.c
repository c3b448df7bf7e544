/* search_match.c - the texts of a code set that answer a reading: its documents and the rows of its indexes.
 *
 * FTS5 finds what has all needed words; rank.c scores it. A reading that is not answered well is taken loosely: words that begin
 * alike count, then fewer words will do. */
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "search_run.h"

enum {
    FILTERED_MORE = 4,  /* times as many are looked at where some are passed over */
    RELAXED_MAX = 50,   /* documents ranked of a way of leaving words out */
    TRIES_MAX = 12,     /* such ways tried */
    FEW = 10,           /* documents that make a screen worth leaving alone */
    ROWS_MOST = 400,    /* rows of the indexes ranked a query */
    OWN_TERMS = 4,      /* terms from which on a row's own title need not have one */
    RELAX_TERMS_MAX = 6
};

static const double GOOD = 0.85; /* every word, among others */

/* Numbers of the terms that documents are asked for. */
struct needed {
    size_t at[TERMS_MAX], n;
};

bool match_must_stop(const struct search *run)
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
    const bool other = !shelf_notes_release(run->s, set);
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
        c.named = field == FIELD_INCLUSION;
        c.other = other;
        if (c.score > 0)
            VEC_PUSH(&run->found, c);
        if (++*rows % 64 == 0 && match_must_stop(run)) {
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

/* Every subset of each size, the larger sizes first. */
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

double match_best(const struct search *run, size_t first)
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

enum status match_loosely(struct search *run, struct reading *r, size_t first, struct error *err)
{
    const struct needed needed = needed_terms(&r->terms);
    size_t rows = 0;
    enum status st = ST_OK;

    if (needed.n == 0)
        return ST_OK;
    r->terms.widened = !r->terms.literal;
    if (can_widen(&r->terms, &needed))
        st = match_subset(run, r, &needed, (1u << needed.n) - 1, RELAXED_MAX, &rows, err);
    if (st == ST_OK && needed.n > 1 && match_best(run, first) < GOOD)
        st = match_relaxed(run, r, &needed, err);
    r->terms.widened = false;
    return st;
}

enum status match_reading(struct search *run, struct reading *r, int most, size_t *rows, struct error *err)
{
    terms_read(r->text, run->q->typing, &r->terms);
    if (r->spare)
        terms_add_spare(r->spare, &r->terms);
    r->terms.literal = run->q->literal;
    enum status st = terms_expand(run->s, run->set, run->a, &r->terms, err);
    const struct needed needed = needed_terms(&r->terms);

    if (st == ST_OK && needed.n)
        st = match_subset(run, r, &needed, (1u << needed.n) - 1, most, rows, err);
    return st;
}
