/* cmd_note.c - codeshelf note: collections of notes onto the desk, what is there, and off again.
 *
 * Only "note list CODE" asks the shelf; the rest works without one. */
#include <string.h>

#include "codeshelf/paths.h"
#include "desk_notes.h"

/* The desk to write to, made when it is not there. */
static enum status open_desk(const struct call *c, struct desk **out, struct error *err)
{
    struct buf path = {0};
    enum status st = path_desk(c->opt.text[OPT_DESK], &path, err);
    if (st == ST_OK)
        st = desk_open(buf_text(&path), out, err);
    buf_free(&path);
    return st;
}

/* Says every line of the text. */
static void say_lines(const struct call *c, const char *text)
{
    struct buf line = {0};
    for (; *text; text += line.len + 1) {
        buf_clear(&line);
        buf_add(&line, text, strcspn(text, "\n"));
        call_say(c, buf_text(&line));
    }
    buf_free(&line);
}

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

static void print_import(const struct call *c, const struct desk_import *in)
{
    const struct page page = page_start(c->out);
    struct json j = {0};
    struct buf text = {0};
    if (c->opt.text[OPT_JSON]) {
        json_open(&j, '{');
        json_put_text(&j, "collection", in->name);
        json_put_number(&j, "notes", (long long)in->notes);
        json_put_number(&j, "codes", (long long)in->codes);
        json_put_number(&j, "textless", (long long)in->textless);
        json_put_bool(&j, "replaced", in->replaced);
        json_close(&j, '}');
        json_line(&j, c->out);
    } else {
        buf_printf(&text, "%zu note%s on %zu code%s and ranges%s", in->notes, plural(in->notes), in->codes, plural(in->codes),
                   in->replaced ? ", in place of the earlier ones" : "");
        if (in->textless)
            buf_printf(&text, "; %zu heading%s without text left out", in->textless, plural(in->textless));
        struct buf label = {0};
        buf_printf(&label, "%s: ", in->name);
        page_item(&page, 0, buf_text(&label), buf_text(&text));
        buf_free(&label);
    }
    buf_free(&text);
    json_free(&j);
}

static enum status note_import(struct call *c, const char *file, struct error *err)
{
    struct desk *desk = NULL;
    struct desk_import in;
    struct arena a = {0};
    struct buf problems = {0};
    enum status st = open_desk(c, &desk, err);
    if (st == ST_OK)
        st = desk_import(desk, file, c->opt.text[OPT_NAME], &a, &in, &problems, err);
    if (st == ST_OK)
        print_import(c, &in);
    say_lines(c, buf_text(&problems));
    if (problems.len && err)
        err->text[0] = '\0'; /* the faults say it all */
    desk_close(desk);
    arena_free(&a);
    buf_free(&problems);
    return st;
}

static void print_collection(const struct call *c, const struct page *page, const struct collection *item, struct json *j)
{
    if (c->opt.text[OPT_JSON]) {
        json_open(j, '{');
        json_put_text(j, "collection", item->name);
        json_put_number(j, "notes", (long long)item->notes);
        json_put_text(j, "about", item->about);
        json_put_text(j, "source", item->source);
        json_put_number(j, "imported", item->imported);
        json_put_bool(j, "official", false);
        json_close(j, '}');
        json_line(j, c->out);
        return;
    }
    struct buf label = {0}, text = {0};
    buf_printf(&label, "%s: ", item->name);
    buf_printf(&text, "%zu note%s from %s", item->notes, plural(item->notes), item->source);
    page_item(page, 0, buf_text(&label), buf_text(&text));
    buf_free(&label);
    buf_free(&text);
}

static enum status list_collections(struct call *c, const struct desks *desks, struct error *err)
{
    const struct page page = page_start(c->out);
    struct desk *const both[] = {desks->own, desks->shared};
    struct arena a = {0};
    struct json j = {0};
    enum status st = ST_OK;
    size_t shown = 0;
    for (size_t i = 0; i < 2 && st == ST_OK; i++) {
        const struct collection *all;
        size_t n = 0;
        if (!both[i])
            continue;
        st = desk_collections(both[i], &a, &all, &n, err);
        for (size_t k = 0; k < n && st == ST_OK; k++, shown++)
            print_collection(c, &page, &all[k], &j);
    }
    if (st == ST_OK && shown == 0)
        st = error_set(err, ST_NONE, "no notes on this desk (codeshelf note import FILE)");
    arena_free(&a);
    json_free(&j);
    return st;
}

static enum status list_of_code(struct call *c, const struct desks *desks, const char *typed, struct error *err)
{
    const struct page page = page_start(c->out);
    const struct desk_note *notes = NULL;
    struct arena a = {0};
    struct json j = {0};
    struct entry e;
    char code[CODE_MAX];
    size_t n = 0;
    enum status st = call_open(c, err);
    if (st == ST_OK)
        st = shelf_find(c->shelf, c->opt.set, typed, &a, &e, err);
    if (st == ST_OK)
        st = desks_notes(desks, c->shelf, &e, &a, &notes, &n, err);
    if (st == ST_OK && n == 0)
        st = error_set(err, ST_NONE, "no notes on %s", code_print(e.set, e.code, code));
    if (st == ST_OK && !c->opt.text[OPT_JSON])
        desk_notes_text(&page, notes, n);
    for (size_t i = 0; i < n && st == ST_OK && c->opt.text[OPT_JSON]; i++) {
        desk_note_json(&j, &notes[i]);
        json_line(&j, c->out);
    }
    arena_free(&a);
    json_free(&j);
    return st;
}

static enum status note_list(struct call *c, const char *code, struct error *err)
{
    struct desks desks;
    enum status st = desk_notes_open(c, &desks, err);
    if (st == ST_OK)
        st = code ? list_of_code(c, &desks, code, err) : list_collections(c, &desks, err);
    desks_close(&desks);
    return st;
}

static enum status note_remove(struct call *c, const char *name, struct error *err)
{
    struct desk *desk = NULL;
    struct json j = {0};
    size_t n = 0;
    enum status st = open_desk(c, &desk, err);
    if (st == ST_OK)
        st = desk_remove(desk, name, &n, err);
    if (st == ST_OK && c->opt.text[OPT_JSON]) {
        json_open(&j, '{');
        json_put_text(&j, "collection", name);
        json_put_number(&j, "removed", (long long)n);
        json_close(&j, '}');
        json_line(&j, c->out);
    } else if (st == ST_OK) {
        fprintf(c->out, "%zu note%s removed\n", n, plural(n));
    }
    desk_close(desk);
    json_free(&j);
    return st;
}

enum status cmd_note(struct call *c, struct error *err)
{
    static const struct {
        const char *name;
        size_t least, most; /* words behind it */
        enum status (*run)(struct call *c, const char *word, struct error *err);
    } acts[] = {{"import", 1, 1, note_import}, {"list", 0, 1, note_list}, {"remove", 1, 1, note_remove}};
    for (size_t i = 0; i < sizeof acts / sizeof *acts && c->nwords; i++) {
        if (strcmp(c->words[0], acts[i].name) != 0)
            continue;
        if (c->nwords - 1 < acts[i].least || c->nwords - 1 > acts[i].most)
            break;
        if (c->opt.text[OPT_NAME] && acts[i].run != note_import)
            return error_set(err, ST_USAGE, "note %s takes no --name", acts[i].name);
        if (c->opt.text[OPT_NOTES] && acts[i].run != note_list)
            return error_set(err, ST_USAGE, "note %s takes no --notes", acts[i].name);
        return acts[i].run(c, c->nwords > 1 ? c->words[1] : NULL, err);
    }
    return error_set(err, ST_USAGE, "note takes import FILE, list [CODE] or remove NAME%s%s", c->nwords ? ", not " : "",
                     c->nwords ? c->words[0] : "");
}
