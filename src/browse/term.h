/* term.h - the terminal: opened, read one event at a time, left as it was.
 *
 * The one wait of the program is in here. Signals (size, stop, continue, end) only set flags; they arrive as events, in between
 * keys. */
#ifndef CODESHELF_BROWSE_TERM_H
#define CODESHELF_BROWSE_TERM_H

#include <stdbool.h>

#include "codeshelf/browse.h"
#include "draw.h"

enum input_kind {
    EVENT_IDLE,   /* the time given passed */
    EVENT_KEY,    /* key */
    EVENT_CLICK,  /* y, x */
    EVENT_WHEEL,  /* y, x and key: KEYS_UP or KEYS_DOWN */
    EVENT_RESIZE, /* the size may have changed, everything is to be painted again */
    EVENT_QUIT    /* a signal to end, or the terminal is gone */
};

struct input {
    enum input_kind what;
    int key, y, x;
};

/* Takes over the terminal. ST_IO when it is of no known type. One at a time. */
enum status term_open(const struct browse_options *o, struct error *err);
void term_close(void);
/* The next event; waits for it up to the milliseconds given, for ever when negative, not at all when 0. */
void term_next(int milliseconds, struct input *out);
/* Whether keys wait to be read: asked by a running search. */
bool term_pending(void);
/* Sends what was drawn, and leaves the cursor where the canvas says. */
void term_show(const struct canvas *c);
void term_size(int *height, int *width);
/* Asks the terminal to put text on its clipboard (OSC 52); text longer than CLIPBOARD_MAX bytes is not sent. */
enum { CLIPBOARD_MAX = 1200 };
void term_clipboard(const char *text);

#endif
