/* code.h - codes as text: how they are typed, stored, compared and printed.
 *
 * A stored code has upper case and no dot ("E119", "S52502A", "J0897", "99213"). Letters may stand at any position after the
 * first (M1A, C4A, QA0, J4B). Nothing may sort by code text: order belongs to the release. */
#ifndef CODESHELF_CODE_H
#define CODESHELF_CODE_H

#include <stdbool.h>
#include <stddef.h>

#include "codeshelf/words.h"

enum { CODE_MAX = 16 }; /* bytes of a stored code with its NUL; section ids ("M00-M25") fit as well */

/* Reads what a person typed ("e11.9", " E119 ", "s52.502-", "S52.502_") into stored form; false when it cannot be a code or
 * the beginning of one in any set: letters, digits and one dot only, at most 7 characters, a trailing dash or underscore
 * dropped. */
bool code_read(const char *typed, char out[CODE_MAX]);
/* As the book prints it: E11.9, S52.502A; other sets and section ids unchanged. out holds CODE_MAX bytes. */
const char *code_print(enum codeset set, const char *code, char out[CODE_MAX]);
/* Whether a finished code has the shape of the set: icd10cm a letter, two more characters of which one is a digit (M1A, QA0)
 * and up to four more; hcpcs a letter and four digits or a two-character modifier; cpt four digits and one of [0-9AFTUM], or
 * a modifier. */
bool code_shaped(enum codeset set, const char *code);

/* Whether two codes of HCPCS or CPT are numbered in one row, so that a range can have them as its ends: 0100T and 0200T, 00100
 * and 99213, but not 0100T and 00200. */
bool code_alike(const char *a, const char *b);

/* A code or range that a text names. first and last are stored codes; a single code has last equal to first; both stand for
 * everything under them. */
struct code_ref {
    size_t start, len; /* bytes in the text */
    char first[CODE_MAX], last[CODE_MAX];
    char with[48]; /* what narrows a range, as printed: "fifth or sixth character 5", ".21"; else empty */
};

/* Finds the next code or range in an ICD-10-CM note, title, index cell or guideline at or after *pos and moves *pos behind
 * it; false at the end. Forms as the book writes them: (E08.-), A15.0-A15.9, O9A.2-, E11-, I10.-, en dashes with blanks
 * around them, ranges broken over lines, lists with commas and "and", "T36-T50 with fifth or sixth character 5", "E08-E13
 * with .21". HCPCS and CPT texts name five-character codes. */
bool code_ref_next(enum codeset set, const char *text, size_t n, size_t *pos, struct code_ref *out);

#endif
