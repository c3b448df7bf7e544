/* parts.h - what the parts of the guidelines importer give each other. */
#ifndef CODESHELF_TOOLS_GUIDELINES_PARTS_H
#define CODESHELF_TOOLS_GUIDELINES_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "codeshelf/arena.h"
#include "codeshelf/buf.h"

/* A line of text as it lies on its page, all measures in characters. */
struct gl_line {
    const char *text; /* white space squeezed, list marks made "•"; never empty */
    int indent;       /* where it begins */
    int body;         /* where its text begins behind a list mark or a term that stands apart; else as indent */
    int end;          /* where it ends */
    int edge;         /* where lines like it end on that page: the right margin, by the longest of them */
    int blanks;       /* empty lines before it, those at the foot of the page before included */
    bool page;        /* the first of its page */
    bool contents;    /* ends in dots and a page number: belongs to the contents pages */
};

struct gl_lines {
    struct gl_line *items;
    size_t len, cap;
};

/* Cuts text (pages end with form feeds) into lines, without footers; texts go to the arena. Free items with free(). */
void gl_layout(const char *text, size_t n, struct arena *arena, struct gl_lines *out);

enum { GL_DEPTHS = 7, GL_ID_MAX = 64 };

/* Where in the outline we are: numbers of the headings above, each counted from 1. Starts as {.depth = -1}. */
struct gl_outline {
    int depth;
    int at[GL_DEPTHS];
    bool appendix;
};

/* Whether a line's text begins with the marker that may come next; moves there and points *title behind the marker. */
bool gl_outline_next(struct gl_outline *o, const char *text, const char **title);
/* "I.C.4.a.3.b.ii", "Appendix I" */
void gl_outline_id(const struct gl_outline *o, char out[GL_ID_MAX]);

/* Whether the line begins a new paragraph or list item after prev, of the same section. */
bool gl_begins_paragraph(const struct gl_line *prev, const struct gl_line *line);
/* Whether a sentence, or a phrase in quotes or parentheses, ends with this text. */
bool gl_ends_sentence(const char *text);
/* Whether the title t, which stood alone on its line, goes on with line, and what follows that (NULL at the end). */
bool gl_title_goes_on(const char *t, const struct gl_line *line, const struct gl_line *after);
/* Appends a line to a paragraph, with a blank between or not where a hyphen ended the last one. */
void gl_join(struct buf *paragraph, const char *text);

#endif
