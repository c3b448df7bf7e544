/* The compiled-in data files and the reader of their rows. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/arena.h"
#include "codeshelf/codesets.h"

static char *read_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    assert_int_equal(fseek(f, 0, SEEK_END), 0);
    long n = ftell(f);
    assert_true(n > 0);
    rewind(f);
    char *text = mem_alloc((size_t)n + 1);
    assert_int_equal(fread(text, 1, (size_t)n, f), n);
    fclose(f);
    return text;
}

static const char *const files[] = {"icd10cm/outline.tsv", "hcpcs/outline.tsv", "hcpcs/fields.tsv", "cpt/outline.tsv"};

static void files_are_compiled_in_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", TEST_SPECIMEN, files[i]);
        char *text = read_file(path);
        assert_non_null(codesets_file(files[i]));
        assert_string_equal(codesets_file(files[i]), text);
        free(text);
    }
    assert_null(codesets_file("icd10cm"));
    assert_null(codesets_file(""));
}

static void rows_of_real_files_have_cells(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        const char *at = codesets_file(files[i]);
        struct tsv_row row;
        int rows = 0;
        for (; tsv_next(&at, &row); rows++)
            assert_true(row.cells >= 2 && row.cells <= 12);
        assert_true(rows > 20);
    }
}

static void rows_and_cells(void **state)
{
    const char *at = "# comment\r\n\r\nsection\tA00-A09\tIntestinal\r\n\t\tempty first\n1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12\t13\nlast";
    struct tsv_row row;
    char cell[8];
    (void)state;
    assert_true(tsv_next(&at, &row));
    assert_int_equal(row.cells, 3);
    tsv_copy(&row, 1, cell, sizeof cell);
    assert_string_equal(cell, "A00-A09");
    tsv_copy(&row, 2, cell, sizeof cell);
    assert_string_equal(cell, "Intesti"); /* cut at its size */
    tsv_copy(&row, 3, cell, sizeof cell);
    assert_string_equal(cell, "");
    assert_true(tsv_next(&at, &row));
    assert_int_equal(row.cells, 3);
    tsv_copy(&row, 0, cell, sizeof cell);
    assert_string_equal(cell, "");
    assert_true(tsv_next(&at, &row));
    assert_int_equal(row.cells, 12); /* what a row may have; the rest is not taken for another row */
    assert_true(tsv_next(&at, &row));
    assert_int_equal(row.cells, 1);
    tsv_copy(&row, 0, cell, sizeof cell);
    assert_string_equal(cell, "last");
    assert_false(tsv_next(&at, &row));
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Every row says something, for a set there is, and no term twice for a set. */
static void vocabulary_rows_are_whole_and_single(void **state)
{
    static const char *const vocabulary[] = {"vocabulary/abbreviations.tsv", "vocabulary/lay.tsv",    "vocabulary/spelling.tsv",
                                             "vocabulary/eponyms.tsv",       "vocabulary/brands.tsv", "vocabulary/equipment.tsv"};
    static char *seen[32768];
    size_t n = 0;

    (void)state;
    for (size_t i = 0; i < sizeof vocabulary / sizeof *vocabulary; i++) {
        const char *at = codesets_file(vocabulary[i]);
        struct tsv_row row;
        assert_non_null(at);
        while (tsv_next(&at, &row)) {
            char text[256], *set = text + snprintf(text, sizeof text, "%.*s|", (int)row.cell[0].len, row.cell[0].text);
            assert_true(row.cells == 3 || row.cells == 4);
            assert_true(row.cell[0].len > 0 && row.cell[1].len > 0 && row.cell[2].len > 0);
            if (row.cells == 4)
                snprintf(set, sizeof text - (size_t)(set - text), "%.*s", (int)row.cell[3].len, row.cell[3].text);
            if (*set && strcmp(set, "icd10cm") != 0 && strcmp(set, "hcpcs") != 0 && strcmp(set, "cpt") != 0
                && strncmp(text, "term|", 5) != 0)
                fail_msg("%s: no such set", text);
            assert_true(n < sizeof seen / sizeof *seen);
            seen[n++] = mem_strdup(text);
        }
    }
    assert_true(n > 10000);
    qsort(seen, n, sizeof *seen, by_text);
    for (size_t i = 1; i < n; i++)
        if (strcmp(seen[i - 1], seen[i]) == 0)
            fail_msg("%s: twice", seen[i]);
    for (size_t i = 0; i < n; i++)
        free(seen[i]);
}

/* Glosses and names: what the book says, then ways to say it, in the letters that queries are folded to. */
static void glosses_are_whole(void **state)
{
    static const char *const backward[] = {"vocabulary/glosses.tsv", "vocabulary/names.tsv"};

    (void)state;
    for (size_t i = 0; i < sizeof backward / sizeof *backward; i++) {
        const char *at = codesets_file(backward[i]);
        struct tsv_row row;
        size_t n = 0;
        assert_non_null(at);
        for (; tsv_next(&at, &row); n++) {
            if (row.cells != 2 || row.cell[0].len == 0 || row.cell[1].len == 0)
                fail_msg("%s: %.*s: two columns expected", backward[i], (int)row.cell[0].len, row.cell[0].text);
            for (size_t c = 0; c < row.cell[1].len; c++)
                if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789 -|", row.cell[1].text[c]))
                    fail_msg("%s: %.*s: '%c'", backward[i], (int)row.cell[0].len, row.cell[0].text, row.cell[1].text[c]);
        }
        assert_true(n > 100);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_compiled_in_whole),
        cmocka_unit_test(rows_of_real_files_have_cells),
        cmocka_unit_test(rows_and_cells),
        cmocka_unit_test(vocabulary_rows_are_whole_and_single),
        cmocka_unit_test(glosses_are_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
