/* scratch.h - a folder of a test's own, and files in it. */
#ifndef CODESHELF_TESTS_SCRATCH_H
#define CODESHELF_TESTS_SCRATCH_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct scratch {
    char folder[256];
};

static inline void scratch_make(struct scratch *s)
{
    const char *base = getenv("TMPDIR");
    snprintf(s->folder, sizeof s->folder, "%s/codeshelf-test-XXXXXX", base ? base : P_tmpdir);
    assert_non_null(mkdtemp(s->folder));
}

static inline void scratch_remove(const struct scratch *s)
{
    char command[300];
    snprintf(command, sizeof command, "rm -rf '%s'", s->folder);
    assert_int_equal(system(command), 0);
}

/* The path of a name in the folder; the caller's buffer. */
static inline const char *scratch_path(const struct scratch *s, const char *name, char out[512])
{
    snprintf(out, 512, "%s/%s", s->folder, name);
    return out;
}

/* Writes a file; folders in its name are made. */
static inline void scratch_write(const struct scratch *s, const char *name, const char *bytes, size_t n)
{
    char path[512];
    scratch_path(s, name, path);
    for (char *slash = strchr(path + strlen(s->folder) + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0777);
        *slash = '/';
    }
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

static inline void scratch_text(const struct scratch *s, const char *name, const char *text)
{
    scratch_write(s, name, text, strlen(text));
}

#endif
