/* outline.c - chapters and sections for a release that came without its Tabular.
 *
 * codesets/icd10cm/outline.tsv holds the headings of all releases in book order, each with the fiscal years it is
 * printed in. A category belongs to the narrowest section whose range holds it. The few that no section names by its
 * range (M1A after M08, C4A after C44, U09) stand where their predecessor stands: order belongs to the release,
 * never to the code's text. */
#include <stdlib.h>
#include <string.h>

#include "codeshelf/codesets.h"
#include "icd10cm.h"

enum { OUTLINE_KIND, OUTLINE_CODE, OUTLINE_TITLE, OUTLINE_FIRST, OUTLINE_LAST, HEADING_MAX = 256 };

/* The fiscal year a release belongs to: from 1 October of the year before. */
static int fiscal_year(date from)
{
    return from / 10000 + (from / 100 % 100 >= 10);
}

static bool is_printed(const struct tsv_row *row, int year)
{
    char first[8], last[8];
    tsv_copy(row, OUTLINE_FIRST, first, sizeof first);
    tsv_copy(row, OUTLINE_LAST, last, sizeof last);
    return (!first[0] || year >= atoi(first)) && (!last[0] || year <= atoi(last));
}

static int32_t heading_parent(const struct edition *ed, enum kind kind, const char *code)
{
    int32_t parent = (int32_t)ed->entries.len - 1;
    if (kind == KIND_CHAPTER) {
        return NO_PARENT;
    }
    while (parent != NO_PARENT && ed->entries.items[parent].kind == KIND_SECTION &&
           !icd_section_holds(ed->entries.items[parent].code, code)) {
        parent = ed->entries.items[parent].parent;
    }
    return parent;
}

/* All headings of a fiscal year; a chapter's title still has its range. */
static struct edition *read_outline(int year)
{
    struct edition *ed = edition_new(SET_ICD10CM, "", 0);
    const char *at = codesets_file("icd10cm/outline.tsv");
    struct tsv_row row;
    while (at && tsv_next(&at, &row)) {
        char kind[16], code[CODE_MAX], title[HEADING_MAX];
        if (!is_printed(&row, year)) {
            continue;
        }
        tsv_copy(&row, OUTLINE_KIND, kind, sizeof kind);
        tsv_copy(&row, OUTLINE_CODE, code, sizeof code);
        tsv_copy(&row, OUTLINE_TITLE, title, sizeof title);
        struct ed_entry e = {.kind = strcmp(kind, "chapter") == 0 ? KIND_CHAPTER : KIND_SECTION, .short_title = ""};
        e.parent = heading_parent(ed, e.kind, code);
        e.code = arena_strdup(&ed->arena, code);
        e.title = arena_strdup(&ed->arena, title);
        VEC_PUSH(&ed->entries, e);
    }
    return ed;
}

/* A section that others lie in holds no categories of its own. The first inner one directly follows it. */
static bool is_innermost(const struct edition *outline, size_t i)
{
    return outline->entries.items[i].kind == KIND_SECTION &&
           (i + 1 == outline->entries.len || outline->entries.items[i + 1].parent != (int32_t)i);
}

static int32_t find_section(const struct edition *outline, const char *category)
{
    for (size_t i = 0; i < outline->entries.len; i++) {
        if (is_innermost(outline, i) && icd_section_holds(outline->entries.items[i].code, category)) {
            return (int32_t)i;
        }
    }
    return NO_PARENT;
}

/* The outline's place of the section of every row that is a category, NO_PARENT for other rows. used marks headings
 * needed. */
static int32_t *place_categories(const struct edition *outline, const struct icd_order *order, bool *used)
{
    int32_t *section = mem_alloc(order->len * sizeof *section), last = NO_PARENT;
    for (size_t i = 0; i < order->len; i++) {
        section[i] = NO_PARENT;
        if (strlen(order->items[i].code) == 3) {
            int32_t found = find_section(outline, order->items[i].code);
            section[i] = last = found == NO_PARENT ? last : found;
        }
        for (int32_t at = section[i]; at != NO_PARENT && !used[at]; at = outline->entries.items[at].parent) {
            used[at] = true;
        }
    }
    return section;
}

static int32_t copy_heading(struct edition *book, const struct ed_entry *from, int32_t parent)
{
    char range[CODE_MAX];
    struct ed_entry e = *from;
    int32_t at = (int32_t)book->entries.len;
    e.parent = parent;
    e.code = arena_strdup(&book->arena, from->code);
    e.title = arena_strndup(&book->arena, from->title, icd_heading_split(from->title, range));
    if (e.kind == KIND_CHAPTER && range[0]) {
        struct ed_fact f = {.entry = (uint32_t)at, .name = "range", .value = arena_strdup(&book->arena, range)};
        VEC_PUSH(&book->facts, f);
    }
    VEC_PUSH(&book->entries, e);
    return at;
}

struct edition *icd_outline_book(const struct icd_order *order, date from)
{
    struct edition *book = edition_new(SET_ICD10CM, "", 0), *outline = read_outline(fiscal_year(from));
    bool *used = mem_alloc(outline->entries.len * sizeof *used);
    int32_t *at = mem_alloc(outline->entries.len * sizeof *at);
    int32_t *section = place_categories(outline, order, used);
    for (size_t i = 0; i < outline->entries.len; i++) {
        if (used[i]) {
            const struct ed_entry *e = &outline->entries.items[i];
            at[i] = copy_heading(book, e, e->parent == NO_PARENT ? NO_PARENT : at[e->parent]);
        }
    }
    for (size_t i = 0; i < order->len; i++) {
        if (section[i] != NO_PARENT) {
            struct ed_entry e = {.kind = KIND_CATEGORY,
                                 .code = arena_strdup(&book->arena, order->items[i].code),
                                 .parent = at[section[i]],
                                 .title = "",
                                 .short_title = ""};
            VEC_PUSH(&book->entries, e);
        }
    }
    edition_free(outline);
    free(used);
    free(at);
    free(section);
    return book;
}
