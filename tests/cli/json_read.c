/* json_read.c - a JSON reader of the strict kind, for judging what codeshelf writes: it accepts RFC 8259 and nothing more. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "codeshelf/utf8.h"
#include "run.h"
#include "tests/support.h"

enum { DEPTH_MOST = 32 };

struct reader {
    const char *at, *end;
    int depth;
};

static bool take(struct reader *r, char c)
{
    if (r->at == r->end || *r->at != c)
        return false;
    r->at++;
    return true;
}

static void blanks(struct reader *r)
{
    while (r->at < r->end && strchr(" \t\r\n", *r->at))
        r->at++;
}

static bool read_escape(struct reader *r)
{
    if (r->at == r->end)
        return false;
    char c = *r->at++;
    if (c != 'u')
        return strchr("\"\\/bfnrt", c) != NULL && c != '\0';
    for (int i = 0; i < 4; i++)
        if (r->at == r->end || !isxdigit((unsigned char)*r->at++))
            return false;
    return true;
}

static bool read_string(struct reader *r)
{
    if (!take(r, '"'))
        return false;
    while (r->at < r->end && *r->at != '"') {
        if ((unsigned char)*r->at < 0x20)
            return false;
        if (*r->at++ == '\\' && !read_escape(r))
            return false;
    }
    return take(r, '"');
}

/* Whole numbers are all that codeshelf writes. */
static bool read_number(struct reader *r)
{
    const char *start;
    take(r, '-');
    start = r->at;
    while (r->at < r->end && isdigit((unsigned char)*r->at))
        r->at++;
    return r->at > start && (*start != '0' || r->at == start + 1);
}

static bool read_word(struct reader *r, const char *word)
{
    size_t n = strlen(word);
    if ((size_t)(r->end - r->at) < n || memcmp(r->at, word, n) != 0)
        return false;
    r->at += n;
    return true;
}

static bool read_value(struct reader *r);

/* The items of a list or object behind its opening bracket. */
static bool read_items(struct reader *r, char close)
{
    blanks(r);
    if (take(r, close))
        return true;
    do {
        blanks(r);
        if (close == '}') {
            if (!read_string(r))
                return false;
            blanks(r);
            if (!take(r, ':'))
                return false;
        }
        if (!read_value(r))
            return false;
        blanks(r);
    } while (take(r, ','));
    return take(r, close);
}

static bool read_value(struct reader *r)
{
    blanks(r);
    if (r->at == r->end || r->depth >= DEPTH_MOST)
        return false;
    switch (*r->at) {
    case '"': return read_string(r);
    case 't': return read_word(r, "true");
    case 'f': return read_word(r, "false");
    case 'n': return read_word(r, "null");
    case '{':
    case '[': {
        char close = *r->at++ == '{' ? '}' : ']';
        r->depth++;
        bool good = read_items(r, close);
        r->depth--;
        return good;
    }
    default: return read_number(r);
    }
}

bool json_valid(const char *text, size_t n)
{
    struct reader r = {.at = text, .end = text + n};
    bool good = utf8_valid(text, n, NULL) && read_value(&r);
    blanks(&r);
    return good && r.at == r.end;
}

/* Moves into the object or list at r to the value of a key (n bytes) or to an index; false when it has none. */
static bool enter(struct reader *r, const char *key, size_t n, size_t index)
{
    if (!take(r, key ? '{' : '['))
        return false;
    for (size_t i = 0;; i++) {
        blanks(r);
        const char *name = r->at;
        bool here = !key && i == index;
        if (key) {
            if (!read_string(r))
                return false;
            here = (size_t)(r->at - name) == n + 2 && memcmp(name + 1, key, n) == 0;
            blanks(r);
            if (!take(r, ':'))
                return false;
        }
        blanks(r);
        if (here)
            return r->at < r->end && *r->at != ']';
        if (!read_value(r))
            return false;
        blanks(r);
        if (!take(r, ','))
            return false;
    }
}

bool json_at(const char *line, const char *path, char *out, size_t size)
{
    struct reader r = {.at = line, .end = line + strcspn(line, "\n")};
    while (*path) {
        size_t n = strcspn(path, ".["), index = 0;
        int used = 0;
        if (*path == '[') {
            assert_int_equal(sscanf(path, "[%zu]%n", &index, &used), 1);
            n = (size_t)used;
        }
        if (!enter(&r, *path == '[' ? NULL : path, n, index))
            return false;
        path += n;
        path += *path == '.';
    }
    const char *start = r.at;
    if (!read_value(&r))
        return false;
    size_t cut = *start == '"', n = (size_t)(r.at - start) - 2 * cut;
    n = n < size - 1 ? n : size - 1;
    memcpy(out, start + cut, n);
    out[n] = '\0';
    return true;
}

void assert_json_lines(const char *text)
{
    assert_true(*text);
    while (*text) {
        size_t n = strcspn(text, "\n");
        if (!json_valid(text, n) || *text != '{')
            fail_msg("not a JSON object: %.*s", (int)n, text);
        text += n + (text[n] == '\n');
    }
}

void assert_json_is(const char *line, const char *path, const char *want)
{
    char got[4096];
    if (!json_at(line, path, got, sizeof got))
        fail_msg("nothing at %s in %.200s", path, line);
    assert_string_equal(got, want);
}
