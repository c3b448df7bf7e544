/* Lines of a given width: what stands on each, printed with bars between them. */
#include "support.h"

#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/utf8.h"
#include "codeshelf/wrap.h"

static void texts_in_lines(void **state)
{
    static const struct {
        const char *text;
        size_t width, hang;
        const char *lines;
    } rows[] = {
        {"one two three", 7, 0, "one two|three"},
        {"one two three", 13, 0, "one two three"},
        {"one two three", 12, 0, "one two|three"},
        {"one  two   three", 8, 0, "one  two|three"},
        {"  lead and trail  ", 8, 0, "lead and|trail"},
        {"first line is longer", 10, 4, "first line|is|longer"},
        {"(E08-E13) with", 9, 0, "(E08-E13)|with"},
        {"a gastro-esophageal", 12, 0, "a|gastro-|esophageal"},
        {"abcdefghij", 4, 0, "abcd|efgh|ij"},
        {"and/or/neither", 8, 0, "and/or/|neither"},
        {"-abcdef", 3, 0, "-ab|cde|f"},
        {"Ménière Sézary", 7, 0, "Ménière|Sézary"},
        {"\xE6\xBC\xA2\xE5\xAD\x97", 1, 0, "\xE6\xBC\xA2|\xE5\xAD\x97"}, /* two wide characters */
        {"ab", 1, 5, "a|b"},
        {"", 5, 0, ""},
        {"   ", 5, 0, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf got = {0};
        struct wrap w;
        struct wrap_line line;
        size_t n = 0, len = strlen(rows[i].text);
        wrap_start(&w, rows[i].text, len, rows[i].width, rows[i].hang);
        for (; wrap_next(&w, &line); n++) {
            buf_puts(&got, n ? "|" : "");
            buf_add(&got, rows[i].text + line.start, line.len);
        }
        assert_string_equal(buf_text(&got), rows[i].lines);
        assert_int_equal(wrap_count(rows[i].text, len, rows[i].width, rows[i].hang), n);
        buf_free(&got);
    }
}

/* At every width: no line too wide (but single characters), no character of the text lost. */
static void nothing_lost_at_any_width(void **state)
{
    const char *text = "Use additional code, if applicable, to identify: Ménière's disease/vertigo (H81.0-), "
                       "noninflammatory-and-otherwise-unusually-hyphenated disorders \xE6\xBC\xA2\xE5\xAD\x97";
    (void)state;
    for (size_t width = 2; width < 90; width++) {
        struct wrap w;
        struct wrap_line line;
        size_t end = 0, hang = width > 8 ? 4 : 0;
        bool first = true;
        for (wrap_start(&w, text, strlen(text), width, hang); wrap_next(&w, &line); first = false) {
            for (; end < line.start; end++)
                assert_int_equal(text[end], ' ');
            assert_true(utf8_width(text + line.start, line.len) <= (first ? width : width - hang));
            end = line.start + line.len;
        }
        assert_int_equal(end, strlen(text));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_in_lines),
        cmocka_unit_test(nothing_lost_at_any_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
