/* The order file: what is read from it, and that nothing damaged gets through. */
#include "tests/support.h"

#include <stdio.h>
#include <string.h>

#include "help.h"

#define HEAD "00001 A00     0 Cholera                                                      Cholera\n"
#define LINE(code, flag) \
    "00002 " code " " flag " Some title                                                   Some title\n"

static void refuses_what_is_damaged(void **state)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        {HEAD LINE("A000   ", "7"), "d/order.txt:2:15: expected 0 (header) or 1 (billable), found \"7\""},
        {HEAD LINE("A000   ", " "), "d/order.txt:2:15: expected 0 (header) or 1 (billable), found \" \""},
        {HEAD LINE("a000   ", "1"), "d/order.txt:2:7: expected an ICD-10-CM code, found \"a000\""},
        {HEAD LINE("A0 0   ", "1"), "d/order.txt:2:7: expected an ICD-10-CM code, found \"A0 0\""},
        {HEAD LINE("A0     ", "1"), "d/order.txt:2:7: expected an ICD-10-CM code, found \"A0\""},
        {HEAD LINE("       ", "1"), "d/order.txt:2:7: expected an ICD-10-CM code, found \"\""},
        {HEAD LINE("0016070", "1"), "d/order.txt:2:7: expected an ICD-10-CM code, found \"0016070\""},
        {HEAD LINE("A00    ", "0"), "d/order.txt:2:7: expected a code that no earlier line has, found \"A00\""},
        {HEAD LINE("B001   ", "1"), "d/order.txt:2:7: expected a code whose category stands before it, found \"B001\""},
        {HEAD "00002 A000    1 No long title\n",
         "d/order.txt:2:30: expected a line with a long title from column 78, found 29 bytes"},
        {HEAD "0000x A000    1 Some title                                                   Some title\n",
         "d/order.txt:2:5: expected a five-digit order number, found \"0000x\""},
        {HEAD "00002 A000   x1 Some title                                                   Some title\n",
         "d/order.txt:2:14: expected a blank, found \"x\""},
        {HEAD "00002 A000    1xSome title                                                   Some title\n",
         "d/order.txt:2:16: expected a blank, found \"x\""},
        {HEAD "00002 A000    1 Enteritis by Clostr7dium                                     Enteritis by Clostridium\n",
         "d/order.txt:2:30: expected a word of the long title or its abbreviation, found \"Clostr7dium\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct edition *ed = NULL;
        struct buf report = {0};
        struct error err = {0};
        assert_int_equal(read_texts(cases[i].text, NULL, NULL, &ed, &report, &err), ST_INPUT);
        assert_null(ed);
        assert_string_equal(err.text, cases[i].want);
        buf_free(&report);
    }
    (void)state;
}

static void reads_every_field(void **state)
{
    struct edition *ed;
    struct buf report = {0};
    struct error err = {0};
    assert_int_equal(read_texts(HEAD "00002 A000    1 Cholera d/t V. cholerae 01                                   "
                                     "Cholera due to Vibrio  cholerae 01\n",
                                NULL, NULL, &ed, &report, &err),
                     ST_OK);
    const struct ed_entry *e = &ed->entries.items[find_code(ed, "A000")];
    assert_int_equal(e->kind, KIND_CODE);
    assert_true(e->billable);
    assert_string_equal(e->title, "Cholera due to Vibrio cholerae 01");
    assert_string_equal(e->short_title, "Cholera d/t V. cholerae 01");
    assert_null(e->printed);
    assert_false(ed->entries.items[find_code(ed, "A00")].billable);
    assert_int_equal(ed->coverage, 1u << COMP_CODES);
    assert_int_equal(ed->sources.len, 1);
    assert_string_equal(ed->sources.items[0].name, "order.txt");
    assert_string_equal(ed->sources.items[0].sha256, "aa");
    edition_free(ed);
    buf_free(&report);
    (void)state;
}

/* After the first character letters stand anywhere. */
static void letters_stand_anywhere(void **state)
{
    static const char *const codes[] = {"C4A", "C4A0", "J4B", "M1A", "M1A00X0", "QA0", "QA01"};
    struct buf order = {0}, report = {0};
    struct edition *ed;
    struct error err = {0};
    buf_puts(&order, HEAD);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        add_line(&order, codes[i], strlen(codes[i]) > 3, "Some title");
    }
    if (read_texts(buf_text(&order), NULL, NULL, &ed, &report, &err) != ST_OK) {
        fail_msg("%s", err.text);
    }
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        assert_int_equal(ed->entries.items[find_code(ed, codes[i])].billable, strlen(codes[i]) > 3);
    }
    edition_free(ed);
    buf_free(&order);
    buf_free(&report);
    (void)state;
}

/* Seen in real files: mark at the start, both line ends, blanks and blank lines at the end, two encodings, no last
 * line end. */
static void takes_what_real_files_do(void **state)
{
    static const char *const titles[] = {"M\xc3\xa9ni\xc3\xa8re", "M\xe9ni\xe8re"};
    for (size_t i = 0; i < 2; i++) {
        struct edition *ed;
        struct buf text = {0}, report = {0};
        struct error err = {0};
        buf_puts(&text, "\xef\xbb\xbf" HEAD);
        buf_printf(&text, "00002 A000    1 Meniere                                                      %s   \r\n",
                   titles[i]);
        buf_puts(&text, "00003 A001    1 Last                                                         Last");
        buf_puts(&text, i == 0 ? "\r\n\r\n   \n\x1a" : "");
        assert_int_equal(read_texts(text.text, NULL, NULL, &ed, &report, &err), ST_OK);
        assert_string_equal(ed->entries.items[find_code(ed, "A000")].title, titles[0]);
        assert_string_equal(ed->entries.items[find_code(ed, "A001")].title, "Last");
        edition_free(ed);
        buf_free(&text);
        buf_free(&report);
    }
    (void)state;
}

static void gives_titles_only_a_place_in_the_book(void **state)
{
    static const struct {
        const char *code, *path;
    } want[] = {
        {"C44", "2 > C00-C96 > C00-C75 > C43-C44 > C44"},
        {"C4A", "2 > C00-C96 > C00-C75 > C43-C44 > C4A"}, /* no section names it: with its predecessor */
        {"C7A", "2 > C00-C96 > C7A > C7A"},
        {"I1A", "9 > I10-I1A > I1A"},
        {"M1A", "13 > M00-M25 > M05-M14 > M1A"},
        {"B99", "1 > B99 > B99"},
        {"T20", "19 > T07-T88 > T20-T32 > T20-T25 > T20"},
        {"U09", "22 > U00-U49 > U09"},
        {"A000", "1 > A00-A09 > A00 > A000"},
    };
    struct edition *ed;
    struct buf text = {0}, report = {0}, path = {0};
    struct error err = {0};
    add_line(&text, "A00", 0, "Cholera");
    add_line(&text, "A000", 1, "Cholera, classical");
    static const char *const rest[] = {"B99", "C44", "C4A", "C7A", "I10", "I1A",
                                       "M08", "M1A", "M10", "T20", "U07", "U09"};
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++) {
        add_line(&text, rest[i], 1, rest[i]);
    }
    assert_int_equal(read_texts(text.text, NULL, NULL, &ed, &report, &err), ST_OK);
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        assert_string_equal(path_of(ed, find_code(ed, want[i].code), &path), want[i].path);
    }
    assert_string_equal(ed->entries.items[0].title, "Certain infectious and parasitic diseases");
    assert_string_equal(ed->facts.items[0].value, "A00-B99");
    assert_int_equal(ed->notes.len, 0);
    edition_free(ed);
    buf_free(&text);
    buf_free(&report);
    buf_free(&path);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_what_is_damaged),
        cmocka_unit_test(reads_every_field),
        cmocka_unit_test(letters_stand_anywhere),
        cmocka_unit_test(takes_what_real_files_do),
        cmocka_unit_test(gives_titles_only_a_place_in_the_book),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
