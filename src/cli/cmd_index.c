/* cmd_index.c - codeshelf index: a term looked up in the Alphabetic Index, the External Cause Index or one of the
 * tables.
 *
 * As text the answer is an excerpt of the page: every hit with the rows above it, and below the best hit its
 * subterms, all in the order of the book. As JSON it is the hits alone, best first. */
#include <stdlib.h>
#include <string.h>

#include "index.h"

enum { LIMIT = 20, FEW_BELOW = 8 };

struct excerpt {
    struct call *call;
    struct arena arena;
    struct { struct index_row *items; size_t len, cap; } rows;
    size_t groups;
    bool cut; /* more stands below the best hit than is shown */
};

static size_t limit_of(const struct call *c)
{
    return c->opt.limit ? c->opt.limit : LIMIT;
}

/* Adds what stands in one of the lists of a row. */
static enum status add_leads(struct excerpt *x, const struct term *t, const char *lists, struct index_row *row,
                             struct error *err)
{
    struct buf see = {0};
    struct lead lead;
    enum status st = ST_OK;
    while (st == ST_OK && next_line(&lists, &see)) {
        lead.see = arena_strdup(&x->arena, buf_text(&see));
        st = terms_follow(x->call->shelf, t, lead.see, &x->arena, &lead.landing, err);
        if (st != ST_OK)
            break;
        struct lead *leads = arena_alloc(&x->arena, (row->nleads + 1) * sizeof *leads);
        if (row->nleads)
            memcpy(leads, row->leads, row->nleads * sizeof *leads);
        leads[row->nleads++] = lead;
        row->leads = leads;
    }
    buf_free(&see);
    return st;
}

static enum status follow(struct excerpt *x, struct index_row *row, struct error *err)
{
    const struct term *t = &row->term;
    enum status st = add_leads(x, t, t->see, row, err);
    if (st == ST_OK)
        st = add_leads(x, t, t->see_also, row, err);
    if (st == ST_OK)
        st = add_leads(x, t, t->see_category, row, err);
    return st;
}

/* Adds a row unless it is there; a hit is one however it came in. Where a see leads is looked up where wanted only: a main
 * term may have a hundred of them below it. */
static enum status add_row(struct excerpt *x, const struct term *t, size_t group, bool hit, bool leads, struct error *err)
{
    size_t at = 0;
    while (at < x->rows.len && x->rows.items[at].term.place != t->place)
        at++;
    if (at == x->rows.len) {
        const struct index_row row = {.term = *t, .group = group};
        VEC_PUSH(&x->rows, row);
    }
    struct index_row *row = &x->rows.items[at];
    row->hit |= hit;
    if (!leads || row->nleads)
        return ST_OK;
    return follow(x, row, err);
}

/* The group of the main term at a place: its own when it has none yet. */
static size_t group_of(struct excerpt *x, uint32_t main_term)
{
    for (size_t i = 0; i < x->rows.len; i++)
        if (x->rows.items[i].term.place == main_term)
            return x->rows.items[i].group;
    return x->groups++;
}

/* The rows above a hit, from its main term, and itself. */
static enum status add_hit(struct excerpt *x, const struct term *hit, struct error *err)
{
    const struct term *above = NULL;
    size_t n = 0;
    enum status st = terms_path(x->call->shelf, hit, &x->arena, &above, &n, err);
    const size_t group = st == ST_OK ? group_of(x, n ? above[0].place : hit->place) : 0;
    for (size_t i = 0; i < n && st == ST_OK; i++)
        st = add_row(x, &above[i], group, false, false, err);
    return st == ST_OK ? add_row(x, hit, group, true, true, err) : st;
}

/* Below the best hit: everything when it is little (with where a see leads when it is few rows), else the next level. */
static enum status add_below(struct excerpt *x, const struct term *hit, struct error *err)
{
    struct shelf *s = x->call->shelf;
    const uint32_t end = terms_end(s, hit);
    const bool all = end - hit->place - 1 <= limit_of(x->call), few = end - hit->place - 1 <= FEW_BELOW;
    size_t left = limit_of(x->call);
    enum status st = ST_OK;
    x->cut = !all;
    for (uint32_t place = hit->place + 1; place < end && left > 0 && st == ST_OK; left--) {
        struct term t;
        st = terms_at(s, hit->set, hit->book, place, &x->arena, &t, err);
        if (st == ST_OK)
            st = add_row(x, &t, 0, false, few, err);
        place = st != ST_OK || all ? place + 1 : terms_end(s, &t);
    }
    return st;
}

static int compare_rows(const void *a, const void *b)
{
    const struct index_row *l = a, *r = b;
    if (l->group != r->group)
        return l->group < r->group ? -1 : 1;
    return (l->term.place > r->term.place) - (l->term.place < r->term.place);
}

static enum status print_text(struct excerpt *x, const struct term_hits *hits, struct error *err)
{
    const struct page page = page_start(x->call->out);
    const enum component book = hits->items[0].book;
    enum status st = add_hit(x, &hits->items[0], err);
    if (st == ST_OK)
        st = add_below(x, &hits->items[0], err);
    for (size_t i = 1; i < hits->n && st == ST_OK; i++)
        st = add_hit(x, &hits->items[i], err);
    if (st != ST_OK)
        return st;
    qsort(x->rows.items, x->rows.len, sizeof *x->rows.items, compare_rows);
    size_t columns;
    terms_columns(hits->items[0].set, book, &columns);
    if (columns)
        index_grid(&page, x->rows.items, x->rows.len);
    else
        index_text(&page, x->rows.items, x->rows.len);
    if (hits->more || x->cut)
        call_say(x->call, "there is more: --limit N, or further words");
    return ST_OK;
}

static void put_lead(struct json *j, const struct lead *lead)
{
    static const char *const kinds[] = {
        [LAND_EXACT] = "exact",       [LAND_WORDS] = "words",
        [LAND_NEOPLASM] = "neoplasm", [LAND_TABLE] = "table",
        [LAND_CATEGORY] = "category", [LAND_INSTRUCTION] = "instruction",
        [LAND_NOWHERE] = "nowhere",
    };
    const struct landing *l = &lead->landing;
    json_open(j, '{');
    json_put_text(j, "text", lead->see);
    json_put_text(j, "kind", kinds[l->kind]);
    if (l->kind == LAND_CATEGORY)
        json_put_code(j, "code", SET_ICD10CM, l->code);
    if (l->kind <= LAND_TABLE) {
        size_t n;
        const char *const *columns = terms_columns(l->term.set, l->term.book, &n);
        json_put_text(j, "book", component_name(l->term.book));
        if (l->column > 0 && (size_t)l->column < n)
            json_put_text(j, "column", columns[l->column]);
        if (l->term.title)
            json_put_term(j, &l->term);
    }
    json_close(j, '}');
}

static enum status print_json(struct excerpt *x, const struct term_hits *hits, const char *release, struct error *err)
{
    struct json j = {0};
    enum status st = ST_OK;
    for (size_t i = 0; i < hits->n && st == ST_OK; i++) {
        struct index_row row = {.term = hits->items[i]};
        st = follow(x, &row, err);
        if (st != ST_OK)
            break;
        json_open(&j, '{');
        json_put_text(&j, "book", component_name(row.term.book));
        json_put_term(&j, &row.term);
        if (row.nleads) {
            json_key(&j, "leads_to");
            json_open(&j, '[');
            for (size_t k = 0; k < row.nleads; k++)
                put_lead(&j, &row.leads[k]);
            json_close(&j, ']');
        }
        json_put_text(&j, "release", release);
        json_close(&j, '}');
        json_line(&j, x->call->out);
    }
    json_free(&j);
    return st;
}

static enum status read_book(const struct call *c, enum component *out, struct error *err)
{
    const char *name = c->opt.text[OPT_BOOK];
    *out = COMP_INDEX;
    if (name && (!book_parse(name, out) || *out == COMP_TABULAR || *out == COMP_GUIDELINES))
        return error_set(err, ST_USAGE, "--book takes diseases, external, neoplasm or drugs, not \"%s\"", name);
    return ST_OK;
}

enum status cmd_index(struct call *c, struct error *err)
{
    const enum codeset set = c->opt.set == SET_COUNT ? SET_ICD10CM : c->opt.set;
    struct excerpt x = {.call = c};
    struct term_hits hits = {0};
    struct buf words = {0};
    const struct release *r;
    enum component book;
    bool other;
    enum status st = read_book(c, &book, err);
    if (st == ST_OK)
        st = book_release(c, set, book, &r, &other, err);
    if (st != ST_OK)
        return st;
    call_words(c, &words);
    st = terms_search(c->shelf, set, book, buf_text(&words), false, limit_of(c), &x.arena, &hits, err);
    if (st == ST_OK && hits.n == 0)
        st = error_set(err, ST_NONE, "nothing found for \"%s\" in the %s of %s", buf_text(&words), book_title(book),
                       r->name);
    if (st == ST_OK && hits.without) {
        buf_clear(&words);
        buf_printf(&words, "without: %s", hits.without);
        call_say(c, buf_text(&words));
    }
    if (st == ST_OK && c->opt.text[OPT_JSON]) {
        st = print_json(&x, &hits, r->name, err);
    } else if (st == ST_OK) {
        book_heading(c, set, book, r, other);
        st = print_text(&x, &hits, err);
    }
    buf_free(&words);
    free(x.rows.items);
    arena_free(&x.arena);
    return st;
}
