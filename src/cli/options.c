/* options.c - the options of every command: one table, from which they are read and from which help is written.
 *
 * All commands share the spelling and meaning of their options; which of them a command takes is a bit set in its row. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

enum { LIMIT_MOST = 1000, DEPTH_MOST = 100 };

const struct option_row option_rows[OPT_COUNT] = {
    [OPT_SHELF] = {"--shelf", "FILE", "the shelf ($CODESHELF_SHELF, else the data folder's)"},
    [OPT_DESK] = {"--desk", "FILE", "the desk ($CODESHELF_DESK, else the data folder's)"},
    [OPT_AS_OF] = {"--as-of", "DATE", "answer for this date of service, not for today"},
    [OPT_SET] = {"--set", "SET", "this code set only: icd10cm, hcpcs or cpt"},
    [OPT_NOTES_OF] = {"--notes-of", "RELEASE", "notes of this release where the one in force has none"},
    [OPT_NOTES] = {"--notes", "FILE", "a shared notes file as well, read-only"},
    [OPT_NAME] = {"--name", "NAME", "the collection's name, instead of the file's own"},
    [OPT_LIMIT] = {"--limit", "N", "at most N results, 1 to 1000; without it 20"},
    [OPT_BATCH] = {"--batch", NULL, "read one query a line from standard input"},
    [OPT_LITERAL] = {"--literal", NULL, "the words as typed: no spelling repaired, no abbreviation read"},
    [OPT_DEPTH] = {"--depth", "N", "N levels down"},
    [OPT_BOOK] = {"--book", "BOOK", "diseases, external, neoplasm or drugs; list: tabular, guidelines too"},
    [OPT_BILLABLE] = {"--billable", NULL, "only codes that may be reported as they stand"},
    [OPT_FULL] = {"--full", NULL, "whole sections, not only what names the code"},
    [OPT_ASCII] = {"--ascii", NULL, "only ASCII on the screen"},
    [OPT_COLOR] = {"--color", "WHEN", "auto, always or never; auto heeds NO_COLOR"},
    [OPT_NO_MOUSE] = {"--no-mouse", NULL, "leave the mouse to the terminal"},
    [OPT_JSON] = {"--json", NULL, "one JSON object a line"},
    [OPT_TSV] = {"--tsv", NULL, "tab-separated, with a line of headings"},
    [OPT_MARKDOWN] = {"--markdown", NULL, "a Markdown document"},
    [OPT_FROM] = {"--from", "RELEASE", "the earlier release"},
    [OPT_TO] = {"--to", "RELEASE", "the later release"},
    [OPT_HELP] = {"--help", NULL, "say what there is, and leave"},
    [OPT_VERSION] = {"--version", NULL, "print the version, and leave"},
};

/* The option an argument names, up to its end or an equals sign; OPT_COUNT when it names none. */
static enum option find_option(const char *arg)
{
    size_t n = strcspn(arg, "=");
    for (int i = 0; i < OPT_COUNT; i++)
        if (strncmp(option_rows[i].name, arg, n) == 0 && option_rows[i].name[n] == '\0')
            return (enum option)i;
    return OPT_COUNT;
}

/* A lone dash is a word, as everywhere. */
static bool is_option(const char *arg)
{
    return arg[0] == '-' && arg[1] != '\0';
}

/* "search diabetes -kidney": behind the first of its words, one dash leaves a word out of a search. */
static bool is_unwanted_word(const char *arg, const char *const *words, size_t nwords)
{
    return arg[1] != '-' && nwords > 1 && strcmp(words[0], "search") == 0;
}

static enum status read_number(const char *name, const char *text, size_t least, size_t most, size_t *out, struct error *err)
{
    char *end;
    errno = 0;
    unsigned long n = strtoul(text, &end, 10);
    if (errno || end == text || *end || text[0] < '0' || text[0] > '9' || n < least || n > most)
        return error_set(err, ST_USAGE, "%s takes a number from %zu to %zu, not \"%s\"", name, least, most, text);
    *out = (size_t)n;
    return ST_OK;
}

static enum status read_color(const char *text, enum browse_color *out, struct error *err)
{
    static const char *const names[] = {
        [BROWSE_COLOR_AUTO] = "auto", [BROWSE_COLOR_ALWAYS] = "always", [BROWSE_COLOR_NEVER] = "never"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(text, names[i]) == 0) {
            *out = (enum browse_color)i;
            return ST_OK;
        }
    return error_set(err, ST_USAGE, "--color takes auto, always or never, not \"%s\"", text);
}

/* Values that are more than text. */
static enum status read_values(struct options *o, struct error *err)
{
    const char *const *text = o->text;
    enum status st = ST_OK;
    if (text[OPT_AS_OF] && !date_parse(text[OPT_AS_OF], &o->as_of))
        return error_set(err, ST_USAGE, "--as-of takes a date like 2025-02-03, not \"%s\"", text[OPT_AS_OF]);
    if (text[OPT_SET] && !codeset_parse(text[OPT_SET], &o->set))
        return error_set(err, ST_USAGE, "--set takes icd10cm, hcpcs or cpt, not \"%s\"", text[OPT_SET]);
    if (text[OPT_LIMIT])
        st = read_number("--limit", text[OPT_LIMIT], 1, LIMIT_MOST, &o->limit, err);
    if (st == ST_OK && text[OPT_DEPTH])
        st = read_number("--depth", text[OPT_DEPTH], 1, DEPTH_MOST, &o->depth, err);
    if (st == ST_OK && text[OPT_COLOR])
        st = read_color(text[OPT_COLOR], &o->color, err);
    return st;
}

/* Reads the option at argv[*at], and its value, which may be the next argument. */
static enum status read_option(int argc, char *const argv[], int *at, struct options *o, struct error *err)
{
    const char *arg = argv[*at], *equals = strchr(arg, '=');
    enum option option = find_option(arg);
    if (option == OPT_COUNT)
        return error_set(err, ST_USAGE, "unknown option %s", arg);
    const struct option_row *row = &option_rows[option];
    if (!row->value && equals)
        return error_set(err, ST_USAGE, "%s takes no value", row->name);
    if (row->value && !equals && *at + 1 >= argc)
        return error_set(err, ST_USAGE, "%s needs a value: %s %s", row->name, row->name, row->value);
    if (!row->value)
        o->text[option] = "";
    else
        o->text[option] = equals ? equals + 1 : argv[++*at];
    return ST_OK;
}

enum status options_read(int argc, char *const argv[], struct options *out, const char **words, size_t *nwords,
                         struct error *err)
{
    *out = (struct options){.set = SET_COUNT};
    *nwords = 0;
    bool ended = false;
    for (int i = 1; i < argc; i++) {
        if (ended || !is_option(argv[i]) || is_unwanted_word(argv[i], words, *nwords)) {
            words[(*nwords)++] = argv[i];
        } else if (strcmp(argv[i], "--") == 0) {
            ended = true;
        } else {
            enum status st = read_option(argc, argv, &i, out, err);
            if (st != ST_OK)
                return st;
        }
    }
    return read_values(out, err);
}

int options_first_word(int argc, char *const argv[])
{
    for (int i = 1; i < argc; i++) {
        if (!is_option(argv[i]))
            return i;
        if (strcmp(argv[i], "--") == 0)
            return i + 1 < argc ? i + 1 : argc;
        enum option option = find_option(argv[i]);
        if (option != OPT_COUNT && option_rows[option].value && !strchr(argv[i], '='))
            i++;
    }
    return argc;
}
