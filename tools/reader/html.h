/* html.h - telling a page for a browser from a file: servers answer with one where a file has moved. */
#ifndef CODESHELF_READER_HTML_H
#define CODESHELF_READER_HTML_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the first tag is html or a document type of that name. The XML that the importers read has neither. */
bool html_is(const char *bytes, size_t n);

#endif
