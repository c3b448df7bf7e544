/* utf8.h - UTF-8, safe and measured in columns.
 *
 * Outside text is validated once, by the importers; everything on a shelf is UTF-8 without control characters. */
#ifndef CODESHELF_UTF8_H
#define CODESHELF_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decodes the character at s (n bytes there); returns its length in bytes, 1 and U+FFFD for a bad byte, 0 when n is 0. */
size_t utf8_decode(const char *s, size_t n, uint32_t *cp);
/* Writes cp and returns its length (1 to 4). */
size_t utf8_encode(uint32_t cp, char out[4]);
/* Whether the bytes are UTF-8; *bad (when not NULL) is the offset of the first wrong byte. */
bool utf8_valid(const char *s, size_t n, size_t *bad);
/* Columns a character takes on a terminal: 0 for combining marks, 2 for wide ones, else 1. Independent of the locale. */
int utf8_char_width(uint32_t cp);
size_t utf8_width(const char *s, size_t n);
/* How many bytes of s fit into width columns, never cutting a character; *used (when not NULL) is the columns they take. */
size_t utf8_fit(const char *s, size_t n, size_t width, size_t *used);

struct buf;
/* Appends bytes as UTF-8: kept when they are UTF-8, else read as windows-1252 (HCPCS, older CPT). Control characters become
 * blanks, non-breaking blanks become blanks. */
void utf8_from_bytes(struct buf *out, const char *bytes, size_t n);
/* Appends s with runs of white space made one blank and none at the ends. */
void text_squeeze(struct buf *out, const char *s, size_t n);
/* Appends s in ASCII for --ascii: accents dropped, dashes and quotes made plain, anything else '?'. */
void text_ascii(struct buf *out, const char *s);

#endif
