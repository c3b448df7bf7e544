/* The shelf on official releases, where ../shared has them: the whole book in the order file's order, the notes of a code as
 * a coder expects them, search that answers while someone types. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RELEASE TEST_SHARED "/data/icd10cm/FY2017"

static char path[64];

static int make_shelf(void **state)
{
    char command[1024];

    (void)state;
    if (access(RELEASE, R_OK) != 0)
        return 0;
    snprintf(path, sizeof path, "/tmp/codeshelf-real-XXXXXX");
    const int fd = mkstemp(path);
    if (fd < 0)
        return -1;
    close(fd);
    unlink(path);
    snprintf(command, sizeof command, "'%s/codeshelf-import' --shelf %s '%s' >/dev/null", TEST_TOOLS, path, RELEASE);
    return system(command);
}

static int remove_shelf(void **state)
{
    char lock[96];

    (void)state;
    if (path[0]) {
        unlink(path);
        snprintf(lock, sizeof lock, "%s.lock", path);
        unlink(lock);
    }
    return 0;
}

static struct shelf *open_shelf(void)
{
    struct shelf *s = NULL;
    struct error err;

    if (!path[0]) {
        print_message("SKIPPED: official releases, no ../shared\n");
        skip();
    }
    if (shelf_open(path, &s, &err) != ST_OK)
        fail_msg("%s", err.text);
    assert_int_equal(shelf_as_of(s, 20170101, &err), ST_OK);
    return s;
}

/* Parents stand before their children, every subtree is one stretch, and every code is found again at its place. */
static void test_whole_book(void **state)
{
    struct shelf *s = open_shelf();
    struct arena arena = {0};
    struct error err;
    const uint32_t n = shelf_book_size(s, SET_ICD10CM);
    size_t rows = 0, billable = 0;

    (void)state;
    for (uint32_t place = 0; place < n; place++) {
        struct entry e, again;
        assert_int_equal(shelf_entry_at(s, SET_ICD10CM, place, &arena, &e, &err), ST_OK);
        assert_true(e.parent == PLACE_NONE ? e.kind == KIND_CHAPTER : e.parent < place);
        if (e.kind == KIND_CATEGORY)
            assert_true(shelf_subtree_end(s, SET_ICD10CM, place) <= shelf_subtree_end(s, SET_ICD10CM, e.parent));
        if (e.kind != KIND_CHAPTER && e.kind != KIND_SECTION) {
            rows++;
            billable += e.billable;
            assert_int_equal(shelf_lookup(s, SET_ICD10CM, e.code, &arena, &again, &err), ST_OK);
            assert_int_equal(again.place, place);
        }
        if (place % 4096 == 0)
            arena_free(&arena);
    }
    assert_int_equal(rows, 93830); /* of the order file */
    assert_int_equal(billable, 71486);
    assert_int_equal(shelf_subtree_end(s, SET_ICD10CM, n - 1), n);
    arena_free(&arena);
    shelf_close(s);
}

static void test_effective_notes(void **state)
{
    static const struct {
        const char *from;
        enum note_kind kind;
        const char *text;
    } want[] = {
        {"S525", NOTE_EXCLUDES2, "physeal fractures"}, {"S52", NOTE_NOTE, "Gustilo"}, {"S52", NOTE_EXCLUDES1, "S58.-"},
        {"S52", NOTE_EXCLUDES2, "S62.-"},              {"S50-S59", NOTE_EXCLUDES2, "frostbite"},
        {"19", NOTE_EXCLUDES1, "birth trauma"},        {"19", NOTE_USE_ADDITIONAL, "Z18.-"},
    };
    struct shelf *s = open_shelf();
    struct arena arena = {0};
    struct error err;
    struct entry e;
    struct seventh seventh;
    const struct note *notes;
    size_t n;

    (void)state;
    assert_int_equal(shelf_find(s, SET_COUNT, "s52.502a", &arena, &e, &err), ST_OK);
    assert_int_equal(shelf_effective_notes(s, &e, &arena, &notes, &n, &err), ST_OK);
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        bool found = false;
        for (size_t k = 0; k < n && !found; k++)
            found = notes[k].kind == want[i].kind && strcmp(notes[k].from_code, want[i].from) == 0
                    && strstr(notes[k].text, want[i].text);
        if (!found)
            fail_msg("no note of %s with %s", want[i].from, want[i].text);
    }
    for (size_t k = 1; k < n; k++)
        assert_true(notes[k].from <= notes[k - 1].from); /* nearest first */
    assert_int_equal(shelf_seventh(s, &e, false, &arena, &seventh, &err), ST_OK);
    assert_string_equal(seventh.from_code, "S52");
    assert_int_equal(seventh.n, 16);
    arena_free(&arena);
    shelf_close(s);
}

static void test_search(void **state)
{
    static const struct {
        const char *text, *among_first; /* three */
    } cases[] = {
        {"malaria", "B54"},
        {"type 2 diabetes without complications", "E119"},
        {"fracture lower end left radius initial closed", "S52502A"},
        {"meniere's disease", "H8109"},
        {"hypertension", "I10"},
        {"appendicitis", "K37"},
    };
    struct shelf *s = open_shelf();
    struct arena arena = {0};
    struct error err;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct query q = {.text = cases[i].text, .set = SET_COUNT, .limit = 3};
        struct hits hits;
        bool found = false;
        assert_int_equal(shelf_search(s, &q, &arena, &hits, &err), ST_OK);
        for (size_t k = 0; k < hits.n; k++)
            found |= strcmp(hits.items[k].entry.code, cases[i].among_first) == 0;
        if (!found)
            fail_msg("%s: %s first, %s not among three", cases[i].text, hits.n ? hits.items[0].entry.code : "nothing",
                     cases[i].among_first);
    }
    arena_free(&arena);
    shelf_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_book),
        cmocka_unit_test(test_effective_notes),
        cmocka_unit_test(test_search),
    };
    return cmocka_run_group_tests(tests, make_shelf, remove_shelf);
}
