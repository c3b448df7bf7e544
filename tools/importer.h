/* importer.h - what the three importers share: a file found on the way in, and the shape of an importer.
 *
 * import.c collects inputs (opening folders and zips), asks every importer what each one is, groups them by release and calls
 * the importer of the set once a release. An importer knows formats; it knows nothing of folders, zips or the shelf. */
#ifndef CODESHELF_TOOLS_IMPORTER_H
#define CODESHELF_TOOLS_IMPORTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "codeshelf/edition.h"
#include "codeshelf/error.h"

/* A file, or a member of a zip, in memory. Owned by import.c for the whole run. */
struct input {
    const char *path; /* as messages name it: "FY2017/cms_2017_dx.zip/icd10cm_order_2017.txt" */
    const char *name; /* base name: "icd10cm_order_2017.txt" */
    const char *bytes;
    size_t len;
    bool named; /* it, or the zip it is in, was named itself, not found in a folder that was */
    char sha256[SHA256_TEXT];
};

enum verdict {
    INPUT_UNKNOWN,    /* not of this set; or it would be, but for what why says (a missing program) */
    INPUT_USED,       /* this importer reads it */
    INPUT_NOT_NEEDED, /* of this set, but the shelf does not need it (codes file, addenda): why says so */
    INPUT_WRONG       /* recognised as something that must not be imported (ICD-10-PCS): why says so, the import is refused */
};

struct recognised {
    enum verdict verdict;
    int role;                       /* the importer's own number for this kind of file */
    enum component component;       /* what it brings, when used */
    const char *what;               /* "order file", "Tabular List": static text */
    const char *why;                /* for not needed and wrong, else mostly NULL: static text */
    char release[RELEASE_NAME_MAX]; /* what the content itself says ("2021" in an XML gives FY2021), else "" */
    bool exact;                     /* the content names the release exactly; else it may be a later edition of that year */
    bool several;                   /* a release may have more than one of this kind, and all of them are read */
};

/* The inputs of one release that the importer said it uses, with their roles. */
struct import_group {
    enum codeset set;
    char release[RELEASE_NAME_MAX];
    date from;
    const struct input **inputs;
    const int *roles;
    size_t n;
};

/* Lines for the person at the terminal: what was found, cross-checked, left out. Printed by import.c, one line each. */
struct report;
void report_line(struct report *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

struct importer {
    enum codeset set;
    /* Says by content what an input is; cheap: looks at the beginning only, unless that is not enough. */
    void (*recognise)(const struct input *in, struct recognised *out);
    /* Reads the group into a new edition with everything that old (NULL for a new release) has of other components. Malformed
     * input: ST_INPUT, "path:line:column: what was expected, what was found"; *out stays NULL. Sources and coverage of what was
     * read are filled in here; import.c adds the import time (0 until then) and the zip to the names of sources. */
    enum status (*read)(const struct import_group *g, const struct edition *old, struct edition **out, struct report *rep,
                        struct error *err);
};

extern const struct importer icd10cm_importer, hcpcs_importer, cpt_importer;

#endif
