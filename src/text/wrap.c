/* wrap.c - greedy line breaking over columns: as many whole words as fit, then the next line. */
#include "codeshelf/wrap.h"

#include "codeshelf/utf8.h"

void wrap_start(struct wrap *w, const char *text, size_t len, size_t width, size_t hang)
{
    *w = (struct wrap){.text = text, .len = len, .width = width ? width : 1, .hang = hang, .first = true};
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t skip_blanks(const struct wrap *w, size_t at)
{
    while (at < w->len && is_blank(w->text[at]))
        at++;
    return at;
}

static size_t word_end(const struct wrap *w, size_t at)
{
    while (at < w->len && !is_blank(w->text[at]))
        at++;
    return at;
}

/* How many bytes of a word longer than the line go on it: up to the last hyphen or slash that fits, else all that fit. */
static size_t cut_word(const char *word, size_t len, size_t width)
{
    size_t fit = utf8_fit(word, len, width, NULL);
    for (size_t i = fit; i > 1; i--)
        if (word[i - 1] == '-' || word[i - 1] == '/')
            return i;
    if (fit == 0) { /* a wide character on a line of one column goes there all the same */
        uint32_t cp;
        fit = utf8_decode(word, len, &cp);
    }
    return fit;
}

bool wrap_next(struct wrap *w, struct wrap_line *out)
{
    size_t width = w->first ? w->width : w->width > w->hang ? w->width - w->hang : 1;
    size_t start = skip_blanks(w, w->pos), end = start, columns = 0;
    if (start == w->len)
        return false;
    for (size_t at = start; at < w->len; at = skip_blanks(w, end)) {
        size_t next = word_end(w, at);
        size_t more = utf8_width(w->text + end, next - end); /* the blanks before the word and the word */
        if (columns + more > width)
            break;
        columns += more;
        end = next;
    }
    if (end == start)
        end += cut_word(w->text + start, word_end(w, start) - start, width);
    *out = (struct wrap_line){start, end - start};
    w->pos = end;
    w->first = false;
    return true;
}

size_t wrap_count(const char *text, size_t len, size_t width, size_t hang)
{
    struct wrap w;
    struct wrap_line line;
    size_t n = 0;
    for (wrap_start(&w, text, len, width, hang); wrap_next(&w, &line);)
        n++;
    return n;
}
