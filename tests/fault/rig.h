/* rig.h - a shelf that is replaced again and again: it is always the old one or the new one, byte for byte.
 *
 * Two commands of codeshelf-import lead from one to the other. With SOURCE_DATE_EPOCH set the same releases give the same
 * bytes, so "as before" needs no judgement. The shelves are of the specimen; with CODESHELF_FAULT_REAL=1 in the environment of
 * FY2017 and HCPCS 2018, which takes minutes. */
#ifndef CODESHELF_TESTS_RIG_H
#define CODESHELF_TESTS_RIG_H

#include "tests/support.h"

#include <stdbool.h>
#include <sys/types.h>

#include "codeshelf/buf.h"
#include "tests/tools/scratch.h"

enum side { OLD, NEW, NEITHER };

struct rig {
    struct scratch s;
    bool real;
    char live[512];       /* the shelf that is replaced; OLD at the start */
    struct buf bytes[2];  /* of the old and the new shelf */
    char into[2][1024];   /* words of codeshelf-import that lead to each */
    const char *as_of;    /* a day whose answers differ */
    double seconds;       /* what the slower of the two took */
};

/* cmocka group setup and teardown: *state is a struct rig. */
int rig_setup(void **state);
int rig_teardown(void **state);

/* Starts codeshelf-import with these words, before, a line of the shell or "", running first; where that sets $as, the command
 * in it runs the importer. Its messages go to a file of the folder, "messages". */
pid_t rig_start(const struct rig *r, const char *before, const char *words);
/* Waits for it; its exit code, or minus the signal that ended it. */
int rig_wait(pid_t pid);
/* Starts and waits, and fails the test when the exit code is not 0. */
void rig_import(const struct rig *r, const char *words);
/* Which shelf the live one is. */
enum side rig_side(const struct rig *r);
/* What the last import started said on stderr. */
void rig_messages(const struct rig *r, struct buf *out);
/* How many files of the folder begin with the name of the live shelf: itself, its lock, and what was left behind. */
int rig_files(const struct rig *r);

#endif
