/* search_filter.c - a search held to what the box asks for besides words: chapters, ranges, what can be reported, and no
 * entry that has an unwanted word. With nothing but these the book itself is listed, in its order. */
#include <string.h>

#include "codeshelf/fold.h"
#include "search_run.h"

/* The forms of an unwanted word, or the phrase, as FTS5 wants them. */
static enum status unwanted_match(struct search *run, const char *text, struct buf *out, struct error *err)
{
    struct terms t;
    enum status st;

    if (strchr(text, ' ')) {
        buf_printf(out, "\"%s\"", text);
        return ST_OK;
    }
    terms_read(text, false, &t);
    t.literal = true;
    st = terms_expand(run->s, run->set, run->a, &t, err);
    for (size_t i = 0; st == ST_OK && t.n && i < t.items[0].nforms; i++)
        buf_printf(out, "%s\"%s\"", i ? " OR " : "", t.items[0].forms[i]);
    return st;
}

enum status filter_match(struct search *run, struct error *err)
{
    struct buf unwanted = {0}, all = {0};
    enum status st = ST_OK;

    for (size_t i = 0; i < run->box.nwithout && st == ST_OK; i++) {
        struct buf one = {0};
        st = unwanted_match(run, run->box.without[i], &one, err);
        if (one.len)
            buf_printf(&unwanted, "%s%s", unwanted.len ? " OR " : "", one.text);
        buf_free(&one);
    }
    if (*run->box.phrases)
        buf_printf(&all, " AND %s", run->box.phrases);
    if (unwanted.len)
        buf_printf(&all, " NOT (%s)", unwanted.text);
    run->limits = arena_strdup(run->a, buf_text(&all));
    run->unwanted[run->set] = arena_strdup(run->a, buf_text(&unwanted));
    buf_free(&unwanted);
    buf_free(&all);
    return st;
}

/* Whether a text has an unwanted word or phrase: the expression holds them folded, in quotes. */
static bool has_unwanted(const char *match, const char *text, struct buf *room)
{
    struct word_span span;
    size_t pos = 0;
    const size_t n = strlen(text);

    buf_clear(room);
    buf_putc(room, ' ');
    while (word_next(text, n, &pos, &span)) {
        fold_text(room, text + span.start, span.len);
        buf_putc(room, ' ');
    }
    for (const char *at = strchr(match, '"'); at; at = strchr(at + 1, '"')) {
        const char *end = strchr(at + 1, '"');
        const size_t len = (size_t)(end - at - 1);
        for (const char *in = room->text; (in = memchr(in, ' ', strlen(in))) != NULL; in++)
            if (strncmp(in + 1, at + 1, len) == 0 && in[1 + len] == ' ')
                return true;
        at = end;
    }
    return false;
}

/* Whether a title or inclusion term of the entry has an unwanted word. */
static enum status entry_unwanted(struct search *run, const struct candidate *c, bool *out, struct error *err)
{
    static const char sql[] = "SELECT title || ' . ' || coalesce(printed, '') || ' . ' || coalesce(short, '') FROM version WHERE id = ?1"
                              " UNION ALL SELECT text FROM note WHERE entry = ?2 AND mask & ?3 AND kind = 1";
    sqlite3_stmt *q;
    enum status st = sql_open(run->s, sql, &q, err);

    if (st != ST_OK)
        return st;
    *out = false;
    sqlite3_bind_int64(q, 1, c->version);
    sqlite3_bind_int64(q, 2, c->entry);
    sqlite3_bind_int64(q, 3, release_mask(run->s, run->s->books[c->set].release));
    while (!*out && (st = sql_row(run->s, q, err)) == ST_OK) {
        const char *text = (const char *)sqlite3_column_text(q, 0);
        *out = text && has_unwanted(run->unwanted[c->set], text, &run->room);
    }
    sqlite3_reset(q);
    return st == ST_NONE ? ST_OK : st;
}

enum status filter_allows(struct search *run, const struct candidate *c, bool *out, struct error *err)
{
    bool unwanted = false;
    enum status st = ST_OK;

    *out = true;
    if (!run->box.filtered)
        return ST_OK;
    if (run->box.nchapters || run->box.ranged) {
        st = sequence_load(run->s, c->set, err);
        *out = st == ST_OK && box_holds(&run->box, c->set, sequence_place(&run->s->books[c->set], c->version));
    }
    if (st == ST_OK && *out && run->unwanted[c->set] && *run->unwanted[c->set]) {
        st = entry_unwanted(run, c, &unwanted, err);
        *out = !unwanted;
    }
    return st;
}

enum status filter_inside(struct search *run, int64_t entry, bool *out, struct error *err)
{
    static const char sql[] = "SELECT id FROM version WHERE entry = ?1 AND mask & ?2";
    struct book *b = &run->s->books[run->set];
    sqlite3_stmt *q;
    enum status st;

    *out = true;
    if (!run->box.nchapters && !run->box.ranged)
        return ST_OK;
    if ((st = sequence_load(run->s, run->set, err)) != ST_OK || (st = sql_open(run->s, sql, &q, err)) != ST_OK)
        return st;
    sqlite3_bind_int64(q, 1, entry);
    sqlite3_bind_int64(q, 2, release_mask(run->s, b->release));
    *out = (st = sql_row(run->s, q, err)) == ST_OK && box_holds(&run->box, run->set, sequence_place(b, sqlite3_column_int64(q, 0)));
    sqlite3_reset(q);
    return st == ST_NONE ? ST_OK : st;
}

bool filter_reportable(const struct search *run, const struct candidate *c)
{
    return !run->box.billable || c->billable || (c->members && (c->reading || run->q->families));
}

enum status filter_codes(struct search *run, struct error *err)
{
    size_t kept = 0;
    enum status st = ST_OK;

    if (!run->box.filtered)
        return ST_OK;
    for (size_t i = 0; i < run->found.len && st == ST_OK; i++) {
        struct candidate c = run->found.items[i];
        bool allowed = false;
        run->set = c.set;
        if (!run->unwanted[c.set] && (st = filter_match(run, err)) != ST_OK)
            break;
        st = candidate_look_up(run, &c, err);
        if (st == ST_OK)
            st = filter_allows(run, &c, &allowed, err);
        if (allowed && filter_reportable(run, &c))
            run->found.items[kept++] = run->found.items[i];
    }
    run->found.len = run->entries = kept;
    return st;
}

/* One entry of the book, when it is asked for. */
static enum status list_place(struct search *run, uint32_t place, struct error *err)
{
    static const char sql[] = "SELECT entry, family FROM version WHERE id = ?1";
    struct candidate c = {.set = run->set, .place = place, .version = sequence_version(&run->s->books[run->set], place)};
    bool allowed = false;
    sqlite3_stmt *q;
    enum status st = sql_open(run->s, sql, &q, err);

    if (st != ST_OK)
        return st;
    sqlite3_bind_int64(q, 1, c.version);
    if ((st = sql_row(run->s, q, err)) != ST_OK)
        return st == ST_NONE ? ST_OK : st;
    c.entry = sqlite3_column_int64(q, 0);
    c.family = sqlite3_column_int(q, 1);
    sqlite3_reset(q);
    if (c.family && run->q->families)
        return ST_OK;
    if ((st = candidate_look_up(run, &c, err)) == ST_OK)
        st = filter_allows(run, &c, &allowed, err);
    c.score = 2;
    if (st == ST_OK && allowed && filter_reportable(run, &c))
        VEC_PUSH(&run->found, c);
    return st;
}

enum status filter_list(struct search *run, struct error *err)
{
    enum status st = ST_OK;

    for (int i = 0; i < SET_COUNT && st == ST_OK; i++) {
        run->set = (enum codeset)i;
        if (!query_wants(run->s, run->q, run->set))
            continue;
        if ((st = filter_match(run, err)) != ST_OK || (st = sequence_load(run->s, run->set, err)) != ST_OK)
            break;
        const uint32_t size = run->s->books[i].size;
        for (uint32_t place = 0; place < size && st == ST_OK && run->found.len <= run->q->limit; place++)
            if (box_holds(&run->box, run->set, place))
                st = list_place(run, place, err);
    }
    run->more = run->found.len > run->q->limit;
    run->found.len = run->found.len < run->q->limit ? run->found.len : run->q->limit;
    run->entries = run->found.len;
    return st;
}
