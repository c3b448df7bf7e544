/* The Tabular on inline text and on the specimen: notes, definitions, nesting, what is malformed, what is added
 * later. */
#include "tests/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "help.h"

#define WRAP(inside)                                                                                     \
    "<?xml version=\"1.0\"?>\n<ICD10CM.tabular><version>2025</version><chapter><name>1</name><desc>One " \
    "(A00-B99)</desc>\n"                                                                                 \
    "<section id=\"A00-A09\"><desc>Gut (A00-A09)</desc>\n" inside "\n</section></chapter></ICD10CM.tabular>"
#define DIAG(name, inside) "<diag><name>" name "</name><desc>Title</desc>" inside "</diag>"

static const char *order_text(struct buf *b)
{
    static const struct {
        const char *code, *title;
        int flag;
    } rows[] = {
        {"A00", "Cholera", 0}, {"A000", "Cholera, classical", 1}, {"A01", "Meniere disease", 0},
        {"A010", "Kind", 0},   {"A010XXA", "Kind, initial", 1},   {"A010XXD", "Kind, subsequent", 1},
        {"A011", "Other", 0},  {"A011XXA", "Other, left", 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        add_line(b, rows[i].code, rows[i].flag, rows[i].title);
    }
    return buf_text(b);
}

static void refuses_what_is_malformed(void **state)
{
    static const struct {
        const char *xml, *want;
    } cases[] = {
        {WRAP(DIAG("A00", "")) "x", "d/tabular.xml:5:"},
        {"<?xml version=\"1.0\"?>\n<ICD10CM.tabular><chapter><name>1</name>", "d/tabular.xml:2:"},
        {"<ICD10CM.tabular><version>2025</version></ICD10CM.tabular>",
         "expected the chapters of the Tabular List, found none"},
        {WRAP(DIAG("A0", "")), "expected an ICD-10-CM code, found \"A0\""},
        {WRAP("<diag><desc>Title</desc></diag>"), "expected a name in this diag, found none"},
        {WRAP(DIAG("A00", "<section/>")), NULL},
        {"<ICD10CM.tabular><chapter><name>1</name><section><desc>x</desc></section></chapter></ICD10CM.tabular>",
         "expected a section with the range it covers as its id, found \"\""},
        {"<ICD10CM.tabular><chapter><name>first</name></chapter></ICD10CM.tabular>",
         "expected the number of a chapter, found \"first\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct edition *ed = NULL;
        struct buf order = {0}, report = {0};
        struct error err = {0};
        enum status st = read_texts(order_text(&order), cases[i].xml, NULL, &ed, &report, &err);
        assert_int_equal(st, cases[i].want ? ST_INPUT : ST_OK);
        if (cases[i].want && !strstr(err.text, cases[i].want)) {
            fail_msg("%s lacks %s", err.text, cases[i].want);
        }
        edition_free(ed);
        buf_free(&order);
        buf_free(&report);
    }
    (void)state;
}

static const char book[] =
    WRAP("<diag><name>A00</name><desc>Cholera</desc><excludes1><note>one\n  (B01.-)</note><note>two</note></excludes1>"
         "<includes><note>marked <i>inside</i></note></includes>" DIAG(
             "A00.0", "") "<excludes1><note>three</note></excludes1></diag>"
                          "<diag placeholder=\"true\"><name>A01</name><desc>M\xc3\xa9ni\xc3\xa8re disease</desc>"
                          "<sevenChrDef><extension char=\"A\">initial</extension><note>first time</note><extension "
                          "char=\"D\">subsequent</extension></sevenChrDef>" DIAG(
                              "A01.0", "") "<diag><name>A01.1</name><desc>OTHER</desc><sevenChrDef><extension "
                                           "char=\"B\">deeper</extension></sevenChrDef></diag>"
                                           "</diag><marvel>new</marvel>");

static void reads_notes_and_definitions(void **state)
{
    struct edition *ed;
    struct buf order = {0}, report = {0}, text = {0};
    struct error err = {0};
    assert_int_equal(read_texts(order_text(&order), book, NULL, &ed, &report, &err), ST_OK);
    assert_string_equal(notes_of(ed, find_code(ed, "A00"), &text),
                        "excludes1: one (B01.-)\nexcludes1: two\nincludes: marked inside\nexcludes1: three\n");
    assert_int_equal(ed->sevenths.len, 3);
    assert_int_equal(ed->sevenths.items[0].ch, 'A');
    assert_string_equal(ed->sevenths.items[0].note, "first time");
    assert_string_equal(ed->sevenths.items[1].note, "");
    assert_string_equal(ed->entries.items[find_code(ed, "A01")].printed, "M\xc3\xa9ni\xc3\xa8re disease");
    assert_null(ed->entries.items[find_code(ed, "A011")].printed); /* case alone is no other wording */
    assert_true(ed->entries.items[find_code(ed, "A010XXD")].family);
    assert_false(ed->entries.items[find_code(ed, "A011XXA")].family); /* the deeper definition has no A */
    assert_string_equal(
        buf_text(&report),
        "d/tabular.xml:5: marvel in section is not known to this version and left out (1 in all)\n"
        "codes that the Tabular's 7th characters would give but the order file, which rules, lacks: 1 (A01.1XXB)\n"
        "codes of the order file that the Tabular neither lists nor gives: 1 (A01.1XXA)\n");
    assert_int_equal(ed->coverage, 1u << COMP_CODES | 1u << COMP_TABULAR);
    edition_free(ed);
    buf_free(&order);
    buf_free(&report);
    buf_free(&text);
    (void)state;
}

static void assert_same(const struct edition *a, const struct edition *b)
{
    struct buf x = {0}, y = {0};
    dump_edition(a, &x);
    dump_edition(b, &y);
    assert_string_equal(buf_text(&x), buf_text(&y));
    buf_free(&x);
    buf_free(&y);
}

/* One file now and the other later, either way round, gives what both at once give; other components stay. */
static void adds_a_component_later(void **state)
{
    struct edition *both, *first, *then, *again;
    struct buf order = {0}, report = {0};
    struct error err = {0};
    order_text(&order);
    assert_int_equal(read_texts(order.text, book, NULL, &both, &report, &err), ST_OK);
    assert_int_equal(read_texts(order.text, NULL, NULL, &first, &report, &err), ST_OK);
    assert_int_equal(read_texts(NULL, book, first, &then, &report, &err), ST_OK);
    assert_same(both, then);
    assert_int_equal(read_texts(order.text, NULL, both, &again, &report, &err), ST_OK);
    assert_same(both, again);

    struct ed_note guideline = {.entry = (uint32_t)find_code(both, "A000"), .kind = NOTE_GUIDELINE, .text = "I.C.1"};
    VEC_PUSH(&both->notes, guideline);
    both->coverage |= 1u << COMP_GUIDELINES;
    edition_free(then);
    assert_int_equal(read_texts(order.text, book, both, &then, &report, &err), ST_OK);
    assert_int_equal(then->coverage, both->coverage);
    struct buf notes = {0};
    assert_string_equal(notes_of(then, find_code(then, "A000"), &notes), "guideline: I.C.1\n");

    edition_free(both);
    edition_free(first);
    edition_free(then);
    edition_free(again);
    buf_free(&order);
    buf_free(&report);
    buf_free(&notes);
    (void)state;
}

static void refuses_a_tabular_alone(void **state)
{
    struct edition *ed = NULL;
    struct buf report = {0};
    struct error err = {0};
    assert_int_equal(read_texts(NULL, book, NULL, &ed, &report, &err), ST_INPUT);
    assert_null(ed);
    assert_string_equal(
        err.text,
        "d/tabular.xml: expected the order file of FY2025 with this Tabular List or on the shelf, found none");
    buf_free(&report);
    (void)state;
}

static void order_file_rules(void **state)
{
    struct edition *ed;
    struct buf order = {0}, report = {0}, text = {0};
    struct error err = {0};
    assert_int_equal(
        read_texts(order_text(&order), WRAP(DIAG("A00", DIAG("A01.0", "")) DIAG("A05", "")), NULL, &ed, &report, &err),
        ST_OK);
    assert_string_equal(path_of(ed, find_code(ed, "A010"), &text), "1 > A00-A09 > A01 > A010");
    assert_non_null(strstr(report.text, "lacks; left out with their notes: 1 (A05)"));
    assert_non_null(strstr(report.text, "under another code than their prefix, which rules: 1 (A01.0)"));
    edition_free(ed);
    buf_free(&order);
    buf_free(&report);
    buf_free(&text);
    (void)state;
}

/* A download that broke off, at any byte: never read, never a crash. */
static void refuses_a_cut_file(void **state)
{
    struct buf order = {0}, report = {0};
    char cut[sizeof book];
    order_text(&order);
    for (size_t n = 0; n + 1 < sizeof book; n++) {
        struct edition *ed = NULL;
        struct input in = {.path = "d/tabular.xml", .name = "tabular.xml", .bytes = cut, .len = n};
        struct recognised is;
        memcpy(cut, book, n);
        cut[n] = '\0';
        icd10cm_importer.recognise(&in, &is);
        if (is.verdict == INPUT_USED) {
            assert_int_equal(read_texts(order.text, cut, NULL, &ed, &report, NULL), ST_INPUT);
        }
        assert_null(ed);
    }
    buf_free(&order);
    buf_free(&report);
    (void)state;
}

static void reads_the_specimen(void **state)
{
    struct buf report = {0}, text = {0};
    struct edition *ed =
        read_folder(TEST_SPECIMEN "/icd10cm/specimen", "FY2025", WITH_ORDER | WITH_TABULAR, NULL, &report);
    unsigned kinds = 0;
    assert_string_equal(buf_text(&report), ""); /* nothing unknown, nothing that disagrees */
    for (size_t i = 0; i < ed->notes.len; i++) {
        kinds |= 1u << ed->notes.items[i].kind;
    }
    assert_int_equal(kinds, (1u << (NOTE_SEVENTH + 1)) - 1); /* every kind of note is in it */
    assert_string_equal(path_of(ed, find_code(ed, "T2000XA"), &text),
                        "19 > T07-T88 > T20-T32 > T20-T25 > T20 > T200 > T2000 > T2000XA");
    assert_true(ed->entries.items[find_section(ed, "B99")].kind == KIND_SECTION);
    assert_string_equal(path_of(ed, find_code(ed, "B999"), &text), "1 > B99 > B99 > B999");
    assert_int_equal(ed->entries.items[find_code(ed, "I10")].kind, KIND_CATEGORY);
    assert_true(ed->entries.items[find_code(ed, "I10")].billable);
    assert_false(ed->entries.items[find_code(ed, "H540X33")].family);
    assert_true(ed->entries.items[find_code(ed, "S52521P")].family);
    assert_true(find_code(ed, "M0899") < find_code(ed, "M1A") && find_code(ed, "M1A") < find_code(ed, "M10"));
    assert_true(ed->front.len >= 3);
    edition_free(ed);
    buf_free(&report);
    buf_free(&text);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_what_is_malformed), cmocka_unit_test(reads_notes_and_definitions),
        cmocka_unit_test(adds_a_component_later),    cmocka_unit_test(refuses_a_tabular_alone),
        cmocka_unit_test(order_file_rules),          cmocka_unit_test(refuses_a_cut_file),
        cmocka_unit_test(reads_the_specimen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
