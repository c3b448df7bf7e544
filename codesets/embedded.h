/* embedded.h - the tables that embed.cmake writes: text files compiled in. */
#ifndef CODESHELF_EMBEDDED_H
#define CODESHELF_EMBEDDED_H

struct embedded_file {
    const char *name; /* "icd10cm/outline.tsv", "schema.sql" */
    const unsigned char *text; /* NUL-terminated */
};

#endif
