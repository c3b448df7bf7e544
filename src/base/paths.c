/* paths.c - the XDG rules for the two files that matter. An empty variable counts as unset, and a relative XDG_DATA_HOME is
 * passed over, as the XDG base directory specification asks. */
#include "codeshelf/paths.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "codeshelf/arena.h"

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

/* given, else the variable's value, else the file in the data folder; false when nothing says where. */
static bool find_place(const char *given, const char *name, const char *file, struct buf *out)
{
    if (!given)
        given = variable(name);
    if (given) {
        buf_puts(out, given);
        return true;
    }
    const char *data = variable("XDG_DATA_HOME"), *home = variable("HOME");
    if (data && data[0] == '/')
        buf_printf(out, "%s/codeshelf/%s", data, file);
    else if (home)
        buf_printf(out, "%s/.local/share/codeshelf/%s", home, file);
    else
        return false;
    return true;
}

enum status path_shelf(const char *given, struct buf *out, struct error *err)
{
    if (find_place(given, "CODESHELF_SHELF", "shelf.db", out))
        return ST_OK;
    return error_set(err, ST_SHELF, "no place for a shelf: name one with --shelf FILE or $CODESHELF_SHELF");
}

enum status path_desk(const char *given, struct buf *out, struct error *err)
{
    if (find_place(given, "CODESHELF_DESK", "desk.db", out))
        return ST_OK;
    return error_set(err, ST_SHELF, "no place for a desk: name one with --desk FILE or $CODESHELF_DESK");
}

bool path_vocabulary(struct buf *out, bool *named)
{
    const char *given = variable("CODESHELF_VOCABULARY"), *config = variable("XDG_CONFIG_HOME"), *home = variable("HOME");

    *named = given != NULL;
    if (given)
        buf_puts(out, given);
    else if (config && config[0] == '/')
        buf_printf(out, "%s/codeshelf/vocabulary.tsv", config);
    else if (home)
        buf_printf(out, "%s/.config/codeshelf/vocabulary.tsv", home);
    return out->len > 0;
}

enum status path_make_folders(const char *path, struct error *err)
{
    char *part = mem_strdup(path);
    enum status st = ST_OK;
    for (char *slash = *part ? strchr(part + 1, '/') : NULL; slash && st == ST_OK; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(part, 0777) != 0 && errno != EEXIST)
            st = error_set(err, ST_IO, "%s: cannot be made: %s", part, strerror(errno));
        *slash = '/';
    }
    free(part);
    return st;
}
