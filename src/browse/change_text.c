/* change_text.c - what changed, in the signs that the command line uses too: [-gone-] and {+new+}. */
#include "change_text.h"

#include <string.h>

#include "codeshelf/utf8.h"

enum { STRETCH = 30, STRETCH_END = 12 }; /* columns of unchanged words that a list shows, and of each end of longer ones */

/* Bytes at the end of a text that hold its last words, in at most width columns. */
static size_t last_words(const char *text, size_t len, size_t width)
{
    size_t at = len;

    for (size_t i = len; i-- > 0;) {
        if (utf8_width(text + i, len - i) > width) {
            break;
        }
        at = text[i] == ' ' ? i : at;
    }
    return len - at;
}

static void add_stretch(struct rich *r, const struct word_run *run, bool first, bool last, bool cut)
{
    size_t head, tail;

    if (!cut || last || utf8_width(run->text, run->len) <= STRETCH) {
        rich_add_n(r, run->text, run->len, STYLE_TEXT);
        return;
    }
    head = first ? 0 : utf8_fit(run->text, run->len, STRETCH_END, NULL);
    while (head > 0 && run->text[head] != ' ') {
        head--;
    }
    tail = last_words(run->text, run->len, first ? STRETCH : STRETCH_END);
    rich_add_n(r, run->text, head, STYLE_TEXT);
    rich_add(r, "…", STYLE_FAINT);
    rich_add_n(r, run->text + run->len - tail, tail, STYLE_TEXT);
}

void change_add_words(struct rich *r, const char *before, const char *after, enum wording which, bool cut)
{
    struct arena a = {0};
    const struct word_run *runs;
    bool blank = false;
    size_t n;

    changes_words(before != NULL ? before : "", after != NULL ? after : "", &a, &runs, &n);
    for (size_t i = 0; i < n; i++) {
        bool gone = runs[i].kind == WORDS_GONE, fresh = runs[i].kind == WORDS_NEW;

        if ((gone && which == WORDING_AFTER) || (fresh && which == WORDING_BEFORE)) {
            continue;
        }
        rich_add(r, blank ? " " : "", STYLE_TEXT);
        blank = !gone || which == WORDING_BEFORE || i + 1 == n || runs[i + 1].kind != WORDS_NEW;
        if (!gone && !fresh) {
            add_stretch(r, &runs[i], i == 0, i + 1 == n, cut);
            continue;
        }
        rich_add(r, gone ? "[-" : "{+", gone ? STYLE_GONE : STYLE_NEW);
        rich_add_n(r, runs[i].text, runs[i].len, gone ? STYLE_GONE : STYLE_NEW);
        rich_add(r, gone ? "-]" : "+}", gone ? STYLE_GONE : STYLE_NEW);
    }
    arena_free(&a);
}

bool change_add_row(struct rich *r, const struct change *c, size_t skip)
{
    bool more = false, number = c->book == COMP_GUIDELINES; /* what stands above a guideline is its number, which stays */

    skip = number ? 0 : skip;
    rich_add(r, skip > 0 ? "… › " : "", STYLE_FAINT);
    for (const char *at = c->path; *at != '\0';) {
        size_t n = strcspn(at, "\n");

        if (skip > 0) {
            skip--;
        } else {
            rich_add_n(r, at, n, STYLE_FAINT);
            rich_add(r, " › ", STYLE_FAINT);
            more = !number;
        }
        at += n + (at[n] == '\n');
    }
    rich_add(r, c->title, STYLE_TEXT);
    return more;
}

static void add_count(struct rich *r, size_t n)
{
    struct buf text = {0};

    buf_printf(&text, " (%zu code%s)", n, n == 1 ? "" : "s");
    rich_add(r, buf_text(&text), STYLE_FAINT);
    buf_free(&text);
}

/* "; replaced by N02.A1" */
static void add_replaced(struct rich *r, enum codeset set, const struct replacements *instead)
{
    struct buf codes = {0};

    if (instead != NULL && instead->n > 0) {
        replacements_print(set, instead, &codes);
        rich_add(r, instead->before ? "; formerly " : "; replaced by ", STYLE_NOTE);
        rich_add(r, buf_text(&codes), STYLE_LINK);
    } else if (instead != NULL && !instead->before && instead->whole) {
        rich_add(r, "; no replacement is listed", STYLE_NOTE);
    }
    buf_free(&codes);
}

bool change_add_line(struct rich *r, enum codeset set, const struct change *c, size_t skip)
{
    bool more = false;
    bool whole = c->kind == CHANGE_ADDED || c->kind == CHANGE_DELETED;
    bool flag = c->kind == CHANGE_DEMOTED || c->kind == CHANGE_PROMOTED;
    bool wording = c->kind == CHANGE_REWORDED || c->kind == CHANGE_RENOTED || c->kind == CHANGE_REFIELDED;

    if (c->entry == 0) {
        more = change_add_row(r, c, skip);
        rich_add(r, c->before != NULL || c->after != NULL ? ": " : "", STYLE_TEXT);
    } else if (whole || flag) {
        rich_add(r, c->title, STYLE_TEXT);
        add_replaced(r, set, c->replacements);
        return false;
    }
    if (c->label != NULL) {
        rich_add(r, c->label, STYLE_NOTE);
        if (c->governs > 0) {
            add_count(r, c->governs);
        }
        rich_add(r, ": ", STYLE_NOTE);
    }
    if (wording || whole) {
        change_add_words(r, c->before, c->after, WORDING_BOTH, c->kind != CHANGE_REFIELDED);
    } else {
        rich_add(r, c->before != NULL ? c->before : "none", STYLE_TEXT);
        rich_add(r, " → ", STYLE_TEXT);
        rich_add(r, c->after != NULL ? c->after : "none", STYLE_TEXT);
        add_replaced(r, set, c->replacements);
    }
    return more;
}

void change_flow_replacements(enum codeset set, const struct replacements *instead, struct lines *out, int indent, int width)
{
    struct rich r = {0};
    char shown[CODE_MAX];

    if (instead == NULL || (instead->n == 0 && (instead->before || !instead->whole))) {
        return;
    }
    rich_add(&r, instead->n == 0 ? "No replacement is listed." : instead->before ? "Formerly:" : "Replaced by:", STYLE_NOTE);
    rich_flow(&r, out, indent, 0, width);
    for (size_t i = 0; i < instead->n; i++) {
        const struct replacement *one = &instead->items[i];

        if (*one->said != '\0') {
            rich_add(&r, one->said, STYLE_LINK);
        } else {
            rich_add(&r, code_print(set, one->code, shown), one->current ? STYLE_LINK : STYLE_ENDED);
        }
        rich_add(&r, "  ", STYLE_TEXT);
        rich_add(&r, one->title, STYLE_TEXT);
        rich_flow(&r, out, indent + 2, 4, width);
    }
    rich_free(&r);
}

void change_flow_crossrefs(const struct crossref *ways, size_t n, struct lines *out, int indent, int width)
{
    struct rich r = {0};

    for (size_t i = 0; i < n; i++) {
        rich_add(&r, "Cross-reference: ", STYLE_NOTE);
        rich_add(&r, ways[i].words, STYLE_TEXT);
        rich_flow(&r, out, indent, 2, width);
    }
    rich_free(&r);
}

enum style mark_style(enum change_mark mark)
{
    return mark == CHANGE_MARK_NEW ? STYLE_NEW : mark == CHANGE_MARK_DEMOTED ? STYLE_WARNING : STYLE_STRONG;
}

const char *mark_words(enum change_mark mark)
{
    static const char *const words[] = {
        [CHANGE_MARK_NONE] = "", [CHANGE_MARK_NEW] = "new", [CHANGE_MARK_REVISED] = "revised",
        [CHANGE_MARK_DEMOTED] = "a header now, billable before",
    };

    return words[mark];
}
