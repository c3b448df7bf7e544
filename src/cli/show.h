/* show.h - everything codeshelf show says of one entry: gathered once, written as text or as JSON. */
#ifndef CODESHELF_CLI_SHOW_H
#define CODESHELF_CLI_SHOW_H

#include "changes_print.h"
#include "cli.h"
#include "crossrefs_print.h"
#include "desk_notes.h"
#include "json.h"
#include "page.h"

enum { PAIRING_KINDS = 3, PAIRING_MOST = 24 };

struct show {
    struct entry entry;
    const struct release *release;
    bool pending;             /* takes effect only after the date of service */
    enum change_mark mark;    /* what the release did to the entry */
    const struct release *against; /* the loaded one that the mark compares with; NULL when there is none */
    const char *unknown;      /* what the official files of the set cannot tell of a code; NULL */
    const char *warning;      /* why this release answers, or NULL */
    const struct entry *path; /* from the chapter down */
    size_t npath;
    const struct note *notes; /* nearest first */
    size_t nnotes;
    bool notes_missing;       /* notes were not loaded: said in missing, and not the same as having none */
    char missing[256];
    struct seventh seventh;
    const struct entry *children;
    size_t nchildren;
    const struct fact *facts;
    size_t nfacts;
    const struct crossref *crossrefs; /* the text has them among the facts */
    size_t ncrossrefs;
    const struct replacements *replaced; /* what takes the place of a code that may not be reported; NULL when not told */
    const struct desk_note *desk_notes; /* not official */
    size_t ndesk_notes;
};

/* How a code stands with others, as its title and the notes that apply to it say. Notes of one kind by where they
 * stand. */
struct pairing {
    bool manifestation; /* "... in diseases classified elsewhere": never listed first */
    const struct note *notes[PAIRING_KINDS][PAIRING_MOST];
    size_t n[PAIRING_KINDS];
};
extern const enum note_kind pairing_kinds[PAIRING_KINDS];

struct pairing show_pairing(const struct show *s);
/* Whether a nearer 7th-character table than the one the note goes with is in force. */
bool show_replaced(const struct show *s, const struct note *note);
/* The facts of the entry, with those of its category that hold for everything below it, and whether POA is to be
 * reported. */
enum status show_facts(struct shelf *shelf, struct show *s, struct arena *a, struct error *err);

void show_text(const struct page *p, const struct show *s);
void show_json(const struct show *s, struct json *j, FILE *out);

#endif
