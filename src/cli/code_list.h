/* code_list.h - a file of codes as people keep them: one a line, or the first column of a spreadsheet saved as text. */
#ifndef CODESHELF_CLI_CODE_LIST_H
#define CODESHELF_CLI_CODE_LIST_H

#include "codeshelf/arena.h"
#include "codeshelf/error.h"

struct code_list {
    const char **codes; /* as typed, in the order of the file; bytes that no code has are question marks */
    size_t n;
    const char *heading; /* what the first line begins with, when that is no code but the name of a column; else NULL */
};

/* Reads the list at a path, "-" for standard input, into the arena. What follows a code behind a blank, comma, semicolon or
 * tab is passed over, and so are empty lines and lines that begin with "#". Any line ends, a byte order mark and quotation
 * marks will do. ST_NONE when it holds no code, ST_INPUT with the line when it is no text, ST_IO when it cannot be read. */
enum status code_list_read(const char *path, struct arena *a, struct code_list *out, struct error *err);

#endif
