/* index_grid.c - rows of the Table of Neoplasms or of Drugs as a grid: the name, then a column for every code.
 *
 * A column is as wide as the longest word of its heading and its longest code. Where the terminal is too narrow for
 * that the widest columns give way, never below a code, and words of the heading are hyphenated. */
#include <string.h>

#include "codeshelf/utf8.h"
#include "codeshelf/wrap.h"
#include "index.h"

enum { COLUMNS_MAX = 12, NAME_LEAST = 16, NAME_MOST = 60, CELL_LEAST = 8, LEAD_INDENT = 4 };

struct grid {
    const struct page *page;
    const char *const *names;
    size_t n; /* columns, the name included */
    size_t width[COLUMNS_MAX];
};

static size_t longest_word(const char *text)
{
    size_t most = 0;
    while (*text) {
        size_t n = strcspn(text, " ");
        most = n > most ? n : most;
        text += n + (text[n] == ' ');
    }
    return most;
}

static size_t used(const struct grid *g)
{
    size_t sum = 0;
    for (size_t i = 1; i < g->n; i++)
        sum += g->width[i] + 1;
    return sum;
}

/* Takes from the widest column until the name has room. */
static void make_room(struct grid *g)
{
    while (used(g) + NAME_LEAST > g->page->width) {
        size_t widest = 1;
        for (size_t i = 2; i < g->n; i++)
            if (g->width[i] > g->width[widest])
                widest = i;
        if (g->width[widest] <= CELL_LEAST)
            break;
        g->width[widest]--;
    }
}

static void plan_widths(struct grid *g, const struct index_row *rows, size_t n)
{
    struct buf label = {0}, text = {0};
    size_t longest = NAME_LEAST;
    for (size_t i = 1; i < g->n; i++)
        g->width[i] = longest_word(g->names[i]);
    for (size_t r = 0; r < n; r++) {
        const char *at = rows[r].term.cells;
        for (size_t i = 1; i < g->n && next_line(&at, &text); i++)
            g->width[i] = text.len > g->width[i] ? text.len : g->width[i];
        row_words(&rows[r], &label, &text);
        size_t width = label.len + utf8_width(buf_text(&text), text.len);
        longest = width > longest ? width : longest;
    }
    g->width[0] = longest < NAME_MOST ? longest : NAME_MOST;
    if (g->page->width) {
        make_room(g);
        size_t room = g->page->width > used(g) + NAME_LEAST ? g->page->width - used(g) : NAME_LEAST;
        g->width[0] = room < g->width[0] ? room : g->width[0];
    }
    buf_free(&label);
    buf_free(&text);
}

static void add_padded(struct buf *line, const char *text, size_t n, size_t width)
{
    size_t columns = utf8_width(text, n);
    buf_add(line, text, n);
    buf_printf(line, "%*s", columns < width ? (int)(width - columns) : 0, "");
}

/* Writes the line without the blanks at its end and empties it. */
static void put_line(FILE *out, struct buf *line)
{
    size_t n = line->len;
    while (n > 0 && line->text[n - 1] == ' ')
        n--;
    page_put(out, buf_text(line), n);
    fputc('\n', out);
    buf_clear(line);
}

/* The heading of a column with words that are too long for it hyphenated, in parts of like length. */
static void fit_words(struct buf *out, const char *name, size_t width)
{
    while (*name) {
        size_t n = strcspn(name, " "), parts = n > width ? (n + width - 2) / (width - 1) : 1;
        const size_t part = (n + parts - 1) / parts;
        for (; parts > 1; parts--, name += part, n -= part)
            buf_printf(out, "%.*s- ", (int)part, name);
        buf_add(out, name, n);
        name += n;
        if (*name == ' ')
            buf_putc(out, *name++);
    }
}

static void print_heading(const struct grid *g)
{
    struct buf names[COLUMNS_MAX] = {{0}}, line = {0};
    struct wrap wraps[COLUMNS_MAX];
    for (size_t i = 0; i < g->n; i++) {
        fit_words(&names[i], g->names[i], g->width[i]);
        wrap_start(&wraps[i], buf_text(&names[i]), names[i].len, g->width[i], 0);
    }
    for (bool any = true; any;) {
        any = false;
        for (size_t i = 0; i < g->n; i++) {
            struct wrap_line part = {0};
            any |= wrap_next(&wraps[i], &part);
            add_padded(&line, buf_text(&names[i]) + part.start, part.len, g->width[i] + 1);
        }
        if (any)
            put_line(g->page->out, &line);
    }
    for (size_t i = 0; i < g->n; i++)
        buf_free(&names[i]);
    buf_free(&line);
}

/* The cells stand in the first line of the name; an empty one stays blank. */
static void add_cells(const struct grid *g, const char *cells, struct buf *line)
{
    struct buf cell = {0};
    for (size_t i = 1; i < g->n; i++) {
        next_line(&cells, &cell);
        buf_putc(line, ' ');
        add_padded(line, buf_text(&cell), cell.len, g->width[i]);
    }
    buf_free(&cell);
}

static void print_row(const struct grid *g, const struct index_row *row)
{
    struct buf label = {0}, text = {0}, line = {0};
    struct wrap w;
    struct wrap_line part;
    row_words(row, &label, &text);
    const size_t indent = label.len < g->width[0] / 2 ? label.len : g->width[0] / 2, room = g->width[0] - indent;
    wrap_start(&w, buf_text(&text), text.len, room, 0);
    for (bool first = true; wrap_next(&w, &part); first = false) {
        add_padded(&line, first ? buf_text(&label) : "", first ? label.len : 0, indent);
        add_padded(&line, buf_text(&text) + part.start, part.len, room);
        if (first)
            add_cells(g, row->term.cells, &line);
        put_line(g->page->out, &line);
    }
    print_leads(g->page, label.len + LEAD_INDENT, row);
    buf_free(&label);
    buf_free(&text);
    buf_free(&line);
}

void index_grid(const struct page *p, const struct index_row *rows, size_t n)
{
    struct grid g = {.page = p};
    g.names = terms_columns(rows[0].term.set, rows[0].term.book, &g.n);
    if (g.n > COLUMNS_MAX)
        g.n = COLUMNS_MAX;
    plan_widths(&g, rows, n);
    fputc('\n', p->out);
    print_heading(&g);
    for (size_t i = 0; i < n; i++)
        print_row(&g, &rows[i]);
}
