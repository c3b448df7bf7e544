/* notes.c - the processing notes file: "0013--TEXT" and further lines, each padded and closed with a star.
 *
 * Lines before the first number are the heading. A code cites a note by its number. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/utf8.h"
#include "files.h"
#include "reader/lines.h"

enum { NUMBER_LEN = 4, NOTES_MAX = 10000, HEADING_LINES = 40 };

/* "0013--" at the beginning. */
static bool begins_note(const char *text, size_t n)
{
    size_t i = 0;
    while (i < n && isdigit((unsigned char)text[i])) {
        i++;
    }
    return i == NUMBER_LEN && n >= NUMBER_LEN + 2 && text[i] == '-' && text[i + 1] == '-';
}

/* Takes blanks, tabs and the closing star off both ends. */
static void trim_line(const char **text, size_t *n)
{
    while (*n > 0 && (**text == ' ' || **text == '\t')) {
        (*text)++;
        (*n)--;
    }
    while (*n > 0 && strchr(" \t\r*", (*text)[*n - 1]) && (*text)[*n - 1] != '\0') {
        (*n)--;
    }
}

bool proc_notes_is(const struct input *in)
{
    static const char heading[] = "PROCESSING NOTES";
    struct lines l;
    bool headed = false;
    lines_start(&l, in->bytes, in->len);
    while (lines_next(&l) && l.number <= HEADING_LINES) {
        const char *text = l.text;
        size_t n = l.len;
        trim_line(&text, &n);
        if (headed && begins_note(text, n)) {
            return true;
        }
        headed = headed || (n == sizeof heading - 1 && memcmp(text, heading, n) == 0);
    }
    return false;
}

void proc_notes_put(struct proc_notes *notes, const char *number, const char *text)
{
    bool added;
    map_put(&notes->numbers, number, strlen(number), (uint32_t)notes->texts.len, &added);
    if (added) {
        VEC_PUSH(&notes->texts, arena_strdup(notes->arena, text));
    }
}

static void end_note(struct proc_notes *notes, const char *number, struct buf *raw)
{
    struct buf clean = {0}, text = {0};
    utf8_from_bytes(&clean, buf_text(raw), raw->len);
    text_squeeze(&text, buf_text(&clean), clean.len);
    if (*number && text.len > 0) {
        proc_notes_put(notes, number, buf_text(&text));
    }
    buf_clear(raw);
    buf_free(&clean);
    buf_free(&text);
}

enum status proc_notes_read(const struct input *in, struct proc_notes *notes, struct error *err)
{
    struct lines l;
    struct buf raw = {0};
    char number[NUMBER_LEN + 1] = "";
    enum status st = ST_OK;
    lines_start(&l, in->bytes, in->len);
    while (st == ST_OK && lines_next(&l)) {
        const char *text = l.text;
        size_t n = l.len;
        trim_line(&text, &n);
        if (begins_note(text, n)) {
            end_note(notes, number, &raw);
            memcpy(number, text, NUMBER_LEN);
            number[NUMBER_LEN] = '\0';
            if (notes->texts.len > NOTES_MAX || map_get(&notes->numbers, number, NUMBER_LEN, NULL)) {
                st = input_error(err, in->path, l.number, 1, "expected a new processing note, found %s again", number);
            }
            text += NUMBER_LEN + 2;
            n -= NUMBER_LEN + 2;
        }
        if (*number) {
            buf_add(&raw, text, n);
            buf_putc(&raw, ' ');
        }
    }
    end_note(notes, st == ST_OK ? number : "", &raw);
    if (st == ST_OK && notes->texts.len == 0) {
        st = input_error(err, in->path, 0, 0, "expected processing notes, found none");
    }
    buf_free(&raw);
    return st;
}

const char *proc_notes_get(const struct proc_notes *notes, const char *number)
{
    uint32_t i;
    return map_get(&notes->numbers, number, strlen(number), &i) ? notes->texts.items[i] : NULL;
}

void proc_notes_free(struct proc_notes *notes)
{
    free(notes->texts.items);
    map_free(&notes->numbers);
    *notes = (struct proc_notes){.arena = notes->arena};
}
