/* fixture.c - a shelf made from the specimen by the programs themselves. */
#include "fixture.h"

#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/codeshelf-screen-XXXXXX";
static char shelf[sizeof folder + 16];

const char *fixture_folder(void)
{
    return folder;
}

const char *fixture_shelf(void)
{
    return shelf;
}

void command(const char *fmt, ...)
{
    char line[4096];
    va_list args;

    va_start(args, fmt);
    vsnprintf(line, sizeof line, fmt, args);
    va_end(args);
    assert_int_equal(system(line), 0);
}

int fixture_make(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(shelf, sizeof shelf, "%s/shelf.db", folder);
    command("'%s/codeshelf-import' --shelf '%s' '%s/icd10cm/specimen' '%s/hcpcs/specimen' >/dev/null", TEST_TOOLS, shelf,
            TEST_SPECIMEN, TEST_SPECIMEN);
    command("'%s/codeshelf-import' --shelf '%s' --set cpt --release 2026 '%s/cpt/specimen' >/dev/null", TEST_TOOLS, shelf,
            TEST_SPECIMEN);
    return 0;
}

int fixture_remove(void **state)
{
    (void)state;
    command("rm -rf '%s'", folder);
    return 0;
}

struct screen *open_with(int height, int width, const char *const *env, const char *option, const char *words)
{
    const char *args[] = {"--shelf", shelf, option == NULL ? words : option, option == NULL ? NULL : words, NULL};
    struct screen *s = screen_start(height, width, env, args);

    screen_expect(s, width < 60 ? "ICD-10-CM FY2025" : "as of 2025-02-03");
    return s;
}

struct screen *open_at(int height, int width, const char *words)
{
    return open_with(height, width, NULL, NULL, words);
}

void quit(struct screen *s)
{
    screen_send(s, "q");
    assert_int_equal(screen_exit(s), 0);
    assert_false(screen_alternate(s));
    assert_true(screen_cursor_shown(s));
    screen_free(s);
}
