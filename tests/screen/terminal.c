/* terminal.c - what the browser does with the terminal: size, colours, character set, mouse, clipboard, signals, and leaving it
 * as it was. */
#include "support.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"

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
    struct screen *s = open_at(24, 80, "s52.5");
    char report[32];

    (void)state;
    screen_expect(s, " S52.50- Unspecified fracture │"); /* the divider: it is the row of the list */
    snprintf(report, sizeof report, "\033[<0;4;%dM", screen_find(s, " S52.50- Unspecified fracture │") + 1);
    screen_send(s, report);
    screen_expect(s, ">S52.50- Unspecified fracture │");
    screen_send(s, "\033[<65;50;10M"); /* wheel over the page */
    screen_gone(s, ">  S52.50-");
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
        cmocka_unit_test(resizing_keeps_the_place),
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
        cmocka_unit_test(typing_fast_loses_nothing),
    };

    return cmocka_run_group_tests(tests, fixture_make, fixture_remove);
}
