/* search_codes.c - text that looks like a code: a prefix of codes, shown in book order. */
#include <stdlib.h>
#include <string.h>

#include "search_run.h"

enum { CODES_MAX = 2000 /* codes looked at for a prefix */ };

/* Adds the codes from one text on and before another, in the order of the text. */
static enum status codes_between(struct search *run, const char *first, const char *end, struct error *err)
{
    static const char sql[] = "SELECT v.id, v.entry, v.parent, v.family FROM entry e"
                              " JOIN version v ON v.entry = e.id AND v.mask & ?4"
                              " WHERE e.codeset = ?1 AND e.code >= ?2 AND e.code < ?3 AND e.class IN (0, 3) LIMIT ?5";
    size_t rows = 0;
    sqlite3_stmt *q;
    enum status st = sequence_load(run->s, run->set, err);

    if (st != ST_OK || (st = sql_open(run->s, sql, &q, err)) != ST_OK)
        return st;
    sqlite3_bind_int(q, 1, (int)run->set);
    sqlite3_bind_text(q, 2, first, -1, SQLITE_STATIC);
    sqlite3_bind_text(q, 3, end, -1, SQLITE_STATIC);
    sqlite3_bind_int64(q, 4, release_mask(run->s, run->s->books[run->set].release));
    sqlite3_bind_int(q, 5, CODES_MAX);
    while ((st = sql_row(run->s, q, err)) == ST_OK) {
        struct candidate c = {.set = run->set, .version = sqlite3_column_int64(q, 0), .entry = sqlite3_column_int64(q, 1)};
        c.parent = sqlite3_column_int64(q, 2);
        c.family = sqlite3_column_int(q, 3);
        c.score = 2; /* above any text */
        c.place = sequence_place(&run->s->books[run->set], c.version);
        VEC_PUSH(&run->found, c);
        rows++;
    }
    sqlite3_clear_bindings(q);
    run->more |= rows >= CODES_MAX;
    return st == ST_NONE ? ST_OK : st;
}

static int by_place(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->set != y->set)
        return x->set < y->set ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* Members go into their parent's row where that is there too: it stands before them. */
static void collapse_families(struct search *run)
{
    struct candidate *items = run->found.items;
    size_t kept = 0, parent = SIZE_MAX;

    for (size_t i = 0; i < run->found.len; i++) {
        if (items[i].family && parent != SIZE_MAX && items[parent].entry == items[i].parent
            && items[parent].set == items[i].set) {
            items[parent].members = true;
            continue;
        }
        if (!items[i].family)
            parent = kept;
        items[kept++] = items[i];
    }
    run->found.len = kept;
}

enum status codes_find(struct search *run, bool *words, struct error *err)
{
    const bool dotted = strchr(run->q->text, '.');
    char code[CODE_MAX], end[CODE_MAX + 1];
    enum status st = ST_OK;

    *words = true;
    if (!code_read(run->q->text, code))
        return ST_OK;
    const bool prefix = strpbrk(code, "0123456789");
    if (!prefix && strlen(code) != 2)
        return ST_OK;
    memcpy(end, code, strlen(code));
    memcpy(end + strlen(code), prefix ? "~" : " ", 2); /* behind, or before, every letter and digit */
    for (int set = 0; set < (dotted ? SET_ICD10CM + 1 : SET_COUNT) && st == ST_OK; set++) {
        if (!run->s->books[set].release || (run->q->set != SET_COUNT && run->q->set != (enum codeset)set))
            continue;
        run->set = (enum codeset)set;
        st = codes_between(run, code, end, err);
    }
    run->entries = run->found.len;
    *words = !prefix || run->found.len == 0;
    if (run->found.len)
        qsort(run->found.items, run->found.len, sizeof *run->found.items, by_place);
    if (run->q->families)
        collapse_families(run);
    return st;
}
