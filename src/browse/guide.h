/* guide.h - the guidelines view from inside: shared by guide.c (outline, search, keys) and guide_text.c (the text and its
 * links). Nothing else includes it. */
#ifndef CODESHELF_BROWSE_GUIDE_H
#define CODESHELF_BROWSE_GUIDE_H

#include "app.h"
#include "codeshelf/refs.h"
#include "lines.h"
#include "list.h"
#include "reader.h"

/* The text of a section and all under it, with the codes in it as links. Starts as {.link = -1}. */
struct guide_text {
    struct reader reader;
    uint32_t place; /* the section laid out */
    struct {
        struct guide_link {
            size_t line, span;
        } *items;
        size_t len, cap;
    } links;
    int link; /* the one Enter follows; -1 for none */
};

void guide_text_free(struct guide_text *t);
/* Lays the section at a place out, when it is not yet. */
void guide_text_lay_out(struct guide_text *t, struct shelf *s, uint32_t place, int width);
/* To the next (1) or previous (-1) link, which is scrolled into sight; false when there is none. */
bool guide_text_step(struct guide_text *t, int direction);
/* What the chosen link names; false without one, or when the release in force lacks it. */
bool guide_text_target(const struct guide_text *t, struct shelf *s, struct arena *a, struct entry *out);
void guide_text_paint(struct guide_text *t, struct canvas *c, const struct rect *r, bool used);

#endif
