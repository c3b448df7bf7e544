/* utf8.c - UTF-8 decoded strictly (no overlong forms, no surrogates), columns counted, and outside bytes made UTF-8. */
#include "codeshelf/utf8.h"

#include <string.h>

#include "codeshelf/buf.h"
#include "latin.h"

enum { BAD = 0xFFFD };

/* The length that a first byte announces, 0 for none. */
static size_t length_of(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first < 0xC0 || first >= 0xF8)
        return 0;
    return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

size_t utf8_decode(const char *s, size_t n, uint32_t *cp)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000}; /* by length: what is smaller is overlong */
    *cp = BAD;
    if (n == 0)
        return 0;
    const unsigned char *u = (const unsigned char *)s;
    size_t len = length_of(u[0]);
    if (len == 0 || len > n)
        return 1;
    uint32_t c = len == 1 ? u[0] : u[0] & (0x7Fu >> len);
    for (size_t i = 1; i < len; i++) {
        if ((u[i] & 0xC0) != 0x80)
            return 1;
        c = c << 6 | (u[i] & 0x3F);
    }
    if (c < least[len] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return 1;
    *cp = c;
    return len;
}

size_t utf8_encode(uint32_t cp, char out[4])
{
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    size_t len = cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (size_t i = len - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (cp & 0x3F));
        cp >>= 6;
    }
    out[0] = (char)(lead[len] | cp);
    return len;
}

bool utf8_valid(const char *s, size_t n, size_t *bad)
{
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        size_t len = utf8_decode(s + i, n - i, &cp);
        if (cp == BAD && len == 1) {
            if (bad)
                *bad = i;
            return false;
        }
        i += len;
    }
    return true;
}

struct range {
    uint32_t first, last;
};

static bool in_ranges(uint32_t cp, const struct range *r, size_t n)
{
    for (size_t i = 0; i < n && cp >= r[i].first; i++)
        if (cp <= r[i].last)
            return true;
    return false;
}

int utf8_char_width(uint32_t cp)
{
    static const struct range marks[] = {
        {0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},   {0x610, 0x61A},   {0x64B, 0x65F},     {0x6D6, 0x6DC},
        {0xE34, 0xE3A},   {0xE47, 0xE4E},   {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F},   {0x202A, 0x202E},
        {0x2060, 0x206F}, {0x20D0, 0x20FF}, {0x302A, 0x302D}, {0x3099, 0x309A}, {0xFE00, 0xFE0F},   {0xFE20, 0xFE2F},
        {0xFEFF, 0xFEFF}, {0xE0001, 0xE007F}, {0xE0100, 0xE01EF}};
    static const struct range wide[] = {
        {0x1100, 0x115F}, {0x231A, 0x231B}, {0x2329, 0x232A},   {0x2E80, 0x303E},   {0x3041, 0x4DBF},   {0x4E00, 0xA4CF},
        {0xA960, 0xA97F}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},
        {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD}};
    if (cp < 0x300)
        return 1;
    if (in_ranges(cp, marks, sizeof marks / sizeof marks[0]))
        return 0;
    return in_ranges(cp, wide, sizeof wide / sizeof wide[0]) ? 2 : 1;
}

size_t utf8_width(const char *s, size_t n)
{
    size_t columns;
    utf8_fit(s, n, SIZE_MAX, &columns);
    return columns;
}

size_t utf8_fit(const char *s, size_t n, size_t width, size_t *used)
{
    size_t at = 0, columns = 0;
    while (at < n) {
        uint32_t cp;
        size_t len = utf8_decode(s + at, n - at, &cp);
        size_t w = (size_t)utf8_char_width(cp);
        if (w > width - columns)
            break;
        columns += w;
        at += len;
    }
    if (used)
        *used = columns;
    return at;
}

static bool is_control(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0x2028 || cp == 0x2029;
}

static void put_clean(struct buf *out, uint32_t cp)
{
    char bytes[4];
    if (is_control(cp) || cp == 0xA0 || cp == 0x2007 || cp == 0x202F)
        cp = ' ';
    buf_add(out, bytes, utf8_encode(cp, bytes));
}

/* What windows-1252 has where ISO 8859-1 has the upper control characters; 0 where it has nothing either. */
static uint32_t from_cp1252(unsigned char c)
{
    static const uint16_t upper[32] = {
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178};
    return c >= 0x80 && c < 0xA0 ? upper[c - 0x80] : c;
}

void utf8_from_bytes(struct buf *out, const char *bytes, size_t n)
{
    bool valid = utf8_valid(bytes, n, NULL);
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        if (valid) {
            i += utf8_decode(bytes + i, n - i, &cp);
        } else {
            cp = from_cp1252((unsigned char)bytes[i++]);
        }
        put_clean(out, cp);
    }
    if (n == 0)
        buf_add(out, "", 0); /* so that the text is there even when it is empty */
}

void text_squeeze(struct buf *out, const char *s, size_t n)
{
    bool blank = false, begun = false;
    for (size_t i = 0; i < n; i++) {
        bool hard = i + 1 < n && memcmp(s + i, "\xC2\xA0", 2) == 0; /* the non-breaking blank */
        if (hard || s[i] == ' ' || (s[i] >= '\t' && s[i] <= '\r')) {
            blank = begun;
            i += hard;
            continue;
        }
        if (blank)
            buf_putc(out, ' ');
        buf_putc(out, s[i]);
        blank = false;
        begun = true;
    }
    if (!begun)
        buf_add(out, "", 0);
}

static const char *ascii_for(uint32_t cp)
{
    static const struct {
        uint32_t cp;
        const char *text;
    } plain[] = {{0xA0, " "},     {0xA7, "S."},    {0xA9, "(C)"},   {0xAB, "\""},    {0xAD, "-"},     {0xAE, "(R)"},
                 {0xB0, " deg"},  {0xB1, "+/-"},   {0xB2, "2"},     {0xB3, "3"},     {0xB5, "u"},     {0xB7, "*"},
                 {0xBB, "\""},    {0xBC, "1/4"},   {0xBD, "1/2"},   {0xBE, "3/4"},   {0xC6, "AE"},    {0xD7, "x"},
                 {0xD8, "O"},     {0xDF, "ss"},    {0xE6, "ae"},    {0xF8, "o"},     {0x131, "i"},    {0x141, "L"},
                 {0x142, "l"},    {0x152, "OE"},   {0x153, "oe"},   {0x2010, "-"},   {0x2011, "-"},   {0x2012, "-"},
                 {0x2013, "-"},   {0x2014, "-"},   {0x2015, "-"},   {0x2018, "'"},   {0x2019, "'"},   {0x201A, "'"},
                 {0x201B, "'"},   {0x201C, "\""},  {0x201D, "\""},  {0x201E, "\""},  {0x2022, "*"},   {0x2026, "~"},
                 {0x2032, "'"},   {0x2033, "\""},  {0x2039, "<"},   {0x203A, ">"},   {0x2122, "(TM)"}, {0x2190, "<-"},
                 {0x2192, "->"},  {0x2212, "-"},   {0x2264, "<="},  {0x2265, ">="}};
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        if (plain[i].cp == cp)
            return plain[i].text;
    return "?";
}

void text_ascii(struct buf *out, const char *s)
{
    size_t n = strlen(s);
    buf_add(out, "", 0);
    while (n > 0) {
        uint32_t cp;
        size_t len = utf8_decode(s, n, &cp);
        char base = cp < 0x80 ? (char)cp : latin_base(cp);
        if (base)
            buf_putc(out, base);
        else if (utf8_char_width(cp) > 0) /* combining accents vanish */
            buf_puts(out, ascii_for(cp));
        s += len;
        n -= len;
    }
}
