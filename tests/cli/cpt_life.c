/* cpt_life.c - the life of CPT codes over three synthetic releases, as the command line tells it: what CPT Link's lists say of
 * codes that are gone, and what a release loaded without its PLA codes and modifiers cannot. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"
#include "tests/support.h"

static const struct {
    const char *name, *text;
} files[] = {
    {"LONGULT-2025.txt", "10001\tSpecimen one\n10002\tSpecimen two\n10003\tSpecimen three\n0001U\tSpecimen beads\n"},
    {"MODUL-2025.txt", "Synthetic.\n\nAppendix A\n\n22 Specimen: more words\n"},
    {"LONGULT-2026.txt", "10001\tSpecimen one\n10002\tSpecimen two again\n10004\tSpecimen four\n"},
    {"LONGULT-2027.txt", "10001\tSpecimen one\n10004\tSpecimen four\n10005\tSpecimen five\n0001U\tSpecimen beads\n"},
    {"Deleted-2026.txt", "Concept Id\tCode\tDate Deleted\tLevel\tDescriptor\tInstruction\r\n"
                         "1\t10003\t20260101\t3\tSpecimen\t(10003 has been deleted. To report, use 10004)\r\n"
                         "2\t90001\tPre-1990\t3\tSpecimen\r\n"
                         "3\t90002\t20130101\t3\tSpecimen\t(90002 has been deleted. To report, see 10001, 10003)\r\n"
                         "4\t90003\t20140101\t3\tSpecimen\tAsk the specimen's maker.\r\n"},
    {"History-2026.txt", "Date\tChange Type\tConcept Id\tCPT Code\tLevel\tPrior Value\tCurrent Value\tInstruction\r\n"
                         "Pre-1990\tADDED\t5\t10001\r\n20260101\tREVISED\t6\t10002\r\n"},
};

static int up(void **state)
{
    char path[sizeof files / sizeof *files][512];
    struct run r;
    setenv("LC_ALL", "C", 1); /* signs are of ASCII then */
    int code = shelf_up(state);
    for (size_t i = 0; code == 0 && i < sizeof files / sizeof *files; i++) {
        snprintf(path[i], sizeof path[i], "%s", in_folder(files[i].name));
        FILE *f = fopen(path[i], "w");
        if (!f || fputs(files[i].text, f) < 0 || fclose(f) != 0)
            return -1;
    }
    setenv("CODESHELF_SHELF", in_folder("cpt.db"), 1);
    for (size_t i = 0; code == 0 && i < sizeof files / sizeof *files; i++) {
        const char release[] = {'2', '0', '2', files[i].name[strcspn(files[i].name, "0") + 2], '\0'};
        const char *argv[] = {TEST_TOOLS "/codeshelf-import", "--set", "cpt", "--release",
                              release, path[i], NULL};
        run_program(&r, NULL, argv);
        code = r.code;
        if (code != 0)
            fprintf(stderr, "importing: %s\n", r.err);
        run_free(&r);
    }
    setenv("CODESHELF_TODAY", "2026-02-03", 1);
    return code;
}

/* Each answer is one line, that a code is gone an error. */
static void deleted_codes_name_what_replaced_them(void **state)
{
    static const struct {
        const char *words, *says;
    } cases[] = {
        {"show 10003", "codeshelf: 10003: deleted in 2026, last in 2025; replaced by 10004\n"},
        {"show 90001", "codeshelf: 90001: deleted; no replacement is listed\n"},
        {"show 90002", "codeshelf: 90002: deleted on 2013-01-01; replaced by 10001, 10004\n"},
        {"show 90003", "codeshelf: 90003: deleted on 2014-01-01; its list says: Ask the specimen's maker.\n"},
        {"show --as-of 2025-06-01 90002", "codeshelf: 90002: deleted on 2013-01-01; replaced by 10001, 10003\n"},
        {"show 0001U", "codeshelf: 0001U: PLA codes not loaded in 2026, last in 2025\n"},
        {"show 90009", "codeshelf: 90009: not in CPT 2026\n"},
        {"history 90002", "codeshelf: 90002: deleted on 2013-01-01; replaced by 10001, 10004\n"},
        {"history 90009", "codeshelf: no loaded release has 90009\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct run r;
        char words[128];
        snprintf(words, sizeof words, "%s --set cpt", cases[i].words);
        run_codeshelf(&r, NULL, words);
        if (r.code != 1 || strcmp(r.err, cases[i].says) != 0 || *r.out)
            fail_msg("%s: exit %d: %s%s", words, r.code, r.err, r.out);
        run_free(&r);
    }
}

static void assert_answers(const char *input, const char *words, int code, const char *part)
{
    struct run r;
    run_codeshelf(&r, input, words);
    if (r.code != code || !strstr(r.out, part))
        fail_msg("%s: exit %d, no \"%s\" in: %s%s", words, r.code, part, r.out, r.err);
    run_free(&r);
}

static void answers_name_what_replaced_them(void **state)
{
    static const char list[] = "10003\n90002\n90003\n";
    (void)state;
    assert_answers(NULL, "history 10003", 0, "deleted; replaced by 10004\n");
    assert_answers(NULL, "changes cpt 2025 2026", 0, "add-on codes");
    assert_answers(NULL, "changes cpt 2025 2026", 0, "\n* Added (codes: 1)\n");
    assert_answers(NULL, "changes cpt 2025 2026", 0, "\n^ Reworded (codes: 1)\n");
    assert_answers(NULL, "changes cpt 2025 2026", 0, "10003  Specimen three; replaced by 10004\n");
    assert_answers(NULL, "changes cpt 2025 2026", 0, "10004  Specimen four; formerly 10003\n");
    assert_answers(list, "impact --set cpt --from 2025 --to 2026 -", 1, "10003  deleted: Specimen three\n    replaced by 10004\n");
    assert_answers(list, "impact --set cpt --from 2025 --to 2026 -", 1, "90002  in neither release, deleted on 2013-01-01\n    replaced by 10001, 10004\n");
    assert_answers(list, "impact --set cpt --from 2025 --to 2026 -", 1, "90003  in neither release, deleted on 2014-01-01\n    no replacement");
}

/* The days are the code's own: they are not compared, where one release has brought no history. */
static void codes_say_when_they_came(void **state)
{
    struct run r;
    (void)state;
    assert_answers(NULL, "show 10001", 0, "Added: before 1990-01-01\n");
    assert_answers(NULL, "show 10002", 0, "Last revised: 2026-01-01\n");
    run_codeshelf(&r, NULL, "changes cpt 2025 2026");
    assert_null(strstr(r.out, "Last revised"));
    assert_null(strstr(r.out, "before 1990"));
    run_free(&r);
}

/* A release without any of them was loaded without their file. */
static void what_is_not_loaded_is_not_deleted(void **state)
{
    static const char *const ways[] = {"changes cpt 2025 2026", "changes cpt 2026 2025"};
    struct run r;
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        run_codeshelf(&r, NULL, ways[i]);
        assert_non_null(strstr(r.out, "codes: 1 added, 1 deleted, 1 reworded\n"));
        assert_non_null(strstr(r.out, "  PLA codes not loaded in 2026: which came and went cannot be told\n"));
        assert_non_null(strstr(r.out, "  modifiers not loaded in 2026: which came and went cannot be told\n"));
        assert_null(strstr(r.out, "0001U"));
        run_free(&r);
    }
    assert_answers("0001U\n", "impact --set cpt --from 2025 --to 2026 -", 1, "! 0001U  cannot be told");
    assert_answers("22\n", "impact --set cpt --from 2026 --to 2025 -", 1, "! 22  cannot be told");
    assert_answers(NULL, "show --as-of 2027-02-01 10005", 0, "new in 2027");
    assert_answers(NULL, "history 0001U", 0, "  2025        the oldest release loaded has it: Specimen beads\n"
                                             "  2027 has it, the newest loaded\n  PLA codes not loaded in 2026\n");
    run_codeshelf(&r, NULL, "show --as-of 2027-02-01 0001U");
    assert_non_null(strstr(r.out, "Specimen beads"));
    assert_null(strstr(r.out, "new in"));
    run_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deleted_codes_name_what_replaced_them),
        cmocka_unit_test(answers_name_what_replaced_them),
        cmocka_unit_test(codes_say_when_they_came),
        cmocka_unit_test(what_is_not_loaded_is_not_deleted),
    };
    return cmocka_run_group_tests(tests, up, shelf_down);
}
