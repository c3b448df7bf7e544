/* refs.c - who mentions a code.
 *
 * The shelf keeps every code and range that a text names (table ref). An entry is reached by its own code, by that of an entry
 * above it ("S52.-"), and by a range that holds it. A range means what stands between its ends in the book of the release in
 * force, where M1A follows M08, so that its ends are looked up and their places compared, never their letters; only the first
 * letter, which chapters follow, spares looking up most of them. */
#include <stdlib.h>
#include <string.h>

#include "refs_inside.h"
#include "terms_inside.h"

enum { RANGE_DISTANCE = PATH_DEPTH_MAX }; /* ranges come after everything above an entry */

/* The entry asked about, with those above it, nearest first. */
struct target {
    const struct entry *e;
    struct entry up[PATH_DEPTH_MAX + 1];
    size_t n;
};

static enum status target_read(struct shelf *s, const struct entry *e, struct arena *a, struct target *out, struct error *err)
{
    const struct entry *path;
    size_t n;
    const enum status st = shelf_path(s, e, a, &path, &n, err);

    out->e = e;
    out->n = 0;
    if (st != ST_OK)
        return st;
    out->up[out->n++] = *e;
    while (n > 0)
        out->up[out->n++] = path[--n];
    return ST_OK;
}

/* "I60-I69", "T36-T50 with fifth or sixth character 5" */
static const char *print_named(struct arena *a, enum codeset set, const char *first, const char *last, const char *narrowed)
{
    char from[CODE_MAX], to[CODE_MAX];

    code_print(set, first, from);
    code_print(set, last, to);
    return arena_printf(a, "%s%s%s%s%s", from, strcmp(first, last) ? "-" : "", strcmp(first, last) ? to : "",
                        *narrowed ? " with " : "", narrowed);
}

/* Takes the rows of a statement that gives source, id, narrowed. */
static enum status take_reaches(struct shelf *s, sqlite3_stmt *q, const struct entry *e, const char *first, const char *last,
                                int distance, struct arena *a, struct reaches *out, struct error *err)
{
    const char *plain = NULL;
    enum status st;

    while ((st = sql_row(s, q, err)) == ST_OK) {
        const char *narrowed = (const char *)sqlite3_column_text(q, 2);
        struct reach reach = {.id = sqlite3_column_int64(q, 1), .source = sqlite3_column_int(q, 0), .distance = distance};
        if (!narrowed || !narrowed_holds(narrowed, e->code))
            continue;
        if (!*narrowed && !plain)
            plain = print_named(a, e->set, first, last, "");
        reach.named = *narrowed ? print_named(a, e->set, first, last, narrowed) : plain;
        VEC_PUSH(out, reach);
    }
    sqlite3_clear_bindings(q);
    return st == ST_NONE ? ST_OK : st;
}

/* Single codes: the entry's own and those above it. */
static enum status add_codes(struct shelf *s, const struct target *t, int source, struct arena *a, struct reaches *out,
                             struct error *err)
{
    static const char sql[] = "SELECT source, id, narrowed FROM ref WHERE first = ?1 AND last = first AND ?2 IN (-1, source)";
    enum status st = ST_OK;
    sqlite3_stmt *q;

    for (size_t i = 0; i < t->n && st == ST_OK; i++) {
        const struct entry *up = &t->up[i];
        if (up->kind == KIND_CHAPTER || up->kind == KIND_SECTION)
            continue;
        if ((st = sql_open(s, sql, &q, err)) != ST_OK)
            return st;
        sqlite3_bind_text(q, 1, up->code, -1, SQLITE_STATIC);
        sqlite3_bind_int(q, 2, source);
        st = take_reaches(s, q, t->e, up->code, up->code, (int)i, a, out, err);
    }
    return st;
}

struct range {
    char first[CODE_MAX], last[CODE_MAX];
};
struct ranges {
    struct range *items;
    size_t len, cap;
};

static void copy_code(char out[CODE_MAX], sqlite3_stmt *q, int column)
{
    const char *code = (const char *)sqlite3_column_text(q, column);
    const size_t n = code ? strnlen(code, CODE_MAX - 1) : 0;

    if (n)
        memcpy(out, code, n);
    out[n] = '\0';
}

/* The ranges that may hold a code, by its first letter: letters follow the alphabet but for U, the last chapter. */
static enum status ranges_read(struct shelf *s, const char *code, struct ranges *out, struct error *err)
{
    static const char sql[] = "SELECT DISTINCT first, last FROM ref WHERE first <> last AND first < ?2"
                              " AND (last >= ?1 OR last BETWEEN 'U' AND 'V')";
    const char letter[] = {code[0], '\0'}, next[] = {code[0] == 'U' ? '[' : (char)(code[0] + 1), '\0'}; /* '[' follows Z */
    sqlite3_stmt *q;
    enum status st = sql_open(s, sql, &q, err);

    if (st != ST_OK)
        return st;
    sqlite3_bind_text(q, 1, letter, -1, SQLITE_STATIC);
    sqlite3_bind_text(q, 2, next, -1, SQLITE_STATIC);
    while ((st = sql_row(s, q, err)) == ST_OK) {
        struct range r;
        copy_code(r.first, q, 0);
        copy_code(r.last, q, 1);
        VEC_PUSH(out, r);
    }
    sqlite3_clear_bindings(q);
    return st == ST_NONE ? ST_OK : st;
}

/* The place of a code, or of what is left of it when the release has not got it whole. PLACE_NONE for none. */
static uint32_t place_of(struct shelf *s, enum codeset set, const char *code)
{
    static const char sql[] = "SELECT v.id FROM entry e JOIN version v ON v.entry = e.id AND v.mask & ?3"
                              " WHERE e.codeset = ?1 AND e.code = ?2 AND e.class = 0";
    sqlite3_stmt *q;

    for (size_t n = strlen(code); n >= 3; n--) {
        if (sql_open(s, sql, &q, NULL) != ST_OK)
            return PLACE_NONE;
        sqlite3_bind_int(q, 1, (int)set);
        sqlite3_bind_text(q, 2, code, (int)n, SQLITE_STATIC);
        sqlite3_bind_int64(q, 3, release_mask(s, s->books[set].release));
        const enum status st = sql_row(s, q, NULL);
        const int64_t version = st == ST_OK ? sqlite3_column_int64(q, 0) : 0;
        sqlite3_reset(q);
        sqlite3_clear_bindings(q);
        if (st == ST_OK)
            return sequence_place(&s->books[set], version);
    }
    return PLACE_NONE;
}

/* How many entries a range holds when the one asked about is among them, else 0. Where the release has none of an end (U00-U85)
 * the text of the codes is all there is to go by, and the range passes for a wide one. */
static uint32_t range_size(struct shelf *s, const struct entry *e, const struct range *r)
{
    const uint32_t first = place_of(s, e->set, r->first);

    if (first != PLACE_NONE && first > e->place)
        return 0;
    const uint32_t last = place_of(s, e->set, r->last);
    if (first == PLACE_NONE || last == PLACE_NONE)
        return strcmp(e->code, r->first) >= 0 && strncmp(e->code, r->last, strlen(r->last)) <= 0 ? s->books[e->set].size : 0;
    const uint32_t end = last >= e->place ? last + 1 : shelf_subtree_end(s, e->set, last);
    return first <= last && e->place < end ? end - first : 0;
}

static enum status add_ranges(struct shelf *s, const struct target *t, int source, struct arena *a, struct reaches *out,
                              struct error *err)
{
    static const char sql[] = "SELECT source, id, narrowed FROM ref WHERE first = ?1 AND last = ?2 AND first <> last"
                              " AND ?3 IN (-1, source)";
    struct ranges ranges = {0};
    sqlite3_stmt *q;
    enum status st = ranges_read(s, t->e->code, &ranges, err);

    for (size_t i = 0; i < ranges.len && st == ST_OK; i++) {
        const struct range *r = &ranges.items[i];
        const uint32_t size = range_size(s, t->e, r);
        if (!size)
            continue;
        if ((st = sql_open(s, sql, &q, err)) != ST_OK)
            break;
        sqlite3_bind_text(q, 1, r->first, -1, SQLITE_STATIC);
        sqlite3_bind_text(q, 2, r->last, -1, SQLITE_STATIC);
        sqlite3_bind_int(q, 3, source);
        st = take_reaches(s, q, t->e, r->first, r->last, RANGE_DISTANCE + (int)size, a, out, err);
    }
    free(ranges.items);
    return st;
}

static int by_row(const void *a, const void *b)
{
    const struct reach *x = a, *y = b;

    if (x->source != y->source)
        return x->source < y->source ? -1 : 1;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return (x->distance > y->distance) - (x->distance < y->distance);
}

enum status reaches_find(struct shelf *s, const struct entry *e, int source, struct arena *a, struct reaches *out,
                         struct error *err)
{
    struct target t;
    size_t n = 0;
    enum status st = target_read(s, e, a, &t, err);

    if (st == ST_OK)
        st = add_codes(s, &t, source, a, out, err);
    if (st == ST_OK && e->kind != KIND_CHAPTER && e->kind != KIND_SECTION)
        st = add_ranges(s, &t, source, a, out, err);
    if (out->len)
        qsort(out->items, out->len, sizeof *out->items, by_row);
    for (size_t i = 0; i < out->len; i++)
        if (n == 0 || out->items[n - 1].source != out->items[i].source || out->items[n - 1].id != out->items[i].id)
            out->items[n++] = out->items[i];
    out->len = n;
    return st;
}

/* --- the mentions --------------------------------------------------------------------------------------------------- */

/* A note of the releases whose notes are shown, with the entry it stands at; ST_NONE for another. */
static enum status note_of_id(struct shelf *s, enum codeset set, int64_t id, struct arena *a, struct note *out,
                              struct error *err)
{
    static const char sql[] = "SELECT n.kind, n.text, n.mask & ?2, v.id, v.kind, e.code"
                              " FROM note n JOIN entry e ON e.id = n.entry"
                              " JOIN version v ON v.entry = e.id AND v.mask & ?2"
                              " WHERE n.id = ?1 AND n.mask & (?2 | ?3) AND e.codeset = ?4";
    const struct release *lender = shelf_notes_release(s, set);
    sqlite3_stmt *q;
    enum status st = sql_open(s, sql, &q, err);

    memset(out, 0, sizeof *out);
    if (st != ST_OK)
        return st;
    sqlite3_bind_int64(q, 1, id);
    sqlite3_bind_int64(q, 2, release_mask(s, s->books[set].release));
    sqlite3_bind_int64(q, 3, release_mask(s, lender));
    sqlite3_bind_int(q, 4, (int)set);
    if ((st = sql_row(s, q, err)) != ST_OK)
        return st;
    out->kind = (enum note_kind)sqlite3_column_int(q, 0);
    out->text = sql_text(a, q, 1);
    out->release = sqlite3_column_int64(q, 2) || !lender ? NULL : lender->name;
    out->from = sequence_place(&s->books[set], sqlite3_column_int64(q, 3));
    out->from_kind = (enum kind)sqlite3_column_int(q, 4);
    copy_code(out->from_code, q, 5);
    sqlite3_reset(q);
    return out->kind < NOTE_COUNT && out->from_kind < KIND_COUNT ? ST_OK : ST_NONE;
}

static enum status make_mention(struct shelf *s, enum codeset set, const struct reach *r, struct arena *a, struct mention *out,
                                struct error *err)
{
    memset(out, 0, sizeof *out);
    out->named = r->named;
    out->distance = r->distance;
    if (r->source == REF_NOTE) {
        out->kind = MENTION_NOTE;
        return note_of_id(s, set, r->id, a, &out->note, err);
    }
    if (r->source == REF_TERM) {
        out->kind = MENTION_TERM;
        const enum status st = term_of_id(s, r->id, a, &out->term, err);
        return st == ST_OK && out->term.set != set ? ST_NONE : st;
    }
    out->kind = MENTION_GUIDELINE;
    return set == SET_ICD10CM ? guideline_of_id(s, r->id, a, &out->guideline, err) : ST_NONE;
}

static uint32_t mention_book(const struct mention *m)
{
    return m->kind == MENTION_TERM ? (uint32_t)m->term.book : 0;
}

static uint32_t mention_place(const struct mention *m)
{
    return m->kind == MENTION_NOTE ? m->note.from : m->kind == MENTION_TERM ? m->term.place : m->guideline.place;
}

static int by_nearness(const void *a, const void *b)
{
    const struct mention *x = a, *y = b;
    const uint32_t book_x = mention_book(x), book_y = mention_book(y), place_x = mention_place(x), place_y = mention_place(y);

    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    if (book_x != book_y)
        return book_x < book_y ? -1 : 1;
    return (place_x > place_y) - (place_x < place_y);
}

enum status refs_to(struct shelf *s, const struct entry *e, struct arena *a, const struct mention **out, size_t *n,
                    struct error *err)
{
    struct reaches reaches = {0};
    struct mention *found = NULL;
    size_t count = 0;
    enum status st = reaches_find(s, e, -1, a, &reaches, err);

    *out = NULL;
    *n = 0;
    if (st == ST_OK)
        found = arena_alloc(a, reaches.len * sizeof *found);
    for (size_t i = 0; i < reaches.len && st == ST_OK; i++) {
        st = make_mention(s, e->set, &reaches.items[i], a, &found[count], err);
        count += st == ST_OK;
        st = st == ST_NONE ? ST_OK : st;
    }
    if (st == ST_OK && count) {
        qsort(found, count, sizeof *found, by_nearness);
        *out = found;
        *n = count;
    }
    free(reaches.items);
    return st;
}
