/* varint.c - whole numbers in as few bytes as they need. */
#include "codeshelf/varint.h"

#include "codeshelf/buf.h"

void varint_put(struct buf *out, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        buf_putc(out, (char)(unsigned char)(0x80 | (value & 0x7f)));
    buf_putc(out, (char)value);
}

bool varint_get(const unsigned char *bytes, size_t n, size_t *at, uint64_t *out)
{
    *out = 0;
    for (unsigned shift = 0; *at < n && shift < 63; shift += 7) {
        const unsigned char byte = bytes[(*at)++];
        *out |= (uint64_t)(byte & 0x7f) << shift;
        if (!(byte & 0x80))
            return true;
    }
    return false;
}

uint64_t zigzag(int64_t value)
{
    return value < 0 ? ((uint64_t)-(value + 1) << 1) + 1 : (uint64_t)value << 1;
}

int64_t unzigzag(uint64_t value)
{
    return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
}
