/* Numbers come back as they were put, take the bytes they need, and a cut end is noticed. */
#include "tests/support.h"

#include "codeshelf/buf.h"
#include "codeshelf/varint.h"

static void numbers_come_back(void **state)
{
    static const struct {
        uint64_t value;
        size_t bytes;
    } cases[] = {{0, 1}, {1, 1}, {127, 1}, {128, 2}, {300, 2}, {16383, 2}, {16384, 3}, {UINT64_C(1) << 40, 6}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = {0};
        size_t at = 0;
        uint64_t got = 0;
        varint_put(&b, cases[i].value);
        assert_int_equal(b.len, cases[i].bytes);
        assert_true(varint_get((const unsigned char *)b.text, b.len, &at, &got));
        assert_int_equal(got, cases[i].value);
        assert_int_equal(at, b.len);
        at = 0;
        assert_false(varint_get((const unsigned char *)b.text, b.len - 1, &at, &got));
        buf_free(&b);
    }
}

static void signs_are_kept(void **state)
{
    static const int64_t values[] = {0, -1, 1, -2, 2, 1000000, -1000000};

    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        assert_true(unzigzag(zigzag(values[i])) == values[i]);
    assert_true(zigzag(-2) == 3 && zigzag(2) == 4);
}

static void endless_numbers_are_refused(void **state)
{
    static const unsigned char bytes[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01};
    size_t at = 0;
    uint64_t got;

    (void)state;
    assert_false(varint_get(bytes, sizeof bytes, &at, &got));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_come_back),
        cmocka_unit_test(signs_are_kept),
        cmocka_unit_test(endless_numbers_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
