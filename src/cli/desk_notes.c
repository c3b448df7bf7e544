/* desk_notes.c - how notes of the desk are shown beside the official ones. */
#include "desk_notes.h"

#include <string.h>

enum { STEP = 2 };

enum status desk_notes_open(struct call *c, struct desks *out, struct error *err)
{
    struct error passed = {0};
    enum status st = desks_open(c->opt.text[OPT_DESK], c->opt.text[OPT_NOTES], out, &passed, err);
    if (passed.text[0])
        call_say(c, passed.text);
    return st;
}

static void print_lines(const struct page *p, const char *text)
{
    struct buf line = {0};
    while (*text) {
        const size_t n = strcspn(text, "\n");
        buf_clear(&line);
        buf_add(&line, text, n);
        if (n)
            page_item(p, 2 * STEP, "", buf_text(&line));
        else
            fputc('\n', p->out);
        text += n + (text[n] == '\n');
    }
    buf_free(&line);
}

void desk_notes_text(const struct page *p, const struct desk_note *notes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct buf head = {0};
        if (i == 0 || strcmp(notes[i].collection, notes[i - 1].collection) != 0) {
            buf_printf(&head, "%s (not official)", notes[i].collection);
            fputc('\n', p->out);
            page_item(p, 0, "", buf_text(&head));
            buf_clear(&head);
        }
        for (size_t k = 0; k < notes[i].ncodes; k++)
            buf_printf(&head, "%s%s", k ? ", " : "", notes[i].codes[k]);
        page_item(p, STEP, "", buf_text(&head));
        print_lines(p, notes[i].text);
        buf_free(&head);
    }
}

void desk_note_json(struct json *j, const struct desk_note *note)
{
    json_open(j, '{');
    json_put_text(j, "collection", note->collection);
    json_put_text(j, "text", note->text);
    json_key(j, "codes");
    json_open(j, '[');
    for (size_t i = 0; i < note->ncodes; i++)
        json_text(j, note->codes[i]);
    json_close(j, ']');
    json_put_bool(j, "official", false);
    json_close(j, '}');
}
