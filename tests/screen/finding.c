/* finding.c - the search box: which code of a family is meant, and what is said where nothing answers. */
#include "support.h"

#include <stdio.h>
#include <string.h>

#include "fixture.h"

static void the_words_choose_a_member(void **state)
{
    struct screen *s = open_at(24, 80, "fracture lower end left radius subsequent delayed");

    (void)state;
    screen_expect(s, ">S52.502_");
    screen_expect(s, "   S52.502G … subsequent"); /* said before it is unfolded */
    screen_send(s, RIGHT);
    screen_expect(s, ">  S52.502G … subsequent");
    screen_expect(s, ">    S52.502G  … subsequent encounter"); /* the page is there too */
    screen_send(s, TAB "y");
    screen_expect(s, "S52.502G sent to the clipboard of the terminal");
    screen_send(s, "7");
    screen_expect(s, ">S52.502_");
    screen_send(s, "y");
    screen_expect(s, "S52.502 sent to the clipboard of the terminal; not billable as it stands");
    screen_send(s, "/\025fracture lower end left radius init" RIGHT DOWN);
    screen_expect(s, ">  S52.502B … initial");
    assert_non_null(strstr(screen_row(s, screen_find(s, ">  S52.502B") + 2), "type I or II")); /* to tell it from C */
    screen_send(s, TAB);
    quit(s);
}

/* A heading that came and went would move every row. */
static void headings_stay_while_typing(void **state)
{
    static const char *const typed[] = {"r", "a", "c", "t", "u", "r", "e", " ", "r", "a", "d", "i", "u", "s"};
    struct screen *s = open_at(24, 80, "f");

    (void)state;
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        screen_send(s, typed[i]);
        screen_expect(s, " ICD-10-CM   ");
    }
    screen_expect(s, ">S52.502_");
    screen_send(s, TAB);
    quit(s);
}

/* What ends a path tells a row of the index from the rows around it. */
static void a_long_path_keeps_its_end(void **state)
{
    struct screen *s = open_at(24, 60, "radius");

    (void)state;
    screen_expect(s, ">S52.502_");
    screen_expect(s, "     Fracture… > radius");
    screen_resize(s, 24, 120);
    screen_expect(s, "   index path: Fracture, traumatic > radius");
    screen_send(s, TAB);
    quit(s);
}

/* A sign that took more columns than the lines were laid out for would push their last letters off the screen. */
static void ascii_loses_no_letters(void **state)
{
    struct screen *s = open_with(24, 80, NULL, "--ascii", "fracture lower end left radius init");

    (void)state;
    screen_expect(s, ">S52.502_");
    screen_send(s, RIGHT);
    screen_expect(s, ">    S52.502A  ~ initial encounter for closed");
    screen_expect(s, "     S52.502D  ~ subsequent encounter for closed");
    screen_send(s, TAB);
    quit(s);
}

static void nothing_found_says_what_to_do(void **state)
{
    struct screen *s = open_at(24, 80, "zzzqqq");

    (void)state;
    screen_expect(s, " Try fewer or other words, or");
    screen_expect(s, " Tab, then i: the index");
    screen_expect(s, " Tab, then @: another day");
    screen_send(s, DOWN ENTER); /* nothing to open */
    screen_expect(s, " Tab, then i: the index");
    screen_send(s, "\033OA" TAB "i");
    screen_expect(s, " 1 Diseases  2 External causes");
    screen_send(s, TAB);
    quit(s);
}

static void a_set_that_is_not_there(void **state)
{
    char shelf[200];
    const char *args[] = {"--shelf", shelf, "99213", NULL};
    struct screen *s;

    (void)state;
    snprintf(shelf, sizeof shelf, "%s/icd.db", fixture_folder());
    command("'%s/codeshelf-import' --shelf '%s' '%s/icd10cm/specimen' >/dev/null", TEST_TOOLS, shelf, TEST_SPECIMEN);
    s = screen_start(24, 100, NULL, args);
    screen_expect(s, " CPT is not on this shelf:");
    screen_send(s, "\025set:hcpcs walker");
    screen_expect(s, " HCPCS is not on this shelf:");
    screen_send(s, "\025cholera");
    screen_gone(s, "is not on this shelf");
    screen_send(s, TAB);
    quit(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_words_choose_a_member),
        cmocka_unit_test(headings_stay_while_typing),
        cmocka_unit_test(a_long_path_keeps_its_end),
        cmocka_unit_test(ascii_loses_no_letters),
        cmocka_unit_test(nothing_found_says_what_to_do),
        cmocka_unit_test(a_set_that_is_not_there),
    };

    return cmocka_run_group_tests(tests, fixture_make, fixture_remove);
}
