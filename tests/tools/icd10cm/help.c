#include "tests/support.h"

#include "help.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "codeshelf/calendar.h"
#include "group.h"
#include "report.h"

static enum status read_inputs(const char *release, const struct input *items, size_t n, int with,
                               const struct edition *old, struct edition **out, struct buf *report, struct error *err)
{
    const struct input *inputs[COMP_COUNT];
    int roles[COMP_COUNT], got = 0;
    struct import_group g = {
        .set = SET_ICD10CM, .from = calendar_from(SET_ICD10CM, release), .inputs = inputs, .roles = roles};
    struct report rep = {0};
    snprintf(g.release, sizeof g.release, "%s", release);
    for (size_t i = 0; i < n; i++) {
        struct recognised is;
        icd10cm_importer.recognise(&items[i], &is);
        assert_int_equal(is.verdict, INPUT_USED);
        if (with & ~got & 1 << is.component) { /* a list may come as text and as workbook: one is enough */
            got |= 1 << is.component;
            inputs[g.n] = &items[i];
            roles[g.n++] = is.role;
        }
    }
    enum status st = icd10cm_importer.read(&g, old, out, &rep, err);
    buf_puts(report, buf_text(&rep.text));
    buf_free(&rep.text);
    return st;
}

enum status read_texts(const char *order, const char *tabular, const struct edition *old, struct edition **out,
                       struct buf *report, struct error *err)
{
    struct input items[2];
    size_t n = 0;
    if (order) {
        items[n++] = (struct input){
            .path = "d/order.txt", .name = "order.txt", .bytes = order, .len = strlen(order), .sha256 = "aa"};
    }
    if (tabular) {
        items[n++] = (struct input){
            .path = "d/tabular.xml", .name = "tabular.xml", .bytes = tabular, .len = strlen(tabular), .sha256 = "bb"};
    }
    return read_inputs("FY2025", items, n, WITH_ALL, old, out, report, err);
}

enum status read_files(const char *const *texts, size_t n, const struct edition *old, struct edition **out,
                       struct buf *report, struct error *err)
{
    struct input items[FILES_MAX];
    assert_in_range(n, 1, FILES_MAX);
    for (size_t i = 0; i < n; i++) {
        items[i] = (struct input){.path = "d/file", .name = "file", .bytes = texts[i], .len = strlen(texts[i])};
    }
    return read_inputs("FY2025", items, n, WITH_ALL, old, out, report, err);
}

struct edition *read_folder(const char *folder, const char *release, int with, const struct edition *old,
                            struct buf *report)
{
    static const struct importer *const importers[] = {&icd10cm_importer};
    struct intake in = {.importers = importers, .importers_n = 1};
    struct edition *ed = NULL;
    struct input items[FILES_MAX];
    struct error err = {0};
    char path[512];
    char *list[] = {path};
    snprintf(path, sizeof path, "%s", folder);
    assert_int_equal(collect_files(&in.arena, list, 1, intake_take, &in, &err), ST_OK);
    assert_in_range(in.taken.len, 1, FILES_MAX);
    for (size_t i = 0; i < in.taken.len; i++) {
        items[i] = in.taken.items[i]->input;
    }
    if (read_inputs(release, items, in.taken.len, with, old, &ed, report, &err) != ST_OK) {
        fail_msg("%s: %s", folder, err.text);
    }
    intake_free(&in);
    return ed;
}

bool have_releases(void)
{
    if (access(TEST_SHARED "/data/icd10cm", R_OK) == 0) {
        return true;
    }
    print_message("SKIPPED: official ICD-10-CM releases are not tested, there is no ../shared/data/icd10cm\n");
    return false;
}

void add_line(struct buf *b, const char *code, int flag, const char *title)
{
    static const char number[] = "00001";
    buf_printf(b, "%s %-7s %d %-60.60s %s\r\n", number, code, flag, title, title);
}

static size_t find_entry(const struct edition *ed, const char *code, bool section)
{
    for (size_t i = 0; i < ed->entries.len; i++) {
        const struct ed_entry *e = &ed->entries.items[i];
        if (e->kind != KIND_CHAPTER && (e->kind == KIND_SECTION) == section && strcmp(e->code, code) == 0) {
            return i;
        }
    }
    fail_msg("no entry %s", code);
    return 0;
}

size_t find_code(const struct edition *ed, const char *code)
{
    return find_entry(ed, code, false);
}

size_t find_section(const struct edition *ed, const char *code)
{
    return find_entry(ed, code, true);
}

static void add_path(const struct edition *ed, int32_t at, struct buf *out)
{
    const struct ed_entry *e = &ed->entries.items[at];
    if (e->parent != NO_PARENT) {
        add_path(ed, e->parent, out);
        buf_puts(out, " > ");
    }
    buf_puts(out, e->code);
}

const char *path_of(const struct edition *ed, size_t at, struct buf *out)
{
    buf_clear(out);
    add_path(ed, (int32_t)at, out);
    return buf_text(out);
}

const char *notes_of(const struct edition *ed, size_t at, struct buf *out)
{
    buf_clear(out);
    for (size_t i = 0; i < ed->notes.len; i++) {
        if (ed->notes.items[i].entry == at) {
            buf_printf(out, "%s: %s\n", note_kind_name(ed->notes.items[i].kind), ed->notes.items[i].text);
        }
    }
    return buf_text(out);
}

void dump_term(const struct ed_term *t, struct buf *out)
{
    const char *const texts[] = {t->title, t->nemod,    t->codes,        t->manifestation,
                                 t->see,   t->see_also, t->see_category, t->cells};
    buf_printf(out, "%s %d ", component_name(t->book), t->depth);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        for (const char *s = texts[i]; *s; s++) {
            buf_putc(out, *s == '\n' ? '/' : *s);
        }
        buf_puts(out, i + 1 < sizeof texts / sizeof *texts ? "|" : "");
    }
}

void dump_edition(const struct edition *ed, struct buf *out)
{
    buf_printf(out, "%s %d %x\n", ed->name, ed->from, ed->coverage);
    for (size_t i = 0; i < ed->entries.len; i++) {
        const struct ed_entry *e = &ed->entries.items[i];
        buf_printf(out, "%d %s %d %d%d %s|%s|%s\n", e->kind, e->code, e->parent, e->billable, e->family, e->title,
                   e->short_title, e->printed ? e->printed : "");
    }
    for (size_t i = 0; i < ed->notes.len; i++) {
        buf_printf(out, "note %u %d %s\n", ed->notes.items[i].entry, ed->notes.items[i].kind, ed->notes.items[i].text);
    }
    for (size_t i = 0; i < ed->sevenths.len; i++) {
        const struct ed_seventh *s = &ed->sevenths.items[i];
        buf_printf(out, "seventh %u %c %s|%s\n", s->entry, s->ch, s->text, s->note);
    }
    for (size_t i = 0; i < ed->facts.len; i++) {
        buf_printf(out, "fact %u %s %s\n", ed->facts.items[i].entry, ed->facts.items[i].name, ed->facts.items[i].value);
    }
    for (size_t i = 0; i < ed->sources.len; i++) {
        buf_printf(out, "source %d %s %s\n", ed->sources.items[i].component, ed->sources.items[i].name,
                   ed->sources.items[i].sha256);
    }
    for (size_t i = 0; i < ed->front.len; i++) {
        buf_printf(out, "front %s|%s|%s\n", ed->front.items[i].kind, ed->front.items[i].title, ed->front.items[i].text);
    }
    for (size_t i = 0; i < ed->terms.len; i++) {
        dump_term(&ed->terms.items[i], out);
        buf_putc(out, '\n');
    }
    for (size_t i = 0; i < ed->guidelines.len; i++) {
        const struct ed_guideline *g = &ed->guidelines.items[i];
        buf_printf(out, "guideline %s %d %s|%s\n", g->section, g->depth, g->title, g->text);
    }
    for (size_t i = 0; i < ed->replacements.len; i++) {
        const struct ed_replacement *r = &ed->replacements.items[i];
        buf_printf(out, "replacement %d %s-%s by %s|%s\n", r->from, r->old, r->last, r->now, r->said);
    }
}
