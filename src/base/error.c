/* error.c - fills in an error, and the one failure that nobody handles: running out of memory. */
#include "codeshelf/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { EXIT_MEMORY = 70 }; /* EX_SOFTWARE of sysexits.h */

enum status error_set(struct error *err, enum status status, const char *fmt, ...)
{
    if (err) {
        va_list args;
        va_start(args, fmt);
        err->status = status;
        vsnprintf(err->text, sizeof err->text, fmt, args);
        va_end(args);
    }
    return status;
}

_Noreturn void out_of_memory(void)
{
    fputs("codeshelf: out of memory\n", stderr);
    exit(EXIT_MEMORY);
}
