/* results.c - what a search found, grouped by code set, one row a 7th-character family until it is unfolded.
 *
 * The best rows of the index stand behind the first entries. The page beside it follows the selection. A row says why it matched
 * when that is not plain from its title. All rows of one search live in one arena. */
#include "results.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "results_view.h"

enum { RESULTS_LIMIT = 100, BEST_ENTRIES = 4, INDEX_LIMIT = 3, CPT_LENGTH = 5 };

static void *results_open(struct app *app)
{
    struct results *r = mem_alloc(sizeof *r);

    r->app = app;
    return r;
}

static void empty(struct results *r)
{
    r->rows.len = 0;
    r->width = 0;
    r->list = (struct list){.rows = r->list.rows};
    r->summary[0] = '\0';
    r->trouble.text[0] = '\0';
    arena_free(&r->arena);
}

static void results_close(void *state)
{
    struct results *r = state;

    empty(r);
    lines_free(&r->lines);
    free(r->rows.items);
    free(r);
}

/* The search box is the place of results; history has nothing to turn to here. */
static void results_go(void *state, const struct place *to)
{
    struct results *r = state;

    (void)to;
    empty(r);
    r->app->search_due = true;
}

static bool typed_more(void *ctx)
{
    (void)ctx;
    return term_pending();
}

static void say(struct results *r, const char *text, enum style style)
{
    VEC_PUSH(&r->rows, ((struct result){.heading = text, .style = style}));
}

/* Rows of one set, in the order of the search. */
static void add_set(struct results *r, const struct hits *hits, enum codeset set, bool heading)
{
    if (heading) {
        say(r, codeset_title(set), STYLE_HEADING);
    }
    for (size_t i = 0; i < hits->n; i++) {
        const struct hit *h = &hits->items[i];

        if (h->entry.set == set) {
            VEC_PUSH(&r->rows, ((struct result){.entry = h->entry, .hit = h, .members = h->members}));
        }
    }
}

/* Whether a text is words and nothing else: no code, phrase in quotes, word with a minus or "set:". */
static bool only_words(const char *text)
{
    return text[strspn(text, " ")] != '\0' && strpbrk(text, "0123456789:\"") == NULL && strstr(text, " -") == NULL &&
           *text != '-';
}

/* "CPT is not on this shelf": words that only a set without a release could answer. */
static void add_absent(struct results *r, const char *text)
{
    static const struct {
        enum codeset set;
        const char *typed;
    } asked[] = {{SET_ICD10CM, "set:icd10cm"}, {SET_HCPCS, "set:hcpcs"}, {SET_CPT, "set:cpt"}};
    bool cpt = strspn(text, " ") + CPT_LENGTH == strlen(text) && strspn(text, " 0123456789") == strlen(text);

    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        if (shelf_release(r->app->shelf, asked[i].set) == NULL &&
            (strstr(text, asked[i].typed) != NULL || (cpt && asked[i].set == SET_CPT))) {
            say(r, arena_printf(&r->arena, "%s is not on this shelf: codeshelf-import loads it", codeset_title(asked[i].set)),
                STYLE_WARNING);
        }
    }
}

/* What was assumed, in front of everything: it is not to be overlooked. */
static void add_said(struct results *r, const struct hits *hits)
{
    if (hits->said != NULL) {
        say(r, hits->said, STYLE_WARNING);
    }
    if (hits->repaired) {
        say(r, "as typed: Tab, then =", STYLE_FAINT);
    } else if (r->app->literal) {
        say(r, "as typed; freely: Tab, then =", STYLE_FAINT);
    }
}

/* Where nothing answers: what else can be done. */
static void add_advice(struct results *r, const char *text)
{
    char day[11];

    if (text[strspn(text, " ")] == '\0') {
        return;
    }
    date_print(shelf_date(r->app->shelf), day);
    say(r, "nothing found", STYLE_STRONG);
    say(r, "Try fewer or other words, or", STYLE_FAINT);
    say(r, "Tab, then i: the index", STYLE_FAINT);
    say(r, "Tab, then ?: what the box takes", STYLE_FAINT);
    say(r, arena_printf(&r->arena, "Tab, then @: another day than %s", day), STYLE_FAINT);
    r->list.n = r->rows.len;
}

/* Whether rows of several sets may come. Their headings then stand there always: one that came and went with the letters typed
 * would move every row. */
static bool several_sets(const struct app *app)
{
    int n = 0;

    for (int i = 0; i < SET_COUNT; i++) {
        n += shelf_release(app->shelf, (enum codeset)i) != NULL;
    }
    return n > 1 && app->options->set == SET_COUNT;
}

/* The set with the best hit comes first. */
static void add_rows(struct results *r, const struct hits *hits)
{
    bool done[SET_COUNT] = {false}, headings = several_sets(r->app);

    for (size_t i = 0; i < hits->n; i++) {
        enum codeset set = hits->items[i].entry.set;

        if (!done[set]) {
            done[set] = true;
            add_set(r, hits, set, headings);
        }
    }
    r->list.n = r->rows.len;
}

size_t results_headings(const struct results *r)
{
    size_t n = 0;

    while (n < r->rows.len && r->rows.items[n].heading != NULL) {
        n++;
    }
    return n;
}

struct result *results_insert(struct results *r, size_t at, size_t n)
{
    vec_reserve((void **)&r->rows.items, &r->rows.cap, r->rows.len + n, sizeof *r->rows.items);
    memmove(r->rows.items + at + n, r->rows.items + at, (r->rows.len - at) * sizeof *r->rows.items);
    memset(r->rows.items + at, 0, n * sizeof *r->rows.items);
    r->rows.len += n;
    r->list.n = r->rows.len;
    return r->rows.items + at;
}

/* The best rows of the index, where they are seen: behind the first few entries. Rows that lack a word are not among them,
 * unless it is one that an index leaves to the Tabular. */
static void add_index(struct results *r, const char *text)
{
    struct shelf *s = r->app->shelf;
    struct term_hits hits = {0};
    bool other;
    size_t at = results_headings(r), best = at + BEST_ENTRIES;
    const struct release *release = terms_release(s, SET_ICD10CM, COMP_INDEX, &other);

    while (at < r->rows.len && at < best && r->rows.items[at].heading == NULL) {
        at++;
    }
    bool more = at < r->rows.len && r->rows.items[at].heading == NULL;

    if (release == NULL || !only_words(text) ||
        terms_search(s, SET_ICD10CM, COMP_INDEX, text, true, INDEX_LIMIT, &r->arena, &hits, NULL) != ST_OK || hits.n == 0 ||
        (hits.without != NULL && !terms_only_sides(hits.without))) {
        return;
    }
    struct result *rows = results_insert(r, at, hits.n + 1 + more);

    rows[0] = (struct result){.heading = arena_printf(&r->arena, "Index of %s%s%s", release->name, hits.without != NULL ?
                                                               ", without: " : "", hits.without != NULL ? hits.without : ""),
                               .style = STYLE_HEADING};
    for (size_t i = 0; i < hits.n; i++) {
        rows[1 + i] = (struct result){.term = &hits.items[i]};
    }
    if (more) {
        rows[1 + hits.n] = (struct result){.heading = "More codes", .style = STYLE_HEADING};
    }
}

/* "11 rows, 66 codes" */
static void summarise(struct results *r, const struct hits *hits)
{
    size_t codes = 0;
    const char *more = hits->more || hits->n >= RESULTS_LIMIT ? "+" : "";

    for (size_t i = 0; i < hits->n; i++) {
        codes += hits->items[i].members > 0 ? hits->items[i].members : hits->items[i].entry.billable;
    }
    if (hits->n == 0) {
        snprintf(r->summary, sizeof r->summary, "%s",
                 results_headings(r) < r->rows.len ? "only in the index" : "nothing found");
    } else {
        snprintf(r->summary, sizeof r->summary, "%zu%s %s, %zu%s %s", hits->n, more, hits->n == 1 ? "row" : "rows", codes,
                 more, codes == 1 ? "code" : "codes");
    }
}

static struct result *selected(struct results *r)
{
    return r->list.selected < r->rows.len ? &r->rows.items[r->list.selected] : NULL;
}

/* The page beside turns to the selected entry. */
static void follow(struct results *r)
{
    struct result *row = selected(r);

    if (row != NULL && row->term == NULL && row->heading == NULL) {
        app_follow(r->app, &row->entry);
    }
}

static void open_row(struct results *r, const struct result *row)
{
    if (row->term == NULL) {
        app_visit(r->app, VIEW_PAGE, &row->entry);
    } else {
        struct place to = {.view = VIEW_TERMS, .set = SET_ICD10CM, .book = COMP_INDEX, .row = row->term->place};

        app_visit_place(r->app, &to);
    }
}

static bool results_here(void *state, struct entry *out)
{
    struct result *row = selected(state);

    if (row == NULL || row->heading != NULL || row->term != NULL) {
        return false;
    }
    *out = row->entry;
    return true;
}

/* Selects the row of an entry or, where there is none, a row by its number. */
static void select_again(struct results *r, const struct entry *e, size_t number)
{
    for (size_t i = 0; e != NULL && i < r->rows.len; i++) {
        const struct result *row = &r->rows.items[i];

        if (row->heading == NULL && row->term == NULL && row->entry.set == e->set && row->entry.kind == e->kind &&
            strcmp(row->entry.code, e->code) == 0) {
            number = i;
        }
    }
    if (number < r->rows.len && r->rows.items[number].heading == NULL) {
        r->list.selected = number;
    }
}

enum status results_search(void *state, const char *text, bool yield, bool stay)
{
    struct results *r = state;
    struct entry before;
    size_t number = r->list.selected;
    bool had = results_here(state, &before);
    struct arena arena = {0};
    struct hits hits = {0};
    struct error err = {0};
    struct query q = {.text = text, .set = r->app->options->set, .limit = RESULTS_LIMIT, .typing = true, .families = true, .literal = r->app->literal,
                      .stop = yield ? typed_more : NULL};
    enum status st = shelf_search(r->app->shelf, &q, &arena, &hits, &err);

    if (st == ST_STOP) {
        arena_free(&arena);
        return st;
    }
    empty(r);
    r->arena = arena;
    if (st != ST_OK) {
        r->trouble = err;
        return st;
    }
    add_absent(r, text);
    add_said(r, &hits);
    add_rows(r, &hits);
    add_index(r, text);
    if (text[strspn(text, " ")] != '\0') {
        summarise(r, &hits);
    }
    if (results_headings(r) == r->rows.len) {
        add_advice(r, text);
    }
    r->list.selected = results_headings(r);
    if (stay) {
        select_again(r, had ? &before : NULL, number);
    }
    follow(r);
    return ST_OK;
}

const char *results_summary(const void *state)
{
    return ((const struct results *)state)->summary;
}

/* Moves off a heading, on in the direction of the action. */
static void leave_heading(struct results *r, enum action a)
{
    bool up = a == ACT_UP || a == ACT_PAGE_UP || a == ACT_FIRST;
    struct result *row = selected(r);

    if (row != NULL && row->heading != NULL) {
        r->list.selected += up && r->list.selected > 0 ? (size_t)-1 : 1;
    }
}

static enum action results_act(void *state, enum action a)
{
    struct results *r = state;
    struct result *row = selected(r);

    if (row == NULL || results_headings(r) == r->rows.len) {
        return a;
    }
    if (list_act(&r->list, a)) {
        leave_heading(r, a);
        follow(r);
        return ACT_NONE;
    }
    switch ((int)a) {
    case ACT_OPEN: open_row(r, row); break;
    case ACT_SEVENTH:
    case ACT_LEFT:
    case ACT_RIGHT:
        results_fold(r, a);
        follow(r);
        break;
    default: return a;
    }
    return ACT_NONE;
}

static void results_click(void *state, int row, int column)
{
    struct results *r = state;

    (void)column;
    for (size_t i = r->list.top; i < r->rows.len; i++) {
        row -= results_height(r, i);
        if (row < 0) {
            r->list.selected = i;
            leave_heading(r, ACT_DOWN);
            follow(r);
            break;
        }
    }
}

const struct view_ops results_view = {
    .name = "Results",
    .where = IN_LIST,
    .open = results_open,
    .go = results_go,
    .act = results_act,
    .click = results_click,
    .paint = results_paint,
    .here = results_here,
    .close = results_close,
};
