/* paths.c - the XDG rules for the one file that matters. An empty variable counts as unset, and a relative XDG_DATA_HOME is
 * passed over, as the XDG base directory specification asks. */
#include "codeshelf/paths.h"

#include <stdlib.h>

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

enum status path_shelf(const char *given, struct buf *out, struct error *err)
{
    if (!given)
        given = variable("CODESHELF_SHELF");
    if (given) {
        buf_puts(out, given);
        return ST_OK;
    }
    const char *data = variable("XDG_DATA_HOME"), *home = variable("HOME");
    if (data && data[0] == '/') {
        buf_printf(out, "%s/codeshelf/shelf.db", data);
    } else if (home) {
        buf_printf(out, "%s/.local/share/codeshelf/shelf.db", home);
    } else {
        return error_set(err, ST_SHELF, "no place for a shelf: name one with --shelf FILE or $CODESHELF_SHELF");
    }
    return ST_OK;
}
