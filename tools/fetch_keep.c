/* fetch_keep.c - from a part file to a file that can be trusted.
 *
 * A server may answer a request for a zip with a page of regrets and the status 200, or end a body early without anybody
 * noticing. So a file is looked at before it gets its name: the first bytes must fit the ending of the name, a zip must have its
 * end, and the checksum must be the known one. The checksum is written first and the name given last; whatever happens between,
 * a name without its checksum, or with another one, is fetched again. */
#include "fetch_keep.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reader/html.h"
#include "reader/sha256.h"

enum { PATH_MOST = 4096, ZIP_END_SIZE = 22, ZIP_COMMENT_MOST = 65535 };

/* A file in memory, read only. */
struct view {
    const unsigned char *bytes;
    size_t n;
};

static void close_view(struct view *v)
{
    if (v->n > 0) {
        munmap((void *)(uintptr_t)v->bytes, v->n);
    }
    *v = (struct view){0};
}

/* False when there is no such file. */
static bool open_view(const char *path, struct view *out)
{
    struct stat about;
    void *at = NULL;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    *out = (struct view){0};
    bool ok = fd >= 0 && fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
    if (ok && about.st_size > 0) {
        at = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        ok = at != MAP_FAILED;
        if (ok) {
            *out = (struct view){.bytes = at, .n = (size_t)about.st_size};
        }
    }
    if (fd >= 0) {
        close(fd);
    }
    return ok;
}

static bool begins(const struct view *v, const char *magic)
{
    return v->n >= strlen(magic) && memcmp(v->bytes, magic, strlen(magic)) == 0;
}

/* Whether the record that ends every zip is there. */
static bool zip_has_end(const struct view *v)
{
    size_t lowest = v->n > ZIP_END_SIZE + ZIP_COMMENT_MOST ? v->n - ZIP_END_SIZE - ZIP_COMMENT_MOST : 0;
    for (size_t at = v->n >= ZIP_END_SIZE ? v->n - ZIP_END_SIZE + 1 : 0; at > lowest; at--) {
        if (memcmp(v->bytes + at - 1, "PK\5\6", 4) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_ending(const char *path, const char *ending)
{
    size_t n = strlen(path), m = strlen(ending);
    return n > m && strcasecmp(path + n - m, ending) == 0;
}

/* Whether the bytes are of the kind that the name says. */
static enum status check_kind(const char *path, const struct view *v, const char *address, struct error *err)
{
    bool zip = has_ending(path, ".zip") || has_ending(path, ".xlsx");
    if (v->n == 0) {
        return error_set(err, ST_INPUT, "%s: nothing came", address);
    }
    if (html_is((const char *)v->bytes, v->n)) {
        return error_set(err, ST_INPUT, "%s: a web page came instead of the file", address);
    }
    if (zip ? !begins(v, "PK\3\4") : has_ending(path, ".pdf") && !begins(v, "%PDF")) {
        return error_set(err, ST_INPUT, "%s: what came is not a %s", address, strrchr(path, '.') + 1);
    }
    if (zip && !zip_has_end(v)) {
        return error_set(err, ST_INPUT, "%s: the zip that came is cut off after %zu bytes", address, v->n);
    }
    return ST_OK;
}

static bool path_with(const char *path, const char *ending, char out[PATH_MOST])
{
    int n = snprintf(out, PATH_MOST, "%s%s", path, ending);
    return n > 0 && n < PATH_MOST;
}

/* The checksum recorded beside a file, empty when there is none. */
static void read_record(const char *path, char out[65])
{
    char record[PATH_MOST];
    FILE *f = path_with(path, ".sha256", record) ? fopen(record, "r") : NULL;
    out[0] = '\0';
    if (f) {
        if (fscanf(f, "%64[0-9a-f]", out) != 1) {
            out[0] = '\0';
        }
        fclose(f);
    }
}

/* In the form that sha256sum -c reads. */
static enum status write_record(const char *path, const char *sum, struct error *err)
{
    char record[PATH_MOST];
    const char *slash = strrchr(path, '/');
    FILE *f = path_with(path, ".sha256", record) ? fopen(record, "w") : NULL;
    bool ok = f && fprintf(f, "%s  %s\n", sum, slash ? slash + 1 : path) > 0 && fflush(f) == 0 && fsync(fileno(f)) == 0;
    if (f && fclose(f) != 0) {
        ok = false;
    }
    return ok ? ST_OK : error_set(err, ST_IO, "%s.sha256: cannot be written: %s", path, strerror(errno));
}

/* Whether the file is there as it was recorded, and as it is expected. */
static bool is_there(const char *path, const char *expected, struct kept *out)
{
    char recorded[65];
    struct view v;
    read_record(path, recorded);
    if (!recorded[0] || !open_view(path, &v)) {
        return false;
    }
    sha256_hex(v.n ? v.bytes : (const unsigned char *)"", v.n, out->sha256);
    out->bytes = (int64_t)v.n;
    out->already = true;
    close_view(&v);
    return strcmp(out->sha256, recorded) == 0 && (!expected[0] || strcmp(out->sha256, expected) == 0);
}

/* Looks at the whole part file; one that is wrong is removed. */
static enum status check_part(const char *path, const char *expected, const struct transfer *t, struct kept *out,
                              struct error *err)
{
    struct view v;
    if (!open_view(t->part, &v)) {
        return error_set(err, ST_IO, "%s: cannot be read: %s", t->part, strerror(errno));
    }
    enum status st = check_kind(path, &v, t->address, err);
    if (st == ST_OK) {
        sha256_hex(v.bytes, v.n, out->sha256);
        out->bytes = (int64_t)v.n;
    }
    close_view(&v);
    if (st == ST_OK && expected[0] && strcmp(out->sha256, expected) != 0) {
        st = error_set(err, ST_INPUT, "%s: another file than expected: its SHA-256 is %s, not %s", t->address, out->sha256,
                       expected);
    }
    if (st != ST_OK) {
        transfer_discard(t->part);
    }
    return st;
}

/* Gives the part file its name, to outlast a loss of power. */
static enum status give_name(const char *part, const char *path, struct error *err)
{
    char folder[PATH_MOST];
    snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(path, '/') - path), path);
    if (rename(part, path) != 0) {
        return error_set(err, ST_IO, "%s: cannot be written: %s", path, strerror(errno));
    }
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    return ST_OK;
}

enum status keep_file(const char *path, const char *expected, bool anew, struct transfer *t, struct kept *out, struct error *err)
{
    char part[PATH_MOST];
    if (!strchr(path, '/') || !path_with(path, ".part", part)) {
        return error_set(err, ST_IO, "%s: a shorter path expected", path);
    }
    *out = (struct kept){0};
    if (!anew && is_there(path, expected, out)) {
        return ST_OK;
    }
    *out = (struct kept){0};
    t->part = part;
    enum status st = transfer_fetch(t, err);
    if (st == ST_OK) {
        st = check_part(path, expected, t, out, err);
    } else if (st == ST_NONE) {
        transfer_discard(part);
    }
    if (st == ST_OK) {
        st = write_record(path, out->sha256, err);
    }
    if (st == ST_OK) {
        st = give_name(part, path, err);
    }
    if (st == ST_OK) {
        transfer_settle(part);
    }
    t->part = NULL;
    return st;
}

enum status keep_folder(const char *given, struct buf *out, struct error *err)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    if (given) {
        buf_printf(out, "%s%s", given[0] == '/' ? "" : "./", given);
    } else if (cache && cache[0] == '/') {
        buf_printf(out, "%s/codeshelf", cache);
    } else if (home && home[0]) {
        buf_printf(out, "%s/.cache/codeshelf", home);
    } else {
        return error_set(err, ST_IO, "no place for files: name a folder with --cache DIR");
    }
    return ST_OK;
}
