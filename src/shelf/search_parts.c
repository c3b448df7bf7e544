/* search_parts.c - words of the book put together from what is said in plain words.
 *
 * Half of the book's nouns are built of Greek and Latin parts: "hypermagnesemia" is hyper (high), magnes, -emia (blood). The
 * parts and their plain words are in codesets/vocabulary/parts.tsv. For "high blood magnesium" every part that means one of
 * the three words is taken, and with the words themselves ("magnes-") looked for in the words of the code set: one that
 * consists of such parts alone, but for linking vowels and an ending that says nothing, and that answers at least two words,
 * is a way to read them. The words that it does not answer stay beside it. So (ICD-10-CM FY2017)
 *
 *   "high blood magnesium" -> E83.41: hyper-magnes-emia
 *   "enlarged spleen" -> R16.1: spleno-megaly
 *   "small jaw" -> M26.09: micro-gnath-ia, which the index knows
 *   "hyper tension" -> I10: two words that are one */
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/codesets.h"
#include "search.h"

enum {
    PARTS_MAX = 96,    /* parts that mean a word of the query */
    OWN_SHORTEST = 4,  /* letters of a word that may be a part itself */
    ENDING_MAX = 3,    /* letters that a plain word may have more than the file's */
    START_SHORTEST = 3 /* letters of a part with which words are looked for */
};

struct part {
    const char *text;
    size_t len;
    bool first, last; /* stands only there */
    uint32_t means;   /* bits of the words of the query */
};

struct parts {
    const struct terms *terms;
    struct part items[PARTS_MAX];
    size_t n;
    struct compound *best; /* COMPOUND_MAX of them, best first */
    size_t nbest;
};

static int bits_of(uint32_t bits)
{
    int n = 0;
    for (; bits; bits &= bits - 1)
        n++;
    return n;
}

static double weight_of(const struct terms *t, uint32_t bits)
{
    double weight = 0;
    for (size_t i = 0; i < t->n; i++)
        if (bits & (1u << i))
            weight += t->items[i].weight;
    return weight;
}

/* Whether a word of the query is a plain word of the file, or one with a short ending. */
static bool is_meant(const char *word, const char *plain, size_t n)
{
    if (word[0] != plain[0] || strncmp(word, plain, n) != 0)
        return false;
    const size_t rest = strlen(word + n);
    return rest == 0 || (n > 3 && rest <= (n > 5 ? 2 * ENDING_MAX : ENDING_MAX)) || (rest == 1 && word[n] == 's');
}

static uint32_t words_meant(const struct terms *t, const char *plain, size_t n)
{
    uint32_t bits = 0;

    for (size_t at = 0, len; at < n; at += len + 1) {
        const char *end = memchr(plain + at, ' ', n - at);
        len = end ? (size_t)(end - plain) - at : n - at;
        for (size_t i = 0; i < t->n; i++)
            if (is_meant(t->items[i].word, plain + at, len))
                bits |= 1u << i;
    }
    return bits;
}

/* A word may be a part itself, whole or without its ending: magnes-emia, neutro-penia. */
static uint32_t collect_own(struct parts *p, size_t at)
{
    static const char *const endings[] = {"",    "s",   "e",   "es", "a",   "ia", "ium",  "um",    "us",   "ate",
                                          "ide", "ine", "al", "eal", "ic", "cyte", "cytes", "phil", "phils", NULL};
    const char *word = p->terms->items[at].word;
    const size_t n = strlen(word);
    uint32_t bits = 0;

    for (size_t i = 0; endings[i] && p->n < PARTS_MAX; i++) {
        const size_t len = strlen(endings[i]);
        if (n < len + OWN_SHORTEST || strcmp(word + n - len, endings[i]) != 0)
            continue;
        bits = 1u << at;
        p->items[p->n++] = (struct part){.text = word, .len = n - len, .means = bits};
    }
    return bits;
}

/* The parts that mean something of the query; the bits of all words meant. */
static uint32_t collect(struct parts *p)
{
    const char *at = codesets_file("vocabulary/parts.tsv");
    struct tsv_row row;
    uint32_t all = 0;

    while (at && p->n < PARTS_MAX && tsv_next(&at, &row)) {
        struct part *part = &p->items[p->n];
        *part = (struct part){.text = row.cell[0].text, .len = row.cell[0].len};
        if (row.cells < 2 || part->len < 2 || !(part->means = words_meant(p->terms, row.cell[1].text, row.cell[1].len)))
            continue;
        part->first = part->text[part->len - 1] == '-';
        part->last = part->text[0] == '-';
        part->text += part->last;
        part->len -= part->first + part->last;
        all |= part->means;
        p->n++;
    }
    for (size_t i = 0; i < p->terms->n; i++)
        if (p->terms->items[i].role == ROLE_NEEDED)
            all |= collect_own(p, i);
    return all;
}

static bool is_ending(const char *rest)
{
    static const char *const endings[] = {"", "a", "ia", "y", "osis", "ism", "us", "um", "e", "es", "is", "iasis", "ies", NULL};

    for (size_t i = 0; endings[i]; i++)
        if (strcmp(rest, endings[i]) == 0)
            return true;
    return false;
}

/* The words of the query that a word of the book answers from here on when it consists of parts, 0 when it does not. */
static uint32_t read_parts(const struct parts *p, const char *rest, bool first, uint32_t got)
{
    uint32_t best = !first && is_ending(rest) ? got : 0;

    for (size_t i = 0; i < p->n; i++) {
        const struct part *part = &p->items[i];
        const size_t elided = part->len > 2 && part->text[part->len - 1] == 'o' && !part->last; /* micr-otia */
        size_t n = part->len - elided;
        if (rest[0] != part->text[0] || (part->first && !first) || strncmp(rest, part->text, n) != 0 || (part->last && rest[n]))
            continue;
        for (size_t link = 0; link < 2 && (link == 0 || (rest[n] && strchr("oaiey", rest[n]))); link++) {
            const uint32_t bits = read_parts(p, rest + n + link, false, got | part->means);
            if (weight_of(p->terms, bits) > weight_of(p->terms, best))
                best = bits;
        }
    }
    return best;
}

static void keep(struct parts *p, struct arena *a, const char *form, double docs, uint32_t means)
{
    size_t place = p->nbest;

    for (size_t i = 0; i < p->nbest; i++)
        if (strcmp(p->best[i].word, form) == 0)
            return;
    const double weight = weight_of(p->terms, means);
    while (place > 0 && (weight > p->best[place - 1].weight || (weight == p->best[place - 1].weight && docs > p->best[place - 1].docs)))
        place--;
    if (place == COMPOUND_MAX)
        return;
    p->nbest += p->nbest < COMPOUND_MAX;
    memmove(p->best + place + 1, p->best + place, (p->nbest - place - 1) * sizeof *p->best);
    p->best[place] = (struct compound){.word = arena_strdup(a, form), .docs = docs, .weight = weight, .means = means};
}

/* Looks at the words of the code set that begin so. */
static enum status try_start(struct shelf *s, enum codeset set, struct parts *p, const char *start, size_t n, struct arena *a,
                             struct error *err)
{
    static const char sql[] = "SELECT form, docs FROM word WHERE codeset = ?1 AND form >= ?2 AND form < ?3";
    char end[WORD_MAX];
    sqlite3_stmt *q;
    enum status st = sql_open(s, sql, &q, err);

    if (st != ST_OK || n == 0 || n >= sizeof end)
        return st;
    memcpy(end, start, n);
    end[n - 1]++;
    sqlite3_bind_int(q, 1, (int)set);
    sqlite3_bind_text(q, 2, start, (int)n, SQLITE_TRANSIENT);
    sqlite3_bind_text(q, 3, end, (int)n, SQLITE_TRANSIENT);
    while ((st = sql_row(s, q, err)) == ST_OK) {
        const char *form = (const char *)sqlite3_column_text(q, 0);
        const uint32_t means = form ? read_parts(p, form, true, 0) : 0;
        if (bits_of(means) > 1)
            keep(p, a, form, sqlite3_column_double(q, 1), means);
    }
    return st == ST_NONE ? ST_OK : st;
}

void parts_words(void (*give)(void *ctx, const char *word, size_t n), void *ctx)
{
    const char *at = codesets_file("vocabulary/parts.tsv");
    struct tsv_row row;

    while (at && tsv_next(&at, &row))
        for (size_t from = 0, n = 0; row.cells > 1 && from < row.cell[1].len; from += n + 1) {
            const char *word = row.cell[1].text + from, *end = memchr(word, ' ', row.cell[1].len - from);
            n = end ? (size_t)(end - word) : row.cell[1].len - from;
            give(ctx, word, n);
        }
}

enum status joined_find(struct shelf *s, enum codeset set, const struct terms *t, struct arena *a, struct compound *out, size_t *n,
                        struct error *err)
{
    enum status st = ST_OK;

    *n = 0;
    for (size_t i = 0; i + 1 < t->n && *n < COMPOUND_MAX && st == ST_OK; i++) {
        struct compound joined = {.means = 3u << i, .weight = t->items[i].weight + t->items[i + 1].weight};
        joined.word = arena_printf(a, "%s%s", t->items[i].word, t->items[i + 1].word);
        st = word_exact(s, set, joined.word, strlen(joined.word), &joined.docs, err);
        if (st == ST_OK && joined.docs > 0)
            out[(*n)++] = joined;
    }
    return st;
}

enum status compounds_find(struct shelf *s, enum codeset set, const struct terms *t, struct arena *a, struct compound *out,
                           size_t *n, struct error *err)
{
    struct parts p = {.terms = t, .best = out};
    enum status st = ST_OK;

    *n = 0;
    if (t->n < 2 || bits_of(collect(&p)) < 2)
        return ST_OK;
    for (size_t i = 0; i < p.n && st == ST_OK; i++) {
        const struct part *part = &p.items[i];
        char start[WORD_MAX];
        if (part->last || part->len >= sizeof start / 2)
            continue;
        if (part->len >= START_SHORTEST) {
            st = try_start(s, set, &p, part->text, part->len, a, err);
            continue;
        }
        for (size_t j = 0; j < p.n && st == ST_OK; j++) { /* too many words begin with a short one: the next as well */
            if (p.items[j].first || j == i || p.items[j].len >= sizeof start / 2)
                continue;
            memcpy(start, part->text, part->len);
            memcpy(start + part->len, p.items[j].text, p.items[j].len);
            st = try_start(s, set, &p, start, part->len + p.items[j].len, a, err);
        }
    }
    while (*n < p.nbest && out[*n].weight >= out[0].weight && out[*n].weight >= t->total / 2)
        ++*n;
    return st;
}
