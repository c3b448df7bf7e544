/* remarks.c - what there is to say about a file, gathered while it is read: what this version doesn't know, and things
 * that are counted and named by examples. One line each in the report, however often they occur. */
#include <stdio.h>
#include <string.h>

#include "icd10cm.h"

enum { EXAMPLES_MAX = 3 };

void icd_unknown_add(struct icd_unknown *u, size_t line, const char *what, const char *where)
{
    char full[ICD_UNKNOWN_TEXT];
    snprintf(full, sizeof full, "%s in %s", what, where);
    for (size_t i = 0; i < u->len; i++) {
        if (strcmp(u->items[i].what, full) == 0) {
            u->items[i].count++;
            return;
        }
    }
    if (u->len == ICD_UNKNOWN_MAX) {
        u->more++;
        return;
    }
    memcpy(u->items[u->len].what, full, sizeof full);
    u->items[u->len].line = line;
    u->items[u->len++].count = 1;
}

void icd_unknown_report(const struct icd_unknown *u, struct report *rep, const char *path)
{
    for (size_t i = 0; i < u->len; i++) {
        report_line(rep, "%s:%zu: %s is not known to this version and left out (%zu in all)", path, u->items[i].line,
                    u->items[i].what, u->items[i].count);
    }
    if (u->more > 0) {
        report_line(rep, "%s: %zu more places with unknown elements left out", path, u->more);
    }
}

static void add_example(struct icd_tally *t, const char *text, size_t max)
{
    if (!t->cut && t->shown < max && t->examples.len + strlen(text) < ICD_EXAMPLES_BYTES) {
        buf_printf(&t->examples, "%s%s", t->shown > 0 ? ", " : "", text);
        t->shown++;
    } else if (!t->cut) {
        t->cut = true;
        buf_puts(&t->examples, t->shown > 0 ? ", ..." : "...");
    }
}

void icd_tally_add(struct icd_tally *t, const char *text)
{
    t->count++;
    add_example(t, text, EXAMPLES_MAX);
}

void icd_tally_add_once(struct icd_tally *t, const char *text)
{
    bool added;
    t->count++;
    map_put(&t->seen, text, strlen(text), 0, &added);
    if (added) {
        add_example(t, text, SIZE_MAX);
    }
}

void icd_tally_free(struct icd_tally *t)
{
    buf_free(&t->examples);
    map_free(&t->seen);
    *t = (struct icd_tally){0};
}

void icd_tally_report(struct report *rep, struct icd_tally *t, const char *text)
{
    if (t->count > 0) {
        report_line(rep, "%s: %zu (%s)", text, t->count, buf_text(&t->examples));
    }
    icd_tally_free(t);
}
