/* fields.h - the facts of an entry in words: what a field is called and what its value means.
 *
 * Read from codesets/<set>/fields.tsv, compiled in: a row without a value names a field, the rows with one say what
 * it means. */
#ifndef CODESHELF_SHELF_FIELDS_H
#define CODESHELF_SHELF_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "codeshelf/words.h"

/* The label of a field: "type_of_service" gives "Type of service". A field that the file lacks gets its own name,
 * and the answer is false. Texts are cut at size. */
bool field_label(enum codeset set, const char *name, char *out, size_t size);
/* What a value means: "carrier judgment" for coverage C, "2018-07-01" for a date. Empty, and the answer false, when
 * the value speaks for itself. */
bool field_words(enum codeset set, const char *name, const char *value, char *out, size_t size);

#endif
