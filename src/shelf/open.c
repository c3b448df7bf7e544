/* open.c - opening a shelf read-only and hardened.
 *
 * The file may come from anywhere, so SQLite gets no chance to do more than read tables: read-only, defensive, no trusted
 * schema, small limits. An importer never changes a shelf in place, it renames a new file over it; so one read transaction
 * lasts as long as the connection and spares a lock for every statement. In a folder that cannot be written to (a
 * department's share) not even locks are taken. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "codeshelf/buf.h"
#include "inside.h"

static void add_escaped(struct buf *uri, const char *path)
{
    for (; *path; path++) {
        if (strchr("%?#", *path))
            buf_printf(uri, "%%%02X", (unsigned char)*path);
        else
            buf_putc(uri, *path);
    }
}

static bool folder_writable(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct buf folder = {0};

    if (!slash)
        buf_putc(&folder, '.');
    else
        buf_add(&folder, path, slash == path ? 1 : (size_t)(slash - path));
    const bool writable = access(buf_text(&folder), W_OK) == 0;
    buf_free(&folder);
    return writable;
}

static void harden(sqlite3 *db)
{
    static const struct {
        int id, value;
    } limits[] = {
        {SQLITE_LIMIT_LENGTH, 64 << 20},     {SQLITE_LIMIT_SQL_LENGTH, 1 << 16}, {SQLITE_LIMIT_COLUMN, 64},
        {SQLITE_LIMIT_EXPR_DEPTH, 64},       {SQLITE_LIMIT_COMPOUND_SELECT, 8},  {SQLITE_LIMIT_VDBE_OP, 25000},
        {SQLITE_LIMIT_FUNCTION_ARG, 16},     {SQLITE_LIMIT_ATTACHED, 0},         {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100},
        {SQLITE_LIMIT_VARIABLE_NUMBER, 32},  {SQLITE_LIMIT_TRIGGER_DEPTH, 1},    {SQLITE_LIMIT_WORKER_THREADS, 0},
    };

    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        sqlite3_limit(db, limits[i].id, limits[i].value);
}

static enum status connect(struct shelf *s, const char *path, struct error *err)
{
    struct buf uri = {0};
    struct stat info;

    if (stat(path, &info) != 0 && errno == ENOENT)
        return error_set(err, ST_SHELF, "no shelf at %s; codeshelf-import makes one from official files", path);
    if (access(path, R_OK) != 0 || stat(path, &info) != 0)
        return error_set(err, ST_SHELF, "%s cannot be opened: %s", path, strerror(errno));
    if (!S_ISREG(info.st_mode))
        return error_set(err, ST_SHELF, "%s is no file; a shelf is one SQLite file", path);
    buf_puts(&uri, "file:");
    add_escaped(&uri, path);
    buf_puts(&uri, folder_writable(path) ? "?mode=ro" : "?mode=ro&immutable=1");
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* nobody asks how much it holds; counting takes a lock an allocation */
    const int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
    const int code = sqlite3_open_v2(buf_text(&uri), &s->db, flags, NULL);
    buf_free(&uri);
    if (!s->db)
        out_of_memory();
    return code == SQLITE_OK ? ST_OK : sql_failed(s, err);
}

/* What a shelf of the schema before lacks stands beside it, empty: no release of it tells of replacements. */
static enum status complete(struct shelf *s, struct error *err)
{
    static const char sql[] = "PRAGMA temp_store = MEMORY;"
                              "CREATE TEMP TABLE replacement (codeset, mask, old, last, now, from_date, said)";
    return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK ? ST_OK : sql_failed(s, err);
}

/* Reads application_id and user_version, which is also the first look at whether the file is a database at all. */
static enum status check_schema(struct shelf *s, const char *path, struct error *err)
{
    static const char sql[] = "SELECT application_id, user_version FROM pragma_application_id, pragma_user_version";
    sqlite3_stmt *q;

    if (sql_open(s, sql, &q, NULL) != ST_OK || sqlite3_step(q) != SQLITE_ROW)
        return error_set(err, ST_SHELF, "%s is no shelf (%s); codeshelf-import makes one from official files", path,
                         sqlite3_errmsg(s->db));
    const int application = sqlite3_column_int(q, 0), schema = sqlite3_column_int(q, 1);
    sqlite3_reset(q);
    if (application != SHELF_APPLICATION)
        return error_set(err, ST_SHELF, "%s is a database but no shelf; codeshelf-import makes one from official files",
                         path);
    if (schema > SHELF_SCHEMA || schema < SHELF_SCHEMA_BEFORE)
        return error_set(err, ST_SHELF, "%s is a shelf of schema %d, this program reads %d and %d: %s", path, schema,
                         SHELF_SCHEMA_BEFORE, SHELF_SCHEMA, schema > SHELF_SCHEMA ? "upgrade codeshelf"
                         : "remove it and import the official files again");
    return schema < SHELF_SCHEMA ? complete(s, err) : ST_OK;
}

enum status shelf_open(const char *path, struct shelf **out, struct error *err)
{
    struct shelf *s = mem_alloc(sizeof *s);

    *out = NULL;
    enum status st = connect(s, path, err);
    if (st != ST_OK)
        goto done;
    harden(s->db);
    if ((st = check_schema(s, path, err)) != ST_OK)
        goto done;
    if (sqlite3_exec(s->db, "PRAGMA cache_size = -6000; BEGIN", NULL, NULL, NULL) != SQLITE_OK) {
        st = sql_failed(s, err);
        goto done;
    }
    if ((st = releases_load(s, err)) != ST_OK || (st = shelf_as_of(s, 0, err)) != ST_OK)
        goto done;
    *out = s;
    s = NULL;
done:
    shelf_close(s);
    return st;
}

void shelf_close(struct shelf *s)
{
    if (!s)
        return;
    sql_close(s);
    releases_free(s);
    sqlite3_close(s->db);
    arena_free(&s->arena);
    free(s);
}

bool shelf_replaced(const struct shelf *s)
{
    int moved = 0;

    return sqlite3_file_control(s->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved &&
           access(sqlite3_db_filename(s->db, "main"), F_OK) == 0;
}
