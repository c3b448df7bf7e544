/* cmd_impact.c - codeshelf impact: what a new release means for a list of codes that somebody relies on.
 *
 * One code a line; what follows it behind a blank, comma or tab is the user's own, and so is a line that begins with "#". The
 * exit code is 1 when a person has to look at one of them. */
#include <errno.h>
#include <string.h>

#include "changes_print.h"
#include "cli.h"
#include "crossrefs_print.h"

enum { LINE_MOST = 4096, CODES_MOST = 1000000 };

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
    char code[CODE_MAX];
    changes_put_words(&text, c, color);
    if (text.len) {
        buf_puts(&label, c->label ? c->label : change_name(c->kind));
        if (above)
            buf_printf(&label, " at %s", code_print(set, c->code, code));
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
    const bool known = im->verdict != IMPACT_UNKNOWN || im->other; /* else it may be no code at all */
    buf_printf(&label, "%c %s  ", verdict_alerts(im->verdict) ? '!' : ' ', known ? code_print(set, im->code, code) : im->code);
    buf_puts(&text, sentences[im->verdict]);
    if (im->verdict == IMPACT_TERMINATED)
        buf_printf(&text, " %s", date_print(im->last_day, day));
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
    size_t codes, alerts;
};

static enum status judge(struct call *c, const struct changes *all, const char *typed, struct count *n, struct error *err)
{
    const struct page page = page_start(c->out);
    struct arena a = {0};
    struct impact im;
    const enum status st = impact_of(c->shelf, all, typed, &a, &im, err);
    if (st == ST_OK) {
        n->codes++;
        n->alerts += verdict_alerts(im.verdict);
        if (c->opt.text[OPT_JSON])
            print_json(c->out, all->from->set, &im);
        else
            print_text(&page, all->from->set, &im);
    }
    arena_free(&a);
    return st;
}

/* The code that begins a line; NULL for a line without one. */
static char *code_of(char *line)
{
    line += strspn(line, " \t\r\n\"");
    line[strcspn(line, " \t\r\n\",;")] = '\0';
    return *line && *line != '#' ? line : NULL;
}

static enum status read_list(struct call *c, FILE *in, const struct changes *all, struct count *n, struct error *err)
{
    char line[LINE_MOST];
    size_t number = 0;
    enum status st = ST_OK;
    while (st == ST_OK && fgets(line, sizeof line, in)) {
        number++;
        if (!strchr(line, '\n') && !feof(in))
            return error_set(err, ST_INPUT, "%s:%zu: a line of more than %d bytes", c->words[0], number, LINE_MOST - 1);
        if (n->codes == CODES_MOST)
            return error_set(err, ST_INPUT, "%s:%zu: more than %d codes", c->words[0], number, CODES_MOST);
        const char *code = code_of(line);
        if (code)
            st = judge(c, all, code, n, err);
    }
    if (st == ST_OK && ferror(in))
        return error_set(err, ST_IO, "%s cannot be read: %s", c->words[0], strerror(errno));
    if (st == ST_OK && n->codes == 0)
        return error_set(err, ST_NONE, "%s holds no code", c->words[0]);
    return st;
}

static enum status judge_file(struct call *c, const struct changes *all, struct count *n, struct error *err)
{
    if (strcmp(c->words[0], "-") == 0)
        return read_list(c, stdin, all, n, err);
    FILE *in = fopen(c->words[0], "r");
    if (!in)
        return error_set(err, ST_IO, "%s cannot be opened: %s", c->words[0], strerror(errno));
    const enum status st = read_list(c, in, all, n, err);
    fclose(in);
    return st;
}

/* The set both names are releases of: the one of --set, else the first of which both are loaded. */
static enum status compare(struct call *c, struct arena *a, struct changes *out, struct error *err)
{
    struct error first = {0};
    enum status st = ST_NONE;
    for (int i = 0; i < SET_COUNT && st == ST_NONE; i++) {
        struct error miss = {0};
        if (!call_wants(c, (enum codeset)i))
            continue;
        st = changes_between(c->shelf, (enum codeset)i, c->opt.text[OPT_FROM], c->opt.text[OPT_TO], a, out, &miss);
        if (st != ST_OK && first.status == ST_OK)
            first = miss;
    }
    if (st == ST_NONE && first.status == ST_OK)
        return call_no_set(c, err);
    return st == ST_OK ? ST_OK : error_set(err, st, "%s", first.text);
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
        for (size_t i = 0; i < all.nunknown; i++)
            call_say(c, all.unknown[i]);
        if (!c->opt.text[OPT_JSON])
            fprintf(c->out, "%zu codes, %zu to look at\n", n.codes, n.alerts);
        st = n.alerts ? ST_NONE : ST_OK;
    }
    arena_free(&a);
    return st;
}
