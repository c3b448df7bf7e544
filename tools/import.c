/* import.c - codeshelf-import: official files in, one shelf out.
 *
 * Everything is read and understood before anything is written: files are collected and recognised (collect.c, group.c), each
 * release is read by the importer of its set with what the shelf has of it already, and the store publishes the whole shelf at
 * once. One wrong file refuses the command; a release that is there already with the same files changes nothing. Releases to
 * drop go first, in the same publish, so that one that is dropped and read again is read from nothing. What was found
 * goes to stdout, the one line about what went wrong to stderr, progress to the terminal or, in words, to stdout. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "codeshelf/paths.h"
#include "codeshelf/store.h"
#include "group.h"
#include "options.h"
#include "report.h"

static const struct importer *const importers[] = {&icd10cm_importer, &hcpcs_importer, &cpt_importer};

enum { BAR_WIDTH = 30 };

struct progress {
    bool terminal;
    char last[32];
};

/* A store_progress: a bar that is drawn over itself, or a line when something new begins. */
static void show_progress(void *ctx, const char *what, double part)
{
    struct progress *p = ctx;
    if (p->terminal) {
        int done = (int)(part * BAR_WIDTH);
        fprintf(stderr, "\r\033[K%-24s [%.*s%*s] %3d%%", what, done, "##############################", BAR_WIDTH - done, "",
                (int)(part * 100));
        fflush(stderr);
    } else if (strncmp(p->last, what, sizeof p->last - 1) != 0) {
        printf("%s\n", what);
        fflush(stdout);
    }
    snprintf(p->last, sizeof p->last, "%s", what);
}

static void end_progress(const struct progress *p)
{
    if (p->terminal && p->last[0]) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
    }
}

static void print_report(struct report *r)
{
    fputs(buf_text(&r->text), stdout);
    fflush(stdout);
    buf_clear(&r->text);
}

static void report_found(struct report *r, const struct intake *in)
{
    for (size_t i = 0; i < in->taken.len; i++) {
        const struct taken *t = in->taken.items[i];
        if (t->instead) {
            report_line(r, "%s: not read: %s %s", t->input.path,
                        strcmp(t->input.sha256, t->instead->input.sha256) == 0 ? "the same as" : "less than",
                        t->instead->input.path);
        } else {
            report_line(r, "%s: %s %s, %s", t->input.path, codeset_title(t->importer->set), t->release, t->is.what);
        }
    }
    for (size_t i = 0; i < in->passed.len; i++) {
        const struct passed *p = &in->passed.items[i];
        report_line(r, "%s: %s: %s", p->path, p->known ? "not needed" : "not used", p->why);
    }
}

static enum status nothing_found(const struct intake *in, const struct options *o, struct error *err)
{
    if (in->passed.len == 1) {
        return error_set(err, ST_INPUT, "%s: nothing to import: %s", in->passed.items[0].path, in->passed.items[0].why);
    }
    const struct passed *said = NULL; /* one of them tells more than their number: best one that was recognised */
    for (size_t i = 0; i < in->passed.len; i++) {
        if (!said || (in->passed.items[i].known && !said->known)) {
            said = &in->passed.items[i];
        }
    }
    return error_set(err, ST_INPUT, "%s%s: nothing to import: no order file, HCPCS file or CPT file among %zu files%s%s%s%s",
                     o->paths[0], o->n > 1 ? " and the others" : "", in->passed.len, said ? "; " : "", said ? said->path : "",
                     said ? ": " : "", said ? said->why : "");
}

static bool has_source(const struct edition *ed, const struct taken *t)
{
    for (size_t i = 0; i < ed->sources.len; i++) {
        const struct ed_source *s = &ed->sources.items[i];
        if (s->component == t->is.component && strcmp(s->sha256, t->input.sha256) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether all files of the group are on the shelf already. */
static bool has_all(const struct edition *old, const struct release_group *g)
{
    for (size_t i = 0; i < g->group.n; i++) {
        if (!has_source(old, g->items[i])) {
            return false;
        }
    }
    return old->from == g->group.from;
}

/* Whether both were read from the same files: an importer may leave one of several aside. */
static bool same_sources(const struct edition *a, const struct edition *b)
{
    size_t found = 0;
    for (size_t i = 0; i < a->sources.len; i++) {
        for (size_t k = 0; k < b->sources.len; k++) {
            if (a->sources.items[i].component == b->sources.items[k].component &&
                strcmp(a->sources.items[i].sha256, b->sources.items[k].sha256) == 0) {
                found++;
                break;
            }
        }
    }
    return found == a->sources.len && a->sources.len == b->sources.len && a->coverage == b->coverage && a->from == b->from;
}

/* What only the import knows of a new source: when, and the zip that it came in. */
static void complete_sources(struct edition *ed, const struct release_group *g)
{
    for (size_t i = 0; i < ed->sources.len; i++) {
        struct ed_source *s = &ed->sources.items[i];
        if (s->imported != 0) {
            continue;
        }
        s->imported = time_of_import();
        for (size_t k = 0; k < g->group.n; k++) {
            if (strcmp(g->items[k]->input.sha256, s->sha256) == 0) {
                s->name = arena_strdup(&ed->arena, g->items[k]->source);
                break;
            }
        }
    }
}

/* Reads one release and gives it to the store, which is NULL when there is no shelf yet and nothing is to be written. */
static enum status import_group(struct store *store, struct release_group *g, bool effective_given, struct report *rep,
                                struct error *err)
{
    const struct edition *old = NULL;
    struct edition *ed = NULL;
    enum status st = store ? store_find(store, g->group.set, g->group.release, &old, err) : ST_NONE;
    if (st != ST_OK && st != ST_NONE) {
        return st;
    }
    if (old && !effective_given) {
        g->group.from = old->from;
    }
    if (old && has_all(old, g)) {
        report_line(rep, "%s %s: already on the shelf", codeset_title(old->set), old->name);
        return ST_OK;
    }
    struct report details = {.indent = "  "};
    st = g->importer->read(&g->group, old, &ed, &details, err);
    if (st != ST_OK) {
        goto done;
    }
    if (old && same_sources(old, ed)) {
        report_line(rep, "%s %s: already on the shelf", codeset_title(old->set), old->name);
        goto done;
    }
    complete_sources(ed, g);
    report_edition(rep, ed);
    buf_puts(&rep->text, buf_text(&details.text));
    if (store) {
        store_put(store, ed);
        ed = NULL;
    }
done:
    edition_free(ed);
    buf_free(&details.text);
    return st;
}

static enum status import_groups(struct store *store, struct intake *in, bool effective_given, struct progress *progress,
                                 struct report *rep, struct error *err)
{
    for (size_t i = 0; i < in->groups.len; i++) {
        struct release_group *g = &in->groups.items[i];
        char what[64];
        snprintf(what, sizeof what, "reading %s %s", codeset_title(g->group.set), g->group.release);
        show_progress(progress, what, (double)i / (double)in->groups.len);
        enum status st = import_group(store, g, effective_given, rep, err);
        if (st != ST_OK) {
            return st;
        }
        end_progress(progress);
        print_report(rep);
    }
    return ST_OK;
}

static void report_shelf(struct report *rep, const char *path, bool changed)
{
    struct stat about;
    if (stat(path, &about) == 0) {
        report_line(rep, "shelf: %s, %.1f MB%s", path, (double)about.st_size / 1e6, changed ? "" : ", unchanged");
    }
}

/* Opens the store, and says when that has to wait; where there is no shelf, a dry run and a call that only drops leave *out
 * NULL, and no trace. */
static enum status open_store(const struct options *o, const char *path, struct store **out, struct error *err)
{
    enum status st = ST_OK;
    if ((o->dry_run || o->n == 0) && access(path, F_OK) != 0) {
        return ST_OK;
    }
    if (!o->shelf && !o->dry_run) {
        st = path_make_folders(path, err);
    }
    if (st == ST_OK && store_busy(path)) {
        fprintf(stderr, "codeshelf-import: waiting for another import into %s to finish\n", path);
    }
    return st == ST_OK ? store_open(path, out, err) : st;
}

static enum status drop_releases(struct store *store, const struct options *o, const char *path, struct report *rep,
                                 struct error *err)
{
    if (o->drops_n > 0 && !store) {
        return error_set(err, ST_SHELF, "%s: no shelf there", path);
    }
    for (size_t i = 0; i < o->drops_n; i++) {
        const struct drop *d = &o->drops[i];
        enum status st = store_drop(store, d->set, d->release, err);
        if (st != ST_OK) {
            return st;
        }
        report_line(rep, "%s %s: %s", codeset_title(d->set), d->release, o->dry_run ? "would be dropped" : "dropped");
    }
    print_report(rep);
    return ST_OK;
}

/* Drops, reads all groups, publishes the shelf, and tells. */
static enum status write_shelf(struct intake *in, const struct options *o, const char *path, struct report *rep,
                               struct error *err)
{
    struct store *store = NULL;
    struct progress progress = {.terminal = isatty(STDERR_FILENO) != 0};
    enum status st = open_store(o, path, &store, err);
    if (st != ST_OK) {
        goto done;
    }
    st = drop_releases(store, o, path, rep, err);
    if (st != ST_OK) {
        goto done;
    }
    st = import_groups(store, in, o->effective != 0, &progress, rep, err);
    if (st != ST_OK) {
        goto done;
    }
    if (o->dry_run) {
        report_line(rep, "dry run: nothing was written");
        goto done;
    }
    bool changed = store_changed(store);
    if (changed) {
        st = store_publish(store, show_progress, &progress, err);
    }
    if (st == ST_OK) {
        report_shelf(rep, path, changed);
    }
done:
    end_progress(&progress);
    store_close(store);
    return st;
}

static enum status run(const struct options *o, struct error *err)
{
    const struct importer *one = NULL;
    struct intake in = {.importers = importers, .importers_n = sizeof importers / sizeof *importers};
    struct report rep = {0};
    struct buf path = {0};
    for (size_t i = 0; o->set_given && i < sizeof importers / sizeof *importers; i++) {
        if (importers[i]->set == o->set) {
            one = importers[i];
            in.importers = &one;
            in.importers_n = 1;
            break;
        }
    }
    enum status st = path_shelf(o->shelf, &path, err);
    if (st != ST_OK) {
        goto done;
    }
    st = collect_files(&in.arena, o->paths, o->n, intake_take, &in, err);
    if (st != ST_OK) {
        goto done;
    }
    if (o->n > 0) {
        st = in.taken.len > 0 ? intake_group(&in, o->release, o->effective, err) : nothing_found(&in, o, err);
    }
    if (st != ST_OK) {
        goto done;
    }
    report_found(&rep, &in);
    print_report(&rep);
    st = write_shelf(&in, o, buf_text(&path), &rep, err);
    if (st == ST_OK) {
        print_report(&rep);
    }
done:
    intake_free(&in);
    buf_free(&rep.text);
    buf_free(&path);
    return st;
}

static int exit_code(enum status st)
{
    switch (st) {
    case ST_OK:
        return 0;
    case ST_USAGE:
        return 2;
    case ST_SHELF:
    case ST_IO:
        return 3;
    case ST_NONE:
    case ST_INPUT:
    case ST_STOP:
        break;
    }
    return 1;
}

int main(int argc, char **argv)
{
    struct options o;
    struct error err = {0};
    enum status st = options_read(argc, argv, &o, &err);
    if (st == ST_OK && o.help) {
        fputs(options_help(), stdout);
        return 0;
    }
    if (st == ST_OK && o.version) {
        puts("codeshelf-import " CODESHELF_VERSION);
        return 0;
    }
    if (st == ST_OK) {
        st = run(&o, &err);
    }
    if (st != ST_OK) {
        fprintf(stderr, "codeshelf-import: %s\n", err.text[0] ? err.text : "failed");
    }
    return exit_code(st);
}
