/* cli.h - the command line from inside: one table of options, one of commands, one file a command.
 *
 * main.c reads the words of a call into a struct call, opens the shelf when the command wants one, runs the command and turns
 * its status into the exit code. A command writes its answer to call->out and messages to call->err, and returns ST_OK, or
 * ST_NONE when nothing was found (with an empty error text when it said so itself), or what went wrong. */
#ifndef CODESHELF_CLI_H
#define CODESHELF_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "codeshelf/browse.h"
#include "codeshelf/buf.h"
#include "codeshelf/date.h"
#include "codeshelf/error.h"
#include "codeshelf/shelf.h"
#include "codeshelf/words.h"

/* --- options (options.c) ---------------------------------------------------------------------------------------------- */

enum option {
    OPT_SHELF,
    OPT_DESK,
    OPT_AS_OF,
    OPT_SET,
    OPT_NOTES_OF,
    OPT_NOTES,
    OPT_NAME,
    OPT_LIMIT,
    OPT_BATCH,
    OPT_LITERAL,
    OPT_DEPTH,
    OPT_BOOK,
    OPT_BILLABLE,
    OPT_FULL,
    OPT_ASCII,
    OPT_COLOR,
    OPT_NO_MOUSE,
    OPT_JSON,
    OPT_TSV,
    OPT_MARKDOWN,
    OPT_FROM,
    OPT_TO,
    OPT_HELP,
    OPT_VERSION,
    OPT_COUNT
};

#define OPT_BIT(option) (1u << (option))

struct option_row {
    const char *name;  /* "--as-of" */
    const char *value; /* what help calls its value ("DATE"); NULL for an option without one */
    const char *help;
};
extern const struct option_row option_rows[OPT_COUNT];

struct options {
    const char *text[OPT_COUNT]; /* the value as typed, "" for one without a value, NULL when it was not given */
    date as_of;                  /* 0 for today */
    enum codeset set;            /* SET_COUNT for all */
    size_t limit, depth;         /* 0 when not given */
    enum browse_color color;
};

/* Reads the arguments: options may stand before, between and after the words, "--" ends them. words has room for argc
 * pointers and gets the words in order. ST_USAGE with one line that names the argument at fault. */
enum status options_read(int argc, char *const argv[], struct options *out, const char **words, size_t *nwords,
                         struct error *err);
/* The place of the first word in argv, argc when there is none: known before the options are judged, because a command that
 * runs another program has options of its own. */
int options_first_word(int argc, char *const argv[]);

/* --- commands --------------------------------------------------------------------------------------------------------- */

struct call;

struct command {
    const char *name;  /* "" for the browser */
    const char *words; /* its words as usage writes them */
    const char *help;  /* one line */
    unsigned takes;    /* OPT_BIT of the options it takes; --help and --version are taken by all */
    size_t least, most; /* how many words */
    enum status (*run)(struct call *c, struct error *err); /* NULL where program says who does it */
    const char *program; /* "codeshelf-import" */
    bool no_shelf;       /* runs without an open shelf */
};

struct call {
    const struct command *command;
    struct options opt;
    const char *const *words;
    size_t nwords;
    struct shelf *shelf;
    FILE *out, *err;
    bool warned[SET_COUNT];
};

enum status cmd_browse(struct call *c, struct error *err);
enum status cmd_search(struct call *c, struct error *err);
enum status cmd_show(struct call *c, struct error *err);
enum status cmd_tree(struct call *c, struct error *err);
enum status cmd_index(struct call *c, struct error *err);
enum status cmd_guide(struct call *c, struct error *err);
enum status cmd_refs(struct call *c, struct error *err);
enum status cmd_list(struct call *c, struct error *err);
enum status cmd_releases(struct call *c, struct error *err);
enum status cmd_changes(struct call *c, struct error *err);
enum status cmd_history(struct call *c, struct error *err);
enum status cmd_impact(struct call *c, struct error *err);
enum status cmd_note(struct call *c, struct error *err);

/* Replaces this process by a sister program, looked for beside this one and then on PATH, with the arguments given (NULL at
 * the end, the first one the program's name). Comes back only when it is not there. */
enum status program_run(const char *program, char *const argv[], struct error *err);

/* Where a data file of the program is, in out: beside the program in a build folder, in the data folder of an installed one.
 * False when it is in neither. */
bool program_data(const char *name, struct buf *out);

/* --- what commands share (call.c) ------------------------------------------------------------------------------------- */

/* Opens the shelf of the call, chooses its date and the notes it borrows. */
enum status call_open(struct call *c, struct error *err);
/* The release that answers for a set; says once a set on call->err when it is not the one the date asks for. NULL when no
 * release of the set is loaded. */
const struct release *call_release(struct call *c, enum codeset set);
/* Whether the call is about this set: the one of --set, or any that is loaded. */
bool call_wants(const struct call *c, enum codeset set);
/* The error for a call about sets of which none is loaded: ST_NONE. */
enum status call_no_set(const struct call *c, struct error *err);
/* The words of the call with a blank between, as UTF-8 of a bounded length. */
void call_words(const struct call *c, struct buf *out);
/* Writes one line on call->err. */
void call_say(const struct call *c, const char *text);
/* Why notes of the set cannot be shown ("notes not loaded for FY2018 (notes of FY2017 are on this shelf: ...)"), in out, or
 * false when they can. */
bool call_notes_missing(const struct call *c, enum codeset set, char *out, size_t size);

/* --- help (help.c) ---------------------------------------------------------------------------------------------------- */

/* The whole program; commands[0] is the browser. */
void help_print(FILE *out, const struct command *commands, size_t n);
void help_print_command(FILE *out, const struct command *command);

#endif
