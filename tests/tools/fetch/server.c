/* server.c - as much of HTTP/1.1 as a download needs: GET, Range with If-Range, redirects. */
#include "server.h"

#include "tests/support.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { REQUEST_MOST = 8192, PATIENCE_S = 10, PATIENCE_MS = PATIENCE_S * 1000 };

/* Reads up to the blank line; false when none comes. */
static bool read_request(int fd, char out[REQUEST_MOST])
{
    size_t n = 0;
    while (n + 1 < REQUEST_MOST) {
        ssize_t came = recv(fd, out + n, REQUEST_MOST - 1 - n, 0);
        if (came <= 0) {
            return false;
        }
        n += (size_t)came;
        out[n] = '\0';
        if (strstr(out, "\r\n\r\n")) {
            return true;
        }
    }
    return false;
}

/* The value of a request header, empty when it is not there. */
static void header_of(const char *request, const char *name, char out[256])
{
    out[0] = '\0';
    for (const char *line = strstr(request, "\r\n"); line && line[2] != '\r'; line = strstr(line + 2, "\r\n")) {
        size_t n = strlen(name);
        if (strncasecmp(line + 2, name, n) == 0) {
            snprintf(out, 256, "%.*s", (int)strcspn(line + 2 + n, "\r"), line + 2 + n);
        }
    }
}

static void send_all(int fd, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t sent = send(fd, bytes, n, MSG_NOSIGNAL);
        if (sent <= 0) {
            return;
        }
        bytes += sent;
        n -= (size_t)sent;
    }
}

static void send_head(int fd, int status, const struct page *p, size_t from, size_t to)
{
    char head[1024];
    int n = snprintf(head, sizeof head, "HTTP/1.1 %d Said\r\nConnection: close\r\nContent-Length: %zu\r\n", status, to - from);
    if (p && p->etag) {
        n += snprintf(head + n, sizeof head - (size_t)n, "ETag: %s\r\n", p->etag);
    }
    if (p && p->modified) {
        n += snprintf(head + n, sizeof head - (size_t)n, "Last-Modified: %s\r\n", p->modified);
    }
    if (p && p->location) {
        n += snprintf(head + n, sizeof head - (size_t)n, "Location: %s\r\n", p->location);
    }
    if (status == 206) {
        n += snprintf(head + n, sizeof head - (size_t)n, "Content-Range: bytes %zu-%zu/%zu\r\n", from, to - 1, to);
    }
    n += snprintf(head + n, sizeof head - (size_t)n, "\r\n");
    send_all(fd, head, (size_t)n);
}

/* Whether the condition of a range request names the version there is. */
static bool is_version(const struct page *p, const char *condition)
{
    return condition[0] && ((p->etag && strcmp(condition, p->etag) == 0) || (p->modified && strcmp(condition, p->modified) == 0));
}

static void send_page(int fd, struct page *p, const char *request)
{
    char range[256], condition[256];
    size_t from = 0, end = p->len;
    header_of(request, "Range: ", range);
    header_of(request, "If-Range: ", condition);
    if (sscanf(range, "bytes=%zu-", &from) != 1 || !is_version(p, condition)) {
        from = 0;
    }
    if (from > 0 && from >= p->len) {
        send_head(fd, 416, NULL, 0, 0);
        return;
    }
    p->partial += from > 0;
    send_head(fd, from > 0 ? 206 : 200, p, from, p->len);
    if (p->cuts > 0) {
        p->cuts--;
        end = from + p->cut_after < p->len ? from + p->cut_after : p->len;
    }
    send_all(fd, p->body + from, end - from);
    if (end < p->len && p->stall) { /* until the other side has had enough */
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        poll(&wait, 1, PATIENCE_MS);
    }
}

static void answer(struct server *s, int fd)
{
    char request[REQUEST_MOST], path[512] = "";
    if (!read_request(fd, request) || sscanf(request, "GET %511s ", path) != 1) {
        return;
    }
    for (size_t i = 0; i < s->n; i++) {
        struct page *p = &s->pages[i];
        if (strcmp(p->path, path) != 0) {
            continue;
        }
        p->hits++;
        if (p->busy > 0) {
            p->busy--;
            send_head(fd, 503, NULL, 0, 0);
        } else if (p->location || p->status) {
            send_head(fd, p->status ? p->status : 302, p, 0, 0);
        } else {
            send_page(fd, p, request);
        }
        return;
    }
    send_head(fd, 404, NULL, 0, 0);
}

static void *serve(void *ctx)
{
    struct server *s = ctx;
    const struct timeval patience = {.tv_sec = PATIENCE_S};
    int fd;
    while ((fd = accept(s->fd, NULL, NULL)) >= 0) {
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        answer(s, fd);
        shutdown(fd, SHUT_WR);
        close(fd);
    }
    return NULL;
}

void server_start(struct server *s, struct page *pages, size_t n)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    *s = (struct server){.pages = pages, .n = n, .fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    assert_true(s->fd >= 0);
    assert_int_equal(bind(s->fd, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(s->fd, 16), 0);
    assert_int_equal(getsockname(s->fd, (struct sockaddr *)&at, &size), 0);
    s->port = ntohs(at.sin_port);
    assert_int_equal(pthread_create(&s->thread, NULL, serve, s), 0);
}

void server_stop(struct server *s)
{
    shutdown(s->fd, SHUT_RDWR); /* accept gives up */
    pthread_join(s->thread, NULL);
    close(s->fd);
}
