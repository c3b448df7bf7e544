/* Zips in memory: members by place and by name, and every kind of damage as one line. */
#include "tests/support.h"

#include <stdlib.h>
#include <string.h>

#include "reader/zip.h"
#include "tests/tools/mkzip.h"

static void make(struct mkzip *z)
{
    mkzip_text(z, "folder/order.txt", "00001 A00");
    mkzip_text(z, "empty.txt", "");
    mkzip_end(z);
}

static void test_members(void **state)
{
    (void)state;
    struct mkzip made = {0};
    struct zipfile *z = NULL;
    struct error err = {0};
    char *bytes = NULL;
    size_t len = 0;
    make(&made);
    assert_true(zipfile_is(made.data.text, made.data.len));
    assert_int_equal(zipfile_open("p.zip", made.data.text, made.data.len, &z, &err), ST_OK);
    assert_int_equal(zipfile_count(z), 2);
    assert_string_equal(zipfile_name(z, 0), "folder/order.txt");
    assert_int_equal(zipfile_unpack(z, 0, &bytes, &len, &err), ST_OK);
    assert_int_equal(len, 9);
    assert_string_equal(bytes, "00001 A00");
    free(bytes);
    assert_int_equal(zipfile_unpack_named(z, "empty.txt", &bytes, &len, &err), ST_OK);
    assert_int_equal(len, 0);
    free(bytes);
    assert_int_equal(zipfile_unpack_named(z, "other.txt", &bytes, &len, &err), ST_NONE);
    assert_null(bytes);
    zipfile_close(z);
    zipfile_close(NULL);
    mkzip_free(&made);
}

static void test_cut_anywhere(void **state)
{
    (void)state;
    struct mkzip made = {0};
    make(&made);
    for (size_t n = 0; n < made.data.len; n++) {
        struct zipfile *z = NULL;
        struct error err = {0};
        char *cut = malloc(n + 1);
        memcpy(cut, made.data.text, n);
        assert_int_equal(zipfile_open("p.zip", cut, n, &z, &err), ST_INPUT);
        assert_int_equal(strncmp(err.text, "p.zip: a whole zip expected, found a cut or damaged one (", 57), 0);
        assert_null(strchr(err.text, '\n'));
        zipfile_close(z);
        free(cut);
    }
    mkzip_free(&made);
}

static void test_damaged_member(void **state)
{
    (void)state;
    struct mkzip made = {0};
    struct zipfile *z = NULL;
    struct error err = {0};
    char *bytes = NULL;
    size_t len = 0;
    make(&made);
    memcpy(strstr(made.data.text + 30, "A00"), "B00", 3);
    assert_int_equal(zipfile_open("p.zip", made.data.text, made.data.len, &z, &err), ST_OK);
    assert_int_equal(zipfile_unpack(z, 0, &bytes, &len, &err), ST_INPUT);
    assert_string_equal(err.text, "p.zip/folder/order.txt: a whole member expected, found: CRC error");
    assert_null(bytes);
    zipfile_close(z);
    mkzip_free(&made);
}

/* A directory that claims far more than the member holds must not make the reader ask for that much memory. */
static void test_claimed_size(void **state)
{
    (void)state;
    struct mkzip made = {0};
    struct zipfile *z = NULL;
    struct error err = {0};
    char *bytes = NULL;
    size_t len = 0, directory;
    mkzip_text(&made, "a.txt", "abc");
    directory = made.data.len;
    mkzip_end(&made);
    memcpy(made.data.text + directory + 24, "\x00\x00\x00\x70", 4);
    assert_int_equal(zipfile_open("p.zip", made.data.text, made.data.len, &z, &err), ST_OK);
    assert_int_equal(zipfile_unpack(z, 0, &bytes, &len, &err), ST_INPUT);
    assert_string_equal(err.text, "p.zip/a.txt: at most 256 MB expected, found 1792");
    zipfile_close(z);
    mkzip_free(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_members),
        cmocka_unit_test(test_cut_anywhere),
        cmocka_unit_test(test_damaged_member),
        cmocka_unit_test(test_claimed_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
