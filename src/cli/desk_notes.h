/* desk_notes.h - notes from the user's desk, and from the shared file of --notes, beside those of the official books: always
 * marked as not official. */
#ifndef CODESHELF_CLI_DESK_NOTES_H
#define CODESHELF_CLI_DESK_NOTES_H

#include "cli.h"
#include "codeshelf/desk.h"
#include "json.h"
#include "page.h"

/* Each is NULL when there is none. */
struct desks {
    struct desk *own, *shared;
};

/* Opens what the call may show notes from. A desk nobody named that cannot be used is said so on call->err, and is not shown:
 * the official answer does not depend on it. */
enum status desks_open(struct call *c, struct desks *out, struct error *err);
void desks_close(struct desks *d);
/* The notes whose codes or ranges hold the entry, by collection and in the order of their file, the user's own first. */
enum status desks_notes(const struct desks *d, struct shelf *s, const struct entry *e, struct arena *a,
                        const struct desk_note **out, size_t *n, struct error *err);

void desk_notes_text(const struct page *p, const struct desk_note *notes, size_t n);
/* One note as a JSON object. */
void desk_note_json(struct json *j, const struct desk_note *note);

#endif
