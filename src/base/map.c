/* map.c - an open-addressing hash table with linear probing, at most two thirds full. The keys' bytes are the map's own. */
#include "codeshelf/map.h"

#include <stdlib.h>
#include <string.h>

#include "codeshelf/arena.h"

enum { SLOTS_FIRST = 16 }; /* the number of slots is always a power of two */

struct map_slot {
    char *key; /* NULL: the slot is free */
    size_t len;
    uint64_t hash;
    uint32_t value;
};

uint64_t hash_bytes(const void *p, size_t n, uint64_t seed)
{
    const unsigned char *bytes = p;
    uint64_t h = UINT64_C(0xcbf29ce484222325) ^ seed;
    for (size_t i = 0; i < n; i++)
        h = (h ^ bytes[i]) * UINT64_C(0x100000001b3);
    return h;
}

/* The slot that holds the key, or the free one where it belongs. The table is never full. */
static struct map_slot *slot_find(struct map_slot *slots, size_t cap, uint64_t hash, const void *key, size_t n)
{
    size_t i = (size_t)hash & (cap - 1);
    while (slots[i].key
           && (slots[i].hash != hash || slots[i].len != n || (n && memcmp(slots[i].key, key, n) != 0)))
        i = (i + 1) & (cap - 1);
    return &slots[i];
}

static void grow(struct map *m)
{
    size_t cap = m->cap ? m->cap * 2 : SLOTS_FIRST;
    struct map_slot *slots = mem_alloc(cap * sizeof *slots);
    for (size_t i = 0; i < m->cap; i++) {
        const struct map_slot *old = &m->slots[i];
        if (old->key)
            *slot_find(slots, cap, old->hash, old->key, old->len) = *old;
    }
    free(m->slots);
    m->slots = slots;
    m->cap = cap;
}

/* The key's slot, made when it is new. */
static struct map_slot *slot_make(struct map *m, const void *key, size_t n, bool *added)
{
    if (m->len >= m->cap / 3 * 2)
        grow(m);
    uint64_t hash = hash_bytes(key, n, 0);
    struct map_slot *slot = slot_find(m->slots, m->cap, hash, key, n);
    *added = !slot->key;
    if (*added) {
        slot->key = mem_alloc(n);
        if (n)
            memcpy(slot->key, key, n);
        slot->len = n;
        slot->hash = hash;
        m->len++;
    }
    return slot;
}

uint32_t map_put(struct map *m, const void *key, size_t n, uint32_t value, bool *added)
{
    bool fresh;
    struct map_slot *slot = slot_make(m, key, n, &fresh);
    if (fresh)
        slot->value = value;
    if (added)
        *added = fresh;
    return slot->value;
}

void map_set(struct map *m, const void *key, size_t n, uint32_t value)
{
    bool fresh;
    slot_make(m, key, n, &fresh)->value = value;
}

bool map_get(const struct map *m, const void *key, size_t n, uint32_t *value)
{
    if (m->len == 0)
        return false;
    const struct map_slot *slot = slot_find(m->slots, m->cap, hash_bytes(key, n, 0), key, n);
    if (!slot->key)
        return false;
    if (value)
        *value = slot->value;
    return true;
}

void map_free(struct map *m)
{
    if (!m)
        return;
    for (size_t i = 0; i < m->cap; i++)
        free(m->slots[i].key);
    free(m->slots);
    *m = (struct map){0};
}
