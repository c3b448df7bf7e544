/* markdown.c - a Markdown file cut into notes: at each heading that names codes a new one begins.
 *
 * Only headings with number signs are looked for, and not inside fenced blocks; everything else is text, kept line by line as it
 * stands. Every fault is collected, so that a file is mended in one go. */
#include "markdown.h"

#include <stdlib.h>
#include <string.h>

#include "codeshelf/arena.h"
#include "codeshelf/utf8.h"

enum { SIGNS_MOST = 6, INDENT_MOST = 3, PROBLEMS_MOST = 50 };

struct reading {
    const char *name;
    struct markdown *out;
    struct buf line; /* the current one as UTF-8 */
    struct buf text; /* what stands under the current heading */
    size_t number;
    size_t problems;
    struct buf *says;
    size_t first_range; /* of the current heading */
    bool coded;         /* a heading of codes was seen */
    char fence;         /* of the block that is open, or NUL */
};

/* at: a byte of the line. Columns are characters. */
static void add_problem(struct reading *r, size_t at, const char *what)
{
    size_t column = 1;
    for (size_t i = 0; i < at && i < r->line.len; i++)
        column += ((unsigned char)r->line.text[i] & 0xC0) != 0x80;
    if (r->problems++ < PROBLEMS_MOST)
        buf_printf(r->says, "%s:%zu:%zu: %s\n", r->name, r->number, column, what);
}

static char *take_text(struct buf *text)
{
    while (text->len > 0 && (text->text[text->len - 1] == '\n' || text->text[text->len - 1] == ' '))
        text->len--;
    char *copy = mem_alloc(text->len + 1);
    memcpy(copy, buf_text(text), text->len);
    buf_clear(text);
    return copy;
}

/* Ends the note, or what stands before the first one. */
static void end_piece(struct reading *r)
{
    struct markdown *m = r->out;
    char *text = take_text(&r->text);
    if (!r->coded) {
        m->about = text;
    } else if (!*text) {
        m->ranges.len = r->first_range;
        m->textless++;
        free(text);
    } else {
        struct piece piece = {r->first_range, m->ranges.len - r->first_range, text};
        VEC_PUSH(m, piece);
    }
    r->first_range = m->ranges.len;
}

/* The heading's text in [*start, *end) of the line; false when it is none. */
static bool find_heading(const struct buf *line, size_t *start, size_t *end)
{
    size_t indent = 0, signs;
    while (indent < line->len && line->text[indent] == ' ')
        indent++;
    for (signs = 0; indent + signs < line->len && line->text[indent + signs] == '#';)
        signs++;
    *start = indent + signs;
    *end = line->len;
    if (indent > INDENT_MOST || signs == 0 || signs > SIGNS_MOST || (*start < *end && line->text[*start] != ' '))
        return false;
    while (*start < *end && line->text[*start] == ' ')
        ++*start;
    size_t close = *end;
    while (close > *start && line->text[close - 1] == '#')
        close--;
    if (close == *start || line->text[close - 1] == ' ')
        *end = close;
    while (*end > *start && line->text[*end - 1] == ' ')
        --*end;
    return true;
}

/* Opens or closes a fenced block; inside one nothing is a heading. */
static bool is_fence(struct reading *r)
{
    const char *s = buf_text(&r->line);
    while (*s == ' ')
        s++;
    if (strncmp(s, "```", 3) != 0 && strncmp(s, "~~~", 3) != 0)
        return false;
    if (!r->fence)
        r->fence = *s;
    else if (r->fence == *s)
        r->fence = '\0';
    return true;
}

static void add_line(struct reading *r, const char *s, size_t n)
{
    if (n == 0 && r->text.len == 0)
        return;
    buf_add(&r->text, s, n);
    buf_putc(&r->text, '\n');
}

/* Whether the line is a heading that begins a note, or the title. */
static bool take_heading(struct reading *r)
{
    struct markdown *m = r->out;
    struct code_ranges found = {0};
    struct buf what = {0};
    size_t start, end, words = 0, at = 0;
    if (!find_heading(&r->line, &start, &end))
        return false;
    const char *text = r->line.text + start;
    const enum heading is = heading_read(text, end - start, &found, &words, &at, &what);
    const bool title = is == HEADING_WORDS && !r->coded && !m->title && end > start;
    if (is == HEADING_CODES) {
        end_piece(r);
        r->coded = true;
        for (size_t i = 0; i < found.len; i++)
            VEC_PUSH(&m->ranges, found.items[i]);
        add_line(r, text + words, end - start - words);
    } else if (is == HEADING_WRONG) {
        add_problem(r, start + at, buf_text(&what));
    } else if (title) {
        m->title = mem_alloc(end - start + 1);
        memcpy(m->title, text, end - start);
    }
    free(found.items);
    buf_free(&what);
    return is != HEADING_WORDS || title;
}

static void take_line(struct reading *r, const char *bytes, size_t n)
{
    const char *nul = memchr(bytes, '\0', n);
    buf_clear(&r->line);
    utf8_from_bytes(&r->line, bytes, nul ? (size_t)(nul - bytes) : n);
    r->number++;
    if (nul) {
        add_problem(r, r->line.len, "expected text in UTF-8, found a NUL byte");
        return;
    }
    while (r->line.len > 0 && r->line.text[r->line.len - 1] == ' ')
        r->line.text[--r->line.len] = '\0';
    if (is_fence(r) || r->fence || !take_heading(r))
        add_line(r, buf_text(&r->line), r->line.len);
}

bool markdown_read(const char *name, const char *bytes, size_t n, struct markdown *out, struct buf *problems)
{
    struct reading r = {.name = name, .out = out, .says = problems};
    size_t at = n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < n) {
        const char *feed = memchr(bytes + at, '\n', n - at);
        const size_t end = feed ? (size_t)(feed - bytes) : n;
        take_line(&r, bytes + at, end > at && bytes[end - 1] == '\r' ? end - 1 - at : end - at);
        at = end + 1;
    }
    end_piece(&r);
    buf_clear(&r.line);
    if (!r.coded && r.problems == 0)
        add_problem(&r, 0, "expected a heading that names codes (\"# icd10cm E11.9\"), found the end of the file");
    if (r.problems > PROBLEMS_MOST)
        buf_printf(problems, "%s: and %zu more\n", name, r.problems - PROBLEMS_MOST);
    buf_free(&r.line);
    buf_free(&r.text);
    return r.problems == 0;
}

void markdown_free(struct markdown *m)
{
    for (size_t i = 0; i < m->len; i++)
        free(m->items[i].text);
    free(m->items);
    free(m->ranges.items);
    free(m->title);
    free(m->about);
    *m = (struct markdown){0};
}
