/* One file from a server on this machine into a folder: what comes whole is kept with its checksum, what comes badly is not, and
 * what was cut is gone on with. */
#include "tests/support.h"

#include <unistd.h>

#include "mkzip.h"
#include "scratch.h"
#include "server.h"
#include "tools/fetch_keep.h"
#include "tools/reader/sha256.h"

enum { BODY_SIZE = 300000, FEW = 1000 };

static struct scratch s;
static struct mkzip zip, other;
static char zip_sum[65];
static int notices;

static void count_notice(void *ctx, const char *text)
{
    (void)ctx;
    assert_null(strchr(text, '\n'));
    notices++;
}

/* Fetches one path of the server into the scratch folder under a name. */
static enum status fetch_to(const struct server *server, const char *path, const char *name, const char *expected, int attempts,
                            struct error *err)
{
    char address[512], file[512];
    struct kept kept;
    struct transfer t = {.address = address, .http_allowed = true, .watch.notice = count_notice};
    snprintf(address, sizeof address, "http://127.0.0.1:%d%s", server->port, path);
    t.limits = (struct transfer_limits){.attempts = attempts, .wait_ms = 5, .connect_s = 5, .stall_s = 2, .size_most = 1 << 20};
    *err = (struct error){0};
    return keep_file(scratch_path(&s, name, file), expected, false, &t, &kept, err);
}

/* The size of a file in the folder, -1 when there is none. */
static long size_of(const char *name)
{
    char path[512];
    struct stat about;
    return stat(scratch_path(&s, name, path), &about) == 0 ? (long)about.st_size : -1;
}

static void is_whole(const char *name, const struct mkzip *z)
{
    char path[512], beside[64];
    struct buf got = {0};
    char block[4096];
    FILE *f = fopen(scratch_path(&s, name, path), "rb");
    assert_non_null(f);
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;) {
        buf_add(&got, block, n);
    }
    fclose(f);
    assert_int_equal(got.len, z->data.len);
    assert_memory_equal(got.text, z->data.text, got.len);
    snprintf(beside, sizeof beside, "%s.sha256", name);
    assert_int_equal(size_of(beside), 64 + 2 + (long)strlen(name) + 1);
    snprintf(beside, sizeof beside, "%s.part", name);
    assert_int_equal(size_of(beside), -1);
    snprintf(beside, sizeof beside, "%s.part.tag", name);
    assert_int_equal(size_of(beside), -1);
    buf_free(&got);
}

static void a_file_comes_once(void **state)
{
    struct page page = {.path = "/a.zip", .body = zip.data.text, .len = zip.data.len, .etag = "\"1\""};
    struct server server;
    struct error err;
    char path[512];
    (void)state;
    server_start(&server, &page, 1);
    assert_int_equal(fetch_to(&server, "/a.zip", "a.zip", zip_sum, 1, &err), ST_OK);
    is_whole("a.zip", &zip);
    assert_int_equal(fetch_to(&server, "/a.zip", "a.zip", zip_sum, 1, &err), ST_OK);
    assert_int_equal(page.hits, 1);
    FILE *f = fopen(scratch_path(&s, "a.zip", path), "r+b"); /* a file that has changed since is not trusted */
    assert_non_null(f);
    assert_int_equal(fseek(f, 100, SEEK_SET), 0);
    assert_int_equal(fputc('x', f), 'x');
    assert_int_equal(fclose(f), 0);
    assert_int_equal(fetch_to(&server, "/a.zip", "a.zip", "", 1, &err), ST_OK);
    assert_int_equal(page.hits, 2);
    is_whole("a.zip", &zip);
    server_stop(&server);
}

static void a_cut_is_gone_on_with(void **state)
{
    static const struct {
        const char *name, *etag, *modified;
        bool stall;
        int partial;
    } rows[] = {
        {"etag.zip", "\"v1\"", NULL, false, 2},
        {"modified.zip", NULL, "Wed, 21 Oct 2026 07:28:00 GMT", false, 2},
        {"weak.zip", "W/\"v1\"", NULL, false, 0}, /* no mark to go on from: begun anew */
        {"none.zip", NULL, NULL, false, 0},
        {"stall.zip", "\"v1\"", NULL, true, 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct page page = {.path = "/b.zip", .body = zip.data.text, .len = zip.data.len, .etag = rows[i].etag,
                            .modified = rows[i].modified, .cuts = rows[i].stall ? 1 : 2, .cut_after = 100000,
                            .stall = rows[i].stall};
        struct server server;
        struct error err;
        notices = 0;
        server_start(&server, &page, 1);
        assert_int_equal(fetch_to(&server, "/b.zip", rows[i].name, zip_sum, 3, &err), ST_OK);
        server_stop(&server);
        is_whole(rows[i].name, &zip);
        assert_int_equal(page.partial, rows[i].partial);
        assert_int_equal(page.hits, rows[i].stall ? 2 : 3);
        assert_int_equal(notices, page.hits - 1);
    }
}

static void a_later_call_goes_on(void **state)
{
    struct page page = {.path = "/c.zip", .body = zip.data.text, .len = zip.data.len, .etag = "\"v1\"", .cuts = 1,
                        .cut_after = 200000};
    struct server server;
    struct error err;
    (void)state;
    server_start(&server, &page, 1);
    assert_int_equal(fetch_to(&server, "/c.zip", "c.zip", "", 1, &err), ST_INPUT);
    assert_non_null(strstr(err.text, "/c.zip: the connection ended after 200000 bytes"));
    assert_int_equal(size_of("c.zip"), -1);
    assert_int_equal(size_of("c.zip.part"), 200000);
    assert_int_equal(fetch_to(&server, "/c.zip", "c.zip", "", 1, &err), ST_OK);
    assert_int_equal(page.partial, 1);
    is_whole("c.zip", &zip);

    page.cuts = 1; /* and a new version in between is fetched whole */
    assert_int_equal(fetch_to(&server, "/c.zip", "d.zip", "", 1, &err), ST_INPUT);
    page.etag = "\"v2\"";
    page.body = other.data.text;
    page.len = other.data.len;
    assert_int_equal(fetch_to(&server, "/c.zip", "d.zip", "", 1, &err), ST_OK);
    assert_int_equal(page.partial, 1);
    is_whole("d.zip", &other);
    server_stop(&server);
}

/* Stopped between the last byte and the name: there is no rest to ask for. */
static void a_whole_part_is_no_trap(void **state)
{
    struct page page = {.path = "/e.zip", .body = zip.data.text, .len = zip.data.len, .etag = "\"v1\""};
    struct server server;
    struct error err;
    (void)state;
    scratch_write(&s, "e.zip.part", zip.data.text, zip.data.len);
    scratch_text(&s, "e.zip.part.tag", "\"v1\"\n");
    server_start(&server, &page, 1);
    assert_int_equal(fetch_to(&server, "/e.zip", "e.zip", zip_sum, 2, &err), ST_OK);
    server_stop(&server);
    is_whole("e.zip", &zip);
}

static void what_is_not_the_file_is_not_kept(void **state)
{
    static const char regret[] = "\r\n<!DOCTYPE HTML>\n<html><body>We are sorry</body></html>\n";
    static const char sum[] = "0000000000000000000000000000000000000000000000000000000000000000";
    struct page pages[] = {
        {.path = "/page.zip", .body = regret, .len = sizeof regret - 1},
        {.path = "/text.zip", .body = "no such thing", .len = 13},
        {.path = "/short.zip", .body = zip.data.text, .len = zip.data.len - FEW},
        {.path = "/good.zip", .body = zip.data.text, .len = zip.data.len},
        {.path = "/empty.zip", .body = "", .len = 0},
        {.path = "/loop.zip", .location = "/loop.zip"},
        {.path = "/away.zip", .location = "ftp://127.0.0.1/good.zip"},
        {.path = "/file.zip", .location = "file:///etc/passwd"},
        {.path = "/busy.zip", .body = zip.data.text, .len = zip.data.len, .busy = 9},
        {.path = "/refused.zip", .status = 403},
        {.path = "/gone.zip", .status = 410},
        {.path = "/cut.zip", .body = zip.data.text, .len = zip.data.len, .cuts = 9, .cut_after = FEW},
        {.path = "/large.zip", .body = zip.data.text, .len = 2 << 20, .cuts = 1, .cut_after = FEW},
    };
    static const struct {
        const char *path, *expected;
        enum status status;
        const char *message;
        int hits;
    } rows[] = {
        {"/page.zip", "", ST_INPUT, "a web page came instead of the file", 1},
        {"/text.zip", "", ST_INPUT, "what came is not a zip", 1},
        {"/short.zip", "", ST_INPUT, "the zip that came is cut off after ", 1},
        {"/good.zip", sum, ST_INPUT, "another file than expected: its SHA-256 is ", 1},
        {"/empty.zip", "", ST_INPUT, "nothing came", 1},
        {"/loop.zip", "", ST_INPUT, "redirected more than 5 times", 6},
        {"/away.zip", "", ST_INPUT, "leads to an address that is not https", 1},
        {"/file.zip", "", ST_INPUT, "leads to an address that is not https", 1},
        {"/busy.zip", "", ST_INPUT, "the server answered 503", 3},
        {"/refused.zip", "", ST_INPUT, "the server answered 403", 1},
        {"/gone.zip", "", ST_NONE, "not there (410)", 1},
        {"/nowhere.zip", "", ST_NONE, "not there (404)", 0},
        {"/cut.zip", "", ST_INPUT, "the connection ended after 1000 bytes", 3},
        {"/large.zip", "", ST_INPUT, "larger than 1048576 bytes", 1},
    };
    struct server server;
    (void)state;
    server_start(&server, pages, sizeof pages / sizeof *pages);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error err;
        char beside[64];
        int hits = 0;
        enum status st = fetch_to(&server, rows[i].path, rows[i].path + 1, rows[i].expected, 3, &err);
        for (size_t k = 0; k < sizeof pages / sizeof *pages; k++) {
            hits = strcmp(pages[k].path, rows[i].path) == 0 ? pages[k].hits : hits;
        }
        if (st != rows[i].status || !strstr(err.text, rows[i].message) || hits != rows[i].hits) {
            fail_msg("%s: status %d, %d hits: %s", rows[i].path, (int)st, hits, err.text);
        }
        assert_int_equal(size_of(rows[i].path + 1), -1);
        snprintf(beside, sizeof beside, "%s.sha256", rows[i].path + 1);
        assert_int_equal(size_of(beside), -1);
    }
    server_stop(&server);
}

static void a_busy_server_and_a_redirect_are_borne(void **state)
{
    struct page pages[] = {
        {.path = "/old.zip", .location = "/new.zip"},
        {.path = "/new.zip", .body = zip.data.text, .len = zip.data.len, .busy = 2, .etag = "\"1\""},
    };
    struct server server;
    struct error err;
    (void)state;
    server_start(&server, pages, 2);
    assert_int_equal(fetch_to(&server, "/old.zip", "old.zip", zip_sum, 3, &err), ST_OK);
    server_stop(&server);
    is_whole("old.zip", &zip);
}

static void what_cannot_be_reached_is_said(void **state)
{
    static const struct {
        const char *address;
        bool http_allowed;
        enum status status;
        const char *message;
    } rows[] = {
        {"http://127.0.0.1:1/x.zip", true, ST_INPUT, "127.0.0.1"},
        {"http://127.0.0.1:1/x.zip", false, ST_INPUT, "not https"},
        {"http://no-such-server.invalid/x.zip", true, ST_IO, "the name of the server cannot be resolved"},
    };
    char path[512];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct transfer t = {.address = rows[i].address, .http_allowed = rows[i].http_allowed,
                             .limits = {.attempts = 2, .wait_ms = 5, .connect_s = 10, .stall_s = 10, .size_most = FEW}};
        struct kept kept;
        struct error err = {0};
        assert_int_equal(keep_file(scratch_path(&s, "x.zip", path), "", false, &t, &kept, &err), rows[i].status);
        if (!strstr(err.text, rows[i].message) || strchr(err.text, '\n')) {
            fail_msg("%s: %s", rows[i].address, err.text);
        }
        assert_int_equal(size_of("x.zip"), -1);
    }
}

static int make(void **state)
{
    static char body[BODY_SIZE];
    (void)state;
    alarm(300);
    setenv("no_proxy", "*", 1);
    scratch_make(&s);
    for (size_t i = 0; i < sizeof body; i++) {
        body[i] = (char)('a' + i * i % 23);
    }
    mkzip_add(&zip, "order.txt", body, sizeof body);
    mkzip_end(&zip);
    mkzip_add(&other, "other.txt", body, sizeof body - FEW);
    mkzip_end(&other);
    sha256_hex(zip.data.text, zip.data.len, zip_sum);
    return 0;
}

static int drop(void **state)
{
    (void)state;
    mkzip_free(&zip);
    mkzip_free(&other);
    scratch_remove(&s);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_comes_once),
        cmocka_unit_test(a_cut_is_gone_on_with),
        cmocka_unit_test(a_later_call_goes_on),
        cmocka_unit_test(a_whole_part_is_no_trap),
        cmocka_unit_test(what_is_not_the_file_is_not_kept),
        cmocka_unit_test(a_busy_server_and_a_redirect_are_borne),
        cmocka_unit_test(what_cannot_be_reached_is_said),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
