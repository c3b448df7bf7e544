/* run.h - running a program as a person's shell would, and reading its JSON. */
#ifndef CODESHELF_TESTS_CLI_RUN_H
#define CODESHELF_TESTS_CLI_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "codeshelf/buf.h"

struct run {
    int code; /* exit code, -1 when it did not end by itself */
    char *out, *err;
};

/* Runs argv[0] (NULL at the end of argv) with input, which may be NULL, as its standard input. */
void run_program(struct run *r, const char *input, const char *const argv[]);
/* codeshelf of this build with the words of a line, split at blanks, on $CODESHELF_SHELF. */
void run_codeshelf(struct run *r, const char *input, const char *words);
/* What argv[0] writes on a terminal of 80 columns. */
void run_on_terminal(struct buf *out, const char *const argv[]);
void run_free(struct run *r);

/* Makes a shelf of the specimen (every set) in a new folder, names it in $CODESHELF_SHELF, and a desk that is not there yet in
 * $CODESHELF_DESK, and sets the clock to 2025-02-03, a day that its releases of ICD-10-CM and HCPCS cover and its CPT does not.
 * Group set-up and tear-down of cmocka. */
int shelf_up(void **state);
int shelf_down(void **state);
/* The same, with the programs on $PATH and the new folder as the working folder: for lines of a shell. */
int shell_up(void **state);
/* The same, and then a shelf of official releases in its place: made by argv, codeshelf-import and the files it is given. *have
 * says whether ../shared is there; without it nothing is made and one loud line says that the tests named are skipped. */
int official_up(void **state, const char *tests, const char *const argv[], bool *have);
/* The same folder's path with a name behind it; static. */
const char *in_folder(const char *name);

size_t count_lines(const char *text);

/* Whether the text is one JSON value and nothing else. */
bool json_valid(const char *text, size_t n);
/* Copies the value at a path ("release.name", "path[0].code") into out: a string's content without its quotes, anything else as
 * it stands. False when the path does not lead anywhere. */
bool json_at(const char *line, const char *path, char *out, size_t size);
/* Asserts that every line of the text is JSON. */
void assert_json_lines(const char *text);
/* Asserts that the value at a path is this text. */
void assert_json_is(const char *line, const char *path, const char *want);

#endif
