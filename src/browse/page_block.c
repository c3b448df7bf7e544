/* page_block.c - one entry as the printed page shows it.
 *
 * Only what is on the screen is laid out: blocks are kept in a small table by place, and made again when something they depend
 * on changes. The book's conventions are kept: a dash after a code that needs more characters, notes indented under the title,
 * each kind named, and in CPT the text before the semicolon given once, at the first code of its family. */
#include <stdlib.h>
#include <string.h>

#include "codeshelf/utf8.h"
#include "page.h"

enum { NOTE_INDENT = 4 };

bool page_is_unfolded(const struct page *p, uint32_t place)
{
    for (size_t i = 0; i < p->unfolded.len; i++) {
        if (p->unfolded.items[i] == place) {
            return true;
        }
    }
    return false;
}

void page_forget(struct page *p)
{
    for (int i = 0; i < PAGE_BLOCKS; i++) {
        lines_free(&p->blocks[i].lines);
        p->blocks[i] = (struct block){0};
    }
    p->around_of = PLACE_NONE;
}

void page_fold(struct page *p, uint32_t family, bool unfold)
{
    if (unfold && !page_is_unfolded(p, family)) {
        VEC_PUSH(&p->unfolded, family);
    } else if (!unfold) {
        for (size_t i = 0; i < p->unfolded.len; i++) {
            if (p->unfolded.items[i] == family) {
                p->unfolded.items[i] = p->unfolded.items[--p->unfolded.len];
                break;
            }
        }
    }
    page_forget(p);
}

/* Columns that an entry stands in from the left: in ICD-10-CM by the length of its code, as the book does. */
static int indent_of(const struct entry *e, bool stem)
{
    size_t n = strlen(e->code);

    if (e->kind == KIND_CHAPTER || e->kind == KIND_SECTION) {
        return 0;
    }
    if (e->set == SET_ICD10CM) {
        return n > 3 ? (int)(n - 3) : 0;
    }
    return stem ? 2 : 0;
}

/* What a member of a 7th-character family adds to the title of the family, which stands above it; NULL when it can't be told. */
static const char *member_part(struct page *p, const struct entry *e, struct arena *a)
{
    struct entry family;

    if (!e->family || shelf_entry_at(p->app->shelf, e->set, e->parent, a, &family, NULL) != ST_OK) {
        return NULL;
    }
    return title_after(e->title, family.title);
}

/* The part of a CPT wording that is its own, when the first code of the family carries the rest; NULL otherwise. */
static const char *stem_part(struct page *p, const struct entry *e, struct arena *a)
{
    const struct fact *facts = NULL;
    size_t n = 0;
    const char *semicolon = strchr(e->title, ';');

    if (e->set != SET_CPT || semicolon == NULL || shelf_facts(p->app->shelf, e, a, &facts, &n, NULL) != ST_OK) {
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        if (strcmp(facts[i].name, "stem") == 0 && strcmp(facts[i].value, e->code) != 0) {
            return semicolon + 1 + strspn(semicolon + 1, " ");
        }
    }
    return NULL;
}

/* "ended 2018-12-31", "from 2019-01-01" where the date of service lies outside. */
static void add_dates(struct rich *r, const struct page *p, const struct entry *e)
{
    date day = shelf_date(p->app->shelf);
    char text[11];

    if (e->to != 0) {
        rich_add(r, e->to < day ? "  ended " : "  until ", STYLE_ENDED);
        rich_add(r, date_print(e->to, text), STYLE_ENDED);
    } else if (e->from > day) {
        rich_add(r, "  not before ", STYLE_ENDED);
        rich_add(r, date_print(e->from, text), STYLE_ENDED);
    }
}

static void add_title(struct page *p, struct block *b)
{
    const struct entry *e = &b->entry;
    const char *stem = stem_part(p, e, &b->lines.arena), *member = member_part(p, e, &b->lines.arena);
    const char *title = stem != NULL ? stem : member != NULL ? member : e->printed != NULL ? e->printed : e->title;
    bool heading = e->kind == KIND_CHAPTER || e->kind == KIND_SECTION;
    enum style code = heading ? STYLE_HEADING : e->billable ? STYLE_CODE : STYLE_HEADER;
    int indent = 1 + indent_of(e, stem != NULL);
    struct rich r = {0};
    char shown[CODE_MAX];

    if (heading || (e->set == SET_ICD10CM && e->kind == KIND_CATEGORY) || strlen(e->code) == 3) {
        lines_blank(&b->lines);
        b->head = 1;
    }
    if (e->kind == KIND_CHAPTER && e->set == SET_ICD10CM) {
        rich_add(&r, "Chapter ", code);
    }
    if (e->to != 0 && e->to < shelf_date(p->app->shelf)) {
        code = STYLE_ENDED;
    }
    rich_add(&r, code_print(e->set, e->code, shown), code);
    rich_add(&r, e->billable || heading || e->set != SET_ICD10CM ? "  " : "- ", code);
    int hang = (int)r.text.len;
    if (changes_mark(p->app->shelf, e, &b->mark, NULL) == ST_OK && b->mark != CHANGE_MARK_NONE) {
        rich_add(&r, change_mark_sign(b->mark, p->app->canvas.ascii), mark_style(b->mark));
        rich_add(&r, " ", STYLE_TEXT);
    }
    rich_add(&r, member != NULL ? "… " : "", STYLE_FAINT);
    rich_add(&r, title, heading ? STYLE_HEADING : e->kind == KIND_CATEGORY ? STYLE_STRONG : STYLE_TEXT);
    add_dates(&r, p, e);
    rich_flow(&r, &b->lines, indent, hang, p->width);
    rich_free(&r);
}

/* A folded family in one line: "S52.502_  A B C D …"; in S02.0 it says that placeholders come first: "S02.0XX_  A B …". */
static void add_family(struct page *p, struct block *b, const struct entry *members, size_t n)
{
    struct rich r = {0};
    char shown[CODE_MAX];

    code_print(b->entry.set, members[0].code, shown);
    rich_add_n(&r, shown, strlen(shown) - 1, STYLE_CODE);
    rich_add(&r, "_ ", STYLE_CODE);
    for (size_t i = 0; i < n; i++) {
        rich_add(&r, " ", STYLE_TEXT);
        rich_add(&r, members[i].code + strlen(members[i].code) - 1, STYLE_TEXT);
    }
    rich_flow(&r, &b->lines, 1 + NOTE_INDENT + indent_of(&b->entry, false), 4, p->width);
    rich_free(&r);
}

/* The members when the entry is a family, and nothing but members stands under it. */
static bool members_of(struct page *p, const struct entry *e, struct arena *a, const struct entry **out, size_t *n)
{
    struct entry next;

    if (e->set != SET_ICD10CM || e->place + 1 >= p->size ||
        shelf_entry_at(p->app->shelf, e->set, e->place + 1, a, &next, NULL) != ST_OK || !next.family ||
        shelf_children(p->app->shelf, e, a, out, n, NULL) != ST_OK) {
        return false;
    }
    for (size_t i = 0; i < *n; i++) {
        if (!(*out)[i].family || *(*out)[i].code == '\0') {
            return false;
        }
    }
    return *n > 0;
}

static void fill(struct page *p, struct block *b, uint32_t place)
{
    struct shelf *s = p->app->shelf;
    struct arena *a = &b->lines.arena;
    struct entry *e = &b->entry;
    const struct entry *members = NULL;
    const struct note *notes = NULL;
    struct seventh seventh = {0};
    size_t n = 0, nmembers = 0;

    b->next = place + 1;
    if (shelf_entry_at(s, p->set, place, a, e, NULL) != ST_OK || (e->family && !page_is_unfolded(p, e->parent))) {
        return;
    }
    b->family = members_of(p, e, a, &members, &nmembers);
    add_title(p, b);
    int indent = 1 + NOTE_INDENT + indent_of(e, false);

    if (shelf_notes(s, e, a, &notes, &n, NULL) == ST_OK) {
        lines_notes(&b->lines, p->set, notes, n, indent, p->width);
    }
    if (!e->family && shelf_seventh(s, e, true, a, &seventh, NULL) == ST_OK) {
        lines_seventh(&b->lines, &seventh, indent, p->width);
    }
    if (b->family && !page_is_unfolded(p, place)) {
        add_family(p, b, members, nmembers);
        b->next = shelf_subtree_end(s, p->set, place);
    }
}

struct block *page_block(struct page *p, uint32_t place)
{
    struct block *b = &p->blocks[place % PAGE_BLOCKS];

    if (!b->filled || b->entry.place != place) {
        lines_free(&b->lines);
        *b = (struct block){0};
        fill(p, b, place);
        b->filled = true;
        b->entry.place = place;
    }
    return b;
}

int page_lines_of(struct page *p, uint32_t place)
{
    return (int)page_block(p, place)->lines.len;
}
