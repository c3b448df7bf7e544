/* report.h - the lines for the person at the terminal, gathered until import.c prints them. */
#ifndef CODESHELF_TOOLS_REPORT_H
#define CODESHELF_TOOLS_REPORT_H

#include "codeshelf/buf.h"
#include "importer.h"

struct report {
    struct buf text; /* whole lines; start as {0}, free with buf_free */
    const char *indent; /* before every line; NULL for none */
};

/* What an edition holds and what it lacks: entries, billable ones, notes, components that were not loaded. */
void report_edition(struct report *r, const struct edition *ed);

#endif
