/* fetch_transfer.h - one file over the network, with the only network code of codeshelf behind it. */
#ifndef CODESHELF_TOOLS_FETCH_TRANSFER_H
#define CODESHELF_TOOLS_FETCH_TRANSFER_H

#include <stdbool.h>
#include <stdint.h>

#include "codeshelf/error.h"

struct transfer_limits {
    int attempts;      /* at most, the first included */
    unsigned wait_ms;  /* before the second attempt; twice as long before each that follows */
    long connect_s;    /* seconds to reach the server */
    long stall_s;      /* seconds without a byte */
    int64_t size_most; /* bytes of a file */
};

/* What the caller is told meanwhile; total is -1 while it is not known. */
struct transfer_watch {
    void (*progress)(void *ctx, int64_t have, int64_t total);
    void (*notice)(void *ctx, const char *text); /* one line: why there is another attempt */
    void *ctx;
};

struct transfer {
    const char *address;
    const char *part;  /* the file to fill; beside it, with .tag behind the name, what the server calls this version of it */
    bool http_allowed; /* plain http, for a mirror that was named so; redirects then may be http too */
    struct transfer_limits limits;
    struct transfer_watch watch;
    bool unreached; /* filled: the server could not even be reached. True beforehand: that is known, nothing is asked for */
};

/* The limits of the program: files of at most 256 MB, five attempts. */
struct transfer_limits transfer_limits_usual(void);

/* Fills the part file until it is whole. What an earlier call left is kept when the server says that it is still of the same
 * version. ST_NONE when there is no such file (404); ST_IO when this machine is at fault: the disk, the name server;
 * ST_INPUT for all else. What came stays, for another call to go on from, unless it can be of no use. */
enum status transfer_fetch(struct transfer *t, struct error *err);
/* Removes the part file and its tag. */
void transfer_discard(const char *part);
/* Removes only the tag: the part is whole. */
void transfer_settle(const char *part);

#endif
