/* cmd_tree.c - codeshelf tree: the book below a code, indented, or the chapters of the sets. */
#include <string.h>

#include "cli.h"
#include "json.h"
#include "walk.h"

enum { INDENT = 2 };

/* What print shows of a CPT descriptor: members of a semicolon family show only their own part, indented under the first
 * code, which carries the rest. NULL where the whole descriptor is printed. */
static const char *own_part(struct call *c, const struct entry *e, struct arena *a)
{
    const struct fact *facts = NULL;
    size_t n = 0;
    const char *semicolon = e->set == SET_CPT ? strchr(e->title, ';') : NULL;
    if (!semicolon || shelf_facts(c->shelf, e, a, &facts, &n, NULL) != ST_OK)
        return NULL;
    for (size_t i = 0; i < n; i++)
        if (strcmp(facts[i].name, "stem") == 0 && strcmp(facts[i].value, e->code) != 0)
            return semicolon + 1 + strspn(semicolon + 1, " ");
    return NULL;
}

static void print_text(struct call *c, const struct entry *e, size_t depth, struct arena *a)
{
    char code[CODE_MAX];
    const char *own = own_part(c, e, a);
    fprintf(c->out, "%*s%s  %*s%s\n", (int)(depth * INDENT), "", code_print(e->set, e->code, code), own ? INDENT : 0, "",
            own ? own : e->title);
}

static void print_json(const struct call *c, const struct entry *e, size_t depth, struct json *j)
{
    json_open(j, '{');
    json_put_text(j, "codeset", codeset_name(e->set));
    json_put_number(j, "depth", (long long)depth);
    json_put_text(j, "kind", kind_name(e->kind));
    json_put_code(j, "code", e->set, e->code);
    json_put_bool(j, "billable", e->billable);
    json_put_text(j, "title", e->title);
    json_put_text(j, "release", shelf_release(c->shelf, e->set)->name);
    json_close(j, '}');
    json_line(j, c->out);
}

/* Entries at [first, end) of the book down to depth most. */
static enum status print_range(struct call *c, enum codeset set, uint32_t first, uint32_t end, size_t most, struct error *err)
{
    struct walk w = {0};
    struct json j = {0};
    const struct entry *e;
    enum status st;
    walk_start(&w, c->shelf, set, first, end);
    while ((st = walk_next(&w, &e, err)) == ST_OK) {
        size_t depth = walk_depth(&w);
        if (c->opt.text[OPT_JSON])
            print_json(c, e, depth, &j);
        else
            print_text(c, e, depth, &w.arena);
        if (depth >= most)
            walk_skip_below(&w);
    }
    walk_end(&w);
    json_free(&j);
    return st == ST_NONE ? ST_OK : st;
}

static void print_heading(const struct call *c, const struct release *r)
{
    if (!c->opt.text[OPT_JSON])
        fprintf(c->out, "%s %s\n", codeset_title(r->set), r->name);
}

/* Without a code depth 1 is the chapters. */
static enum status print_chapters(struct call *c, struct error *err)
{
    enum status st = ST_OK;
    bool any = false;
    for (int i = 0; i < SET_COUNT && st == ST_OK; i++) {
        const enum codeset set = (enum codeset)i;
        if (!call_wants(c, set))
            continue;
        any = true;
        print_heading(c, call_release(c, set));
        st = print_range(c, set, 0, shelf_book_size(c->shelf, set), c->opt.depth ? c->opt.depth - 1 : 0, err);
    }
    return st == ST_OK && !any ? call_no_set(c, err) : st;
}

enum status cmd_tree(struct call *c, struct error *err)
{
    if (c->nwords == 0)
        return print_chapters(c, err);
    struct arena a = {0};
    struct entry e;
    enum status st = shelf_find(c->shelf, c->opt.set, c->words[0], &a, &e, err);
    if (st == ST_OK) {
        print_heading(c, call_release(c, e.set));
        st = print_range(c, e.set, e.place, shelf_subtree_end(c->shelf, e.set, e.place),
                         c->opt.depth ? c->opt.depth : WALK_DEPTH, err);
    }
    arena_free(&a);
    return st;
}
