/* printed.c - the HCPCS Index, Table of Drugs and NOC list: rows in memory, and the PDFs of 2018 and 2019, whose every code is
 * found again in the terms, in order. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hcpcs/printed.h"
#include "help.h"
#include "reader/pdf.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

struct report {
    struct buf *text;
};

static const char INDEX[] = "2031 HCPCS Alpha-Numeric Index                         1\n"
                            "Words about it, A0001\n"
                            "A\n"
                            "Aba, J0001\n"
                            "Abdomen\n"
                            " holder, all, A0002, A0003-A0009\n"
                            "  salt\n"
                            "     Xeno, J0002\n"
                            "     Yaro, J0003\n"
                            "2031 HCPCS Alpha-Numeric Index                         2\n"
                            "\n"
                            " pad, A0010,\n"
                            "   A0011, V0001-\n"
                            "V0009\n"
                            "\n"
                            "B\n"
                            "Gauze (see also Bandage)\n"
                            "ESRD (Long Name; see also Dialysis), A0012\n"
                            "Brand, see Substance, salt of\n"
                            "Equipment (DME), E0100-E1830, K Codes\n"
                            "Peru,J0004\n"
                            " use J0005\n"
                            "Solution,\n"
                            " test, administration, Q0083 (reporting only)\n"
                            "Last Updated May 5, 2031\n";

static const char index_rows[] = "0|Aba|J0001||\n"
                                 "0|Abdomen|||\n"
                                 "1|holder, all|A0002, A0003-A0009||\n"
                                 "1|salt|||\n"
                                 "2|Xeno|J0002||\n"
                                 "2|Yaro|J0003||\n"
                                 "1|pad|A0010, A0011, V0001-V0009||\n"
                                 "0|Gauze||| + Bandage\n"
                                 "0|ESRD (Long Name)|A0012|| + Dialysis\n"
                                 "0|Brand||Substance, salt of|\n"
                                 "0|Equipment (DME)|E0100-E1830, K Codes||\n"
                                 "0|Peru|J0004||\n"
                                 "1|use|J0005||\n"
                                 "0|Solution|||\n"
                                 "1|test, administration|Q0083 (reporting only)||\n";

static const char DRUGS[] =
    "                    2031 Table of Drugs\n"
    "IV - Intravenous administration\n"
    "A\n"
    "Aba                                                     10 mg                    IV          J0001\n"
    "Brand, see Aba\n"
    "Salt, oral                                           up to 500 mg              IM, IV       J0002\n"
    "Many                                                  per IU        IV J0003, J0004,\n"
    "                                                                               J0005\n"
    "Long name of a thing in unit dose form per mg              INH     J0006\n"
    "Plain                                                                       J0007\n"
    "\n"
    "                                                                 1\n"
    "Globulin\n"
    "   Gam                                       500 mg          IV       J0008\n"
    "   NOS                                       500 mg          IV    J0009, J0010\n"
    "Acetate\n"
    "& phosphate                                  per 3 mg             IM     J0011\n"
    "Twice                                                10 mg            OTH      J0012 25\n"
    "                                                mcg            IV, SQ      J0013\n"
    "Other drugs, first                                                        J0014 Other\n"
    "drugs, second                                               ORAL       J0015\n"
    "Vaccine                                             per vial          IV      J0016\n"
    "                                                  instillation\n"
    "Alone one\n"
    "                                                100,000 units          IM         J0017\n"
    "Cross, see First name and\n"
    " last name\n"
    "Thym, also see Globulin\n"
    "Run, see Aba Together,\n"
    "see Salt\n";

static const char drug_rows[] = "0|Aba|10 mg/IV/J0001|\n"
                                "0|Brand||Aba\n"
                                "0|Salt, oral|up to 500 mg/IM, IV/J0002|\n"
                                "0|Many|per IU/IV/J0003, J0004, J0005|\n"
                                "0|Long name of a thing in unit dose form|per mg/INH/J0006|\n"
                                "0|Plain|//J0007|\n"
                                "0|Globulin||\n"
                                "1|Gam|500 mg/IV/J0008|\n"
                                "1|NOS|500 mg/IV/J0009, J0010|\n"
                                "0|Acetate & phosphate|per 3 mg/IM/J0011|\n"
                                "0|Twice|10 mg/OTH/J0012|\n"
                                "0|Twice|25 mcg/IV, SQ/J0013|\n"
                                "0|Other drugs, first|//J0014|\n"
                                "0|Other drugs, second|/ORAL/J0015|\n"
                                "0|Vaccine|per vial instillation/IV/J0016|\n"
                                "0|Alone one|100,000 units/IM/J0017|\n"
                                "0|Cross||First name and last name\n"
                                "0|Thym|| + Globulin\n"
                                "0|Run||Aba Together, see Salt\n";

static void reads_index_rows(void **state)
{
    struct edition *ed = edition_new(SET_HCPCS, "2031-JAN", 20310101);
    struct buf said = {0}, rows = {0};
    struct report rep = {&said};
    assert_int_equal(printed_index("i.pdf", INDEX, sizeof INDEX - 1, ed, &rep, NULL), ST_OK);
    for (size_t i = 0; i < ed->terms.len; i++) {
        const struct ed_term *t = &ed->terms.items[i];
        assert_int_equal(t->book, COMP_INDEX);
        buf_printf(&rows, "%d|%s|%s|%s|%s%s\n", t->depth, t->title, t->codes, t->see, t->see_also[0] ? " + " : "", t->see_also);
    }
    assert_string_equal(rows.text, index_rows);
    assert_string_equal(said.text, "index: 8 main terms, 7 subterms\n");
    buf_free(&said);
    buf_free(&rows);
    edition_free(ed);
    (void)state;
}

static void reads_drug_rows(void **state)
{
    struct edition *ed = edition_new(SET_HCPCS, "2031-JAN", 20310101);
    struct buf said = {0}, rows = {0};
    struct report rep = {&said};
    assert_int_equal(printed_drugs("d.pdf", DRUGS, sizeof DRUGS - 1, ed, &rep, NULL), ST_OK);
    for (size_t i = 0; i < ed->terms.len; i++) {
        const struct ed_term *t = &ed->terms.items[i];
        char cells[120];
        assert_int_equal(t->book, COMP_DRUGS);
        snprintf(cells, sizeof cells, "%s", t->cells);
        for (char *c = cells; *c; c++) {
            *c = *c == '\n' ? '/' : *c;
        }
        buf_printf(&rows, "%d|%s|%s|%s%s%s\n", t->depth, t->title, cells, t->see, t->see_also[0] ? " + " : "", t->see_also);
    }
    assert_string_equal(rows.text, drug_rows);
    assert_string_equal(said.text, "table of drugs: 19 rows, 3 of them see another, 1 that the PDF runs together with the next\n");
    buf_free(&said);
    buf_free(&rows);
    edition_free(ed);
    (void)state;
}

static void refuses_other_text(void **state)
{
    static const char *const texts[] = {"", "Abc, J0001\n", "A\n\n"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct edition *ed = edition_new(SET_HCPCS, "2031-JAN", 20310101);
        struct error err = {0};
        assert_int_equal(printed_index("i.pdf", texts[i], strlen(texts[i]), ed, NULL, &err), ST_INPUT);
        assert_string_equal(err.text, "i.pdf: expected the rows of the HCPCS Index behind a line \"A\", found none");
        assert_int_equal(printed_drugs("d.pdf", texts[i], strlen(texts[i]), ed, NULL, &err), ST_INPUT);
        assert_string_equal(err.text, "d.pdf: expected the rows of the Table of Drugs behind a line \"A\", found none");
        edition_free(ed);
    }
    (void)state;
}

/* The NOC list marks its codes, whether it comes with the code file, later, or before it is imported again. */
static void marks_noc_codes(void **state)
{
    static const char noc[] = "         NOC CODES - HCPCS 2031\r\n\r\n  HCPCS  LONG DESCRIPTION\r\n"
                              "  Z9999  Gone\r\n  J0897  Here  19870101\r\n";
    struct error err = {0};
    struct edition *ed[4];
    size_t n;
    char *codes = file_read(TEST_SPECIMEN "/hcpcs/specimen/HCPC2025_JAN_ANWEB_specimen.txt", &n);
    assert_non_null(codes);
    struct group alone = {0}, list = {0}, both = {0};
    group_add(&alone, "codes.txt", codes, n);
    assert_int_equal(group_read(&alone, NULL, &ed[0], &err), ST_OK);
    group_add(&list, "noc.prn", noc, sizeof noc - 1);
    group_add(&both, "codes.txt", codes, n);
    group_add(&both, "noc.prn", noc, sizeof noc - 1);
    assert_int_equal(group_read(&list, ed[0], &ed[1], &err), ST_OK);
    assert_int_equal(group_read(&alone, ed[1], &ed[2], &err), ST_OK);
    assert_int_equal(group_read(&both, NULL, &ed[3], &err), ST_OK);
    assert_string_equal(fact_values(ed[0], entry_find(ed[0], "J0897"), "noc"), "");
    for (size_t i = 1; i < COUNT(ed); i++) {
        assert_string_equal(fact_values(ed[i], entry_find(ed[i], "J0897"), "noc"), "yes");
        assert_int_equal(ed[i]->facts.len, ed[0]->facts.len + 1);
        assert_true(ed[i]->coverage & (1U << COMP_FACTS));
    }
    assert_non_null(strstr(both.report.text, "codes of the NOC list that the code file lacks: 1\n"));
    for (size_t i = 0; i < COUNT(ed); i++) {
        edition_free(ed[i]);
    }
    buf_free(&alone.report);
    buf_free(&list.report);
    buf_free(&both.report);
    free(codes);
    (void)state;
}

/* Books that an import does not bring stay as they were. */
static void keeps_books(void **state)
{
    static const char noc[] = "NOC CODES - HCPCS 2031\n  J0897  Here\n";
    struct error err = {0};
    struct edition *old, *ed;
    struct group codes = {0}, list = {0};
    struct buf said = {0};
    struct report rep = {&said};
    size_t n;
    char *bytes = file_read(TEST_SPECIMEN "/hcpcs/specimen/HCPC2025_JAN_ANWEB_specimen.txt", &n);
    assert_non_null(bytes);
    group_add(&codes, "codes.txt", bytes, n);
    group_add(&list, "noc.prn", noc, sizeof noc - 1);
    assert_int_equal(group_read(&codes, NULL, &old, &err), ST_OK);
    assert_int_equal(printed_index("i.pdf", INDEX, sizeof INDEX - 1, old, &rep, NULL), ST_OK);
    assert_int_equal(printed_drugs("d.pdf", DRUGS, sizeof DRUGS - 1, old, &rep, NULL), ST_OK);
    assert_int_equal(group_read(&list, old, &ed, &err), ST_OK);
    assert_true(old->terms.len > 30);
    assert_int_equal(ed->terms.len, old->terms.len);
    for (size_t i = 0; i < ed->terms.len; i++) {
        const struct ed_term *a = &ed->terms.items[i], *b = &old->terms.items[i];
        assert_true(a->book == b->book && a->depth == b->depth && a->title != b->title);
        assert_string_equal(a->title, b->title);
        assert_string_equal(a->codes, b->codes);
        assert_string_equal(a->see, b->see);
        assert_string_equal(a->cells, b->cells);
    }
    edition_free(old);
    edition_free(ed);
    buf_free(&said);
    buf_free(&codes.report);
    buf_free(&list.report);
    free(bytes);
    (void)state;
}

/* Appends every code that stands in s, in order. */
static void add_codes(struct buf *out, const char *s)
{
    for (const char *at = s; *at; at++) {
        bool word = at > s && ((at[-1] >= '0' && at[-1] <= '9') || (at[-1] >= 'A' && at[-1] <= 'z'));
        if (!word && printed_code(at)) {
            buf_printf(out, "%.5s ", at);
        }
    }
}

/* The codes of the PDF's text are those of the terms, none lost, none twice, in the same order. */
static void reads_official_pdfs(void **state)
{
    static const struct { const char *path, *release; int role; size_t rows, codes; } books[] = {
        {"2018/2018-HCPCS-Index.pdf", "2018-JAN", ROLE_INDEX, 2005, 2500},
        {"2019/2019-HCPCS-Index.pdf", "2019-JAN", ROLE_INDEX, 2013, 2500},
        {"2018/2018-Table-of-Drugs.pdf", "2018-JAN", ROLE_DRUGS, 1459, 700},
        {"2019/2019-Table-of-Drugs.pdf", "2019-JAN", ROLE_DRUGS, 1472, 700},
    };
    for (size_t i = 0; i < COUNT(books); i++) {
        char path[256];
        size_t n;
        struct buf text = {0}, want = {0}, have = {0}, said = {0};
        struct report rep = {&said};
        struct recognised is = {0};
        struct error err = {0};
        snprintf(path, sizeof path, "%s/data/hcpcs/%s", TEST_SHARED, books[i].path);
        char *bytes = file_read(path, &n);
        enum status st = bytes ? pdf_text(path, bytes, n, 0, &text, &err) : ST_NONE;
        if (st != ST_OK) {
            print_message("SKIPPED: %s: %s\n", path, bytes ? err.text : "no ../shared");
            free(bytes);
            skip();
        }
        struct input in = {.path = path, .name = "some.pdf", .bytes = bytes, .len = n};
        struct edition *ed = edition_new(SET_HCPCS, books[i].release, 20180101);
        hcpcs_importer.recognise(&in, &is);
        assert_int_equal(is.verdict, INPUT_USED);
        assert_int_equal(is.role, books[i].role);
        assert_string_equal(is.release, books[i].release);
        assert_int_equal(printed_read(&in, is.role, ed, &rep, &err), ST_OK);
        for (size_t k = 0; k < ed->terms.len; k++) {
            add_codes(&have, ed->terms.items[k].codes);
            add_codes(&have, ed->terms.items[k].see);
            add_codes(&have, ed->terms.items[k].cells);
        }
        add_codes(&want, text.text);
        assert_true(want.len / 6 > books[i].codes);
        size_t same = 0;
        while (have.text[same] && have.text[same] == want.text[same]) {
            same++;
        }
        if (have.text[same] || want.text[same]) {
            fail_msg("%s: found %.30s, expected %.30s", books[i].path, have.text + same / 6 * 6, want.text + same / 6 * 6);
        }
        assert_int_equal(ed->terms.len, books[i].rows);
        edition_free(ed);
        buf_free(&text);
        buf_free(&want);
        buf_free(&have);
        buf_free(&said);
        free(bytes);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_index_rows), cmocka_unit_test(reads_drug_rows),     cmocka_unit_test(refuses_other_text),
        cmocka_unit_test(marks_noc_codes),  cmocka_unit_test(keeps_books),         cmocka_unit_test(reads_official_pdfs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
