/* cmd_history.c - codeshelf history: the life of a code over the loaded releases, one line a change. */
#include <string.h>

#include "changes_print.h"
#include "cli.h"
#include "crossrefs_print.h"

static void print_json(FILE *out, const struct history *h)
{
    struct json j = {0};
    for (size_t i = 0; i < h->n; i++) {
        const struct event *e = &h->items[i];
        json_open(&j, '{');
        json_put_text(&j, "codeset", codeset_name(h->set));
        json_put_text(&j, "release", e->release->name);
        json_put_text(&j, "since", e->since ? e->since->name : NULL);
        json_put_bool(&j, "inherited", e->above);
        if (h->set == SET_HCPCS && !e->since) {
            json_put_date(&j, "added", e->added);
            json_put_date(&j, "last_day", e->last_day);
        }
        changes_put_json(&j, h->set, &e->change);
        json_close(&j, '}');
        json_line(&j, out);
    }
    json_free(&j);
}

/* What the official file itself says of the time before the record: a code may have ended before the oldest release. */
static void put_days(struct buf *out, const struct event *e)
{
    char day[11];
    if (e->added)
        buf_printf(out, "; added %s", date_print(e->added, day));
    if (e->last_day)
        buf_printf(out, "; last day of use %s", date_print(e->last_day, day));
}

/* What happened, in words: "reworded: ...", "Excludes1 at S52, since FY2021-JAN: ...". The release compared with is named
 * where others lie between, any of which may have made the change. */
static void put_event(struct buf *out, const struct shelf *shelf, const struct history *h, const struct event *e, bool color)
{
    const struct change *c = &e->change;
    struct buf words = {0};
    if (!e->since)
        buf_puts(out, "the oldest release loaded has it: ");
    else if (c->label && (c->kind == CHANGE_TERMINATED || c->kind == CHANGE_REACTIVATED))
        buf_printf(out, "%s: %s", change_name(c->kind), c->label);
    else if (c->label)
        buf_puts(out, c->label);
    else
        buf_puts(out, change_name(c->kind));
    if (e->above)
        changes_put_place(out, h->set, c);
    if (e->since && e->since != changes_before(shelf, e->release))
        buf_printf(out, ", since %s", e->since->name);
    changes_put_words(&words, c, color);
    if (c->kind == CHANGE_ADDED)
        buf_printf(out, "%s%s", e->since ? ": " : "", c->after);
    else if (words.len)
        buf_printf(out, ": %s", buf_text(&words));
    put_days(out, e);
    buf_clear(&words);
    changes_put_replaced(&words, h->set, c->replacements);
    if (words.len)
        buf_printf(out, "; %s", buf_text(&words));
    buf_free(&words);
}

static void print_text(FILE *out, const struct shelf *shelf, const struct history *h)
{
    const struct page page = page_start(out);
    const bool color = changes_color(out);
    char code[CODE_MAX], day[11];
    struct buf label = {0}, text = {0};
    buf_printf(&label, "%s  ", code_print(h->set, h->code, code));
    page_item(&page, 0, buf_text(&label), h->title);
    for (size_t i = 0; i < h->n; i++) {
        buf_clear(&label);
        buf_clear(&text);
        buf_printf(&label, "%-11s ", h->items[i].release->name);
        put_event(&text, shelf, h, &h->items[i], color);
        changes_print_line(&page, 2, buf_text(&label), buf_text(&text), color);
    }
    buf_clear(&text);
    buf_printf(&text, h->gone ? "%s is the last release that has it" : "%s has it, the newest loaded", h->last->name);
    if (h->last_day) /* a HCPCS file goes on listing what has ended */
        buf_printf(&text, "; last day of use %s", date_print(h->last_day, day));
    page_item(&page, 2, "", buf_text(&text));
    crossrefs_print_text(&page, 2, h->crossrefs, h->ncrossrefs);
    for (size_t i = 0; i < h->nunknown; i++)
        page_item(&page, 2, "", h->unknown[i]);
    buf_free(&label);
    buf_free(&text);
}

enum status cmd_history(struct call *c, struct error *err)
{
    struct arena a = {0};
    struct history h;
    const enum status st = history_of(c->shelf, c->opt.set, c->words[0], &a, &h, err);
    if (st == ST_OK && c->opt.text[OPT_JSON]) {
        for (size_t i = 0; i < h.nunknown; i++)
            call_say(c, h.unknown[i]);
        print_json(c->out, &h);
    } else if (st == ST_OK) {
        print_text(c->out, c->shelf, &h);
    }
    arena_free(&a);
    return st;
}
