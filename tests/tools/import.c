/* codeshelf-import and codeshelf-verify from end to end: small files in a folder of the test's own, the built programs, what
 * they print, how they exit, and that a refused file leaves the shelf as it was. */
#include "tests/support.h"

#include <sys/wait.h>
#include <unistd.h>

#include "mkzip.h"
#include "scratch.h"

#define TABULAR(version, body)                                                                                         \
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<ICD10CM.tabular>\n<version>" version "</version>\n<introduction/>\n" body \
    "</ICD10CM.tabular>\n"
#define CHAPTER                                                                                                        \
    "<chapter><name>1</name><desc>Certain infectious and parasitic diseases (A00-B99)</desc>\n"                       \
    "<sectionIndex><sectionRef first=\"A00\" last=\"A09\" id=\"A00-A09\">Intestinal</sectionRef></sectionIndex>\n"     \
    "<section id=\"A00-A09\"><desc>Intestinal infectious diseases (A00-A09)</desc>\n"                                 \
    "<diag><name>A00</name><desc>Cholera</desc><excludes1><note>cholera carrier (Z22.1)</note></excludes1>\n"         \
    "<diag><name>A00.0</name><desc>Cholera due to one biovar</desc></diag>\n"                                          \
    "<diag><name>A00.9</name><desc>Cholera, unspecified</desc></diag></diag></section></chapter>\n"

static struct scratch s;

static void order_line(struct buf *out, int number, const char *code, char flag, const char *title)
{
    buf_printf(out, "%05d %-7s %c %-60s %s\r\n", number, code, flag, title, title);
}

static void order_file(struct buf *out, const char *last_title)
{
    order_line(out, 1, "A00", '0', "Cholera");
    order_line(out, 2, "A000", '1', "Cholera due to one biovar");
    order_line(out, 3, "A009", '1', last_title);
}

/* A record of the fixed-width HCPCS file: code, sequence, record type, long and short description, dates. */
static void hcpcs_line(struct buf *out, const char *code, const char *title)
{
    char line[321];
    memset(line, ' ', sizeof line);
    memcpy(line, code, strlen(code));
    memcpy(line + 5, "001003", 6);
    memcpy(line + 11, title, strlen(title));
    memcpy(line + 91, title, strlen(title));
    memcpy(line + 229, "C", 1);
    memcpy(line + 268, "20180101", 8);
    memcpy(line + 276, "20180101", 8);
    memcpy(line + 292, "N", 1);
    buf_add(out, line, 320);
    buf_puts(out, "\r\n");
}

/* Runs a tool in the folder; its stderr into err, its stdout into out. Returns its exit code. */
static int run(const char *command, struct buf *out, struct buf *err)
{
    char line[2048], text[4096];
    struct buf *into[] = {out, err};
    static const char *const names[] = {"stdout", "stderr"};
    snprintf(line, sizeof line, "cd '%s' && SOURCE_DATE_EPOCH=1700000000 " TEST_TOOLS "/%s >stdout 2>stderr", s.folder, command);
    int status = system(line);
    for (int i = 0; i < 2; i++) {
        buf_clear(into[i]);
        FILE *f = fopen(scratch_path(&s, names[i], line), "rb");
        assert_non_null(f);
        for (size_t n; (n = fread(text, 1, sizeof text, f)) > 0;) {
            buf_add(into[i], text, n);
        }
        fclose(f);
    }
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* The bytes of a file in the folder. */
static void read_back(const char *name, struct buf *out)
{
    char path[512], text[4096];
    FILE *f = fopen(scratch_path(&s, name, path), "rb");
    assert_non_null(f);
    buf_clear(out);
    for (size_t n; (n = fread(text, 1, sizeof text, f)) > 0;) {
        buf_add(out, text, n);
    }
    fclose(f);
}

static void assert_same_file(const char *one, const char *other)
{
    struct buf a = {0}, b = {0};
    read_back(one, &a);
    read_back(other, &b);
    if (a.len != b.len || memcmp(a.text, b.text, a.len) != 0) {
        fail_msg("%s and %s differ", one, other);
    }
    buf_free(&a);
    buf_free(&b);
}

static void must_import(const char *command)
{
    struct buf out = {0}, err = {0};
    int code = run(command, &out, &err);
    if (code != 0) {
        fail_msg("%s: exit %d: %s", command, code, buf_text(&err));
    }
    assert_string_equal(buf_text(&err), "");
    buf_free(&out);
    buf_free(&err);
}

static int make(void **state)
{
    struct buf text = {0};
    struct mkzip z = {0};
    (void)state;
    scratch_make(&s);
    order_file(&text, "Cholera, unspecified");
    scratch_write(&s, "FY2017/icd10cm_order_2017.txt", text.text, text.len);
    mkzip_add(&z, "icd10cm_order_2018.txt", text.text, text.len);
    mkzip_end(&z);
    scratch_write(&s, "FY2018/cms_2018_dx.zip", z.data.text, z.data.len);
    scratch_write(&s, "bad/truncated.zip", z.data.text, z.data.len / 2);
    scratch_text(&s, "FY2017/Tabular.xml", TABULAR("2017", CHAPTER));
    memcpy(strstr(text.text + 100, " 1 "), " 7 ", 3);
    scratch_write(&s, "bad/icd10cm_order_2019.txt", text.text, text.len);
    buf_clear(&text);
    order_file(&text, "Cholera, not specified");
    scratch_write(&s, "reworded/icd10cm_order_2018.txt", text.text, text.len);
    buf_clear(&text);
    hcpcs_line(&text, "A0021", "Ambulance service");
    hcpcs_line(&text, "A0080", "Non-emergency transportation");
    scratch_write(&s, "2019/HCPC2019_CONTR_ANWEB.txt", text.text, text.len);
    buf_puts(&text, "A0999 short line of forty bytes\r\n");
    hcpcs_line(&text, "A1000", "Another");
    scratch_write(&s, "bad/HCPC2019_CONTR_ANWEB.txt", text.text, text.len);
    scratch_write(&s, "bad/icd10cm_tabular_2017.xml", TABULAR("2017", CHAPTER), 600);
    scratch_text(&s, "bad/entity_2017.xml", "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
                                            "<ICD10CM.tabular><version>2017</version><chapter><name>&b;</name></chapter></ICD10CM.tabular>");
    scratch_text(&s, "bad/empty.txt", "");
    scratch_text(&s, "bad/notzip.zip", "<html>404</html>");
    scratch_text(&s, "bad/FY2016/Tabular.xml", TABULAR("2017", CHAPTER));
    mkdir(scratch_path(&s, "nothing", (char[512]){0}), 0777);
    buf_free(&text);
    mkzip_free(&z);
    must_import("codeshelf-import --shelf base.db FY2017");
    return 0;
}

static int drop(void **state)
{
    (void)state;
    scratch_remove(&s);
    return 0;
}

static void test_report(void **state)
{
    (void)state;
    struct buf out = {0}, err = {0};
    assert_int_equal(run("codeshelf-import --shelf told.db FY2018 FY2017 nothing", &out, &err), 0);
    assert_string_equal(buf_text(&err), "");
    assert_non_null(strstr(buf_text(&out), "FY2018/cms_2018_dx.zip/icd10cm_order_2018.txt: ICD-10-CM FY2018, "));
    assert_non_null(strstr(buf_text(&out), "ICD-10-CM FY2017, from 2016-10-01: 3 entries, 2 billable, 1 notes\n"));
    assert_non_null(strstr(buf_text(&out), "FY2018: titles only, no Tabular: notes not loaded\n"));
    assert_non_null(strstr(buf_text(&out), "shelf: told.db, "));
    assert_int_equal(run("codeshelf-verify --json --shelf told.db", &out, &err), 0);
    assert_string_equal(buf_text(&out), "{\"shelf\":\"told.db\",\"sound\":true,\"releases\":2,\"error\":null}\n");
    assert_int_equal(run("codeshelf-verify --shelf told.db", &out, &err), 0);
    assert_string_equal(buf_text(&out), "told.db: sound: 2 releases\n");
    buf_free(&out);
    buf_free(&err);
}

static void test_again_changes_nothing(void **state)
{
    (void)state;
    struct buf before = {0}, after = {0}, out = {0}, err = {0};
    struct stat first, second;
    char path[512];
    read_back("base.db", &before);
    assert_int_equal(stat(scratch_path(&s, "base.db", path), &first), 0);
    assert_int_equal(run("codeshelf-import --shelf base.db FY2017", &out, &err), 0);
    assert_non_null(strstr(buf_text(&out), "ICD-10-CM FY2017: already on the shelf\n"));
    assert_non_null(strstr(buf_text(&out), ", unchanged\n"));
    assert_int_equal(stat(path, &second), 0);
    assert_true(first.st_ino == second.st_ino);
    read_back("base.db", &after);
    assert_int_equal(before.len, after.len);
    assert_memory_equal(before.text, after.text, after.len);
    buf_free(&before);
    buf_free(&after);
    buf_free(&out);
    buf_free(&err);
}

static void test_order_of_import(void **state)
{
    (void)state;
    must_import("codeshelf-import --shelf one.db FY2017 FY2018 2019");
    must_import("codeshelf-import --shelf other.db 2019");
    must_import("codeshelf-import --shelf other.db FY2018");
    must_import("codeshelf-import --shelf other.db FY2017/Tabular.xml FY2017/icd10cm_order_2017.txt");
    assert_same_file("one.db", "other.db");
}

/* A dropped release leaves no trace, and one that comes back leaves none of its absence. */
static void test_drop(void **state)
{
    (void)state;
    struct buf out = {0}, err = {0};
    must_import("codeshelf-import --shelf all.db FY2017 FY2018 2019");
    must_import("codeshelf-import --shelf without.db FY2018 2019");
    must_import("codeshelf-import --shelf d.db FY2017 FY2018 2019");
    assert_int_equal(run("codeshelf-import --shelf d.db --drop icd10cm FY2017 --dry-run", &out, &err), 0);
    assert_string_equal(buf_text(&out), "ICD-10-CM FY2017: would be dropped\ndry run: nothing was written\n");
    assert_same_file("d.db", "all.db");
    assert_int_equal(run("codeshelf-import --shelf d.db --drop icd10cm 2017", &out, &err), 0);
    assert_string_equal(buf_text(&err), "");
    assert_non_null(strstr(buf_text(&out), "ICD-10-CM FY2017: dropped\n"));
    assert_same_file("d.db", "without.db");
    must_import("codeshelf-import --shelf d.db FY2017 --drop hcpcs 2019-JAN");
    must_import("codeshelf-import --shelf d.db 2019");
    assert_same_file("d.db", "all.db");
    must_import("codeshelf-import --shelf d.db reworded");
    must_import("codeshelf-import --shelf d.db --drop icd10cm FY2018 FY2018"); /* read from nothing again */
    assert_same_file("d.db", "all.db");
    buf_free(&out);
    buf_free(&err);
}

/* The last release may go: the shelf is whole, says that it is empty, and takes releases again. */
static void test_drop_the_last(void **state)
{
    (void)state;
    struct buf out = {0}, err = {0};
    must_import("codeshelf-import --shelf last.db FY2017");
    must_import("codeshelf-import --shelf last.db --drop icd10cm FY2017");
    assert_int_equal(run("codeshelf-verify --shelf last.db", &out, &err), 0);
    assert_string_equal(buf_text(&out), "last.db: sound: 0 releases\n");
    static const char *const asked[] = {"releases", "search cholera", "show A00.0", "tree", "list", "index cholera", "guide",
                                        "refs A00", "history A00", "changes icd10cm FY2017 FY2018"};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        char command[128];
        snprintf(command, sizeof command, "codeshelf %s --shelf last.db", asked[i]);
        if (run(command, &out, &err) != 1 || out.len > 0 || !strstr(buf_text(&err), "loaded")) {
            fail_msg("%s: %s%s", asked[i], buf_text(&out), buf_text(&err));
        }
    }
    must_import("codeshelf-import --shelf last.db FY2017");
    assert_same_file("last.db", "base.db");
    buf_free(&out);
    buf_free(&err);
}

static void test_other_content_replaces(void **state)
{
    (void)state;
    struct buf out = {0}, err = {0};
    must_import("codeshelf-import --shelf replaced.db FY2018");
    assert_int_equal(run("codeshelf-import --shelf replaced.db reworded", &out, &err), 0);
    assert_null(strstr(buf_text(&out), "already on the shelf"));
    assert_int_equal(run("codeshelf-import --shelf replaced.db reworded", &out, &err), 0);
    assert_non_null(strstr(buf_text(&out), "already on the shelf"));
    buf_free(&out);
    buf_free(&err);
}

static void test_dry_run_leaves_no_trace(void **state)
{
    (void)state;
    struct buf out = {0}, err = {0};
    char path[512];
    assert_int_equal(run("codeshelf-import --shelf dry.db --dry-run FY2017", &out, &err), 0);
    assert_non_null(strstr(buf_text(&out), "3 entries"));
    assert_non_null(strstr(buf_text(&out), "dry run: nothing was written\n"));
    assert_int_not_equal(access(scratch_path(&s, "dry.db", path), F_OK), 0);
    assert_int_not_equal(access(scratch_path(&s, "dry.db.lock", path), F_OK), 0);
    buf_free(&out);
    buf_free(&err);
}

static void test_default_place_is_made(void **state)
{
    (void)state;
    char path[512];
    setenv("XDG_DATA_HOME", scratch_path(&s, "new/data", path), 1);
    unsetenv("CODESHELF_SHELF");
    must_import("codeshelf-import FY2017");
    assert_int_equal(access(scratch_path(&s, "new/data/codeshelf/shelf.db", path), R_OK), 0);
    unsetenv("XDG_DATA_HOME");
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *words;
        int code;
        const char *message; /* part of the one line */
    } rows[] = {
        {"bad/truncated.zip", 1, "bad/truncated.zip: a whole zip expected"},
        {"bad/icd10cm_order_2019.txt", 1, "bad/icd10cm_order_2019.txt:3:15: "},
        {"bad/icd10cm_tabular_2017.xml", 1, "bad/icd10cm_tabular_2017.xml:"},
        {"bad/entity_2017.xml", 1, "bad/entity_2017.xml:1:"},
        {"bad/HCPC2019_CONTR_ANWEB.txt", 1, "bad/HCPC2019_CONTR_ANWEB.txt:3"},
        {"bad/empty.txt", 1, "bad/empty.txt: nothing to import: an empty file"},
        {"bad/FY2016", 1, "FY2017 by its content, but FY2016 by the name"},
        {"FY2018 bad/truncated.zip", 1, "truncated.zip"},
        {"FY2018 reworded", 1, "another order file of FY2018"},
        {"nothing", 1, "nothing: nothing to import"},
        {"bad/notzip.zip", 1, "bad/notzip.zip: nothing to import: a web page, not the file of that name"},
        {"bad/notzip.zip bad/empty.txt", 1, "among 2 files; bad/notzip.zip: a web page"},
        {"--shelf bad FY2017", 3, "bad: is a folder; a shelf is one SQLite file"},
        {"--shelf absent/s.db FY2017", 3, "absent/s.db: the folder for the shelf is not there"},
        {"absent", 1, "absent: cannot be read"},
        {"--release FY2016 FY2017/Tabular.xml", 1, "FY2017 by its content, but --release FY2016"},
        {"--release 2017 FY2017 2019", 2, "--set"},
        {"--set hcpcs FY2017", 1, "nothing to import"},
        {"--effective 2017-01-01 FY2017 FY2018", 2, "--effective fits one release"},
        {"--drop icd10cm FY2016", 1, "ICD-10-CM FY2016 is not on the shelf, which has FY2017"},
        {"--drop hcpcs 2019-JAN", 1, "HCPCS 2019-JAN is not on the shelf, which has no release of it"},
        {"--drop icd10cm FY2017 bad/truncated.zip", 1, "truncated.zip"},
        {"--drop icd10cm FY2017 bad/icd10cm_order_2019.txt", 1, "bad/icd10cm_order_2019.txt:3:15: "},
        {"", 2, "expected"},
    };
    struct buf before = {0}, after = {0}, out = {0}, err = {0};
    read_back("base.db", &before);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char command[512], path[512];
        snprintf(command, sizeof command, "codeshelf-import --shelf base.db %s", rows[i].words);
        int code = run(command, &out, &err);
        const char *line = buf_text(&err), *end = strchr(line, '\n');
        if (code != rows[i].code || !strstr(line, rows[i].message) || !end || end[1] != '\0') {
            fail_msg("%s: exit %d: %s", rows[i].words, code, line);
        }
        read_back("base.db", &after);
        assert_int_equal(before.len, after.len);
        assert_memory_equal(before.text, after.text, after.len);
        assert_int_not_equal(access(scratch_path(&s, "base.db.tmp", path), F_OK), 0);
    }
    assert_int_equal(run("codeshelf-import --shelf bad/notzip.zip FY2017", &out, &err), 3);
    assert_int_equal(run("codeshelf-import --shelf absent.db --drop icd10cm FY2017", &out, &err), 3);
    assert_string_equal(buf_text(&err), "codeshelf-import: absent.db: no shelf there\n");
    assert_int_not_equal(access(scratch_path(&s, "absent.db.lock", (char[512]){0}), F_OK), 0);
    assert_int_equal(run("codeshelf-verify --shelf bad/notzip.zip", &out, &err), 3);
    assert_int_equal(run("codeshelf-verify --json --shelf bad/notzip.zip", &out, &err), 3);
    assert_non_null(strstr(buf_text(&out), "\"sound\":false,\"releases\":null,\"error\":\"bad/notzip.zip: "));
    assert_int_equal(run("codeshelf-verify --shelf absent.db", &out, &err), 3);
    buf_free(&before);
    buf_free(&after);
    buf_free(&out);
    buf_free(&err);
}

/* A shelf that was cut while it was copied, and one that a disk has torn: one line, and what to do. */
static void test_damaged_shelf(void **state)
{
    enum { CUT = 60000, TORN_AT = 20000, TORN = 6000 };
    struct buf whole = {0}, out = {0}, err = {0};
    (void)state;
    read_back("base.db", &whole);
    assert_true(whole.len > CUT);
    for (int cut = 0; cut < 2; cut++) {
        memset(whole.text + TORN_AT, 'x', TORN);
        scratch_write(&s, "hurt.db", whole.text, cut ? CUT : whole.len);
        const int code = run("codeshelf-verify --shelf hurt.db", &out, &err);
        const char *line = buf_text(&err), *end = strchr(line, '\n');
        if (code == 0 || !strstr(line, "hurt.db: damaged") || !end || end[1]) {
            fail_msg("exit %d: %s", code, line);
        }
    }
    assert_int_equal(run("codeshelf-import --shelf hurt.db FY2018", &out, &err), 3);
    assert_non_null(strstr(buf_text(&err), "hurt.db: damaged ("));
    assert_non_null(strstr(buf_text(&err), "; remove it and import the official files again\n"));
    buf_free(&whole);
    buf_free(&out);
    buf_free(&err);
}

static void test_wrong_files(void **state)
{
    (void)state;
    struct buf out = {0}, err = {0};
    if (access(TEST_SHARED "/data/wrong-files", R_OK) != 0) {
        printf("SKIPPED: ICD-10-PCS files, no ../shared\n");
        skip();
    }
    assert_int_equal(run("codeshelf-import --shelf base.db '" TEST_SHARED "/data/wrong-files'", &out, &err), 1);
    assert_non_null(strstr(buf_text(&err), "ICD-10-PCS"));
    assert_null(strchr(strchr(buf_text(&err), '\n') + 1, '\n'));
    buf_free(&out);
    buf_free(&err);
}

/* October's and April's files in one call: the folder and member names tell them apart, the XML says 2025 only. */
static void test_real_october_and_april(void **state)
{
    (void)state;
    struct buf out = {0}, err = {0};
    if (access(TEST_SHARED "/data/icd10cm/FY2025-Apr", R_OK) != 0) {
        printf("SKIPPED: FY2025 and FY2025-APR, no ../shared\n");
        skip();
    }
    assert_int_equal(run("codeshelf-import --shelf dry.db --dry-run '" TEST_SHARED "/data/icd10cm/FY2025' '" TEST_SHARED
                         "/data/icd10cm/FY2025-Apr'", &out, &err), 0);
    assert_non_null(strstr(buf_text(&out), "icd10cm-order-2025.txt: ICD-10-CM FY2025, order file"));
    assert_non_null(strstr(buf_text(&out), "icd10cm-order-April-2025.txt: ICD-10-CM FY2025-APR, order file"));
    assert_non_null(strstr(buf_text(&out), "icd10cm-tabular-April-2025.xml: ICD-10-CM FY2025-APR, Tabular List"));
    assert_non_null(strstr(buf_text(&out), "ICD-10-CM FY2025, from 2024-10-01: 97584 entries, 74260 billable, 0 notes\n"));
    assert_non_null(strstr(buf_text(&out), "ICD-10-CM FY2025-APR, from 2025-04-01: 97584 entries, 74260 billable, "));
    buf_free(&out);
    buf_free(&err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_report),
        cmocka_unit_test(test_again_changes_nothing),
        cmocka_unit_test(test_order_of_import),
        cmocka_unit_test(test_drop),
        cmocka_unit_test(test_drop_the_last),
        cmocka_unit_test(test_other_content_replaces),
        cmocka_unit_test(test_dry_run_leaves_no_trace),
        cmocka_unit_test(test_default_place_is_made),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_damaged_shelf),
        cmocka_unit_test(test_wrong_files),
        cmocka_unit_test(test_real_october_and_april),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
