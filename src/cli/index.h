/* index.h - rows of an index or table as codeshelf index shows them: an excerpt of the printed page. */
#ifndef CODESHELF_CLI_INDEX_H
#define CODESHELF_CLI_INDEX_H

#include "books.h"
#include "page.h"

/* Where one see, see also or see category of a row leads. */
struct lead {
    const char *see;
    struct landing landing;
};

struct index_row {
    struct term term;
    bool hit;     /* what was asked for, not only around it */
    size_t group; /* rows under one main term stand together, the best hit's first */
    const struct lead *leads; /* see, see also, see category, in this order */
    size_t nleads;
};

/* "> -- lower end" in two parts: the mark of a hit with a dash a level, and the title with its nonessential
 * modifiers, the codes of an index row as printed ("E11.9 [H36]") and what to see. */
void row_words(const struct index_row *row, struct buf *label, struct buf *text);
/* A line for every lead of the row: where it ends. */
void print_leads(const struct page *p, size_t indent, const struct index_row *row);
/* The titles above a row and its own: "Failure > heart > congestive", appended. */
void term_way(struct buf *out, const struct term *t);
/* The codes of an index row, appended after a blank where something stands before. */
void term_codes(struct buf *out, const struct term *t);

/* The rows, at least one, as print has them; as a grid where the book is a table. */
void index_text(const struct page *p, const struct index_row *rows, size_t n);
void index_grid(const struct page *p, const struct index_row *rows, size_t n);

#endif
