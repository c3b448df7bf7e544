/* search_why.c - why a row was found: how the typed words were understood, and where a text has them. */
#include <string.h>

#include "codeshelf/buf.h"
#include "search.h"

/* Whether a text was found by a word of what a part means. */
static bool part_used(const struct reading_part *part, const struct terms *terms, uint32_t matched)
{
    const size_t n = strlen(part->means);
    struct word_span span;
    size_t pos = 0;

    while (word_next(part->means, n, &pos, &span))
        for (size_t i = 0; i < terms->n; i++) {
            const struct sought *t = &terms->items[i];
            if (matched & (1u << i) && strncmp(t->word, part->means + span.start, span.len) == 0 && !t->word[span.len])
                return true;
        }
    return false;
}

/* The kind of a part as it is said. */
static const char *kind_said(const char *kind)
{
    return strcmp(kind, "lay") == 0 ? "lay word" : strcmp(kind, "name") == 0 ? "other name" : kind;
}

static void say_parts(const struct reading_part *parts, size_t n, const struct reading *r, uint32_t matched, struct buf *out)
{
    for (size_t i = 0; i < n; i++)
        if (part_used(&parts[i], &r->terms, matched))
            buf_printf(out, "%s%s %s = %s", out->len ? ", " : "", kind_said(parts[i].kind), parts[i].typed, parts[i].means);
}

const char *reading_said(const struct readings *all, const struct reading *r, uint32_t matched, struct arena *a)
{
    struct buf said = {0};

    say_parts(all->repairs, all->nrepairs, r, matched, &said);
    say_parts(r->parts, r->nparts, r, matched, &said);
    const char *text = said.len ? arena_strdup(a, said.text) : NULL;
    buf_free(&said);
    return text;
}

const char *repairs_said(const struct readings *all, struct arena *a)
{
    struct buf said = {0};

    for (size_t i = 0; i < all->nrepairs; i++)
        buf_printf(&said, "%sshowing %s for %s", i ? ", " : "", all->repairs[i].means, all->repairs[i].typed);
    const char *text = said.len ? arena_strdup(a, said.text) : NULL;
    buf_free(&said);
    return text;
}

static bool answers(const struct terms *terms, const char *word, size_t n)
{
    for (size_t i = 0; i < terms->n; i++)
        if (terms->items[i].role != ROLE_FILLER && rank_fit(&terms->items[i], true, word, n) > 0)
            return true;
    return false;
}

size_t hit_marks(const struct hit *hit, const char *text, struct word_span *out, size_t most)
{
    const size_t n = strlen(text);
    struct buf word = {0};
    struct word_span span;
    size_t pos = 0, count = 0;

    while (hit->reading && count < most && word_next(text, n, &pos, &span)) {
        buf_clear(&word);
        fold_text(&word, text + span.start, span.len);
        if (answers(&hit->reading->terms, buf_text(&word), word.len))
            out[count++] = span;
    }
    buf_free(&word);
    return count;
}
