/* descriptors.c - the files with one descriptor a code. Long descriptors come between tabs (one line a code, any length) or in
 * 80-column records that repeat the code with the next sequence number; medium and short ones in fixed columns. */
#include <string.h>

#include "codeshelf/utf8.h"
#include "cpt/cpt.h"
#include "cpt/data.h"

enum { LONG_COLUMN = 8, FIXED_COLUMN = 6, LINE_MAX_BYTES = 16384, FOUND_BYTES = 24 };

/* The beginning of what stands at a column, for a message. */
static const char *found(struct book *b, const struct lines *l, size_t column)
{
    const size_t n = column < l->len ? l->len - column : 0;
    const char *s = book_text(b, l->text + (n > 0 ? column : 0), n < FOUND_BYTES ? n : FOUND_BYTES);
    return *s ? s : "nothing";
}

/* The next line that is not blank, its blanks at the end taken off; false at the end of the file. */
static bool next_line(struct lines *l)
{
    while (lines_next(l)) {
        while (l->len > 0 && (l->text[l->len - 1] == ' ' || l->text[l->len - 1] == '\t'))
            l->len--;
        if (l->len > 0)
            return true;
    }
    return false;
}

/* Checks that a line has a code, what parts it from the text, and text. */
static enum status check_line(struct book *b, const struct input *in, const struct lines *l, enum data_form form,
                              struct error *err)
{
    const size_t text = form == DATA_SEQUENCE ? LONG_COLUMN : FIXED_COLUMN;
    const char gap = form == DATA_TAB ? '\t' : ' ';
    if (!book_code_at(l->text, l->len))
        return input_error(err, in->path, l->number, 1, "a five-character code expected, found %s", found(b, l, 0));
    if (l->len <= text)
        return input_error(err, in->path, l->number, l->len + 1, "a descriptor expected, found nothing");
    if (l->text[text - 1] != gap)
        return input_error(err, in->path, l->number, text, "a %s before the descriptor expected, found %s",
                           form == DATA_TAB ? "tab" : "blank", found(b, l, text - 1));
    if (l->len > LINE_MAX_BYTES)
        return input_error(err, in->path, l->number, LINE_MAX_BYTES, "a line of at most %d bytes expected", LINE_MAX_BYTES);
    return ST_OK;
}

/* A code may stand twice with the same words, never with others. */
static enum status put_long(struct book *b, const struct input *in, size_t line, const char *code, const char *title,
                            struct error *err)
{
    const uint32_t item = book_item(b, code, 5, KIND_CODE);
    struct item *it = book_at(b, item);
    if (it->in_long && strcmp(it->title, title) != 0)
        return input_error(err, in->path, line, 1, "each code once expected, found %s again with another descriptor", it->code);
    it->in_long = true;
    book_title(b, item, title);
    return ST_OK;
}

enum status descriptors_read_tab(struct book *b, const struct input *in, struct error *err)
{
    struct lines l = data_find(in->bytes, in->len).lines;
    while (next_line(&l)) {
        enum status st = check_line(b, in, &l, DATA_TAB, err);
        if (st == ST_OK)
            st = put_long(b, in, l.number, l.text, book_text(b, l.text + FIXED_COLUMN, l.len - FIXED_COLUMN), err);
        if (st != ST_OK)
            return st;
    }
    return ST_OK;
}

/* How a file breaks long descriptors: cut hard at its width, or between words. Hard when every piece that goes on is as wide
 * as the widest (but for the blank a cut may fall on). */
struct cutting {
    bool hard;
    size_t width;
};

static struct cutting look_cutting(struct lines l)
{
    struct cutting out = {0};
    size_t narrowest = SIZE_MAX, last = 0;
    char code[6] = "";
    while (next_line(&l)) {
        const size_t n = l.len > LONG_COLUMN ? l.len - LONG_COLUMN : 0;
        if (l.len >= 5 && memcmp(code, l.text, 5) == 0 && last < narrowest)
            narrowest = last;
        if (l.len >= 5)
            memcpy(code, l.text, 5);
        if (n > out.width)
            out.width = n;
        last = n;
    }
    out.hard = narrowest != SIZE_MAX && narrowest + 1 >= out.width;
    return out;
}

/* Sequence numbers run 01, 02, ...; where the file leaves them blank the repeated code alone continues. */
static enum status check_sequence(struct book *b, const struct input *in, const struct lines *l, int expected,
                                  struct error *err)
{
    const char *s = l->text + 5;
    const bool digits = s[0] >= '0' && s[0] <= '9' && s[1] >= '0' && s[1] <= '9';
    if (s[0] == ' ' && s[1] == ' ')
        return ST_OK;
    if (!digits || (s[0] - '0') * 10 + (s[1] - '0') != expected)
        return input_error(err, in->path, l->number, 6, "sequence %02d expected, found %s", expected, found(b, l, 5));
    return ST_OK;
}

static void add_piece(struct buf *text, const struct lines *l, const struct cutting *cut)
{
    const size_t n = l->len - LONG_COLUMN;
    if (text->len > 0 && (!cut->hard || text->len % cut->width != 0))
        buf_putc(text, ' ');
    buf_add(text, l->text + LONG_COLUMN, n);
}

enum status descriptors_read_sequence(struct book *b, const struct input *in, struct error *err)
{
    struct lines l = data_find(in->bytes, in->len).lines;
    const struct cutting cut = look_cutting(l);
    struct buf text = {0};
    char code[6] = "";
    size_t line = 0;
    int sequence = 0;
    enum status st = ST_OK;
    while (st == ST_OK && next_line(&l)) {
        st = check_line(b, in, &l, DATA_SEQUENCE, err);
        if (st == ST_OK && memcmp(code, l.text, 5) != 0) {
            if (line > 0)
                st = put_long(b, in, line, code, book_text(b, text.text, text.len), err);
            buf_clear(&text);
            memcpy(code, l.text, 5);
            line = l.number;
            sequence = 0;
        }
        if (st == ST_OK)
            st = check_sequence(b, in, &l, ++sequence, err);
        if (st == ST_OK)
            add_piece(&text, &l, &cut);
    }
    if (st == ST_OK && line > 0)
        st = put_long(b, in, line, code, book_text(b, text.text, text.len), err);
    buf_free(&text);
    return st;
}

enum status descriptors_read_fixed(struct book *b, const struct input *in, enum role role, struct error *err)
{
    struct lines l = data_find(in->bytes, in->len).lines;
    while (next_line(&l)) {
        const enum status st = check_line(b, in, &l, DATA_FIXED, err);
        if (st != ST_OK)
            return st;
        const char *text = book_text(b, l.text + FIXED_COLUMN, l.len - FIXED_COLUMN);
        const uint32_t item = book_item(b, l.text, 5, KIND_CODE);
        if (role == ROLE_SHORT) {
            book_at(b, item)->short_title = text;
            book_at(b, item)->in_short = true;
        } else {
            book_fact(b, item, "medium", text);
            book_at(b, item)->in_medium = true;
        }
    }
    return ST_OK;
}

void descriptors_read_notice(struct book *b, const struct input *in)
{
    const struct lines data = data_find(in->bytes, in->len).lines;
    struct buf text = {0};
    struct lines l;
    lines_start(&l, in->bytes, in->len);
    for (bool more = true; more;) {
        more = l.at < data.at && lines_next(&l);
        const char *line = more ? book_text(b, l.text, l.len) : "";
        if (*line) {
            if (text.len > 0)
                buf_putc(&text, ' ');
            buf_puts(&text, line);
        } else if (text.len > 0) {
            const struct ed_front front = {"notice", "", arena_strdup(&b->ed->arena, text.text)};
            VEC_PUSH(&b->ed->front, front);
            buf_clear(&text);
        }
    }
    buf_free(&text);
}
