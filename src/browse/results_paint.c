/* results_paint.c - results as rows: code, title, and why it matched, with the words that did set off. Titles and reasons are
 * cut after two lines, but what tells a member from the others of its family is not. How words were understood is said at the
 * first of the rows that it holds for. */
#include <string.h>

#include "codeshelf/utf8.h"
#include "results_view.h"

enum { LINES_MOST = 2, MEMBER_LINES_MOST = 6, MARKS_MAX = 64 };

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

/* A text with the words that answered the query set off. */
static void add_marked(struct rich *rich, const struct hit *hit, const char *text, enum style style)
{
    struct word_span marks[MARKS_MAX];
    size_t n = hit != NULL ? hit_marks(hit, text, marks, MARKS_MAX) : 0, at = 0;

    for (size_t i = 0; i < n; i++) {
        rich_add_n(rich, text + at, marks[i].start - at, style);
        rich_add_n(rich, text + marks[i].start, marks[i].len, STYLE_HIT);
        at = marks[i].start + marks[i].len;
    }
    rich_add(rich, text + at, style);
}

/* Lays a paragraph of a row out, cut where it is too long. */
static void flow_cut(struct results *r, struct rich *rich, int indent, size_t most, int width)
{
    size_t from = r->lines.len;

    rich_flow(rich, &r->lines, indent, 2, width);
    if (r->lines.len <= from + most) {
        return;
    }
    r->lines.len = from + most;
    struct line *last = &r->lines.items[r->lines.len - 1];
    struct span *spans = arena_alloc(&r->lines.arena, (last->n + 1) * sizeof *spans);
    const char *sign = r->app->canvas.ascii ? "~" : "…";

    memcpy(spans, last->spans, last->n * sizeof *spans);
    spans[last->n++] = (struct span){sign, strlen(sign), STYLE_FAINT};
    last->spans = spans;
}

/* "Infection… > urinary": where a path is too long for two lines, the first word of its main term and what ends it, which tells
 * it from the rows around. */
static void add_path(struct results *r, struct rich *rich, const struct hit *hit, int width)
{
    enum { INDENTS = 3 + 5, WRAPPED = 6 }; /* what the end of the first line may leave empty */
    size_t head = strcspn(hit->text, ", ");
    int room = 2 * width - INDENTS - WRAPPED - (int)strlen(hit->matched), left = room - (int)utf8_width(hit->text, head) - 3;
    const char *end = hit->text, *next = (int)utf8_width(end, strlen(end)) > room ? strstr(end, " > ") : NULL;

    while (next != NULL) {
        end = next + 3;
        next = (int)utf8_width(end, strlen(end)) > left ? strstr(end, " > ") : NULL;
    }
    if (end != hit->text) {
        add_marked(rich, hit, arena_strndup(&r->lines.arena, hit->text, head), STYLE_FAINT);
        rich_add(rich, "… > ", STYLE_FAINT);
    }
    add_marked(rich, hit, end, STYLE_FAINT);
}

/* "inclusion term: Hemorrhoids (bleeding) NOS", "abbreviation copd = chronic obstructive pulmonary disease" */
static void lay_why(struct results *r, const struct hit *hit, const struct hit *above, int width)
{
    struct rich rich = {0};

    if (strcmp(hit->matched, "code") != 0 && strstr(hit->matched, "title") == NULL) {
        rich_add(&rich, hit->matched, STYLE_INCLUDES);
        rich_add(&rich, ": ", STYLE_INCLUDES);
        if (strcmp(hit->matched, "index path") == 0) {
            add_path(r, &rich, hit, width);
        } else {
            add_marked(&rich, hit, hit->text, STYLE_FAINT);
        }
        flow_cut(r, &rich, 3, LINES_MOST, width);
    }
    if (hit->read != NULL && (above == NULL || above->read == NULL || strcmp(above->read, hit->read) != 0)) {
        rich_add(&rich, hit->read, STYLE_INCLUDES);
        flow_cut(r, &rich, 3, LINES_MOST, width);
    }
    rich_free(&rich);
}

/* "S52.502A … initial encounter for closed fracture": the member of the best family that the words speak of. */
static void lay_chosen(struct results *r, const struct result *row, int width)
{
    const struct entry *e = results_chosen(r, row);
    struct rich rich = {0};
    char code[CODE_MAX];

    if (e != NULL) {
        rich_add(&rich, code_print(e->set, e->code, code), STYLE_CODE);
        rich_add(&rich, " … ", STYLE_FAINT);
        add_marked(&rich, row->hit, title_after(e->title, row->entry.title), STYLE_TEXT);
        flow_cut(r, &rich, 3, MEMBER_LINES_MOST, width);
    }
    rich_free(&rich);
}

static void lay_entry(struct results *r, const struct result *row, const struct hit *above, int width)
{
    const struct entry *e = &row->entry;
    bool whole = e->billable || row->members > 0, best = row == &r->rows.items[results_headings(r)];
    struct rich rich = {0};
    char code[CODE_MAX + 1];

    rich_add(&rich, family_code(r, row, code), whole ? STYLE_CODE : STYLE_HEADER);
    rich_add(&rich, whole || e->set != SET_ICD10CM ? " " : "- ", STYLE_HEADER);
    rich_add(&rich, row->own != NULL ? "… " : "", STYLE_FAINT);
    add_marked(&rich, row->hit, row->own != NULL ? row->own : e->printed != NULL ? e->printed : e->title, STYLE_TEXT);
    flow_cut(r, &rich, row->member ? 3 : 1, row->own != NULL ? MEMBER_LINES_MOST : LINES_MOST, width);
    if (best && !row->unfolded) {
        lay_chosen(r, row, width);
    }
    if (row->hit != NULL) {
        lay_why(r, row->hit, above, width);
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
        lay_entry(r, row, at > 0 ? row[-1].hit : NULL, width);
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
        bool mine = i == r->list.selected && r->rows.items[i].heading == NULL;
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
