/* wrap.h - breaking a text into lines of a given width in columns. Pure arithmetic: no memory, no terminal. */
#ifndef CODESHELF_WRAP_H
#define CODESHELF_WRAP_H

#include <stdbool.h>
#include <stddef.h>

struct wrap {
    const char *text;
    size_t len, pos;
    size_t width, hang; /* columns of a line; columns that every line but the first is shorter by */
    bool first;
};

struct wrap_line {
    size_t start, len; /* bytes of the text; trailing blanks left out */
};

/* Lines of width columns; the second and later ones are hang columns shorter (the caller indents them). A word longer than a
 * line is cut, after a hyphen or slash where one fits, else at the width. width is at least 1. Blank text has no lines. */
void wrap_start(struct wrap *w, const char *text, size_t len, size_t width, size_t hang);
bool wrap_next(struct wrap *w, struct wrap_line *out);
size_t wrap_count(const char *text, size_t len, size_t width, size_t hang);

#endif
