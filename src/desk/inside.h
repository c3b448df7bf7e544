/* inside.h - what the files of the desk share: the open file, and the few SQLite calls they make. */
#ifndef CODESHELF_DESK_INSIDE_H
#define CODESHELF_DESK_INSIDE_H

#include <sqlite3.h>

#include "codeshelf/desk.h"

struct desk {
    sqlite3 *db;
    char *path;
};

/* What SQLite says of the last call, as an error: ST_SHELF for a damaged file, else ST_IO. */
enum status desk_failed(const struct desk *d, struct error *err);
enum status desk_exec(const struct desk *d, const char *sql, struct error *err);
/* Begins what writes; ST_IO at once where the desk can only be read. */
enum status desk_begin(const struct desk *d, struct error *err);
/* Ends it: keeps what was written when st is ST_OK, else takes it back and returns st. */
enum status desk_end(const struct desk *d, enum status st, struct error *err);

enum status query_open(const struct desk *d, const char *sql, sqlite3_stmt **out, struct error *err);
/* ST_NONE behind the last row. */
enum status query_row(const struct desk *d, sqlite3_stmt *q, struct error *err);
/* Runs a statement that gives no rows, and makes it ready for the next values. */
enum status query_run(const struct desk *d, sqlite3_stmt *q, struct error *err);
void query_bind_text(sqlite3_stmt *q, int at, const char *text);
/* A text column, never NULL, copied. */
const char *query_text(struct arena *a, sqlite3_stmt *q, int column);

/* desk_remove inside a transaction that the caller began; says nothing about ST_NONE. */
enum status collection_delete(const struct desk *d, const char *name, size_t *notes, struct error *err);

#endif
