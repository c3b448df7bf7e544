/* Notes that apply, 7th characters, facts: whose they are and of which release. */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

static void test_effective(void **state)
{
    static const struct {
        const char *from;
        enum note_kind kind;
        const char *text;
    } want[] = {
        {"S525", NOTE_EXCLUDES2, "physeal"}, {"S52", NOTE_NOTE, "not indicated as open"}, {"S52", NOTE_EXCLUDES1, "amputation"},
        {"S50-S59", NOTE_EXCLUDES2, "frostbite"}, {"19", NOTE_EXCLUDES1, "birth trauma"},
    };
    struct fixture *f = *state;
    const struct entry e = fixture_entry(f, SET_ICD10CM, "S52502A");
    const struct note *notes;
    size_t n;

    assert_int_equal(shelf_effective_notes(f->shelf, &e, &f->arena, &notes, &n, &f->err), ST_OK);
    assert_int_equal(n, sizeof want / sizeof *want);
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(notes[i].from_code, want[i].from);
        assert_int_equal(notes[i].kind, want[i].kind);
        assert_non_null(strstr(notes[i].text, want[i].text));
        assert_null(notes[i].release);
        struct entry at;
        assert_int_equal(shelf_entry_at(f->shelf, SET_ICD10CM, notes[i].from, &f->arena, &at, &f->err), ST_OK);
        assert_string_equal(at.code, want[i].from);
        assert_int_equal(at.kind, notes[i].from_kind);
    }
    assert_int_equal(shelf_notes(f->shelf, &e, &f->arena, &notes, &n, &f->err), ST_OK);
    assert_int_equal(n, 0);
    const struct entry s52 = fixture_entry(f, SET_ICD10CM, "S52");
    assert_int_equal(shelf_notes(f->shelf, &s52, &f->arena, &notes, &n, &f->err), ST_OK);
    assert_int_equal(n, 2);
}

static size_t count_notes(struct fixture *f, const char *code, const char *release)
{
    const struct entry e = fixture_entry(f, SET_ICD10CM, code);
    const struct note *notes;
    size_t n;

    assert_int_equal(shelf_effective_notes(f->shelf, &e, &f->arena, &notes, &n, &f->err), ST_OK);
    for (size_t i = 0; i < n; i++)
        assert_string_equal(notes[i].release ? notes[i].release : "own", release);
    return n;
}

/* A release without a Tabular has no notes until another's are asked for, and those say whose they are. */
static void test_borrowed(void **state)
{
    struct fixture *f = *state;
    struct seventh seventh;

    assert_int_equal(shelf_as_of(f->shelf, 20180101, &f->err), ST_OK);
    assert_null(shelf_notes_release(f->shelf, SET_ICD10CM));
    assert_int_equal(count_notes(f, "S52502A", "own"), 0);
    assert_int_equal(shelf_borrow_notes(f->shelf, SET_ICD10CM, "FY2018", &f->err), ST_NONE);
    assert_int_equal(shelf_borrow_notes(f->shelf, SET_ICD10CM, "FY1999", &f->err), ST_NONE);
    assert_int_equal(shelf_borrow_notes(f->shelf, SET_ICD10CM, "fy2017", &f->err), ST_OK);
    assert_string_equal(shelf_notes_release(f->shelf, SET_ICD10CM)->name, "FY2017");
    assert_int_equal(count_notes(f, "S52502A", "FY2017"), 5);
    const struct entry e = fixture_entry(f, SET_ICD10CM, "S52502A");
    assert_int_equal(shelf_seventh(f->shelf, &e, false, &f->arena, &seventh, &f->err), ST_OK);
    assert_int_equal(seventh.n, 3);
    assert_string_equal(seventh.release, "FY2017");
    /* A release with notes of its own never borrows. */
    assert_int_equal(shelf_as_of(f->shelf, 20160101, &f->err), ST_OK);
    assert_int_equal(count_notes(f, "S52502A", "own"), 5);
    assert_int_equal(shelf_as_of(f->shelf, 20180101, &f->err), ST_OK);
    assert_int_equal(shelf_borrow_notes(f->shelf, SET_ICD10CM, NULL, &f->err), ST_OK);
    assert_int_equal(count_notes(f, "S52502A", "own"), 0);
}

/* April shows the notes of its October release, labelled. */
static void test_april(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(shelf_as_of(f->shelf, 20250501, &f->err), ST_OK);
    assert_int_equal(count_notes(f, "S52502A", "FY2025"), 5);
}

static void test_seventh(void **state)
{
    struct fixture *f = *state;
    struct entry e = fixture_entry(f, SET_ICD10CM, "S52502A");
    struct seventh s;

    assert_int_equal(shelf_seventh(f->shelf, &e, false, &f->arena, &s, &f->err), ST_OK);
    assert_string_equal(s.from_code, "S52");
    assert_null(s.release);
    assert_int_equal(s.n, 3);
    assert_int_equal(s.chars[1].ch, 'B');
    assert_string_equal(s.chars[1].note, "Initial encounter for open fracture NOS");
    assert_int_equal(shelf_seventh(f->shelf, &e, true, &f->arena, &s, &f->err), ST_OK);
    assert_int_equal(s.n, 0);
    e = fixture_entry(f, SET_ICD10CM, "S52521A"); /* the nearer definition replaces the other */
    assert_int_equal(shelf_seventh(f->shelf, &e, false, &f->arena, &s, &f->err), ST_OK);
    assert_string_equal(s.from_code, "S52521");
    assert_int_equal(s.n, 1);
    e = fixture_entry(f, SET_ICD10CM, "E119");
    assert_int_equal(shelf_seventh(f->shelf, &e, false, &f->arena, &s, &f->err), ST_OK);
    assert_int_equal(s.n, 0);
}

static void test_facts(void **state)
{
    struct fixture *f = *state;
    const struct fact *facts;
    size_t n;

    assert_int_equal(shelf_as_of(f->shelf, 20190101, &f->err), ST_OK);
    const struct entry e = fixture_entry(f, SET_HCPCS, "J0001");
    assert_int_equal(shelf_facts(f->shelf, &e, &f->arena, &facts, &n, &f->err), ST_OK);
    assert_int_equal(n, 1);
    assert_string_equal(facts[0].name, "coverage");
    assert_string_equal(facts[0].value, "C");
    assert_string_equal(facts[0].label, "Coverage");
    assert_string_not_equal(facts[0].words, "");
    assert_int_equal(shelf_as_of(f->shelf, 20180101, &f->err), ST_OK);
    const struct entry before = fixture_entry(f, SET_HCPCS, "J0001");
    assert_int_equal(shelf_facts(f->shelf, &before, &f->arena, &facts, &n, &f->err), ST_OK);
    assert_int_equal(n, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_effective), TEST(test_borrowed), TEST(test_april), TEST(test_seventh), TEST(test_facts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
