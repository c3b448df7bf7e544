/* Collecting, recognising and grouping, with an importer of the test's own that knows files by their first word. */
#include "tests/support.h"

#include "group.h"
#include "mkzip.h"
#include "scratch.h"

enum { ROLE_ORDER = 1, ROLE_TABULAR = 2, ROLE_SHEET = 3 };

static bool begins(const struct input *in, const char *word)
{
    return in->len >= strlen(word) && memcmp(in->bytes, word, strlen(word)) == 0;
}

static void recognise(const struct input *in, struct recognised *out)
{
    if (begins(in, "order")) {
        *out = (struct recognised){.verdict = INPUT_USED, .role = ROLE_ORDER, .component = COMP_CODES, .what = "order file"};
    } else if (begins(in, "tabular")) {
        *out = (struct recognised){.verdict = INPUT_USED, .role = ROLE_TABULAR, .component = COMP_TABULAR, .what = "Tabular List"};
        snprintf(out->release, sizeof out->release, "FY%.4s", in->bytes + 8);
    } else if (begins(in, "sheet")) {
        *out = (struct recognised){.verdict = INPUT_USED, .role = ROLE_SHEET, .what = "sheet", .several = true};
    } else if (begins(in, "pcs")) {
        *out = (struct recognised){.verdict = INPUT_WRONG, .why = "ICD-10-PCS"};
    } else if (begins(in, "codes")) {
        *out = (struct recognised){.verdict = INPUT_NOT_NEEDED, .why = "a codes file"};
    }
}

static const struct importer fake = {.set = SET_ICD10CM, .recognise = recognise};
static const struct importer *const fakes[] = {&fake};

/* Collects and groups the named files of the folder; lists the groups as "FY2017: 1 order.txt, ...", with a sign behind those
 * that were named themselves. */
static enum status take(const struct scratch *s, const char *const *names, const char *release, struct buf *out, struct error *err)
{
    struct intake in = {.importers = fakes, .importers_n = 1};
    char paths[8][512], *list[8];
    size_t n = 0;
    for (; n < 8 && names[n]; n++) {
        scratch_path(s, names[n], paths[n]);
        list[n] = paths[n];
    }
    enum status st = collect_files(&in.arena, list, n, intake_take, &in, err);
    if (st == ST_OK) {
        st = intake_group(&in, release, 0, err);
    }
    for (size_t i = 0; st == ST_OK && i < in.groups.len; i++) {
        const struct release_group *g = &in.groups.items[i];
        buf_printf(out, "%s:", g->group.release);
        for (size_t k = 0; k < g->group.n; k++) {
            buf_printf(out, " %d %s%s", g->group.roles[k], g->items[k]->source, g->group.inputs[k]->named ? "!" : "");
        }
        buf_puts(out, "\n");
    }
    intake_free(&in);
    return st;
}

static int make(void **state)
{
    static struct scratch s;
    struct mkzip inner = {0}, outer = {0};
    scratch_make(&s);
    mkzip_text(&inner, "txt/order_2018.txt", "order eighteen");
    mkzip_text(&inner, "codes_2018.txt", "codes");
    mkzip_text(&inner, "__MACOSX/._order_2018.txt", "order of a hidden file");
    mkzip_end(&inner);
    mkzip_add(&outer, "a/2018.zip", inner.data.text, inner.data.len);
    mkzip_text(&outer, "read.me", "%PDF-1.7");
    mkzip_end(&outer);
    scratch_write(&s, "all/outer.zip", outer.data.text, outer.data.len);
    scratch_text(&s, "all/FY2017/order.txt", "order seventeen");
    scratch_text(&s, "all/FY2017/tabular.xml", "tabular 2017");
    scratch_text(&s, "all/FY2017/.order.txt", "order hidden");
    scratch_text(&s, "all/FY2021-Jan/icd10cm_tabular_2021.xml", "tabular 2021");
    scratch_text(&s, "all/guide.pdf", "%PDF-1.4 guide");
    scratch_text(&s, "again/cms_2017_dx.zip.txt", "order seventeen");
    scratch_text(&s, "other/order_2017.txt", "order of another wording");
    scratch_text(&s, "wrong/pcs.txt", "pcs");
    scratch_text(&s, "plain/order.txt", "order");
    scratch_text(&s, "plain/t.xml", "tabular 2019");
    scratch_text(&s, "pair_2019/order_disclaimer.txt", "order and a long notice");
    scratch_text(&s, "pair_2019/order_plain.txt", "order");
    scratch_text(&s, "sheets_2019/a.txt", "sheet a");
    scratch_text(&s, "sheets_2019/b.txt", "sheet b, longer");
    scratch_text(&s, "sheets_2019/c.txt", "sheet a");
    scratch_write(&s, "cut/x.zip", outer.data.text, outer.data.len - 30);
    mkzip_free(&inner);
    mkzip_free(&outer);
    *state = &s;
    return 0;
}

static int drop(void **state)
{
    scratch_remove(*state);
    return 0;
}

static void test_groups(void **state)
{
    static const struct {
        const char *names[4], *release, *groups;
    } rows[] = {
        {{"all"},
         NULL,
         "FY2017: 1 order.txt 2 tabular.xml\nFY2018: 1 outer.zip/2018.zip/order_2018.txt\nFY2021-JAN: 2 icd10cm_tabular_2021.xml\n"},
        {{"all/FY2021-Jan", "all/outer.zip", "all/FY2017/tabular.xml", "all/FY2017/order.txt"},
         NULL,
         "FY2017: 1 order.txt! 2 tabular.xml!\nFY2018: 1 outer.zip/2018.zip/order_2018.txt!\n"
         "FY2021-JAN: 2 icd10cm_tabular_2021.xml\n"},
        {{"again", "all/FY2017/", "all/FY2017"}, NULL, "FY2017: 1 cms_2017_dx.zip.txt 2 tabular.xml\n"},
        {{"plain"}, NULL, "FY2019: 1 order.txt 2 t.xml\n"},
        {{"plain/order.txt"}, "fy2020-apr", "FY2020-APR: 1 order.txt!\n"},
        {{"sheets_2019"}, NULL, "FY2019: 3 a.txt 3 b.txt\n"}, /* c is a again */
        {{"pair_2019"}, NULL, "FY2019: 1 order_disclaimer.txt\n"},
        {{"all/guide.pdf"}, NULL, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf out = {0};
        struct error err = {0};
        enum status st = take(*state, rows[i].names, rows[i].release, &out, &err);
        assert_string_equal(err.text, "");
        assert_int_equal(st, ST_OK);
        assert_string_equal(buf_text(&out), rows[i].groups);
        buf_free(&out);
    }
}

static void test_refused(void **state)
{
    const struct scratch *s = *state;
    static const struct {
        const char *names[4], *release;
        enum status status;
        const char *message; /* after the folder's path */
    } rows[] = {
        {{"wrong", "all"}, NULL, ST_INPUT, "/wrong/pcs.txt: ICD-10-PCS"},
        {{"plain/order.txt"}, NULL, ST_INPUT, "/plain/order.txt: nothing says which release this order file is of: --release says it"},
        {{"all/FY2017", "other"}, NULL, ST_INPUT, "/other/order_2017.txt: another order file of FY2017 than "},
        {{"all", "cut"}, NULL, ST_INPUT, "/cut/x.zip: a whole zip expected, found a cut or damaged one ("},
        {{"missing"}, NULL, ST_INPUT, "/missing: cannot be read: No such file or directory"},
        {{"all/FY2017"}, "FY2018", ST_INPUT, "/all/FY2017/tabular.xml: FY2017 by its content, but --release FY2018 was given"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf out = {0};
        struct error err = {0};
        assert_int_equal(take(s, rows[i].names, rows[i].release, &out, &err), rows[i].status);
        assert_int_equal(strncmp(err.text, s->folder, strlen(s->folder)), 0);
        if (strncmp(err.text + strlen(s->folder), rows[i].message, strlen(rows[i].message)) != 0) {
            fail_msg("%s expected, found %s", rows[i].message, err.text);
        }
        assert_null(strchr(err.text, '\n'));
        buf_free(&out);
    }
}

static void test_zips_too_deep(void **state)
{
    struct scratch *s = *state;
    struct mkzip z = {0};
    struct buf out = {0};
    struct error err = {0};
    mkzip_text(&z, "order_2018.txt", "order");
    mkzip_end(&z);
    for (int i = 0; i < COLLECT_ZIP_DEPTH; i++) {
        struct mkzip around = {0};
        mkzip_add(&around, "z.zip", z.data.text, z.data.len);
        mkzip_end(&around);
        mkzip_free(&z);
        z = around;
    }
    scratch_write(s, "deep/z.zip", z.data.text, z.data.len);
    assert_int_equal(take(s, (const char *const[]){"deep", NULL}, NULL, &out, &err), ST_INPUT);
    assert_non_null(strstr(err.text, "z.zip: zips at most 4 deep expected"));
    mkzip_free(&z);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_zips_too_deep),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
