/* code.c - codes as typed, stored and printed, and the shapes the three sets give them. */
#include "codeshelf/code.h"

#include <stdio.h>
#include <string.h>

enum { TYPED_MOST = 7, DOT_AT = 3 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return c >= 'A' && c <= 'Z';
}

static size_t count_digits(const char *s)
{
    return strspn(s, "0123456789");
}

static bool all_alnum(const char *s)
{
    while (is_digit(*s) || is_letter(*s))
        s++;
    return !*s;
}

/* The text without blanks around it, without the dash or underscore that stands for "further characters" and the dot before
 * that. */
static void trim(const char **s, size_t *n)
{
    while (**s == ' ' || **s == '\t')
        ++*s;
    *n = strlen(*s);
    while (*n > 0 && strchr(" \t", (*s)[*n - 1]))
        --*n;
    while (*n > 0 && strchr("-_", (*s)[*n - 1]))
        --*n;
    if (*n > 0 && (*s)[*n - 1] == '.')
        --*n;
}

/* Whether letters and digits in upper case begin a code of some set. A word of three letters and more is no code: even those
 * with a letter in second place (QA0) have a digit in the third. */
static bool begins_code(const char *s, size_t n, bool dotted)
{
    if (is_letter(s[0]))
        return n < 3 || is_digit(s[1]) || is_digit(s[2]);
    if (dotted || n > 5)
        return false;
    return n == 2 || count_digits(s) >= (n < 4 ? n : 4);
}

bool code_read(const char *typed, char out[CODE_MAX])
{
    size_t len, n = 0;
    bool dotted = false;
    trim(&typed, &len);
    for (size_t i = 0; i < len; i++) {
        char c = typed[i];
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        if (c == '.' && i == DOT_AT) {
            dotted = true;
            continue;
        }
        if ((!is_digit(c) && !is_letter(c)) || n == TYPED_MOST)
            return false;
        out[n++] = c;
    }
    out[n] = '\0';
    return n > 0 && begins_code(out, n, dotted);
}

const char *code_print(enum codeset set, const char *code, char out[CODE_MAX])
{
    bool dot = set == SET_ICD10CM && strlen(code) > DOT_AT && !strchr(code, '-');
    if (dot)
        snprintf(out, CODE_MAX, "%.3s.%s", code, code + DOT_AT);
    else
        snprintf(out, CODE_MAX, "%s", code);
    return out;
}

bool code_shaped(enum codeset set, const char *code)
{
    size_t n = strlen(code);
    if (!all_alnum(code))
        return false;
    if (set == SET_ICD10CM)
        return n >= 3 && n <= TYPED_MOST && is_letter(code[0]) && (is_digit(code[1]) || is_digit(code[2]));
    if (n == 2)
        return true; /* a modifier: any two characters */
    if (set == SET_HCPCS)
        return n == 5 && is_letter(code[0]) && count_digits(code + 1) == 4;
    return n == 5 && count_digits(code) >= 4 && (is_digit(code[4]) || strchr("AFTUM", code[4]));
}

bool code_alike(const char *a, const char *b)
{
    const size_t n = strlen(a);
    return n > 0 && strlen(b) == n && (a[n - 1] == b[n - 1] || (is_digit(a[n - 1]) && is_digit(b[n - 1])));
}
