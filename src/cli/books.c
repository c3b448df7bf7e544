/* books.c - names, releases and JSON of the books beside the Tabular.
 *
 * A release seldom brings every book. What it lacks comes from the nearest one that has it, and every answer says
 * which. */
#include "books.h"

#include <string.h>

bool book_parse(const char *name, enum component *out)
{
    static const enum component books[] = {COMP_TABULAR,  COMP_INDEX, COMP_EXTERNAL,
                                           COMP_NEOPLASM, COMP_DRUGS, COMP_GUIDELINES};
    if (strcmp(name, "diseases") == 0)
        name = component_name(COMP_INDEX);
    for (size_t i = 0; i < sizeof books / sizeof *books; i++)
        if (strcmp(name, component_name(books[i])) == 0) {
            *out = books[i];
            return true;
        }
    return false;
}

const char *book_title(enum component book)
{
    static const char *const titles[COMP_COUNT] = {
        [COMP_TABULAR] = "Tabular List",        [COMP_INDEX] = "Alphabetic Index",
        [COMP_EXTERNAL] = "External Cause Index", [COMP_NEOPLASM] = "Table of Neoplasms",
        [COMP_DRUGS] = "Table of Drugs", [COMP_GUIDELINES] = "Guidelines",
    };
    return titles[book] ? titles[book] : component_name(book);
}

enum status book_release(struct call *c, enum codeset set, enum component book, const struct release **out, bool *other,
                         struct error *err)
{
    *other = false;
    const struct release *r = call_release(c, set);
    if (!r)
        return error_set(err, ST_NONE, "no release of %s is loaded on this shelf", codeset_title(set));
    *out = book == COMP_GUIDELINES ? guide_release(c->shelf, other) : terms_release(c->shelf, set, book, other);
    if (!*out)
        return error_set(err, ST_NONE, "%s not loaded for %s", component_name(book), r->name);
    return ST_OK;
}

void book_heading(const struct call *c, enum codeset set, enum component book, const struct release *r, bool other)
{
    const struct release *force = shelf_release(c->shelf, set);
    fprintf(c->out, "%s %s: %s%s%s\n", codeset_title(set), force ? force->name : "", book_title(book), other ? " of " : "",
            other ? r->name : "");
}

bool next_line(const char **at, struct buf *line)
{
    buf_clear(line);
    if (!*at || **at == '\0')
        return false;
    size_t n = strcspn(*at, "\n");
    buf_add(line, *at, n);
    *at += n + ((*at)[n] == '\n');
    return true;
}

void json_put_lines(struct json *j, const char *key, const char *lines)
{
    struct buf line = {0};
    json_key(j, key);
    json_open(j, '[');
    while (next_line(&lines, &line))
        json_text(j, buf_text(&line));
    json_close(j, ']');
    buf_free(&line);
}

static void put_cells(struct json *j, const struct term *t, const char *const *columns, size_t n)
{
    struct buf cell = {0};
    const char *at = t->cells;
    json_key(j, "cells");
    json_open(j, '{');
    for (size_t i = 1; i < n && next_line(&at, &cell); i++)
        if (cell.len)
            json_put_text(j, columns[i], buf_text(&cell));
    json_close(j, '}');
    buf_free(&cell);
}

void json_put_term(struct json *j, const struct term *t)
{
    size_t n;
    const char *const *columns = terms_columns(t->set, t->book, &n);
    const bool index = n == 0;
    json_put_number(j, "depth", t->depth);
    json_put_lines(j, "path", t->path);
    json_put_text(j, "title", t->title);
    json_put_text(j, "nemod", t->nemod);
    if (!index)
        put_cells(j, t, columns, n);
    if (index || *t->codes)
        json_put_lines(j, "codes", t->codes);
    if (index || *t->manifestation)
        json_put_lines(j, "manifestation", t->manifestation);
    json_put_lines(j, "see", t->see);
    json_put_lines(j, "see_also", t->see_also);
    if (index || *t->see_category)
        json_put_lines(j, "see_category", t->see_category);
}

void json_put_guideline(struct json *j, const struct guideline *g)
{
    json_put_text(j, "section", g->section);
    json_put_text(j, "title", g->title);
    json_put_text(j, "text", g->text);
    json_put_number(j, "depth", g->depth);
}
