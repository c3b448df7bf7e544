/* draw.c - curses output, clipped and safe.
 *
 * A text goes character by character through one place that replaces what must not reach a terminal; curses then compares the
 * screen with the one before and sends the difference. Note kinds have colours, but never colours alone: each is also a word. */
#include "draw.h"

#include <curses.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/utf8.h"

enum { COLOR_DEFAULT = -1 };

/* Pair numbers are style numbers; a foreground of COLOR_DEFAULT needs no pair. No blue: it is too dark to read on black. */
static const struct look {
    short color;
    attr_t attrs;
} looks[STYLE_COUNT] = {
    [STYLE_TEXT] = {COLOR_DEFAULT, 0},
    [STYLE_FAINT] = {COLOR_DEFAULT, A_DIM},
    [STYLE_STRONG] = {COLOR_DEFAULT, A_BOLD},
    [STYLE_HEADING] = {COLOR_CYAN, A_BOLD},
    [STYLE_CODE] = {COLOR_GREEN, A_BOLD},
    [STYLE_HEADER] = {COLOR_DEFAULT, A_BOLD},
    [STYLE_ENDED] = {COLOR_RED, A_DIM},
    [STYLE_LINK] = {COLOR_CYAN, 0},
    [STYLE_EXCLUDES1] = {COLOR_RED, A_BOLD},
    [STYLE_EXCLUDES2] = {COLOR_YELLOW, A_BOLD},
    [STYLE_INCLUDES] = {COLOR_GREEN, 0},
    [STYLE_SEQUENCE] = {COLOR_MAGENTA, A_BOLD},
    [STYLE_NOTE] = {COLOR_DEFAULT, A_BOLD},
    [STYLE_WARNING] = {COLOR_YELLOW, A_BOLD},
    [STYLE_BANNER] = {COLOR_DEFAULT, A_REVERSE},
    [STYLE_KEY] = {COLOR_CYAN, A_BOLD},
    [STYLE_HIT] = {COLOR_DEFAULT, A_BOLD | A_UNDERLINE},
    [STYLE_GONE] = {COLOR_RED, 0},
    [STYLE_NEW] = {COLOR_GREEN, A_BOLD},
    [STYLE_CHOSEN] = {COLOR_DEFAULT, A_REVERSE | A_BOLD},
};

void draw_styles(bool color)
{
    if (!color) {
        return;
    }
    start_color();
    use_default_colors();
    for (short i = 0; i < STYLE_COUNT; i++) {
        if (looks[i].color != COLOR_DEFAULT) {
            init_pair(i, looks[i].color, COLOR_DEFAULT);
        }
    }
}

static attr_t attributes(enum style style, bool marked)
{
    attr_t a = looks[style].attrs;

    if (looks[style].color != COLOR_DEFAULT && COLORS > 0) {
        a |= (attr_t)COLOR_PAIR(style);
    }
    return marked ? (a & ~(attr_t)A_DIM) ^ A_REVERSE : a;
}

void draw_erase(const struct canvas *c)
{
    (void)c;
    erase();
}

static bool harmful(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0x200E || cp == 0x200F || (cp >= 0x2028 && cp <= 0x202E) ||
           (cp >= 0x2060 && cp <= 0x206F) || cp == 0xFEFF;
}

/* The bytes of s that may be shown as they are, up to the first harmful character. */
static size_t harmless(const char *s, size_t n)
{
    size_t at = 0;

    while (at < n) {
        uint32_t cp;
        size_t step = utf8_decode(s + at, n - at, &cp);

        if (harmful(cp) || (cp == 0xFFFD && step == 1)) {
            break;
        }
        at += step;
    }
    return at;
}

/* Appends s with every harmful character replaced. */
static void add_safe(struct buf *out, const char *s, size_t n)
{
    while (n > 0) {
        size_t good = harmless(s, n);

        buf_add(out, s, good);
        s += good;
        n -= good;
        if (n > 0) {
            uint32_t cp;
            size_t step = utf8_decode(s, n, &cp);

            buf_putc(out, '?');
            s += step;
            n -= step;
        }
    }
}

static int put(int y, int x, int width, const char *text, size_t n)
{
    size_t used, fit = utf8_fit(text, n, (size_t)width, &used);

    mvaddnstr(y, x, text, (int)fit);
    return (int)used;
}

int draw_text(const struct canvas *c, int y, int x, int width, const char *text, size_t n, enum style style, bool marked)
{
    int used;

    if (width <= 0 || n == 0) {
        return 0;
    }
    attrset((int)attributes(style, marked));
    if (!c->ascii && harmless(text, n) == n) {
        used = put(y, x, width, text, n);
    } else {
        struct buf safe = {0}, plain = {0};

        add_safe(&safe, text, n);
        if (c->ascii) {
            text_ascii(&plain, buf_text(&safe));
        }
        const struct buf *b = c->ascii ? &plain : &safe;
        used = put(y, x, width, buf_text(b), b->len);
        buf_free(&safe);
        buf_free(&plain);
    }
    attrset(A_NORMAL);
    return used;
}

int draw_cut(const struct canvas *c, int y, int x, int width, const char *text, enum style style, bool marked)
{
    size_t n = strlen(text), used;

    if (width <= 0) {
        return 0;
    }
    if (utf8_width(text, n) <= (size_t)width) {
        return draw_text(c, y, x, width, text, n, style, marked);
    }
    n = utf8_fit(text, n, (size_t)width - 1, &used);
    used = (size_t)draw_text(c, y, x, width - 1, text, n, style, marked);
    return (int)used + draw_text(c, y, x + (int)used, 1, c->ascii ? "~" : "…", c->ascii ? 1 : 3, style, marked);
}

int draw_end(const struct canvas *c, int y, int x, int width, const char *text, enum style style)
{
    const char *from = text, *blank;
    int used = 0;

    while (utf8_width(from, strlen(from)) + (from == text ? 0 : 2) > (size_t)(width > 2 ? width : 2) &&
           (blank = strchr(from, ' ')) != NULL) {
        from = blank + 1;
    }
    if (from != text) {
        used = draw_text(c, y, x, width, c->ascii ? "~ " : "… ", c->ascii ? 2 : 4, STYLE_FAINT, false);
    }
    return used + draw_cut(c, y, x + used, width - used, from, style, false);
}

void draw_blank(const struct canvas *c, int y, int x, int width, enum style style, bool marked)
{
    (void)c;
    attrset((int)attributes(style, marked));
    for (int i = 0; i < width; i++) {
        mvaddch(y, x + i, ' ');
    }
    attrset(A_NORMAL);
}

void draw_rule(const struct canvas *c, const struct rect *r)
{
    const char *s = r->h == 1 && r->w > 1 ? (c->ascii ? "-" : "─") : (c->ascii ? "|" : "│");

    attrset((int)attributes(STYLE_FAINT, false));
    for (int y = r->y; y < r->y + r->h; y++) {
        for (int x = r->x; x < r->x + r->w; x++) {
            mvaddstr(y, x, s);
        }
    }
    attrset(A_NORMAL);
}

void draw_joint(const struct canvas *c, int y, int x, bool above)
{
    attrset((int)attributes(STYLE_FAINT, false));
    mvaddstr(y, x, c->ascii ? "+" : above ? "┬" : "┴");
    attrset(A_NORMAL);
}

void draw_cursor(struct canvas *c, int y, int x)
{
    c->cursor_y = y;
    c->cursor_x = x;
}
