/* notes.c - what is written at an entry and above it: notes, 7th characters, facts.
 *
 * Notes belong to entries, not to releases, and carry a mask of the releases that print them. The release in force gives its
 * own; where it brought no Tabular those of its October release, or of one that the reader asked for, join in, labelled. */
#include <stdlib.h>
#include <string.h>

#include "fields.h"
#include "inside.h"

/* Where text comes from: the release in force and, when it differs, the one that lends its notes. */
struct origin {
    int64_t own, lent;
    const char *lender; /* name for texts that the release in force does not print itself */
};

static struct origin origin_of(const struct shelf *s, enum codeset set)
{
    const struct release *own = s->books[set].release, *lender = shelf_notes_release(s, set);
    const struct origin from = {release_mask(s, own), release_mask(s, lender), lender ? lender->name : NULL};
    return from;
}

struct note_list {
    struct note *items;
    size_t len, cap;
};

static enum status add_notes(struct shelf *s, const struct entry *e, struct arena *a, struct note_list *out,
                             struct error *err)
{
    static const char sql[] = "SELECT kind, text, mask & ?2 FROM note WHERE entry = ?1 AND mask & (?2 | ?3) ORDER BY id";
    const struct origin from = origin_of(s, e->set);
    sqlite3_stmt *q;
    enum status st = sql_open(s, sql, &q, err);

    if (st != ST_OK)
        return st;
    sqlite3_bind_int64(q, 1, e->id);
    sqlite3_bind_int64(q, 2, from.own);
    sqlite3_bind_int64(q, 3, from.lent);
    while ((st = sql_row(s, q, err)) == ST_OK) {
        struct note note = {.kind = (enum note_kind)sqlite3_column_int(q, 0), .from = e->place, .from_kind = e->kind};
        if (note.kind >= NOTE_COUNT)
            continue;
        note.text = sql_text(a, q, 1);
        note.release = sqlite3_column_int64(q, 2) ? NULL : from.lender;
        memcpy(note.from_code, e->code, sizeof note.from_code);
        VEC_PUSH(out, note);
    }
    return st == ST_NONE ? ST_OK : st;
}

static enum status give_notes(struct note_list *list, enum status st, struct arena *a, const struct note **out, size_t *n)
{
    *out = NULL;
    *n = st == ST_OK ? list->len : 0;
    if (*n)
        *out = memcpy(arena_alloc(a, *n * sizeof **out), list->items, *n * sizeof **out);
    free(list->items);
    return st;
}

enum status shelf_notes(struct shelf *s, const struct entry *e, struct arena *a, const struct note **out, size_t *n,
                        struct error *err)
{
    struct note_list list = {0};
    return give_notes(&list, add_notes(s, e, a, &list, err), a, out, n);
}

enum status shelf_effective_notes(struct shelf *s, const struct entry *e, struct arena *a, const struct note **out, size_t *n,
                                  struct error *err)
{
    struct note_list list = {0};
    const struct entry *path = NULL;
    size_t depth = 0;
    enum status st = add_notes(s, e, a, &list, err);

    if (st == ST_OK)
        st = shelf_path(s, e, a, &path, &depth, err);
    while (st == ST_OK && depth > 0)
        st = add_notes(s, &path[--depth], a, &list, err);
    return give_notes(&list, st, a, out, n);
}

/* The characters defined at the entry itself. */
static enum status own_seventh(struct shelf *s, const struct entry *e, struct arena *a, struct seventh *out,
                               struct error *err)
{
    static const char sql[] = "SELECT ch, text, note, mask & ?2 FROM seventh"
                              " WHERE entry = ?1 AND mask & (?2 | ?3) ORDER BY id";
    const struct origin from = origin_of(s, e->set);
    struct {
        struct seventh_char *items;
        size_t len, cap;
    } chars = {0};
    sqlite3_stmt *q;
    enum status st = sql_open(s, sql, &q, err);

    if (st != ST_OK)
        return st;
    sqlite3_bind_int64(q, 1, e->id);
    sqlite3_bind_int64(q, 2, from.own);
    sqlite3_bind_int64(q, 3, from.lent);
    while ((st = sql_row(s, q, err)) == ST_OK) {
        const struct seventh_char c = {sql_text(a, q, 0)[0], sql_text(a, q, 1), sql_text(a, q, 2)};
        out->release = sqlite3_column_int64(q, 3) ? NULL : from.lender;
        VEC_PUSH(&chars, c);
    }
    out->n = chars.len;
    if (chars.len)
        out->chars = memcpy(arena_alloc(a, chars.len * sizeof *chars.items), chars.items, chars.len * sizeof *chars.items);
    memcpy(out->from_code, e->code, sizeof out->from_code);
    out->from_kind = e->kind;
    free(chars.items);
    return st == ST_NONE ? ST_OK : st;
}

enum status shelf_seventh(struct shelf *s, const struct entry *e, bool own, struct arena *a, struct seventh *out,
                          struct error *err)
{
    struct entry at = *e;

    for (;;) {
        memset(out, 0, sizeof *out);
        enum status st = own_seventh(s, &at, a, out, err);
        if (st != ST_OK || out->n || own || at.parent == PLACE_NONE)
            return st;
        if ((st = shelf_entry_at(s, e->set, at.parent, a, &at, err)) != ST_OK)
            return st;
    }
}

enum status shelf_facts(struct shelf *s, const struct entry *e, struct arena *a, const struct fact **out, size_t *n,
                        struct error *err)
{
    static const char sql[] = "SELECT name, value FROM fact WHERE entry = ?1 AND mask & ?2 ORDER BY id";
    struct {
        struct fact *items;
        size_t len, cap;
    } facts = {0};
    char label[128], words[512];
    sqlite3_stmt *q;
    enum status st = sql_open(s, sql, &q, err);

    *out = NULL;
    *n = 0;
    if (st != ST_OK)
        return st;
    sqlite3_bind_int64(q, 1, e->id);
    sqlite3_bind_int64(q, 2, release_mask(s, s->books[e->set].release)
                                 | release_mask(s, shelf_component(s, e->set, COMP_FACTS)));
    while ((st = sql_row(s, q, err)) == ST_OK) {
        const char *name = sql_text(a, q, 0), *value = sql_text(a, q, 1);
        field_label(e->set, name, label, sizeof label);
        field_words(e->set, name, value, words, sizeof words);
        const struct fact fact = {name, value, arena_strdup(a, label), arena_strdup(a, words)};
        VEC_PUSH(&facts, fact);
    }
    if (st == ST_NONE)
        st = crossrefs_put_words(s, e, a, facts.items, facts.len, err);
    if (facts.len)
        *out = memcpy(arena_alloc(a, facts.len * sizeof *facts.items), facts.items, facts.len * sizeof *facts.items);
    *n = facts.len;
    free(facts.items);
    return st;
}
