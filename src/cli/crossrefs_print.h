/* crossrefs_print.h - where the cross-references of a HCPCS code lead, printed. */
#ifndef CODESHELF_CLI_CROSSREFS_PRINT_H
#define CODESHELF_CLI_CROSSREFS_PRINT_H

#include "codeshelf/crossrefs.h"
#include "json.h"
#include "page.h"

/* The member "cross_references" of an object that is open: a list of ways, each with its codes and what the last one is. */
void crossrefs_put_json(struct json *j, const struct crossref *ways, size_t n);
/* A line for each way: "cross-reference: Q9989 (ended 2018-03-31) -> J3358 (current)". */
void crossrefs_print_text(const struct page *p, size_t indent, const struct crossref *ways, size_t n);

#endif
