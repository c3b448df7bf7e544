/* rank.c - how well one text answers the words of a query.
 *
 * A text is good when it has the telling words of the query (coverage: the weight found of the weight asked for) and little
 * else (brevity: every further word costs, those in parentheses and words like "unspecified" next to nothing, so that general
 * questions find general codes). On top of that come small bonuses for words as typed, in the order they were typed, and for
 * a text that is the query and nothing more. The field says how much a text speaks for its entry. The numbers are here and,
 * for the weight of words, in query.c; what an entry itself adds is in results.c. For example (ICD-10-CM FY2017):
 *
 *   "low back pain" -> M54.5: the title is the query and nothing else
 *   "acute bronchitis" -> J20.9: "unspecified" costs next to nothing, "due to mycoplasma" does
 *   "sepsis" -> A41.9: and "of newborn", which nobody means without saying so, costs three words
 *   "sepsis of newborn" -> P36.9: unless it is said
 *   "walker" -> E0130: a title that begins with the thing itself, before its attachments
 *   "commode chair" -> E0163: and has its whole name before the first comma
 *   "avastin" -> J9035: a C code only stands in for the permanent one (results.c)
 *   "alzheimer disease" -> G30.9: "disease" tells little; "Alzheimer" alone nearly covers the query */
#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/fold.h"
#include "search.h"

/* What an unmatched word of the text costs. */
static double word_cost(const char *word, size_t n)
{
#define WORD(w, cost) {w, sizeof w - 1, cost}
    static const struct {
        const char *word;
        size_t n;
        double cost;
    } cheap[] = {
        WORD("unspecified", 0.1), WORD("nos", 0.1),        WORD("other", 0.8), WORD("specified", 0.6), WORD("nec", 0.5),
        WORD("elsewhere", 0.3),   WORD("classified", 0.3), WORD("not", 0.3),   WORD("of", 0.1),        WORD("the", 0.1),
        WORD("and", 0.2),         WORD("or", 0.2),         WORD("in", 0.2),    WORD("with", 0.5),      WORD("to", 0.1),
        WORD("due", 0.2),         WORD("by", 0.2),         WORD("for", 0.2),   WORD("a", 0.1),         WORD("an", 0.1),
        WORD("s", 0.1),           WORD("without", 0.3),    WORD("site", 0.3),  WORD("disease", 0.5),
        WORD("syndrome", 0.5),    WORD("disorder", 0.5),   WORD("encounter", 0.2),
        /* what nobody means without saying so */
        WORD("newborn", 3),       WORD("neonatal", 3),     WORD("fetus", 3),   WORD("pregnancy", 3),   WORD("childbirth", 3),
        WORD("puerperium", 3),    WORD("puerperal", 3),    WORD("history", 3), WORD("screening", 3),   WORD("sequela", 3),
        WORD("sequelae", 3),      WORD("maternal", 3),     WORD("obstetric", 3),   WORD("subsequent", 3),
        WORD("family", 3),        WORD("delivery", 3),     WORD("labor", 3),   WORD("ruptured", 3),    WORD("congenital", 1.5),
        WORD("postprocedural", 2), WORD("intraoperative", 2),
        WORD("attachment", 2),    WORD("replacement", 2),  WORD("accessory", 2),
        WORD("addition", 2),      WORD("unlisted", 3),     WORD("otherwise", 3),   WORD("miscellaneous", 3),
        /* "excludes biosimilar": the drug itself */
        WORD("excludes", 0.1),    WORD("biosimilar", 0.1),
        /* "abuse, confirmed": the abuse itself */
        WORD("confirmed", 0.1),
    };
#undef WORD

    for (size_t i = 0; i < sizeof cheap / sizeof *cheap; i++)
        if (cheap[i].n == n && memcmp(cheap[i].word, word, n) == 0)
            return cheap[i].cost;
    return 1;
}

/* The words of a text folded, one after the other; plain ASCII, which nearly every text is, takes a short way. */
struct reader {
    struct buf *room;
    size_t pos;
    bool ascii;
    bool aside;   /* the word stands in parentheses: in these books a word that may be there or not */
    bool without; /* it stands behind "without" */
};

static struct reader read_text(struct buf *room, const char *text)
{
    const struct reader r = {.room = room, .ascii = true};
    const size_t n = strlen(text);

    buf_clear(room);
    buf_add(room, text, n);
    for (size_t i = 0; i < n; i++) {
        const unsigned char c = (unsigned char)text[i];
        if (c >= 0x80) {
            buf_clear(room);
            fold_text(room, text, n);
            return (struct reader){.room = room};
        }
        room->text[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    return r;
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool read_word(struct reader *r, struct word_span *out)
{
    const char *text = buf_text(r->room);
    const size_t n = r->room->len, from = r->pos;
    size_t at = from;

    if (r->ascii) {
        while (at < n && !is_word(text[at]))
            at++;
        out->start = at;
        while (at < n && is_word(text[at]))
            at++;
        out->len = at - out->start;
        r->pos = at;
    } else if (!word_next(text, n, &r->pos, out)) {
        return false;
    }
    for (size_t i = from; i < out->start; i++) {
        if (text[i] == '(' || text[i] == '[')
            r->aside = true;
        else if (text[i] == ')' || text[i] == ']')
            r->aside = false;
        else if (text[i] == ',')
            r->without = false;
    }
    return out->len > 0;
}

static const double HEAD = 0.05;  /* for a title that begins with what is asked for: "Walker, folding, ..." */
static const double NAME = 0.05;  /* and has all of it before its first comma: "Commode chair, mobile ..." */
static const double ASIDE = 0.02; /* of its cost, for a word in parentheses, or another form of the one before: "Atrophy, atrophic" */
static const double UNSAID = 0.1; /* for a word behind "without" that nobody asked for: it only says that there is nothing more */
static const double DENIED = 2;   /* for one that was asked for: "migraine with aura" is not "migraine without aura" */
static const double AGAIN = 0.01; /* of its fit, for a word that answers a term found before */

static bool begins(const struct sought *t, const char *word, size_t n, size_t prefix)
{
    return prefix && n >= prefix && memcmp(t->word, word, prefix) == 0;
}

double rank_fit(const struct sought *t, bool widened, const char *word, size_t n)
{
    for (size_t i = 0; i < t->nforms; i++)
        if (t->forms[i][0] == word[0] && strncmp(t->forms[i], word, n) == 0 && t->forms[i][n] == '\0')
            return i < t->nown ? 1 : 0.99;
    if (begins(t, word, n, t->prefix))
        return t->word[t->prefix] ? 0.6 : t->finished ? 0.85 : 1;
    return widened && begins(t, word, n, t->alike) ? 0.8 : 0;
}

/* The term that a word answers best, preferring one not found yet; -1 for none. */
static int term_of(const struct terms *t, const char *word, size_t n, uint32_t found, double *fit)
{
    int best = -1;

    *fit = 0;
    for (size_t i = 0; i < t->n; i++) {
        double this = t->items[i].known ? rank_fit(&t->items[i], t->widened, word, n) : 0;
        if (found & (1u << i))
            this *= AGAIN;
        if (this > *fit) {
            *fit = this;
            best = (int)i;
        }
    }
    return best;
}

static bool comma_before(const struct buf *text, size_t n)
{
    return memchr(buf_text(text), ',', n) != NULL;
}

/* Whether a word is another form of the one before, behind a comma. */
static bool is_variant(const char *text, struct word_span before, struct word_span word)
{
    enum { ALIKE = 4 };
    return before.len >= ALIKE && word.len >= ALIKE && text[before.start + before.len] == ','
           && memcmp(text + before.start, text + word.start, ALIKE) == 0;
}

/* What a text has of a query. */
struct tally {
    double got, exact;  /* weight of the terms found, and of those as typed */
    double extra;       /* what its other words cost */
    double bonus;
    size_t found, pairs, named; /* terms; beside each other as typed; before the first comma and any other word */
    uint32_t matched;   /* bits of the terms found */
};

static bool is_without(const char *word, size_t n)
{
    return n == 7 && memcmp(word, "without", 7) == 0;
}

/* What a word costs that answers nothing, or nothing more. denied: it stands behind "without", and nobody asked for that. */
static double extra_cost(const struct terms *t, const struct reader *r, const char *word, size_t n, bool asked, bool denied,
                         bool variant)
{
    const double cost = is_without(word, n) && t->with ? 3 : word_cost(word, n); /* "with loss", not "without loss" */

    if (r->aside)
        return ASIDE * cost;
    if (denied)
        return asked ? DENIED : UNSAID;
    return variant ? ASIDE : cost;
}

/* Counts a word that answers a term for the first time; before is the term of the word before, -1 for none. */
static void count_found(struct tally *y, const struct terms *t, int at, double fit, const struct buf *text, struct word_span span,
                        bool title, int before)
{
    const struct sought *term = &t->items[at];

    y->matched |= 1u << at;
    y->got += fit * term->weight;
    y->found++;
    y->named += y->extra == 0 && !comma_before(text, span.start);
    if (strncmp(term->word, buf_text(text) + span.start, span.len) == 0 && term->word[span.len] == '\0')
        y->exact += term->weight; /* as typed, not only of the same stem */
    y->pairs += before >= 0 && at == before + 1;
    if (t->noun_first && title && span.start == 0 && term->role == ROLE_NEEDED)
        y->bonus += HEAD;
}

static double score_of(const struct tally *y, const struct terms *t, bool title)
{
    size_t asked = 0;

    if (t->total <= 0 || y->found == 0)
        return 0;
    for (size_t i = 0; i < t->n; i++)
        asked += t->items[i].role != ROLE_SEVENTH;
    const double coverage = y->got / t->total;
    double score = y->bonus + coverage * coverage * (0.55 + 0.45 / (1 + 0.25 * y->extra)) + 0.06 * y->exact / t->total;
    if (t->noun_first && title && y->named == asked)
        score += NAME;
    if (y->found > 1)
        score += 0.05 * (double)y->pairs / (double)(y->found - 1);
    if (y->found == asked && y->extra < 0.15)
        score += 0.25;
    return score;
}

double rank_text(const struct terms *t, enum field field, const char *text, struct buf *room, uint32_t *matched)
{
    static const double fields[FIELDS] = {
        [FIELD_TITLE] = 1,        [FIELD_PRINTED] = 1,     [FIELD_SHORT] = 0.9,      [FIELD_INCLUSION] = 0.96,
        [FIELD_INCLUDES] = 0.92,  [FIELD_CONSUMER] = 0.9,  [FIELD_CLINICIAN] = 0.8,  [FIELD_ROW] = 0.97,
    };
    struct reader reader = read_text(room, text);
    struct word_span span, last = {0};
    struct tally y = {0};
    int before = -1;
    double fit;

    while (read_word(&reader, &span)) {
        const char *word = room->text + span.start;
        if (word_cut_off(room->text, span, 's'))
            continue;
        const int at = term_of(t, word, span.len, y.matched, &fit);
        const bool again = at >= 0 && y.matched & (1u << at), denied = reader.without && !t->without;
        if (at < 0 || denied || (again && fit < 0.9 * AGAIN)) { /* "Pneumocystis" beside "pneumonia" is another word */
            const bool variant = field == FIELD_ROW && is_variant(room->text, last, span);
            y.extra += extra_cost(t, &reader, word, span.len, at >= 0, denied, variant);
            before = at;
        } else if (!again && t->items[at].role == ROLE_SEVENTH) {
            y.matched |= 1u << at;
            y.bonus += 0.08;
        } else {
            if (!again)
                count_found(&y, t, at, fit, room, span, field == FIELD_TITLE, before);
            before = at;
        }
        last = span;
        reader.without |= is_without(word, span.len);
    }
    *matched = y.matched;
    return score_of(&y, t, field == FIELD_TITLE) * fields[field];
}

unsigned rank_words(const struct terms *t, uint32_t found, const char *text, struct buf *room)
{
    struct word_span span;
    unsigned count = 0;
    struct reader reader = read_text(room, text);

    while (t && read_word(&reader, &span))
        for (size_t i = 0; i < t->n; i++)
            if (t->items[i].role != ROLE_GENERIC && !(found & (1u << i))
                && strncmp(t->items[i].word, room->text + span.start, span.len) == 0 && t->items[i].word[span.len] == '\0') {
                found |= 1u << i;
                count++;
            }
    return count;
}
