/* codeshelf-fetch as it is called: from a mirror on this machine into a cache, and with --import into a shelf. Small zips are
 * made of the specimen files; the real ones are rehearsed where ../shared holds them. */
#include "tests/support.h"

#include <sys/resource.h>
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

/* The five files of a release from a server that is not there: its first file is tried, the others say why they were not. */
static void a_server_out_of_reach_is_asked_once(void **state)
{
    struct buf out = {0}, err = {0};
    (void)state;
    assert_int_equal(run("$FETCH icd10cm FY2026 --cache q --mirror http://127.0.0.1:1", &out, &err), 1);
    assert_non_null(strstr(buf_text(&err), "2026-code-descriptions-tabular-order.zip: the server cannot be reached\n"));
    assert_non_null(strstr(buf_text(&err), "2026-conversion-table.zip: not asked for, as the server cannot be reached\n"));
    assert_int_equal(count_lines(buf_text(&err)), 5);
    assert_int_equal(count_lines(buf_text(&out)), 4); /* the attempts */
    buf_free(&out);
    buf_free(&err);
}

/* CMS puts a corrected zip under the old name now and then: it is not taken unasked, and what to do is said. */
static void another_checksum_says_what_to_do(void **state)
{
    struct mkzip zip = {0};
    struct buf out = {0}, err = {0};
    struct server server;
    char line[512];
    (void)state;
    zip_specimen("hcpcs/specimen/HCPC2025_JAN_ANWEB_specimen.txt", "HCPC2025_JAN_ANWEB.txt", &zip);
    struct page page = {.path = "/hcpcs/2025-JAN/january-2025-alpha-numeric-hcpcs-file.zip", .body = zip.data.text,
                        .len = zip.data.len};
    server_start(&server, &page, 1);
    snprintf(line, sizeof line, "$FETCH hcpcs 2025-JAN --import --shelf o.db --cache o --mirror http://127.0.0.1:%d", server.port);
    assert_int_equal(run(line, &out, &err), 1);
    assert_non_null(strstr(buf_text(&err), "another file than expected: its SHA-256 is "));
    assert_non_null(strstr(buf_text(&out), "issued anew: looked at by hand, codeshelf-import takes it\n"));
    assert_int_equal(run("test ! -e o.db && test -z \"$(ls o/hcpcs/2025-JAN)\"", &out, &err), 0);
    server_stop(&server);
    mkzip_free(&zip);
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

/* The official zips as a mirror has them, whose checksums the table knows. */
static const struct {
    const char *path, *file;
} official[] = {
    {"/icd10cm/FY2017/2017-icd10-code-descriptions.zip", "icd10cm/FY2017/cms_2017_dx.zip"},
    {"/icd10cm/FY2017/ICD10CM_FY2017_Full_XML.zip", "icd10cm/FY2017/ICD10CM_FY2017_Full_XML.zip"},
    {"/icd10cm/FY2017/POAexemptCodes2017.zip", "icd10cm/FY2017/POAexemptCodes2017.zip"},
    {"/icd10cm/FY2017/ICD-10-CM_ConversionTable-FY17.xlsx", "icd10cm/FY2017/ICD-10-CM_ConversionTable-FY17.xlsx"},
    {"/icd10cm/FY2017/icd10cm_order_addenda_2017.txt", "icd10cm/FY2017/icd10cm_order_addenda_2017.txt"},
    {"/icd10cm/FY2025/ICD10-CM%20Code%20Descriptions%202025.zip", "icd10cm/FY2025/ICD10-CM Code Descriptions 2025.zip"},
    {"/icd10cm/FY2025/POAexemptCodesFY25.zip", "icd10cm/FY2025/POAexemptCodesFY25.zip"},
    {"/icd10cm/FY2025/icd-10-cm-FY25-guidelines-october%20-2024.pdf",
     "icd10cm/FY2025/icd-10-cm-FY25-guidelines-october -2024.pdf"},
    {"/icd10cm/FY2025/icd-10-cm-conversion-table-FY2025.xlsx", "icd10cm/FY2025/icd-10-cm-conversion-table-FY2025.xlsx"},
    {"/icd10cm/FY2025/ICD10cm-addendum-2025.zip", "icd10cm/FY2025/ICD10cm-addendum-2025.zip"},
    {"/hcpcs/2019-JAN/2019-Alpha-Numeric-HCPCS-File.zip", "hcpcs/2019/2019-Alpha-Numeric-HCPCS-File.zip"},
    {"/hcpcs/2019-JAN/2019-HCPCS-Alpha-Numeric-Corrections.zip", "hcpcs/2019/2019-HCPCS-Alpha-Numeric-Corrections.zip"},
    {"/hcpcs/2025-JAN/january-2025-alpha-numeric-hcpcs-file.zip", "hcpcs/2025-JAN/hcpcs-2025.zip"},
};

enum { OFFICIAL = sizeof official / sizeof *official, PAGES };

/* ../shared has the books of FY2025 as files: their zip is made here. */
static void zip_books(struct mkzip *out)
{
    static const char *const names[] = {"icd-10-cm-eindex-2025.xml", "icd-10-cm-neoplasm-2025.xml", "icd-10-cm-drug-2025.xml"};
    struct buf text = {0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[512];
        snprintf(path, sizeof path, TEST_SHARED "/data/icd10cm/FY2025/%s", names[i]);
        read_file(path, &text);
        mkzip_add(out, names[i], text.text, text.len);
    }
    mkzip_end(out);
    buf_free(&text);
}

/* Every page breaks off in its middle the first time it is asked for. */
static void lay_out_mirror(struct page pages[PAGES], struct buf bodies[OFFICIAL], struct mkzip *books)
{
    zip_books(books);
    for (size_t i = 0; i < OFFICIAL; i++) {
        char path[512];
        snprintf(path, sizeof path, TEST_SHARED "/data/%s", official[i].file);
        read_file(path, &bodies[i]);
        pages[i] = (struct page){.path = official[i].path, .body = bodies[i].text, .len = bodies[i].len};
    }
    pages[OFFICIAL] = (struct page){.path = "/icd10cm/FY2025/icd10cm-table-index-2025.zip", .body = books->data.text,
                                    .len = books->data.len};
    for (size_t i = 0; i < PAGES; i++) {
        pages[i].etag = "\"1\"";
        pages[i].cuts = 1;
        pages[i].cut_after = pages[i].len / 2;
    }
}

static double seconds_of_children(void)
{
    struct rusage used;
    getrusage(RUSAGE_CHILDREN, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

/* Fetches and loads a release, within the seconds of work that a refresh may take. */
static void refresh(const char *release, const char *loaded, int port)
{
    struct buf out = {0}, err = {0};
    char line[512];
    const double before = seconds_of_children();
    snprintf(line, sizeof line, "$FETCH %s --import --shelf r.db --cache r --mirror http://127.0.0.1:%d", release, port);
    const int code = run(line, &out, &err);
    const double seconds = seconds_of_children() - before;
    if (code != 0 || buf_text(&err)[0] || !strstr(buf_text(&out), loaded)) {
        fail_msg("%s: exit %d: %s%s", release, code, buf_text(&err), buf_text(&out));
    }
    printf("%s: %.1f s of work\n", release, seconds);
    if (seconds >= SECONDS_MOST) {
        fail_msg("%s: %.1f s of work, more than %d", release, seconds, SECONDS_MOST);
    }
    buf_free(&out);
    buf_free(&err);
}

/* What the README asks after a refresh, and a part of each answer. */
static void ask_what_came(void)
{
    static const struct {
        const char *words;
        int code;
        const char *says;
    } rows[] = {
        {"changes icd10cm FY2017 FY2025", 0, "\n  C81.0A  Nodular lymphocyte predominant Hodgkin lymphoma, in remission; "},
        {"changes hcpcs 2019-JAN 2025-JAN", 0, "\n  codes: 1814 added, 639 terminated, 280 reworded"},
        {"impact --from FY2017 --to FY2025 codes", 1, "\n! E66.8  no longer billable, a header now: Other obesity\n    replaced by E66.81"},
        {"impact --from FY2017 --to FY2025 codes", 1, "\n  Z00.00  unchanged"},
        {"impact --from 2019-JAN --to 2025-JAN codes.hcpcs", 1, "! J9160  terminated 2023-12-31"},
    };
    struct buf out = {0}, err = {0};
    assert_int_equal(run("printf 'I10\\nE66.8\\nZ00.00\\n' >codes; printf 'J9160\\nJ3490\\n' >codes.hcpcs", &out, &err), 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char line[256];
        snprintf(line, sizeof line, TEST_BIN "/codeshelf %s --shelf r.db", rows[i].words);
        const int code = run(line, &out, &err);
        if (code != rows[i].code || !strstr(buf_text(&out), rows[i].says)) {
            fail_msg("%s: exit %d: %.2000s%s", rows[i].words, code, buf_text(&out), buf_text(&err));
        }
    }
    buf_free(&out);
    buf_free(&err);
}

/* The refresh as the README tells it, with the official zips. */
static void the_real_zips(void **state)
{
    struct page pages[PAGES];
    struct buf bodies[OFFICIAL] = {0};
    struct mkzip books = {0};
    struct server server;
    (void)state;
    if (access(TEST_SHARED "/data", R_OK) != 0) {
        printf("SKIPPED: fetching the real zips, no ../shared\n");
        skip();
    }
    lay_out_mirror(pages, bodies, &books);
    server_start(&server, pages, PAGES);
    refresh("icd10cm FY2017", "ICD-10-CM FY2017, from 2016-10-01: 93830 entries, 71486 billable", server.port);
    refresh("icd10cm FY2025", "ICD-10-CM FY2025, from 2024-10-01: 97584 entries, 74260 billable", server.port);
    refresh("hcpcs 2019-JAN", "HCPCS 2019-JAN, from 2019-01-01: 6805 entries", server.port);
    refresh("hcpcs 2025-JAN", "HCPCS 2025-JAN, from 2025-01-01: 8642 entries", server.port);
    server_stop(&server);
    for (size_t i = 0; i < PAGES; i++) {
        assert_int_equal(pages[i].partial, 1);
    }
    ask_what_came();
    for (size_t i = 0; i < OFFICIAL; i++) {
        buf_free(&bodies[i]);
    }
    mkzip_free(&books);
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
        cmocka_unit_test(a_server_out_of_reach_is_asked_once),
        cmocka_unit_test(another_checksum_says_what_to_do),
        cmocka_unit_test(wrong_use_is_one_line),  cmocka_unit_test(two_calls_do_not_meet),
        cmocka_unit_test(the_list_is_a_table),    cmocka_unit_test(the_real_zips),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
