/* guidelines.h - the ICD-10-CM Official Guidelines, from their PDF to a tree of sections.
 *
 *   PDF -> text         pdftotext (reader/pdf.c)
 *   text -> lines       without page headers, footers and page numbers (layout.c)
 *   lines -> headings   "Section I.", "C.", "4.", "a.", "3)", "(b)", "(ii)", each the next of its kind (outline.c)
 *   lines -> text       paragraphs and list items, one a line (flow.c)
 *
 * and parse.c brings these together. A section's id is its numbers joined: "I.C.4.a.3.b.ii"; depth 0 are "Introduction", the
 * sections I to IV and the appendices. */
#ifndef CODESHELF_TOOLS_GUIDELINES_H
#define CODESHELF_TOOLS_GUIDELINES_H

#include "codeshelf/edition.h"
#include "codeshelf/error.h"
#include "importer.h"

/* Whether a PDF is the Official Guidelines, by its first page, which also says the release. INPUT_USED with component, what
 * and release filled in (role stays 0), also for a damaged PDF with their name, so that reading it says what is wrong; else
 * INPUT_UNKNOWN, with a reason when only pdftotext is missing. */
void guidelines_recognise(const struct input *in, struct recognised *out);

/* Reads the PDF into ed->guidelines, which is empty; nothing else of ed changes. ST_INPUT when it has no such sections, ST_IO
 * without pdftotext. Headings of the contents pages that the text lacks are reported. */
enum status guidelines_read(const struct input *in, struct edition *ed, struct report *rep, struct error *err);

/* The same from the text of the PDF. */
enum status guidelines_parse(const char *path, const char *text, size_t n, struct edition *ed, struct report *rep,
                             struct error *err);

/* The release that the first page's dates mean ("FY 2025 -- UPDATED April 1, 2025" is FY2025-APR); false without any. */
bool guidelines_release(const char *page, char out[RELEASE_NAME_MAX], bool *exact);

#endif
