/* change_text.h - changes as styled text: the words that two wordings do not share set off by signs, and by colour besides. */
#ifndef CODESHELF_BROWSE_CHANGE_TEXT_H
#define CODESHELF_BROWSE_CHANGE_TEXT_H

#include "codeshelf/changes.h"
#include "lines.h"

enum wording { WORDING_BOTH, WORDING_BEFORE, WORDING_AFTER };

/* Appends a wording, or both in one: "of the [-foregut NOS-]{+foregut, unspecified+}". before or after may be NULL: there was
 * none. cut: long stretches that did not change are cut short, for a list. */
void change_add_words(struct rich *r, const char *before, const char *after, enum wording which, bool cut);
/* Appends what happened in one line, the kind left out: "Excludes1 (12 codes): [-K00-]{+K00.-+}". skip: how many of the titles
 * above a row of an index are left out; false when it has no more. */
bool change_add_line(struct rich *r, enum codeset set, const struct change *c, size_t skip);
/* The same for what a row of an index or table stands under, and its title. */
bool change_add_row(struct rich *r, const struct change *c, size_t skip);

/* What took the place of a code, or what it took the place of, a line each; that the files list none. */
void change_flow_replacements(enum codeset set, const struct replacements *r, struct lines *out, int indent, int width);
/* Where the cross-references of a HCPCS code lead, a line each. */
void change_flow_crossrefs(const struct crossref *ways, size_t n, struct lines *out, int indent, int width);

/* The mark of an entry as the book prints it, and what it says; "" for none. */
const char *mark_words(enum change_mark mark);
enum style mark_style(enum change_mark mark);

#endif
