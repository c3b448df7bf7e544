/* The tables of addresses: every row can be used, and releases to come are taken in by pattern. */
#include "tests/support.h"

#include <stdio.h>
#include <string.h>

#include "codeshelf/calendar.h"
#include "tools/fetch_sources.h"

static void every_row_can_be_used(void **state)
{
    (void)state;
    for (int set = 0; set < SET_CPT; set++) {
        struct arena a = {0};
        struct fetch_sources rows = {0};
        struct error err = {0};
        if (fetch_sources_list((enum codeset)set, &a, &rows, &err) != ST_OK) {
            fail_msg("%s", err.text);
        }
        assert_true(rows.len >= 30);
        for (size_t i = 0; i < rows.len; i++) {
            char typed[24], name[24];
            snprintf(typed, sizeof typed, "%.*s", (int)strcspn(rows.items[i].release, "+"), rows.items[i].release);
            if (!calendar_name((enum codeset)set, typed, name) || strcmp(typed, name) != 0) {
                fail_msg("%s is no release", rows.items[i].release);
            }
            for (size_t k = 0; k < i; k++) {
                if (strcmp(rows.items[i].release, rows.items[k].release) == 0) {
                    assert_string_not_equal(rows.items[i].file, rows.items[k].file);
                }
            }
        }
        fetch_sources_free(&rows);
        arena_free(&a);
    }
}

static void releases_are_found(void **state)
{
    static const struct {
        enum codeset set;
        const char *release, *file; /* of its codes; NULL where nothing is known */
        size_t n;
    } rows[] = {
        {SET_ICD10CM, "FY2017", "2017-icd10-code-descriptions.zip", 5},
        {SET_ICD10CM, "FY2025", "ICD10-CM Code Descriptions 2025.zip", 6},
        {SET_ICD10CM, "FY2026-APR", "april-1-2026-code-descriptions-tabular-order.zip", 2},
        {SET_ICD10CM, "FY2029-APR", "april-1-2029-code-descriptions-tabular-order.zip", 2},
        {SET_ICD10CM, "FY2031", "2031-code-descriptions-tabular-order.zip", 5},
        {SET_ICD10CM, "FY2023-APR", "codes-2023.zip", 2},
        {SET_ICD10CM, "FY2001", NULL, 0},
        {SET_HCPCS, "2026-JAN", "january-2026-alpha-numeric-hcpcs-file.zip", 1},
        {SET_HCPCS, "2024-APR", "april-2024-alpha-numeric-hcpcs-files.zip", 1},
        {SET_HCPCS, "2033-OCT", "october-2033-alpha-numeric-hcpcs-file.zip", 1},
        {SET_CPT, "2026", NULL, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena a = {0};
        struct fetch_sources found = {0};
        struct error err = {0};
        enum status st = fetch_sources_find(rows[i].set, rows[i].release, &a, &found, &err);
        assert_int_equal(st, rows[i].file ? ST_OK : ST_NONE);
        assert_int_equal(found.len, rows[i].n);
        if (rows[i].file) {
            assert_string_equal(found.items[0].component, "codes");
            assert_string_equal(found.items[0].file, rows[i].file);
            assert_null(strchr(found.items[0].address, '{'));
        } else {
            assert_string_not_equal(err.text, "");
        }
        fetch_sources_free(&found);
        arena_free(&a);
    }
}

static void a_day_has_its_release(void **state)
{
    static const struct {
        enum codeset set;
        date day;
        const char *release;
    } rows[] = {
        {SET_ICD10CM, 20260930, "FY2026-APR"}, {SET_ICD10CM, 20261001, "FY2027"},  {SET_ICD10CM, 20210101, "FY2021-JAN"},
        {SET_ICD10CM, 20201231, "FY2021"},     {SET_HCPCS, 20260101, "2026-JAN"},  {SET_HCPCS, 20261231, "2026-OCT"},
        {SET_ICD10CM, 20250331, "FY2025"},     {SET_ICD10CM, 20250401, "FY2025-APR"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char name[24] = "";
        assert_true(fetch_release_on(rows[i].set, rows[i].day, name));
        assert_string_equal(name, rows[i].release);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_can_be_used),
        cmocka_unit_test(releases_are_found),
        cmocka_unit_test(a_day_has_its_release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
