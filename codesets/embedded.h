/* embedded.h - the table that embed.cmake writes: the data files of this folder, compiled in. */
#ifndef CODESHELF_EMBEDDED_H
#define CODESHELF_EMBEDDED_H

struct embedded_file {
    const char *name; /* "icd10cm/outline.tsv" */
    const unsigned char *text;
};

extern const struct embedded_file embedded_files[];
extern const unsigned embedded_file_count;

#endif
