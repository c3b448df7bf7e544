/* changes_filter.c - two releases compared, and what of it the words of the box and the kind chosen let through. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "changes_view.h"
#include "codeshelf/fold.h"

/* What the words of the box are looked for in. */
static const char *text_of(struct changes_list *v, const struct change *c)
{
    struct buf plain = {0}, folded = {0};
    char shown[CODE_MAX];

    buf_printf(&plain, "%s %s %s %s ", code_print(v->set, c->code, shown), c->code, change_name(c->kind),
               c->label != NULL ? c->label : "");
    buf_printf(&plain, "%s %s %s %s", c->path, c->title, c->before != NULL ? c->before : "", c->after != NULL ? c->after : "");
    fold_text(&folded, buf_text(&plain), plain.len);
    const char *text = arena_strdup(&v->arena, buf_text(&folded));

    buf_free(&plain);
    buf_free(&folded);
    return text;
}

void changes_compare(struct changes_list *v)
{
    v->stage = COMPARED;
    v->width = 0;
    if (v->from == NULL || changes_between(v->app->shelf, v->set, v->from->name, v->to->name, &v->arena, &v->all,
                                           &v->trouble) != ST_OK) {
        v->all = (struct changes){0};
    }
    v->texts = arena_alloc(&v->arena, v->all.n * sizeof *v->texts);
    for (size_t i = 0; i < v->all.n; i++) {
        v->texts[i] = text_of(v, &v->all.items[i]);
    }
}

/* Whether a text has every word, each anywhere: codes are typed by their beginning, words by any part. */
static bool has_words(const char *text, const char *words)
{
    char word[LINE_EDIT_MAX + 1];

    while (*(words += strspn(words, " ")) != '\0') {
        size_t n = strcspn(words, " ");

        snprintf(word, sizeof word, "%.*s", (int)n, words);
        if (strstr(text, word) == NULL) {
            return false;
        }
        words += n;
    }
    return true;
}

static void add_part(struct changes_list *v, const struct change_part *part, const char *words)
{
    size_t heading = v->rows.len;

    VEC_PUSH(&v->rows, ((struct change_row){.what = ROW_PART, .at = (uint32_t)(part - v->all.parts)}));
    for (size_t i = part->first; i < part->first + part->n; i++) {
        int kind = (int)v->all.items[i].kind;

        if (!has_words(v->texts[i], words)) {
            continue;
        }
        v->counts[kind]++;
        v->counts[CHANGE_COUNT]++;
        if (v->kind == CHANGE_COUNT || v->kind == kind) {
            VEC_PUSH(&v->rows, ((struct change_row){.what = ROW_CHANGE, .at = (uint32_t)i}));
            v->rows.items[heading].n++;
        }
    }
    if (v->rows.items[heading].n == 0) {
        v->rows.len = heading;
    }
}

void changes_leave_heading(struct changes_list *v, bool up)
{
    size_t n = v->rows.len, at = v->list.selected;

    while (at < n && v->rows.items[at].what != ROW_CHANGE && !(up && at == 0)) {
        at += up ? (size_t)-1 : 1;
    }
    while (at < n && v->rows.items[at].what != ROW_CHANGE) { /* nothing above */
        at++;
    }
    v->list.selected = at;
}

/* Selects the first visible change from one on. */
static void select_change(struct changes_list *v, size_t change)
{
    v->list.selected = 0;
    v->list.top = 0;
    changes_leave_heading(v, false);
    for (size_t i = v->list.selected; i < v->rows.len; i++) {
        if (v->rows.items[i].what == ROW_CHANGE) {
            v->list.selected = i;
            if (v->rows.items[i].at >= change) {
                break;
            }
        }
    }
}

void changes_filter(struct changes_list *v)
{
    const struct change *before = changes_selected(v);
    size_t change = before != NULL ? (size_t)(before - v->all.items) : 0;
    struct buf words = {0};
    char *summary = v->box.summary;

    fold_text(&words, v->box.line.text, v->box.line.len);
    bool filtered = buf_text(&words)[strspn(buf_text(&words), " ")] != '\0';

    memset(v->counts, 0, sizeof v->counts);
    v->rows.len = 0;
    for (size_t i = 0; !filtered && i < v->all.nunknown && i < UNKNOWN_MAX; i++) {
        VEC_PUSH(&v->rows, ((struct change_row){.what = ROW_UNKNOWN, .at = (uint32_t)i}));
    }
    for (size_t i = 0; i < v->all.nparts; i++) {
        add_part(v, &v->all.parts[i], buf_text(&words));
    }
    v->list.n = v->rows.len;
    select_change(v, change);
    size_t shown = v->counts[v->kind];

    if (shown == v->all.n) {
        snprintf(summary, sizeof v->box.summary, "%zu change%s", shown, shown == 1 ? "" : "s");
    } else {
        snprintf(summary, sizeof v->box.summary, "%zu of %zu changes", shown, v->all.n);
    }
    buf_free(&words);
}

void changes_stand(struct changes_list *v, const struct place *at)
{
    size_t change = at->row < v->all.n ? at->row : 0;

    if (*at->code != '\0' && change < v->all.n && strcmp(v->all.items[change].code, at->code) != 0) {
        for (size_t i = v->all.n; i-- > 0;) { /* another shelf or date: the first change of the code */
            change = strcmp(v->all.items[i].code, at->code) == 0 ? i : change;
        }
    }
    select_change(v, change);
}
