/* desk_notes.h - notes from the user's desk, and from the shared file of --notes, beside those of the official books: always
 * marked as not official. */
#ifndef CODESHELF_CLI_DESK_NOTES_H
#define CODESHELF_CLI_DESK_NOTES_H

#include "cli.h"
#include "codeshelf/desks.h"
#include "json.h"
#include "page.h"

/* Opens what the call may show notes from. A desk nobody named that cannot be used is said so on call->err, and is not shown. */
enum status desk_notes_open(struct call *c, struct desks *out, struct error *err);

void desk_notes_text(const struct page *p, const struct desk_note *notes, size_t n);
/* One note as a JSON object. */
void desk_note_json(struct json *j, const struct desk_note *note);

#endif
