/* cpt.c - the CPT importer. What a licensed user receives is one code set spread over a dozen files: long, medium and short
 * descriptors, modifiers, the quarterly PLA list, wording for consumers and clinicians. Nothing in them names the release, so
 * that comes from --release or a file's name. Files are told apart by content; read in a fixed order into one book (book.h) that starts
 * as a copy of what the shelf has, so that a quarterly PLA list or a consumer file can be added on its own. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "cpt/cpt.h"
#include "cpt/data.h"
#include "reader/xlsx.h"
#include "reader/xml.h"

static const struct {
    const char *what;
    enum component component;
} roles[ROLE_COUNT] = {
    [ROLE_LONG_TAB] = {"long descriptors (LONGULT)", COMP_CODES},
    [ROLE_LONG_FIXED] = {"long descriptors (LONGULF)", COMP_CODES},
    [ROLE_LONG_TAB_UPPER] = {"long descriptors in capitals (LONGUT)", COMP_CODES},
    [ROLE_LONG_FIXED_UPPER] = {"long descriptors in capitals (LONGUF)", COMP_CODES},
    [ROLE_MEDIUM] = {"medium descriptors (MEDU)", COMP_CODES},
    [ROLE_SHORT] = {"short descriptors (SHORTU)", COMP_CODES},
    [ROLE_MODIFIERS] = {"modifiers (MODUL)", COMP_CODES},
    [ROLE_PLA_XML] = {"PLA codes (CPTPLA)", COMP_CODES},
    [ROLE_PLA_TAB] = {"PLA codes (CPTPLATab)", COMP_CODES},
    [ROLE_CONSUMER] = {"consumer descriptors", COMP_FACTS},
    [ROLE_CLINICIAN] = {"clinician descriptors", COMP_FACTS},
    [ROLE_LINK_DELETED] = {"CPT Link deleted list", COMP_CONVERSION},
    [ROLE_LINK_HISTORY] = {"CPT Link history", COMP_CONVERSION},
    [ROLE_LINK_MODIFIERS] = {"CPT Link history of modifiers", COMP_CONVERSION},
};

/* --- recognising ----------------------------------------------------------------------------------------------------- */

enum {
    MEDIUM_RECORD = 54,
    MEDIUM_RECORD_OLD = 106,
    SHORT_WIDTH = 28,
    ODD_PART = 4 /* at most one line in so many may be out of form, so that a table of other five-digit codes is not taken */
};

static bool name_has(const char *name, const char *part)
{
    for (; *name; name++)
        if (strncasecmp(name, part, strlen(part)) == 0)
            return true;
    return false;
}

/* MEDU and SHORTU have one form: the width of their texts tells, of their records where all texts are short, else the name. */
static enum role fixed_role(const struct data_look *look, const char *name)
{
    const bool medium = look->widest_text > SHORT_WIDTH || look->widest_line == MEDIUM_RECORD ||
                        look->widest_line == MEDIUM_RECORD_OLD || name_has(name, "MED");
    return medium ? ROLE_MEDIUM : ROLE_SHORT;
}

static enum role descriptor_role(const struct input *in)
{
    const struct data_start start = data_find(in->bytes, in->len);
    if (start.form == DATA_NONE)
        return ROLE_COUNT;
    const struct data_look look = data_look(&start);
    if (look.odd * ODD_PART > look.lines || look.order_lines * 2 > look.lines)
        return ROLE_COUNT;
    switch (start.form) {
    case DATA_TAB:
        return look.lower ? ROLE_LONG_TAB : ROLE_LONG_TAB_UPPER;
    case DATA_SEQUENCE:
        return look.lower ? ROLE_LONG_FIXED : ROLE_LONG_FIXED_UPPER;
    case DATA_FIXED:
        return fixed_role(&look, in->name);
    case DATA_PLA:
        return ROLE_PLA_TAB;
    case DATA_NONE:
        break;
    }
    return ROLE_COUNT;
}

static void cpt_recognise(const struct input *in, struct recognised *out)
{
    struct xml_probe xml;
    bool link = false;
    enum role role = ROLE_COUNT;
    *out = (struct recognised){.verdict = INPUT_UNKNOWN};
    if (xml_look(in->bytes, in->len, &xml)) {
        if (strcmp(xml.root, "plaCodes") == 0)
            role = ROLE_PLA_XML;
    } else if (xlsx_is(in->bytes, in->len)) {
        role = table_recognise(in, &link);
    } else if (!memchr(in->bytes, '\0', in->len < 4096 ? in->len : 4096)) {
        role = table_recognise(in, &link);
        if (role == ROLE_COUNT && !link)
            role = modifiers_recognise(in->bytes, in->len) ? ROLE_MODIFIERS : descriptor_role(in);
    }
    if (link) {
        out->verdict = INPUT_NOT_NEEDED;
        out->what = "CPT Link table";
        out->why = "of CPT Link the deleted list and the histories are read";
    } else if (role != ROLE_COUNT) {
        out->verdict = INPUT_USED;
        out->role = (int)role;
        out->component = roles[role].component;
        out->what = roles[role].what;
    }
}

/* --- reading --------------------------------------------------------------------------------------------------------- */

struct files {
    const struct input *of[ROLE_COUNT];
};

/* One file a role. The same file twice is read once; two that differ can't both be the release. */
static enum status take_files(const struct import_group *g, struct files *out, struct error *err)
{
    *out = (struct files){{0}};
    for (size_t i = 0; i < g->n; i++) {
        const struct input **slot = &out->of[g->roles[i]];
        if (*slot && strcmp((*slot)->sha256, g->inputs[i]->sha256) != 0)
            return error_set(err, ST_INPUT, "%s: one file of %s for %s expected, found also %s", (*slot)->path,
                             roles[g->roles[i]].what, g->release, g->inputs[i]->path);
        *slot = g->inputs[i];
    }
    return ST_OK;
}

static void keep_first(struct files *f, enum role from, enum role to, struct report *rep)
{
    const struct input *kept = NULL;
    for (int role = (int)from; role <= (int)to; role++) {
        if (kept && f->of[role]) {
            report_line(rep, "%s: not read, %s says the same", f->of[role]->name, kept->name);
            f->of[role] = NULL;
        }
        if (f->of[role])
            kept = f->of[role];
    }
}

static const struct input *long_file(const struct files *f)
{
    for (int role = ROLE_LONG_TAB; role <= ROLE_LONG_FIXED_UPPER; role++)
        if (f->of[role])
            return f->of[role];
    return NULL;
}

/* What the files of this import bring anew is forgotten first. */
static void drop_old(struct book *b, const struct files *f)
{
    if (long_file(f))
        book_drop_codes(b);
    if (f->of[ROLE_MEDIUM])
        book_drop_facts(b, "medium");
    if (f->of[ROLE_SHORT])
        for (size_t i = 0; i < b->items.len; i++)
            b->items.items[i].short_title = "";
    if (f->of[ROLE_MODIFIERS])
        book_drop_modifiers(b);
    if (f->of[ROLE_CONSUMER])
        book_drop_notes(b, NOTE_CONSUMER);
    if (f->of[ROLE_CLINICIAN])
        book_drop_notes(b, NOTE_CLINICIAN);
    if (f->of[ROLE_LINK_DELETED])
        b->ed->replacements.len = 0; /* what a history says of deletions stands in this list, too */
    if (f->of[ROLE_LINK_HISTORY])
        book_drop_days(b, KIND_CODE);
    if (f->of[ROLE_LINK_MODIFIERS])
        book_drop_days(b, KIND_MODIFIER);
}

static enum status read_role(struct book *b, enum role role, const struct input *in, struct report *rep,
                             struct error *err)
{
    switch (role) {
    case ROLE_LONG_TAB:
    case ROLE_LONG_TAB_UPPER:
        return descriptors_read_tab(b, in, err);
    case ROLE_LONG_FIXED:
    case ROLE_LONG_FIXED_UPPER:
        return descriptors_read_sequence(b, in, err);
    case ROLE_MEDIUM:
    case ROLE_SHORT:
        return descriptors_read_fixed(b, in, role, err);
    case ROLE_MODIFIERS:
        return modifiers_read(b, in, err);
    case ROLE_PLA_XML:
        return pla_read(b, in, err);
    case ROLE_PLA_TAB:
        return table_read_pla(b, in, err);
    case ROLE_CONSUMER:
    case ROLE_CLINICIAN:
        return table_read(b, in, err);
    case ROLE_LINK_DELETED:
    case ROLE_LINK_HISTORY:
    case ROLE_LINK_MODIFIERS:
        return link_read(b, in, rep, err);
    case ROLE_COUNT:
        break;
    }
    return ST_OK;
}

static bool in_file(const struct item *it, enum role role)
{
    return role == ROLE_MEDIUM ? it->in_medium : role == ROLE_SHORT ? it->in_short : it->in_long;
}

/* Long, medium and short descriptors should name the same codes; what one lacks is said, with examples. */
static void report_lacking(const struct book *b, const struct files *f, enum role has, enum role lacks, struct report *rep)
{
    char examples[3 * 8 + 8] = "";
    size_t n = 0;
    for (size_t i = 0; i < b->items.len; i++) {
        const struct item *it = &b->items.items[i];
        if (!in_file(it, has) || in_file(it, lacks))
            continue;
        if (n++ < 3)
            snprintf(examples + strlen(examples), sizeof examples - strlen(examples), "%s%s", n > 1 ? ", " : "", it->code);
    }
    const struct input *from = has == ROLE_LONG_TAB ? long_file(f) : f->of[has];
    const struct input *to = lacks == ROLE_LONG_TAB ? long_file(f) : f->of[lacks];
    if (n > 0)
        report_line(rep, "%s: %zu %s of %s missing (%s%s)", to->name, n, n == 1 ? "code" : "codes", from->name, examples,
                    n > 3 ? ", ..." : "");
}

static void cross_check(const struct book *b, const struct files *f, struct report *rep)
{
    static const enum role others[] = {ROLE_MEDIUM, ROLE_SHORT};
    for (size_t i = 0; i < sizeof others / sizeof others[0] && long_file(f); i++)
        if (f->of[others[i]]) {
            report_lacking(b, f, ROLE_LONG_TAB, others[i], rep);
            report_lacking(b, f, others[i], ROLE_LONG_TAB, rep);
        }
    size_t strangers = 0;
    const char *example = "";
    for (size_t i = 0; i < b->notes.len; i++)
        if (!b->items.items[b->notes.items[i].item].title) {
            example = b->items.items[b->notes.items[i].item].code;
            strangers++;
        }
    if (strangers > 0)
        report_line(rep, "%zu consumer or clinician descriptors name codes without a long descriptor (%s)", strangers, example);
}

static const char *base_name(const char *name)
{
    const char *slash = strrchr(name, '/');
    return slash ? slash + 1 : name;
}

static bool in_group(const struct import_group *g, const char *name)
{
    for (size_t i = 0; i < g->n; i++)
        if (strcasecmp(base_name(name), g->inputs[i]->name) == 0)
            return true;
    return false;
}

/* Every file of the group, those passed over too (so that importing them again is known to change nothing), and the
 * files of earlier imports that are not replaced. */
static void put_sources(struct edition *ed, const struct import_group *g, const struct edition *old)
{
    for (size_t i = 0; old && i < old->sources.len; i++) {
        struct ed_source s = old->sources.items[i];
        if (in_group(g, s.name))
            continue;
        s.name = arena_strdup(&ed->arena, s.name);
        VEC_PUSH(&ed->sources, s);
    }
    for (size_t i = 0; i < g->n; i++) {
        const struct input *in = g->inputs[i];
        struct ed_source s = {.component = roles[g->roles[i]].component,
                              .name = arena_strdup(&ed->arena, in->name),
                              .bytes = in->len};
        memcpy(s.sha256, in->sha256, sizeof s.sha256);
        ed->coverage |= 1U << s.component;
        VEC_PUSH(&ed->sources, s);
    }
}

static void put_front(struct book *b, const struct files *f, const struct edition *old)
{
    struct edition *ed = b->ed;
    if (long_file(f))
        descriptors_read_notice(b, long_file(f));
    for (size_t i = 0; old && !long_file(f) && i < old->front.len; i++) {
        const struct ed_front *from = &old->front.items[i];
        const struct ed_front front = {arena_strdup(&ed->arena, from->kind), arena_strdup(&ed->arena, from->title),
                                       arena_strdup(&ed->arena, from->text)};
        VEC_PUSH(&ed->front, front);
    }
}

static enum status read_files(struct book *b, const struct files *f, const struct edition *old, const char *first,
                              struct report *rep, struct error *err)
{
    if (old)
        book_load(b, old);
    drop_old(b, f);
    for (int role = 0; role < ROLE_COUNT; role++) {
        const enum status st = f->of[role] ? read_role(b, (enum role)role, f->of[role], rep, err) : ST_OK;
        if (st != ST_OK)
            return st;
    }
    /* A quarterly PLA list alone is no release: all other codes would read as deleted in it. */
    for (size_t i = 0; i < b->items.len; i++)
        if (b->items.items[i].title && b->items.items[i].kind == KIND_CODE && b->items.items[i].code[4] != 'U')
            return ST_OK;
    return error_set(err, ST_INPUT, "%s: long descriptors (LONGULT) of %s expected beside it or on the shelf, found none", first,
                     b->ed->name);
}

static enum status cpt_read(const struct import_group *g, const struct edition *old, struct edition **out,
                            struct report *rep, struct error *err)
{
    struct files f;
    struct book b = {0};
    struct edition *ed = NULL;
    *out = NULL;
    enum status st = take_files(g, &f, err);
    if (st != ST_OK)
        goto done;
    keep_first(&f, ROLE_LONG_TAB, ROLE_LONG_FIXED_UPPER, rep);
    keep_first(&f, ROLE_PLA_XML, ROLE_PLA_TAB, rep);
    ed = edition_new(SET_CPT, g->release, g->from);
    book_start(&b, ed);
    st = read_files(&b, &f, old, g->inputs[0]->path, rep, err);
    if (st != ST_OK)
        goto done;
    cross_check(&b, &f, rep);
    ed->coverage = old ? old->coverage : 0;
    put_front(&b, &f, old);
    put_sources(ed, g, old);
    book_place(&b);
    *out = ed;
    ed = NULL;
done:
    book_free(&b);
    edition_free(ed);
    return st;
}

const struct importer cpt_importer = {SET_CPT, cpt_recognise, cpt_read};
