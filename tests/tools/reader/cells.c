/* Delimited text: commas or tabs, quotes that hold both and lines, the line a row begins in. */
#include "tests/support.h"

#include <string.h>

#include "codeshelf/buf.h"
#include "reader/cells.h"

static enum status on_row(void *ctx, size_t row, const char *const *cells, size_t n, struct error *err)
{
    struct buf *seen = ctx;
    buf_printf(seen, "%zu:", row);
    for (size_t i = 0; i < n; i++) {
        buf_printf(seen, "%s%s", i ? "|" : "", cells[i]);
    }
    buf_puts(seen, "\n");
    if (strcmp(cells[0], "refuse") == 0) {
        return error_set(err, ST_INPUT, "refused");
    }
    return strcmp(cells[0], "stop") == 0 ? ST_STOP : ST_OK;
}

static void rows_are_cut_into_cells(void **state)
{
    static const struct {
        const char *text, *rows;
    } table[] = {
        {"a,b\nc,,d\n", "1:a|b\n2:c||d\n"},
        {"a,b\r\nc", "1:a|b\n2:c\n"},
        {"\xEF\xBB\xBF" "a,b\n", "1:a|b\n"},
        {"a\tb,c\n\td\n", "1:a|b,c\n2:|d\n"},
        {"\"a,\nb\",\"c \"\"d\"\"\"\ne\n", "1:a,\nb|c \"d\"\n3:e\n"},
        {",\n\n", "1:|\n2:\n"},
        {"a\nstop\nb\n", "1:a\n2:stop\n"},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct buf seen = {0};
        struct error err = {0};
        assert_int_equal(cells_read("t.csv", table[i].text, strlen(table[i].text), on_row, &seen, &err), ST_OK);
        assert_string_equal(buf_text(&seen), table[i].rows);
        buf_free(&seen);
    }
}

static void damage_is_refused(void **state)
{
    struct buf wide = {0}, seen = {0};
    struct error err = {0};
    (void)state;
    assert_int_equal(cells_read("t.csv", "a\n\"b\nc", 6, on_row, &seen, &err), ST_INPUT);
    assert_string_equal(err.text, "t.csv:2: expected the quote that ends a cell, found the end of the file");
    assert_int_equal(cells_read("t.csv", "refuse\nb", 8, on_row, &seen, &err), ST_INPUT);
    assert_string_equal(err.text, "refused");
    for (int i = 0; i < XLSX_COLUMNS_MAX; i++) {
        buf_putc(&wide, ',');
    }
    assert_int_equal(cells_read("t.csv", wide.text, wide.len, on_row, &seen, &err), ST_INPUT);
    assert_string_equal(err.text, "t.csv:1: at most 256 columns expected");
    buf_free(&wide);
    buf_free(&seen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rows_are_cut_into_cells), cmocka_unit_test(damage_is_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
