/* db.c - the few SQLite calls the store makes, with errors in our form. */
#include "db.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum status db_fail(sqlite3 *db, const char *path, struct error *err)
{
    const int code = sqlite3_errcode(db);
    if (code == SQLITE_NOMEM)
        out_of_memory();
    const enum status st = code == SQLITE_CORRUPT || code == SQLITE_NOTADB ? ST_SHELF : ST_IO;
    /* SQLite's words alone do not tell a full quota from a bad disk, or a missing folder from a closed one. */
    const int why = code == SQLITE_IOERR || code == SQLITE_CANTOPEN ? sqlite3_system_errno(db) : 0;
    const char *file = path ? path : sqlite3_db_filename(db, "main");
    if (st == ST_SHELF)
        return error_set(err, st, "%s: damaged (%s); remove it and import the official files again",
                         file && *file ? file : "shelf", sqlite3_errmsg(db));
    return error_set(err, st, "%s: %s%s%s", file && *file ? file : "shelf", sqlite3_errmsg(db), why ? ": " : "",
                     why ? strerror(why) : "");
}

enum status db_exec(sqlite3 *db, const char *sql, struct error *err)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK ? ST_OK : db_fail(db, NULL, err);
}

enum status db_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **out, struct error *err)
{
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL) != SQLITE_OK)
        return db_fail(db, NULL, err);
    return ST_OK;
}

static int bind_value(sqlite3_stmt *st, int at, char type, va_list *args)
{
    const char *s;
    const void *blob;

    switch (type) {
    case 'i':
        return sqlite3_bind_int64(st, at, va_arg(*args, int64_t));
    case 'b':
        blob = va_arg(*args, const void *);
        return sqlite3_bind_blob64(st, at, blob, va_arg(*args, size_t), SQLITE_STATIC);
    default:
        s = va_arg(*args, const char *);
        return s ? sqlite3_bind_text(st, at, s, -1, SQLITE_STATIC) : sqlite3_bind_null(st, at);
    }
}

enum status db_run(sqlite3_stmt *st, struct error *err, const char *types, ...)
{
    va_list args;
    int rc = SQLITE_OK;

    va_start(args, types);
    for (int i = 0; types[i] && rc == SQLITE_OK; i++)
        rc = bind_value(st, i + 1, types[i], &args);
    va_end(args);
    if (rc == SQLITE_OK)
        do
            rc = sqlite3_step(st);
        while (rc == SQLITE_ROW);
    sqlite3_reset(st);
    return rc == SQLITE_DONE ? ST_OK : db_fail(sqlite3_db_handle(st), NULL, err);
}

enum status db_number(sqlite3 *db, const char *sql, sqlite3_int64 *out, struct error *err)
{
    sqlite3_stmt *st = NULL;
    enum status rc = db_prepare(db, sql, &st, err);

    *out = 0;
    if (rc)
        return rc;
    const int step = sqlite3_step(st);
    if (step == SQLITE_ROW)
        *out = sqlite3_column_int64(st, 0);
    else if (step != SQLITE_DONE)
        rc = db_fail(db, NULL, err);
    sqlite3_finalize(st);
    return rc;
}

const char *db_text(sqlite3_stmt *st, int column)
{
    const unsigned char *s = sqlite3_column_text(st, column);
    return s ? (const char *)s : "";
}
