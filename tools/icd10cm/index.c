/* index.c - the Alphabetic Index, the External Cause Index and the Tables of Neoplasms and Drugs, which share one XML
 * format, read into rows.
 *
 * A row (mainTerm, or term inside one) is pushed when it begins, so that rows come in the order of the file, and its
 * texts are set as they end. Its depth is how deep it is nested. Titles are mixed content: the nonessential modifiers
 * inside are kept apart, and what stands before and after them is the title. Old files say etiology where later ones
 * say manif. One table says which elements there are and where they may stand; anything else is counted and
 * reported. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "icd10cm.h"
#include "reader/lines.h"
#include "reader/xml.h"

enum element {
    EL_NONE,
    EL_ROOT,
    EL_CAPTION,
    EL_HEADING,
    EL_LETTER,
    EL_ROW,
    EL_TITLE,
    EL_NEMOD,
    EL_CODE,
    EL_MANIFESTATION,
    EL_SEE,
    EL_SEE_ALSO,
    EL_SEE_CATEGORY,
    EL_CELL,
    EL_UNKNOWN
};

#define IN(element) (1u << (element))

/* A table has a column for the title and these. */
enum { CELLS = 6, FIRST_CELL = 2 };

struct element_rule {
    const char *name;
    enum element element;
    unsigned parents;
    bool text; /* its text is taken */
};

/* The frequent ones first: they are looked for in this order. */
static const struct element_rule rules[] = {
    {"cell", EL_CELL, IN(EL_ROW), true},
    {"term", EL_ROW, IN(EL_ROW), false},
    {"title", EL_TITLE, IN(EL_ROW), true},
    {"code", EL_CODE, IN(EL_ROW), true},
    {"mainTerm", EL_ROW, IN(EL_LETTER), false},
    {"see", EL_SEE, IN(EL_ROW), true},
    {"seeAlso", EL_SEE_ALSO, IN(EL_ROW), true},
    {"manif", EL_MANIFESTATION, IN(EL_ROW), true},
    {"etiology", EL_MANIFESTATION, IN(EL_ROW), true},
    {"nemod", EL_NEMOD, IN(EL_ROW), true},
    {"subcat", EL_SEE_CATEGORY, IN(EL_ROW), true},
    {"seecat", EL_SEE_CATEGORY, IN(EL_ROW), true},
    {"letter", EL_LETTER, IN(EL_ROOT), false},
    {"title", EL_CAPTION, IN(EL_ROOT) | IN(EL_LETTER), true},
    {"head", EL_CAPTION, IN(EL_HEADING), true},
    {"indexHeading", EL_HEADING, IN(EL_ROOT), false},
    {"version", EL_CAPTION, IN(EL_ROOT), true},
    {"ICD10CM.index", EL_ROOT, IN(EL_NONE), false},
};

struct frame {
    enum element element;
    int32_t row; /* whose parts stand here */
    const char *cells[CELLS];
};

struct reading {
    struct edition *ed;
    enum component book;
    struct frame frames[XML_DEPTH_MAX + 1];
    size_t depth;
    size_t text_depth;  /* of the element whose text is being taken, 0 for none */
    size_t nemod_depth; /* of a nemod inside it */
    bool after_nemod;   /* nothing has come behind that one yet */
    size_t cell;        /* the one being read; CELLS for one in no column */
    size_t mislevelled, mislevelled_line, untitled;
    struct buf text, nemod, scratch;
    struct icd_unknown unknown;
};

static struct frame *top(struct reading *r)
{
    return &r->frames[r->depth];
}

static struct ed_term *row_at(struct reading *r, int32_t at)
{
    return &r->ed->terms.items[at];
}

static void note_unknown(struct reading *r, struct xml *x, const char *what, enum element where)
{
    static const char *const names[] = {[EL_NONE] = "the file",
                                        [EL_ROOT] = "ICD10CM.index",
                                        [EL_HEADING] = "indexHeading",
                                        [EL_LETTER] = "letter",
                                        [EL_ROW] = "term"};
    icd_unknown_add(&r->unknown, xml_line(x), what, names[where]); /* only these hold elements */
}

/* The level attribute says what the nesting says; where it doesn't the nesting counts. */
static void start_row(struct reading *r, struct xml *x, const char **attributes)
{
    const struct frame *above = top(r) - 1;
    const char *level = xml_attribute(attributes, "level");
    int depth = above->element == EL_ROW ? row_at(r, above->row)->depth + 1 : 0;
    if (level && strtol(level, NULL, 10) != depth) {
        r->mislevelled_line = r->mislevelled++ == 0 ? xml_line(x) : r->mislevelled_line;
    }
    struct ed_term row = {.book = r->book, .depth = depth, .title = "", .nemod = "", .codes = "", .manifestation = "",
                          .see = "", .see_also = "", .see_category = "", .cells = ""};
    top(r)->row = (int32_t)r->ed->terms.len;
    VEC_PUSH(&r->ed->terms, row);
}

static void start_cell(struct reading *r, struct xml *x, const char **attributes)
{
    const char *column = xml_attribute(attributes, "col");
    size_t number = column ? strtoul(column, NULL, 10) : 0;
    r->cell = number - FIRST_CELL;
    if (number < FIRST_CELL || r->cell >= CELLS) {
        note_unknown(r, x, "a cell of another column", EL_ROW);
        r->cell = CELLS;
    }
}

static void start_element(struct reading *r, struct xml *x, const struct element_rule *rule, const char **attributes)
{
    if (rule->element == EL_ROW) {
        start_row(r, x, attributes);
    } else if (rule->element == EL_CELL) {
        start_cell(r, x, attributes);
    }
    if (rule->text) {
        buf_clear(&r->text);
        buf_clear(&r->nemod);
        r->after_nemod = false;
        r->text_depth = r->depth;
    }
}

static const struct element_rule *find_rule(const char *name, enum element parent)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if ((rules[i].parents & IN(parent)) && strcmp(rules[i].name, name) == 0) {
            return &rules[i];
        }
    }
    return NULL;
}

/* Marks inside a text belong to the text; modifiers inside a title go beside it. */
static void start_mark(struct reading *r, const char *name)
{
    if (r->nemod_depth == 0 && r->frames[r->text_depth].element == EL_TITLE && strcmp(name, "nemod") == 0) {
        r->nemod_depth = r->depth;
        if (r->nemod.len > 0) {
            buf_putc(&r->nemod, ' ');
        }
    }
}

static void on_start(void *ctx, struct xml *x, const char *name, const char **attributes)
{
    struct reading *r = ctx;
    enum element parent = top(r)->element;
    int32_t row = top(r)->row;
    if (r->depth == XML_DEPTH_MAX) {
        xml_fail(x, "expected at most %d nested elements, found more", XML_DEPTH_MAX);
        return;
    }
    r->depth++;
    *top(r) = (struct frame){.element = EL_UNKNOWN, .row = row};
    if (r->text_depth > 0) {
        start_mark(r, name);
        return;
    }
    if (parent == EL_UNKNOWN) {
        return;
    }
    const struct element_rule *rule = find_rule(name, parent);
    if (rule) {
        top(r)->element = rule->element;
        start_element(r, x, rule, attributes);
    } else if (parent == EL_NONE) {
        xml_fail(x, "expected the element ICD10CM.index, found %s", name);
    } else {
        note_unknown(r, x, name, parent);
    }
}

/* Where a word stands right behind a modifier the blank before that one is lost in the file
 * ("autonomic(poly)neuropathy"), but not around a linking vowel ("cancer(o)phobia"). */
static bool lacks_blank(const struct reading *r, char next)
{
    const char *open = strrchr(buf_text(&r->nemod), '(');
    return r->text.len > 0 && isalpha((unsigned char)r->text.text[r->text.len - 1]) && isalpha((unsigned char)next) &&
           open && strlen(open) > strlen("(o)");
}

static void on_text(void *ctx, struct xml *x, const char *bytes, size_t n)
{
    struct reading *r = ctx;
    if (r->text_depth > 0) {
        if (r->after_nemod && n > 0 && lacks_blank(r, bytes[0])) {
            buf_putc(&r->text, ' ');
        }
        r->after_nemod = r->after_nemod && n == 0;
        buf_add(r->nemod_depth > 0 ? &r->nemod : &r->text, bytes, n);
        return;
    }
    for (size_t i = 0; i < n && top(r)->element != EL_UNKNOWN; i++) {
        if ((unsigned char)bytes[i] > ' ') {
            note_unknown(r, x, "text", top(r)->element);
            return;
        }
    }
}

/* Adds to a list, or to words, of a row. */
static void join(struct reading *r, const char **list, const char *text, char between)
{
    if (text[0]) {
        *list = (*list)[0] ? arena_printf(&r->ed->arena, "%s%c%s", *list, between, text) : text;
    }
}

static const char *take(struct reading *r, const struct buf *from)
{
    return icd_text(&r->ed->arena, &r->scratch, buf_text(from), from->len);
}

static void end_text(struct reading *r, enum element element, struct frame *owner)
{
    r->text_depth = 0;
    if (element == EL_CAPTION) {
        return;
    }
    const char *text = take(r, &r->text);
    struct ed_term *row = row_at(r, owner->row);
    if (element == EL_TITLE) {
        join(r, &row->title, text, ' ');
        join(r, &row->nemod, take(r, &r->nemod), ' ');
    } else if (element == EL_NEMOD) {
        join(r, &row->nemod, text, ' ');
    } else if (element == EL_CODE) {
        join(r, &row->codes, text, '\n');
    } else if (element == EL_MANIFESTATION) {
        join(r, &row->manifestation, text, '\n');
    } else if (element == EL_SEE) {
        join(r, &row->see, text, '\n');
    } else if (element == EL_SEE_ALSO) {
        join(r, &row->see_also, text, '\n');
    } else if (element == EL_SEE_CATEGORY) {
        join(r, &row->see_category, text, '\n');
    } else if (element == EL_CELL && r->cell < CELLS) {
        const char **cell = &owner->cells[r->cell];
        *cell = *cell ? *cell : "";
        join(r, cell, text, ' ');
    }
}

static void end_row(struct reading *r, const struct frame *frame)
{
    struct ed_term *row = row_at(r, frame->row);
    bool any = false;
    buf_clear(&r->scratch);
    for (size_t i = 0; i < CELLS; i++) {
        any = any || frame->cells[i];
        buf_puts(&r->scratch, i > 0 ? "\n" : "");
        buf_puts(&r->scratch, frame->cells[i] ? frame->cells[i] : "");
    }
    if (any) {
        row->cells = arena_strndup(&r->ed->arena, buf_text(&r->scratch), r->scratch.len);
    }
    r->untitled += !row->title[0] && !row->nemod[0];
}

static void on_end(void *ctx, struct xml *x, const char *name)
{
    struct reading *r = ctx;
    struct frame *frame = top(r);
    (void)x, (void)name;
    if (r->nemod_depth == r->depth) {
        r->nemod_depth = 0;
        r->after_nemod = true;
    } else if (r->text_depth == r->depth) {
        end_text(r, frame->element, frame - 1);
    } else if (frame->element == EL_ROW) {
        end_row(r, frame);
    }
    r->depth--;
}

static void report_reading(const struct reading *r, struct report *rep, const char *path)
{
    icd_unknown_report(&r->unknown, rep, path);
    if (r->mislevelled > 0) {
        report_line(rep, "%s:%zu: level and nesting of a term disagree; the nesting counts (%zu in all)", path,
                    r->mislevelled_line, r->mislevelled);
    }
    if (r->untitled > 0) {
        report_line(rep, "%s: terms without a title: %zu", path, r->untitled);
    }
}

enum status icd_index_read(const struct input *in, enum component book, struct edition *ed, struct report *rep,
                           struct error *err)
{
    static const struct xml_handler handler = {.start = on_start, .end = on_end, .text = on_text};
    struct reading r = {.ed = ed, .book = book};
    size_t before = ed->terms.len;
    r.frames[0] = (struct frame){.element = EL_NONE, .row = NO_PARENT};
    enum status st = xml_read(in->path, in->bytes, in->len, &handler, &r, err);
    if (st == ST_OK && ed->terms.len == before) {
        st = input_error(err, in->path, 1, 1, "expected the main terms of an index or table, found none");
    }
    if (st == ST_OK) {
        report_reading(&r, rep, in->path);
    }
    buf_free(&r.text);
    buf_free(&r.nemod);
    buf_free(&r.scratch);
    return st;
}
