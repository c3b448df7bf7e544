/* changes_print.c - a change, printed. Signs carry the meaning; colour on a terminal only repeats it. */
#include "changes_print.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "crossrefs_print.h"

/* Stand in a text where a colour begins and ends, so that the text itself still goes through page_put. Tag characters of
 * Unicode (U+E0041 and on): they take no column, so that a marked text breaks into the same lines as a plain one. */
#define MARK "\xF3\xA0\x81"
#define MARK_GONE MARK "\x81"
#define MARK_NEW MARK "\x82"
#define MARK_END MARK "\x83"

const char *changes_book(const struct change *c)
{
    return component_name(c->book == COMP_CODES ? COMP_TABULAR : c->book);
}

bool changes_color(FILE *out)
{
    const char *no = getenv("NO_COLOR");
    return (!no || !*no) && isatty(fileno(out));
}

static void put_path_json(struct json *j, const char *path)
{
    struct buf one = {0};
    json_key(j, "path");
    json_open(j, '[');
    while (*path) {
        const size_t n = strcspn(path, "\n");
        buf_clear(&one);
        buf_add(&one, path, n);
        json_text(j, buf_text(&one));
        path += n + (path[n] != '\0');
    }
    json_close(j, ']');
    buf_free(&one);
}

static void put_replacement(struct json *j, enum codeset set, const struct replacement *r, const struct release *source)
{
    json_open(j, '{');
    json_put_code(j, "code", set, r->code);
    if (r->last[0])
        json_put_code(j, "last", set, r->last);
    json_put_text(j, "title", r->title);
    json_put_bool(j, "billable", r->current);
    json_put_date(j, "from", r->from);
    if (*r->said)
        json_put_text(j, "said", r->said);
    json_put_text(j, "release", source->name);
    json_close(j, '}');
}

void changes_put_replacements(struct json *j, enum codeset set, const struct replacements *r)
{
    json_key(j, r->before ? "replaces" : "replacements");
    json_open(j, '[');
    for (size_t i = 0; i < r->n; i++)
        put_replacement(j, set, &r->items[i], r->source);
    json_close(j, ']');
}

void changes_put_replaced(struct buf *out, enum codeset set, const struct replacements *r)
{
    if (r && r->n) {
        buf_puts(out, r->before ? "formerly " : "replaced by ");
        replacements_print(set, r, out);
    } else if (r && !r->before && r->whole) {
        buf_puts(out, "no replacement is listed");
    }
}

void changes_put_json(struct json *j, enum codeset set, const struct change *c)
{
    json_put_text(j, "change", change_name(c->kind));
    json_put_text(j, "book", changes_book(c));
    if (c->entry) {
        json_put_code(j, "code", set, c->code);
        json_put_text(j, "kind", kind_name(c->entry_kind));
    } else {
        json_put_text(j, "code", "");
        put_path_json(j, c->path);
    }
    json_put_text(j, "title", c->title);
    if (c->what)
        json_put_text(j, "what", c->what);
    if (c->kind == CHANGE_RENOTED)
        json_put_number(j, "governs", (long long)c->governs);
    json_put_text(j, "before", c->before);
    json_put_text(j, "after", c->after);
    if (set == SET_HCPCS && c->kind == CHANGE_TERMINATED)
        crossrefs_put_json(j, c->crossrefs, c->ncrossrefs);
    if (c->replacements)
        changes_put_replacements(j, set, c->replacements);
}

static void put_sign(struct buf *out, const struct word_run *run, bool color)
{
    const bool gone = run->kind == WORDS_GONE;
    if (color)
        buf_puts(out, gone ? MARK_GONE : MARK_NEW);
    buf_puts(out, gone ? "[-" : "{+");
    buf_add(out, run->text, run->len);
    buf_puts(out, gone ? "-]" : "+}");
    if (color)
        buf_puts(out, MARK_END);
}

/* The words of both, those that differ marked; a blank between runs except where gone and new meet. */
static void put_marked(struct buf *out, const char *before, const char *after, bool color)
{
    struct arena a = {0};
    const struct word_run *runs;
    size_t n;
    changes_words(before, after, &a, &runs, &n);
    for (size_t i = 0; i < n; i++) {
        if (i && !(runs[i - 1].kind == WORDS_GONE && runs[i].kind == WORDS_NEW))
            buf_putc(out, ' ');
        if (runs[i].kind == WORDS_SAME)
            buf_add(out, runs[i].text, runs[i].len);
        else
            put_sign(out, &runs[i], color);
    }
    arena_free(&a);
}

void changes_put_words(struct buf *out, const struct change *c, bool color)
{
    const bool title = c->kind == CHANGE_ADDED || c->kind == CHANGE_DELETED;
    if (c->kind == CHANGE_DEMOTED || c->kind == CHANGE_PROMOTED || (title && c->entry))
        return;
    if (c->kind == CHANGE_REWORDED || c->kind == CHANGE_RENOTED || title)
        put_marked(out, c->before ? c->before : "", c->after ? c->after : "", color);
    else
        buf_printf(out, "%s -> %s", c->before ? c->before : "none", c->after ? c->after : "none");
}

/* Writes a line with its colours. One that reaches over the line's end is ended there and taken up on the next line, as a
 * pager wants it; ctx is the escape in effect. */
static void put_painted(FILE *out, const char *text, size_t n, void *ctx)
{
    static const char *const escapes[] = {"\033[31m", "\033[32m", ""};
    const char **on = ctx, *end = text + n;
    fputs(*on, out);
    while (text < end) {
        const char *mark = strstr(text, MARK);
        if (!mark || mark >= end) {
            page_put(out, text, (size_t)(end - text));
            break;
        }
        page_put(out, text, (size_t)(mark - text));
        text = mark + strlen(MARK_END);
        const unsigned which = (unsigned char)mark[strlen(MARK)] - 0x81u;
        *on = escapes[which < 2 ? which : 2];
        fputs(**on ? *on : "\033[0m", out);
    }
    if (**on)
        fputs("\033[0m", out);
}

void changes_print_line(const struct page *p, size_t indent, const char *label, const char *text, bool color)
{
    const char *on = "";
    if (color)
        page_item_by(p, indent, label, text, put_painted, &on);
    else
        page_item(p, indent, label, text);
}

void changes_put_place(struct buf *out, enum codeset set, const struct change *c)
{
    char code[CODE_MAX];
    buf_printf(out, " at %s%s", c->entry_kind == KIND_CHAPTER ? "chapter " : "", code_print(set, c->code, code));
}

void changes_put_path(struct buf *out, const struct change *c)
{
    for (const char *at = c->path; *at; at++)
        buf_add(out, *at == '\n' ? " > " : at, *at == '\n' ? 3 : 1);
    buf_printf(out, "%s%s", *c->path ? " > " : "", c->title);
}

void changes_say_order(const struct call *c, const struct changes *all)
{
    char text[160] = "";
    if (all->from == all->to)
        snprintf(text, sizeof text, "%s is compared with itself", all->to->name);
    else if (all->from->from > all->to->from)
        snprintf(text, sizeof text, "%s is the later release: what came with it is given as gone", all->from->name);
    if (*text)
        call_say(c, text);
}
