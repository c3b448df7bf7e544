/* screen.h - a person at a terminal, for tests: a program under a pseudo terminal, its screen kept by libvterm.
 *
 * Every wait ends as soon as what is waited for is there, and fails the test with a picture of the screen when it is not. */
#ifndef CODESHELF_TESTS_SCREEN_H
#define CODESHELF_TESTS_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

struct screen;

/* Starts codeshelf with the arguments (NULL ends) in a terminal of that size. env holds "NAME=value" pairs (NULL ends), added
 * to a small fixed environment: TERM=xterm-256color, a UTF-8 locale, CODESHELF_TODAY=2025-02-03. */
struct screen *screen_start(int height, int width, const char *const *env, const char *const *args);
/* Ends the program if it still runs. Accepts NULL. */
void screen_free(struct screen *s);

/* Types bytes as they are: "\r" is Enter, "\033" Esc, "\033OB" Down. */
void screen_send(struct screen *s, const char *keys);
void screen_resize(struct screen *s, int height, int width);
void screen_signal(struct screen *s, int number);
/* Closes the terminal under the program. */
void screen_hang_up(struct screen *s);

/* Waits until a row of the screen holds the text. */
void screen_expect(struct screen *s, const char *text);
/* Waits until no row does. */
void screen_gone(struct screen *s, const char *text);
/* Waits until nothing more is written; then whether a row holds the text. */
bool screen_has(struct screen *s, const char *text);
/* One row as text, blanks at the end left out; good until the next call. */
const char *screen_row(struct screen *s, int y);
/* The row that holds the text, -1 when none does. */
int screen_find(struct screen *s, const char *text);
void screen_cursor(struct screen *s, int *y, int *x);
bool screen_alternate(struct screen *s);
bool screen_cursor_shown(struct screen *s);
/* Everything the program wrote. */
const char *screen_raw(struct screen *s, size_t *n);
/* Waits for the end of the program: its exit code, or 128 + signal. */
int screen_exit(struct screen *s);
/* Waits until the program is stopped (as by Ctrl-Z). */
void screen_stopped(struct screen *s);

#endif
