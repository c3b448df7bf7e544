/* terms_go.c - from words to rows of a book, from "see" to where it leads, from a code to the Tabular. */
#include <stdio.h>
#include <string.h>

#include "terms_view.h"

enum { HITS_MAX = 200 };

void terms_find(struct terms *v)
{
    char *summary = v->box.summary;
    struct error err = {0};
    const char *words = v->box.line.text;

    arena_free(&v->arena);
    v->hits = (struct term_hits){0};
    summary[0] = '\0';
    terms_forget(v);
    if (words[strspn(words, " ")] != '\0' &&
        terms_search(v->app->shelf, v->set, v->book, words, true, HITS_MAX, &v->arena, &v->hits, &err) != ST_OK) {
        v->hits = (struct term_hits){0};
        snprintf(summary, sizeof v->box.summary, "%.99s", err.text);
    } else if (words[strspn(words, " ")] != '\0' && v->hits.n == 0) {
        snprintf(summary, sizeof v->box.summary, "nothing found");
    } else if (v->hits.n > 0) {
        snprintf(summary, sizeof v->box.summary, "%zu%s %s%s%.60s", v->hits.n, v->hits.more ? "+" : "",
                 v->hits.n == 1 ? "row" : "rows", v->hits.without != NULL ? "; without: " : "",
                 v->hits.without != NULL ? v->hits.without : "");
    }
    v->found = (struct list){.n = v->hits.n};
}

bool terms_entry(struct terms *v, const struct target *t, struct arena *a, struct entry *out)
{
    char code[CODE_MAX];
    bool named = t->kind == TARGET_CODE || t->kind == TARGET_MANIFESTATION || t->kind == TARGET_CELL;

    return named && code_read(t->text, code) && shelf_lookup(v->app->shelf, v->set, code, a, out, NULL) == ST_OK;
}

/* Whether the release has at least the category of a code. */
static bool has_nearest(struct terms *v, const char *code)
{
    enum { CATEGORY = 3 };
    struct arena a = {0};
    struct entry e;
    char category[CODE_MAX];
    bool found;

    snprintf(category, sizeof category, "%.*s", CATEGORY, code);
    found = shelf_lookup(v->app->shelf, v->set, category, &a, &e, NULL) == ST_OK;
    arena_free(&a);
    return found;
}

static void open_code(struct terms *v, const struct term *from, const struct target *t, const char *printed)
{
    size_t n = 0;
    const char *const *columns = terms_columns(v->set, v->book, &n);
    const char *column = t->kind == TARGET_CELL && t->column < n ? columns[t->column] : NULL;
    struct arena a = {0};
    struct trail trail = {0};
    struct target code = {.kind = TARGET_CODE, .text = printed};
    struct place nearest = {.view = VIEW_PAGE, .set = v->set, .kind = KIND_CODE};
    struct entry e;

    trail_set(&trail, from, v->release->name, column, printed);
    if (terms_entry(v, &code, &a, &e)) {
        app_look_up(v->app, &e, &trail, terms_in_hits(v) && v->hits.without != NULL ? v->hits.without : "");
    } else if (code_read(printed, nearest.code) && has_nearest(v, nearest.code)) {
        v->app->trail = trail;
        app_visit_place(v->app, &nearest); /* the page says that the code is missing and which one is near */
    } else if (*nearest.code != '\0') {
        app_say(v->app, "the release in force has no %s, and nothing above it", printed);
    } else {
        app_say(v->app, column != NULL ? "the table has no code in this column" : "no code: \"%s\"", printed);
    }
    arena_free(&a);
}

/* Where "see" leads inside the books. */
static void land(struct terms *v, const struct landing *l, const char *see)
{
    struct place to = {.view = VIEW_TERMS, .set = v->set, .book = l->term.book, .row = l->term.place};

    app_visit_place(v->app, &to);
    if (l->kind == LAND_NEOPLASM && l->column > 0) {
        v->target = (size_t)l->column - 1;
    }
    if (l->kind == LAND_NOWHERE) {
        app_say(v->app, "the book has no \"%s\"; this is the nearest", see);
    } else if (l->kind == LAND_WORDS) {
        app_say(v->app, "\"%s\": found by its words", see);
    } else if (l->kind == LAND_TABLE || l->kind == LAND_NEOPLASM) {
        app_say(v->app, "\"%s\": in the %s", see, term_book_title(l->term.book));
    }
}

static void follow(struct terms *v, const struct term *from, const struct target *t)
{
    struct arena a = {0};
    struct landing l = {0};
    struct error err = {0};
    const char *see = arena_strdup(&a, t->text);
    char code[CODE_MAX];

    if (terms_follow(v->app->shelf, from, see, &a, &l, &err) != ST_OK) {
        app_say(v->app, "%s", err.text);
    } else if (l.kind == LAND_INSTRUCTION) {
        app_say(v->app, "\"%s\" is an instruction: look under the %s itself", see, see);
    } else if (l.kind == LAND_NOWHERE && l.term.id == 0) {
        app_say(v->app, "the book has no \"%s\"", see);
    } else if (l.kind == LAND_CATEGORY) {
        open_code(v, from, t, code_print(v->set, l.code, code));
    } else {
        land(v, &l, see);
    }
    arena_free(&a);
}

void terms_open_target(struct terms *v, const struct term *from, const struct target *t)
{
    if (t->kind == TARGET_SEE || t->kind == TARGET_SEE_ALSO || t->kind == TARGET_CATEGORY) {
        follow(v, from, t);
    } else {
        open_code(v, from, t, t->text);
    }
}
