/* error.h - how things fail.
 *
 * What can fail returns an enum status and takes a struct error * as its last argument. The text is one line in the user's
 * terms, impersonal, without a trailing newline; where a file is at fault it begins with file:line:column. Only main prints
 * it. A NULL error pointer is allowed: then only the status is reported. */
#ifndef CODESHELF_ERROR_H
#define CODESHELF_ERROR_H

enum status {
    ST_OK = 0,
    ST_NONE,  /* nothing found */
    ST_USAGE, /* the words of the call are off */
    ST_SHELF, /* no usable shelf or desk, or one of another schema */
    ST_INPUT, /* a file is not what it should be */
    ST_IO,    /* the system refused: open, read, write, sync, rename, lock */
    ST_STOP   /* the caller asked for a stop (a search that yields to typing) */
};

struct error {
    enum status status;
    char text[512];
};

/* Fills err (when not NULL) and returns status, so that "return error_set(...)" reads well. Longer texts are cut. */
enum status error_set(struct error *err, enum status status, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Says "out of memory" on stderr and exits with 70. Allocation failure is the one error that does not come back to the
 * caller; whoever owns the terminal restores it with atexit(). */
_Noreturn void out_of_memory(void);

#endif
