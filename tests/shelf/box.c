/* One box: the signs that narrow, in every kind of answer; what is no sign stays a word. */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

static struct hits search(struct fixture *f, struct query q)
{
    struct hits hits;

    q.limit = 20;
    q.set = SET_COUNT;
    if (shelf_search(f->shelf, &q, &f->arena, &hits, &f->err) != ST_OK)
        fail_msg("%s: %s", q.text, f->err.text);
    return hits;
}

/* The codes found, a blank between. */
static const char *codes(struct fixture *f, struct query q)
{
    const struct hits hits = search(f, q);
    const char *text = "";

    for (size_t i = 0; i < hits.n; i++)
        text = arena_printf(&f->arena, "%s%s%s", text, i ? " " : "", hits.items[i].entry.code);
    return text;
}

static void test_signs(void **state)
{
    static const struct {
        const char *text;
        bool families;
        const char *codes;
    } cases[] = {
        {"S52502-S52521", false, "S52502 S52502A S52502B S52502S S52521 S52521A"},
        {"S52502-S52521", true, "S52502 S52521"},
        {"S52502-S52599", true, "S52502 S52521"}, /* the last that there is */
        {"S525 billable", false, "S52502A S52502B S52502S S52521A"},
        {"S525 billable", true, "S52502 S52521"},
        {"S525 -torus", true, "S525 S5250 S52502"},
        {"S525 set:hcpcs", false, ""},
        {"j00 set:h", false, "J0001"},
        {"gout billable -chronic", false, "M109"},
        {"gout M1A-M1A", false, "M1A9XX0 M1A"},
        {"\"lower end of left\" fracture", true, "S52502"},
        {"\"lower fracture\"", false, ""},
        {"\"torus fracture\" set:icd", true, "S52521"},
        {"radius -\xc3\x96pen -torus", true, "S52502 S525 S5250"},
        {"SET:HCPCS BILLABLE", false, "J0001"},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *got = codes(f, (struct query){.text = cases[i].text, .families = cases[i].families});
        if (strcmp(got, cases[i].codes) != 0)
            print_error("%s: \"%s\", not \"%s\"\n", cases[i].text, got, cases[i].codes);
        assert_string_equal(got, cases[i].codes);
    }
}

/* Text with dashes, colons and quotes that are no signs is searched as words, and what was not understood is said. */
static void test_words(void **state)
{
    static const struct {
        const char *text, *as, *said;
    } cases[] = {
        {"gout - left", "gout left", NULL},       {"torus-fracture", "torus fracture", NULL}, {"S52-", "S52", NULL},
        {"gout set:x", "gout", "no code set x"},  {"gout ch:99", "gout", "no chapter 99"},   {"\"gout", "gout", "a quote is not closed"},
        {"L4-L5 gout", "l4 l5 gout", NULL},       {"gout -", "gout", NULL},                  {"10\" gout", "10 gout", NULL},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(codes(f, (struct query){.text = cases[i].text}), codes(f, (struct query){.text = cases[i].as}));
        const char *said = search(f, (struct query){.text = cases[i].text}).said;
        if (cases[i].said && (!said || strncmp(said, cases[i].said, strlen(cases[i].said)) != 0))
            fail_msg("%s: said %s", cases[i].text, said ? said : "nothing");
    }
}

/* Half of a sign changes nothing on the screen. */
static void test_typing(void **state)
{
    static const struct {
        const char *whole;
        size_t from; /* bytes from which on the rows stay */
    } cases[] = {{"gout -kidney", 4}, {"gout set:icd10cm", 8}, {"gout billable", 10}, {"S52-S52", 3}, {"gout ch:1", 8}};
    struct fixture *f = *state;
    char typed[32];

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(typed, sizeof typed, "%.*s", (int)strcspn(cases[i].whole, " -"), cases[i].whole);
        const char *rows = codes(f, (struct query){.text = typed, .typing = true, .families = true});
        for (size_t n = cases[i].from; n < strlen(cases[i].whole); n++) {
            snprintf(typed, sizeof typed, "%.*s", (int)n, cases[i].whole);
            const char *now = codes(f, (struct query){.text = typed, .typing = true, .families = true});
            if (strcmp(now, rows) != 0)
                fail_msg("\"%s\": %s, not %s", typed, now, rows);
        }
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_signs), TEST(test_words), TEST(test_typing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
