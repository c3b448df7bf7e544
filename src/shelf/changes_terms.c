/* changes_terms.c - rows of the Alphabetic Index, the External Cause Index and the tables that differ.
 *
 * A row is known by its title and those above it; among rows of one path those that say the same in both releases are paired
 * first, the others in their order. Nonessential modifiers, codes, cross-references and cells are what a row says: a modifier
 * that came or went is a rewording of one row, not the end of everything under it (schema.sql knows rows more narrowly). */
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/terms.h"
#include "changes_inside.h"

static const unsigned TERM_BOOKS = 1u << COMP_INDEX | 1u << COMP_EXTERNAL | 1u << COMP_NEOPLASM | 1u << COMP_DRUGS;

enum { COL_ID, COL_MASK, COL_PATH, COL_TITLE, COL_NEMOD, COL_CODES, COL_MANIFESTATION, COL_SEE, COL_SEE_ALSO, COL_SEE_CATEGORY,
       COL_CELLS };

/* A row that one of the releases has, or has differently. */
struct row {
    bool later, paired;
    uint32_t place;
    const char *path, *title, *text; /* text: what it says and leads to, in one line */
};

struct rows {
    struct row *items;
    size_t len, cap;
};

/* A list's values with commas, after a label; nothing for an empty list. */
static void add_list(struct buf *out, const char *label, const char *list, const char *close)
{
    if (!*list)
        return;
    if (out->len)
        buf_putc(out, ' ');
    buf_puts(out, label);
    for (; *list; list++)
        buf_add(out, *list == '\n' ? ", " : list, *list == '\n' ? 2 : 1);
    buf_puts(out, close);
}

/* "Malignant Primary C43.9; Benign D22.9" */
static void add_cells(struct buf *out, enum codeset set, enum component book, const char *cells)
{
    size_t n;
    const char *const *columns = terms_columns(set, book, &n);

    for (size_t i = 1; *cells; i++) {
        const size_t len = strcspn(cells, "\n");
        if (len && i < n) {
            buf_printf(out, "%s%s ", out->len ? "; " : "", columns[i]);
            buf_add(out, cells, len);
        }
        cells += len + (cells[len] != '\0');
    }
}

static const char *column(sqlite3_stmt *q, int i)
{
    const char *text = (const char *)sqlite3_column_text(q, i);
    return text ? text : "";
}

static struct row read_row(struct diff *d, sqlite3_stmt *q, enum component book)
{
    struct buf text = {0};
    struct row row = {.later = sqlite3_column_int64(q, COL_MASK) & d->now};

    add_list(&text, "", column(q, COL_NEMOD), "");
    add_list(&text, "", column(q, COL_CODES), "");
    add_list(&text, "[", column(q, COL_MANIFESTATION), "]");
    add_list(&text, "see ", column(q, COL_SEE), "");
    add_list(&text, "see also ", column(q, COL_SEE_ALSO), "");
    add_list(&text, "see category ", column(q, COL_SEE_CATEGORY), "");
    add_cells(&text, d->set, book, column(q, COL_CELLS));
    row.path = sql_text(d->a, q, COL_PATH);
    row.title = sql_text(d->a, q, COL_TITLE);
    row.text = arena_strdup(d->a, buf_text(&text));
    buf_free(&text);
    return row;
}

static void put_row(struct diff *d, enum component book, const struct row *old, const struct row *now)
{
    const struct row *row = now ? now : old;
    const struct placed put = {.change = {.kind = old && now ? CHANGE_REWORDED : now ? CHANGE_ADDED : CHANGE_DELETED,
                                          .book = book,
                                          .code = "",
                                          .path = row->path,
                                          .title = row->title,
                                          .before = old ? old->text : NULL,
                                          .after = now ? now->text : NULL},
                               .place = row->place,
                               .behind = !now};
    VEC_PUSH(&d->out, put);
}

static int by_title(const struct row *x, const struct row *y)
{
    const int order = strcmp(x->path, y->path);
    return order ? order : strcmp(x->title, y->title);
}

static int by_path(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    const int order = by_title(x, y);

    if (order)
        return order;
    return x->later != y->later ? x->later - y->later : (x->place > y->place) - (x->place < y->place);
}

/* Pairs the earlier rows of one path [0, old) with the later ones [old, n): those that say the same, or the next free ones. */
static void pair_rows(struct diff *d, enum component book, struct row *rows, size_t old, size_t n, bool same)
{
    for (size_t i = 0, k = old; i < old; i++) {
        if (rows[i].paired)
            continue;
        for (k = old; k < n && (rows[k].paired || (same && strcmp(rows[i].text, rows[k].text) != 0));)
            k++;
        if (k == n)
            continue;
        rows[i].paired = rows[k].paired = true;
        if (!same)
            put_row(d, book, &rows[i], &rows[k]);
    }
}

static void pair_path(struct diff *d, enum component book, struct row *rows, size_t n)
{
    size_t old = 0;

    while (old < n && !rows[old].later)
        old++;
    pair_rows(d, book, rows, old, n, true);
    pair_rows(d, book, rows, old, n, false);
    for (size_t i = 0; i < n; i++)
        if (!rows[i].paired)
            put_row(d, book, i < old ? &rows[i] : NULL, i < old ? NULL : &rows[i]);
}

/* The rows of one book that only one of the releases has as they are. */
static enum status read_rows(struct diff *d, enum component book, struct book *before, struct book *after, struct rows *out)
{
    static const char sql[] = "SELECT id, mask, path, title, nemod, codes, manifestation, see, see_also, see_category, cells"
                              " FROM term WHERE ((mask & ?1) = 0) <> ((mask & ?2) = 0) AND codeset = ?3 AND book = ?4";
    sqlite3_stmt *q;
    enum status st = sql_open(d->s, sql, &q, d->err);

    if (st != ST_OK)
        return st;
    sqlite3_bind_int64(q, 1, d->old);
    sqlite3_bind_int64(q, 2, d->now);
    sqlite3_bind_int(q, 3, (int)d->set);
    sqlite3_bind_int(q, 4, (int)book);
    while ((st = sql_row(d->s, q, d->err)) == ST_OK) {
        struct row row = read_row(d, q, book);
        row.place = sequence_place(row.later ? after : before, sqlite3_column_int64(q, COL_ID));
        VEC_PUSH(out, row);
    }
    return st == ST_NONE ? ST_OK : st;
}

static enum status compare_rows(struct diff *d, enum component book, struct book *before, struct book *after)
{
    struct rows rows = {0};
    const enum status st = read_rows(d, book, before, after, &rows);

    if (rows.len)
        qsort(rows.items, rows.len, sizeof *rows.items, by_path);
    for (size_t i = 0, end; st == ST_OK && i < rows.len; i = end) {
        for (end = i + 1; end < rows.len && by_title(&rows.items[i], &rows.items[end]) == 0;)
            end++;
        pair_path(d, book, &rows.items[i], end - i);
    }
    free(rows.items);
    return st;
}

static enum status compare_book(struct diff *d, enum component book)
{
    static const char same_node[] = "SELECT w.id FROM term v JOIN term w ON w.node = v.node WHERE v.id = ?1 AND w.mask & ?2";
    struct book before = {.release = d->from}, after = {.release = d->to};
    const size_t first = d->out.len;
    enum status st = sequence_read(d->s, &before, (int)book, d->err);

    if (st == ST_OK)
        st = sequence_read(d->s, &after, (int)book, d->err);
    if (st == ST_OK)
        st = compare_rows(d, book, &before, &after);
    if (st == ST_OK)
        st = diff_place_gone(d, first, &before, &after, same_node);
    sequence_free(&before);
    sequence_free(&after);
    return st;
}

enum status diff_terms(struct diff *d)
{
    enum status st = ST_OK;

    for (int c = 0; c < COMP_COUNT && st == ST_OK; c++)
        if (TERM_BOOKS & 1u << c && diff_has(d, (enum component)c))
            st = compare_book(d, (enum component)c);
    return st;
}
