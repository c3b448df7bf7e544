/* record.h - the record of the HCPCS Level II file, the same whether it comes as a fixed-width line or as a row of
 * the workbook.
 *
 * A first record (type 3 for a code, 7 for a modifier) holds the beginning of the long description and every other
 * field; its continuations (4, 8) hold more of the long description only. */
#ifndef CODESHELF_HCPCS_RECORD_H
#define CODESHELF_HCPCS_RECORD_H

#include <stdbool.h>
#include <stddef.h>

/* The columns that the program looks at itself; those from COLUMN_FACTS on are kept as facts. */
enum {
    COLUMN_CODE,
    COLUMN_SEQUENCE,
    COLUMN_TYPE,
    COLUMN_LONG,
    COLUMN_SHORT,
    COLUMN_ADDED,
    COLUMN_ENDED,
    COLUMN_FACTS,
    COLUMN_COUNT = 48
};

enum {
    RECORD_HEAD = 11,        /* bytes up to the record type: what tells a record from other lines */
    RECORD_MIN = 293,        /* bytes of a first record up to its last field; filler may follow */
    RECORD_MORE_MIN = 91     /* bytes of a continuation up to the end of the long description */
};

struct column {
    const char *fact;    /* short name of the fact, NULL when it is none; columns that repeat share it */
    const char *heading; /* in the workbook: letters and digits only */
    size_t begin, width; /* bytes in the fixed-width record */
    bool zeros;          /* a number with leading zeros, which a workbook may have lost */
};
extern const struct column record_columns[COLUMN_COUNT];

struct cell {
    const char *text; /* not terminated */
    size_t len;
    size_t column; /* 1 for the first: byte of the line, or column of the sheet */
};

struct record {
    const char *path;
    size_t line;
    struct cell cells[COLUMN_COUNT];
};

#endif
