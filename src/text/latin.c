/* latin.c - which letters are a plain letter with accents, as Unicode's decompositions have it.
 *
 * The blocks hold capital and small letters in turn, so that a run needs only its plain letters and where the capitals stand.
 * A dot is a letter of its own (Æ, Ø, Đ): it has a case but no plain letter. */
#include "latin.h"

#include <stddef.h>
#include <string.h>

enum capitals { CAPITALS_NONE, CAPITALS_ALL, CAPITALS_EVEN, CAPITALS_ODD };

static const struct run {
    uint32_t first;
    enum capitals capitals;
    const char *base;
} runs[] = {
    {0xC0, CAPITALS_ALL, "aaaaaa.ceeeeiiii.nooooo"},
    {0xD8, CAPITALS_ALL, ".uuuuy."},
    {0xDF, CAPITALS_NONE, ".aaaaaa.ceeeeiiii.nooooo"},
    {0xF8, CAPITALS_NONE, ".uuuuy.y"},
    {0x100, CAPITALS_EVEN, "aaaaaaccccccccdd..eeeeeeeeeegggggggghh..iiiiiiiii...jjkk"},
    {0x139, CAPITALS_ODD, "llllll....nnnnnn"},
    {0x14A, CAPITALS_EVEN, "..oooooo..rrrrrrsssssssstttt..uuuuuuuuuuuuwwyy"},
    {0x178, CAPITALS_ALL, "y"},
    {0x179, CAPITALS_ODD, "zzzzzz"},
    {0x17F, CAPITALS_NONE, "s"},
    {0x1CD, CAPITALS_ODD, "aaiioouuuuuuuuuu"},
    {0x1E6, CAPITALS_EVEN, "ggkkoooo"},
    {0x1F8, CAPITALS_EVEN, "nnaa"},
    {0x200, CAPITALS_EVEN, "aaaaeeeeiiiioooorrrruuuusstt"},
    {0x226, CAPITALS_EVEN, "aaeeooooooooyy"},
    {0x1E00, CAPITALS_EVEN, "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
                            "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzz"},
    {0x1E96, CAPITALS_NONE, "htwy"},
    {0x1EA0, CAPITALS_EVEN, "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy"},
};

static const struct run *run_find(uint32_t cp)
{
    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++)
        if (cp >= runs[i].first && cp - runs[i].first < strlen(runs[i].base))
            return &runs[i];
    return NULL;
}

static bool is_capital(const struct run *r, uint32_t cp)
{
    return r->capitals == CAPITALS_ALL || (r->capitals == CAPITALS_EVEN && cp % 2 == 0)
           || (r->capitals == CAPITALS_ODD && cp % 2 == 1);
}

char latin_base(uint32_t cp)
{
    const struct run *r = run_find(cp);
    if (!r || r->base[cp - r->first] == '.')
        return 0;
    char c = r->base[cp - r->first];
    return is_capital(r, cp) ? (char)(c - 'a' + 'A') : c;
}

uint32_t latin_lower(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= 'A' && cp <= 'Z' ? cp + ('a' - 'A') : cp;
    const struct run *r = run_find(cp);
    if (!r || !is_capital(r, cp))
        return cp;
    if (cp == 0x130) /* capital I with dot */
        return 'i';
    if (cp == 0x178) /* the small y with diaeresis is in Latin-1 */
        return 0xFF;
    return cp < 0x100 ? cp + 0x20 : cp + 1;
}

bool latin_is_accent(uint32_t cp)
{
    return (cp >= 0x300 && cp <= 0x304) || (cp >= 0x306 && cp <= 0x30C) || cp == 0x30F || cp == 0x311 || cp == 0x31B
           || (cp >= 0x323 && cp <= 0x328) || cp == 0x32D || cp == 0x32E || cp == 0x330 || cp == 0x331;
}
