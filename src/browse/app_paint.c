/* app_paint.c - the whole screen, every time: banner, warning, box, panes, key bar. Curses sends only what changed. */
#include <stdio.h>
#include <string.h>

#include "app.h"
#include "codeshelf/utf8.h"
#include "results.h"

/* "ICD-10-CM FY2025" for each set on the shelf; the open book stands out, "!" says that its release does not cover the date. */
static void paint_banner(struct app *app, const struct rect *r)
{
    char day[11], text[64];
    int x = r->x + 1, end;

    draw_blank(&app->canvas, r->y, r->x, r->w, STYLE_BANNER, false);
    if (app->shelf == NULL) {
        draw_cut(&app->canvas, r->y, x, r->w - 2, "codeshelf", STYLE_BANNER, false);
        return;
    }
    snprintf(text, sizeof text, "as of %s", date_print(shelf_date(app->shelf), day));
    end = r->x + r->w - (int)strlen(text) - 1;
    draw_cut(&app->canvas, r->y, end, r->w, text, STYLE_BANNER, false);
    for (int i = 0; i < SET_COUNT; i++) {
        const struct release *release = shelf_release(app->shelf, (enum codeset)i);

        if (release == NULL || x >= end) {
            continue;
        }
        snprintf(text, sizeof text, " %s %s%s ", codeset_title((enum codeset)i), release->name,
                 shelf_warning(app->shelf, (enum codeset)i) != NULL ? "!" : "");
        x += draw_cut(&app->canvas, r->y, x, end - x - 1, text, STYLE_BANNER, i == (int)app->set);
    }
}

/* A release that does not cover the date, in the words that fit: the date stands in the banner above as well. */
static void say_uncovered(const struct app *app, enum codeset set, int width, char *out, size_t size)
{
    const struct release *r = shelf_release(app->shelf, set);
    date day = shelf_date(app->shelf);
    char asked[11], edge[11];
    const char *name = codeset_title(set), *since = r->to < day ? "ended" : "from";

    date_print(day, asked);
    date_print(r->to < day ? r->to : r->from, edge);
    if (snprintf(out, size, "%s: %s", name, shelf_warning(app->shelf, set)) > width &&
        snprintf(out, size, "%s: none loaded for %s; showing %s, %s %s", name, asked, r->name, since, edge) > width) {
        snprintf(out, size, "%s: showing %s, %s %s", name, r->name, since, edge);
    }
}

/* What must not be overlooked: a newer shelf, or a release that does not cover the date. */
static bool warning_of(const struct app *app, int width, char *out, size_t size)
{
    const char *text = NULL;
    enum codeset set = app->set;

    if (app->shelf == NULL) {
        return false;
    }
    if (app->replaced) {
        snprintf(out, size, "a newer shelf is there: %sR reopens it", app->focus == FOCUS_BOX ? "Tab, then " : "");
        return true;
    }
    if (app->shelf_path == app->options->specimen) {
        snprintf(out, size, "the specimen: a few codes to look around in, not for coding");
        return true;
    }
    for (int i = 0; i <= SET_COUNT && text == NULL; i++) {
        set = i == 0 ? app->set : (enum codeset)(i - 1);
        text = shelf_release(app->shelf, set) != NULL ? shelf_warning(app->shelf, set) : NULL;
    }
    if (text != NULL) {
        say_uncovered(app, set, width, out, size);
    }
    return text != NULL;
}

static void paint_box(struct app *app, const struct rect *r)
{
    void *state;
    int x = r->x + 1, right = r->x + r->w, used = app->focus == FOCUS_BOX && !app->asking_date;
    enum style style = used ? STYLE_KEY : STYLE_STRONG;
    size_t start, column;
    const struct view_box *own = app_view_box(app);
    const struct line_edit *line = own != NULL ? &own->line : &app->box;

    app_view(app, VIEW_RESULTS, &state);
    const char *summary = own != NULL ? own->summary : results_summary(state);
    int count = (int)strlen(summary);

    x += draw_cut(&app->canvas, r->y, x, right - x, own != NULL ? own->label : "Search", style, false);
    x += draw_text(&app->canvas, r->y, x, right - x, ": ", 2, style, false);
    if (count > 0 && count + 2 < r->w / 2) {
        right -= count + 2;
        draw_cut(&app->canvas, r->y, right + 1, count, summary, STYLE_FAINT, false);
    }
    column = line_edit_view(line, (size_t)(right - x), &start);
    draw_text(&app->canvas, r->y, x, right - x, line->text + start, line->len - start, STYLE_STRONG, false);
    if (used) {
        draw_cursor(&app->canvas, r->y, x + (int)column);
    }
}

static void paint_prompt(struct app *app, const struct rect *r)
{
    static const char label[] = " Date of service (2025-01-31 or 1/31/2025; empty for today): ", low[] = " Date of service: ";
    const char *shown = r->w > 75 ? label : low;
    int x = r->x;
    size_t start, column;

    if (app->notice[0] != '\0') {
        x += draw_cut(&app->canvas, r->y, x + 1, r->w - 14, app->notice, STYLE_WARNING, false) + 1;
        shown = ": ";
    }
    x += draw_cut(&app->canvas, r->y, x, r->w, shown, STYLE_KEY, false);
    column = line_edit_view(&app->date_line, (size_t)(r->x + r->w - x > 1 ? r->x + r->w - x : 1), &start);
    draw_text(&app->canvas, r->y, x, r->x + r->w - x, app->date_line.text + start, app->date_line.len - start, STYLE_STRONG,
              false);
    draw_cursor(&app->canvas, r->y, x + (int)column);
}

static void paint_bar(struct app *app, const struct rect *r)
{
    const struct action_row *row = NULL;
    int x = r->x + 1, end = r->x + r->w;

    if (app->asking_date) {
        paint_prompt(app, r);
        return;
    }
    if (app->notice[0] != '\0') {
        draw_cut(&app->canvas, r->y, x, r->w - 1, app->notice, STYLE_WARNING, false);
        return;
    }
    while ((row = action_bar_next(app_where(app), row)) != NULL) {
        int width = (int)(strlen(row->shown) + 1 + strlen(row->name));

        if (x + width > end) {
            continue;
        }
        x += draw_cut(&app->canvas, r->y, x, end - x, row->shown, STYLE_KEY, false) + 1;
        x += draw_cut(&app->canvas, r->y, x, end - x, row->name, STYLE_TEXT, false) + 2;
    }
    if (app_where(app) == IN_BOX) {
        draw_cut(&app->canvas, r->y, x, end - x, "after Tab, letters are commands; ? shows all", STYLE_FAINT, false);
    }
}

static void paint_rules(struct app *app)
{
    const struct layout *l = &app->layout;

    draw_rule(&app->canvas, &l->rule_top);
    draw_rule(&app->canvas, &l->rule_bottom);
    draw_rule(&app->canvas, &l->divider);
    if (l->divider.w > 0 && l->rule_top.h > 0) {
        draw_joint(&app->canvas, l->rule_top.y, l->divider.x, true);
        draw_joint(&app->canvas, l->rule_bottom.y, l->divider.x, false);
    }
}

/* How the index led to the selected code, on the rule below the panes: seen where there is room. */
static void paint_trail(struct app *app)
{
    const struct rect *r = &app->layout.rule_bottom;
    struct place at;
    struct buf text = {0};

    if (r->h == 0 || app->page == VIEW_TERMS || *app->trail.code == '\0') {
        return;
    }
    at = app_place(app);
    if (trail_text(&app->trail, &at, &text)) {
        int x = r->x + 1, end = r->x + r->w - 1;

        x += draw_text(&app->canvas, r->y, x, end - x, " ", 1, STYLE_TEXT, false);
        x += draw_end(&app->canvas, r->y, x, end - x - 1, buf_text(&text), STYLE_STRONG);
        draw_text(&app->canvas, r->y, x, end - x, " ", 1, STYLE_TEXT, false);
    }
    buf_free(&text);
}

static void paint_panes(struct app *app)
{
    const struct layout *l = &app->layout;
    void *state;

    if (l->page.w > 0) {
        const struct view_ops *ops = app_view(app, app->page, &state);

        ops->paint(state, &app->canvas, &l->page, app->shelf == NULL || app->focus == FOCUS_PAGE);
    }
    if (l->list.w > 0) {
        const struct view_ops *ops = app_view(app, app->list, &state);
        struct rect body = {l->list.y + 1, l->list.x, l->list.h - 1, l->list.w};

        draw_cut(&app->canvas, l->list.y, l->list.x + 1, l->list.w - 1, ops->name, STYLE_STRONG, false);
        ops->paint(state, &app->canvas, &body, app->focus == FOCUS_LIST);
    }
}

void app_paint(struct app *app)
{
    char warning[300];
    void *state;
    int height, width;

    term_size(&height, &width);
    bool warned = warning_of(app, width - 1, warning, sizeof warning);
    const struct view_ops *page = app_view(app, app->page, &state);

    app->layout = layout_of(width, height, warned, page->wide ? BODY_WIDE : BODY_SPLIT, app->focus != FOCUS_PAGE);
    draw_erase(&app->canvas);
    draw_cursor(&app->canvas, 0, 0);
    if (app->layout.too_small) {
        draw_cut(&app->canvas, 0, 0, width, "too small: needs 40 x 10", STYLE_TEXT, false);
    } else {
        paint_banner(app, &app->layout.banner);
        if (warned) {
            draw_cut(&app->canvas, app->layout.warning.y, 1, width - 1, warning, STYLE_WARNING, false);
        }
        paint_rules(app);
        paint_panes(app);
        paint_trail(app);
        if (app->shelf != NULL) {
            paint_box(app, &app->layout.box);
        }
        paint_bar(app, &app->layout.bar);
    }
    term_show(&app->canvas);
}
