/* book.h - the book of a release: rows under letter chapters and headings, facts and processing notes with them. */
#ifndef CODESHELF_HCPCS_BOOK_H
#define CODESHELF_HCPCS_BOOK_H

#include "codeshelf/edition.h"
#include "files.h"
#include "rows.h"

/* What the book came to, for the report. */
struct book_counts {
    size_t codes, modifiers;
    size_t ended;         /* with a termination date */
    size_t unknown_notes; /* that cite a processing note which is not there */
    size_t noc;           /* on the NOC list */
};

/* Puts the rows into the edition, which is empty and shares its arena with them: modifiers first, then the chapters
 * and sections of codesets/hcpcs/outline.tsv that have codes, each in the order of the file. */
void book_build(struct edition *ed, const struct rows *rows, const struct proc_notes *notes,
                struct book_counts *counts);
/* The rows and processing notes of an edition that an earlier import left: book_build's way back. */
void book_read(const struct edition *ed, struct rows *rows, struct proc_notes *notes);

#endif
