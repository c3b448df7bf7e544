/* cmd_impact.c - codeshelf impact: what a new release means for a list of codes that somebody relies on.
 *
 * The exit code is 1 when a person has to look at one of them. */
#include <string.h>

#include "changes_print.h"
#include "cli.h"
#include "code_list.h"
#include "codeshelf/calendar.h"
#include "codeshelf/code.h"
#include "crossrefs_print.h"

static const char *const sentences[] = {
    [IMPACT_UNCHANGED] = "unchanged",
    [IMPACT_NEW] = "new",
    [IMPACT_OTHER] = "stays",
    [IMPACT_RENOTED] = "notes changed",
    [IMPACT_REWORDED] = "reworded",
    [IMPACT_HEADER] = "billable in neither release",
    [IMPACT_TERMINATED] = "terminated",
    [IMPACT_DEMOTED] = "no longer billable, a header now",
    [IMPACT_DELETED] = "deleted",
    [IMPACT_UNTOLD] = "cannot be told: one of the two releases is not loaded in full",
    [IMPACT_UNKNOWN] = "in neither release",
};

static void put_list(struct json *j, enum codeset set, const char *key, const struct change **items, size_t n)
{
    json_key(j, key);
    json_open(j, '[');
    for (size_t i = 0; i < n; i++) {
        json_open(j, '{');
        changes_put_json(j, set, items[i]);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void print_json(FILE *out, enum codeset set, const struct impact *im)
{
    struct json j = {0};
    json_open(&j, '{');
    json_put_code(&j, "code", set, im->code);
    json_put_text(&j, "title", im->title);
    json_put_text(&j, "impact", verdict_name(im->verdict));
    json_put_bool(&j, "alert", verdict_alerts(im->verdict));
    put_list(&j, set, "changes", im->own, im->nown);
    put_list(&j, set, "inherited", im->above, im->nabove);
    if (im->replacements)
        changes_put_replacements(&j, set, im->replacements);
    if (set == SET_HCPCS) {
        json_put_date(&j, "last_day", im->last_day);
        crossrefs_put_json(&j, im->crossrefs, im->ncrossrefs);
    }
    json_close(&j, '}');
    json_line(&j, out);
    json_free(&j);
}

/* One change below the line of its code. */
static void print_detail(const struct page *p, enum codeset set, const struct change *c, bool above)
{
    const bool color = changes_color(p->out);
    struct buf label = {0}, text = {0};
    changes_put_words(&text, c, color);
    if (text.len) {
        buf_puts(&label, c->label ? c->label : change_name(c->kind));
        if (above)
            changes_put_place(&label, set, c);
        buf_puts(&label, ": ");
        changes_print_line(p, 4, buf_text(&label), buf_text(&text), color);
    }
    buf_free(&label);
    buf_free(&text);
}

static void print_text(const struct page *p, enum codeset set, const struct impact *im)
{
    struct buf label = {0}, text = {0};
    char code[CODE_MAX], day[11];
    const bool is_code = im->verdict != IMPACT_UNKNOWN || im->other || code_shaped(set, im->code);
    buf_printf(&label, "%c %s  ", verdict_alerts(im->verdict) ? '!' : ' ', is_code ? code_print(set, im->code, code) : im->code);
    if (is_code)
        buf_puts(&text, sentences[im->verdict]);
    else
        buf_printf(&text, "cannot be a code of %s", codeset_title(set));
    if (im->verdict == IMPACT_TERMINATED)
        buf_printf(&text, " %s", date_print(im->last_day, day));
    if (im->verdict == IMPACT_UNKNOWN && im->replacements && im->replacements->listed && im->replacements->gone)
        buf_printf(&text, ", deleted on %s", date_print(im->replacements->gone, day));
    buf_printf(&text, "%s%s%s%s", im->other ? ", in " : "", im->other ? im->other->name : "", *im->title ? ": " : "", im->title);
    page_item(p, 0, buf_text(&label), buf_text(&text));
    buf_clear(&text);
    changes_put_replaced(&text, set, im->replacements);
    if (text.len)
        page_item(p, 4, "", buf_text(&text));
    for (size_t i = 0; i < im->nown; i++)
        print_detail(p, set, im->own[i], false);
    for (size_t i = 0; i < im->nabove; i++)
        print_detail(p, set, im->above[i], true);
    crossrefs_print_text(p, 4, im->crossrefs, im->ncrossrefs);
    buf_free(&label);
    buf_free(&text);
}

/* --- the list --------------------------------------------------------------------------------------------------------- */

struct count {
    size_t codes, alerts, of[IMPACT_UNKNOWN + 1];
};

static enum status judge(struct call *c, const struct changes *all, const char *typed, struct count *n, struct error *err)
{
    const struct page page = page_start(c->out);
    struct arena a = {0};
    struct impact im;
    const enum status st = impact_of(c->shelf, all, typed, &a, &im, err);
    if (st == ST_OK) {
        n->codes++;
        n->of[im.verdict]++;
        n->alerts += verdict_alerts(im.verdict);
        if (c->opt.text[OPT_JSON])
            print_json(c->out, all->from->set, &im);
        else
            print_text(&page, all->from->set, &im);
    }
    arena_free(&a);
    return st;
}

static enum status judge_file(struct call *c, const struct changes *all, struct count *n, struct error *err)
{
    struct arena a = {0};
    struct code_list list;
    char say[160];
    enum status st = code_list_read(c->words[0], &a, &list, err);
    if (st == ST_OK && list.heading) {
        snprintf(say, sizeof say, "\"%.60s\" in the first line is taken for a heading", list.heading);
        call_say(c, say);
    }
    for (size_t i = 0; i < list.n && st == ST_OK; i++)
        st = judge(c, all, list.codes[i], n, err);
    arena_free(&a);
    return st;
}

/* "ICD-10-CM FY2016 to FY2017: 4 codes, 2 to look at (1 demoted, 1 renoted)", the gravest first. */
static void print_sum(const struct call *c, const struct changes *all, const struct count *n)
{
    struct buf text = {0};
    buf_printf(&text, "%s %s to %s: %zu code%s, %zu to look at", codeset_title(all->from->set), all->from->name, all->to->name,
               n->codes, n->codes == 1 ? "" : "s", n->alerts);
    const char *before = " (";
    for (int v = IMPACT_UNKNOWN; v >= 0; v--)
        if (n->of[v] && verdict_alerts((enum verdict)v)) {
            buf_printf(&text, "%s%zu %s", before, n->of[v], verdict_name((enum verdict)v));
            before = ", ";
        }
    if (n->alerts)
        buf_putc(&text, ')');
    const struct page page = page_start(c->out);
    page_item(&page, 0, "", buf_text(&text));
    buf_free(&text);
}

/* --- the releases ----------------------------------------------------------------------------------------------------- */

/* Whether a set is asked for, or calls its releases as both of them are called. */
static bool may_be_of(const struct call *c, enum codeset set)
{
    char name[24];
    return call_wants(c, set) && (c->opt.set != SET_COUNT || (calendar_name(set, c->opt.text[OPT_FROM], name)
                                                              && calendar_name(set, c->opt.text[OPT_TO], name)));
}

/* The set both names are releases of: the one of --set, else the first of which both are loaded. */
static enum status compare(struct call *c, struct arena *a, struct changes *out, struct error *err)
{
    struct error first = {0};
    enum status st = ST_NONE;
    bool any = false;
    for (int i = 0; i < SET_COUNT && st == ST_NONE; i++) {
        struct error miss = {0};
        any |= call_wants(c, (enum codeset)i);
        if (!may_be_of(c, (enum codeset)i))
            continue;
        st = changes_between(c->shelf, (enum codeset)i, c->opt.text[OPT_FROM], c->opt.text[OPT_TO], a, out, &miss);
        if (st != ST_OK && first.status == ST_OK)
            first = miss;
    }
    if (st == ST_OK || first.status != ST_OK)
        return st == ST_OK ? ST_OK : error_set(err, st, "%s", first.text);
    if (!any)
        return call_no_set(c, err);
    return error_set(err, ST_NONE, "\"%.40s\" and \"%.40s\" name releases of no one code set on this shelf (codeshelf releases)",
                     c->opt.text[OPT_FROM], c->opt.text[OPT_TO]);
}

enum status cmd_impact(struct call *c, struct error *err)
{
    struct arena a = {0};
    struct changes all;
    struct count n = {0};
    if (!c->opt.text[OPT_FROM] || !c->opt.text[OPT_TO])
        return error_set(err, ST_USAGE, "impact needs --from RELEASE and --to RELEASE");
    enum status st = compare(c, &a, &all, err);
    if (st == ST_OK)
        st = judge_file(c, &all, &n, err);
    if (st == ST_OK) {
        changes_say_order(c, &all);
        for (size_t i = 0; i < all.nunknown_codes; i++)
            call_say(c, all.unknown[i]);
        if (!c->opt.text[OPT_JSON])
            print_sum(c, &all, &n);
        st = n.alerts ? ST_NONE : ST_OK;
    }
    arena_free(&a);
    return st;
}
