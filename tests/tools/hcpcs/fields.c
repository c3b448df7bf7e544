/* fields.c - labels and words of facts, at read time. */
#include "support.h"

#include <stdlib.h>
#include <string.h>

#include "../../../src/shelf/fields.h"
#include "help.h"

static void gives_words(void **state)
{
    static const struct { const char *name, *value, *label, *words; } want[] = {
        {"coverage", "C", "Coverage", "carrier judgment"},
        {"betos", "O1A", "BETOS type of service", "ambulance"},
        {"lab_certification", "010", "Laboratory certification", "histocompatibility"},
        {"effective_date", "20180701", "Action effective", "2018-07-01"},
        {"asc_date", "170701", "Ambulatory surgical center since", ""}, /* as some records of 2018 have it */
        {"coverage", "X", "Coverage", ""},
        {"coverage", "", "Coverage", ""},
        {"statute", "1833(t)", "Statute", ""},
        {"no_such_field", "1", "no_such_field", ""},
    };
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        char label[80], words[120];
        field_label(SET_HCPCS, want[i].name, label, sizeof label);
        assert_string_equal(label, want[i].label);
        assert_int_equal(field_words(SET_HCPCS, want[i].name, want[i].value, words, sizeof words),
                         *want[i].words != '\0');
        assert_string_equal(words, want[i].words);
    }
    assert_false(field_words(SET_CPT, "coverage", "C", (char[8]){0}, 8));
    (void)state;
}

static void cuts_long_texts(void **state)
{
    char words[8];
    assert_true(field_words(SET_HCPCS, "coverage", "C", words, sizeof words));
    assert_string_equal(words, "carrier");
    (void)state;
}

/* Every fact of the specimen has a label, and every coded value means something. */
static void covers_the_specimen(void **state)
{
    static const char *const coded[] = {"pricing", "multiple_pricing", "coverage", "asc_group",
                                        "betos",   "type_of_service",  "action"};
    struct group g = {0};
    struct error err = {0};
    struct edition *ed;
    size_t n, checked = 0;
    char *codes = file_read(TEST_SPECIMEN "/hcpcs/specimen/HCPC2025_JAN_ANWEB_specimen.txt", &n);
    assert_non_null(codes);
    group_add(&g, "specimen.txt", codes, n);
    assert_int_equal(group_read(&g, NULL, &ed, &err), ST_OK);
    for (size_t i = 0; i < ed->facts.len; i++) {
        const struct ed_fact *f = &ed->facts.items[i];
        char out[120];
        assert_true(field_label(SET_HCPCS, f->name, out, sizeof out));
        for (size_t k = 0; k < sizeof coded / sizeof coded[0]; k++) {
            if (strcmp(coded[k], f->name) == 0) {
                assert_true(field_words(SET_HCPCS, f->name, f->value, out, sizeof out));
                checked++;
            }
        }
    }
    assert_true(checked > 200);
    buf_free(&g.report);
    edition_free(ed);
    free(codes);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_words),
        cmocka_unit_test(cuts_long_texts),
        cmocka_unit_test(covers_the_specimen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
