/* cmd_search.c - codeshelf search: ranked codes for a code or words; with --batch for every line of standard input, each
 * answered even when nothing was found, so that answers pair with questions. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "codeshelf/paths.h"
#include "codeshelf/utf8.h"
#include "json.h"
#include "page.h"

enum { LIMIT = 20, QUERY_MOST = 4096, MARKS_MAX = 64 };

struct search {
    struct call *call;
    struct json json;
    struct arena arena; /* of one query */
    bool many_sets;     /* rows name their set */
    bool any;           /* something was found */
    bool bold;          /* the words that matched are */
};

static void put_hit(struct search *s, const struct hit *hit)
{
    struct json *j = &s->json;
    const struct entry *e = &hit->entry;
    const struct release *r = shelf_release(s->call->shelf, e->set);
    json_open(j, '{');
    json_put_text(j, "codeset", codeset_name(e->set));
    json_put_code(j, "code", e->set, e->code);
    json_put_text(j, "title", e->title);
    json_put_text(j, "kind", kind_name(e->kind));
    json_put_bool(j, "billable", e->billable);
    json_put_text(j, "release", r ? r->name : NULL);
    json_put_text(j, "matched", hit->read ? arena_printf(&s->arena, "%s; %s", hit->matched, hit->read) : hit->matched);
    json_put_text(j, "text", hit->text);
    json_close(j, '}');
}

/* The text with the words that matched in bold. */
static void put_marked(const struct search *s, const struct hit *hit, const char *text)
{
    struct word_span marks[MARKS_MAX];
    const size_t n = s->bold ? hit_marks(hit, text, marks, MARKS_MAX) : 0;
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        page_put(s->call->out, text + at, marks[i].start - at);
        at = marks[i].start + marks[i].len;
        fputs("\033[1m", s->call->out);
        page_put(s->call->out, text + marks[i].start, marks[i].len);
        fputs("\033[22m", s->call->out);
    }
    page_put(s->call->out, text + at, strlen(text + at));
}

/* Why the row is here, where it does not show that already: "(index path: Attack > heart; brand prolia = denosumab)". */
static void put_why(const struct search *s, const struct hit *hit)
{
    FILE *out = s->call->out;
    const bool shown = strcmp(hit->matched, "title") == 0 || strcmp(hit->matched, "code") == 0;
    if (shown && !hit->read)
        return;
    fputs("  (", out);
    if (!shown) {
        fprintf(out, "%s: ", hit->matched);
        put_marked(s, hit, hit->text);
    }
    if (hit->read) {
        fputs(shown ? "" : "; ", out);
        page_put(out, hit->read, strlen(hit->read));
    }
    fputc(')', out);
}

static void print_hit(struct search *s, const struct hit *hit, size_t indent)
{
    const struct entry *e = &hit->entry;
    FILE *out = s->call->out;
    char code[CODE_MAX];
    fprintf(out, "%*s", (int)indent, "");
    if (s->many_sets)
        fprintf(out, "%-9s  ", codeset_title(e->set));
    fprintf(out, "%-8s  ", code_print(e->set, e->code, code));
    put_marked(s, hit, e->title);
    put_why(s, hit);
    fputc('\n', out);
}

static enum status run_query(struct search *s, const char *text, struct hits *out, struct error *err)
{
    const struct options *o = &s->call->opt;
    const struct query query = {.text = text, .set = o->set, .limit = o->limit ? o->limit : LIMIT,
                                .literal = o->text[OPT_LITERAL]};
    arena_free(&s->arena);
    enum status st = shelf_search(s->call->shelf, &query, &s->arena, out, err);
    if (st != ST_OK)
        return st;
    for (size_t i = 0; i < out->n; i++)
        call_release(s->call, out->items[i].entry.set);
    s->any |= out->n > 0;
    return ST_OK;
}

static enum status search_once(struct search *s, const char *text, struct error *err)
{
    struct hits hits = {0};
    enum status st = run_query(s, text, &hits, err);
    if (st != ST_OK)
        return st;
    for (size_t i = 0; i < hits.n; i++) {
        if (s->call->opt.text[OPT_JSON]) {
            put_hit(s, &hits.items[i]);
            json_line(&s->json, s->call->out);
        } else {
            print_hit(s, &hits.items[i], 0);
        }
    }
    if (hits.said && hits.n)
        call_say(s->call, hits.repaired ? arena_printf(&s->arena, "%s (--literal searches for what was typed)", hits.said) : hits.said);
    if (hits.n)
        return ST_OK;
    return hits.said ? error_set(err, ST_NONE, "%s", hits.said) : error_set(err, ST_NONE, "nothing found for \"%s\"", text);
}

static enum status answer_line(struct search *s, const char *text, struct error *err)
{
    struct hits hits = {0};
    enum status st = run_query(s, text, &hits, err);
    if (st != ST_OK)
        return st;
    if (!s->call->opt.text[OPT_JSON]) {
        page_put(s->call->out, text, strlen(text));
        fputc('\n', s->call->out);
        for (size_t i = 0; i < hits.n; i++)
            print_hit(s, &hits.items[i], 2);
        return ST_OK;
    }
    struct json *j = &s->json;
    json_open(j, '{');
    json_put_text(j, "query", text);
    json_key(j, "results");
    json_open(j, '[');
    for (size_t i = 0; i < hits.n; i++)
        put_hit(s, &hits.items[i]);
    json_close(j, ']');
    json_close(j, '}');
    json_line(j, s->call->out);
    return ST_OK;
}

static enum status search_batch(struct search *s, struct error *err)
{
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    struct buf text = {0};
    enum status st = ST_OK;
    while (st == ST_OK && (n = getline(&line, &cap, stdin)) >= 0) {
        size_t len = strcspn(line, "\r\n");
        buf_clear(&text);
        utf8_from_bytes(&text, line, len < QUERY_MOST ? len : QUERY_MOST);
        st = answer_line(s, buf_text(&text), err);
    }
    if (st == ST_OK && ferror(stdin))
        st = error_set(err, ST_IO, "standard input cannot be read");
    free(line);
    buf_free(&text);
    return st == ST_OK && !s->any ? ST_NONE : st;
}

static enum status search_words(struct search *s, struct error *err)
{
    struct buf text = {0};
    call_words(s->call, &text);
    enum status st = search_once(s, buf_text(&text), err);
    buf_free(&text);
    return st;
}

static bool wants_bold(const struct call *c)
{
    const char *no_color = getenv("NO_COLOR");
    if (c->opt.color != BROWSE_COLOR_AUTO)
        return c->opt.color == BROWSE_COLOR_ALWAYS;
    return isatty(fileno(c->out)) && !(no_color && *no_color);
}

/* The user's own words, where there are any. */
static enum status read_own_words(const struct call *c, struct error *err)
{
    struct buf path = {0};
    bool named = false;
    enum status st = path_vocabulary(&path, &named) ? shelf_vocabulary(c->shelf, buf_text(&path), err) : ST_OK;
    buf_free(&path);
    if (st == ST_NONE && !named)
        return ST_OK;
    return st == ST_OK ? ST_OK : ST_USAGE;
}

enum status cmd_search(struct call *c, struct error *err)
{
    struct search s = {.call = c};
    int sets = 0;
    for (int i = 0; i < SET_COUNT; i++)
        sets += call_wants(c, (enum codeset)i);
    s.many_sets = sets > 1;
    s.bold = wants_bold(c);
    enum status st = read_own_words(c, err);
    if (st != ST_OK)
        return st;
    st = sets == 0 ? call_no_set(c, err) : c->opt.text[OPT_BATCH] ? search_batch(&s, err) : search_words(&s, err);
    arena_free(&s.arena);
    json_free(&s.json);
    return st;
}
