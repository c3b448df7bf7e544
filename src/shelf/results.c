/* results.c - from candidates to hits: one an entry, in force, merged over the code sets, families with their member. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "search_run.h"

static const double NAMED = 0.8; /* share of a header's score from which on a code under it stands for it */

enum {
    SPARE = 16,      /* entries behind the limit that looking up can still bring to the front */
    HEADERS_MAX = 6, /* whose default code is looked for */
    GUESSED_MAX = 2  /* entries that a guess brings: the others move little */
};

static int by_entry(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->entry != y->entry)
        return x->entry < y->entry ? -1 : 1;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    return (x->doc > y->doc) - (x->doc < y->doc);
}

/* Best first; equal scores in the order of importance. */
static int by_score(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    if (x->set != y->set)
        return x->set < y->set ? -1 : 1;
    return (x->doc > y->doc) - (x->doc < y->doc);
}

static bool in_force(date from, date to, date d)
{
    return (from == 0 || from <= d) && (to == 0 || d <= to);
}

/* What an external cause counts: it only goes with the code of an injury, which is what is looked for, and it answers only what
 * is all its own: nobody who leaves words unanswered means "struck by hockey stick". */
static double cause_share(const struct candidate *c, const char *code)
{
    if (c->set != SET_ICD10CM || !c->reading || !code || !*code || !strchr("VWXY", *code))
        return 1;
    for (size_t i = 0; i < c->reading->terms.n; i++) {
        const struct sought *t = &c->reading->terms.items[i];
        if (!(c->matched & (1u << i)) && t->role == ROLE_NEEDED)
            return 0.8;
    }
    return 0.93;
}

enum status candidate_look_up(struct search *run, struct candidate *c, struct error *err)
{
    static const char sql[] = "SELECT id, kind, billable, from_date, to_date,"
                              " NOT billable AND EXISTS"
                              " (SELECT 1 FROM version c WHERE c.parent = ?1 AND c.mask & ?2 AND c.family)"
                              ", (SELECT code FROM entry WHERE id = ?1) FROM version WHERE entry = ?1 AND mask & ?2";
    sqlite3_stmt *q;
    enum status st = sql_open(run->s, sql, &q, err);

    if (st != ST_OK)
        return st;
    sqlite3_bind_int64(q, 1, c->entry);
    sqlite3_bind_int64(q, 2, release_mask(run->s, run->s->books[c->set].release));
    if ((st = sql_row(run->s, q, err)) != ST_OK) {
        c->score = 0;
        return st == ST_NONE ? ST_OK : st;
    }
    c->version = sqlite3_column_int64(q, 0);
    c->members = sqlite3_column_int(q, 5);
    const enum kind kind = (enum kind)sqlite3_column_int(q, 1);
    if (kind == KIND_CHAPTER || kind == KIND_SECTION)
        c->score *= 0.8;
    c->header = kind != KIND_CHAPTER && kind != KIND_SECTION && !sqlite3_column_int(q, 2) && !c->members;
    const char *code = (const char *)sqlite3_column_text(q, 6);
    c->score *= cause_share(c, code);
    if (c->set == SET_HCPCS && code && *code == 'C') /* for hospitals, until there is a permanent code */
        c->score *= 0.95;
    if (kind == KIND_MODIFIER) /* goes with a code, which is what is looked for */
        c->score *= 0.93;
    c->billable = sqlite3_column_int(q, 2) && in_force(sqlite3_column_int(q, 3), sqlite3_column_int(q, 4), shelf_date(run->s));
    if (!in_force(sqlite3_column_int(q, 3), sqlite3_column_int(q, 4), shelf_date(run->s)))
        c->score *= 0.7;
    sqlite3_reset(q);
    return ST_OK;
}

/* Keeps the best candidate of each entry, best entry first; *n is the end of them. */
static void merge_entries(struct search *run, size_t first)
{
    struct candidate *items = run->found.items;
    size_t n = first;

    qsort(items + first, run->found.len - first, sizeof *items, by_entry);
    for (size_t i = first; i < run->found.len; i++)
        if (i == first || items[i].entry != items[n - 1].entry)
            items[n++] = items[i];
    qsort(items + first, n - first, sizeof *items, by_score);
    run->found.len = n;
}

/* Keeps the best entries of the readings that are guesses. */
static void thin_guesses(struct search *run, size_t first)
{
    struct candidate *items = run->found.items;
    int64_t guessed[GUESSED_MAX];
    size_t kept = first, n = 0;

    qsort(items + first, run->found.len - first, sizeof *items, by_score);
    for (size_t i = first; i < run->found.len; i++) {
        if (items[i].reading && items[i].reading->guess) {
            size_t at = 0;
            while (at < n && guessed[at] != items[i].entry)
                at++;
            if (at == GUESSED_MAX)
                continue;
            if (at == n)
                guessed[n++] = items[i].entry;
        }
        items[kept++] = items[i];
    }
    run->found.len = kept;
}

static enum status code_of(struct search *run, const struct candidate *c, char code[CODE_MAX], struct error *err)
{
    static const char sql[] = "SELECT code FROM entry WHERE id = ?1";
    sqlite3_stmt *q;
    enum status st = sql_open(run->s, sql, &q, err);

    if (st != ST_OK)
        return st;
    sqlite3_bind_int64(q, 1, c->entry);
    if ((st = sql_row(run->s, q, err)) == ST_OK) {
        snprintf(code, CODE_MAX, "%s", (const char *)sqlite3_column_text(q, 0));
        sqlite3_reset(q);
    }
    return st;
}

/* The code under a header that the book itself gives for what was asked, in its index or an inclusion term, found nearly as well
 * as the header; ST_NONE when there is none. The book of another release is asked or not. */
static enum status name_under(struct search *run, size_t first, size_t header, bool other, struct error *err)
{
    struct candidate *items = run->found.items;
    char above[CODE_MAX], code[CODE_MAX];
    enum status st = code_of(run, &items[header], above, err);
    const size_t n = strlen(above);
    struct candidate *best = NULL;

    for (size_t i = first; i < run->found.len && st == ST_OK; i++) {
        struct candidate *c = &items[i];
        if (!c->named || (c->other && !other) || (!c->billable && !c->members) || c->score < NAMED * items[header].score
            || (best && c->score <= best->score))
            continue;
        if ((st = code_of(run, c, code, err)) == ST_OK && strncmp(code, above, n) == 0 && code[n])
            best = c;
    }
    if (st != ST_OK || !best)
        return st == ST_OK ? ST_NONE : st;
    best->score = items[header].score > best->score ? items[header].score : best->score;
    items[header].score *= 0.93;
    return ST_OK;
}

/* The code whose title looks like the default of a header; one that does not say so steps back behind one that another release
 * names. */
static enum status guess_under(struct search *run, size_t first, size_t header, struct error *err)
{
    struct candidate c;
    enum status st = default_under(run, &run->found.items[header], &c, err);

    if (st == ST_NONE || (st == ST_OK && !c.named)) {
        const enum status named = name_under(run, first, header, true, err);
        if (st == ST_NONE || named != ST_NONE)
            return named;
    }
    if (st != ST_OK)
        return st;
    c.header = c.named = false;
    bool allowed = true;
    st = candidate_look_up(run, &c, err);
    if (st == ST_OK)
        st = filter_allows(run, &c, &allowed, err);
    if (st == ST_OK && allowed && c.score > 0) {
        run->found.items[header].score *= 0.93;
        VEC_PUSH(&run->found, c);
    }
    return st;
}

/* A header makes way for the code that stands for it. */
static enum status add_default(struct search *run, size_t first, size_t header, struct error *err)
{
    enum status st = name_under(run, first, header, false, err);

    if (st == ST_NONE)
        st = guess_under(run, first, header, err);
    return st == ST_NONE ? ST_OK : st;
}

static void drop_headers(struct search *run, size_t first)
{
    size_t kept = first;

    for (size_t i = first; i < run->found.len; i++)
        if (filter_reportable(run, &run->found.items[i]))
            run->found.items[kept++] = run->found.items[i];
    run->found.len = kept;
}

enum status candidates_settle(struct search *run, size_t first, struct error *err)
{
    enum status st = ST_OK;

    if (run->found.len == first)
        return ST_OK;
    if (run->q->typing)
        thin_guesses(run, first);
    merge_entries(run, first);
    const size_t all = run->found.len;
    const size_t keep = first + run->q->limit + SPARE;
    const size_t n = all < keep || run->box.filtered ? all : keep;
    size_t kept = first;
    for (size_t i = first; i < n && kept < keep && st == ST_OK; i++) {
        struct candidate c = run->found.items[i];
        bool allowed = true;
        st = candidate_look_up(run, &c, err);
        if (st == ST_OK && c.score > 0)
            st = filter_allows(run, &c, &allowed, err);
        if (c.score > 0 && allowed)
            run->found.items[kept++] = c;
    }
    run->found.len = kept;
    for (size_t i = first, headers = 0; i < kept && headers < HEADERS_MAX && st == ST_OK; i++)
        if (run->found.items[i].header) {
            headers++;
            st = add_default(run, first, i, err);
        }
    if (st == ST_OK && kept > first)
        merge_entries(run, first);
    if (run->box.billable)
        drop_headers(run, first);
    run->entries += all - n + run->found.len - first; /* those beyond the kept ones stay counted */
    return st;
}

/* The member of a family that has most of the words about 7th characters; the first in the book when none is said. */
static enum status choose_member(struct search *run, const struct candidate *c, int64_t *version, struct error *err)
{
    static const char sql[] = "SELECT id, title FROM version WHERE parent = ?1 AND mask & ?2 AND family";
    struct book *b = &run->s->books[c->set];
    uint32_t best_place = PLACE_NONE;
    unsigned best = 0;
    sqlite3_stmt *q;
    enum status st = sequence_load(run->s, c->set, err);

    if (st != ST_OK || (st = sql_open(run->s, sql, &q, err)) != ST_OK)
        return st;
    sqlite3_bind_int64(q, 1, c->entry);
    sqlite3_bind_int64(q, 2, release_mask(run->s, b->release));
    while ((st = sql_row(run->s, q, err)) == ST_OK) {
        const int64_t id = sqlite3_column_int64(q, 0);
        const char *title = (const char *)sqlite3_column_text(q, 1);
        const uint32_t place = sequence_place(b, id);
        const unsigned words = title ? rank_words(c->reading ? &c->reading->terms : NULL, 0, title, &run->room) : 0;
        if (best_place == PLACE_NONE || words > best || (words == best && place < best_place)) {
            best = words;
            best_place = place;
            *version = id;
        }
    }
    return st == ST_NONE ? ST_OK : st;
}

static enum status name_row(struct search *run, const struct candidate *c, struct hit *hit, struct error *err)
{
    static const char sql[] = "SELECT path, title, nemod FROM term WHERE id = ?1";
    struct buf text = {0};
    sqlite3_stmt *q;
    enum status st = sql_open(run->s, sql, &q, err);

    if (st != ST_OK)
        return st;
    sqlite3_bind_int64(q, 1, c->row);
    if ((st = sql_row(run->s, q, err)) != ST_OK)
        return st;
    for (const char *path = (const char *)sqlite3_column_text(q, 0); path && *path;) {
        const size_t n = strcspn(path, "\n");
        buf_printf(&text, "%.*s > ", (int)n, path);
        path += n + (path[n] == '\n');
    }
    buf_puts(&text, (const char *)sqlite3_column_text(q, 1));
    hit->matched = c->other ? "index path of another release" : "index path";
    hit->text = arena_strdup(run->a, buf_text(&text));
    buf_free(&text);
    sqlite3_reset(q);
    return ST_OK;
}

/* Which text matched, in words, and the text itself. */
static enum status name_match(struct search *run, const struct candidate *c, struct hit *hit, struct error *err)
{
    static const char *const sql[SET_COUNT] = {"SELECT field, text, mask & ?2 FROM doc_icd10cm WHERE id = ?1",
                                               "SELECT field, text, mask & ?2 FROM doc_hcpcs WHERE id = ?1",
                                               "SELECT field, text, mask & ?2 FROM doc_cpt WHERE id = ?1"};
    static const char *const names[FIELD_COUNT] = {"title",    "printed title",       "short title",         "inclusion term",
                                                   "includes", "consumer descriptor", "clinician descriptor"};
    sqlite3_stmt *q;
    enum status st;

    if (c->row)
        return name_row(run, c, hit, err);
    if (!c->doc) {
        char code[CODE_MAX];
        hit->matched = "code";
        hit->text = arena_strdup(run->a, code_print(c->set, hit->entry.code, code));
        return ST_OK;
    }
    if ((st = sql_open(run->s, sql[c->set], &q, err)) != ST_OK)
        return st;
    const int64_t shown = release_mask(run->s, run->s->books[c->set].release)
                          | release_mask(run->s, shelf_notes_release(run->s, c->set));
    sqlite3_bind_int64(q, 1, c->doc);
    sqlite3_bind_int64(q, 2, shown);
    if ((st = sql_row(run->s, q, err)) != ST_OK)
        return st;
    const int field = sqlite3_column_int(q, 0);
    hit->matched = field >= 0 && field < FIELD_COUNT ? names[field] : "";
    hit->text = sql_text(run->a, q, 1);
    if (!sqlite3_column_int64(q, 2)) /* helped to find the code, but is not in force */
        hit->matched = arena_printf(run->a, "%s of another release", hit->matched);
    sqlite3_reset(q);
    return ST_OK;
}

static enum status count_members(struct search *run, const struct candidate *c, size_t *out, struct error *err)
{
    static const char sql[] = "SELECT count(*) FROM version WHERE parent = ?1 AND mask & ?2 AND family";
    sqlite3_stmt *q;
    enum status st = sql_open(run->s, sql, &q, err);

    if (st != ST_OK)
        return st;
    sqlite3_bind_int64(q, 1, c->entry);
    sqlite3_bind_int64(q, 2, release_mask(run->s, run->s->books[c->set].release));
    if ((st = sql_row(run->s, q, err)) == ST_OK) {
        *out = (size_t)sqlite3_column_int64(q, 0);
        sqlite3_reset(q);
    }
    return st;
}

static enum status make_hit(struct search *run, const struct candidate *c, struct hit *hit, struct error *err)
{
    int64_t version = c->version;
    enum status st = ST_OK;

    if (c->members && c->reading && !run->q->families)
        st = choose_member(run, c, &version, err);
    if (st == ST_OK)
        st = entry_of_version(run->s, c->set, version, run->a, &hit->entry, err);
    if (st == ST_OK)
        st = name_match(run, c, hit, err);
    if (c->reading)
        hit->read = reading_said(run->readings[c->set], c->reading, c->matched, run->a);
    hit->reading = c->reading;
    hit->score = c->score;
    if (st == ST_OK && c->members && run->q->families)
        st = count_members(run, c, &hit->members, err);
    return st;
}

/* What the best hit takes for granted: "showing hemorrhoids for hemoroids; without: foo"; NULL when it has every word as typed. */
static const char *say_assumed(const struct search *run)
{
    const struct candidate *best = &run->found.items[0];
    const struct terms *terms = &best->reading->terms;
    const char *repaired = repairs_said(run->readings[best->set], run->a);
    struct buf said = {0}, missing = {0};

    buf_puts(&said, repaired ? repaired : "");
    for (size_t i = 0; i < terms->n; i++) {
        const struct sought *t = &terms->items[i];
        if (!(best->matched & (1u << i))) {
            if (t->role == ROLE_NEEDED)
                buf_printf(&missing, " %s", t->word);
        } else if (t->prefix && t->word[t->prefix]) {
            buf_printf(&said, "%sshowing %.*s- for %s", said.len ? ", " : "", (int)t->prefix, t->word, t->word);
        }
    }
    if (missing.len)
        buf_printf(&said, "%swithout:%s", said.len ? "; " : "", missing.text);
    const char *text = said.len ? arena_strdup(run->a, said.text) : NULL;
    buf_free(&said);
    buf_free(&missing);
    return text;
}

enum status hits_give(struct search *run, struct hits *out, struct error *err)
{
    enum status st = ST_OK;

    if (run->found.len == 0)
        return ST_OK;
    const bool words = run->readings[SET_ICD10CM] || run->readings[SET_HCPCS] || run->readings[SET_CPT];
    if (words)
        qsort(run->found.items, run->found.len, sizeof *run->found.items, by_score);
    const size_t n = run->found.len < run->q->limit ? run->found.len : run->q->limit;
    struct hit *hits = arena_alloc(run->a, n * sizeof *hits);
    for (size_t i = 0; i < n && st == ST_OK; i++)
        st = make_hit(run, &run->found.items[i], &hits[i], err);
    if (st != ST_OK)
        return st;
    out->items = hits;
    out->n = n;
    out->total = run->entries;
    out->more = run->more;
    if (run->found.items[0].reading) {
        out->said = say_assumed(run);
        out->repaired = out->said && strstr(out->said, "showing ");
    }
    return ST_OK;
}
