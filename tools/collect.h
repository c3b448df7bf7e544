/* collect.h - finding the files that were named on the command line: in folders, zips, and zips inside zips. */
#ifndef CODESHELF_TOOLS_COLLECT_H
#define CODESHELF_TOOLS_COLLECT_H

#include <stdbool.h>
#include <stddef.h>

#include "codeshelf/arena.h"
#include "codeshelf/error.h"

enum {
    COLLECT_FOLDER_DEPTH = 16,
    COLLECT_ZIP_DEPTH = 4,     /* a zip in a zip is common, one more has been seen */
    COLLECT_FILES_MAX = 20000, /* members of zips included */
    COLLECT_FOLDERS_SEEN = 2   /* folders above a file whose names may tell its release */
};
#define COLLECT_FILE_MAX ((size_t)512 << 20) /* bytes of one file; official packages stay below 32 MB */

/* A file or member in memory. The texts live in the arena given to collect_files, the bytes during the call. */
struct collected {
    const char *path;   /* for messages: as typed, then the way into folders and zips */
    const char *name;   /* base name */
    const char *source; /* as a release records it: "cms_2017_dx.zip/icd10cm_order_2017.txt" */
    const char *trail;  /* names that may tell its release, farthest first, parted by "/": two folders, zips, folders in zips */
    char *bytes;        /* from malloc; a taker that keeps them sets this to NULL */
    size_t len;
    bool named; /* it, or the zip it is in, was named itself, not found in a folder that was */
    const char *not_needed; /* why it need not be read: it is a document of another kind, then without bytes; else NULL */
};

typedef enum status collect_taker(void *ctx, struct collected *file, struct error *err);

/* Gives every file to take, in an order that depends on names only. Hidden files are passed over; a workbook counts as a file,
 * not as a zip. Ends at the first failure: of take, a path that can't be read (ST_INPUT), a damaged zip, a bound. */
enum status collect_files(struct arena *arena, char *const *paths, size_t n, collect_taker *take, void *ctx, struct error *err);

#endif
