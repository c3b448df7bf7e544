/* buf.c - a growing string, doubling as it grows, with a NUL always behind it; and text as JSON writes it. */
#include "codeshelf/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/arena.h"
#include "codeshelf/error.h"

/* Room for n more bytes and the NUL. */
static void make_room(struct buf *b, size_t n)
{
    if (n > SIZE_MAX - b->len - 1)
        out_of_memory();
    void *text = b->text;
    vec_reserve(&text, &b->cap, b->len + n + 1, 1);
    b->text = text;
}

void buf_add(struct buf *b, const char *bytes, size_t n)
{
    make_room(b, n);
    if (n)
        memcpy(b->text + b->len, bytes, n);
    b->len += n;
    b->text[b->len] = '\0';
}

void buf_puts(struct buf *b, const char *s)
{
    buf_add(b, s, strlen(s));
}

void buf_putc(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, args);
    if (n > 0) {
        make_room(b, (size_t)n);
        vsnprintf(b->text + b->len, (size_t)n + 1, fmt, again);
        b->len += (size_t)n;
    }
    va_end(again);
    va_end(args);
}

/* The character's escape in JSON, NULL when it stands for itself. */
static const char *json_escape(unsigned char c, char hex[7])
{
    switch (c) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: break;
    }
    if (c >= 0x20 && c != 0x7F)
        return NULL;
    snprintf(hex, 7, "\\u%04x", (unsigned)c);
    return hex;
}

bool buf_read(struct buf *b, FILE *f, size_t most)
{
    char block[1 << 14];
    size_t n;

    while (b->len <= most && (n = fread(block, 1, sizeof block, f)) > 0)
        buf_add(b, block, n);
    return !ferror(f);
}

void buf_json(struct buf *b, const char *s)
{
    if (!s) {
        buf_puts(b, "null");
        return;
    }
    buf_putc(b, '"');
    const char *plain = s; /* start of the characters that stand for themselves */
    for (; *s; s++) {
        char hex[7];
        const char *escape = json_escape((unsigned char)*s, hex);
        if (!escape)
            continue;
        buf_add(b, plain, (size_t)(s - plain));
        buf_puts(b, escape);
        plain = s + 1;
    }
    buf_add(b, plain, (size_t)(s - plain));
    buf_putc(b, '"');
}

const char *buf_text(const struct buf *b)
{
    return b->text ? b->text : "";
}

void buf_clear(struct buf *b)
{
    b->len = 0;
    if (b->text)
        b->text[0] = '\0';
}

void buf_free(struct buf *b)
{
    if (!b)
        return;
    free(b->text);
    *b = (struct buf){0};
}
