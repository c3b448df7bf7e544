/* lines.c - lines by memchr. Official files mix LF and CRLF inside one file, so a CR before an LF is part of the end. */
#include "reader/lines.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void lines_start(struct lines *l, const char *bytes, size_t n)
{
    size_t skip = n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    *l = (struct lines){.at = bytes + skip, .end = bytes + n};
}

bool lines_next(struct lines *l)
{
    if (l->at == l->end) {
        return false;
    }
    const char *lf = memchr(l->at, '\n', (size_t)(l->end - l->at));
    const char *stop = lf ? lf : l->end;
    l->text = l->at;
    l->len = (size_t)(stop - l->at);
    if (l->len > 0 && l->text[l->len - 1] == '\r') {
        l->len--;
    }
    l->number++;
    l->at = lf ? lf + 1 : l->end;
    return true;
}

enum status input_error(struct error *err, const char *path, size_t line, size_t column, const char *fmt, ...)
{
    char place[64] = "";
    char what[400];
    va_list args;
    va_start(args, fmt);
    vsnprintf(what, sizeof what, fmt, args);
    va_end(args);
    if (line > 0 && column > 0) {
        snprintf(place, sizeof place, ":%zu:%zu", line, column);
    } else if (line > 0) {
        snprintf(place, sizeof place, ":%zu", line);
    }
    return error_set(err, ST_INPUT, "%s%s: %s", path, place, what);
}
