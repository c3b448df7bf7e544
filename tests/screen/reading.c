/* reading.c - what a coder does with the browser, from start to quit, as the screen shows it. */
#include "support.h"

#include <stdio.h>
#include <string.h>

#include "fixture.h"
#include "src/browse/actions.h"

static void look_up_a_fracture(void **state)
{
    struct screen *s = open_at(24, 80, NULL);
    int y, x;

    (void)state;
    screen_expect(s, "HCPCS 2025-JAN");
    screen_expect(s, "Outline");
    screen_cursor(s, &y, &x);
    assert_int_equal(y, 2); /* in the box, under banner and warning */
    screen_send(s, "fracture lower end left radius");
    screen_expect(s, ">S52.502_");
    screen_expect(s, "rows, ");
    screen_expect(s, ">   S52.502- Unspecified fracture");
    screen_send(s, ENTER);
    screen_expect(s, "v notes that apply");
    screen_expect(s, "from above: S52.5 Excludes2");
    screen_cursor(s, &y, &x);
    assert_int_equal(x, 31); /* on the selected row of the page */
    assert_non_null(strstr(screen_row(s, y), ">   S52.502-"));
    screen_send(s, "7");
    screen_expect(s, "S52.502A  … initial encounter for closed");
    screen_send(s, "v");
    screen_expect(s, "Notes that apply, nearest");
    screen_expect(s, "not billable in FY2025");
    screen_expect(s, "from S52.5  Fracture of lower end of radius");
    screen_expect(s, "(S59.2-)");
    screen_send(s, END);
    screen_expect(s, "S  sequela");
    screen_send(s, "<");
    screen_expect(s, ">   S52.502-");
    screen_send(s, ">");
    screen_expect(s, "Notes that apply");
    screen_send(s, ESC);
    screen_gone(s, "Notes that apply, nearest");
    quit(s);
}

static void a_code_opens_in_its_family(void **state)
{
    struct screen *s = open_at(24, 80, "s52.502a");

    (void)state;
    screen_expect(s, ">    S52.502A  … initial encounter");
    screen_expect(s, "S52.502- Unspecified fracture");
    screen_send(s, ENTER ENTER); /* into the page; and a code's own page are its notes */
    screen_expect(s, "billable in FY2025");
    quit(s);
}

static void help_lists_every_action(void **state)
{
    struct screen *s = open_at(90, 160, NULL);

    (void)state;
    screen_send(s, TAB "?");
    screen_expect(s, "Keys");
    for (size_t i = 0; i < action_table_len; i++) {
        char text[100];

        snprintf(text, sizeof text, "%s. ", action_table[i].name);
        screen_expect(s, text);
    }
    screen_send(s, ESC);
    screen_expect(s, "Chapter 1");
    quit(s);
}

static void moving_through_the_book(void **state)
{
    struct screen *s = open_at(24, 80, "e11.21");

    (void)state;
    screen_expect(s, "E11.21");
    screen_send(s, ENTER "[");
    screen_expect(s, ">E11- ");
    screen_send(s, "[");
    screen_expect(s, ">E10- ");
    screen_send(s, "]]]");
    screen_gone(s, ">E10- ");
    screen_send(s, "(");
    screen_expect(s, ">Chapter ");
    screen_send(s, HOME);
    screen_expect(s, ">Chapter 1 ");
    screen_send(s, "}");
    screen_expect(s, ">A00-A09");
    screen_send(s, RIGHT);
    screen_expect(s, ">A00- Cholera");
    screen_send(s, "h");
    screen_expect(s, ">A00-A09");
    screen_send(s, "<");
    screen_expect(s, "E11.21");
    screen_send(s, END);
    screen_expect(s, "U09.9");
    screen_send(s, PAGE_DOWN);
    screen_expect(s, "> U09.9");
    quit(s);
}

static void links_lead_on_and_back(void **state)
{
    struct screen *s = open_at(24, 100, "s52");

    (void)state;
    screen_expect(s, ">S52- Fracture of forearm");
    screen_send(s, ENTER "f");
    screen_expect(s, "Codes named in the notes of S52");
    screen_expect(s, "S58");
    screen_send(s, ENTER); /* the specimen lacks S58 */
    screen_expect(s, "this release has no S58");
    screen_send(s, DOWN);
    screen_gone(s, ">S58");
    int y = screen_find(s, "│>");

    screen_send(s, "?" ESC); /* the place in the list is kept */
    screen_expect(s, "Codes named in the notes of S52");
    assert_int_equal(screen_find(s, "│>"), y);
    quit(s);
}

static void the_outline_turns_the_page(void **state)
{
    struct screen *s = open_at(24, 80, NULL);

    (void)state;
    screen_expect(s, ">1 Certain infectious");
    screen_send(s, DOWN);
    screen_expect(s, ">Chapter 2  Neoplasms");
    screen_send(s, TAB RIGHT);
    screen_expect(s, ">  C00-C96");
    screen_send(s, ENTER);
    screen_expect(s, ">C00-C96");
    quit(s);
}

static void other_books(void **state)
{
    struct screen *s = open_at(30, 100, NULL);

    (void)state;
    screen_send(s, TAB "2");
    screen_expect(s, ">MOD  Modifiers");
    screen_send(s, "/c9014");
    screen_expect(s, ">C9014");
    screen_expect(s, "ended 2018-12-31");
    screen_send(s, ENTER "v");
    screen_expect(s, "not billable in 2025-JAN");
    screen_expect(s, "Fields of the official file");
    screen_send(s, "3");
    screen_expect(s, ">EM  Evaluation and management");
    screen_expect(s, "99202  SPECIMEN visit of a new puppet; ten minutes of talk");
    screen_expect(s, "   99203  twenty minutes of talk"); /* the stem is printed once */
    screen_expect(s, "CPT: no release loaded for 2025-02-03; showing 2026");
    quit(s);
}

static void answering_for_another_day(void **state)
{
    struct screen *s = open_at(24, 120, "c9014");

    (void)state;
    screen_send(s, ENTER "@soon" ENTER);
    screen_expect(s, "expected a date like 2025-01-31, found \"soon\"");
    screen_send(s, "\0252018-08-01" ENTER);
    screen_expect(s, "as of 2018-08-01");
    screen_expect(s, "no release loaded for 2018-08-01");
    screen_expect(s, "until 2018-12-31"); /* in force that day */
    screen_send(s, "@" ENTER);
    screen_expect(s, "as of 2025-02-03");
    screen_expect(s, "ended 2018-12-31");
    quit(s);
}

static void no_shelf_yet(void **state)
{
    const char *args[] = {"--shelf", "/nonexistent/shelf.db", NULL};
    struct screen *s = screen_start(24, 80, NULL, args);

    (void)state;
    screen_expect(s, "There is no shelf to read yet.");
    screen_expect(s, "codeshelf-import PATH...");
    screen_expect(s, "codeshelf-fetch icd10cm FY2026 --import");
    screen_send(s, "/xR");
    screen_expect(s, "no shelf at /nonexistent/shelf.db");
    screen_send(s, ENTER);
    screen_expect(s, "the specimen: a few codes to look around in");
    screen_send(s, "s52.5" ENTER);
    screen_expect(s, "> S52.5- Fracture");
    screen_send(s, "R");
    screen_expect(s, "no shelf at /nonexistent/shelf.db"); /* still none, and still reading */
    screen_expect(s, "> S52.5- Fracture");
    quit(s);
}

static void an_import_while_reading(void **state)
{
    struct screen *s = open_at(24, 80, "e11.9");

    (void)state;
    screen_expect(s, ">E11.9");
    command("cp '%s' '%s.new' && mv '%s.new' '%s'", fixture_shelf(), fixture_shelf(), fixture_shelf(),
            fixture_shelf());
    screen_send(s, ENTER);
    screen_expect(s, "a newer shelf is there: R reopens it");
    screen_send(s, "R");
    screen_gone(s, "a newer shelf is there");
    screen_expect(s, "> E11.9 ");
    quit(s);
}

static void results_unfold_a_family(void **state)
{
    struct screen *s = open_at(40, 100, "s52.502");

    (void)state;
    screen_expect(s, ">S52.502_");
    screen_send(s, TAB "7");
    screen_expect(s, "   S52.502B … initial encounter for");
    screen_send(s, DOWN DOWN);
    screen_expect(s, ">  S52.502B");
    screen_expect(s, ">    S52.502B  …"); /* the page followed */
    screen_send(s, "7");
    screen_gone(s, "   S52.502B …");
    quit(s);
}

static void results_say_why_they_are_there(void **state)
{
    struct screen *s = open_with(24, 80, (const char *[]){"NO_COLOR=1", NULL}, NULL, "fractures of zzz");
    size_t n;

    (void)state;
    screen_expect(s, " without: zzz"); /* the first row, not to be overlooked */
    screen_expect(s, ">S52.502_ Unspecified");
    screen_expect(s, " fracture of the lower end…");
    assert_non_null(strstr(screen_raw(s, &n), ";4m")); /* with "fracture" underlined */
    screen_send(s, "\025diabtes ");
    screen_expect(s, " showing diabetes for");
    screen_expect(s, ">E11.9 ");
    screen_expect(s, " index path: Diabetes,");
    screen_expect(s, " repaired spelling diabtes"); /* how the word was read */
    screen_expect(s, " as typed: Tab, then =");
    screen_send(s, TAB "=");
    screen_expect(s, "nothing found");
    screen_gone(s, "showing diabetes");
    screen_send(s, "=");
    screen_expect(s, " showing diabetes for");
    quit(s);
}

static void one_box_takes_more_than_words(void **state)
{
    struct screen *s = open_at(24, 80, "fracture ch:19 -torus");

    (void)state;
    screen_expect(s, ">S52.502_");
    assert_false(screen_has(s, "S52.521"));
    screen_send(s, "\025fracture set:cpt");
    screen_expect(s, ">25603");
    screen_send(s, TAB "?");
    screen_expect(s, "   ch:19        one chapter");
    quit(s);
}

static void notes_that_a_release_lacks(void **state)
{
    struct screen *s;

    (void)state;
    command("cp '%s/icd10cm/specimen/icd10cm_order_2025.txt' '%s/order.txt' && '%s/codeshelf-import' --shelf '%s' "
            "--release FY2024 '%s/order.txt' >/dev/null",
            TEST_SPECIMEN, fixture_folder(), TEST_TOOLS, fixture_shelf(), fixture_folder());
    s = open_at(30, 120, "s52.5");
    screen_expect(s, "Excludes2: physeal");
    screen_send(s, ENTER "B");
    screen_expect(s, "none need be borrowed");
    screen_send(s, "@2024-02-03" ENTER);
    screen_expect(s, "ICD-10-CM FY2024");
    screen_expect(s, "notes not loaded");
    assert_false(screen_has(s, "Excludes2: physeal"));
    screen_send(s, "v");
    screen_expect(s, "Notes not loaded: this release came without them.");
    screen_send(s, "B");
    screen_expect(s, "notes of FY2025 beside the codes of FY2024");
    screen_expect(s, "Excludes2 (FY2025): physeal");
    screen_send(s, ESC);
    screen_expect(s, "> S52.5- Fracture");
    screen_expect(s, "notes of FY2025");
    screen_send(s, "B");
    screen_expect(s, "notes not loaded");
    quit(s);
}

static void notes_of_a_desk(void **state)
{
    char desk[200], shared[200], broken[200];

    (void)state;
    snprintf(desk, sizeof desk, "CODESHELF_DESK=%s/desk.db", fixture_folder());
    snprintf(shared, sizeof shared, "--notes=%s/shared.db", fixture_folder());
    snprintf(broken, sizeof broken, "CODESHELF_DESK=%s/ward.md", fixture_folder());
    command("'%s/codeshelf' note import --desk '%s/desk.db' '%s/../tests/data/clinic-rules.md' >/dev/null", TEST_BIN,
            fixture_folder(), TEST_SPECIMEN);
    command("printf '# S52\\n\\nAsk the ward.\\n' >'%s/ward.md'", fixture_folder());
    command("'%s/codeshelf' note import --name Shared --desk '%s/shared.db' '%s/ward.md' >/dev/null", TEST_BIN, fixture_folder(),
            fixture_folder());

    struct screen *s = open_with(40, 100, (const char *[]){desk, NULL}, shared, "s52.502a");

    screen_send(s, ENTER "v");
    screen_expect(s, " notes that are not official, at the end");
    screen_send(s, END);
    screen_expect(s, "Cardiology clinic rules (not official)");
    screen_expect(s, "on S52.5, M08-M1A");
    screen_expect(s, "- The side is on the first page of the letter.");
    screen_expect(s, "Shared (not official)");
    assert_true(screen_has(s, "Ask the ward."));
    assert_true(screen_find(s, "S  sequela") < screen_find(s, "Cardiology")); /* what is official comes first */
    assert_true(screen_find(s, "Cardiology") < screen_find(s, "Ask the ward."));
    screen_send(s, "/\025b20"); /* Ctrl-U empties the box */
    screen_expect(s, ">B20");
    screen_send(s, ENTER "v");
    screen_expect(s, "billable in FY2025");
    assert_false(screen_has(s, "not official"));
    quit(s);

    s = open_with(40, 100, (const char *[]){broken, NULL}, NULL, "s52.502a"); /* a desk that is none: said, and no more */
    assert_false(screen_has(s, "ward.md"));
    screen_send(s, ENTER "v");
    screen_expect(s, "ward.md");
    screen_expect(s, "billable in FY2025");
    assert_false(screen_has(s, "not official"));
    quit(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(look_up_a_fracture),
        cmocka_unit_test(a_code_opens_in_its_family),
        cmocka_unit_test(help_lists_every_action),
        cmocka_unit_test(moving_through_the_book),
        cmocka_unit_test(links_lead_on_and_back),
        cmocka_unit_test(the_outline_turns_the_page),
        cmocka_unit_test(other_books),
        cmocka_unit_test(answering_for_another_day),
        cmocka_unit_test(no_shelf_yet),
        cmocka_unit_test(an_import_while_reading),
        cmocka_unit_test(results_unfold_a_family),
        cmocka_unit_test(results_say_why_they_are_there),
        cmocka_unit_test(one_box_takes_more_than_words),
        cmocka_unit_test(notes_that_a_release_lacks),
        cmocka_unit_test(notes_of_a_desk),
    };

    return cmocka_run_group_tests(tests, fixture_make, fixture_remove);
}
