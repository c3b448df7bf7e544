/* arena.c - memory in blocks that are freed together, and heap memory that cannot fail.
 *
 * An arena is a list of blocks, newest first, each twice as large as the one before up to a limit; a request that does not fit
 * the newest block starts another. Blocks come zeroed from calloc and are never reused, so what the arena gives is zeroed. */
#include "codeshelf/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/error.h"

enum { BLOCK_FIRST = 4096, BLOCK_MOST = 1 << 20 };

struct arena_block {
    struct arena_block *next;
    size_t used, size;
    alignas(max_align_t) char bytes[];
};

static struct arena_block *block_add(struct arena *a, size_t need)
{
    size_t size = a->head ? a->head->size * 2 : BLOCK_FIRST;
    if (size > BLOCK_MOST)
        size = BLOCK_MOST;
    if (size < need)
        size = need;
    struct arena_block *b = mem_alloc(sizeof *b + size);
    b->size = size;
    b->next = a->head;
    a->head = b;
    return b;
}

void *arena_alloc(struct arena *a, size_t size)
{
    const size_t align = alignof(max_align_t);
    if (size > SIZE_MAX / 2)
        out_of_memory();
    size_t need = (size + align - 1) / align * align;
    struct arena_block *b = a->head;
    if (!b || b->size - b->used < need)
        b = block_add(a, need);
    void *p = b->bytes + b->used;
    b->used += need;
    return p;
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
    char *copy = arena_alloc(a, n + 1);
    if (n)
        memcpy(copy, s, n);
    return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
    return arena_strndup(a, s, strlen(s));
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, args);
    size_t size = n < 0 ? 1 : (size_t)n + 1;
    char *text = arena_alloc(a, size);
    if (n > 0)
        vsnprintf(text, size, fmt, again);
    va_end(again);
    va_end(args);
    return text;
}

void arena_free(struct arena *a)
{
    if (!a)
        return;
    while (a->head) {
        struct arena_block *next = a->head->next;
        free(a->head);
        a->head = next;
    }
}

void *mem_alloc(size_t size)
{
    void *p = calloc(1, size ? size : 1);
    if (!p)
        out_of_memory();
    return p;
}

void *mem_resize(void *p, size_t size)
{
    p = realloc(p, size ? size : 1);
    if (!p)
        out_of_memory();
    return p;
}

char *mem_strdup(const char *s)
{
    size_t size = strlen(s) + 1;
    char *copy = mem_alloc(size);
    memcpy(copy, s, size);
    return copy;
}

void vec_reserve(void **items, size_t *cap, size_t need, size_t size)
{
    if (need <= *cap)
        return;
    size_t more = *cap ? *cap : 8;
    while (more < need)
        more = more > SIZE_MAX / 2 ? need : more * 2;
    if (more > SIZE_MAX / size)
        out_of_memory();
    *items = mem_resize(*items, more * size);
    *cap = more;
}
