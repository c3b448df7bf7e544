/* xlsx.h - the rows of the first sheet of an Excel workbook that is held in memory. */
#ifndef CODESHELF_READER_XLSX_H
#define CODESHELF_READER_XLSX_H

#include <stdbool.h>
#include <stddef.h>

#include "codeshelf/error.h"

enum { XLSX_COLUMNS_MAX = 256, XLSX_ROWS_MAX = 200000 };

/* One row: its number on the sheet (1 for the first; empty rows may be left out by the file) and its cells from column A to the
 * last one that the row has, "" for gaps. Cells are UTF-8 text as stored: numbers as their digits (dates stored as Excel dates
 * are day numbers), line breaks kept. Valid during the call. ST_STOP ends the reading, which then gives ST_OK; any other status
 * but ST_OK ends it as that failure. */
typedef enum status xlsx_row_fn(void *ctx, size_t row, const char *const *cells, size_t n, struct error *err);

/* Whether a zip is a workbook: cheap. */
bool xlsx_is(const char *bytes, size_t n);
/* Reads the first sheet. ST_INPUT when the workbook is damaged: "path: ..." or "path/member:line:column: ...". */
enum status xlsx_read(const char *path, const char *bytes, size_t n, xlsx_row_fn *row, void *ctx, struct error *err);

#endif
