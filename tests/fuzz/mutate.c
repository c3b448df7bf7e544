#include "mutate.h"

#include <stdlib.h>
#include <string.h>

/* splitmix64: small, and the same on every machine. */
static uint64_t next(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static size_t below(uint64_t *state, size_t n)
{
    return n ? (size_t)(next(state) % n) : 0;
}

/* Puts n bytes in place of gone bytes at a place. */
static void splice(struct buf *text, size_t at, size_t gone, const char *bytes, size_t n)
{
    struct buf out = {0};

    gone = gone < text->len - at ? gone : text->len - at;
    buf_add(&out, buf_text(text), at);
    buf_add(&out, bytes, n);
    buf_add(&out, buf_text(text) + at + gone, text->len - at - gone);
    buf_free(text);
    *text = out;
}

static void mutate_once(struct buf *text, uint64_t *state)
{
    static const char *const pieces[] = {"<", ">", "</diag>", "<diag><name>", "<![CDATA[", "&#0;", "&", "\"", "\t", "\r", "\n\n",
                                         "\xA0", "\xC3", "\xF4\x90\x80\x80", "\x1b[2J", "99999999999999999999", "-", "(", "00000000",
                                         "# ", "\"\"", ",,", "\xEF\xBB\xBF", "S52-A00", "  "};
    enum { PIECES = sizeof pieces / sizeof *pieces, PART = 64 };
    const size_t at = below(state, text->len + 1);
    const char *piece = pieces[below(state, PIECES)];
    char part[PART];

    switch (below(state, 6)) {
    case 0: /* cut off */
        splice(text, at, text->len, "", 0);
        break;
    case 1: /* a bit turned */
        if (at < text->len)
            text->text[at] = (char)(text->text[at] ^ (1 << below(state, 8)));
        break;
    case 2: /* a part lost */
        splice(text, at, 1 + below(state, PART), "", 0);
        break;
    case 3: { /* a part doubled, elsewhere */
        const size_t left = text->len - at, n = below(state, left < PART ? left + 1 : PART);
        memcpy(part, buf_text(text) + at, n);
        splice(text, below(state, text->len + 1), 0, part, n);
        break;
    }
    case 4:
        splice(text, at, 0, piece, strlen(piece));
        break;
    default:
        splice(text, at, below(state, 8), piece, strlen(piece));
    }
}

void mutate(struct buf *text, uint64_t seed)
{
    uint64_t state = seed;
    const size_t times = 1 + below(&state, 4);

    for (size_t i = 0; i < times; i++)
        mutate_once(text, &state);
}
