/* varint.h - whole numbers in as few bytes as they need: unsigned LEB128, seven bits a byte, lowest first.
 *
 * The shelf keeps the order of a book so (sequence in schema.sql). */
#ifndef CODESHELF_VARINT_H
#define CODESHELF_VARINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

void varint_put(struct buf *out, uint64_t value);
/* Reads the number at *at and moves *at behind it; false behind the end of the n bytes or beyond 63 bits. */
bool varint_get(const unsigned char *bytes, size_t n, size_t *at, uint64_t *out);
/* Signed numbers as unsigned ones, small either way: 0, -1, 1, -2, ... are 0, 1, 2, 3, ... */
uint64_t zigzag(int64_t value);
int64_t unzigzag(uint64_t value);

#endif
