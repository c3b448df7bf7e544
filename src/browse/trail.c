/* trail.c - a trail is one text made when the index led to a code; only its end follows the reader on. */
#include "trail.h"

#include <stdio.h>
#include <string.h>

#include "term_row.h"

static void add_path(struct buf *out, const char *path)
{
    for (; *path != '\0'; path++) {
        if (*path == '\n') {
            buf_puts(out, " > ");
        } else {
            buf_putc(out, *path);
        }
    }
}

void trail_set(struct trail *t, const struct term *from, const char *release, const char *column, const char *printed)
{
    struct buf text = {0};
    size_t fit;

    buf_printf(&text, "%s %s: ", term_book_title(from->book), release);
    add_path(&text, from->path);
    buf_puts(&text, *from->path == '\0' ? "" : " > ");
    buf_puts(&text, from->title);
    if (column != NULL) {
        buf_printf(&text, " > %s", column);
    }
    buf_printf(&text, " > %s", printed);
    fit = text.len < sizeof t->text ? text.len : sizeof t->text - 1;
    while (fit > 0 && fit < text.len && ((unsigned char)text.text[fit] & 0xC0) == 0x80) {
        fit--;
    }
    memcpy(t->text, buf_text(&text), fit);
    t->text[fit] = '\0';
    t->set = from->set;
    if (!code_read(printed, t->code)) {
        t->code[0] = '\0';
    }
    buf_free(&text);
}

bool trail_text(const struct trail *t, const struct place *at, struct buf *out)
{
    char shown[CODE_MAX];
    size_t n = strlen(t->code);

    bool heading = at->kind == KIND_CHAPTER || at->kind == KIND_SECTION;

    if (n == 0 || heading || at->set != t->set || strncmp(at->code, t->code, n) != 0) {
        return false;
    }
    buf_puts(out, t->text);
    if (at->code[n] != '\0') {
        buf_printf(out, " > %s", code_print(at->set, at->code, shown));
    }
    return true;
}
