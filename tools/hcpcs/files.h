/* files.h - the files of a HCPCS release: what each is, and the reading of those that the shelf needs. */
#ifndef CODESHELF_HCPCS_FILES_H
#define CODESHELF_HCPCS_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "codeshelf/arena.h"
#include "codeshelf/error.h"
#include "codeshelf/map.h"
#include "importer.h"
#include "reader/xlsx.h"
#include "rows.h"

/* The roles of inputs that are read. The workbook is read when the fixed-width file is not at hand, and
 * the list of NOC codes as a sheet when it is not there as text. */
enum {
    ROLE_FIXED,
    ROLE_WORKBOOK,
    ROLE_NOTES,
    ROLE_NOC,
    ROLE_NOC_SHEET,
    ROLE_INDEX,
    ROLE_DRUGS,
    ROLE_CORRECTIONS, /* several of one release: all are read */
    ROLE_COUNT
};

void hcpcs_recognise(const struct input *in, struct recognised *out);

/* Whether a line begins as a record: code or modifier, sequence number, record type. */
bool fixed_is_record(const char *line, size_t n);
/* Reads the fixed-width file. Lines before the first record are its disclaimer; after it only records and blank
 * lines may stand. */
enum status fixed_read(const struct input *in, struct rows *rows, struct error *err);

enum { NO_COLUMN = XLSX_COLUMNS_MAX };
/* The column of a heading row that says heading, whose letters and digits alone count: "ADD DT" is "ADDDT". NO_COLUMN when
 * there is none. */
size_t workbook_column(const char *const *cells, size_t n, const char *heading);
/* Whether a row of a sheet is the heading row of the code workbook. */
bool workbook_is_heading(const char *const *cells, size_t n);
/* Reads the workbook: columns by their headings, rows above them are the disclaimer. */
enum status workbook_read(const struct input *in, struct rows *rows, struct error *err);

/* The processing notes by their number of four digits. Starts as {.arena = a}, which takes the texts. */
struct proc_notes {
    struct { const char **items; size_t len, cap; } texts;
    struct map numbers;
    struct arena *arena;
};
/* Whether it is the processing notes file: its heading, then a numbered note, among the first lines. */
bool proc_notes_is(const struct input *in);
/* Reads the processing notes file. ST_INPUT when it has no notes, or two of one number. */
enum status proc_notes_read(const struct input *in, struct proc_notes *notes, struct error *err);
/* Keeps a note unless that number has one; the text is copied. */
void proc_notes_put(struct proc_notes *notes, const char *number, const char *text);
/* The text of a note, NULL when there is none of that number. */
const char *proc_notes_get(const struct proc_notes *notes, const char *number);
void proc_notes_free(struct proc_notes *notes);

#endif
