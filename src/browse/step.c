/* step.c - from an entry to the neighbouring chapter, section or category, in the order of the book.
 *
 * The book is a tree written out in order, so whole subtrees that cannot hold what is looked for are jumped over. */
#include "page.h"

/* Whether an entry of this kind can have entries of the wanted kind under it (or beside, for sections in sections). */
static bool may_hold(enum kind kind, enum kind wanted)
{
    return kind == KIND_CHAPTER ? wanted != KIND_CHAPTER : kind == KIND_SECTION && wanted != KIND_CHAPTER;
}

static bool step_on(struct shelf *s, enum codeset set, uint32_t at, enum kind kind, uint32_t *out)
{
    struct arena a = {0};
    struct entry e;
    bool found = false;

    while (!found && shelf_entry_at(s, set, at, &a, &e, NULL) == ST_OK) {
        found = e.kind == kind;
        *out = at;
        at = may_hold(e.kind, kind) ? at + 1 : shelf_subtree_end(s, set, at);
        if (at <= *out) {
            break;
        }
        arena_free(&a);
    }
    arena_free(&a);
    return found;
}

/* The innermost entry of the kind that e stands in; false when it stands in none. */
static bool holder(struct shelf *s, const struct entry *e, enum kind kind, struct arena *a, uint32_t *out)
{
    const struct entry *path = NULL;
    size_t n = 0;

    if (shelf_path(s, e, a, &path, &n, NULL) != ST_OK) {
        return false;
    }
    while (n-- > 0) {
        if (path[n].kind == kind) {
            *out = path[n].place;
            return true;
        }
    }
    return false;
}

static bool step_back(struct shelf *s, enum codeset set, uint32_t at, enum kind kind, uint32_t *out)
{
    struct arena a = {0};
    struct entry e;
    bool found = shelf_entry_at(s, set, at, &a, &e, NULL) == ST_OK && e.kind != kind && holder(s, &e, kind, &a, out);

    while (!found && at > 0 && shelf_entry_at(s, set, --at, &a, &e, NULL) == ST_OK) {
        *out = at;
        found = e.kind == kind || holder(s, &e, kind, &a, out);
    }
    arena_free(&a);
    return found;
}

bool step_to_kind(struct shelf *s, enum codeset set, uint32_t from, enum kind kind, int direction, uint32_t *out)
{
    return direction > 0 ? step_on(s, set, from + 1, kind, out) : step_back(s, set, from, kind, out);
}
