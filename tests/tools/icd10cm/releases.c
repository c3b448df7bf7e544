/* The official releases: counts, the book's order and nesting, notes, and where order file and Tabular disagree. */
#include "tests/support.h"

#include <string.h>

#include "help.h"

#define DATA TEST_SHARED "/data/icd10cm/"

struct counted {
    const char *folder, *release;
    size_t rows, billable, sections, notes; /* notes and sections 0: titles only */
    size_t families;                        /* told otherwise by titles than by definitions */
    const char *report;
};

static const struct counted releases[] = {
    {DATA "FY2016", "FY2016", 91737, 69823, 291, 21616, 0, ""},
    {DATA "FY2017", "FY2017", 93830, 71486, 295, 22312, 0, ""},
    {DATA "FY2018", "FY2018", 94127, 71704, 0, 0, 0, ""},
    {DATA "FY2019", "FY2019", 94444, 71932, 0, 0, 0, ""},
    {DATA "FY2021-Jan", "FY2021-JAN", 95358, 72621, 296, 23389, 20,
     "codes that the Tabular's 7th characters would give but the order file, which rules, lacks: 72 (S06.1X7D, "
     "S06.1X7S, S06.1X8D, ...)\n"
     "codes that the Tabular puts under another code than their prefix, which rules: 1 (H54.512A)\n"},
    {DATA "FY2024", "FY2024", 97296, 74044, 0, 0, 0, ""},
    {DATA "FY2024-Apr", "FY2024-APR", 97296, 74044, 0, 0, 0, ""},
    {DATA "FY2025", "FY2025", 97584, 74260, 0, 0, 0, ""},
    {DATA "FY2025-Apr", "FY2025-APR", 97584, 74260, 296, 24908, 31,
     "codes that the Tabular's 7th characters would give but the order file, which rules, lacks: 76 (S06.1X7D, "
     "S06.1X7S, S06.1X8D, ...)\n"},
};

static size_t count_kind(const struct edition *ed, enum kind first, enum kind last)
{
    size_t n = 0;
    for (size_t i = 0; i < ed->entries.len; i++) {
        n += ed->entries.items[i].kind >= first && ed->entries.items[i].kind <= last;
    }
    return n;
}

/* Every entry comes after its parent and hangs from a chapter. */
static void assert_sound(const struct edition *ed)
{
    for (size_t i = 0; i < ed->entries.len; i++) {
        const struct ed_entry *e = &ed->entries.items[i];
        assert_true(e->parent == NO_PARENT ? e->kind == KIND_CHAPTER : (size_t)e->parent < i);
    }
}

/* The outline gives an order file alone the book that the Tabular gives it, to the last entry; titles tell the
 * families. */
static void assert_outline_agrees(const struct edition *full, const struct counted *want)
{
    struct buf report = {0};
    struct edition *alone = read_folder(want->folder, want->release, WITH_ORDER, NULL, &report);
    size_t families = 0;
    assert_int_equal(full->entries.len, alone->entries.len);
    for (size_t i = 0; i < full->entries.len; i++) {
        const struct ed_entry *a = &full->entries.items[i], *b = &alone->entries.items[i];
        assert_int_equal(a->kind, b->kind);
        assert_string_equal(a->code, b->code);
        assert_int_equal(a->parent, b->parent);
        assert_string_equal(a->title, b->title);
        families += a->family != b->family;
    }
    assert_int_equal(families, want->families);
    edition_free(alone);
    buf_free(&report);
}

static void counts_agree(void **state)
{
    if (!have_releases()) {
        skip();
    }
    for (size_t r = 0; r < sizeof releases / sizeof *releases; r++) {
        const struct counted *want = &releases[r];
        struct buf report = {0};
        struct edition *ed = read_folder(want->folder, want->release, WITH_ORDER | WITH_TABULAR, NULL, &report);
        size_t billable = 0;
        for (size_t i = 0; i < ed->entries.len; i++) {
            billable += ed->entries.items[i].billable;
        }
        assert_int_equal(count_kind(ed, KIND_CATEGORY, KIND_CODE), want->rows);
        assert_int_equal(billable, want->billable);
        assert_int_equal(ed->notes.len, want->notes);
        if (want->sections > 0) {
            assert_int_equal(count_kind(ed, KIND_SECTION, KIND_SECTION), want->sections);
            assert_outline_agrees(ed, want);
        }
        assert_string_equal(buf_text(&report), want->report);
        assert_sound(ed);
        edition_free(ed);
        buf_free(&report);
    }
    (void)state;
}

static void fy2017_is_as_in_the_book(void **state)
{
    static const struct {
        const char *code, *path;
    } paths[] = {
        {"S52502A", "19 > S50-S59 > S52 > S525 > S5250 > S52502 > S52502A"},
        {"T2000XA", "19 > T07-T88 > T20-T32 > T20-T25 > T20 > T200 > T2000 > T2000XA"},
        {"V0001XA", "20 > V00-X58 > V00-V99 > V00-V09 > V00 > V000 > V0001 > V0001XA"},
        {"Y620", "20 > Y62-Y84 > Y62-Y69 > Y62 > Y620"},
        {"C7A00", "2 > C00-C96 > C7A > C7A > C7A0 > C7A00"},
        {"M1A", "13 > M00-M25 > M05-M14 > M1A"},
        {"B998", "1 > B99 > B99 > B998"},
    };
    if (!have_releases()) {
        skip();
    }
    struct buf report = {0}, text = {0};
    struct edition *ed = read_folder(DATA "FY2017", "FY2017", WITH_ORDER | WITH_TABULAR, NULL, &report);
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        assert_string_equal(path_of(ed, find_code(ed, paths[i].code), &text), paths[i].path);
    }
    notes_of(ed, find_code(ed, "S52"), &text);
    assert_non_null(strstr(text.text, "excludes1: traumatic amputation of forearm (S58.-)\n"));
    assert_non_null(strstr(text.text, "excludes2: fracture at wrist and hand level (S62.-)\n"));
    assert_non_null(strstr(text.text, "seventh_note: "));
    notes_of(ed, find_section(ed, "T20-T32"), &text);
    assert_non_null(strstr(text.text, "includes: "));
    assert_non_null(strstr(text.text, "excludes2: "));
    size_t m1a = find_code(ed, "M1A"), m10 = find_code(ed, "M10");
    assert_string_equal(ed->entries.items[m1a - 1].code, "M0899");
    assert_true(m1a < m10);
    size_t characters = 0;
    for (size_t i = 0; i < ed->sevenths.len; i++) {
        const struct ed_seventh *s = &ed->sevenths.items[i];
        if (s->entry == find_code(ed, "S52")) {
            characters++;
            assert_string_equal(s->note, s->ch == 'B' ? "initial encounter for open fracture NOS" : "");
        }
    }
    assert_int_equal(characters, 16);
    assert_string_equal(ed->entries.items[find_code(ed, "H8101")].printed,
                        "M\xc3\xa9ni\xc3\xa8re's disease, right ear");
    edition_free(ed);
    buf_free(&report);
    buf_free(&text);
    (void)state;
}

static void seven_characters_are_not_a_family_by_themselves(void **state)
{
    static const struct {
        const char *code;
        bool family;
    } want[] = {
        {"H540X33", false}, {"C441021", false}, {"T868401", false},
        {"S52502A", true},  {"M1A00X0", true},  {"H54512A", false},
    };
    if (!have_releases()) {
        skip();
    }
    struct buf report = {0};
    struct edition *ed = read_folder(DATA "FY2021-Jan", "FY2021-JAN", WITH_ORDER | WITH_TABULAR, NULL, &report);
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        assert_int_equal(ed->entries.items[find_code(ed, want[i].code)].family, want[i].family);
    }
    assert_string_equal(ed->entries.items[ed->entries.items[find_code(ed, "H54512A")].parent].code, "H5451");
    edition_free(ed);
    buf_free(&report);
    (void)state;
}

static void files_may_come_one_by_one(void **state)
{
    if (!have_releases()) {
        skip();
    }
    const char *folder = DATA "FY2021-Jan", *release = "FY2021-JAN";
    struct buf report = {0}, want = {0}, got = {0}, again = {0};
    struct edition *both = read_folder(folder, release, WITH_ORDER | WITH_TABULAR | WITH_BOOKS, NULL, &report);
    struct edition *titles = read_folder(folder, release, WITH_ORDER, NULL, &report);
    struct edition *books = read_folder(folder, release, WITH_BOOKS, titles, &report);
    struct edition *later = read_folder(folder, release, WITH_TABULAR, books, &report);
    struct edition *replaced = read_folder(folder, release, WITH_ORDER, later, &report);
    dump_edition(both, &want);
    dump_edition(later, &got);
    dump_edition(replaced, &again);
    assert_int_equal(want.len, got.len);
    assert_memory_equal(want.text, got.text, want.len);
    assert_int_equal(want.len, again.len);
    assert_memory_equal(want.text, again.text, want.len);
    edition_free(both);
    edition_free(titles);
    edition_free(books);
    edition_free(later);
    edition_free(replaced);
    buf_free(&report);
    buf_free(&want);
    buf_free(&got);
    buf_free(&again);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_agree),
        cmocka_unit_test(fy2017_is_as_in_the_book),
        cmocka_unit_test(seven_characters_are_not_a_family_by_themselves),
        cmocka_unit_test(files_may_come_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
