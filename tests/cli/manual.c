/* manual.c - the man pages say what the programs take: every option of --help stands in the page, and every example runs; so
 * do the commands that the README shows. And completion offers what is there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "codeshelf/buf.h"
#include "run.h"
#include "tests/support.h"

static const struct {
    const char *page, *help; /* the call that prints its options */
} pages[] = {
    {"codeshelf.1.in", "codeshelf --help"},
    {"codeshelf-search.1", "codeshelf search --help"},
    {"codeshelf-show.1", "codeshelf show --help"},
    {"codeshelf-tree.1", "codeshelf tree --help"},
    {"codeshelf-index.1", "codeshelf index --help"},
    {"codeshelf-guide.1", "codeshelf guide --help"},
    {"codeshelf-refs.1", "codeshelf refs --help"},
    {"codeshelf-list.1", "codeshelf list --help"},
    {"codeshelf-releases.1", "codeshelf releases --help"},
    {"codeshelf-changes.1", "codeshelf changes --help"},
    {"codeshelf-history.1", "codeshelf history --help"},
    {"codeshelf-impact.1", "codeshelf impact --help"},
    {"codeshelf-note.1", "codeshelf note --help"},
    {"codeshelf-import.1", "codeshelf-import --help"},
    {"codeshelf-fetch.1", "codeshelf-fetch --help"},
    {"codeshelf-verify.1", "codeshelf-verify --help"},
};

enum { PAGES = sizeof pages / sizeof *pages };

/* The page with its escapes undone: "\-" is a dash, "\\" a backslash. */
static void read_page(const char *name, struct buf *out)
{
    char path[1024];
    int c;
    snprintf(path, sizeof path, "%s/%s", MAN_PAGES, name);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    while ((c = fgetc(f)) != EOF)
        if (c != '\\' || (c = fgetc(f)) != EOF)
            buf_putc(out, (char)c);
    fclose(f);
}

static void run_shell(struct run *r, const char *line)
{
    run_program(r, NULL, (const char *const[]){"sh", "-c", line, NULL});
}

static void every_option_is_in_its_page(void **state)
{
    (void)state;
    for (size_t i = 0; i < PAGES; i++) {
        struct buf page = {0};
        struct run r;
        size_t seen = 0;
        read_page(pages[i].page, &page);
        run_shell(&r, pages[i].help);
        assert_int_equal(r.code, 0);
        for (const char *at = r.out; (at = strstr(at, "  --")); seen++) {
            char option[32];
            at += 2;
            assert_int_equal(sscanf(at, "%31[a-z-]", option), 1);
            if (!strstr(buf_text(&page), option))
                fail_msg("%s does not name %s", pages[i].page, option);
        }
        assert_true(seen >= 2);
        run_free(&r);
        buf_free(&page);
    }
}

static void every_example_runs(void **state)
{
    size_t examples = 0;
    (void)state;
    for (size_t i = 0; i < PAGES; i++) {
        struct buf page = {0};
        read_page(pages[i].page, &page);
        bool inside = false;
        char *at = NULL;
        for (char *line = page.text ? strtok_r(page.text, "\n", &at) : NULL; line; line = strtok_r(NULL, "\n", &at)) {
            if (strcmp(line, ".EX") == 0 || strcmp(line, ".EE") == 0) {
                inside = line[2] == 'X';
                continue;
            }
            if (!inside)
                continue;
            struct run r;
            run_shell(&r, line);
            if (r.code != 0 || !*r.out)
                fail_msg("%s: \"%s\": exit %d: %s", pages[i].page, line, r.code, r.err);
            run_free(&r);
            examples++;
        }
        buf_free(&page);
    }
    assert_true(examples >= 12);
}

/* A line of the README that begins with a command: the words up to the two blanks before what it is for. */
static void the_readme_runs(void **state)
{
    struct buf page = {0};
    size_t examples = 0;
    char *at = NULL;
    (void)state;
    read_page("../../../README.md", &page);
    for (char *line = strtok_r(page.text, "\n", &at); line; line = strtok_r(NULL, "\n", &at)) {
        char *words_end = strstr(line, "  ");
        if (strncmp(line, "codeshelf ", 10) != 0 || !words_end || strstr(line, "fzf"))
            continue;
        *words_end = '\0';
        struct run r;
        run_shell(&r, line);
        if (r.code != 0 || !*r.out)
            fail_msg("README: \"%s\": exit %d: %s", line, r.code, r.err);
        run_free(&r);
        examples++;
    }
    assert_true(examples >= 10);
    buf_free(&page);
}

static int up(void **state)
{
    if (shell_up(state) != 0)
        return -1;
    struct run r; /* the README lists notes, and asks what a release brought */
    run_shell(&r, "codeshelf note import " TEST_SPECIMEN "/../tests/data/clinic-rules.md && echo J0897 >ours.txt && "
                  "codeshelf-import --release 2024-OCT " TEST_SPECIMEN "/hcpcs/specimen/HCPC2025_JAN_ANWEB_specimen.txt");
    const int code = r.code;
    run_free(&r);
    return code;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_option_is_in_its_page),
        cmocka_unit_test(every_example_runs),
        cmocka_unit_test(the_readme_runs),
    };
    return cmocka_run_group_tests(tests, up, shelf_down);
}
