/* guide_text.c - sections of the guidelines as lines, and the codes in them as links.
 *
 * A link is a span of a line in the style of links: so whatever the eye sees as a link can be followed. */
#include "guide.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/utf8.h"

enum { LINES_MAX = 3000 }; /* of one layout: a whole part of the guidelines is cut off there, its sections are not */

void guide_text_free(struct guide_text *t)
{
    reader_forget(&t->reader);
    free(t->links.items);
    *t = (struct guide_text){.link = -1};
}

static void add_section(struct lines *out, const struct guideline *g, int width)
{
    struct rich r = {0};

    if (out->len > 0) {
        lines_blank(out);
    }
    rich_add(&r, g->section, STYLE_HEADING);
    rich_add(&r, "  ", STYLE_HEADING);
    rich_add(&r, g->title, STYLE_HEADING);
    rich_flow(&r, out, 1, 2, width);
    for (const char *at = g->text; *at != '\0';) {
        size_t len = strcspn(at, "\n");

        rich_add_codes(&r, SET_ICD10CM, arena_strndup(&out->arena, at, len), STYLE_TEXT);
        rich_flow(&r, out, 1, 2, width);
        at += len + (at[len] == '\n');
    }
    rich_free(&r);
}

static void collect_links(struct guide_text *t)
{
    t->links.len = 0;
    for (size_t i = 0; i < t->reader.lines.len; i++) {
        for (size_t k = 0; k < t->reader.lines.items[i].n; k++) {
            if (t->reader.lines.items[i].spans[k].style == STYLE_LINK) {
                VEC_PUSH(&t->links, ((struct guide_link){i, k}));
            }
        }
    }
}

void guide_text_lay_out(struct guide_text *t, struct shelf *s, uint32_t place, int width)
{
    struct lines *out = &t->reader.lines;
    struct guideline first, g;

    if (t->reader.width == width && t->place == place) {
        return;
    }
    if (t->place != place) {
        t->reader.top = 0;
    }
    reader_forget(&t->reader);
    t->reader.width = width;
    t->place = place;
    t->link = -1;
    if (guide_at(s, place, &out->arena, &first, NULL) == ST_OK) {
        add_section(out, &first, width);
        while (out->len < LINES_MAX && guide_at(s, ++place, &out->arena, &g, NULL) == ST_OK && g.depth > first.depth) {
            add_section(out, &g, width);
        }
    }
    collect_links(t);
}

static bool in_sight(const struct guide_text *t, int link)
{
    int line = (int)t->links.items[link].line;

    return line >= t->reader.top && line < t->reader.top + t->reader.rows;
}

bool guide_text_step(struct guide_text *t, int direction)
{
    int to = t->link, n = (int)t->links.len;

    if (n == 0) { /* also before the first paint lays the text out */
        return false;
    }
    if (to < 0 || !in_sight(t, to)) { /* begin with those that can be seen */
        to = direction > 0 ? 0 : n - 1;
        while (direction > 0 && to + 1 < n && (int)t->links.items[to].line < t->reader.top) {
            to++;
        }
        while (direction < 0 && to > 0 && (int)t->links.items[to].line >= t->reader.top + t->reader.rows) {
            to--;
        }
    } else {
        to += direction;
    }
    if (to < 0 || to >= n) {
        return false;
    }
    t->link = to;
    if (!in_sight(t, to)) {
        t->reader.top = (int)t->links.items[to].line - t->reader.rows / 2;
        reader_act(&t->reader, ACT_NONE);
    }
    return true;
}

bool guide_text_target(const struct guide_text *t, struct shelf *s, struct arena *a, struct entry *out)
{
    char range[2 * CODE_MAX];
    struct code_ref ref;
    size_t pos = 0;

    if (t->link < 0 || t->link >= (int)t->links.len) {
        return false;
    }
    const struct guide_link *at = &t->links.items[t->link];
    const struct span *span = &t->reader.lines.items[at->line].spans[at->span];

    if (!code_ref_next(SET_ICD10CM, span->text, span->len, &pos, &ref)) {
        return false;
    }
    snprintf(range, sizeof range, "%s-%s", ref.first, ref.last);
    return (strlen(range) < CODE_MAX && shelf_lookup(s, SET_ICD10CM, range, a, out, NULL) == ST_OK) ||
           shelf_lookup(s, SET_ICD10CM, ref.first, a, out, NULL) == ST_OK;
}

static void paint_link(const struct guide_text *t, struct canvas *c, const struct rect *r)
{
    const struct guide_link *at = &t->links.items[t->link];
    const struct line *line = &t->reader.lines.items[at->line];
    int x = line->indent, y = r->y + (int)at->line - t->reader.top;

    for (size_t i = 0; i < at->span; i++) {
        x += (int)utf8_width(line->spans[i].text, line->spans[i].len);
    }
    draw_text(c, y, r->x + x, r->w - x, line->spans[at->span].text, line->spans[at->span].len, STYLE_CHOSEN, false);
    draw_cursor(c, y, r->x + x);
}

void guide_text_paint(struct guide_text *t, struct canvas *c, const struct rect *r, bool used)
{
    t->reader.rows = r->h;
    for (int i = 0; i < r->h && t->reader.top + i < (int)t->reader.lines.len; i++) {
        line_draw(c, &t->reader.lines.items[t->reader.top + i], r->y + i, r->x, r->w, false);
    }
    if (used) {
        draw_cursor(c, r->y, r->x);
    }
    if (used && t->link >= 0 && in_sight(t, t->link)) {
        paint_link(t, c, r);
    }
}
