/* markdown.c - headings of codes, and files cut into notes by them. */
#include "src/desk/markdown.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support.h"

/* "icd10cm S525; cpt 99202-99215 | words" for codes, "words" for words, "@5 expected ..." for a fault. */
static void describe(const char *heading, struct buf *out)
{
    struct code_ranges found = {0};
    struct buf what = {0};
    size_t words = 0, at = 0;
    switch (heading_read(heading, strlen(heading), &found, &words, &at, &what)) {
    case HEADING_WORDS:
        buf_puts(out, "words");
        break;
    case HEADING_WRONG:
        buf_printf(out, "@%zu %s", at, buf_text(&what));
        break;
    case HEADING_CODES:
        for (size_t i = 0; i < found.len; i++) {
            const struct code_range *r = &found.items[i];
            buf_printf(out, "%s%s %s%s%s", i ? "; " : "", codeset_name(r->set), r->first, strcmp(r->first, r->last) ? "-" : "",
                       strcmp(r->first, r->last) ? r->last : "");
        }
        if (heading[words])
            buf_printf(out, " | %s", heading + words);
        break;
    }
    free(found.items);
    buf_free(&what);
}

static void headings(void **state)
{
    static const struct {
        const char *heading, *is;
    } rows[] = {
        {"icd10cm E11.9", "icd10cm E119"},
        {"ICD-10-CM e119", "icd10cm E119"},
        {"cpt 99202-99215", "cpt 99202-99215"},
        {"CPT 99202 \xE2\x80\x93 99215", "cpt 99202-99215"},
        {"hcpcs J0897, J0898", "hcpcs J0897; hcpcs J0898"},
        {"J0897 and J0898", "hcpcs J0897; hcpcs J0898"},
        {"S52.5, S52.6, and S62", "icd10cm S525; icd10cm S526; icd10cm S62"},
        {"S52.5", "icd10cm S525"},
        {"S52.5-", "icd10cm S525"},
        {"E08.-", "icd10cm E08"},
        {"I70.2--I70.7-", "icd10cm I702-I707"},
        {"O9A.2-, Z3A", "icd10cm O9A2; icd10cm Z3A"},
        {"M08-M1A", "icd10cm M08-M1A"},
        {"M1A-M10", "icd10cm M1A-M10"},
        {"Z99-U07", "icd10cm Z99-U07"},
        {"99213", "cpt 99213"},
        {"0100T, 0001U-0010U, 0500F", "cpt 0100T; cpt 0001U-0010U; cpt 0500F"},
        {"cpt 25, hcpcs GA", "cpt 25; hcpcs GA"},
        {"J0897, 99213, I10", "hcpcs J0897; cpt 99213; icd10cm I10"},
        {"I10: Essential hypertension", "icd10cm I10 | Essential hypertension"},
        {"I10 - Hypertension", "icd10cm I10 | Hypertension"},
        {"cpt 99202-99215 \xE2\x80\x94 Office visits", "cpt 99202-99215 | Office visits"},
        {"Cardiology clinic rules", "words"},
        {"CPT section guidelines", "words"},
        {"CPT 2026 section guidelines", "words"},
        {"ICD-10-CM FY2025", "words"},
        {"HCPCS", "words"},
        {"A1C targets", "words"},
        {"H1N1", "words"},
        {"2024 update", "words"},
        {"When to use 99213", "words"},
        {"25", "words"},
        {"", "words"},
        {"cpt 9921", "@4 expected a CPT code, found \"9921\""},
        {"cpt J0897", "@4 expected a CPT code, found \"J0897\""},
        {"icd10cm E11.9, E1", "@15 expected an ICD-10-CM code, found \"E1\""},
        {"E11.9,", "@6 expected a code, found the end of the heading"},
        {"I10 Essential hypertension", "@4 expected a comma, a colon or the end of the heading, found \"Essential\""},
        {"J0897 J0898", "@6 expected a comma, a colon or the end of the heading, found \"J0898\""},
        {"99202-9921", "@6 expected a CPT code, found \"9921\""},
        {"99202-J0897", "@6 expected a CPT code, found \"J0897\""},
        {"99215-99202", "@6 expected a later code of the same kind at the end of the range, found \"99202\""},
        {"99202-0010U", "@6 expected a later code of the same kind at the end of the range, found \"0010U\""},
        {"S59-S50", "@4 expected a later code of the same kind at the end of the range, found \"S50\""},
        {"T20-S50", "@4 expected a later code of the same kind at the end of the range, found \"S50\""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf is = {0};
        describe(rows[i].heading, &is);
        if (strcmp(buf_text(&is), rows[i].is) != 0)
            fail_msg("\"%s\": %s, expected %s", rows[i].heading, buf_text(&is), rows[i].is);
        buf_free(&is);
    }
}

/* The title in angle brackets, what stands before the notes, then each note's first code and text, line feeds as a slash. */
static void outline(const struct markdown *m, struct buf *out)
{
    buf_printf(out, "<%s>%s", m->title ? m->title : "", m->about ? m->about : "");
    for (size_t i = 0; i < m->len; i++)
        buf_printf(out, "[%s+%zu]%s", m->ranges.items[m->items[i].range].first, m->items[i].nranges - 1, m->items[i].text);
    for (size_t i = 0; i < out->len; i++)
        if (out->text[i] == '\n')
            out->text[i] = '/';
}

static void files(void **state)
{
    static const struct {
        const char *file, *is;
        size_t textless;
    } rows[] = {
        {"# Clinic rules\n\nFor all.\n\n## I10\none\ntwo\n\n## J0897, J0898\nthree\n",
         "<Clinic rules>For all.[I10+0]one/two[J0897+1]three", 0},
        {"# I10\r\none\r\n\r\n\r\ntwo  \r\n\r\n# I16\r\nthree", "<>[I10+0]one///two[I16+0]three", 0},
        {"\xEF\xBB\xBF# I10\none", "<>[I10+0]one", 0},
        {"# I10 #\none\n### Notes ###\ntwo\n", "<>[I10+0]one/### Notes ###/two", 0},
        {"# I10: Hypertension\n", "<>[I10+0]Hypertension", 0},
        {"# I10: Hypertension\n\none\n", "<>[I10+0]Hypertension//one", 0},
        {"# Title\n# Another\n# I10\none\n", "<Title># Another[I10+0]one", 0},
        {"# I10\none\n```\n# I16\n```\ntwo\n# I16\nthree\n", "<>[I10+0]one/```/# I16/```/two[I16+0]three", 0},
        {"# I10\none\n    # I16\n#I16\n####### I16\n", "<>[I10+0]one/    # I16/#I16/####### I16", 0},
        {"# cpt 99202-99215\n## 99213\none\n", "<>[99213+0]one", 1},
        {"# I10\ncaf\xC3\xA9 \xE2\x89\xA5 1\ttab\x1B\n", "<>[I10+0]caf\xC3\xA9 \xE2\x89\xA5 1 tab", 0},
        {"# I10\ncaf\xE9 \x93q\x94\n", "<>[I10+0]caf\xC3\xA9 \xE2\x80\x9Cq\xE2\x80\x9D", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct markdown m = {0};
        struct buf is = {0}, problems = {0};
        if (!markdown_read("n.md", rows[i].file, strlen(rows[i].file), &m, &problems))
            fail_msg("file %zu: %s", i, buf_text(&problems));
        outline(&m, &is);
        assert_string_equal(buf_text(&is), rows[i].is);
        assert_int_equal(m.textless, rows[i].textless);
        buf_free(&is);
        buf_free(&problems);
        markdown_free(&m);
    }
}

static void every_fault_has_its_line(void **state)
{
    static const struct {
        const char *file;
        size_t n;
        const char *problems;
    } rows[] = {
#define FILE_OF(text) text, sizeof text - 1
        {FILE_OF("# Title\n## I10 Hypertension\none\n  ## cpt 99215-99202 ##\ntwo\n# I10\nx\n"),
         "n.md:2:8: expected a comma, a colon or the end of the heading, found \"Hypertension\"\n"
         "n.md:4:16: expected a later code of the same kind at the end of the range, found \"99202\"\n"},
        {FILE_OF("# I10 \xE2\x80\x93 \xC3\xA9, I16\nx\n# I10,, \xC3\xA9\n"), "n.md:3:7: expected a code, found \",\"\n"},
        {FILE_OF("# I10\none\0two\n"), "n.md:2:4: expected text in UTF-8, found a NUL byte\n"},
        {FILE_OF("no heading\n"),
         "n.md:1:1: expected a heading that names codes (\"# icd10cm E11.9\"), found the end of the file\n"},
        {FILE_OF(""), "n.md:0:1: expected a heading that names codes (\"# icd10cm E11.9\"), found the end of the file\n"},
#undef FILE_OF
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct markdown m = {0};
        struct buf problems = {0};
        assert_false(markdown_read("n.md", rows[i].file, rows[i].n, &m, &problems));
        assert_string_equal(buf_text(&problems), rows[i].problems);
        buf_free(&problems);
        markdown_free(&m);
    }
}

static void faults_are_counted_not_listed_for_ever(void **state)
{
    struct markdown m = {0};
    struct buf file = {0}, problems = {0};
    size_t lines = 0;
    (void)state;
    for (int i = 0; i < 1000; i++)
        buf_puts(&file, "# cpt 1\n");
    assert_false(markdown_read("n.md", file.text, file.len, &m, &problems));
    for (const char *at = buf_text(&problems); *at; at++)
        lines += *at == '\n';
    assert_int_equal(lines, 51);
    assert_non_null(strstr(problems.text, "n.md: and 950 more\n"));
    buf_free(&file);
    buf_free(&problems);
    markdown_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings),
        cmocka_unit_test(files),
        cmocka_unit_test(every_fault_has_its_line),
        cmocka_unit_test(faults_are_counted_not_listed_for_ever),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
