/* zip.h - the members of a zip that is held in memory. Named zipfile_, as libzip owns zip_. */
#ifndef CODESHELF_READER_ZIP_H
#define CODESHELF_READER_ZIP_H

#include <stdbool.h>
#include <stddef.h>

#include "codeshelf/error.h"

#define ZIPFILE_MEMBER_MAX ((size_t)256 << 20) /* bytes of a member unpacked; official ones stay below 16 MB */
enum { ZIPFILE_MEMBERS_MAX = 5000, ZIPFILE_RATIO_MAX = 200 }; /* official order files shrink to a tenth */

struct zipfile;

/* Whether the bytes begin as a zip does. */
bool zipfile_is(const char *bytes, size_t n);
/* Opens a zip; path is for messages, path and bytes are borrowed until zipfile_close. ST_INPUT when it is cut, damaged, or has
 * too many members. */
enum status zipfile_open(const char *path, const char *bytes, size_t n, struct zipfile **out, struct error *err);
size_t zipfile_count(const struct zipfile *z);
/* The name of a member with its folders ("xl/workbook.xml"); folders themselves end in "/". Valid until zipfile_close. */
const char *zipfile_name(const struct zipfile *z, size_t i);
/* Unpacks a member into *out, given to the caller to free(); a NUL follows the bytes. ST_INPUT "path/member: ..." when it is
 * damaged (checksum), encrypted, or too big. */
enum status zipfile_unpack(struct zipfile *z, size_t i, char **out, size_t *len, struct error *err);
/* The same by name; ST_NONE with *out NULL when there is no such member. */
enum status zipfile_unpack_named(struct zipfile *z, const char *name, char **out, size_t *len, struct error *err);
/* Accepts NULL. */
void zipfile_close(struct zipfile *z);

#endif
