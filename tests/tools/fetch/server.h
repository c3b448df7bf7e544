/* server.h - a web server of a test's own on 127.0.0.1: it answers from a table of pages, and badly where the table says so.
 *
 * One thread, one connection at a time, one request a connection. It lives no longer than the test. */
#ifndef CODESHELF_TESTS_SERVER_H
#define CODESHELF_TESTS_SERVER_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct page {
    const char *path; /* "/hcpcs/2026-JAN/file.zip"; any other is a 404 */
    const char *body;
    size_t len;
    const char *etag, *modified; /* headers; NULL for none */
    const char *location;        /* a redirect to there */
    int status;                  /* 0 for 200 */
    int busy;                    /* so many requests get a 503 first */
    int cuts;                    /* so many answers end after cut_after bytes, though more was promised */
    size_t cut_after;
    bool stall;                  /* the cut leaves the connection open */
    int hits, partial;           /* what happened: requests, and those answered with 206 */
};

struct server {
    struct page *pages;
    size_t n;
    int fd, port;
    pthread_t thread;
};

/* Starts it; pages stay the caller's and may be changed between requests. */
void server_start(struct server *s, struct page *pages, size_t n);
/* Ends it after the request at hand. */
void server_stop(struct server *s);

#endif
