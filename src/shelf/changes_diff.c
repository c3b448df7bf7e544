/* changes_diff.c - one comparison under way: its two releases, the rows that only one of them has, and the changes put so far.
 * changes.c runs it; the parts (entries, notes, fields, index rows, guidelines) stand on what is here. */
#include <stdlib.h>
#include <string.h>

#include "changes_inside.h"

void diff_start(struct diff *d, struct shelf *s, enum codeset set, const struct release *from, const struct release *to,
                int64_t only, struct arena *a, struct error *err)
{
    memset(d, 0, sizeof *d);
    d->s = s;
    d->a = a;
    d->set = set;
    d->from = d->before.release = from;
    d->to = d->after.release = to;
    d->old = release_mask(s, from);
    d->now = release_mask(s, to);
    d->only = only;
    d->err = err;
}

void diff_end(struct diff *d)
{
    sequence_free(&d->before);
    sequence_free(&d->after);
    free(d->out.items);
    d->out.items = NULL;
}

enum status diff_query(struct diff *d, const char *sql, sqlite3_stmt **out)
{
    const enum status st = sql_open(d->s, sql, out, d->err);

    if (st != ST_OK)
        return st;
    sqlite3_bind_int64(*out, 1, d->old);
    sqlite3_bind_int64(*out, 2, d->now);
    sqlite3_bind_int64(*out, 3, d->only ? d->only : (int64_t)d->set);
    return ST_OK;
}

bool diff_has(const struct diff *d, enum component c)
{
    return d->from->coverage & d->to->coverage & 1u << c;
}

enum status diff_entry_id(struct shelf *s, enum codeset set, const char *code, int64_t *out, struct error *err)
{
    static const char sql[] = "SELECT id FROM entry WHERE codeset = ?1 AND code = ?2 ORDER BY class LIMIT 1";
    sqlite3_stmt *q;
    enum status st = sql_open(s, sql, &q, err);

    *out = 0;
    if (st != ST_OK)
        return st;
    sqlite3_bind_int(q, 1, (int)set);
    sqlite3_bind_text(q, 2, code, -1, SQLITE_STATIC);
    if ((st = sql_row(s, q, err)) != ST_OK)
        return st == ST_NONE ? ST_OK : st;
    *out = sqlite3_column_int64(q, 0);
    sqlite3_reset(q);
    return ST_OK;
}

enum status subject_find(struct diff *d, int64_t entry, int64_t mask, struct subject *out)
{
    static const char sql[] = "SELECT v.id, v.parent, v.kind, v.title, e.code, v.billable, v.from_date, v.to_date"
                              " FROM version v JOIN entry e ON e.id = v.entry"
                              " WHERE v.entry = ?1 AND v.mask & ?2";
    sqlite3_stmt *q;
    enum status st = sql_open(d->s, sql, &q, d->err);

    if (st != ST_OK)
        return st;
    sqlite3_bind_int64(q, 1, entry);
    sqlite3_bind_int64(q, 2, mask);
    if ((st = sql_row(d->s, q, d->err)) != ST_OK)
        return st;
    out->entry = entry;
    out->version = sqlite3_column_int64(q, 0);
    out->parent = sqlite3_column_int64(q, 1);
    out->kind = (enum kind)sqlite3_column_int(q, 2);
    out->title = sql_text(d->a, q, 3);
    out->code = sql_text(d->a, q, 4);
    out->billable = sqlite3_column_int(q, 5);
    out->from = sqlite3_column_int(q, 6);
    out->to = sqlite3_column_int(q, 7);
    sqlite3_reset(q);
    if (out->kind >= KIND_COUNT)
        return error_set(d->err, ST_SHELF, "the entry %s on the shelf is damaged; import again", out->code);
    return ST_OK;
}

enum status subject_common(struct diff *d, int64_t entry, struct subject *out)
{
    const enum status st = subject_find(d, entry, d->old, out);
    return st == ST_OK ? subject_find(d, entry, d->now, out) : st;
}

struct change *diff_put(struct diff *d, enum change_kind kind, const struct subject *e, const char *before, const char *after)
{
    struct placed put = {.change = {.kind = kind,
                                    .book = COMP_CODES,
                                    .entry_kind = e->kind,
                                    .code = e->code,
                                    .path = "",
                                    .title = e->title,
                                    .before = before,
                                    .after = after,
                                    .entry = e->entry},
                         .reported = e->billable || e->kind == KIND_MODIFIER || kind == CHANGE_DEMOTED,
                         .behind = kind == CHANGE_DELETED};
    if (!d->only)
        put.place = sequence_place(put.behind ? &d->before : &d->after, e->version);
    VEC_PUSH(&d->out, put);
    return &d->out.items[d->out.len - 1].change;
}

bool diff_headings(const struct diff *d)
{
    return d->set == SET_ICD10CM && diff_has(d, COMP_TABULAR);
}
