/* books.c - index, tables, guidelines and references, as a coder goes through them. The guidelines are those of FY2024, put on
 * the shelf here, so that FY2025 has to borrow them. */
#include "support.h"

#include <stdio.h>
#include <string.h>

#include "codeshelf/calendar.h"
#include "codeshelf/edition.h"
#include "codeshelf/store.h"
#include "codeshelf/calendar.h"
#include "codeshelf/edition.h"
#include "codeshelf/store.h"
#include "fixture.h"

static int make_shelf(void **state)
{
    static const struct ed_guideline sections[] = {
        {"I", 0, "Conventions and chapters", ""},
        {"I.A", 1, "Conventions", "Read the conventions before the codes."},
        {"I.C", 1, "Chapters", ""},
        {"I.C.4", 2, "Chapter 4: Endocrine diseases (E00-E89)", ""},
        {"I.C.4.a", 3, "Diabetes mellitus", "As many codes from E08-E13 as it takes."},
        {"I.C.4.a.2", 4, "Type not documented", "The default is E11.-, and insulin goes to Z79.4."},
    };
    struct edition *ed;
    struct store *store;
    struct error err = {0};
    struct ed_source source = {.component = COMP_CODES, .name = "codes.txt", .bytes = 42, .imported = 1};

    fixture_make(state);
    ed = edition_new(SET_ICD10CM, "FY2024", calendar_from(SET_ICD10CM, "FY2024"));
    memset(source.sha256, 'a', SHA256_TEXT - 1);
    VEC_PUSH(&ed->sources, source);
    VEC_PUSH(&ed->entries, ((struct ed_entry){KIND_CATEGORY, "E11", NO_PARENT, false, false, "Type 2 diabetes mellitus", NULL, "",
                                              0, 0}));
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        VEC_PUSH(&ed->guidelines, sections[i]);
    }
    ed->coverage = 1u << COMP_CODES | 1u << COMP_GUIDELINES;
    assert_int_equal(store_open(fixture_shelf(), &store, &err), ST_OK);
    store_put(store, ed);
    assert_int_equal(store_publish(store, NULL, NULL, &err), ST_OK);
    store_close(store);
    return 0;
}

/* From a cold start to a code with its 7th character, verified: five keys after typing the term. */
static void a_term_is_found_and_verified(void **state)
{
    struct screen *s = open_at(24, 80, NULL);
    int y, x;

    (void)state;
    screen_send(s, TAB "i");
    screen_expect(s, " Index:");
    screen_send(s, "fracture radius torus right wrist");
    screen_expect(s, "without: right wrist");
    screen_expect(s, " Fracture, traumatic › radius › lower end ›");
    screen_expect(s, ">- - - torus  S52.52-");
    screen_send(s, ENTER);
    screen_expect(s, "choose the next character:");
    screen_expect(s, ">S52.521- Torus fracture of lower end of right radius");
    screen_send(s, ENTER);
    screen_expect(s, "choose the 7th character:");
    screen_expect(s, ">S52.521A  … initial encounter for closed fracture");
    screen_send(s, DOWN ENTER);
    screen_expect(s, ">    S52.521D  ● … subsequent encounter for");
    screen_expect(s, "> radius > lower end > torus > S52.52- > S52.521D");
    screen_cursor(s, &y, &x);
    assert_non_null(strstr(screen_row(s, y), ">    S52.521D"));
    screen_send(s, "v");
    screen_expect(s, "billable in FY2025");
    screen_send(s, "Y");
    screen_expect(s, "sent to the clipboard: Index FY2025: Fracture, traumatic > radius");
    screen_send(s, "<<<");
    screen_expect(s, ">S52.521- Torus fracture");
    screen_send(s, "<");
    screen_expect(s, ">- - - torus  S52.52-"); /* in the book again, */
    screen_expect(s, " Gout, gouty");          /* with what stands around */
    quit(s);
}

static void the_index_is_followed(void **state)
{
    struct screen *s = open_at(24, 80, NULL);

    (void)state;
    screen_send(s, TAB "igouty");
    screen_expect(s, "- gouty (acute)  see Gout");
    screen_send(s, DOWN ENTER);
    screen_expect(s, ">Gout, gouty (acute) (attack) (flare)  M10.9  see also Gout, chronic");
    screen_send(s, "f");
    screen_expect(s, ">- chronic  M1A.9  see also Gout, by type");
    screen_send(s, "]");
    screen_expect(s, ">Headache  R51.9");
    screen_send(s, "idementia human" ENTER);
    screen_expect(s, "> B20 "); /* the specimen has no F02.80 */
    screen_expect(s, "> human immunodeficiency virus (HIV) disease > B20");
    screen_send(s, "<");
    screen_expect(s, "B20  [F02.80]");
    screen_send(s, RIGHT ENTER);
    screen_expect(s, "the release in force has no F02.80, and nothing above it");
    screen_send(s, "?"); /* what was opened from the index is left for the index */
    screen_expect(s, " Keys");
    screen_send(s, ESC);
    screen_expect(s, "B20  [F02.80]");
    screen_send(s, "izzz");
    screen_expect(s, "nothing found");
    screen_expect(s, "No row has these words.");
    screen_send(s, ESC);
    screen_expect(s, " Enter open");
    screen_gone(s, "nothing found");
    screen_send(s, ESC);
    screen_expect(s, " Outline");
    quit(s);
}

static void results_have_the_index_too(void **state)
{
    struct screen *s = open_at(24, 80, "torus");

    (void)state;
    screen_expect(s, " Index of FY2025");
    screen_expect(s, " Fracture, traumatic › torus");
    screen_send(s, DOWN DOWN);
    screen_expect(s, ">Fracture, traumatic › torus");
    screen_expect(s, ">  S52.52- ● Torus fracture"); /* the page stays where it was */
    screen_send(s, ENTER);
    screen_expect(s, ">- torus");
    screen_send(s, "@2024-02-03" ENTER);
    screen_expect(s, " Index of FY2025:"); /* FY2024 has none of its own */
    screen_expect(s, ">- torus");
    screen_send(s, "@" ENTER "<");
    screen_expect(s, " Index of FY2025");
    screen_send(s, "/" "\025lumbalgia");
    screen_expect(s, ">M54.50 Low back pain"); /* by the index */
    screen_send(s, DOWN);
    screen_expect(s, ">Lumbago, lumbalgia");
    screen_send(s, ENTER);
    screen_expect(s, ">Lumbago, lumbalgia  M54.50");
    quit(s);
}

static void a_table_is_a_grid(void **state)
{
    static const char heads[] = " Neoplasm                      Mal.Pri Mal.Sec InSitu  Benign  Uncert  Unspec";
    struct screen *s = open_at(24, 80, NULL);
    int y, x;

    (void)state;
    screen_send(s, TAB "i" TAB "3");
    screen_expect(s, heads);
    screen_expect(s, " - eyelid (lower) (skin)       C44.10- C79.2   D04.1-  D23.1-  D48.5   D49.2");
    screen_send(s, DOWN DOWN RIGHT RIGHT);
    screen_expect(s, "eyelid › Ca in situ");
    screen_cursor(s, &y, &x);
    assert_int_equal(x, 47); /* on the cell */
    assert_int_equal(strncmp(screen_row(s, y) + 47, "D04.1-", 6), 0);
    screen_send(s, DOWN);
    screen_expect(s, "melanoma  C43.10  see Melanoma");
    screen_send(s, "f");
    screen_expect(s, ">Melanoma (malignant)  C43.10");
    screen_send(s, "3" DOWN RIGHT ENTER);
    screen_expect(s, "the table has no code in this column");
    screen_send(s, "4");
    screen_expect(s, " Substance                     Acc     Int     Asslt   Undet   AdvEff  Underd");
    screen_resize(s, 50, 160);
    screen_expect(s, "Accidental      Self-harm       Assault         Undetermined    Adverse effect  Underdosing");
    screen_expect(s, "T36.0X1         T36.0X2 ");
    screen_resize(s, 10, 40);
    screen_expect(s, " Substance     Acc     Int     Asslt");
    screen_send(s, RIGHT RIGHT RIGHT);
    screen_expect(s, " Substance     Int     Asslt   Undet");
    screen_send(s, "2");
    screen_expect(s, ">Accident (to)  V00.01");
    quit(s);
}

static void the_mouse_chooses_cells(void **state)
{
    struct screen *s = open_at(24, 80, NULL);

    (void)state;
    screen_send(s, TAB "i" TAB "4");
    screen_expect(s, ">Amoxicillin ");
    screen_send(s, "\033[<0;58;9M\033[<0;58;9m"); /* the second row, the fourth column */
    screen_expect(s, "Ampicillin › Poisoning, Undetermined");
    screen_send(s, "\033[<0;36;5M\033[<0;36;5m"); /* the third book */
    screen_expect(s, ">Neoplasm, neoplastic");
    quit(s);
}

static void plain_terminals_read_it_too(void **state)
{
    struct screen *s = open_with(24, 80, NULL, "--ascii", NULL);
    const char *raw;
    size_t n;

    (void)state;
    screen_send(s, TAB "imeniere");
    screen_expect(s, "Disease, diseased >");
    screen_expect(s, "Meniere's");
    raw = screen_raw(s, &n);
    for (size_t i = 0; i < n; i++) {
        assert_true((unsigned char)raw[i] < 0x80);
    }
    screen_send(s, TAB);
    quit(s);
}

static void guidelines_bear_on_a_code(void **state)
{
    struct screen *s = open_at(24, 80, "e11.9");

    (void)state;
    screen_expect(s, ">E11.9");
    screen_send(s, ENTER "g");
    screen_expect(s, "Official Guidelines of FY2024");
    screen_expect(s, ">  I.C.4.a.2  Type not documented  names E11");
    screen_expect(s, "its chapter");
    screen_send(s, ENTER);
    screen_expect(s, "of FY2024");
    screen_expect(s, " I.C.4.a.2  Type not documented");
    screen_expect(s, " The default is E11.-, and insulin goes to");
    screen_send(s, RIGHT ENTER);
    screen_expect(s, ">E11- Type 2 diabetes");
    screen_send(s, "<[");
    screen_expect(s, " I.C.4.a  Diabetes mellitus");
    screen_send(s, "Ginsulin");
    screen_expect(s, "1 section");
    screen_expect(s, ">I.C.4.a.2 Type not docu");
    screen_send(s, ESC);
    screen_expect(s, ">   a Diabetes mellitus");
    screen_send(s, TAB);
    quit(s);
}

static void who_mentions_it(void **state)
{
    struct screen *s = open_at(50, 160, "e11.21");

    (void)state;
    screen_expect(s, ">E11.21");
    screen_send(s, ENTER "r");
    screen_expect(s, "Who mentions E11.21  Type 2 diabetes mellitus with diabetic nephropathy");
    screen_expect(s, " Index of FY2025");
    screen_expect(s, "Diabetes, diabetic › type 2 › with › nephropathy  E11.21");
    screen_expect(s, " Official Guidelines of FY2024");
    screen_expect(s, ">  E10  type 2 diabetes mellitus (E11.-)");
    screen_send(s, DOWN ENTER);
    screen_expect(s, "- - - nephropathy  E11.21");
    screen_send(s, "<");
    screen_expect(s, "Who mentions E11.21");
    screen_send(s, "<");
    screen_expect(s, ">  E11.21");
    quit(s);
}

static void conventions(void **state)
{
    struct screen *s = open_at(24, 80, NULL);

    (void)state;
    screen_send(s, TAB "?I");
    screen_expect(s, "Conventions of the book");
    screen_expect(s, "of FY2025");
    quit(s);
}

/* Puts an index of HCPCS on a shelf, which the specimen has not. */
static void put_hcpcs_index(const char *path)
{
    struct edition *ed = edition_new(SET_HCPCS, "2024-OCT", calendar_from(SET_HCPCS, "2024-OCT"));
    struct ed_source source = {.component = COMP_CODES, .name = "codes.txt", .bytes = 42, .imported = 1};
    struct store *store;
    struct error err = {0};

    memset(source.sha256, 'a', SHA256_TEXT - 1);
    VEC_PUSH(&ed->sources, source);
    VEC_PUSH(&ed->entries, ((struct ed_entry){KIND_CHAPTER, "E", NO_PARENT, 0, false, "Equipment", NULL, "", 0, 0}));
    VEC_PUSH(&ed->terms, ((struct ed_term){COMP_INDEX, 0, "Gouty walker", "", "E0143", "", "", "", "", ""}));
    ed->coverage = 1u << COMP_CODES | 1u << COMP_INDEX;
    assert_int_equal(store_open(path, &store, &err), ST_OK);
    store_put(store, ed);
    assert_int_equal(store_publish(store, NULL, NULL, &err), ST_OK);
    store_close(store);
}

static void each_set_has_its_index(void **state)
{
    char shelf[200];
    const char *args[] = {"--shelf", shelf, NULL};
    struct screen *s;

    (void)state;
    snprintf(shelf, sizeof shelf, "%s/both.db", fixture_folder());
    command("cp '%s' '%s'", fixture_shelf(), shelf);
    put_hcpcs_index(shelf);
    s = screen_start(24, 80, NULL, args);
    screen_expect(s, " Outline");
    screen_send(s, TAB "igout");
    screen_expect(s, ">Gout, gouty");
    screen_send(s, TAB "s");
    screen_expect(s, " HCPCS Index of 2024-OCT: gout");
    screen_expect(s, ">Gouty walker  E0143");
    screen_expect(s, " 1 Index  4 Drugs ");
    screen_send(s, TAB "3");
    screen_expect(s, " HCPCS has no such table");
    screen_send(s, "/zz");
    screen_expect(s, "This is the index of HCPCS; Tab, then s turns to that of another set.");
    screen_send(s, TAB);
    quit(s);
}

static void what_is_not_loaded_says_so(void **state)
{
    struct screen *s;

    (void)state;
    command("'%s/codeshelf-import' --shelf '%s/bare.db' '%s/icd10cm/specimen/icd10cm_order_2025.txt' >/dev/null", TEST_TOOLS,
            fixture_folder(), TEST_SPECIMEN);
    command("mv '%s/bare.db' '%s'", fixture_folder(), fixture_shelf());
    s = open_at(24, 80, "e11.9");
    screen_send(s, ENTER "i");
    screen_expect(s, "Index: not loaded.");
    screen_send(s, "gout" ENTER TAB "3");
    screen_expect(s, "Table of Neoplasms: not loaded.");
    screen_send(s, "G");
    screen_expect(s, "Not loaded: codeshelf-import the Official Guidelines PDF");
    screen_send(s, TAB "I");
    screen_expect(s, "Not loaded: the conventions come with the Tabular");
    screen_send(s, ESC); /* back through what led here */
    screen_expect(s, "Not loaded: codeshelf-import the Official Guidelines PDF");
    screen_send(s, ESC);
    screen_expect(s, "Table of Neoplasms: not loaded.");
    screen_send(s, ESC "g");
    screen_expect(s, "The guidelines are not loaded");
    quit(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_term_is_found_and_verified), cmocka_unit_test(the_index_is_followed),
        cmocka_unit_test(results_have_the_index_too),   cmocka_unit_test(a_table_is_a_grid),
        cmocka_unit_test(the_mouse_chooses_cells),
        cmocka_unit_test(plain_terminals_read_it_too),  cmocka_unit_test(guidelines_bear_on_a_code),
        cmocka_unit_test(who_mentions_it),              cmocka_unit_test(conventions),
        cmocka_unit_test(each_set_has_its_index),
        cmocka_unit_test(what_is_not_loaded_says_so),
    };

    return cmocka_run_group_tests(tests, make_shelf, fixture_remove);
}
