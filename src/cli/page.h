/* page.h - text laid out for a person: wrapped at the terminal's width, one long line where the output is no terminal. */
#ifndef CODESHELF_CLI_PAGE_H
#define CODESHELF_CLI_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct page {
    FILE *out;
    size_t width; /* columns; 0: lines are not broken */
    bool ascii;   /* the user's locale is not UTF-8: signs of our own keep to ASCII */
};

struct page page_start(FILE *out);
/* Writes n bytes of UTF-8 with every control character replaced, so that no text can steer the terminal. */
void page_put(FILE *out, const char *text, size_t n);
/* Writes label and text after indent columns; further lines of the text stand under its first. */
void page_item(const struct page *p, size_t indent, const char *label, const char *text);

/* Writes n bytes, one line of a text. */
typedef void page_line(FILE *out, const char *text, size_t n, void *ctx);
/* The same with the lines of the text, in their order, written by put. */
void page_item_by(const struct page *p, size_t indent, const char *label, const char *text, page_line *put, void *ctx);

#endif
