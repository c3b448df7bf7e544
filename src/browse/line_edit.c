/* line_edit.c - editing one line of UTF-8.
 *
 * The cursor is a byte offset that always stands between characters; every step goes through the two functions that find the
 * character before and after it. */
#include "line_edit.h"

#include <string.h>

#include "codeshelf/utf8.h"
#include "keys.h"

enum { CTRL_A = 1, CTRL_E = 5, CTRL_H = 8, CTRL_U = 21, CTRL_W = 23 };

static size_t before(const struct line_edit *e)
{
    size_t at = e->at;

    while (at > 0 && ((unsigned char)e->text[--at] & 0xC0) == 0x80) {
    }
    return at;
}

static size_t after(const struct line_edit *e)
{
    uint32_t cp;

    return e->at + utf8_decode(e->text + e->at, e->len - e->at, &cp);
}

void line_edit_set(struct line_edit *e, const char *text)
{
    size_t n = strlen(text), used = 0;
    uint32_t cp;

    while (used < n) {
        size_t step = utf8_decode(text + used, n - used, &cp);

        if (used + step >= sizeof e->text) {
            break;
        }
        used += step;
    }
    memcpy(e->text, text, used);
    e->text[used] = '\0';
    e->len = e->at = used;
}

static enum edit_result insert(struct line_edit *e, int key)
{
    char bytes[4];
    size_t n = utf8_encode((uint32_t)key, bytes);

    if (e->len + n >= sizeof e->text) {
        return EDIT_MOVED;
    }
    memmove(e->text + e->at + n, e->text + e->at, e->len - e->at + 1);
    memcpy(e->text + e->at, bytes, n);
    e->len += n;
    e->at += n;
    return EDIT_CHANGED;
}

static enum edit_result take_away(struct line_edit *e, size_t from, size_t to)
{
    memmove(e->text + from, e->text + to, e->len - to + 1);
    e->len -= to - from;
    e->at = from;
    return from == to ? EDIT_MOVED : EDIT_CHANGED;
}

static enum edit_result move_to(struct line_edit *e, size_t at)
{
    e->at = at;
    return EDIT_MOVED;
}

static size_t word_before(const struct line_edit *e)
{
    size_t at = e->at;

    while (at > 0 && e->text[at - 1] == ' ') {
        at--;
    }
    while (at > 0 && e->text[at - 1] != ' ') {
        at--;
    }
    return at;
}

enum edit_result line_edit_key(struct line_edit *e, int key)
{
    switch (key) {
    case KEYS_LEFT: return e->at == 0 ? EDIT_IGNORED : move_to(e, before(e));
    case KEYS_RIGHT: return e->at == e->len ? EDIT_IGNORED : move_to(e, after(e));
    case KEYS_HOME:
    case CTRL_A: return move_to(e, 0);
    case KEYS_END:
    case CTRL_E: return move_to(e, e->len);
    case CTRL_H:
    case KEYS_BACKSPACE: return take_away(e, before(e), e->at);
    case KEYS_DELETE: return take_away(e, e->at, after(e));
    case CTRL_U: return take_away(e, 0, e->at);
    case CTRL_W: return take_away(e, word_before(e), e->at);
    default: break;
    }
    if (key < 32 || key >= KEYS_UP || (key > 126 && key < 160)) {
        return EDIT_IGNORED;
    }
    return insert(e, key);
}

size_t line_edit_view(const struct line_edit *e, size_t width, size_t *start)
{
    size_t from = 0, column = utf8_width(e->text, e->at);
    uint32_t cp;

    while (column >= width && from < e->at) {
        from += utf8_decode(e->text + from, e->len - from, &cp);
        column = utf8_width(e->text + from, e->at - from);
    }
    *start = from;
    return column;
}
