/* answers.c - what the commands answer on the specimen shelf, as text and as JSON: the fields that others build on, exit
 * codes, and that messages never stand among the data. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run.h"
#include "tests/support.h"

/* The line that begins with the text given, NULL without one. */
static const char *line_of(const char *text, const char *beginning)
{
    for (const char *at = text; at && *at; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL)
        if (strncmp(at, beginning, strlen(beginning)) == 0)
            return at;
    return NULL;
}

static void assert_found(struct run *r, const char *words)
{
    run_codeshelf(r, NULL, words);
    if (r->code != 0)
        fail_msg("codeshelf %s: exit %d: %s", words, r->code, r->err);
}

static void list_is_the_book_in_order(void **state)
{
    struct run r;
    (void)state;
    assert_found(&r, "list --set icd10cm");
    assert_string_equal(r.err, "");
    const char *m08 = line_of(r.out, "icd10cm\tcode\tM08.99\t1\t"), *m1a = line_of(r.out, "icd10cm\tcategory\tM1A\t0\t"),
               *m10 = line_of(r.out, "icd10cm\tcategory\tM10\t");
    assert_true(m08 && m1a && m10 && m08 < m1a && m1a < m10);
    assert_non_null(line_of(r.out, "icd10cm\tchapter\t19\t0\tInjury"));
    assert_non_null(line_of(r.out, "icd10cm\tsection\tS50-S59\t0\t"));
    assert_non_null(line_of(r.out, "icd10cm\tcode\tS52.502A\t1\t"));
    run_free(&r);
}

static void list_has_every_set(void **state)
{
    struct run r;
    (void)state;
    assert_found(&r, "list");
    const char *icd = line_of(r.out, "icd10cm\t"), *hcpcs = line_of(r.out, "hcpcs\t"), *cpt = line_of(r.out, "cpt\t");
    assert_true(icd && hcpcs && cpt && icd < hcpcs && hcpcs < cpt);
    assert_int_equal(count_lines(r.err), 1); /* today is before the CPT release */
    assert_non_null(strstr(r.err, "CPT: no release loaded for 2025-02-03; showing 2026"));
    run_free(&r);
}

static void list_billable_only(void **state)
{
    struct run r;
    (void)state;
    assert_found(&r, "list --billable --set hcpcs");
    assert_null(strstr(r.out, "\t0\t"));
    assert_non_null(line_of(r.out, "hcpcs\tcode\tJ0897\t1\t"));
    assert_null(line_of(r.out, "hcpcs\tcode\tC9014\t")); /* terminated */
    run_free(&r);
    assert_found(&r, "list --billable --json --set icd10cm");
    assert_json_lines(r.out);
    assert_null(strstr(r.out, "\"billable\":false"));
    run_free(&r);
}

static void list_book_tabular(void **state)
{
    struct run r;
    (void)state;
    assert_found(&r, "list --set icd10cm --book tabular --json");
    assert_json_lines(r.out);
    const char *s52 = line_of(r.out, "{\"codeset\":\"icd10cm\",\"kind\":\"category\",\"code\":\"S52\"");
    assert_non_null(s52);
    assert_json_is(s52, "parent", "S50-S59");
    assert_json_is(s52, "billable", "false");
    assert_json_is(s52, "placeholder", "false");
    assert_json_is(s52, "seventh.A", "initial encounter for closed fracture");
    assert_non_null(strstr(s52, "{\"kind\":\"excludes1\",\"text\":\""));
    const char *chapter = line_of(r.out, "{\"codeset\":\"icd10cm\",\"kind\":\"chapter\",\"code\":\"1\"");
    assert_non_null(chapter);
    assert_json_is(chapter, "parent", "null");
    const char *x = line_of(r.out, "{\"codeset\":\"icd10cm\",\"kind\":\"subcategory\",\"code\":\"T36.0X\"");
    assert_non_null(x);
    assert_json_is(x, "placeholder", "true");
    assert_json_is(x, "seventh", "{}");
    run_free(&r);
    assert_found(&r, "list --book tabular --json --set cpt");
    assert_json_lines(r.out);
    run_free(&r);
}

static void books_not_loaded(void **state)
{
    static const char *const books[] = {"index", "external", "neoplasm", "drugs", "guidelines"};
    (void)state;
    for (size_t i = 0; i < sizeof books / sizeof *books; i++) {
        char words[64], says[64];
        struct run r;
        snprintf(words, sizeof words, "list --set hcpcs --book %s", books[i]);
        snprintf(says, sizeof says, "codeshelf: %s not loaded for 2025-JAN\n", books[i]);
        run_codeshelf(&r, NULL, words);
        assert_int_equal(r.code, 1);
        assert_string_equal(r.out, "");
        assert_string_equal(r.err, says);
        run_free(&r);
    }
}

static void show_json_contract(void **state)
{
    static const struct {
        const char *path, *value;
    } wanted[] = {
        {"codeset", "icd10cm"},        {"code", "S52.502B"},         {"kind", "code"},
        {"billable", "true"},          {"release.name", "FY2025"},   {"release.from", "2024-10-01"},
        {"release.to", "2025-03-31"},  {"path[0].kind", "chapter"},  {"path[0].code", "19"},
        {"path[1].code", "S50-S59"},   {"path[2].code", "S52"},      {"path[3].code", "S52.5"},
        {"path[4].code", "S52.50"},    {"path[5].code", "S52.502"},  {"seventh.from", "S52"},
        {"children", "[]"},            {"facts.poa.value", "required"},
    };
    struct run r;
    char text[512];
    (void)state;
    assert_found(&r, "show --json s52502b");
    assert_string_equal(r.err, "");
    assert_json_lines(r.out);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        assert_json_is(r.out, wanted[i].path, wanted[i].value);
    assert_false(json_at(r.out, "path[6]", text, sizeof text));
    assert_false(json_at(r.out, "release.warning", text, sizeof text));
    assert_true(json_at(r.out, "seventh.chars.B", text, sizeof text));
    assert_true(json_at(r.out, "seventh.notes.B", text, sizeof text));
    assert_non_null(strstr(text, "NOS"));
    assert_true(json_at(r.out, "short", text, sizeof text));
    assert_true(json_at(r.out, "title", text, sizeof text));
    run_free(&r);
}

/* Nearest first, each with the entry it stands at and the codes it names. */
static void show_notes_with_origin(void **state)
{
    struct run r;
    char code[64], refs[256], last[64] = "S52.502A";
    bool excludes1 = false, chapter = false;
    (void)state;
    assert_found(&r, "show --json S52.502A");
    for (int i = 0;; i++) {
        char path[32], text[512], kind[32];
        snprintf(path, sizeof path, "notes[%d].from.code", i);
        if (!json_at(r.out, path, code, sizeof code))
            break;
        assert_true(strlen(code) <= strlen(last) || strchr(code, '-')); /* up the path, never down */
        snprintf(last, sizeof last, "%s", code);
        snprintf(path, sizeof path, "notes[%d].text", i);
        assert_true(json_at(r.out, path, text, sizeof text));
        snprintf(path, sizeof path, "notes[%d].kind", i);
        assert_true(json_at(r.out, path, kind, sizeof kind));
        snprintf(path, sizeof path, "notes[%d].refs", i);
        assert_true(json_at(r.out, path, refs, sizeof refs));
        if (strstr(text, "S58")) {
            excludes1 = strcmp(kind, "excludes1") == 0 && strcmp(code, "S52") == 0;
            assert_string_equal(refs, "[\"S58\"]");
        }
        if (strstr(text, "P10-P15"))
            assert_string_equal(refs, "[\"P10-P15\"]");
        chapter |= strcmp(code, "19") == 0;
    }
    assert_true(excludes1 && chapter);
    run_free(&r);
}

static void show_deeper_seventh_definition(void **state)
{
    struct run r;
    char text[128];
    (void)state;
    assert_found(&r, "show --json S52.521A");
    assert_json_is(r.out, "seventh.from", "S52.52");
    assert_false(json_at(r.out, "seventh.chars.B", text, sizeof text));
    run_free(&r);
}

static void show_text_page(void **state)
{
    static const char *const wanted[] = {
        "S52.502B  ", "code, billable; ICD-10-CM FY2025, in force 2024-10-01 to 2025-03-31\n", "  Chapter 19 ",
        "Notes of S52\n", "  Excludes1: ", "Notes of chapter 19\n", "7th characters of S52\n", " (also: ",
    };
    struct run r;
    (void)state;
    assert_found(&r, "show S52.502B");
    const char *at = r.out;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        at = strstr(at, wanted[i]);
        if (!at)
            fail_msg("\"%s\" is missing, or out of order, in:\n%s", wanted[i], r.out);
    }
    run_free(&r);
}

static void show_hcpcs_fields_in_words(void **state)
{
    struct run r;
    (void)state;
    assert_found(&r, "show --json J0897");
    assert_json_is(r.out, "codeset", "hcpcs");
    assert_json_is(r.out, "facts.coverage.value", "C");
    assert_json_is(r.out, "facts.coverage.words", "carrier judgment");
    run_free(&r);
    assert_found(&r, "show J0897");
    assert_non_null(strstr(r.out, "Coverage: C  carrier judgment\n"));
    run_free(&r);
}

static void show_terminated_code(void **state)
{
    struct run r;
    char day[16], words[64];
    (void)state;
    assert_found(&r, "show --json c9014");
    assert_json_is(r.out, "billable", "false");
    assert_true(json_at(r.out, "last_day", day, sizeof day));
    run_free(&r);
    assert_found(&r, "show C9014");
    snprintf(words, sizeof words, "Terminated: last day of use %s\n", day);
    assert_non_null(strstr(r.out, words));
    assert_non_null(strstr(r.out, "Cross-reference: J0567"));
    run_free(&r);
}

static void show_names_what_is_missing(void **state)
{
    struct run r;
    (void)state;
    run_codeshelf(&r, NULL, "show --json I10 X99.99 A00");
    assert_int_equal(r.code, 1);
    assert_json_lines(r.out);
    assert_int_equal(count_lines(r.out), 2);
    assert_int_equal(count_lines(r.err), 1);
    assert_non_null(strstr(r.err, "X99.99"));
    run_free(&r);
}

static void every_release_warns_once(void **state)
{
    struct run r;
    (void)state;
    assert_found(&r, "show --as-of 2019-05-01 --json I10 A00 J0897");
    assert_int_equal(count_lines(r.err), 2);
    assert_non_null(strstr(r.err, "ICD-10-CM: no release loaded for 2019-05-01; showing FY2025"));
    assert_non_null(strstr(r.err, "HCPCS: no release loaded for 2019-05-01; showing 2025-JAN"));
    char text[128];
    assert_true(json_at(r.out, "release.warning", text, sizeof text));
    run_free(&r);
}

static void tree_below_a_code(void **state)
{
    struct run r;
    (void)state;
    assert_found(&r, "tree 13");
    const char *m08 = strstr(r.out, "M08.99  "), *m1a = strstr(r.out, "M1A  "), *m10 = strstr(r.out, "M10  ");
    assert_true(m08 && m1a && m10 && m08 < m1a && m1a < m10);
    assert_non_null(strstr(r.out, "\n13  Diseases of the musculoskeletal"));
    assert_non_null(strstr(r.out, "\n  M00-M25  "));
    run_free(&r);
    assert_found(&r, "tree S52 --json --depth 1");
    assert_json_lines(r.out);
    assert_int_equal(count_lines(r.out), 2);
    assert_json_is(r.out, "depth", "0");
    assert_json_is(strchr(r.out, '\n') + 1, "depth", "1");
    assert_json_is(strchr(r.out, '\n') + 1, "code", "S52.5");
    run_free(&r);
    run_codeshelf(&r, NULL, "tree X99.99");
    assert_int_equal(r.code, 1);
    assert_string_equal(r.out, "");
    run_free(&r);
}

static void tree_of_chapters(void **state)
{
    struct run r;
    (void)state;
    assert_found(&r, "tree --json --set icd10cm");
    assert_json_lines(r.out);
    assert_null(strstr(r.out, "\"section\""));
    run_free(&r);
    assert_found(&r, "tree --json --set icd10cm --depth 2");
    assert_non_null(strstr(r.out, "\"section\""));
    assert_null(strstr(r.out, "\"depth\":2"));
    run_free(&r);
}

/* A semicolon family in the form of the printed book. */
static void tree_of_cpt(void **state)
{
    struct run r;
    (void)state;
    assert_found(&r, "tree --set cpt 10004-10029");
    assert_non_null(strstr(r.out, "10007  SPECIMEN needle sample of a painted lump; without pictures\n"));
    assert_non_null(strstr(r.out, "10008    with pictures, one lump\n"));
    run_free(&r);
}

static void search_rows(void **state)
{
    static const char *const fields[] = {"codeset", "code", "title", "kind", "billable", "release", "matched"};
    struct run r;
    char text[1024];
    (void)state;
    assert_found(&r, "search --json --limit 3 e11");
    assert_json_lines(r.out);
    assert_int_equal(count_lines(r.out), 3);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        assert_true(json_at(r.out, fields[i], text, sizeof text));
    assert_json_is(r.out, "code", "E11");
    assert_json_is(r.out, "release", "FY2025");
    run_free(&r);
    assert_found(&r, "search asthma --set icd10cm");
    assert_non_null(line_of(r.out, "J45 "));
    run_free(&r);
    assert_found(&r, "search asthma");
    assert_non_null(line_of(r.out, "ICD-10-CM  J45 "));
    run_free(&r);
    run_codeshelf(&r, NULL, "search qqqqqqq");
    assert_int_equal(r.code, 1);
    assert_string_equal(r.out, "");
    assert_int_equal(count_lines(r.err), 1);
    run_free(&r);
}

static void search_says_why(void **state)
{
    struct run r;
    (void)state;
    assert_found(&r, "search --json --limit 1 astma");
    assert_json_is(r.out, "matched", "index path; repaired spelling astma = asthma");
    assert_string_equal(r.err, "codeshelf: showing asthma for astma (--literal searches for what was typed)\n");
    run_free(&r);
    run_codeshelf(&r, NULL, "search --literal astma");
    assert_int_equal(r.code, 1);
    run_free(&r);
    assert_found(&r, "search --color always --set icd10cm --limit 1 astma");
    assert_non_null(strstr(r.out, "\033[1masthma\033[22m"));
    assert_non_null(strstr(r.out, "repaired spelling astma = asthma)\n"));
    run_free(&r);
    assert_found(&r, "search --set icd10cm asthma"); /* no terminal */
    assert_null(strchr(r.out, '\033'));
    run_free(&r);
}

static void own_words_go_first(void **state)
{
    struct run r;
    char path[] = "/tmp/codeshelf-words-XXXXXX";
    const int fd = mkstemp(path);
    (void)state;
    assert_true(fd >= 0);
    FILE *f = fdopen(fd, "w");
    fputs("# ours\nzork\tasthma\tabbreviation\n", f);
    fflush(f);
    setenv("CODESHELF_VOCABULARY", path, 1);
    assert_found(&r, "search --json --set icd10cm --limit 1 zork");
    assert_json_is(r.out, "matched", "index path; abbreviation zork = asthma");
    run_free(&r);
    fputs("astma only\n", f);
    fclose(f);
    run_codeshelf(&r, NULL, "search zork");
    assert_int_equal(r.code, 2);
    assert_non_null(strstr(r.err, ":3: a row has three or four columns"));
    run_free(&r);
    unlink(path);
    run_codeshelf(&r, NULL, "search asthma"); /* named, but not there */
    assert_int_equal(r.code, 2);
    run_free(&r);
    unsetenv("CODESHELF_VOCABULARY");
}

static void batch_answers_every_line(void **state)
{
    struct run r;
    (void)state;
    run_codeshelf(&r, "asthma\n\nqqqqqqq\nx-ray \"AND\r\ncaf\xe9", "search --batch --json --limit 2");
    assert_int_equal(r.code, 0);
    assert_json_lines(r.out);
    assert_int_equal(count_lines(r.out), 5);
    assert_json_is(r.out, "query", "asthma");
    assert_json_is(r.out, "results[0].code", "J45.909");
    const char *second = strchr(r.out, '\n') + 1;
    assert_json_is(second, "query", "");
    assert_json_is(second, "results", "[]");
    run_free(&r);
    run_codeshelf(&r, "qqqqqqq\n", "search --batch --json");
    assert_int_equal(r.code, 1);
    run_free(&r);
    run_codeshelf(&r, "asthma\n", "search --batch --set icd10cm");
    assert_int_equal(strncmp(r.out, "asthma\n  J45.909 ", 17), 0);
    run_free(&r);
}

static void releases_contract(void **state)
{
    struct run r;
    char text[128];
    (void)state;
    assert_found(&r, "releases --json");
    assert_json_lines(r.out);
    assert_int_equal(count_lines(r.out), 3);
    assert_json_is(r.out, "codeset", "icd10cm");
    assert_json_is(r.out, "name", "FY2025");
    assert_json_is(r.out, "from", "2024-10-01");
    assert_json_is(r.out, "to", "2025-03-31");
    assert_json_is(r.out, "coverage[0]", "codes");
    assert_json_is(r.out, "coverage[1]", "tabular");
    assert_json_is(r.out, "coverage[2]", "index");
    assert_true(json_at(r.out, "sources[0].bytes", text, sizeof text) && atoi(text) > 0);
    assert_true(json_at(r.out, "sources[0].sha256", text, sizeof text));
    assert_int_equal(strlen(text), 64);
    assert_true(json_at(r.out, "entries", text, sizeof text) && atoi(text) > 100);
    assert_true(json_at(r.out, "billable", text, sizeof text) && atoi(text) > 100);
    run_free(&r);
    assert_found(&r, "releases --set cpt"); /* with the notice of the licensed files */
    assert_non_null(strstr(r.out, "CPT 2026, in force 2026-01-01 to 2026-12-31"));
    assert_non_null(strstr(r.out, "not for coding"));
    run_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(list_is_the_book_in_order),
        cmocka_unit_test(list_has_every_set),
        cmocka_unit_test(list_billable_only),
        cmocka_unit_test(list_book_tabular),
        cmocka_unit_test(books_not_loaded),
        cmocka_unit_test(show_json_contract),
        cmocka_unit_test(show_notes_with_origin),
        cmocka_unit_test(show_deeper_seventh_definition),
        cmocka_unit_test(show_text_page),
        cmocka_unit_test(show_hcpcs_fields_in_words),
        cmocka_unit_test(show_terminated_code),
        cmocka_unit_test(show_names_what_is_missing),
        cmocka_unit_test(every_release_warns_once),
        cmocka_unit_test(tree_below_a_code),
        cmocka_unit_test(tree_of_chapters),
        cmocka_unit_test(tree_of_cpt),
        cmocka_unit_test(search_rows),           cmocka_unit_test(search_says_why),
        cmocka_unit_test(own_words_go_first),
        cmocka_unit_test(batch_answers_every_line),
        cmocka_unit_test(releases_contract),
    };
    return cmocka_run_group_tests(tests, shelf_up, shelf_down);
}
