/* query.c - the words of a query, and what a code set knows of each.
 *
 * User text is never FTS5 syntax: it is cut into words as the index cuts text (fold.h), and words reach MATCH only in quotes.
 * A finished word stands for all indexed words of its Porter stem ("fractured": fracture, fractures), found in the table word;
 * a word still being typed stands for every word that begins with it, and for the others of its stem, so that results do not
 * vanish with its last letter. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/fold.h"
#include "search.h"

bool query_wants(const struct shelf *s, const struct query *q, enum codeset set)
{
    return s->books[set].release && (q->set == SET_COUNT || q->set == set);
}

static bool listed(const char *const *list, const char *word)
{
    for (; *list; list++)
        if (strcmp(*list, word) == 0)
            return true;
    return false;
}

static enum role role_of(const char *word)
{
    static const char *const fillers[] = {"a", "all", "am", "an", "and", "any", "are", "as", "at", "bad", "badly", "be",
                                          "by", "can", "cant", "did", "do", "does", "doesnt", "due", "feel", "feeling",
                                          "feels", "for", "from", "get", "gets", "getting", "go", "goes", "going", "got",
                                          "had", "has", "have", "he", "her", "his", "how", "i", "if", "im", "in", "is",
                                          "isnt", "it", "just", "keeps", "like", "makes", "me", "my", "need", "needs", "of",
                                          "on", "or", "out", "really", "s", "she", "so", "some", "that", "the", "their",
                                          "there", "they", "this", "to", "too", "trying", "up", "very", "want", "wants",
                                          "was", "when", "while", "with", "wont", "your", NULL};
    static const char *const seventh[] = {"initial", "subsequent", "sequela", "encounter", "closed",   "open",
                                          "routine", "delayed",    "healing", "nonunion",  "malunion", NULL};

    static const char *const generic[] = {"condition", "disease", "diseases", "disorder", "disorders", "nos",
                                          "problem",   "problems", "syndrome", "trouble", "unspecified", NULL};

    static const char *const sides[] = {"left", "right", "bilateral", "unilateral", "both", NULL};

    if (listed(fillers, word))
        return ROLE_FILLER;
    if (listed(sides, word))
        return ROLE_SIDE;
    if (listed(generic, word))
        return ROLE_GENERIC;
    return listed(seventh, word) ? ROLE_SEVENTH : ROLE_NEEDED;
}

static bool repeated(const struct terms *t, const char *word)
{
    for (size_t i = 0; i < t->n; i++)
        if (strcmp(t->items[i].word, word) == 0)
            return true;
    return false;
}

/* The role of most terms can be relied on only if some term is needed: "open" or "of" alone are what is looked for. */
static void need_something(struct terms *t)
{
    for (enum role role = ROLE_NEEDED; role <= ROLE_FILLER; role++) {
        bool any = false;
        for (size_t i = 0; i < t->n; i++)
            if (t->items[i].role == role) {
                t->items[i].role = ROLE_NEEDED;
                any = true;
            }
        if (any)
            return;
    }
}

/* The words of a text that are not among the terms yet. */
static void add_words(const char *text, bool typing, struct terms *out)
{
    struct buf folded = {0};
    struct word_span span;
    size_t pos = 0;

    fold_text(&folded, text, strlen(text));
    while (out->n < TERMS_MAX && word_next(buf_text(&folded), folded.len, &pos, &span)) {
        if (word_cut_off(buf_text(&folded), span, 's'))
            continue; /* Wilson's */
        struct sought *t = &out->items[out->n];
        memset(t, 0, sizeof *t);
        size_t n = span.len < WORD_MAX ? span.len : WORD_MAX - 1;
        while (n > 0 && n < span.len && ((unsigned char)folded.text[span.start + n] & 0xC0) == 0x80)
            n--; /* never a part of a character */
        memcpy(t->word, folded.text + span.start, n);
        t->finished = !(typing && span.start + span.len == folded.len);
        if (repeated(out, t->word))
            continue;
        t->role = role_of(t->word);
        out->with |= t->finished && strcmp(t->word, "with") == 0;
        out->without |= strncmp(t->word, "without", t->finished ? WORD_MAX : strlen(t->word)) == 0 || strcmp(t->word, "no") == 0;
        if (!t->finished && (n == 1 || t->role == ROLE_FILLER)) /* may be the beginning of any word: rows stay, some rise */
            t->role = ROLE_SIDE;
        out->n++;
    }
    buf_free(&folded);
}

void terms_read(const char *text, bool typing, struct terms *out)
{
    out->n = 0;
    out->widened = out->literal = out->with = out->without = false;
    add_words(text, typing, out);
    need_something(out);
}

void terms_add_spare(const char *text, struct terms *t)
{
    const size_t own = t->n;

    add_words(text, false, t);
    for (size_t i = own; i < t->n; i++)
        if (t->items[i].role == ROLE_NEEDED)
            t->items[i].role = ROLE_SIDE;
}

struct stem {
    char text[WORD_MAX];
};

static int keep_stem(void *ctx, int flags, const char *token, int n, int start, int end)
{
    struct stem *stem = ctx;

    (void)flags, (void)start, (void)end;
    if (n > 0 && n < WORD_MAX) {
        memcpy(stem->text, token, (size_t)n);
        stem->text[n] = '\0';
    }
    return SQLITE_OK;
}

/* The Porter stem of a word that the shelf does not have, by FTS5's own tokenizer: the one that filled the table. */
static enum status porter(struct shelf *s, const char *word, struct stem *out, struct error *err)
{
    static const char sql[] = "SELECT fts5(?1)";
    const char *args[] = {"unicode61", "remove_diacritics", "2"};
    fts5_api *api = NULL;
    fts5_tokenizer porter;
    Fts5Tokenizer *tokenizer;
    void *user;
    sqlite3_stmt *q;
    const enum status st = sql_open(s, sql, &q, err);

    out->text[0] = '\0';
    if (st != ST_OK)
        return st;
    sqlite3_bind_pointer(q, 1, (void *)&api, "fts5_api_ptr", NULL);
    sqlite3_step(q);
    sqlite3_reset(q);
    if (!api || api->xFindTokenizer(api, "porter", &user, &porter) != SQLITE_OK
        || porter.xCreate(user, args, 3, &tokenizer) != SQLITE_OK)
        return error_set(err, ST_SHELF, "this SQLite has no FTS5 with the porter tokenizer");
    porter.xTokenize(tokenizer, out, FTS5_TOKENIZE_QUERY, word, (int)strlen(word), keep_stem);
    porter.xDelete(tokenizer);
    return ST_OK;
}

static enum status stem_of(struct shelf *s, enum codeset set, const char *word, struct stem *out, struct error *err)
{
    static const char sql[] = "SELECT stem FROM word WHERE codeset = ?1 AND form = ?2";
    sqlite3_stmt *q;
    enum status st = sql_open(s, sql, &q, err);

    if (st != ST_OK)
        return st;
    sqlite3_bind_int(q, 1, (int)set);
    sqlite3_bind_text(q, 2, word, -1, SQLITE_STATIC);
    if ((st = sql_row(s, q, err)) != ST_OK)
        return st == ST_NONE ? porter(s, word, out, err) : st;
    const char *stem = (const char *)sqlite3_column_text(q, 0);
    const size_t n = stem ? strnlen(stem, WORD_MAX - 1) : 0;
    if (stem)
        memcpy(out->text, stem, n);
    out->text[n] = '\0';
    sqlite3_reset(q);
    return ST_OK;
}

static bool has_form(const struct sought *t, const char *word)
{
    for (size_t i = 0; i < t->nforms; i++)
        if (word && strcmp(t->forms[i], word) == 0)
            return true;
    return false;
}

/* Adds to a term the words of a word's stem; *docs grows by the documents that have them. */
static enum status add_forms(struct shelf *s, enum codeset set, struct arena *a, const char *word, struct sought *t,
                             double *docs, struct error *err)
{
    static const char sql[] = "SELECT form, docs FROM word WHERE codeset = ?1 AND stem = ?2 ORDER BY docs DESC, form LIMIT 16";
    struct stem stem;
    sqlite3_stmt *q;
    enum status st = stem_of(s, set, word, &stem, err);

    if (st != ST_OK || (st = sql_open(s, sql, &q, err)) != ST_OK)
        return st;
    sqlite3_bind_int(q, 1, (int)set);
    sqlite3_bind_text(q, 2, stem.text, -1, SQLITE_STATIC);
    while ((st = sql_row(s, q, err)) == ST_OK) {
        if (t->nforms == FORMS_MAX || has_form(t, (const char *)sqlite3_column_text(q, 0)))
            continue;
        t->forms[t->nforms++] = sql_text(a, q, 0);
        *docs += sqlite3_column_double(q, 1);
    }
    return st == ST_NONE ? ST_OK : st;
}

/* Adds the words that the vocabulary calls as good: "renal" for "kidney". */
static enum status add_equals(struct shelf *s, enum codeset set, struct arena *a, struct sought *t, struct error *err)
{
    enum status st = ST_OK;
    char equal[WORD_MAX];
    double docs = 0; /* does not make the word less telling */

    t->nown = t->nforms;
    for (size_t i = 0; st == ST_OK && word_equal(s, set, t->word, i, equal); i++)
        if (strcmp(equal, t->word) != 0)
            st = add_forms(s, set, a, equal, t, &docs, err);
    return st;
}

/* Looks whether any word begins with the first n bytes of the term: then it stands for all of them. */
static enum status try_prefix(struct shelf *s, enum codeset set, struct sought *t, size_t n, double *docs, struct error *err)
{
    static const char sql[] = "SELECT sum(docs) FROM (SELECT docs FROM word WHERE codeset = ?1 AND form >= ?2 AND form < ?3"
                              " LIMIT 64)";
    struct buf end = {0};
    sqlite3_stmt *q;
    enum status st = sql_open(s, sql, &q, err);

    if (st != ST_OK)
        return st;
    buf_add(&end, t->word, n);
    buf_puts(&end, "\xF4\x8F\xBF\xBF"); /* the last character there is */
    sqlite3_bind_int(q, 1, (int)set);
    sqlite3_bind_text(q, 2, t->word, (int)n, SQLITE_STATIC);
    sqlite3_bind_text(q, 3, buf_text(&end), -1, SQLITE_STATIC);
    if ((st = sql_row(s, q, err)) == ST_OK) {
        t->prefix = sqlite3_column_double(q, 0) > 0 ? n : 0;
        *docs += sqlite3_column_double(q, 0);
        sqlite3_reset(q);
    }
    sqlite3_clear_bindings(q);
    buf_free(&end);
    return st;
}

static enum status stem_known(struct shelf *s, enum codeset set, const char *stem, bool *out, struct error *err)
{
    static const char sql[] = "SELECT 1 FROM word WHERE codeset = ?1 AND stem = ?2 LIMIT 1";
    sqlite3_stmt *q;
    enum status st = sql_open(s, sql, &q, err);

    if (st != ST_OK)
        return st;
    sqlite3_bind_int(q, 1, (int)set);
    sqlite3_bind_text(q, 2, stem, -1, SQLITE_TRANSIENT);
    st = sql_row(s, q, err);
    *out = st == ST_OK;
    sqlite3_reset(q);
    return st == ST_NONE ? ST_OK : st;
}

enum status word_known(struct shelf *s, enum codeset set, const char *word, bool finished, bool *out, struct error *err)
{
    struct sought t = {.finished = finished};
    double docs = 0;
    struct stem stem;
    enum status st;

    snprintf(t.word, sizeof t.word, "%s", word);
    st = try_prefix(s, set, &t, strlen(t.word), &docs, err);
    *out = t.prefix > 0;
    if (st != ST_OK || !finished)
        return st;
    if ((st = stem_of(s, set, t.word, &stem, err)) == ST_OK)
        st = stem_known(s, set, stem.text, out, err);
    return st;
}

static enum status count_docs(struct shelf *s, enum codeset set, double *out, struct error *err)
{
    static const char *const sql[SET_COUNT] = {"SELECT max(id) FROM doc_icd10cm", "SELECT max(id) FROM doc_hcpcs",
                                               "SELECT max(id) FROM doc_cpt"};
    sqlite3_stmt *q;
    enum status st = sql_open(s, sql[set], &q, err);

    if (st == ST_OK && (st = sql_row(s, q, err)) == ST_OK) {
        *out = sqlite3_column_double(q, 0);
        sqlite3_reset(q);
    }
    return st;
}

enum status terms_expand(struct shelf *s, enum codeset set, struct arena *a, struct terms *t, struct error *err)
{
    enum {
        PREFIX_SHORTEST = 3, /* letters of a finished word that may pass for the beginning of another */
        ALIKE_SHORTEST = 4   /* letters in which an unknown word and those it may stand for agree, and three in five */
    };
    static const double shares[] = {[ROLE_NEEDED] = 1, [ROLE_SEVENTH] = 1, [ROLE_SIDE] = 0.4, [ROLE_GENERIC] = 0.12,
                                    [ROLE_FILLER] = 0.1};
    double all = 0;
    enum status st = count_docs(s, set, &all, err);

    t->total = 0;
    t->noun_first = set == SET_HCPCS;
    for (size_t i = 0; i < t->n && st == ST_OK; i++) {
        struct sought *term = &t->items[i];
        double docs = 0;
        term->nforms = 0;
        term->prefix = 0;
        st = add_forms(s, set, a, term->word, term, &docs, err);
        if (st == ST_OK)
            st = add_equals(s, set, a, term, err);
        const size_t n = strlen(term->word);
        if (st == ST_OK && (!term->finished || (term->nforms == 0 && n >= PREFIX_SHORTEST)))
            st = try_prefix(s, set, term, n, &docs, err);
        const size_t least = n - 2 * n / 5 > ALIKE_SHORTEST ? n - 2 * n / 5 : ALIKE_SHORTEST;
        for (size_t cut = n; st == ST_OK && !t->literal && !term->nforms && !term->prefix && --cut >= least;)
            st = try_prefix(s, set, term, cut, &docs, err);
        term->known = term->nforms > 0 || term->prefix;
        term->weight = log(1 + (all + 1) / (docs + 1));
        term->weight *= shares[term->role];
        term->alike = n - n / 3 >= ALIKE_SHORTEST ? n - n / 3 : 0;
        if (term->role != ROLE_SEVENTH)
            t->total += term->weight;
    }
    return st;
}

void term_match(const struct sought *t, bool widened, struct buf *out)
{
    const size_t prefix = widened && t->alike && (!t->prefix || t->alike < t->prefix) ? t->alike : t->prefix;
    const char *sep = "";

    buf_putc(out, '(');
    for (size_t i = 0; i < t->nforms; i++)
        if (!prefix || strncmp(t->forms[i], t->word, prefix) != 0) { /* else the prefix finds it */
            buf_printf(out, "%s\"%s\"", sep, t->forms[i]);
            sep = " OR ";
        }
    if (prefix)
        buf_printf(out, "%s\"%.*s\"*", sep, (int)prefix, t->word);
    buf_putc(out, ')');
}
