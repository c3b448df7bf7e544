/* rank.c - how well one text answers the words of a query.
 *
 * A text is good when it has the telling words of the query (coverage: the weight found of the weight asked for) and little
 * else (brevity: every further word costs, words like "unspecified" next to nothing, so that general questions find general
 * codes). On top of that come small bonuses for words that stand in the order they were typed and for a text that is the
 * query and nothing more. The field says how much a text speaks for its entry. All numbers are in this file. */
#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/fold.h"
#include "search.h"

/* What an unmatched word of the text costs. */
static double word_cost(const char *word, size_t n)
{
    static const struct {
        const char *word;
        double cost;
    } cheap[] = {
        {"unspecified", 0.1}, {"nos", 0.1},  {"other", 0.6}, {"specified", 0.6}, {"nec", 0.5},  {"elsewhere", 0.3},
        {"classified", 0.3},  {"not", 0.3},  {"of", 0.1},    {"the", 0.1},       {"and", 0.2},  {"or", 0.2},
        {"in", 0.2},          {"with", 0.5}, {"to", 0.1},    {"due", 0.2},       {"by", 0.2},   {"for", 0.2},
        {"a", 0.1},           {"an", 0.1},   {"s", 0.1},     {"without", 0.5},   {"site", 0.3}, {"disease", 0.5},
    };

    for (size_t i = 0; i < sizeof cheap / sizeof *cheap; i++)
        if (strlen(cheap[i].word) == n && memcmp(cheap[i].word, word, n) == 0)
            return cheap[i].cost;
    return 1;
}

static bool term_is(const struct term *t, const char *word, size_t n)
{
    for (size_t i = 0; i < t->nforms; i++)
        if (t->forms[i][0] == word[0] && strncmp(t->forms[i], word, n) == 0 && t->forms[i][n] == '\0')
            return true;
    const size_t typed = t->prefix ? strlen(t->word) : 0;
    return t->prefix && n >= typed && memcmp(t->word, word, typed) == 0;
}

/* The term that a word answers, preferring one not found yet; -1 for none. */
static int term_of(const struct terms *t, const char *word, size_t n, uint32_t found)
{
    int again = -1;

    for (size_t i = 0; i < t->n; i++) {
        if (!t->items[i].known || !term_is(&t->items[i], word, n))
            continue;
        if (!(found & (1u << i)))
            return (int)i;
        again = (int)i;
    }
    return again;
}

double rank_text(const struct terms *t, enum field field, const char *text, struct buf *room, uint32_t *matched)
{
    static const double fields[FIELD_COUNT] = {
        [FIELD_TITLE] = 1,        [FIELD_PRINTED] = 1,     [FIELD_SHORT] = 0.9,     [FIELD_INCLUSION] = 0.96,
        [FIELD_INCLUDES] = 0.85,  [FIELD_CONSUMER] = 0.9,  [FIELD_CLINICIAN] = 0.8,
    };
    double got = 0, extra = 0, exact = 0, bonus = 0;
    size_t pos = 0, pairs = 0, found = 0, asked = 0;
    struct word_span span;
    int before = -1;

    *matched = 0;
    buf_clear(room);
    fold_text(room, text, strlen(text));
    while (word_next(buf_text(room), room->len, &pos, &span)) {
        const char *word = room->text + span.start;
        const int at = term_of(t, word, span.len, *matched);
        if (at < 0) {
            extra += word_cost(word, span.len);
        } else if (!(*matched & (1u << at))) {
            *matched |= 1u << at;
            if (t->items[at].role == ROLE_SEVENTH) {
                bonus += 0.08;
                continue;
            }
            got += t->items[at].weight;
            found++;
            if (strncmp(t->items[at].word, word, span.len) == 0 && t->items[at].word[span.len] == '\0')
                exact += t->items[at].weight; /* as typed, not only of the same stem */
            pairs += before >= 0 && at == before + 1;
        }
        before = at;
    }
    if (t->total <= 0 || found == 0)
        return 0;
    for (size_t i = 0; i < t->n; i++)
        asked += t->items[i].role != ROLE_SEVENTH;
    const double coverage = got / t->total;
    double score = coverage * coverage * (0.55 + 0.45 / (1 + 0.25 * extra));
    score += 0.03 * exact / t->total;
    if (found > 1)
        score += 0.05 * (double)pairs / (double)(found - 1);
    if (found == asked && extra < 0.15)
        score += 0.25;
    return (score + bonus) * fields[field];
}

unsigned rank_seventh(const struct terms *t, const char *text, struct buf *room)
{
    struct word_span span;
    uint32_t found = 0;
    unsigned count = 0;
    size_t pos = 0;

    buf_clear(room);
    fold_text(room, text, strlen(text));
    while (word_next(buf_text(room), room->len, &pos, &span))
        for (size_t i = 0; i < t->n; i++)
            if (!(found & (1u << i)) && strncmp(t->items[i].word, room->text + span.start, span.len) == 0
                && t->items[i].word[span.len] == '\0') {
                found |= 1u << i;
                count++;
            }
    return count;
}
