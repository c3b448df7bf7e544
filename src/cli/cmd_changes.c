/* cmd_changes.c - codeshelf changes: what differs between two releases of a set.
 *
 * For a program one row a change in the order of the book; for a person first how many, then kind by kind. What cannot be told
 * is said in the answer that a person reads, and beside the one that a program reads. */
#include <string.h>

#include "books.h"
#include "changes_print.h"
#include "cli.h"

static const char *const headings[CHANGE_COUNT] = {
    [CHANGE_ADDED] = "Added",
    [CHANGE_DELETED] = "Deleted",
    [CHANGE_TERMINATED] = "Terminated",
    [CHANGE_REACTIVATED] = "Reactivated",
    [CHANGE_DEMOTED] = "Demoted: billable before, a header now",
    [CHANGE_PROMOTED] = "Promoted: a header before, billable now",
    [CHANGE_MOVED] = "Moved",
    [CHANGE_REWORDED] = "Reworded",
    [CHANGE_RENOTED] = "Notes and 7th characters",
    [CHANGE_REFIELDED] = "Fields",
};

static void print_json(FILE *out, enum codeset set, const struct changes *all)
{
    struct json j = {0};
    for (size_t i = 0; i < all->n; i++) {
        json_open(&j, '{');
        changes_put_json(&j, set, &all->items[i]);
        json_close(&j, '}');
        json_line(&j, out);
    }
    json_free(&j);
}

/* --- tab-separated -------------------------------------------------------------------------------------------------- */

/* A cell, and what ends it. No text may bring a tab or line of its own. */
static void put_cell(FILE *out, const char *text, char end)
{
    for (; text && *text; text++) {
        const size_t n = strcspn(text, "\t\n");
        page_put(out, text, n);
        text += n;
        if (!*text)
            break;
        fputc(' ', out);
    }
    fputc(end, out);
}

static void put_codes(FILE *out, enum codeset set, const struct change *c, bool before, char end)
{
    const struct replacements *r = c->replacements;
    struct buf text = {0};
    if (r && r->before == before)
        replacements_print(set, r, &text);
    for (size_t i = 0; !before && i < c->ncrossrefs; i++) {
        const struct crossref *way = &c->crossrefs[i];
        if (way->end == CROSSREF_CURRENT || way->end == CROSSREF_CPT)
            buf_printf(&text, "%s%s", text.len ? ", " : "", way->stops[way->n - 1].code);
    }
    put_cell(out, buf_text(&text), end);
    buf_free(&text);
}

static void print_tsv(FILE *out, enum codeset set, const struct changes *all)
{
    struct buf path = {0};
    fputs("change\tbook\tcode\ttitle\twhat\tgoverns\tbefore\tafter\treplacements\treplaces\n", out);
    for (size_t i = 0; i < all->n; i++) {
        const struct change *c = &all->items[i];
        char code[CODE_MAX];
        buf_clear(&path);
        changes_put_path(&path, c);
        put_cell(out, change_name(c->kind), '\t');
        put_cell(out, changes_book(c), '\t');
        put_cell(out, code_print(set, c->code, code), '\t');
        put_cell(out, buf_text(&path), '\t');
        put_cell(out, c->what, '\t');
        if (c->kind == CHANGE_RENOTED)
            fprintf(out, "%zu", c->governs);
        fputc('\t', out);
        put_cell(out, c->before, '\t');
        put_cell(out, c->after, '\t');
        put_codes(out, set, c, false, '\t');
        put_codes(out, set, c, true, '\n');
    }
    buf_free(&path);
}

/* --- for a person --------------------------------------------------------------------------------------------------- */

/* What entries are counted as. */
enum { COUNTED_CODES, COUNTED_MODIFIERS, COUNTED_HEADINGS, COUNTED };

/* How the text is dressed. */
struct dress {
    struct page page;
    bool markdown, color;
};

static void put_heading(const struct dress *d, int level, const char *text)
{
    if (d->markdown)
        fprintf(d->page.out, "\n%.*s %s\n\n", level, "####", text);
    else
        fprintf(d->page.out, "%s%s\n", level > 1 ? "\n" : "", text);
}

/* Signs that Markdown would read are escaped. */
static void put_markdown(FILE *out, const char *text)
{
    struct buf escaped = {0};
    for (; *text; text++) {
        if (strchr("\\`*_[]<>|#", *text))
            buf_putc(&escaped, '\\');
        buf_putc(&escaped, *text);
    }
    page_put(out, buf_text(&escaped), escaped.len);
    buf_free(&escaped);
}

static void put_line(const struct dress *d, const char *label, const char *text)
{
    if (d->markdown) {
        fputs("- ", d->page.out);
        put_markdown(d->page.out, label);
        put_markdown(d->page.out, text);
        fputc('\n', d->page.out);
    } else {
        changes_print_line(&d->page, 2, label, text, d->color);
    }
}

/* The subject of a change and what happened, in one line. */
static void print_change(const struct dress *d, enum codeset set, const struct change *c)
{
    struct buf label = {0}, text = {0};
    char code[CODE_MAX];
    if (c->entry)
        buf_printf(&label, "%s  ", code_print(set, c->code, code));
    else
        buf_printf(&label, d->markdown ? "%s: " : "%-8s  ", change_name(c->kind));
    if (c->kind == CHANGE_REWORDED && c->entry) {
        changes_put_words(&text, c, d->color);
    } else {
        struct buf words = {0};
        changes_put_path(&text, c);
        if (c->label)
            buf_printf(&text, "; %s", c->label);
        changes_put_words(&words, c, d->color);
        if (words.len)
            buf_printf(&text, ": %s", buf_text(&words));
        if (c->kind == CHANGE_RENOTED)
            buf_printf(&text, " (%zu code%s)", c->governs, c->governs == 1 ? "" : "s");
        for (size_t i = 0; i < c->ncrossrefs; i++)
            buf_printf(&text, "; cross-reference: %s", c->crossrefs[i].words);
        buf_clear(&words);
        changes_put_replaced(&words, set, c->replacements);
        if (words.len)
            buf_printf(&text, "; %s", buf_text(&words));
        buf_free(&words);
    }
    put_line(d, buf_text(&label), buf_text(&text));
    buf_free(&label);
    buf_free(&text);
}

/* The parts of the list: a kind of change each, and apart from the other fields the days of use of a HCPCS code, which would be
 * lost among hundreds of them. */
enum { PART_DATES = CHANGE_COUNT, PARTS };

static int part_of(const struct change *c)
{
    const bool dates = c->kind == CHANGE_REFIELDED && c->what && (strcmp(c->what, "from") == 0 || strcmp(c->what, "to") == 0);
    return dates ? PART_DATES : (int)c->kind;
}

/* How many changes of each part, by what official counts keep apart. */
struct counts {
    size_t of[COUNTED][PARTS];
};

static const char *counted_name(enum codeset set, int counted)
{
    static const char *const names[COUNTED] = {"codes", "modifiers", "chapters and sections"};
    return counted == COUNTED_CODES && set == SET_ICD10CM ? "codes and headers" : names[counted];
}

static void count_entries(const struct changes *all, struct counts *out)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct change *c = &all->items[i];
        const bool heading = c->entry_kind == KIND_CHAPTER || c->entry_kind == KIND_SECTION;
        if (c->entry)
            out->of[heading ? COUNTED_HEADINGS : c->entry_kind == KIND_MODIFIER ? COUNTED_MODIFIERS : COUNTED_CODES][part_of(c)]++;
    }
}

/* "1842 added, 231 deleted, 17 refielded, 2 of them dates" */
static void put_counts(struct buf *out, const size_t counts[CHANGE_COUNT], size_t dates)
{
    const size_t before = out->len;
    for (int i = 0; i < CHANGE_COUNT; i++) {
        const size_t n = counts[i] + (i == CHANGE_REFIELDED ? dates : 0);
        if (n)
            buf_printf(out, "%s%zu %s", out->len > before ? ", " : "", n, change_name((enum change_kind)i));
    }
    if (dates)
        buf_printf(out, ", %zu of them %s", dates, dates == 1 ? "a date" : "dates");
    if (out->len == before)
        buf_puts(out, "no changes");
}

static void print_counts(const struct dress *d, const char *name, const size_t counts[CHANGE_COUNT], size_t dates)
{
    struct buf label = {0}, text = {0};
    buf_printf(&label, "%s: ", name);
    put_counts(&text, counts, dates);
    put_line(d, buf_text(&label), buf_text(&text));
    buf_free(&label);
    buf_free(&text);
}

/* The sign that the book, show and the browser set beside such an entry. */
static enum change_mark mark_of(enum change_kind kind)
{
    if (kind == CHANGE_ADDED)
        return CHANGE_MARK_NEW;
    if (kind == CHANGE_REWORDED || kind == CHANGE_PROMOTED)
        return CHANGE_MARK_REVISED;
    return kind == CHANGE_DEMOTED ? CHANGE_MARK_DEMOTED : CHANGE_MARK_NONE;
}

static void print_entry_counts(const struct dress *d, enum codeset set, const struct counts *counts)
{
    for (int i = 0; i < COUNTED; i++) {
        size_t n = 0;
        for (int part = 0; part < PARTS; part++)
            n += counts->of[i][part];
        if (n || i == COUNTED_CODES)
            print_counts(d, counted_name(set, i), counts->of[i], counts->of[i][PART_DATES]);
    }
}

static void print_part(const struct dress *d, enum codeset set, const struct changes *all, const struct counts *counts, int part)
{
    struct buf heading = {0};
    size_t n = 0;
    const char *sign = change_mark_sign(part == PART_DATES ? CHANGE_MARK_NONE : mark_of((enum change_kind)part), d->page.ascii);
    buf_printf(&heading, "%s%s%s", sign, *sign ? " " : "", part == PART_DATES ? "Dates" : headings[part]);
    for (int i = 0; i < COUNTED; i++) {
        if (counts->of[i][part])
            buf_printf(&heading, "%s%s: %zu", n ? ", " : " (", counted_name(set, i), counts->of[i][part]);
        n += counts->of[i][part];
    }
    buf_putc(&heading, ')');
    if (n)
        put_heading(d, 2, buf_text(&heading));
    for (size_t i = 0; n && i < all->n; i++)
        if (all->items[i].entry && part_of(&all->items[i]) == part)
            print_change(d, set, &all->items[i]);
    buf_free(&heading);
}

/* The rows of an index or table, whose order says more than their kind: each with its kind in front. */
static void print_rows(const struct dress *d, enum codeset set, const struct changes *all, enum component book)
{
    size_t counts[CHANGE_COUNT] = {0}, n = 0;
    for (size_t i = 0; i < all->n; i++)
        if (!all->items[i].entry && all->items[i].book == book) {
            counts[all->items[i].kind]++;
            n++;
        }
    if (n == 0)
        return;
    struct buf heading = {0};
    buf_printf(&heading, "%s: ", set == SET_HCPCS && book == COMP_INDEX ? "Index" : book_title(book));
    put_counts(&heading, counts, 0);
    put_heading(d, 2, buf_text(&heading));
    for (size_t i = 0; i < all->n; i++)
        if (!all->items[i].entry && all->items[i].book == book)
            print_change(d, set, &all->items[i]);
    buf_free(&heading);
}

/* Whose word the replacements are. */
static void print_source(const struct dress *d, const struct changes *all)
{
    const struct release *source = NULL;
    for (size_t i = 0; i < all->n && !source; i++)
        source = all->items[i].replacements ? all->items[i].replacements->source : NULL;
    if (source)
        put_line(d, "replacements: as listed for ", source->name);
}

static void print_text(const struct dress *d, enum codeset set, const struct changes *all)
{
    struct buf heading = {0};
    struct counts counts = {0};
    size_t rows = 0;
    for (int i = 0; i < CHANGE_COUNT; i++)
        rows += all->rows[i];
    buf_printf(&heading, "%s %s to %s", codeset_title(set), all->from->name, all->to->name);
    put_heading(d, 1, buf_text(&heading));
    count_entries(all, &counts);
    print_entry_counts(d, set, &counts);
    if (rows)
        print_counts(d, set == SET_ICD10CM ? "indexes, tables, guidelines" : "indexes and tables", all->rows, 0);
    print_source(d, all);
    for (size_t i = 0; i < all->nunknown; i++)
        put_line(d, "", all->unknown[i]);
    for (int i = 0; i < CHANGE_COUNT; i++) {
        if (i == CHANGE_REFIELDED)
            print_part(d, set, all, &counts, PART_DATES);
        print_part(d, set, all, &counts, i);
    }
    for (int i = 0; i < COMP_COUNT; i++)
        print_rows(d, set, all, (enum component)i);
    buf_free(&heading);
}

enum status cmd_changes(struct call *c, struct error *err)
{
    const char *const *text = c->opt.text;
    struct arena a = {0};
    struct changes all;
    enum codeset set;
    if ((text[OPT_JSON] != NULL) + (text[OPT_TSV] != NULL) + (text[OPT_MARKDOWN] != NULL) > 1)
        return error_set(err, ST_USAGE, "one of --json, --tsv and --markdown at a time");
    if (!codeset_parse(c->words[0], &set))
        return error_set(err, ST_USAGE, "a code set is icd10cm, hcpcs or cpt, not \"%s\"", c->words[0]);
    const enum status st = changes_between(c->shelf, set, c->words[1], c->words[2], &a, &all, err);
    if (st == ST_OK)
        changes_say_order(c, &all);
    if (st == ST_OK && (text[OPT_JSON] || text[OPT_TSV])) {
        for (size_t i = 0; i < all.nunknown; i++)
            call_say(c, all.unknown[i]);
        (text[OPT_JSON] ? print_json : print_tsv)(c->out, set, &all);
    } else if (st == ST_OK) {
        const struct dress dress = {page_start(c->out), text[OPT_MARKDOWN] != NULL,
                                    !text[OPT_MARKDOWN] && changes_color(c->out)};
        print_text(&dress, set, &all);
    }
    arena_free(&a);
    return st;
}
