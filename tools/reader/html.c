/* html.c - the first tag decides; blanks, a byte order mark or a comment's worth of text may stand before it. */
#include "html.h"

#include <string.h>
#include <strings.h>

enum { SNIFF_MOST = 512 };

bool html_is(const char *bytes, size_t n)
{
    char head[SNIFF_MOST + 1];
    n = n < SNIFF_MOST ? n : SNIFF_MOST;
    for (size_t i = 0; i < n; i++) {
        head[i] = bytes[i] ? bytes[i] : ' ';
    }
    head[n] = '\0';
    const char *tag = strchr(head, '<');
    return tag && (strncasecmp(tag, "<!doctype html", 14) == 0 || strncasecmp(tag, "<html", 5) == 0);
}
