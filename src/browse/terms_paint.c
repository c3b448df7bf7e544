/* terms_paint.c - the indexes and tables on the screen: which books there are, where one is, the columns' heads, which stay, and
 * the rows. */
#include <stdio.h>
#include <string.h>

#include "terms_view.h"

/* "1 Diseases  2 External causes ..." and whose book it is. HCPCS has an index and a table of drugs only. */
static void paint_books(struct terms *v, const struct canvas *c, const struct rect *r)
{
    static const struct {
        const char *key, *name, *low;
    } tabs[BOOKS] = {
        {"1", "Diseases", "Dis"}, {"2", "External causes", "Ext"}, {"3", "Neoplasms", "Neo"}, {"4", "Drugs", "Drugs"}};
    char text[64];
    int x = r->x + 1, end = r->x + r->w, n;

    if (v->release != NULL) {
        n = snprintf(text, sizeof text, "%s%s ", v->other ? "of " : "", v->release->name);
        draw_text(c, r->y, end - n, n, text, (size_t)n, v->other ? STYLE_WARNING : STYLE_FAINT, false);
        end -= n + 1;
    }
    for (size_t i = 0; i < BOOKS; i++) {
        const char *name = v->set == SET_ICD10CM ? tabs[i].name : terms_books[i] == COMP_INDEX ? "Index" : tabs[i].low;

        v->tabs[i] = x - r->x;
        if (!terms_has_book(v->set, terms_books[i])) {
            continue;
        }
        x += draw_cut(c, r->y, x, end - x, tabs[i].key, STYLE_KEY, false);
        x += draw_text(c, r->y, x, end - x, " ", 1, STYLE_TEXT, false);
        x += draw_cut(c, r->y, x, end - x, r->w < LAYOUT_TWO_PANES ? tabs[i].low : name,
                      terms_books[i] == v->book ? STYLE_CHOSEN : STYLE_TEXT, false);
        x += draw_text(c, r->y, x, end - x, "  ", 2, STYLE_TEXT, false);
        v->tabs[i] = x - r->x;
    }
}

/* Where one is: "Fracture, traumatic › radius › lower end", in a table also the full name of the column. */
static void paint_context(struct terms *v, const struct canvas *c, const struct rect *r)
{
    const struct term_block *b = terms_selected(v);
    const struct target *t = b != NULL ? terms_target(v, b) : NULL;
    size_t n = 0;
    const char *const *columns = terms_columns(v->set, v->book, &n);
    struct rich rich = {0};

    if (b == NULL) {
        return;
    }
    snprintf(v->stood, sizeof v->stood, "%s\n%s", b->term.path, b->term.title);
    term_add_path(&rich, &b->term, STYLE_TEXT);
    rich_add(&rich, b->term.title, STYLE_TEXT);
    if (t != NULL && t->kind == TARGET_CELL && t->column < n) {
        rich_add(&rich, " › ", STYLE_TEXT);
        rich_add(&rich, columns[t->column], STYLE_TEXT);
    }
    draw_end(c, r->y + 1, r->x + 1, r->w - 1, buf_text(&rich.text), STYLE_STRONG);
    rich_free(&rich);
}

static void paint_heads(const struct terms *v, const struct canvas *c, const struct rect *r)
{
    size_t n;
    const char *const *columns = terms_columns(v->set, v->book, &n);

    draw_cut(c, r->y + 2, r->x + 1, v->grid.title - 2, columns[0], STYLE_HEADING, false);
    for (size_t i = 0; i < v->grid.shown; i++) {
        draw_cut(c, r->y + 2, r->x + v->grid.title + (int)i * v->grid.column, v->grid.column - 1,
                 v->grid.heads[v->first_column + i], STYLE_HEADING, false);
    }
}

static void paint_cells(const struct terms *v, const struct term_block *b, struct canvas *c, const struct rect *r, int y,
                        int chosen, bool used)
{
    for (size_t i = 0; i < v->grid.shown; i++) {
        size_t at = v->first_column + i;
        int x = r->x + v->grid.title + (int)i * v->grid.column;
        bool mine = (int)at == chosen;

        if (at >= b->n || b->targets[at].kind != TARGET_CELL) {
            break;
        }
        const char *text = b->targets[at].text;
        enum style style = mine ? STYLE_CHOSEN : strchr(text, '-') != NULL ? STYLE_HEADER : STYLE_CODE;

        draw_cut(c, y, x, v->grid.column - 1, *text == '\0' && mine ? " " : text, style, false);
        if (mine && used) {
            draw_cursor(c, y, x);
        }
    }
}

/* The lines of a row from y on; returns the line behind it. */
static int paint_row(const struct terms *v, const struct term_block *b, struct canvas *c, const struct rect *r, int y, bool mine,
                     bool used)
{
    bool cells = b->n > 0 && b->targets[0].kind == TARGET_CELL, marked = mine && used && !cells;
    int choice = mine && (b->n > 1 || cells) ? terms_chosen(v, b) : -1, end = r->y + r->h;
    struct lines fresh = {0};
    const struct lines *lines = &b->lines;

    if (choice >= 0) {
        term_flow(&b->term, b->targets, b->n, choice, b->head > 0, &v->grid, v->width, &fresh);
        lines = &fresh;
    }
    for (size_t i = 0; i < lines->len && y < end; i++, y++) {
        bool title = i >= b->head;

        if (marked && title) {
            draw_blank(c, y, r->x, r->w, STYLE_TEXT, true);
        }
        line_draw(c, &lines->items[i], y, r->x, r->w, marked && title);
        if (mine && i == b->head) {
            draw_text(c, y, r->x, 1, ">", 1, STYLE_STRONG, marked);
            if (used) {
                draw_cursor(c, y, r->x);
            }
        }
        if (cells && i == b->head) {
            paint_cells(v, b, c, r, y, choice, used);
        }
    }
    lines_free(&fresh);
    return y;
}

static int row_height(const void *ctx, size_t row)
{
    struct terms *v = *(struct terms *const *)ctx;

    return (int)terms_block(v, row, v->painted_hits)->lines.len;
}

static void paint_rows(struct terms *v, struct canvas *c, const struct rect *r, bool used)
{
    struct list *l = terms_list(v);
    int y = r->y;

    list_keep(l, r->h, row_height, &v);
    for (size_t i = l->top; i < l->n && y < r->y + r->h; i++) {
        y = paint_row(v, terms_block(v, i, v->painted_hits), c, r, y, i == l->selected, used);
    }
}

static void paint_nothing(const struct terms *v, const struct canvas *c, const struct rect *r)
{
    char text[160];

    if (v->release == NULL) {
        snprintf(text, sizeof text, "%s: not loaded.", term_book_title(v->book));
        draw_cut(c, r->y, r->x + 1, r->w - 1, text, STYLE_WARNING, false);
        draw_cut(c, r->y + 1, r->x + 1, r->w - 1, "Import it from a release that has it:", STYLE_TEXT, false);
        draw_cut(c, r->y + 2, r->x + 1, r->w - 1, v->set == SET_ICD10CM ? "  codeshelf-import icd10cm_index_2017.xml (eindex, "
                 "neoplasm, drug)" : "  codeshelf-import PATH...", STYLE_STRONG, false);
    } else {
        draw_cut(c, r->y, r->x + 1, r->w - 1, "No row has these words.", STYLE_FAINT, false);
        if (v->set != SET_ICD10CM) {
            snprintf(text, sizeof text, "This is the index of %s; Tab, then s turns to that of another set.", codeset_title(v->set));
            draw_cut(c, r->y + 1, r->x + 1, r->w - 1, text, STYLE_FAINT, false);
        }
    }
}

void terms_paint(void *state, struct canvas *c, const struct rect *r, bool used)
{
    struct terms *v = state;
    int width = r->w - 1;

    if (v->width != width) {
        v->width = width;
        v->grid = grid_of(v->set, v->book, width);
        terms_forget(v);
    }
    v->painted_hits = terms_in_hits(v);
    v->head = v->grid.n > 0 ? 3 : 2;
    v->first_column = v->target < v->grid.n && v->target >= v->grid.shown ? v->target - v->grid.shown + 1 : 0;
    struct rect body = {r->y + v->head, r->x, r->h - v->head, r->w};

    if (used) {
        draw_cursor(c, body.y, r->x);
    }
    paint_books(v, c, r);
    if (v->release != NULL && v->grid.n > 0) {
        paint_heads(v, c, r);
    }
    if (terms_list(v)->n == 0) {
        paint_nothing(v, c, &body);
        return;
    }
    paint_context(v, c, r);
    paint_rows(v, c, &body, used);
}
