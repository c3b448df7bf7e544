/* changes_facts.c - fields of the official files (coverage, pricing, action code, POA) that differ, put in words.
 *
 * A field may hold several values; those that only one of the releases has are what changed. */
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "changes_inside.h"
#include "fields.h"

/* The values of one field of one entry that differ, in words. */
struct field {
    int64_t entry;
    const char *name;
    struct buf old, now;
};

/* Which component a field comes with; COMP_COUNT for one that is not compared. */
static enum component component_of(enum codeset set, const char *name)
{
    if (set == SET_HCPCS)
        return strcmp(name, "noc") == 0 ? COMP_FACTS : COMP_CODES;
    if (set == SET_CPT) /* the days of CPT Link tell of changes themselves */
        return strcmp(name, "stem") == 0 || strcmp(name, "added") == 0 || strcmp(name, "revised") == 0 ? COMP_COUNT : COMP_CODES;
    if (strcmp(name, "poa") == 0)
        return COMP_FACTS;
    return strcmp(name, "visual_impairment") == 0 ? COMP_TABULAR : COMP_COUNT;
}

/* "C: carrier judgment"; a date as it reads. */
static void add_value(enum codeset set, const char *name, const char *value, struct buf *out)
{
    char words[512];
    date day;

    if (out->len)
        buf_puts(out, "; ");
    if (field_words(set, name, value, words, sizeof words) && !date_parse(words, &day))
        buf_printf(out, "%s: %s", value, words);
    else
        buf_puts(out, words[0] ? words : value);
}

static enum status put_field(struct diff *d, const struct field *f)
{
    struct subject e;
    char label[128];

    if (!f->entry || strcmp(buf_text(&f->old), buf_text(&f->now)) == 0)
        return ST_OK;
    const enum status st = subject_common(d, f->entry, &e);
    if (st != ST_OK)
        return st == ST_NONE ? ST_OK : st;
    struct change *c = diff_put(d, CHANGE_REFIELDED, &e, f->old.len ? arena_strdup(d->a, buf_text(&f->old)) : NULL,
                                f->now.len ? arena_strdup(d->a, buf_text(&f->now)) : NULL);
    field_label(d->set, f->name, label, sizeof label);
    c->what = f->name;
    c->label = arena_strdup(d->a, label);
    return ST_OK;
}

static void add_row(struct diff *d, sqlite3_stmt *q, struct field *f)
{
    const char *value = (const char *)sqlite3_column_text(q, 3);
    add_value(d->set, f->name, value ? value : "", sqlite3_column_int64(q, 1) & d->now ? &f->now : &f->old);
}

#define FACTS                                                                                                          \
    "SELECT f.entry, f.mask, f.name, f.value FROM fact f JOIN entry e ON e.id = f.entry"                                \
    " WHERE ((f.mask & ?1) = 0) <> ((f.mask & ?2) = 0)"

enum status diff_facts(struct diff *d, unsigned components)
{
    static const char all[] = FACTS " AND e.codeset = ?3 ORDER BY f.entry, f.name, f.id";
    static const char one[] = FACTS " AND f.entry = ?3 ORDER BY f.name, f.id";
    struct field f = {.name = ""};
    sqlite3_stmt *q;
    enum status st = diff_query(d, d->only ? one : all, &q);

    if (st != ST_OK)
        return st;
    while ((st = sql_row(d->s, q, d->err)) == ST_OK) {
        const int64_t entry = sqlite3_column_int64(q, 0);
        const char *name = (const char *)sqlite3_column_text(q, 2);
        const enum component c = component_of(d->set, name ? name : "");
        if (!name || c == COMP_COUNT || !(components & 1u << c) || !diff_has(d, c))
            continue;
        if (entry != f.entry || strcmp(name, f.name) != 0) {
            if ((st = put_field(d, &f)) != ST_OK)
                break;
            f.entry = entry;
            f.name = arena_strdup(d->a, name);
            buf_clear(&f.old);
            buf_clear(&f.now);
        }
        add_row(d, q, &f);
    }
    if (st == ST_NONE)
        st = put_field(d, &f);
    buf_free(&f.old);
    buf_free(&f.now);
    return st;
}
