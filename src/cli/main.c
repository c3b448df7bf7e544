/* main.c - codeshelf: reads the call, runs one command, says how it went by the exit code.
 *
 * The table of commands is the whole program at a glance; help is written from it. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "codeshelf/arena.h"

#define VERSION_LINE "codeshelf " CODESHELF_VERSION

enum { EXIT_FOUND = 0, EXIT_NOTHING = 1, EXIT_USE = 2, EXIT_SHELF = 3 };

enum {
    TAKES_SHELF = OPT_BIT(OPT_SHELF) | OPT_BIT(OPT_AS_OF) | OPT_BIT(OPT_SET),
    TAKES_ROWS = TAKES_SHELF | OPT_BIT(OPT_JSON),
    TAKES_NOTES = TAKES_ROWS | OPT_BIT(OPT_DESK) | OPT_BIT(OPT_NOTES),
    TAKES_SEARCH = TAKES_ROWS | OPT_BIT(OPT_LIMIT) | OPT_BIT(OPT_BATCH) | OPT_BIT(OPT_LITERAL) | OPT_BIT(OPT_COLOR),
    TAKES_BROWSE = TAKES_SHELF | OPT_BIT(OPT_DESK) | OPT_BIT(OPT_NOTES) | OPT_BIT(OPT_ASCII) | OPT_BIT(OPT_COLOR) |
                   OPT_BIT(OPT_NO_MOUSE)
};

#define ANY_WORDS ((size_t)-1)

static const struct command commands[] = {
    {"", "[CODE|WORDS]", "the browser", TAKES_BROWSE, 0, ANY_WORDS, cmd_browse, NULL, true},
    {"search", "WORDS...", "ranked codes for a code or words", TAKES_SEARCH, 1, ANY_WORDS, cmd_search, NULL, false},
    {"show", "CODE...", "path, notes that apply, 7th characters", TAKES_NOTES | OPT_BIT(OPT_NOTES_OF), 1,
     ANY_WORDS, cmd_show, NULL, false},
    {"tree", "[CODE]", "the book below a code, or its chapters", TAKES_ROWS | OPT_BIT(OPT_DEPTH), 0, 1, cmd_tree, NULL, false},
    {"index", "TERM...", "a term in the Alphabetic Index, or a table", TAKES_ROWS | OPT_BIT(OPT_LIMIT) | OPT_BIT(OPT_BOOK), 1,
     ANY_WORDS, cmd_index, NULL, false},
    {"guide", "[SECTION|CODE]", "the guidelines, or what bears on a code",
     OPT_BIT(OPT_SHELF) | OPT_BIT(OPT_AS_OF) | OPT_BIT(OPT_JSON) | OPT_BIT(OPT_DEPTH) | OPT_BIT(OPT_FULL), 0, ANY_WORDS,
     cmd_guide, NULL, false},
    {"refs", "CODE", "who mentions a code, in which kind of note", TAKES_ROWS | OPT_BIT(OPT_NOTES_OF), 1, 1, cmd_refs,
     NULL, false},
    {"list", "", "every entry in book order, tab-separated",
     TAKES_ROWS | OPT_BIT(OPT_BILLABLE) | OPT_BIT(OPT_BOOK) | OPT_BIT(OPT_NOTES_OF), 0, 0, cmd_list, NULL, false},
    {"releases", "", "what is on the shelf: dates, counts, sources",
     OPT_BIT(OPT_SHELF) | OPT_BIT(OPT_SET) | OPT_BIT(OPT_JSON), 0, 0, cmd_releases, NULL, false},
    {"changes", "SET FROM TO", "what a release brought, took away and changed",
     OPT_BIT(OPT_SHELF) | OPT_BIT(OPT_JSON) | OPT_BIT(OPT_TSV) | OPT_BIT(OPT_MARKDOWN), 3, 3, cmd_changes, NULL, false},
    {"history", "CODE", "the life of a code over the loaded releases",
     OPT_BIT(OPT_SHELF) | OPT_BIT(OPT_SET) | OPT_BIT(OPT_JSON), 1, 1, cmd_history, NULL, false},
    {"impact", "--from A --to B FILE", "what a release does to a list of codes",
     OPT_BIT(OPT_SHELF) | OPT_BIT(OPT_SET) | OPT_BIT(OPT_JSON) | OPT_BIT(OPT_FROM) | OPT_BIT(OPT_TO), 1, 1, cmd_impact, NULL,
     false},
    {"note", "ACT [WORD]", "your own notes: import FILE, list [CODE], remove NAME", TAKES_NOTES | OPT_BIT(OPT_NAME), 0, 2,
     cmd_note, NULL, true},
    {"import", "PATH...", "load official files", 0, 0, 0, NULL, "codeshelf-import", true},
    {"fetch", "SET [RELEASE]", "get official files", 0, 0, 0, NULL, "codeshelf-fetch", true},
    {"verify", "", "check the shelf from end to end", 0, 0, 0, NULL, "codeshelf-verify", true},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

/* The command a word names; the browser when it names none. */
static const struct command *find_command(const char *word)
{
    for (size_t i = 1; word && i < COMMANDS; i++)
        if (strcmp(commands[i].name, word) == 0)
            return &commands[i];
    return &commands[0];
}

/* Hands everything but the command's own word to the program. */
static enum status run_program(int argc, char *argv[], int word, const struct command *command, struct error *err)
{
    char **args = mem_alloc(((size_t)argc + 1) * sizeof *args);
    size_t n = 0;
    args[n++] = mem_strdup(command->program);
    for (int i = 1; i < argc; i++)
        if (i != word)
            args[n++] = argv[i];
    enum status st = program_run(command->program, args, err);
    free(args[0]);
    free(args);
    return st;
}

/* Judges the words and options of the call against the row of its command. */
static enum status check_use(const struct call *c, struct error *err)
{
    const struct command *command = c->command;
    for (int i = 0; i < OPT_COUNT; i++)
        if (c->opt.text[i] && i != OPT_HELP && i != OPT_VERSION && !(command->takes & OPT_BIT(i)))
            return error_set(err, ST_USAGE, "%s takes no %s", *command->name ? command->name : "the browser", option_rows[i].name);
    if (c->opt.text[OPT_BATCH] && c->nwords > 0)
        return error_set(err, ST_USAGE, "--batch reads its queries from standard input, not \"%s\"", c->words[0]);
    if (c->nwords < command->least && !c->opt.text[OPT_BATCH])
        return error_set(err, ST_USAGE, "%s needs %s", command->name, command->words);
    if (c->nwords > command->most)
        return error_set(err, ST_USAGE, "%s does not take \"%s\"", command->name, c->words[command->most]);
    return ST_OK;
}

static enum status run_command(struct call *c, struct error *err)
{
    if (c->opt.text[OPT_VERSION]) {
        fputs(VERSION_LINE "\n", c->out);
        return ST_OK;
    }
    if (c->opt.text[OPT_HELP]) {
        if (*c->command->name)
            help_print_command(c->out, c->command);
        else
            help_print(c->out, commands, COMMANDS);
        return ST_OK;
    }
    enum status st = check_use(c, err);
    if (st == ST_OK && !c->command->no_shelf)
        st = call_open(c, err);
    if (st == ST_OK)
        st = c->command->run(c, err);
    if (fflush(c->out) != 0 || ferror(c->out))
        st = error_set(err, ST_IO, "standard output cannot be written");
    return st;
}

static int exit_code(enum status st)
{
    switch (st) {
    case ST_OK: return EXIT_FOUND;
    case ST_USAGE: return EXIT_USE;
    case ST_SHELF: return EXIT_SHELF;
    case ST_NONE:
    case ST_INPUT:
    case ST_IO:
    case ST_STOP: break;
    }
    return EXIT_NOTHING;
}

/* One line; wrong use comes with where to read the right one. */
static void say_error(const struct call *c, enum status st, const struct error *err)
{
    char text[sizeof err->text + 64];
    const char *name = c->command->name;
    if (st == ST_USAGE && !c->command->program)
        snprintf(text, sizeof text, "%s (codeshelf%s%s --help)", err->text, *name ? " " : "", name);
    else
        snprintf(text, sizeof text, "%s", err->text);
    call_say(c, text);
}

int main(int argc, char *argv[])
{
    struct error err = {0};
    struct call c = {.out = stdout, .err = stderr};
    const char **words = mem_alloc((size_t)argc * sizeof *words + 1);
    int first = options_first_word(argc, argv);
    c.command = find_command(first < argc ? argv[first] : NULL);
    enum status st;
    if (c.command->program) {
        st = run_program(argc, argv, first, c.command, &err);
    } else {
        st = options_read(argc, argv, &c.opt, words, &c.nwords, &err);
        bool named = *c.command->name != '\0';
        c.words = words + (named ? 1 : 0);
        c.nwords -= st == ST_OK && named ? 1 : 0;
        if (st == ST_OK)
            st = run_command(&c, &err);
    }
    if (st != ST_OK && err.text[0])
        say_error(&c, st, &err);
    shelf_close(c.shelf);
    free(words);
    return exit_code(st);
}
