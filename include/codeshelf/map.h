/* map.h - a hash table from byte strings to 32-bit numbers.
 *
 * Starts as {0}. Keys are copied into the map. Iteration is not offered: whoever needs an order keeps an array beside it,
 * which is what makes a shelf's bytes independent of hashing. */
#ifndef CODESHELF_MAP_H
#define CODESHELF_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "codeshelf/arena.h"

struct map_slot;

struct map {
    struct map_slot *slots;
    size_t cap, len;
    struct arena keys;
};

/* The value for the key; when it is new it is stored with the value given and *added (when not NULL) is set. */
uint32_t map_put(struct map *m, const void *key, size_t n, uint32_t value, bool *added);
/* Whether the key is there; its value in *value (when not NULL). */
bool map_get(const struct map *m, const void *key, size_t n, uint32_t *value);
void map_set(struct map *m, const void *key, size_t n, uint32_t value);
void map_free(struct map *m);

#endif
