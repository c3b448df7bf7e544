/* lines.c - from styled pieces to lines.
 *
 * A paragraph is collected as one text with the ends of its pieces, wrapped as plain text, and cut into spans again where a
 * line crosses pieces: so a style never changes where a line breaks. */
#include "lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/utf8.h"
#include "codeshelf/wrap.h"

void lines_free(struct lines *l)
{
    arena_free(&l->arena);
    free(l->items);
    *l = (struct lines){0};
}

void rich_add_n(struct rich *r, const char *text, size_t n, enum style style)
{
    if (n == 0) {
        return;
    }
    buf_add(&r->text, text, n);
    VEC_PUSH(&r->pieces, ((struct rich_piece){r->text.len, style}));
}

void rich_add(struct rich *r, const char *text, enum style style)
{
    rich_add_n(r, text, strlen(text), style);
}

void rich_add_codes(struct rich *r, enum codeset set, const char *text, enum style style)
{
    size_t n = strlen(text), pos = 0, shown = 0;
    struct code_ref ref;

    while (code_ref_next(set, text, n, &pos, &ref)) {
        rich_add_n(r, text + shown, ref.start - shown, style);
        rich_add_n(r, text + ref.start, ref.len, STYLE_LINK);
        shown = ref.start + ref.len;
    }
    rich_add_n(r, text + shown, n - shown, style);
}

/* The pieces that the bytes [start, start + len) of the text cross, as spans. */
static void add_line(struct lines *out, const struct rich *r, const char *text, struct wrap_line at, int indent)
{
    size_t first = 0, n = 0, end = at.start + at.len;
    struct line line = {.indent = indent};
    struct span *spans;

    while (first < r->pieces.len && r->pieces.items[first].end <= at.start) {
        first++;
    }
    while (first + n < r->pieces.len && (n == 0 || r->pieces.items[first + n - 1].end < end)) {
        n++;
    }
    spans = arena_alloc(&out->arena, n * sizeof *spans);
    for (size_t i = 0, from = at.start; i < n; i++) {
        size_t to = r->pieces.items[first + i].end < end ? r->pieces.items[first + i].end : end;

        spans[i] = (struct span){text + from, to - from, r->pieces.items[first + i].style};
        from = to;
    }
    line.spans = spans;
    line.n = n;
    VEC_PUSH(out, line);
}

void rich_flow(struct rich *r, struct lines *out, int indent, int hang, int width)
{
    const char *text = arena_strndup(&out->arena, buf_text(&r->text), r->text.len);
    int room = width - indent < 8 ? 8 : width - indent;
    struct wrap w;
    struct wrap_line at;
    bool first = true;

    if (hang > room - 8) {
        hang = room > 10 ? 2 : 0;
    }
    wrap_start(&w, text, r->text.len, (size_t)room, (size_t)hang);
    while (wrap_next(&w, &at)) {
        add_line(out, r, text, at, indent + (first ? 0 : hang));
        first = false;
    }
    rich_clear(r);
}

void rich_clear(struct rich *r)
{
    buf_clear(&r->text);
    r->pieces.len = 0;
}

void rich_free(struct rich *r)
{
    buf_free(&r->text);
    free(r->pieces.items);
    *r = (struct rich){0};
}

void lines_blank(struct lines *out)
{
    VEC_PUSH(out, ((struct line){0}));
}

void line_draw(const struct canvas *c, const struct line *line, int y, int x, int width, bool marked)
{
    int at = line->indent, whole = at, end = width;

    for (size_t i = 0; i < line->n; i++) {
        whole += (int)utf8_width(line->spans[i].text, line->spans[i].len);
    }
    end -= whole > width; /* room for the sign that something was cut off */
    for (size_t i = 0; i < line->n && at < end; i++) {
        at += draw_text(c, y, x + at, end - at, line->spans[i].text, line->spans[i].len, line->spans[i].style, marked);
    }
    if (whole > width) {
        draw_text(c, y, x + at, 1, c->ascii ? "~" : "…", c->ascii ? 1 : 3, STYLE_FAINT, marked);
    }
}

const char *code_shown(enum codeset set, enum kind kind, const char *code, char out[SHOWN_MAX])
{
    char printed[CODE_MAX];

    snprintf(out, SHOWN_MAX, "%s%s", kind == KIND_CHAPTER && set == SET_ICD10CM ? "ch. " : "", code_print(set, code, printed));
    return out;
}

const char *title_after(const char *title, const char *above)
{
    size_t n = strlen(above);

    return strncmp(title, above, n) == 0 && strncmp(title + n, ", ", 2) == 0 ? title + n + 2 : NULL;
}

enum style style_of_note(enum note_kind kind)
{
    static const enum style styles[NOTE_COUNT] = {
        [NOTE_INCLUDES] = STYLE_INCLUDES,   [NOTE_INCLUSION_TERM] = STYLE_TEXT,     [NOTE_EXCLUDES1] = STYLE_EXCLUDES1,
        [NOTE_EXCLUDES2] = STYLE_EXCLUDES2, [NOTE_CODE_FIRST] = STYLE_SEQUENCE,     [NOTE_USE_ADDITIONAL] = STYLE_SEQUENCE,
        [NOTE_CODE_ALSO] = STYLE_SEQUENCE,  [NOTE_NOTE] = STYLE_NOTE,               [NOTE_SEVENTH] = STYLE_NOTE,
        [NOTE_PROCESSING] = STYLE_NOTE,     [NOTE_GUIDELINE] = STYLE_NOTE,          [NOTE_CONSUMER] = STYLE_NOTE,
        [NOTE_CLINICIAN] = STYLE_NOTE,
    };

    return styles[kind];
}

/* Whether a text soon says "code" itself: "code to identify …", "external cause code to identify …". */
static bool says_code(const char *text)
{
    enum { SOON = 30 };
    const char *at = strstr(text, "code");

    return at != NULL && at - text < SOON && (at == text || at[-1] == ' ');
}

/* "Use additional code" before "code to identify …" reads "Use additional code to identify …", as the book prints it. */
static void add_label(struct rich *r, const struct note *n)
{
    const char *label = note_kind_label(n->kind), *last = strrchr(label, ' ');
    enum style style = style_of_note(n->kind);
    bool shared = last != NULL && strcmp(last, " code") == 0 && says_code(n->text);

    if (*label == '\0') {
        return;
    }
    rich_add_n(r, label, shared ? (size_t)(last - label) : strlen(label), style);
    if (n->release != NULL) {
        rich_add(r, " (", STYLE_FAINT);
        rich_add(r, n->release, STYLE_FAINT);
        rich_add(r, ")", STYLE_FAINT);
    }
    rich_add(r, style != STYLE_SEQUENCE ? ": " : *n->text != ',' ? " " : "", style); /* "Code first, if applicable, …" */
}

/* Whether a note goes on with the list that the one before began. */
static bool same_list(const struct note *a, const struct note *b)
{
    return a->kind == b->kind && a->from == b->from && *note_kind_label(a->kind) != '\0';
}

void lines_notes(struct lines *out, enum codeset set, const struct note *notes, size_t n, int indent, int width)
{
    enum { UNDER_LABEL = 4 };
    struct rich r = {0};

    for (size_t i = 0; i < n; i++) {
        bool goes_on = i > 0 && same_list(&notes[i - 1], &notes[i]);
        bool labelled = *note_kind_label(notes[i].kind) != '\0';
        int hang = labelled ? UNDER_LABEL : 2;

        if (!goes_on) {
            add_label(&r, &notes[i]);
        }
        rich_add_codes(&r, set, notes[i].text, STYLE_TEXT);
        rich_flow(&r, out, indent + (goes_on ? UNDER_LABEL : 0), goes_on ? 2 : hang, width);
    }
    rich_free(&r);
}

static void seventh_head(struct rich *r, const struct seventh *s)
{
    rich_add(r, "7th character", STYLE_NOTE);
    if (s->release != NULL) {
        rich_add(r, " (", STYLE_FAINT);
        rich_add(r, s->release, STYLE_FAINT);
        rich_add(r, ")", STYLE_FAINT);
    }
    rich_add(r, ":", STYLE_NOTE);
}

void lines_seventh(struct lines *out, const struct seventh *s, int indent, int width)
{
    struct rich r = {0};

    if (s->n == 0) {
        return;
    }
    seventh_head(&r, s);
    rich_flow(&r, out, indent, 4, width);
    for (size_t i = 0; i < s->n; i++) {
        const struct seventh_char *c = &s->chars[i];

        rich_add_n(&r, &c->ch, 1, STYLE_CODE);
        rich_add(&r, "  ", STYLE_TEXT);
        rich_add(&r, c->text, STYLE_TEXT);
        if (*c->note != '\0') {
            rich_add(&r, "; ", STYLE_FAINT);
            rich_add(&r, c->note, STYLE_FAINT);
        }
        rich_flow(&r, out, indent + 2, 3, width);
    }
    rich_free(&r);
}
