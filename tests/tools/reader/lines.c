/* Lines with every kind of end that official files mix, and the form of messages. */
#include "tests/support.h"

#include <string.h>

#include "reader/lines.h"
#include "reader/sha256.h"

static void test_ends(void **state)
{
    (void)state;
    static const char file[] = "\xEF\xBB\xBFone\r\ntwo\n\nfour \r\r\nfive";
    static const char *const want[] = {"one", "two", "", "four \r", "five"};
    struct lines l;
    size_t n = 0;
    lines_start(&l, file, sizeof file - 1);
    while (lines_next(&l)) {
        assert_true(n < 5);
        assert_int_equal(l.len, strlen(want[n]));
        assert_memory_equal(l.text, want[n], l.len);
        assert_int_equal(l.number, ++n);
    }
    assert_int_equal(n, 5);
}

static void test_nothing_after_the_last_end(void **state)
{
    (void)state;
    struct lines l;
    lines_start(&l, "a\r\n", 3);
    assert_true(lines_next(&l));
    assert_int_equal(l.len, 1);
    assert_false(lines_next(&l));
    lines_start(&l, "", 0);
    assert_false(lines_next(&l));
}

static void test_error_places(void **state)
{
    (void)state;
    struct error err;
    assert_int_equal(input_error(&err, "a/b.txt", 7, 15, "flag %d expected, found %c", 1, 'X'), ST_INPUT);
    assert_string_equal(err.text, "a/b.txt:7:15: flag 1 expected, found X");
    input_error(&err, "b.txt", 7, 0, "short");
    assert_string_equal(err.text, "b.txt:7: short");
    input_error(&err, "b.zip", 0, 0, "cut");
    assert_string_equal(err.text, "b.zip: cut");
}

static void test_sha256(void **state)
{
    (void)state;
    char hex[65];
    sha256_hex("abc", 3, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_nothing_after_the_last_end),
        cmocka_unit_test(test_error_places),
        cmocka_unit_test(test_sha256),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
