/* publish.c - one new shelf file, written beside the old one, checked, synced and renamed over it.
 *
 * The new file is <shelf>.new; the lock is held, so one found there is what a killed importer left, and is removed. It needs
 * no journal: until the rename it is nobody's shelf. */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "codeshelf/arena.h"
#include "codeshelf/buf.h"
#include "db.h"
#include "embedded.h"
#include "fold.h"
#include "publish.h"
#include "store_int.h"
#include "write.h"

extern const struct embedded_file store_sql[];
extern const unsigned store_sql_count;

const char *store_sql_text(const char *name)
{
    for (unsigned i = 0; i < store_sql_count; i++)
        if (strcmp(store_sql[i].name, name) == 0)
            return (const char *)store_sql[i].text;
    return "";
}

static void say(store_progress *progress, void *ctx, const char *what, double part)
{
    if (progress)
        progress(ctx, what, part);
}

static enum status write_shelf(sqlite3 *db, const struct fold *f, store_progress *progress, void *ctx, struct error *err)
{
    static const char pragmas[] = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
                                  "PRAGMA cache_size = -262144; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF; BEGIN";
    enum status rc = db_exec(db, pragmas, err);

    if (rc == ST_OK)
        rc = db_exec(db, store_sql_text("schema.sql"), err);
    say(progress, ctx, "writing", 0.1);
    if (rc == ST_OK)
        rc = write_rows(db, f, err);
    say(progress, ctx, "indexing", 0.4);
    if (rc == ST_OK)
        rc = write_docs(db, f, err);
    say(progress, ctx, "indexing", 0.6);
    if (rc == ST_OK)
        rc = db_exec(db, store_sql_text("indexes.sql"), err);
    if (rc == ST_OK)
        rc = db_exec(db, "ANALYZE; COMMIT", err);
    return rc;
}

/* The check of the full-text indexes, which takes as long as all others together: on a connection and a processor of its own. */
struct full_text {
    const char *path;
    enum status rc;
    struct error err;
};

static void *check_beside(void *ctx)
{
    struct full_text *check = ctx;
    sqlite3 *db = NULL;

    if (sqlite3_open_v2(check->path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        check->rc = db_fail(db, check->path, &check->err);
    else
        check->rc = db_exec(db, "BEGIN", &check->err); /* never committed: the check writes nothing, but its statement could */
    if (check->rc == ST_OK)
        check->rc = check_full_text(db, check->path, &check->err);
    sqlite3_close(db);
    return NULL;
}

/* Everything that is checked of a shelf just written. */
static enum status check_all(sqlite3 *db, const char *path, struct error *err)
{
    struct full_text beside = {.path = path};
    pthread_t thread;
    enum status rc = db_exec(db, "PRAGMA locking_mode = NORMAL; SELECT 1 FROM release LIMIT 1", err); /* lets another one in */

    if (rc != ST_OK)
        return rc;
    const bool two = pthread_create(&thread, NULL, check_beside, &beside) == 0;
    rc = check_shelf(db, path, err);
    if (two)
        pthread_join(thread, NULL);
    else
        beside.rc = check_full_text(db, path, &beside.err);
    if (rc == ST_OK && beside.rc != ST_OK)
        *err = beside.err;
    return rc == ST_OK ? beside.rc : rc;
}

/* Makes what was written outlast a power cut: the file's bytes, or a folder's entries. 0 or what errno says. */
static int sync_path(const char *path, int flags)
{
    const int fd = open(path, flags | O_CLOEXEC);
    const int why = fd < 0 || fsync(fd) != 0 ? errno : 0;

    if (fd >= 0)
        close(fd);
    return why;
}

/* Some file systems, of a network mostly, cannot sync a folder and say EINVAL: no reason to refuse a shelf that is in place. */
static enum status swap_in(const char *fresh, const char *path, struct error *err)
{
    int why = sync_path(fresh, O_RDONLY);

    if (why)
        return error_set(err, ST_IO, "%s: cannot be synced: %s", fresh, strerror(why));
    if (rename(fresh, path) != 0)
        return error_set(err, ST_IO, "%s: cannot be renamed to %s: %s", fresh, path, strerror(errno));
    char *copy = mem_strdup(path);
    why = sync_path(dirname(copy), O_RDONLY | O_DIRECTORY);
    free(copy);
    if (why && why != EINVAL)
        return error_set(err, ST_IO, "%s: is the new shelf, but a power cut may undo that: its folder cannot be synced: %s", path,
                         strerror(why));
    return ST_OK;
}

char *publish_path(const char *path)
{
    struct buf fresh = {0};
    buf_printf(&fresh, "%s.new", path);
    return fresh.text;
}

enum status publish_fold(const char *path, const struct fold *f, store_progress *progress, void *ctx, struct error *err)
{
    char *fresh = publish_path(path);
    sqlite3 *db = NULL;
    enum status rc = ST_OK;

    unlink(fresh);
    say(progress, ctx, "writing", 0);
    if (sqlite3_open_v2(fresh, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        rc = db_fail(db, fresh, err);
    if (rc == ST_OK)
        rc = write_shelf(db, f, progress, ctx, err);
    say(progress, ctx, "checking", 0.8);
    if (rc == ST_OK)
        rc = check_all(db, fresh, err);
    if (sqlite3_close(db) != SQLITE_OK && rc == ST_OK)
        rc = error_set(err, ST_IO, "%s: cannot be closed", fresh);
    if (rc == ST_OK)
        rc = swap_in(fresh, path, err);
    if (rc)
        unlink(fresh);
    else
        say(progress, ctx, "done", 1);
    free(fresh);
    return rc;
}
