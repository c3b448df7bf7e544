/* actions.c - the table of actions, and the three readers of it that are not screens: dispatch, key bar, man page. */
#include "actions.h"

#include <stdbool.h>

#include "codeshelf/browse.h"
#include "codeshelf/buf.h"
#include "keys.h"

#define CODE_SETS (IN_LIST | IN_PAGE | IN_TEXT | IN_PLAIN) /* where digits turn to a code set */
#define READING (CODE_SETS | IN_TERMS | IN_GUIDE | IN_CHANGES | IN_CHANGE)
#define ON_ENTRY (IN_LIST | IN_PAGE | IN_TEXT | IN_TERMS | IN_CHANGES | IN_CHANGE)
#define ANYWHERE (IN_BOX | READING)

const struct action_row action_table[] = {
    {ACT_OPEN, {KEYS_ENTER}, "Enter", "open", "Open the entry in the book, or follow the link; in the changes, show old and new "
     "side by side.", IN_BOX | IN_LIST | IN_PAGE | IN_TERMS | IN_GUIDE | IN_CHANGES | IN_CHANGE | IN_WELCOME, 1},
    {ACT_PANE, {KEYS_TAB, KEYS_BACKTAB}, "Tab", "pane", "Go to the other pane.", ANYWHERE, 2},
    {ACT_SEARCH, {'/'}, "/", "search", "Go to the search box.", READING, 7},
    {ACT_LITERAL, {'='}, "=", "as typed", "Search for the words as typed: no spelling put right, no abbreviation or everyday word "
     "read as another; again to go back.", IN_LIST | IN_PAGE | IN_TEXT, 0},
    {ACT_ESCAPE, {KEYS_ESC}, "Esc", "leave", "Leave what was opened last, for what it was opened from; then back to the "
     "search box, then empty it.", ANYWHERE, 3},
    {ACT_NOTES, {'v'}, "v", "notes that apply", "Every note that applies to the entry, with where it comes from, the 7th "
     "characters and the fields of the official file, then your own notes.",
     IN_LIST | IN_PAGE | IN_TERMS | IN_CHANGES | IN_CHANGE, 9},
    {ACT_LINKS, {'f'}, "f", "follow links", "List the codes that the notes of the entry name, to follow one; in the indexes, "
     "follow see and see also.", IN_LIST | IN_PAGE | IN_TEXT | IN_TERMS, 17},
    {ACT_OUTLINE, {'o'}, "o", "outline", "Show the outline of the book beside the page, or the results again.", READING, 18},
    {ACT_SEVENTH, {'7'}, "7", "characters", "Show or hide the codes that differ in the 7th character only.",
     IN_LIST | IN_PAGE, 11},
    {ACT_INDEX, {'i'}, "i", "index", "Look a term up in the Alphabetic Index, and in the tables that go with it.", READING, 8},
    {ACT_BOOK_INDEX, {'1'}, "1", "diseases", "In the indexes: the Index of Diseases and Injuries.", IN_TERMS, 0},
    {ACT_BOOK_EXTERNAL, {'2'}, "2", "external causes", "In the indexes: the External Cause Index.", IN_TERMS, 0},
    {ACT_BOOK_NEOPLASM, {'3'}, "3", "neoplasms", "In the indexes: the Table of Neoplasms.", IN_TERMS, 0},
    {ACT_BOOK_DRUGS, {'4'}, "4", "drugs", "In the indexes: the Table of Drugs and Chemicals.", IN_TERMS, 0},
    {ACT_MENTIONS, {'r'}, "r", "mentions", "Who mentions this entry, a range that holds it or one it belongs to: notes, "
     "index, guidelines.", ON_ENTRY, 12},
    {ACT_BEARING, {'g'}, "g", "guidelines", "The sections of the Official Guidelines that bear on this entry, nearest "
     "first.", ON_ENTRY, 14},
    {ACT_GUIDE, {'G'}, "G", "all guidelines", "Read the Official Guidelines.", READING, 0},
    {ACT_LIFE, {'c'}, "c", "history", "The life of the code over the loaded releases: what changed in its wording, its notes "
     "and those above it.", ON_ENTRY, 13},
    {ACT_CHANGES, {'C'}, "C", "changes", "What differs between the release in force and the one before it, or two others: "
     "typing filters, Left and Right choose a kind.", READING, 16},
    {ACT_PAIR_BACK, {'{'}, "{", "earlier", "In the changes: compare the two releases before these.", IN_CHANGES, 5},
    {ACT_PAIR_NEXT, {'}'}, "}", "later", "In the changes: compare the next two releases.", IN_CHANGES, 6},
    {ACT_FROM_BACK, {'('}, "(", "from earlier", "In the changes: compare the later release with one further back.", IN_CHANGES,
     0},
    {ACT_FROM_NEXT, {')'}, ")", "from later", "In the changes: compare the later release with one less far back.", IN_CHANGES,
     0},
    {ACT_CONVENTIONS, {'I'}, "I", "conventions", "Read the conventions of the book: its introduction.", READING, 0},
    {ACT_BACK, {'<', KEYS_BACKSPACE, 'H'}, "< Bksp", "back", "Back to what was seen before.", READING, 15},
    {ACT_FORWARD, {'>', 'L'}, ">", "forward", "Forward again.", READING, 0},
    {ACT_UP, {KEYS_UP, 'k'}, "Up k", "up", "The entry or line above.", ANYWHERE, 0},
    {ACT_DOWN, {KEYS_DOWN, 'j'}, "Down j", "down", "The entry or line below.", ANYWHERE, 0},
    {ACT_LEFT, {KEYS_LEFT, 'h'}, "Left h", "to the parent", "To the entry this one belongs to; in a list, fold it up; in a "
     "table, the column before; in the changes, the kind before.",
     IN_BOX | IN_LIST | IN_PAGE | IN_TERMS | IN_GUIDE | IN_CHANGES, 0},
    {ACT_RIGHT, {KEYS_RIGHT, 'l'}, "Right l", "into", "To the first entry under this one; in a list, unfold it; in a table, the "
     "next column; in the changes, the next kind.", IN_BOX | IN_LIST | IN_PAGE | IN_TERMS | IN_GUIDE | IN_CHANGES, 0},
    {ACT_PAGE_UP, {KEYS_PAGE_UP}, "PgUp", "page up", "A screen up.", ANYWHERE, 0},
    {ACT_PAGE_DOWN, {KEYS_PAGE_DOWN, ' '}, "PgDn Space", "page down", "A screen down.", ANYWHERE, 0},
    {ACT_FIRST, {KEYS_HOME}, "Home", "first", "The beginning of the book or the list.", READING, 0},
    {ACT_LAST, {KEYS_END}, "End", "last", "The end of the book or the list.", READING, 0},
    {ACT_CATEGORY_BACK, {'['}, "[", "category before", "The category, main term or section before; in the "
     "changes, the chapter.", IN_LIST | IN_PAGE | IN_TERMS | IN_GUIDE | IN_CHANGES | IN_CHANGE, 0},
    {ACT_CATEGORY_NEXT, {']'}, "]", "next category", "The next category, main term or section; in the changes, the "
     "next chapter.", IN_LIST | IN_PAGE | IN_TERMS | IN_GUIDE | IN_CHANGES | IN_CHANGE, 0},
    {ACT_SECTION_BACK, {'{'}, "{", "section before", "The section before.", IN_LIST | IN_PAGE, 0},
    {ACT_SECTION_NEXT, {'}'}, "}", "next section", "The next section.", IN_LIST | IN_PAGE, 0},
    {ACT_CHAPTER_BACK, {'('}, "(", "chapter before", "The chapter before.", IN_LIST | IN_PAGE, 0},
    {ACT_CHAPTER_NEXT, {')'}, ")", "next chapter", "The next chapter.", IN_LIST | IN_PAGE, 0},
    {ACT_SET_NEXT, {'s'}, "s", "next book", "Turn to the next code set: ICD-10-CM, HCPCS, CPT; from its index or "
     "changes to those of the next.", READING, 0},
    {ACT_SET_1, {'1'}, "1", "ICD-10-CM", "Turn to ICD-10-CM.", CODE_SETS, 0},
    {ACT_SET_2, {'2'}, "2", "HCPCS", "Turn to HCPCS Level II.", CODE_SETS, 0},
    {ACT_SET_3, {'3'}, "3", "CPT", "Turn to CPT.", CODE_SETS, 0},
    {ACT_AS_OF, {'@'}, "@", "as of", "Give the date of service that everything is to answer for.", READING, 20},
    {ACT_BORROW, {'B'}, "B", "borrow notes", "Where a release came without notes, show those of another one, labelled; again "
     "for the next release that has them, then for none.", READING, 0},
    {ACT_COPY, {'y'}, "y", "copy", "Copy the code to the clipboard of the terminal.", READING, 19},
    {ACT_COPY_TRAIL, {'Y'}, "Y", "copy trail", "Copy the way that led from the index to the code: term, subterms, code.",
     READING, 0},
    {ACT_REOPEN, {'R'}, "R", "reopen", "Open the shelf again, after an import replaced it.", READING | IN_WELCOME, 0},
    {ACT_HELP, {'?'}, "?", "keys", "This help.", READING, 4},
    {ACT_QUIT, {'q'}, "q", "quit", "Leave codeshelf; Ctrl-C does so from anywhere.", READING | IN_WELCOME, 10},
};
const size_t action_table_len = sizeof action_table / sizeof action_table[0];

static bool has_key(const struct action_row *row, int key)
{
    for (size_t i = 0; i < sizeof row->keys / sizeof row->keys[0] && row->keys[i] != 0; i++) {
        if (row->keys[i] == key) {
            return true;
        }
    }
    return false;
}

/* What the box takes as text, or edits the text with. */
static bool is_text(int key)
{
    return (key >= ' ' && key < KEYS_UP) || key == KEYS_BACKSPACE;
}

enum action action_of_key(int key, enum where where)
{
    if (where == IN_BOX && is_text(key)) {
        return ACT_NONE;
    }
    for (size_t i = 0; i < action_table_len; i++) {
        if ((action_table[i].where & (unsigned)where) && has_key(&action_table[i], key)) {
            return action_table[i].id;
        }
    }
    return ACT_NONE;
}

/* Whether the key of a row can be pressed in a place: letters can't while typing. */
static bool reachable(const struct action_row *row, enum where where)
{
    return (row->where & (unsigned)where) && !(where == IN_BOX && is_text(row->keys[0]));
}

const struct action_row *action_bar_next(enum where where, const struct action_row *after)
{
    const struct action_row *best = NULL;

    for (size_t i = 0; i < action_table_len; i++) {
        const struct action_row *row = &action_table[i];

        if (row->bar > (after == NULL ? 0 : after->bar) && reachable(row, where) && (best == NULL || row->bar < best->bar)) {
            best = row;
        }
    }
    return best;
}

void browse_keys_man(struct buf *out)
{
    for (size_t i = 0; i < action_table_len; i++) {
        /* A dot or quote at the start of a line is a request to the formatter; \& keeps it text. */
        buf_printf(out, ".TP\n.B \\&%s\n\\&%s\n", action_table[i].shown, action_table[i].help);
    }
}
