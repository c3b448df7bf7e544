/* PDFs through pdftotext: text with its columns, pages, and one line for whatever is wrong. */
#include "tests/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reader/pdf.h"

/* A PDF of two pages without its table of objects, which pdftotext builds itself. */
static const char SMALL[] =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R 5 0 R]/Count 2/MediaBox[0 0 600 800]/Resources<</Font<</F<</Type/Font/Subtype/Type1"
    "/BaseFont/Courier>>>>>>>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj\n"
    "4 0 obj<</Length 59>>stream\nBT /F 10 Tf 60 700 Td (Left) Tj 120 0 Td (Right) Tj ET     \nendstream endobj\n"
    "5 0 obj<</Type/Page/Parent 2 0 R/Contents 6 0 R>>endobj\n"
    "6 0 obj<</Length 40>>stream\nBT /F 10 Tf 60 700 Td (Second) Tj ET     \nendstream endobj\n"
    "trailer<</Root 1 0 R>>\n%%EOF\n";

static bool have_program(void)
{
    struct buf text = {0};
    bool have = pdf_text("small.pdf", SMALL, sizeof SMALL - 1, 0, &text, NULL) != ST_IO;
    buf_free(&text);
    if (!have) {
        print_message("SKIPPED: pdftotext is not installed (Debian package poppler-utils)\n");
        skip();
    }
    return have;
}

static void test_text(void **state)
{
    (void)state;
    struct buf all = {0}, first = {0};
    struct error err = {0};
    if (!have_program()) {
        return;
    }
    assert_int_equal(pdf_text("small.pdf", SMALL, sizeof SMALL - 1, 0, &all, &err), ST_OK);
    const char *left = strstr(all.text, "Left"), *right = strstr(all.text, "Right");
    assert_non_null(left);
    assert_true(right - left > 5);
    const char *feed = strchr(all.text, '\f');
    assert_non_null(feed);
    assert_non_null(strstr(feed, "Second"));
    assert_int_equal(pdf_text("small.pdf", SMALL, sizeof SMALL - 1, 1, &first, &err), ST_OK);
    assert_null(strstr(first.text, "Second"));
    buf_free(&all);
    buf_free(&first);
}

static void test_damaged(void **state)
{
    (void)state;
    static const char *const bad[] = {"%PDF-1.4\n", "%PDF-1.7 and words", "no PDF at all", ""};
    if (!have_program()) {
        return;
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct buf text = {0};
        struct error err = {0};
        assert_int_equal(pdf_text("d/bad.pdf", bad[i], strlen(bad[i]), 0, &text, &err), ST_INPUT);
        assert_string_equal(err.text, "d/bad.pdf: expected a PDF with text: pdftotext cannot read it");
        buf_free(&text);
    }
}

static void test_no_program(void **state)
{
    (void)state;
    struct buf text = {0};
    struct error err = {0};
    char *path = strdup(getenv("PATH"));
    setenv("PATH", "/nonexistent", 1);
    enum status st = pdf_text("small.pdf", SMALL, sizeof SMALL - 1, 0, &text, &err);
    setenv("PATH", path, 1);
    free(path);
    assert_int_equal(st, ST_IO);
    assert_non_null(strstr(err.text, "Debian package poppler-utils"));
    assert_int_equal(text.len, 0);
    buf_free(&text);
}

static void test_bounds(void **state)
{
    (void)state;
    struct buf text = {0};
    struct error err = {0};
    assert_int_equal(pdf_text("big.pdf", SMALL, PDF_BYTES_MAX + (size_t)1, 0, &text, &err), ST_INPUT);
    assert_string_equal(err.text, "big.pdf: a PDF of at most 64 MB expected");
    assert_true(pdf_is("%PDF-1.4", 8));
    assert_false(pdf_is("%PDF", 4));
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_text), cmocka_unit_test(test_damaged),
                                       cmocka_unit_test(test_no_program), cmocka_unit_test(test_bounds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
