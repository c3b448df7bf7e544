/* xml.h - a push reader for the official XML: elements and text go to callbacks in the order of the file.
 *
 * Nothing outside the file is ever opened and entity declarations are refused, so that a file can't grow while it is read. */
#ifndef CODESHELF_READER_XML_H
#define CODESHELF_READER_XML_H

#include <stdbool.h>
#include <stddef.h>

#include "codeshelf/error.h"

enum {
    XML_DEPTH_MAX = 64, /* the Tabular uses 10, the index 12 */
    XML_NAME_MAX = 48   /* bytes of an element name with its NUL; longer ones are refused */
};

struct xml; /* the reading under way, valid inside callbacks only */

/* Any callback may be NULL. attributes: name, value, name, value, ..., NULL. A run of text may come in several pieces, all
 * UTF-8 and not terminated; blanks and line ends between elements come as text too. */
struct xml_handler {
    void (*start)(void *ctx, struct xml *x, const char *name, const char **attributes);
    void (*end)(void *ctx, struct xml *x, const char *name);
    void (*text)(void *ctx, struct xml *x, const char *bytes, size_t n);
};

/* Reads a whole file. ST_INPUT with "path:line:column: what was expected, what was found" when it is malformed, cut, too deep,
 * declares entities, or a callback called xml_fail. */
enum status xml_read(const char *path, const char *bytes, size_t n, const struct xml_handler *handler, void *ctx,
                     struct error *err);

/* For callbacks. xml_fail ends the reading with that text at the present place (the first failure counts); xml_stop ends it
 * with ST_OK. No callback comes after either. */
void xml_fail(struct xml *x, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void xml_stop(struct xml *x);
size_t xml_line(struct xml *x);
size_t xml_column(struct xml *x);
/* The value of an attribute, NULL when it is not there. */
const char *xml_attribute(const char **attributes, const char *name);

/* What the beginning of an XML file says: its root element and the text of a <version> that is the first element in it. */
struct xml_probe {
    char root[XML_NAME_MAX];
    char version[32]; /* trimmed; "" when there is none */
};
/* Cheap, for recognising: looks at the first few kilobytes only and forgives what xml_read refuses. False when the bytes don't
 * begin as XML. */
bool xml_look(const char *bytes, size_t n, struct xml_probe *out);

#endif
