/* terms_view.h - the view of the indexes and tables from inside: shared by terms_view.c (the view), terms_paint.c and
 * terms_go.c (searching, following, opening). Outside, only change_view.c looks for a row by its name. */
#ifndef CODESHELF_BROWSE_TERMS_VIEW_H
#define CODESHELF_BROWSE_TERMS_VIEW_H

#include "app.h"
#include "list.h"
#include "term_row.h"

/* A row laid out, with nothing of it chosen. */
struct term_block {
    bool filled, hit; /* hit: its row counts in what was found, not in the book */
    size_t row;
    struct term term;
    struct target targets[TARGETS_MAX];
    size_t n;
    struct lines lines; /* the texts live in its arena too */
    size_t head;        /* the line with the title: behind the path, where that is printed */
};

enum {
    TERM_BLOCKS = 128, /* more than the rows of any screen */
    STOOD_MAX = 400,
    BOOKS = 4
};

/* The rows shown are the book, in order, while they have the keys; while the box has them and holds words, what was found. */
struct terms {
    struct app *app;
    enum codeset set;
    enum component book;
    const struct release *release; /* whose book it is; NULL: not loaded */
    unsigned opened;               /* app->opened when it was read */
    bool other;                    /* another one than that of the codes */
    uint32_t size;
    struct view_box box;
    char stood[STOOD_MAX];   /* path and title of the row shown last, a line feed before the title */
    struct list rows, found; /* where one is in the book, and in what was found */
    struct arena arena;      /* of the hits */
    struct term_hits hits;
    size_t target;             /* of the selected row: the one that Enter follows; in a table it stays when the row changes */
    struct grid grid;
    int width;
    size_t first_column; /* of those that fit: the first on the screen */
    int tabs[BOOKS];     /* columns where the books' names end in the first line, as last painted */
    int head;            /* lines above the rows, as last painted, */
    bool painted_hits;   /* and whether the rows were what was found */
    struct term_block blocks[TERM_BLOCKS];
    struct arena here; /* of the entry given last */
};

/* terms_view.c */

extern const enum component terms_books[BOOKS]; /* in the order of their keys */

bool terms_in_hits(const struct terms *v);
struct list *terms_list(struct terms *v);
/* A row of what was found, or of the book. */
struct term_block *terms_block(struct terms *v, size_t row, bool hit);
/* The selected row; NULL when there is none. Good until TERM_BLOCKS others were asked for. */
struct term_block *terms_selected(struct terms *v);
/* The target of the row that Enter follows, and which of its targets that is; NULL and -1 when it has none. */
int terms_chosen(const struct terms *v, const struct term_block *b);
const struct target *terms_target(const struct terms *v, const struct term_block *b);
void terms_forget(struct terms *v);
/* Makes the book stand at a row, with what it stands under in sight where possible. */
void terms_stand_at(struct terms *v, uint32_t row);

/* The row of a book with a name: the titles above it and its own, a line feed before each but the first; with none above, a
 * line feed before its own. PLACE_NONE when the book in use has none such. */
uint32_t terms_row_named(struct shelf *s, enum codeset set, enum component book, const char *name);

/* terms_paint.c */

void terms_paint(void *state, struct canvas *c, const struct rect *r, bool used);

/* terms_go.c */

/* Finds the words of the box, and says how many rows have them and which words no row has together with the others. */
void terms_find(struct terms *v);
/* The entry that a code of the book names; false when the release in force lacks it or it is no code. */
bool terms_entry(struct terms *v, const struct target *t, struct arena *a, struct entry *out);
/* Opens what a target names. */
void terms_open_target(struct terms *v, const struct term *from, const struct target *t);

/* Whether a set has an index or table of a kind, loaded or not. */
bool terms_has_book(enum codeset set, enum component book);

#endif
