/* help.c - help, written from the tables of commands and options, so that it cannot say anything else than they do. */
#include "cli.h"

enum { COMMAND_COLUMN = 34, OPTION_COLUMN = 22 };

static void print_row(FILE *out, int column, const char *name, const char *words, const char *help)
{
    int used = fprintf(out, "  %s%s%s", name, *words ? " " : "", words);
    fprintf(out, "%*s%s\n", used < column ? column - used : 2, "", help);
}

static void print_options(FILE *out, const struct command *command)
{
    for (int i = 0; i < OPT_COUNT; i++) {
        const struct option_row *row = &option_rows[i];
        if (command->takes & OPT_BIT(i) || i == OPT_HELP || i == OPT_VERSION)
            print_row(out, OPTION_COLUMN, row->name, row->value ? row->value : "", row->help);
    }
}

void help_print(FILE *out, const struct command *commands, size_t n)
{
    fputs("codeshelf: ICD-10-CM, HCPCS Level II and CPT on one shelf, offline\n\nusage:\n", out);
    for (size_t i = 0; i < n; i++) {
        char usage[64];
        snprintf(usage, sizeof usage, "codeshelf%s%s", *commands[i].name ? " " : "", commands[i].name);
        print_row(out, COMMAND_COLUMN, usage, commands[i].words, commands[i].help);
    }
    fputs("\noptions of the browser:\n", out);
    print_options(out, &commands[0]);
    fputs("\nCodes are taken dotted or not, in any case. codeshelf COMMAND --help names the options of a command.\n"
          "Exit codes: 0 found, 1 nothing found, 2 wrong use, 3 no usable shelf.\n", out);
}

void help_print_command(FILE *out, const struct command *command)
{
    fprintf(out, "usage: codeshelf%s%s [OPTIONS]%s%s\n\n%s\n\noptions:\n", *command->name ? " " : "", command->name,
            *command->words ? " " : "", command->words, command->help);
    print_options(out, command);
}
