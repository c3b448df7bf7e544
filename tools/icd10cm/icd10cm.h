/* icd10cm.h - the parts of the ICD-10-CM importer.
 *
 *   order file -> struct icd_order     the codes, flags, titles and their order (order.c)
 *   Tabular    -> a "book"             chapters, sections, the notes of every entry (tabular.c)
 *   no Tabular -> a "book"             chapters and sections from codesets/icd10cm/outline.tsv (outline.c)
 *   order + book -> the edition        (assemble.c), compared by crosscheck.c
 *   indexes, tables -> terms           rows of the edition (index.c), compared with its codes by indexcheck.c
 *   POA-exempt list -> facts           of the edition's entries (poa.c)
 *   conversion table -> replacements   of the edition (conversion.c)
 *
 * The role of a file is the component it brings (enum component).
 *
 * A book is a struct edition whose entries need not be those of the order file: titles are the wording it prints, codes
 * may be missing or nested wrongly. The order file decides which codes there are. An edition that a shelf already has
 * serves as order or as book alike, which is how a component is added later. */
#ifndef CODESHELF_ICD10CM_H
#define CODESHELF_ICD10CM_H

#include "codeshelf/buf.h"
#include "codeshelf/code.h"
#include "codeshelf/edition.h"
#include "codeshelf/map.h"
#include "importer.h"

struct icd_row {
    const char *code; /* stored form */
    const char *title, *short_title;
    bool billable;
};

struct icd_order {
    struct icd_row *items;
    size_t len, cap;
    struct map by_code; /* stored code to place in items */
};

/* Reads an order file; texts go to the arena. ST_INPUT for any line that is not one of an order file, a code that
 * stands twice, or one whose category has not come before it. Free with icd_order_free, also after an error. */
enum status icd_order_read(const struct input *in, struct arena *arena, struct icd_order *out, struct error *err);
/* The rows an order file of that edition would have. */
void icd_order_from_edition(const struct edition *ed, struct arena *arena, struct icd_order *out);
void icd_order_free(struct icd_order *order);
/* The place of the longest proper prefix of a code that is a row (three characters at least); NO_PARENT without. */
int32_t icd_order_parent(const struct icd_order *order, const char *code);

/* Reads a Tabular XML into a book. Elements this version doesn't know are reported, not dropped silently. */
enum status icd_tabular_read(const struct input *in, struct edition **book, struct report *rep, struct error *err);

/* The book of a release without a Tabular: those chapters and sections of the outline that have categories, and the
 * categories under them. */
struct edition *icd_outline_book(const struct icd_order *order, date from);

/* Reads an index or table XML and adds its rows to ed. Elements this version doesn't know are reported. */
enum status icd_index_read(const struct input *in, enum component book, struct edition *ed, struct report *rep,
                           struct error *err);
/* Reports what the rows of a book hold, and which of their codes the release lacks or has no codes below. */
void icd_index_check(const struct edition *ed, enum component book, const struct icd_order *order, struct report *rep);

enum icd_poa { ICD_POA_NONE, ICD_POA_LIST, ICD_POA_CHANGES };
/* Whether a text or workbook is the POA-exempt list of a release, or one of what changed in it. */
enum icd_poa icd_poa_look(const struct input *in);
/* Reads the list and sets the fact "poa" of each of its codes to "exempt", in place of what an earlier list said. ed's
 * entries are those of the order file and headings. */
enum status icd_poa_read(const struct input *in, const struct icd_order *order, struct edition *ed, struct report *rep,
                         struct error *err);

/* Whether a text or workbook is a conversion table of ICD-10-CM. */
bool icd_conversion_is(const struct input *in);
/* Reads it into ed's replacements. */
enum status icd_conversion_read(const struct input *in, const struct icd_order *order, struct edition *ed,
                                struct report *rep, struct error *err);

/* Outside text as the shelf keeps it: UTF-8, white space squeezed, copied into the arena. */
const char *icd_text(struct arena *arena, struct buf *scratch, const char *bytes, size_t n);
/* Whether a section ("M00-M25", "B99") holds another by its range. */
bool icd_section_holds(const char *outer, const char *inner);
/* Whether a code is of the shape of ICD-10-CM: a letter, two more characters of which one is a digit (M1A, QA0), up to four
 * more; n bytes. */
bool icd_code_shaped(const char *code, size_t n);
/* Raises the placeholder x that early files print in lower case (T36.0x1A): elsewhere a small letter is damage. */
void icd_code_raise_x(char *code);
/* Takes the range off the end of a heading as printed, "Neoplasms (C00-D49)": the length of the title; the range
 * without brackets goes to range, which is empty when there is none. */
size_t icd_heading_split(const char *printed, char range[CODE_MAX]);

/* The book's entries, notes, 7th characters, facts and front matter laid over the order's rows, added to ed, which is
 * empty but for its name. ed->coverage says whether 7th-character definitions or titles tell the families. The order's
 * texts must be in ed's arena; the book's are copied. place (book->entries.len elements) receives where each of the
 * book's entries went, NO_PARENT for codes that the order lacks. */
void icd_assemble(struct edition *ed, const struct icd_order *order, const struct edition *book, int32_t *place);
/* Adds old's facts, and its notes and front matter that no Tabular brings. */
void icd_carry(struct edition *ed, const struct edition *old);
/* Adds old's rows of a book, its guidelines, and its replacements. */
void icd_carry_terms(struct edition *ed, const struct edition *old, enum component book);
void icd_carry_guidelines(struct edition *ed, const struct edition *old);
void icd_carry_replacements(struct edition *ed, const struct edition *old);
/* Brings notes, facts and 7th characters into the order of their entries; those of one entry keep theirs. */
void icd_group_texts(struct edition *ed);

/* For every entry the place of the entry whose 7th-character definition is in force, NO_PARENT without. Free with
 * free(). */
int32_t *icd_sevenths_in_force(const struct edition *ed);
/* Whether the definition of the entry at owner gives that character. */
bool icd_sevenths_give(const struct edition *ed, int32_t owner, char ch);

/* Compares the Tabular with the order file and reports, in at most one line each, where the two disagree. */
void icd_crosscheck(const struct edition *ed, const struct icd_order *order, const struct edition *book,
                    const int32_t *place, struct report *rep);

enum { ICD_UNKNOWN_MAX = 8, ICD_UNKNOWN_TEXT = 96, ICD_EXAMPLES_BYTES = 600 };

/* What this version doesn't know in a file, kind by kind. Starts as {0}. */
struct icd_unknown {
    struct {
        char what[ICD_UNKNOWN_TEXT];
        size_t line, count;
    } items[ICD_UNKNOWN_MAX];
    size_t len, more;
};
void icd_unknown_add(struct icd_unknown *u, size_t line, const char *what, const char *where);
void icd_unknown_report(const struct icd_unknown *u, struct report *rep, const char *path);

/* A count with examples. Starts as {0}. */
struct icd_tally {
    size_t count, shown;
    bool cut;
    struct buf examples;
    struct map seen;
};
/* Counts a text; the first few are kept. */
void icd_tally_add(struct icd_tally *t, const char *text);
/* Counts a text; every different one is kept, as far as a line holds them. */
void icd_tally_add_once(struct icd_tally *t, const char *text);
/* Reports "text: count (examples)" unless nothing was counted, and frees the tally. */
void icd_tally_report(struct report *rep, struct icd_tally *t, const char *text);
void icd_tally_free(struct icd_tally *t);

/* "Tabular List": what the file of a component is called. */
const char *icd_component_title(enum component c);

void icd_recognise(const struct input *in, struct recognised *out);

#endif
