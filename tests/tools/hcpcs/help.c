/* help.c - builds inputs and looks things up by plain scans; speed does not matter here. */
#include "help.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reader/sha256.h"

struct report {
    struct buf *text;
};

/* The importer's lines, which import.c prints in the program. */
void report_line(struct report *r, const char *fmt, ...)
{
    char line[512];
    va_list args;
    va_start(args, fmt);
    vsnprintf(line, sizeof line, fmt, args);
    va_end(args);
    buf_printf(r->text, "%s\n", line);
}

void group_add(struct group *g, const char *path, const char *bytes, size_t n)
{
    const char *slash = strrchr(path, '/');
    struct input in = {.path = path, .name = slash ? slash + 1 : path, .bytes = bytes, .len = n, .named = true};
    sha256_hex(bytes, n, in.sha256);
    g->items[g->n++] = in;
}

enum status group_read(struct group *g, const struct edition *old, struct edition **out, struct error *err)
{
    const struct input *inputs[GROUP_MAX];
    int roles[GROUP_MAX];
    struct import_group group = {
        .set = SET_HCPCS, .release = "2025-JAN", .from = 20250101, .inputs = inputs, .roles = roles};
    struct report rep = {&g->report};
    for (size_t i = 0; i < g->n; i++) {
        struct recognised what;
        hcpcs_importer.recognise(&g->items[i], &what);
        if (what.verdict == INPUT_USED) {
            inputs[group.n] = &g->items[i];
            roles[group.n++] = what.role;
        }
    }
    *out = NULL;
    return hcpcs_importer.read(&group, old, out, &rep, err);
}

void record_add(struct buf *b, const char *head, const char *long_text, const struct field *fields, size_t n,
                size_t length)
{
    char line[321];
    memset(line, ' ', sizeof line);
    memcpy(line, head, strlen(head));
    memcpy(line + 11, long_text, strlen(long_text));
    for (size_t i = 0; i < n; i++) {
        memcpy(line + fields[i].column - 1, fields[i].text, strlen(fields[i].text));
    }
    buf_add(b, line, length ? length : 320);
    buf_puts(b, "\r\n");
}

const struct ed_entry *entry_find(const struct edition *ed, const char *code)
{
    for (size_t i = 0; i < ed->entries.len; i++) {
        if (strcmp(ed->entries.items[i].code, code) == 0) {
            return &ed->entries.items[i];
        }
    }
    return NULL;
}

const char *fact_values(const struct edition *ed, const struct ed_entry *e, const char *name)
{
    static char out[256];
    out[0] = '\0';
    for (size_t i = 0; i < ed->facts.len; i++) {
        const struct ed_fact *f = &ed->facts.items[i];
        if (&ed->entries.items[f->entry] == e && strcmp(f->name, name) == 0) {
            size_t n = strlen(out);
            snprintf(out + n, sizeof out - n, "%s%s", n > 0 ? "," : "", f->value);
        }
    }
    return out;
}

const char *note_text(const struct edition *ed, const struct ed_entry *e)
{
    for (size_t i = 0; i < ed->notes.len; i++) {
        if (&ed->entries.items[ed->notes.items[i].entry] == e) {
            return ed->notes.items[i].text;
        }
    }
    return NULL;
}

const char *entry_path(const struct edition *ed, const struct ed_entry *e)
{
    static char out[64];
    out[0] = '\0';
    while (e->parent != NO_PARENT) {
        char below[64];
        e = &ed->entries.items[e->parent];
        snprintf(below, sizeof below, "%s", out);
        snprintf(out, sizeof out, "%.20s%s%.30s", e->code, *below ? "/" : "", below);
    }
    return out;
}

char *file_read(const char *path, size_t *n)
{
    struct buf b = {0};
    char part[65536];
    size_t got;
    FILE *f = fopen(path, "rb");
    if (!f) {
        return NULL;
    }
    while ((got = fread(part, 1, sizeof part, f)) > 0) {
        buf_add(&b, part, got);
    }
    fclose(f);
    *n = b.len;
    return b.text;
}
