/* write.h - the rows of a fold into an empty schema; ids are places in the fold plus one. */
#ifndef CODESHELF_STORE_WRITE_H
#define CODESHELF_STORE_WRITE_H

#include "store_int.h"

/* Everything but the search documents. */
enum status write_rows(sqlite3 *db, const struct fold *f, struct error *err);

/* write_books.c: the parts of it that come from the indexes, tables and guidelines, with their full-text indexes; what
 * replaces which code. */
enum status write_terms(sqlite3 *db, const struct fold *f, struct error *err);
enum status write_guidelines(sqlite3 *db, const struct fold *f, struct error *err);
enum status write_replacements(sqlite3 *db, const struct fold *f, struct error *err);

/* Numbers of ref.source in schema.sql. */
enum ref_source { REF_NOTE, REF_TERM, REF_GUIDELINE };
#define REF_INSERT "INSERT INTO ref VALUES (?, ?, ?, ?, ?)"
/* Writes what a text names, through a statement of REF_INSERT. */
enum status write_refs(sqlite3_stmt *st, enum codeset set, enum ref_source source, int64_t id, const char *text,
                       struct error *err);

static inline int64_t row_id(int32_t place)
{
    return (int64_t)place + 1;
}

#endif
