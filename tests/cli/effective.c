/* effective.c - the notes that apply to a code and the 7th characters in force, against what a reader of the FY2017
 * book puts together by hand: every note from the code up to its chapter, the sections that hold others included
 * (T20-T32, V00-V99), nearest first, and the nearest 7th-character table (torus fractures have their own under S52).
 * Without ../shared there is no book to compare with, and the tests say so. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run.h"
#include "tests/support.h"

#define ICD TEST_SHARED "/data/icd10cm/"

enum { RUNS_MAX = 14 };

/* Notes of one kind that stand together at one entry: how many, and how the first one begins. */
struct notes {
    const char *from, *kind;
    int n;
    const char *begins;
};

static const struct {
    const char *code, *seventh_from, *chars;
    struct notes notes[RUNS_MAX];
} book[] = {
    {"S52.521A", "S52.52", "ADGKPS",
     {
        {"S52.52", "seventh_note", 1, "The appropriate 7th character"},
        {"S52.5", "inclusion_term", 1, "Fracture of distal end of radi"},
        {"S52.5", "excludes2", 1, "physeal fractures of lower end"},
        {"S52", "note", 3, "A fracture not indicated as di"},
        {"S52", "excludes1", 1, "traumatic amputation of forear"},
        {"S52", "excludes2", 1, "fracture at wrist and hand lev"},
        {"S52", "seventh_note", 1, "The appropriate 7th character"},
        {"S50-S59", "excludes2", 4, "burns and corrosions (T20-T32)"},
        {"19", "note", 1, "Use secondary code(s) from Cha"},
        {"19", "use_additional", 1, "code to identify any retained"},
        {"19", "excludes1", 2, "birth trauma (P10-P15)"},
        {"19", "note", 1, "The chapter uses the S-section"},
     }},
    {"S52.502B", "S52", "ABCDEFGHJKMNPQRS",
     {
        {"S52.5", "inclusion_term", 1, "Fracture of distal end of radi"},
        {"S52.5", "excludes2", 1, "physeal fractures of lower end"},
        {"S52", "note", 3, "A fracture not indicated as di"},
        {"S52", "excludes1", 1, "traumatic amputation of forear"},
        {"S52", "excludes2", 1, "fracture at wrist and hand lev"},
        {"S52", "seventh_note", 1, "The appropriate 7th character"},
        {"S50-S59", "excludes2", 4, "burns and corrosions (T20-T32)"},
        {"19", "note", 1, "Use secondary code(s) from Cha"},
        {"19", "use_additional", 1, "code to identify any retained"},
        {"19", "excludes1", 2, "birth trauma (P10-P15)"},
        {"19", "note", 1, "The chapter uses the S-section"},
     }},
    {"O31.11X2", "O31", "0123459",
     {
        {"O31", "excludes2", 3, "delayed delivery of second twi"},
        {"O31", "seventh_note", 1, "One of the following 7th chara"},
        {"15", "note", 6, "CODES FROM THIS CHAPTER ARE FO"},
        {"15", "use_additional", 1, "code from category Z3A, Weeks"},
        {"15", "excludes1", 1, "supervision of normal pregnanc"},
        {"15", "excludes2", 4, "mental and behavioral disorder"},
     }},
    {"O36.0113", "O36", "0123459",
     {
        {"O36.0", "inclusion_term", 1, "Maternal care for Rh incompati"},
        {"O36", "includes", 1, "the listed conditions in the f"},
        {"O36", "excludes1", 2, "encounter for suspected matern"},
        {"O36", "excludes2", 1, "labor and delivery complicated"},
        {"O36", "seventh_note", 1, "One of the following 7th chara"},
        {"15", "note", 6, "CODES FROM THIS CHAPTER ARE FO"},
        {"15", "use_additional", 1, "code from category Z3A, Weeks"},
        {"15", "excludes1", 1, "supervision of normal pregnanc"},
        {"15", "excludes2", 4, "mental and behavioral disorder"},
     }},
    {"T20.011A", "T20", "ADS",
     {
        {"T20.01", "excludes2", 1, "burn of ear drum (T28.41-)"},
        {"T20.0", "use_additional", 1, "external cause code to identif"},
        {"T20", "excludes2", 3, "burn and corrosion of ear drum"},
        {"T20", "seventh_note", 1, "The appropriate 7th character"},
        {"T20-T25", "includes", 3, "burns and corrosions of first"},
        {"T20-T25", "use_additional", 1, "code from category T31 or T32"},
        {"T20-T32", "includes", 10, "burns (thermal) from electrica"},
        {"T20-T32", "excludes2", 3, "erythema [dermatitis] ab igne"},
        {"19", "note", 1, "Use secondary code(s) from Cha"},
        {"19", "use_additional", 1, "code to identify any retained"},
        {"19", "excludes1", 2, "birth trauma (P10-P15)"},
        {"19", "note", 1, "The chapter uses the S-section"},
     }},
    {"T40.1X1A", "T40", "ADS",
     {
        {"T40.1X1", "inclusion_term", 1, "Poisoning by heroin NOS"},
        {"T40", "excludes2", 1, "drug dependence and related me"},
        {"T40", "seventh_note", 1, "The appropriate 7th character"},
        {"T36-T50", "includes", 4, "adverse effect of correct subs"},
        {"T36-T50", "code_first", 7, ", for adverse effects, the nat"},
        {"T36-T50", "note", 1, "The drug giving rise to the ad"},
        {"T36-T50", "use_additional", 4, "code(s) to specify:"},
        {"T36-T50", "excludes1", 1, "toxic reaction to local anesth"},
        {"T36-T50", "excludes2", 4, "abuse and dependence of psycho"},
        {"19", "note", 1, "Use secondary code(s) from Cha"},
        {"19", "use_additional", 1, "code to identify any retained"},
        {"19", "excludes1", 2, "birth trauma (P10-P15)"},
        {"19", "note", 1, "The chapter uses the S-section"},
     }},
    {"M80.011A", "M80", "ADGKPS",
     {
        {"M80.0", "inclusion_term", 4, "Involutional osteoporosis with"},
        {"M80", "includes", 1, "osteoporosis with current frag"},
        {"M80", "use_additional", 1, "code to identify major osseous"},
        {"M80", "excludes1", 3, "collapsed vertebra NOS (M48.5)"},
        {"M80", "excludes2", 1, "personal history of (healed) o"},
        {"M80", "seventh_note", 1, "The appropriate 7th character"},
        {"13", "note", 1, "Use an external cause code fol"},
        {"13", "excludes2", 10, "arthropathic psoriasis (L40.5-"},
     }},
    {"H40.1122", "H40.11", "01234",
     {
        {"H40.11", "inclusion_term", 1, "Chronic simple glaucoma"},
        {"H40.11", "seventh_note", 1, "One of the following 7th chara"},
        {"H40", "excludes1", 3, "absolute glaucoma (H44.51-)"},
        {"7", "note", 1, "Use an external cause code fol"},
        {"7", "excludes2", 11, "certain conditions originating"},
     }},
    {"H54.11", "", "",
     {
        {"H54.1", "inclusion_term", 1, "Visual impairment categories 3"},
        {"H54", "note", 1, "For definition of visual impai"},
        {"H54", "code_first", 1, "any associated underlying caus"},
        {"H54", "excludes1", 1, "amaurosis fugax (G45.3)"},
        {"7", "note", 1, "Use an external cause code fol"},
        {"7", "excludes2", 11, "certain conditions originating"},
     }},
    {"E08.3211", "E08.32", "1239",
     {
        {"E08.32", "inclusion_term", 1, "Diabetes mellitus due to under"},
        {"E08.32", "seventh_note", 1, "One of the following 7th chara"},
        {"E08", "code_first", 7, "the underlying condition, such"},
        {"E08", "use_additional", 4, "code to identify control using"},
        {"E08", "excludes1", 8, "drug or chemical induced diabe"},
        {"4", "note", 1, "All neoplasms, whether functio"},
        {"4", "excludes1", 1, "transitory endocrine and metab"},
     }},
    {"B99.8", "", "",
     {
        {"1", "includes", 1, "diseases generally recognized"},
        {"1", "use_additional", 1, "code to identify resistance to"},
        {"1", "excludes1", 1, "certain localized infections -"},
        {"1", "excludes2", 4, "carrier or suspected carrier o"},
     }},
    {"V43.52XA", "V43", "ADS",
     {
        {"V43", "seventh_note", 1, "The appropriate 7th character"},
        {"V40-V49", "includes", 2, "a four-wheeled motor vehicle d"},
        {"V40-V49", "excludes1", 6, "bus (V50-V59)"},
        {"V00-V99", "note", 1, "This section is structured in"},
        {"V00-V99", "use_additional", 4, "code to identify:"},
        {"V00-V99", "excludes1", 5, "agricultural vehicles in stati"},
        {"V00-V99", "excludes2", 1, "transport accidents due to cat"},
        {"V00-V99", "note", 27, "Definitions related to transpo"},
        {"20", "note", 1, "This chapter permits the class"},
     }},
    {"I11.0", "", "",
     {
        {"I11.0", "inclusion_term", 1, "Hypertensive heart failure"},
        {"I11.0", "use_additional", 1, "code to identify type of heart"},
        {"I11", "includes", 1, "any condition in I51.4-I51.9 d"},
        {"I10-I16", "use_additional", 6, "code to identify:"},
        {"I10-I16", "excludes1", 2, "neonatal hypertension (P29.2)"},
        {"I10-I16", "excludes2", 1, "hypertensive disease complicat"},
        {"9", "excludes2", 10, "certain conditions originating"},
     }},
};

static bool have_book;

static int up(void **state)
{
    static const char *const argv[] = {TEST_TOOLS "/codeshelf-import", ICD "FY2017", NULL};
    const int code = official_up(state, "tests of effective notes on FY2017", argv, &have_book);
    setenv("CODESHELF_TODAY", "2017-02-01", 1);
    return code;
}

static int down(void **state)
{
    return have_book ? shelf_down(state) : 0;
}

/* The value at notes[i].key; false behind the last note. */
static bool note_at(const char *line, int i, const char *key, char *out, size_t size)
{
    char path[48];
    snprintf(path, sizeof path, "notes[%d].%s", i, key);
    return json_at(line, path, out, size);
}

static void compare_notes(const char *code, const char *line, const struct notes *want)
{
    int at = 0;
    char from[32], kind[32], text[4096];
    for (; want->from; want++) {
        for (int i = 0; i < want->n; i++, at++) {
            if (!note_at(line, at, "from.code", from, sizeof from) || !note_at(line, at, "kind", kind, sizeof kind)
                || !note_at(line, at, "text", text, sizeof text))
                fail_msg("%s: %d notes, and %s of %s missing", code, at, want->kind, want->from);
            if (strcmp(from, want->from) != 0 || strcmp(kind, want->kind) != 0
                || (i == 0 && strncmp(text, want->begins, strlen(want->begins)) != 0))
                fail_msg("%s: note %d is %s of %s \"%s\", not %s of %s \"%s\"", code, at, kind, from, text, want->kind,
                         want->from, want->begins);
        }
    }
    if (note_at(line, at, "text", text, sizeof text))
        fail_msg("%s: more than %d notes: \"%s\"", code, at, text);
}

/* The characters are those, in their order, and no others. */
static void compare_seventh(const char *code, const char *line, const char *from, const char *chars)
{
    char value[2048], seen[64];
    size_t n = 0;
    if (!*from) {
        assert_json_is(line, "seventh", "null");
        return;
    }
    assert_json_is(line, "seventh.from", from);
    assert_true(json_at(line, "seventh.chars", value, sizeof value));
    for (const char *at = value; (at = strchr(at, '"')) && n + 1 < sizeof seen;) {
        seen[n++] = at[1];
        for (int quotes = 0; at && quotes < 4; quotes++)
            at = strchr(at, '"') ? strchr(at, '"') + 1 : NULL;
        if (!at)
            break;
    }
    seen[n] = '\0';
    if (strcmp(seen, chars) != 0)
        fail_msg("%s: 7th characters %s, not %s", code, seen, chars);
}

static void notes_and_characters_as_in_the_book(void **state)
{
    (void)state;
    if (!have_book)
        skip();
    for (size_t i = 0; i < sizeof book / sizeof *book; i++) {
        struct run r;
        char words[48];
        snprintf(words, sizeof words, "show --json %s", book[i].code);
        run_codeshelf(&r, NULL, words);
        assert_int_equal(r.code, 0);
        compare_notes(book[i].code, r.out, book[i].notes);
        compare_seventh(book[i].code, r.out, book[i].seventh_from, book[i].chars);
        run_free(&r);
    }
}

/* The 7th character itself is part of the code; what it says is in the table. */
static void characters_say_what_they_mean(void **state)
{
    static const struct {
        const char *code, *path, *text;
    } wanted[] = {
        {"S52.521A", "seventh.chars.K", "subsequent encounter for fracture with nonunion"},
        {"S52.502B", "seventh.chars.K", "subsequent encounter for closed fracture with nonunion"},
        {"S52.502B", "seventh.notes.B", "initial encounter for open fracture NOS"},
        {"H40.1122", "seventh.chars.2", "moderate stage"},
        {"E08.3211", "seventh.chars.1", "right eye"},
        {"O31.11X2", "seventh.chars.2", "fetus 2"},
        {"B99.8", "path[1].kind", "section"},
        {"B99.8", "path[1].code", "B99"},
        {"B99.8", "path[2].kind", "category"},
        {"B99.8", "path[2].code", "B99"},
    };
    (void)state;
    if (!have_book)
        skip();
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct run r;
        char words[48];
        snprintf(words, sizeof words, "show --json %s", wanted[i].code);
        run_codeshelf(&r, NULL, words);
        assert_json_is(r.out, wanted[i].path, wanted[i].text);
        run_free(&r);
    }
}

/* What stands replaced, who comes first, and whether POA is reported. */
static void pairing_and_status(void **state)
{
    static const struct {
        const char *code, *path, *value;
    } wanted[] = {
        {"S52.521A", "notes[0].replaced", NULL},
        {"S52.521A", "notes[8].replaced", "true"},
        {"S52.502B", "notes[7].replaced", NULL},
        {"G99.0", "pairing.manifestation", "true"},
        {"G99.0", "pairing.code_first[0]", "G99.0"},
        {"B97.0", "pairing.manifestation", "false"},
        {"E08.3211", "pairing.manifestation", "false"},
        {"E08.3211", "pairing.code_first[0]", "E08"},
        {"E08.3211", "pairing.use_additional[0]", "E08"},
        {"I11.0", "pairing.use_additional[1]", "I10-I16"},
        {"V43.52XA", "facts.poa.value", "exempt"},
        {"I11.0", "facts.poa.value", "required"},
        {"I11", "facts.poa", NULL},
    };
    char value[64];
    (void)state;
    if (!have_book)
        skip();
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct run r;
        char words[48];
        snprintf(words, sizeof words, "show --json %s", wanted[i].code);
        run_codeshelf(&r, NULL, words);
        assert_int_equal(r.code, 0);
        if (wanted[i].value)
            assert_json_is(r.out, wanted[i].path, wanted[i].value);
        else if (json_at(r.out, wanted[i].path, value, sizeof value))
            fail_msg("%s: %s is %s", wanted[i].code, wanted[i].path, value);
        run_free(&r);
    }
}

static void the_visual_impairment_table_holds_below_its_category(void **state)
{
    struct run r;
    (void)state;
    if (!have_book)
        skip();
    run_codeshelf(&r, NULL, "show H54.11");
    assert_int_equal(r.code, 0);
    assert_non_null(strstr(r.out, "Visual impairment: Category of visual impairment"));
    assert_non_null(strstr(r.out, " 3: 3/60 to 1/60"));
    run_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(notes_and_characters_as_in_the_book),
        cmocka_unit_test(characters_say_what_they_mean),
        cmocka_unit_test(pairing_and_status),
        cmocka_unit_test(the_visual_impairment_table_holds_below_its_category),
    };
    return cmocka_run_group_tests(tests, up, down);
}
