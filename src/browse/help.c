/* help.c - two screens that are only text: the keys, read from the action table, and the welcome when there is no shelf. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "change_text.h"
#include "lines.h"
#include "reader.h"

struct help {
    struct app *app;
    struct reader reader;
};

static void *help_open(struct app *app)
{
    struct help *v = mem_alloc(sizeof *v);

    v->app = app;
    return v;
}

static void help_close(void *state)
{
    struct help *v = state;

    reader_forget(&v->reader);
    free(v);
}

static void help_go(void *state, const struct place *to)
{
    struct help *v = state;

    (void)to;
    v->reader.top = 0;
    reader_forget(&v->reader);
}

static enum action help_act(void *state, enum action a)
{
    struct help *v = state;

    return reader_act(&v->reader, a) ? ACT_NONE : a;
}

static void paragraph(struct lines *out, const char *text, enum style style, int width)
{
    struct rich r = {0};

    rich_add(&r, text, style);
    rich_flow(&r, out, 1, 0, width);
    rich_free(&r);
}

static void add_action(struct lines *out, const struct action_row *row, int width)
{
    enum { KEY_COLUMNS = 12 };
    struct rich r = {0};
    char keys[KEY_COLUMNS + 1];

    snprintf(keys, sizeof keys, "%-*s", KEY_COLUMNS, row->shown);
    rich_add(&r, keys, STYLE_KEY);
    rich_add(&r, row->name, STYLE_STRONG);
    rich_add(&r, ". ", STYLE_TEXT);
    rich_add(&r, row->help, STYLE_TEXT);
    rich_flow(&r, out, 1, KEY_COLUMNS, width);
    rich_free(&r);
}

/* What the search box understands beside words. */
static void add_box(struct lines *out, int width)
{
    static const struct {
        const char *typed, *means;
    } rows[] = {
        {"E11.9 e119", "a code, or how codes begin"},
        {"E11.9 I10", "several codes"},
        {"E11-E13", "the codes from one to another"},
        {"\"lower end\"", "words next to each other"},
        {"-kidney", "nothing with this word"},
        {"set:hcpcs", "one code set"},
        {"ch:19", "one chapter"},
        {"billable", "only what can be reported"},
    };
    enum { COLUMNS = 13 };
    struct rich r = {0};
    char typed[COLUMNS + 1];

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        snprintf(typed, sizeof typed, "%-*s", COLUMNS, rows[i].typed);
        rich_add(&r, typed, STYLE_KEY);
        rich_add(&r, rows[i].means, STYLE_TEXT);
        rich_flow(&r, out, 3, COLUMNS, width);
    }
    rich_free(&r);
}

static void add_marks(struct lines *out, bool ascii, int width)
{
    static const struct {
        enum change_mark mark;
        const char *says;
    } marks[] = {
        {CHANGE_MARK_NEW, " new, "},
        {CHANGE_MARK_REVISED, " revised (its title, or a header that may be reported now), "},
        {CHANGE_MARK_DEMOTED, " a header now that was billable before: marks beside an entry, seen from the release loaded "
                              "before the one in force. What is gone, and what happened to notes and indexes, C lists."},
    };
    struct rich r = {0};

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        rich_add(&r, change_mark_sign(marks[i].mark, ascii), mark_style(marks[i].mark));
        rich_add(&r, marks[i].says, STYLE_TEXT);
    }
    rich_flow(&r, out, 1, 0, width);
    rich_free(&r);
}

static void lay_out_help(struct help *v, int width)
{
    struct lines *out = &v->reader.lines;

    if (v->reader.width == width) {
        return;
    }
    reader_forget(&v->reader);
    v->reader.width = width;
    paragraph(out, "Type words or a code into the search box: results follow every key. Up and Down choose, the page beside "
              "them turns to what is chosen, Enter goes there. Among the words the box takes", STYLE_TEXT, width);
    add_box(out, width);
    lines_blank(out);
    paragraph(out, "In the panes, letters are commands:", STYLE_TEXT, width);
    for (size_t i = 0; i < action_table_len; i++) {
        add_action(out, &action_table[i], width);
    }
    lines_blank(out);
    add_marks(out, v->app->canvas.ascii, width);
    lines_blank(out);
    paragraph(out, "I reads the conventions of the book. S52.5- needs more characters before it can be reported. S52.502_ "
              "stands for the codes that differ in the 7th character. The line under the page names the notes from further up "
              "that apply to the selected entry; v shows them in full.", STYLE_TEXT, width);
}

static void help_paint(void *state, struct canvas *c, const struct rect *r, bool used)
{
    struct help *v = state;

    lay_out_help(v, r->w - 1 < 100 ? r->w - 1 : 100);
    reader_paint(&v->reader, c, r, "Keys", used);
}

static bool nowhere(void *state, struct entry *out)
{
    (void)state;
    (void)out;
    return false;
}

static void lay_out_welcome(struct help *v, int width)
{
    struct lines *out = &v->reader.lines;

    if (v->reader.width == width) {
        return;
    }
    reader_forget(&v->reader);
    v->reader.width = width;
    lines_blank(out);
    paragraph(out, "There is no shelf to read yet.", STYLE_HEADING, width);
    paragraph(out, v->app->trouble.text, STYLE_FAINT, width);
    lines_blank(out);
    paragraph(out, "Load the official files you have, folders and zips included:", STYLE_TEXT, width);
    paragraph(out, "  codeshelf-import PATH...", STYLE_STRONG, width);
    lines_blank(out);
    paragraph(out, "or have them fetched from where they are published:", STYLE_TEXT, width);
    paragraph(out, "  codeshelf-fetch icd10cm FY2026 --import", STYLE_STRONG, width);
    lines_blank(out);
    paragraph(out, "then press R, or start codeshelf again.", STYLE_TEXT, width);
    if (v->app->options->specimen != NULL) {
        lines_blank(out);
        paragraph(out, "Enter opens the specimen: a small shelf to look around in. It is not for coding.", STYLE_TEXT, width);
    }
    lines_blank(out);
    paragraph(out, "q quits.", STYLE_TEXT, width);
}

static enum action welcome_act(void *state, enum action a)
{
    struct help *v = state;

    if (a == ACT_OPEN && v->app->options->specimen != NULL) {
        app_open_shelf(v->app, v->app->options->specimen);
        return ACT_NONE;
    }
    return help_act(state, a);
}

static void welcome_paint(void *state, struct canvas *c, const struct rect *r, bool used)
{
    struct help *v = state;

    lay_out_welcome(v, r->w - 1 < 100 ? r->w - 1 : 100);
    reader_paint(&v->reader, c, r, "Welcome", used);
}

const struct view_ops help_view = {
    .name = "Keys",
    .where = IN_PLAIN,
    .wide = true,
    .open = help_open,
    .go = help_go,
    .act = help_act,
    .paint = help_paint,
    .here = nowhere,
    .close = help_close,
};

const struct view_ops welcome_view = {
    .name = "Welcome",
    .where = IN_WELCOME,
    .wide = true,
    .open = help_open,
    .go = help_go,
    .act = welcome_act,
    .paint = welcome_paint,
    .here = nowhere,
    .close = help_close,
};
