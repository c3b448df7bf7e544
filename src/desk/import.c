/* import.c - a notes file onto the desk: read whole, judged whole, then put in place of the collection of its name in one
 * transaction. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "codeshelf/date.h"
#include "codeshelf/utf8.h"
#include "inside.h"
#include "markdown.h"

enum { FILE_MOST = 16 << 20, NAME_MOST = 200 };

static enum status read_file(const char *path, struct buf *out, struct error *err)
{
    struct stat info;
    FILE *f = fopen(path, "rb");
    if (!f || fstat(fileno(f), &info) != 0) {
        const int why = errno;
        if (f)
            fclose(f);
        return error_set(err, ST_IO, "%s: cannot be read: %s", path, strerror(why));
    }
    const bool failed = !S_ISDIR(info.st_mode) && !buf_read(out, f, FILE_MOST);
    fclose(f);
    if (S_ISDIR(info.st_mode))
        return error_set(err, ST_INPUT, "%s: expected a Markdown file, found a folder", path);
    if (failed)
        return error_set(err, ST_IO, "%s: cannot be read", path);
    if (out->len > FILE_MOST)
        return error_set(err, ST_INPUT, "%s: expected at most %d MB of notes, found more", path, FILE_MOST >> 20);
    return ST_OK;
}

/* The name without folders and the ending ".md". */
static void add_stem(struct buf *out, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    utf8_from_bytes(out, name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

/* The collection's name on one line. */
static enum status choose_name(const char *given, const struct markdown *m, const char *path, struct arena *a, const char **out,
                               struct error *err)
{
    struct buf raw = {0}, name = {0};
    enum status st = ST_OK;
    if (given || m->title)
        utf8_from_bytes(&raw, given ? given : m->title, strlen(given ? given : m->title));
    else
        add_stem(&raw, path);
    text_squeeze(&name, buf_text(&raw), raw.len);
    if (name.len == 0)
        st = error_set(err, ST_USAGE, "a collection needs a name");
    else if (name.len > NAME_MOST)
        st = error_set(err, ST_INPUT, "%s: expected a name of at most %d bytes, found %zu; name it with --name", path, NAME_MOST,
                       name.len);
    else
        *out = arena_strdup(a, name.text);
    buf_free(&raw);
    buf_free(&name);
    return st;
}

static enum status put_collection(const struct desk *d, const char *name, const struct markdown *m, const char *path,
                                  struct error *err)
{
    static const char sql[] = "INSERT INTO collection (name, about, source, imported) VALUES (?1, ?2, ?3, ?4)";
    const char *slash = strrchr(path, '/');
    struct buf source = {0};
    sqlite3_stmt *q = NULL;
    enum status st = query_open(d, sql, &q, err);
    if (st == ST_OK) {
        utf8_from_bytes(&source, slash ? slash + 1 : path, strlen(slash ? slash + 1 : path));
        query_bind_text(q, 1, name);
        query_bind_text(q, 2, m->about ? m->about : "");
        query_bind_text(q, 3, buf_text(&source));
        sqlite3_bind_int64(q, 4, time_of_import());
        st = query_run(d, q, err);
    }
    sqlite3_finalize(q);
    buf_free(&source);
    return st;
}

static enum status put_range(const struct desk *d, sqlite3_stmt *q, sqlite3_int64 note, size_t ordinal,
                             const struct code_range *r, struct error *err)
{
    sqlite3_bind_int64(q, 1, note);
    sqlite3_bind_int64(q, 2, (sqlite3_int64)ordinal);
    sqlite3_bind_int(q, 3, (int)r->set);
    query_bind_text(q, 4, r->first);
    query_bind_text(q, 5, r->last);
    return query_run(d, q, err);
}

static enum status put_notes(const struct desk *d, const struct markdown *m, struct error *err)
{
    const sqlite3_int64 collection = sqlite3_last_insert_rowid(d->db);
    sqlite3_stmt *note = NULL, *range = NULL;
    enum status st = query_open(d, "INSERT INTO note (collection, text) VALUES (?1, ?2)", &note, err);
    if (st == ST_OK)
        st = query_open(d, "INSERT INTO note_range VALUES (?1, ?2, ?3, ?4, ?5)", &range, err);
    for (size_t i = 0; i < m->len && st == ST_OK; i++) {
        const struct piece *piece = &m->items[i];
        sqlite3_bind_int64(note, 1, collection);
        query_bind_text(note, 2, piece->text);
        st = query_run(d, note, err);
        const sqlite3_int64 id = sqlite3_last_insert_rowid(d->db);
        for (size_t k = 0; k < piece->nranges && st == ST_OK; k++)
            st = put_range(d, range, id, k, &m->ranges.items[piece->range + k], err);
    }
    sqlite3_finalize(note);
    sqlite3_finalize(range);
    return st;
}

enum status desk_import(struct desk *d, const char *path, const char *name, struct arena *a, struct desk_import *out,
                        struct buf *problems, struct error *err)
{
    struct markdown m = {0};
    struct buf bytes = {0};
    *out = (struct desk_import){0};
    enum status st = read_file(path, &bytes, err);
    if (st == ST_OK && !markdown_read(path, buf_text(&bytes), bytes.len, &m, problems))
        st = error_set(err, ST_INPUT, "%s: not imported", path);
    if (st == ST_OK)
        st = choose_name(name, &m, path, a, &out->name, err);
    if (st != ST_OK || (st = desk_begin(d, err)) != ST_OK)
        goto done;
    st = collection_delete(d, out->name, NULL, err);
    out->replaced = st == ST_OK;
    if (st == ST_OK || st == ST_NONE)
        st = put_collection(d, out->name, &m, path, err);
    if (st == ST_OK)
        st = put_notes(d, &m, err);
    st = desk_end(d, st, err);
    out->notes = m.len;
    out->codes = m.ranges.len;
    out->textless = m.textless;
done:
    buf_free(&bytes);
    markdown_free(&m);
    return st;
}
