/* Indexes, tables and the POA-exempt list on inline text and on the specimen: what a row says, what is reported, what
 * is refused, and that the order of imports leaves no trace. */
#include "tests/support.h"

#include <stdio.h>
#include <string.h>

#include "../scratch.h"
#include "help.h"

#define XML "<?xml version=\"1.0\"?>\n"
#define INDEX(inside) \
    XML "<ICD10CM.index><version>2025</version><title>INDEX TO DISEASES</title>\n<letter><title>A</title>\n" inside \
        "</letter></ICD10CM.index>"
#define TABLE(inside) \
    XML "<ICD10CM.index><version>2025</version><indexHeading><head col=\"1\">Neoplasm</head></indexHeading>\n" \
        "<letter><title>N</title>" inside "</letter></ICD10CM.index>"
#define MAIN(inside) "<mainTerm>" inside "</mainTerm>"

static const char *order_text(struct buf *b)
{
    static const struct {
        const char *code;
        int flag;
    } rows[] = {{"A00", 0}, {"A000", 1}, {"A009", 1}, {"A01", 0}, {"A010", 0}, {"A010X1", 0}, {"A010X1A", 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        add_line(b, rows[i].code, rows[i].flag, rows[i].code);
    }
    return buf_text(b);
}

/* Reads order file and one more text; the rows of books go to rows, one a line. */
static enum status read_one(const char *text, struct buf *rows, struct buf *report, struct error *err)
{
    struct buf order = {0};
    struct edition *ed = NULL;
    const char *files[] = {order_text(&order), text};
    enum status st = read_files(files, 2, NULL, &ed, report, err);
    for (size_t i = 0; ed && i < ed->terms.len; i++) {
        dump_term(&ed->terms.items[i], rows);
        buf_putc(rows, '\n');
    }
    assert_int_equal(ed != NULL, st == ST_OK);
    edition_free(ed);
    buf_free(&order);
    return st;
}

static void reads_rows(void **state)
{
    static const struct {
        const char *xml, *want;
    } cases[] = {
        {INDEX(MAIN("<title>Cholera<nemod>(Asiatic) (epidemic)</nemod></title><code>A00.9</code>")),
         "index 0 Cholera|(Asiatic) (epidemic)|A00.9|||||\n"},
        {INDEX(MAIN("<title>Burn<nemod>(flame)</nemod> NEC<nemod>(hot)</nemod>, old</title>"
                    "<see>Scald &amp; fire</see>")),
         "index 0 Burn NEC, old|(flame) (hot)|||Scald & fire|||\n"},
        {INDEX(MAIN("<title>autonomic<nemod>(poly)</nemod>neuropathy</title>")
               MAIN("<title>Cancer<nemod>(o)</nemod>phobia</title>")
               MAIN("<title><nemod>(gastro)</nemod>enteritis</title>")
               MAIN("<title>post-<nemod>(para)</nemod>thyroid</title>")),
         "index 0 autonomic neuropathy|(poly)||||||\nindex 0 Cancerphobia|(o)||||||\nindex 0 enteritis|(gastro)||||||\n"
         "index 0 post-thyroid|(para)||||||\n"},
        {INDEX(MAIN("<title>A</title><nemod>(b)</nemod><code>A00.-</code><code>A01.0-</code><manif>A00.0</manif>")),
         "index 0 A|(b)|A00.-/A01.0-|A00.0||||\n"},
        {INDEX(MAIN("<title>Old</title><code>A00.0</code><etiology>A01.0-</etiology>")),
         "index 0 Old||A00.0|A01.0-||||\n"},
        {INDEX(MAIN("<title>See</title><seeAlso>Also,\n  this</seeAlso><seecat>A00</seecat><subcat>A01.0</subcat>")),
         "index 0 See|||||Also, this|A00/A01.0|\n"},
        {INDEX(MAIN("<title>One</title><term level=\"1\"><title>two</title><term level=\"2\"><title>three</title><term "
                    "level=\"3\"><title>four</title></term></term></term><term level=\"1\"><title>two</title></term>"
                    "<code>A00.0</code>")),
         "index 0 One||A00.0|||||\nindex 1 two|||||||\nindex 2 three|||||||\nindex 3 four|||||||\n"
         "index 1 two|||||||\n"},
        {TABLE(MAIN("<title>N</title><cell col=\"2\">A00.0</cell><cell col=\"3\">-</cell><cell col=\"7\">--</cell>"
                    "<term level=\"1\"><title>see</title><see>N</see></term><term level=\"1\"><title>last</title>"
                    "<cell col=\"7\">A00.9</cell></term>")),
         "neoplasm 0 N|||||||A00.0/-////--\nneoplasm 1 see||||N|||\nneoplasm 1 last|||||||/////A00.9\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf rows = {0}, report = {0};
        struct error err = {0};
        assert_int_equal(read_one(cases[i].xml, &rows, &report, &err), ST_OK);
        assert_string_equal(buf_text(&rows), cases[i].want);
        assert_null(strstr(buf_text(&report), "left out"));
        buf_free(&rows);
        buf_free(&report);
    }
    (void)state;
}

static void reports_what_is_odd(void **state)
{
    static const struct {
        const char *xml, *want;
    } cases[] = {
        {INDEX(MAIN("<title>A</title><code>A00.0</code><code>A05.1</code><manif>A05.1</manif><code>A00.9-</code>"
                    "<code>A01.0x1-</code><code>see below</code>")),
         "Alphabetic Index: 1 main term, 1 rows, 5 codes, 1 second codes\n"
         "Alphabetic Index: codes that FY2025 lacks, kept as printed: 2 (A05.1)\n"
         "Alphabetic Index: a dash behind a code that is complete, kept as printed: 1 (A00.9-)\n"
         "Alphabetic Index: other words in the place of a code, kept as printed: 1 (see below)\n"},
        {INDEX(MAIN("<title>A</title><warning>w</warning><warning>w</warning>")),
         "d/file:4: warning in term is not known to this version and left out (2 in all)\n"
         "Alphabetic Index: 1 main term, 1 rows\n"},
        {INDEX(MAIN("<title>A</title>loose<term level=\"2\"><code>A00.0</code></term>")),
         "d/file:4: text in term is not known to this version and left out (1 in all)\n"
         "d/file:4: level and nesting of a term disagree; the nesting counts (1 in all)\n"
         "d/file: terms without a title: 1\n"
         "Alphabetic Index: 1 main term, 2 rows, 1 codes\n"},
        {TABLE(MAIN("<title>A</title><cell col=\"8\">A00.0</cell><cell>A00.0</cell><cell col=\"2\">A00.-</cell>")),
         "d/file:3: a cell of another column in term is not known to this version and left out (2 in all)\n"
         "Table of Neoplasms: 1 main term, 1 rows, 1 cells\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf rows = {0}, report = {0};
        struct error err = {0};
        assert_int_equal(read_one(cases[i].xml, &rows, &report, &err), ST_OK);
        assert_string_equal(buf_text(&report), cases[i].want);
        buf_free(&rows);
        buf_free(&report);
    }
    (void)state;
}

/* Broken off at any byte, or without a row: never read, never a crash. */
static void refuses_what_is_malformed(void **state)
{
    static const char book[] = INDEX(MAIN("<title>A<nemod>(b)</nemod></title><code>A00.0</code>"));
    struct buf rows = {0}, report = {0};
    struct error err = {0};
    char cut[sizeof book];
    for (size_t n = strlen(XML "<ICD10CM.index>"); n + 1 < sizeof book; n++) {
        memcpy(cut, book, n);
        cut[n] = '\0';
        assert_int_equal(read_one(cut, &rows, &report, &err), ST_INPUT);
    }
    assert_int_equal(read_one(INDEX(""), &rows, &report, &err), ST_INPUT);
    assert_string_equal(err.text, "d/file:1:1: expected the main terms of an index or table, found none");
    buf_free(&rows);
    buf_free(&report);
    (void)state;
}

static void refuses_a_book_without_codes(void **state)
{
    const char *files[] = {INDEX(MAIN("<title>A</title>"))};
    struct edition *ed = NULL;
    struct buf report = {0};
    struct error err = {0};
    assert_int_equal(read_files(files, 1, NULL, &ed, &report, &err), ST_INPUT);
    assert_string_equal(
        err.text, "d/file: expected the order file of FY2025 with this Alphabetic Index or on the shelf, found none");
    buf_free(&report);
    (void)state;
}

static const char *facts_of(const struct edition *ed, struct buf *out)
{
    buf_clear(out);
    for (size_t i = 0; i < ed->facts.len; i++) {
        buf_printf(out, "%s %s=%s\n", ed->entries.items[ed->facts.items[i].entry].code, ed->facts.items[i].name,
                   ed->facts.items[i].value);
    }
    return buf_text(out);
}

static void reads_a_poa_list(void **state)
{
    struct buf order = {0}, report = {0}, facts = {0};
    struct error err = {0};
    struct edition *first = NULL, *then = NULL, *none = NULL;
    const char *files[] = {order_text(&order),
                           "OrdFY25\tPOAexemptCode\tDescription\r\n00003\tA00.9\tOne\r\n"
                           "00007\tA01.0X1A\t\"Two, three\"\r\n"
                           "\r\n00009\tA05.1\tGone\r\n"};
    const char *newer[] = {"Order26\tPOAexemptCode\tDescription\n00002\tA00.0\tOne\n"};
    const char *broken[] = {"Order26\tPOAexemptCode\tDescription\n00002\tOne\tA00.0\n"};
    const char *empty[] = {"Order26\tPOAexemptCode\tDescription\n"};
    assert_int_equal(read_files(files, 2, NULL, &first, &report, &err), ST_OK);
    assert_non_null(strstr(facts_of(first, &facts), "A009 poa=exempt\nA010X1A poa=exempt\n"));
    assert_string_equal(buf_text(&report),
                        "POA-exempt list: 3 codes\nPOA-exempt list: codes that FY2025 lacks: 1 (A05.1)\n");
    assert_int_equal(read_files(newer, 1, first, &then, &report, &err), ST_OK);
    assert_non_null(strstr(facts_of(then, &facts), "A000 poa=exempt\n"));
    assert_null(strstr(facts_of(then, &facts), "A009 poa=exempt\n"));
    assert_int_equal(read_files(broken, 1, first, &none, &report, &err), ST_INPUT);
    assert_string_equal(err.text, "d/file:2: expected an ICD-10-CM code, found \"One\"");
    assert_int_equal(read_files(empty, 1, first, &none, &report, &err), ST_INPUT);
    edition_free(first);
    edition_free(then);
    buf_free(&order);
    buf_free(&report);
    buf_free(&facts);
    (void)state;
}

static void assert_same(const struct edition *a, const struct edition *b)
{
    struct buf x = {0}, y = {0};
    dump_edition(a, &x);
    dump_edition(b, &y);
    assert_int_equal(x.len, y.len);
    assert_memory_equal(buf_text(&x), buf_text(&y), x.len);
    buf_free(&x);
    buf_free(&y);
}

static void replaces_one_book_and_keeps_the_rest(void **state)
{
    struct buf report = {0}, row = {0};
    struct error err = {0};
    struct edition *all = read_folder(TEST_SPECIMEN "/icd10cm/specimen", "FY2025", WITH_ALL, NULL, &report), *other;
    const char *files[] = {INDEX(MAIN("<title>Only</title><code>A00.0</code>"))};
    struct ed_guideline g = {.section = "I.A", .depth = 1, .title = "Conventions", .text = "Text"};
    size_t rows = 0;
    VEC_PUSH(&all->guidelines, g);
    for (size_t i = 0; i < all->terms.len; i++) {
        rows += all->terms.items[i].book != COMP_INDEX;
    }
    assert_int_equal(read_files(files, 1, all, &other, &report, &err), ST_OK);
    assert_int_equal(other->terms.len, rows + 1);
    dump_term(&other->terms.items[0], &row);
    assert_string_equal(buf_text(&row), "index 0 Only||A00.0|||||");
    assert_int_equal(other->guidelines.len, 1);
    assert_string_equal(other->guidelines.items[0].text, "Text");
    assert_int_equal(other->notes.len, all->notes.len);
    assert_int_equal(other->facts.len, all->facts.len);
    assert_int_equal(other->coverage, all->coverage);
    edition_free(all);
    edition_free(other);
    buf_free(&report);
    buf_free(&row);
    (void)state;
}

/* Imports the specimen's files as the commands say and gives back the shelf's path. */
static void import(const struct scratch *s, const char *shelf, const char *const *commands, size_t n)
{
    char line[4096];
    for (size_t i = 0; i < n; i++) {
        snprintf(line, sizeof line,
                 "cd '" TEST_SPECIMEN "/icd10cm/specimen' && SOURCE_DATE_EPOCH=1700000000 " TEST_TOOLS
                 "/codeshelf-import --shelf '%s/%s' --release FY2025 %s >'%s/out' 2>&1",
                 s->folder, shelf, commands[i], s->folder);
        assert_int_equal(system(line), 0);
    }
}

/* The same shelf, to the byte, whatever came first. */
static void order_of_imports_leaves_no_trace(void **state)
{
    static const char *const at_once[] = {"*"};
    static const char *const one_by_one[][7] = {
        {"*order*", "*tabular*", "*_index*", "*eindex*", "*neoplasm*", "*drug*", "POA*"},
        {"*order*", "POA*", "*drug*", "*neoplasm*", "*eindex*", "*_index*", "*tabular*"},
        {"*order* *drug*", "*_index* POA*", "*tabular*", "*neoplasm*", "*eindex*", "*order*", "*tabular* *drug*"},
    };
    struct scratch s;
    char line[1024];
    scratch_make(&s);
    import(&s, "once.db", at_once, 1);
    for (size_t i = 0; i < sizeof one_by_one / sizeof *one_by_one; i++) {
        import(&s, "steps.db", one_by_one[i], 7);
        snprintf(line, sizeof line, "cmp '%s/once.db' '%s/steps.db' && rm '%s/steps.db'", s.folder, s.folder, s.folder);
        assert_int_equal(system(line), 0);
    }
    scratch_remove(&s);
    (void)state;
}

static void editions_agree_whatever_came_first(void **state)
{
    static const int orders[][4] = {{WITH_TABULAR, WITH_INDEX, WITH_BOOKS & ~WITH_INDEX, WITH_POA},
                                    {WITH_POA, WITH_BOOKS, WITH_TABULAR, WITH_ORDER}};
    const char *folder = TEST_SPECIMEN "/icd10cm/specimen";
    struct buf report = {0};
    struct edition *all = read_folder(folder, "FY2025", WITH_ALL, NULL, &report);
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        struct edition *ed = read_folder(folder, "FY2025", WITH_ORDER, NULL, &report);
        for (size_t k = 0; k < 4; k++) {
            struct edition *next = read_folder(folder, "FY2025", orders[i][k], ed, &report);
            edition_free(ed);
            ed = next;
        }
        assert_same(all, ed);
        edition_free(ed);
    }
    edition_free(all);
    buf_free(&report);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_rows),
        cmocka_unit_test(reports_what_is_odd),
        cmocka_unit_test(refuses_what_is_malformed),
        cmocka_unit_test(refuses_a_book_without_codes),
        cmocka_unit_test(reads_a_poa_list),
        cmocka_unit_test(replaces_one_book_and_keeps_the_rest),
        cmocka_unit_test(editions_agree_whatever_came_first),
        cmocka_unit_test(order_of_imports_leaves_no_trace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
