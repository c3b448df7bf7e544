/* modifiers.c - MODUL, the modifiers of Appendix A. The file is text for reading, not records: behind the notice and a line
 * "Appendix A" come lists under headings, and a modifier is a paragraph, or a line, that begins with its two characters. A
 * modifier may stand in several lists; it becomes one entry with a fact "list" for each. */
#include <string.h>
#include <strings.h>

#include "cpt/cpt.h"
#include "reader/lines.h"

enum { LINE_BYTES_MAX = 4096, PARAGRAPHS_MAX = 20000 };

enum list { LIST_NONE, LIST_CAT1, LIST_ANESTHESIA, LIST_ASC, LIST_CAT2, LIST_LEVEL2 };

static const struct {
    const char *heading, *fact;
    const char *first, *second; /* what the two characters of a modifier may be */
} lists[] = {
    [LIST_NONE] = {"", "", "", ""},
    [LIST_CAT1] = {"Appendix A", "cat1", "123456789", "0123456789"},
    [LIST_ANESTHESIA] = {"Anesthesia Physical Status", "anesthesia", "P", "0123456789"},
    [LIST_ASC] = {"CPT Level I Modifiers", "asc", "123456789", "0123456789"},
    [LIST_CAT2] = {"Category II Modifiers", "cat2", "123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    [LIST_LEVEL2] = {"Level II (HCPCS/National) Modifiers", "level2", "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
                     "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
};

struct modul {
    struct book *book;
    enum list list;
    char code[3]; /* of the modifier being gathered, "" for none */
    uint32_t last; /* item of the modifier before, for paragraphs that go on about it */
    bool has_last;
    struct buf text; /* the paragraph so far, without the code */
    size_t found;
};

static enum list heading_of(const char *line)
{
    for (size_t i = LIST_CAT1; i < sizeof lists / sizeof lists[0]; i++)
        if (strcasecmp(line, lists[i].heading) == 0)
            return (enum list)i;
    /* The appendix's title may stand on the line of its name. */
    const size_t n = strlen(lists[LIST_CAT1].heading);
    return strncasecmp(line, lists[LIST_CAT1].heading, n) == 0 && strchr(" :-", line[n]) ? LIST_CAT1 : LIST_NONE;
}

bool modifiers_recognise(const char *bytes, size_t n)
{
    struct lines l;
    bool appendix = false;
    lines_start(&l, bytes, n);
    while (l.number < PARAGRAPHS_MAX && lines_next(&l)) {
        char line[64];
        const size_t len = l.len < sizeof line ? l.len : sizeof line - 1;
        memcpy(line, l.text, len);
        line[len] = '\0';
        line[strcspn(line, "\t\r")] = '\0';
        for (size_t end = strlen(line); end > 0 && line[end - 1] == ' ';)
            line[--end] = '\0';
        const enum list list = heading_of(line);
        if (appendix && list > LIST_CAT1)
            return true;
        /* A file may hold the first list alone: its first modifier decides. */
        if (appendix && len > 3 && line[0] >= '1' && line[0] <= '9' && strchr("0123456789", line[1]) && line[2] == ' ')
            return true;
        appendix = appendix || list == LIST_CAT1;
    }
    return false;
}

/* Whether a modifier of the list begins at s: its two characters, then a blank (a colon in the physical status list) and a
 * capital letter, which numbers in prose rarely have behind them. */
static bool begins(enum list list, const char *s)
{
    if (!s[0] || !s[1] || !strchr(lists[list].first, s[0]) || !strchr(lists[list].second, s[1]))
        return false;
    if (list == LIST_ANESTHESIA)
        return s[2] == ':' && s[3] == ' ';
    const char *text = s + 2 + strspn(s + 2, " ");
    return s[2] == ' ' && *text && (list == LIST_LEVEL2 || !(*text >= 'a' && *text <= 'z'));
}

/* The text behind the first ": ", cut off from the title; "" without one. */
static const char *split_prose(char *title)
{
    char *colon = strstr(title, ": ");
    if (!colon)
        return "";
    *colon = '\0';
    return colon + 2;
}

static void finish(struct modul *m)
{
    struct book *b = m->book;
    const char *text = book_prose(b, buf_text(&m->text), m->text.len);
    if (m->code[0] && *text) {
        char *title = arena_strdup(&b->ed->arena, text);
        const char *prose = split_prose(title);
        m->last = book_item(b, m->code, 2, KIND_MODIFIER);
        m->has_last = m->list != LIST_ANESTHESIA && m->list != LIST_LEVEL2;
        const struct item *it = book_at(b, m->last);
        /* Another list may word it otherwise; that wording is kept beside the first. */
        if (it->title && strcmp(it->title, title) != 0)
            book_note(b, m->last, NOTE_NOTE, text);
        else if (!it->title)
            book_note(b, m->last, NOTE_NOTE, prose);
        if (!it->title)
            book_title(b, m->last, title);
        book_fact(b, m->last, "list", lists[m->list].fact);
        m->found++;
    } else if (m->has_last) {
        book_note(b, m->last, NOTE_NOTE, strncasecmp(text, "Note: ", 6) == 0 ? text + 6 : text);
    }
    m->code[0] = '\0';
    buf_clear(&m->text);
}

/* A new list starts; what is said before its first modifier belongs to none. */
static void change_list(struct modul *m, enum list list)
{
    finish(m);
    m->list = list;
    m->has_last = false;
}

static void take_line(struct modul *m, const char *line)
{
    const enum list list = heading_of(line);
    if (list != LIST_NONE && (m->list != LIST_NONE || list == LIST_CAT1)) {
        change_list(m, list);
        return;
    }
    if (m->list == LIST_NONE)
        return;
    /* In the two lists of lines a modifier begins anywhere, in the others only a paragraph does. */
    const bool lines = m->list == LIST_ANESTHESIA || m->list == LIST_LEVEL2;
    const char *start = line;
    while (m->list == LIST_ANESTHESIA && *start && !(begins(m->list, start) && (start == line || start[-1] == ' ')))
        start++;
    if ((lines || m->text.len == 0) && begins(m->list, start)) {
        if (m->text.len > 0)
            finish(m);
        memcpy(m->code, start, 2);
        m->code[2] = '\0';
        start += 2 + strspn(start + 2, ": ");
    } else {
        start = line;
    }
    if (m->text.len > 0)
        buf_putc(&m->text, ' ');
    buf_puts(&m->text, start);
}

enum status modifiers_read(struct book *b, const struct input *in, struct error *err)
{
    struct modul m = {.book = b};
    struct lines l;
    enum status st = ST_OK;
    lines_start(&l, in->bytes, in->len);
    while (st == ST_OK && lines_next(&l)) {
        const char *line = l.len <= LINE_BYTES_MAX ? book_text(b, l.text, l.len) : NULL;
        if (!line)
            st = input_error(err, in->path, l.number, LINE_BYTES_MAX, "a line of at most %d bytes expected", LINE_BYTES_MAX);
        else if (*line)
            take_line(&m, line);
        else
            finish(&m);
    }
    finish(&m);
    if (st == ST_OK && m.found == 0)
        st = input_error(err, in->path, 0, 0, "modifiers behind a line \"Appendix A\" expected, found none");
    buf_free(&m.text);
    return st;
}
