/* cpt.h - the readers of the CPT files, each adding to the book what its file brings. Malformed input: ST_INPUT with
 * "path:line:column: what was expected, what was found". */
#ifndef CODESHELF_CPT_CPT_H
#define CODESHELF_CPT_CPT_H

#include "cpt/book.h"
#include "importer.h"

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
 * ROLE_COUNT for none of ours; *link is set for CPT Link tables, which the shelf does not need. */
enum role table_recognise(const struct input *in, bool *link);
enum status table_read(struct book *b, const struct input *in, struct error *err);
/* The PLA list between tabs, with or without a header row. */
enum status table_read_pla(struct book *b, const struct input *in, struct error *err);

/* pla.c: the PLA list as XML. */
enum status pla_read(struct book *b, const struct input *in, struct error *err);

#endif
