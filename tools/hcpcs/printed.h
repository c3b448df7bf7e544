/* printed.h - the books of HCPCS that come as PDFs, Index and Table of Drugs, and the list of NOC codes. */
#ifndef CODESHELF_HCPCS_PRINTED_H
#define CODESHELF_HCPCS_PRINTED_H

#include "codeshelf/edition.h"
#include "files.h"

/* Says whether a PDF is the Index or the Table of Drugs, by its first page, and of which year. */
void printed_recognise(const struct input *in, struct recognised *out);

/* Read the text of the PDF into terms of ed, COMP_INDEX or COMP_DRUGS, in their order. A drug's cells are dosage, route and
 * codes. ST_INPUT when there are no rows. The text is that of all pages with its columns. */
enum status printed_index(const char *path, const char *text, size_t n, struct edition *ed, struct report *rep,
                          struct error *err);
enum status printed_drugs(const char *path, const char *text, size_t n, struct edition *ed, struct report *rep,
                          struct error *err);
/* The same from the PDF itself; ST_IO without pdftotext. */
enum status printed_read(const struct input *in, int role, struct edition *ed, struct report *rep, struct error *err);
/* Copies the terms of one book. */
void printed_carry(struct edition *ed, const struct edition *old, enum component book);

/* Whether s begins with a code ("J0129") that ends there. */
bool printed_code(const char *s);
/* Takes ", see X", ", also see X" and "(see also X)" out of a title of n bytes, which goes on without them. */
struct see {
    const char *title, *see, *see_also;
};
struct see printed_see(struct arena *arena, const char *title, size_t n);

/* Puts the codes of the NOC list (text or workbook) into codes. ST_INPUT when there are none. */
enum status noc_read(const struct input *in, int role, struct map *codes, struct error *err);

#endif
