/* cmd_guide.c - codeshelf guide: the Official Guidelines. Without words the tree of their sections; a section with
 * its text; or what bears on a code, nearest first, and why. "conventions" is the introduction of the Tabular List. */
#include <ctype.h>
#include <string.h>

#include "books.h"
#include "page.h"

enum { STEP = 2, TREE_DEPTH = 2, EXCERPT_MOST = 240, MARK_MOST = 6 };

struct guide {
    struct call *call;
    struct arena arena;
    struct json json;
    struct page page;
    const struct release *release;
    bool other; /* it is not the one in force */
};

static bool as_json(const struct guide *g)
{
    return g->call->opt.text[OPT_JSON];
}

/* The release an answer comes from stands first; nothing does when nothing was found. */
static void print_heading(const struct guide *g, enum component book)
{
    if (!as_json(g))
        book_heading(g->call, SET_ICD10CM, book, g->release, g->other);
}

static void put_json(struct guide *g, const struct guideline *section, const char *named)
{
    struct json *j = &g->json;
    json_open(j, '{');
    json_put_guideline(j, section);
    json_put_text(j, "release", g->release->name);
    if (named)
        json_put_text(j, "named", named);
    json_close(j, '}');
    json_line(j, g->call->out);
}

/* Length of the mark that a list item begins with ("1.", "(a)", a bullet) and the blank behind it, 0 without one. */
static size_t mark_length(const char *line)
{
    size_t n = strcspn(line, " ");
    if (line[n] != ' ' || n == 0 || n > MARK_MOST)
        return 0;
    const char last = line[n - 1];
    const bool bullet = strncmp(line, "\xE2\x80\xA2", 3) == 0 || (n == 1 && strchr("-*", last));
    const bool numbered = n > 1 && isalnum((unsigned char)line[n - 2]) && (last == ')' || (last == '.' && n <= 3));
    return bullet || numbered ? n + 1 : 0;
}

/* Paragraphs with a blank line between; the items of a list one under another. */
static void print_paragraphs(const struct page *p, size_t indent, const char *text)
{
    struct buf line = {0}, mark = {0};
    bool item = false;
    for (bool first = true; next_line(&text, &line); first = false) {
        const char *at = buf_text(&line);
        size_t n = mark_length(at);
        if (!first && !(item && n))
            fputc('\n', p->out);
        item = n > 0;
        buf_clear(&mark);
        buf_add(&mark, at, n);
        page_item(p, indent + (n ? STEP : 0), buf_text(&mark), at + n);
    }
    buf_free(&line);
    buf_free(&mark);
}

static void print_title(const struct guide *g, size_t indent, const struct guideline *section)
{
    struct buf label = {0};
    buf_printf(&label, "%s  ", section->section);
    page_item(&g->page, indent, buf_text(&label), section->title);
    buf_free(&label);
}

static enum status print_tree(struct guide *g, struct error *err)
{
    const size_t depth = g->call->opt.depth ? g->call->opt.depth : TREE_DEPTH;
    const uint32_t size = guide_size(g->call->shelf);
    enum status st = ST_OK;
    print_heading(g, COMP_GUIDELINES);
    for (uint32_t place = 0; place < size; place++) {
        struct guideline section;
        st = guide_at(g->call->shelf, place, &g->arena, &section, err);
        if (st != ST_OK)
            break;
        if ((size_t)section.depth >= depth)
            continue;
        if (as_json(g))
            put_json(g, &section, NULL);
        else
            print_title(g, STEP * (size_t)section.depth, &section);
    }
    return st;
}

/* The section with its text, and what is below it: titles, or with --depth that many levels with theirs. */
static enum status print_section(struct guide *g, const struct guideline *section, struct error *err)
{
    const size_t depth = g->call->opt.depth;
    const uint32_t size = guide_size(g->call->shelf);
    enum status st = ST_OK;
    bool titles = false;
    print_heading(g, COMP_GUIDELINES);
    if (as_json(g)) {
        put_json(g, section, NULL);
    } else {
        print_title(g, 0, section);
        if (*section->text)
            fputc('\n', g->page.out);
        print_paragraphs(&g->page, 0, section->text);
    }
    for (uint32_t place = section->place + 1; place < size && st == ST_OK; place++) {
        struct guideline below;
        st = guide_at(g->call->shelf, place, &g->arena, &below, err);
        if (st != ST_OK || below.depth <= section->depth)
            break;
        const size_t level = (size_t)(below.depth - section->depth);
        if (as_json(g) ? level > depth : level > (depth ? depth : 1))
            continue;
        if (as_json(g)) {
            put_json(g, &below, NULL);
            continue;
        }
        if (depth || !titles)
            fputs(depth ? "\n" : "\nBelow it\n", g->page.out);
        titles = true;
        print_title(g, depth ? 0 : STEP, &below);
        if (depth && *below.text) {
            fputc('\n', g->page.out);
            print_paragraphs(&g->page, 0, below.text);
        }
    }
    return st;
}

/* Whether a paragraph names the code or range, written in whatever way, and where. */
static bool names(const char *line, const char *named, size_t *at)
{
    struct code_ref ref;
    size_t pos = 0, n = strlen(line);
    while (code_ref_next(SET_ICD10CM, line, n, &pos, &ref)) {
        char first[CODE_MAX], last[CODE_MAX], printed[2 * CODE_MAX + 1];
        const bool range = strcmp(ref.first, ref.last) != 0;
        int len = snprintf(printed, sizeof printed, "%s%s%s", code_print(SET_ICD10CM, ref.first, first), range ? "-" : "",
                           range ? code_print(SET_ICD10CM, ref.last, last) : "");
        if (strncmp(named, printed, (size_t)len) == 0 && (named[len] == '\0' || named[len] == ' ')) {
            *at = ref.start;
            return true;
        }
    }
    return false;
}

/* The part of a paragraph around what stands at a place, cut at blanks. */
static void cut_around(struct buf *out, const char *line, size_t at)
{
    const size_t n = strlen(line);
    size_t start = at > EXCERPT_MOST * 2 / 3 ? at - EXCERPT_MOST / 2 : 0;
    while (start > 0 && line[start] != ' ')
        start--;
    size_t end = n - start > EXCERPT_MOST ? start + EXCERPT_MOST : n;
    while (end < n && line[end] != ' ')
        end++;
    buf_puts(out, start ? "..." : "");
    buf_add(out, line + start, end - start);
    buf_puts(out, end < n ? " ..." : "");
}

/* What names the code in a section; the beginning of one that bears on its whole chapter. */
static void excerpt(struct buf *out, const char *text, const char *named)
{
    struct buf line = {0};
    const char *from = text;
    size_t at = 0;
    bool found = false;
    while (named && !found && next_line(&from, &line))
        found = names(buf_text(&line), named, &at);
    if (!found)
        next_line(&text, &line);
    cut_around(out, buf_text(&line), found ? at : 0);
    buf_free(&line);
}

static void print_bearing(struct guide *g, const struct bearing *b)
{
    const struct guideline *section = &b->guideline;
    struct buf text = {0};
    fputc('\n', g->page.out);
    print_title(g, 0, section);
    if (b->named)
        fprintf(g->page.out, "%*snames %s\n", STEP, "", b->named);
    else
        fprintf(g->page.out, "%*sthe section of its chapter\n", STEP, "");
    if (g->call->opt.text[OPT_FULL]) {
        print_paragraphs(&g->page, STEP, section->text);
    } else {
        excerpt(&text, section->text, b->named);
        if (text.len)
            page_item(&g->page, STEP, "", buf_text(&text));
    }
    buf_free(&text);
}

static enum status print_bearings(struct guide *g, const struct entry *e, struct error *err)
{
    const struct bearing *bearings = NULL;
    size_t n = 0;
    char code[CODE_MAX], label[2 * CODE_MAX];
    enum status st = guide_for(g->call->shelf, e, &g->arena, &bearings, &n, err);
    code_print(e->set, e->code, code);
    if (st != ST_OK)
        return st;
    if (n == 0)
        return error_set(err, ST_NONE, "no section of the guidelines of %s bears on %s", g->release->name, code);
    print_heading(g, COMP_GUIDELINES);
    if (!as_json(g)) {
        snprintf(label, sizeof label, "%s  ", code);
        page_item(&g->page, 0, label, e->printed ? e->printed : e->title);
    }
    for (size_t i = 0; i < n; i++) {
        if (as_json(g))
            put_json(g, &bearings[i].guideline, bearings[i].named ? bearings[i].named : "");
        else
            print_bearing(g, &bearings[i]);
    }
    return ST_OK;
}

/* A section as typed, else a code. */
static enum status print_asked(struct guide *g, const char *asked, struct error *err)
{
    struct guideline section;
    struct entry e;
    char code[CODE_MAX];
    enum status st = guide_find(g->call->shelf, asked, &g->arena, &section, err);
    if (st == ST_OK)
        return print_section(g, &section, err);
    if (st != ST_NONE)
        return st;
    if (!code_read(asked, code))
        return error_set(err, ST_NONE, "no section %s in the guidelines of %s (codeshelf guide lists them)", asked,
                         g->release->name);
    st = shelf_find(g->call->shelf, SET_ICD10CM, asked, &g->arena, &e, err);
    return st == ST_OK ? print_bearings(g, &e, err) : st;
}

static void put_convention(struct guide *g, const struct front *front)
{
    struct json *j = &g->json;
    json_open(j, '{');
    json_put_text(j, "title", front->title);
    json_put_text(j, "text", front->text);
    json_put_text(j, "release", g->release->name);
    json_close(j, '}');
    json_line(j, g->call->out);
}

static enum status print_conventions(struct guide *g, struct error *err)
{
    const struct front *front = NULL;
    size_t n = 0;
    const char *title = "";
    bool any = false;
    enum status st = shelf_front(g->call->shelf, g->release, &g->arena, &front, &n, err);
    for (size_t i = 0; i < n && st == ST_OK; i++) {
        if (strcmp(front[i].kind, "introduction") != 0)
            continue;
        if (!any)
            print_heading(g, COMP_TABULAR);
        any = true;
        if (as_json(g)) {
            put_convention(g, &front[i]);
            continue;
        }
        if (strcmp(front[i].title, title) != 0)
            fprintf(g->page.out, "\n%s\n", front[i].title);
        title = front[i].title;
        print_paragraphs(&g->page, STEP, front[i].text);
    }
    if (st == ST_OK && !any)
        return error_set(err, ST_NONE, "the Tabular List of %s has no introduction", g->release->name);
    return st;
}

enum status cmd_guide(struct call *c, struct error *err)
{
    struct guide g = {.call = c, .page = page_start(c->out)};
    struct buf asked = {0};
    call_words(c, &asked);
    const bool conventions = strcmp(buf_text(&asked), "conventions") == 0;
    enum status st = book_release(c, SET_ICD10CM, conventions ? COMP_TABULAR : COMP_GUIDELINES, &g.release, &g.other, err);
    if (st == ST_OK && conventions)
        st = print_conventions(&g, err);
    else if (st == ST_OK)
        st = c->nwords ? print_asked(&g, buf_text(&asked), err) : print_tree(&g, err);
    buf_free(&asked);
    json_free(&g.json);
    arena_free(&g.arena);
    return st;
}
