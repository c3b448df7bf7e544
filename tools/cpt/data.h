/* data.h - finds the data of a CPT descriptor file behind its notice, and tells by their form which file it is.
 *
 * Every file opens with a notice of any length in plain prose, in which lines may begin with numbers, years and even codes. */
#ifndef CODESHELF_CPT_DATA_H
#define CODESHELF_CPT_DATA_H

#include "reader/lines.h"

enum data_form {
    DATA_NONE,
    DATA_TAB,      /* code, tab, text (LONGULT, LONGUT) */
    DATA_SEQUENCE, /* code, sequence or blanks, blank, text from column 9 (LONGULF, LONGUF) */
    DATA_FIXED,    /* code, blank, text from column 7 (MEDU, SHORTU) */
    DATA_PLA       /* three or more cells between tabs, a PLA code in the first or second (CPTPLATab) */
};

/* The form of a line taken alone; DATA_NONE for prose. */
enum data_form data_line(const char *line, size_t n);

struct data_start {
    enum data_form form; /* DATA_NONE: no data in the file */
    struct lines lines;  /* lines_next gives the first data line */
};
/* Looks for the first line of data. */
struct data_start data_find(const char *bytes, size_t n);

/* What the lines of data look like, to tell files of one form apart. */
struct data_look {
    size_t lines, odd;    /* looked at; not of the form */
    size_t widest_text;   /* bytes without blanks at the end */
    size_t widest_line;   /* bytes with them */
    size_t order_lines;   /* lines that are those of an ICD-10 order file, which begin with a five-digit number as well */
    bool lower;           /* has lower-case letters */
};
struct data_look data_look(const struct data_start *start);

#endif
