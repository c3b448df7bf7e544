/* store.h - the write side of the shelf: opened under a lock, given editions, published whole.
 *
 * Nothing on disk changes before store_publish. It writes one new file beside the shelf, with every edition of the old one
 * and those put since, in calendar order, so that the same releases give the same bytes whatever order they came in; checks
 * it, syncs it and renames it over the old one. Killed at any instant, the old shelf is intact. */
#ifndef CODESHELF_STORE_H
#define CODESHELF_STORE_H

#include <stdbool.h>

#include "codeshelf/edition.h"
#include "codeshelf/error.h"

struct store;

/* Reports progress: what is being done ("writing", "indexing", "checking") and how far, 0 to 1. May be NULL. */
typedef void store_progress(void *ctx, const char *what, double part);

/* Whether another importer has the lock of the shelf at path now, so that store_open would wait. */
bool store_busy(const char *path);
/* Takes the lock (a file beside the shelf; waits while another importer has it) and reads which releases are there. A missing
 * shelf is an empty one, one of the schema before counts as changed. ST_SHELF when the file is no shelf, or of another schema. */
enum status store_open(const char *path, struct store **out, struct error *err);
/* Releases in calendar order, all sets: icd10cm, hcpcs, cpt. */
size_t store_count(const struct store *s);
/* The edition at i, borrowed; read from the shelf when first asked for. */
enum status store_edition(struct store *s, size_t i, const struct edition **out, struct error *err);
/* The same by name; ST_NONE when it is not on the shelf. */
enum status store_find(struct store *s, enum codeset set, const char *name, const struct edition **out, struct error *err);
/* Gives an edition to the store, in place of the one of that set and name. The store owns it from here. */
void store_put(struct store *s, struct edition *ed);
/* Takes a release away; ST_NONE, naming those of the set that are there, when it is not. The last one may go: what is
 * published then is a shelf without releases. */
enum status store_drop(struct store *s, enum codeset set, const char *name, struct error *err);
/* Whether anything was put or dropped since store_open, or the schema is the one before: publishing otherwise would change
 * nothing but the file's time. */
int store_changed(const struct store *s);
/* Writes, checks and swaps in the new shelf. After an error the old one is untouched, except that ST_IO "is the new shelf"
 * says the swap happened and only the folder could not be synced. */
enum status store_publish(struct store *s, store_progress *progress, void *ctx, struct error *err);
/* Releases the lock and removes what an unfinished publish left. Accepts NULL. */
void store_close(struct store *s);

/* Checks a shelf from the first page to the last: SQLite's integrity and foreign keys, the full-text indexes against their
 * text, every release's sequence against its entries and every entry against its parent. ST_INPUT with what is wrong; ST_SHELF when
 * the file is no shelf, or of a schema that this program does not read. *releases is how many a sound one has; NULL when that is
 * not asked. Only reads: a shelf may lie on a read-only share, or be imported into meanwhile. */
enum status store_verify(const char *path, size_t *releases, struct error *err);

#endif
