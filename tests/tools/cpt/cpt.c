/* cpt.c - a CPT release from the specimen files: the book it makes, what later files add to it, what damaged files say. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"
#include "tools/cpt/group.h"

static struct edition *read_specimen(void)
{
    static const char *const names[] = {"MODUL.txt", "SHORTU.txt", "LONGULT.txt", "ConsumerDescriptor.txt", "MEDU.txt"};
    struct group g = {0};
    struct edition *ed = NULL;
    struct error err = {0};
    for (size_t i = 0; i < 5; i++)
        group_add_specimen(&g, names[i]);
    if (group_read(&g, NULL, &ed, &err) != ST_OK)
        fail_msg("%s", err.text);
    assert_string_equal(group_reported, "");
    group_free(&g);
    return ed;
}

static void test_book(void **state)
{
    struct edition *ed = read_specimen();
    const struct ed_entry *e = entry_of(ed, "25603");
    char chapters[256] = "";
    (void)state;
    for (size_t i = 0; i < ed->entries.len; i++) {
        assert_true(ed->entries.items[i].parent < (int32_t)i);
        if (ed->entries.items[i].kind == KIND_CHAPTER)
            snprintf(chapters + strlen(chapters), sizeof chapters - strlen(chapters), "%s ", ed->entries.items[i].code);
    }
    assert_string_equal(chapters, "EM ANES SURG RAD PATH MED CAT2 CAT3 PLA MAAA MOD ");
    assert_string_equal(e->title, "SPECIMEN setting of a chalk radius, fracture drawn on; by hand");
    assert_string_equal(e->short_title, "SPECIMEN SETTING OF A CHALK");
    assert_string_equal(fact_of(ed, "25603", "medium"), "SPECIMEN SETTING OF A CHALK RADIUS, FRACTURE");
    assert_true(e->billable);
    assert_string_equal(parent_of(ed, "25603"), "25000-25999");
    assert_string_equal(parent_of(ed, "25000-25999"), "20100-29999");
    assert_string_equal(parent_of(ed, "20100-29999"), "SURG");
    assert_string_equal(parent_of(ed, "99213"), "99202-99216");
    assert_string_equal(parent_of(ed, "0001A"), "0001A-9999A");
    assert_string_equal(parent_of(ed, "0042T"), "CAT3");
    assert_string_equal(parent_of(ed, "0001U"), "PLA");
    assert_string_equal(parent_of(ed, "0002M"), "MAAA");
    assert_string_equal(parent_of(ed, "3044F"), "3000F-3999F");
    assert_string_equal(note_of(ed, "82949", NOTE_CONSUMER), "SPECIMEN: how sweet the lemonade is");
    assert_int_equal(ed->coverage, 1U << COMP_CODES | 1U << COMP_FACTS);
    assert_int_equal(ed->sources.len, 5);
    edition_free(ed);
}

static void test_families(void **state)
{
    struct edition *ed = read_specimen();
    (void)state;
    assert_null(fact_of(ed, "99202", "stem"));
    assert_string_equal(fact_of(ed, "99203", "stem"), "99202");
    assert_string_equal(fact_of(ed, "99204", "stem"), "99202");
    assert_null(fact_of(ed, "99213", "stem"));
    assert_string_equal(fact_of(ed, "25610", "stem"), "25603");
    assert_null(fact_of(ed, "27237", "stem"));
    edition_free(ed);
}

static void test_modifiers(void **state)
{
    struct edition *ed = read_specimen();
    (void)state;
    assert_int_equal(entry_of(ed, "22")->kind, KIND_MODIFIER);
    assert_string_equal(entry_of(ed, "22")->title, "SPECIMEN More Strings Than Usual");
    assert_string_equal(note_of(ed, "22", NOTE_NOTE), "Add this when a puppet had more strings than expected. SPECIMEN prose wraps over lines.");
    assert_string_equal(entry_of(ed, "P3")->title, "SPECIMEN puppet with a missing limb that has been missing for a long time");
    assert_string_equal(entry_of(ed, "F1")->title, "SPECIMEN left hand, second stick");
    assert_string_equal(fact_of(ed, "8P", "list"), "cat2");
    assert_string_equal(fact_of(ed, "73", "list"), "asc");
    assert_string_equal(parent_of(ed, "LT"), "MOD");
    /* 25 stands in two lists and is one entry with one text and the paragraph behind it. */
    size_t lists = 0, notes = 0;
    const ptrdiff_t at = entry_of(ed, "25") - ed->entries.items;
    for (size_t i = 0; i < ed->facts.len; i++)
        lists += ed->facts.items[i].entry == (uint32_t)at && strcmp(ed->facts.items[i].name, "list") == 0;
    for (size_t i = 0; i < ed->notes.len; i++)
        notes += ed->notes.items[i].entry == (uint32_t)at;
    assert_int_equal(lists, 2);
    assert_int_equal(notes, 2);
    edition_free(ed);
}

static void test_notice(void **state)
{
    struct edition *ed = read_specimen();
    (void)state;
    assert_int_equal(ed->front.len, 4);
    assert_string_equal(ed->front.items[0].kind, "notice");
    assert_non_null(strstr(ed->front.items[1].text, "CPT\u00ae is a trademark"));
    assert_non_null(strstr(ed->front.items[2].text, "99214 opens the next one"));
    edition_free(ed);
}

/* A file imported later adds to the release, or replaces its own part; the rest stays. */
static void test_layers(void **state)
{
    static const char pla[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plaCodes>\n\n<plaCode cdCode=\"0002U\" cdId=\"2\"><cdDesc>Specimen: new \u2122 words</cdDesc>"
        "<cdMDesc>NEW WORDS</cdMDesc><cdSDesc>NEW</cdSDesc><cdStatus>EXISTING</cdStatus><effectiveDate>2026-04-01T00:00:00-06:00"
        "</effectiveDate><publishDate>2026-01-01T00:00:00-06:00</publishDate><labName>Bead Works</labName></plaCode>\n<plaCode cdCode=\"0003U\" cdId=\"3\"><cdDesc>Specimen: added</cdDesc></plaCode>"
        "<plaCode cdCode=\"0001U\" cdId=\"1\"><cdDesc>Gone</cdDesc><cdStatus>DELETED</cdStatus></plaCode></plaCodes>";
    struct edition *old = read_specimen(), *ed = NULL;
    struct group g = {0};
    struct error err = {0};
    (void)state;
    group_add_text(&g, "CPTPLA", pla);
    assert_int_equal(group_read(&g, old, &ed, &err), ST_OK);
    assert_string_equal(entry_of(ed, "0002U")->title, "Specimen: new \u2122 words");
    assert_string_equal(entry_of(ed, "0002U")->short_title, "NEW");
    assert_string_equal(fact_of(ed, "0002U", "medium"), "NEW WORDS");
    assert_string_equal(fact_of(ed, "0002U", "laboratory"), "Bead Works");
    assert_int_equal(entry_of(ed, "0002U")->from, 20260401);
    assert_string_equal(fact_of(ed, "0002U", "published"), "2026-01-01");
    assert_string_equal(entry_of(ed, "0003U")->title, "Specimen: added");
    assert_int_equal(ed->entries.len, old->entries.len); /* one more, one gone */
    assert_string_equal(fact_of(ed, "25610", "stem"), "25603");
    assert_string_equal(note_of(ed, "82949", NOTE_CONSUMER), "SPECIMEN: how sweet the lemonade is");
    assert_int_equal(ed->front.len, 4);
    assert_int_equal(ed->sources.len, 6);
    edition_free(ed);
    group_free(&g);

    group_add_text(&g, "longult.txt", "82949\tOne code left\r\n");
    assert_int_equal(group_read(&g, old, &ed, &err), ST_OK);
    assert_string_equal(entry_of(ed, "82949")->title, "One code left");
    assert_string_equal(entry_of(ed, "0001U")->code, "0001U"); /* PLA codes have a file of their own */
    assert_string_equal(entry_of(ed, "25")->code, "25");
    assert_int_equal(ed->sources.len, 5);
    for (size_t i = 0; i < ed->entries.len; i++)
        assert_string_not_equal(ed->entries.items[i].code, "99213");
    edition_free(ed);
    group_free(&g);
    edition_free(old);
}

static void test_cross_check(void **state)
{
    struct group g = {0};
    struct edition *ed = NULL;
    struct error err = {0};
    (void)state;
    group_add_text(&g, "LONGULT.txt", "10001\tOne\n10002\tTwo\n10003\tThree\n10004\tFour\n10005\tFive\n");
    group_add_text(&g, "SHORTU.txt", "10001 ONE\n10006 SIX\n10007 SEVEN\n");
    group_add_text(&g, "ConsumerDescriptor.txt", "Concept Id\tCPT Code\tConsumer Friendly Descriptor\n1\t10009\tNine\n");
    assert_int_equal(group_read(&g, NULL, &ed, &err), ST_OK);
    assert_string_equal(group_reported, "SHORTU.txt: 4 codes of LONGULT.txt missing (10002, 10003, 10004, ...)\n"
                                        "LONGULT.txt: 2 codes of SHORTU.txt missing (10006, 10007)\n"
                                        "1 consumer or clinician descriptors name codes without a long descriptor (10009)\n");
    edition_free(ed);
    group_free(&g);
}

static void test_damage(void **state)
{
    static const struct {
        const char *name, *text, *says;
    } cases[] = {
        {"LONGULT.txt", "Notice.\r\n\r\n10001\tOne\r\n10002\tTwo\r\nX0003\tThree\r\n10004\tFour\r\n10005\tFive\r\n10006\tSix\r\n",
         "LONGULT.txt:5:1: a five-character code expected, found X0003 Three"},
        {"LONGULT.txt", "10001\tOne\n10002\tTwo\n10003\tThree\n10004 Four\n10005\tFive\n",
         "LONGULT.txt:4:6: a tab before the descriptor expected, found Four"},
        {"LONGULT.txt", "10001\tOne\n10002\tTwo\n10003\tThree\n10004\t \n10005\tFive\n",
         "LONGULT.txt:4:6: a descriptor expected, found nothing"},
        {"LONGULT.txt", "10001\tOne\n10002\tTwo\n10001\tUno\n",
         "LONGULT.txt:3:1: each code once expected, found 10001 again with another descriptor"},
        {"LONGULF.txt", "1000101 One\n1000102 more\n1000104 and more\n1000201 Two\n",
         "LONGULF.txt:3:6: sequence 03 expected, found 04 and more"},
        {"SHORTU.txt", "10001 ONE\n10002 TWO\n10003 THREE\n1000\n10005 FIVE\n",
         "SHORTU.txt:4:1: a five-character code expected, found 1000"},
        {"SHORTU.txt", "10001 ONE\n10002 TWO\n", "SHORTU.txt: long descriptors (LONGULT) of 2026 expected beside it or on the shelf, found none"},
        {"CPTPLA", "<plaCodes><plaCode cdCode=\"0001U\"><cdDesc>Specimen</cdDesc></plaCode></plaCodes>",
         "CPTPLA: long descriptors (LONGULT) of 2026 expected beside it or on the shelf, found none"},
        {"ConsumerDescriptor.txt", "Concept Id\tCPT Code\tConsumer Friendly Descriptor\n1\t1000\tOne\n",
         "ConsumerDescriptor.txt:2: a five-character code expected in column 2, found 1000"},
        {"CPTPLA", "<plaCodes><plaCode cdCode=\"0001\"><cdDesc>x</cdDesc></plaCode></plaCodes>",
         "CPTPLA:1:11: a five-character code expected in cdCode, found 0001"},
        {"CPTPLA", "<plaCodes><plaCode cdCode=\"0001U\"></plaCode></plaCodes>",
         "CPTPLA:1:35: a descriptor of 0001U expected in cdDesc, found nothing"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct group g = {0};
        struct edition *ed = NULL;
        struct error err = {0};
        group_add_text(&g, cases[i].name, cases[i].text);
        assert_int_equal(group_read(&g, NULL, &ed, &err), ST_INPUT);
        assert_string_equal(err.text, cases[i].says);
        assert_null(ed);
        group_free(&g);
    }
}

/* Two files that differ can't both be the long descriptors of one release; the same one twice can. */
static void test_twice(void **state)
{
    struct group g = {0};
    struct edition *ed = NULL;
    struct error err = {0};
    (void)state;
    group_add_text(&g, "LONGULT.txt", "10001\tOne\n");
    group_add_text(&g, "copy.txt", "10001\tOne\n");
    assert_int_equal(group_read(&g, NULL, &ed, &err), ST_OK);
    edition_free(ed);
    group_add_text(&g, "other.txt", "10001\tUno\n");
    assert_int_equal(group_read(&g, NULL, &ed, &err), ST_INPUT);
    assert_non_null(strstr(err.text, "other.txt"));
    group_free(&g);
}

/* Whatever a cut leaves of a file is refused or read, never worse. */
static void test_cut_files(void **state)
{
    static const char *const names[] = {"LONGULT.txt", "MEDU.txt", "SHORTU.txt", "MODUL.txt", "ConsumerDescriptor.txt"};
    size_t read = 0;
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct group whole = {0};
        group_add_specimen(&whole, names[i]);
        for (size_t n = 0; n < whole.inputs[0].len; n += 23) {
            char *part = malloc(n + 1);
            assert_non_null(part);
            memcpy(part, whole.inputs[0].bytes, n);
            struct group g = {.n = 1};
            struct recognised what;
            struct edition *ed = NULL;
            g.inputs[0] = (struct input){.path = names[i], .name = names[i], .bytes = part, .len = n};
            g.list[0] = &g.inputs[0];
            cpt_importer.recognise(&g.inputs[0], &what);
            g.roles[0] = what.role;
            if (what.verdict == INPUT_USED) {
                group_read(&g, NULL, &ed, NULL);
                read++;
            }
            edition_free(ed);
            free(part);
        }
        group_free(&whole);
    }
    assert_true(read > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_book),        cmocka_unit_test(test_families), cmocka_unit_test(test_modifiers),
        cmocka_unit_test(test_notice),      cmocka_unit_test(test_layers),   cmocka_unit_test(test_cross_check),
        cmocka_unit_test(test_damage),      cmocka_unit_test(test_twice),    cmocka_unit_test(test_cut_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
