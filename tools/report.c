/* report.c - what an import says about what it read. What is missing matters as much as what is there: a release without its
 * Tabular has no notes, and nobody may take that for "no Excludes". */
#include "report.h"

#include <stdarg.h>
#include <stdio.h>

#include "codeshelf/calendar.h"

void report_line(struct report *r, const char *fmt, ...)
{
    char line[1024];
    va_list args;
    va_start(args, fmt);
    vsnprintf(line, sizeof line, fmt, args);
    va_end(args);
    buf_printf(&r->text, "%s%s\n", r->indent ? r->indent : "", line);
}

static bool brings(const struct edition *ed, enum component c)
{
    return (ed->coverage >> c & 1) != 0;
}

static void report_missing(struct report *r, const struct edition *ed)
{
    char october[RELEASE_NAME_MAX];
    if (!brings(ed, COMP_CODES)) {
        report_line(r, "%s: no code file: notes only", ed->name);
    } else if (ed->set == SET_ICD10CM && !brings(ed, COMP_TABULAR)) {
        bool later = calendar_parent(ed->set, ed->name, october);
        report_line(r, "%s: titles only, no Tabular: notes not loaded%s%s%s", ed->name,
                    later ? " (those of " : "", later ? october : "", later ? " are shown where they are loaded)" : "");
    }
}

void report_edition(struct report *r, const struct edition *ed)
{
    char from[11];
    size_t entries = 0, billable = 0;
    for (size_t i = 0; i < ed->entries.len; i++) {
        const struct ed_entry *e = &ed->entries.items[i];
        entries += e->kind != KIND_CHAPTER && e->kind != KIND_SECTION;
        billable += e->billable;
    }
    report_line(r, "%s %s, from %s: %zu entries, %zu billable, %zu notes", codeset_title(ed->set), ed->name,
                date_print(ed->from, from), entries, billable, ed->notes.len);
    report_missing(r, ed);
}
