/* terms_search.c - what a person types into the index, answered while they type.
 *
 * Rows that have all the words between their main term and their own title, the row's own title having at least one, are
 * held against the words (terms_match.c) and the least cost comes first. Main terms that begin with the first word are found
 * apart, by the alphabet, because one letter is in half of all rows. A word that no row has together with those before it is
 * passed over, and the answer says so: "colles fracture left wrist" is Colles' fracture in this book. Sides and encounters go
 * first, because the index leaves them to the Tabular: "pain left knee" is pain in the knee, not in the left abdomen. */
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "terms_inside.h"

enum {
    ROWS_MAX = 1500,  /* held against the words at most */
    MAINS_MAX = 400,  /* main terms that begin with the first word */
    PREFIX_MIN = 3    /* letters of a single unfinished word that are looked for beyond the main terms */
};

static int by_cost(const void *a, const void *b)
{
    const struct find *x = a, *y = b;

    if (x->fit.cost < y->fit.cost || x->fit.cost > y->fit.cost)
        return x->fit.cost < y->fit.cost ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* Whether any row of any book has all the words still asked for. */
static enum status any_row(struct shelf *s, const struct book *b, enum component book, const struct asked *q, bool *out,
                           struct error *err)
{
    static const char sql[] = "SELECT 1 FROM fts_term f CROSS JOIN term t ON t.id = f.rowid"
                              " WHERE fts_term MATCH ?1 AND t.book = ?2 AND t.mask & ?3 AND t.codeset = ?4 LIMIT 1";
    struct buf match = {0};
    sqlite3_stmt *rows;
    enum status st = sql_open(s, sql, &rows, err);

    *out = false;
    if (st == ST_OK && asked_match(q, q->parts, &match)) {
        sqlite3_bind_text(rows, 1, match.text, -1, SQLITE_STATIC);
        sqlite3_bind_int(rows, 2, (int)book);
        sqlite3_bind_int64(rows, 3, release_mask(s, b->release));
        sqlite3_bind_int(rows, 4, (int)b->release->set);
        st = sql_row(s, rows, err);
        *out = st == ST_OK;
        sqlite3_reset(rows);
        sqlite3_clear_bindings(rows);
    }
    buf_free(&match);
    return st == ST_NONE ? ST_OK : st;
}

static bool is_side(const char *word, size_t n)
{
    static const char *const words[] = {"left",     "right", "lt",         "rt",        "l",       "r", "bilateral", "unilateral",
                                        "initial", "init",  "subsequent", "encounter", "sequela"};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strlen(words[i]) == n && memcmp(words[i], word, n) == 0)
            return true;
    }
    return false;
}

bool terms_only_sides(const char *words)
{
    size_t n;

    for (words += strspn(words, " "); *words != '\0'; words += n + strspn(words + n, " ")) {
        n = strcspn(words, " ");
        if (!is_side(words, n))
            return false;
    }
    return true;
}

/* Takes the words up again, sides or the others, as far as a row has them together with those that are there already. */
static enum status take_up(struct shelf *s, const struct book *b, enum component book, struct asked *q, bool sides,
                           struct error *err)
{
    enum status st = ST_OK;
    bool any;

    for (size_t i = 0; i < q->n && st == ST_OK; i++) {
        if (is_side(q->items[i].word, q->items[i].len) != sides)
            continue;
        q->items[i].off = false;
        if (q->items[i].optional)
            continue;
        st = any_row(s, b, book, q, &any, err);
        q->items[i].off = st == ST_OK && !any;
    }
    return st;
}

/* No row has all the words: leaves out those that no row has together with the others, sides before any; *without names them. */
static enum status leave_out(struct shelf *s, const struct book *b, enum component book, struct asked *q, struct arena *a,
                             const char **without, struct error *err)
{
    struct buf names = {0};
    enum status st;

    for (size_t i = 0; i < q->n; i++)
        q->items[i].off = true;
    st = take_up(s, b, book, q, false, err);
    if (st == ST_OK)
        st = take_up(s, b, book, q, true, err);
    for (size_t i = 0; i < q->n; i++) {
        if (q->items[i].off)
            buf_printf(&names, "%s%s", names.len ? " " : "", q->items[i].word);
    }
    *without = arena_strdup(a, buf_text(&names));
    buf_free(&names);
    return st;
}

/* The order of the contract: the whole main term, then what the words at the end name. */
static void weigh(struct finds *finds, const struct asked *q)
{
    const uint32_t needed = asked_needed(q);
    uint32_t last = needed;

    while (last & (last - 1))
        last &= last - 1; /* the bit of the last word */
    for (size_t i = 0; i < finds->len; i++) {
        struct fit *fit = &finds->items[i].fit;
        if (!(fit->own & last))
            fit->cost += 0.5;
        if (!(fit->first & needed & (0 - needed))) /* not the first word */
            fit->cost += fit->first ? 0.3 : 1;
        if (finds->items[i].depth == 0 && (fit->main & needed) == needed && fit->first)
            fit->cost -= 0.5;
    }
}

/* Drops rows of which only titles above were named, and rows found twice. */
static void sift(struct finds *finds, const struct asked *q)
{
    const uint32_t needed = asked_needed(q);
    size_t n = 0;

    for (size_t i = 0; i < finds->len; i++) {
        const struct find *f = &finds->items[i];
        if (f->fit.own & needed && (n == 0 || finds->items[n - 1].id != f->id))
            finds->items[n++] = *f;
    }
    finds->len = n;
}

static enum status give(struct shelf *s, const struct finds *finds, size_t limit, struct arena *a, struct term_hits *out,
                        struct error *err)
{
    const size_t n = finds->len < limit ? finds->len : limit;
    struct term *terms = arena_alloc(a, n * sizeof *terms);
    enum status st = ST_OK;

    for (size_t i = 0; i < n && st == ST_OK; i++)
        st = term_of_id(s, finds->items[i].id, a, &terms[i], err);
    if (st != ST_OK)
        return st;
    out->items = terms;
    out->n = n;
    out->more = finds->more || n < finds->len;
    return ST_OK;
}

/* Adds the rows that have all the words still asked for. */
static enum status add_rows(struct shelf *s, struct book *b, enum component book, const struct asked *q, struct finds *out,
                            struct error *err)
{
    struct buf match = {0};
    enum status st = ST_OK;

    if (asked_match(q, 0, &match))
        st = finds_add(s, b, b->release->set, book, q, match.text, ROWS_MAX, out, err);
    buf_free(&match);
    return st;
}

enum status terms_search(struct shelf *s, enum codeset set, enum component book, const char *words, bool typing, size_t limit,
                         struct arena *a, struct term_hits *out, struct error *err)
{
    struct finds finds = {0};
    struct asked q;
    struct book *b;
    enum status st = sequence_load_other(s, set, book, &b, err);

    memset(out, 0, sizeof *out);
    asked_read(words, typing, &q);
    if (st != ST_OK || !b->release || q.n == 0)
        return st;
    const bool short_prefix = q.n == 1 && q.items[0].open && q.items[0].len < PREFIX_MIN;
    st = finds_add_main(s, b, set, book, &q, MAINS_MAX, &finds, err);
    if (st == ST_OK && !short_prefix)
        st = add_rows(s, b, book, &q, &finds, err);
    if (st == ST_OK && !short_prefix && finds.len == 0) {
        st = leave_out(s, b, book, &q, a, &out->without, err);
        if (st == ST_OK)
            st = add_rows(s, b, book, &q, &finds, err);
    }
    weigh(&finds, &q);
    if (finds.len)
        qsort(finds.items, finds.len, sizeof *finds.items, by_cost);
    sift(&finds, &q);
    if (st == ST_OK)
        st = give(s, &finds, limit, a, out, err);
    free(finds.items);
    return st;
}
