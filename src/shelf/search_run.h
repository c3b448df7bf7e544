/* search_run.h - a search under way: what search.c finds and results.c turns into hits. */
#ifndef CODESHELF_SHELF_SEARCH_RUN_H
#define CODESHELF_SHELF_SEARCH_RUN_H

#include "codeshelf/buf.h"
#include "search.h"

/* A document that matched; after candidates_settle an entry with its best document. */
struct candidate {
    enum codeset set;
    int64_t entry, doc;
    double score;
    uint32_t matched; /* bits of the terms found */
    int64_t version;
    int64_t parent; /* of a code found by prefix: row id of its parent, its own family flag and place */
    bool family;
    uint32_t place;
    size_t members; /* of a 7th-character family whose parent this is */
};

struct search {
    struct shelf *s;
    const struct query *q;
    struct arena *a;
    enum codeset set; /* the one being searched */
    struct terms terms[SET_COUNT]; /* the same words, each with what the set knows of them */
    struct buf room; /* folded text */
    struct {
        struct candidate *items;
        size_t len, cap;
    } found;
    size_t entries; /* that matched, all sets */
    bool more;
};

/* Makes one candidate an entry of those from first on, keeps the best and looks them up in the release in force. */
enum status candidates_settle(struct search *run, size_t first, struct error *err);
/* Turns the candidates into hits, best first, cut at the limit. */
enum status hits_give(struct search *run, struct hits *out, struct error *err);

#endif
