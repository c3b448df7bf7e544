/* changes_notes.c - notes and 7th characters of entries that two releases have.
 *
 * A note that is gone and one that is new at the same entry are one changed note when they say the same under another label,
 * or under the same label much the same. The notes of an entry that is itself new or gone are part of it. */
#include <stdlib.h>
#include <string.h>

#include "changes_inside.h"

static const double LIKE_ENOUGH = 0.4;

/* A note or 7th character that one of the releases has. */
struct item {
    int64_t entry;
    bool later;
    int kind;         /* enum note_kind; the 7th character */
    const char *text;
    bool paired;
};

struct items {
    struct item *items;
    size_t len, cap;
};

/* Whether both releases brought what notes of the kind come with. */
static bool comparable(const struct diff *d, enum note_kind kind)
{
    if (kind == NOTE_CONSUMER || kind == NOTE_CLINICIAN)
        return diff_has(d, COMP_FACTS);
    return diff_has(d, d->set == SET_CPT ? COMP_CODES : COMP_TABULAR);
}

/* --- pairing -------------------------------------------------------------------------------------------------------- */

static void put_note(struct diff *d, const struct subject *e, const struct item *old, const struct item *now)
{
    const enum note_kind kind = (enum note_kind)(now ? now : old)->kind;
    const char *before = old ? old->text : NULL, *after = now ? now->text : NULL;

    if (old && now && old->kind != now->kind) {
        before = arena_printf(d->a, "%s: %s", note_kind_name((enum note_kind)old->kind), before);
        after = arena_printf(d->a, "%s: %s", note_kind_name(kind), after);
    }
    struct change *c = diff_put(d, CHANGE_RENOTED, e, before, after);
    c->what = note_kind_name(kind);
    c->label = kind == NOTE_INCLUSION_TERM ? "Inclusion term" : note_kind_label(kind);
}

static double likeness(const struct item *old, const struct item *now)
{
    if (old->kind != now->kind)
        return strcmp(old->text, now->text) == 0 ? 1 : 0;
    return changes_likeness(old->text, now->text);
}

/* The unpaired earlier note that is most like a later one, NULL when none is like enough. */
static struct item *most_like(struct item *first, size_t n, const struct item *now)
{
    struct item *best = NULL;
    double most = LIKE_ENOUGH;

    for (size_t i = 0; i < n; i++) {
        const double like = first[i].later || first[i].paired ? 0 : likeness(&first[i], now);
        if (like > most) {
            most = like;
            best = &first[i];
        }
    }
    return best;
}

/* A row that the store wrote twice because its place among the others changed is no change. */
static void drop_equal(struct item *first, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n && first[i].later && !first[i].paired; k++)
            if (!first[k].later && !first[k].paired && first[k].kind == first[i].kind
                && strcmp(first[k].text, first[i].text) == 0)
                first[i].paired = first[k].paired = true;
}

/* The notes of one entry; what is gone stands before what is new and changed. */
static void pair_notes(struct diff *d, const struct subject *e, struct item *first, size_t n)
{
    struct {
        const struct item **items;
        size_t len, cap;
    } old = {0}, now = {0};

    drop_equal(first, n);
    for (size_t i = 0; i < n; i++) {
        if (!first[i].later || first[i].paired)
            continue;
        struct item *like = most_like(first, n, &first[i]);
        if (like)
            like->paired = true;
        first[i].paired = true;
        VEC_PUSH(&old, (const struct item *)like);
        VEC_PUSH(&now, (const struct item *)&first[i]);
    }
    for (size_t i = 0; i < n; i++)
        if (!first[i].paired)
            put_note(d, e, &first[i], NULL);
    for (size_t i = 0; i < now.len; i++)
        put_note(d, e, old.items[i], now.items[i]);
    free(old.items);
    free(now.items);
}

/* 7th characters pair by their character. */
static void pair_sevenths(struct diff *d, const struct subject *e, struct item *first, size_t n)
{
    drop_equal(first, n);
    for (size_t i = 0; i < n; i++) {
        const struct item *old = first[i].later ? NULL : &first[i], *now = first[i].later ? &first[i] : NULL;
        struct item *other = NULL;
        if (first[i].paired)
            continue;
        for (size_t k = i + 1; k < n && !other; k++)
            if (first[k].later != first[i].later && !first[k].paired && first[k].kind == first[i].kind)
                other = &first[k];
        if (other) {
            other->paired = true;
            *(first[i].later ? &old : &now) = other;
        }
        struct change *c = diff_put(d, CHANGE_RENOTED, e, old ? old->text : NULL, now ? now->text : NULL);
        c->what = arena_printf(d->a, "7th character %c", (char)first[i].kind);
        c->label = c->what;
    }
}

/* --- reading -------------------------------------------------------------------------------------------------------- */

typedef void pair_items(struct diff *d, const struct subject *e, struct item *first, size_t n);

/* Pairs the items of each entry that both releases have. */
static enum status pair_all(struct diff *d, struct items *all, pair_items *pair)
{
    for (size_t i = 0, end; i < all->len; i = end) {
        struct subject e;
        for (end = i + 1; end < all->len && all->items[end].entry == all->items[i].entry;)
            end++;
        const enum status st = subject_common(d, all->items[i].entry, &e);
        if (st == ST_NONE || (st == ST_OK && (e.kind == KIND_CHAPTER || e.kind == KIND_SECTION) && !diff_headings(d)))
            continue;
        if (st != ST_OK)
            return st;
        pair(d, &e, &all->items[i], end - i);
    }
    return ST_OK;
}

/* Rows of entry, mask, kind, text. */
static enum status read_items(struct diff *d, const char *sql, struct items *out)
{
    sqlite3_stmt *q;
    enum status st = diff_query(d, sql, &q);

    if (st != ST_OK)
        return st;
    while ((st = sql_row(d->s, q, d->err)) == ST_OK) {
        struct item item = {.entry = sqlite3_column_int64(q, 0),
                            .later = sqlite3_column_int64(q, 1) & d->now,
                            .kind = sqlite3_column_int(q, 2)};
        item.text = sql_text(d->a, q, 3);
        VEC_PUSH(out, item);
    }
    return st == ST_NONE ? ST_OK : st;
}

#define NOTES                                                                                                          \
    "SELECT n.entry, n.mask, n.kind, n.text FROM note n JOIN entry e ON e.id = n.entry"                                 \
    " WHERE ((n.mask & ?1) = 0) <> ((n.mask & ?2) = 0)"

enum status diff_notes(struct diff *d)
{
    static const char all[] = NOTES " AND e.codeset = ?3 ORDER BY n.entry, n.id";
    static const char one[] = NOTES " AND n.entry = ?3 ORDER BY n.id";
    struct items items = {0};
    size_t kept = 0;
    enum status st = read_items(d, d->only ? one : all, &items);

    for (size_t i = 0; i < items.len; i++)
        if (items.items[i].kind >= 0 && items.items[i].kind < NOTE_COUNT
            && comparable(d, (enum note_kind)items.items[i].kind))
            items.items[kept++] = items.items[i];
    items.len = kept;
    if (st == ST_OK)
        st = pair_all(d, &items, pair_notes);
    free(items.items);
    return st;
}

#define SEVENTHS                                                                                                       \
    "SELECT c.entry, c.mask, unicode(c.ch), CASE WHEN c.note = '' THEN c.text ELSE c.text || ' (' || c.note || ')' END" \
    " FROM seventh c JOIN entry e ON e.id = c.entry WHERE ((c.mask & ?1) = 0) <> ((c.mask & ?2) = 0)"

enum status diff_sevenths(struct diff *d)
{
    static const char all[] = SEVENTHS " AND e.codeset = ?3 ORDER BY c.entry, c.id";
    static const char one[] = SEVENTHS " AND c.entry = ?3 ORDER BY c.id";
    struct items items = {0};

    if (!diff_has(d, COMP_TABULAR))
        return ST_OK;
    enum status st = read_items(d, d->only ? one : all, &items);
    if (st == ST_OK)
        st = pair_all(d, &items, pair_sevenths);
    free(items.items);
    return st;
}
