/* pages.c - scrolling the book: whatever the size of the pane, arrows reach every entry once, in order, and what is selected
 * can be seen. */
#include "support.h"

#include <stdio.h>
#include <string.h>

#include "codeshelf/shelf.h"
#include "src/browse/app.h"
#include "src/browse/page.h"

static const struct {
    int height, width;
} sizes[] = {{1, 20}, {3, 28}, {7, 38}, {17, 49}, {44, 99}, {200, 160}};

struct book {
    struct app app;
    struct browse_options options;
    struct page *page;
};

static int open_book(void **state)
{
    static struct book b;
    struct error err = {0};

    if (shelf_open(TEST_BIN "/specimen.db", &b.app.shelf, &err) != ST_OK) {
        fail_msg("%s", err.text);
    }
    assert_int_equal(shelf_as_of(b.app.shelf, 20250203, &err), ST_OK);
    b.app.options = &b.options;
    b.page = page_view.open(&b.app);
    *state = &b;
    return 0;
}

static int close_book(void **state)
{
    struct book *b = *state;

    page_view.close(b->page);
    shelf_close(b->app.shelf);
    return 0;
}

static void turn_to(struct book *b, enum codeset set, size_t size, const char *code)
{
    struct place to = {.view = VIEW_PAGE, .set = set, .kind = KIND_CODE};

    snprintf(to.code, sizeof to.code, "%s", code);
    b->page->height = sizes[size].height;
    b->page->width = sizes[size].width;
    page_view.go(b->page, &to);
}

/* The row of the selected entry's code, or of any line of it when it is longer than the screen; -1 when it can't be seen. */
static int row_of_selected(struct page *p)
{
    struct spot s;
    int row = 0, found = -1;

    for (bool on = page_first_spot(p, &s); on && row < p->height; on = page_next_spot(p, &s), row++) {
        if (s.place == p->selected && (found < 0 || s.line == page_block(p, s.place)->head)) {
            found = row;
        }
    }
    return found;
}

/* Presses a key until the selection no longer moves, and counts the entries met; each must be seen, in the order given. */
static size_t walk(struct page *p, enum action a, int order)
{
    uint32_t last = p->selected, top = PLACE_NONE;
    size_t met = 1;
    int skip = -1;

    while (p->selected != last || p->top != top || p->skip != skip) {
        if (p->selected != last) {
            assert_true(order > 0 ? p->selected > last : p->selected < last);
            met++;
        }
        if (row_of_selected(p) < 0) {
            fail_msg("place %u of set %d cannot be seen on %d rows of %d", p->selected, (int)p->set, p->height, p->width);
        }
        last = p->selected;
        top = p->top;
        skip = p->skip;
        page_view.act(p, a);
    }
    return met;
}

/* Entries that are not folded away. */
static size_t visible(struct page *p)
{
    size_t n = 0;

    for (uint32_t place = 0; place < p->size; place++) {
        n += page_lines_of(p, place) > 0;
    }
    return n;
}

static void arrows_meet_every_entry(void **state)
{
    struct book *b = *state;

    for (int set = 0; set < SET_COUNT; set++) {
        for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
            turn_to(b, (enum codeset)set, i, "");
            size_t n = visible(b->page);

            assert_true(n > 60);
            assert_int_equal(walk(b->page, ACT_DOWN, 1), n);
            assert_int_equal(walk(b->page, ACT_UP, -1), n);
            assert_int_equal(b->page->selected, 0);
            assert_int_equal(b->page->top, 0);
        }
    }
}

static void a_page_at_a_time_skips_no_line(void **state)
{
    struct book *b = *state;
    struct page *p = b->page;

    for (size_t i = 2; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct spot s = {0};

        turn_to(b, SET_ICD10CM, i, "");
        for (int turns = 0; turns < 2000; turns++) {
            uint32_t top = p->top;
            int skip = p->skip;

            page_screen(p, 1);
            if (p->top == top && p->skip == skip) {
                break;
            }
            s = (struct spot){top, skip};
            for (int row = 0; row < p->height && (s.place != p->top || s.line != p->skip); row++) {
                assert_true(page_next_spot(p, &s));
            }
            assert_true(s.place == p->top && s.line == p->skip); /* the new top was on the screen before */
        }
        assert_true(page_first_spot(p, &s));
        while (page_next_spot(p, &s)) {
        }
        assert_int_equal(walk(p, ACT_DOWN, 1) > 0, 1);
        assert_int_equal(p->selected, s.place); /* the end was reached */
    }
}

static void any_code_opens_where_it_can_be_seen(void **state)
{
    struct book *b = *state;
    struct arena a = {0};
    struct entry e;

    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        for (uint32_t place = 0; shelf_entry_at(b->app.shelf, SET_ICD10CM, place, &a, &e, NULL) == ST_OK; place += 7) {
            struct place to = {.view = VIEW_PAGE, .set = SET_ICD10CM, .kind = e.kind};

            memcpy(to.code, e.code, sizeof to.code);
            b->page->height = sizes[i].height;
            b->page->width = sizes[i].width;
            page_view.go(b->page, &to);
            assert_int_equal(b->page->selected, place);
            assert_true(row_of_selected(b->page) >= 0);
        }
    }
    arena_free(&a);
}

static void steps_to_neighbours(void **state)
{
    static const struct {
        const char *from;
        enum action step;
        const char *to;
    } cases[] = {
        {"E1121", ACT_CATEGORY_BACK, "E11"}, {"E11", ACT_CATEGORY_BACK, "E10"},       {"E1010", ACT_CATEGORY_NEXT, "E11"},
        {"M0899", ACT_CATEGORY_NEXT, "M1A"}, {"S52502A", ACT_CATEGORY_BACK, "S52"},   {"S52", ACT_SECTION_BACK, "S50-S59"},
        {"S52", ACT_CHAPTER_BACK, "19"},     {"S52502A", ACT_CHAPTER_NEXT, "20"},     {"E1121", ACT_CHAPTER_NEXT, "7"},
        {"A00", ACT_CHAPTER_BACK, "1"},      {"S52502A", ACT_LEFT, "S52502"},         {"S52", ACT_RIGHT, "S525"},
    };
    struct book *b = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct entry e;

        turn_to(b, SET_ICD10CM, 3, cases[i].from);
        assert_int_equal(page_view.act(b->page, cases[i].step), ACT_NONE);
        assert_true(page_view.here(b->page, &e));
        assert_string_equal(e.code, cases[i].to);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrows_meet_every_entry),
        cmocka_unit_test(a_page_at_a_time_skips_no_line),
        cmocka_unit_test(any_code_opens_where_it_can_be_seen),
        cmocka_unit_test(steps_to_neighbours),
    };

    return cmocka_run_group_tests(tests, open_book, close_book);
}
