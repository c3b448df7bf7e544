/* layouts.c - the forms a CPT file comes in: notices, encodings, line ends, fixed and tab layouts, tables, and other code sets'
 * files that look alike. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "cpt/cpt.h"
#include "support.h"
#include "tools/cpt/group.h"

static struct edition *read_group(struct group *g)
{
    struct edition *ed = NULL;
    struct error err = {0};
    if (group_read(g, NULL, &ed, &err) != ST_OK)
        fail_msg("%s", err.text);
    group_free(g);
    return ed;
}

static size_t codes_in(const struct edition *ed)
{
    size_t n = 0;
    for (size_t i = 0; i < ed->entries.len; i++)
        n += ed->entries.items[i].kind == KIND_CODE;
    return n;
}

/* The same three codes behind every kind of notice, between tabs and in fixed columns. */
static void test_notices(void **state)
{
    static const char *const notices[] = {
        "",
        "\xEF\xBB\xBF",
        "One line.\r\n\r\n",
        "Copyright \xae nobody.\r\n\r\n1966 was a year.\r\n99213 is a number in prose\r\n\r\nThe end.\r\n\r\n",
        "99213 opens the notice.\r\n\r\n",
        "First.\r\n\r\n99213 stands alone before the data\r\n\r\n",
        "Two blank lines behind.\r\n\r\n\r\n",
        "\r\n\r\n312 464-5000 is a telephone number.\r\n\r\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof notices / sizeof notices[0]; i++) {
        struct group g = {0};
        struct buf tab = {0}, fixed = {0};
        buf_printf(&tab, "%s10001\tOne\r\n10002\tTwo\r\n\r\n99213\tThree\r\n\r\n", notices[i]);
        buf_printf(&fixed, "%s10001 ONE   \r\n10002 TWO   \r\n99213 THREE \r\n", notices[i]);
        group_add(&g, "LONGULT.txt", tab.text, tab.len);
        group_add(&g, "SHORTU.txt", fixed.text, fixed.len);
        struct edition *ed = read_group(&g);
        assert_int_equal(codes_in(ed), 3);
        assert_string_equal(entry_of(ed, "10001")->title, "One");
        assert_string_equal(entry_of(ed, "99213")->title, "Three");
        assert_string_equal(entry_of(ed, "99213")->short_title, "THREE");
        assert_string_equal(group_reported, "");
        edition_free(ed);
        buf_free(&tab);
        buf_free(&fixed);
    }
}

static void test_encodings(void **state)
{
    static const char *const texts[] = {"10001\tCaf\xe9 \x96 \xae\n10002\tTwo\n", "10001\tCafé – ®\r\n10002\tTwo\n",
                                        ("\xEF\xBB\xBF" "10001\tCafé – ®\n10002\tTwo")};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct group g = {0};
        group_add_text(&g, "LONGULT.txt", texts[i]);
        struct edition *ed = read_group(&g);
        assert_string_equal(entry_of(ed, "10001")->title, "Café – ®");
        edition_free(ed);
    }
}

/* A descriptor over several records: broken between words, cut hard at the column, with and without sequence numbers. */
static void test_sequences(void **state)
{
    static const char whole[] = "Exploration of a very long corridor with many doors on both sides, none of which opens; first door on "
                                "the left, with a key made for it by the best locksmith in town";
    char wrapped[512], cut[512], blank[512];
    (void)state;
    snprintf(wrapped, sizeof wrapped, "1000101 %.66s\r\n1000102 %s\r\n1000201 Two\r\n", whole, whole + 67);
    snprintf(cut, sizeof cut, "1000101 %.72s\r\n1000102 %.72s\r\n1000103 %s\r\n1000201 Two\r\n", whole, whole + 72, whole + 144);
    snprintf(blank, sizeof blank, "10001   %.71s\r\n10001   %.71s\r\n10001   %s\r\n10002   Two\r\n", whole, whole + 71, whole + 142);
    const char *texts[] = {wrapped, cut, blank};
    for (size_t i = 0; i < 3; i++) {
        struct group g = {0};
        group_add_text(&g, "LONGULF.txt", texts[i]);
        struct edition *ed = read_group(&g);
        assert_string_equal(entry_of(ed, "10001")->title, whole);
        assert_string_equal(entry_of(ed, "10002")->title, "Two");
        edition_free(ed);
    }
}

/* LONGULT wins over the capitals of LONGUT, which serves where it is alone. */
static void test_preference(void **state)
{
    struct group g = {0};
    (void)state;
    group_add_text(&g, "LONGUT.txt", "10001\tONE\n");
    struct edition *ed = read_group(&g);
    assert_string_equal(entry_of(ed, "10001")->title, "ONE");
    edition_free(ed);
    group_add_text(&g, "LONGUT.txt", "10001\tONE\n");
    group_add_text(&g, "LONGULF.txt", "1000101 One\n");
    ed = read_group(&g);
    assert_string_equal(entry_of(ed, "10001")->title, "One");
    assert_string_equal(group_reported, "LONGUT.txt: not read, LONGULF.txt says the same\n");
    assert_int_equal(ed->sources.len, 2);
    edition_free(ed);
}

static void test_clinician(void **state)
{
    struct group g = {0};
    (void)state;
    group_add_text(&g, "LONGULT.txt", "10001\tOne\n");
    group_add_text(&g, "ClinicianDescriptor.txt",
                   "Some notice.\r\n\r\nConcept Id\t\xa0" "CPT Code \tClinician Descriptor Id\tClinician Descriptor\r\n"
                   "1\t10001\t7\tFirst\twords\r\n1\t10001\t8\tSecond words\r\n\t\t\t\r\n");
    struct edition *ed = read_group(&g);
    assert_int_equal(ed->notes.len, 2);
    assert_string_equal(ed->notes.items[0].text, "First words");
    assert_string_equal(ed->notes.items[1].text, "Second words");
    assert_int_equal(ed->notes.items[1].kind, NOTE_CLINICIAN);
    edition_free(ed);
}

static void test_pla_tab(void **state)
{
    struct group g = {0};
    (void)state;
    group_add_text(&g, "LONGULT.txt", "10001\tOne\n");
    group_add_text(&g, "CPTPLATab.txt", "0001U\tBeads, forty kinds\tBEADS FORTY KINDS\tBEADS FORTY\r\n"
                                        "0002U\tCork\tCORK BY THE SMELL OF IT\tCORK SMELL\tA workshop in the old town\r\n");
    struct edition *ed = read_group(&g);
    assert_string_equal(entry_of(ed, "0001U")->title, "Beads, forty kinds");
    assert_string_equal(entry_of(ed, "0001U")->short_title, "BEADS FORTY");
    assert_string_equal(fact_of(ed, "0001U", "medium"), "BEADS FORTY KINDS");
    edition_free(ed);
}

static void test_recognise(void **state)
{
    static const char order[] = "00001 A00     0 Cholera                                                      Cholera\r\n"
                                "00002 A000    1 Cholera due to Vibrio cholerae 01, biovar cholerae           Cholera due to\r\n"
                                "00003 A001    1 Cholera due to Vibrio cholerae 01, biovar eltor              Cholera due to\r\n";
    static const struct {
        const char *name, *text;
        enum verdict verdict;
        enum role role;
    } cases[] = {
        {"a", "10001\tOne\n10002\tTwo\n", INPUT_USED, ROLE_LONG_TAB},
        {"a", "10001\tONE\n10002\tTWO\n", INPUT_USED, ROLE_LONG_TAB_UPPER},
        {"a", "1000101 One\n1000102 two\n", INPUT_USED, ROLE_LONG_FIXED},
        {"a", "10001   ONE\n10002   TWO\n", INPUT_USED, ROLE_LONG_FIXED_UPPER},
        {"a", "10001 ONE\n10002 TWO\n", INPUT_USED, ROLE_SHORT},
        {"a", "10001 ONE AND A TEXT WIDER THAN TWENTY-EIGHT\n10002 TWO\n", INPUT_USED, ROLE_MEDIUM},
        {"a", "10001 ONE                                            \n10002 TWO\n", INPUT_USED, ROLE_SHORT},
        {"a", "10001 ONE                                             \n10002 TWO\n", INPUT_USED, ROLE_MEDIUM},
        {"medu.txt", "10001 ONE\n10002 TWO\n", INPUT_USED, ROLE_MEDIUM},
        {"a", "x\n\nAppendix A\n\n22 More: words\n", INPUT_USED, ROLE_MODIFIERS},
        {"a", "<?xml version=\"1.0\"?>\n<plaCodes></plaCodes>", INPUT_USED, ROLE_PLA_XML},
        {"a", "0001U\tOne\tONE\tO\n0002U\tTwo\tTWO\tT\n", INPUT_USED, ROLE_PLA_TAB},
        {"a", "Date\tChange Type\tConcept Id\tCPT Code\tLevel\n", INPUT_USED, ROLE_LINK_HISTORY},
        {"a", "Concept Id\tCode\tDate Deleted\tLevel\n", INPUT_USED, ROLE_LINK_DELETED},
        {"a", "A notice.\n\nConceptId|code|DATE DELETED|Level|Descriptor|Instruction\n", INPUT_USED, ROLE_LINK_DELETED},
        {"a", "Date|ChangeType|Concept Id|Modifier Code|Prior Value|CurrentValue\n", INPUT_USED, ROLE_LINK_MODIFIERS},
        {"a", "Concept Id\tCode\tLevel\n", INPUT_NOT_NEEDED, ROLE_LONG_TAB},
        {"a", order, INPUT_UNKNOWN, ROLE_LONG_TAB},
        {"a", "0010  Cholera\n00320 Salmonella\n0033  More\n0034  More\n0035  More\n00360 Yet more\n", INPUT_UNKNOWN, ROLE_LONG_TAB},
        {"a", "A000 Cholera\nA001 More\n", INPUT_UNKNOWN, ROLE_LONG_TAB},
        {"a", "Plain words.\n99213 is a number.\n\nNo data here.\n", INPUT_UNKNOWN, ROLE_LONG_TAB},
        {"a", "<ICD10CM.tabular></ICD10CM.tabular>", INPUT_UNKNOWN, ROLE_LONG_TAB},
        {"a", "", INPUT_UNKNOWN, ROLE_LONG_TAB},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct input in = {.path = "a", .name = cases[i].name, .bytes = cases[i].text, .len = strlen(cases[i].text)};
        struct recognised what;
        cpt_importer.recognise(&in, &what);
        if (what.verdict != cases[i].verdict || what.role != (int)cases[i].role)
            fail_msg("case %zu: verdict %d, role %d", i, (int)what.verdict, what.role);
    }
}

/* Every code has a chapter, and the right one, also where no section holds it. */
static void test_chapters(void **state)
{
    static const struct {
        const char *code, *chapter;
    } cases[] = {
        {"00100", "ANES"}, {"01999", "ANES"}, {"10000", "SURG"}, {"29999", "SURG"}, {"69990", "SURG"}, {"70010", "RAD"},
        {"79999", "RAD"},  {"80000", "PATH"}, {"89398", "PATH"}, {"90281", "MED"},  {"98005", "EM"},   {"98925", "MED"},
        {"99140", "MED"},  {"99201", "EM"},   {"99499", "EM"},   {"99500", "MED"},  {"99999", "MED"},  {"0001A", "MED"},
        {"9999F", "CAT2"}, {"0999T", "CAT3"}, {"9999U", "PLA"},  {"0001M", "MAAA"},
    };
    struct group g = {0};
    struct buf text = {0};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        buf_printf(&text, "%s\tSome words\n", cases[i].code);
    group_add(&g, "LONGULT.txt", text.text, text.len);
    struct edition *ed = read_group(&g);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct ed_entry *e = entry_of(ed, cases[i].code);
        while (e->parent != NO_PARENT)
            e = &ed->entries.items[e->parent];
        assert_string_equal(e->code, cases[i].chapter);
    }
    edition_free(ed);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_notices),    cmocka_unit_test(test_encodings), cmocka_unit_test(test_sequences),
        cmocka_unit_test(test_preference), cmocka_unit_test(test_clinician), cmocka_unit_test(test_pla_tab),
        cmocka_unit_test(test_recognise),  cmocka_unit_test(test_chapters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
