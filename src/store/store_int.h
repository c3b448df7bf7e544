/* store_int.h - what the files of this folder share about an open store. */
#ifndef CODESHELF_STORE_INT_H
#define CODESHELF_STORE_INT_H

#include <sqlite3.h>

#include "codeshelf/edition.h"
#include "codeshelf/store.h"

struct fold;
struct rows;

/* A release that will be on the shelf after publishing. */
struct slot {
    enum codeset set;
    char name[RELEASE_NAME_MAX];
    date from;
    int64_t id;         /* on the old shelf; 0 when it was put since */
    struct edition *ed; /* NULL until read from the old shelf */
};

struct store {
    char *path;
    int lock;         /* file descriptor */
    sqlite3 *db;      /* the old shelf, NULL when there is none */
    struct rows *old; /* its rows in memory, read when first needed */
    struct { struct slot *items; size_t len, cap; } slots;
    struct { struct edition **items; size_t len, cap; } retired; /* replaced or dropped, their text may still be borrowed */
    int changed;
};

/* load.c: the rows of a shelf in memory, and one release of them as an edition. Its text belongs to the rows. */
enum status rows_load(sqlite3 *db, struct rows **out, struct error *err);
enum status rows_edition(sqlite3 *db, struct rows *rows, const struct slot *slot, struct edition **out, struct error *err);
void rows_free(struct rows *rows);

/* docs.c: the search documents, their full-text indexes and the words. */
enum status write_docs(sqlite3 *db, const struct fold *f, struct error *err);
/* check.c: what store_verify does, on an open shelf: its file and rows, and its full-text indexes against their text. */
enum status check_shelf(sqlite3 *db, const char *path, struct error *err);
enum status check_full_text(sqlite3 *db, const char *path, struct error *err);
/* The ids of a sequence (schema.sql) into a heap array; ST_SHELF when the bytes are no sequence. */
enum status sequence_decode(const unsigned char *bytes, size_t n, uint32_t **ids, size_t *count, struct error *err);

/* The text of schema.sql or indexes.sql. */
const char *store_sql_text(const char *name);

#endif
