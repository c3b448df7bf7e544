/* rows.h - the codes and modifiers of one release, one row each, put together from records. */
#ifndef CODESHELF_HCPCS_ROWS_H
#define CODESHELF_HCPCS_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "codeshelf/arena.h"
#include "codeshelf/buf.h"
#include "codeshelf/date.h"
#include "codeshelf/error.h"
#include "codeshelf/map.h"
#include "record.h"

/* The cell as UTF-8 with single blanks, in the buffer, which is emptied first. */
const char *cell_text(const struct cell *c, struct buf *out);
/* Reads a day written YYYYMMDD, YYYY-MM-DD or as Excel's number of days; blanks and 00000000 give 0. False for anything
 * else. */
bool cell_date(const struct cell *c, date *out);

struct row_fact {
    const char *name, *value;
};

struct row {
    const char *code, *title, *short_title;
    bool modifier;
    date from, to;
    size_t fact, nfacts; /* its facts in the list of all */
};

/* Starts as {.arena = a}: all text goes there and outlives the rows. */
struct rows {
    struct row *items;
    size_t len, cap;
    struct { struct row_fact *items; size_t len, cap; } facts;
    struct map seen;
    struct map noc;   /* the codes of the NOC list */
    struct buf title; /* of the last row, while continuations may follow */
    struct arena *arena;
};

/* Takes a record in: a new row, or more of the last one's description. ST_INPUT names line and column of what is
 * wrong: record type, code, sequence number, date, a code that was there before, a continuation of nothing. */
enum status rows_add(struct rows *rows, const struct record *rec, struct error *err);
/* Ends the last row: to be called after the last record. */
void rows_end(struct rows *rows);
/* Appends a row as an earlier import left it; the caller appends its facts with rows_fact. The texts are copied. */
void rows_copy(struct rows *rows, const struct row *row);
/* Adds a fact to the last row; the name is static or as long-lived as the arena. */
void rows_fact(struct rows *rows, const char *name, const char *value);
/* The row of a code or modifier, NULL when there is none. */
const struct row *rows_find(const struct rows *rows, const char *code, bool modifier);
/* Moves the last row, which is ended, to where its code stands among the codes, or the modifiers, before it. */
void rows_place_last(struct rows *rows);
void hcpcs_rows_free(struct rows *rows);

#endif
