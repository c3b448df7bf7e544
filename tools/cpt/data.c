/* data.c - where the notice ends. Data begin behind a blank line, but a notice may hold lines there that look like data ("99213
 * is a number in prose"): in fixed columns one such line proves nothing, so several have to follow one another in the same
 * paragraph, or end the file. The paragraph's first line is then the first of the data, so that a damaged line near the top is
 * reported instead of being taken for the notice. */
#include "cpt/data.h"

#include <string.h>

#include "cpt/book.h"

enum {
    RUN_MIN = 3,              /* lines of data in a row that no prose has; between tabs one is enough */
    NOTICE_LINES_MAX = 20000, /* lines looked at for the beginning */
    LOOK_LINES_MAX = 20000    /* lines looked at to tell files apart: all of a release */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t trimmed(const char *s, size_t n)
{
    while (n > 0 && (s[n - 1] == ' ' || s[n - 1] == '\t'))
        n--;
    return n;
}

static bool pla_line(const char *line, size_t n)
{
    const char *tab = memchr(line, '\t', n);
    if (!tab || !memchr(tab + 1, '\t', n - (size_t)(tab + 1 - line)))
        return false;
    const size_t left = n - (size_t)(tab + 1 - line);
    return (tab - line == 5 && book_code_at(line, n) && line[4] == 'U') ||
           (book_code_at(tab + 1, left) && tab[5] == 'U' && left > 5 && tab[6] == '\t');
}

enum data_form data_line(const char *line, size_t n)
{
    n = trimmed(line, n);
    if (pla_line(line, n))
        return DATA_PLA;
    if (n < 7 || !book_code_at(line, n))
        return DATA_NONE;
    if (line[5] == '\t')
        return DATA_TAB;
    if (line[5] == ' ' && line[6] != ' ')
        return DATA_FIXED;
    const bool number = is_digit(line[5]) && is_digit(line[6]), blank = line[5] == ' ' && line[6] == ' ';
    return n > 8 && (number || blank) && line[7] == ' ' ? DATA_SEQUENCE : DATA_NONE;
}

static bool rest_blank(const struct lines *l)
{
    for (const char *s = l->at; s < l->end; s++)
        if (!strchr(" \t\r\n", *s))
            return false;
    return true;
}

struct data_start data_find(const char *bytes, size_t n)
{
    struct lines l, paragraph;
    enum data_form form = DATA_NONE; /* of the first line of the paragraph */
    size_t run = 0;
    bool begins = true;
    lines_start(&l, bytes, n);
    while (l.number < NOTICE_LINES_MAX) {
        const struct lines before = l;
        if (!lines_next(&l))
            break;
        const enum data_form now = data_line(l.text, l.len);
        const bool blank = trimmed(l.text, l.len) == 0;
        if (begins && !blank) {
            paragraph = before;
            form = now;
        }
        begins = blank;
        run = now != DATA_NONE && now == form ? run + 1 : 0;
        if (run >= (form == DATA_TAB ? 1 : RUN_MIN) || (run > 0 && rest_blank(&l)))
            return (struct data_start){form, paragraph};
    }
    return (struct data_start){0};
}

static bool order_line(const char *s, size_t n)
{
    return n > 76 && s[5] == ' ' && s[13] == ' ' && (s[14] == '0' || s[14] == '1') && s[15] == ' ';
}

struct data_look data_look(const struct data_start *start)
{
    struct data_look out = {0};
    struct lines l = start->lines;
    const size_t text = start->form == DATA_SEQUENCE ? 8 : 6;
    while (out.lines < LOOK_LINES_MAX && lines_next(&l)) {
        const size_t n = trimmed(l.text, l.len);
        if (n == 0)
            continue;
        out.lines++;
        out.odd += data_line(l.text, l.len) != start->form;
        out.order_lines += order_line(l.text, n);
        if (l.len > out.widest_line)
            out.widest_line = l.len;
        if (n > text && n - text > out.widest_text)
            out.widest_text = n - text;
        for (size_t i = text; i < n && !out.lower; i++)
            out.lower = l.text[i] >= 'a' && l.text[i] <= 'z';
    }
    return out;
}
