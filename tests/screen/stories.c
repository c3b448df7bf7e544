/* stories.c - what a coder does with the browser, from start to quit, as the screen shows it.
 *
 * The shelf is made from the specimen by codeshelf-import; the day is 2025-02-03, so ICD-10-CM FY2025 and HCPCS 2025-JAN are in
 * force and CPT 2026 is not yet. */
#include "support.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "codeshelf/buf.h"
#include "screen.h"
#include "src/browse/actions.h"

#define UP "\033OA"
#define DOWN "\033OB"
#define RIGHT "\033OC"
#define PAGE_DOWN "\033[6~"
#define TAB "\t"
#define ENTER "\r"
#define ESC "\033"

static char folder[] = "/tmp/codeshelf-screen-XXXXXX";
static char shelf[sizeof folder + 16];

static void command(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static void command(const char *fmt, ...)
{
    char line[4096];
    va_list args;

    va_start(args, fmt);
    vsnprintf(line, sizeof line, fmt, args);
    va_end(args);
    assert_int_equal(system(line), 0);
}

static int make_shelf(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(shelf, sizeof shelf, "%s/shelf.db", folder);
    command("'%s/codeshelf-import' --shelf '%s' '%s/icd10cm/specimen' '%s/hcpcs/specimen' >/dev/null", TEST_TOOLS, shelf,
            TEST_SPECIMEN, TEST_SPECIMEN);
    command("'%s/codeshelf-import' --shelf '%s' --set cpt --release 2026 '%s/cpt/specimen' >/dev/null", TEST_TOOLS, shelf,
            TEST_SPECIMEN);
    return 0;
}

static int remove_shelf(void **state)
{
    (void)state;
    command("rm -rf '%s'", folder);
    return 0;
}

/* The browser on the specimen shelf, waited for. */
static struct screen *open_with(int height, int width, const char *const *env, const char *option, const char *words)
{
    const char *args[] = {"--shelf", shelf, option == NULL ? words : option, option == NULL ? NULL : words, NULL};
    struct screen *s = screen_start(height, width, env, args);

    screen_expect(s, width < 60 ? "ICD-10-CM FY2025" : "as of 2025-02-03");
    return s;
}

static struct screen *open_at(int height, int width, const char *words)
{
    return open_with(height, width, NULL, NULL, words);
}

static void quit(struct screen *s)
{
    screen_send(s, "q");
    assert_int_equal(screen_exit(s), 0);
    assert_false(screen_alternate(s));
    assert_true(screen_cursor_shown(s));
    screen_free(s);
}

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
    screen_send(s, "G");
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

static void resizing_keeps_the_place(void **state)
{
    struct screen *s = open_at(24, 80, "colles");

    (void)state;
    screen_send(s, "\025s52.5" ENTER);
    screen_expect(s, "> S52.5- Fracture");
    screen_resize(s, 50, 160);
    screen_expect(s, "q quit"); /* the longer key bar */
    screen_expect(s, "> S52.5- Fracture of lower end of radius");
    screen_resize(s, 12, 40);
    screen_gone(s, "Results");
    screen_expect(s, "> S52.5- Fracture of lower end");
    screen_send(s, TAB);
    screen_expect(s, "Results");
    screen_resize(s, 8, 30);
    screen_expect(s, "too small: needs 40 x 10");
    screen_resize(s, 24, 80);
    screen_expect(s, "as of 2025-02-03");
    screen_expect(s, "> S52.5- Fracture");
    quit(s);
}

static void help_lists_every_action(void **state)
{
    struct screen *s = open_at(60, 160, NULL);

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
    screen_send(s, "g");
    screen_expect(s, ">Chapter 1 ");
    screen_send(s, "}");
    screen_expect(s, ">A00-A09");
    screen_send(s, RIGHT);
    screen_expect(s, ">A00- Cholera");
    screen_send(s, "h");
    screen_expect(s, ">A00-A09");
    screen_send(s, "<");
    screen_expect(s, "E11.21");
    screen_send(s, "G");
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

static void copying_a_code(void **state)
{
    struct screen *s = open_at(24, 80, "e11.9");
    size_t n;

    (void)state;
    screen_expect(s, ">E11.9");
    screen_send(s, ENTER "y");
    screen_expect(s, "E11.9 sent to the clipboard");
    assert_non_null(strstr(screen_raw(s, &n), "\033]52;c;RTExLjk=\a"));
    quit(s);
}

static void the_mouse_points(void **state)
{
    struct screen *s = open_at(24, 80, "diabetes");
    char report[32];
    int row;

    (void)state;
    screen_expect(s, "E10- ");
    row = screen_find(s, "E11.8");
    assert_true(row > 0);
    snprintf(report, sizeof report, "\033[<0;4;%dM", row + 1);
    screen_send(s, report);
    screen_expect(s, ">E11.8");
    screen_send(s, "\033[<65;50;10M"); /* wheel over the page */
    screen_expect(s, "v notes that apply");
    quit(s);
}

static void without_a_mouse(void **state)
{
    struct screen *s = open_with(24, 80, NULL, "--no-mouse", NULL);
    size_t n;

    (void)state;
    assert_null(strstr(screen_raw(s, &n), "\033[?1000h"));
    screen_send(s, TAB);
    quit(s);
}

/* Whether an SGR sequence sets one of the 16 colours or a palette colour. */
static bool sets_color(const char *raw)
{
    for (const char *at = strstr(raw, "\033["); at != NULL; at = strstr(at + 2, "\033[")) {
        const char *end = at + 2 + strspn(at + 2, "0123456789;");

        for (const char *p = at + 2; *end == 'm' && p < end; p += strcspn(p, ";m") + 1) {
            long number = strtol(p, NULL, 10);

            if ((number >= 30 && number <= 38) || (number >= 40 && number <= 48) || number >= 90) {
                return true;
            }
        }
    }
    return false;
}

static void colors(void **state)
{
    static const char *const no_color[] = {"NO_COLOR=1", NULL};
    static const struct {
        const char *const *env;
        const char *option;
        bool want;
    } cases[] = {{NULL, NULL, true}, {no_color, NULL, false}, {NULL, "--color=never", false}, {no_color, "--color=always", true}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct screen *s = open_with(24, 80, cases[i].env, cases[i].option, "s52");
        size_t n;

        screen_expect(s, "Excludes1:"); /* the kind is a word, whatever the colours */
        assert_int_equal(sets_color(screen_raw(s, &n)), cases[i].want);
        screen_send(s, ENTER);
        quit(s);
    }
}

static void only_ascii(void **state)
{
    static const char *const posix[] = {"LC_ALL=C", NULL};

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct screen *s = open_with(24, 80, i == 0 ? NULL : posix, i == 0 ? "--ascii" : NULL, "h81.01");
        const char *raw;
        size_t n;

        screen_expect(s, "Meniere's disease, right ear");
        screen_send(s, ENTER "?");
        screen_expect(s, "Keys");
        raw = screen_raw(s, &n);
        for (size_t b = 0; b < n; b++) {
            assert_true((unsigned char)raw[b] < 0x80);
        }
        quit(s);
    }
}

static void accents_in_utf8(void **state)
{
    struct screen *s = open_at(24, 80, "meniere");

    (void)state;
    screen_expect(s, "Ménière's disease");
    screen_send(s, TAB);
    quit(s);
}

static void escape_characters_stay_inside(void **state)
{
    struct screen *s = open_at(24, 80, "x\033[31m\033]0;owned\a \xc2\x9b" "31m \xe2\x80\xae");
    size_t n;

    (void)state;
    screen_expect(s, "Search: x?[31m?]0;owned?");
    assert_null(strstr(screen_raw(s, &n), "owned\a"));
    assert_null(strstr(screen_raw(s, &n), "\xc2\x9b"));
    assert_null(strstr(screen_raw(s, &n), "\xe2\x80\xae"));
    screen_send(s, TAB);
    quit(s);
}

static void signals_leave_a_clean_terminal(void **state)
{
    static const int numbers[] = {SIGTERM, SIGINT, SIGHUP};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct screen *s = open_at(24, 80, NULL);

        assert_true(screen_alternate(s));
        screen_signal(s, numbers[i]);
        assert_int_equal(screen_exit(s), 0);
        assert_false(screen_alternate(s));
        assert_true(screen_cursor_shown(s));
        screen_free(s);
    }
}

static void control_c_quits_while_typing(void **state)
{
    struct screen *s = open_at(24, 80, NULL);

    (void)state;
    screen_send(s, "diab\003");
    assert_int_equal(screen_exit(s), 0);
    assert_false(screen_alternate(s));
    screen_free(s);
}

static void stopping_and_going_on(void **state)
{
    struct screen *s = open_at(24, 80, "e11.9");

    (void)state;
    screen_expect(s, ">E11.9");
    screen_send(s, "\032"); /* Ctrl-Z */
    screen_stopped(s);
    assert_false(screen_alternate(s));
    screen_signal(s, SIGCONT);
    screen_expect(s, ">E11.9");
    assert_true(screen_alternate(s));
    screen_send(s, TAB);
    quit(s);
}

static void the_terminal_goes_away(void **state)
{
    struct screen *s = open_at(24, 80, NULL);

    (void)state;
    screen_hang_up(s);
    assert_int_equal(screen_exit(s), 0);
    screen_free(s);
}

static void no_shelf_yet(void **state)
{
    const char *args[] = {"--shelf", "/nonexistent/shelf.db", NULL};
    struct screen *s = screen_start(24, 80, NULL, args);

    (void)state;
    screen_expect(s, "There is no shelf to read yet.");
    screen_expect(s, "codeshelf-import PATH...");
    screen_send(s, "/xR");
    screen_expect(s, "no shelf at /nonexistent/shelf.db");
    quit(s);
}

static void an_import_while_reading(void **state)
{
    struct screen *s = open_at(24, 80, "e11.9");

    (void)state;
    screen_expect(s, ">E11.9");
    command("cp '%s' '%s.new' && mv '%s.new' '%s'", shelf, shelf, shelf, shelf);
    screen_send(s, ENTER);
    screen_expect(s, "a newer shelf is there: R reopens it");
    screen_send(s, "R");
    screen_gone(s, "a newer shelf is there");
    screen_expect(s, "> E11.9 ");
    quit(s);
}

static void typing_fast_loses_nothing(void **state)
{
    struct screen *s = open_at(24, 80, NULL);

    (void)state;
    for (const char *c = "type 2 diabetes with nephropathy"; *c != '\0'; c++) {
        screen_send(s, (char[]){*c, '\0'});
        if (c[1] == ' ') {
            screen_resize(s, 24 + (c[2] & 1), 80);
        }
    }
    screen_expect(s, "Search: type 2 diabetes with nephropathy");
    screen_expect(s, ">E11.21");
    screen_send(s, TAB);
    quit(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(look_up_a_fracture),
        cmocka_unit_test(a_code_opens_in_its_family),
        cmocka_unit_test(resizing_keeps_the_place),
        cmocka_unit_test(help_lists_every_action),
        cmocka_unit_test(moving_through_the_book),
        cmocka_unit_test(links_lead_on_and_back),
        cmocka_unit_test(the_outline_turns_the_page),
        cmocka_unit_test(other_books),
        cmocka_unit_test(answering_for_another_day),
        cmocka_unit_test(copying_a_code),
        cmocka_unit_test(the_mouse_points),
        cmocka_unit_test(without_a_mouse),
        cmocka_unit_test(colors),
        cmocka_unit_test(only_ascii),
        cmocka_unit_test(accents_in_utf8),
        cmocka_unit_test(escape_characters_stay_inside),
        cmocka_unit_test(signals_leave_a_clean_terminal),
        cmocka_unit_test(control_c_quits_while_typing),
        cmocka_unit_test(stopping_and_going_on),
        cmocka_unit_test(the_terminal_goes_away),
        cmocka_unit_test(no_shelf_yet),
        cmocka_unit_test(an_import_while_reading),
        cmocka_unit_test(typing_fast_loses_nothing),
    };

    return cmocka_run_group_tests(tests, make_shelf, remove_shelf);
}
