/* group.c - from files to releases, so that the order in which they were named makes no difference.
 *
 * A file is recognised as soon as it is in memory and forgotten again when nobody reads it; only then is its fingerprint
 * taken. When all are there each gets its release, and files of one release and set come together, sorted by kind and name. */
#include "group.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/calendar.h"
#include "reader/lines.h"
#include "reader/html.h"
#include "reader/pdf.h"
#include "reader/sha256.h"
#include "release.h"

static void pass_over(struct intake *in, const char *path, const char *why, bool known)
{
    VEC_PUSH(&in->passed, ((struct passed){path, why, known}));
}

/* The best verdict over all importers: one that reads it, else one that warns of it, else one that knows it. */
static const struct importer *recognise(const struct intake *in, const struct input *input, struct recognised *best)
{
    static const int rank[] = {[INPUT_UNKNOWN] = 0, [INPUT_NOT_NEEDED] = 1, [INPUT_WRONG] = 2, [INPUT_USED] = 3};
    const struct importer *who = NULL;
    *best = (struct recognised){.verdict = INPUT_UNKNOWN};
    for (size_t i = 0; i < in->importers_n && best->verdict != INPUT_USED; i++) {
        struct recognised is = {.verdict = INPUT_UNKNOWN};
        in->importers[i]->recognise(input, &is);
        if (rank[is.verdict] > rank[best->verdict] || (is.verdict == best->verdict && !best->why)) {
            *best = is;
            who = in->importers[i];
        }
    }
    return who;
}

/* A file that no importer knows. What a browser saved where the file had moved often has its name. */
static const char *unknown(const struct collected *file)
{
    return html_is(file->bytes, file->len) ? "a web page, not the file of that name" : "not a file of a code set to read";
}

enum status intake_take(void *ctx, struct collected *file, struct error *err)
{
    struct intake *in = ctx;
    struct recognised is;
    struct input input = {.path = file->path, .name = file->name, .bytes = file->bytes, .len = file->len,
                          .named = file->named};
    if (file->not_needed) {
        pass_over(in, file->path, file->not_needed, true);
        return ST_OK;
    }
    if (file->len == 0) {
        pass_over(in, file->path, "an empty file", false);
        return ST_OK;
    }
    const struct importer *who = recognise(in, &input, &is);
    switch (is.verdict) {
    case INPUT_WRONG:
        return input_error(err, file->path, 0, 0, "%s", is.why);
    case INPUT_NOT_NEEDED:
        pass_over(in, file->path, is.why, true);
        return ST_OK;
    case INPUT_UNKNOWN:
        if (!is.why && pdf_is(file->bytes, file->len)) {
            pass_over(in, file->path, "a PDF", true);
        } else {
            pass_over(in, file->path, is.why ? is.why : unknown(file), false);
        }
        return ST_OK;
    case INPUT_USED:
        break;
    }
    struct taken *t = arena_alloc(&in->arena, sizeof *t);
    *t = (struct taken){.input = input, .bytes = file->bytes, .importer = who, .is = is};
    t->source = file->source;
    t->trail = file->trail;
    sha256_hex(file->bytes, file->len, t->input.sha256);
    file->bytes = NULL;
    VEC_PUSH(&in->taken, t);
    return ST_OK;
}

/* Whether two files lie in the same folder or zip. */
static bool beside(const struct taken *a, const struct taken *b)
{
    const char *x = strrchr(a->input.path, '/'), *y = strrchr(b->input.path, '/');
    size_t n = x ? (size_t)(x - a->input.path) : 0, m = y ? (size_t)(y - b->input.path) : 0;
    return n == m && strncmp(a->input.path, b->input.path, n) == 0;
}

/* A file that nothing is said of belongs to the release of the files of its set beside it, when they agree. */
static bool ask_neighbours(const struct intake *in, struct taken *t)
{
    const char *said = NULL;
    for (size_t i = 0; i < in->taken.len; i++) {
        const struct taken *other = in->taken.items[i];
        if (!other->release[0] || other->importer != t->importer || !beside(t, other)) {
            continue;
        }
        if (said && strcmp(said, other->release) != 0) {
            return false;
        }
        said = other->release;
    }
    if (said) {
        snprintf(t->release, sizeof t->release, "%s", said);
    }
    return said != NULL;
}

/* --release in the words of the one set whose files were found. */
static enum status read_release(const struct intake *in, const char *typed, char out[RELEASE_NAME_MAX], struct error *err)
{
    const struct importer *set = in->taken.items[0]->importer;
    for (size_t i = 1; i < in->taken.len; i++) {
        if (in->taken.items[i]->importer != set) {
            return error_set(err, ST_USAGE, "--release %s: files of %s and %s were found: --set says which to read", typed,
                             codeset_title(set->set), codeset_title(in->taken.items[i]->importer->set));
        }
    }
    if (!calendar_name(set->set, typed, out)) {
        return error_set(err, ST_USAGE, "--release %s: not a release of %s, whose files were found", typed,
                         codeset_title(set->set));
    }
    return ST_OK;
}

static enum status decide_releases(struct intake *in, const char *given, struct error *err)
{
    for (size_t i = 0; i < in->taken.len; i++) {
        struct taken *t = in->taken.items[i];
        enum status st = release_decide(t->importer->set, t->input.path, &t->is, t->trail, given, t->release, err);
        if (st != ST_OK && st != ST_NONE) {
            return st;
        }
    }
    for (size_t i = 0; i < in->taken.len; i++) {
        struct taken *t = in->taken.items[i];
        if (!t->release[0] && !ask_neighbours(in, t)) {
            return input_error(err, t->input.path, 0, 0, "nothing says which release this %s is of: --release says it",
                               t->is.what);
        }
    }
    return ST_OK;
}

static int compare_taken(const void *a, const void *b)
{
    const struct taken *x = *(struct taken *const *)a, *y = *(struct taken *const *)b;
    int order = (x->importer->set > y->importer->set) - (x->importer->set < y->importer->set);
    date from = calendar_from(x->importer->set, x->release), other = calendar_from(y->importer->set, y->release);
    order = order ? order : (from > other) - (from < other);
    order = order ? order : strcmp(x->release, y->release);
    order = order ? order : (x->is.role > y->is.role) - (x->is.role < y->is.role);
    order = order ? order : strcmp(x->source, y->source);
    return order ? order : strcmp(x->input.path, y->input.path);
}

static bool same_release(const struct taken *a, const struct taken *b)
{
    return a->importer == b->importer && strcmp(a->release, b->release) == 0;
}

/* Settles which of two files of one kind in one release is read; both where several belong to a release. */
static enum status settle_pair(struct taken *a, struct taken *b, struct error *err)
{
    if (strcmp(a->input.sha256, b->input.sha256) == 0) {
        b->instead = a;
    } else if (b->is.several) {
        return ST_OK;
    } else if (!beside(a, b)) {
        return input_error(err, b->input.path, 0, 0, "another %s of %s than %s: name one of them", b->is.what, b->release,
                           a->input.path);
    } else if (b->input.len > a->input.len) {
        a->instead = b; /* an official package may hold the same file with and without its disclaimer */
    } else {
        b->instead = a;
    }
    return ST_OK;
}

static bool same_kind(const struct taken *a, const struct taken *b)
{
    return same_release(a, b) && a->is.role == b->is.role;
}

/* The list is sorted, so files of one kind in one release follow one another. */
static enum status settle_doubles(struct intake *in, struct error *err)
{
    struct taken **all = in->taken.items;
    for (size_t i = 1; i < in->taken.len; i++) {
        for (size_t k = i; k-- > 0 && same_kind(all[k], all[i]) && !all[i]->instead;) {
            enum status st = all[k]->instead ? ST_OK : settle_pair(all[k], all[i], err);
            if (st != ST_OK) {
                return st;
            }
        }
    }
    return ST_OK;
}

/* Makes a group of the files from first on that are of its release; returns how many they are, those not read included. */
static size_t add_group(struct intake *in, size_t first, date effective)
{
    struct taken *const *all = in->taken.items + first;
    size_t n = 0, used = 0, most = in->taken.len - first;
    const struct input **inputs = arena_alloc(&in->arena, most * sizeof *inputs);
    int *roles = arena_alloc(&in->arena, most * sizeof *roles);
    struct taken **items = arena_alloc(&in->arena, most * sizeof *items);
    for (; n < most && same_release(all[0], all[n]); n++) {
        if (!all[n]->instead) {
            items[used] = all[n];
            inputs[used] = &all[n]->input;
            roles[used++] = all[n]->is.role;
        }
    }
    struct release_group g = {.importer = all[0]->importer, .items = items};
    g.group = (struct import_group){.set = all[0]->importer->set, .inputs = inputs, .roles = roles, .n = used};
    memcpy(g.group.release, all[0]->release, sizeof g.group.release);
    g.group.from = effective ? effective : calendar_from(g.group.set, g.group.release);
    VEC_PUSH(&in->groups, g);
    return n;
}

enum status intake_group(struct intake *in, const char *typed, date effective, struct error *err)
{
    char given[RELEASE_NAME_MAX] = "";
    enum status st = ST_OK;
    if (in->taken.len == 0) {
        return ST_OK;
    }
    if (typed) {
        st = read_release(in, typed, given, err);
    }
    if (st == ST_OK) {
        st = decide_releases(in, typed ? given : NULL, err);
    }
    if (st != ST_OK) {
        return st;
    }
    qsort(in->taken.items, in->taken.len, sizeof *in->taken.items, compare_taken);
    st = settle_doubles(in, err);
    for (size_t i = 0; i < in->taken.len && st == ST_OK;) {
        i += add_group(in, i, effective);
    }
    if (st == ST_OK && effective && in->groups.len > 1) {
        return error_set(err, ST_USAGE, "--effective fits one release, found %zu: %s, %s, ...", in->groups.len,
                         in->groups.items[0].group.release, in->groups.items[1].group.release);
    }
    return st;
}

void intake_free(struct intake *in)
{
    for (size_t i = 0; i < in->taken.len; i++) {
        free(in->taken.items[i]->bytes);
    }
    free(in->taken.items);
    free(in->passed.items);
    free(in->groups.items);
    arena_free(&in->arena);
    *in = (struct intake){0};
}
