/* term_row.c - rows of the indexes and tables laid out as in print.
 *
 * An index row is one paragraph: "- - lower end S52.50-". A row of a table has its title in the first column and hangs there;
 * what a table says beside its cells (see, see also) follows under the title. */
#include "term_row.h"

#include <string.h>

static size_t add_cells(struct target *out, const char *cells, struct arena *a)
{
    size_t n = 0;

    if (cells[strspn(cells, "\n")] == '\0') {
        return 0;
    }
    do {
        size_t len = strcspn(cells, "\n");

        out[n] = (struct target){TARGET_CELL, arena_strndup(a, cells, len), n + 1};
        n++;
        cells += len;
    } while (n < CELLS_MAX && *cells++ == '\n');
    return n;
}

static size_t add_list(struct target *out, size_t n, enum target_kind kind, const char *list, struct arena *a)
{
    while (*list != '\0' && n < TARGETS_MAX) {
        size_t len = strcspn(list, "\n");

        out[n++] = (struct target){kind, arena_strndup(a, list, len), 0};
        list += len + (list[len] == '\n');
    }
    return n;
}

size_t term_targets(const struct term *t, struct arena *a, struct target out[TARGETS_MAX])
{
    size_t n = add_cells(out, t->cells, a);

    n = add_list(out, n, TARGET_CODE, t->codes, a);
    n = add_list(out, n, TARGET_MANIFESTATION, t->manifestation, a);
    n = add_list(out, n, TARGET_SEE, t->see, a);
    n = add_list(out, n, TARGET_SEE_ALSO, t->see_also, a);
    return add_list(out, n, TARGET_CATEGORY, t->see_category, a);
}

/* Names for columns that are too narrow for the book's own, the longer ones first. */
static const char *const neoplasm_heads[2][6] = {
    {"Malig. primary", "Malig. second.", "Ca in situ", "Benign", "Uncertain", "Unspecified"},
    {"Mal.Pri", "Mal.Sec", "InSitu", "Benign", "Uncert", "Unspec"},
};
static const char *const drug_heads[2][6] = {
    {"Accidental", "Self-harm", "Assault", "Undetermined", "Adverse effect", "Underdosing"},
    {"Acc", "Int", "Asslt", "Undet", "AdvEff", "Underd"},
};

/* The name for a column that is narrower than its own. */
static const char *head_of(enum codeset set, enum component book, size_t i, bool roomy, const char *name)
{
    if (set != SET_ICD10CM || i >= 6) {
        return name;
    }
    return book == COMP_NEOPLASM ? neoplasm_heads[!roomy][i] : drug_heads[!roomy][i];
}

struct grid grid_of(enum codeset set, enum component book, int width)
{
    enum { NARROW = 8, WIDE = 16, LEAST_TITLE = 15, ROOMY_TITLE = 30 };
    struct grid g = {.title = width};
    size_t n = 0;
    const char *const *names = terms_columns(set, book, &n);
    bool roomy = width - WIDE * ((int)n - 1) >= ROOMY_TITLE;

    if (n < 2 || n - 1 > CELLS_MAX) {
        return g;
    }
    g.n = n - 1;
    g.column = roomy ? WIDE : NARROW;
    g.shown = width > LEAST_TITLE + NARROW ? (size_t)((width - LEAST_TITLE) / g.column) : 1;
    g.shown = g.shown < g.n ? g.shown : g.n;
    g.title = width - (int)g.shown * g.column;
    for (size_t i = 0; i < g.n; i++) {
        g.heads[i] = head_of(set, book, i, roomy, names[i + 1]);
    }
    return g;
}

void term_add_target(struct rich *r, const struct target *t, bool chosen)
{
    static const char *const words[] = {
        [TARGET_SEE] = "see ", [TARGET_SEE_ALSO] = "see also ", [TARGET_CATEGORY] = "see category "};
    bool code = t->kind == TARGET_CODE || t->kind == TARGET_MANIFESTATION;
    size_t n = strlen(t->text);
    enum style style = !code ? STYLE_LINK : n > 0 && t->text[n - 1] == '-' ? STYLE_HEADER : STYLE_CODE;

    rich_add(r, "  ", STYLE_TEXT);
    if (!code) {
        rich_add(r, words[t->kind], STYLE_FAINT);
    }
    rich_add(r, t->kind == TARGET_MANIFESTATION ? "[" : "", STYLE_CODE);
    rich_add(r, t->text, chosen ? STYLE_CHOSEN : style);
    rich_add(r, t->kind == TARGET_MANIFESTATION ? "]" : "", STYLE_CODE);
}

void term_add_path(struct rich *r, const struct term *t, enum style style)
{
    for (const char *at = t->path; *at != '\0';) {
        size_t len = strcspn(at, "\n");

        rich_add_n(r, at, len, style);
        rich_add(r, " › ", STYLE_FAINT);
        at += len + (at[len] == '\n');
    }
}

/* "- - " in an index, "-- " in a table, whose titles have less room. */
static int add_dashes(struct rich *r, const struct term *t, bool table)
{
    int columns = 0;

    for (int i = 0; i < t->depth; i++) {
        rich_add(r, table ? "-" : "- ", STYLE_FAINT);
        columns += table ? 1 : 2;
    }
    if (table && t->depth > 0) {
        rich_add(r, " ", STYLE_FAINT);
        columns++;
    }
    return columns;
}

size_t term_flow(const struct term *t, const struct target *targets, size_t n, int chosen, bool path, const struct grid *grid,
               int width, struct lines *out)
{
    struct rich r = {0};
    bool cells = n > 0 && targets[0].kind == TARGET_CELL;
    size_t head;
    int hang, dashes;

    if (path && *t->path != '\0') {
        term_add_path(&r, t, STYLE_FAINT);
        rich_flow(&r, out, 1, 2, width);
    }
    head = out->len;
    dashes = add_dashes(&r, t, grid->n > 0);
    hang = dashes + (grid->n > 0 ? 1 : 2);
    rich_add(&r, t->title, t->depth == 0 ? STYLE_STRONG : STYLE_TEXT);
    if (*t->nemod != '\0') {
        rich_add(&r, " ", STYLE_TEXT);
        rich_add(&r, t->nemod, STYLE_FAINT);
    }
    if (cells) {
        rich_flow(&r, out, 1, hang, grid->title);
    }
    for (size_t i = 0; i < n; i++) {
        if (targets[i].kind != TARGET_CELL) {
            term_add_target(&r, &targets[i], (int)i == chosen);
        }
    }
    rich_flow(&r, out, 1 + (cells ? hang : 0), cells ? 2 : hang, width);
    rich_free(&r);
    return head;
}

const char *term_book_title(enum component book)
{
    switch ((int)book) {
    case COMP_EXTERNAL: return "External Cause Index";
    case COMP_NEOPLASM: return "Table of Neoplasms";
    case COMP_DRUGS: return "Table of Drugs";
    case COMP_GUIDELINES: return "Guidelines";
    default: return "Index";
    }
}
