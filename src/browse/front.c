/* front.c - the conventions: the introduction of the Tabular, as it came with the release. */
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "lines.h"
#include "reader.h"

struct front_text {
    struct app *app;
    enum codeset set;
    struct reader reader;
};

static void *front_open(struct app *app)
{
    struct front_text *v = mem_alloc(sizeof *v);

    v->app = app;
    return v;
}

static void front_close(void *state)
{
    struct front_text *v = state;

    reader_forget(&v->reader);
    free(v);
}

static void front_go(void *state, const struct place *to)
{
    struct front_text *v = state;

    v->set = to->set;
    v->reader.top = 0;
    reader_forget(&v->reader);
}

/* A text, a line of it a paragraph. */
static void add_text(struct lines *out, enum codeset set, const char *text, int width)
{
    struct rich r = {0};

    while (*text != '\0') {
        size_t len = strcspn(text, "\n");
        char *line = arena_strndup(&out->arena, text, len);

        if (len == 0) {
            lines_blank(out);
        } else {
            rich_add_codes(&r, set, line, STYLE_TEXT);
            rich_flow(&r, out, 1, 2, width);
        }
        text += len + (text[len] == '\n');
    }
    rich_free(&r);
}

/* That of the release in force, of its Tabular, or of any release: the first that has one. */
static bool find_front(struct front_text *v, struct arena *a, const struct front **out, size_t *n, const char **release)
{
    const struct release *all, *own = shelf_component(v->app->shelf, v->set, COMP_TABULAR);
    size_t nall;

    all = shelf_releases(v->app->shelf, &nall);
    *release = own != NULL ? own->name : "";
    if (own != NULL && shelf_front(v->app->shelf, own, a, out, n, NULL) == ST_OK && *n > 0) {
        return true;
    }
    for (size_t i = nall; i-- > 0;) {
        *release = all[i].name;
        if (all[i].set == v->set && shelf_front(v->app->shelf, &all[i], a, out, n, NULL) == ST_OK && *n > 0) {
            return true;
        }
    }
    return false;
}

static void lay_out(struct front_text *v, int width)
{
    struct lines *out = &v->reader.lines;
    const struct front *front = NULL;
    const char *release;
    struct rich r = {0};
    size_t n = 0;

    if (v->reader.width == width) {
        return;
    }
    reader_forget(&v->reader);
    v->reader.width = width;
    if (!find_front(v, &out->arena, &front, &n, &release)) {
        rich_add(&r, "Not loaded: the conventions come with the Tabular (codeshelf-import icd10cm_tabular_2025.xml).",
                 STYLE_WARNING);
        rich_flow(&r, out, 1, 0, width);
        n = 0;
    }
    for (size_t i = 0; i < n; i++) {
        rich_add(&r, front[i].title, STYLE_HEADING);
        rich_add(&r, i == 0 ? "  of " : "", STYLE_FAINT);
        rich_add(&r, i == 0 ? release : "", STYLE_FAINT);
        rich_flow(&r, out, 1, 0, width);
        add_text(out, v->set, front[i].text, width);
        lines_blank(out);
    }
    rich_free(&r);
}

static enum action front_act(void *state, enum action a)
{
    struct front_text *v = state;

    return reader_act(&v->reader, a) ? ACT_NONE : a;
}

static void front_paint(void *state, struct canvas *c, const struct rect *r, bool used)
{
    struct front_text *v = state;

    lay_out(v, r->w - 1 < 100 ? r->w - 1 : 100);
    reader_paint(&v->reader, c, r, "Conventions of the book", used);
}

static bool front_here(void *state, struct entry *out)
{
    (void)state;
    (void)out;
    return false;
}

const struct view_ops front_view = {
    .name = "Conventions",
    .where = IN_PLAIN,
    .wide = true,
    .open = front_open,
    .go = front_go,
    .act = front_act,
    .paint = front_paint,
    .here = front_here,
    .close = front_close,
};
