/* cpt.h - the readers of the CPT files, each adding to the book what its file brings. Malformed input: ST_INPUT with
 * "path:line:column: what was expected, what was found". */
#ifndef CODESHELF_CPT_CPT_H
#define CODESHELF_CPT_CPT_H

#include "cpt/book.h"
#include "importer.h"
#include "reader/xlsx.h"

/* Roles of files. Of the four long forms the first one there is read; of the two PLA forms too. */
enum role {
    ROLE_LONG_TAB,
    ROLE_LONG_FIXED,
    ROLE_LONG_TAB_UPPER,
    ROLE_LONG_FIXED_UPPER,
    ROLE_MEDIUM,
    ROLE_SHORT,
    ROLE_MODIFIERS,
    ROLE_PLA_XML,
    ROLE_PLA_TAB,
    ROLE_CONSUMER,
    ROLE_CLINICIAN,
    ROLE_LINK_DELETED,   /* behind all that describes codes, whose facts they add to */
    ROLE_LINK_HISTORY,
    ROLE_LINK_MODIFIERS,
    ROLE_COUNT
};

/* descriptors.c: LONGULT, LONGUT (tab), LONGULF, LONGUF (sequence), MEDU and SHORTU (fixed). */
enum status descriptors_read_tab(struct book *b, const struct input *in, struct error *err);
enum status descriptors_read_sequence(struct book *b, const struct input *in, struct error *err);
enum status descriptors_read_fixed(struct book *b, const struct input *in, enum role role, struct error *err);
/* Puts the paragraphs of the notice before the data into the edition, as front text of kind "notice". */
void descriptors_read_notice(struct book *b, const struct input *in);

/* modifiers.c: MODUL, Appendix A as text. */
bool modifiers_recognise(const char *bytes, size_t n);
enum status modifiers_read(struct book *b, const struct input *in, struct error *err);

/* tables.c: files with a header row of column names, as text between tabs or as a workbook. table_recognise gives the role,
 * ROLE_COUNT for none of ours; *link is set for the tables of CPT Link that the shelf does not need. */
enum role table_recognise(const struct input *in, bool *link);
enum status table_read(struct book *b, const struct input *in, struct error *err);
/* Gives the rows of a workbook or text as UTF-8, as xlsx_read does. Cells of a text are between tabs, in a line without any
 * between bars. */
enum status table_rows(const struct input *in, xlsx_row_fn *row, void *ctx, struct error *err);
/* The PLA list between tabs, with or without a header row. */
enum status table_read_pla(struct book *b, const struct input *in, struct error *err);

/* link.c: CPT Link's deleted list and histories. Whether a cell of a heading has that name, blanks and case aside. */
bool table_named(const char *cell, const char *name);
/* The role of the file that a row is the heading of, ROLE_COUNT for none. */
enum role link_recognise(const char *const *cells, size_t n);
/* Adds the days on which items came and were revised to their facts "added" and "revised", and deletions to the replacements of
 * the edition, unless they are there. Read behind all that describes codes. What is not in form is left out and reported;
 * ST_INPUT when nothing is. */
enum status link_read(struct book *b, const struct input *in, struct report *rep, struct error *err);

/* pla.c: the PLA list as XML. */
enum status pla_read(struct book *b, const struct input *in, struct error *err);

#endif
