/* Workbooks as writers make them: shared, rich and inline strings, gaps, numbers, prefixed elements, the first sheet by
 * relation. */
#include "tests/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reader/xlsx.h"
#include "tests/tools/mkzip.h"

#define WORKBOOK                                                                                                       \
    "<workbook xmlns:r=\"x\"><sheets><sheet name=\"Second id\" sheetId=\"2\" r:id=\"rId7\"/>"                         \
    "<sheet name=\"B\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
#define RELATIONS                                                                                                      \
    "<Relationships><Relationship Id=\"rId1\" Type=\"t/worksheet\" Target=\"worksheets/other.xml\"/>"                 \
    "<Relationship Id=\"rId7\" Type=\"t/worksheet\" Target=\"/xl/worksheets/first.xml\"/>"                            \
    "<Relationship Id=\"rId8\" Type=\"t/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
#define STRINGS                                                                                                        \
    "<sst><si><t>HCPC</t></si><si><r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r></si>"                          \
    "<si><t>kanji</t><rPh><t>hint</t></rPh></si><si><t>two_x000A_lines</t></si><si/></sst>"

struct seen {
    struct buf text;
    size_t stop_after, rows;
};

static enum status on_row(void *ctx, size_t row, const char *const *cells, size_t n, struct error *err)
{
    struct seen *s = ctx;
    buf_printf(&s->text, "%zu:", row);
    for (size_t i = 0; i < n; i++) {
        buf_printf(&s->text, "%s%s", i ? "|" : "", cells[i]);
    }
    buf_puts(&s->text, "\n");
    if (strcmp(n ? cells[0] : "", "refuse") == 0) {
        return error_set(err, ST_INPUT, "refused");
    }
    return ++s->rows == s->stop_after ? ST_STOP : ST_OK;
}

static enum status read_sheet(const char *sheet, struct seen *s, struct error *err)
{
    struct mkzip z = {0};
    mkzip_text(&z, "[Content_Types].xml", "<Types/>");
    mkzip_text(&z, "xl/workbook.xml", WORKBOOK);
    mkzip_text(&z, "xl/_rels/workbook.xml.rels", RELATIONS);
    mkzip_text(&z, "xl/sharedStrings.xml", STRINGS);
    mkzip_text(&z, "xl/worksheets/other.xml", "<worksheet><sheetData><row><c><v>wrong</v></c></row></sheetData></worksheet>");
    mkzip_text(&z, "xl/worksheets/first.xml", sheet);
    mkzip_end(&z);
    assert_true(xlsx_is(z.data.text, z.data.len));
    enum status st = xlsx_read("b.xlsx", z.data.text, z.data.len, on_row, s, err);
    mkzip_free(&z);
    return st;
}

static void test_cells(void **state)
{
    (void)state;
    static const struct {
        const char *sheet, *rows;
    } table[] = {
        {"<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>1</v></c></row>"
         "<row r=\"4\"><c r=\"B4\"><v>20180701</v></c><c r=\"AB4\" t=\"inlineStr\"><is><t>in</t><t>line</t></is></c></row>"
         "</sheetData></worksheet>",
         "1:HCPC||rich text\n4:|20180701||||||||||||||||||||||||||inline\n"},
        {"<x:worksheet><x:sheetData><x:row><x:c t=\"s\"><x:v>2</x:v></x:c><x:c t=\"str\"><x:f>A1&amp;B1</x:f><x:v>sum</x:v></x:c>"
         "<x:c t=\"s\"><x:v>3</x:v></x:c><x:c/><x:c t=\"s\"><x:v>4</x:v></x:c></x:row><x:row/></x:sheetData></x:worksheet>",
         "1:kanji|sum|two\nlines||\n2:\n"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct seen s = {0};
        struct error err = {0};
        assert_int_equal(read_sheet(table[i].sheet, &s, &err), ST_OK);
        assert_string_equal(buf_text(&s.text), table[i].rows);
        buf_free(&s.text);
    }
}

static void test_the_caller_ends_it(void **state)
{
    (void)state;
    struct seen s = {.stop_after = 1};
    struct error err = {0};
    assert_int_equal(read_sheet("<w><row><c><v>1</v></c></row><row><c><v>2</v></c></row></w>", &s, &err), ST_OK);
    assert_string_equal(buf_text(&s.text), "1:1\n");
    buf_free(&s.text);
    s = (struct seen){0};
    assert_int_equal(read_sheet("<w><row><c><v>refuse</v></c></row><row/></w>", &s, &err), ST_INPUT);
    assert_string_equal(err.text, "refused");
    buf_free(&s.text);
}

static void test_damaged(void **state)
{
    (void)state;
    static const struct {
        const char *sheet, *message;
    } table[] = {
        {"<w><row><c t=\"s\"><v>5</v></c></row></w>",
         "b.xlsx/xl/worksheets/first.xml:1:26: the number of one of 5 shared strings expected, found 5"},
        {"<w><row><c t=\"s\"><v>-1</v></c></row></w>",
         "b.xlsx/xl/worksheets/first.xml:1:27: the number of one of 5 shared strings expected, found -1"},
        {"<w><row><c r=\"ZZZ1\"><v>5</v></c></row></w>",
         "b.xlsx/xl/worksheets/first.xml:1:9: cells in order in at most 256 columns expected"},
        {"<w><row><c r=\"B1\"/><c r=\"A1\"/></row></w>",
         "b.xlsx/xl/worksheets/first.xml:1:20: cells in order in at most 256 columns expected"},
        {"<w><row>", "b.xlsx/xl/worksheets/first.xml:1:9: </row> expected, found the end of the file"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct seen s = {0};
        struct error err = {0};
        assert_int_equal(read_sheet(table[i].sheet, &s, &err), ST_INPUT);
        assert_string_equal(err.text, table[i].message);
        buf_free(&s.text);
    }
}

static size_t count_rows(const char *path)
{
    struct seen s = {0};
    struct error err = {0};
    FILE *f = fopen(path, "rb");
    if (!f) {
        return 0;
    }
    char *bytes = malloc(4 << 20);
    size_t n = fread(bytes, 1, 4 << 20, f);
    fclose(f);
    assert_int_equal(xlsx_read(path, bytes, n, on_row, &s, &err), ST_OK);
    size_t rows = s.rows;
    assert_non_null(strstr(buf_text(&s.text), "1:HCPC|SEQNUM|RECID|LONG DESCRIPTION"));
    buf_free(&s.text);
    free(bytes);
    return rows;
}

static void test_real_workbook(void **state)
{
    (void)state;
    size_t rows = count_rows(TEST_SHARED "/data/hcpcs/2020-JUL/anweb.xlsx");
    if (rows == 0) {
        printf("SKIPPED: the real HCPCS workbook, no ../shared\n");
        skip();
    }
    assert_int_equal(rows, 7162);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_the_caller_ends_it),
        cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_real_workbook),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
