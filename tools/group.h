/* group.h - recognising collected files and sorting them into releases. */
#ifndef CODESHELF_TOOLS_GROUP_H
#define CODESHELF_TOOLS_GROUP_H

#include "codeshelf/arena.h"
#include "collect.h"
#include "importer.h"

/* A file that an importer reads. */
struct taken {
    struct input input;
    char *bytes; /* those of input, owned */
    const char *source, *trail;
    const struct importer *importer;
    struct recognised is;
    char release[RELEASE_NAME_MAX]; /* "" until decided */
    const struct taken *instead;    /* another file that is read in its place; NULL when this one is */
};

/* A file that is not read, and why. */
struct passed {
    const char *path, *why;
    bool known; /* recognised as one that the shelf does not need */
};

/* The taken files of one release. */
struct release_group {
    struct import_group group;
    const struct importer *importer;
    struct taken **items; /* group.n of them, in the order of group.inputs */
};

struct intake {
    const struct importer *const *importers; /* those to ask, in order */
    size_t importers_n;
    struct arena arena;
    struct { struct taken **items; size_t len, cap; } taken;
    struct { struct passed *items; size_t len, cap; } passed;
    struct { struct release_group *items; size_t len, cap; } groups;
};

/* A collect_taker whose ctx is a struct intake: asks the importers what the file is and keeps it when one reads it. ST_INPUT for
 * a file that must not be imported. */
enum status intake_take(void *ctx, struct collected *file, struct error *err);
/* Decides every file's release (release.h) and fills groups, in the order of code sets and dates. typed is --release and
 * effective --effective, NULL and 0 without. Of several files of one kind in a release the same content is read once; of
 * different ones all where a release may have several, else in one zip or folder the biggest, and others are refused.
 * ST_INPUT, or ST_USAGE when an option fits no file or too many. */
enum status intake_group(struct intake *in, const char *typed, date effective, struct error *err);
void intake_free(struct intake *in);

#endif
