/* fetch_transfer.c - libcurl, told what this program wants of it.
 *
 * A download goes to a part file. With it is kept the version mark of the first answer (a strong ETag, else Last-Modified), and a
 * later attempt asks for the rest on condition that the version is still that one (Range with If-Range): the server answers 206
 * with the rest, or 200 with a whole new file, which replaces what was there. Without a mark an attempt begins anew. What may
 * pass (a cut, a stall, a busy server) is tried again after a pause that doubles; what will not (404, a certificate) is not. */
#include "fetch_transfer.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

enum { TAG_MOST = 256, PATH_MOST = 4096, REDIRECTS_MOST = 5, WAIT_MOST_MS = 60000 };

/* One download, over all its attempts. */
struct receiver {
    const struct transfer *t;
    struct error *err;
    CURL *curl;
    int fd;
    int64_t have;        /* bytes in the part file */
    int64_t total;       /* -1 while not known */
    char tag[TAG_MOST];  /* the version they are of; empty when not known */
    bool again;          /* worth another attempt */
    bool unreached;      /* this attempt did not get as far as the server */
    bool started;        /* the body of this attempt has begun */
    enum status refused; /* by a callback, which has filled err */
    char etag[TAG_MOST], modified[TAG_MOST];
    int64_t range_from; /* -1 */
};

struct transfer_limits transfer_limits_usual(void)
{
    return (struct transfer_limits){.attempts = 5, .wait_ms = 1000, .connect_s = 20, .stall_s = 30, .size_most = 256LL << 20};
}

static bool tag_path(const char *part, char out[PATH_MOST])
{
    int n = snprintf(out, PATH_MOST, "%s.tag", part);
    return n > 0 && n < PATH_MOST;
}

void transfer_settle(const char *part)
{
    char path[PATH_MOST];
    if (tag_path(part, path)) {
        unlink(path);
    }
}

void transfer_discard(const char *part)
{
    unlink(part);
    transfer_settle(part);
}

static enum status cannot_write(struct receiver *r)
{
    return error_set(r->err, ST_IO, "%s: cannot be written: %s", r->t->part, strerror(errno));
}

/* Reads the mark that the part file is of; without one what is there is of no use. */
static void read_tag(struct receiver *r)
{
    char path[PATH_MOST];
    FILE *f = tag_path(r->t->part, path) ? fopen(path, "r") : NULL;
    r->tag[0] = '\0';
    if (f) {
        if (!fgets(r->tag, sizeof r->tag, f)) {
            r->tag[0] = '\0';
        }
        fclose(f);
    }
    r->tag[strcspn(r->tag, "\r\n")] = '\0';
}

static enum status write_tag(struct receiver *r)
{
    char path[PATH_MOST];
    snprintf(r->tag, sizeof r->tag, "%s", r->etag[0] ? r->etag : r->modified);
    if (!r->tag[0]) {
        transfer_settle(r->t->part);
        return ST_OK;
    }
    FILE *f = tag_path(r->t->part, path) ? fopen(path, "w") : NULL;
    if (!f) {
        return cannot_write(r);
    }
    bool written = fprintf(f, "%s\n", r->tag) > 0;
    return fclose(f) == 0 && written ? ST_OK : cannot_write(r);
}

/* Empties the part file. */
static enum status start_anew(struct receiver *r)
{
    r->have = 0;
    r->tag[0] = '\0';
    transfer_settle(r->t->part);
    return ftruncate(r->fd, 0) == 0 && lseek(r->fd, 0, SEEK_SET) == 0 ? ST_OK : cannot_write(r);
}

/* Copies the value of a header when the line has that name. */
static void take_header(const char *line, size_t n, const char *name, char out[TAG_MOST])
{
    size_t m = strlen(name);
    if (n <= m || strncasecmp(line, name, m) != 0) {
        return;
    }
    while (m < n && (line[m] == ' ' || line[m] == '\t')) {
        m++;
    }
    while (n > m && (unsigned char)line[n - 1] <= ' ') {
        n--;
    }
    if (n - m < TAG_MOST) {
        memcpy(out, line + m, n - m);
        out[n - m] = '\0';
    }
}

/* libcurl's header callback: what the answer says of its version. Redirects come by here too, so each status line starts anew. */
static size_t receive_header(char *line, size_t size, size_t count, void *ctx)
{
    struct receiver *r = ctx;
    size_t n = size * count;
    char etag[TAG_MOST] = "", range[TAG_MOST] = "";
    long long from;
    if (n > 5 && memcmp(line, "HTTP/", 5) == 0) {
        r->etag[0] = r->modified[0] = '\0';
        r->range_from = -1;
    }
    take_header(line, n, "Last-Modified:", r->modified);
    take_header(line, n, "ETag:", etag);
    take_header(line, n, "Content-Range:", range);
    if (etag[0] == '"') { /* a weak one (W/"...") doesn't promise the same bytes */
        snprintf(r->etag, sizeof r->etag, "%s", etag);
    }
    if (sscanf(range, "bytes %lld-", &from) == 1) {
        r->range_from = from;
    }
    return n;
}

/* Takes down how large the file will be, from what is there and what the answer says is to come. */
static void set_total(struct receiver *r)
{
    curl_off_t rest = -1;
    curl_easy_getinfo(r->curl, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &rest);
    r->total = rest < 0 ? -1 : r->have + rest;
}

/* Looks at the answer before its first byte is kept: the rest of the file, or all of it. */
static enum status begin_body(struct receiver *r)
{
    long code = 0;
    r->started = true;
    curl_easy_getinfo(r->curl, CURLINFO_RESPONSE_CODE, &code);
    if (code == 206) {
        if (r->range_from == r->have) {
            set_total(r);
            return ST_OK;
        }
        r->again = start_anew(r) == ST_OK;
        return error_set(r->err, ST_INPUT, "%s: another part than the one asked for came", r->t->address);
    }
    if (code != 200) {
        return error_set(r->err, ST_INPUT, "%s: the server answered %ld", r->t->address, code);
    }
    enum status st = start_anew(r);
    if (st == ST_OK) {
        st = write_tag(r);
    }
    set_total(r);
    return st;
}

static enum status keep_bytes(struct receiver *r, const char *bytes, size_t n)
{
    if (r->have + (int64_t)n > r->t->limits.size_most) {
        transfer_discard(r->t->part);
        return error_set(r->err, ST_INPUT, "%s: larger than %lld bytes", r->t->address, (long long)r->t->limits.size_most);
    }
    while (n > 0) {
        ssize_t written = write(r->fd, bytes, n);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return cannot_write(r);
        }
        bytes += written;
        n -= (size_t)written;
        r->have += written;
    }
    return ST_OK;
}

/* libcurl's write callback. */
static size_t receive_body(char *bytes, size_t size, size_t count, void *ctx)
{
    struct receiver *r = ctx;
    if (!r->started) {
        r->refused = begin_body(r);
    }
    if (r->refused == ST_OK) {
        r->refused = keep_bytes(r, bytes, size * count);
    }
    if (r->refused != ST_OK) {
        return 0;
    }
    if (r->t->watch.progress) {
        r->t->watch.progress(r->t->watch.ctx, r->have, r->total);
    }
    return size * count;
}

/* What the server's status means when it is not a file. */
static enum status explain_status(struct receiver *r)
{
    long code = 0;
    curl_easy_getinfo(r->curl, CURLINFO_RESPONSE_CODE, &code);
    if (code == 404 || code == 410) {
        return error_set(r->err, ST_NONE, "%s: not there (%ld)", r->t->address, code);
    }
    if (code == 416) { /* no such range: what is here is of another version, or whole and of no known version */
        enum status st = start_anew(r);
        if (st != ST_OK) {
            return st;
        }
        r->again = true;
    }
    r->again = r->again || code == 408 || code == 429 || code >= 500;
    return error_set(r->err, ST_INPUT, "%s: the server answered %ld", r->t->address, code);
}

static enum status no_such_server(struct receiver *r)
{
    r->unreached = true;
    return error_set(r->err, ST_IO, "%s: the name of the server cannot be resolved: no network, or a wrong address", r->t->address);
}

static enum status out_of_reach(struct receiver *r)
{
    r->again = r->unreached = true;
    return error_set(r->err, ST_INPUT, "%s: the server cannot be reached", r->t->address);
}

/* What took too long: the name server, the way to the server, or the server. */
static enum status explain_timeout(struct receiver *r)
{
    curl_off_t resolved = 0, connected = 0;
    curl_easy_getinfo(r->curl, CURLINFO_NAMELOOKUP_TIME_T, &resolved);
    curl_easy_getinfo(r->curl, CURLINFO_CONNECT_TIME_T, &connected);
    if (resolved == 0) {
        return no_such_server(r);
    }
    if (connected == 0) {
        return out_of_reach(r);
    }
    r->again = true;
    return error_set(r->err, ST_INPUT, "%s: nothing came any more after %lld bytes", r->t->address, (long long)r->have);
}

/* What libcurl's code means for the user. Fills again. */
static enum status explain(struct receiver *r, CURLcode code, const char *detail)
{
    const char *address = r->t->address;
    switch ((int)code) {
    case CURLE_HTTP_RETURNED_ERROR:
        return explain_status(r);
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
        return no_such_server(r);
    case CURLE_COULDNT_CONNECT:
        return out_of_reach(r);
    case CURLE_TOO_MANY_REDIRECTS:
        return error_set(r->err, ST_INPUT, "%s: redirected more than %d times", address, REDIRECTS_MOST);
    case CURLE_UNSUPPORTED_PROTOCOL:
        return error_set(r->err, ST_INPUT, "%s: leads to an address that is not https", address);
    case CURLE_FILESIZE_EXCEEDED:
        return error_set(r->err, ST_INPUT, "%s: larger than %lld bytes", address, (long long)r->t->limits.size_most);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_URL_MALFORMAT:
        return error_set(r->err, ST_INPUT, "%s: %s", address, detail);
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
        r->again = true;
        return error_set(r->err, ST_INPUT, "%s: the connection ended after %lld bytes", address, (long long)r->have);
    case CURLE_OPERATION_TIMEDOUT:
        return explain_timeout(r);
    default:
        r->again = true;
        return error_set(r->err, ST_INPUT, "%s: %s", address, detail);
    }
}

static void set_options(struct receiver *r, struct curl_slist *headers, const char *range, char *detail)
{
    const char *protocols = r->t->http_allowed ? "http,https" : "https";
    CURL *c = r->curl;
    curl_easy_reset(c);
    curl_easy_setopt(c, CURLOPT_URL, r->t->address);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, protocols);
    curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, protocols);
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(c, CURLOPT_MAXREDIRS, (long)REDIRECTS_MOST);
    curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(c, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_USERAGENT, "codeshelf-fetch");
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, r->t->limits.connect_s);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, r->t->limits.stall_s);
    curl_easy_setopt(c, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)r->t->limits.size_most);
    curl_easy_setopt(c, CURLOPT_RANGE, range);
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, detail);
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, receive_header);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, r);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, receive_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, r);
}

/* One attempt: asks for what is missing. */
static enum status attempt(struct receiver *r)
{
    char detail[CURL_ERROR_SIZE] = "", range[32], condition[TAG_MOST + 16];
    struct curl_slist *headers = NULL;
    r->again = r->started = r->unreached = false;
    r->refused = ST_OK;
    r->total = r->range_from = -1;
    r->have = lseek(r->fd, 0, SEEK_END);
    if (r->have > 0 && r->tag[0]) {
        snprintf(range, sizeof range, "%lld-", (long long)r->have);
        snprintf(condition, sizeof condition, "If-Range: %s", r->tag);
        headers = curl_slist_append(headers, condition);
    } else if (r->have != 0 && start_anew(r) != ST_OK) {
        return ST_IO;
    }
    set_options(r, headers, headers ? range : NULL, detail);
    CURLcode code = curl_easy_perform(r->curl);
    curl_slist_free_all(headers);
    if (r->refused != ST_OK) {
        return r->refused;
    }
    if (code != CURLE_OK) {
        return explain(r, code, detail[0] ? detail : curl_easy_strerror(code));
    }
    return r->started ? ST_OK : begin_body(r); /* an empty file has no first byte */
}

/* Waits before the next attempt, and says so. */
static void pause_between(const struct receiver *r, int done)
{
    struct timespec pause;
    char text[sizeof r->err->text + 64];
    unsigned long ms = (unsigned long)r->t->limits.wait_ms << (done - 1);
    if (ms > WAIT_MOST_MS) {
        ms = WAIT_MOST_MS;
    }
    if (r->t->watch.notice) {
        snprintf(text, sizeof text, "%s; again in %.3g s", r->err->text, (double)ms / 1000);
        r->t->watch.notice(r->t->watch.ctx, text);
    }
    pause.tv_sec = (time_t)(ms / 1000);
    pause.tv_nsec = (long)(ms % 1000) * 1000000L;
    nanosleep(&pause, NULL);
}

enum status transfer_fetch(struct transfer *t, struct error *err)
{
    struct error own = {0};
    struct receiver r = {.t = t, .err = err ? err : &own, .fd = -1};
    enum status st = ST_OK;
    if (t->unreached) {
        return error_set(err, ST_INPUT, "%s: not asked for, as the server cannot be reached", t->address);
    }
    r.fd = open(t->part, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (r.fd < 0) {
        st = cannot_write(&r);
        goto done;
    }
    r.curl = curl_easy_init();
    if (!r.curl) {
        st = error_set(r.err, ST_IO, "libcurl cannot be started");
        goto done;
    }
    read_tag(&r);
    for (int n = 1;; n++) {
        st = attempt(&r);
        if (st == ST_OK || !r.again || n >= t->limits.attempts) {
            break;
        }
        pause_between(&r, n);
    }
    t->unreached = r.unreached;
    if (st == ST_OK && fsync(r.fd) != 0) {
        st = cannot_write(&r);
    }
done:
    curl_easy_cleanup(r.curl);
    if (r.fd >= 0 && close(r.fd) != 0 && st == ST_OK) {
        st = cannot_write(&r);
    }
    return st;
}
