/* arena.h - memory that is freed all at once, and growing arrays.
 *
 * An arena starts as {0}. What it gives lives until arena_free, which accepts an empty arena and leaves it ready for use
 * again. Nothing here returns NULL: running out of memory ends the program (error.h). */
#ifndef CODESHELF_ARENA_H
#define CODESHELF_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *head;
};

/* Zeroed memory, aligned for any type. A size of 0 gives a valid pointer. */
void *arena_alloc(struct arena *a, size_t size);
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void arena_free(struct arena *a);

/* Heap memory that cannot fail: zeroed; freed with free(). */
void *mem_alloc(size_t size);
void *mem_resize(void *p, size_t size);
char *mem_strdup(const char *s);

/* Grows the heap array *items (of *cap elements of the given size) until it holds need elements. New elements are not
 * zeroed. Free it with free(). */
void vec_reserve(void **items, size_t *cap, size_t need, size_t size);

/* Appends one element to a struct with members items, len and cap: VEC_PUSH(&rows, row). */
#define VEC_PUSH(v, value)                                                                                             \
    do {                                                                                                               \
        vec_reserve((void **)&(v)->items, &(v)->cap, (v)->len + 1, sizeof *(v)->items);                                 \
        (v)->items[(v)->len++] = (value);                                                                              \
    } while (0)

#endif
