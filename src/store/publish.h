/* publish.h - a fold becomes a shelf file. */
#ifndef CODESHELF_STORE_PUBLISH_H
#define CODESHELF_STORE_PUBLISH_H

#include "store_int.h"

/* Writes, checks, syncs and renames; on any failure the file at path is as it was and nothing is left beside it. */
enum status publish_fold(const char *path, const struct fold *f, store_progress *progress, void *ctx, struct error *err);
/* Where the new file is written: a heap string. */
char *publish_path(const char *path);

#endif
