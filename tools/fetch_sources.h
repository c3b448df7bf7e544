/* fetch_sources.h - where the official files of a release are, from codesets/SET/sources.tsv. */
#ifndef CODESHELF_TOOLS_FETCH_SOURCES_H
#define CODESHELF_TOOLS_FETCH_SOURCES_H

#include <stddef.h>

#include "codeshelf/arena.h"
#include "codeshelf/date.h"
#include "codeshelf/error.h"
#include "codeshelf/words.h"

struct fetch_source {
    char release[24];    /* as the table has it: "FY2025", or "FY2028+" for that one and every later one of its month */
    char component[16];  /* "codes", which a release cannot do without, "books", "guidelines", ... */
    const char *address; /* https */
    const char *segment; /* its last part, as addresses spell it: "icd10cm-table%20and%20index-2026.zip"; "codes-2023.zip"
                          * where that is only a number */
    const char *file;    /* the same as a name: "icd10cm-table and index-2026.zip" */
    const char *sha256;  /* 64 digits; empty where it is not known */
};

struct fetch_sources {
    struct fetch_source *items;
    size_t len, cap;
};

/* The files of one release (a name as calendar_name gives it), their {year} filled in. Text lives in the arena, items until
 * fetch_sources_free. ST_NONE when no address is known, ST_INPUT when a row of the table is no row. */
enum status fetch_sources_find(enum codeset set, const char *release, struct arena *a, struct fetch_sources *out,
                               struct error *err);
/* Every row of the set, in the order of the table, {year} as it stands. ST_NONE when the set has no table. */
enum status fetch_sources_list(enum codeset set, struct arena *a, struct fetch_sources *out, struct error *err);
void fetch_sources_free(struct fetch_sources *s);

/* The release that is in force on a day, loaded or not: "FY2026". False for a day outside the calendar. */
bool fetch_release_on(enum codeset set, date day, char out[24]);

#endif
