/* Conversion tables: days and codes as their cells write them, and the official ones counted by another reading. */
#include "tests/support.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "group.h"
#include "help.h"

#define HEAD "\"NCHS has published an update,\nas every year.\",,\r\nCurrent code assignment,Effective,Previous Code(s) Assignment\r\n"

static const char *order_text(struct buf *order)
{
    add_line(order, "A00", 0, "Cholera");
    add_line(order, "A000", 1, "Classical cholera");
    add_line(order, "A001", 1, "El Tor cholera");
    return buf_text(order);
}

/* Reads a table's rows with a small order file; *out is what the replacements say, an item a row. */
static enum status read_rows(const char *rows, struct buf *out, struct error *err)
{
    struct buf order = {0}, table = {0}, report = {0};
    struct edition *ed = NULL;
    buf_puts(&table, HEAD);
    buf_puts(&table, rows);
    const char *texts[] = {order_text(&order), buf_text(&table)};
    const enum status st = read_files(texts, 2, NULL, &ed, &report, err);
    for (size_t i = 0; ed && i < ed->replacements.len; i++) {
        const struct ed_replacement *r = &ed->replacements.items[i];
        buf_printf(out, "%s%d %s%s%s>%s%s%s", i ? "; " : "", r->from, r->old, *r->last ? "-" : "", r->last, r->now,
                   *r->said ? " as " : "", r->said);
    }
    edition_free(ed);
    buf_free(&order);
    buf_free(&table);
    buf_free(&report);
    return st;
}

static const struct {
    const char *rows, *said;
} cells[] = {
    {"A00.0,2016,A00.9\n", "20161001 A009>A000"},
    {"A00.0 ,44197,A00.9 \r\n,,\r\n,\r\n", "20210101 A009>A000"},
    {"A00.0,4/1/2023,A00.9\n", "20230401 A009>A000"},
    {"A00.0,2023-04-01,None\n", "20230401 >A000 as None"},
    {"A00.0,2016,\n", "20161001 >A000"},
    {"A00.0,2017,\"B00.1, B00.2; B00.3 and B00.4 & B00.5\"\n",
     "20171001 B001>A000 as B00.1, B00.2; B00.3 and B00.4 & B00.5; 20171001 B002>A000 as B00.1, B00.2; B00.3 and B00.4 & B00.5; "
     "20171001 B003>A000 as B00.1, B00.2; B00.3 and B00.4 & B00.5; 20171001 B004>A000 as B00.1, B00.2; B00.3 and B00.4 & B00.5; "
     "20171001 B005>A000 as B00.1, B00.2; B00.3 and B00.4 & B00.5"},
    {"A00.0,2016,H05.011-H05.013; H05.019\n",
     "20161001 H05011-H05013>A000 as H05.011-H05.013; H05.019; 20161001 H05019>A000 as H05.011-H05.013; H05.019"},
    {"A00.0,2020,I63.- and P91.88\n", "20201001 P9188>A000 as I63.- and P91.88"},
    {"A00.0,2020,I63.1-\n", "20201001 I631-I631>A000 as I63.1-"},
    {"A00.0,2016,K59.09 AND Code from categories T36-T50\n", "20161001 K5909>A000 as K59.09 AND Code from categories T36-T50"},
    {"A00.0,2023,Codes in Categories T15-T19\n", "20231001 >A000 as Codes in Categories T15-T19"},
    {"A00.0,2016,T36.0x1A\n", "20161001 T360X1A>A000"},
};

static void cells_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        struct error err = {0};
        struct buf out = {0};
        if (read_rows(cells[i].rows, &out, &err) != ST_OK) {
            fail_msg("%s: %s", cells[i].rows, err.text);
        }
        assert_string_equal(buf_text(&out), cells[i].said);
        buf_free(&out);
    }
}

static void damage_is_named_with_its_line(void **state)
{
    static const struct {
        const char *rows, *said;
    } table[] = {
        {"A00.0,2016,A00.9\nCholera,2016,A00.9\n", "file:5: expected an ICD-10-CM code, found \"Cholera\""},
        {"A00.0,soon,A00.9\n", "file:4: expected a year or date, found \"soon\""},
        {"A00.0,2016-13-01,A00.9\n", "expected a year or date"},
        {"A00.0,2016,cholera\n", "file:4: expected the codes used before A00.0 or None, found \"cholera\""},
        {"A00.0,2016,\"A00.9\n", "file:4: expected the quote that ends a cell"},
        {"", "expected the codes of a conversion table, found none"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct error err = {0};
        struct buf out = {0};
        assert_int_equal(read_rows(table[i].rows, &out, &err), ST_INPUT);
        if (!strstr(err.text, table[i].said)) {
            fail_msg("%s: said %s", table[i].rows, err.text);
        }
        buf_free(&out);
    }
}

/* --- official tables -------------------------------------------------------------------------------------------------- */

struct years {
    size_t of[2030]; /* rows by the year their code came in */
};

static void count_years(const struct edition *ed, struct years *out)
{
    const struct ed_replacement *last = NULL;
    *out = (struct years){{0}};
    for (size_t i = 0; i < ed->replacements.len; i++) {
        const struct ed_replacement *r = &ed->replacements.items[i];
        assert_in_range(r->from, 20161001, 20291231);
        /* What one row says of several codes is several replacements. */
        out->of[r->from / 10000] += !last || strcmp(last->now, r->now) != 0 || !*r->said || strcmp(last->said, r->said) != 0;
        last = r;
    }
}

/* The tables are cumulative: every one says of a year what those before it said. */
static void official_tables_agree(void **state)
{
    static const struct {
        const char *folder, *release;
        size_t rows[10]; /* of 2016, 2017, ... */
    } table[] = {
        {"FY2017", "FY2017", {1970}},
        {"FY2018", "FY2018", {1970, 360}},
        {"FY2021-Jan", "FY2021-JAN", {1970, 360, 279, 273, 490, 6}},
        {"FY2024", "FY2024", {1970, 360, 279, 273, 490, 165, 1179, 437}},
        {"FY2025", "FY2025", {1970, 360, 279, 273, 490, 165, 1179, 437, 252}},
    };
    (void)state;
    if (!have_releases()) {
        skip();
    }
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct buf report = {0};
        struct years years;
        char folder[256];
        snprintf(folder, sizeof folder, "%s/data/icd10cm/%s", TEST_SHARED, table[i].folder);
        struct edition *ed = read_folder(folder, table[i].release, WITH_ORDER | WITH_CONVERSION, NULL, &report);
        assert_true(ed->coverage & 1u << COMP_CONVERSION);
        count_years(ed, &years);
        for (size_t k = 0; k < 10; k++) {
            if (years.of[2016 + k] != table[i].rows[k]) {
                fail_msg("%s, %zu: %zu rows, not %zu", table[i].release, 2016 + k, years.of[2016 + k], table[i].rows[k]);
            }
        }
        edition_free(ed);
        buf_free(&report);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(cells_are_read), cmocka_unit_test(damage_is_named_with_its_line),
                                       cmocka_unit_test(official_tables_agree)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
