/* text.c - the small things that order file, Tabular and outline have in common: clean text, the shape of a code,
 * ranges. */
#include <string.h>

#include "codeshelf/utf8.h"
#include "icd10cm.h"

/* Nearly all text of the official files is plain already; telling so first saves a third of the import. */
static bool is_plain(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (s[i] < ' ' || s[i] > '~' || (s[i] == ' ' && (i == 0 || s[i - 1] == ' '))) {
            return false;
        }
    }
    return true;
}

const char *icd_text(struct arena *arena, struct buf *scratch, const char *bytes, size_t n)
{
    while (n > 0 && bytes[n - 1] == ' ') {
        n--;
    }
    if (is_plain(bytes, n)) {
        return arena_strndup(arena, bytes, n);
    }
    buf_clear(scratch);
    utf8_from_bytes(scratch, bytes, n);
    struct buf squeezed = {0};
    text_squeeze(&squeezed, buf_text(scratch), scratch->len);
    const char *text = arena_strndup(arena, buf_text(&squeezed), squeezed.len);
    buf_free(&squeezed);
    return text;
}

static bool is_code_char(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool icd_code_shaped(const char *code, size_t n)
{
    if (n < 3 || n > 7 || code[0] < 'A' || code[0] > 'Z' || (!is_digit(code[1]) && !is_digit(code[2]))) {
        return false;
    }
    for (size_t i = 1; i < n; i++) {
        if (!is_code_char(code[i])) {
            return false;
        }
    }
    return true;
}

void icd_code_raise_x(char *code)
{
    for (size_t i = 0; code[i]; i++) {
        if (code[i] == 'x' && i > 2) {
            code[i] = 'X';
        }
    }
}

/* The two ends of a section's range; a section of one category is its own end. */
static const char *range_end(const char *section)
{
    const char *dash = strchr(section, '-');
    return dash ? dash + 1 : section;
}

bool icd_section_holds(const char *outer, const char *inner)
{
    /* Letters follow digits in ASCII as they do in the book (C7A after C75, I5A after I52), so text order serves for
     * the ends of ranges, though not for the categories between them (C4A stands after C44). */
    return strncmp(outer, inner, 3) <= 0 && strncmp(range_end(inner), range_end(outer), 3) <= 0;
}

size_t icd_heading_split(const char *printed, char range[CODE_MAX])
{
    size_t n = strlen(printed);
    const char *open = strrchr(printed, '(');
    range[0] = '\0';
    if (!open || n == 0 || printed[n - 1] != ')') {
        return n;
    }
    size_t inside = (size_t)(printed + n - 1 - (open + 1));
    if (inside >= CODE_MAX || inside < 3 || !icd_code_shaped(open + 1, 3)) {
        return n;
    }
    for (size_t i = 3; i < inside; i++) {
        if (open[1 + i] != '-' && !is_code_char(open[1 + i])) {
            return n;
        }
    }
    memcpy(range, open + 1, inside);
    range[inside] = '\0';
    n = (size_t)(open - printed);
    while (n > 0 && printed[n - 1] == ' ') {
        n--;
    }
    return n;
}
