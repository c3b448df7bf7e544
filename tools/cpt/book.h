/* book.h - what the files of one CPT release say, gathered before it becomes an edition.
 *
 * The AMA spreads a code over several files (long, medium and short descriptor, consumer wording), so the book is a table of
 * items, one a code or modifier, that every file adds to. All text lives in the arena of the edition being made. */
#ifndef CODESHELF_CPT_BOOK_H
#define CODESHELF_CPT_BOOK_H

#include <stdint.h>

#include "codeshelf/buf.h"
#include "codeshelf/code.h"
#include "codeshelf/edition.h"
#include "codeshelf/map.h"

struct item {
    char code[CODE_MAX];
    enum kind kind;          /* KIND_CODE or KIND_MODIFIER */
    uint32_t turn;           /* place in its file: the order inside a section */
    const char *title;       /* NULL: no file of this release has described it */
    const char *short_title; /* "" where there is none */
    date from;               /* PLA codes name the day they take effect, else 0 */
    bool in_long, in_medium, in_short; /* which files of this import have it */
};

struct item_note {
    uint32_t item;
    enum note_kind kind;
    const char *text;
};

struct item_fact {
    uint32_t item;
    const char *name, *value;
};

struct book {
    struct edition *ed; /* borrowed: owner of the text */
    struct map by_code;
    uint32_t turns;
    struct buf scratch;
    struct { struct item *items; size_t len, cap; } items;
    struct { struct item_note *items; size_t len, cap; } notes;
    struct { struct item_fact *items; size_t len, cap; } facts;
};

void book_start(struct book *b, struct edition *ed);
void book_free(struct book *b);
/* Takes over what an edition read back from the shelf has; its facts named "stem" are left, as place.c makes them anew.
 * Replacements too. */
void book_load(struct book *b, const struct edition *old);

/* Whether the five bytes at s (n are there) are a CPT code: four digits and one of 0-9AFTUM. */
bool book_code_at(const char *s, size_t n);
/* The item of a code, made without a title when it is new. The pointer of book_at is valid until the next book_item. */
uint32_t book_item(struct book *b, const char *code, size_t n, enum kind kind);
struct item *book_at(struct book *b, uint32_t item);
/* Gives an item its title and, when it had none, the next turn. */
void book_title(struct book *b, uint32_t item, const char *title);
/* Outside bytes as text of the edition: UTF-8, no control characters, no blanks at the ends. Never NULL. */
const char *book_text(struct book *b, const char *bytes, size_t n);
/* The same with every run of blanks made one, for texts joined from several lines. */
const char *book_prose(struct book *b, const char *bytes, size_t n);
/* Add a note or a fact; empty ones are passed over, repeated ones kept once. Of two values of a fact the later counts, but for
 * "list", of which an item has several. */
void book_note(struct book *b, uint32_t item, enum note_kind kind, const char *text);
void book_fact(struct book *b, uint32_t item, const char *name, const char *value);

/* Forget what an earlier import brought, before the file that brings it anew is read. */
void book_drop_codes(struct book *b);      /* but PLA codes, which have a file of their own */
void book_drop_modifiers(struct book *b);
void book_drop_facts(struct book *b, const char *name);
void book_drop_notes(struct book *b, enum note_kind kind);
void book_drop_days(struct book *b, enum kind kind); /* the facts "added" and "revised" of codes or modifiers */

/* Puts the book into the edition: chapters and sections of codesets/cpt/outline.tsv, codes in the narrowest section that holds
 * their number, modifiers last; notes and facts grouped by entry; the fact "stem" at members of semicolon families. */
void book_place(struct book *b);

#endif
