/* code_list.c - reads a file of codes. It is read whole and judged first, so that a file that is no text gets one line and no
 * answer, instead of an answer for each of its bytes. */
#include "code_list.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "codeshelf/buf.h"

enum { LIST_MOST = 64 << 20 };

/* Spreadsheets put no-break blanks behind codes: 0xA0, in UTF-8 behind 0xC2. Neither begins a sign that a code has. */
#define BLANKS " \t\f\v\xA0\xC2"
#define QUOTES "\"'"

static enum status read_whole(const char *path, FILE *in, struct buf *out, struct error *err)
{
    if (!buf_read(out, in, LIST_MOST))
        return error_set(err, ST_IO, "%s cannot be read: %s", path, strerror(errno));
    if (out->len > LIST_MOST)
        return error_set(err, ST_INPUT, "%s: expected a list of codes, found more than %d MB", path, LIST_MOST >> 20);
    return ST_OK;
}

static enum status read_path(const char *path, struct buf *out, struct error *err)
{
    if (strcmp(path, "-") == 0)
        return read_whole("standard input", stdin, out, err);
    FILE *in = fopen(path, "r");
    if (!in)
        return error_set(err, ST_IO, "%s cannot be opened: %s", path, strerror(errno));
    const enum status st = read_whole(path, in, out, err);
    fclose(in);
    return st;
}

/* Text has no control characters but those that end lines, pages and columns, and the one that ended files of DOS. */
static enum status check_text(const char *path, const char *text, size_t n, struct error *err)
{
    size_t line = 1;
    if (n >= 2 && (memcmp(text, "\xFF\xFE", 2) == 0 || memcmp(text, "\xFE\xFF", 2) == 0))
        return error_set(err, ST_INPUT, "%s:1: expected text in UTF-8 or ASCII, found UTF-16", path);
    for (size_t i = 0; i < n; i++) {
        const unsigned char c = (unsigned char)text[i];
        line += c == '\n' || (c == '\r' && text[i + 1] != '\n');
        if ((c < 0x20 && !(c >= '\t' && c <= '\r') && c != 0x1A) || c == 0x7F)
            return error_set(err, ST_INPUT, "%s:%zu: expected a list of codes as text, found a byte 0x%02X: a binary file?", path,
                             line, c);
    }
    return ST_OK;
}

/* The code that begins a line of n bytes, copied; NULL for a line without one. */
static const char *code_of(const char *line, size_t n, struct arena *a)
{
    size_t start = 0, len = 0;
    while (start < n && strchr(BLANKS QUOTES "\x1A", line[start]))
        start++;
    while (start + len < n && !strchr(BLANKS QUOTES ",;\x1A", line[start + len]))
        len++;
    if (len == 0 || line[start] == '#')
        return NULL;
    char *code = arena_alloc(a, len + 1);
    for (size_t i = 0; i < len; i++)
        code[i] = line[start + i] > 0x20 && line[start + i] < 0x7F ? line[start + i] : '?';
    code[len] = '\0';
    return code;
}

/* "Code", "Dx", "ICD-10": a word that no code is, at the top of a column. */
static bool is_heading(const char *word)
{
    static const char *const sets[] = {"ICD", "HCPCS", "CPT"};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        if (strncasecmp(word, sets[i], strlen(sets[i])) == 0)
            return true;
    return strlen(word) > 2 && !strpbrk(word, "0123456789"); /* two letters are a modifier */
}

enum status code_list_read(const char *path, struct arena *a, struct code_list *out, struct error *err)
{
    struct buf text = {0};
    struct {
        const char **items;
        size_t len, cap;
    } codes = {0};
    *out = (struct code_list){0};
    enum status st = read_path(path, &text, err);
    const char *at = buf_text(&text), *shown = strcmp(path, "-") == 0 ? "standard input" : path;
    if (st == ST_OK)
        st = check_text(shown, at, text.len, err);
    if (strncmp(at, "\xEF\xBB\xBF", 3) == 0)
        at += 3;
    while (st == ST_OK && *at) {
        const size_t n = strcspn(at, "\r\n");
        const char *code = code_of(at, n, a);
        if (code && codes.len == 0 && !out->heading && is_heading(code))
            out->heading = code;
        else if (code)
            VEC_PUSH(&codes, code);
        at += n + (at[n] != '\0');
    }
    if (st == ST_OK && codes.len == 0)
        st = error_set(err, ST_NONE, "%s: expected codes, one a line, found none", shown);
    out->codes = arena_alloc(a, codes.len * sizeof *out->codes);
    out->n = codes.len;
    if (codes.len)
        memcpy(out->codes, codes.items, codes.len * sizeof *out->codes);
    free(codes.items);
    buf_free(&text);
    return st;
}
