/* outline.c - headings by their numbering.
 *
 * Each depth counts in its own way: "Section I.", "A.", "1.", "a.", "1)", "(a)", "(i)". A marker is a heading only where its
 * number is the next one at its depth, or the first one below the last heading: lists in the text that use the same marks
 * then stay text, and no number can be skipped unseen. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parts.h"

enum { ROMAN_MAX = 8, NUMBER_DIGITS = 3 };

static const char *const roman[] = {"i",    "ii", "iii", "iv", "v",   "vi",   "vii",   "viii", "ix",  "x",
                                    "xi",   "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"};

enum { ROMANS = sizeof roman / sizeof *roman };

/* A number as a roman one at the beginning of s, n characters; 0 for anything else. */
static int read_roman(const char *s, size_t n)
{
    char lower[ROMAN_MAX];
    if (n == 0 || n >= ROMAN_MAX) {
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        lower[i] = s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] - 'A' + 'a') : s[i];
    }
    for (int i = 0; i < ROMANS; i++) {
        if (strlen(roman[i]) == n && memcmp(roman[i], lower, n) == 0) {
            return i + 1;
        }
    }
    return 0;
}

/* "Section II." or "Appendix I"; the length of the marker, 0 for neither. */
static size_t read_part(const char *s, int *number, bool *appendix)
{
    *appendix = strncmp(s, "Appendix ", 9) == 0;
    if (!*appendix && strncmp(s, "Section ", 8) != 0) {
        return 0;
    }
    size_t word = *appendix ? 9 : 8, n = strspn(s + word, "IVX");
    char behind = s[word + n];
    *number = read_roman(s + word, n);
    /* In the text "See Section I.C.4." is a reference; the contents have dots behind the appendix. */
    bool whole = *appendix ? behind == '\0' || strncmp(s + word + n, "\xE2\x80\xA6", 3) == 0
                           : behind == '.' && s[word + n + 1] == ' ';
    return *number > 0 && whole ? word + n + !*appendix : 0;
}

/* The marker of a heading below the sections: its length, its depth and number; for "(i)" and the like the depth of letters
 * with *as_roman the number it has as a roman one. */
static size_t read_marker(const char *s, int *depth, int *number, int *as_roman)
{
    size_t digits = strspn(s, "0123456789");
    *as_roman = 0;
    if (digits > 0 && digits <= NUMBER_DIGITS && (s[digits] == '.' || s[digits] == ')') && s[digits + 1] == ' ') {
        *depth = s[digits] == '.' ? 2 : 4;
        *number = atoi(s);
        return digits + 1;
    }
    if (s[0] >= 'A' && s[0] <= 'Z' && s[1] == '.' && s[2] == ' ') {
        *depth = 1;
        *number = s[0] - 'A' + 1;
        return 2;
    }
    if (s[0] >= 'a' && s[0] <= 'z' && s[1] == '.' && s[2] == ' ') {
        *depth = 3;
        *number = s[0] - 'a' + 1;
        return 2;
    }
    size_t letters = s[0] == '(' ? strspn(s + 1, "abcdefghijklmnopqrstuvwxyz") : 0;
    if (letters > 0 && s[letters + 1] == ')') {
        *depth = 5;
        *number = letters == 1 ? s[1] - 'a' + 1 : 0;
        *as_roman = read_roman(s + 1, letters);
        return letters + 2;
    }
    return 0;
}

static bool comes_next(const struct gl_outline *o, int depth, int number)
{
    return number > 0 && (depth <= o->depth ? number == o->at[depth] + 1 : depth == o->depth + 1 && number == 1);
}

/* Headings begin with a capital, a digit ("7th Characters") or a quote. */
static bool is_title(const char *s)
{
    return s[0] != '\0' && !(s[0] >= 'a' && s[0] <= 'z') && s[0] != ')' && s[0] != ',';
}

bool gl_outline_next(struct gl_outline *o, const char *text, const char **title)
{
    int depth = 0, number = 0, as_roman = 0;
    bool appendix = false;
    size_t n = read_part(text, &number, &appendix);
    if (n > 0) {
        int next = appendix && !o->appendix ? 1 : o->at[0] + 1;
        if (number != next || (o->appendix && !appendix) || (o->depth < 0 && appendix)) {
            return false;
        }
        o->appendix = appendix;
    } else {
        n = read_marker(text, &depth, &number, &as_roman);
        if (n == 0 || o->depth < 0 || o->appendix) {
            return false;
        }
        /* "(i)" follows "(h)", or is the first under any other heading. */
        if (as_roman > 0 && comes_next(o, 6, as_roman) && !(o->depth == 5 && comes_next(o, 5, number))) {
            depth = 6;
            number = as_roman;
        }
        if (!comes_next(o, depth, number)) {
            return false;
        }
    }
    const char *behind = text + n + strspn(text + n, " ");
    if (!appendix && !is_title(behind)) {
        return false;
    }
    *title = behind;
    o->depth = depth;
    o->at[depth] = number;
    return true;
}

void gl_outline_id(const struct gl_outline *o, char out[GL_ID_MAX])
{
    size_t len = 0;
    for (int d = 0; d <= o->depth && len < GL_ID_MAX; d++) {
        int n = o->at[d];
        char one[16];
        if (d == 0 || d == 6) {
            snprintf(one, sizeof one, "%s", n <= ROMANS ? roman[n - 1] : "?");
            for (char *c = one; d == 0 && *c; c++) {
                *c = (char)(*c - 'a' + 'A');
            }
        } else if (d == 2 || d == 4) {
            snprintf(one, sizeof one, "%d", n);
        } else {
            snprintf(one, sizeof one, "%c", (d == 1 ? 'A' : 'a') + n - 1);
        }
        int added = snprintf(out + len, GL_ID_MAX - len, "%s%s", d > 0 ? "." : o->appendix ? "Appendix " : "", one);
        len += added > 0 ? (size_t)added : 0;
    }
}
