/* open.c - opening a desk, and its few SQLite calls.
 *
 * The desk keeps SQLite's rollback journal, not WAL: it stays one file that can be copied, mailed or put on a share, it works in
 * a home folder on the network, and in a folder that cannot be written to it opens as it is, under real locks, so that a shared
 * notes file may change while others read it. Every transaction here takes milliseconds; who meets one waits. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "codeshelf/paths.h"
#include "embedded.h"
#include "inside.h"

enum { DESK_APPLICATION = 0x4353444B, DESK_SCHEMA = 1, WAIT_MS = 5000 };

extern const struct embedded_file desk_sql[]; /* schema.sql alone */

enum status desk_failed(const struct desk *d, struct error *err)
{
    const int code = sqlite3_errcode(d->db) & 0xFF;
    if (code == SQLITE_NOMEM)
        out_of_memory();
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        return error_set(err, ST_IO, "%s: another program is writing to the desk", d->path);
    const bool damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_ERROR;
    return error_set(err, damaged ? ST_SHELF : ST_IO, "%s: %s", d->path, sqlite3_errmsg(d->db));
}

enum status desk_exec(const struct desk *d, const char *sql, struct error *err)
{
    return sqlite3_exec(d->db, sql, NULL, NULL, NULL) == SQLITE_OK ? ST_OK : desk_failed(d, err);
}

enum status desk_begin(const struct desk *d, struct error *err)
{
    if (sqlite3_db_readonly(d->db, "main") == 1)
        return error_set(err, ST_IO, "%s: this desk can only be read", d->path);
    return desk_exec(d, "BEGIN IMMEDIATE", err);
}

enum status desk_end(const struct desk *d, enum status st, struct error *err)
{
    if (st == ST_OK)
        st = desk_exec(d, "COMMIT", err);
    if (st != ST_OK)
        sqlite3_exec(d->db, "ROLLBACK", NULL, NULL, NULL);
    return st;
}

enum status query_open(const struct desk *d, const char *sql, sqlite3_stmt **out, struct error *err)
{
    return sqlite3_prepare_v2(d->db, sql, -1, out, NULL) == SQLITE_OK ? ST_OK : desk_failed(d, err);
}

enum status query_row(const struct desk *d, sqlite3_stmt *q, struct error *err)
{
    const int code = sqlite3_step(q);
    if (code == SQLITE_ROW)
        return ST_OK;
    return code == SQLITE_DONE ? ST_NONE : desk_failed(d, err);
}

enum status query_run(const struct desk *d, sqlite3_stmt *q, struct error *err)
{
    const enum status st = query_row(d, q, err);
    sqlite3_reset(q);
    return st == ST_NONE ? ST_OK : st;
}

void query_bind_text(sqlite3_stmt *q, int at, const char *text)
{
    sqlite3_bind_text(q, at, text, -1, SQLITE_STATIC);
}

const char *query_text(struct arena *a, sqlite3_stmt *q, int column)
{
    const unsigned char *text = sqlite3_column_text(q, column);
    return text ? arena_strdup(a, (const char *)text) : "";
}

/* A desk may come from anywhere (--notes), so that SQLite gets no chance to do more than read and write tables. */
static void harden(sqlite3 *db)
{
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 64 << 20);
}

/* Whether SQLite can write the file: it needs its folder too, for the journal. */
static bool is_writable(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct buf folder = {0};
    if (!slash)
        buf_putc(&folder, '.');
    else
        buf_add(&folder, path, slash == path ? 1 : (size_t)(slash - path));
    const bool writable = access(path, W_OK) == 0 && access(buf_text(&folder), W_OK) == 0;
    buf_free(&folder);
    return writable;
}

static enum status connect(struct desk *d, int flags, struct error *err)
{
    struct stat info;
    if (stat(d->path, &info) == 0 && !S_ISREG(info.st_mode))
        return error_set(err, ST_SHELF, "%s is no file; a desk is one SQLite file", d->path);
    const int code = sqlite3_open_v2(d->path, &d->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (!d->db)
        out_of_memory();
    if (code != SQLITE_OK)
        return error_set(err, ST_SHELF, "%s: the desk cannot be opened: %s", d->path, sqlite3_errmsg(d->db));
    sqlite3_busy_timeout(d->db, WAIT_MS);
    harden(d->db);
    return ST_OK;
}

/* Judges the file by its marks, which is also the first look at whether it is a database at all; *blank: there is nothing in it
 * yet. */
static enum status check_schema(const struct desk *d, bool *blank, struct error *err)
{
    static const char sql[] = "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)"
                              " FROM pragma_application_id, pragma_user_version";
    sqlite3_stmt *q = NULL;
    enum status st = query_open(d, sql, &q, err);
    *blank = false;
    if (st == ST_OK)
        st = query_row(d, q, err);
    if (st == ST_OK) {
        const int application = sqlite3_column_int(q, 0), schema = sqlite3_column_int(q, 1);
        *blank = application == 0 && schema == 0 && sqlite3_column_int(q, 2) == 0;
        if (!*blank && application != DESK_APPLICATION)
            st = error_set(err, ST_SHELF, "%s is a database but no desk", d->path);
        else if (!*blank && schema != DESK_SCHEMA)
            st = error_set(err, ST_SHELF, "%s is a desk of schema %d, this program reads %d: upgrade codeshelf", d->path, schema,
                           DESK_SCHEMA);
    } else if (sqlite3_errcode(d->db) == SQLITE_NOTADB) {
        st = error_set(err, ST_SHELF, "%s is no desk (%s)", d->path, sqlite3_errmsg(d->db));
    }
    sqlite3_finalize(q);
    return st;
}

/* Two programs may find the file empty: the one that comes second finds the tables there. */
static enum status make_tables(const struct desk *d, struct error *err)
{
    bool blank;
    enum status st = desk_begin(d, err);
    if (st != ST_OK)
        return st;
    st = check_schema(d, &blank, err);
    if (st == ST_OK && blank)
        st = desk_exec(d, (const char *)desk_sql[0].text, err);
    return desk_end(d, st, err);
}

static enum status open_file(const char *path, int flags, struct desk **out, struct error *err)
{
    struct desk *d = mem_alloc(sizeof *d);
    bool blank;
    *out = NULL;
    d->path = mem_strdup(path);
    enum status st = connect(d, flags, err);
    if (st == ST_OK)
        st = check_schema(d, &blank, err);
    if (st == ST_OK && blank)
        st = flags & SQLITE_OPEN_READONLY ? error_set(err, ST_SHELF, "%s is an empty file, no desk", path) : make_tables(d, err);
    if (st == ST_OK) {
        *out = d;
        d = NULL;
    }
    desk_close(d);
    return st;
}

enum status desk_open(const char *path, struct desk **out, struct error *err)
{
    struct stat info;
    *out = NULL;
    if (!*path)
        return error_set(err, ST_SHELF, "a desk needs a file name");
    if (stat(path, &info) == 0)
        return open_file(path, is_writable(path) ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY, out, err);
    const enum status st = errno == ENOENT ? path_make_folders(path, err) : ST_OK;
    return st == ST_OK ? open_file(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, out, err) : st;
}

enum status desk_open_notes(const char *path, struct desk **out, struct error *err)
{
    struct stat info;
    *out = NULL;
    if (stat(path, &info) != 0)
        return error_set(err, ST_SHELF, "no notes file at %s (%s)", path, strerror(errno));
    return open_file(path, SQLITE_OPEN_READONLY, out, err);
}

void desk_close(struct desk *d)
{
    if (!d)
        return;
    sqlite3_close(d->db);
    free(d->path);
    free(d);
}
