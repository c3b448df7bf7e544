/* cells.h - the rows of a table in memory, whether it comes as a workbook or as text with commas or tabs between. */
#ifndef CODESHELF_READER_CELLS_H
#define CODESHELF_READER_CELLS_H

#include "reader/xlsx.h"

/* Gives the rows as xlsx_read does; of a text, row is the line it begins in, and bytes are as the file has them. Text in double
 * quotes may hold commas and lines. ST_INPUT for a damaged workbook, a quote that never ends, and more than XLSX_COLUMNS_MAX
 * columns or XLSX_ROWS_MAX rows. */
enum status cells_read(const char *path, const char *bytes, size_t n, xlsx_row_fn *row, void *ctx, struct error *err);

#endif
