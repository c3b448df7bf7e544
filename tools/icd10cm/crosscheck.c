/* crosscheck.c - 7th-character definitions in force, and where the Tabular and the order file disagree.
 *
 * The Tabular doesn't list the codes that a 7th character makes (two of five rows of the order file); its
 * definitions say what they would be. In most releases the two agree to the last code; where they don't the order
 * file rules, and the person who imports is told. */
#include <stdlib.h>
#include <string.h>

#include "icd10cm.h"

int32_t *icd_sevenths_in_force(const struct edition *ed)
{
    int32_t *owner = mem_alloc(ed->entries.len * sizeof *owner);
    for (size_t i = 0; i < ed->entries.len; i++) {
        owner[i] = NO_PARENT;
    }
    for (size_t i = 0; i < ed->sevenths.len; i++) {
        owner[ed->sevenths.items[i].entry] = (int32_t)ed->sevenths.items[i].entry;
    }
    /* Parents come first, so one pass hands the definitions down; a deeper one replaces. */
    for (size_t i = 0; i < ed->entries.len; i++) {
        int32_t parent = ed->entries.items[i].parent;
        if (owner[i] == NO_PARENT && parent != NO_PARENT) {
            owner[i] = owner[parent];
        }
    }
    return owner;
}

/* The first of an entry's 7th characters: they are grouped by entry, ascending. */
static size_t first_seventh(const struct edition *ed, int32_t owner)
{
    size_t low = 0, high = ed->sevenths.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ed->sevenths.items[middle].entry < (uint32_t)owner) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool icd_sevenths_give(const struct edition *ed, int32_t owner, char ch)
{
    if (owner == NO_PARENT) {
        return false;
    }
    for (size_t i = first_seventh(ed, owner); i < ed->sevenths.len && ed->sevenths.items[i].entry == (uint32_t)owner;
         i++) {
        if (ed->sevenths.items[i].ch == ch) {
            return true;
        }
    }
    return false;
}

static void tally_code(struct icd_tally *t, const char *code)
{
    char shown[CODE_MAX];
    icd_tally_add(t, code_print(SET_ICD10CM, code, shown));
}

/* Whether the Tabular itself lists a node of the book: an earlier edition also has what its 7th characters made. */
static bool is_listed(const struct ed_entry *e)
{
    return e->kind != KIND_CHAPTER && e->kind != KIND_SECTION && !e->family;
}

static void expand(const struct edition *ed, const struct icd_order *order, const char *code, int32_t owner,
                   struct icd_tally *missing)
{
    char full[8] = "XXXXXXX";
    memcpy(full, code, strlen(code));
    for (size_t i = first_seventh(ed, owner); i < ed->sevenths.len && ed->sevenths.items[i].entry == (uint32_t)owner;
         i++) {
        full[6] = ed->sevenths.items[i].ch;
        if (!map_get(&order->by_code, full, 7, NULL)) {
            tally_code(missing, full);
        }
    }
}

/* Codes that the definitions give when taken by the letter: under every listed code that has nothing listed below
 * it. */
static void expand_all(const struct edition *ed, const struct icd_order *order, const struct edition *book,
                       const int32_t *place, struct icd_tally *missing)
{
    bool *inner = mem_alloc(book->entries.len * sizeof *inner);
    int32_t *owner = icd_sevenths_in_force(ed);
    for (size_t i = 0; i < book->entries.len; i++) {
        const struct ed_entry *e = &book->entries.items[i];
        if (is_listed(e) && e->parent != NO_PARENT) {
            inner[e->parent] = true;
        }
    }
    for (size_t i = 0; i < book->entries.len; i++) {
        const struct ed_entry *e = &book->entries.items[i];
        if (is_listed(e) && !inner[i] && place[i] != NO_PARENT && owner[place[i]] != NO_PARENT && strlen(e->code) < 7) {
            expand(ed, order, e->code, owner[place[i]], missing);
        }
    }
    free(inner);
    free(owner);
}

/* Rows of the order file that the Tabular neither lists nor gives by a 7th character. */
static void tally_unlisted(const struct edition *ed, const struct edition *book, const int32_t *place,
                           struct icd_tally *t)
{
    bool *listed = mem_alloc(ed->entries.len * sizeof *listed);
    for (size_t i = 0; i < book->entries.len; i++) {
        if (place[i] != NO_PARENT) {
            listed[place[i]] = true;
        }
    }
    for (size_t i = 0; i < ed->entries.len; i++) {
        if (!listed[i] && !ed->entries.items[i].family) {
            tally_code(t, ed->entries.items[i].code);
        }
    }
    free(listed);
}

static bool is_misplaced(const struct edition *ed, const struct edition *book, const int32_t *place, size_t i)
{
    const struct ed_entry *e = &book->entries.items[i];
    return is_listed(e) && place[i] != NO_PARENT && e->parent != NO_PARENT && place[e->parent] != NO_PARENT &&
           is_listed(&book->entries.items[e->parent]) && ed->entries.items[place[i]].parent != place[e->parent];
}

void icd_crosscheck(const struct edition *ed, const struct icd_order *order, const struct edition *book,
                    const int32_t *place, struct report *rep)
{
    struct icd_tally missing = {0}, unlisted = {0}, unknown = {0}, misplaced = {0};
    expand_all(ed, order, book, place, &missing);
    tally_unlisted(ed, book, place, &unlisted);
    for (size_t i = 0; i < book->entries.len; i++) {
        if (is_listed(&book->entries.items[i]) && place[i] == NO_PARENT) {
            tally_code(&unknown, book->entries.items[i].code);
        } else if (is_misplaced(ed, book, place, i)) {
            tally_code(&misplaced, book->entries.items[i].code);
        }
    }
    icd_tally_report(rep, &missing,
                 "codes that the Tabular's 7th characters would give but the order file, which rules, lacks");
    icd_tally_report(rep, &unlisted, "codes of the order file that the Tabular neither lists nor gives");
    icd_tally_report(rep, &unknown,
                 "codes of the Tabular that the order file, which rules, lacks; left out with their notes");
    icd_tally_report(rep, &misplaced, "codes that the Tabular puts under another code than their prefix, which rules");
}
