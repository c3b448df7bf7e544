/* help.h - editions from inline text, from the specimen and from official packages, and looking into them. */
#ifndef CODESHELF_TESTS_ICD10CM_HELP_H
#define CODESHELF_TESTS_ICD10CM_HELP_H

#include "codeshelf/buf.h"
#include "importer.h"

enum {
    WITH_ORDER = 1 << COMP_CODES,
    WITH_TABULAR = 1 << COMP_TABULAR,
    WITH_INDEX = 1 << COMP_INDEX,
    WITH_BOOKS = WITH_INDEX | 1 << COMP_EXTERNAL | 1 << COMP_NEOPLASM | 1 << COMP_DRUGS,
    WITH_POA = 1 << COMP_FACTS,
    WITH_CONVERSION = 1 << COMP_CONVERSION,
    WITH_ALL = WITH_ORDER | WITH_TABULAR | WITH_BOOKS | WITH_POA | WITH_CONVERSION,
    FILES_MAX = 16
};

/* Reads an order file and a Tabular given as text (NULL for none) as FY2025; report lines are added to report. */
enum status read_texts(const char *order, const char *tabular, const struct edition *old, struct edition **out,
                       struct buf *report, struct error *err);
/* The same from any files, told by their content; sha256 and path are made up. */
enum status read_files(const char *const *texts, size_t n, const struct edition *old, struct edition **out,
                       struct buf *report, struct error *err);
/* The same from the files of a folder, zips opened, as the release of that name; which are used is said in with. */
struct edition *read_folder(const char *folder, const char *release, int with, const struct edition *old,
                            struct buf *report);
/* Whether ../shared has the official releases; says so loudly when not. */
bool have_releases(void);

/* Appends an order file's line. */
void add_line(struct buf *b, const char *code, int flag, const char *title);

/* The place of an entry; fails the test when it is not there. Headings by their own functions: names may be shared. */
size_t find_code(const struct edition *ed, const char *code);
size_t find_section(const struct edition *ed, const char *code);
/* Codes from the chapter down: "19 > S50-S59 > S52". */
const char *path_of(const struct edition *ed, size_t at, struct buf *out);
/* An entry's own notes, one a line: "excludes1: ...". */
const char *notes_of(const struct edition *ed, size_t at, struct buf *out);
/* A row: book, depth, then title|nemod|codes|manifestation|see|see also|categories|cells, list items with / between. */
void dump_term(const struct ed_term *t, struct buf *out);
/* Everything an edition says, as text. */
void dump_edition(const struct edition *ed, struct buf *out);

#endif
