/* Completion for bash: what stands behind the cursor is asked of the function itself, as bash does. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run.h"
#include "tests/support.h"

/* The replies for a line, of which the last word is being typed ('' for none yet), one a line. */
static void complete(struct run *r, const char *line)
{
    char script[1024];
    snprintf(script, sizeof script, ". '" COMPLETION "'; COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _codeshelf; "
             "printf '%%s\\n' \"${COMPREPLY[@]}\"", line);
    run_program(r, NULL, (const char *const[]){"bash", "-c", script, NULL});
    if (r->err[0])
        fail_msg("%s: %s", line, r->err);
}

static bool has_line(const char *text, const char *line)
{
    const size_t n = strlen(line);
    for (const char *at = text; (at = strstr(at, line)) != NULL; at++)
        if ((at == text || at[-1] == '\n') && at[n] == '\n')
            return true;
    return false;
}

static void words_are_completed(void **state)
{
    static const struct {
        const char *line, *has, *lacks;
    } rows[] = {
        {"codeshelf imp", "impact", "index"},
        {"codeshelf imp", "import", "index"},
        {"codeshelf changes ''", "hcpcs", NULL},
        {"codeshelf changes hcpcs ''", "2025-JAN", "FY2025"},
        {"codeshelf changes --json hcpcs 2024-OCT 2025", "2025-JAN", "2024-OCT"},
        {"codeshelf changes hcpcs 2024-OCT 2025-JAN ''", "", "2025-JAN"}, /* both are there */
        {"codeshelf impact --from ''", "FY2025", NULL},
        {"codeshelf impact --set hcpcs --from 2024-OCT --to ''", "2025-JAN", "FY2025"},
        {"codeshelf impact --from 2024-OCT --to 2025-JAN of", "official 2025.zip", NULL},
        {"codeshelf history --j", "--json", NULL},
        {"codeshelf fetch ''", "hcpcs", "cpt"},
        {"codeshelf fetch --import hcpcs 2025-", "2025-JAN", "2024-JAN"},
        {"codeshelf-fetch icd10cm FY2026", "FY2026", "2026-JAN"},
        {"codeshelf-fetch --mir", "--mirror", NULL},
        {"codeshelf-fetch --vers", "--version", NULL},
        {"codeshelf-import --drop ''", "icd10cm", NULL},
        {"codeshelf-import --drop hcpcs ''", "2025-JAN", "FY2025"},
        {"codeshelf import --drop cpt ''", "2026", "2025-JAN"},
        {"codeshelf-import --dr", "--dry-run", NULL},
        {"codeshelf-import of", "official 2025.zip", NULL}, /* blanks, as in many official names */
        {"codeshelf-verify --sh", "--shelf", "--drop"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct run r;
        complete(&r, rows[i].line);
        if (!has_line(r.out, rows[i].has) || (rows[i].lacks && has_line(r.out, rows[i].lacks)))
            fail_msg("%s: %s", rows[i].line, r.out);
        run_free(&r);
    }
}

/* Every command of --help can be completed. */
static void no_command_is_missing(void **state)
{
    struct run help, r;
    size_t n = 0;
    (void)state;
    run_codeshelf(&help, NULL, "--help");
    complete(&r, "codeshelf ''");
    for (const char *at = help.out; (at = strstr(at, "\n  codeshelf ")) != NULL; at++) {
        char word[32];
        if (sscanf(at, "\n  codeshelf %31[a-z]", word) != 1)
            continue;
        if (!has_line(r.out, word))
            fail_msg("no %s in: %s", word, r.out);
        n++;
    }
    assert_true(n >= 14);
    run_free(&help);
    run_free(&r);
}

static int up(void **state)
{
    if (shell_up(state) != 0)
        return -1;
    FILE *f = fopen("official 2025.zip", "w");
    return f && fclose(f) == 0 ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_completed),
        cmocka_unit_test(no_command_is_missing),
    };
    return cmocka_run_group_tests(tests, up, shelf_down);
}
