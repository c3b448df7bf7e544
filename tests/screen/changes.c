/* changes.c - what changed between two releases, the life of a code, marks in the book, dates that no release covers, and a
 * shelf replaced while it is read; as the screen shows it. */
#include "support.h"

#include <stdio.h>
#include <string.h>

#include "codeshelf/calendar.h"
#include "codeshelf/edition.h"
#include "codeshelf/store.h"
#include "fixture.h"

#define BILLABLE 1u
#define OLD 2u /* only the earlier release has it, */
#define NOW 4u /* or only the later one */

/* The titles of FY2025; where FY2024 words it otherwise, that follows. */
static const struct {
    enum kind kind;
    const char *code;
    int parent;
    unsigned flags;
    const char *title, *before;
} rows[] = {
    {KIND_CHAPTER, "1", NO_PARENT, 0, "Certain infectious and parasitic diseases (A00-B99)", NULL},
    {KIND_SECTION, "A00-A09", 0, 0, "Intestinal infectious diseases (A00-A09)", NULL},
    {KIND_CATEGORY, "A00", 1, 0, "Cholera", NULL},
    {KIND_CODE, "A000", 2, BILLABLE, "Cholera due to Vibrio cholerae 01, biovar cholerae", NULL},
    {KIND_CODE, "A009", 2, BILLABLE, "Cholera, unspecified", "Cholera, not otherwise specified"},
    {KIND_CATEGORY, "A01", 1, 0, "Typhoid fever", NULL}, /* billable in FY2024 */
    {KIND_CODE, "A010", 5, BILLABLE | NOW, "Typhoid fever, unspecified", NULL},
    {KIND_CATEGORY, "A02", 1, BILLABLE | OLD, "Salmonella infection", NULL},
    {KIND_CHAPTER, "2", NO_PARENT, 0, "Neoplasms (C00-D49)", NULL},
    {KIND_SECTION, "C00-C14", 8, 0, "Malignant neoplasms of lip (C00-C14)", NULL},
    {KIND_CATEGORY, "C00", 9, BILLABLE | NOW, "Malignant neoplasm of lip", NULL},
};
enum { ROWS = sizeof rows / sizeof rows[0] };

static struct edition *make_edition(const char *name, bool now)
{
    struct edition *ed = edition_new(SET_ICD10CM, name, calendar_from(SET_ICD10CM, name));
    struct ed_source source = {.component = COMP_CODES, .name = "codes.txt", .bytes = 42, .imported = 1};
    int32_t at[ROWS];

    memset(source.sha256, now ? 'b' : 'a', SHA256_TEXT - 1);
    VEC_PUSH(&ed->sources, source);
    for (int i = 0; i < ROWS; i++) {
        if (rows[i].flags & (now ? OLD : NOW)) {
            continue;
        }
        const char *title = !now && rows[i].before != NULL ? rows[i].before : rows[i].title;
        bool billable = (rows[i].flags & BILLABLE) != 0 || (!now && strcmp(rows[i].code, "A01") == 0);

        at[i] = (int32_t)ed->entries.len;
        VEC_PUSH(&ed->entries, ((struct ed_entry){rows[i].kind, rows[i].code,
                                                  rows[i].parent == NO_PARENT ? NO_PARENT : at[rows[i].parent], billable, false,
                                                  title, NULL, "", 0, 0}));
    }
    VEC_PUSH(&ed->notes, ((struct ed_note){2, NOTE_EXCLUDES1, now ? "carrier of cholera (Z22.1)" : "cholera carrier (Z22.1)"}));
    ed->coverage = 1u << COMP_CODES | 1u << COMP_TABULAR;
    VEC_PUSH(&ed->terms, ((struct ed_term){COMP_INDEX, 0, "Cholera", "", now ? "A00.9" : "A00.0", "", "", "", "", ""}));
    ed->coverage |= 1u << COMP_INDEX;
    return ed;
}

static void put(const char *path, const char *first, const char *second)
{
    struct store *store;
    struct error err = {0};

    assert_int_equal(store_open(path, &store, &err), ST_OK);
    store_put(store, make_edition(first, false));
    if (second != NULL) {
        store_put(store, make_edition(second, true));
    }
    assert_int_equal(store_publish(store, NULL, NULL, &err), ST_OK);
    store_close(store);
}

static int make_shelf(void **state)
{
    fixture_make(state);
    command("rm '%s'", fixture_shelf());
    put(fixture_shelf(), "FY2024", "FY2025");
    return 0;
}

static void changes_from_list_to_book_and_back(void **state)
{
    struct screen *s = open_at(24, 80, NULL);

    (void)state;
    screen_send(s, TAB "C");
    screen_expect(s, " ICD-10-CM FY2024 to FY2025");
    screen_expect(s, "! not everything can be told");
    screen_expect(s, " all 7  added 2  deleted 1  demoted 1  reworded 2  renoted 1");
    screen_expect(s, " neither FY2024's nor FY2025's External Cause Index is loaded");
    screen_expect(s, " ch. 1  Certain infectious and parasitic diseases (A00-B99)");
    screen_expect(s, ">renoted     A00      Excludes1 (2 codes): ");
    screen_expect(s, " reworded    A00.9    Cholera, [-not otherwise specified-]{+unspecified+}");
    screen_expect(s, " demoted     A01      Typhoid fever");
    screen_expect(s, " deleted     A02      Salmonella infection");
    screen_send(s, "lip");
    screen_expect(s, "1 of 7 changes");
    screen_expect(s, ">added       C00 ");
    screen_gone(s, "Typhoid");
    screen_send(s, "\025unspec");
    screen_expect(s, "2 of 7 changes");
    screen_expect(s, ">reworded    A00.9");
    screen_send(s, DOWN);
    screen_expect(s, ">added       A01.0");
    screen_send(s, "\033OA" ENTER);
    screen_expect(s, " ch. 1 › A00-A09 › A00");
    screen_expect(s, "  FY2024                                │ FY2025");
    screen_expect(s, "  Cholera, [-not otherwise specified-]  │ Cholera, {+unspecified+}");
    screen_send(s, ENTER);
    screen_expect(s, "> A00.9  ▲ Cholera, unspecified");
    screen_expect(s, " ▲ revised since FY2024  from above: A00 Exclude…");
    screen_send(s, "<");
    screen_expect(s, "[-not otherwise specified-]");
    screen_send(s, "]");
    screen_expect(s, "not in this release                   │ Typhoid fever, unspecified");
    screen_send(s, ESC);
    screen_expect(s, ">added       A01.0");
    screen_expect(s, "2 of 7 changes"); /* the filter is as it was */
    screen_send(s, ESC);
    screen_expect(s, "Outline");
    quit(s);
}

static void changes_by_kind_and_chapter(void **state)
{
    struct screen *s = open_at(24, 80, NULL);
    char click[24];

    (void)state;
    screen_send(s, TAB "C");
    screen_expect(s, " all 7");
    screen_send(s, RIGHT); /* from the box as well, and back */
    screen_expect(s, "2 of 7 changes");
    screen_send(s, LEFT);
    screen_expect(s, "  7 changes");
    screen_send(s, TAB RIGHT RIGHT);
    screen_expect(s, ">deleted     A02");
    screen_gone(s, " added       A01.0");
    screen_send(s, ENTER);
    screen_expect(s, "FY2025, which is in force, does not have it");
    screen_send(s, "c");
    screen_expect(s, "A02  Salmonella infection");
    screen_expect(s, "FY2024 is the last release that has it.");
    screen_send(s, "<<");
    screen_expect(s, ">deleted     A02");
    screen_send(s, "\033[<0;10;5M\033[<0;10;5m"); /* the mouse on "added" */
    screen_expect(s, "2 of 7 changes");
    screen_expect(s, " added       C00");
    snprintf(click, sizeof click, "\033[<0;10;%dM", screen_find(s, " added       C00") + 1);
    screen_send(s, click); /* and on the second of them */
    screen_expect(s, ">added       C00");
    screen_send(s, "h]");
    screen_expect(s, ">reworded    Cholera: [-A00.0-]{+A00.9+}");
    screen_send(s, "[");
    screen_expect(s, ">added       C00");
    screen_send(s, END ENTER ENTER);
    screen_expect(s, ">Cholera  A00.9");
    screen_send(s, "C" TAB "{");
    screen_expect(s, "no other release of ICD-10-CM is loaded that way");
    screen_send(s, "@2024-02-03" ENTER);
    screen_expect(s, "No release before FY2024 is loaded: there is nothing to compare it with.");
    quit(s);
}

static void changes_on_a_small_screen(void **state)
{
    struct screen *s = open_with(10, 40, (const char *[]){"NO_COLOR=1", NULL}, "--ascii", NULL);
    const char *raw;
    size_t n;

    (void)state;
    screen_send(s, TAB "Cunspec");
    screen_expect(s, ">rewo~ A00.9 Cholera, [-not otherwise s~");
    screen_expect(s, "! not all");
    screen_send(s, ENTER DOWN DOWN DOWN DOWN);
    screen_expect(s, "   FY2024: Cholera, [-not otherwise");
    screen_expect(s, "   FY2025: Cholera, {+unspecified+}");
    raw = screen_raw(s, &n);
    for (size_t i = 0; i < n; i++) {
        assert_true((unsigned char)raw[i] < 0x80);
    }
    screen_resize(s, 50, 160);
    screen_expect(s, "| Cholera, {+unspecified+}");
    quit(s);
}

static void the_life_of_a_code(void **state)
{
    struct screen *s = open_at(24, 100, "a00.9");

    (void)state;
    screen_expect(s, ">A00.9");
    screen_send(s, ENTER "c");
    screen_expect(s, "History over the loaded releases");
    screen_expect(s, "FY2024      the oldest release loaded has it: Cholera, not");
    screen_expect(s, "FY2025      reworded: Cholera, [-not otherwise");
    screen_expect(s, "renoted at A00: Excludes1");
    screen_expect(s, "FY2025 has it, the newest loaded.");
    screen_send(s, "c");
    screen_expect(s, "> A00.9");
    screen_send(s, "/" TAB "c"); /* on a result */
    screen_expect(s, "History over the loaded releases");
    screen_send(s, "icholera" ENTER "<" "c"); /* on a row of the index, by its code */
    screen_expect(s, "A00.9  Cholera, unspecified");
    screen_expect(s, "History over the loaded releases");
    quit(s);
}

static void an_entry_that_the_release_lacks(void **state)
{
    struct screen *s = open_at(24, 80, "a01.0");

    (void)state;
    screen_expect(s, ">A01.0");
    screen_send(s, ENTER "v");
    screen_expect(s, "billable in FY2025");
    screen_send(s, "@2024-02-03" ENTER);
    screen_expect(s, " A01.0 is not in FY2024");
    screen_send(s, "@" ENTER);
    screen_expect(s, "billable in FY2025");
    quit(s);
}

static void marks_in_the_book(void **state)
{
    struct screen *s = open_at(24, 80, "a01");

    (void)state;
    screen_expect(s, ">A01");
    screen_send(s, ENTER "o");
    screen_expect(s, ">A01- ▼ Typhoid fever");
    screen_expect(s, " A01.0  ● Typhoid fever, unspecified");
    screen_expect(s, " A00.0  Cholera due to"); /* as it was */
    screen_expect(s, " ▼ a header now, billable before in FY2024");
    screen_expect(s, ">    A01 ▼ Typhoid fever"); /* in the outline */
    quit(s);
    s = open_with(24, 80, NULL, "--ascii", "a01");
    screen_expect(s, "A01- ! Typhoid fever");
    screen_expect(s, " A01.0  * Typhoid fever, unspecified");
    screen_send(s, TAB "@2024-02-03" ENTER);
    screen_gone(s, "* Typhoid"); /* nothing came before FY2024 */
    screen_send(s, "?" END);
    screen_expect(s, " * new, ^ revised");
    quit(s);
}

static void dates_that_no_release_covers(void **state)
{
    static const char *const cases[][2] = {
        {"2020-01-01", "ICD-10-CM: no release loaded for 2020-01-01; showing FY2024, from 2023-10-01"},
        {"2024-06-01", "ICD-10-CM: no release loaded for 2024-06-01; showing FY2024, ended 2024-03-31"},
        {"1/1/2026", "ICD-10-CM: no release loaded for 2026-01-01; showing FY2025, ended 2025-03-31"}, /* as charts write it */
    };
    struct screen *s = open_at(24, 90, NULL);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        screen_send(s, TAB "@");
        screen_expect(s, "Date of service");
        screen_send(s, cases[i][0]);
        screen_send(s, ENTER);
        screen_expect(s, cases[i][1]);
        screen_expect(s, i < 2 ? "ICD-10-CM FY2024!" : "ICD-10-CM FY2025!");
    }
    screen_resize(s, 24, 76); /* whole at any width */
    screen_expect(s, " ICD-10-CM: none loaded for 2026-01-01; showing FY2025, ended 2025-03-31");
    screen_resize(s, 24, 60);
    screen_expect(s, " ICD-10-CM: showing FY2025, ended 2025-03-31");
    screen_send(s, "@2023-10-01" ENTER);
    screen_gone(s, "ICD-10-CM: showing");
    quit(s);
}

static void a_new_shelf_keeps_the_place(void **state)
{
    struct screen *s = open_at(24, 80, "cholera");
    char fresh[200];

    (void)state;
    screen_expect(s, ">A00.9");
    screen_send(s, DOWN DOWN TAB);
    screen_expect(s, ">A00.0");
    snprintf(fresh, sizeof fresh, "%s/fresh.db", fixture_folder());
    put(fresh, "FY2023", NULL);
    put(fresh, "FY2024", "FY2025");
    command("mv '%s' '%s'", fresh, fixture_shelf());
    screen_send(s, "7");
    screen_expect(s, "a newer shelf is there: R reopens it");
    screen_send(s, "R");
    screen_gone(s, "a newer shelf");
    screen_expect(s, ">A00.0");
    screen_expect(s, "> A00.0");
    screen_expect(s, " Search: cholera");
    command("mv '%s' '%s.away'", fixture_shelf(), fixture_shelf()); /* gone, with nothing in its place */
    screen_send(s, "7");
    screen_gone(s, "a newer shelf");
    command("mv '%s.away' '%s'", fixture_shelf(), fixture_shelf());
    screen_send(s, "C" TAB "{"); /* FY2023 is there */
    screen_expect(s, " ICD-10-CM FY2023 to FY2024");
    screen_send(s, "})");
    screen_expect(s, " ICD-10-CM FY2024 to FY2025");
    screen_send(s, "(");
    screen_expect(s, " ICD-10-CM FY2023 to FY2025");
    quit(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_from_list_to_book_and_back), cmocka_unit_test(changes_by_kind_and_chapter),
        cmocka_unit_test(changes_on_a_small_screen),          cmocka_unit_test(the_life_of_a_code),
        cmocka_unit_test(an_entry_that_the_release_lacks),    cmocka_unit_test(marks_in_the_book),                  cmocka_unit_test(dates_that_no_release_covers),
        cmocka_unit_test(a_new_shelf_keeps_the_place),
    };

    return cmocka_run_group_tests(tests, make_shelf, fixture_remove);
}
