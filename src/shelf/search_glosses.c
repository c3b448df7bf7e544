/* search_glosses.c - a dictionary read backwards: from a description in plain words to what the book calls it.
 *
 * codesets/vocabulary/glosses.tsv describes what the book names, in several ways each, and the phrases of the vocabulary are
 * descriptions as well. A query that nothing answers well is held against all of them as a bag of words. The share of a
 * description is made of the part of the query that it has and, less, of the part of it that the query has; rare words count
 * more. Those with the greatest shares give readings, the weaker the less they share; words of the query that a description
 * lacks are welcome in its reading, but not needed. A word counts as in a phrase (phrase.c); one that begins alike
 * ("inflamed": inflammation), or that the vocabulary calls as good ("kidney": renal), or that says nearly the same ("tiny":
 * small), counts nearly as much.
 *
 *   "kidney sits in the wrong place" -> Q63.2: "kidney in the wrong place" tells of an ectopic kidney
 *   "eyeballs deeply sunken" -> H05.409: enophthalmos */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/codesets.h"
#include "vocabulary.h"

enum {
    BUCKETS = 32768, /* a power of two, above the number of different words */
    GIVEN_MAX = 3,   /* readings given */
    ALIKE_MAX = 12   /* words that count nearly as much as one of the query */
};

static const double LEAST = 0.57; /* share from which on a description is meant */
static const double SAID = 0.98;  /* that is as good as the description itself: then no other is meant */
static const double UNSAID = 0.7; /* of the share, when it is of a pregnancy or the like and not said as it is */
static const double SURE = 0.3;   /* weight of a reading that shares nothing; one that shares all has 1 */
static const double BEGINS = 0.85, EQUAL = 0.95, KIN = 0.65; /* what a word counts that is not the very same */

/* Words that say nearly the same of a body. */
static const char *const kin[] = {
    "small tiny little underdeveloped short reduced shrunken incomplete", "large big enlarged huge increased excessive",
    "missing absent absence lack lacking without no loss lost failure", "wide widened dilated broad stretched expanded",
    "narrow narrowed narrowing thin tight constricted", "wrong abnormal misplaced displaced unusual malformed deformed",
    "place location position positioned located", "split cleft notched gap divided", "fused joined webbed connected united",
    "extra additional more many multiple", "droopy drooping sagging", "hard hardened hardening stiff thickened thick",
    "bulging protruding protrusion prominent sticking", "inflamed inflammation infected infection irritation",
    "swollen swelling puffy", "bent curved crooked angled turned twisted", "rash spots patches bumps",
    "child children baby infant newborn", "weak weakness floppy", "low decreased reduced deficiency deficient",
    "high elevated increased excess", "degeneration deterioration wasting breakdown shrinking", "blocked blockage clogged obstruction closed",
    "tear torn rupture split crack", "growth lump mass tumor bump nodule", "cancer tumor malignant", "bleeding hemorrhage",
    "pain painful sore ache", NULL};

/* One way to describe what something means. */
struct gloss {
    const char *means; /* in a file, not terminated */
    uint32_t means_len;
    float total; /* what the words of the description weigh */
};

/* That a gloss has a word. */
struct mention {
    uint32_t whole, start; /* phrase_word_hash */
    uint32_t gloss;
    uint32_t place; /* of the word in it, a bit */
};

struct glosses {
    struct gloss *items;
    size_t n;
    struct mention *mentions; /* those of words that begin alike in one bucket */
    size_t nmentions;
    uint32_t bucket[BUCKETS + 1]; /* where each begins */
};

/* The same while it is read. */
struct reading_glosses {
    struct {
        struct gloss *items;
        size_t len, cap;
    } glosses;
    struct {
        struct mention *items;
        size_t len, cap;
    } mentions;
};

struct score {
    float got;
    uint32_t matched; /* bits of the terms */
    uint32_t used;    /* bits of the words that they matched */
};

static uint32_t bucket_of(uint32_t start)
{
    return (start ^ start >> 15) % BUCKETS;
}

/* What the words of a bucket weigh: the less, the more there are. */
static double bucket_weight(const struct glosses *g, uint32_t bucket)
{
    return log(1 + (double)g->n / (1 + g->bucket[bucket + 1] - g->bucket[bucket]));
}

/* --- reading the descriptions ----------------------------------------------------------------------------------------- */

static void add_gloss(struct reading_glosses *r, const char *means, size_t means_len, const char *way, size_t way_len)
{
    const struct gloss gloss = {.means = means, .means_len = (uint32_t)means_len};
    struct mention mention = {.gloss = (uint32_t)r->glosses.len, .place = 1};
    const char *word;
    size_t at = 0, len;

    VEC_PUSH(&r->glosses, gloss);
    while (phrase_next_word(way, way_len, &at, &word, &len)) {
        if (!phrase_word_hash(word, len, &mention.whole, &mention.start))
            continue;
        VEC_PUSH(&r->mentions, mention);
        mention.place <<= 1;
    }
}

static bool is_description(const struct vocabulary_row *row, enum codeset set)
{
    static const char *const kinds[] = {"spelling", "side", "encounter"};

    if ((row->set != SET_COUNT && row->set != (signed char)set) || !memchr(row->term, ' ', row->term_len))
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strlen(kinds[i]) == row->kind_len && memcmp(kinds[i], row->kind, row->kind_len) == 0)
            return false;
    return true;
}

static void read_all(struct shelf *s, enum codeset set, struct reading_glosses *r)
{
    const char *at = set == SET_ICD10CM ? codesets_file("vocabulary/glosses.tsv") : NULL, *means;
    size_t n, len;
    const struct vocabulary_row *rows = vocabulary_rows(s, &n);
    struct tsv_row row;

    while (at && tsv_next(&at, &row)) {
        const char *way, *in = row.cell[1].text;
        while (row.cells > 1 && vocabulary_next(&in, row.cell[1].text + row.cell[1].len, &way, &len))
            add_gloss(r, row.cell[0].text, row.cell[0].len, way, len);
    }
    for (size_t i = 0; i < n; i++)
        if (is_description(&rows[i], set) && row_meaning(&rows[i], 0, &means, &len))
            add_gloss(r, means, len, rows[i].term, rows[i].term_len);
}

/* Sorts the mentions into their buckets, then weighs every gloss. */
static void fill_buckets(struct glosses *g, const struct mention *mentions)
{
    for (size_t i = 0; i < g->nmentions; i++)
        g->bucket[bucket_of(mentions[i].start)]++;
    for (size_t i = 1; i <= BUCKETS; i++)
        g->bucket[i] += g->bucket[i - 1]; /* ends, which move to the beginnings */
    for (size_t i = g->nmentions; i-- > 0;)
        g->mentions[--g->bucket[bucket_of(mentions[i].start)]] = mentions[i];
    for (uint32_t b = 0; b < BUCKETS; b++) {
        const float weight = (float)bucket_weight(g, b);
        for (uint32_t at = g->bucket[b]; at < g->bucket[b + 1]; at++)
            g->items[g->mentions[at].gloss].total += weight;
    }
}

/* The descriptions that a code set has use for, read when first asked for. */
static const struct glosses *glosses_of(struct shelf *s, enum codeset set)
{
    struct reading_glosses r = {0};
    struct glosses *g;

    if (s->glosses[set])
        return s->glosses[set];
    read_all(s, set, &r);
    g = arena_alloc(&s->arena, sizeof *g);
    g->n = r.glosses.len;
    g->items = arena_alloc(&s->arena, (g->n + 1) * sizeof *g->items);
    if (g->n)
        memcpy(g->items, r.glosses.items, g->n * sizeof *g->items);
    g->nmentions = r.mentions.len;
    g->mentions = arena_alloc(&s->arena, (g->nmentions + 1) * sizeof *g->mentions);
    fill_buckets(g, r.mentions.items);
    free(r.glosses.items);
    free(r.mentions.items);
    return s->glosses[set] = g;
}

bool glosses_know(struct shelf *s, enum codeset set, const char *word)
{
    const struct glosses *g = glosses_of(s, set);
    uint32_t whole, start;

    if (!phrase_word_hash(word, strlen(word), &whole, &start))
        return true;
    for (uint32_t i = g->bucket[bucket_of(start)]; i < g->bucket[bucket_of(start) + 1]; i++)
        if (g->mentions[i].whole == whole)
            return true;
    return false;
}

void glosses_words(void (*give)(void *ctx, const char *word, size_t n), void *ctx)
{
    const char *file = codesets_file("vocabulary/glosses.tsv");
    struct tsv_row row;

    while (file && tsv_next(&file, &row)) {
        const char *word;
        size_t at = 0, len;
        while (row.cells > 1 && phrase_next_word(row.cell[1].text, row.cell[1].len, &at, &word, &len))
            if (*word != '|')
                give(ctx, word, len);
    }
}

/* --- what a query describes ------------------------------------------------------------------------------------------- */

/* Counts a word that stands for a term of the query and weighs at most as much. */
static void count_word(const struct glosses *g, struct score *scores, size_t term, const char *word, size_t n, double most, double fit)
{
    uint32_t whole, start;

    if (!phrase_word_hash(word, n, &whole, &start))
        return;
    const uint32_t bucket = bucket_of(start);
    const double weight = fmin(bucket_weight(g, bucket), most);
    for (int exact = 1; exact >= 0; exact--)
        for (uint32_t i = g->bucket[bucket]; i < g->bucket[bucket + 1]; i++) {
            const struct mention *m = &g->mentions[i];
            struct score *score = &scores[m->gloss];
            if (m->start != start || (exact && m->whole != whole) || score->matched & (1u << term)
                || score->used & m->place)
                continue;
            score->used |= m->place;
            score->matched |= 1u << term;
            score->got += (float)(weight * (exact ? fit : fit * BEGINS));
        }
}

/* The word itself, its equals, its kin. */
static void count_term(struct shelf *s, enum codeset set, const struct glosses *g, struct score *scores, size_t term, const char *word,
                       double weight)
{
    const char *other;
    const size_t n = strlen(word);
    char equal[WORD_MAX];
    size_t len;

    count_word(g, scores, term, word, n, weight, 1);
    for (size_t i = 0; i < ALIKE_MAX && word_equal(s, set, word, i, equal); i++)
        count_word(g, scores, term, equal, strlen(equal), weight, EQUAL);
    for (size_t i = 0; kin[i]; i++) {
        const char *in = strstr(kin[i], word);
        if (!in || (in != kin[i] && in[-1] != ' ') || (in[n] != ' ' && in[n]))
            continue;
        for (size_t at = 0; phrase_next_word(kin[i], strlen(kin[i]), &at, &other, &len);)
            count_word(g, scores, term, other, len, weight, KIN);
    }
}

static bool counts(const struct sought *t)
{
    return t->finished && (t->role == ROLE_NEEDED || t->role == ROLE_GENERIC);
}

/* Adds what a gloss means as a reading, best first; nothing when it is there already. */
static void give(const struct gloss *gloss, const struct score *score, double share, const struct terms *t, struct arena *a,
                 struct readings *out)
{
    char *text = arena_printf(a, "%.*s ", (int)gloss->means_len, gloss->means);
    struct reading_part *part = arena_alloc(a, sizeof *part);
    struct buf typed = {0}, spare = {0};

    for (size_t i = 0; i < out->n; i++)
        if (strcmp(out->items[i].text, text) == 0)
            return;
    for (size_t i = 0; i < t->n; i++) {
        struct buf *to = score->matched & (1u << i) || !counts(&t->items[i]) ? &typed : &spare;
        if (t->items[i].role == ROLE_SIDE || t->items[i].role == ROLE_SEVENTH)
            to = &spare;
        buf_printf(to, "%s%s", to->len ? " " : "", t->items[i].word);
    }
    *part = (struct reading_part){arena_strdup(a, buf_text(&typed)), arena_strndup(a, gloss->means, gloss->means_len), "description"};
    out->items[out->n++] = (struct reading){.text = text, .spare = spare.len ? arena_strdup(a, spare.text) : NULL,
                                            .weight = SURE + (1 - SURE) * share, .parts = part, .nparts = 1};
    buf_free(&typed);
    buf_free(&spare);
}

struct described {
    size_t gloss;
    double share;
};

/* How far a description is what is asked: by the part of the question that it has, more than by the part of it that is asked. */
static double share_of(double of_asked, double of_gloss)
{
    return sqrt(of_asked * sqrt(of_asked * of_gloss));
}

/* Whether what a gloss means is of a pregnancy, a newborn, a history: nobody means that without saying so. */
static bool is_special(const struct gloss *gloss)
{
    static const char *const stems[] = {"maternal", "pregnan", "newborn", "neonatal", "obstetric", "puerper", "history", "screening"};
    const char *word;
    size_t at = 0, len;

    while (phrase_next_word(gloss->means, gloss->means_len, &at, &word, &len))
        for (size_t i = 0; i < sizeof stems / sizeof *stems; i++)
            if (len >= strlen(stems[i]) && memcmp(word, stems[i], strlen(stems[i])) == 0)
                return true;
    return false;
}

/* The glosses that share most with what is asked, its numbers among it, at most GIVEN_MAX, best first. */
static size_t best_described(const struct glosses *g, const struct score *scores, double asked, uint32_t numbers,
                             struct described *best)
{
    size_t n = 0;

    for (size_t i = 0; i < g->n; i++) {
        const double got = (scores[i].matched & numbers) == numbers ? (double)scores[i].got : 0;
        double share = got > 0 ? share_of(got / asked, got / (double)g->items[i].total) : 0;
        if (share > LEAST && share < SAID && is_special(&g->items[i]))
            share *= UNSAID;
        if (share <= LEAST || (n == GIVEN_MAX && share <= best[n - 1].share))
            continue;
        size_t place = n < GIVEN_MAX ? n++ : n - 1;
        for (; place > 0 && best[place - 1].share < share; place--)
            best[place] = best[place - 1];
        best[place] = (struct described){i, share};
    }
    return n;
}

/* Whether a query is a description: several words, none of which nobody knows, for then the others may say it all. */
static bool describes(struct shelf *s, enum codeset set, const struct terms *t)
{
    size_t n = 0;
    uint32_t whole, start;

    for (size_t i = 0; i < t->n; i++)
        n += counts(&t->items[i]) && phrase_word_hash(t->items[i].word, strlen(t->items[i].word), &whole, &start);
    for (size_t i = 0; i < t->n && n > 1; i++)
        if (counts(&t->items[i]) && !t->items[i].known && !glosses_know(s, set, t->items[i].word))
            return false;
    return n > 1;
}

void glosses_add(struct shelf *s, enum codeset set, const struct terms *t, struct arena *a, struct readings *out)
{
    struct described best[GIVEN_MAX];
    double asked = 0;
    uint32_t whole, start, numbers = 0;

    if (out->whole || !describes(s, set, t))
        return;
    const struct glosses *g = glosses_of(s, set);
    struct score *scores = arena_alloc(a, (g->n + 1) * sizeof *scores);
    for (size_t i = 0; i < t->n; i++) {
        const char *word = t->items[i].word;
        if (!counts(&t->items[i]) || !phrase_word_hash(word, strlen(word), &whole, &start))
            continue;
        const double weight = bucket_weight(g, bucket_of(start));
        asked += weight;
        numbers |= (uint32_t)(word[strspn(word, "0123456789")] == '\0') << i;
        count_term(s, set, g, scores, i, word, weight);
    }
    const size_t n = best_described(g, scores, asked, numbers, best);
    for (size_t i = 0; i < n && out->n < READINGS_MAX && (best[0].share < SAID || best[i].share >= SAID); i++)
        give(&g->items[best[i].gloss], &scores[best[i].gloss], best[i].share, t, a, out);
}
