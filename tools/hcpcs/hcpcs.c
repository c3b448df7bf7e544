/* hcpcs.c - the HCPCS Level II importer: the files of one release become its edition.
 *
 * A release is the code file (fixed-width, or the same as a workbook) and the processing notes. Either may be
 * imported alone later: what the group lacks is taken from the edition that an earlier import left. */
#include <string.h>
#include <strings.h>

#include "book.h"
#include "files.h"
#include "reader/lines.h"

struct chosen {
    const struct input *codes, *notes;
    int role;
};

/* The fixed-width file before the workbook, the larger of two of a kind: quarterly folders keep superseded files. */
static void choose_inputs(const struct import_group *g, struct chosen *out)
{
    *out = (struct chosen){0};
    for (size_t i = 0; i < g->n; i++) {
        const struct input *in = g->inputs[i];
        int role = g->roles[i];
        if (role == ROLE_NOTES) {
            if (!out->notes || in->len > out->notes->len) {
                out->notes = in;
            }
        } else if (!out->codes || role < out->role || (role == out->role && in->len > out->codes->len)) {
            out->codes = in;
            out->role = role;
        }
    }
}

static void report_left_out(const struct import_group *g, const struct chosen *c, struct report *rep)
{
    for (size_t i = 0; i < g->n; i++) {
        const struct input *in = g->inputs[i];
        if (in == c->codes || in == c->notes) {
            continue;
        }
        if (g->roles[i] == ROLE_WORKBOOK && c->role == ROLE_FIXED) {
            report_line(rep, "%s: the same in xlsx as %s", in->path, c->codes->name);
        } else {
            const struct input *used = g->roles[i] == ROLE_NOTES ? c->notes : c->codes;
            report_line(rep, "%s: left out, %s is larger", in->path, used->name);
        }
    }
}

/* "hcpcs-2025.zip/HCPC2025.txt" for a member of a zip, else the base name. */
static const char *source_name(const struct input *in)
{
    const char *part = in->path;
    for (const char *slash = strchr(part, '/'); slash; slash = strchr(part, '/')) {
        if (slash - part > 4 && strncasecmp(slash - 4, ".zip", 4) == 0) {
            return part;
        }
        part = slash + 1;
    }
    return in->name;
}

static void add_source(struct edition *ed, enum component component, const struct input *in)
{
    struct ed_source s = {.component = component, .name = arena_strdup(&ed->arena, source_name(in)), .bytes = in->len};
    memcpy(s.sha256, in->sha256, sizeof s.sha256);
    VEC_PUSH(&ed->sources, s);
    ed->coverage |= 1U << component;
}

/* The sources of a component that this import does not bring. */
static void keep_sources(struct edition *ed, enum component component, const struct edition *old)
{
    for (size_t i = 0; old && i < old->sources.len; i++) {
        struct ed_source s = old->sources.items[i];
        if (s.component == component) {
            s.name = arena_strdup(&ed->arena, s.name);
            VEC_PUSH(&ed->sources, s);
            ed->coverage |= 1U << component;
        }
    }
}

static enum status read_inputs(const struct chosen *c, const struct edition *old, struct rows *rows,
                               struct proc_notes *notes, struct error *err)
{
    struct rows old_rows = {.arena = rows->arena};
    enum status st = ST_OK;
    if (c->codes) {
        st = c->role == ROLE_FIXED ? fixed_read(c->codes, rows, err) : workbook_read(c->codes, rows, err);
    }
    if (st == ST_OK && c->notes) {
        st = proc_notes_read(c->notes, notes, err);
    }
    if (st == ST_OK && old && !(c->codes && c->notes)) {
        struct proc_notes old_notes = {.arena = rows->arena};
        book_read(old, c->codes ? &old_rows : rows, c->notes ? &old_notes : notes);
        proc_notes_free(&old_notes);
    }
    hcpcs_rows_free(&old_rows);
    return st;
}

static void report_counts(const struct edition *ed, const struct book_counts *n, struct report *rep)
{
    report_line(rep, "%zu codes, %zu modifiers, %zu of them with a termination date", n->codes, n->modifiers, n->ended);
    if (!(ed->coverage & (1U << COMP_TABULAR))) {
        report_line(rep, "no processing notes file");
    } else if (n->unknown_notes > 0) {
        report_line(rep, "cited processing notes that the notes file lacks: %zu", n->unknown_notes);
    }
}

static enum status hcpcs_read(const struct import_group *g, const struct edition *old, struct edition **out,
                              struct report *rep, struct error *err)
{
    struct edition *ed = edition_new(SET_HCPCS, g->release, g->from);
    struct rows rows = {.arena = &ed->arena};
    struct proc_notes notes = {.arena = &ed->arena};
    struct book_counts counts;
    struct chosen c;
    enum status st;
    choose_inputs(g, &c);
    st = read_inputs(&c, old, &rows, &notes, err);
    if (st == ST_OK && rows.len == 0) {
        st = input_error(err, c.notes ? c.notes->path : g->release, 0, 0,
                         "expected the HCPCS file of %s with it, found none", g->release);
    }
    if (st != ST_OK) {
        goto done;
    }
    book_build(ed, &rows, &notes, &counts);
    if (c.codes) {
        add_source(ed, COMP_CODES, c.codes);
    } else {
        keep_sources(ed, COMP_CODES, old);
    }
    if (c.notes) {
        add_source(ed, COMP_TABULAR, c.notes);
    } else {
        keep_sources(ed, COMP_TABULAR, old);
    }
    report_left_out(g, &c, rep);
    report_counts(ed, &counts, rep);
    *out = ed;
    ed = NULL;
done:
    hcpcs_rows_free(&rows);
    proc_notes_free(&notes);
    edition_free(ed);
    return st;
}

const struct importer hcpcs_importer = {SET_HCPCS, hcpcs_recognise, hcpcs_read};
