/* The XML reader: what callbacks see, and one line for each way a file can be wrong. */
#include "tests/support.h"

#include <string.h>

#include "codeshelf/buf.h"
#include "reader/xml.h"

struct seen {
    struct buf text;
    const char *fail_at, *stop_at;
};

static void on_start(void *ctx, struct xml *x, const char *name, const char **attributes)
{
    struct seen *s = ctx;
    const char *id = xml_attribute(attributes, "id");
    buf_printf(&s->text, "<%s%s%s>", name, id ? " " : "", id ? id : "");
    if (s->fail_at && strcmp(name, s->fail_at) == 0) {
        xml_fail(x, "a chapter expected, found <%s>", name);
        xml_fail(x, "a second failure");
    }
    if (s->stop_at && strcmp(name, s->stop_at) == 0) {
        xml_stop(x);
    }
}

static void on_end(void *ctx, struct xml *x, const char *name)
{
    struct seen *s = ctx;
    (void)x;
    buf_printf(&s->text, "</%s>", name);
}

static void on_text(void *ctx, struct xml *x, const char *bytes, size_t n)
{
    struct seen *s = ctx;
    (void)x;
    buf_add(&s->text, bytes, n);
}

static const struct xml_handler handler = {on_start, on_end, on_text};

static enum status read_text(const char *text, struct seen *s, struct error *err)
{
    return xml_read("t.xml", text, strlen(text), &handler, s, err);
}

static void test_order(void **state)
{
    (void)state;
    struct seen s = {0};
    struct error err = {0};
    assert_int_equal(read_text("\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<a><b id=\"A00-B99\">M\xC3\xA9n &lt; &#233;</b>"
                               "tail<c/></a>\n", &s, &err), ST_OK);
    assert_string_equal(buf_text(&s.text), "<a><b A00-B99>M\xC3\xA9n < \xC3\xA9</b>tail<c></c></a>");
    buf_free(&s.text);
}

static void test_malformed(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } rows[] = {
        {"<a>\n <diag>x", "t.xml:2:9: </diag> expected, found the end of the file"},
        {"<a>\n <diag", "t.xml:2:2: </a> expected, found the end of the file"},
        {"<a><b></a>", "t.xml:1:9: </b> expected, found another end tag"},
        {"", "t.xml:1:1: well-formed XML expected, found: no element found"},
        {"<html>404", "t.xml:1:10: </html> expected, found the end of the file"},
        {"<!DOCTYPE x [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><x>&b;</x>",
         "t.xml:1:25: no entity declarations expected, found one for \"a\""},
        {"<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><x>&f;</x>",
         "t.xml:1:52: no entity declarations expected, found one for \"f\""},
        {"<a>\xFF</a>", "t.xml:1:4: well-formed XML expected, found: not well-formed (invalid token)"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct seen s = {0};
        struct error err = {0};
        assert_int_equal(read_text(rows[i].text, &s, &err), ST_INPUT);
        assert_string_equal(err.text, rows[i].message);
        buf_free(&s.text);
    }
}

static void test_callbacks_end_it(void **state)
{
    (void)state;
    struct seen s = {.fail_at = "b"};
    struct error err = {0};
    assert_int_equal(read_text("<a>\n  <b/><c/></a>", &s, &err), ST_INPUT);
    assert_string_equal(err.text, "t.xml:2:3: a chapter expected, found <b>");
    assert_string_equal(buf_text(&s.text), "<a>\n  <b>");
    buf_free(&s.text);
    s = (struct seen){.stop_at = "b"};
    assert_int_equal(read_text("<a><b/>not well formed", &s, &err), ST_OK);
    assert_string_equal(buf_text(&s.text), "<a><b>");
    buf_free(&s.text);
}

static void test_bounds(void **state)
{
    (void)state;
    struct seen s = {0};
    struct error err = {0};
    struct buf deep = {0};
    for (int i = 0; i <= XML_DEPTH_MAX; i++) {
        buf_puts(&deep, "<d>");
    }
    assert_int_equal(read_text(buf_text(&deep), &s, &err), ST_INPUT);
    assert_string_equal(err.text, "t.xml:1:193: at most 64 elements inside one another expected, found <d> deeper");
    buf_clear(&deep);
    buf_printf(&deep, "<%0100d/>", 0);
    deep.text[1] = 'x';
    assert_int_equal(read_text(buf_text(&deep), &s, &err), ST_INPUT);
    assert_non_null(strstr(err.text, "an element name under 48 bytes expected"));
    buf_free(&deep);
    buf_free(&s.text);
}

static void test_look(void **state)
{
    (void)state;
    static const struct {
        const char *text, *root, *version;
    } rows[] = {
        {"<?xml version=\"1.0\"?>\n<ICD10CM.tabular>\n <version> 2021\n</version><chapter>", "ICD10CM.tabular", "2021"},
        {"<ICD10CM.index><title>x</title><version>2021</version>", "ICD10CM.index", ""},
        {"<!DOCTYPE x [<!ENTITY b \"2020\">]><x><version>2021</version>&b;", "x", "2021"},
        {"<x><version>12345678901234567890123456789012345</version>", "x", "1234567890123456789012345678901"},
        {"00001 A00     0 Cholera", "", ""},
        {"", "", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct xml_probe p;
        assert_int_equal(xml_look(rows[i].text, strlen(rows[i].text), &p), rows[i].root[0] != '\0');
        assert_string_equal(p.root, rows[i].root);
        assert_string_equal(p.version, rows[i].version);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),  cmocka_unit_test(test_malformed), cmocka_unit_test(test_callbacks_end_it),
        cmocka_unit_test(test_bounds), cmocka_unit_test(test_look),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
