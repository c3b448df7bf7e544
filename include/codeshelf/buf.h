/* buf.h - a growing string.
 *
 * Starts as {0}; text is NUL-terminated whenever it is not NULL; buf_text never returns NULL. Freed with buf_free, emptied
 * (memory kept) with buf_clear. */
#ifndef CODESHELF_BUF_H
#define CODESHELF_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct buf {
    char *text;
    size_t len, cap;
};

void buf_add(struct buf *b, const char *bytes, size_t n);
void buf_puts(struct buf *b, const char *s);
void buf_putc(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Appends what is left of a file, until the text is longer than most bytes; false when reading failed. */
bool buf_read(struct buf *b, FILE *f, size_t most);
/* Appends s as a JSON string with its quotes; NULL becomes null. The text must be UTF-8. */
void buf_json(struct buf *b, const char *s);
const char *buf_text(const struct buf *b);
void buf_clear(struct buf *b);
void buf_free(struct buf *b);

#endif
