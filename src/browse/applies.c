/* applies.c - notes that apply: all of them, the entry's own and those it inherits, nearest first, each under the entry that it
 * stands at; then the 7th characters in force and the fields of the official file, and last what is not official: notes of the
 * desks. Those are opened for each look and closed again, so that an import made meanwhile is seen and start waits for none. */
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "codeshelf/desks.h"
#include "lines.h"
#include "reader.h"

struct applies {
    struct app *app;
    struct place at;
    struct arena arena;
    struct entry entry;
    bool found;
    const struct desk_note *own; /* what is not official */
    size_t nown;
    struct reader reader;
};

static void *applies_open(struct app *app)
{
    struct applies *v = mem_alloc(sizeof *v);

    v->app = app;
    return v;
}

static void applies_close(void *state)
{
    struct applies *v = state;

    reader_forget(&v->reader);
    arena_free(&v->arena);
    free(v);
}

static void read_desks(struct applies *v)
{
    const struct browse_options *o = v->app->options;
    struct error passed = {0}, err = {0};
    struct desks desks;
    enum status st = desks_open(o->desk, o->notes, &desks, &passed, &err);

    if (st == ST_OK) {
        st = desks_notes(&desks, v->app->shelf, &v->entry, &v->arena, &v->own, &v->nown, &err);
    }
    if (st != ST_OK || passed.text[0] != '\0') {
        app_say(v->app, "%s", st != ST_OK ? err.text : passed.text);
    }
    desks_close(&desks);
}

static void applies_go(void *state, const struct place *to)
{
    struct applies *v = state;

    v->at = *to;
    v->reader.top = 0;
    reader_forget(&v->reader);
    arena_free(&v->arena);
    v->own = NULL;
    v->nown = 0;
    v->found = app_find(v->app, to, &v->arena, &v->entry);
    if (v->found) {
        read_desks(v);
    }
}

static void heading(struct lines *out, const struct entry *from, const char *release, int width)
{
    struct rich r = {0};
    char shown[SHOWN_MAX];

    lines_blank(out);
    rich_add(&r, "from ", STYLE_FAINT);
    rich_add(&r, code_shown(from->set, from->kind, from->code, shown), STYLE_HEADING);
    rich_add(&r, "  ", STYLE_HEADING);
    rich_add(&r, from->title, STYLE_HEADING);
    if (release != NULL) {
        rich_add(&r, "  of ", STYLE_WARNING);
        rich_add(&r, release, STYLE_WARNING);
    }
    rich_flow(&r, out, 1, 2, width);
    rich_free(&r);
}

static void add_title(struct applies *v, struct lines *out, int width)
{
    const struct entry *e = &v->entry;
    const struct release *release = shelf_release(v->app->shelf, e->set);
    struct rich r = {0};
    char shown[CODE_MAX], day[11];

    rich_add(&r, code_print(e->set, e->code, shown), e->billable ? STYLE_CODE : STYLE_HEADER);
    rich_add(&r, "  ", STYLE_TEXT);
    rich_add(&r, e->printed != NULL ? e->printed : e->title, STYLE_STRONG);
    rich_flow(&r, out, 1, 2, width);
    rich_add(&r, e->billable ? "billable" : "not billable", e->billable ? STYLE_CODE : STYLE_WARNING);
    rich_add(&r, " in ", STYLE_FAINT);
    rich_add(&r, release != NULL ? release->name : "", STYLE_FAINT);
    if (e->from != 0) {
        rich_add(&r, ", from ", STYLE_FAINT);
        rich_add(&r, date_print(e->from, day), STYLE_FAINT);
    }
    if (e->to != 0) {
        rich_add(&r, e->to < shelf_date(v->app->shelf) ? ", ended " : ", until ", STYLE_ENDED);
        rich_add(&r, date_print(e->to, day), STYLE_ENDED);
    }
    rich_flow(&r, out, 1, 2, width);
    if (v->nown > 0) { /* they stand behind what is official, where they would be missed */
        rich_add(&r, v->nown == 1 ? "a note that is not official, at the end" : "notes that are not official, at the end",
                 STYLE_WARNING);
        rich_flow(&r, out, 1, 2, width);
    }
    rich_free(&r);
}

static void add_notes(struct applies *v, struct lines *out, int width)
{
    struct shelf *s = v->app->shelf;
    const struct note *notes = NULL;
    struct entry from;
    struct rich r = {0};
    size_t n = 0;

    if (shelf_effective_notes(s, &v->entry, &out->arena, &notes, &n, NULL) != ST_OK) {
        n = 0;
    }
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && notes[end].from == notes[i].from;) {
            end++;
        }
        if (shelf_entry_at(s, v->entry.set, notes[i].from, &out->arena, &from, NULL) == ST_OK) {
            heading(out, &from, notes[i].release, width);
        }
        lines_notes(out, v->entry.set, notes + i, end - i, 3, width);
    }
    if (n == 0) {
        bool loaded = shelf_notes_release(s, v->entry.set) != NULL;

        lines_blank(out);
        rich_add(&r, loaded ? "No note applies." : "Notes not loaded: this release came without them. B borrows those of another "
                 "release.", loaded ? STYLE_FAINT : STYLE_WARNING);
        rich_flow(&r, out, 1, 0, width);
    }
    rich_free(&r);
}

static void add_seventh(struct applies *v, struct lines *out, int width)
{
    struct seventh s = {0};
    struct entry from;

    if (shelf_seventh(v->app->shelf, &v->entry, false, &out->arena, &s, NULL) != ST_OK || s.n == 0) {
        return;
    }
    if (shelf_lookup(v->app->shelf, v->entry.set, s.from_code, &out->arena, &from, NULL) == ST_OK) {
        heading(out, &from, s.release, width);
    }
    lines_seventh(out, &s, 3, width);
}

static void add_facts(struct applies *v, struct lines *out, int width)
{
    const struct fact *facts = NULL;
    struct rich r = {0};
    size_t n = 0;

    if (shelf_facts(v->app->shelf, &v->entry, &out->arena, &facts, &n, NULL) != ST_OK || n == 0) {
        return;
    }
    lines_blank(out);
    rich_add(&r, "Fields of the official file", STYLE_HEADING);
    rich_flow(&r, out, 1, 0, width);
    for (size_t i = 0; i < n; i++) {
        rich_add(&r, facts[i].label, STYLE_NOTE);
        rich_add(&r, ": ", STYLE_NOTE);
        rich_add(&r, facts[i].value, STYLE_STRONG);
        if (*facts[i].words != '\0') {
            rich_add(&r, "  ", STYLE_TEXT);
            rich_add(&r, facts[i].words, STYLE_TEXT);
        }
        rich_flow(&r, out, 3, 4, width);
    }
    rich_free(&r);
}

/* The Markdown of a note as it is written, line by line. */
static void add_text(struct lines *out, const char *text, int width)
{
    struct rich r = {0};

    while (*text != '\0') {
        size_t n = strcspn(text, "\n");

        if (n == 0) {
            lines_blank(out);
        } else {
            rich_add_n(&r, text, n, STYLE_TEXT);
            rich_flow(&r, out, 5, 2, width);
        }
        text += n + (text[n] == '\n');
    }
    rich_free(&r);
}

static void add_own(struct applies *v, struct lines *out, int width)
{
    struct rich r = {0};

    for (size_t i = 0; i < v->nown; i++) {
        const struct desk_note *note = &v->own[i];

        lines_blank(out);
        if (i == 0 || strcmp(note->collection, note[-1].collection) != 0) {
            rich_add(&r, note->collection, STYLE_HEADING);
            rich_add(&r, " (not official)", STYLE_WARNING);
            rich_flow(&r, out, 1, 2, width);
        }
        for (size_t k = 0; k < note->ncodes; k++) {
            rich_add(&r, k > 0 ? ", " : "on ", STYLE_FAINT);
            rich_add(&r, note->codes[k], STYLE_NOTE);
        }
        rich_flow(&r, out, 3, 2, width);
        add_text(out, note->text, width);
    }
    rich_free(&r);
}

/* The date of service or the shelf changed, and the book that now answers lacks the entry. */
static void add_missing(const struct applies *v, struct lines *out, int width)
{
    const struct release *release = shelf_release(v->app->shelf, v->at.set);
    struct rich r = {0};
    char shown[SHOWN_MAX];

    rich_add(&r, code_shown(v->at.set, v->at.kind, v->at.code, shown), STYLE_CODE);
    rich_add(&r, " is not in ", STYLE_WARNING);
    rich_add(&r, release != NULL ? release->name : "the release in force", STYLE_WARNING);
    rich_flow(&r, out, 1, 2, width);
    rich_free(&r);
}

static void lay_out(struct applies *v, int width)
{
    struct lines *out = &v->reader.lines;

    if (v->reader.width == width) {
        return;
    }
    reader_forget(&v->reader);
    v->reader.width = width;
    if (!v->found) {
        add_missing(v, out, width);
        return;
    }
    add_title(v, out, width);
    add_notes(v, out, width);
    add_seventh(v, out, width);
    add_facts(v, out, width);
    add_own(v, out, width);
}

static enum action applies_act(void *state, enum action a)
{
    struct applies *v = state;

    return reader_act(&v->reader, a) ? ACT_NONE : a;
}

static void applies_paint(void *state, struct canvas *c, const struct rect *r, bool used)
{
    struct applies *v = state;

    lay_out(v, r->w - 1);
    reader_paint(&v->reader, c, r, "Notes that apply, nearest first", used);
}

static bool applies_here(void *state, struct entry *out)
{
    struct applies *v = state;

    *out = v->entry;
    return v->found;
}

/* The entry, also when the release in force does not have it. */
static void applies_mark(void *state, struct place *at)
{
    *at = ((struct applies *)state)->at;
}

const struct view_ops applies_view = {
    .name = "Notes that apply",
    .where = IN_TEXT,
    .open = applies_open,
    .go = applies_go,
    .act = applies_act,
    .paint = applies_paint,
    .here = applies_here,
    .mark = applies_mark,
    .close = applies_close,
};
