/* group.c - see group.h. */
#include "tools/cpt/group.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/arena.h"
#include "reader/sha256.h"
#include "support.h"

char group_reported[4096];

void report_line(struct report *r, const char *fmt, ...)
{
    const size_t used = strlen(group_reported);
    va_list args;
    (void)r;
    va_start(args, fmt);
    vsnprintf(group_reported + used, sizeof group_reported - used - 1, fmt, args);
    va_end(args);
    strncat(group_reported, "\n", sizeof group_reported - strlen(group_reported) - 1);
}

void group_add(struct group *g, const char *name, const char *bytes, size_t n)
{
    struct input *in = &g->inputs[g->n];
    struct recognised what;
    assert_true(g->n < GROUP_FILES);
    *in = (struct input){.path = name, .name = name, .bytes = bytes, .len = n};
    sha256_hex(bytes, n, in->sha256);
    cpt_importer.recognise(in, &what);
    if (what.verdict != INPUT_USED)
        fail_msg("%s is not recognised", name);
    g->roles[g->n] = what.role;
    g->list[g->n++] = in;
}

void group_add_text(struct group *g, const char *name, const char *text)
{
    group_add(g, name, text, strlen(text));
}

void group_add_specimen(struct group *g, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, TEST_SPECIMEN "/cpt/specimen/%s", name);
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    char *bytes = mem_alloc(1 << 20);
    const size_t n = fread(bytes, 1, 1 << 20, f);
    fclose(f);
    assert_in_range(n, 1, (1 << 20) - 1);
    g->owned[g->n] = bytes;
    group_add(g, name, bytes, n);
}

enum status group_read(struct group *g, const struct edition *old, struct edition **out, struct error *err)
{
    struct import_group ig = {.set = SET_CPT, .release = "2026", .from = 20260101, .inputs = g->list, .roles = g->roles, .n = g->n};
    group_reported[0] = '\0';
    return cpt_importer.read(&ig, old, out, NULL, err);
}

void group_free(struct group *g)
{
    for (size_t i = 0; i < GROUP_FILES; i++)
        free(g->owned[i]);
    *g = (struct group){0};
}

const struct ed_entry *entry_of(const struct edition *ed, const char *code)
{
    for (size_t i = 0; i < ed->entries.len; i++)
        if (strcmp(ed->entries.items[i].code, code) == 0)
            return &ed->entries.items[i];
    fail_msg("no entry %s", code);
    return NULL;
}

const char *fact_of(const struct edition *ed, const char *code, const char *name)
{
    const ptrdiff_t at = entry_of(ed, code) - ed->entries.items;
    for (size_t i = 0; i < ed->facts.len; i++)
        if (ed->facts.items[i].entry == (uint32_t)at && strcmp(ed->facts.items[i].name, name) == 0)
            return ed->facts.items[i].value;
    return NULL;
}

const char *note_of(const struct edition *ed, const char *code, enum note_kind kind)
{
    const ptrdiff_t at = entry_of(ed, code) - ed->entries.items;
    for (size_t i = 0; i < ed->notes.len; i++)
        if (ed->notes.items[i].entry == (uint32_t)at && ed->notes.items[i].kind == kind)
            return ed->notes.items[i].text;
    return NULL;
}

const char *parent_of(const struct edition *ed, const char *code)
{
    const int32_t parent = entry_of(ed, code)->parent;
    return parent == NO_PARENT ? "" : ed->entries.items[parent].code;
}
