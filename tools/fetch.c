/* fetch.c - codeshelf-fetch: official files from the network into a cache folder, and from there into the shelf.
 *
 * Addresses are data (codesets/SET/sources.tsv, fetch_sources.c); one file over the network is fetch_transfer.c, and what makes
 * it a file to be trusted fetch_keep.c. A file that cannot be had is one line on stderr and the others are fetched all the same;
 * the import then takes what came, as long as the codes did. Nothing else in codeshelf uses the network. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "codeshelf/paths.h"
#include "fetch_keep.h"
#include "fetch_options.h"
#include "fetch_sources.h"

enum { BAR_WIDTH = 30, PATH_MOST = 4096, PERMILLE = 1000 };

extern char **environ;

/* What one call has come to. */
struct fetching {
    const struct fetch_options *options;
    struct buf folder; /* CACHE/SET/RELEASE/ */
    struct arena arena;
    struct fetch_sources sources;
    const char **came; /* paths, for the import */
    size_t came_n;
    bool codes_came, failed;
    bool missing, other; /* one is not at its address; one has another checksum */
    struct { const char **items; size_t len, cap; } silent; /* the servers that could not be reached: "https://www.cms.gov" */
    bool terminal;    /* stderr is one: a bar is drawn there */
    const char *now;  /* the file that is on its way */
    int shown;        /* how much of it the bar says */
};

/* A transfer_watch's progress: a bar that is drawn over itself. */
static void show_progress(void *ctx, int64_t have, int64_t total)
{
    struct fetching *f = ctx;
    int part = total > 0 ? (int)(have * PERMILLE / total) : (int)(have >> 20);
    if (!f->terminal || part == f->shown) {
        return;
    }
    f->shown = part;
    int done = total > 0 ? part * BAR_WIDTH / PERMILLE : 0;
    fprintf(stderr, "\r\033[K%-32.32s [%.*s%*s] %6.1f MB", f->now, done, "##############################", BAR_WIDTH - done, "",
            (double)have / 1e6);
    fflush(stderr);
}

static void end_progress(struct fetching *f)
{
    if (f->terminal && f->shown >= 0) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
    }
    f->shown = -1;
}

/* A transfer_watch's notice. */
static void show_notice(void *ctx, const char *text)
{
    end_progress(ctx);
    printf("%s\n", text);
    fflush(stdout);
}

static void complain(struct fetching *f, const struct error *err)
{
    end_progress(f);
    fprintf(stderr, "codeshelf-fetch: %s\n", err->text[0] ? err->text : "failed");
    f->failed = true;
}

/* How much of an address names the server. */
static size_t server_length(const char *address)
{
    const char *name = strstr(address, "://");
    name = name ? name + 3 : address;
    return (size_t)(name - address) + strcspn(name, "/");
}

static bool is_silent(const struct fetching *f, const char *address)
{
    size_t n = server_length(address);
    for (size_t i = 0; i < f->silent.len; i++) {
        if (strlen(f->silent.items[i]) == n && strncmp(f->silent.items[i], address, n) == 0) {
            return true;
        }
    }
    return false;
}

/* Takes down what a file that did not come says of the others: a server that could not be reached is left alone from now on. */
static enum status note_failure(struct fetching *f, const struct fetch_source *s, const struct transfer *t,
                                const struct kept *kept, enum status st, const struct error *err)
{
    complain(f, err);
    f->missing = f->missing || st == ST_NONE;
    f->other = f->other || (s->sha256[0] && kept->sha256[0] && strcmp(kept->sha256, s->sha256) != 0);
    if (!t->unreached) {
        return st == ST_IO ? st : ST_OK;
    }
    if (!is_silent(f, t->address)) {
        const char *server = arena_printf(&f->arena, "%.*s", (int)server_length(t->address), t->address);
        VEC_PUSH(&f->silent, server);
    }
    return ST_OK;
}

/* Fetches one file. Only ST_IO is given back: then the next would fare no better. */
static enum status fetch_one(struct fetching *f, const struct fetch_source *s, struct error *err)
{
    const struct fetch_options *o = f->options;
    struct kept kept = {0};
    struct transfer t = {.address = s->address, .limits = transfer_limits_usual(),
                         .watch = {.progress = show_progress, .notice = show_notice, .ctx = f}};
    const char *path = arena_printf(&f->arena, "%s%s", buf_text(&f->folder), s->file);
    if (o->mirror) {
        size_t n = strlen(o->mirror);
        t.address = arena_printf(&f->arena, "%s%s%s/%s/%s", o->mirror, o->mirror[n - 1] == '/' ? "" : "/", codeset_name(o->set),
                                 o->release, s->segment);
        t.http_allowed = strncmp(o->mirror, "http://", 7) == 0;
    }
    f->now = s->file;
    t.unreached = is_silent(f, t.address);
    enum status st = keep_file(path, s->sha256, o->anew, &t, &kept, err);
    if (st != ST_OK) {
        return note_failure(f, s, &t, &kept, st, err);
    }
    end_progress(f);
    printf("%s: %s%.1f MB, SHA-256 %s%s\n", s->file, kept.already ? "there already, " : "", (double)kept.bytes / 1e6, kept.sha256,
           s->sha256[0] ? " as known" : "");
    fflush(stdout);
    f->came[f->came_n++] = path;
    f->codes_came = f->codes_came || strcmp(s->component, "codes") == 0;
    return ST_OK;
}

/* Keeps a second call off the folder; the lock goes with the descriptor. */
static enum status lock_folder(const char *folder, int *out, struct error *err)
{
    *out = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*out < 0) {
        return error_set(err, ST_IO, "%s: cannot be opened: %s", folder, strerror(errno));
    }
    if (flock(*out, LOCK_EX | LOCK_NB) != 0) {
        return error_set(err, ST_IO, "%s: another codeshelf-fetch is at work there", folder);
    }
    return ST_OK;
}

/* The path of codeshelf-import beside this program; just its name when the system does not say where that is. */
static void find_import(char out[PATH_MOST])
{
    static const char name[] = "codeshelf-import";
    ssize_t n = readlink("/proc/self/exe", out, PATH_MOST - sizeof name);
    while (n > 0 && out[n - 1] != '/') {
        n--;
    }
    memcpy(out + (n > 0 ? n : 0), name, sizeof name);
}

/* Runs codeshelf-import, the one beside this program or else the one on PATH, on the files that came. Its exit code. */
static int run_import(const struct fetching *f)
{
    const struct fetch_options *o = f->options;
    const char *first[] = {"codeshelf-import", "--set", codeset_name(o->set), "--release", o->release, "--shelf", o->shelf};
    size_t n = sizeof first / sizeof *first - (o->shelf ? 0 : 2);
    const char **words = mem_alloc((n + f->came_n + 1) * sizeof *words);
    char program[PATH_MOST];
    int status = 0;
    pid_t pid;
    memcpy(words, first, n * sizeof *words);
    memcpy(words + n, f->came, f->came_n * sizeof *words);
    char *const *argv = (char *const *)(uintptr_t)words; /* posix_spawn writes to none of them */
    find_import(program);
    int failed = posix_spawn(&pid, program, NULL, NULL, argv, environ);
    if (failed == ENOENT) {
        failed = posix_spawnp(&pid, first[0], NULL, NULL, argv, environ);
    }
    free(words);
    if (failed) {
        fprintf(stderr, "codeshelf-fetch: codeshelf-import cannot be run: %s\n", strerror(failed));
        return 1;
    }
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

static enum status fetch_files(struct fetching *f, struct error *err)
{
    const struct fetch_options *o = f->options;
    int lock = -1;
    enum status st = fetch_sources_find(o->set, o->release, &f->arena, &f->sources, err);
    if (st != ST_OK) {
        goto done;
    }
    st = keep_folder(o->cache, &f->folder, err);
    if (st != ST_OK) {
        goto done;
    }
    buf_printf(&f->folder, "/%s/%s/", codeset_name(o->set), o->release);
    st = path_make_folders(buf_text(&f->folder), err);
    if (st != ST_OK) {
        goto done;
    }
    st = lock_folder(buf_text(&f->folder), &lock, err);
    if (st != ST_OK) {
        goto done;
    }
    f->came = arena_alloc(&f->arena, f->sources.len * sizeof *f->came);
    for (size_t i = 0; i < f->sources.len; i++) {
        if (fetch_one(f, &f->sources.items[i], err) != ST_OK) {
            break;
        }
    }
done:
    if (st != ST_OK) {
        complain(f, err);
    }
    if (lock >= 0) {
        close(lock);
    }
    return st;
}

static int run(const struct fetch_options *o, struct error *err)
{
    struct fetching f = {.options = o, .terminal = isatty(STDERR_FILENO) != 0, .shown = -1};
    int code = 0;
    fetch_files(&f, err);
    if (f.missing) {
        puts("addresses change: a file that is not there may be elsewhere by now; fetched by hand, codeshelf-import takes it");
    }
    if (f.other) {
        puts("a file with another checksum is damaged, changed, or issued anew: looked at by hand, codeshelf-import takes it");
    }
    if (f.came_n > 0 && !o->import) {
        printf("folder: %s\n", buf_text(&f.folder));
    } else if (f.codes_came && o->import) {
        fflush(stdout);
        code = run_import(&f);
    } else if (o->import) {
        fprintf(stderr, "codeshelf-fetch: nothing was loaded: the codes of %s %s did not come\n", codeset_name(o->set),
                o->release);
    }
    fetch_sources_free(&f.sources);
    free(f.silent.items);
    arena_free(&f.arena);
    buf_free(&f.folder);
    return code == 0 && f.failed ? 1 : code;
}

/* A line a release, with its parts; the table keeps the rows of a release together. */
static void print_releases(enum codeset set, const struct fetch_sources *rows)
{
    const char *release = "";
    for (size_t i = 0; i < rows->len; i++) {
        const struct fetch_source *s = &rows->items[i];
        if (strcmp(release, s->release) != 0) {
            release = s->release;
            printf("%s%-8s %-11s", i > 0 ? "\n" : "", codeset_name(set), release);
        }
        printf(" %s", s->component);
    }
    putchar('\n');
}

static void print_files(enum codeset set, const char *release, const struct fetch_sources *rows)
{
    for (size_t i = 0; i < rows->len; i++) {
        const struct fetch_source *s = &rows->items[i];
        printf("%s\t%s\t%s\t%s/%s/%s\t%s\t%s\n", codeset_name(set), release, s->component, codeset_name(set), release,
               s->file, s->address, s->sha256);
    }
}

/* Prints the files of a release, or the releases of one set or of all that have a table. */
static int list(const struct fetch_options *o, struct error *err)
{
    int code = 0;
    for (int set = 0; set < SET_CPT; set++) {
        struct arena a = {0};
        struct fetch_sources rows = {0};
        if (o->set != SET_COUNT && (enum codeset)set != o->set) {
            continue;
        }
        enum status st = o->release[0] ? fetch_sources_find((enum codeset)set, o->release, &a, &rows, err)
                                       : fetch_sources_list((enum codeset)set, &a, &rows, err);
        if (st != ST_OK) {
            fprintf(stderr, "codeshelf-fetch: %s\n", err->text);
            code = 1;
        } else if (o->release[0]) {
            print_files((enum codeset)set, o->release, &rows);
        } else {
            print_releases((enum codeset)set, &rows);
        }
        fetch_sources_free(&rows);
        arena_free(&a);
    }
    return code;
}

int main(int argc, char **argv)
{
    struct fetch_options o;
    struct error err = {0};
    int code = 0;
    enum status st = fetch_options_read(argc, argv, &o, &err);
    if (st != ST_OK) {
        fprintf(stderr, "codeshelf-fetch: %s\n", err.text);
        return 2;
    }
    if (o.help) {
        fputs(fetch_options_help(), stdout);
    } else if (o.version) {
        puts("codeshelf-fetch " CODESHELF_VERSION);
    } else {
        code = o.list ? list(&o, &err) : run(&o, &err);
    }
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, "codeshelf-fetch: stdout cannot be written: %s\n", strerror(errno));
        return code ? code : 1;
    }
    return code;
}
