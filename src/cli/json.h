/* json.h - writing one JSON object a line. Commas are put where they belong; text must be UTF-8.
 *
 * Starts as {0}. Nothing checks that braces match: the callers are short and the tests parse every line. */
#ifndef CODESHELF_CLI_JSON_H
#define CODESHELF_CLI_JSON_H

#include <stdbool.h>
#include <stdio.h>

#include "codeshelf/buf.h"
#include "codeshelf/date.h"
#include "codeshelf/shelf.h"

struct json {
    struct buf text;
    bool comma; /* the next value follows another one */
};

void json_open(struct json *j, char bracket);
void json_close(struct json *j, char bracket);
/* The key of the next value. */
void json_key(struct json *j, const char *key);
void json_text(struct json *j, const char *s); /* NULL becomes null */
void json_bool(struct json *j, bool b);
void json_number(struct json *j, long long n);
void json_date(struct json *j, date d); /* null for 0 */

/* A key and its value. */
void json_put_text(struct json *j, const char *key, const char *s);
void json_put_bool(struct json *j, const char *key, bool b);
void json_put_number(struct json *j, const char *key, long long n);
void json_put_date(struct json *j, const char *key, date d);
/* A key and a code as the book prints it. */
void json_put_code(struct json *j, const char *key, enum codeset set, const char *code);

/* Writes the line and empties the writer for the next one. */
void json_line(struct json *j, FILE *out);
void json_free(struct json *j);

#endif
