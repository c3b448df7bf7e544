/* results_paint.c - results as rows: code, title, and why it matched, with the words that were typed set off. Titles and
 * reasons are cut after two lines. */
#include <string.h>

#include "codeshelf/fold.h"
#include "results_view.h"

enum { LINES_MOST = 2 };

/* "S02.0XX_": the members' code without its last character. */
static const char *family_code(struct results *r, const struct result *row, char out[CODE_MAX + 1])
{
    struct entry member;
    size_t n;

    code_print(row->entry.set, row->entry.code, out);
    if (row->members > 0 && shelf_entry_at(r->app->shelf, row->entry.set, row->entry.place + 1, &r->arena, &member, NULL) ==
                                ST_OK && member.family) {
        code_print(member.set, member.code, out);
        n = strlen(out);
        out[n - 1] = '_';
    }
    return out;
}

/* "Fracture, traumatic › radius › lower end  S52.50-" */
static void lay_term(struct results *r, const struct term *t, int width)
{
    struct target targets[TARGETS_MAX];
    struct rich rich = {0};
    size_t n = term_targets(t, &r->lines.arena, targets);

    term_add_path(&rich, t, STYLE_TEXT);
    rich_add(&rich, t->title, STYLE_TEXT);
    for (size_t i = 0; i < n; i++) {
        term_add_target(&rich, &targets[i], false);
    }
    rich_flow(&rich, &r->lines, 1, 2, width);
    rich_free(&rich);
}

/* Whether a word is one of those typed, in another ending at most, or begins with the one that is being typed. */
static bool was_typed(const struct buf *typed, const char *word, size_t n)
{
    enum { SHORT = 3, ROOT = 4, ENDING = 2 };
    struct word_span t;
    size_t pos = 0, same;

    while (word_next(buf_text(typed), typed->len, &pos, &t)) {
        for (same = 0; same < n && same < t.len && word[same] == typed->text[t.start + same];) {
            same++;
        }
        bool last = t.start + t.len == typed->len, alike = same >= ROOT && same + ENDING >= n && same + ENDING >= t.len;

        if (alike || (same == t.len && n >= SHORT && (last || same == n))) {
            return true;
        }
    }
    return false;
}

static void add_marked(struct rich *rich, const struct results *r, const char *text, enum style style)
{
    struct buf word = {0};
    struct word_span span;
    size_t n = strlen(text), pos = 0, at = 0;

    while (word_next(text, n, &pos, &span)) {
        buf_clear(&word);
        fold_text(&word, text + span.start, span.len);
        if (was_typed(&r->typed, buf_text(&word), word.len)) {
            rich_add_n(rich, text + at, span.start - at, style);
            rich_add_n(rich, text + span.start, span.len, STYLE_HIT);
            at = span.start + span.len;
        }
    }
    rich_add(rich, text + at, style);
    buf_free(&word);
}

/* Lays a paragraph of a row out, cut where it is too long. */
static void flow_cut(struct results *r, struct rich *rich, int indent, int width)
{
    size_t from = r->lines.len;

    rich_flow(rich, &r->lines, indent, 2, width);
    if (r->lines.len <= from + LINES_MOST) {
        return;
    }
    r->lines.len = from + LINES_MOST;
    struct line *last = &r->lines.items[r->lines.len - 1];
    struct span *spans = arena_alloc(&r->lines.arena, (last->n + 1) * sizeof *spans);
    const char *sign = r->app->canvas.ascii ? "~" : "…";

    memcpy(spans, last->spans, last->n * sizeof *spans);
    spans[last->n++] = (struct span){sign, strlen(sign), STYLE_FAINT};
    last->spans = spans;
}

/* "inclusion term: Hemorrhoids (bleeding) NOS" */
static void lay_why(struct results *r, const struct hit *hit, int width)
{
    struct rich rich = {0};

    if (strcmp(hit->matched, "code") != 0 && strstr(hit->matched, "title") == NULL) {
        rich_add(&rich, hit->matched, STYLE_INCLUDES);
        rich_add(&rich, ": ", STYLE_INCLUDES);
        add_marked(&rich, r, hit->text, STYLE_FAINT);
        flow_cut(r, &rich, 3, width);
    }
    rich_free(&rich);
}

static void lay_entry(struct results *r, const struct result *row, int width)
{
    const struct entry *e = &row->entry;
    bool whole = e->billable || row->members > 0;
    struct rich rich = {0};
    char code[CODE_MAX + 1];

    rich_add(&rich, family_code(r, row, code), whole ? STYLE_CODE : STYLE_HEADER);
    rich_add(&rich, whole || e->set != SET_ICD10CM ? " " : "- ", STYLE_HEADER);
    add_marked(&rich, r, e->printed != NULL ? e->printed : e->title, STYLE_TEXT);
    flow_cut(r, &rich, row->member ? 3 : 1, width);
    if (row->hit != NULL) {
        lay_why(r, row->hit, width);
    }
    rich_free(&rich);
}

static void lay_row(struct results *r, size_t at, int width)
{
    struct result *row = &r->rows.items[at];
    struct rich rich = {0};

    row->line = r->lines.len;
    if (row->heading != NULL) {
        rich_add(&rich, row->heading, row->style);
        rich_flow(&rich, &r->lines, 1, 0, width);
    } else if (row->term != NULL) {
        lay_term(r, row->term, width);
    } else {
        lay_entry(r, row, width);
    }
    row->lines = r->lines.len - row->line;
    rich_free(&rich);
}

static void lay_out(struct results *r, int width)
{
    if (r->width == width) {
        return;
    }
    r->width = width;
    lines_free(&r->lines);
    for (size_t i = 0; i < r->rows.len; i++) {
        lay_row(r, i, width);
    }
}

int results_height(const void *results, size_t row)
{
    return (int)((const struct results *)results)->rows.items[row].lines;
}

static int paint_row(struct results *r, const struct result *row, struct canvas *c, const struct rect *at, int y, bool marked)
{
    int end = at->y + at->h;

    for (size_t i = 0; i < row->lines && y < end; i++, y++) {
        if (marked) {
            draw_blank(c, y, at->x, at->w, STYLE_TEXT, true);
        }
        line_draw(c, &r->lines.items[row->line + i], y, at->x, at->w, marked);
    }
    return y;
}

void results_paint(void *state, struct canvas *c, const struct rect *at, bool used)
{
    struct results *r = state;
    int y = at->y;

    if (r->rows.len == 0) {
        draw_cut(c, y, at->x + 1, at->w - 1, r->trouble.text[0] != '\0' ? r->trouble.text : r->summary, STYLE_FAINT, false);
        return;
    }
    lay_out(r, at->w - 1);
    list_keep(&r->list, at->h, results_height, r);
    if (r->list.selected == results_headings(r) && r->list.top <= r->list.selected) {
        r->list.top = 0; /* with what stands above the first, where that fits */
        list_keep(&r->list, at->h, results_height, r);
    }
    for (size_t i = r->list.top; i < r->rows.len && y < at->y + at->h; i++) {
        bool mine = i == r->list.selected;
        int row_y = y;

        y = paint_row(r, &r->rows.items[i], c, at, y, mine && used);
        if (mine) {
            draw_text(c, row_y, at->x, 1, ">", 1, STYLE_STRONG, used);
            if (used) {
                draw_cursor(c, row_y, at->x);
            }
        }
    }
}
