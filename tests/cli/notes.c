/* notes.c - notes of one's own: onto the desk, beside the official ones, from a shared file, and off again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run.h"
#include "tests/support.h"

#define RULES TEST_SPECIMEN "/../tests/data/clinic-rules.md"

static int no_desk(void **state)
{
    (void)state;
    setenv("CODESHELF_DESK", in_folder("desk.db"), 1);
    remove(in_folder("desk.db"));
    return 0;
}

static void write_file(const char *name, const char *text)
{
    FILE *f = fopen(in_folder(name), "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

/* Runs a call that has to end with this code, and gives what it wrote. */
static void call(struct run *r, int code, const char *words)
{
    run_codeshelf(r, NULL, words);
    if (r->code != code)
        fail_msg("codeshelf %s: exit %d: %s%s", words, r->code, r->out, r->err);
}

static void import_rules(void)
{
    struct run r;
    call(&r, 0, "note import " RULES);
    assert_string_equal(r.out, "Cardiology clinic rules: 4 notes on 6 codes and ranges\n");
    assert_string_equal(r.err, "");
    run_free(&r);
}

static void a_collection_comes_and_goes(void **state)
{
    struct run r;
    (void)state;
    call(&r, 1, "note list");
    assert_string_equal(r.err, "codeshelf: no notes on this desk (codeshelf note import FILE)\n");
    run_free(&r);
    import_rules();
    call(&r, 0, "note import --json " RULES);
    assert_json_lines(r.out);
    assert_json_is(r.out, "collection", "Cardiology clinic rules");
    assert_json_is(r.out, "notes", "4");
    assert_json_is(r.out, "replaced", "true");
    assert_string_equal(r.err, "");
    run_free(&r);
    call(&r, 0, "note list");
    assert_string_equal(r.out, "Cardiology clinic rules: 4 notes from clinic-rules.md\n");
    run_free(&r);
    call(&r, 0, "note import --name Other " RULES);
    run_free(&r);
    call(&r, 0, "note list --json");
    assert_json_lines(r.out);
    assert_int_equal(count_lines(r.out), 2);
    assert_json_is(r.out, "about", "Our own rules, for whoever codes for the clinic. They are not official.");
    assert_json_is(r.out, "official", "false");
    run_free(&r);
    call(&r, 0, "note remove other");
    assert_string_equal(r.out, "4 notes removed\n");
    run_free(&r);
    call(&r, 1, "note remove other");
    assert_string_equal(r.err, "codeshelf: no collection \"other\" on this desk\n");
    run_free(&r);
}

static void shown_after_the_official_ones(void **state)
{
    static const char *const wanted[] = {
        "Notes of S52\n", "\nCardiology clinic rules (not official)\n  S52.5, M08-M1A\n    Fractures and joints\n\n    - The side",
        "7th characters of S52\n",
    };
    struct run r;
    (void)state;
    import_rules();
    call(&r, 0, "show S52.502A");
    const char *at = r.out;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        at = strstr(at, wanted[i]);
        if (!at)
            fail_msg("\"%s\" is missing, or out of order, in:\n%s", wanted[i], r.out);
    }
    run_free(&r);
    call(&r, 0, "show --json E11.9");
    assert_json_lines(r.out);
    assert_json_is(r.out, "desk_notes[0].collection", "Cardiology clinic rules");
    assert_json_is(r.out, "desk_notes[0].codes", "[\"E11.9\"]");
    assert_json_is(r.out, "desk_notes[0].official", "false");
    char text[256];
    assert_true(json_at(r.out, "desk_notes[0].text", text, sizeof text));
    assert_int_equal(strncmp(text, "Ask for the kind", 16), 0);
    assert_false(json_at(r.out, "desk_notes[1]", text, sizeof text));
    run_free(&r);
}

/* On itself, on what is above it, on a range by the order of the book; in every set. */
static void a_note_applies_to_what_its_codes_hold(void **state)
{
    static const struct {
        const char *code, *codes; /* of the one note, NULL for none */
    } rows[] = {
        {"S52.5", "[\"S52.5\",\"M08-M1A\"]"}, {"S52.521A", "[\"S52.5\",\"M08-M1A\"]"}, {"S52", NULL},
        {"M08.99", "[\"S52.5\",\"M08-M1A\"]"}, {"M1A", "[\"S52.5\",\"M08-M1A\"]"},     {"M10", NULL},
        {"J0897", "[\"J0897\",\"C9014\"]"},   {"J1100", NULL},                         {"10007", "[\"10004-10008\"]"},
        {"10009", NULL},                      {"E11.9", "[\"E11.9\"]"},                {"E11", NULL},
    };
    (void)state;
    import_rules();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char words[64];
        struct run r;
        snprintf(words, sizeof words, "note list --json %s", rows[i].code);
        call(&r, rows[i].codes ? 0 : 1, words);
        assert_int_equal(count_lines(r.out), rows[i].codes ? 1 : 0);
        if (rows[i].codes)
            assert_json_is(r.out, "codes", rows[i].codes);
        else
            assert_non_null(strstr(r.err, "no notes on "));
        run_free(&r);
        snprintf(words, sizeof words, "show --json %s", rows[i].code);
        call(&r, 0, words);
        assert_json_is(r.out, rows[i].codes ? "desk_notes[0].codes" : "desk_notes", rows[i].codes ? rows[i].codes : "[]");
        run_free(&r);
    }
}

static void faults_have_a_line_each_and_change_nothing(void **state)
{
    char words[512], says[1024], path[256];
    struct run r;
    (void)state;
    import_rules();
    write_file("wrong.md", "# Cardiology clinic rules\n\n# I10 Hypertension\nx\n# cpt 9921\ny\n# E11.9\nz\n");
    snprintf(path, sizeof path, "%s", in_folder("wrong.md"));
    snprintf(words, sizeof words, "note import %s", path);
    snprintf(says, sizeof says,
             "codeshelf: %s:3:7: expected a comma, a colon or the end of the heading, found \"Hypertension\"\n"
             "codeshelf: %s:5:7: expected a CPT code, found \"9921\"\n", path, path);
    call(&r, 1, words);
    assert_string_equal(r.out, "");
    assert_string_equal(r.err, says);
    run_free(&r);
    call(&r, 0, "note list");
    assert_non_null(strstr(r.out, "4 notes"));
    run_free(&r);
    call(&r, 1, "note import /nowhere/rules.md");
    assert_string_equal(r.err, "codeshelf: /nowhere/rules.md: cannot be read: No such file or directory\n");
    run_free(&r);
}

static void a_shared_file_is_read_beside_the_own_desk(void **state)
{
    char words[512];
    struct run r;
    (void)state;
    import_rules();
    write_file("shared.md", "# S52.502A\nShared.\n");
    snprintf(words, sizeof words, "note import --name Shared --desk %s ", in_folder("shared.db"));
    snprintf(words + strlen(words), sizeof words - strlen(words), "%s", in_folder("shared.md"));
    call(&r, 0, words);
    run_free(&r);
    snprintf(words, sizeof words, "show --json S52.502A --notes %s", in_folder("shared.db"));
    call(&r, 0, words);
    assert_json_is(r.out, "desk_notes[0].collection", "Cardiology clinic rules");
    assert_json_is(r.out, "desk_notes[1].collection", "Shared");
    assert_json_is(r.out, "desk_notes[1].text", "Shared.");
    assert_json_is(r.out, "desk_notes[1].official", "false");
    run_free(&r);
    snprintf(words, sizeof words, "note list --notes %s", in_folder("shared.db"));
    call(&r, 0, words);
    assert_int_equal(count_lines(r.out), 2);
    run_free(&r);
    call(&r, 3, "show S52.502A --notes /nowhere/shared.db");
    assert_string_equal(r.out, "");
    assert_non_null(strstr(r.err, "no notes file at /nowhere/shared.db"));
    run_free(&r);
}

/* The official answer does not depend on the desk, unless that is the desk which was asked for. */
static void a_desk_that_cannot_be_used(void **state)
{
    char words[512];
    struct run r;
    (void)state;
    call(&r, 0, "show I10");
    assert_int_not_equal(access(in_folder("desk.db"), F_OK), 0); /* reading makes none */
    run_free(&r);
    write_file("desk.db", "no desk, but text that is long enough to be taken for a file of its own");
    call(&r, 0, "show --json I10");
    assert_json_is(r.out, "desk_notes", "[]");
    assert_int_equal(count_lines(r.err), 1);
    assert_non_null(strstr(r.err, "is no desk"));
    run_free(&r);
    snprintf(words, sizeof words, "show I10 --desk %s", in_folder("desk.db"));
    call(&r, 3, words);
    assert_string_equal(r.out, "");
    run_free(&r);
    call(&r, 3, "note import " RULES);
    assert_non_null(strstr(r.err, "is no desk"));
    run_free(&r);
}

/* All but the notes of a code. */
static void notes_need_no_shelf(void **state)
{
    char shelf[256];
    struct run r;
    (void)state;
    snprintf(shelf, sizeof shelf, "%s", getenv("CODESHELF_SHELF"));
    setenv("CODESHELF_SHELF", "/nowhere/shelf.db", 1);
    import_rules();
    call(&r, 0, "note list");
    run_free(&r);
    call(&r, 3, "note list I10");
    run_free(&r);
    setenv("CODESHELF_SHELF", shelf, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_collection_comes_and_goes, no_desk),
        cmocka_unit_test_setup(shown_after_the_official_ones, no_desk),
        cmocka_unit_test_setup(a_note_applies_to_what_its_codes_hold, no_desk),
        cmocka_unit_test_setup(faults_have_a_line_each_and_change_nothing, no_desk),
        cmocka_unit_test_setup(a_shared_file_is_read_beside_the_own_desk, no_desk),
        cmocka_unit_test_setup(a_desk_that_cannot_be_used, no_desk),
        cmocka_unit_test_setup(notes_need_no_shelf, no_desk),
    };
    return cmocka_run_group_tests(tests, shelf_up, shelf_down);
}
