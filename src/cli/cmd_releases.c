/* cmd_releases.c - codeshelf releases: what is on the shelf, from which files, and what each release brought. */
#include <inttypes.h>
#include <string.h>

#include "cli.h"
#include "json.h"
#include "page.h"

/* The licence notice that a CPT file opens with goes with every answer about its release. */
static bool is_notice(const struct front *front)
{
    return strcmp(front->kind, "notice") == 0;
}

static void put_sources(struct json *j, const struct release *r)
{
    json_key(j, "sources");
    json_open(j, '[');
    for (size_t i = 0; i < r->nsources; i++) {
        const struct source *s = &r->sources[i];
        json_open(j, '{');
        json_put_text(j, "name", s->name);
        json_put_number(j, "bytes", (long long)s->bytes);
        json_put_text(j, "sha256", s->sha256);
        json_put_text(j, "component", component_name(s->component));
        json_put_number(j, "imported", (long long)s->imported);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_key(j, "coverage");
    json_open(j, '[');
    for (int i = 0; i < COMP_COUNT; i++)
        if (r->coverage & 1u << i)
            json_text(j, component_name((enum component)i));
    json_close(j, ']');
}

static void print_json(FILE *out, const struct release *r, const struct front *front, size_t nfront, struct json *j)
{
    json_open(j, '{');
    json_put_text(j, "codeset", codeset_name(r->set));
    json_put_text(j, "name", r->name);
    json_put_date(j, "from", r->from);
    json_put_date(j, "to", r->to);
    json_put_number(j, "entries", (long long)r->entries);
    json_put_number(j, "billable", (long long)r->billable);
    put_sources(j, r);
    json_key(j, "notices");
    json_open(j, '[');
    for (size_t i = 0; i < nfront; i++)
        if (is_notice(&front[i]))
            json_text(j, front[i].text);
    json_close(j, ']');
    json_close(j, '}');
    json_line(j, out);
}

static void print_text(const struct page *p, const struct release *r, const struct front *front, size_t nfront)
{
    char from[11], to[11];
    fprintf(p->out, "%s %s, in force %s to %s: %zu entries, %zu billable\n", codeset_title(r->set), r->name,
            date_print(r->from, from), date_print(r->to, to), r->entries, r->billable);
    fputs("  loaded:", p->out);
    for (int i = 0; i < COMP_COUNT; i++)
        if (r->coverage & 1u << i)
            fprintf(p->out, " %s", component_name((enum component)i));
    fputc('\n', p->out);
    for (size_t i = 0; i < r->nsources; i++) {
        fputs("  ", p->out);
        page_put(p->out, r->sources[i].name, strlen(r->sources[i].name));
        fprintf(p->out, "  %" PRIu64 " bytes  %.12s\n", r->sources[i].bytes, r->sources[i].sha256);
    }
    for (size_t i = 0; i < nfront; i++)
        if (is_notice(&front[i]))
            page_item(p, 2, "", front[i].text);
}

enum status cmd_releases(struct call *c, struct error *err)
{
    const struct page page = page_start(c->out);
    struct json j = {0};
    size_t n, nfront = 0;
    bool any = false;
    enum status st = ST_OK;
    const struct release *all = shelf_releases(c->shelf, &n);
    for (size_t i = 0; i < n && st == ST_OK; i++) {
        if (c->opt.set != SET_COUNT && all[i].set != c->opt.set)
            continue;
        struct arena a = {0};
        const struct front *front = NULL;
        st = shelf_front(c->shelf, &all[i], &a, &front, &nfront, err);
        if (st == ST_OK && c->opt.text[OPT_JSON])
            print_json(c->out, &all[i], front, nfront, &j);
        else if (st == ST_OK)
            print_text(&page, &all[i], front, nfront);
        any = true;
        arena_free(&a);
    }
    json_free(&j);
    return st == ST_OK && !any ? call_no_set(c, err) : st;
}
