/* changes.c - a change as one line, and a wording with the words that differ set off. */
#include "support.h"

#include <string.h>

#include "src/browse/change_text.h"

static void lines_of_changes(void **state)
{
    static const struct {
        struct change change;
        size_t skip;
        const char *line;
        bool more;
    } cases[] = {
        {{.kind = CHANGE_ADDED, .entry = 1, .code = "A925", .path = "", .title = "Zika virus disease", .after = "Zika virus disease"},
         0, "Zika virus disease", false},
        {{.kind = CHANGE_REWORDED, .entry = 1, .path = "", .title = "b", .before = "a, not otherwise specified", .after = "a, unspecified"},
         0, "a, [-not otherwise specified-]{+unspecified+}", false},
        /* what did not change is cut short, its end before a difference, both ends between two */
        {{.kind = CHANGE_REWORDED, .entry = 1, .path = "", .title = "b",
          .before = "one two three four five six seven eight nine X one two three four five six seven eight nine Y",
          .after = "one two three four five six seven eight nine one two three four five six seven eight nine"},
         0, "… five six seven eight nine [-X-] one two… eight nine [-Y-]", false},
        {{.kind = CHANGE_RENOTED, .entry = 1, .path = "", .title = "b", .label = "Excludes1", .after = "gout (M10.-)", .governs = 3},
         0, "Excludes1 (3 codes): {+gout (M10.-)+}", false},
        {{.kind = CHANGE_TERMINATED, .entry = 1, .path = "", .title = "b", .label = "Last day of use", .after = "2018-12-31"},
         0, "Last day of use: none → 2018-12-31", false},
        {{.kind = CHANGE_REWORDED, .book = COMP_INDEX, .path = "Tumor\nstromal", .title = "stomach", .after = "C49.A2"},
         0, "Tumor › stromal › stomach: {+C49.A2+}", true},
        {{.kind = CHANGE_REWORDED, .book = COMP_INDEX, .path = "Tumor\nstromal", .title = "stomach", .after = "C49.A2"},
         2, "… › stomach: {+C49.A2+}", false},
        {{.kind = CHANGE_MOVED, .book = COMP_GUIDELINES, .path = "I.C.4.b", .title = "Obesity", .before = "I.C.4", .after = "I.C.4.b"},
         1, "I.C.4.b › Obesity: I.C.4 → I.C.4.b", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct rich r = {0};

        assert_int_equal(change_add_line(&r, SET_ICD10CM, &cases[i].change, cases[i].skip), cases[i].more);
        assert_string_equal(buf_text(&r.text), cases[i].line);
        rich_free(&r);
    }
}

static void sides_of_a_wording(void **state)
{
    struct rich r = {0};

    (void)state;
    change_add_words(&r, "open A wound", "open B wound", WORDING_BEFORE, false);
    assert_string_equal(buf_text(&r.text), "open [-A-] wound");
    rich_clear(&r);
    change_add_words(&r, "open A wound", "open B wound", WORDING_AFTER, false);
    assert_string_equal(buf_text(&r.text), "open {+B+} wound");
    rich_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_changes),
        cmocka_unit_test(sides_of_a_wording),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
