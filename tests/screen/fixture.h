/* fixture.h - the specimen on a shelf, and the browser open on it.
 *
 * The day is 2025-02-03: ICD-10-CM FY2025 and HCPCS 2025-JAN are in force, CPT 2026 is not yet. */
#ifndef CODESHELF_TESTS_FIXTURE_H
#define CODESHELF_TESTS_FIXTURE_H

#include "screen.h"

#define DOWN "\033OB"
#define RIGHT "\033OC"
#define LEFT "\033OD"
#define PAGE_DOWN "\033[6~"
#define HOME "\033OH"
#define END "\033OF"
#define TAB "\t"
#define ENTER "\r"
#define ESC "\033"

/* Makes a shelf from the specimen in a folder of its own, by codeshelf-import; removes it. For cmocka's groups. */
int fixture_make(void **state);
int fixture_remove(void **state);
const char *fixture_folder(void);
const char *fixture_shelf(void);
/* Runs a shell command that must succeed. */
void command(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* The browser on that shelf, waited for. env (NAME=value, NULL ends), option and words may be NULL. */
struct screen *open_with(int height, int width, const char *const *env, const char *option, const char *words);
struct screen *open_at(int height, int width, const char *words);
/* Presses q, and expects the terminal as it was. */
void quit(struct screen *s);

#endif
