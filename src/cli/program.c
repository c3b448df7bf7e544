/* program.c - running the other programs of the set: codeshelf-import, -fetch and -verify.
 *
 * They are programs of their own because they need libraries that a look-up must not pay for at its start. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

enum { PATH_MOST = 4096 };

/* Appends the folder this program is in, with its slash; nothing when the system does not say. */
static void add_own_folder(struct buf *out)
{
    char path[PATH_MOST];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path);
    while (n > 0 && path[n - 1] != '/')
        n--;
    if (n > 0)
        buf_add(out, path, (size_t)n);
}

bool program_data(const char *name, struct buf *out)
{
    static const char *const folders[] = {"", "../" CODESHELF_DATA "/codeshelf/"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        buf_clear(out);
        add_own_folder(out);
        buf_puts(out, folders[i]);
        buf_puts(out, name);
        if (access(buf_text(out), R_OK) == 0)
            return true;
    }
    return false;
}

enum status program_run(const char *program, char *const argv[], struct error *err)
{
    struct buf path = {0};
    add_own_folder(&path);
    buf_puts(&path, program);
    execv(buf_text(&path), argv);
    if (errno == ENOENT)
        execvp(program, argv);
    buf_free(&path);
    return error_set(err, ST_IO, "%s is not beside codeshelf and not on PATH: %s", program, strerror(errno));
}
