/* fetch_options.h - the command line of codeshelf-fetch. */
#ifndef CODESHELF_TOOLS_FETCH_OPTIONS_H
#define CODESHELF_TOOLS_FETCH_OPTIONS_H

#include <stdbool.h>

#include "codeshelf/error.h"
#include "codeshelf/words.h"

struct fetch_options {
    enum codeset set; /* SET_COUNT: none was named, which only --list allows */
    char release[24]; /* as calendar_name gives it; the one in force today where none was named */
    bool list, import, anew, help, version;
    const char *mirror; /* from --mirror or $CODESHELF_MIRROR; NULL without */
    const char *cache;  /* NULL: the default place */
    const char *shelf;  /* for the import; NULL: the default place */
};

/* Reads argv, whose order may change, and the environment. ST_USAGE with what is off. */
enum status fetch_options_read(int argc, char **argv, struct fetch_options *out, struct error *err);
const char *fetch_options_help(void);

#endif
