/* desk.h - the user's own file: collections of notes on codes of any set.
 *
 * A desk is one SQLite file. What it holds is keyed by code set and code text, never by a row of a shelf, so that no new shelf
 * can lose anything on it. Every call is a transaction of its own: programs that read and one that writes can use the file
 * at once, and wait for each other for some seconds at most. Results live in the arena given. */
#ifndef CODESHELF_DESK_H
#define CODESHELF_DESK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "codeshelf/arena.h"
#include "codeshelf/buf.h"
#include "codeshelf/code.h"
#include "codeshelf/error.h"
#include "codeshelf/words.h"

struct desk;

/* Opens the desk, which is made with its folders when it is not there, for reading and writing; where it cannot be written
 * to, for reading. ST_SHELF when the file is no desk or one of a newer program. */
enum status desk_open(const char *path, struct desk **out, struct error *err);
/* Opens a desk that others share, for reading only. ST_SHELF also when there is none. */
enum status desk_open_notes(const char *path, struct desk **out, struct error *err);
void desk_close(struct desk *d);

/* --- collections ------------------------------------------------------------------------------------------------------ */

struct collection {
    const char *name;
    const char *about;  /* what its file says before the first heading of codes, or "" */
    const char *source; /* name of that file */
    int64_t imported;   /* seconds since 1970 */
    size_t notes;
};

/* What an import brought. */
struct desk_import {
    const char *name;
    size_t notes;
    size_t codes;    /* codes and ranges that their headings name */
    size_t textless; /* headings of codes left out because no text stands under them */
    bool replaced;   /* a collection of that name was there */
};

/* Reads a Markdown file as a collection, which replaces the one of its name (case apart): name when not NULL, else the first
 * heading that stands before every heading of codes, else the file's name. A heading that begins with a code or range heads
 * the text up to the next such heading:
 *
 *     # icd10cm E11.9             the set may be left out where the code's shape says it: S52.5, J0897, 99213
 *     ## hcpcs J0897, J0898
 *     # cpt 99202-99215: Office visits     words follow behind a colon or a dash between blanks
 *
 * ST_INPUT when the file is not of this form: problems gets every fault, "file:line:column: what was expected, what was found"
 * and a line feed, and nothing is changed. ST_IO when the file cannot be read or the desk not be written. */
enum status desk_import(struct desk *d, const char *path, const char *name, struct arena *a, struct desk_import *out,
                        struct buf *problems, struct error *err);
/* By name. */
enum status desk_collections(struct desk *d, struct arena *a, const struct collection **out, size_t *n, struct error *err);
/* Takes a collection off the desk; *notes (when not NULL) is how many notes it held. ST_NONE when there is none of the name. */
enum status desk_remove(struct desk *d, const char *name, size_t *notes, struct error *err);

/* --- notes ------------------------------------------------------------------------------------------------------------ */

/* A code or range that a note is on; a single code has last equal to first. */
struct note_range {
    int64_t note;
    char first[CODE_MAX], last[CODE_MAX]; /* stored codes */
};

/* What may apply to a code or section of a set: every range of the set, and the single codes that the code begins with. Whether
 * it does apply is for the shelf to say (shelf_holds): the order of codes belongs to the release. By collection, then in the
 * order of the file: the ranges of a note stand together. */
enum status desk_ranges(struct desk *d, enum codeset set, const char *code, struct arena *a, const struct note_range **out,
                        size_t *n, struct error *err);

struct desk_note {
    const char *collection;
    const char *text;         /* Markdown, one line a line */
    const char *const *codes; /* as the book prints them: "S52.5", "99202-99215" */
    size_t ncodes;
};
/* ST_NONE when it is gone. */
enum status desk_note(struct desk *d, int64_t id, struct arena *a, struct desk_note *out, struct error *err);

#endif
