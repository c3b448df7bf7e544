/* refs_narrow.c - what narrows a range: "T36-T50 with fifth or sixth character 5", "E08-E13 with .21".
 *
 * The book has two forms. Characters by their number ("7th character of 1 through 9", "fourth character .8", "final characters
 * -23") and what follows the dot (".26, .96", ".51-.52", ".x59" where x is any character). Of "fifth or sixth" the sixth is
 * meant unless it is missing or a placeholder, as in T36.91XA. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "refs_inside.h"

enum { DOT = 3, ENDING_MAX = 4 };

/* The number of a character named at text, 0 for none: "fifth", "5th". *len gets its bytes. */
static int ordinal_at(const char *text, size_t *len)
{
    static const struct {
        const char *word;
        int number;
    } words[] = {{"fourth", 4}, {"fifth", 5},   {"sixth", 6}, {"seventh", 7},
                 {"4th", 4},    {"5th", 5},     {"6th", 6},   {"7th", 7}};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncasecmp(text, words[i].word, strlen(words[i].word)) == 0) {
            *len = strlen(words[i].word);
            return words[i].number;
        }
    return 0;
}

/* The character that the words speak of; NUL when the code ends before it. */
static char character_meant(const char *narrowed, const char *code)
{
    const size_t n = strlen(code);
    char meant = '\0';
    size_t len = 1;

    for (const char *at = narrowed; *at; at += len) {
        const int number = ordinal_at(at, &len);
        if (!number)
            len = 1;
        else if ((size_t)number <= n && (code[number - 1] != 'X' || !meant))
            meant = code[number - 1];
        else if ((size_t)number > n && n < CODE_MAX && !meant)
            return '\0';
    }
    return meant;
}

static bool joins_range(const char *word, size_t n)
{
    return (n == 7 && strncmp(word, "through", n) == 0) || (n == 2 && strncmp(word, "to", n) == 0);
}

/* Whether the characters listed ("5", "B or C", "1-4 or 6", "1 through 9") have c. */
static bool list_has(const char *list, char c)
{
    char from = '\0';
    bool range = false;

    while (*list) {
        const size_t n = strcspn(list, " ,.-");
        if (n == 1 && (list[0] == c || (range && from <= c && c <= list[0])))
            return true;
        if (n == 1)
            from = list[0];
        range = n == 0 ? range || *list == '-' : joins_range(list, n);
        list += n ? n : 1;
    }
    return false;
}

/* Whether what follows the dot of a code begins as a pattern of n characters says, as far as the code goes. */
static int compare_ending(const char *pattern, size_t n, const char *ending)
{
    for (size_t i = 0; i < n && ending[i]; i++)
        if (pattern[i] != 'x' && pattern[i] != ending[i])
            return pattern[i] < ending[i] ? 1 : -1;
    return 0;
}

/* ".21", ".26, .96", ".51-.52" */
static bool dots_hold(const char *narrowed, const char *code)
{
    const char *ending = strlen(code) > DOT ? code + DOT : "", *before = NULL;
    size_t before_n = 0;
    bool range = false;

    while (*narrowed) {
        if (*narrowed != '.') {
            range = *narrowed == '-' && before != NULL;
            narrowed++;
            continue;
        }
        const size_t n = strspn(++narrowed, "0123456789xABCDEFGHIJKLMNOPQRSTUVWYZ");
        if (n && (compare_ending(narrowed, n, ending) == 0
                  || (range && compare_ending(before, before_n, ending) >= 0 && compare_ending(narrowed, n, ending) <= 0)))
            return true;
        before = narrowed;
        before_n = n;
        range = false;
        narrowed += n;
    }
    return false;
}

/* "final character 6", "final characters -23" */
static bool final_holds(const char *narrowed, const char *code)
{
    const char *digits = narrowed + strcspn(narrowed, "0123456789");
    const size_t n = strspn(digits, "0123456789"), len = strlen(code);

    return n == 0 || n > ENDING_MAX || len <= DOT || (len >= n && strncmp(code + len - n, digits, n) == 0);
}

bool narrowed_holds(const char *narrowed, const char *code)
{
    const char *list = strstr(narrowed, "character");
    size_t len;

    if (!*narrowed)
        return true;
    if (!list)
        list = strstr(narrowed, "digit");
    if (strncmp(narrowed, "final", 5) == 0)
        return final_holds(narrowed, code);
    if (!list)
        return !strchr(narrowed, '.') || dots_hold(narrowed, code);
    list += strcspn(list, " ");
    if (!ordinal_at(narrowed, &len) || !list[strspn(list, " ")] || strstr(list, "indicate"))
        return true;
    const char c = character_meant(narrowed, code);
    return c == '\0' || list_has(list, c);
}
