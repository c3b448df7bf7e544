/* browse.h - the full-screen browser: the printed manual on a terminal.
 *
 * It reads a shelf and writes nothing but the screen. The caller decides whether there is a terminal to use (isatty of both
 * standard input and output) and gives the paths. */
#ifndef CODESHELF_BROWSE_H
#define CODESHELF_BROWSE_H

#include <stdbool.h>

#include "codeshelf/date.h"
#include "codeshelf/error.h"
#include "codeshelf/words.h"

enum browse_color {
    BROWSE_COLOR_AUTO, /* when the terminal has colours and NO_COLOR is not set */
    BROWSE_COLOR_ALWAYS,
    BROWSE_COLOR_NEVER
};

/* The strings are borrowed for the whole run. */
struct browse_options {
    const char *shelf;    /* path of the shelf; when it cannot be opened, a screen says how to make one */
    const char *specimen; /* path of the specimen shelf to offer then; NULL for none */
    const char *desk;     /* path of the desk with the user's own notes; NULL for the usual place */
    const char *notes;    /* path of a shared notes file; NULL for none */
    const char *vocabulary; /* path of the user's own search vocabulary, which need not be there; NULL for none */
    const char *start;    /* text the search box starts with; NULL or "" for the outline */
    enum codeset set;     /* the book to begin with; SET_COUNT for the first one loaded */
    date as_of;           /* 0 for today */
    enum browse_color color;
    bool ascii; /* only ASCII on the screen; implied by a locale that is not UTF-8 */
    bool no_mouse;
};

/* Runs the browser until the person quits; the terminal is then as it was. ST_OK also after SIGTERM, SIGINT, SIGHUP and the
 * end of input. ST_IO when the terminal cannot be used (unknown TERM). */
enum status browse_run(const struct browse_options *o, struct error *err);

struct buf;
/* Appends the keys as man page source (a .TP paragraph an action), from the one table of actions. */
void browse_keys_man(struct buf *out);

#endif
