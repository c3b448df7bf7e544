/* search_spelling.c - what a misspelt word is meant for.
 *
 * A word that the shelf has in no form is held against the words of the code set that begin with the same letter (or one that
 * sounds the same). The distance counts letters left out, put in, changed or swapped; slips that medical words invite (ph for
 * f, y for i, ae for e, doubled letters) count half. Short words allow one slip, longer ones two; among equals the more
 * frequent word is taken. */
#include <string.h>

#include "search.h"

enum { NEAR = 64 /* letters compared at most */ };

static bool in(char c, const char *set)
{
    return c && strchr(set, c);
}

/* What it costs to read a for b. */
static int change_cost(char a, char b)
{
    static const char *const alike[] = {"iey", "aeo", "ou", "csk", "szx", "kqc", "gj", "fv", "ia", NULL};

    if (a == b)
        return 0;
    for (size_t i = 0; alike[i]; i++)
        if (in(a, alike[i]) && in(b, alike[i]))
            return 6;
    return 10;
}

/* What it costs that a letter is left out or put in, after the one before. */
static int gap_cost(char c, char before)
{
    if (c == before)
        return 5; /* doubled */
    return in(c, "aeh") ? 8 : 10;
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

/* The letters that a word meant for this one may begin with. */
static const char *firsts_of(char c)
{
    static const char *const groups[] = {"fp", "pf", "ck", "kcq", "sc", "zx", "xz", "eaoh", "aeoh", "oaeh", "iy", "yi", "he", "jg", "gj",
                                         "uo", "np", NULL};
    for (size_t i = 0; groups[i]; i++)
        if (groups[i][0] == c)
            return groups[i];
    return NULL;
}

struct nearest {
    char word[WORD_MAX];
    double cost;
};

static enum status near_words(struct shelf *s, enum codeset set, const char *word, bool open, char first, struct nearest *best,
                              struct error *err)
{
    static const char sql[] = "SELECT form, docs FROM word WHERE codeset = ?1 AND form >= ?2 AND form < ?3"
                              " AND length(form) BETWEEN ?4 AND ?5";
    const size_t n = strlen(word);
    const int most = n < 6 ? 10 : n < 9 ? 16 : 20;
    const char from[2] = {first, '\0'}, to[2] = {(char)(first + 1), '\0'};
    sqlite3_stmt *q;
    enum status st = sql_open(s, sql, &q, err);

    if (st != ST_OK)
        return st;
    sqlite3_bind_int(q, 1, (int)set);
    sqlite3_bind_text(q, 2, from, 1, SQLITE_TRANSIENT);
    sqlite3_bind_text(q, 3, to, 1, SQLITE_TRANSIENT);
    sqlite3_bind_int(q, 4, (int)n - 2 > 3 ? (int)n - 2 : 3);
    sqlite3_bind_int(q, 5, open ? NEAR : (int)n + 2);
    while ((st = sql_row(s, q, err)) == ST_OK) {
        const char *form = (const char *)sqlite3_column_text(q, 0);
        const size_t len = form ? strlen(form) : 0;
        if (len == 0 || len >= WORD_MAX)
            continue;
        const int slips = distance(word, n, form, len, open, most);
        if (slips > most)
            continue;
        const double docs = sqlite3_column_double(q, 1);
        const double cost = slips + (first != word[0] ? 2 : 0) - (docs > 50 ? 4 : docs > 5 ? 2 : 0) + (open ? 0.1 * (double)len : 0);
        if (cost < best->cost) {
            best->cost = cost;
            memcpy(best->word, form, len + 1);
        }
    }
    sqlite3_clear_bindings(q);
    return st == ST_NONE ? ST_OK : st;
}

enum status word_repair(struct shelf *s, enum codeset set, const char *word, bool finished, struct arena *a, const char **out,
                        struct error *err)
{
    const char *more = firsts_of(word[0]);
    struct nearest best = {.cost = 1000};
    enum status st = ST_OK;

    *out = NULL;
    if (strlen(word) > NEAR || strpbrk(word, "0123456789") || (unsigned char)word[0] >= 0x80)
        return ST_OK;
    if (!more)
        st = near_words(s, set, word, !finished, word[0], &best, err);
    for (; more && *more && st == ST_OK; more++)
        st = near_words(s, set, word, !finished, *more, &best, err);
    if (st == ST_OK && best.word[0])
        *out = arena_strdup(a, best.word);
    return st;
}
