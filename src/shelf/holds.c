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

/* Everything under the last code is in the range. */
static bool text_holds(const char *first, const char *last, const char *held)
{
    return strcmp(held, first) >= 0 && strncmp(held, last, strlen(last)) <= 0;
}

/* The places [*from, *end) of a range: those of its ends, or of the section that has its name. ST_NONE when the release in force
 * has neither. */
static enum status icd_range(struct shelf *s, const char *first, const char *last, uint32_t *from, uint32_t *end,
                             struct error *err)
{
    struct arena a = {0};
    struct entry low, high;
    char section[2 * CODE_MAX];
    enum status st = shelf_lookup(s, SET_ICD10CM, first, &a, &low, err);
    if (st == ST_OK)
        st = shelf_lookup(s, SET_ICD10CM, last, &a, &high, err);
    if (st == ST_NONE) {
        snprintf(section, sizeof section, "%s-%s", first, last);
        st = shelf_lookup(s, SET_ICD10CM, section, &a, &low, err);
        high = low;
    }
    if (st == ST_OK) {
        *from = low.place;
        *end = shelf_subtree_end(s, SET_ICD10CM, high.place);
    }
    arena_free(&a);
    return st;
}

/* Where the release has no such range, or no such code, the text of the codes is all there is to go by. */
static enum status icd_range_holds(struct shelf *s, const char *first, const char *last, const char *held, bool *out,
                                   struct error *err)
{
    struct arena a = {0};
    struct entry e;
    uint32_t from = 0, end = 0;
    enum status st = icd_range(s, first, last, &from, &end, err);
    if (st == ST_OK)
        st = shelf_lookup(s, SET_ICD10CM, held, &a, &e, err);
    if (st == ST_OK)
        *out = e.place >= from && e.place < end;
    else if (st == ST_NONE)
        *out = text_holds(first, last, held);
    arena_free(&a);
    return st == ST_NONE ? ST_OK : st;
}

/* Letters stand in the order of the alphabet but for U, the last chapter: no look at the shelf is needed to tell a range of
 * other letters. */
static bool letters_hold(char first, char last, char held)
{
    return held == 'U' || last == 'U' || (first <= held && held <= last);
}

static enum status code_held(struct shelf *s, enum codeset set, const char *first, const char *last, const char *held, bool *out,
                             struct error *err)
{
    *out = false;
    if (strcmp(first, last) == 0)
        *out = one_holds(set, first, held);
    else if (set != SET_ICD10CM)
        *out = code_alike(first, held) && text_holds(first, last, held);
    else if (letters_hold(first[0], last[0], held[0]))
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
