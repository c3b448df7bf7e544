/* lines.h - text laid out: styled pieces flowed into lines of a width, kept in one arena.
 *
 * The page, the notes and the help are lines; what draws them needs to know nothing of codes or notes. */
#ifndef CODESHELF_BROWSE_LINES_H
#define CODESHELF_BROWSE_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "codeshelf/arena.h"
#include "codeshelf/buf.h"
#include "codeshelf/shelf.h"
#include "draw.h"

struct span {
    const char *text;
    size_t len;
    enum style style;
};

struct line {
    int indent; /* columns */
    const struct span *spans;
    size_t n;
};

/* Starts as {0}. The text of all lines lives in the arena. */
struct lines {
    struct arena arena;
    struct line *items;
    size_t len, cap;
};

void lines_free(struct lines *l);

/* A paragraph in the making: pieces of text, each in a style. Starts as {0}; rich_flow empties it as rich_clear does, rich_free
 * frees it. */
struct rich {
    struct buf text;
    struct {
        struct rich_piece {
            size_t end;
            enum style style;
        } *items;
        size_t len, cap;
    } pieces;
};

void rich_add(struct rich *r, const char *text, enum style style);
void rich_add_n(struct rich *r, const char *text, size_t n, enum style style);
/* The same, with the codes that the text names shown as links. */
void rich_add_codes(struct rich *r, enum codeset set, const char *text, enum style style);
/* Appends the paragraph in lines of at most width columns, indented; the second and later ones hang further in. */
void rich_flow(struct rich *r, struct lines *out, int indent, int hang, int width);
void rich_clear(struct rich *r);
void rich_free(struct rich *r);

void lines_blank(struct lines *out);
/* Draws one line into a row of the screen, cut with a sign when it is longer. */
void line_draw(const struct canvas *c, const struct line *line, int y, int x, int width, bool marked);

/* The notes of one entry, each kind named once, then its texts under one another. */
void lines_notes(struct lines *out, enum codeset set, const struct note *notes, size_t n, int indent, int width);
/* A table of 7th characters. */
void lines_seventh(struct lines *out, const struct seventh *s, int indent, int width);
/* An entry's code as the book prints it, chapters of ICD-10-CM as "ch. 19". */
enum { SHOWN_MAX = CODE_MAX + 8 };
const char *code_shown(enum codeset set, enum kind kind, const char *code, char out[SHOWN_MAX]);
/* What a title adds to the one above it ("..., initial encounter"): the part behind it and a comma; NULL when it begins
 * otherwise. */
const char *title_after(const char *title, const char *above);
/* The style a kind of note is shown in. */
enum style style_of_note(enum note_kind kind);

#endif
