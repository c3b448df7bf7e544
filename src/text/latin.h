/* latin.h - accented letters of the Latin script, shared by folding and by --ascii. */
#ifndef CODESHELF_TEXT_LATIN_H
#define CODESHELF_TEXT_LATIN_H

#include <stdbool.h>
#include <stdint.h>

/* The plain letter under the accents, in its own case; 0 when it has none (æ, ł) or is no accented letter. */
char latin_base(uint32_t cp);
/* In lower case, accents kept. */
uint32_t latin_lower(uint32_t cp);
/* A combining accent that unicode61 drops from words. */
bool latin_is_accent(uint32_t cp);

#endif
