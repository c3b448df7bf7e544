/* codesets.h - the data files of codesets/, compiled in, so that an upgrade of the program needs no new import. */
#ifndef CODESHELF_CODESETS_H
#define CODESHELF_CODESETS_H

#include <stdbool.h>
#include <stddef.h>

/* The text of codesets/<name>, for example "icd10cm/outline.tsv"; NULL when there is none. NUL-terminated, never freed. */
const char *codesets_file(const char *name);

/* One row of a tab-separated file: blank lines and lines that start with # are passed over. Cells are not terminated. */
struct tsv_row {
    struct {
        const char *text;
        size_t len;
    } cell[12];
    int cells;
};
/* Reads the row at *at and moves *at behind it; false at the end of the text. */
bool tsv_next(const char **at, struct tsv_row *out);
/* Copies a cell (empty when there is none) into out, cut at size. */
void tsv_copy(const struct tsv_row *row, int cell, char *out, size_t size);

#endif
