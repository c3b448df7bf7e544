/* changes_words.c - which words of two wordings are the same: a longest common subsequence of words.
 *
 * The common beginning and end are cut off first, so that the table for the rest is small; a rest of more than WORDS_MOST
 * words on either side counts as replaced altogether. */
#include <stdlib.h>
#include <string.h>

#include "codeshelf/changes.h"

enum { WORDS_MOST = 600 };

struct words {
    struct word {
        const char *text;
        size_t len;
    } *items;
    size_t len, cap;
};

static void split(const char *text, struct words *out)
{
    for (;;) {
        text += strspn(text, " \n");
        if (*text == '\0')
            return;
        const struct word word = {text, strcspn(text, " \n")};
        VEC_PUSH(out, word);
        text += word.len;
    }
}

static bool same(const struct word *a, const struct word *b)
{
    return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

/* Two texts as words, and the stretch of each that differs: [start, end - tail). */
struct pair {
    struct words old, new;
    size_t start, old_end, new_end;
    uint16_t *common; /* (old rest + 1) x (new rest + 1): words in common from there on; NULL when too long or empty */
};

static uint16_t *cell(const struct pair *p, size_t i, size_t k)
{
    return &p->common[(i - p->start) * (p->new_end - p->start + 1) + (k - p->start)];
}

static void compare(const char *before, const char *after, struct pair *p)
{
    split(before, &p->old);
    split(after, &p->new);
    p->old_end = p->old.len;
    p->new_end = p->new.len;
    while (p->start < p->old_end && p->start < p->new_end && same(&p->old.items[p->start], &p->new.items[p->start]))
        p->start++;
    while (p->old_end > p->start && p->new_end > p->start
           && same(&p->old.items[p->old_end - 1], &p->new.items[p->new_end - 1])) {
        p->old_end--;
        p->new_end--;
    }
    const size_t rows = p->old_end - p->start, columns = p->new_end - p->start;
    if (rows == 0 || columns == 0 || rows > WORDS_MOST || columns > WORDS_MOST)
        return;
    p->common = mem_alloc((rows + 1) * (columns + 1) * sizeof *p->common);
    for (size_t i = p->old_end; i-- > p->start;)
        for (size_t k = p->new_end; k-- > p->start;) {
            const uint16_t down = *cell(p, i + 1, k), right = *cell(p, i, k + 1);
            const bool equal = same(&p->old.items[i], &p->new.items[k]);
            *cell(p, i, k) = equal ? (uint16_t)(*cell(p, i + 1, k + 1) + 1) : down > right ? down : right;
        }
}

static void pair_free(struct pair *p)
{
    free(p->old.items);
    free(p->new.items);
    free(p->common);
}

struct runs {
    struct word_run *items;
    size_t len, cap;
};

/* Adds words [first, end) as one run, or to the run before when that is of their kind. */
static void add(struct runs *out, int kind, const struct words *words, size_t first, size_t end)
{
    if (first == end)
        return;
    const char *stop = words->items[end - 1].text + words->items[end - 1].len;
    struct word_run *last = out->len ? &out->items[out->len - 1] : NULL;
    if (last && (int)last->kind == kind && last->text <= words->items[first].text) {
        last->len = (size_t)(stop - last->text);
        return;
    }
    struct word_run run = {.text = words->items[first].text, .len = (size_t)(stop - words->items[first].text)};
    run.kind = kind == WORDS_SAME ? WORDS_SAME : kind == WORDS_GONE ? WORDS_GONE : WORDS_NEW;
    VEC_PUSH(out, run);
}

/* The differing stretch: each gap between common words, its gone words before its new ones. */
static void walk(const struct pair *p, struct runs *out)
{
    size_t i = p->start, k = p->start;
    while (i < p->old_end || k < p->new_end) {
        const size_t i0 = i, k0 = k;
        while (p->common && i < p->old_end && k < p->new_end && !same(&p->old.items[i], &p->new.items[k])) {
            if (*cell(p, i + 1, k) >= *cell(p, i, k + 1))
                i++;
            else
                k++;
        }
        if (!p->common || i == p->old_end || k == p->new_end) {
            i = p->old_end;
            k = p->new_end;
        }
        add(out, WORDS_GONE, &p->old, i0, i);
        add(out, WORDS_NEW, &p->new, k0, k);
        if (i < p->old_end) {
            add(out, WORDS_SAME, &p->new, k, k + 1);
            i++;
            k++;
        }
    }
}

void changes_words(const char *before, const char *after, struct arena *a, const struct word_run **out, size_t *n)
{
    struct pair p = {0};
    struct runs runs = {0};

    compare(before, after, &p);
    add(&runs, WORDS_SAME, &p.new, 0, p.start);
    walk(&p, &runs);
    add(&runs, WORDS_SAME, &p.new, p.new_end, p.new.len);
    *n = runs.len;
    *out = NULL;
    if (runs.len)
        *out = memcpy(arena_alloc(a, runs.len * sizeof *runs.items), runs.items, runs.len * sizeof *runs.items);
    free(runs.items);
    pair_free(&p);
}

double changes_likeness(const char *before, const char *after)
{
    struct pair p = {0};

    compare(before, after, &p);
    const size_t shared = p.start + (p.old.len - p.old_end) + (p.common ? *cell(&p, p.start, p.start) : 0);
    const size_t most = p.old.len > p.new.len ? p.old.len : p.new.len;
    pair_free(&p);
    return most ? (double)shared / (double)most : 1;
}
