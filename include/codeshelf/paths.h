/* paths.h - where codeshelf keeps its files: the same for every program. */
#ifndef CODESHELF_PATHS_H
#define CODESHELF_PATHS_H

#include <stdbool.h>

#include "codeshelf/buf.h"
#include "codeshelf/error.h"

/* Appends the path of the shelf: given when not NULL (--shelf FILE), else $CODESHELF_SHELF, else
 * $XDG_DATA_HOME/codeshelf/shelf.db, else ~/.local/share/codeshelf/shelf.db. Whether there is a file is not looked at.
 * ST_SHELF when nothing says where. */
enum status path_shelf(const char *given, struct buf *out, struct error *err);
/* The same for the desk: --desk FILE, else $CODESHELF_DESK, else codeshelf/desk.db in the data folder. */
enum status path_desk(const char *given, struct buf *out, struct error *err);
/* The user's own vocabulary: $CODESHELF_VOCABULARY, else $XDG_CONFIG_HOME/codeshelf/vocabulary.tsv, else the same in
 * ~/.config; false when nothing says where. *named tells whether the variable does, so that the file has to be there. */
bool path_vocabulary(struct buf *out, bool *named);
/* Makes the folders above a file that are missing. */
enum status path_make_folders(const char *path, struct error *err);

#endif
