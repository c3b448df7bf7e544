/* corrections.c - corrections files written here and the specimen: what they add to a release, what is only told, what is
 * refused, and what becomes of them when files of the release come in later. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "help.h"
#include "tests/tools/mkzip.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

#define HEADING "CODE|ACTION|EFF DATE|SHORT DESC|LONG DESC|TOS |BETOS|COV|PRICE|XREF CODE|ASC IND|ASC DATE|COMMENTS\n"

/* A workbook of rows that end with a line feed, of cells with bars between. */
static void write_sheet(struct mkzip *z, const char *rows)
{
    struct buf sheet = {0};
    buf_puts(&sheet, "<worksheet><sheetData>");
    while (*rows) {
        const char *end = strchr(rows, '\n');
        buf_puts(&sheet, "<row>");
        while (rows <= end) {
            const size_t n = strcspn(rows, "|\n");
            buf_printf(&sheet, "<c t=\"inlineStr\"><is><t>%.*s</t></is></c>", (int)n, rows);
            rows += n + 1;
        }
        buf_puts(&sheet, "</row>");
    }
    buf_puts(&sheet, "</sheetData></worksheet>");
    mkzip_text(z, "[Content_Types].xml", "<Types/>");
    mkzip_text(z, "xl/workbook.xml",
               "<workbook xmlns:r=\"x\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
    mkzip_text(z, "xl/_rels/workbook.xml.rels",
               "<Relationships><Relationship Id=\"rId1\" Type=\"t/worksheet\" Target=\"worksheets/a.xml\"/></Relationships>");
    mkzip_text(z, "xl/worksheets/a.xml", buf_text(&sheet));
    mkzip_end(z);
    buf_free(&sheet);
}

static const struct field dates[] = {{230, "C"}, {269, "20200101"}, {277, "20200101"}, {293, "N"}};
static const struct field ended[] = {{269, "20200101"}, {285, "20241231"}};

static void write_codes(struct buf *b, const char *title_of_e0100)
{
    record_add(b, "   A1001007", "Dressing for one wound", dates, COUNT(dates), 0);
    record_add(b, "E0100001003", title_of_e0100, dates, COUNT(dates), 0);
    record_add(b, "E0105001003", "Cane, quad", ended, COUNT(ended), 0);
    record_add(b, "E0110001003", "Crutches", dates, COUNT(dates), 0);
}

/* Reads what is not NULL of: a code file, sheets under their names. */
static enum status read_files(const struct buf *codes, const char *const (*sheets)[2], size_t n, const struct edition *old,
                              struct edition **out, struct buf *report, struct error *err)
{
    struct group g = {0};
    struct mkzip z[4] = {{{0}, {0}, 0}};
    if (codes) {
        group_add(&g, "HCPC2025.txt", codes->text, codes->len);
    }
    for (size_t i = 0; i < n; i++) {
        write_sheet(&z[i], sheets[i][1]);
        group_add(&g, sheets[i][0], z[i].data.text, z[i].data.len);
    }
    const enum status st = group_read(&g, old, out, err);
    if (report) {
        *report = g.report;
    } else {
        buf_free(&g.report);
    }
    for (size_t i = 0; i < n; i++) {
        mkzip_free(&z[i]);
    }
    return st;
}

static const char *const versions[][2] = {
    {"Corrections_v3.xlsx", HEADING "E0108|DO NOT ADD - later|\n|  |\nE0107|add \"YY\" ASC Ind|\n"},
    {"Corrections.xlsx", "Of 2025\n" HEADING
                         "E0107|ADD CODE |45748|Cane, new|Cane, new  kind|9,F|D1E|D|51,53|E0100|YY|45748|Statute 1834\n"
                         "E0110|Revise SD||Crutch|\nQX|Add Code|2025-01-01|Extra|Extra thing\nE0105|Terminate |45658|\n"},
    {"V2_Corrections.xlsx", HEADING "E0108|ADD CODE|45658|Cane|Cane, other|\nE0110|Revise SD||Crutch|\nZ0001|DELETE|\n"
                            "E0100|ADD CODE|45658||Without a short one|\n"},
};

static void reads_versions_in_order(void **state)
{
    static const char *const lines[] = {
        "Corrections.xlsx: added: E0107, QX\n",
        "Corrections.xlsx: so in the file already: E0105\n",
        "V2_Corrections.xlsx: not added: E0108: Corrections_v3.xlsx says DO NOT ADD - later\n",
        "V2_Corrections.xlsx: not applied: E0110: Revise SD\n",
        "V2_Corrections.xlsx: so in the file already: Z0001\n",
        "V2_Corrections.xlsx: not applied: E0100: ADD CODE, from 2025-01-01\n",
        "Corrections_v3.xlsx: not applied: E0107: add \"YY\" ASC Ind\n",
    };
    struct buf codes = {0}, report = {0}, want = {0};
    struct edition *ed;
    (void)state;
    write_codes(&codes, "Cane");
    assert_int_equal(read_files(&codes, versions, COUNT(versions), NULL, &ed, &report, NULL), ST_OK);
    for (size_t i = 0; i < COUNT(lines); i++) {
        buf_puts(&want, lines[i]);
    }
    assert_non_null(strstr(report.text, buf_text(&want)));
    const struct ed_entry *e = entry_find(ed, "E0107");
    assert_string_equal(e->title, "Cane, new kind");
    assert_int_equal(e->from, 20250401);
    assert_string_equal(fact_values(ed, e, "type_of_service"), "9,F");
    assert_string_equal(fact_values(ed, e, "pricing"), "51,53");
    assert_string_equal(fact_values(ed, e, "cross_reference"), "E0100");
    assert_string_equal(fact_values(ed, e, "asc_date"), "20250401");
    assert_string_equal(fact_values(ed, e, "statute"), "1834");
    assert_string_equal(e[-1].code, "E0105");
    assert_string_equal(e[1].code, "E0110");
    assert_int_equal(entry_find(ed, "QX")->kind, KIND_MODIFIER);
    assert_null(entry_find(ed, "E0108"));
    assert_string_equal(entry_find(ed, "E0110")->short_title, "");
    assert_int_equal(ed->coverage, 1U << COMP_CODES | 1U << COMP_CORRECTIONS);
    assert_int_equal(ed->sources.len, 4);
    edition_free(ed);
    buf_free(&codes);
    buf_free(&report);
    buf_free(&want);
}

/* Corrections come alone onto a release; its files come again, alone; then a code file of other content. */
static void stay_with_the_codes(void **state)
{
    struct buf codes = {0}, other = {0}, report = {0};
    struct edition *plain, *ed, *again, *last;
    (void)state;
    write_codes(&codes, "Cane");
    write_codes(&other, "Cane, any material");
    assert_int_equal(read_files(&codes, NULL, 0, NULL, &plain, NULL, NULL), ST_OK);
    assert_int_equal(read_files(NULL, versions + 1, 1, plain, &ed, NULL, NULL), ST_OK);
    assert_non_null(entry_find(ed, "E0107"));
    assert_int_equal(ed->sources.len, 2);
    assert_int_equal(read_files(&codes, versions + 2, 1, ed, &again, NULL, NULL), ST_OK);
    assert_non_null(entry_find(again, "E0107"));
    assert_non_null(entry_find(again, "E0108"));
    assert_int_equal(again->sources.len, 3);
    assert_int_equal(read_files(&other, NULL, 0, again, &last, &report, NULL), ST_OK);
    assert_null(entry_find(last, "E0107"));
    assert_int_equal(last->coverage, 1U << COMP_CODES);
    assert_non_null(strstr(report.text, "the corrections read with that one are to be imported again"));
    edition_free(plain);
    edition_free(ed);
    edition_free(again);
    edition_free(last);
    buf_free(&codes);
    buf_free(&other);
    buf_free(&report);
}

/* Found in a folder beside the code file they are only told; found alone they are applied. */
static void wait_to_be_named(void **state)
{
    struct buf codes = {0};
    struct group g = {0}, alone = {0};
    struct mkzip z = {0};
    struct edition *ed, *applied, *again;
    (void)state;
    write_codes(&codes, "Cane");
    write_sheet(&z, versions[1][1]);
    group_add(&g, "HCPC2025.txt", codes.text, codes.len);
    group_add(&g, "Corrections.xlsx", z.data.text, z.data.len);
    group_add(&alone, "Corrections.xlsx", z.data.text, z.data.len);
    g.items[0].named = g.items[1].named = alone.items[0].named = false;
    assert_int_equal(group_read(&g, NULL, &ed, NULL), ST_OK);
    assert_null(entry_find(ed, "E0107"));
    assert_int_equal(ed->coverage, 1U << COMP_CODES);
    assert_non_null(strstr(g.report.text, "Corrections.xlsx: would add E0107, QX: name this file, or the zip it is in,"));
    assert_int_equal(group_read(&alone, ed, &applied, NULL), ST_OK);
    assert_non_null(entry_find(applied, "E0107"));
    assert_int_equal(applied->sources.len, 2);
    assert_int_equal(group_read(&g, applied, &again, NULL), ST_OK); /* the folder once more takes nothing away */
    assert_non_null(entry_find(again, "E0107"));
    assert_int_equal(again->sources.len, 2);
    edition_free(ed);
    edition_free(applied);
    edition_free(again);
    buf_free(&g.report);
    buf_free(&alone.report);
    buf_free(&codes);
    mkzip_free(&z);
}

static void refuses_what_cannot_be(void **state)
{
    static const struct {
        const char *sheet[2];
        bool codes;
        const char *says;
    } cases[] = {
        {{"c.xlsx", HEADING "E0107|ADD CODE|45748|Cane|Cane|\n"},
         false,
         "c.xlsx: expected the HCPCS file of 2025-JAN with it or on the shelf, found none"},
        {{"c.xlsx", "Title\n" HEADING "E01O7X|ADD CODE|45748|Cane|Cane|\n"},
         true,
         "c.xlsx:3:1: expected a code or modifier, found \"E01O7X\""},
        {{"c.xlsx", HEADING}, true, "c.xlsx: expected corrections under a heading row, found none"},
    };
    struct buf codes = {0};
    (void)state;
    write_codes(&codes, "Cane");
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct error err = {0};
        struct edition *ed;
        assert_int_equal(
            read_files(cases[i].codes ? &codes : NULL, &cases[i].sheet, 1, NULL, &ed, NULL, &err), ST_INPUT);
        assert_string_equal(err.text, cases[i].says);
        assert_null(ed);
    }
    buf_free(&codes);
}

/* By its heading row; a year in the title above says the release. */
static void recognises_the_workbook(void **state)
{
    static const struct {
        const char *sheet, *release;
        enum verdict verdict;
    } cases[] = {
        {"2031 HCPCS CORRECTIONS\n" HEADING, "2031-JAN", INPUT_USED},
        {"HCPCS/MOD Code|Action|Short Description|Long Description|Effective Date\n", "", INPUT_USED},
        {"CODE|ACTION|TITLE\n", "", INPUT_UNKNOWN},
        {"HCPCS/Modifier Code|Type of Change|Long Description\n", "", INPUT_NOT_NEEDED},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct mkzip z = {0};
        struct recognised is;
        write_sheet(&z, cases[i].sheet);
        hcpcs_importer.recognise(
            &(struct input){.path = "c.xlsx", .name = "c.xlsx", .bytes = z.data.text, .len = z.data.len}, &is);
        assert_int_equal(is.verdict, cases[i].verdict);
        assert_string_equal(is.release, cases[i].release);
        assert_int_equal(is.several, is.verdict == INPUT_USED);
        mkzip_free(&z);
    }
}

static void reads_the_specimen(void **state)
{
    static const char *const files[] = {"HCPC2025_JAN_ANWEB_specimen.txt", "HCPC2025_JAN_ANWEB_Corrections_specimen.xlsx"};
    struct group g = {0};
    struct error err = {0};
    struct edition *ed;
    char *bytes[COUNT(files)];
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        char path[512];
        size_t n;
        snprintf(path, sizeof path, TEST_SPECIMEN "/hcpcs/specimen/%s", files[i]);
        bytes[i] = file_read(path, &n);
        assert_non_null(bytes[i]);
        group_add(&g, files[i], bytes[i], n);
    }
    assert_int_equal(group_read(&g, NULL, &ed, &err), ST_OK);
    assert_non_null(strstr(g.report.text, "_specimen.xlsx: added: J1095\n"));
    assert_non_null(strstr(g.report.text, "_specimen.xlsx: so in the file already: JW, L7260\n"));
    assert_non_null(strstr(g.report.text, "_specimen.xlsx: not applied: J0897: Add \"YY\" ASC Ind\n"));
    assert_string_equal(fact_values(ed, entry_find(ed, "J1095"), "statute"), "1833(t)");
    assert_string_equal(entry_find(ed, "J1095")[-1].code, "J0897");
    edition_free(ed);
    buf_free(&g.report);
    for (size_t i = 0; i < COUNT(files); i++) {
        free(bytes[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_versions_in_order),
        cmocka_unit_test(stay_with_the_codes),
        cmocka_unit_test(wait_to_be_named),
        cmocka_unit_test(refuses_what_cannot_be),
        cmocka_unit_test(recognises_the_workbook),
        cmocka_unit_test(reads_the_specimen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
