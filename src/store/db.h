/* db.h - the few SQLite calls the store makes, with errors in our form. */
#ifndef CODESHELF_STORE_DB_H
#define CODESHELF_STORE_DB_H

#include <sqlite3.h>

#include "codeshelf/error.h"

enum { SHELF_APPLICATION_ID = 0x43534846, SHELF_SCHEMA = 2, SHELF_SCHEMA_BEFORE = 1 };

/* Puts beside the tables of a shelf of SHELF_SCHEMA_BEFORE those it lacks: empty, and only for this connection. */
#define SHELF_COMPLETE                                                                                                 \
    "PRAGMA temp_store = MEMORY;"                                                                                      \
    "CREATE TEMP TABLE replacement (id INTEGER PRIMARY KEY, codeset, mask, old, last, now, from_date, said)"

/* ST_IO (or ST_SHELF for a damaged file): the path, or when NULL that of the open database, SQLite's message and the system's. */
enum status db_fail(sqlite3 *db, const char *path, struct error *err);
enum status db_exec(sqlite3 *db, const char *sql, struct error *err);
enum status db_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **out, struct error *err);
/* Binds the values after types, runs the statement to its end and resets it. One letter a value: i int64_t, s text (kept by
 * the caller until the call returns), n text that may be NULL, b blob followed by its size as size_t. */
enum status db_run(sqlite3_stmt *st, struct error *err, const char *types, ...);
/* Fills a full-text index from its content table. The hash table is large enough to hold all of it, so that one segment is
 * written, which is as good as optimized and spares the merging. */
#define FTS_REBUILD(fts)                                                                                               \
    "INSERT INTO " fts " (" fts ", rank) VALUES ('hashsize', 268435456);"                                              \
    "INSERT INTO " fts " (" fts ") VALUES ('rebuild')"

/* One integer that a query gives; 0 when it gives no row. */
enum status db_number(sqlite3 *db, const char *sql, sqlite3_int64 *out, struct error *err);
/* Text of a column, "" for NULL; valid until the next step. */
const char *db_text(sqlite3_stmt *st, int column);

#endif
