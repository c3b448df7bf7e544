/* show.h - everything codeshelf show says of one entry: gathered once, written as text or as JSON. */
#ifndef CODESHELF_CLI_SHOW_H
#define CODESHELF_CLI_SHOW_H

#include "cli.h"
#include "json.h"
#include "page.h"

struct show {
    struct entry entry;
    const struct release *release;
    const char *warning;      /* why this release answers, or NULL */
    const struct entry *path; /* from the chapter down */
    size_t npath;
    const struct note *notes; /* nearest first */
    size_t nnotes;
    bool notes_missing;       /* notes were not loaded: said in missing, and not the same as having none */
    char missing[256];
    struct seventh seventh;
    const struct entry *children;
    size_t nchildren;
    const struct fact *facts;
    size_t nfacts;
};

void show_text(const struct page *p, const struct show *s);
void show_json(const struct show *s, struct json *j, FILE *out);

#endif
