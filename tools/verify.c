/* verify.c - codeshelf-verify: is the shelf whole? The checks are the store's; this program finds the file and tells. */
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "codeshelf/buf.h"
#include "codeshelf/paths.h"
#include "codeshelf/store.h"

static const char help[] = "usage: codeshelf-verify [--shelf FILE] [--json]\n"
                           "\n"
                           "Checks the shelf from its first page to its last: SQLite's own integrity, the full-text indexes\n"
                           "against their text, every release's order and every entry's place in its book.\n"
                           "\n"
                           "  --shelf FILE       the shelf (else $CODESHELF_SHELF, $XDG_DATA_HOME/codeshelf/shelf.db)\n"
                           "  --json             one JSON object: shelf, sound, releases, error\n"
                           "  --help, --version\n"
                           "\n"
                           "Exit status: 0 sound, 1 damaged, 2 wrong use, 3 no shelf there that it can read.\n";

enum { OPT_SHELF = 1, OPT_JSON, OPT_HELP, OPT_VERSION };

static const struct option table[] = {
    {"shelf", required_argument, NULL, OPT_SHELF},
    {"json", no_argument, NULL, OPT_JSON},
    {"help", no_argument, NULL, OPT_HELP},
    {"version", no_argument, NULL, OPT_VERSION},
    {NULL, 0, NULL, 0},
};

static void print_json(const char *path, enum status st, size_t releases, const struct error *err)
{
    struct buf line = {0};

    buf_puts(&line, "{\"shelf\":");
    buf_json(&line, path);
    buf_printf(&line, ",\"sound\":%s,\"releases\":", st == ST_OK ? "true" : "false");
    if (st == ST_OK)
        buf_printf(&line, "%zu", releases);
    else
        buf_puts(&line, "null");
    buf_puts(&line, ",\"error\":");
    buf_json(&line, st == ST_OK ? NULL : err->text);
    printf("%s}\n", buf_text(&line));
    buf_free(&line);
}

static void print_text(const char *path, enum status st, size_t releases, const struct error *err)
{
    if (st == ST_OK)
        printf("%s: sound: %zu release%s\n", path, releases, releases == 1 ? "" : "s");
    else
        fprintf(stderr, "codeshelf-verify: %s\n", err->text);
}

static int verify(const char *given, bool json)
{
    struct buf path = {0};
    struct error err = {0};
    size_t releases = 0;
    int code = 3;
    enum status st = path_shelf(given, &path, &err);
    if (st == ST_OK && access(buf_text(&path), R_OK) != 0) {
        st = error_set(&err, ST_SHELF, "%s: no shelf there (codeshelf-import makes one)", buf_text(&path));
    } else if (st == ST_OK) {
        st = store_verify(buf_text(&path), &releases, &err);
        code = st == ST_OK ? 0 : st == ST_SHELF ? 3 : 1;
    }
    if (json)
        print_json(buf_text(&path), st, releases, &err);
    else
        print_text(buf_text(&path), st, releases, &err);
    buf_free(&path);
    return code;
}

int main(int argc, char **argv)
{
    const char *shelf = NULL;
    bool json = false;
    opterr = 0;
    for (int which; (which = getopt_long(argc, argv, ":", table, NULL)) != -1;) {
        switch (which) {
        case OPT_SHELF:
            shelf = optarg;
            break;
        case OPT_JSON:
            json = true;
            break;
        case OPT_HELP:
            fputs(help, stdout);
            return 0;
        case OPT_VERSION:
            puts("codeshelf-verify " CODESHELF_VERSION);
            return 0;
        default:
            fprintf(stderr, "codeshelf-verify: %s: no such option, or without its value (see --help)\n", argv[optind - 1]);
            return 2;
        }
    }
    if (optind < argc) {
        fprintf(stderr, "codeshelf-verify: %s: only options expected (see --help)\n", argv[optind]);
        return 2;
    }
    return verify(shelf, json);
}
