/* options.h - the command line of codeshelf-import. */
#ifndef CODESHELF_TOOLS_OPTIONS_H
#define CODESHELF_TOOLS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "codeshelf/date.h"
#include "codeshelf/error.h"
#include "codeshelf/words.h"

enum { DROPS_MOST = 32 };

/* A release to take off the shelf. */
struct drop {
    enum codeset set;
    char release[24]; /* as calendar_name gives it */
};

struct options {
    const char *shelf; /* NULL: the default place */
    bool set_given;
    enum codeset set;
    const char *release; /* as typed; NULL without */
    date effective;      /* 0 without */
    struct drop drops[DROPS_MOST];
    size_t drops_n;
    bool dry_run, help, version;
    char *const *paths; /* borrowed from argv; none where there is something to drop only */
    size_t n;
};

/* Reads argv, whose order may change. ST_USAGE with what is off. */
enum status options_read(int argc, char **argv, struct options *out, struct error *err);
const char *options_help(void);

#endif
