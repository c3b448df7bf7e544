/* Where the shelf and the desk are: the variables in their order. */
#include "support.h"

#include <stdlib.h>

#include "codeshelf/paths.h"

static void place(const char *name, const char *value)
{
    if (value)
        setenv(name, value, 1);
    else
        unsetenv(name);
}

static void shelf_is_found_by_the_first_that_says(void **state)
{
    static const struct {
        const char *given, *shelf, *data, *home, *path; /* path NULL: no place */
    } rows[] = {
        {"a.db", "/b.db", "/data", "/home/c", "a.db"},
        {NULL, "/b.db", "/data", "/home/c", "/b.db"},
        {NULL, "", "/data", "/home/c", "/data/codeshelf/shelf.db"},
        {NULL, NULL, "relative", "/home/c", "/home/c/.local/share/codeshelf/shelf.db"},
        {NULL, NULL, NULL, "/home/c", "/home/c/.local/share/codeshelf/shelf.db"},
        {NULL, NULL, NULL, NULL, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf path = {0};
        struct error err = {0};
        place("CODESHELF_SHELF", rows[i].shelf);
        place("XDG_DATA_HOME", rows[i].data);
        place("HOME", rows[i].home);
        assert_int_equal(path_shelf(rows[i].given, &path, &err), rows[i].path ? ST_OK : ST_SHELF);
        assert_string_equal(buf_text(&path), rows[i].path ? rows[i].path : "");
        assert_int_equal(err.text[0] != '\0', rows[i].path == NULL);
        buf_free(&path);
    }
}

static void the_desk_stands_beside_it(void **state)
{
    struct buf path = {0};
    (void)state;
    place("CODESHELF_DESK", NULL);
    place("XDG_DATA_HOME", "/data");
    assert_int_equal(path_desk(NULL, &path, NULL), ST_OK);
    assert_string_equal(buf_text(&path), "/data/codeshelf/desk.db");
    buf_clear(&path);
    place("CODESHELF_DESK", "/b.db");
    assert_int_equal(path_desk(NULL, &path, NULL), ST_OK);
    assert_string_equal(buf_text(&path), "/b.db");
    buf_free(&path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shelf_is_found_by_the_first_that_says),
        cmocka_unit_test(the_desk_stands_beside_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
