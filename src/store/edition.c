/* edition.c - the life of an edition; its contents are filled by importers and by load.c. */
#include "codeshelf/edition.h"

#include <stdio.h>
#include <stdlib.h>

struct edition *edition_new(enum codeset set, const char *name, date from)
{
    struct edition *ed = mem_alloc(sizeof *ed);
    ed->set = set;
    ed->from = from;
    snprintf(ed->name, sizeof ed->name, "%s", name);
    return ed;
}

void edition_free(struct edition *ed)
{
    if (!ed)
        return;
    free(ed->entries.items);
    free(ed->notes.items);
    free(ed->sevenths.items);
    free(ed->facts.items);
    free(ed->sources.items);
    free(ed->front.items);
    free(ed->terms.items);
    free(ed->guidelines.items);
    free(ed->replacements.items);
    arena_free(&ed->arena);
    free(ed);
}
