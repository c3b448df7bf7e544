/* Search stories: what a person types and what comes first. */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

static struct hits search(struct fixture *f, struct query q)
{
    struct hits hits;

    if (q.limit == 0)
        q.limit = 10;
    if (shelf_search(f->shelf, &q, &f->arena, &hits, &f->err) != ST_OK)
        fail_msg("%s: %s", q.text, f->err.text);
    return hits;
}

static void test_first(void **state)
{
    static const struct {
        const char *text;
        bool typing, families;
        const char *first, *matched;
    } cases[] = {
        {"gout", false, false, "M109", "title"}, /* "unspecified" costs little, and a code may be reported */
        {"chronic gout", false, false, "M1A9XX0", "title"}, /* the code that stands for the header */
        {"podagra", false, false, "M109", "inclusion term"},
        {"insulin resistant", false, false, "E119", "includes"},
        {"RADIUS lower left", false, false, "S52502A", "title"}, /* any order, any case */
        {"fractures of radius, left", false, false, "S52502A", "title"}, /* finished words stand for their stem */
        {"fracture left radius open", false, false, "S52502B", "title"}, /* 7th-character words choose the member */
        {"fracture left radius sequela", false, false, "S52502S", "title"},
        {"fracture left radius sequela", false, true, "S52502", "title"}, /* the browser: one row a family */
        {"fract lef", true, false, "S52502A", "title"},
        {"g\xc3\xb6ut", false, false, "M109", "title"}, /* accents do not matter */
        {"e11.9", false, false, "E119", "code"},
        {"S52502b", false, false, "S52502B", "code"},
        {"m1a", false, false, "M1A", "code"},
        {"lt", false, false, "LT", "code"},
        {"j00", false, false, "J0001", "code"},
        {"examplumab", false, false, "J0001", "title"},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct hits hits = search(f, (struct query){.text = cases[i].text, .set = SET_COUNT, .typing = cases[i].typing,
                                                          .families = cases[i].families});
        if (hits.n == 0)
            fail_msg("%s: nothing found", cases[i].text);
        if (strcmp(hits.items[0].entry.code, cases[i].first) != 0)
            fail_msg("%s: %s first, not %s", cases[i].text, hits.items[0].entry.code, cases[i].first);
        assert_string_equal(hits.items[0].matched, cases[i].matched);
        assert_true(hits.items[0].text && hits.items[0].text[0]);
        assert_true(hits.total >= hits.n);
        for (size_t k = 1; k < hits.n; k++)
            assert_true(hits.items[k].score <= hits.items[k - 1].score);
    }
}

/* Nothing typed can break the full-text syntax. */
static void test_any_text(void **state)
{
    static const char *const texts[] = {"",      "   ",     "\"",     "AND",       "x-ray OR", "NEAR(a b)", "(",     "*",
                                        "gout*", "title:x", "^gout",  "gout \"",   "a AND",    "--",        "{} []", "\\",
                                        "%",     "'; --",   "\xc3\xa9", "gout -foo", "zzzz zzz"};
    struct fixture *f = *state;
    char prefix[32];

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        for (size_t n = 0; n <= strlen(texts[i]); n++) {
            snprintf(prefix, sizeof prefix, "%.*s", (int)n, texts[i]);
            search(f, (struct query){.text = prefix, .set = SET_COUNT, .typing = true});
        }
        search(f, (struct query){.text = texts[i], .set = SET_COUNT});
    }
    assert_int_equal(search(f, (struct query){.text = " ", .set = SET_COUNT}).n, 0);
    assert_int_equal(search(f, (struct query){.text = "zzzz", .set = SET_COUNT}).n, 0);
}

/* A word that cannot be found does not empty the screen, and it is said. */
static void test_relaxed(void **state)
{
    struct fixture *f = *state;
    struct hits hits = search(f, (struct query){.text = "gout xyzzy", .set = SET_COUNT});

    assert_string_equal(hits.items[0].entry.code, "M109");
    assert_string_equal(hits.said, "without: xyzzy");
    hits = search(f, (struct query){.text = "torus gout radius", .set = SET_COUNT}); /* each known, never together */
    assert_string_equal(hits.items[0].entry.code, "S52521A");
    assert_string_equal(hits.said, "without: gout");
    hits = search(f, (struct query){.text = "arthritus", .set = SET_COUNT}); /* a slip of the pen */
    assert_string_equal(hits.items[0].entry.code, "M0899");
    assert_string_equal(hits.said, "showing arthritis for arthritus");
    assert_null(search(f, (struct query){.text = "gout", .set = SET_COUNT}).said);
}

static void test_code_prefix(void **state)
{
    static const char *const plain[] = {"S52", "S525", "S5250", "S52502", "S52502A", "S52502B", "S52502S", "S52521", "S52521A"};
    static const char *const families[] = {"S52", "S525", "S5250", "S52502", "S52521"};
    struct fixture *f = *state;
    struct hits hits = search(f, (struct query){.text = "S52", .set = SET_COUNT});

    assert_int_equal(hits.n, 9);
    for (size_t i = 0; i < hits.n; i++)
        assert_string_equal(hits.items[i].entry.code, plain[i]);
    hits = search(f, (struct query){.text = "S52", .set = SET_COUNT, .families = true});
    assert_int_equal(hits.n, 5);
    assert_int_equal(hits.total, 9);
    for (size_t i = 0; i < hits.n; i++)
        assert_string_equal(hits.items[i].entry.code, families[i]);
    assert_int_equal(hits.items[3].members, 3);
    hits = search(f, (struct query){.text = "m1", .set = SET_COUNT, .limit = 1}); /* book order: M1A before M10 */
    assert_string_equal(hits.items[0].entry.code, "M1A");
    assert_int_equal(hits.n, 1);
    assert_int_equal(hits.total, 4);
    hits = search(f, (struct query){.text = "e1165", .set = SET_ICD10CM}); /* of another release */
    assert_int_equal(hits.n, 0);
    assert_string_equal(hits.said, "no code E1165 in FY2017, but in another release");
}

/* Codes beside each other are all found; one that there is not is said, never taken apart as words. */
static void test_several_codes(void **state)
{
    struct fixture *f = *state;
    struct hits hits = search(f, (struct query){.text = "s52502b, E11.9;j0001", .set = SET_COUNT});

    assert_int_equal(hits.n, 3);
    assert_string_equal(hits.items[0].entry.code, "E119"); /* in the order of the book */
    assert_string_equal(hits.items[1].entry.code, "S52502B");
    assert_string_equal(hits.items[2].entry.code, "J0001");
    assert_null(hits.said);
    hits = search(f, (struct query){.text = "Z99.98 E11.9", .set = SET_COUNT});
    assert_int_equal(hits.n, 1);
    assert_string_equal(hits.said, "no code Z99.98 in FY2017");
    hits = search(f, (struct query){.text = "99213", .set = SET_COUNT}); /* no CPT here */
    assert_int_equal(hits.n, 0);
    assert_string_equal(hits.said, "no code 99213");
    assert_true(search(f, (struct query){.text = "gout M10.9", .set = SET_COUNT}).n > 0); /* words among them */
}

/* Where the release has no Tabular, another's inclusion terms find its codes, and say that they are not of it. */
static void test_other_release_helps(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(shelf_as_of(f->shelf, 20180101, &f->err), ST_OK);
    struct hits hits = search(f, (struct query){.text = "podagra", .set = SET_COUNT});
    assert_int_equal(hits.n, 2); /* the header that has it, after the code that stands for it */
    assert_string_equal(hits.items[0].entry.code, "M109");
    assert_string_equal(hits.items[1].entry.code, "M10");
    assert_string_equal(hits.items[0].matched, "inclusion term of another release");
    hits = search(f, (struct query){.text = "hyperglycemia", .set = SET_COUNT}); /* FY2016 alone has that code */
    assert_int_equal(hits.n, 0);
    assert_int_equal(shelf_as_of(f->shelf, 20160101, &f->err), ST_OK);
    assert_string_equal(search(f, (struct query){.text = "hyperglycemia", .set = SET_COUNT}).items[0].entry.code, "E1165");
}

/* A row says how the words were understood, and a literal search takes them as they stand. */
static void test_why(void **state)
{
    static const struct {
        const char *text, *matched, *read, *marked;
    } cases[] = {
        {"gout", "title", NULL, "Gout"},
        {"fx left radius", "title", "abbreviation fx = fracture", "fracture left radius fracture"},
        {"FRACTURES of lower radius", "title", NULL, "fracture lower radius fracture"}, /* stems, but no little words */
        {"arthritus", "title", "repaired spelling arthritus = arthritis", "arthritis"},
        {"podagra", "inclusion term", NULL, ""}, /* the title has it not, the text has */
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct hit *hit = search(f, (struct query){.text = cases[i].text, .set = SET_COUNT}).items;
        struct word_span marks[8];
        char marked[80] = "";
        assert_non_null(hit);
        assert_string_equal(hit->matched, cases[i].matched);
        assert_string_equal(hit->read ? hit->read : "", cases[i].read ? cases[i].read : "");
        assert_true(hit_marks(hit, hit->text, marks, 8) > 0);
        const size_t n = hit_marks(hit, hit->entry.title, marks, 8);
        for (size_t k = 0; k < n; k++)
            snprintf(marked + strlen(marked), sizeof marked - strlen(marked), "%s%.*s", k ? " " : "", (int)marks[k].len,
                     hit->entry.title + marks[k].start);
        assert_string_equal(marked, cases[i].marked);
    }
    assert_true(search(f, (struct query){.text = "arthritus", .set = SET_COUNT}).repaired);
    assert_int_equal(search(f, (struct query){.text = "arthritus", .set = SET_COUNT, .literal = true}).n, 0);
    assert_int_equal(search(f, (struct query){.text = "fx", .set = SET_COUNT, .literal = true}).n, 0);
    assert_null(search(f, (struct query){.text = "gout", .set = SET_COUNT, .literal = true}).items[0].read);
}

static bool stop_at_once(void *ctx)
{
    ++*(int *)ctx;
    return true;
}

static bool never_stop(void *ctx)
{
    ++*(int *)ctx;
    return false;
}

static void test_stop(void **state)
{
    struct fixture *f = *state;
    int asked = 0;
    struct query q = {.text = "gout", .set = SET_COUNT, .limit = 10, .stop = stop_at_once, .ctx = &asked};
    struct hits hits;

    assert_int_equal(shelf_search(f->shelf, &q, &f->arena, &hits, &f->err), ST_STOP);
    assert_int_equal(hits.n, 0);
    assert_true(asked > 0);
    q.stop = never_stop;
    assert_int_equal(shelf_search(f->shelf, &q, &f->arena, &hits, &f->err), ST_OK);
    assert_string_equal(hits.items[0].entry.code, "M109");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_first),  TEST(test_any_text), TEST(test_relaxed), TEST(test_code_prefix), TEST(test_several_codes), TEST(test_other_release_helps),
        TEST(test_stop), TEST(test_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
