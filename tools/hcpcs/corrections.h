/* corrections.h - the corrections files of a release: what CMS says was wrong in the code file, one row a code.
 *
 * A row that adds a code with its descriptions is a full record and becomes a row of the release: as a re-issue, so that a
 * folder with both gives what the code file says until somebody names the corrections. Everything else is prose for a person
 * ("Add Lab Cert code 220", "DELETE") and is only reported, as is what the code file holds already. */
#ifndef CODESHELF_HCPCS_CORRECTIONS_H
#define CODESHELF_HCPCS_CORRECTIONS_H

#include "codeshelf/code.h"
#include "importer.h"
#include "rows.h"

/* The columns of a corrections file; a file may lack any from CORR_EFFECTIVE on. */
enum {
    CORR_CODE,
    CORR_ACTION,
    CORR_LONG,
    CORR_SHORT,
    CORR_EFFECTIVE,
    CORR_TOS,
    CORR_BETOS,
    CORR_COVERAGE,
    CORR_PRICE,
    CORR_XREF,
    CORR_ASC,
    CORR_ASC_DATE,
    CORR_COMMENTS,
    CORR_COLUMNS
};

enum outcome {
    CORR_NOT_APPLIED,
    CORR_ADDED,      /* a full record, now a row of the release */
    CORR_OFFERED,    /* a full record of a file that lay beside the code file, without being named */
    CORR_THERE,      /* the release has it so already */
    CORR_TAKEN_BACK, /* a full record that a later file takes back */
    CORR_SILENT      /* said elsewhere: it takes another row back, or a later file repeats it */
};

struct correction {
    const struct input *in;
    size_t line;
    char code[CODE_MAX];
    bool modifier;
    const char *cells[CORR_COLUMNS]; /* with single blanks, "" where empty */
    date effective;                  /* 0 where there is none or it is no day */
    enum outcome outcome;
    size_t by; /* the row that takes it back */
};

/* Starts as {.arena = a}, which takes the texts. */
struct corrections {
    struct correction *items;
    size_t len, cap;
    bool beside; /* a code file came with them: what that says stands, unless they were named themselves */
    struct arena *arena;
};

/* Whether a row of a sheet is the heading row of a corrections file. */
bool corrections_is_heading(const char *const *cells, size_t n);
/* Reads the corrections files of a group, in the order of their versions ("V2_...", "..._v2"; a name without one is first). */
enum status corrections_read(const struct import_group *g, int role, struct corrections *c, struct error *err);
/* Adds the full records that no later row takes back to the rows of the release, and judges every row. */
enum status corrections_apply(struct corrections *c, struct rows *rows, struct error *err);
/* Whether a file has full records that were only offered. */
bool corrections_offered(const struct corrections *c, const struct input *in);
/* Says file by file what became of the rows. */
void corrections_report(const struct corrections *c, struct report *rep);
void corrections_free(struct corrections *c);

#endif
