/* xml.c - expat, fenced in.
 *
 * expat checks the form; this file adds what the official files never need and a hostile one would use: entity declarations
 * are refused, depth and names are bounded. The names of the open elements are kept, so that the message about a cut file can
 * say what was still open. Every way to end goes through stop(): the first failure stays, later callbacks are swallowed. */
#include "reader/xml.h"

#include <expat.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "reader/lines.h"

enum { LOOK_BYTES = 16384 }; /* the version stands in the first kilobyte */

struct xml {
    XML_Parser parser;
    const struct xml_handler *handler;
    void *ctx;
    const char *path;
    bool stopped;
    enum status status;
    struct error *err;
    int depth;
    char open[XML_DEPTH_MAX][XML_NAME_MAX];
};

size_t xml_line(struct xml *x)
{
    return XML_GetCurrentLineNumber(x->parser);
}

size_t xml_column(struct xml *x)
{
    return XML_GetCurrentColumnNumber(x->parser) + 1;
}

static void stop(struct xml *x)
{
    x->stopped = true;
    XML_StopParser(x->parser, XML_FALSE);
}

void xml_stop(struct xml *x)
{
    if (!x->stopped) {
        stop(x);
    }
}

void xml_fail(struct xml *x, const char *fmt, ...)
{
    char what[400];
    if (x->stopped) {
        return;
    }
    va_list args;
    va_start(args, fmt);
    vsnprintf(what, sizeof what, fmt, args);
    va_end(args);
    x->status = input_error(x->err, x->path, xml_line(x), xml_column(x), "%s", what);
    stop(x);
}

const char *xml_attribute(const char **attributes, const char *name)
{
    for (; attributes[0]; attributes += 2) {
        if (strcmp(attributes[0], name) == 0) {
            return attributes[1];
        }
    }
    return NULL;
}

static void on_start(void *ctx, const XML_Char *name, const XML_Char **attributes)
{
    struct xml *x = ctx;
    if (x->stopped) {
        return;
    }
    size_t len = strlen(name);
    if (len >= XML_NAME_MAX) {
        xml_fail(x, "an element name under %d bytes expected, found <%.40s...>", XML_NAME_MAX, name);
        return;
    }
    if (x->depth == XML_DEPTH_MAX) {
        xml_fail(x, "at most %d elements inside one another expected, found <%s> deeper", XML_DEPTH_MAX, name);
        return;
    }
    memcpy(x->open[x->depth++], name, len + 1);
    if (x->handler->start) {
        x->handler->start(x->ctx, x, name, attributes);
    }
}

static void on_end(void *ctx, const XML_Char *name)
{
    struct xml *x = ctx;
    if (x->stopped) {
        return;
    }
    x->depth--;
    if (x->handler->end) {
        x->handler->end(x->ctx, x, name);
    }
}

static void on_text(void *ctx, const XML_Char *bytes, int n)
{
    struct xml *x = ctx;
    if (!x->stopped && x->handler->text) {
        x->handler->text(x->ctx, x, bytes, (size_t)n);
    }
}

static void on_entity(void *ctx, const XML_Char *name, int is_parameter, const XML_Char *value, int length,
                      const XML_Char *base, const XML_Char *system, const XML_Char *public, const XML_Char *notation)
{
    (void)is_parameter, (void)value, (void)length, (void)base, (void)system, (void)public, (void)notation;
    xml_fail(ctx, "no entity declarations expected, found one for \"%.40s\"", name);
}

static void on_skipped(void *ctx, const XML_Char *name, int is_parameter)
{
    (void)is_parameter;
    xml_fail(ctx, "text expected, found the undeclared entity &%.40s;", name);
}

/* The message for what expat itself refused. */
static enum status malformed(struct xml *x, struct error *err)
{
    enum XML_Error code = XML_GetErrorCode(x->parser);
    size_t line = xml_line(x), column = xml_column(x);
    bool cut = code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN || code == XML_ERROR_PARTIAL_CHAR ||
               code == XML_ERROR_UNCLOSED_CDATA_SECTION;
    if (code == XML_ERROR_NO_MEMORY) {
        out_of_memory();
    }
    if (cut && x->depth > 0) {
        return input_error(err, x->path, line, column, "</%s> expected, found the end of the file", x->open[x->depth - 1]);
    }
    if (code == XML_ERROR_TAG_MISMATCH && x->depth > 0) {
        return input_error(err, x->path, line, column, "</%s> expected, found another end tag", x->open[x->depth - 1]);
    }
    return input_error(err, x->path, line, column, "well-formed XML expected, found: %s", XML_ErrorString(code));
}

enum status xml_read(const char *path, const char *bytes, size_t n, const struct xml_handler *handler, void *ctx,
                     struct error *err)
{
    struct xml x = {.handler = handler, .ctx = ctx, .path = path, .err = err};
    if (n > INT_MAX) {
        return input_error(err, path, 0, 0, "an XML file under 2 GB expected, found %zu bytes", n);
    }
    x.parser = XML_ParserCreate(NULL);
    if (!x.parser) {
        out_of_memory();
    }
    XML_SetUserData(x.parser, &x);
    XML_SetElementHandler(x.parser, on_start, on_end);
    XML_SetCharacterDataHandler(x.parser, on_text);
    XML_SetEntityDeclHandler(x.parser, on_entity);
    XML_SetSkippedEntityHandler(x.parser, on_skipped);
    enum XML_Status parsed = XML_Parse(x.parser, bytes, (int)n, XML_TRUE);
    if (parsed == XML_STATUS_ERROR && !x.stopped) {
        x.status = malformed(&x, err);
    }
    XML_ParserFree(x.parser);
    return x.status;
}

struct look {
    XML_Parser parser;
    struct xml_probe *out;
    int elements;
    size_t len;
};

static void look_start(void *ctx, const XML_Char *name, const XML_Char **attributes)
{
    struct look *l = ctx;
    (void)attributes;
    if (++l->elements == 1) {
        snprintf(l->out->root, sizeof l->out->root, "%s", name);
    } else if (l->elements > 2 || strcmp(name, "version") != 0) {
        XML_StopParser(l->parser, XML_FALSE);
    }
}

static void look_end(void *ctx, const XML_Char *name)
{
    struct look *l = ctx;
    (void)name;
    XML_StopParser(l->parser, XML_FALSE);
}

static void look_text(void *ctx, const XML_Char *bytes, int n)
{
    struct look *l = ctx;
    for (int i = 0; i < n && l->elements == 2 && l->len + 1 < sizeof l->out->version; i++) {
        bool blank = strchr(" \t\r\n", bytes[i]) != NULL;
        if (!blank || l->len > 0) {
            l->out->version[l->len++] = bytes[i];
        }
    }
}

static void look_other(void *ctx, const XML_Char *bytes, int n)
{
    (void)ctx, (void)bytes, (void)n;
}

bool xml_look(const char *bytes, size_t n, struct xml_probe *out)
{
    *out = (struct xml_probe){0};
    struct look l = {.parser = XML_ParserCreate(NULL), .out = out};
    if (!l.parser) {
        out_of_memory();
    }
    XML_SetUserData(l.parser, &l);
    XML_SetElementHandler(l.parser, look_start, look_end);
    XML_SetCharacterDataHandler(l.parser, look_text);
    /* With a default handler expat leaves entities unexpanded: looking costs the same for every file. */
    XML_SetDefaultHandler(l.parser, look_other);
    XML_Parse(l.parser, bytes, n < LOOK_BYTES ? (int)n : LOOK_BYTES, XML_FALSE);
    XML_ParserFree(l.parser);
    while (l.len > 0 && strchr(" \t\r\n", out->version[l.len - 1])) {
        out->version[--l.len] = '\0';
    }
    return out->root[0] != '\0';
}
