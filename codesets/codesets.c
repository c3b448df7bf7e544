/* codesets.c - finds a compiled-in data file and reads tab-separated rows. */
#include "codeshelf/codesets.h"

#include <string.h>

#include "embedded.h"

extern const struct embedded_file codesets_files[];
extern const unsigned codesets_files_count;

const char *codesets_file(const char *name)
{
    for (unsigned i = 0; i < codesets_files_count; i++)
        if (strcmp(codesets_files[i].name, name) == 0)
            return (const char *)codesets_files[i].text;
    return NULL;
}

static void split_cells(const char *line, size_t n, struct tsv_row *out)
{
    const int most = (int)(sizeof out->cell / sizeof out->cell[0]);
    size_t start = 0;
    out->cells = 0;
    for (size_t i = 0; i <= n && out->cells < most; i++) {
        if (i < n && line[i] != '\t')
            continue;
        out->cell[out->cells].text = line + start;
        out->cell[out->cells].len = i - start;
        out->cells++;
        start = i + 1;
    }
}

bool tsv_next(const char **at, struct tsv_row *out)
{
    while (**at) {
        const char *line = *at;
        size_t n = strcspn(line, "\r\n");
        *at = line + n;
        *at += strspn(*at, "\r\n");
        if (n == 0 || line[0] == '#')
            continue;
        split_cells(line, n, out);
        return true;
    }
    return false;
}

void tsv_copy(const struct tsv_row *row, int cell, char *out, size_t size)
{
    size_t n = 0;
    if (cell < row->cells) {
        n = row->cell[cell].len < size - 1 ? row->cell[cell].len : size - 1;
        memcpy(out, row->cell[cell].text, n);
    }
    out[n] = '\0';
}
