/* cmd_list.c - codeshelf list: a whole book in its order, a line an entry, for grep, fzf and awk. With --book tabular
 * --json everything that the official file says of an entry itself is there, so that an independent reader can compare.
 * */
#include <string.h>

#include "books.h"
#include "walk.h"

static void print_text(FILE *out, const struct entry *e)
{
    char code[CODE_MAX];
    fprintf(out, "%s\t%s\t%s\t%d\t%s\n", codeset_name(e->set), kind_name(e->kind), code_print(e->set, e->code, code), e->billable,
            e->title);
}

static void print_json(const struct call *c, const struct entry *e, struct json *j)
{
    json_open(j, '{');
    json_put_text(j, "codeset", codeset_name(e->set));
    json_put_text(j, "kind", kind_name(e->kind));
    json_put_code(j, "code", e->set, e->code);
    json_put_bool(j, "billable", e->billable);
    json_put_text(j, "title", e->title);
    json_put_text(j, "release", shelf_release(c->shelf, e->set)->name);
    json_close(j, '}');
    json_line(j, c->out);
}

static enum status put_notes(struct shelf *s, const struct entry *e, struct arena *a, struct json *j, struct error *err)
{
    const struct note *notes = NULL;
    size_t n = 0;
    enum status st = shelf_notes(s, e, a, &notes, &n, err);
    if (st != ST_OK)
        return st;
    json_key(j, "notes");
    json_open(j, '[');
    for (size_t i = 0; i < n; i++) {
        json_open(j, '{');
        json_put_text(j, "kind", note_kind_name(notes[i].kind));
        json_put_text(j, "text", notes[i].text);
        if (notes[i].release)
            json_put_text(j, "release", notes[i].release);
        json_close(j, '}');
    }
    json_close(j, ']');
    return ST_OK;
}

static enum status put_seventh(struct shelf *s, const struct entry *e, struct arena *a, struct json *j, struct error *err)
{
    struct seventh seventh = {0};
    enum status st = shelf_seventh(s, e, true, a, &seventh, err);
    if (st != ST_OK)
        return st;
    json_key(j, "seventh");
    json_open(j, '{');
    for (size_t i = 0; i < seventh.n; i++)
        json_put_text(j, (const char[]){seventh.chars[i].ch, '\0'}, seventh.chars[i].text);
    json_close(j, '}');
    return ST_OK;
}

/* In the Tabular an X at the end of an unfinished ICD-10-CM code only keeps the place of a character. */
static bool ends_in_placeholder(const struct entry *e)
{
    size_t n = strlen(e->code);
    return e->set == SET_ICD10CM && (e->kind == KIND_SUBCATEGORY || e->kind == KIND_CODE) && n < 7 && e->code[n - 1] == 'X';
}

static enum status print_book_row(struct call *c, struct walk *w, const struct entry *e, struct json *j, struct error *err)
{
    json_open(j, '{');
    json_put_text(j, "codeset", codeset_name(e->set));
    json_put_text(j, "kind", kind_name(e->kind));
    json_put_code(j, "code", e->set, e->code);
    if (*walk_parent(w))
        json_put_code(j, "parent", e->set, walk_parent(w));
    else
        json_put_text(j, "parent", NULL);
    json_put_bool(j, "billable", e->billable);
    json_put_text(j, "title", e->title);
    if (e->printed)
        json_put_text(j, "printed", e->printed);
    json_put_text(j, "short", e->short_title);
    enum status st = put_notes(c->shelf, e, &w->arena, j, err);
    if (st == ST_OK)
        st = put_seventh(c->shelf, e, &w->arena, j, err);
    json_put_bool(j, "placeholder", ends_in_placeholder(e));
    json_close(j, '}');
    json_line(j, c->out);
    return st;
}

static enum status list_set(struct call *c, enum codeset set, struct json *j, struct error *err)
{
    struct walk w = {0};
    const struct entry *e;
    enum status st;
    const bool as_json = c->opt.text[OPT_JSON], whole = c->opt.text[OPT_BOOK] && as_json;
    call_release(c, set);
    walk_start(&w, c->shelf, set, 0, shelf_book_size(c->shelf, set));
    while ((st = walk_next(&w, &e, err)) == ST_OK) {
        if (c->opt.text[OPT_BILLABLE] && !e->billable)
            continue;
        if (whole)
            st = print_book_row(c, &w, e, j, err);
        else if (as_json)
            print_json(c, e, j);
        else
            print_text(c->out, e);
        if (st != ST_OK)
            break;
    }
    walk_end(&w);
    return st == ST_NONE ? ST_OK : st;
}

/* The Tabular is the entries themselves; every other book is that of one set. */
static enum status list_other_book(struct call *c, enum component book, struct error *err)
{
    if (c->opt.text[OPT_BILLABLE])
        return error_set(err, ST_USAGE, "--billable is for the entries, not for --book %s", c->opt.text[OPT_BOOK]);
    return list_book(c, c->opt.set == SET_COUNT ? SET_ICD10CM : c->opt.set, book, err);
}

static enum status list_entries(struct call *c, struct error *err)
{
    struct json j = {0};
    char missing[256];
    bool any = false;
    enum status st = ST_OK;
    for (int i = 0; i < SET_COUNT && st == ST_OK; i++) {
        const enum codeset set = (enum codeset)i;
        if (!call_wants(c, set))
            continue;
        any = true;
        st = list_set(c, set, &j, err);
        if (st == ST_OK && c->opt.text[OPT_BOOK] && call_notes_missing(c, set, missing, sizeof missing))
            call_say(c, missing);
    }
    if (st == ST_OK && !any)
        st = call_no_set(c, err);
    json_free(&j);
    return st;
}

enum status cmd_list(struct call *c, struct error *err)
{
    enum component book = COMP_TABULAR;
    const char *name = c->opt.text[OPT_BOOK];
    if (name && !book_parse(name, &book))
        return error_set(err, ST_USAGE, "--book takes tabular, index, external, neoplasm, drugs or guidelines, not \"%s\"",
                         name);
    return book == COMP_TABULAR ? list_entries(c, err) : list_other_book(c, book, err);
}
