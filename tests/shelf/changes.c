/* changes.c - two releases of the small shelf compared, a life, an impact; and which words of two wordings are the same. */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/changes.h"

static struct changes compare(struct fixture *f, enum codeset set, const char *from, const char *to)
{
    struct changes all;
    if (changes_between(f->shelf, set, from, to, &f->arena, &all, &f->err) != ST_OK)
        fail_msg("%s", f->err.text);
    return all;
}

/* "deleted E1165, added M1A9XX0", fields with what they are. */
static const char *say(const struct changes *all, struct buf *out)
{
    buf_clear(out);
    for (size_t i = 0; i < all->n; i++) {
        const struct change *c = &all->items[i];
        buf_printf(out, "%s%s %s", i ? ", " : "", change_name(c->kind), c->code);
        if (c->what)
            buf_printf(out, " %s %s>%s", c->what, c->before ? c->before : "", c->after ? c->after : "");
    }
    return buf_text(out);
}

/* M1A stands between M08.99 and M10, and what is gone where it stood. */
static void test_order(void **state)
{
    struct fixture *f = *state;
    struct buf said = {0};
    const struct changes on = compare(f, SET_ICD10CM, "FY2016", "fy2017"), back = compare(f, SET_ICD10CM, "FY2017", "FY2016");

    assert_string_equal(say(&on, &said), "deleted E1165, added M1A9XX0");
    assert_string_equal(say(&back, &said), "added E1165, deleted M1A9XX0");
    assert_int_equal(on.entries[CHANGE_ADDED], 1);
    const struct changes h = compare(f, SET_HCPCS, "2018-JAN", "2019");
    assert_string_equal(say(&h, &said), "terminated J0001 to >2019-03-31, refielded J0001 coverage >C: carrier judgment,"
                        " added J0002");
    buf_free(&said);
}

/* Changes fall into the chapters of the later book; what is gone into that of what stood before it. */
static void test_parts(void **state)
{
    struct fixture *f = *state;
    const struct changes on = compare(f, SET_ICD10CM, "FY2016", "FY2017");

    assert_int_equal(on.nparts, 2);
    assert_string_equal(on.parts[0].code, "4");
    assert_int_equal(on.parts[0].n, 1);
    assert_string_equal(on.parts[1].code, "13");
    assert_int_equal(on.parts[1].first, 1);
    assert_int_equal(compare(f, SET_ICD10CM, "FY2017", "FY2018").nparts, 0);
}

static void test_marks(void **state)
{
    static const struct {
        enum codeset set;
        const char *code;
        enum change_mark mark;
    } cases[] = {
        {SET_ICD10CM, "M1A9XX0", CHANGE_MARK_NEW}, {SET_ICD10CM, "M1A", CHANGE_MARK_NONE}, {SET_HCPCS, "J0001", CHANGE_MARK_NONE},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct entry e = fixture_entry(f, cases[i].set, cases[i].code);
        enum change_mark mark;
        assert_int_equal(changes_mark(f->shelf, &e, &mark, &f->err), ST_OK);
        assert_int_equal(mark, cases[i].mark);
    }
    const struct release *now = shelf_release(f->shelf, SET_ICD10CM);
    assert_string_equal(changes_before(f->shelf, now)->name, "FY2016");
    assert_null(changes_before(f->shelf, changes_before(f->shelf, now)));
}

/* FY2018 has no notes: that is said, and no note is reported as gone. */
static void test_unknown(void **state)
{
    struct fixture *f = *state;
    const struct changes all = compare(f, SET_ICD10CM, "FY2017", "FY2018");
    struct changes none;

    assert_int_equal(all.n, 0);
    assert_true(all.nunknown > 0);
    assert_string_equal(all.unknown[0], "FY2018's notes are not loaded: note changes cannot be told");
    assert_int_equal(changes_between(f->shelf, SET_ICD10CM, "FY2017", "FY2019", &f->arena, &none, &f->err), ST_NONE);
}

static void test_life(void **state)
{
    struct fixture *f = *state;
    struct history h;

    assert_int_equal(history_of(f->shelf, SET_COUNT, "e11.65", &f->arena, &h, &f->err), ST_OK);
    assert_int_equal(h.n, 2);
    assert_null(h.items[0].since);
    assert_string_equal(h.items[0].release->name, "FY2016");
    assert_int_equal(h.items[1].change.kind, CHANGE_DELETED);
    assert_string_equal(h.items[1].release->name, "FY2017");
    assert_true(h.gone);
    assert_string_equal(h.last->name, "FY2016");
    assert_int_equal(history_of(f->shelf, SET_COUNT, "M1A.9XX0", &f->arena, &h, &f->err), ST_OK);
    assert_int_equal(h.items[0].change.kind, CHANGE_ADDED);
    assert_string_equal(h.items[0].since->name, "FY2016");
    assert_false(h.gone);
}

static void test_impact(void **state)
{
    static const struct {
        const char *typed;
        enum verdict verdict;
    } cases[] = {
        {"E11.9", IMPACT_UNCHANGED}, {"e1165", IMPACT_DELETED}, {"M1A.9XX0", IMPACT_NEW},
        {"S52.5", IMPACT_HEADER},    {"Z99.9", IMPACT_UNKNOWN}, {"no code at all", IMPACT_UNKNOWN},
    };
    struct fixture *f = *state;
    const struct changes all = compare(f, SET_ICD10CM, "FY2016", "FY2017");

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct impact im;
        assert_int_equal(impact_of(f->shelf, &all, cases[i].typed, &f->arena, &im, &f->err), ST_OK);
        if (im.verdict != cases[i].verdict)
            fail_msg("%s: %s", cases[i].typed, verdict_name(im.verdict));
    }
}

static void test_words(void **state)
{
    static const struct {
        const char *before, *after, *runs;
    } cases[] = {
        {"a b c", "a b c", "=a b c"},
        {"", "a b", "+a b"},
        {"a b", "", "-a b"},
        {"of the foregut NOS", "of the foregut, unspecified", "=of the|-foregut NOS|+foregut, unspecified"},
        {"a b c d", "a x c", "=a|-b|+x|=c|-d"},
        {"code (T81.4)", "code also (T81.4)", "=code|+also|=(T81.4)"},
    };
    struct arena a = {0};
    struct buf said = {0};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct word_run *runs;
        size_t n;
        changes_words(cases[i].before, cases[i].after, &a, &runs, &n);
        buf_clear(&said);
        for (size_t k = 0; k < n; k++)
            buf_printf(&said, "%s%c%.*s", k ? "|" : "", "=-+"[runs[k].kind], (int)runs[k].len, runs[k].text);
        assert_string_equal(buf_text(&said), cases[i].runs);
    }
    assert_true(changes_likeness("a b c d", "a b x d") > 0.7);
    assert_true(changes_likeness("a b", "c d") < 0.1);
    buf_free(&said);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order), cmocka_unit_test(test_parts), cmocka_unit_test(test_marks), cmocka_unit_test(test_unknown), cmocka_unit_test(test_life),
        cmocka_unit_test(test_impact), cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests(tests, fixture_setup, fixture_teardown);
}
