/* fetch_keep.h - files in the cache folder: whole, checked, and with their checksum beside them. */
#ifndef CODESHELF_TOOLS_FETCH_KEEP_H
#define CODESHELF_TOOLS_FETCH_KEEP_H

#include <stdbool.h>
#include <stdint.h>

#include "codeshelf/buf.h"
#include "fetch_transfer.h"

struct kept {
    bool already; /* it was there, whole, and nothing was asked of the network */
    int64_t bytes;
    char sha256[65];
};

/* Appends the cache folder of the user: given when not NULL (--cache DIR), else $XDG_CACHE_HOME/codeshelf, else
 * ~/.cache/codeshelf. ST_IO when nothing says where. */
enum status keep_folder(const char *given, struct buf *out, struct error *err);

/* Brings a file to path by the transfer t, whose part is filled in here: path with .part behind it. expected is the checksum it
 * must have, or empty. A file that is there with the checksum recorded beside it (path with .sha256 behind it) is kept as it
 * is, unless anew. The name appears only when the file is whole, is of the kind its name says, and has the checksum. */
enum status keep_file(const char *path, const char *expected, bool anew, struct transfer *t, struct kept *out, struct error *err);

#endif
