/* corrections_report.c - what the importer says of corrections: file by file a line for each thing that became of rows, with
 * their codes; of prose a line for each wording, as that is all a person has to judge by. */
#include <string.h>

#include "corrections.h"

/* Whether two rows of a file go into one line. */
static bool same_line(const struct corrections *all, const struct correction *a, const struct correction *b)
{
    if (a->in != b->in || a->outcome != b->outcome) {
        return false;
    }
    switch (a->outcome) {
    case CORR_NOT_APPLIED:
        return strcmp(a->cells[CORR_ACTION], b->cells[CORR_ACTION]) == 0 && a->effective == b->effective &&
               strcmp(a->cells[CORR_XREF], b->cells[CORR_XREF]) == 0;
    case CORR_TAKEN_BACK:
        return strcmp(all->items[a->by].cells[CORR_ACTION], all->items[b->by].cells[CORR_ACTION]) == 0;
    case CORR_ADDED:
    case CORR_OFFERED:
    case CORR_THERE:
    case CORR_SILENT:
        break;
    }
    return true;
}

static void report_codes(const struct corrections *all, const struct correction *c, const char *codes,
                         struct report *rep)
{
    const char *xref = c->cells[CORR_XREF];
    char day[11];
    switch (c->outcome) {
    case CORR_ADDED:
        report_line(rep, "%s: added: %s", c->in->name, codes);
        break;
    case CORR_OFFERED:
        report_line(rep, "%s: would add %s: name this file, or the zip it is in, to add them", c->in->name, codes);
        break;
    case CORR_THERE:
        report_line(rep, "%s: so in the file already: %s", c->in->name, codes);
        break;
    case CORR_NOT_APPLIED:
        report_line(rep, "%s: not applied: %s: %s%s%s%s%s", c->in->name, codes, c->cells[CORR_ACTION],
                    *xref ? ", cross-reference " : "", xref, c->effective ? ", from " : "",
                    date_print(c->effective, day));
        break;
    case CORR_TAKEN_BACK:
        report_line(rep, "%s: not added: %s: %s says %s", c->in->name, codes, all->items[c->by].in->name,
                    all->items[c->by].cells[CORR_ACTION]);
        break;
    case CORR_SILENT:
        break;
    }
}

bool corrections_offered(const struct corrections *all, const struct input *in)
{
    for (size_t i = 0; i < all->len; i++) {
        if (all->items[i].in == in && all->items[i].outcome == CORR_OFFERED) {
            return true;
        }
    }
    return false;
}

void corrections_report(const struct corrections *all, struct report *rep)
{
    struct buf codes = {0};
    for (size_t i = 0; i < all->len; i++) {
        const struct correction *c = &all->items[i];
        bool told = c->outcome == CORR_SILENT;
        for (size_t k = 0; k < i && !told; k++) {
            told = same_line(all, &all->items[k], c);
        }
        if (told) {
            continue;
        }
        buf_clear(&codes);
        for (size_t k = i; k < all->len; k++) {
            if (same_line(all, c, &all->items[k])) {
                buf_printf(&codes, "%s%s", codes.len ? ", " : "", all->items[k].code);
            }
        }
        report_codes(all, c, buf_text(&codes), rep);
    }
    for (size_t i = 0; i < all->len; i++) {
        const struct correction *c = &all->items[i];
        if (c->outcome == CORR_ADDED && !c->effective) {
            report_line(rep, "%s: %s is added without a date: \"%s\" is none", c->in->name, c->code,
                        c->cells[CORR_EFFECTIVE]);
        }
    }
    buf_free(&codes);
}
