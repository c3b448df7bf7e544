/* changes_print.h - one change as the commands that speak of changes print it: JSON, words with the changed ones marked. */
#ifndef CODESHELF_CLI_CHANGES_PRINT_H
#define CODESHELF_CLI_CHANGES_PRINT_H

#include "cli.h"
#include "codeshelf/changes.h"
#include "json.h"
#include "page.h"

/* "index", "drugs": what the command line calls the book of a row; "tabular" for entries. */
const char *changes_book(const struct change *c);
/* The members of a change, inside an object that is open. */
void changes_put_json(struct json *j, enum codeset set, const struct change *c);
/* The key and list of what takes the place of a code ("replacements"), or of what was used before it ("replaces"). */
void changes_put_replacements(struct json *j, enum codeset set, const struct replacements *r);
/* "replaced by Q52.120, Q52.121", "no replacement is listed", "formerly A92.8"; nothing where nothing is to be said. */
void changes_put_replaced(struct buf *out, enum codeset set, const struct replacements *r);
/* What was and what is, in one line: [-gone-]{+new+} within what stayed; an arrow between values of fields, flags and
 * parents. Marked for changes_print_line to colour when color. Empty for an entry added, deleted, demoted or promoted. */
void changes_put_words(struct buf *out, const struct change *c, bool color);
/* Writes a label and a text of changes_put_words as one item of the page, coloured when color. */
void changes_print_line(const struct page *p, size_t indent, const char *label, const char *text, bool color);
/* " at S52", " at chapter 10": where a change stands that reaches down to a code. */
void changes_put_place(struct buf *out, enum codeset set, const struct change *c);
/* "Fracture > radius > lower end" */
void changes_put_path(struct buf *out, const struct change *c);
/* Whether text on this output may be coloured: a terminal, and NO_COLOR not set. */
bool changes_color(FILE *out);
/* Says what may have been typed by mistake and reads as an answer all the same: one release twice, or the later one first. */
void changes_say_order(const struct call *c, const struct changes *all);

#endif
