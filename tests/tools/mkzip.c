/* mkzip.c - the zip format with method 0: a header before each member, a directory after all, a trailer at the end. */
#include "mkzip.h"

#include <stdint.h>
#include <string.h>

static void put(struct buf *b, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        buf_putc(b, (char)(value >> (8 * i) & 255));
    }
}

static uint32_t crc32_of(const char *bytes, size_t n)
{
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 0; i < n; i++) {
        crc ^= (unsigned char)bytes[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
        }
    }
    return ~crc;
}

/* What the header before a member and its line in the directory have in common. */
static void put_about(struct buf *b, const char *name, uint32_t crc, uint32_t n)
{
    put(b, 20, 2), put(b, 0, 2), put(b, 0, 2), put(b, 0, 2), put(b, 0x21, 2);
    put(b, crc, 4), put(b, n, 4), put(b, n, 4);
    put(b, (uint32_t)strlen(name), 2), put(b, 0, 2);
}

void mkzip_add(struct mkzip *z, const char *name, const char *bytes, size_t n)
{
    uint32_t at = (uint32_t)z->data.len, crc = crc32_of(bytes, n);
    put(&z->data, 0x04034b50, 4);
    put_about(&z->data, name, crc, (uint32_t)n);
    buf_puts(&z->data, name);
    buf_add(&z->data, bytes, n);
    put(&z->directory, 0x02014b50, 4);
    put(&z->directory, 20, 2);
    put_about(&z->directory, name, crc, (uint32_t)n);
    put(&z->directory, 0, 2), put(&z->directory, 0, 2), put(&z->directory, 0, 2), put(&z->directory, 0, 4);
    put(&z->directory, at, 4);
    buf_puts(&z->directory, name);
    z->members++;
}

void mkzip_text(struct mkzip *z, const char *name, const char *text)
{
    mkzip_add(z, name, text, strlen(text));
}

void mkzip_end(struct mkzip *z)
{
    uint32_t at = (uint32_t)z->data.len, n = (uint32_t)z->directory.len;
    if (n > 0) {
        buf_add(&z->data, z->directory.text, n);
    }
    put(&z->data, 0x06054b50, 4);
    put(&z->data, 0, 4);
    put(&z->data, z->members, 2), put(&z->data, z->members, 2);
    put(&z->data, n, 4), put(&z->data, at, 4), put(&z->data, 0, 2);
}

void mkzip_free(struct mkzip *z)
{
    buf_free(&z->data);
    buf_free(&z->directory);
    z->members = 0;
}
