/* records.c - HCPCS records written here and the specimen: what comes out of good ones, what is said of bad ones. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/calendar.h"
#include "codeshelf/codesets.h"
#include "help.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static const struct field dates[] = {{269, "19900101"}, {277, "20200101"}, {293, "N"}};

/* A small release: disclaimer, two modifiers, codes under several headings, one ended, with records of all lengths. */
static void write_release(struct buf *b)
{
    static const struct field full[] = {{92, "Ambulance, long way"},
                                        {120, "13213800"},
                                        {128, "A"},
                                        {129, "60-9  65-10 "},
                                        {147, "2120.1  2125"},
                                        {171, "1833(t)"},
                                        {181, "010340"},
                                        {205, "A0428Q9989K0001"},
                                        {230, "D"},
                                        {231, "YY"},
                                        {233, "20080101"},
                                        {241, "102"},
                                        {244, "1"},
                                        {245, "20000101"},
                                        {253, "0017"},
                                        {257, "O1A"},
                                        {261, "DR"},
                                        {266, "  3"},
                                        {269, "20180701"},
                                        {277, "20180702"},
                                        {285, "20191231"},
                                        {293, "D"}};
    buf_puts(b, "***Disclaimers\t\t\r\n\r\n*No part of this\xA0 is a record.\r\n   A0 nor this\r\n");
    record_add(b, "   A1001007", "Dressing for one wound", dates, COUNT(dates), 0);
    record_add(b, "   QA000107", "Modifier numbered by tens", dates, COUNT(dates), 293);
    record_add(b, "A0427001003", "Ambulance\xA0service, emergency,  als 1 -", full, COUNT(full), 316);
    record_add(b, "A0427002004", " level 1, extension/", NULL, 0, 91);
    record_add(b, "A0427003004", "flexion", NULL, 0, 0);
    buf_puts(b, "   \r\n");
    record_add(b, "A4100001003", "Skin substitute", dates, COUNT(dates), 0);
    record_add(b, "D0120001003", "Between all headings", dates, COUNT(dates), 0);
    record_add(b, "Z9999001003", "No chapter has this letter", dates, COUNT(dates), 0);
    buf_puts(b, "\r\n");
}

static const char notes_file[] = "                PROCESSING NOTES\r\n ______\r\n\r\n"
                                 "    0001--THIS PROCESSING NOTE DELETED 1/1/97.      *\r\n"
                                 "                                                    *\r\n"
                                 "\t 0017--SEE THE MANUAL FOR \t*\r\n"
                                 "          COVERAGE.                                 *\r\n";

static struct edition *read_text(const char *codes, size_t n, const char *notes, const struct edition *old,
                                 struct buf *report)
{
    struct group g = {0};
    struct edition *ed;
    struct error err = {0};
    if (codes) {
        group_add(&g, "hcpcs/2025-JAN/codes.zip/HCPC2025.txt", codes, n);
    }
    if (notes) {
        group_add(&g, "hcpcs/2025-JAN/proc_notes.txt", notes, strlen(notes));
    }
    if (group_read(&g, old, &ed, &err) != ST_OK) {
        fail_msg("%s", err.text);
    }
    if (report) {
        buf_puts(report, buf_text(&g.report));
    }
    buf_free(&g.report);
    return ed;
}

static void reads_every_field(void **state)
{
    static const struct {
        const char *name, *values;
    } want[] = {{"pricing", "13,21,38,00"},
                {"multiple_pricing", "A"},
                {"cim", "60-9,65-10"},
                {"mcm", "2120.1,2125"},
                {"statute", "1833(t)"},
                {"lab_certification", "010,340"},
                {"cross_reference", "A0428,Q9989,K0001"},
                {"coverage", "D"},
                {"asc_group", "YY"},
                {"asc_date", "20080101"},
                {"mog_group", "102"},
                {"mog_policy", "1"},
                {"mog_date", "20000101"},
                {"processing_note", "0017"},
                {"betos", "O1A"},
                {"type_of_service", "D,R"},
                {"anesthesia_units", "3"},
                {"effective_date", "20180702"},
                {"action", "D"}};
    struct buf text = {0};
    write_release(&text);
    struct edition *ed = read_text(text.text, text.len, NULL, NULL, NULL);
    const struct ed_entry *e = entry_find(ed, "A0427");
    assert_non_null(e);
    assert_int_equal(e->kind, KIND_CODE);
    assert_true(e->billable);
    assert_string_equal(e->title, "Ambulance service, emergency, als 1 - level 1, extension/flexion");
    assert_string_equal(e->short_title, "Ambulance, long way");
    assert_int_equal(e->from, 20180701);
    assert_int_equal(e->to, 20191231);
    for (size_t i = 0; i < COUNT(want); i++) {
        assert_string_equal(fact_values(ed, e, want[i].name), want[i].values);
    }
    edition_free(ed);
    buf_free(&text);
    (void)state;
}

static void builds_the_book(void **state)
{
    static const struct { const char *code, *path; } want[] = {
        {"MOD", ""}, {"A1", "MOD"}, {"QA", "MOD"}, {"A", ""}, {"A0021-A0999", "A"}, {"A0427", "A/A0021-A0999"},
        {"A2001-A4100", "A"}, {"A4100", "A/A2001-A4100"}, {"D", ""}, {"D0120", "D"}, {"OTHER", ""}, {"Z9999", "OTHER"}};
    struct buf text = {0};
    write_release(&text);
    struct edition *ed = read_text(text.text, text.len, NULL, NULL, NULL);
    assert_int_equal(ed->entries.len, COUNT(want));
    for (size_t i = 0; i < COUNT(want); i++) {
        const struct ed_entry *e = &ed->entries.items[i];
        assert_string_equal(e->code, want[i].code);
        assert_string_equal(entry_path(ed, e), want[i].path);
        assert_true(e->parent < (int32_t)i);
        assert_true(*e->title != '\0');
    }
    assert_int_equal(ed->entries.items[1].kind, KIND_MODIFIER);
    assert_int_equal(ed->coverage, 1U << COMP_CODES);
    assert_int_equal(ed->sources.len, 1);
    assert_string_equal(ed->sources.items[0].name, "codes.zip/HCPC2025.txt");
    edition_free(ed);
    buf_free(&text);
    (void)state;
}

static void check_notes(struct edition *ed)
{
    assert_string_equal(note_text(ed, entry_find(ed, "A0427")), "SEE THE MANUAL FOR COVERAGE.");
    assert_null(note_text(ed, entry_find(ed, "A4100")));
    assert_int_equal(ed->notes.items[0].kind, NOTE_PROCESSING);
    assert_int_equal(ed->coverage, 1U << COMP_CODES | 1U << COMP_TABULAR);
    assert_int_equal(ed->sources.len, 2);
    assert_string_equal(fact_values(ed, entry_find(ed, "A0427"), "pricing"), "13,21,38,00");
    assert_string_equal(entry_find(ed, "A0427")->short_title, "Ambulance, long way");
}

/* Codes and notes together, notes after codes, codes again after both: the same edition each time. */
static void joins_processing_notes(void **state)
{
    struct buf text = {0};
    write_release(&text);
    struct edition *both = read_text(text.text, text.len, notes_file, NULL, NULL);
    check_notes(both);
    struct edition *codes = read_text(text.text, text.len, NULL, NULL, NULL);
    struct edition *notes = read_text(NULL, 0, notes_file, codes, NULL);
    edition_free(codes);
    check_notes(notes);
    struct edition *again = read_text(text.text, text.len, NULL, notes, NULL);
    edition_free(notes);
    check_notes(again);
    assert_int_equal(again->entries.len, both->entries.len);
    assert_int_equal(again->facts.len, both->facts.len);
    edition_free(again);
    edition_free(both);
    buf_free(&text);
    (void)state;
}

static void says_what_is_missing(void **state)
{
    struct buf text = {0}, report = {0};
    struct group g = {0};
    struct error err = {0};
    struct edition *ed;
    static const char others[] = "  PROCESSING NOTES\n  0005--OTHER.  *\n";
    write_release(&text);
    edition_free(read_text(text.text, text.len, others, NULL, &report));
    assert_non_null(strstr(report.text, "4 codes, 2 modifiers, 1 of them with a termination date"));
    assert_non_null(strstr(report.text, "cited processing notes that the notes file lacks: 1"));
    group_add(&g, "notes.txt", notes_file, sizeof notes_file - 1);
    assert_int_equal(group_read(&g, NULL, &ed, &err), ST_INPUT);
    assert_null(ed);
    assert_string_equal(err.text, "notes.txt: expected the HCPCS file of 2025-JAN with it or on the shelf, found none");
    buf_free(&text);
    buf_free(&report);
    (void)state;
}

/* Each line stands after a good first line and must be refused with its place. */
static void refuses_malformed_records(void **state)
{
    static const struct {
        const char *head, *long_text;
        size_t length;
        struct field field;
        const char *said;
    } bad[] = {
        {"A0999 short", " line of forty bytes", 40, {1, ""}, "c.txt:2:6: expected a record with a sequence number"},
        {"A0999001003", "Unlisted", 40, {1, ""}, "c.txt:2:41: expected a record of at least 293 bytes, found 40"},
        {"A0001002004", "cut", 90, {1, ""}, "c.txt:2:91: expected a record of at least 91 bytes, found 90"},
        {"A0999001005", "wrong type", 0, {1, ""}, "c.txt:2:11: expected record type 3, 4, 7 or 8, found \"5\""},
        {"A0002001003",
         "bad date",
         0,
         {269, "20180231"},
         "c.txt:2:269: expected the date added as YYYYMMDD, found \"20180231\""},
        {"A0002001003", "bad date", 0, {285, "2018123 "}, "c.txt:2:285: expected the termination date"},
        {"A0002001004",
         "of nothing",
         0,
         {1, ""},
         "c.txt:2:1: expected a continuation of A0001 or a first record, found \"A0002\""},
        {"A0001001003", "again", 0, {1, ""}, "c.txt:2:1: expected a code that was not there before, found \"A0001\""},
        {"a0002001003", "lower case", 0, {1, ""}, "c.txt:2:1: expected a code of five characters"},
        {"   A 001007", "modifier", 0, {1, ""}, "c.txt:2:1: expected a modifier of two characters"},
        {"A0002001003", "", 0, {1, ""}, "c.txt:2:12: expected a long description"},
        {"A00\x1b[001003", "escape", 0, {1, ""}, "c.txt:2:1: expected a code of five characters, found \"A00?[\""},
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct buf text = {0};
        struct group g = {0};
        struct error err = {0};
        struct edition *ed;
        record_add(&text, "A0001001003", "Good", dates, COUNT(dates), 0);
        record_add(&text, bad[i].head, bad[i].long_text, &bad[i].field, 1, bad[i].length);
        group_add(&g, "c.txt", text.text, text.len);
        assert_int_equal(group_read(&g, NULL, &ed, &err), ST_INPUT);
        assert_null(ed);
        if (strncmp(err.text, bad[i].said, strlen(bad[i].said)) != 0) {
            fail_msg("said \"%s\" for \"%s\"", err.text, bad[i].said);
        }
        buf_free(&text);
    }
    (void)state;
}

static void refuses_two_notes_of_a_number(void **state)
{
    static const char twice[] = "PROCESSING NOTES\n0005--ONE.\n0006--TWO.\n0005--AGAIN.\n";
    struct buf text = {0};
    struct group g = {0};
    struct error err = {0};
    struct edition *ed;
    write_release(&text);
    group_add(&g, "c.txt", text.text, text.len);
    group_add(&g, "n.txt", twice, sizeof twice - 1);
    assert_int_equal(group_read(&g, NULL, &ed, &err), ST_INPUT);
    assert_string_equal(err.text, "n.txt:4:1: expected a new processing note, found 0005 again");
    buf_free(&text);
    (void)state;
}

static void recognises_by_content(void **state)
{
    static const struct { const char *text; enum verdict verdict; } files[] = {
        {"  CMS RIF REPORT\n  ***  HCPCS Contractor Record - 2031\n", INPUT_NOT_NEEDED},
        {"   NOC CODES - HCPCS 2031\n", INPUT_USED},
        {"         2031 HCPCS CORRECTIONS\n\n  CODE  ACTION\n", INPUT_NOT_NEEDED},
        {"HCPCS/Modifier CodeType of Change\n", INPUT_NOT_NEEDED},
        {"PROCESSING NOTES are elsewhere\n", INPUT_UNKNOWN},
        {"00001 A00     0 Cholera                                                      Cholera\n", INPUT_UNKNOWN},
        {"99999\tsomething of another set\n", INPUT_UNKNOWN},
        {"", INPUT_UNKNOWN},
    };
    for (size_t i = 0; i < COUNT(files); i++) {
        struct input in = {
            .path = "any/name.txt", .name = "name.txt", .bytes = files[i].text, .len = strlen(files[i].text)};
        struct recognised what;
        hcpcs_importer.recognise(&in, &what);
        assert_int_equal(what.verdict, files[i].verdict);
        assert_true(what.verdict != INPUT_NOT_NEEDED || (what.what && what.why));
    }
    (void)state;
}

static void reads_the_specimen(void **state)
{
    static const char name[] = "HCPC2025_JAN_ANWEB_specimen.txt";
    struct group g = {0};
    struct error err = {0};
    struct edition *ed;
    char release[RELEASE_NAME_MAX];
    bool month;
    size_t n, k;
    char *codes = file_read(TEST_SPECIMEN "/hcpcs/specimen/HCPC2025_JAN_ANWEB_specimen.txt", &n);
    char *notes = file_read(TEST_SPECIMEN "/hcpcs/specimen/proc_notes_specimen.txt", &k);
    assert_true(codes && notes);
    assert_true(calendar_guess(SET_HCPCS, name, release, &month));
    assert_string_equal(release, "2025-JAN");
    group_add(&g, name, codes, n);
    group_add(&g, "proc_notes_specimen.txt", notes, k);
    assert_int_equal(group_read(&g, NULL, &ed, &err), ST_OK);
    assert_non_null(strstr(g.report.text, "54 codes, 11 modifiers, 4 of them with a termination date"));
    assert_null(strstr(g.report.text, "lacks"));
    const struct ed_entry *ended = entry_find(ed, "L7260");
    assert_int_equal(ended->to, 20141231);
    assert_string_equal(fact_values(ed, ended, "cross_reference"), "L7259");
    assert_string_equal(entry_path(ed, entry_find(ed, "J0897")), "J/J0013-J7131");
    assert_string_equal(note_text(ed, entry_find(ed, "Q5001")), "SEE ONLINE MANUAL 100-02.9.");
    assert_non_null(strstr(entry_find(ed, "L3900")->title, "extension/flexion"));
    buf_free(&g.report);
    edition_free(ed);
    free(codes);
    free(notes);
    (void)state;
}

/* Ranges ascend, do not overlap, stay in their chapter's letter; a section is named by its range. */
static void outline_is_sound(void **state)
{
    const char *at = codesets_file("hcpcs/outline.tsv");
    struct tsv_row row;
    char kind[16], code[16], title[100], first[16], last[16], before[16] = "", letter = '\0', range[40];
    size_t sections = 0;
    assert_non_null(at);
    while (tsv_next(&at, &row)) {
        tsv_copy(&row, 0, kind, sizeof kind);
        tsv_copy(&row, 1, code, sizeof code);
        tsv_copy(&row, 2, title, sizeof title);
        tsv_copy(&row, 3, first, sizeof first);
        tsv_copy(&row, 4, last, sizeof last);
        assert_true(*title != '\0' && row.cell[2].len < sizeof title);
        if (strcmp(kind, "chapter") == 0) {
            letter = *first;
            assert_true(code[1] == '\0' ? *code == letter : letter == '\0');
            continue;
        }
        assert_string_equal(kind, "section");
        snprintf(range, sizeof range, "%s-%s", first, last);
        assert_string_equal(code, range);
        assert_true(*first == letter && *last == letter);
        assert_true(strcmp(before, first) < 0 && strcmp(first, last) <= 0);
        memcpy(before, last, sizeof before);
        sections++;
    }
    assert_true(sections > 100);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_field),
        cmocka_unit_test(builds_the_book),
        cmocka_unit_test(joins_processing_notes),
        cmocka_unit_test(says_what_is_missing),
        cmocka_unit_test(refuses_malformed_records),
        cmocka_unit_test(refuses_two_notes_of_a_number),
        cmocka_unit_test(recognises_by_content),
        cmocka_unit_test(reads_the_specimen),
        cmocka_unit_test(outline_is_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
