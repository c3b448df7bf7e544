/* hcpcs.c - the HCPCS Level II importer: the files of one release become its edition.
 *
 * A release is the code file (fixed-width, or the same as a workbook), the processing notes, the list of NOC codes, the
 * Index and the Table of Drugs. Each may be imported alone later: what the group lacks is taken from the edition that
 * an earlier import left. */
#include <string.h>
#include <strings.h>

#include "book.h"
#include "files.h"
#include "printed.h"
#include "reader/lines.h"

/* The input of each component with its role; NULL where the group has none. */
struct chosen {
    struct { const struct input *in; int role; } by[COMP_COUNT];
};

static const enum component component_of[ROLE_COUNT] = {
    [ROLE_FIXED] = COMP_CODES, [ROLE_WORKBOOK] = COMP_CODES, [ROLE_NOTES] = COMP_TABULAR, [ROLE_NOC] = COMP_FACTS,
    [ROLE_NOC_SHEET] = COMP_FACTS, [ROLE_INDEX] = COMP_INDEX, [ROLE_DRUGS] = COMP_DRUGS};

/* Text before the workbook, the larger of two of a kind: quarterly folders keep superseded files. */
static void choose_inputs(const struct import_group *g, struct chosen *out)
{
    *out = (struct chosen){0};
    for (size_t i = 0; i < g->n; i++) {
        const struct input *in = g->inputs[i];
        int role = g->roles[i];
        enum component c = component_of[role];
        const struct input *best = out->by[c].in;
        if (!best || role < out->by[c].role || (role == out->by[c].role && in->len > best->len)) {
            out->by[c].in = in;
            out->by[c].role = role;
        }
    }
}

static void report_left_out(const struct import_group *g, const struct chosen *c, struct report *rep)
{
    for (size_t i = 0; i < g->n; i++) {
        const struct input *in = g->inputs[i], *used = c->by[component_of[g->roles[i]]].in;
        if (in == used) {
            continue;
        }
        if (g->roles[i] != c->by[component_of[g->roles[i]]].role) {
            report_line(rep, "%s: the same in xlsx as %s", in->path, used->name);
        } else {
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
    const struct input *codes = c->by[COMP_CODES].in, *noted = c->by[COMP_TABULAR].in, *noc = c->by[COMP_FACTS].in;
    struct rows old_rows = {.arena = rows->arena}, *kept = codes ? &old_rows : rows;
    struct proc_notes old_notes = {.arena = rows->arena};
    enum status st = ST_OK;
    if (codes) {
        st = c->by[COMP_CODES].role == ROLE_FIXED ? fixed_read(codes, rows, err) : workbook_read(codes, rows, err);
    }
    if (st == ST_OK && noted) {
        st = proc_notes_read(noted, notes, err);
    }
    if (st == ST_OK && old) {
        book_read(old, kept, noted ? &old_notes : notes);
    }
    if (st == ST_OK && noc) {
        map_free(&rows->noc);
        st = noc_read(noc, c->by[COMP_FACTS].role, &rows->noc, err);
    } else if (kept != rows) {
        rows->noc = old_rows.noc;
        old_rows.noc = (struct map){0};
    }
    hcpcs_rows_free(&old_rows);
    proc_notes_free(&old_notes);
    return st;
}

/* The Index and the Table of Drugs: those read now, else those in old. */
static enum status read_printed(const struct chosen *c, const struct edition *old, struct edition *ed,
                                struct report *rep, struct error *err)
{
    static const enum component books[] = {COMP_INDEX, COMP_DRUGS};
    enum status st = ST_OK;
    for (size_t i = 0; i < sizeof books / sizeof books[0] && st == ST_OK; i++) {
        const struct input *in = c->by[books[i]].in;
        if (in) {
            st = printed_read(in, c->by[books[i]].role, ed, rep, err);
        } else if (old) {
            printed_carry(ed, old, books[i]);
        }
    }
    return st;
}

static void report_counts(const struct edition *ed, const struct book_counts *n, size_t noc, struct report *rep)
{
    report_line(rep, "%zu codes, %zu modifiers, %zu of them with a termination date", n->codes, n->modifiers, n->ended);
    if (!(ed->coverage & (1U << COMP_TABULAR))) {
        report_line(rep, "no processing notes file");
    } else if (n->unknown_notes > 0) {
        report_line(rep, "cited processing notes that the notes file lacks: %zu", n->unknown_notes);
    }
    if (noc > n->noc) {
        report_line(rep, "codes of the NOC list that the code file lacks: %zu", noc - n->noc);
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
        st = input_error(err, g->n > 0 ? g->inputs[0]->path : g->release, 0, 0,
                         "expected the HCPCS file of %s with it, found none", g->release);
    }
    if (st != ST_OK) {
        goto done;
    }
    book_build(ed, &rows, &notes, &counts);
    for (enum component k = 0; k < COMP_COUNT; k++) {
        if (c.by[k].in) {
            add_source(ed, k, c.by[k].in);
        } else {
            keep_sources(ed, k, old);
        }
    }
    report_left_out(g, &c, rep);
    report_counts(ed, &counts, rows.noc.len, rep);
    st = read_printed(&c, old, ed, rep, err);
    if (st != ST_OK) {
        goto done;
    }
    *out = ed;
    ed = NULL;
done:
    hcpcs_rows_free(&rows);
    proc_notes_free(&notes);
    edition_free(ed);
    return st;
}

const struct importer hcpcs_importer = {SET_HCPCS, hcpcs_recognise, hcpcs_read};
