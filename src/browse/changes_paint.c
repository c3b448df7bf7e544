/* changes_paint.c - the list of changes on the screen: which releases, which kind, what cannot be told, and a line a change. */
#include <stdio.h>
#include <string.h>

#include "changes_view.h"
#include "codeshelf/utf8.h"
#include "term_row.h"

enum { KIND_WIDTH = 12, KIND_NARROW = 6, CODE_WIDTH = 9, HEAD = 2 };

/* "ICD-10-CM FY2016 to FY2017", and on the right that not everything can be told. */
static void paint_releases(const struct changes_list *v, const struct canvas *c, const struct rect *r)
{
    char text[100], unknown[60] = "";
    int room = r->w - 1;

    if (v->from != NULL) {
        snprintf(text, sizeof text, "%s %s to %s", codeset_title(v->set), v->from->name, v->to->name);
    } else {
        snprintf(text, sizeof text, "%s", codeset_title(v->set));
    }
    if (v->all.nunknown > 0) {
        snprintf(unknown, sizeof unknown, r->w < LAYOUT_TWO_PANES ? "! not all" : "! not everything can be told");
        room -= (int)strlen(unknown) + 1;
        draw_cut(c, r->y, r->x + 1 + room, r->w, unknown, STYLE_WARNING, false);
    }
    draw_cut(c, r->y, r->x + 1, room, text, STYLE_STRONG, false);
}

/* "All 8836": a kind with its count. */
static int kind_text(const struct changes_list *v, int kind, char out[40])
{
    return snprintf(out, 40, "%s %zu", kind == CHANGE_COUNT ? "all" : change_name((enum change_kind)kind), v->counts[kind]);
}

/* The kinds that there are, all first; from the one on that lets the chosen kind be seen. */
static void paint_kinds(struct changes_list *v, const struct canvas *c, const struct rect *r)
{
    int order[CHANGE_COUNT + 1] = {CHANGE_COUNT}, n = 1, width = 0, first = 0, x = r->x + 1;
    char text[40];

    memset(v->tabs, 0, sizeof v->tabs);
    for (int kind = 0; kind < CHANGE_COUNT; kind++) {
        if (v->counts[kind] > 0 || kind == v->kind) {
            order[n++] = kind;
        }
    }
    for (int i = 0; i < n; i++) {
        width += kind_text(v, order[i], text) + 2;
        for (; order[i] == v->kind && width > r->w && first < i; first++) {
            width -= kind_text(v, order[first], text) + 2;
        }
        if (order[i] == v->kind) {
            break;
        }
    }
    for (int i = first; i < n; i++) {
        kind_text(v, order[i], text);
        x += draw_cut(c, r->y + 1, x, r->x + r->w - x, text, order[i] == v->kind ? STYLE_CHOSEN : STYLE_TEXT, false) + 2;
        v->tabs[order[i]] = x - r->x;
    }
}

/* A line each where the line can say what is not loaded, so that the list still begins on the first screen. */
static void lay_out_unknown(struct changes_list *v, int width)
{
    struct rich rich = {0};

    if (v->width == width) {
        return;
    }
    lines_free(&v->unknown);
    v->width = width;
    for (size_t i = 0; i < v->all.nunknown && i < UNKNOWN_MAX; i++) {
        rich_add(&rich, v->all.unknown[i], STYLE_WARNING);
        rich_flow(&rich, &v->unknown, 1, 2, width < LAYOUT_TWO_PANES ? width : 1000);
        v->ends[i] = v->unknown.len;
    }
    rich_free(&rich);
}

int changes_height(const void *list, size_t row)
{
    const struct changes_list *v = list;
    const struct change_row *at = &v->rows.items[row];

    return at->what != ROW_UNKNOWN ? 1 : (int)(v->ends[at->at] - (at->at > 0 ? v->ends[at->at - 1] : 0));
}

/* "ch. 2  Neoplasms (C00-D49)  57", "Index  1166" */
static void paint_part(const struct changes_list *v, const struct change_row *row, const struct canvas *c, const struct rect *r,
                       int y)
{
    const struct change_part *part = &v->all.parts[row->at];
    char count[24], shown[SHOWN_MAX];
    int x = r->x + 1, end = r->x + r->w - 1 - snprintf(count, sizeof count, "%u", row->n);

    if (part->book != COMP_CODES) {
        draw_cut(c, y, x, end - x - 1, term_book_title(part->book), STYLE_HEADING, false);
    } else {
        x += draw_cut(c, y, x, end - x - 1, code_shown(v->set, KIND_CHAPTER, part->code, shown), STYLE_HEADING, false);
        x += *part->code != '\0' ? 2 : 0;
        draw_cut(c, y, x, end - x - 1, *part->code != '\0' ? part->title : "Before the first chapter", STYLE_HEADING, false);
    }
    draw_text(c, y, end, r->w, count, strlen(count), STYLE_FAINT, false);
}

static enum style style_of_kind(enum change_kind kind)
{
    switch (kind) {
    case CHANGE_ADDED:
    case CHANGE_REACTIVATED: return STYLE_NEW;
    case CHANGE_DELETED:
    case CHANGE_TERMINATED: return STYLE_GONE;
    case CHANGE_DEMOTED: return STYLE_WARNING;
    case CHANGE_PROMOTED:
    case CHANGE_MOVED:
    case CHANGE_REWORDED:
    case CHANGE_RENOTED:
    case CHANGE_REFIELDED:
    case CHANGE_COUNT: break;
    }
    return STYLE_TEXT;
}

static void paint_change(const struct changes_list *v, const struct change *change, const struct canvas *c, const struct rect *r,
                         int y, bool marked)
{
    bool ends = change->kind == CHANGE_TERMINATED || change->kind == CHANGE_REACTIVATED;
    bool part = change->kind == CHANGE_MOVED || change->kind == CHANGE_RENOTED || change->kind == CHANGE_REFIELDED;
    int kind = r->w < LAYOUT_TWO_PANES ? KIND_NARROW : KIND_WIDTH, x = r->x + 1, end = r->x + r->w;
    struct rich rich = {0};
    struct lines line = {0};
    char shown[CODE_MAX];

    draw_cut(c, y, x, kind - 1, change_name(change->kind), style_of_kind(change->kind), marked);
    x += kind;
    if (change->entry != 0) {
        int used = draw_cut(c, y, x, end - x, code_print(v->set, change->code, shown), STYLE_CODE, marked) + 1;

        x += used > CODE_WIDTH || r->w < LAYOUT_TWO_PANES ? used : CODE_WIDTH;
    }
    rich_add(&rich, ends ? change->title : "", STYLE_TEXT);
    rich_add(&rich, ends ? "; " : "", STYLE_TEXT);
    for (size_t skip = 0; change_add_line(&rich, v->set, change, skip) && (int)utf8_width(buf_text(&rich.text), rich.text.len) > end - x;
         skip++) { /* the titles nearest to the row tell it apart */
        rich_clear(&rich);
    }
    if (part && change->entry != 0) { /* the title for who does not know the code by heart, where there is room */
        rich_add(&rich, "  ", STYLE_TEXT);
        rich_add(&rich, change->title, STYLE_FAINT);
    }
    rich_flow(&rich, &line, 0, 0, 10000);
    if (line.len > 0) {
        line_draw(c, &line.items[0], y, x, end - x, marked);
    }
    lines_free(&line);
    rich_free(&rich);
}

static int paint_row(struct changes_list *v, size_t i, struct canvas *c, const struct rect *r, int y, bool used)
{
    const struct change_row *row = &v->rows.items[i];
    int lines = changes_height(v, i), end = r->y + r->h;
    bool mine = i == v->list.selected;

    if (row->what == ROW_UNKNOWN && lines == 1) {
        draw_cut(c, y, r->x + 1, r->w - 1, v->all.unknown[row->at], STYLE_WARNING, false);
    } else if (row->what == ROW_UNKNOWN) {
        for (int k = 0; k < lines && y + k < end; k++) {
            line_draw(c, &v->unknown.items[v->ends[row->at] - (size_t)lines + (size_t)k], y + k, r->x, r->w, false);
        }
    } else if (row->what == ROW_PART) {
        paint_part(v, row, c, r, y);
    } else {
        if (mine && used) {
            draw_blank(c, y, r->x, r->w, STYLE_TEXT, true);
            draw_cursor(c, y, r->x);
        }
        if (mine) {
            draw_text(c, y, r->x, 1, ">", 1, STYLE_STRONG, used);
        }
        paint_change(v, &v->all.items[row->at], c, r, y, mine && used);
    }
    return y + lines;
}

/* Why there is no list. */
static void paint_nothing(const struct changes_list *v, const struct canvas *c, const struct rect *r)
{
    char text[160];
    const char *why = text;
    bool warn = v->stage == COMPARED;

    if (v->to == NULL) {
        snprintf(text, sizeof text, "No release of %s is loaded.", codeset_title(v->set));
    } else if (v->from == NULL) {
        snprintf(text, sizeof text, "No release before %s is loaded: there is nothing to compare it with.", v->to->name);
    } else if (v->stage != COMPARED) {
        snprintf(text, sizeof text, "comparing %s with %s…", v->from->name, v->to->name);
    } else if (v->trouble.text[0] != '\0') {
        why = v->trouble.text;
    } else {
        warn = false;
        why = v->all.n == 0 ? "Nothing differs in what both releases have." : "Nothing with these words.";
    }
    draw_cut(c, r->y, r->x + 1, r->w - 1, why, warn ? STYLE_WARNING : STYLE_FAINT, false);
}

static bool at_first(const struct changes_list *v)
{
    size_t first = 0;

    while (first < v->rows.len && v->rows.items[first].what != ROW_CHANGE) {
        first++;
    }
    return v->list.selected == first;
}

void changes_paint(void *state, struct canvas *c, const struct rect *r, bool used)
{
    struct changes_list *v = state;
    struct rect body = {r->y + HEAD, r->x, r->h - HEAD, r->w};
    int y = body.y;

    v->head = HEAD;
    paint_releases(v, c, r);
    lay_out_unknown(v, r->w - 1);
    if (used) {
        draw_cursor(c, body.y, r->x);
    }
    if (v->stage == COMPARED && v->all.n > 0) {
        paint_kinds(v, c, r);
    }
    list_keep(&v->list, body.h, changes_height, v);
    if (at_first(v)) {
        v->list.top = 0; /* with what stands above the first change, where that fits */
        list_keep(&v->list, body.h, changes_height, v);
    }
    for (size_t i = v->list.top; i < v->rows.len && y < body.y + body.h; i++) {
        y = paint_row(v, i, c, &body, y, used);
    }
    if (changes_selected(v) == NULL && y < body.y + body.h) {
        paint_nothing(v, c, &(struct rect){y, body.x, 1, body.w});
    }
}
