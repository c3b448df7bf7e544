/* keys_man.c - fills the keys of the browser into its man page at build time, from the same table of actions that the browser
 * reads them from: copies standard input, with the line .\" KEYS replaced. */
#include <stdio.h>
#include <string.h>

#include "codeshelf/browse.h"
#include "codeshelf/buf.h"

int main(void)
{
    char line[1024];
    struct buf keys = {0};
    browse_keys_man(&keys);
    while (fgets(line, sizeof line, stdin))
        fputs(strcmp(line, ".\\\" KEYS\n") == 0 ? buf_text(&keys) : line, stdout);
    buf_free(&keys);
    return ferror(stdin) || fflush(stdout) != 0 ? 1 : 0;
}
