/* rows.c - rows of indexes and tables as printed, the columns that fit, and the trail of a look-up: all without a terminal. */
#include "support.h"

#include <stdio.h>
#include <string.h>

#include "src/browse/term_row.h"
#include "src/browse/trail.h"

static void add_text(const struct lines *l, struct buf *out)
{
    for (size_t i = 0; i < l->len; i++) {
        buf_printf(out, "%*s", l->items[i].indent, "");
        for (size_t k = 0; k < l->items[i].n; k++) {
            buf_add(out, l->items[i].spans[k].text, l->items[i].spans[k].len);
        }
        buf_putc(out, '\n');
    }
}

static const struct term rows[] = {
    {.book = COMP_INDEX, .depth = 2, .title = "HIV disease", .path = "Dementia\nin", .nemod = "(any)", .codes = "B20",
     .manifestation = "F02.80"},
    {.book = COMP_INDEX, .title = "Gout", .codes = "M10.9", .see_also = "Gout, by type"},
    {.book = COMP_INDEX, .depth = 1, .title = "joint", .path = "Pain", .see_category = "M25.5"},
    {.book = COMP_NEOPLASM, .depth = 1, .title = "breast", .path = "Neoplasm", .nemod = "(connective tissue) (soft parts)",
     .see_also = "Neoplasm, skin", .cells = "C50.9-\nC79.81\n\n-\nD48.6-\n"},
};
enum { DEMENTIA, GOUT, PAIN, BREAST };

/* A row with "" where nothing was given. */
static struct term row(size_t i)
{
    struct term t = rows[i];
    const char **texts[] = {&t.path, &t.nemod, &t.codes, &t.manifestation, &t.see, &t.see_also, &t.see_category, &t.cells};

    for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++) {
        *texts[k] = *texts[k] == NULL ? "" : *texts[k];
    }
    return t;
}

static void rows_read_as_printed(void **state)
{
    static const struct {
        size_t row;
        bool path;
        int width;
        size_t targets, head;
        const char *want;
    } cases[] = {
        {DEMENTIA, true, 79, 2, 1, " Dementia › in ›\n - - HIV disease (any)  B20  [F02.80]\n"},
        {DEMENTIA, false, 24, 2, 0, " - - HIV disease (any)\n       B20  [F02.80]\n"},
        {GOUT, true, 79, 2, 0, " Gout  M10.9  see also Gout, by type\n"},
        {PAIN, false, 79, 1, 0, " - joint  see category M25.5\n"},
        {BREAST, false, 79, 7, 0, " - breast (connective tissue)\n    (soft parts)\n    see also Neoplasm, skin\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct term t = row(cases[i].row);
        struct lines l = {0};
        struct buf text = {0};
        struct target targets[TARGETS_MAX];
        struct grid grid = grid_of(SET_ICD10CM, t.book, cases[i].width);
        size_t n = term_targets(&t, &l.arena, targets);

        assert_int_equal(n, cases[i].targets);
        assert_int_equal(term_flow(&t, targets, n, -1, cases[i].path, &grid, cases[i].width, &l), cases[i].head);
        add_text(&l, &text);
        assert_string_equal(buf_text(&text), cases[i].want);
        buf_free(&text);
        lines_free(&l);
    }
}

static void cells_keep_their_columns(void **state)
{
    struct arena a = {0};
    struct target t[TARGETS_MAX];
    struct term breast = row(BREAST);

    (void)state;
    assert_int_equal(term_targets(&breast, &a, t), 7);
    assert_string_equal(t[1].text, "C79.81");
    assert_string_equal(t[2].text, "");
    assert_string_equal(t[4].text, "D48.6-");
    assert_int_equal(t[5].column, 6);
    assert_string_equal(t[5].text, "");
    assert_int_equal(t[6].kind, TARGET_SEE_ALSO);
    arena_free(&a);
}

static void grids_fit(void **state)
{
    (void)state;
    for (int width = 39; width < 300; width++) {
        for (int book = COMP_INDEX; book <= COMP_DRUGS; book++) {
            struct grid g = grid_of(SET_ICD10CM, (enum component)book, width);
            bool table = book == COMP_NEOPLASM || book == COMP_DRUGS;

            assert_int_equal(g.n, table ? 6 : 0);
            assert_int_equal(g.title + (int)g.shown * g.column, width);
            assert_true(g.title >= 15);
            assert_true(!table || g.shown == 6 || width < 63);
            for (size_t i = 0; i < g.n; i++) {
                assert_true(strlen(g.heads[i]) < (size_t)g.column);
            }
        }
    }
}

static struct place at(const char *code)
{
    struct place p = {.kind = KIND_CODE};

    snprintf(p.code, sizeof p.code, "%s", code);
    return p;
}

static void a_trail_ends_where_one_is(void **state)
{
    struct trail t = {0};
    struct term breast = row(BREAST);
    struct buf text = {0};
    struct place here = at("S52521A"), named = at("C509"), under = at("C50911"), away = at("C51");

    (void)state;
    assert_false(trail_text(&t, &here, &text));
    trail_set(&t, &breast, "FY2025", "Malignant Primary", "C50.9-");
    assert_false(trail_text(&t, &here, &text));
    assert_false(trail_text(&t, &away, &text));
    assert_true(trail_text(&t, &named, &text));
    assert_string_equal(buf_text(&text), "Table of Neoplasms FY2025: Neoplasm > breast > Malignant Primary > C50.9-");
    buf_clear(&text);
    assert_true(trail_text(&t, &under, &text));
    assert_non_null(strstr(buf_text(&text), " > C50.9- > C50.911"));
    buf_free(&text);
}

/* "Code first" runs on into a text that begins with a comma, as the book prints it. */
static void labels_of_notes(void **state)
{
    static const struct note notes[] = {
        {.kind = NOTE_CODE_FIRST, .text = ", if applicable:"},
        {.kind = NOTE_CODE_ALSO, .text = "type of asthma"},
        {.kind = NOTE_EXCLUDES1, .text = "bronchitis NOS"},
    };
    struct lines l = {0};
    struct buf text = {0};

    (void)state;
    lines_notes(&l, SET_ICD10CM, notes, sizeof notes / sizeof notes[0], 0, 79);
    add_text(&l, &text);
    assert_string_equal(buf_text(&text), "Code first, if applicable:\nCode also type of asthma\nExcludes1: bronchitis NOS\n");
    buf_free(&text);
    lines_free(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_of_notes),
        cmocka_unit_test(rows_read_as_printed),
        cmocka_unit_test(cells_keep_their_columns),
        cmocka_unit_test(grids_fit),
        cmocka_unit_test(a_trail_ends_where_one_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
