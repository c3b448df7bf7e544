/* reference.c - the yardstick for importing: what it costs at least to turn these files into a checked SQLite file.
 *
 * usage: reference OUT.db ZIP...
 * Inflates every order file and XML in the zips, parses the XML with expat, inserts one row an order line (twice: identity and
 * wording), one a note, term, code and cell, indexes titles, notes and index terms with one FTS5 rebuild, makes the lookup indexes,
 * runs ANALYZE, both integrity checks and fsync. It understands nothing, which is the point; it is not tuned and does not
 * change, so that ratios to it can be compared over time. */
#include <expat.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

struct run {
    sqlite3 *db;
    sqlite3_stmt *entry, *version, *node, *doc;
    XML_Parser parser;
    char text[65536];
    int len;
};

static void must(int ok, const char *what)
{
    if (!ok) {
        fprintf(stderr, "reference: %s\n", what);
        exit(1);
    }
}

static void insert(sqlite3_stmt *st, const char *a, int na, const char *b, int nb)
{
    sqlite3_bind_text(st, 1, a, na, SQLITE_STATIC);
    sqlite3_bind_text(st, 2, b, nb, SQLITE_STATIC);
    must(sqlite3_step(st) == SQLITE_DONE, "insert");
    sqlite3_reset(st);
}

static void on_start(void *ctx, const char *name, const char **attributes)
{
    (void)name, (void)attributes;
    ((struct run *)ctx)->len = 0;
}

static void on_text(void *ctx, const char *s, int n)
{
    struct run *r = ctx;
    if (n > (int)sizeof r->text - r->len)
        n = (int)sizeof r->text - r->len;
    memcpy(r->text + r->len, s, (size_t)n);
    r->len += n;
}

static void on_end(void *ctx, const char *name)
{
    static const char *const kept[] = {"note", "extension", "title", "nemod", "code", "cell", "see", "seeAlso", "manif"};
    struct run *r = ctx;
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (strcmp(name, kept[i]) == 0) {
            insert(r->node, name, -1, r->text, r->len);
            if (i == 0 || i == 2)
                insert(r->doc, r->text, r->len, name, -1);
        }
    r->len = 0;
}

static void read_xml(struct run *r, const char *bytes, size_t n)
{
    r->parser = XML_ParserCreate(NULL);
    XML_SetUserData(r->parser, r);
    XML_SetElementHandler(r->parser, on_start, on_end);
    XML_SetCharacterDataHandler(r->parser, on_text);
    must(XML_Parse(r->parser, bytes, (int)n, 1) == XML_STATUS_OK, "XML");
    XML_ParserFree(r->parser);
}

static void read_order(struct run *r, const char *bytes, size_t n)
{
    for (const char *line = bytes, *end; (end = memchr(line, '\n', n - (size_t)(line - bytes))) != NULL; line = end + 1) {
        if (end - line < 78)
            continue;
        insert(r->entry, line + 6, 7, line + 14, 1);
        insert(r->version, line + 16, 60, line + 77, (int)(end - line - 77));
        if (line[12] == ' ')
            insert(r->doc, line + 77, (int)(end - line - 77), "title", -1);
    }
}

static void read_member(struct run *r, zip_t *zip, zip_uint64_t i)
{
    zip_stat_t stat;
    must(zip_stat_index(zip, i, 0, &stat) == 0, "zip");
    const int xml = strstr(stat.name, ".xml") != NULL;
    if (!xml && !(strstr(stat.name, "order_20") && !strstr(stat.name, "addenda")))
        return;
    char *bytes = malloc(stat.size);
    zip_file_t *f = zip_fopen_index(zip, i, 0);
    must(bytes && f && zip_fread(f, bytes, stat.size) == (zip_int64_t)stat.size, "zip member");
    if (xml)
        read_xml(r, bytes, stat.size);
    else
        read_order(r, bytes, stat.size);
    zip_fclose(f);
    free(bytes);
}

static void run_sql(sqlite3 *db, const char *sql)
{
    must(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, sql);
}

int main(int argc, char **argv)
{
    struct run r = {0};
    must(argc > 2, "usage: reference OUT.db ZIP...");
    unlink(argv[1]);
    must(sqlite3_open(argv[1], &r.db) == SQLITE_OK, "open");
    run_sql(r.db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; BEGIN;"
                  "CREATE TABLE entry (id INTEGER PRIMARY KEY, code TEXT, flag TEXT) STRICT;"
                  "CREATE TABLE version (id INTEGER PRIMARY KEY, short TEXT, title TEXT) STRICT;"
                  "CREATE TABLE node (id INTEGER PRIMARY KEY, name TEXT, text TEXT) STRICT;"
                  "CREATE TABLE doc (id INTEGER PRIMARY KEY, text TEXT, field TEXT) STRICT;"
                  "CREATE VIRTUAL TABLE fts USING fts5 (text, content = 'doc', content_rowid = 'id',"
                  " tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3')");
    sqlite3_prepare_v2(r.db, "INSERT INTO entry (code, flag) VALUES (?, ?)", -1, &r.entry, NULL);
    sqlite3_prepare_v2(r.db, "INSERT INTO version (short, title) VALUES (?, ?)", -1, &r.version, NULL);
    sqlite3_prepare_v2(r.db, "INSERT INTO node (name, text) VALUES (?, ?)", -1, &r.node, NULL);
    sqlite3_prepare_v2(r.db, "INSERT INTO doc (text, field) VALUES (?, ?)", -1, &r.doc, NULL);
    for (int i = 2; i < argc; i++) {
        zip_t *zip = zip_open(argv[i], ZIP_RDONLY, NULL);
        must(zip != NULL, argv[i]);
        for (zip_int64_t k = 0; k < zip_get_num_entries(zip, 0); k++)
            read_member(&r, zip, (zip_uint64_t)k);
        zip_close(zip);
    }
    sqlite3_finalize(r.entry);
    sqlite3_finalize(r.version);
    sqlite3_finalize(r.node);
    sqlite3_finalize(r.doc);
    run_sql(r.db, "INSERT INTO fts (fts) VALUES ('rebuild'); CREATE UNIQUE INDEX entry_code ON entry (code);"
                  "CREATE INDEX node_name ON node (name); ANALYZE; COMMIT;"
                  "PRAGMA integrity_check; INSERT INTO fts (fts, rank) VALUES ('integrity-check', 1)");
    must(sqlite3_close(r.db) == SQLITE_OK, "close");
    const int fd = open(argv[1], O_RDONLY);
    must(fd >= 0 && fsync(fd) == 0, "fsync");
    close(fd);
    return 0;
}
