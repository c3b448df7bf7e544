/* hcpcs_release.c - the life of HCPCS codes over the official releases: what changed, corrections imported after their release,
 * cross-references. The numbers are those of an independent reading of the files. Without ../shared there is nothing to read,
 * and the tests say so. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"
#include "tests/support.h"

#define HCPCS TEST_SHARED "/data/hcpcs/"
#define CORRECTIONS HCPCS "2019/2019-HCPCS-Alpha-Numeric-Corrections.zip"

static bool have_releases;

static int up(void **state)
{
    static const char *const argv[] = {
        TEST_TOOLS "/codeshelf-import", HCPCS "2018/2018-Alpha-Numeric-HCPCS-File.zip",
        HCPCS "2019/2019-Alpha-Numeric-HCPCS-File.zip", HCPCS "2020-JUL", HCPCS "2025-JAN", NULL};
    return official_up(state, "the life of HCPCS codes over official releases", argv, &have_releases);
}

static int down(void **state)
{
    return have_releases ? shelf_down(state) : 0;
}

/* How many lines of the changes have all of the texts; NULL ones count as had. */
static size_t count(const char *text, const char *const want[3])
{
    size_t n = 0;
    for (const char *end; *text; text = *end ? end + 1 : end) {
        char line[65536];
        bool all = true;
        end = text + strcspn(text, "\n");
        snprintf(line, sizeof line, "%.*s", (int)(end - text), text);
        for (size_t i = 0; i < 3 && want[i]; i++)
            all = all && strstr(line, want[i]);
        n += all;
    }
    return n;
}

#define CODE "\"kind\":\"code\""
#define MODIFIER "\"kind\":\"modifier\""
#define AND_LAST_DAY "\"what\":\"to\""

static void what_changed(void **state)
{
    static const struct {
        const char *releases, *want[3];
        size_t n;
    } cases[] = {
        {"2018 2019", {"\"added\"", CODE}, 237},
        {"2018 2019", {"\"added\"", MODIFIER}, 7},
        {"2018 2019", {"\"deleted\"", CODE}, 2},
        {"2018 2019", {"\"deleted\"", "\"code\":\"G9976\""}, 1},
        {"2018 2019", {"\"deleted\"", "\"code\":\"G9977\""}, 1},
        {"2018 2019", {"\"deleted\"", "\"code\":\"DA\"", MODIFIER}, 1},
        {"2018 2019", {"\"deleted\"", MODIFIER}, 1},
        {"2018 2019", {"\"reworded\"", CODE}, 111},
        {"2018 2019", {"\"reworded\"", MODIFIER}, 3},
        {"2018 2019", {"\"terminated\"", CODE, AND_LAST_DAY}, 46},
        {"2018 2019", {"\"terminated\"", MODIFIER, AND_LAST_DAY}, 3},
        {"2018 2019", {"\"code\":\"C9014\"", "\"terminated\"", "{\"codes\":[\"J0567\"],"}, 1},
        {"2018 2019", {"\"refielded\"", "\"what\":\"coverage\""}, 2},
        {"2018 2019", {"\"refielded\"", "\"code\":\"G9890\"", "\"before\":\"2018-01-01\",\"after\":\"2018-04-01\""}, 2},
        /* The workbook of 2020 has the fields that the text files have. */
        {"2019 2020-JUL", {"\"added\"", CODE}, 349},
        {"2019 2020-JUL", {"\"deleted\""}, 0},
        {"2019 2020-JUL", {"\"terminated\""}, 110},
        {"2019 2020-JUL", {"\"refielded\"", "\"what\":\"betos\""}, 0},
        {"2020-JUL 2025-JAN", {"\"added\"", CODE}, 1470},
        {"2020-JUL 2025-JAN", {"\"deleted\""}, 0},
        {"2020-JUL 2025-JAN", {"\"terminated\"", CODE}, 530},
        {"2020-JUL 2025-JAN", {"\"terminated\"", "\"code\":\"G1001\"", "\"after\":\"2024-12-31\""}, 1},
    };
    struct run r = {0};
    (void)state;
    if (!have_releases)
        skip();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char words[80];
        if (i == 0 || strcmp(cases[i].releases, cases[i - 1].releases) != 0) {
            run_free(&r);
            snprintf(words, sizeof words, "changes hcpcs %s --json", cases[i].releases);
            run_codeshelf(&r, NULL, words);
            assert_int_equal(r.code, 0);
        }
        const size_t n = count(r.out, cases[i].want);
        if (n != cases[i].n)
            fail_msg("%s: %zu with %s %s", cases[i].releases, n, cases[i].want[0], cases[i].want[1] ? cases[i].want[1] : "");
    }
    run_free(&r);
}

static void expect(const char *words, int code, const char *const texts[6])
{
    struct run r;
    run_codeshelf(&r, NULL, words);
    assert_int_equal(r.code, code);
    for (size_t i = 0; i < 6 && texts[i]; i++)
        if (!strstr(r.out, texts[i]))
            fail_msg("%s: no \"%s\" in:\n%s", words, texts[i], r.out);
    run_free(&r);
}

/* G9890 was given to another service, and another first day with it. */
static void other_days_stand_apart(void **state)
{
    (void)state;
    if (!have_releases)
        skip();
    expect("changes hcpcs 2018 2019", 0, (const char *const[6]){" refielded, 2 of them dates\n", "\nDates (codes: 2)\n  G9890  Bridge payment",
                                                                "; Added: 2018-01-01 -> 2018-04-01\n  G9891  ", "\nFields ("});
}

static void cross_references_lead_on(void **state)
{
    struct run r;
    (void)state;
    if (!have_releases)
        skip();
    expect("show --as-of 2025-02-03 C9487", 0,
           (const char *const[6]){"Cross-reference: Q9989  (ended 2017-12-31) -> J3358 (current)"});
    expect("show --as-of 2025-02-03 G0436", 0,
           (const char *const[6]){"99406  (CPT, not loaded)", "99407  (CPT, not loaded)"});
    expect("show --as-of 2025-02-03 J7296", 0, (const char *const[6]){"Cross-reference: Q9984  (ended 2017-12-31)\n"});
    expect("show --as-of 2019-02-03 C9468", 0, (const char *const[6]){"J7023  (not in 2019-JAN)"});
    expect("show --as-of 2025-02-03 C9468 --json", 0,
           (const char *const[6]){"\"cross_references\":[{\"codes\":[\"J7203\"],", "\"end\":\"current\"}]"});
    expect("history C9034", 0, (const char *const[6]){"2020-JUL    terminated: Last day of use: none -> 2018-12-31",
                                                      " has it, the newest loaded; last day of use 2018-12-31\n",
                                                      "cross-reference: J1095 (current)"});
    expect("history C9487", 0, (const char *const[6]){"; added 2017-04-01; last day of use 2017-06-30\n"});
    expect("history C9487 --json", 0, (const char *const[6]){"\"added\":\"2017-04-01\",\"last_day\":\"2017-06-30\""});
    run_codeshelf(&r, "C9034\nG0436\nJ0897\nG9976\n", "impact --from 2018 --to 2025-JAN -");
    assert_int_equal(r.code, 1);
    assert_non_null(strstr(r.out, "! C9034  terminated 2018-12-31: "));
    assert_non_null(strstr(r.out, "    cross-reference: J1095 (current)\n"));
    assert_non_null(strstr(r.out, "    cross-reference: 99407 (CPT, not loaded)\n"));
    assert_non_null(strstr(r.out, "! G9976  deleted: "));
    run_free(&r);
}

/* Comes last: it changes the shelf. */
static void corrections_come_later(void **state)
{
    static const char *const added[] = {"C1890", "J1095", "J2186", "J2787", "Q5111"};
    static const char *const import[] = {TEST_TOOLS "/codeshelf-import", CORRECTIONS, NULL};
    static const char *const main_file[] = {TEST_TOOLS "/codeshelf-import", HCPCS "2019/2019-Alpha-Numeric-HCPCS-File.zip", NULL};
    static const char *const added_codes[3] = {"\"added\"", CODE};
    struct run r;
    (void)state;
    if (!have_releases)
        skip();
    for (size_t i = 0; i < sizeof added / sizeof *added; i++) {
        char words[64];
        snprintf(words, sizeof words, "show --as-of 2019-02-03 %s", added[i]);
        expect(words, 1, (const char *const[6]){0});
    }
    run_program(&r, NULL, import);
    assert_int_equal(r.code, 0);
    assert_non_null(strstr(r.out, "HCPCS 2019-JAN, from 2019-01-01: 6805 entries, 6445 billable"));
    assert_non_null(strstr(r.out, "HCPC2019_Corrections_ALPHA.xlsx: added: C1890, J1095, J2186, J2787, Q5111\n"));
    run_free(&r);
    run_codeshelf(&r, NULL, "changes hcpcs 2018 2019 --json");
    assert_int_equal(count(r.out, added_codes), 237 + 5);
    run_free(&r);
    expect("releases --set hcpcs", 0,
           (const char *const[6]){"loaded: codes tabular corrections\n",
                                  "2019-HCPCS-Alpha-Numeric-Corrections.zip/HCPC2019_Corrections_ALPHA_v2.xlsx"});
    run_program(&r, NULL, import);
    assert_non_null(strstr(r.out, "HCPCS 2019-JAN: already on the shelf\n"));
    run_free(&r);
    run_program(&r, NULL, main_file); /* the same files as before, so that what corrections added stays */
    assert_non_null(strstr(r.out, "HCPCS 2019-JAN: already on the shelf\n"));
    run_free(&r);
    expect("show --as-of 2019-02-03 J1095", 0, (const char *const[6]){"Injection, dexamethasone 9 percent", "Added 2019-01-01"});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_changed),
        cmocka_unit_test(other_days_stand_apart),
        cmocka_unit_test(cross_references_lead_on),
        cmocka_unit_test(corrections_come_later),
    };
    return cmocka_run_group_tests(tests, up, down);
}
