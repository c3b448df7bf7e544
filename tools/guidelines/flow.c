/* flow.c - where paragraphs begin, now that only the lines of a page are left.
 *
 * Empty lines part paragraphs, but rows of a list follow each other without, and the foot of a page hides them: up to two
 * empty lines stand before it anyway. Two more signs help: a mark or a term set apart begins an item; and a line that ends so early that the next word would have fitted was
 * ended on purpose. */
#include <string.h>

#include "parts.h"

enum { SLACK_PERCENT = 15, INDENT_STEP = 2, FOOT_BLANKS = 2, TITLE_LONG = 48, TITLE_LINE_MAX = 60 };

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool gl_ends_sentence(const char *text)
{
    size_t n = strlen(text);
    if (n >= 3 && memcmp(text + n - 3, "\xE2\x80\x9D", 3) == 0) {
        return true;
    }
    return n > 0 && strchr(".?!:\")", text[n - 1]) != NULL;
}

/* Ends with a word that no title ends with. */
static bool ends_open(const char *t)
{
    static const char *const words[] = {"and", "or", "of", "for", "the", "to", "with", "in", "a", "by", "as", "its", "from"};
    size_t n = strlen(t), from = n;
    while (from > 0 && t[from - 1] != ' ') {
        from--;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(t + from, words[i]) == 0) {
            return true;
        }
    }
    return n > 0 && (t[n - 1] == '-' || t[n - 1] == ',');
}

static bool begins_with(const char *s, const char *with)
{
    return strncmp(s, with, strlen(with)) == 0;
}

static bool ends_with(const char *s, const char *with)
{
    size_t n = strlen(s), len = strlen(with);
    return n >= len && strcmp(s + n - len, with) == 0;
}

/* A bullet, "a. Capital", "- text", "Y = text", a remark on a row, or a term that stands apart from its text. */
static bool is_item(const struct gl_line *line)
{
    const char *s = line->text;
    return begins_with(s, "\xE2\x80\xA2") || (strchr("-*", s[0]) && s[1] == ' ') || begins_with(s, "Except:") ||
           begins_with(s, "Note:") || (is_upper(s[0]) && begins_with(s + 1, " = ")) ||
           (is_lower(s[0]) && s[1] == '.' && s[2] == ' ' && is_upper(s[3])) || line->body > line->indent;
}

/* A row of a list of codes: "Z75.3, Unavailability of". */
static bool begins_with_code(const char *s)
{
    size_t n = strcspn(s, " ");
    return n >= 4 && is_upper(s[0]) && is_digit(s[1]) && s[n - 1] == ',';
}

/* One row of a list after another: codes with their names, or phrases with "; or" between. */
static bool is_next_row(const char *prev, const char *s)
{
    static const char *const open[] = {" code", " codes", " category", " subcategory"};
    bool alternative = ends_with(prev, "; or") || ends_with(prev, "; and");
    bool rows = begins_with_code(prev) && begins_with_code(s) && !ends_open(prev);
    for (size_t i = 0; rows && i < sizeof open / sizeof *open; i++) {
        rows = !ends_with(prev, open[i]);
    }
    return alternative || rows;
}

/* Whether the line's first word had found room behind prev, with that part of the line to spare. */
static bool would_fit(const struct gl_line *prev, const struct gl_line *line, int percent)
{
    int spare = (prev->edge - prev->body) * percent / 100;
    return prev->end + 1 + (int)strcspn(line->text, " ") <= prev->edge - spare;
}

bool gl_begins_paragraph(const struct gl_line *prev, const struct gl_line *line)
{
    bool ended = gl_ends_sentence(prev->text);
    if (is_item(line) || is_next_row(prev->text, line->text)) {
        return true;
    }
    if (is_lower(line->text[0])) {
        return ended && line->blanks > 0 && !line->page;
    }
    if (line->page) {
        return ended ? line->blanks > FOOT_BLANKS || would_fit(prev, line, 0) : would_fit(prev, line, SLACK_PERCENT);
    }
    /* Lines of a paragraph begin where its first line does, or its text behind a mark. */
    if (line->indent > prev->body + INDENT_STEP || line->indent < prev->indent - INDENT_STEP) {
        return true;
    }
    return line->blanks > 0 || (ended && begins_with(line->text, "See Section")) ||
           would_fit(prev, line, SLACK_PERCENT);
}

bool gl_title_goes_on(const char *t, const struct gl_line *line, const struct gl_line *after)
{
    const char *s = line->text;
    size_t n = strlen(s);
    if (line->blanks > 0 || line->page || is_item(line)) {
        return false;
    }
    if (ends_open(t) || is_lower(s[0]) || s[0] == '(') {
        return true;
    }
    /* A short line of capitals after a long one, not the beginning of a sentence: one more line of the title. */
    bool next_begins = !after || after->blanks > 0 || after->page || !(is_lower(after->text[0]) || is_digit(after->text[0]));
    return strlen(t) >= TITLE_LONG && n <= TITLE_LINE_MAX && s[n - 1] != '.' && s[n - 1] != ':' && s[n - 1] != ',' &&
           !begins_with(s, "See ") && next_begins;
}

/* "E11-" and "T81.12-" end in a dash of their own. */
static bool ends_in_code(const char *s, size_t n)
{
    size_t from = n;
    while (from > 0 && s[from - 1] != ' ' && s[from - 1] != '(') {
        from--;
    }
    return n - from >= 4 && is_upper(s[from]) && is_digit(s[from + 1]);
}

void gl_join(struct buf *paragraph, const char *text)
{
    size_t n = paragraph->len;
    const char *s = buf_text(paragraph);
    bool hyphen = n > 1 && s[n - 1] == '-' && s[n - 2] != ' ';
    bool code_follows = is_upper(text[0]) && is_digit(text[1]);
    if (n > 0 && !(hyphen && (code_follows || !ends_in_code(s, n)))) {
        buf_putc(paragraph, ' ');
    }
    buf_puts(paragraph, text);
}
