/* The guidelines from text as pdftotext lays it out: headings, titles over lines, paragraphs, lists, page feet. */
#include "tests/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guidelines/guidelines.h"
#include "report.h"

#define FOOT(page)                                                                                                     \
    "\n                    ICD-10-CM Official Guidelines for Coding and Reporting\n"                                   \
    "                                                                   FY 2031\n"                                     \
    "                                                             Page " page " of 9\n\f"

static const char COVER[] = "        ICD-10-CM Official Guidelines for Coding and Reporting\n"
                            "                 FY 2031 -- UPDATED October 1, 2030\n"
                            "                 (October 1, 2030 - September 30, 2031)\n"
                            "Items underlined have been moved\n"
                            "\n"
                            "Offices that make rules made these rules for people who\n"
                            "read them.\n"
                            "\n"
                            "They are short.\n";

static const char CONTENTS[] =
    "ICD-10-CM Official Guidelines for Coding and Reporting ......................1\n"
    "Section I. Conventions ........................................................2\n"
    "  A. First conventions .........................................................2\n"
    "     1.    Marks and other signs that are used in this book and in others of its\n"
    "           kind .................................................................2\n"
    "  B. General rules .............................................................3\n" FOOT("2")
    "  C. Chapters .................................................................3\n"
    "     1.    Chapter 1: Some things (A00-B99) ....................................3\n"
    "        a. Small Things That Come in Numbers .....................................3\n"
    "     Reserved for later ........................................................3\n"
    "Section II. Principal things ...................................................4\n"
    "Section III. Other things ......................................................4\n"
    "Section IV. Outside ............................................................4\n"
    "Appendix I………………………………5\n"
    "Presence .......................................................................5\n" FOOT("3");

static const char SECTION_I[] =
    "Section I. Conventions\n"
    "           Rules for all.\n"
    "    A. First conventions\n"
    "       1.   Marks and other signs that are used in this book and in others of its\n"
    "            kind\n"
    "             Words here run on to the end of the line, which is their right margin,\n"
    "             and go on to the end of the next one with codes in a range that is F10-\n"
    "             F19 and then stand for what is named after a virus and a year as COVID-\n"
    "             19 with a code that ends in a dash, which is an adverse effect T36.0X5-\n"
    "             and so on.\n"
    "\n"
    "             • one thing which is so long that it needs a second line of its own and\n"
    "               ends there\n"
    "             \xEF\x82\xA7 another thing\n"
    "             a. When a list has letters it is no heading, since b. comes first or so.\n" FOOT("4")
    "    B. General rules\n"
    "       See Section I.A.1. for the marks and the other signs that are in use here and\n"
    "       in all the other parts, also what the book says far below where Section\n"
    "       II. Principal things is no heading in a sentence that goes on and on\n" FOOT("5")
    "and ends on the next page.\n"
    "\n"
    "C. Chapters\n"
    "   1.   Chapter 1: Some things (A00-B99)\n"
    "\n"
    "        a. Small Things That Come\n"
    "           in Numbers\n"
    "           1)   First small thing that has a rather long title, in pairs of\n"
    "                Old Shoes\n"
    "                Shoes wear out in pairs, and so do many other things that people put\n"
    "                on their feet.\n"
    "                The list:\n"
    "                Z14     Carrier\n"
    "                        A carrier carries something, as this line says at its length,\n"
    "                        and more.\n"
    "                Z28.3   Status of a row\n"
    "           2)   Second\n"
    "                    (a) Letter\n"
    "                        (i) Roman one\n"
    "                            Text one.\n"
    "                        (ii)Roman two\n"
    "                            Text two.\n"
    "                    (b) Letter b\n"
    "                        Text b.\n";

static const char REST[] = "Section II. Principal things\n"
                           "Two.\n"
                           "\n"
                           "Section III. Other things\n"
                           "Three.\n"
                           "\n"
                           "Section IV. Outside\n"
                           "Four.\n" FOOT("6") "                     Appendix I\n"
                           "                   Presence\n"
                           "Introduction\n"
                           "Y = it was there, which is a thing that is said in one line that is long\n"
                           "N = not\n" FOOT("7");

static const struct ed_guideline want[] = {
    {"Introduction", 0, "Introduction", "Offices that make rules made these rules for people who read them.\nThey are short."},
    {"I", 0, "Conventions", "Rules for all."},
    {"I.A", 1, "First conventions", ""},
    {"I.A.1", 2, "Marks and other signs that are used in this book and in others of its kind",
     "Words here run on to the end of the line, which is their right margin, and go on to the end of the next one with "
     "codes in a range that is F10-F19 and then stand for what is named after a virus and a year as COVID-19 with a code "
     "that ends in a dash, which is an adverse effect T36.0X5- and so on.\n"
     "• one thing which is so long that it needs a second line of its own and ends there\n"
     "• another thing\n"
     "a. When a list has letters it is no heading, since b. comes first or so."},
    {"I.B", 1, "General rules",
     "See Section I.A.1. for the marks and the other signs that are in use here and in all the other parts, also what the "
     "book says far below where Section II. Principal things is no heading in a sentence that goes on and on and ends on "
     "the next page."},
    {"I.C", 1, "Chapters", ""},
    {"I.C.1", 2, "Chapter 1: Some things (A00-B99)", ""},
    {"I.C.1.a", 3, "Small Things That Come in Numbers", ""},
    {"I.C.1.a.1", 4, "First small thing that has a rather long title, in pairs of Old Shoes",
     "Shoes wear out in pairs, and so do many other things that people put on their feet.\nThe list:\nZ14 Carrier\n"
     "A carrier carries something, as this line says at its length, and more.\nZ28.3 Status of a row"},
    {"I.C.1.a.2", 4, "Second", ""},
    {"I.C.1.a.2.a", 5, "Letter", ""},
    {"I.C.1.a.2.a.i", 6, "Roman one", "Text one."},
    {"I.C.1.a.2.a.ii", 6, "Roman two", "Text two."},
    {"I.C.1.a.2.b", 5, "Letter b", "Text b."},
    {"II", 0, "Principal things", "Two."},
    {"III", 0, "Other things", "Three."},
    {"IV", 0, "Outside", "Four."},
    {"Appendix I", 0, "Presence",
     "Introduction\nY = it was there, which is a thing that is said in one line that is long\nN = not"},
};

static enum status parse(const char *const parts[], size_t n, struct edition **ed, struct report *rep, struct error *err)
{
    struct buf text = {0};
    for (size_t i = 0; i < n; i++) {
        buf_puts(&text, parts[i]);
    }
    *ed = edition_new(SET_ICD10CM, "FY2031", 20301001);
    enum status st = guidelines_parse("g.pdf", buf_text(&text), text.len, *ed, rep, err);
    buf_free(&text);
    return st;
}

static void test_sections(void **state)
{
    (void)state;
    const char *const parts[] = {COVER, FOOT("1"), CONTENTS, SECTION_I, REST};
    struct report rep = {0};
    struct error err = {0};
    struct edition *ed = NULL;
    assert_int_equal(parse(parts, 5, &ed, &rep, &err), ST_OK);
    for (size_t i = 0; i < ed->guidelines.len && i < sizeof want / sizeof *want; i++) {
        const struct ed_guideline *g = &ed->guidelines.items[i];
        assert_string_equal(g->section, want[i].section);
        assert_int_equal(g->depth, want[i].depth);
        assert_string_equal(g->title, want[i].title);
        assert_string_equal(g->text, want[i].text);
    }
    assert_int_equal(ed->guidelines.len, sizeof want / sizeof *want);
    assert_string_equal(buf_text(&rep.text), "guidelines: 18 sections\n");
    edition_free(ed);
    buf_free(&rep.text);
}

/* Text without the four sections is no guidelines. */
static void test_missing(void **state)
{
    (void)state;
    const char *const less[] = {COVER, CONTENTS, SECTION_I};
    const char *const none[] = {COVER}, *const empty[] = {""};
    static const char *const found[] = {"1", "0", "0"};
    const struct { const char *const *parts; size_t n; } bad[] = {{less, 3}, {none, 1}, {empty, 1}};
    struct report rep = {0};
    struct error err = {0};
    struct edition *ed = NULL;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char line[128];
        assert_int_equal(parse(bad[i].parts, bad[i].n, &ed, &rep, &err), ST_INPUT);
        snprintf(line, sizeof line,
                 "g.pdf: expected Sections I to IV of the Official Guidelines behind their contents, found %s", found[i]);
        assert_string_equal(err.text, line);
        assert_int_equal(ed->guidelines.len, 0);
        edition_free(ed);
    }
    buf_free(&rep.text);
}

/* A heading that only the contents have is named. */
static void test_contents_without_text(void **state)
{
    (void)state;
    static const char SHORT[] = "Section I. Conventions\nRules.\n\n  A. First conventions\n     One.\n";
    const char *const parts[] = {COVER, CONTENTS, SHORT, REST};
    struct report rep = {0};
    struct error err = {0};
    struct edition *ed = NULL;
    assert_int_equal(parse(parts, 4, &ed, &rep, &err), ST_OK);
    assert_string_equal(buf_text(&rep.text),
                        "guidelines: I.A.1 Marks and other signs that are used in this book and in others of its kind: in the "
                        "contents, not found in the text\n"
                        "guidelines: I.B General rules: in the contents, not found in the text\n"
                        "guidelines: I.C Chapters: in the contents, not found in the text\n"
                        "guidelines: I.C.1 Chapter 1: Some things (A00-B99): in the contents, not found in the text\n"
                        "guidelines: I.C.1.a Small Things That Come in Numbers: in the contents, not found in the text\n"
                        "guidelines: 7 sections\n");
    edition_free(ed);
    buf_free(&rep.text);
}

static void test_release(void **state)
{
    (void)state;
    static const struct { const char *page, *release; bool exact; } rows[] = {
        {" FY 2025 -- UPDATED April 1, 2025 (April 1, 2025 - September 30, 2025)", "FY2025-APR", true},
        {" FY 2024 -- UPDATED April 1, 2024 (October 1, 2023 - September 30, 2024)", "FY2024-APR", true},
        {" FY 2018 (October 1, 2017 - September 30, 2018)", "FY2018", true},
        {" FY 2023 -- UPDATED January 11, 2023 (October 1, 2022 - September 30, 2023)", "FY2023", true},
        {" FY 2021 UPDATED January 1, 2021", "FY2021-JAN", true},
        {" FY 2022 for all", "FY2022", false},
        {" of some year", "", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char release[RELEASE_NAME_MAX] = "";
        bool exact = false;
        assert_int_equal(guidelines_release(rows[i].page, release, &exact), rows[i].release[0] != '\0');
        assert_string_equal(release, rows[i].release);
        assert_int_equal(exact, rows[i].exact);
    }
}

/* Without pdftotext a PDF that is named so is not used, and the line says what to install; others are just PDFs. */
static void test_no_program(void **state)
{
    (void)state;
    static const char bytes[] = "%PDF-1.7\n";
    static const struct { const char *name; bool said; } rows[] = {
        {"icd-10-cm-FY25-guidelines-october -2024.pdf", true}, {"Official GUIDELINES.pdf", true}, {"order-files.pdf", false}};
    char *path = strdup(getenv("PATH"));
    setenv("PATH", "/nonexistent", 1);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct input in = {.path = rows[i].name, .name = rows[i].name, .bytes = bytes, .len = sizeof bytes - 1};
        struct recognised is;
        guidelines_recognise(&in, &is);
        assert_int_equal(is.verdict, INPUT_UNKNOWN);
        assert_int_equal(is.why != NULL, rows[i].said);
        assert_true(!is.why || strstr(is.why, "poppler-utils"));
    }
    setenv("PATH", path, 1);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sections), cmocka_unit_test(test_missing),
                                       cmocka_unit_test(test_contents_without_text), cmocka_unit_test(test_release),
                                       cmocka_unit_test(test_no_program)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
