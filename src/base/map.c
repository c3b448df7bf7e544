/* map.c - an open-addressing hash table with linear probing, at most two thirds full. The keys' bytes are the map's own. */
#include "codeshelf/map.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS_FIRST = 16 }; /* the number of slots is always a power of two */

/* Small, because a search in a large table is one cache miss a slot. */
struct map_slot {
    const char *key; /* the length as a size_t, then the bytes; NULL: the slot is free */
    uint32_t hash, value;
};

/* Eight bytes a step; where a key goes is nobody else's business, so the order of bytes in a word does not matter. */
static uint32_t hash_key(const void *key, size_t n)
{
    const unsigned char *bytes = key;
    uint64_t h = n * UINT64_C(0x9e3779b97f4a7c15), word;

    for (; n >= sizeof word; n -= sizeof word, bytes += sizeof word) {
        memcpy(&word, bytes, sizeof word);
        h = (h ^ word) * UINT64_C(0xff51afd7ed558ccd);
        h ^= h >> 32;
    }
    word = 0;
    if (n)
        memcpy(&word, bytes, n);
    h = (h ^ word) * UINT64_C(0xc4ceb9fe1a85ec53);
    return (uint32_t)(h ^ h >> 32);
}

static bool key_is(const char *kept, const void *key, size_t n)
{
    size_t len;
    memcpy(&len, kept, sizeof len);
    return len == n && (n == 0 || memcmp(kept + sizeof len, key, n) == 0);
}

/* The slot that holds the key, or the free one where it belongs. The table is never full. */
static struct map_slot *slot_find(const struct map *m, uint32_t hash, const void *key, size_t n)
{
    size_t i = hash & (m->cap - 1);
    while (m->slots[i].key && (m->slots[i].hash != hash || !key_is(m->slots[i].key, key, n)))
        i = (i + 1) & (m->cap - 1);
    return &m->slots[i];
}

static void grow(struct map *m)
{
    const size_t cap = m->cap ? m->cap * 2 : SLOTS_FIRST;
    struct map_slot *slots = mem_alloc(cap * sizeof *slots);

    for (size_t i = 0; i < m->cap; i++) {
        if (!m->slots[i].key)
            continue;
        size_t at = m->slots[i].hash & (cap - 1);
        while (slots[at].key)
            at = (at + 1) & (cap - 1);
        slots[at] = m->slots[i];
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
    const uint32_t hash = hash_key(key, n);
    struct map_slot *slot = slot_find(m, hash, key, n);
    *added = !slot->key;
    if (*added) {
        char *kept = arena_alloc(&m->keys, sizeof n + n);
        memcpy(kept, &n, sizeof n);
        if (n)
            memcpy(kept + sizeof n, key, n);
        slot->key = kept;
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
    const struct map_slot *slot = slot_find(m, hash_key(key, n), key, n);
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
    free(m->slots);
    arena_free(&m->keys);
    *m = (struct map){0};
}
