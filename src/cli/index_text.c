/* index_text.c - rows as the Alphabetic Index prints them: a dash a level, the title with its nonessential modifiers,
 * the default code, a second code in brackets, and what to see, with where that leads on a line of its own. */
#include <string.h>

#include "index.h"

enum { LEAD_INDENT = 4 };

static void add_list(struct buf *out, const char *lines, const char *before, const char *between, const char *after)
{
    struct buf line = {0};
    for (bool first = true; next_line(&lines, &line); first = false)
        buf_printf(out, "%s%s", first ? before : between, buf_text(&line));
    if (line.cap)
        buf_puts(out, after);
    buf_free(&line);
}

void term_codes(struct buf *out, const struct term *t)
{
    if (*t->codes)
        add_list(out, t->codes, out->len ? " " : "", ", ", "");
    if (*t->manifestation)
        add_list(out, t->manifestation, out->len ? " [" : "[", ", ", "]");
}

void term_way(struct buf *out, const struct term *t)
{
    add_list(out, t->path, "", " > ", "");
    buf_printf(out, "%s%s", *t->path ? " > " : "", t->title);
}

/* One cell of a row; nothing where the table is as a whole. */
static void add_cell(struct buf *out, const struct landing *l)
{
    size_t n;
    const char *const *columns = terms_columns(l->term.set, l->term.book, &n), *at = l->term.cells;
    struct buf cell = {0};
    for (int i = 0; i < l->column; i++)
        next_line(&at, &cell);
    if (l->column > 0 && (size_t)l->column < n)
        buf_printf(out, ", %s: %s", columns[l->column], buf_text(&cell));
    buf_free(&cell);
}

/* Where a lead ends, in words: "Failure > heart > congestive I50.9". */
static void lead_words(struct buf *out, const struct lead *lead)
{
    const struct landing *l = &lead->landing;
    char code[CODE_MAX];
    switch (l->kind) {
    case LAND_EXACT:
    case LAND_WORDS:
        term_way(out, &l->term);
        term_codes(out, &l->term);
        return;
    case LAND_NEOPLASM:
    case LAND_TABLE:
        buf_puts(out, book_title(l->term.book));
        if (!l->term.title)
            return;
        buf_puts(out, ": ");
        term_way(out, &l->term);
        add_cell(out, l);
        return;
    case LAND_CATEGORY: buf_printf(out, "%s in the Tabular List", code_print(SET_ICD10CM, l->code, code)); return;
    case LAND_INSTRUCTION: buf_puts(out, "an instruction: look under the condition itself"); return;
    case LAND_NOWHERE: buf_puts(out, "the book has no such place"); return;
    }
}

void print_leads(const struct page *p, size_t indent, const struct index_row *row)
{
    struct buf words = {0};
    for (size_t i = 0; i < row->nleads; i++) {
        buf_clear(&words);
        lead_words(&words, &row->leads[i]);
        page_item(p, indent, "leads to: ", buf_text(&words));
    }
    buf_free(&words);
}

void row_words(const struct index_row *row, struct buf *label, struct buf *text)
{
    const struct term *t = &row->term;
    buf_clear(label);
    buf_puts(label, row->hit ? "> " : "  ");
    for (int i = 0; i < t->depth; i++)
        buf_putc(label, '-');
    if (t->depth)
        buf_putc(label, ' ');
    buf_clear(text);
    buf_printf(text, "%s%s%s", t->title, *t->nemod ? " " : "", t->nemod);
    term_codes(text, t);
    add_list(text, t->see, " - see ", "; ", "");
    add_list(text, t->see_also, " - see also ", "; ", "");
    add_list(text, t->see_category, " - see category ", "; ", "");
}

void index_text(const struct page *p, const struct index_row *rows, size_t n)
{
    struct buf label = {0}, text = {0};
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || rows[i].group != rows[i - 1].group)
            fputc('\n', p->out);
        row_words(&rows[i], &label, &text);
        page_item(p, 0, buf_text(&label), buf_text(&text));
        print_leads(p, label.len + LEAD_INDENT, &rows[i]);
    }
    buf_free(&label);
    buf_free(&text);
}
