/* heading.c - the codes and ranges that a heading names: "icd10cm E11.9", "hcpcs J0897, J0898", "99202-99215: Office visits".
 *
 * Two mistakes are to be avoided: taking words for codes, and, worse, taking codes for words, which would put the text that
 * follows under the codes of the heading before. So a heading whose first word is a code has to be read to its end; words behind
 * the codes need a colon or a dash between blanks, and anything else is a fault. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "codeshelf/arena.h"
#include "markdown.h"

enum { CATEGORY = 3, FOUND_MOST = 30 };

/* A heading while it is read: reading past the end gives NUL. */
struct scan {
    const char *s;
    size_t n, pos;
    enum codeset set; /* as the heading says, SET_COUNT where the shape of a code has to */
};

static char char_at(const struct scan *h, size_t at)
{
    return at < h->n ? h->s[at] : '\0';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_alnum(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t skip_blanks(const struct scan *h, size_t at)
{
    while (char_at(h, at) == ' ')
        at++;
    return at;
}

/* Behind hyphens and dashes at the place given; the place itself when there are none. */
static size_t skip_dashes(const struct scan *h, size_t at)
{
    for (;;) {
        if (char_at(h, at) == '-')
            at++;
        else if (at + 3 <= h->n && (memcmp(h->s + at, "\xE2\x80\x93", 3) == 0 || memcmp(h->s + at, "\xE2\x80\x94", 3) == 0))
            at += 3;
        else
            return at;
    }
}

static size_t word_end(const struct scan *h, size_t at)
{
    while (is_alnum(char_at(h, at)) || char_at(h, at) == '.')
        at++;
    return at;
}

static void read_set(struct scan *h)
{
    static const struct {
        const char *word;
        enum codeset set;
    } words[] = {{"icd-10-cm", SET_ICD10CM}, {"icd10cm", SET_ICD10CM}, {"hcpcs", SET_HCPCS}, {"cpt", SET_CPT}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t len = strlen(words[i].word);
        if (h->n - h->pos < len || strncasecmp(h->s + h->pos, words[i].word, len) != 0 || is_alnum(char_at(h, h->pos + len)))
            continue;
        h->set = words[i].set;
        h->pos = skip_blanks(h, h->pos + len);
        return;
    }
}

/* The set of a code by its shape: a dot, or three characters with digits in the second and third place (A and B stand in the
 * third as well: M1A, C7B), are ICD-10-CM's; a letter and four digits are HCPCS's. SET_COUNT when it looks like none: no A1C,
 * H1N1, and no modifiers. */
static enum codeset guess_set(const char *code, bool dotted)
{
    const bool icd = code_shaped(SET_ICD10CM, code);
    if (dotted)
        return icd ? SET_ICD10CM : SET_COUNT;
    if (strlen(code) > 2 && code_shaped(SET_HCPCS, code))
        return SET_HCPCS;
    if (strlen(code) > 2 && code_shaped(SET_CPT, code))
        return SET_CPT;
    return icd && (is_digit(code[2]) || (is_digit(code[1]) && strchr("AB", code[2]))) ? SET_ICD10CM : SET_COUNT;
}

/* "2026", "FY2025": no code, though one of six characters could look like that. */
static bool is_year(const char *word, size_t n)
{
    if (n == 6 && strncasecmp(word, "FY", 2) == 0)
        return is_year(word + 2, 4);
    return n == 4 && (strncmp(word, "20", 2) == 0 || strncmp(word, "19", 2) == 0);
}

/* Reads the code at a place into stored form; *end is behind it. */
static bool read_code(const struct scan *h, size_t at, enum codeset *set, char out[CODE_MAX], size_t *end)
{
    char typed[CODE_MAX];
    *end = word_end(h, at);
    if (*end == at || *end - at >= sizeof typed || is_year(h->s + at, *end - at))
        return false;
    memcpy(typed, h->s + at, *end - at);
    typed[*end - at] = '\0';
    const bool dotted = strchr(typed, '.') && strchr(typed, '.')[1];
    if (h->set == SET_COUNT || h->set == SET_ICD10CM) {
        if (!code_read(typed, out))
            return false;
        *set = h->set == SET_COUNT ? guess_set(out, dotted) : h->set;
        return *set != SET_COUNT && code_shaped(*set, out);
    }
    /* CPT and HCPCS: modifiers begin with any character, which code_read does not take. */
    size_t n = 0;
    for (; typed[n]; n++)
        out[n] = typed[n] >= 'a' && typed[n] <= 'z' ? (char)(typed[n] - 'a' + 'A') : typed[n];
    out[n] = '\0';
    *set = h->set;
    return code_shaped(*set, out);
}

/* Whether the ends of a range stand the wrong way round, as far as that can be said without a shelf: in ICD-10-CM M1A comes
 * before M10 and U after Z. */
static bool backwards(const struct code_range *r)
{
    const char *a = r->first, *b = r->last;
    if (r->set != SET_ICD10CM)
        return !code_alike(a, b) || strcmp(a, b) > 0;
    if (a[0] != b[0])
        return a[0] > b[0] && b[0] != 'U';
    const bool same = strncmp(a, b, CATEGORY) == 0;
    const bool digits = is_digit(a[1]) && is_digit(a[2]) && is_digit(b[1]) && is_digit(b[2]);
    return (same || digits) && strcmp(a, b) > 0;
}

static enum heading wrong(const struct scan *h, size_t at, size_t *out, struct buf *what, const char *expected)
{
    const size_t from = skip_blanks(h, at);
    size_t end = word_end(h, from);
    if (end == from && from < h->n)
        end = from + 1;
    while (end < h->n && ((unsigned char)h->s[end] & 0xC0) == 0x80)
        end++; /* never a part of a character */
    const int len = (int)(end - from < FOUND_MOST ? end - from : FOUND_MOST);
    *out = from;
    buf_printf(what, "expected %s", expected);
    if (len)
        buf_printf(what, ", found \"%.*s\"", len, h->s + from);
    else
        buf_puts(what, ", found the end of the heading");
    return HEADING_WRONG;
}

static enum heading wrong_code(const struct scan *h, size_t at, size_t *out, struct buf *what)
{
    char expected[64];
    snprintf(expected, sizeof expected, "%s code", h->set == SET_COUNT ? "a" : h->set == SET_ICD10CM ? "an ICD-10-CM"
             : h->set == SET_HCPCS ? "a HCPCS" : "a CPT");
    return wrong(h, at, out, what, expected);
}

/* Whether a word that is no code was meant as one: it begins like one, and is no year ("CPT 2026 section guidelines"). */
static bool meant_as_code(const struct scan *h, size_t at)
{
    const size_t n = word_end(h, at) - at;
    return !is_year(h->s + at, n) && (is_digit(char_at(h, at)) || (n > 1 && is_digit(char_at(h, at + 1))));
}

/* Reads what may follow a code: the end of a range, or a dash that only says "and what follows". */
static enum heading read_range(struct scan *h, struct code_range *r, size_t *at, struct buf *what)
{
    const size_t blanks = skip_blanks(h, h->pos), dashes = skip_dashes(h, blanks), next = skip_blanks(h, dashes);
    struct scan same = *h;
    enum codeset set;
    size_t end;
    if (dashes == blanks)
        return HEADING_CODES;
    if (next == h->n || strchr(",;:", char_at(h, next))) {
        h->pos = next;
        return HEADING_CODES;
    }
    same.set = r->set;
    if (!read_code(&same, next, &set, r->last, &end)) {
        memcpy(r->last, r->first, sizeof r->last);
        return blanks > h->pos ? HEADING_CODES : wrong_code(&same, next, at, what);
    }
    if (backwards(r))
        return wrong(h, next, at, what, "a later code of the same kind at the end of the range");
    h->pos = end;
    const size_t behind = skip_dashes(h, end), then = skip_blanks(h, behind);
    if (then == h->n || strchr(",;:", char_at(h, then)))
        h->pos = behind;
    return HEADING_CODES;
}

/* Behind a comma, a semicolon or an "and"; false when there is none. */
static bool read_separator(struct scan *h)
{
    const size_t at = skip_blanks(h, h->pos);
    size_t behind = at;
    if (char_at(h, at) && strchr(",;", char_at(h, at)))
        behind = skip_blanks(h, at + 1);
    if (behind + 3 < h->n && strncasecmp(h->s + behind, "and", 3) == 0 && h->s[behind + 3] == ' ')
        behind += 3;
    h->pos = behind == at ? h->pos : skip_blanks(h, behind);
    return behind != at;
}

/* What ends the codes: the end, or the words behind a colon or a dash between blanks. */
static enum heading read_rest(const struct scan *h, size_t *words, size_t *at, struct buf *what)
{
    const size_t from = skip_blanks(h, h->pos), dashes = skip_dashes(h, from);
    *words = h->n;
    if (from == h->n)
        return HEADING_CODES;
    if (char_at(h, from) != ':' && (dashes == from || from == h->pos))
        return wrong(h, from, at, what, "a comma, a colon or the end of the heading");
    *words = skip_blanks(h, dashes == from ? from + 1 : dashes);
    return HEADING_CODES;
}

enum heading heading_read(const char *text, size_t n, struct code_ranges *out, size_t *words, size_t *at, struct buf *what)
{
    struct scan h = {text, n, 0, SET_COUNT};
    enum heading is = HEADING_CODES;
    bool first = true;
    do {
        struct code_range r;
        size_t end;
        h.pos = skip_blanks(&h, h.pos);
        read_set(&h);
        if (!read_code(&h, h.pos, &r.set, r.first, &end)) {
            if (first && (h.set == SET_COUNT || !meant_as_code(&h, h.pos)))
                return HEADING_WORDS;
            return wrong_code(&h, h.pos, at, what);
        }
        memcpy(r.last, r.first, sizeof r.last);
        h.pos = end;
        first = false;
        is = read_range(&h, &r, at, what);
        if (is == HEADING_CODES)
            VEC_PUSH(out, r);
    } while (is == HEADING_CODES && read_separator(&h));
    return is == HEADING_CODES ? read_rest(&h, words, at, what) : is;
}
