/* lines.h - the lines of a file in memory, and errors that name the place in it. */
#ifndef CODESHELF_READER_LINES_H
#define CODESHELF_READER_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "codeshelf/error.h"

struct lines {
    const char *text; /* the line that lines_next found, without its end; borrowed from the file, not terminated */
    size_t len;
    size_t number; /* 1 for the first line */
    const char *at, *end;
};

/* Starts before the first line; a UTF-8 byte order mark is passed over. The bytes must outlive the reading. */
void lines_start(struct lines *l, const char *bytes, size_t n);
/* Moves to the next line; false at the end. Lines end with LF or CRLF, also mixed; the last one may lack its end, and an end
 * at the end of the file begins no further line. */
bool lines_next(struct lines *l);

/* Fills err with "path:line:column: text" and returns ST_INPUT. Line and column count from 1; 0 leaves them out. */
enum status input_error(struct error *err, const char *path, size_t line, size_t column, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));

#endif
