/* books.h - the indexes, tables and guidelines on the command line: what they are called, which release they come
 * from, and their rows as JSON. */
#ifndef CODESHELF_CLI_BOOKS_H
#define CODESHELF_CLI_BOOKS_H

#include "cli.h"
#include "codeshelf/refs.h"
#include "json.h"

/* The book that --book names: index (or diseases), external, neoplasm, drugs, guidelines, tabular; false for another
 * word. */
bool book_parse(const char *name, enum component *out);
/* "Alphabetic Index"; static text. */
const char *book_title(enum component book);

/* The release that a book of the set is taken from as of the date of the call, in *out. When that is another than the
 * one in force, *other is set. ST_NONE when no release on the shelf has the book. */
enum status book_release(struct call *c, enum codeset set, enum component book, const struct release **out, bool *other,
                         struct error *err);
/* Writes the heading "ICD-10-CM FY2025: Alphabetic Index of FY2017" on the output of the call. */
void book_heading(const struct call *c, enum codeset set, enum component book, const struct release *r, bool other);

/* The next line of a list joined by line feeds, in line; false behind the last. An empty text has no lines. */
bool next_line(const char **at, struct buf *line);

/* A key and the lines of a text as a list. */
void json_put_lines(struct json *j, const char *key, const char *lines);
/* The fields of a row, inside an open object: depth, path, title, nemod; an index's codes, manifestation, see,
 * see_also and see_category; a table's cells by column, see and see_also, and of the others those that are not empty. */
void json_put_term(struct json *j, const struct term *t);
/* section, title, text and depth of a section, inside an open object. */
void json_put_guideline(struct json *j, const struct guideline *g);

/* The whole book, a row a line, in the order of its file. */
enum status list_book(struct call *c, enum codeset set, enum component book, struct error *err);

#endif
