/* release.h - which release a file belongs to, from what it says itself, what the names around it say, and --release. */
#ifndef CODESHELF_TOOLS_RELEASE_H
#define CODESHELF_TOOLS_RELEASE_H

#include "importer.h"

/* Decides the release of one file into out. The content rules; a year that it gives may be narrowed to an edition of that year
 * ("2025" in the XML, "April-2025" in a name) and stands against names that say another year (ST_INPUT). Without content the
 * nearest name decides: member, zip, folder. given (NULL without --release, else a release name of the set) rules over names,
 * not over content. ST_NONE when nothing says. path is for messages, trail as in collect.h. */
enum status release_decide(enum codeset set, const char *path, const struct recognised *is, const char *trail,
                           const char *given, char out[RELEASE_NAME_MAX], struct error *err);

#endif
