/* parse.c - the lines of the guidelines become sections.
 *
 * First the introduction, then the contents pages, then the text. The contents stop at lettered headings; they say how a title
 * that is broken over lines goes on, and which headings the text must have. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "guidelines.h"
#include "parts.h"
#include "reader/lines.h"
#include "reader/pdf.h"

enum { CONTENTS_GAP = 8, TITLE_LINES = 4, PARTS = 4 };

/* A heading of the contents pages. */
struct heading {
    const char *id, *title;
    bool found;
};

struct parser {
    struct edition *ed;
    struct report *rep;
    struct arena arena; /* of lines and contents */
    struct gl_lines lines;
    struct { struct heading *items; size_t len, cap; } contents;
    struct buf text, paragraph; /* of the section at the end of ed->guidelines */
};

static void end_paragraph(struct parser *p)
{
    if (p->paragraph.len > 0) {
        if (p->text.len > 0) {
            buf_putc(&p->text, '\n');
        }
        buf_add(&p->text, p->paragraph.text, p->paragraph.len);
        buf_clear(&p->paragraph);
    }
}

static void end_section(struct parser *p)
{
    end_paragraph(p);
    if (p->ed->guidelines.len > 0) {
        struct ed_guideline *g = &p->ed->guidelines.items[p->ed->guidelines.len - 1];
        g->text = arena_strdup(&p->ed->arena, buf_text(&p->text));
    }
    buf_clear(&p->text);
}

static void begin_section(struct parser *p, const char *id, int depth, const char *title)
{
    struct ed_guideline g = {.section = arena_strdup(&p->ed->arena, id), .depth = depth, .text = ""};
    g.title = arena_strdup(&p->ed->arena, title);
    end_section(p);
    VEC_PUSH(&p->ed->guidelines, g);
}

/* Adds lines to the section at hand; prev is the line before in the same section, or NULL. */
static void add_line(struct parser *p, const struct gl_line *prev, const struct gl_line *line)
{
    if (prev && gl_begins_paragraph(prev, line)) {
        end_paragraph(p);
    }
    gl_join(&p->paragraph, line->text);
}

/* The lines of the contents pages: from the first with dots and a page number to the last before the text. */
static void find_contents(const struct gl_lines *lines, size_t *begin, size_t *end)
{
    *begin = 0;
    while (*begin < lines->len && !lines->items[*begin].contents) {
        ++*begin;
    }
    *end = *begin;
    for (size_t i = *begin; i < lines->len && i <= *end + CONTENTS_GAP; i++) {
        if (lines->items[i].contents) {
            *end = i + 1;
        }
    }
}

/* The text of a line of the contents before its dots. */
static size_t before_dots(const struct gl_line *line)
{
    size_t n = strlen(line->text);
    while (line->contents && n > 0) {
        unsigned char c = (unsigned char)line->text[n - 1];
        bool ellipsis = n >= 3 && memcmp(line->text + n - 3, "\xE2\x80\xA6", 3) == 0;
        if (c != ' ' && c != '.' && !isdigit(c) && !ellipsis) {
            break;
        }
        /* Digits only behind the dots: "Normal Delivery, Code O80....." */
        if (isdigit(c) && memchr(line->text + n, '.', strlen(line->text) - n)) {
            break;
        }
        n -= ellipsis ? 3 : 1;
    }
    return n;
}

static void read_contents(struct parser *p, size_t begin, size_t end)
{
    struct gl_outline outline = {.depth = -1};
    struct buf title = {0};
    bool open = false; /* the last heading goes on over its line */
    for (size_t i = begin; i < end; i++) {
        const struct gl_line *line = &p->lines.items[i];
        const char *text = arena_strndup(&p->arena, line->text, before_dots(line)), *behind = NULL;
        if (gl_outline_next(&outline, text, &behind)) {
            char id[GL_ID_MAX];
            gl_outline_id(&outline, id);
            VEC_PUSH(&p->contents, ((struct heading){.id = arena_strdup(&p->arena, id)}));
            buf_clear(&title);
            gl_join(&title, behind);
        } else if (open && p->contents.len > 0) {
            gl_join(&title, text);
        } else {
            continue;
        }
        open = !line->contents || !title.len;
        p->contents.items[p->contents.len - 1].title = arena_strdup(&p->arena, buf_text(&title));
    }
    buf_free(&title);
}

static struct heading *find_heading(struct parser *p, const char *id)
{
    for (size_t i = 0; i < p->contents.len; i++) {
        if (strcmp(p->contents.items[i].id, id) == 0) {
            return &p->contents.items[i];
        }
    }
    return NULL;
}

/* The rest of whole behind the letters and digits of part, all else and case ignored; NULL when it begins otherwise. */
static const char *behind_letters(const char *whole, const char *part)
{
    for (;; whole++, part++) {
        while (*part && !isalnum((unsigned char)*part)) {
            part++;
        }
        while (*whole && !isalnum((unsigned char)*whole)) {
            whole++;
        }
        if (!*part) {
            return whole;
        }
        if (tolower((unsigned char)*whole) != tolower((unsigned char)*part)) {
            return NULL;
        }
    }
}

/* Whether the line belongs to the title so far: as the contents have it, else by how it looks. */
static bool title_goes_on(const struct heading *known, const char *title, const struct gl_line *line,
                          const struct gl_line *after)
{
    const char *rest = known ? behind_letters(known->title, title) : NULL;
    if (rest && behind_letters(rest, line->text)) {
        return true;
    }
    return (!rest || *rest) && gl_title_goes_on(title, line, after);
}

/* Reads the heading whose first line is at i and whose title begins there with text; the place of the line behind it. */
static size_t read_heading(struct parser *p, size_t i, const struct gl_outline *outline, const char *text)
{
    char id[GL_ID_MAX];
    struct buf title = {0};
    struct gl_outline deeper = *outline;
    gl_outline_id(outline, id);
    struct heading *known = find_heading(p, id);
    gl_join(&title, text);
    size_t next = i + 1;
    for (int n = 1; n < TITLE_LINES && next < p->lines.len; n++, next++) {
        const struct gl_line *after = next + 1 < p->lines.len ? &p->lines.items[next + 1] : NULL;
        const struct gl_line *line = &p->lines.items[next];
        bool under_appendix = outline->appendix && title.len == 0, below = gl_outline_next(&deeper, line->text, &text);
        if (below || (!under_appendix && !title_goes_on(known, buf_text(&title), line, after))) {
            break;
        }
        gl_join(&title, line->text);
    }
    if (known) {
        known->found = true;
    }
    begin_section(p, id, outline->depth, buf_text(&title));
    buf_free(&title);
    return next;
}

/* Whether a heading may begin here, not in the middle of a sentence that broke before "Section II." or "4.". */
static bool heading_may_begin(const struct gl_line *prev, const struct gl_line *line)
{
    return !prev || line->blanks > 0 || line->page || gl_ends_sentence(prev->text) || line->indent < prev->indent;
}

/* The text from line i on; how many of its parts (Section I to IV) were found. */
static int read_text(struct parser *p, size_t i)
{
    struct gl_outline outline = {.depth = -1};
    const struct gl_line *prev = NULL;
    int parts = 0;
    while (i < p->lines.len) {
        const struct gl_line *line = &p->lines.items[i];
        struct gl_outline next = outline;
        const char *title = NULL;
        if (heading_may_begin(prev, line) && gl_outline_next(&next, line->text, &title)) {
            outline = next;
            parts += outline.depth == 0 && !outline.appendix;
            i = read_heading(p, i, &outline, title);
            prev = NULL;
            continue;
        }
        if (outline.depth >= 0) {
            add_line(p, prev, line);
            prev = line;
        }
        i++;
    }
    end_section(p);
    return parts;
}

/* What stands before the contents, without the title and the words about bold and underlined text, which is plain here. */
static void read_introduction(struct parser *p, size_t end)
{
    static const char *const about[] = {"Narrative changes", "Items underlined", "Italics are used"};
    const struct gl_line *prev = NULL;
    size_t i = 1;
    for (bool head = true; head && i < end; i += head) {
        const char *text = p->lines.items[i].text;
        head = p->lines.items[i].blanks == 0;
        for (size_t k = 0; k < sizeof about / sizeof *about; k++) {
            head = head || strncmp(text, about[k], strlen(about[k])) == 0;
        }
    }
    if (i < end) {
        begin_section(p, "Introduction", 0, "Introduction");
    }
    for (; i < end; i++) {
        add_line(p, prev, &p->lines.items[i]);
        prev = &p->lines.items[i];
    }
}

static void report_missing(struct parser *p)
{
    for (size_t i = 0; i < p->contents.len; i++) {
        const struct heading *h = &p->contents.items[i];
        if (!h->found) {
            report_line(p->rep, "guidelines: %s %s: in the contents, not found in the text", h->id, h->title);
        }
    }
}

enum status guidelines_parse(const char *path, const char *text, size_t n, struct edition *ed, struct report *rep,
                             struct error *err)
{
    struct parser p = {.ed = ed, .rep = rep};
    enum status st = ST_OK;
    size_t begin = 0, end = 0;
    gl_layout(text, n, &p.arena, &p.lines);
    find_contents(&p.lines, &begin, &end);
    read_contents(&p, begin, end);
    read_introduction(&p, begin);
    int parts = read_text(&p, end);
    if (parts != PARTS) {
        ed->guidelines.len = 0;
        st = input_error(err, path, 0, 0,
                         "expected Sections I to IV of the Official Guidelines behind their contents, found %d", parts);
    } else {
        report_missing(&p);
        report_line(rep, "guidelines: %zu sections", ed->guidelines.len);
    }
    arena_free(&p.arena);
    free(p.lines.items);
    free(p.contents.items);
    buf_free(&p.text);
    buf_free(&p.paragraph);
    return st;
}

enum status guidelines_read(const struct input *in, struct edition *ed, struct report *rep, struct error *err)
{
    struct buf text = {0};
    enum status st = pdf_text(in->path, in->bytes, in->len, 0, &text, err);
    if (st == ST_OK) {
        st = guidelines_parse(in->path, buf_text(&text), text.len, ed, rep, err);
    }
    buf_free(&text);
    return st;
}
