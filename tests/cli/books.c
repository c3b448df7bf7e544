/* books.c - the indexes, tables and references on the specimen shelf: rows as printed, where see leads, grids that
 * fit the terminal, whole books by list, and who mentions a code. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "run.h"
#include "tests/support.h"

static void assert_found(struct run *r, const char *words)
{
    run_codeshelf(r, NULL, words);
    if (r->code != 0)
        fail_msg("codeshelf %s: exit %d: %s", words, r->code, r->err);
}

static void assert_says(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("no \"%s\" in:\n%s", part, text);
}

static void an_excerpt_of_the_index(void **state)
{
    struct run r;
    (void)state;
    assert_found(&r, "index fracture radius lower end");
    assert_says(r.out, "ICD-10-CM FY2025: Alphabetic Index\n");
    assert_says(r.out, "\n  Fracture, traumatic (abduction) (adduction) (separation) - see also Fracture, pathological\n");
    assert_says(r.out, "\n  - radius S52.50-\n> -- lower end S52.50-\n");
    assert_says(r.out, "--- torus S52.52-\n");
    run_free(&r);
    assert_found(&r, "index dementia immunodeficiency");
    assert_says(r.out, "> -- human immunodeficiency virus (HIV) disease B20 [F02.80]\n");
    run_free(&r);
    assert_found(&r, "index --book external fall same level");
    assert_says(r.out, "External Cause Index\n");
    assert_says(r.out, "> - same level");
    run_free(&r);
}

/* Below the best hit everything stands when it is little, else the next level, and what is left out is said. */
static void below_the_best_hit(void **state)
{
    struct run r;
    (void)state;
    assert_found(&r, "index diabetes type 2");
    assert_says(r.out, "> - type 2 E11.9\n");
    assert_says(r.out, "nephropathy E11.21\n");
    assert_string_equal(r.err, "");
    run_free(&r);
    assert_found(&r, "index --limit 2 diabetes");
    assert_says(r.out, "- type 1 E10.9\n");
    assert_says(r.out, "- type 2 E11.9\n");
    assert_null(strstr(r.out, "nephropathy"));
    assert_says(r.err, "there is more");
    run_free(&r);
}

static void see_says_where_it_leads(void **state)
{
    struct run r;
    (void)state;
    assert_found(&r, "index arthritis gouty");
    assert_says(r.out, "> - gouty (acute) - see Gout\n");
    assert_says(r.out, "leads to: Gout, gouty M10.9\n");
    run_free(&r);
    assert_found(&r, "index --json arthritis gouty");
    assert_json_lines(r.out);
    assert_json_is(r.out, "book", "index");
    assert_json_is(r.out, "depth", "1");
    assert_json_is(r.out, "path[0]", "Arthritis, arthritic");
    assert_json_is(r.out, "title", "gouty");
    assert_json_is(r.out, "nemod", "(acute)");
    assert_json_is(r.out, "codes", "[]");
    assert_json_is(r.out, "see[0]", "Gout");
    assert_json_is(r.out, "release", "FY2025");
    assert_json_is(r.out, "leads_to[0].text", "Gout");
    assert_json_is(r.out, "leads_to[0].book", "index");
    assert_json_is(r.out, "leads_to[0].title", "Gout, gouty");
    assert_json_is(r.out, "leads_to[0].codes[0]", "M10.9");
    run_free(&r);
    assert_found(&r, "index --json pain joint");
    assert_json_is(r.out, "see_category[0]", "M06");
    assert_json_is(r.out, "leads_to[0].kind", "category");
    assert_json_is(r.out, "leads_to[0].code", "M06");
    run_free(&r);
}

static void tables_have_their_columns(void **state)
{
    struct run r;
    char text[64];
    (void)state;
    assert_found(&r, "index --book neoplasm eyelid");
    assert_says(r.out, "Table of Neoplasms\n");
    assert_says(r.out, "> - eyelid (lower) (skin) (upper)");
    assert_says(r.out, " C44.10- ");
    assert_says(r.out, "leads to: Carcinoma > Merkel cell C4A.0\n");
    run_free(&r);
    assert_found(&r, "index --json --book neoplasm neuroendocrine");
    assert_json_is(r.out, "cells", "{\"Malignant Primary\":\"C7A.00\",\"Malignant Secondary\":\"-\",\"Ca in situ\":\"-\","
                                   "\"Benign\":\"-\",\"Uncertain Behavior\":\"-\",\"Unspecified Behavior\":\"-\"}");
    assert_false(json_at(r.out, "codes", text, sizeof text));
    run_free(&r);
    assert_found(&r, "index --json --book neoplasm unknown multiple"); /* two of its columns are blank */
    assert_json_is(r.out, "cells", "{\"Malignant Primary\":\"C80.0\",\"Malignant Secondary\":\"C79.9\","
                                   "\"Uncertain Behavior\":\"D48.9\",\"Unspecified Behavior\":\"-\"}");
    run_free(&r);
    assert_found(&r, "index --book drugs penicillin");
    for (int i = 1; i <= 6; i++) {
        char cell[16];
        snprintf(cell, sizeof cell, " T36.0X%d", i);
        assert_says(r.out, cell);
    }
    run_free(&r);
}

static void grids_fit_eighty_columns(void **state)
{
    static const char *const books[][2] = {{"neoplasm", "neoplasm"}, {"drugs", "penicillin"}};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const char *const argv[] = {TEST_BIN "/codeshelf", "index", "--book", books[i][0], books[i][1], NULL};
        struct buf out = {0};
        char *at = NULL;
        size_t lines = 0;
        run_on_terminal(&out, argv);
        for (char *line = strtok_r(out.text, "\r\n", &at); line; line = strtok_r(NULL, "\r\n", &at), lines++)
            if (strlen(line) > 80)
                fail_msg("%zu columns: %s", strlen(line), line);
        assert_true(lines > 6);
        buf_free(&out);
    }
}

static void nothing_found_is_one_line(void **state)
{
    static const struct {
        const char *words, *says;
    } calls[] = {
        {"index zzzz", "codeshelf: nothing found for \"zzzz\" in the Alphabetic Index of FY2025\n"},
        {"index --book drugs zzzz",
         "codeshelf: nothing found for \"zzzz\" in the Table of Drugs of FY2025\n"},
        {"index --set hcpcs gout", "codeshelf: index not loaded for 2025-JAN\n"},
        {"guide", "codeshelf: guidelines not loaded for FY2025\n"},
        {"guide I.C.4", "codeshelf: guidelines not loaded for FY2025\n"},
        {"list --book guidelines", "codeshelf: guidelines not loaded for FY2025\n"},
        {"refs --set icd10cm QQQ", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        struct run r;
        run_codeshelf(&r, NULL, calls[i].words);
        assert_int_equal(r.code, 1);
        assert_string_equal(r.out, "");
        assert_int_equal(count_lines(r.err), 1);
        if (calls[i].says)
            assert_string_equal(r.err, calls[i].says);
        run_free(&r);
    }
}

static void list_has_whole_books(void **state)
{
    static const struct {
        const char *book;
        size_t tabs;
        const char *row;
    } books[] = {
        {"index", 8, "2\tFracture, traumatic > radius\tlower end\t\tS52.50-\t\t\t\t\n"},
        {"index", 8, "2\tDementia > in\thuman immunodeficiency virus (HIV) disease\t\tB20\tF02.80\t\t\t\n"},
        {"index", 8, "1\tPain\tjoint\t"},
        {"external", 8, "1\tFall, falling\tsame level\t"},
        {"neoplasm", 11,
         "2\tNeoplasm, neoplastic > unknown site or unspecified\tmultiple\t\tC80.0\tC79.9\t\t\tD48.9\t-\t\t\n"},
        {"drugs", 11, "0\t\tPenicillin\t(any)\tT36.0X1\tT36.0X2\tT36.0X3\tT36.0X4\tT36.0X5\tT36.0X6\t\t\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof books / sizeof *books; i++) {
        struct run r;
        char words[64];
        snprintf(words, sizeof words, "list --book %s", books[i].book);
        assert_found(&r, words);
        assert_string_equal(r.err, "");
        assert_says(r.out, books[i].row);
        size_t tabs = 0, lines = count_lines(r.out);
        for (const char *at = r.out; *at; at++)
            tabs += *at == '\t';
        assert_int_equal(tabs, lines * books[i].tabs);
        run_free(&r);
        snprintf(words, sizeof words, "list --json --book %s", books[i].book);
        assert_found(&r, words);
        assert_json_lines(r.out);
        assert_int_equal(count_lines(r.out), lines);
        run_free(&r);
    }
}

static void refs_by_kind(void **state)
{
    struct run r;
    (void)state;
    assert_found(&r, "refs E11.21");
    assert_says(r.out, "\nAlphabetic Index\n");
    assert_says(r.out, "  Diabetes, diabetic > type 2 > with > nephropathy E11.21\n");
    run_free(&r);
    assert_found(&r, "refs --json E10.9"); /* the note names E10, which it stands under */
    assert_json_lines(r.out);
    assert_says(r.out, "{\"kind\":\"note\",\"note_kind\":\"excludes1\",\"from\":{\"kind\":\"category\",\"code\":\"E11\"}");
    assert_says(r.out, "\"named\":\"E10\"}\n");
    assert_says(r.out, "{\"kind\":\"index\",");
    run_free(&r);
    assert_found(&r, "refs M10.9");
    assert_says(r.out, "\nExcludes1\n  M1A ");
    assert_says(r.out, "gout NOS (M10.-)  (names M10)\n");
    assert_says(r.out, "\nAlphabetic Index\n  Gout, gouty M10.9\n");
    run_free(&r);
}

static void conventions_of_the_tabular(void **state)
{
    struct run r;
    (void)state;
    assert_found(&r, "guide conventions");
    assert_says(r.out, "ICD-10-CM FY2025: Tabular List\n");
    assert_true(count_lines(r.out) > 3);
    run_free(&r);
    assert_found(&r, "guide conventions --json");
    assert_json_lines(r.out);
    assert_json_is(r.out, "release", "FY2025");
    run_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_excerpt_of_the_index), cmocka_unit_test(below_the_best_hit),
        cmocka_unit_test(see_says_where_it_leads), cmocka_unit_test(tables_have_their_columns),
        cmocka_unit_test(grids_fit_eighty_columns), cmocka_unit_test(nothing_found_is_one_line),
        cmocka_unit_test(list_has_whole_books), cmocka_unit_test(refs_by_kind),
        cmocka_unit_test(conventions_of_the_tabular),
    };
    return cmocka_run_group_tests(tests, shelf_up, shelf_down);
}
