/* cmd_browse.c - codeshelf without a command: the full-screen browser, with the words as the start of its search. */
#include <unistd.h>

#include "cli.h"
#include "codeshelf/paths.h"

enum status cmd_browse(struct call *c, struct error *err)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return error_set(err, ST_USAGE, "the browser needs a terminal; for scripts there are search, show and list");
    struct buf path = {0}, start = {0}, specimen = {0}, vocabulary = {0};
    bool named;
    enum status st = path_shelf(c->opt.text[OPT_SHELF], &path, err);
    if (st == ST_OK) {
        for (size_t i = 0; i < c->nwords; i++)
            buf_printf(&start, "%s%s", i ? " " : "", c->words[i]);
        struct browse_options options = {
            .shelf = buf_text(&path),
            .specimen = program_data("specimen.db", &specimen) ? buf_text(&specimen) : NULL,
            .desk = c->opt.text[OPT_DESK],
            .notes = c->opt.text[OPT_NOTES],
            .vocabulary = path_vocabulary(&vocabulary, &named) ? buf_text(&vocabulary) : NULL,
            .start = buf_text(&start),
            .set = c->opt.set,
            .as_of = c->opt.as_of,
            .color = c->opt.color,
            .ascii = c->opt.text[OPT_ASCII],
            .no_mouse = c->opt.text[OPT_NO_MOUSE],
        };
        st = browse_run(&options, err);
    }
    buf_free(&path);
    buf_free(&start);
    buf_free(&specimen);
    buf_free(&vocabulary);
    return st;
}
