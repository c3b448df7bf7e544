/* sql.c - the statement cache: each SQL text is prepared once, when first used, and found again by its address. */
#include "inside.h"

enum status sql_failed(const struct shelf *s, struct error *err)
{
    const int code = sqlite3_errcode(s->db);

    if (code == SQLITE_INTERRUPT)
        return error_set(err, ST_STOP, "stopped");
    return error_set(err, ST_SHELF, "the shelf cannot be read: %s; run codeshelf-verify on it, or import again",
                     sqlite3_errmsg(s->db));
}

enum status sql_open(struct shelf *s, const char *text, sqlite3_stmt **out, struct error *err)
{
    size_t i = 0;

    while (i < s->nstatements && s->statements[i].text != text)
        i++;
    if (i == STATEMENTS_MAX)
        return error_set(err, ST_SHELF, "too many statements"); /* a mistake in this folder, found by any test */
    if (i == s->nstatements) {
        if (sqlite3_prepare_v3(s->db, text, -1, SQLITE_PREPARE_PERSISTENT, &s->statements[i].stmt, NULL) != SQLITE_OK)
            return sql_failed(s, err);
        s->statements[i].text = text;
        s->nstatements++;
    }
    *out = s->statements[i].stmt;
    sqlite3_reset(*out);
    sqlite3_clear_bindings(*out);
    return ST_OK;
}

enum status sql_row(struct shelf *s, sqlite3_stmt *q, struct error *err)
{
    const int code = sqlite3_step(q);

    if (code == SQLITE_ROW)
        return ST_OK;
    const enum status st = code == SQLITE_DONE ? ST_NONE : sql_failed(s, err);
    sqlite3_reset(q);
    return st;
}

const char *sql_text(struct arena *a, sqlite3_stmt *q, int column)
{
    const unsigned char *text = sqlite3_column_text(q, column);
    return arena_strndup(a, text ? (const char *)text : "", (size_t)sqlite3_column_bytes(q, column));
}

void sql_close(struct shelf *s)
{
    for (size_t i = 0; i < s->nstatements; i++)
        sqlite3_finalize(s->statements[i].stmt);
    s->nstatements = 0;
}
