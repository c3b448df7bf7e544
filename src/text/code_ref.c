/* code_ref.c - the codes and ranges that a text names.
 *
 * A code is known by its shape: the book always prints the dot, so that E. coli O157 and H5N1 are none, and a letter with two
 * digits is a category wherever it stands, but for the few that the same texts use for vitamins and levels of the spine. What
 * makes it long is the hyphen, which is part of a code ("E08.-": whatever follows), joins the ends of a range, or is
 * punctuation, with or without blanks around it, and often doubled by hand: "I70.2--I70.7-", "Q70.0- -Q70.3-", "N26 - due". */
#include "codeshelf/code.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { CATEGORY = 3, ICD_MORE = 4, OTHER_CODE = 5 };

/* Reading past the end gives NUL. */
struct text {
    const char *s;
    size_t n;
};

static char char_at(const struct text *t, size_t at)
{
    return at < t->n ? t->s[at] : '\0';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_alnum(char c)
{
    return is_digit(c) || is_upper(c) || (c >= 'a' && c <= 'z');
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t skip_blanks(const struct text *t, size_t at)
{
    while (is_blank(char_at(t, at)))
        at++;
    return at;
}

/* Bytes of the hyphen, dash or minus sign there, 0 for none. */
static size_t dash_len(const struct text *t, size_t at)
{
    if (char_at(t, at) == '-')
        return 1;
    if (at + 3 > t->n)
        return 0;
    const char *s = t->s + at;
    bool dash = memcmp(s, "\xE2\x80", 2) == 0 && (unsigned char)s[2] >= 0x90 && (unsigned char)s[2] <= 0x95;
    return dash || memcmp(s, "\xE2\x88\x92", 3) == 0 ? 3 : 0;
}

/* Whether a word stands there whole. */
static bool word_at(const struct text *t, size_t at, const char *word)
{
    size_t n = strlen(word);
    return at + n <= t->n && memcmp(t->s + at, word, n) == 0 && !is_alnum(char_at(t, at + n));
}

/* --- one code ------------------------------------------------------------------------------------------------------- */

/* Copies what follows the dot; 0 unless it is 1 to 4 characters that end there. The placeholder is at times printed small. */
static size_t read_more(const struct text *t, size_t at, char *out)
{
    size_t n = 0;
    for (char c; (c = char_at(t, at + n)) != '\0' && n < ICD_MORE; n++) {
        if (!is_digit(c) && !is_upper(c) && c != 'x')
            break;
        out[n] = (char)(c == 'x' ? 'X' : c);
    }
    return is_alnum(char_at(t, at + n)) ? 0 : n;
}

/* Letter and two more. Letters there are few and only those in use count, as A1C is a blood test: A and B in third place
 * (M1A, C7B); any in second place (QA0) or third when a dot follows. */
static bool is_category(const char c[CATEGORY], bool dot)
{
    if (!is_upper(c[0]))
        return false;
    if (is_digit(c[1]))
        return is_digit(c[2]) || c[2] == 'A' || c[2] == 'B' || (dot && is_upper(c[2]));
    return dot && is_upper(c[1]) && is_digit(c[2]);
}

/* Reads an ICD-10-CM code; returns its length in the text, 0 for none. */
static size_t read_icd(const struct text *t, size_t at, char out[CODE_MAX])
{
    if (at + CATEGORY > t->n)
        return 0;
    const char *s = t->s + at;
    bool dot = char_at(t, at + CATEGORY) == '.';
    size_t more = dot ? read_more(t, at + CATEGORY + 1, out + CATEGORY) : 0;
    if (!is_category(s, more || (dot && dash_len(t, at + CATEGORY + 1))) || is_alnum(char_at(t, at + CATEGORY)))
        return 0;
    memcpy(out, s, CATEGORY);
    out[CATEGORY + more] = '\0';
    return more ? CATEGORY + 1 + more : CATEGORY;
}

/* Reads a HCPCS or CPT code: a letter and four digits, or four digits and a digit or letter. In HCPCS texts 1000U is a dose. */
static size_t read_other(enum codeset set, const struct text *t, size_t at, char out[CODE_MAX])
{
    if (at + OTHER_CODE > t->n || is_alnum(char_at(t, at + OTHER_CODE)))
        return 0;
    memcpy(out, t->s + at, OTHER_CODE);
    out[OTHER_CODE] = '\0';
    bool end_digit = is_digit(out[4]);
    if (code_shaped(SET_HCPCS, out) || (code_shaped(SET_CPT, out) && (set == SET_CPT || end_digit)))
        return OTHER_CODE;
    return 0;
}

static size_t read_code(enum codeset set, const struct text *t, size_t at, char out[CODE_MAX])
{
    return set == SET_ICD10CM ? read_icd(t, at, out) : read_other(set, t, at, out);
}

/* --- ranges --------------------------------------------------------------------------------------------------------- */

/* Reads the last code of a range at at. Its end, or 0 when there is none that follows first in the alphabet. */
static size_t read_last(enum codeset set, const struct text *t, size_t at, struct code_ref *r)
{
    char code[CODE_MAX];
    size_t n = read_code(set, t, at, code);
    if (n == 0 || strcmp(r->first, code) > 0)
        return 0;
    memcpy(r->last, code, sizeof code);
    return at + n;
}

/* "I83.1-.2": the last code without its category. */
static size_t read_last_short(const struct text *t, size_t at, struct code_ref *r)
{
    char code[CODE_MAX];
    size_t n = char_at(t, at) == '.' ? read_more(t, at + 1, code + CATEGORY) : 0;
    if (n == 0)
        return 0;
    memcpy(code, r->first, CATEGORY);
    code[CATEGORY + n] = '\0';
    if (strcmp(r->first, code) > 0)
        return 0;
    memcpy(r->last, code, sizeof code);
    return at + 1 + n;
}

/* Behind the one hyphen that stands for further characters ("-", ".-"), where there is one. */
static size_t skip_suffix(const struct text *t, size_t at)
{
    size_t dash = at + (char_at(t, at) == '.');
    size_t n = dash_len(t, dash);
    return n && (dash > at || !is_alnum(char_at(t, dash + n))) ? dash + n : at; /* "I10-related" has none */
}

/* The word between the ends of a range; its end, 0 for none. */
static size_t skip_to(const struct text *t, size_t at)
{
    static const char *const words[] = {"to", "through", "thru", "TO", "THROUGH", "THRU"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (word_at(t, at, words[i]))
            return at + strlen(words[i]);
    return 0;
}

/* Finds the last code of the range that r->first at end begins, setting r->last. The range's end, 0 when there is none. */
static size_t read_range(enum codeset set, const struct text *t, size_t end, struct code_ref *r)
{
    size_t dash = end + (char_at(t, end) == '.'), n = dash_len(t, dash), last;
    if (n && ((last = read_last(set, t, dash + n, r)) != 0 || (last = read_last_short(t, dash + n, r)) != 0))
        return last;
    size_t suffix = skip_suffix(t, end), next = skip_blanks(t, suffix);
    if ((n = dash_len(t, next)) != 0) /* "C - C", "C- -C", "C--C" */
        return read_last(set, t, skip_blanks(t, next + n), r);
    if (next == suffix)
        return 0;
    size_t to = skip_to(t, next);
    if (to)
        return read_last(set, t, skip_blanks(t, to), r);
    /* "T36- T50" was broken over lines or typed so; "K12.- K13.-" is two codes. */
    last = suffix > end && suffix == dash + 1 && dash == end ? read_last(set, t, next, r) : 0;
    bool both_short = strlen(r->first) == CATEGORY && strlen(r->last) == CATEGORY;
    return last && (both_short || strncmp(r->first, r->last, CATEGORY) == 0) ? last : 0;
}

/* --- what narrows a range ------------------------------------------------------------------------------------------- */

static bool names_character(const char *s, size_t n)
{
    static const char *const words[] = {"character", "digit"};
    if (n > 0 && (s[0] == '.' || s[0] == '-' || is_digit(s[0])))
        return true;
    for (size_t w = 0; w < 2; w++)
        for (size_t i = 0, len = strlen(words[w]); i + len <= n; i++)
            if (memcmp(s + i, words[w], len) == 0)
                return true;
    return false;
}

/* Whether the words about the characters end at at: with the bracket, the clause or the sentence. */
static bool ends_narrowing(const struct text *t, size_t at)
{
    char c = char_at(t, at), next = char_at(t, skip_blanks(t, at + 1));
    if (c == '\0' || c == ')' || c == ']' || c == ';' || c == ':')
        return true;
    if (c == ' ' && next == '-') /* "7th character 7 - death due to" */
        return is_blank(char_at(t, at + 2));
    bool goes_on = next == '.' || is_digit(next);
    if (c == ',')
        return !goes_on;
    return c == '.' && !is_alnum(char_at(t, at + 1)) && !goes_on;
}

/* Copies what stands behind "with" into r->with, when it is about characters of the code. */
static void read_with(const struct text *t, size_t at, struct code_ref *r)
{
    at = skip_blanks(t, at);
    if (word_at(t, at, "a"))
        at = skip_blanks(t, at + 1);
    size_t end = at;
    while (!ends_narrowing(t, end))
        end++;
    if (end - at >= sizeof r->with) /* a sentence goes on: keep whole words */
        for (end = at + sizeof r->with - 1; end > at && !is_blank(t->s[end]); end--)
            ;
    if (names_character(t->s + at, end - at))
        snprintf(r->with, sizeof r->with, "%.*s", (int)(end - at), t->s + at);
}

/* "E08, E09, E11 with .00" narrows every code of its list: looks behind the rest of the list for the "with". */
static void read_narrowing(const struct text *t, size_t at, struct code_ref *r)
{
    for (;;) {
        struct code_ref other = {0};
        size_t n, end;
        at = skip_blanks(t, skip_suffix(t, at));
        if (char_at(t, at) == '.' || char_at(t, at) == ',') /* "J96. with" */
            at = skip_blanks(t, at + 1);
        if (word_at(t, at, "with")) {
            read_with(t, at + strlen("with"), r);
            return;
        }
        if ((n = read_icd(t, at, other.first)) == 0)
            return;
        end = read_range(SET_ICD10CM, t, at + n, &other);
        at = end ? end : at + n;
    }
}

/* --- finding them --------------------------------------------------------------------------------------------------- */

static bool word_before(const struct text *t, size_t at, const char *const *words, size_t count)
{
    size_t end = at;
    while (end > 0 && is_blank(t->s[end - 1]))
        end--;
    for (size_t i = 0; i < count && end < at; i++) {
        size_t n = strlen(words[i]);
        if (end >= n && strncasecmp(t->s + end - n, words[i], n) == 0 && (end == n || !is_alnum(t->s[end - n - 1])))
            return true;
    }
    return false;
}

/* Whether what looks like a code of len bytes is something else by its name or by the word before it: a vitamin, a level of
 * the spine (B12, T10 to T12 are no categories), a page. */
static bool is_other_thing(const struct text *t, size_t at, size_t len)
{
    static const char *const things[] = {"B12", "T10", "T11", "T12"};
    static const char *const before_letters[] = {"vitamin", "vitamins", "coenzyme"};
    static const char *const before_numbers[] = {"page", "section", "p."};
    if (is_digit(t->s[at]))
        return word_before(t, at, before_numbers, sizeof before_numbers / sizeof before_numbers[0]);
    if (len != CATEGORY)
        return false;
    for (size_t i = 0; i < sizeof things / sizeof things[0]; i++)
        if (memcmp(t->s + at, things[i], CATEGORY) == 0)
            return true;
    return word_before(t, at, before_letters, sizeof before_letters / sizeof before_letters[0]);
}

/* Whether a code may begin here: not inside a word or number, nor behind a hyphen that ends a word ("HLA-B27"). */
static bool may_begin(const struct text *t, size_t at)
{
    if (at == 0)
        return true;
    char c = t->s[at - 1];
    if (is_alnum(c) || (c == '.' && at > 1 && is_alnum(t->s[at - 2])))
        return false;
    return c != '-' || at < 2 || !is_alnum(t->s[at - 2]) || is_digit(t->s[at - 2]);
}

bool code_ref_next(enum codeset set, const char *text, size_t n, size_t *pos, struct code_ref *out)
{
    const struct text t = {text, n};
    for (size_t at = *pos; at < n; at++) {
        struct code_ref r = {.start = at};
        size_t len = may_begin(&t, at) ? read_code(set, &t, at, r.first) : 0;
        if (len == 0 || is_other_thing(&t, at, len))
            continue;
        size_t end = read_range(set, &t, at + len, &r);
        if (!end) {
            memcpy(r.last, r.first, sizeof r.last);
            end = at + len;
        }
        for (size_t suffix; (suffix = skip_suffix(&t, end)) > end;) /* the index prints "M97.1--" */
            end = suffix;
        if (set == SET_ICD10CM)
            read_narrowing(&t, end, &r);
        r.len = end - at;
        *out = r;
        *pos = end;
        return true;
    }
    *pos = n;
    return false;
}
