/* fields.c - finds labels and meanings by scanning the compiled-in table from its start.
 *
 * The table is a few hundred short rows and one entry has a dozen facts, so that scanning costs microseconds and
 * there is nothing to build or free. */
#include "fields.h"

#include <stdio.h>
#include <string.h>

#include "codeshelf/codesets.h"
#include "codeshelf/date.h"

enum { CELL_LABEL = 1, CELL_VALUE, CELL_WORDS }; /* the first is the name */

static bool cell_is(const struct tsv_row *row, int cell, const char *text)
{
    size_t n = cell < row->cells ? row->cell[cell].len : 0;
    return n == strlen(text) && (n == 0 || memcmp(row->cell[cell].text, text, n) == 0);
}

/* The row of a field's value; of the field itself for the value "". */
static bool find_row(enum codeset set, const char *name, const char *value, struct tsv_row *out)
{
    char file[32];
    snprintf(file, sizeof file, "%s/fields.tsv", codeset_name(set));
    const char *line = codesets_file(file);
    const size_t n = strlen(name);
    for (; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        const char *at = line;
        /* Two releases may differ in thousands of fields, so that only rows of the field are cut into cells. */
        if (strncmp(line, name, n) == 0 && line[n] == '\t' && tsv_next(&at, out) && cell_is(out, CELL_VALUE, value)) {
            return true;
        }
    }
    return false;
}

bool field_label(enum codeset set, const char *name, char *out, size_t size)
{
    struct tsv_row row;
    if (!find_row(set, name, "", &row)) {
        snprintf(out, size, "%s", name);
        return false;
    }
    tsv_copy(&row, CELL_LABEL, out, size);
    return true;
}

bool field_words(enum codeset set, const char *name, const char *value, char *out, size_t size)
{
    struct tsv_row row;
    char day[11];
    date d;
    out[0] = '\0';
    if (*value == '\0' || !find_row(set, name, "", &row)) {
        return false;
    }
    if (cell_is(&row, CELL_WORDS, "date")) {
        if (!date_parse(value, &d)) {
            return false;
        }
        snprintf(out, size, "%s", date_print(d, day));
        return true;
    }
    if (!find_row(set, name, value, &row)) {
        return false;
    }
    tsv_copy(&row, CELL_WORDS, out, size);
    return true;
}
