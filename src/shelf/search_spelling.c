/* search_spelling.c - what a misspelt word is meant for.
 *
 * A word that the shelf has in no form is held against all words of the code set, and those that only the vocabulary has. The
 * distance counts letters left out, put in, changed or swapped; slips that medical words invite (ph for f, y for i, ae for e,
 * doubled letters) count half. Short words allow one slip, longer ones two; among equals the more frequent word is taken.
 *
 *   "hemoroids" -> K64.9: two letters left out, one of them a doubled one
 *   "psorasis" -> L40.9: one left out
 *   "lowback pain" -> M54.5: nothing is near, so two words
 *
 * The words are read into memory when the first one is misspelt: 25,000 of them, which a look at the letters that they have
 * thins out to the few hundred worth comparing. */
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/map.h"
#include "search.h"

enum {
    COST_MAX = 100,       /* more than any word costs that is near enough */
    SLIP = 10,            /* what one costs; ph for f is half, but brings two letters that the other word may lack */
    BONUS_MAX = 4,        /* what a frequent word is spared */
    NEAR = WORD_MAX - 1,  /* letters compared at most */
    FOREIGN_SHORTEST = 6, /* letters of a word of the vocabulary that others are taken for */
    SPLIT_LEAST = 6,      /* letters of two words written as one, */
    SPLIT_SHORTEST = 2    /* and of each */
};

/* A word that may be meant. */
struct lexeme {
    const char *word;
    uint32_t letters; /* a bit each */
    uint8_t len;
    uint8_t bonus; /* frequent words are likelier */
    bool foreign;  /* to the shelf: the vocabulary's alone */
};

struct lexicon {
    struct lexeme *items;
    size_t len, cap;
};

static int bits_of(uint32_t bits)
{
    int n = 0;
    for (; bits; bits &= bits - 1)
        n++;
    return n;
}

static uint32_t letters_of(const char *word, size_t n)
{
    uint32_t letters = 0;

    for (size_t i = 0; i < n; i++)
        if (word[i] >= 'a' && word[i] <= 'z')
            letters |= 1u << (word[i] - 'a');
    return letters;
}

/* What it costs to read a for b. */
static int change_cost(char a, char b)
{
    enum { IEY = 1, AEO = 2, OU = 4, CSK = 8, SZX = 16, KQC = 32, GJ = 64, FV = 128, IA = 256 };
    static const uint16_t sounds[26] = {
        ['i' - 'a'] = IEY | IA,        ['e' - 'a'] = IEY | AEO, ['y' - 'a'] = IEY, ['a' - 'a'] = AEO | IA, ['o' - 'a'] = AEO | OU,
        ['u' - 'a'] = OU,              ['c' - 'a'] = CSK | KQC, ['s' - 'a'] = CSK | SZX, ['k' - 'a'] = CSK | KQC,
        ['z' - 'a'] = SZX,             ['x' - 'a'] = SZX,       ['q' - 'a'] = KQC, ['g' - 'a'] = GJ,       ['j' - 'a'] = GJ,
        ['f' - 'a'] = FV,              ['v' - 'a'] = FV,
    };

    if (a == b)
        return 0;
    if (a < 'a' || a > 'z' || b < 'a' || b > 'z')
        return 10;
    return sounds[a - 'a'] & sounds[b - 'a'] ? 6 : 10;
}

/* What it costs that a letter is left out or put in, after the one before. */
static int gap_cost(char c, char before)
{
    if (c == before)
        return 5; /* doubled */
    return c == 'a' || c == 'e' || c == 'h' ? 8 : 10;
}

/* Distance in tenths of a slip, above most when it is more. open: b may go on. */
static int distance(const char *a, size_t na, const char *b, size_t nb, bool open, int most)
{
    int rows[3][NEAR + 1], *last2 = rows[0], *last = rows[1], *row = rows[2];
    int best = most + 1;

    row[0] = 0;
    for (size_t j = 1; j <= na; j++)
        row[j] = row[j - 1] + gap_cost(a[j - 1], j > 1 ? a[j - 2] : '\0');
    for (size_t i = 1; i <= nb; i++) {
        int *free_row = last2;
        last2 = last;
        last = row;
        row = free_row;
        row[0] = last[0] + gap_cost(b[i - 1], i > 1 ? b[i - 2] : '\0');
        int least = row[0];
        for (size_t j = 1; j <= na; j++) {
            int cost = last[j - 1] + change_cost(a[j - 1], b[i - 1]);
            const int put = row[j - 1] + gap_cost(a[j - 1], j > 1 ? a[j - 2] : '\0');
            const int left = last[j] + gap_cost(b[i - 1], i > 1 ? b[i - 2] : '\0');
            cost = put < cost ? put : cost;
            cost = left < cost ? left : cost;
            if (i > 1 && j > 1 && a[j - 1] == b[i - 2] && a[j - 2] == b[i - 1] && a[j - 1] != b[i - 1]
                && last2[j - 2] + 8 < cost)
                cost = last2[j - 2] + 8;
            if (i > 1 && j > 0 && a[j - 1] == 'f' && b[i - 2] == 'p' && b[i - 1] == 'h' && last2[j - 1] + 5 < cost)
                cost = last2[j - 1] + 5;
            row[j] = cost;
            least = cost < least ? cost : least;
        }
        if (open && row[na] < best)
            best = row[na];
        if (least > most)
            return best;
    }
    return open ? best : row[na];
}

/* --- the words -------------------------------------------------------------------------------------------------------- */

struct reader {
    struct arena *arena;
    struct lexicon *words;
    struct map seen; /* of those that come more than once */
};

static void add_word(struct lexicon *words, struct arena *a, const char *word, size_t n, double docs, bool foreign)
{
    const struct lexeme lexeme = {.word = arena_strndup(a, word, n), .letters = letters_of(word, n), .len = (uint8_t)n,
                                  .bonus = docs > 50 ? 4 : docs > 5 ? 2 : 0, .foreign = foreign};
    VEC_PUSH(words, lexeme);
}

static void add_foreign(void *ctx, const char *word, size_t n)
{
    struct reader *r = ctx;
    bool added = false;

    if (n > 0 && n <= NEAR)
        map_put(&r->seen, word, n, 0, &added);
    if (added)
        add_word(r->words, r->arena, word, n, 0, true);
}

/* The words of a code set, read when first asked for. */
static enum status lexicon_of(struct shelf *s, enum codeset set, const struct lexicon **out, struct error *err)
{
    static const char sql[] = "SELECT form, docs FROM word WHERE codeset = ?1 AND length(form) BETWEEN 3 AND 47";
    struct lexicon words = {0};
    sqlite3_stmt *q;
    enum status st;

    if ((*out = s->lexicons[set]))
        return ST_OK;
    if ((st = sql_open(s, sql, &q, err)) != ST_OK)
        return st;
    sqlite3_bind_int(q, 1, (int)set);
    while ((st = sql_row(s, q, err)) == ST_OK) {
        const char *form = (const char *)sqlite3_column_text(q, 0);
        const size_t n = form ? strlen(form) : 0;
        if (n > 0 && n <= NEAR)
            add_word(&words, &s->arena, form, n, sqlite3_column_double(q, 1), false);
    }
    if (st == ST_NONE) {
        struct reader reader = {.arena = &s->arena, .words = &words};
        vocabulary_words(s, set, add_foreign, &reader);
        parts_words(add_foreign, &reader);
        if (set == SET_ICD10CM)
            glosses_words(add_foreign, &reader);
        map_free(&reader.seen);
        struct lexicon *kept = arena_alloc(&s->arena, sizeof *kept);
        kept->items = arena_alloc(&s->arena, (words.len + 1) * sizeof *words.items);
        memcpy(kept->items, words.items, words.len * sizeof *words.items);
        kept->len = words.len;
        *out = s->lexicons[set] = kept;
        st = ST_OK;
    }
    free(words.items);
    return st;
}

/* What it costs that a word begins with another letter than the one typed: little when they sound alike or the first two
 * are swapped or the first one is left out; above any other cost else, as few mistake it. */
static double first_cost(const char *typed_word, const char *meant_word)
{
    const char typed = typed_word[0], meant = meant_word[0];
    static const char *const alike[] = {"fp", "ck", "kcq", "sc", "zx", "eaoh", "aeoh", "oaeh", "iy", "he", "jg", "uo", "np", NULL};

    if (typed == meant)
        return 0;
    for (size_t i = 0; alike[i]; i++)
        if ((alike[i][0] == typed && strchr(alike[i], meant)) || (alike[i][0] == meant && strchr(alike[i], typed)))
            return 2;
    return typed == meant_word[1] ? 4 : COST_MAX;
}

/* Whether one word is the contrary of the other by what it begins with: nobody who types "hypotelorism" means hypertelorism. */
static bool is_contrary(const char *a, const char *b)
{
    static const char *const pairs[][2] = {{"hypo", "hyper"}, {"micro", "macro"}, {"brady", "tachy"}, {"eso", "exo"}, {"pre", "post"}};

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        for (int at = 0; at < 2; at++)
            if (strncmp(a, pairs[i][at], strlen(pairs[i][at])) == 0 && strncmp(b, pairs[i][!at], strlen(pairs[i][!at])) == 0)
                return true;
    return false;
}

enum status word_exact(struct shelf *s, enum codeset set, const char *word, size_t n, double *docs, struct error *err)
{
    static const char sql[] = "SELECT docs FROM word WHERE codeset = ?1 AND form = ?2";
    sqlite3_stmt *q;
    enum status st = sql_open(s, sql, &q, err);

    *docs = 0;
    if (st != ST_OK)
        return st;
    sqlite3_bind_int(q, 1, (int)set);
    sqlite3_bind_text(q, 2, word, (int)n, SQLITE_TRANSIENT);
    if ((st = sql_row(s, q, err)) != ST_OK)
        return st == ST_NONE ? ST_OK : st;
    *docs = sqlite3_column_double(q, 0);
    sqlite3_reset(q);
    return ST_OK;
}

/* Two words of the code set written as one: "lowback"; NULL for none. The likeliest cut is where the rarer word is frequent. */
static enum status split_word(struct shelf *s, enum codeset set, const char *word, struct arena *a, const char **out,
                              struct error *err)
{
    const size_t n = strlen(word);
    double best = 0, left, right;
    enum status st = ST_OK;

    for (size_t i = SPLIT_SHORTEST; i + SPLIT_SHORTEST <= n && st == ST_OK; i++) {
        if ((st = word_exact(s, set, word, i, &left, err)) != ST_OK || left <= best
            || (st = word_exact(s, set, word + i, n - i, &right, err)) != ST_OK)
            continue;
        right = right < left ? right : left;
        if (right > best) {
            best = right;
            *out = arena_printf(a, "%.*s %s", (int)i, word, word + i);
        }
    }
    return st;
}

enum status word_repair(struct shelf *s, enum codeset set, const char *word, bool finished, struct arena *a, const char **out,
                        struct error *err)
{
    const size_t n = strlen(word);
    const int most = n < 6 ? 10 : n < 9 ? 16 : 20;
    const uint32_t letters = letters_of(word, n);
    const int unlike = most / SLIP + 1; /* letters that one word has and the other has not */
    const struct lexicon *words;
    const struct lexeme *best = NULL;
    double least = COST_MAX;
    enum status st;

    *out = NULL;
    if (n == 0 || n > NEAR || strpbrk(word, "0123456789") || (unsigned char)word[0] >= 0x80)
        return ST_OK;
    if ((st = lexicon_of(s, set, &words, err)) != ST_OK)
        return st;
    for (size_t i = 0; i < words->len; i++) {
        const struct lexeme *l = &words->items[i];
        if (l->len + 2u < n || (finished && l->len > n + 2) || bits_of(letters & ~l->letters) > unlike
            || (finished && bits_of(l->letters & ~letters) > unlike))
            continue;
        if (l->foreign && l->len < FOREIGN_SHORTEST && strcmp(l->word, word) != 0)
            continue; /* most are abbreviations */
        const int near = least + BONUS_MAX < most ? (int)least + BONUS_MAX : most; /* more cannot win */
        const int slips = distance(word, n, l->word, l->len, !finished, near);
        const double cost = slips + first_cost(word, l->word) - l->bonus + (l->foreign && slips ? 3 : 0)
                            + (finished ? 0 : 0.1 * l->len);
        if (slips <= near && cost < least && !is_contrary(word, l->word)) {
            least = cost;
            best = l;
        }
    }
    if (best && strcmp(best->word, word) != 0)
        *out = arena_strdup(a, best->word);
    return best || !finished || n < SPLIT_LEAST ? ST_OK : split_word(s, set, word, a, out, err);
}
