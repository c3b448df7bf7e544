/* codeshelf-fetch as it is called: from a mirror on this machine into a cache, and with --import into a shelf. Small zips are
 * made of the specimen files; the real ones are rehearsed where ../shared holds them. */
#include "tests/support.h"

#include <sys/wait.h>
#include <unistd.h>

#include "mkzip.h"
#include "scratch.h"
#include "server.h"

static struct scratch s;

static void read_file(const char *path, struct buf *out)
{
    char block[4096];
    FILE *f = fopen(path, "rb");
    if (!f) {
        fail_msg("%s cannot be read", path);
        return;
    }
    buf_clear(out);
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;) {
        buf_add(out, block, n);
    }
    fclose(f);
}

/* Runs a line of the shell in the scratch folder, $FETCH being the program. Returns its exit code. */
static int run(const char *line, struct buf *out, struct buf *err)
{
    char command[2048], path[512];
    snprintf(command, sizeof command, "cd '%s' && FETCH=" TEST_TOOLS "/codeshelf-fetch && { %s; } >stdout 2>stderr", s.folder,
             line);
    int status = system(command);
    read_file(scratch_path(&s, "stdout", path), out);
    read_file(scratch_path(&s, "stderr", path), err);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static int count_lines(const char *text)
{
    int n = 0;
    for (; (text = strchr(text, '\n')) != NULL; text++) {
        n++;
    }
    return n;
}

/* A zip with one file of the specimen, under another name. */
static void zip_specimen(const char *specimen, const char *name, struct mkzip *out)
{
    char path[1024];
    struct buf text = {0};
    snprintf(path, sizeof path, "%s/%s", TEST_SPECIMEN, specimen);
    read_file(path, &text);
    mkzip_add(out, name, text.text, text.len);
    mkzip_end(out);
    buf_free(&text);
}

static void fetched_and_loaded(void **state)
{
    struct mkzip hcpcs = {0}, order = {0};
    zip_specimen("hcpcs/specimen/HCPC2025_JAN_ANWEB_specimen.txt", "HCPC2026_JAN_ANWEB.txt", &hcpcs);
    zip_specimen("icd10cm/specimen/icd10cm_order_2025.txt", "icd10cm_order_2026.txt", &order);
    struct page pages[] = {
        {.path = "/m/hcpcs/2026-JAN/january-2026-alpha-numeric-hcpcs-file.zip", .body = hcpcs.data.text, .len = hcpcs.data.len},
        {.path = "/m/icd10cm/FY2026/2026-code-descriptions-tabular-order.zip", .body = order.data.text, .len = order.data.len},
    };
    struct server server;
    struct buf out = {0}, err = {0};
    char line[512];
    (void)state;
    server_start(&server, pages, 2);
    snprintf(line, sizeof line, "$FETCH hcpcs 2026-jan --import --shelf s.db --cache c --mirror http://127.0.0.1:%d/m",
             server.port);
    assert_int_equal(run(line, &out, &err), 0);
    assert_string_equal(buf_text(&err), "");
    assert_non_null(strstr(buf_text(&out), "january-2026-alpha-numeric-hcpcs-file.zip: 0.0 MB, SHA-256 "));
    assert_non_null(strstr(buf_text(&out), "HCPCS 2026-JAN, from 2026-01-01"));
    assert_int_equal(run("cd c/hcpcs/2026-JAN && sha256sum -c *.sha256", &out, &err), 0);

    /* The books are not there: said once each, the codes are loaded all the same, and the exit code tells. */
    snprintf(line, sizeof line, "CODESHELF_TODAY=2026-03-31 CODESHELF_MIRROR=http://127.0.0.1:%d/m/ $FETCH icd10cm --import "
             "--shelf s.db --cache c", server.port);
    assert_int_equal(run(line, &out, &err), 1);
    assert_non_null(strstr(buf_text(&out), "ICD-10-CM FY2026, from 2025-10-01"));
    assert_non_null(strstr(buf_text(&err), "icd10cm-table%20and%20index-2026.zip: not there (404)\n"));
    assert_int_equal(count_lines(buf_text(&err)), 4);

    /* Without the codes nothing is loaded. */
    snprintf(line, sizeof line, "$FETCH icd10cm FY2024-APR --import --shelf s.db --cache c --mirror http://127.0.0.1:%d",
             server.port);
    assert_int_equal(run(line, &out, &err), 1);
    assert_non_null(strstr(buf_text(&err), "nothing was loaded: the codes of icd10cm FY2024-APR did not come\n"));

    /* A second call takes what is there: no request. */
    assert_int_equal(run("$FETCH hcpcs 2026-JAN --cache c --mirror http://127.0.0.1:1", &out, &err), 0);
    assert_non_null(strstr(buf_text(&out), "there already"));
    assert_non_null(strstr(buf_text(&out), "folder: ./c/hcpcs/2026-JAN/\n"));
    assert_int_equal(pages[0].hits, 1);
    snprintf(line, sizeof line, "$FETCH hcpcs 2026-JAN --again --cache c --mirror http://127.0.0.1:%d/m", server.port);
    assert_int_equal(run(line, &out, &err), 0);
    assert_int_equal(pages[0].hits, 2);
    server_stop(&server);
    mkzip_free(&hcpcs);
    mkzip_free(&order);
    buf_free(&out);
    buf_free(&err);
}

static void a_full_disk_is_one_line(void **state)
{
    enum { LARGE = 400000 };
    static char body[LARGE];
    struct mkzip zip = {0};
    struct buf out = {0}, err = {0};
    struct server server;
    char line[512];
    (void)state;
    memset(body, 'x', sizeof body);
    mkzip_add(&zip, "a.txt", body, sizeof body);
    mkzip_end(&zip);
    struct page page = {.path = "/hcpcs/2026-APR/april-2026-alpha-numeric-hcpcs-file.zip", .body = zip.data.text,
                        .len = zip.data.len};
    server_start(&server, &page, 1);
    snprintf(line, sizeof line, "(trap '' XFSZ; ulimit -f 100; $FETCH hcpcs 2026-APR --cache f --mirror http://127.0.0.1:%d)",
             server.port);
    assert_int_equal(run(line, &out, &err), 1);
    assert_int_equal(count_lines(buf_text(&err)), 1);
    assert_non_null(strstr(buf_text(&err), ".zip.part: cannot be written: "));
    assert_int_equal(run("ls f/hcpcs/2026-APR/*.zip", &out, &err), 2);
    server_stop(&server);
    mkzip_free(&zip);
    buf_free(&out);
    buf_free(&err);
}

static void a_killed_call_is_gone_on_with(void **state)
{
    struct mkzip zip = {0};
    struct buf out = {0}, err = {0};
    struct server server;
    char line[512];
    (void)state;
    zip_specimen("icd10cm/specimen/icd10cm_order_2025.txt", "order.txt", &zip);
    struct page page = {.path = "/hcpcs/2026-JUL/july-2026-alpha-numeric-hcpcs-file.zip", .body = zip.data.text,
                        .len = zip.data.len, .etag = "\"1\"", .cuts = 1, .cut_after = zip.data.len / 2, .stall = true};
    server_start(&server, &page, 1);
    snprintf(line, sizeof line, "timeout -s KILL 2 $FETCH hcpcs 2026-JUL --cache k --mirror http://127.0.0.1:%d", server.port);
    assert_int_equal(run(line, &out, &err), 137);
    assert_int_equal(run("test -s k/hcpcs/2026-JUL/*.zip.part && test ! -e k/hcpcs/2026-JUL/*.zip", &out, &err), 0);
    assert_int_equal(run(strstr(line, "$FETCH"), &out, &err), 0);
    assert_int_equal(page.partial, 1);
    assert_int_equal(run("cd k/hcpcs/2026-JUL && sha256sum -c *.sha256 && test $(ls | wc -l) = 2", &out, &err), 0);
    server_stop(&server);
    mkzip_free(&zip);
    buf_free(&out);
    buf_free(&err);
}

static void wrong_use_is_one_line(void **state)
{
    static const struct {
        const char *words;
        int code;
        const char *message;
    } rows[] = {
        {"cpt", 2, "CPT is licensed by the American Medical Association and cannot be fetched: "},
        {"cpt 2026 --mirror http://127.0.0.1:1", 2, "codeshelf-import --set cpt --release 2026 PATH"},
        {"--list cpt", 2, "CPT is licensed"},
        {"", 2, "a code set expected"},
        {"icd11", 2, "icd11: icd10cm or hcpcs expected"},
        {"icd10cm soon", 2, "soon: a release like FY2026 or FY2026-APR expected"},
        {"hcpcs 2026-JAN 2026-APR", 2, "one code set and one release expected"},
        {"icd10cm FY2001", 1, "icd10cm FY2001: no address is known"},
        {"hcpcs 2026-JAN --mirror ftp://x", 2, "--mirror ftp://x: an address like "},
        {"hcpcs --mirror", 2, "--mirror: a value is missing"},
        {"hcpcs --quick", 2, "--quick: no such option"},
        {"hcpcs 2026-JAN --cache /dev/null/x", 1, "/dev/null"},
        {"--list >/dev/full", 1, "stdout cannot be written"},
    };
    struct buf out = {0}, err = {0};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char line[256];
        snprintf(line, sizeof line, "$FETCH %s", rows[i].words);
        int code = run(line, &out, &err);
        if (code != rows[i].code || !strstr(buf_text(&err), rows[i].message) || count_lines(buf_text(&err)) != 1) {
            fail_msg("%s: exit %d: %s", rows[i].words, code, buf_text(&err));
        }
    }
    buf_free(&out);
    buf_free(&err);
}

static void two_calls_do_not_meet(void **state)
{
    struct buf out = {0}, err = {0};
    (void)state;
    assert_int_equal(run("mkdir -p l/hcpcs/2026-JAN && flock l/hcpcs/2026-JAN $FETCH hcpcs 2026-JAN --cache l "
                         "--mirror http://127.0.0.1:1", &out, &err), 1);
    assert_non_null(strstr(buf_text(&err), "another codeshelf-fetch is at work there\n"));
    buf_free(&out);
    buf_free(&err);
}

static void the_list_is_a_table(void **state)
{
    struct buf out = {0}, err = {0};
    (void)state;
    assert_int_equal(run("$FETCH --list | awk 'length > 79 || $3 != \"codes\" || $1 $2 in seen {bad = 1} {seen[$1 $2]} "
                         "END {exit bad || NR < 50}'", &out, &err), 0);
    assert_int_equal(run("$FETCH --list hcpcs", &out, &err), 0);
    assert_null(strstr(buf_text(&out), "icd10cm"));
    assert_non_null(strstr(buf_text(&out), "hcpcs    2018-JAN    codes corrections\n"));
    assert_int_equal(run("$FETCH --list icd10cm fy2031 | awk -F '\\t' 'NF != 6 || $5 !~ /^https:.*2031/ || "
                         "index($4, $1 \"/FY2031/\") != 1 {bad = 1} END {exit bad || NR < 5}'", &out, &err), 0);
    assert_int_equal(run("$FETCH --list hcpcs 2026-JAN", &out, &err), 0);
    assert_non_null(strstr(buf_text(&out), "hcpcs\t2026-JAN\tcodes\thcpcs/2026-JAN/january-2026-alpha-numeric-hcpcs-file."));
    buf_free(&out);
    buf_free(&err);
}

/* The refresh with the official zips, whose checksums the table knows. */
static void the_real_zips(void **state)
{
    static const struct {
        const char *path, *file;
    } rows[] = {
        {"/icd10cm/FY2017/2017-icd10-code-descriptions.zip", "icd10cm/FY2017/cms_2017_dx.zip"},
        {"/icd10cm/FY2017/ICD10CM_FY2017_Full_XML.zip", "icd10cm/FY2017/ICD10CM_FY2017_Full_XML.zip"},
        {"/icd10cm/FY2017/POAexemptCodes2017.zip", "icd10cm/FY2017/POAexemptCodes2017.zip"},
        {"/icd10cm/FY2017/ICD-10-CM_ConversionTable-FY17.xlsx", "icd10cm/FY2017/ICD-10-CM_ConversionTable-FY17.xlsx"},
        {"/icd10cm/FY2017/icd10cm_order_addenda_2017.txt", "icd10cm/FY2017/icd10cm_order_addenda_2017.txt"},
        {"/hcpcs/2019-JAN/2019-Alpha-Numeric-HCPCS-File.zip", "hcpcs/2019/2019-Alpha-Numeric-HCPCS-File.zip"},
        {"/hcpcs/2019-JAN/2019-HCPCS-Alpha-Numeric-Corrections.zip", "hcpcs/2019/2019-HCPCS-Alpha-Numeric-Corrections.zip"},
        {"/hcpcs/2025-JAN/january-2025-alpha-numeric-hcpcs-file.zip", "hcpcs/2025-JAN/hcpcs-2025.zip"},
    };
    enum { FILES = sizeof rows / sizeof *rows };
    static const char *const releases[] = {"icd10cm FY2017", "hcpcs 2019-JAN", "hcpcs 2025-JAN"};
    struct page pages[FILES] = {0};
    struct buf bodies[FILES] = {0}, out = {0}, err = {0};
    struct server server;
    char line[512];
    (void)state;
    if (access(TEST_SHARED "/data/icd10cm/FY2017", R_OK) != 0) {
        printf("SKIPPED: fetching the real zips, no ../shared\n");
        skip();
    }
    for (size_t i = 0; i < FILES; i++) {
        snprintf(line, sizeof line, "%s/data/%s", TEST_SHARED, rows[i].file);
        read_file(line, &bodies[i]);
        pages[i] = (struct page){.path = rows[i].path, .body = bodies[i].text, .len = bodies[i].len, .etag = "\"1\"", .cuts = 1,
                                 .cut_after = bodies[i].len / 2};
    }
    server_start(&server, pages, FILES);
    for (size_t i = 0; i < sizeof releases / sizeof *releases; i++) {
        snprintf(line, sizeof line, "$FETCH %s --import --shelf r.db --cache r --mirror http://127.0.0.1:%d", releases[i],
                 server.port);
        if (run(line, &out, &err) != 0) {
            fail_msg("%s: %s", line, buf_text(&err));
        }
        assert_string_equal(buf_text(&err), "");
        assert_non_null(strstr(buf_text(&out), i ? "HCPCS 20" : "ICD-10-CM FY2017, from 2016-10-01: "));
        assert_non_null(strstr(buf_text(&out), i ? " entries" : "71486 billable"));
    }
    server_stop(&server);
    for (size_t i = 0; i < FILES; i++) {
        assert_int_equal(pages[i].partial, 1);
        buf_free(&bodies[i]);
    }
    buf_free(&out);
    buf_free(&err);
}

static int make(void **state)
{
    (void)state;
    alarm(500);
    setenv("no_proxy", "*", 1);
    setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
    unsetenv("CODESHELF_MIRROR");
    scratch_make(&s);
    return 0;
}

static int drop(void **state)
{
    (void)state;
    scratch_remove(&s);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fetched_and_loaded),     cmocka_unit_test(a_full_disk_is_one_line),
        cmocka_unit_test(a_killed_call_is_gone_on_with),
        cmocka_unit_test(wrong_use_is_one_line),  cmocka_unit_test(two_calls_do_not_meet),
        cmocka_unit_test(the_list_is_a_table),    cmocka_unit_test(the_real_zips),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
