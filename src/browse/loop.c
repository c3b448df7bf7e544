/* loop.c - the browser's loop: wait, take in, search, lay out, paint.
 *
 * Typing is coalesced: while keys wait they are taken in without searching, and a search that is running stops as soon as one
 * comes. So the screen never lags behind what was typed, however long a search takes. */
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "term.h"

enum { REPLACED_CHECK = 5000 }; /* milliseconds between looks at whether the shelf file was replaced */

static bool screen_is_utf8(void)
{
    return setlocale(LC_CTYPE, "") != NULL && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static void run(struct app *app)
{
    struct input in;

    while (!app->quit) {
        bool due = app->search_due || app->view_due;

        if (due && !term_pending()) {
            app_search(app, true);
        }
        if (!due || !term_pending()) {
            app_paint(app);
        }
        term_next(app->search_due || app->view_due ? 0 : REPLACED_CHECK, &in);
        app_input(app, &in);
    }
}

enum status browse_run(const struct browse_options *o, struct error *err)
{
    struct app *app = mem_alloc(sizeof *app);
    enum status st;

    if (!screen_is_utf8()) {
        app->canvas.ascii = true;
    }
    st = term_open(o, err);
    if (st == ST_OK) {
        app_open(app, o);
        run(app);
        app_close(app);
        term_close();
    }
    free(app);
    return st;
}
