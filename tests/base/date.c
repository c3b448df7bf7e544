/* Days: reading, printing, counting, and the clock that tests set. */
#include "support.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "codeshelf/date.h"

static void dates_as_written(void **state)
{
    static const struct {
        const char *text;
        date day; /* 0: not a date */
    } rows[] = {
        {"2025-04-01", 20250401}, {"20250401", 20250401},   {"2024-02-29", 20240229}, {"2000-02-29", 20000229},
        {"2023-02-29", 0},        {"1900-02-29", 0},        {"2025-04-31", 0},        {"2025-13-01", 0},
        {"2025-00-10", 0},        {"2025-01-00", 0},        {"00000000", 0},          {"2025-4-1", 0},
        {"2025/04/01", 0},        {"2025-0401", 0},         {" 20250401", 0},         {"20250401 ", 0},
        {"2025-04-0x", 0},        {"", 0},                  {"99991231", 99991231},   {"+2025041", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        date d = 0;
        assert_int_equal(date_parse(rows[i].text, &d), rows[i].day != 0);
        assert_int_equal(d, rows[i].day);
    }
}

static void dates_printed(void **state)
{
    char out[11];
    (void)state;
    assert_string_equal(date_print(20250401, out), "2025-04-01");
    assert_string_equal(date_print(0, out), "");
}

/* Every day of 800 years: each is the one after the last, and the count agrees with both. */
static void days_counted(void **state)
{
    date d = 16000101;
    long n = 0;
    (void)state;
    for (int year = 1600; year < 2400; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= 31; day++) {
                date made = date_make(year, month, day);
                if (!made)
                    continue;
                assert_int_equal(d, made);
                assert_int_equal(date_days_between(16000101, made), n);
                d = date_add_days(d, 1);
                n++;
            }
    assert_int_equal(n, 2 * 146097);
    assert_int_equal(date_add_days(20250401, -1), 20250331);
    assert_int_equal(date_add_days(20240101, 366), 20250101);
    assert_int_equal(date_days_between(20250401, 20241001), -182);
    assert_int_equal(date_add_days(0, 5), 0);
    assert_int_equal(date_add_days(99991231, 1), 0);
    assert_int_equal(date_add_days(10101, -1), 0);
}

static void clocks(void **state)
{
    (void)state;
    setenv("CODESHELF_TODAY", "2025-02-03", 1);
    assert_int_equal(date_today(), 20250203);
    setenv("CODESHELF_TODAY", "someday", 1); /* no date: the system's clock */
    assert_true(date_today() > 20240101);
    unsetenv("CODESHELF_TODAY");
    setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
    assert_true(time_of_import() == 1700000000);
    setenv("SOURCE_DATE_EPOCH", "never", 1);
    int64_t now = time_of_import();
    assert_true(now >= (int64_t)time(NULL) - 60 && now <= (int64_t)time(NULL));
    unsetenv("SOURCE_DATE_EPOCH");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_as_written),
        cmocka_unit_test(dates_printed),
        cmocka_unit_test(days_counted),
        cmocka_unit_test(clocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
