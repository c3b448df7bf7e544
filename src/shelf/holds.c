/* holds.c - whether a code or range holds an entry: what a note of the user's on "S52.5" or "99202-99215" applies to.
 *
 * In ICD-10-CM the order of the release decides (M1A stands between M08 and M10), in HCPCS and CPT the number of the code. A
 * section is held when both of its ends are. */
#include <stdio.h>
#include <string.h>

#include "inside.h"

static bool one_holds(enum codeset set, const char *code, const char *held)
{
    return set == SET_ICD10CM ? *code && strncmp(held, code, strlen(code)) == 0 : strcmp(held, code) == 0;
}

static bool text_holds(const char *first, const char *last, const char *held)
{
    return strcmp(held, first) >= 0 && strncmp(held, last, strlen(last)) <= 0;
}

/* Where an end is not in the release in force, the text of the codes is all there is to go by. */
static enum status icd_range_holds(struct shelf *s, const char *first, const char *last, const char *held, bool *out,
                                   struct error *err)
{
    struct arena a = {0};
    struct entry from, to, e;
    enum status st = shelf_lookup(s, SET_ICD10CM, first, &a, &from, err);
    if (st == ST_OK)
        st = shelf_lookup(s, SET_ICD10CM, last, &a, &to, err);
    if (st == ST_OK)
        st = shelf_lookup(s, SET_ICD10CM, held, &a, &e, err);
    if (st == ST_OK)
        *out = e.place >= from.place && e.place < shelf_subtree_end(s, SET_ICD10CM, to.place);
    else if (st == ST_NONE)
        *out = text_holds(first, last, held);
    arena_free(&a);
    return st == ST_NONE ? ST_OK : st;
}

static enum status code_held(struct shelf *s, enum codeset set, const char *first, const char *last, const char *held, bool *out,
                             struct error *err)
{
    *out = false;
    if (strcmp(first, last) == 0)
        *out = one_holds(set, first, held);
    else if (set != SET_ICD10CM)
        *out = code_alike(first, held) && text_holds(first, last, held);
    else if (first[0] <= held[0] || held[0] == 'U')
        return icd_range_holds(s, first, last, held, out, err);
    return ST_OK;
}

enum status shelf_holds(struct shelf *s, const char *first, const char *last, const struct entry *e, bool *out, struct error *err)
{
    char held[CODE_MAX];
    snprintf(held, sizeof held, "%s", e->code);
    *out = false;
    if (e->kind == KIND_CHAPTER)
        return ST_OK;
    char *dash = e->kind == KIND_SECTION ? strchr(held, '-') : NULL;
    if (dash)
        *dash = '\0';
    enum status st = code_held(s, e->set, first, last, held, out, err);
    if (st == ST_OK && *out && dash)
        st = code_held(s, e->set, first, last, dash + 1, out, err);
    return st;
}
