/* collect.c - a walk over folders and zips, everything by name and in the order of names.
 *
 * Each place on the way is a struct place: the path for messages, the name a release will record, and the trail of names that
 * may tell the release. All three grow together on the way down. Files are read whole, one at a time, so that only what the
 * taker keeps stays in memory. */
#include "collect.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "codeshelf/buf.h"
#include "codeshelf/utf8.h"
#include "reader/lines.h"
#include "reader/xlsx.h"
#include "reader/zip.h"

struct walk {
    struct arena *arena;
    collect_taker *take;
    void *ctx;
    size_t files;
    bool named; /* the path that is being taken was typed */
};

struct place {
    const char *path, *source, *trail;
};

struct names {
    char **items;
    size_t len, cap;
};

static enum status take_bytes(struct walk *w, const struct place *at, char *bytes, size_t len, int depth, struct error *err);

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Names go to the terminal and into the shelf: UTF-8 without control characters. */
static const char *clean(struct walk *w, const char *name)
{
    struct buf out = {0};
    utf8_from_bytes(&out, name, strlen(name));
    const char *kept = arena_strdup(w->arena, buf_text(&out));
    buf_free(&out);
    return kept;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Hidden files and what macOS leaves in zips are no official files. */
static bool passed_over(const char *path)
{
    return base_name(path)[0] == '.' || strstr(path, "__MACOSX/") != NULL;
}

/* Documents that come with every release and are not read. */
static const char *known_document(const char *bytes, size_t len)
{
    if (len >= 8 && memcmp(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0) {
        return "an old Office document";
    }
    return NULL;
}

static enum status give(struct walk *w, const struct place *at, char *bytes, size_t len, const char *not_needed,
                        struct error *err)
{
    struct collected file = {.path = at->path, .name = base_name(at->path), .source = at->source, .trail = at->trail,
                             .bytes = bytes, .len = len, .not_needed = not_needed, .named = w->named};
    if (++w->files > COLLECT_FILES_MAX) {
        free(bytes);
        return input_error(err, at->path, 0, 0, "at most %d files in one call expected", COLLECT_FILES_MAX);
    }
    enum status st = w->take(w->ctx, &file, err);
    free(file.bytes);
    return st;
}

struct member {
    const char *name;
    size_t index;
};

static int compare_members(const void *a, const void *b)
{
    const struct member *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

static enum status take_zip(struct walk *w, const struct place *at, struct zipfile *z, int depth, struct error *err)
{
    size_t n = zipfile_count(z);
    struct member *members = mem_alloc((n + 1) * sizeof *members);
    enum status st = ST_OK;
    for (size_t i = 0; i < n; i++) {
        members[i] = (struct member){zipfile_name(z, i), i};
    }
    qsort(members, n, sizeof *members, compare_members);
    for (size_t i = 0; i < n && st == ST_OK; i++) {
        const char *name = clean(w, members[i].name);
        size_t length = strlen(name);
        char *bytes = NULL;
        size_t len = 0;
        if (length == 0 || name[length - 1] == '/' || passed_over(name)) {
            continue;
        }
        struct place inner = {arena_printf(w->arena, "%s/%s", at->path, name),
                              arena_printf(w->arena, "%s/%s", at->source, base_name(name)),
                              arena_printf(w->arena, "%s/%s", at->trail, name)};
        st = zipfile_unpack(z, members[i].index, &bytes, &len, err);
        if (st == ST_OK) {
            st = take_bytes(w, &inner, bytes, len, depth + 1, err);
        }
    }
    free(members);
    return st;
}

/* Office documents are zips with a list of their parts. */
static bool is_office(struct zipfile *z)
{
    for (size_t i = 0; i < zipfile_count(z); i++) {
        if (strcmp(zipfile_name(z, i), "[Content_Types].xml") == 0) {
            return true;
        }
    }
    return false;
}

/* Owns bytes from here. */
static enum status take_bytes(struct walk *w, const struct place *at, char *bytes, size_t len, int depth, struct error *err)
{
    const char *document = known_document(bytes, len);
    struct zipfile *z = NULL;
    enum status st = ST_OK;
    if (document || !zipfile_is(bytes, len)) {
        return give(w, at, bytes, len, document, err);
    }
    st = zipfile_open(at->path, bytes, len, &z, err);
    if (st != ST_OK) {
        goto done;
    }
    if (is_office(z)) {
        zipfile_close(z);
        return give(w, at, bytes, len, xlsx_is(bytes, len) ? NULL : "an Office document", err);
    }
    if (depth == COLLECT_ZIP_DEPTH) {
        st = input_error(err, at->path, 0, 0, "zips at most %d deep expected", COLLECT_ZIP_DEPTH);
        goto done;
    }
    st = take_zip(w, at, z, depth, err);
done:
    zipfile_close(z);
    free(bytes);
    return st;
}

static enum status cannot_read(const char *path, struct error *err)
{
    return input_error(err, path, 0, 0, "cannot be read: %s", strerror(errno));
}

static enum status read_file(int fd, const char *path, size_t size, char **out, size_t *len, struct error *err)
{
    char *bytes = mem_alloc(size + 1);
    size_t got = 0;
    while (got < size) {
        ssize_t n = read(fd, bytes + got, size - got);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            free(bytes);
            return cannot_read(path, err);
        }
        if (n == 0) {
            break;
        }
        got += (size_t)n;
    }
    *out = bytes;
    *len = got;
    return ST_OK;
}

static enum status take_file(struct walk *w, const char *real, const struct place *at, int fd, struct error *err)
{
    struct stat about;
    char head[8];
    char *bytes = NULL;
    size_t len = 0;
    if (fstat(fd, &about) != 0) {
        return cannot_read(real, err);
    }
    size_t size = (size_t)about.st_size;
    if (size > COLLECT_FILE_MAX) {
        return input_error(err, at->path, 0, 0, "at most %zu MB expected, found %zu", COLLECT_FILE_MAX >> 20, size >> 20);
    }
    ssize_t n = pread(fd, head, sizeof head, 0);
    const char *document = n > 0 ? known_document(head, (size_t)n) : NULL;
    if (document) {
        return give(w, at, NULL, 0, document, err);
    }
    enum status st = read_file(fd, at->path, size, &bytes, &len, err);
    return st == ST_OK ? take_bytes(w, at, bytes, len, 0, err) : st;
}

/* The names in a folder, sorted. */
static enum status list_folder(const char *path, struct names *out, struct error *err)
{
    DIR *folder = opendir(path);
    if (!folder) {
        return cannot_read(path, err);
    }
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] != '.') {
            VEC_PUSH(out, mem_strdup(entry->d_name));
        }
    }
    closedir(folder);
    if (out->len > 1) {
        qsort(out->items, out->len, sizeof *out->items, compare_names);
    }
    return ST_OK;
}

/* The end of a trail: the file's own name and the folders next above it. */
static const char *cut_trail(const char *trail)
{
    const char *from = trail + strlen(trail);
    for (int parts = 0; from > trail; from--) {
        if (from[-1] == '/' && ++parts > COLLECT_FOLDERS_SEEN) {
            break;
        }
    }
    return from;
}

static enum status take_path(struct walk *w, const char *real, const struct place *at, int depth, bool named, struct error *err)
{
    struct names names = {0};
    struct stat about;
    /* Non-blocking: a named pipe in the folder must not hold the import up. */
    int fd = open(real, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    enum status st = ST_OK;
    if (fd < 0 || fstat(fd, &about) != 0) {
        st = cannot_read(real, err);
        goto done;
    }
    if (S_ISREG(about.st_mode)) {
        w->named = named;
        st = take_file(w, real, &(struct place){at->path, at->source, cut_trail(at->trail)}, fd, err);
        goto done;
    }
    if (!S_ISDIR(about.st_mode)) {
        st = named ? input_error(err, at->path, 0, 0, "a file or folder expected") : ST_OK;
        goto done;
    }
    if (depth == COLLECT_FOLDER_DEPTH) {
        st = input_error(err, at->path, 0, 0, "folders at most %d deep expected", COLLECT_FOLDER_DEPTH);
        goto done;
    }
    st = list_folder(real, &names, err);
    for (size_t i = 0; i < names.len && st == ST_OK; i++) {
        const char *name = clean(w, names.items[i]);
        struct place inner = {arena_printf(w->arena, "%s/%s", at->path, name), name,
                              arena_printf(w->arena, "%s/%s", at->trail, name)};
        st = take_path(w, arena_printf(w->arena, "%s/%s", real, names.items[i]), &inner, depth + 1, false, err);
    }
done:
    for (size_t i = 0; i < names.len; i++) {
        free(names.items[i]);
    }
    free(names.items);
    if (fd >= 0) {
        close(fd);
    }
    return st;
}

enum status collect_files(struct arena *arena, char *const *paths, size_t n, collect_taker *take, void *ctx, struct error *err)
{
    struct walk w = {.arena = arena, .take = take, .ctx = ctx};
    char *here = getcwd(NULL, 0);
    enum status st = ST_OK;
    for (size_t i = 0; i < n && st == ST_OK; i++) {
        char *path = arena_strdup(arena, paths[i]);
        for (size_t len = strlen(path); len > 1 && path[len - 1] == '/'; len--) {
            path[len - 1] = '\0';
        }
        /* "codeshelf-import ." in a folder named FY2016 says as much as naming that folder. */
        const char *shown = clean(&w, path);
        bool dot = strcmp(path, ".") == 0;
        const char *trail = path[0] == '/' ? shown
                            : dot          ? clean(&w, here ? here : "")
                                           : arena_printf(arena, "%s/%s", clean(&w, here ? here : ""), shown);
        st = take_path(&w, path, &(struct place){shown, base_name(shown), trail}, 0, true, err);
    }
    free(here);
    return st;
}
