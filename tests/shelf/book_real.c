/* The books of official releases, where ../shared has them: every see of FY2017 followed, look-ups a coder makes, who mentions
 * a code, the guidelines of FY2025. CODESHELF_SHOW_LOST=1 prints each see that leads nowhere. */
#include "bookshelf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ICD TEST_SHARED "/data/icd10cm/"

static int setup(void **state)
{
    struct bookshelf *b = mem_alloc(sizeof *b);
    char command[1024];

    *state = b;
    if (access(ICD "FY2017", R_OK) != 0)
        return 0;
    snprintf(b->folder, sizeof b->folder, "/tmp/codeshelf-book-XXXXXX");
    if (!mkdtemp(b->folder))
        return -1;
    snprintf(b->path, sizeof b->path, "%s/shelf.db", b->folder);
    snprintf(command, sizeof command, "'%s/codeshelf-import' --shelf %s '%s' '%s' >/dev/null", TEST_TOOLS, b->path,
             ICD "FY2017", ICD "FY2025");
    if (system(command) != 0 || shelf_open(b->path, &b->shelf, &b->err) != ST_OK)
        return -1;
    return shelf_as_of(b->shelf, 20170101, &b->err) == ST_OK ? 0 : -1;
}

static int teardown(void **state)
{
    struct bookshelf *b = *state;
    char command[160];

    shelf_close(b->shelf);
    arena_free(&b->arena);
    snprintf(command, sizeof command, "rm -rf '%s'", b->folder);
    const int code = b->folder[0] ? system(command) : 0;
    free(b);
    return code;
}

static struct bookshelf *need(void **state)
{
    struct bookshelf *b = *state;

    if (!b->shelf) {
        print_message("SKIPPED: books of official releases, no ../shared\n");
        skip();
    }
    return b;
}

struct tally {
    size_t kinds[LAND_NOWHERE + 1], all;
    bool show;
};

static void follow_list(struct bookshelf *b, const struct term *t, const char *list, struct tally *tally)
{
    struct landing to;

    while (*list) {
        const size_t n = strcspn(list, "\n");
        const char *see = arena_strndup(&b->arena, list, n);
        assert_int_equal(terms_follow(b->shelf, t, see, &b->arena, &to, &b->err), ST_OK);
        tally->kinds[to.kind]++;
        tally->all++;
        if (to.kind == LAND_NOWHERE && tally->show)
            print_message("  %s: %s (from %s)\n", component_name(t->book), see, bookshelf_path(b, t));
        list += n + (list[n] != '\0');
    }
}

static void test_every_see(void **state)
{
    static const char *const names[] = {"exact", "by words", "neoplasm", "table", "category", "instruction", "nowhere"};
    struct bookshelf *b = need(state);
    struct tally tally = {.show = getenv("CODESHELF_SHOW_LOST") != NULL};
    size_t index_sees = 0;

    for (enum component book = COMP_INDEX; book <= COMP_DRUGS; book++) {
        const uint32_t n = terms_size(b->shelf, SET_ICD10CM, book);
        assert_true(n > 1000);
        for (uint32_t place = 0; place < n; place++) {
            struct term t;
            assert_int_equal(terms_at(b->shelf, SET_ICD10CM, book, place, &b->arena, &t, &b->err), ST_OK);
            follow_list(b, &t, t.see, &tally);
            follow_list(b, &t, t.see_also, &tally);
            index_sees += book == COMP_INDEX ? (size_t)(*t.see != '\0') + (size_t)(*t.see_also != '\0') : 0;
            follow_list(b, &t, t.see_category, &tally);
            arena_free(&b->arena);
        }
    }
    assert_int_equal(index_sees, 13683);
    for (size_t k = 0; k <= LAND_NOWHERE; k++)
        print_message("  %-12s %6zu  %5.2f %%\n", names[k], tally.kinds[k], 100.0 * (double)tally.kinds[k] / (double)tally.all);
    assert_true((double)(tally.all - tally.kinds[LAND_NOWHERE]) >= 0.99 * (double)tally.all);
    assert_true(tally.kinds[LAND_INSTRUCTION] < tally.all / 20);
}

static void test_look_ups(void **state)
{
    static const struct {
        enum component book;
        const char *words, *first, *codes;
    } cases[] = {
        {COMP_INDEX, "fracture, traumatic radius lower end", "Fracture, traumatic > radius > lower end", "S52.50-"},
        {COMP_INDEX, "diabetes type 2 with nephropathy", "Diabetes, diabetic > type 2 > with > nephropathy", "E11.21"},
        {COMP_INDEX, "colles fracture left wrist", "Colles' fracture", "S52.53-"},
        {COMP_INDEX, "kidney stone", "Stone > kidney", "N20.0"},
        {COMP_INDEX, "hypertension heart", "Hypertension, hypertensive > heart", "I11.9"},
        {COMP_INDEX, "meniere", "M\xC3\xA9ni\xC3\xA8re's disease, syndrome or vertigo", "H81.0-"},
        {COMP_EXTERNAL, "bitten by dog", "Bite, bitten by > dog", "W54.0"},
        {COMP_NEOPLASM, "breast upper-outer", "Neoplasm, neoplastic > breast > upper-outer quadrant", ""},
        {COMP_DRUGS, "digoxin", "Digoxin", ""},
    };
    struct bookshelf *b = need(state);

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct term_hits hits;
        assert_int_equal(terms_search(b->shelf, SET_ICD10CM, cases[i].book, cases[i].words, false, 10, &b->arena, &hits,
                                      &b->err),
                         ST_OK);
        const char *first = hits.n ? bookshelf_path(b, &hits.items[0]) : "nothing";
        if (strcmp(first, cases[i].first) != 0 || strcmp(hits.items[0].codes, cases[i].codes) != 0)
            fail_msg("%s: %s", cases[i].words, first);
    }
}

static void test_mentions(void **state)
{
    static const struct {
        const char *code;
        enum note_kind kind;
        const char *from;
    } cases[] = {
        {"N186", NOTE_CODE_FIRST, "D631"},       {"N186", NOTE_USE_ADDITIONAL, "I120"},
        {"N186", NOTE_USE_ADDITIONAL, "E1122"},  {"N186", NOTE_CODE_ALSO, "Z49"},
        {"N186", NOTE_EXCLUDES1, "N185"},        {"I10", NOTE_CODE_ALSO, "H350"},
        {"I10", NOTE_CODE_ALSO, "I16"},          {"I10", NOTE_USE_ADDITIONAL, "I20-I25"},
        {"I10", NOTE_USE_ADDITIONAL, "I60-I69"}, {"I10", NOTE_INCLUSION_TERM, "O100"},
        {"T360X5A", NOTE_USE_ADDITIONAL, "D521"},
    };
    struct bookshelf *b = need(state);

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct mention *mentions;
        struct entry e;
        size_t n, rows = 0;
        bool found = false;
        assert_int_equal(shelf_lookup(b->shelf, SET_ICD10CM, cases[i].code, &b->arena, &e, &b->err), ST_OK);
        assert_int_equal(refs_to(b->shelf, &e, &b->arena, &mentions, &n, &b->err), ST_OK);
        for (size_t k = 0; k < n; k++) {
            rows += mentions[k].kind == MENTION_TERM;
            found |= mentions[k].kind == MENTION_NOTE && mentions[k].note.kind == cases[i].kind
                     && strcmp(mentions[k].note.from_code, cases[i].from) == 0;
        }
        if (!found || rows == 0)
            fail_msg("%s: not at %s, or no row", cases[i].code, cases[i].from);
    }
}

static void test_guidelines(void **state)
{
    struct bookshelf *b = need(state);
    const struct bearing *found;
    struct guideline g;
    struct entry e;
    size_t n;

    assert_int_equal(shelf_as_of(b->shelf, 20241101, &b->err), ST_OK);
    assert_int_equal(guide_find(b->shelf, "I.C.4.a.3", &b->arena, &g, &b->err), ST_OK);
    assert_non_null(strstr(g.text, "Z79.4"));
    assert_int_equal(shelf_lookup(b->shelf, SET_ICD10CM, "E119", &b->arena, &e, &b->err), ST_OK);
    assert_int_equal(guide_for(b->shelf, &e, &b->arena, &found, &n, &b->err), ST_OK);
    assert_true(n > 3);
    assert_string_equal(found[0].named, "E11");
    assert_string_equal(found[n - 1].guideline.section, "I.C.4");
    assert_null(found[n - 1].named);
    assert_int_equal(shelf_as_of(b->shelf, 20170101, &b->err), ST_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_see),
        cmocka_unit_test(test_look_ups),
        cmocka_unit_test(test_mentions),
        cmocka_unit_test(test_guidelines),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
