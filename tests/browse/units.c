/* units.c - what of the browser needs no terminal: layout, line editing, history, lists, flowing lines, the action table. */
#include "support.h"

#include <stdio.h>
#include <string.h>

#include "codeshelf/browse.h"
#include "codeshelf/buf.h"
#include "src/browse/actions.h"
#include "src/browse/visits.h"
#include "src/browse/keys.h"
#include "src/browse/layout.h"
#include "src/browse/line_edit.h"
#include "src/browse/lines.h"
#include "src/browse/list.h"

/* A layout as text: name height x width at row, column; those that are off the screen left out. */
static void print_layout(const struct layout *l, struct buf *out)
{
    const struct {
        const char *name;
        const struct rect *r;
    } all[] = {{"banner", &l->banner}, {"warning", &l->warning},   {"box", &l->box},   {"rule", &l->rule_top}, {"list", &l->list},
               {"page", &l->page},     {"rule", &l->rule_bottom}, {"bar", &l->bar}};

    buf_puts(out, l->too_small ? "too small" : "");
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (all[i].r->h > 0 && all[i].r->w > 0) {
            buf_printf(out, "%s %dx%d@%d,%d ", all[i].name, all[i].r->h, all[i].r->w, all[i].r->y, all[i].r->x);
        }
    }
}

static void layouts(void **state)
{
    static const struct {
        int width, height;
        bool warning, list_used;
        enum layout_body body;
        const char *want;
    } cases[] = {
        {80, 24, false, false, BODY_SPLIT,
         "banner 1x80@0,0 box 1x80@1,0 rule 1x80@2,0 list 19x30@3,0 page 19x49@3,31 rule 1x80@22,0 bar 1x80@23,0 "},
        {160, 50, true, false, BODY_SPLIT,
         "banner 1x160@0,0 warning 1x160@1,0 box 1x160@2,0 rule 1x160@3,0 list 44x60@4,0 page 44x99@4,61 rule 1x160@48,0 "
         "bar 1x160@49,0 "},
        {80, 24, false, false, BODY_WIDE,
         "banner 1x80@0,0 box 1x80@1,0 rule 1x80@2,0 page 19x80@3,0 rule 1x80@22,0 bar 1x80@23,0 "},
        {59, 24, false, true, BODY_SPLIT,
         "banner 1x59@0,0 box 1x59@1,0 rule 1x59@2,0 list 19x59@3,0 rule 1x59@22,0 bar 1x59@23,0 "},
        {40, 10, false, false, BODY_SPLIT, "banner 1x40@0,0 box 1x40@1,0 page 7x40@2,0 bar 1x40@9,0 "},
        {39, 10, false, false, BODY_SPLIT, "too small"},
        {40, 9, false, false, BODY_SPLIT, "too small"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct layout l = layout_of(cases[i].width, cases[i].height, cases[i].warning, cases[i].body, cases[i].list_used);
        struct buf text = {0};

        print_layout(&l, &text);
        assert_string_equal(buf_text(&text), cases[i].want);
        buf_free(&text);
    }
}

static void no_rectangle_leaves_the_screen(void **state)
{
    (void)state;
    for (int w = 1; w < 200; w += 3) {
        for (int h = 1; h < 80; h++) {
            struct layout l = layout_of(w, h, true, BODY_SPLIT, h % 2 == 0);
            const struct rect *all[] = {&l.banner, &l.warning, &l.box, &l.rule_top, &l.list, &l.divider, &l.page, &l.rule_bottom,
                                        &l.bar};

            for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
                assert_true(all[i]->h >= 0 && all[i]->w >= 0 && all[i]->y + all[i]->h <= h && all[i]->x + all[i]->w <= w);
            }
            assert_int_equal(l.too_small, w < 40 || h < 10);
        }
    }
}

static void typing(void **state)
{
    static const struct {
        int keys[8];
        const char *want;
        size_t at;
    } cases[] = {
        {{'f', 'x', ' ', 0xE9}, "fx é", 5},
        {{'a', 0xE9, KEYS_BACKSPACE, 'b'}, "ab", 2},
        {{'a', 'b', KEYS_LEFT, 'c', KEYS_HOME, KEYS_DELETE}, "cb", 0},
        {{'a', ' ', 'b', 'c', 23 /* Ctrl-W */}, "a ", 2},
        {{'a', 'b', 21 /* Ctrl-U */, 'c'}, "c", 1},
        {{KEYS_BACKSPACE, KEYS_LEFT, KEYS_DELETE, 1, 5}, "", 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct line_edit e = {0};

        for (size_t k = 0; k < 8 && cases[i].keys[k] != 0; k++) {
            line_edit_key(&e, cases[i].keys[k]);
        }
        assert_string_equal(e.text, cases[i].want);
        assert_int_equal(e.at, cases[i].at);
        assert_int_equal(e.len, strlen(cases[i].want));
    }
}

static void a_line_keeps_within_its_memory(void **state)
{
    struct line_edit e = {0};
    char longer[1000];
    size_t start;

    (void)state;
    memset(longer, 'a', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    line_edit_set(&e, longer);
    assert_int_equal(e.len, LINE_EDIT_MAX - 1);
    assert_int_equal(line_edit_key(&e, 'b'), EDIT_MOVED);
    assert_true(line_edit_view(&e, 20, &start) < 20);
    assert_int_equal(line_edit_key(&e, KEYS_RIGHT), EDIT_IGNORED); /* at the ends for the list beside */
    line_edit_key(&e, KEYS_HOME);
    assert_int_equal(line_edit_key(&e, KEYS_LEFT), EDIT_IGNORED);
    assert_int_equal(line_edit_key(&e, '\033'), EDIT_IGNORED);
    assert_int_equal(line_edit_key(&e, 0x9B), EDIT_IGNORED); /* an 8-bit escape */
}

static struct place at(const char *code)
{
    struct place p = {.view = VIEW_PAGE, .kind = KIND_CODE};

    snprintf(p.code, sizeof p.code, "%s", code);
    return p;
}

static void back_and_forward(void **state)
{
    struct visits h = {0};
    struct place a = at("A00"), a2 = at("A01"), b = at("B00"), c = at("C00"), out;

    (void)state;
    assert_false(visits_move(&h, -1, &out));
    visits_update(&h, &a);
    visits_add(&h, &b);
    visits_add(&h, &b); /* where one is: no step */
    assert_true(visits_move(&h, -1, &out));
    assert_string_equal(out.code, "A00");
    visits_update(&h, &a2); /* arrows moved on */
    assert_true(visits_move(&h, 1, &out));
    assert_string_equal(out.code, "B00");
    assert_true(visits_move(&h, -1, &out));
    assert_string_equal(out.code, "A01");
    visits_add(&h, &c);
    assert_false(visits_move(&h, 1, &out)); /* B00 is forgotten */
    for (int i = 0; i < 3 * VISITS_MAX; i++) {
        visits_add(&h, i % 2 ? &a : &b);
    }
    assert_int_equal(h.len, VISITS_MAX);
}

static int two_lines(const void *ctx, size_t row)
{
    (void)ctx;
    (void)row;
    return 2;
}

static void a_list_keeps_its_selection_in_sight(void **state)
{
    struct list l = {.n = 100};

    (void)state;
    list_keep(&l, 10, two_lines, NULL);
    assert_int_equal(l.top, 0);
    for (int i = 0; i < 7; i++) {
        list_act(&l, ACT_DOWN);
    }
    list_keep(&l, 10, two_lines, NULL);
    assert_int_equal(l.selected, 7);
    assert_int_equal(l.top, 3);
    list_act(&l, ACT_LAST);
    list_keep(&l, 10, two_lines, NULL);
    assert_int_equal(l.selected, 99);
    assert_int_equal(l.top, 95);
    list_act(&l, ACT_FIRST);
    list_act(&l, ACT_UP);
    list_keep(&l, 10, two_lines, NULL);
    assert_int_equal(l.top, 0);
    l.n = 0;
    assert_true(list_act(&l, ACT_DOWN));
    assert_int_equal(l.selected, 0);
    assert_false(list_act(&l, ACT_OPEN));
}

static void line_text(const struct line *line, struct buf *out)
{
    for (int i = 0; i < line->indent; i++) {
        buf_putc(out, ' ');
    }
    for (size_t i = 0; i < line->n; i++) {
        buf_add(out, line->spans[i].text, line->spans[i].len);
    }
    buf_putc(out, '\n');
}

static void notes_name_each_kind_once(void **state)
{
    static const struct note notes[] = {
        {.kind = NOTE_EXCLUDES1, .text = "traumatic amputation of forearm (S58.-)"},
        {.kind = NOTE_EXCLUDES1, .text = "another thing"},
        {.kind = NOTE_USE_ADDITIONAL, .text = "code to identify the organism (B95, B96)"},
        {.kind = NOTE_INCLUSION_TERM, .text = "Fracture NOS"},
        {.kind = NOTE_INCLUDES, .text = "a thing", .release = "FY2017"},
        {.kind = NOTE_USE_ADDITIONAL, .text = "external cause code", .release = "FY2017"},
    };
    struct lines l = {0};
    struct buf text = {0};

    (void)state;
    lines_notes(&l, SET_ICD10CM, notes, 6, 2, 40);
    for (size_t i = 0; i < l.len; i++) {
        line_text(&l.items[i], &text);
    }
    assert_string_equal(buf_text(&text), "  Excludes1: traumatic amputation of\n"
                                         "      forearm (S58.-)\n"
                                         "      another thing\n"
                                         "  Use additional code to identify the\n"
                                         "      organism (B95, B96)\n"
                                         "  Fracture NOS\n"
                                         "  Includes (FY2017): a thing\n"
                                         "  Use additional (FY2017) external cause\n"
                                         "      code\n");
    assert_int_equal(l.items[1].spans[1].style, STYLE_LINK);
    buf_free(&text);
    lines_free(&l);
}

static void no_key_means_two_things(void **state)
{
    static const enum where places[] = {IN_BOX, IN_LIST, IN_PAGE, IN_TEXT, IN_WELCOME, IN_TERMS, IN_GUIDE,
                                        IN_CHANGES, IN_CHANGE, IN_PLAIN};

    (void)state;
    for (size_t i = 0; i < action_table_len; i++) {
        const struct action_row *row = &action_table[i];

        assert_true(*row->help != '\0' && *row->name != '\0' && row->keys[0] != 0);
        for (size_t p = 0; p < sizeof places / sizeof places[0]; p++) {
            for (size_t k = 0; k < 4 && row->keys[k] != 0; k++) {
                enum action got = action_of_key(row->keys[k], places[p]);

                assert_true(got == row->id || !(row->where & (unsigned)places[p]) || (got == ACT_NONE && places[p] == IN_BOX));
            }
        }
    }
    assert_int_equal(action_of_key('q', IN_BOX), ACT_NONE);
    assert_int_equal(action_of_key('q', IN_PAGE), ACT_QUIT);
}

static void every_action_is_in_the_man_page(void **state)
{
    struct buf out = {0};

    (void)state;
    browse_keys_man(&out);
    for (size_t i = 0; i < action_table_len; i++) {
        assert_non_null(strstr(buf_text(&out), action_table[i].help));
    }
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(layouts),
        cmocka_unit_test(no_rectangle_leaves_the_screen),
        cmocka_unit_test(typing),
        cmocka_unit_test(a_line_keeps_within_its_memory),
        cmocka_unit_test(back_and_forward),
        cmocka_unit_test(a_list_keeps_its_selection_in_sight),
        cmocka_unit_test(notes_name_each_kind_once),
        cmocka_unit_test(no_key_means_two_things),
        cmocka_unit_test(every_action_is_in_the_man_page),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
