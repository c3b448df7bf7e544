/* sha256.h - the fingerprint of a file, as releases record it. */
#ifndef CODESHELF_READER_SHA256_H
#define CODESHELF_READER_SHA256_H

#include <stddef.h>

/* 64 lower-case hexadecimal digits and a NUL. */
void sha256_hex(const void *bytes, size_t n, char out[65]);

#endif
