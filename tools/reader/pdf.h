/* pdf.h - the text of a PDF that is held in memory, as poppler's pdftotext lays it out. */
#ifndef CODESHELF_READER_PDF_H
#define CODESHELF_READER_PDF_H

#include <stdbool.h>
#include <stddef.h>

#include "codeshelf/buf.h"
#include "codeshelf/error.h"

/* Bounds of what a PDF may ask of us: its own size, that of its text, the time for it. */
enum { PDF_BYTES_MAX = 64 << 20, PDF_TEXT_MAX = 16 << 20, PDF_SECONDS_MAX = 60 };

/* Whether the bytes begin as a PDF does. */
bool pdf_is(const char *bytes, size_t n);
/* Appends the text to out: lines with their columns kept by blanks, a form feed after each page, UTF-8 as pdftotext gives it
 * (not yet validated). last_page 0 means all pages. ST_IO when pdftotext is missing or cannot be run (the text names the
 * Debian package), ST_INPUT when it cannot read this PDF or a bound is reached. */
enum status pdf_text(const char *path, const char *bytes, size_t n, int last_page, struct buf *out, struct error *err);

#endif
