/* tabular.c - the Tabular List XML read into a book: chapters, sections, nested diagnoses and all their notes.
 *
 * One table says which elements there are and where they may stand; anything else is counted and reported with its
 * first place, never dropped silently. Every element remembers whose notes it holds (owner), so that a note after a
 * nested diagnosis or after the section index still goes to the right entry; the assembling sorts them together.
 *
 * Sections are siblings in the file but nest by range: a section belongs to the nearest section before it whose
 * range holds its own (T20-T25 in T20-T32), else to the chapter. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/map.h"
#include "icd10cm.h"
#include "reader/lines.h"
#include "reader/xml.h"

enum element {
    EL_NONE,
    EL_ROOT,
    EL_VERSION,
    EL_INTRODUCTION,
    EL_INTRO_SECTION,
    EL_INSTRUCTION,
    EL_TITLE,
    EL_CHAPTER,
    EL_SECTION_INDEX,
    EL_SECTION_REF,
    EL_SECTION,
    EL_DIAG,
    EL_NAME,
    EL_DESC,
    EL_GROUP,
    EL_NOTE,
    EL_SEVENTH,
    EL_EXTENSION,
    EL_VISUAL,
    EL_VIS_CATEGORY,
    EL_VIS_RANGE,
    EL_VIS_MAX,
    EL_VIS_MIN,
    EL_VIS_VALUE,
    EL_UNKNOWN
};

#define IN(element) (1u << (element))
#define IN_ENTRY (IN(EL_CHAPTER) | IN(EL_SECTION) | IN(EL_DIAG))
#define IN_VISUAL (IN(EL_VIS_CATEGORY) | IN(EL_VIS_RANGE) | IN(EL_VIS_MAX) | IN(EL_VIS_MIN))

struct element_rule {
    const char *name;
    enum element element;
    unsigned parents;
    enum note_kind kind; /* of a group of notes */
    bool text;           /* its text is wanted */
};

/* The frequent ones first: they are looked for in this order. */
static const struct element_rule rules[] = {
    {"note", EL_NOTE, IN(EL_GROUP) | IN(EL_SEVENTH) | IN(EL_INSTRUCTION), 0, true},
    {"diag", EL_DIAG, IN_ENTRY, 0, false},
    {"name", EL_NAME, IN(EL_CHAPTER) | IN(EL_DIAG), 0, true},
    {"desc", EL_DESC, IN_ENTRY, 0, true},
    {"inclusionTerm", EL_GROUP, IN_ENTRY, NOTE_INCLUSION_TERM, false},
    {"excludes1", EL_GROUP, IN_ENTRY, NOTE_EXCLUDES1, false},
    {"excludes2", EL_GROUP, IN_ENTRY, NOTE_EXCLUDES2, false},
    {"includes", EL_GROUP, IN_ENTRY, NOTE_INCLUDES, false},
    {"useAdditionalCode", EL_GROUP, IN_ENTRY, NOTE_USE_ADDITIONAL, false},
    {"codeFirst", EL_GROUP, IN_ENTRY, NOTE_CODE_FIRST, false},
    {"codeAlso", EL_GROUP, IN_ENTRY, NOTE_CODE_ALSO, false},
    {"notes", EL_GROUP, IN_ENTRY, NOTE_NOTE, false},
    {"sevenChrNote", EL_GROUP, IN_ENTRY, NOTE_SEVENTH, false},
    {"sevenChrDef", EL_SEVENTH, IN_ENTRY, 0, false},
    {"extension", EL_EXTENSION, IN(EL_SEVENTH), 0, true},
    {"section", EL_SECTION, IN(EL_CHAPTER) | IN(EL_SECTION), 0, false},
    {"chapter", EL_CHAPTER, IN(EL_ROOT), 0, false},
    {"sectionRef", EL_SECTION_REF, IN(EL_SECTION_INDEX), 0, false},
    {"sectionIndex", EL_SECTION_INDEX, IN(EL_CHAPTER), 0, false},
    {"introduction", EL_INTRODUCTION, IN(EL_ROOT), 0, false},
    {"introSection", EL_INTRO_SECTION, IN(EL_INTRODUCTION), 0, false},
    {"instruction", EL_INSTRUCTION, IN(EL_INTRO_SECTION), 0, false},
    {"title", EL_TITLE, IN(EL_INTRO_SECTION), 0, true},
    {"version", EL_VERSION, IN(EL_ROOT), 0, true},
    {"visualImpairment", EL_VISUAL, IN(EL_DIAG), 0, false},
    {"visCategory", EL_VIS_CATEGORY, IN(EL_VISUAL), 0, false},
    {"visRange", EL_VIS_RANGE, IN(EL_VIS_CATEGORY), 0, false},
    {"visMax", EL_VIS_MAX, IN(EL_VIS_RANGE), 0, false},
    {"visMin", EL_VIS_MIN, IN(EL_VIS_RANGE), 0, false},
    {"value", EL_VIS_VALUE, IN_VISUAL, 0, true},
    {"heading", EL_VIS_VALUE, IN_VISUAL, 0, true},
    {"ICD10CM.tabular", EL_ROOT, IN(EL_NONE), 0, false},
};

struct frame {
    enum element element;
    int32_t owner; /* the entry whose notes stand here */
};

struct reading {
    struct edition *book;
    struct frame frames[XML_DEPTH_MAX + 1];
    size_t depth;
    size_t text_depth; /* of the element whose text is being taken, 0 for none */
    struct buf text, scratch;
    enum note_kind kind;
    char ch; /* of the extension being read, 0 for one left out */
    bool intro_written;
    const char *intro_title;
    struct buf visual; /* the row of the visual impairment table under way */
    struct map sections;
    int32_t last_section; /* of the chapter under way, NO_PARENT before the first */
    struct icd_unknown unknown;
};

static struct frame *top(struct reading *r)
{
    return &r->frames[r->depth];
}

static struct ed_entry *entry_at(struct reading *r, int32_t at)
{
    return &r->book->entries.items[at];
}

static const char *element_name(enum element element)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (rules[i].element == element) {
            return element == EL_GROUP ? "a group of notes" : rules[i].name;
        }
    }
    return "the file";
}

static void note_unknown(struct reading *r, struct xml *x, const char *what)
{
    icd_unknown_add(&r->unknown, xml_line(x), what, element_name(top(r)->element));
}

static int32_t add_entry(struct reading *r, enum kind kind, const char *code, int32_t parent)
{
    struct ed_entry e = {.kind = kind, .code = code, .parent = parent, .title = "", .short_title = ""};
    VEC_PUSH(&r->book->entries, e);
    return (int32_t)r->book->entries.len - 1;
}

static void add_fact(struct reading *r, int32_t owner, const char *name, const char *value)
{
    struct ed_fact f = {.entry = (uint32_t)owner, .name = name, .value = value};
    VEC_PUSH(&r->book->facts, f);
}

/* A section that comes a second time goes on where the first one ended. */
static int32_t start_section(struct reading *r, struct xml *x, const char **attributes)
{
    const char *id = xml_attribute(attributes, "id");
    bool added;
    if (!id || strlen(id) >= CODE_MAX || !icd_code_shaped(id, strcspn(id, "-"))) {
        xml_fail(x, "expected a section with the range it covers as its id, found \"%s\"", id ? id : "");
        return NO_PARENT;
    }
    uint32_t at = map_put(&r->sections, id, strlen(id), (uint32_t)r->book->entries.len, &added);
    if (!added) {
        return (int32_t)at;
    }
    int32_t parent = r->last_section;
    while (parent != NO_PARENT && entry_at(r, parent)->kind == KIND_SECTION &&
           !icd_section_holds(entry_at(r, parent)->code, id)) {
        parent = entry_at(r, parent)->parent;
    }
    r->last_section = add_entry(r, KIND_SECTION, arena_strdup(&r->book->arena, id), parent);
    return r->last_section;
}

static int32_t start_diag(struct reading *r, int32_t parent, const char **attributes)
{
    bool category = parent == NO_PARENT || entry_at(r, parent)->kind <= KIND_SECTION;
    int32_t at = add_entry(r, category ? KIND_CATEGORY : KIND_SUBCATEGORY, NULL, parent);
    const char *placeholder = xml_attribute(attributes, "placeholder");
    if (placeholder) {
        /* The attribute says "true": the X in the code holds its place. */
        add_fact(r, at, "placeholder", "X");
    }
    return at;
}

static void start_extension(struct reading *r, struct xml *x, const char **attributes)
{
    const char *ch = xml_attribute(attributes, "char");
    r->ch = 0;
    if (ch && strlen(ch) == 1 && ((*ch >= 'A' && *ch <= 'Z') || (*ch >= '0' && *ch <= '9'))) {
        r->ch = *ch;
    } else {
        note_unknown(r, x, "extension without a single character");
    }
}

static void start_element(struct reading *r, struct xml *x, const struct element_rule *rule, const char **attributes)
{
    struct frame *frame = top(r);
    if (rule->element == EL_CHAPTER) {
        frame->owner = r->last_section = add_entry(r, KIND_CHAPTER, NULL, NO_PARENT);
    } else if (rule->element == EL_SECTION) {
        frame->owner = start_section(r, x, attributes);
    } else if (rule->element == EL_DIAG) {
        frame->owner = start_diag(r, frame->owner, attributes);
    } else if (rule->element == EL_GROUP) {
        r->kind = rule->kind;
    } else if (rule->element == EL_EXTENSION) {
        start_extension(r, x, attributes);
    } else if (rule->element == EL_INTRO_SECTION) {
        r->intro_title = "";
        r->intro_written = false;
    } else if (rule->element == EL_VIS_CATEGORY) {
        buf_clear(&r->visual);
    } else if (rule->element == EL_VIS_RANGE && r->visual.len > 1 && r->visual.text[r->visual.len - 2] != ':') {
        buf_puts(&r->visual, "; ");
    }
    if (rule->text) {
        buf_clear(&r->text);
        r->text_depth = r->depth;
    }
}

static const struct element_rule *find_rule(const char *name, enum element parent)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (strcmp(rules[i].name, name) == 0) {
            return rules[i].parents & IN(parent) ? &rules[i] : NULL;
        }
    }
    return NULL;
}

static void on_start(void *ctx, struct xml *x, const char *name, const char **attributes)
{
    struct reading *r = ctx;
    enum element parent = top(r)->element;
    const struct element_rule *rule = NULL;
    if (r->depth == XML_DEPTH_MAX) {
        xml_fail(x, "expected at most %d nested elements, found more", XML_DEPTH_MAX);
        return;
    }
    if (r->text_depth == 0 && parent != EL_UNKNOWN) { /* marks inside a text belong to the text */
        rule = find_rule(name, parent);
        if (!rule && parent == EL_NONE) {
            xml_fail(x, "expected the element ICD10CM.tabular, found %s", name);
            return;
        }
        if (!rule) {
            note_unknown(r, x, name);
        }
    }
    int32_t owner = top(r)->owner;
    r->depth++;
    *top(r) = (struct frame){.element = rule ? rule->element : EL_UNKNOWN, .owner = owner};
    if (rule) {
        start_element(r, x, rule, attributes);
    }
}

static void on_text(void *ctx, struct xml *x, const char *bytes, size_t n)
{
    struct reading *r = ctx;
    if (r->text_depth > 0) {
        buf_add(&r->text, bytes, n);
        return;
    }
    if (top(r)->element == EL_SECTION_REF || top(r)->element == EL_UNKNOWN) {
        return; /* a section's title stands with the section itself */
    }
    for (size_t i = 0; i < n; i++) {
        if ((unsigned char)bytes[i] > ' ') {
            note_unknown(r, x, "text");
            return;
        }
    }
}

static void end_name(struct reading *r, struct xml *x, int32_t owner, const char *text)
{
    char code[CODE_MAX];
    size_t n = 0;
    bool chapter = entry_at(r, owner)->kind == KIND_CHAPTER;
    for (const char *s = text; *s && n < sizeof code - 1; s++) {
        if (*s != '.') {
            code[n++] = *s;
        }
    }
    code[n] = '\0';
    icd_code_raise_x(code);
    if (chapter ? n == 0 || n > 3 : !icd_code_shaped(code, n)) {
        xml_fail(x, "expected %s, found \"%s\"", chapter ? "the number of a chapter" : "an ICD-10-CM code", text);
        return;
    }
    entry_at(r, owner)->code = arena_strndup(&r->book->arena, code, n);
}

static void end_desc(struct reading *r, int32_t owner, const char *text)
{
    struct ed_entry *e = entry_at(r, owner);
    e->title = text;
    if (e->kind == KIND_CHAPTER || e->kind == KIND_SECTION) {
        char range[CODE_MAX];
        e->title = arena_strndup(&r->book->arena, text, icd_heading_split(text, range));
        if (e->kind == KIND_CHAPTER && range[0]) {
            add_fact(r, owner, "range", arena_strdup(&r->book->arena, range));
        }
    }
}

static void add_front(struct reading *r, const char *text)
{
    struct ed_front f = {.kind = "introduction", .title = r->intro_title, .text = text};
    VEC_PUSH(&r->book->front, f);
    r->intro_written = true;
}

/* A note inside a definition belongs to the character before it ("Initial encounter for open fracture NOS" to B). */
static void add_seventh_note(struct reading *r, struct xml *x, int32_t owner, const char *text)
{
    size_t n = r->book->sevenths.len;
    struct ed_seventh *last = n > 0 ? &r->book->sevenths.items[n - 1] : NULL;
    if (!last || last->entry != (uint32_t)owner) {
        note_unknown(r, x, "note before the first character");
    } else {
        last->note = last->note[0] ? arena_printf(&r->book->arena, "%s; %s", last->note, text) : text;
    }
}

static void end_note(struct reading *r, struct xml *x, enum element parent, int32_t owner, const char *text)
{
    if (parent == EL_INSTRUCTION) {
        add_front(r, text);
    } else if (parent == EL_SEVENTH) {
        add_seventh_note(r, x, owner, text);
    } else {
        struct ed_note note = {.entry = (uint32_t)owner, .kind = r->kind, .text = text};
        VEC_PUSH(&r->book->notes, note);
    }
}

static void end_visual(struct reading *r, enum element parent, const char *text)
{
    if (parent == EL_VIS_MIN) {
        buf_puts(&r->visual, " to ");
    }
    buf_puts(&r->visual, text);
    if (parent == EL_VIS_CATEGORY || parent == EL_VIS_RANGE) {
        buf_puts(&r->visual, ": ");
    }
}

static void end_text(struct reading *r, struct xml *x, enum element element, enum element parent, int32_t owner)
{
    const char *text = icd_text(&r->book->arena, &r->scratch, buf_text(&r->text), r->text.len);
    r->text_depth = 0;
    if (element == EL_NAME) {
        end_name(r, x, owner, text);
    } else if (element == EL_DESC) {
        end_desc(r, owner, text);
    } else if (element == EL_NOTE) {
        end_note(r, x, parent, owner, text);
    } else if (element == EL_EXTENSION && r->ch) {
        struct ed_seventh s = {.entry = (uint32_t)owner, .ch = r->ch, .text = text, .note = ""};
        VEC_PUSH(&r->book->sevenths, s);
    } else if (element == EL_TITLE) {
        r->intro_title = text;
    } else if (element == EL_VIS_VALUE) {
        end_visual(r, parent, text);
    }
}

/* The table stands at one of the subcategories but defines the categories of impairment for all of H54. */
static int32_t category_of(struct reading *r, int32_t at)
{
    while (entry_at(r, at)->kind != KIND_CATEGORY && entry_at(r, at)->parent != NO_PARENT) {
        at = entry_at(r, at)->parent;
    }
    return at;
}

static void on_end(void *ctx, struct xml *x, const char *name)
{
    struct reading *r = ctx;
    struct frame frame = *top(r);
    (void)name;
    if (r->text_depth == r->depth && r->depth > 0) {
        end_text(r, x, frame.element, r->frames[r->depth - 1].element, frame.owner);
    } else if ((frame.element == EL_DIAG || frame.element == EL_CHAPTER) && !entry_at(r, frame.owner)->code) {
        xml_fail(x, "expected a name in this %s, found none", frame.element == EL_DIAG ? "diag" : "chapter");
    } else if (frame.element == EL_INTRO_SECTION && !r->intro_written) {
        add_front(r, "");
    } else if (frame.element == EL_VIS_CATEGORY) {
        add_fact(r, category_of(r, frame.owner), "visual_impairment",
                 arena_strdup(&r->book->arena, buf_text(&r->visual)));
    }
    r->depth--;
}

enum status icd_tabular_read(const struct input *in, struct edition **book, struct report *rep, struct error *err)
{
    static const struct xml_handler handler = {.start = on_start, .end = on_end, .text = on_text};
    struct reading r = {.last_section = NO_PARENT};
    r.book = edition_new(SET_ICD10CM, "", 0);
    r.frames[0] = (struct frame){.element = EL_NONE, .owner = NO_PARENT};
    enum status st = xml_read(in->path, in->bytes, in->len, &handler, &r, err);
    if (st == ST_OK && r.book->entries.len == 0) {
        st = input_error(err, in->path, 1, 1, "expected the chapters of the Tabular List, found none");
    }
    if (st == ST_OK) {
        icd_unknown_report(&r.unknown, rep, in->path);
        *book = r.book;
        r.book = NULL;
    }
    edition_free(r.book);
    map_free(&r.sections);
    buf_free(&r.text);
    buf_free(&r.scratch);
    buf_free(&r.visual);
    return st;
}
