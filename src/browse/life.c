/* life.c - the life of a code: what each loaded release did to it and to the notes above it, in calendar order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "change_text.h"
#include "reader.h"

struct life {
    struct app *app;
    struct place at;
    struct arena arena;
    struct history history;
    struct error trouble; /* why there is none */
    struct entry entry;
    bool found;           /* the release in force has the entry */
    struct reader reader;
};

static void *life_open(struct app *app)
{
    struct life *v = mem_alloc(sizeof *v);

    v->app = app;
    return v;
}

static void life_close(void *state)
{
    struct life *v = state;

    reader_forget(&v->reader);
    arena_free(&v->arena);
    free(v);
}

static void life_go(void *state, const struct place *to)
{
    struct life *v = state;

    v->at = *to;
    v->reader.top = 0;
    reader_forget(&v->reader);
    arena_free(&v->arena);
    v->found = app_find(v->app, to, &v->arena, &v->entry);
    v->trouble.text[0] = '\0';
    if (history_of(v->app->shelf, to->set, to->code, &v->arena, &v->history, &v->trouble) != ST_OK) {
        v->history = (struct history){.title = ""};
    }
}

/* "FY2018     reworded: ...": what one release did; its name is left out where it did something before. */
static void add_event(const struct life *v, const struct event *e, bool again, struct lines *out, int width)
{
    enum { RELEASE_COLUMNS = 12 };
    const struct change *c = &e->change;
    char name[RELEASE_COLUMNS + 1], shown[CODE_MAX];
    int hang = width >= 60 ? RELEASE_COLUMNS : 2;
    struct rich r = {0};

    if (!again) {
        snprintf(name, sizeof name, "%-*.*s", RELEASE_COLUMNS, RELEASE_COLUMNS - 1, e->release->name);
        rich_add(&r, name, STYLE_STRONG);
    }
    rich_add(&r, e->since == NULL ? "the oldest release loaded has it" : change_name(c->kind), STYLE_HEADING);
    if (e->above) {
        rich_add(&r, " at ", STYLE_FAINT);
        rich_add(&r, code_print(v->history.set, c->code, shown), STYLE_STRONG);
    }
    rich_add(&r, ": ", STYLE_TEXT);
    change_add_line(&r, v->history.set, c, 0);
    rich_flow(&r, out, again ? 1 + hang : 1, again ? 0 : hang, width);
    rich_free(&r);
}

static void add_end(const struct life *v, struct lines *out, int width)
{
    const struct history *h = &v->history;
    struct rich r = {0};
    char day[11];

    lines_blank(out);
    if (h->last != NULL) {
        rich_add(&r, h->last->name, STYLE_STRONG);
        rich_add(&r, h->gone ? " is the last release that has it." : " has it, the newest loaded.",
                 h->gone ? STYLE_WARNING : STYLE_TEXT);
        if (h->last_day != 0) { /* a HCPCS file goes on listing what has ended */
            rich_add(&r, " Last day of use ", STYLE_WARNING);
            rich_add(&r, date_print(h->last_day, day), STYLE_WARNING);
            rich_add(&r, ".", STYLE_WARNING);
        }
        rich_flow(&r, out, 1, 0, width);
    }
    change_flow_crossrefs(h->crossrefs, h->ncrossrefs, out, 1, width);
    for (size_t i = 0; i < h->nunknown; i++) {
        rich_add(&r, h->unknown[i], STYLE_WARNING);
        rich_flow(&r, out, 1, 2, width);
    }
    rich_free(&r);
}

static void lay_out(struct life *v, int width)
{
    struct lines *out = &v->reader.lines;
    const struct history *h = &v->history;
    struct rich r = {0};
    char shown[SHOWN_MAX];

    if (v->reader.width == width) {
        return;
    }
    reader_forget(&v->reader);
    v->reader.width = width;
    if (v->trouble.text[0] != '\0') {
        rich_add(&r, v->trouble.text, STYLE_WARNING);
        rich_flow(&r, out, 1, 2, width);
        rich_free(&r);
        return;
    }
    rich_add(&r, code_shown(h->set, v->at.kind, h->code, shown), STYLE_CODE);
    rich_add(&r, "  ", STYLE_TEXT);
    rich_add(&r, h->title, STYLE_STRONG);
    rich_flow(&r, out, 1, 2, width);
    rich_free(&r);
    lines_blank(out);
    for (size_t i = 0; i < h->n; i++) {
        add_event(v, &h->items[i], i > 0 && h->items[i - 1].release == h->items[i].release, out, width);
    }
    add_end(v, out, width);
}

static enum action life_act(void *state, enum action a)
{
    struct life *v = state;

    return reader_act(&v->reader, a) ? ACT_NONE : a;
}

static void life_paint(void *state, struct canvas *c, const struct rect *r, bool used)
{
    struct life *v = state;

    lay_out(v, r->w - 1 < 120 ? r->w - 1 : 120);
    reader_paint(&v->reader, c, r, "History over the loaded releases", used);
}

static bool life_here(void *state, struct entry *out)
{
    struct life *v = state;

    *out = v->entry;
    return v->found;
}

/* The code, also when the release in force does not have it. */
static void life_mark(void *state, struct place *at)
{
    *at = ((struct life *)state)->at;
}

const struct view_ops life_view = {
    .name = "History",
    .where = IN_TEXT,
    .open = life_open,
    .go = life_go,
    .act = life_act,
    .paint = life_paint,
    .here = life_here,
    .mark = life_mark,
    .close = life_close,
};
