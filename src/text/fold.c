/* fold.c - text as the search index sees it: words of letters and digits, lower case, without accents.
 *
 * The index is SQLite's unicode61 with remove_diacritics 2; whoever marks a matched word or compares two titles must cut and
 * fold as it does. tests/text/fold.c holds the two against each other. */
#include "codeshelf/fold.h"

#include "codeshelf/buf.h"
#include "codeshelf/utf8.h"
#include "latin.h"

/* Outside the Latin script only what English texts may hold is told apart: punctuation, symbols, Greek. */
static bool is_word(uint32_t cp)
{
    static const struct {
        uint32_t first, last;
    } gaps[] = {{0x00, 0x2F},     {0x3A, 0x40},     {0x5B, 0x60},     {0x7B, 0xA9},     {0xAB, 0xB1},
                {0xB4, 0xB4},     {0xB6, 0xB8},     {0xBB, 0xBB},     {0xBF, 0xBF},     {0xD7, 0xD7},
                {0xF7, 0xF7},     {0x2C2, 0x2C5},   {0x2D2, 0x2DF},   {0x2E5, 0x2EB},   {0x2ED, 0x2ED},
                {0x2EF, 0x36F},   {0x37E, 0x37E},   {0x387, 0x387},   {0x2000, 0x2064}, {0x206A, 0x206F},
                {0x207A, 0x207E}, {0x208A, 0x208E}, {0x20A0, 0x20F0}, {0x2190, 0x23F3}, {0x2500, 0x26FF},
                {0x2794, 0x2B4C}, {0x3000, 0x3004}, {0x3008, 0x3020}, {0xE000, 0xF8FF}, {0xFE00, 0xFE6F},
                {0xFF01, 0xFF0F}, {0xFFF9, 0xFFFF}, {0x1F000, 0x1FAFF}};
    for (size_t i = 0; i < sizeof gaps / sizeof gaps[0] && cp >= gaps[i].first; i++)
        if (cp <= gaps[i].last)
            return latin_is_accent(cp);
    return true;
}

/* The character folded; 0 for an accent, which vanishes. */
static uint32_t fold_char(uint32_t cp)
{
    if (cp < 0x80)
        return latin_lower(cp);
    if (latin_is_accent(cp))
        return 0;
    char base = latin_base(cp);
    if (base)
        return latin_lower((unsigned char)base);
    if (cp == 0xB5) /* the micro sign is the Greek letter */
        return 0x3BC;
    if (cp >= 0x391 && cp <= 0x3A9 && cp != 0x3A2)
        return cp + 0x20;
    return latin_lower(cp);
}

void fold_text(struct buf *out, const char *s, size_t n)
{
    while (n > 0) {
        uint32_t cp;
        char bytes[4];
        size_t len = utf8_decode(s, n, &cp);
        cp = fold_char(cp);
        if (cp)
            buf_add(out, bytes, utf8_encode(cp, bytes));
        s += len;
        n -= len;
    }
}

static bool is_blank(uint32_t cp)
{
    return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0xA0;
}

/* The next folded character of *s, a run of white space being one blank (none at the end); 0 at the end. */
static uint32_t next_folded(const char **s)
{
    bool blank = false;
    for (;;) {
        if (!**s)
            return 0;
        uint32_t cp, folded;
        size_t len = utf8_decode(*s, 4, &cp); /* the NUL ends every sequence, so that nothing behind it is read */
        if (is_blank(cp)) {
            blank = true;
        } else if (blank) {
            return ' ';
        } else if ((folded = fold_char(cp)) != 0) {
            *s += len;
            return folded;
        }
        *s += len;
    }
}

bool fold_equal(const char *a, const char *b)
{
    while (is_blank((unsigned char)*a))
        a++;
    while (is_blank((unsigned char)*b))
        b++;
    for (;;) {
        uint32_t x = next_folded(&a), y = next_folded(&b);
        if (x != y)
            return false;
        if (!x)
            return true;
    }
}

bool word_next(const char *s, size_t n, size_t *pos, struct word_span *out)
{
    bool inside = false;
    while (*pos < n) {
        uint32_t cp;
        size_t len = utf8_decode(s + *pos, n - *pos, &cp);
        bool word = is_word(cp) && (inside || !latin_is_accent(cp));
        if (word && !inside)
            out->start = *pos;
        if (!word && inside)
            break;
        inside = word;
        *pos += len;
    }
    if (inside)
        out->len = *pos - out->start;
    return inside;
}
