/* icd10cm.c - the ICD-10-CM importer: brings together what the files of a release and the shelf have of it.
 *
 * Any file may come alone once the codes are there: everything else is then taken from the edition that is there
 * already, so that adding one later gives the same edition as reading all at once. */
#include <stdlib.h>
#include <string.h>

#include "guidelines/guidelines.h"
#include "icd10cm.h"
#include "reader/lines.h"

static const struct input *find_input(const struct import_group *g, enum component component)
{
    for (size_t i = 0; i < g->n; i++) {
        if (g->roles[i] == (int)component) {
            return g->inputs[i];
        }
    }
    return NULL;
}

const char *icd_component_title(enum component c)
{
    static const char *const titles[] = {[COMP_CODES] = "order file",
                                         [COMP_TABULAR] = "Tabular List",
                                         [COMP_INDEX] = "Alphabetic Index",
                                         [COMP_EXTERNAL] = "External Cause Index",
                                         [COMP_NEOPLASM] = "Table of Neoplasms",
                                         [COMP_DRUGS] = "Table of Drugs",
                                         [COMP_GUIDELINES] = "Official Guidelines",
                                         [COMP_FACTS] = "POA-exempt list",
                                         [COMP_CONVERSION] = "conversion table"};
    return titles[c];
}

static bool covers(const struct edition *ed, enum component component)
{
    return ed && (ed->coverage & (1u << component));
}

static enum status read_order(const struct import_group *g, const struct edition *old, struct edition *ed,
                              struct icd_order *order, struct error *err)
{
    const struct input *in = find_input(g, COMP_CODES);
    if (in) {
        return icd_order_read(in, &ed->arena, order, err);
    }
    if (!covers(old, COMP_CODES)) {
        return input_error(err, g->n > 0 ? g->inputs[0]->path : ed->name, 0, 0,
                           "expected the order file of %s with this %s or on the shelf, found none", ed->name,
                           icd_component_title(g->n > 0 ? (enum component)g->roles[0] : COMP_CODES));
    }
    icd_order_from_edition(old, &ed->arena, order);
    return ST_OK;
}

/* The book: the Tabular read now, else the one in old (borrowed), else the outline. *made is what must be freed. */
static enum status read_book(const struct input *in, const struct edition *old, const struct edition *ed,
                             const struct icd_order *order, const struct edition **book, struct edition **made,
                             struct report *rep, struct error *err)
{
    enum status st = ST_OK;
    if (in) {
        st = icd_tabular_read(in, made, rep, err);
    } else if (covers(old, COMP_TABULAR)) {
        *book = old;
        return ST_OK;
    } else {
        *made = icd_outline_book(order, ed->from);
    }
    *book = *made;
    return st;
}

/* Indexes, tables, guidelines, the POA-exempt list and the conversion table: those read now, else those in old. */
static enum status read_parts(const struct import_group *g, const struct edition *old, struct edition *ed,
                              const struct icd_order *order, struct report *rep, struct error *err)
{
    enum status st = ST_OK;
    for (enum component c = COMP_INDEX; c <= COMP_DRUGS && st == ST_OK; c++) {
        const struct input *in = find_input(g, c);
        if (in) {
            st = icd_index_read(in, c, ed, rep, err);
            if (st == ST_OK) {
                icd_index_check(ed, c, order, rep);
            }
        } else if (old) {
            icd_carry_terms(ed, old, c);
        }
    }
    const struct input *poa = find_input(g, COMP_FACTS);
    if (st == ST_OK && poa) {
        st = icd_poa_read(poa, order, ed, rep, err);
    }
    const struct input *guidelines = find_input(g, COMP_GUIDELINES);
    if (st == ST_OK && guidelines) {
        st = guidelines_read(guidelines, ed, rep, err);
    } else if (old) {
        icd_carry_guidelines(ed, old);
    }
    const struct input *conversion = find_input(g, COMP_CONVERSION);
    if (st == ST_OK && conversion) {
        st = icd_conversion_read(conversion, order, ed, rep, err);
    } else if (old) {
        icd_carry_replacements(ed, old);
    }
    return st;
}

static void add_source(struct edition *ed, enum component component, const struct input *in, const struct edition *old)
{
    if (in) {
        struct ed_source s = {.component = component, .name = arena_strdup(&ed->arena, in->name), .bytes = in->len};
        memcpy(s.sha256, in->sha256, sizeof s.sha256);
        VEC_PUSH(&ed->sources, s);
    }
    for (size_t i = 0; !in && old && i < old->sources.len; i++) {
        struct ed_source s = old->sources.items[i];
        if (s.component == component) {
            s.name = arena_strdup(&ed->arena, s.name);
            VEC_PUSH(&ed->sources, s);
        }
    }
}

/* By component, so that the order of imports leaves no trace. */
static void add_sources(struct edition *ed, const struct import_group *g, const struct edition *old)
{
    for (enum component c = 0; c < COMP_COUNT; c++) {
        add_source(ed, c, find_input(g, c), old);
    }
}

static enum status icd10cm_read(const struct import_group *g, const struct edition *old, struct edition **out,
                                struct report *rep, struct error *err)
{
    struct edition *ed = edition_new(SET_ICD10CM, g->release, g->from), *made = NULL;
    const struct edition *book = NULL;
    struct icd_order order = {0};
    int32_t *place = NULL;
    *out = NULL;
    enum status st = read_order(g, old, ed, &order, err);
    if (st == ST_OK) {
        st = read_book(find_input(g, COMP_TABULAR), old, ed, &order, &book, &made, rep, err);
    }
    if (st != ST_OK) {
        goto done;
    }
    ed->coverage = (old ? old->coverage : 0) | 1u << COMP_CODES;
    for (size_t i = 0; i < g->n; i++) {
        ed->coverage |= 1u << g->roles[i];
    }
    place = mem_alloc(book->entries.len * sizeof *place);
    icd_assemble(ed, &order, book, place);
    if (covers(ed, COMP_TABULAR) && (find_input(g, COMP_CODES) || find_input(g, COMP_TABULAR))) {
        icd_crosscheck(ed, &order, book, place, rep);
    }
    if (old && book != old) {
        icd_carry(ed, old);
    }
    st = read_parts(g, old, ed, &order, rep, err);
    if (st != ST_OK) {
        goto done;
    }
    add_sources(ed, g, old);
    *out = ed;
    ed = NULL;
done:
    edition_free(ed);
    edition_free(made);
    icd_order_free(&order);
    free(place);
    return st;
}

const struct importer icd10cm_importer = {.set = SET_ICD10CM, .recognise = icd_recognise, .read = icd10cm_read};
