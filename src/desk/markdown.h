/* markdown.h - a Markdown file as notes under headings of codes. */
#ifndef CODESHELF_DESK_MARKDOWN_H
#define CODESHELF_DESK_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "codeshelf/buf.h"
#include "codeshelf/code.h"

struct code_range {
    enum codeset set;
    char first[CODE_MAX], last[CODE_MAX];
};

struct code_ranges {
    struct code_range *items;
    size_t len, cap;
};

enum heading {
    HEADING_WORDS, /* names no code: part of the text */
    HEADING_CODES,
    HEADING_WRONG
};

/* Reads a heading, without its number signs. CODES: its codes are appended to out (heap, freed by the caller) and *words is
 * where words follow behind a colon or dash (n when none do). WRONG: *at is the byte at fault and what gets "what was expected,
 * what was found". */
enum heading heading_read(const char *text, size_t n, struct code_ranges *out, size_t *words, size_t *at, struct buf *what);

/* The text under one heading of codes: ranges[range, range + nranges) of its file. */
struct piece {
    size_t range, nranges;
    char *text;
};

/* A file, read. Starts as {0}. */
struct markdown {
    char *title; /* NULL without a heading before those of codes */
    char *about; /* the text before them, or NULL */
    struct code_ranges ranges;
    struct piece *items;
    size_t len, cap;
    size_t textless; /* headings of codes without a text, which are left out */
};

/* Reads n bytes: UTF-8 or windows-1252, LF or CRLF, with or without a byte order mark. False when something is wrong: problems
 * gets a line each, which begin with name:line:column. */
bool markdown_read(const char *name, const char *bytes, size_t n, struct markdown *out, struct buf *problems);
void markdown_free(struct markdown *m);

#endif
