/* store.c - the write side of the shelf: which releases it has, which are put, and the lock that lets one importer in. */
#include "codeshelf/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "codeshelf/buf.h"
#include "db.h"
#include "fold.h"
#include "publish.h"
#include "store_int.h"

/* The lock is a file of its own: the shelf itself is renamed over, and a lock would go with the old one. */
static enum status take_lock(struct store *s, struct error *err)
{
    struct buf path = {0};
    enum status rc = ST_OK;

    buf_printf(&path, "%s.lock", s->path);
    s->lock = open(path.text, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (s->lock < 0 && errno == ENOENT)
        rc = error_set(err, ST_IO, "%s: the folder for the shelf is not there", s->path);
    else if (s->lock < 0)
        rc = error_set(err, ST_IO, "%s: cannot be opened: %s", path.text, strerror(errno));
    while (rc == ST_OK && flock(s->lock, LOCK_EX) != 0)
        if (errno != EINTR)
            rc = error_set(err, ST_IO, "%s: cannot be locked: %s", path.text, strerror(errno));
    buf_free(&path);
    return rc;
}

/* A shared lock, so that two who ask do not take each other for an importer. */
bool store_busy(const char *path)
{
    struct buf name = {0};

    buf_printf(&name, "%s.lock", path);
    const int lock = open(name.text, O_RDONLY | O_CLOEXEC);
    const bool busy = lock >= 0 && flock(lock, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    if (lock >= 0)
        close(lock);
    buf_free(&name);
    return busy;
}

static enum status check_header(struct store *s, struct error *err)
{
    sqlite3_int64 application = 0, version = 0;
    enum status rc = db_number(s->db, "PRAGMA application_id", &application, err);

    if (rc == ST_OK)
        rc = db_number(s->db, "PRAGMA user_version", &version, err);
    if (rc && sqlite3_errcode(s->db) == SQLITE_CORRUPT)
        return rc; /* one that was cut off */
    if (rc)
        return error_set(err, ST_SHELF, "%s: is no shelf; name another file or remove it", s->path);
    if (application != SHELF_APPLICATION_ID)
        return error_set(err, ST_SHELF, "%s: is a database but no shelf; name another file", s->path);
    if (version > SHELF_SCHEMA)
        return error_set(err, ST_SHELF, "%s: was written by a newer codeshelf (schema %lld, this one knows %d); upgrade codeshelf",
                         s->path, (long long)version, SHELF_SCHEMA);
    if (version < SHELF_SCHEMA_BEFORE)
        return error_set(err, ST_SHELF, "%s: was written by an older codeshelf (schema %lld, this one reads %d and %d);"
                         " remove it and import the official files again", s->path, (long long)version, SHELF_SCHEMA_BEFORE,
                         SHELF_SCHEMA);
    s->changed = version < SHELF_SCHEMA;
    return s->changed ? db_exec(s->db, SHELF_COMPLETE, err) : ST_OK;
}

static enum status read_slots(struct store *s, struct error *err)
{
    sqlite3_stmt *st = NULL;
    enum status rc = db_prepare(s->db, "SELECT id, codeset, name, from_date FROM release ORDER BY codeset, bit", &st, err);

    while (rc == ST_OK && sqlite3_step(st) == SQLITE_ROW) {
        struct slot slot = {(enum codeset)sqlite3_column_int(st, 1), "", sqlite3_column_int(st, 3), sqlite3_column_int64(st, 0),
                            NULL};
        const size_t n = (size_t)sqlite3_column_bytes(st, 2);
        memcpy(slot.name, db_text(st, 2), n < sizeof slot.name ? n : sizeof slot.name - 1);
        VEC_PUSH(&s->slots, slot);
    }
    if (sqlite3_finalize(st) != SQLITE_OK && rc == ST_OK)
        rc = db_fail(s->db, s->path, err);
    return rc;
}

static enum status open_old(struct store *s, struct error *err)
{
    char *fresh = publish_path(s->path);
    enum status rc = ST_OK;

    unlink(fresh);
    free(fresh);
    if (access(s->path, F_OK) != 0)
        return errno == ENOENT ? ST_OK : error_set(err, ST_IO, "%s: cannot be read: %s", s->path, strerror(errno));
    if (sqlite3_open_v2(s->path, &s->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        rc = db_fail(s->db, s->path, err);
    if (rc == ST_OK)
        rc = check_header(s, err);
    if (rc == ST_OK)
        rc = read_slots(s, err);
    return rc;
}

/* Before anything is left beside it. */
static enum status check_place(const char *path, struct error *err)
{
    struct stat about;

    if (stat(path, &about) == 0 && !S_ISREG(about.st_mode))
        return error_set(err, ST_SHELF, "%s: is %s; a shelf is one SQLite file", path,
                         S_ISDIR(about.st_mode) ? "a folder" : "no regular file");
    return ST_OK;
}

enum status store_open(const char *path, struct store **out, struct error *err)
{
    struct store *s = mem_alloc(sizeof *s);
    enum status rc;

    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* nobody asks how much it holds; counting takes a lock an allocation */
    s->path = mem_strdup(path);
    s->lock = -1;
    rc = check_place(path, err);
    if (rc == ST_OK)
        rc = take_lock(s, err);
    if (rc == ST_OK)
        rc = open_old(s, err);
    if (rc)
        store_close(s);
    else
        *out = s;
    return rc;
}

size_t store_count(const struct store *s)
{
    return s->slots.len;
}

enum status store_edition(struct store *s, size_t i, const struct edition **out, struct error *err)
{
    struct slot *slot = &s->slots.items[i];
    enum status rc = ST_OK;

    if (!slot->ed && !s->old)
        rc = rows_load(s->db, &s->old, err);
    if (!slot->ed && rc == ST_OK)
        rc = rows_edition(s->db, s->old, slot, &slot->ed, err);
    *out = slot->ed;
    return rc;
}

static size_t slot_find(const struct store *s, enum codeset set, const char *name)
{
    size_t i = 0;
    while (i < s->slots.len && (s->slots.items[i].set != set || strcmp(s->slots.items[i].name, name) != 0))
        i++;
    return i;
}

enum status store_find(struct store *s, enum codeset set, const char *name, const struct edition **out, struct error *err)
{
    const size_t i = slot_find(s, set, name);
    *out = NULL;
    return i < s->slots.len ? store_edition(s, i, out, err) : ST_NONE;
}

static int by_calendar(const void *a, const void *b)
{
    const struct slot *x = a, *y = b;
    if (x->set != y->set)
        return x->set < y->set ? -1 : 1;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return strcmp(x->name, y->name);
}

void store_put(struct store *s, struct edition *ed)
{
    const size_t i = slot_find(s, ed->set, ed->name);
    struct slot slot = {ed->set, "", ed->from, 0, ed};

    memcpy(slot.name, ed->name, sizeof slot.name);
    s->changed = 1;
    if (i < s->slots.len) {
        if (s->slots.items[i].ed)
            VEC_PUSH(&s->retired, s->slots.items[i].ed);
        s->slots.items[i] = slot;
    } else {
        VEC_PUSH(&s->slots, slot);
    }
    qsort(s->slots.items, s->slots.len, sizeof *s->slots.items, by_calendar);
}

/* The releases of a set that are there, for a message. */
static void slots_list(const struct store *s, enum codeset set, struct buf *out)
{
    for (size_t i = 0; i < s->slots.len; i++)
        if (s->slots.items[i].set == set)
            buf_printf(out, "%s%s", out->len ? ", " : "", s->slots.items[i].name);
    if (out->len == 0)
        buf_puts(out, "no release of it");
}

enum status store_drop(struct store *s, enum codeset set, const char *name, struct error *err)
{
    const size_t i = slot_find(s, set, name);

    if (i == s->slots.len) {
        struct buf there = {0};
        slots_list(s, set, &there);
        error_set(err, ST_NONE, "%s %s is not on the shelf, which has %s", codeset_title(set), name, buf_text(&there));
        buf_free(&there);
        return ST_NONE;
    }
    if (s->slots.items[i].ed)
        VEC_PUSH(&s->retired, s->slots.items[i].ed);
    memmove(&s->slots.items[i], &s->slots.items[i + 1], (s->slots.len - i - 1) * sizeof *s->slots.items);
    s->slots.len--;
    s->changed = 1;
    return ST_OK;
}

int store_changed(const struct store *s)
{
    return s->changed;
}

enum status store_publish(struct store *s, store_progress *progress, void *ctx, struct error *err)
{
    struct edition **editions = mem_alloc((s->slots.len + 1) * sizeof *editions);
    struct fold fold = {0};
    enum status rc = ST_OK;

    for (size_t i = 0; i < s->slots.len && rc == ST_OK; i++) {
        const struct edition *ed;
        rc = store_edition(s, i, &ed, err);
        editions[i] = s->slots.items[i].ed;
    }
    if (rc == ST_OK)
        rc = fold_editions(&fold, editions, s->slots.len, err);
    if (rc == ST_OK)
        rc = publish_fold(s->path, &fold, progress, ctx, err);
    fold_free(&fold);
    free(editions);
    return rc;
}

void store_close(struct store *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->slots.len; i++)
        edition_free(s->slots.items[i].ed);
    for (size_t i = 0; i < s->retired.len; i++)
        edition_free(s->retired.items[i]);
    free(s->slots.items);
    free(s->retired.items);
    rows_free(s->old);
    sqlite3_close(s->db);
    if (s->lock >= 0)
        close(s->lock);
    free(s->path);
    free(s);
}

static enum status count_releases(sqlite3 *db, size_t *out, struct error *err)
{
    sqlite3_stmt *q = NULL;
    const enum status rc = db_prepare(db, "SELECT count(*) FROM release", &q, err);

    if (rc == ST_OK && sqlite3_step(q) == SQLITE_ROW)
        *out = (size_t)sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return rc;
}

/* Checked in a copy in memory: the full-text check is an INSERT, which a read-only share would refuse. */
enum status store_verify(const char *path, size_t *releases, struct error *err)
{
    struct store s = {.lock = -1};
    sqlite3 *copy = NULL;
    enum status rc = ST_OK;

    s.path = mem_strdup(path);
    if (access(path, R_OK) != 0)
        rc = error_set(err, ST_SHELF, "%s: cannot be read: %s", path, strerror(errno));
    else if (sqlite3_open_v2(path, &s.db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        rc = db_fail(s.db, path, err);
    if (rc == ST_OK)
        rc = check_header(&s, err);
    if (rc == ST_OK && sqlite3_open(":memory:", &copy) != SQLITE_OK)
        rc = db_fail(copy, path, err);
    if (rc == ST_OK) {
        sqlite3_backup *backup = sqlite3_backup_init(copy, "main", s.db, "main");
        if (!backup || sqlite3_backup_step(backup, -1) != SQLITE_DONE)
            rc = db_fail(copy, path, err);
        sqlite3_backup_finish(backup);
    }
    if (rc == ST_OK && s.changed)
        rc = db_exec(copy, SHELF_COMPLETE, err);
    if (rc == ST_OK && (check_shelf(copy, path, err) != ST_OK || check_full_text(copy, path, err) != ST_OK))
        rc = ST_INPUT;
    if (rc == ST_OK && releases)
        rc = count_releases(copy, releases, err);
    sqlite3_close(copy);
    sqlite3_close(s.db);
    free(s.path);
    return rc;
}
