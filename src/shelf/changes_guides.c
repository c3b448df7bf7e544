/* changes_guides.c - sections of the Official Guidelines that differ.
 *
 * A section is known by its number and title. One that was put in shifts the numbers of those behind it, so what has another
 * number but the same title and words, or the same title under the same section, has moved. Of one that is worded otherwise
 * only the paragraphs that differ are given: some sections have several pages. */
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "changes_inside.h"

/* A section that one of the releases has, or has differently. */
struct section {
    bool later, paired;
    uint32_t place;
    const char *number, *title, *text;
};

struct sections {
    struct section *items;
    size_t len, cap;
};

/* --- pairs ------------------------------------------------------------------------------------------------------------ */

static bool same_number(const struct section *a, const struct section *b)
{
    return strcmp(a->number, b->number) == 0 && strcmp(a->title, b->title) == 0;
}

static bool same_words(const struct section *a, const struct section *b)
{
    return strcmp(a->title, b->title) == 0 && strcmp(a->text, b->text) == 0;
}

static size_t parent_len(const char *number)
{
    const char *dot = strrchr(number, '.');
    return dot ? (size_t)(dot - number) : 0;
}

static bool same_title_beside(const struct section *a, const struct section *b)
{
    const size_t n = parent_len(a->number);
    return n == parent_len(b->number) && strncmp(a->number, b->number, n) == 0 && strcmp(a->title, b->title) == 0;
}

/* Another title for much the same. */
static bool retitled(const struct section *a, const struct section *b)
{
    return strcmp(a->number, b->number) == 0 && changes_likeness(a->text, b->text) > 0.5;
}

/* --- what is put ------------------------------------------------------------------------------------------------------ */

static bool has_line(const char *text, const char *line, size_t len)
{
    for (; *text; text += strcspn(text, "\n"), text += *text == '\n') {
        const size_t n = strcspn(text, "\n");
        if (n == len && memcmp(text, line, n) == 0)
            return true;
    }
    return false;
}

/* The title when that differs, and the paragraphs that the other wording lacks. */
static const char *differing(struct diff *d, const struct section *s, const struct section *other)
{
    struct buf out = {0};

    if (strcmp(s->title, other->title) != 0)
        buf_puts(&out, s->title);
    for (const char *at = s->text; *at;) {
        const size_t n = strcspn(at, "\n");
        if (!has_line(other->text, at, n)) {
            buf_puts(&out, out.len ? "\n" : "");
            buf_add(&out, at, n);
        }
        at += n + (at[n] == '\n');
    }
    const char *kept = arena_strdup(d->a, buf_text(&out));
    buf_free(&out);
    return kept;
}

static void put_section(struct diff *d, enum change_kind kind, const struct section *s, const char *before, const char *after)
{
    const struct placed put = {.change = {.kind = kind,
                                          .book = COMP_GUIDELINES,
                                          .code = "",
                                          .path = s->number,
                                          .title = s->title,
                                          .before = before,
                                          .after = after},
                               .place = s->place,
                               .behind = kind == CHANGE_DELETED};
    VEC_PUSH(&d->out, put);
}

static void put_pair(struct diff *d, const struct section *old, const struct section *now)
{
    if (strcmp(old->number, now->number) != 0)
        put_section(d, CHANGE_MOVED, now, old->number, now->number);
    if (same_words(old, now))
        return;
    const char *before = differing(d, old, now), *after = differing(d, now, old);
    const bool order = !*before && !*after; /* the same paragraphs in another order */
    put_section(d, CHANGE_REWORDED, now, order ? old->text : before, order ? now->text : after);
}

/* --- the comparison --------------------------------------------------------------------------------------------------- */

static enum status read_sections(struct diff *d, struct book *before, struct book *after, struct sections *out)
{
    static const char sql[] = "SELECT id, mask & ?2, section, title, text FROM guideline"
                              " WHERE ((mask & ?1) = 0) <> ((mask & ?2) = 0) AND codeset = ?3 ORDER BY id";
    sqlite3_stmt *q;
    enum status st = diff_query(d, sql, &q);

    if (st != ST_OK)
        return st;
    while ((st = sql_row(d->s, q, d->err)) == ST_OK) {
        struct section s = {.later = sqlite3_column_int64(q, 1)};
        s.place = sequence_place(s.later ? after : before, sqlite3_column_int64(q, 0));
        s.number = sql_text(d->a, q, 2);
        s.title = sql_text(d->a, q, 3);
        s.text = sql_text(d->a, q, 4);
        VEC_PUSH(out, s);
    }
    return st == ST_NONE ? ST_OK : st;
}

/* Pairs what is left by one way of knowing a section again. */
static void pair_sections(struct diff *d, struct sections *all, bool (*same)(const struct section *, const struct section *))
{
    for (size_t i = 0; i < all->len; i++) {
        struct section *old = &all->items[i];
        for (size_t k = 0; k < all->len && !old->later && !old->paired; k++) {
            struct section *now = &all->items[k];
            if (now->later && !now->paired && same(old, now)) {
                old->paired = now->paired = true;
                put_pair(d, old, now);
            }
        }
    }
}

static enum status compare_sections(struct diff *d, struct book *before, struct book *after)
{
    struct sections all = {0};
    const enum status st = read_sections(d, before, after, &all);

    if (st == ST_OK) {
        pair_sections(d, &all, same_number);
        pair_sections(d, &all, same_words);
        pair_sections(d, &all, same_title_beside);
        pair_sections(d, &all, retitled);
    }
    for (size_t i = 0; st == ST_OK && i < all.len; i++) {
        const struct section *s = &all.items[i];
        if (!s->paired)
            put_section(d, s->later ? CHANGE_ADDED : CHANGE_DELETED, s, s->later ? NULL : s->text, s->later ? s->text : NULL);
    }
    free(all.items);
    return st;
}

enum status diff_guidelines(struct diff *d)
{
    static const char same_section[] = "SELECT w.id FROM guideline v JOIN guideline w"
                                       " ON w.section = v.section AND w.codeset = v.codeset WHERE v.id = ?1 AND w.mask & ?2";
    struct book before = {.release = d->from}, after = {.release = d->to};
    const size_t first = d->out.len;
    enum status st = ST_OK;

    if (!diff_has(d, COMP_GUIDELINES))
        return ST_OK;
    st = sequence_read(d->s, &before, COMP_GUIDELINES, d->err);
    if (st == ST_OK)
        st = sequence_read(d->s, &after, COMP_GUIDELINES, d->err);
    if (st == ST_OK)
        st = compare_sections(d, &before, &after);
    if (st == ST_OK)
        st = diff_place_gone(d, first, &before, &after, same_section);
    sequence_free(&before);
    sequence_free(&after);
    return st;
}
