/* hcpcs.c - the HCPCS Level II importer: the files of one release become its edition.
 *
 * A release is the code file (fixed-width, or the same as a workbook), its corrections, the processing notes, the list of
 * NOC codes, the Index and the Table of Drugs. Each may be imported alone later: what the group lacks is taken from the
 * edition that an earlier import left, where what corrections added is among the codes. */
#include <string.h>
#include <strings.h>

#include "book.h"
#include "corrections.h"
#include "files.h"
#include "printed.h"
#include "reader/lines.h"

/* The input of each component with its role; NULL where the group has none. */
struct chosen {
    struct { const struct input *in; int role; } by[COMP_COUNT];
};

static const enum component component_of[ROLE_COUNT] = {
    [ROLE_FIXED] = COMP_CODES, [ROLE_WORKBOOK] = COMP_CODES, [ROLE_NOTES] = COMP_TABULAR, [ROLE_NOC] = COMP_FACTS,
    [ROLE_NOC_SHEET] = COMP_FACTS, [ROLE_INDEX] = COMP_INDEX, [ROLE_DRUGS] = COMP_DRUGS,
    [ROLE_CORRECTIONS] = COMP_CORRECTIONS};

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
        if (in == used || !used || g->roles[i] == ROLE_CORRECTIONS) {
            continue; /* read, or kept from an earlier import */
        }
        if (g->roles[i] != c->by[component_of[g->roles[i]]].role) {
            report_line(rep, "%s: the same in xlsx as %s", in->path, used->name);
        } else {
            report_line(rep, "%s: left out, %s is larger", in->path, used->name);
        }
    }
}

static bool has_source(const struct edition *ed, enum component component, const char *sha256)
{
    for (size_t i = 0; i < ed->sources.len; i++) {
        const struct ed_source *s = &ed->sources.items[i];
        if (s->component == component && strcmp(s->sha256, sha256) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_role(const struct import_group *g, enum component component)
{
    for (size_t i = 0; i < g->n; i++) {
        if (component_of[g->roles[i]] == component) {
            return true;
        }
    }
    return false;
}

/* Whether the group names every corrections file that the edition was read with. */
static bool has_corrections_of(const struct import_group *g, const struct edition *old)
{
    for (size_t i = 0; i < old->sources.len; i++) {
        bool found = old->sources.items[i].component != COMP_CORRECTIONS;
        for (size_t k = 0; k < g->n && !found; k++) {
            found = g->inputs[k]->named && strcmp(g->inputs[k]->sha256, old->sources.items[i].sha256) == 0;
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

/* A code file that the shelf has already is not read again when that would lose what corrections added to it. */
static void keep_corrected(const struct import_group *g, const struct edition *old, struct chosen *c)
{
    const struct input *codes = c->by[COMP_CODES].in;
    if (codes && old && has_source(old, COMP_CODES, codes->sha256) && !has_corrections_of(g, old)) {
        c->by[COMP_CODES].in = NULL;
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

/* Corrections go with the codes: with those kept, the ones read before; with a new code file, none but the group's. */
static void fill_corrections(struct edition *ed, const struct import_group *g, bool new_codes,
                             const struct corrections *corrections, const struct edition *old, struct report *rep)
{
    if (!new_codes) {
        keep_sources(ed, COMP_CORRECTIONS, old);
    }
    for (size_t i = 0; i < g->n; i++) {
        const struct input *in = g->inputs[i];
        if (g->roles[i] == ROLE_CORRECTIONS && !corrections_offered(corrections, in) &&
            !has_source(ed, COMP_CORRECTIONS, in->sha256)) {
            add_source(ed, COMP_CORRECTIONS, in);
        }
    }
    if (new_codes && old && !has_corrections_of(g, old)) {
        report_line(rep, "another code file than before: the corrections read with that one are to be imported again");
    }
}

static void fill_sources(struct edition *ed, const struct import_group *g, const struct chosen *c,
                         const struct corrections *corrections, const struct edition *old, struct report *rep)
{
    for (enum component k = 0; k < COMP_COUNT; k++) {
        if (k == COMP_CORRECTIONS) {
            fill_corrections(ed, g, c->by[COMP_CODES].in != NULL, corrections, old, rep);
        } else if (c->by[k].in) {
            add_source(ed, k, c->by[k].in);
        } else {
            keep_sources(ed, k, old);
        }
    }
}

/* The rows of the release with what its corrections add. */
static enum status read_corrected(const struct import_group *g, const struct chosen *c, const struct edition *old,
                                  struct rows *rows, struct proc_notes *notes, struct corrections *corrections,
                                  struct error *err)
{
    enum status st = corrections_read(g, ROLE_CORRECTIONS, corrections, err);
    if (st == ST_OK) {
        st = read_inputs(c, old, rows, notes, err);
    }
    if (st == ST_OK && rows->len == 0) {
        st = input_error(err, g->n > 0 ? g->inputs[0]->path : g->release, 0, 0,
                         "expected the HCPCS file of %s with it or on the shelf, found none", g->release);
    }
    return st == ST_OK ? corrections_apply(corrections, rows, err) : st;
}

static enum status hcpcs_read(const struct import_group *g, const struct edition *old, struct edition **out,
                              struct report *rep, struct error *err)
{
    struct edition *ed = edition_new(SET_HCPCS, g->release, g->from);
    struct rows rows = {.arena = &ed->arena};
    struct proc_notes notes = {.arena = &ed->arena};
    struct corrections corrections = {.arena = &ed->arena, .beside = has_role(g, COMP_CODES)};
    struct book_counts counts;
    struct chosen c;
    enum status st;
    choose_inputs(g, &c);
    keep_corrected(g, old, &c);
    st = read_corrected(g, &c, old, &rows, &notes, &corrections, err);
    if (st != ST_OK) {
        goto done;
    }
    book_build(ed, &rows, &notes, &counts);
    fill_sources(ed, g, &c, &corrections, old, rep);
    report_left_out(g, &c, rep);
    report_counts(ed, &counts, rows.noc.len, rep);
    corrections_report(&corrections, rep);
    st = read_printed(&c, old, ed, rep, err);
    if (st != ST_OK) {
        goto done;
    }
    *out = ed;
    ed = NULL;
done:
    hcpcs_rows_free(&rows);
    proc_notes_free(&notes);
    corrections_free(&corrections);
    edition_free(ed);
    return st;
}

const struct importer hcpcs_importer = {SET_HCPCS, hcpcs_recognise, hcpcs_read};
