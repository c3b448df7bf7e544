/* UTF-8: what is valid, how wide it is, and how outside bytes become clean text. */
#include "support.h"

#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/utf8.h"

static void valid_and_not(void **state)
{
    static const struct {
        const char *bytes;
        long bad; /* offset of the first wrong byte, -1 for none */
    } rows[] = {
        {"plain", -1},
        {"M\xC3\xA9ni\xC3\xA8re", -1},
        {"\xF0\x9F\x98\x80", -1},
        {"\xEF\xBF\xBD", -1}, /* U+FFFD itself */
        {"ab\xE9", 2},
        {"a\xC3", 1},             /* cut */
        {"\xC0\xAF", 0},          /* overlong */
        {"\xE0\x80\xAF", 0},      /* overlong */
        {"\xED\xA0\x80", 0},      /* surrogate */
        {"\xF4\x90\x80\x80", 0},  /* beyond Unicode */
        {"\xC3\xA9\x80", 2},      /* continuation alone */
        {"\xFF", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t bad = 99;
        assert_int_equal(utf8_valid(rows[i].bytes, strlen(rows[i].bytes), &bad), rows[i].bad < 0);
        if (rows[i].bad >= 0)
            assert_int_equal(bad, rows[i].bad);
    }
}

static void every_character_there_and_back(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        char bytes[4];
        uint32_t back;
        if (cp >= 0xD800 && cp <= 0xDFFF)
            continue;
        size_t n = utf8_encode(cp, bytes);
        assert_true(utf8_decode(bytes, n, &back) == n && back == cp);
    }
}

static void columns(void **state)
{
    static const struct {
        const char *text;
        size_t columns;
    } rows[] = {
        {"", 0},
        {"Meniere", 7},
        {"M\xC3\xA9ni\xC3\xA8re", 7},
        {"e\xCC\x81", 1},              /* combining accent */
        {"\xE6\xBC\xA2\xE5\xAD\x97", 4}, /* wide */
        {"a\xE2\x80\x93" "b", 3},      /* en dash */
        {"\xFF", 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(utf8_width(rows[i].text, strlen(rows[i].text)), rows[i].columns);
}

static void what_fits(void **state)
{
    static const struct {
        const char *text;
        size_t width, bytes, used;
    } rows[] = {
        {"abc", 2, 2, 2},          {"abc", 9, 3, 3},
        {"\xC3\xA9tat", 1, 2, 1},  {"e\xCC\x81t", 1, 3, 1}, /* the accent stays with its letter */
        {"a\xE6\xBC\xA2", 2, 1, 1}, {"", 5, 0, 0},
        {"abc", 0, 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t used;
        assert_int_equal(utf8_fit(rows[i].text, strlen(rows[i].text), rows[i].width, &used), rows[i].bytes);
        assert_int_equal(used, rows[i].used);
    }
}

typedef void convert(struct buf *out, const char *s, size_t n);

static void ascii_of(struct buf *out, const char *s, size_t n)
{
    (void)n;
    text_ascii(out, s);
}

static void conversions(void **state)
{
    static const struct {
        convert *by;
        const char *in, *out;
    } rows[] = {
        {utf8_from_bytes, "S\xC3\xA9zary", "S\xC3\xA9zary"},
        {utf8_from_bytes, "caf\xE9 \x93q\x94 5\xA0mg \x96 \x80", "caf\xC3\xA9 \xE2\x80\x9Cq\xE2\x80\x9D 5 mg \xE2\x80\x93 \xE2\x82\xAC"},
        {utf8_from_bytes, "\x81 undefined \xFF", "  undefined \xC3\xBF"},
        {utf8_from_bytes, "a\x1B[31m\tb\x7F", "a [31m b "},
        {utf8_from_bytes, "a\xC2\xA0" "b\xC2\x9B" "c", "a b c"},
        {utf8_from_bytes, "", ""},
        {text_squeeze, "  a \t\r\n b\xC2\xA0 c  ", "a b c"},
        {text_squeeze, "S\xC3\xA9zary", "S\xC3\xA9zary"},
        {text_squeeze, " \n ", ""},
        {ascii_of, "M\xC3\xA9ni\xC3\xA8re, \xC3\x96" "dem", "Meniere, Odem"},
        {ascii_of, "\xE2\x80\x9Cx\xE2\x80\x9D \xE2\x80\x93 \xE2\x80\x99 \xC3\xA6 \xC3\x9F", "\"x\" - ' ae ss"},
        {ascii_of, "e\xCC\x81 \xE6\xBC\xA2", "e ?"},
        {ascii_of, "", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf got = {0};
        rows[i].by(&got, rows[i].in, strlen(rows[i].in));
        assert_string_equal(buf_text(&got), rows[i].out);
        buf_free(&got);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(valid_and_not), cmocka_unit_test(every_character_there_and_back),
        cmocka_unit_test(columns),       cmocka_unit_test(what_fits),
        cmocka_unit_test(conversions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
