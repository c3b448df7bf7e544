/* search_rows.c - codes found through the indexes and tables of the book.
 *
 * The Alphabetic Index knows what titles do not: "Attack, heart", "Sugar, blood, high". A row is read as one text, its main
 * term and the terms above it included, and ranked like a title; nonessential modifiers stand in parentheses and cost
 * nothing. The best rows lead to the entry that their code names in the release in force, whichever release the index is of.
 * The Table of Neoplasms gives the column that the words ask for ("secondary", "benign"), the malignant primary by default;
 * the Table of Drugs is asked only when poisoning or an adverse effect is spoken of. */
#include <stdlib.h>
#include <string.h>

#include "codeshelf/terms.h"
#include "terms_inside.h"
#include "search_run.h"

static const double FOLLOW_LEAST = 0.8; /* score of a row worth following, and share of the best score there is */

enum {
    SETTLE_MAX = 40, /* best rows whose codes are looked up */
    FOLLOW_MAX = 2,  /* of which so many are followed to where they say "see" */
    LIST_MAX = 2     /* codes of a row that count */
};

/* Columns of the Table of Neoplasms, as they are spoken of. */
static const char *const behaviors[] = {"malignant (primary cancer carcinoma)", "secondary malignant (metastatic metastasis)",
                                        "(carcinoma) in situ", "benign", "uncertain behavior", "(unspecified behavior)"};

static int64_t book_mask(struct search *run, enum component book)
{
    return release_mask(run->s, terms_release(run->s, run->set, book, &run->other[book]));
}

static bool has_word(const struct terms *t, const char *const *words)
{
    for (size_t i = 0; i < t->n; i++)
        for (const char *const *w = words; *w; w++)
            if (strncmp(t->items[i].word, *w, strlen(*w)) == 0)
                return true;
    return false;
}

/* The column of the Table of Neoplasms that is asked for. */
static int neoplasm_column(const struct terms *t)
{
    static const char *const groups[][4] = {{"secondary", "metasta", NULL}, {"situ", NULL}, {"benign", NULL}, {"uncertain", NULL},
                                            {"malignan", "cancer", "carcinom", NULL}};
    static const int columns[] = {1, 2, 3, 4, 0};

    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (has_word(t, groups[i]))
            return columns[i];
    return 5;
}

/* The column of the Table of Drugs, -1 when none is asked for. */
static int drug_column(const struct terms *t)
{
    static const char *const adverse[] = {"adverse", NULL}, *const under[] = {"underdos", NULL},
                             *const poison[] = {"poison", "overdos", "toxic", "intoxicat", NULL},
                             *const harm[] = {"intentional", "suicid", "self", NULL}, *const assault[] = {"assault", NULL};

    if (has_word(t, adverse))
        return 4;
    if (has_word(t, under))
        return 5;
    if (!has_word(t, poison))
        return -1;
    return has_word(t, harm) ? 1 : has_word(t, assault) ? 2 : 0;
}

static void rank_row(struct search *run, const struct reading *r, sqlite3_stmt *q, struct buf *text)
{
    const enum component book = (enum component)sqlite3_column_int(q, 1);
    struct row_found row = {.id = sqlite3_column_int64(q, 0), .reading = r, .column = -1, .other = run->other[book]};
    const char *path = (const char *)sqlite3_column_text(q, 2), *title = (const char *)sqlite3_column_text(q, 3);
    const char *nemod = (const char *)sqlite3_column_text(q, 4);

    buf_clear(text);
    buf_puts(text, path ? path : "");
    buf_putc(text, ' ');
    buf_puts(text, title ? title : "");
    buf_putc(text, ' ');
    buf_puts(text, nemod ? nemod : "");
    if (book == COMP_NEOPLASM) {
        row.column = neoplasm_column(&r->terms);
        buf_printf(text, " %s", behaviors[row.column]);
    } else if (book == COMP_DRUGS && (row.column = drug_column(&r->terms)) < 0) {
        return;
    }
    row.score = rank_text(&r->terms, FIELD_ROW, buf_text(text), &run->room, &row.matched) * r->weight;
    if (row.score > 0)
        VEC_PUSH(&run->rows, row);
}

enum status rows_match(struct search *run, const struct reading *r, const char *match, int most, struct error *err)
{
    static const char sql[] = "SELECT t.id, t.book, t.path, t.title, t.nemod FROM (SELECT rowid AS id FROM fts_term"
                              " WHERE fts_term MATCH ?1 LIMIT ?7) f CROSS JOIN term t ON t.id = f.id WHERE t.codeset = ?2"
                              " AND t.mask & CASE t.book WHEN 2 THEN ?3 WHEN 3 THEN ?4 WHEN 4 THEN ?5 ELSE ?6 END"
                              " AND (t.codes <> '' OR t.cells <> '' OR t.see <> '' OR t.see_category <> '')";
    struct buf text = {0};
    sqlite3_stmt *q;
    enum status st = sql_open(run->s, sql, &q, err);

    if (st != ST_OK)
        return st;
    sqlite3_bind_text(q, 1, match, -1, SQLITE_STATIC);
    sqlite3_bind_int(q, 2, (int)run->set);
    for (int book = COMP_INDEX; book <= COMP_DRUGS; book++)
        sqlite3_bind_int64(q, 3 + book - COMP_INDEX, book_mask(run, (enum component)book));
    sqlite3_bind_int(q, 7, most);
    while ((st = sql_row(run->s, q, err)) == ST_OK)
        rank_row(run, r, q, &text);
    sqlite3_clear_bindings(q);
    buf_free(&text);
    return st == ST_NONE ? ST_OK : st;
}

static bool is_behavior(const char *word)
{
    static const char *const stems[] = {"malignan", "cancer", "carcinom", "benign", "secondary", "metasta", "situ", "uncertain",
                                        "primary", "neoplas", "tumor", "tumour", NULL};

    for (size_t i = 0; stems[i]; i++)
        if (strncmp(word, stems[i], strlen(stems[i])) == 0)
            return true;
    return false;
}

enum status rows_match_neoplasm(struct search *run, const struct reading *r, int most, struct error *err)
{
    struct buf match = {0};
    bool behavior = false;
    size_t sites = 0;

    buf_puts(&match, "path : neoplasm");
    for (size_t i = 0; i < r->terms.n; i++) {
        const struct sought *t = &r->terms.items[i];
        if (is_behavior(t->word)) {
            behavior = true;
        } else if (t->role == ROLE_NEEDED && t->known) {
            sites += t->finished || strlen(t->word) > 2;
            buf_puts(&match, " AND ");
            term_match(t, r->terms.widened, &match);
        }
    }
    const enum status st = behavior && sites ? rows_match(run, r, buf_text(&match), most, err) : ST_OK;
    buf_free(&match);
    return st;
}

/* --- from rows to entries --------------------------------------------------------------------------------------------- */

static int by_row(const void *a, const void *b)
{
    const struct row_found *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    return (x->id > y->id) - (x->id < y->id);
}

/* Adds the entry of a printed code ("S52.50-"). */
static enum status add_code(struct search *run, const struct row_found *row, const char *text, size_t n, double weight,
                            struct error *err)
{
    static const char sql[] = "SELECT id FROM entry WHERE codeset = ?1 AND class = 0 AND code = ?2";
    char code[CODE_MAX];
    size_t len = 0;
    sqlite3_stmt *q;
    enum status st;

    for (size_t i = 0; i < n && len + 1 < sizeof code; i++)
        if ((text[i] >= 'A' && text[i] <= 'Z') || (text[i] >= '0' && text[i] <= '9'))
            code[len++] = text[i];
    if (len < 3 || (st = sql_open(run->s, sql, &q, err)) != ST_OK)
        return len < 3 ? ST_OK : st;
    sqlite3_bind_int(q, 1, (int)run->set);
    sqlite3_bind_text(q, 2, code, (int)len, SQLITE_TRANSIENT);
    if ((st = sql_row(run->s, q, err)) == ST_OK) {
        const struct candidate c = {.set = run->set, .entry = sqlite3_column_int64(q, 0), .row = row->id, .reading = row->reading,
                                    .score = row->score * weight, .matched = row->matched, .named = true, .other = row->other};
        VEC_PUSH(&run->found, c);
        sqlite3_reset(q);
    }
    return st == ST_NONE ? ST_OK : st;
}

/* The numbered line of a list. */
static bool line_of(const char *list, int number, const char **line, size_t *n)
{
    for (; number > 0 && list; number--) {
        list = strchr(list, '\n');
        list = list ? list + 1 : NULL;
    }
    if (!list || !*list)
        return false;
    *line = list;
    *n = strcspn(list, "\n");
    return *n > 0;
}

/* The codes of a list ("see category" has one as well), or the one of a column of a table. */
static enum status add_codes(struct search *run, const struct row_found *row, const char *codes, const char *cells, int column,
                             double weight, struct error *err)
{
    const char *line;
    size_t n;
    enum status st = ST_OK;

    if (column >= 0)
        return line_of(cells, column, &line, &n) ? add_code(run, row, line, n, weight, err) : ST_OK;
    for (int i = 0; i < LIST_MAX && st == ST_OK && line_of(codes, i, &line, &n); i++)
        st = add_code(run, row, line, n, i ? weight * 0.95 : weight, err);
    return st;
}

/* Goes where a row without codes says "see". */
static enum status follow(struct search *run, const struct row_found *row, struct error *err)
{
    struct landing to;
    struct term t;
    const char *line;
    size_t n;
    enum status st = term_of_id(run->s, row->id, run->a, &t, err);

    if (st != ST_OK || !line_of(t.see, 0, &line, &n))
        return st;
    st = terms_follow(run->s, &t, arena_strndup(run->a, line, n), run->a, &to, err);
    if (st != ST_OK)
        return st == ST_NONE ? ST_OK : st;
    if (to.kind == LAND_CATEGORY)
        return add_code(run, row, to.code, strlen(to.code), 0.97, err);
    if (to.kind == LAND_NEOPLASM)
        return add_codes(run, row, NULL, to.term.cells, to.column > 0 ? to.column - 1 : neoplasm_column(&row->reading->terms), 0.97, err);
    if (to.kind == LAND_EXACT || to.kind == LAND_WORDS)
        return add_codes(run, row, to.term.codes[0] ? to.term.codes : to.term.see_category, NULL, -1, to.kind == LAND_EXACT ? 0.97 : 0.9,
                         err);
    return ST_OK;
}

/* The entries of the codes that a row has, or that it leads to when follow_it. */
static enum status settle_row(struct search *run, const struct row_found *row, bool follow_it, bool *followed, struct error *err)
{
    static const char sql[] = "SELECT CASE WHEN codes <> '' THEN codes ELSE see_category END, cells FROM term WHERE id = ?1";
    sqlite3_stmt *q;
    enum status st = sql_open(run->s, sql, &q, err);

    *followed = false;
    if (st != ST_OK)
        return st;
    sqlite3_bind_int64(q, 1, row->id);
    if ((st = sql_row(run->s, q, err)) != ST_OK)
        return st == ST_NONE ? ST_OK : st;
    const char *codes = (const char *)sqlite3_column_text(q, 0), *cells = (const char *)sqlite3_column_text(q, 1);
    if ((codes && *codes) || row->column >= 0)
        st = add_codes(run, row, codes, cells, row->column, 1, err);
    else
        *followed = follow_it;
    sqlite3_reset(q);
    if (st == ST_OK && *followed)
        st = follow(run, row, err);
    return st == ST_NONE ? ST_OK : st;
}

enum status rows_settle(struct search *run, struct error *err)
{
    enum status st = ST_OK;
    size_t followed = 0;
    double least = FOLLOW_LEAST;
    for (size_t i = 0; i < run->found.len; i++)
        if (run->found.items[i].score * FOLLOW_LEAST > least)
            least = run->found.items[i].score * FOLLOW_LEAST;

    if (run->rows.len)
        qsort(run->rows.items, run->rows.len, sizeof *run->rows.items, by_row);
    for (size_t i = 0; i < run->rows.len && i < SETTLE_MAX && st == ST_OK; i++) {
        const struct row_found *row = &run->rows.items[i];
        bool led;
        st = settle_row(run, row, row->score > least && followed < FOLLOW_MAX, &led, err);
        followed += led;
    }
    run->rows.len = 0;
    return st;
}
