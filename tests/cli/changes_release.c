/* changes_release.c - what FY2017 and the HCPCS of 2019 changed. The numbers are those of an independent reading of the
 * official files: the order files, every note of both Tabulars, every row of the indexes and tables by its path. Without
 * ../shared there is nothing to read, and the tests say so. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "codeshelf/utf8.h"
#include "run.h"
#include "tests/support.h"

#define ICD TEST_SHARED "/data/icd10cm/"
#define HCPCS TEST_SHARED "/data/hcpcs/"

static bool have_releases;

static int up(void **state)
{
    static const char *const argv[] = {
        TEST_TOOLS "/codeshelf-import", ICD "FY2016", ICD "FY2017", ICD "FY2018",
        HCPCS "2018/2018-Alpha-Numeric-HCPCS-File.zip", HCPCS "2019/2019-Alpha-Numeric-HCPCS-File.zip", NULL};
    return official_up(state, "changes between official releases", argv, &have_releases);
}

static int down(void **state)
{
    return have_releases ? shelf_down(state) : 0;
}

/* How many lines hold both texts; b may be NULL. */
static size_t count(const char *text, const char *a, const char *b)
{
    size_t n = 0;
    while (*text) {
        const size_t len = strcspn(text, "\n");
        char *line = strndup(text, len);
        assert_non_null(line);
        n += strstr(line, a) && (!b || strstr(line, b));
        free(line);
        text += len + (text[len] != '\0');
    }
    return n;
}

static void what_fy2017_and_2019_changed(void **state)
{
    static const struct {
        const char *words, *a, *b;
        size_t n;
    } cases[] = {
        {"changes icd10cm FY2016 FY2017 --json", "\"added\",\"book\":\"tabular\"", "\"kind\":\"section\"", 7},
        {"changes icd10cm FY2016 FY2017 --json", "\"added\",\"book\":\"tabular\"", NULL, 2305 + 7},
        {"changes icd10cm FY2016 FY2017 --json", "\"deleted\",\"book\":\"tabular\"", NULL, 212 + 3},
        {"changes icd10cm FY2016 FY2017 --json", "\"demoted\"", NULL, 128},
        /* FY2017's conversion table: without the codes inside its ranges 26 would have none, I60.21 being the difference. */
        {"changes icd10cm FY2016 FY2017 --json", "\"demoted\"", "\"replacements\":[{", 125},
        {"changes icd10cm FY2016 FY2017 --json", "\"demoted\"", "\"replacements\":[]", 3},
        {"changes icd10cm FY2016 FY2017 --json", "\"deleted\",\"book\":\"tabular\"", "\"replacements\":[", 183},
        {"changes icd10cm FY2016 FY2017 --json", "\"deleted\",\"book\":\"tabular\"", "\"replacements\":[]", 25},
        {"changes icd10cm FY2016 FY2017 --json", "\"code\":\"I60.21\"", "\"replacements\":[{\"code\":\"I60.2\",", 1},
        {"changes icd10cm FY2016 FY2017 --json", "\"promoted\"", NULL, 1},
        {"changes icd10cm FY2016 FY2017 --json", "\"reworded\",\"book\":\"tabular\"", NULL, 553},
        {"changes icd10cm FY2016 FY2017 --json", "\"added\",\"book\":\"index\"", NULL, 1842},
        {"changes icd10cm FY2016 FY2017 --json", "\"deleted\",\"book\":\"index\"", NULL, 231},
        {"changes icd10cm FY2016 FY2017 --json", "\"reworded\",\"book\":\"index\"", NULL, 1166},
        {"changes icd10cm FY2016 FY2017 --json", "\"reworded\",\"book\":\"neoplasm\"", NULL, 179},
        {"changes hcpcs 2018-JAN 2019-JAN --json", "\"added\"", NULL, 237 + 7},
        {"changes hcpcs 2018-JAN 2019-JAN --json", "\"deleted\"", NULL, 2 + 1},
        {"changes hcpcs 2018-JAN 2019-JAN --json", "\"reworded\"", NULL, 111 + 3},
        {"changes hcpcs 2018-JAN 2019-JAN --json", "\"terminated\"", "\"kind\":\"modifier\"", 3},
        {"changes hcpcs 2018-JAN 2019-JAN --json", "\"terminated\"", NULL, 46 + 3},
        {"changes icd10cm FY2017 FY2018 --json", "\"renoted\"", NULL, 0},
    };
    struct run r = {0};
    (void)state;
    if (!have_releases)
        skip();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (i == 0 || strcmp(cases[i].words, cases[i - 1].words) != 0) {
            run_free(&r);
            run_codeshelf(&r, NULL, cases[i].words);
            assert_int_equal(r.code, 0);
            assert_json_lines(r.out);
        }
        const size_t n = count(r.out, cases[i].a, cases[i].b);
        if (n != cases[i].n)
            fail_msg("%s: %zu with %s", cases[i].words, n, cases[i].a);
    }
    assert_non_null(strstr(r.err, "FY2018's notes are not loaded: note changes cannot be told"));
    run_free(&r);
}

/* Notes and 7th characters: 406 and 3 gone or changed from, 785 and 113 new or changed to. */
static void the_notes_that_changed(void **state)
{
    struct run r;
    (void)state;
    if (!have_releases)
        skip();
    run_codeshelf(&r, NULL, "changes icd10cm FY2016 FY2017 --json");
    const size_t all = count(r.out, "\"renoted\"", NULL), sevenths = count(r.out, "\"7th character ", NULL);
    assert_int_equal(all - count(r.out, "\"renoted\"", "\"before\":null"), 406 + 3);
    assert_int_equal(all - count(r.out, "\"renoted\"", "\"after\":null"), 785 + 113);
    assert_int_equal(sevenths - count(r.out, "\"7th character ", "\"before\":null"), 3);
    assert_int_equal(count(r.out, "postprocedural streptococcal sepsis (T81.4-)", "\"governs\":5,"), 1);
    run_free(&r);
}

static void a_life_and_an_impact(void **state)
{
    struct run r;
    (void)state;
    if (!have_releases)
        skip();
    run_codeshelf(&r, NULL, "history K90.4");
    assert_int_equal(r.code, 0);
    assert_non_null(strstr(r.out, "FY2017      demoted"));
    assert_non_null(strstr(r.out, "[-Malabsorption-]{+Other malabsorption+} due to"));
    assert_non_null(strstr(r.out, "\n  notes are not loaded for FY2018: which of them"));
    run_free(&r);
    run_codeshelf(&r, NULL, "history I60.20"); /* FY2018 does not have it, so its notes are no matter */
    assert_non_null(strstr(r.out, "FY2017      deleted; replaced by I60.2\n  FY2016 is the last release that has it\n"));
    assert_null(strstr(r.out, "not loaded"));
    run_free(&r);
    run_codeshelf(&r, "K90.4, malabsorption\n# a remark\n\nE11.9\nA92.5\nS52.502A\nJ45.20\n", "impact --from FY2016 --to FY2017 -");
    assert_int_equal(r.code, 1);
    assert_non_null(strstr(r.out, "! K90.4  no longer billable"));
    assert_non_null(strstr(r.out, "Use additional code at E11: {+oral hypoglycemic drugs (Z79.84)+}"));
    assert_non_null(strstr(r.out, "  A92.5  new"));
    assert_non_null(strstr(r.out, "Use additional code at chapter 10: history of tobacco"));
    assert_non_null(strstr(r.out, "5 codes, 3 to look at (1 demoted, 2 renoted)\n"));
    run_free(&r);
    run_codeshelf(&r, "S52.502A\n", "impact --from FY2017 --to FY2018 -"); /* what no code depends on is not said */
    assert_non_null(strstr(r.err, "FY2018's notes are not loaded"));
    assert_null(strstr(r.err, "Index"));
    run_free(&r);
    run_codeshelf(&r, "S52.502A\n", "impact --from FY2016 --to FY2017 - --json");
    assert_int_equal(r.code, 0);
    assert_json_is(r.out, "impact", "unchanged");
    run_free(&r);
}

/* A row that leads nowhere any more would read like one that stays, were its kind not in front of it. */
static void a_person_reads_what_happened(void **state)
{
    static const char *const lines[] = {
        "\n  codes and headers: 2305 added, 212 deleted, 128 demoted, 1 promoted,",
        "\n  chapters and sections: 7 added, 3 deleted,",
        "Added (codes and headers: 2305, chapters and sections: 7)\n",
        "\nAlphabetic Index: 1842 added, 231 deleted, 1166 reworded\n",
        "\n  deleted   Abscess > intra-abdominal > postoperative: [-T81.4-]\n",
        "\n  reworded  Abortion > tubal: [-O00.1-]{+O00.10+}\n",
    };
    struct run r;
    (void)state;
    if (!have_releases)
        skip();
    run_codeshelf(&r, NULL, "changes icd10cm FY2016 FY2017");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (!strstr(r.out, lines[i]))
            fail_msg("no \"%s\"", lines[i]);
    run_free(&r);
    run_codeshelf(&r, NULL, "changes hcpcs 2018-JAN 2019-JAN");
    assert_non_null(strstr(r.out, "\n  modifiers: 7 added, 1 deleted, 3 terminated, 3 reworded,"));
    run_free(&r);
}

/* Cuts the escapes out of a line; false when a colour is still on at its end. */
static bool strip_colors(char *line)
{
    bool on = false;
    for (char *at; (at = strchr(line, '\033'));) {
        const char *end = strchr(at, 'm');
        assert_non_null(end);
        on = strncmp(at, "\033[0m", 4) != 0;
        memmove(at, end + 1, strlen(end + 1) + 1);
    }
    return !on;
}

static void marked_words_wrap_like_others(void **state)
{
    static const char *const argv[] = {TEST_BIN "/codeshelf", "changes", "icd10cm", "FY2016", "FY2017", NULL};
    struct buf out = {0};
    char *at = NULL;
    (void)state;
    if (!have_releases)
        skip();
    unsetenv("NO_COLOR");
    run_on_terminal(&out, argv);
    assert_non_null(strstr(buf_text(&out), "\033[31m[-classical-]\033[0m"));
    for (char *line = strtok_r(out.text, "\r\n", &at); line; line = strtok_r(NULL, "\r\n", &at))
        if (!strip_colors(line) || utf8_width(line, strlen(line)) > 80)
            fail_msg("%zu columns, or a colour that goes on: %s", utf8_width(line, strlen(line)), line);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_fy2017_and_2019_changed),
        cmocka_unit_test(the_notes_that_changed),
        cmocka_unit_test(a_life_and_an_impact),
        cmocka_unit_test(a_person_reads_what_happened),
        cmocka_unit_test(marked_words_wrap_like_others),
    };
    return cmocka_run_group_tests(tests, up, down);
}
