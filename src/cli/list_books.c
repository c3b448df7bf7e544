/* list_books.c - codeshelf list --book of an index, a table or the guidelines: every row in the order of its file. As
 * text the columns are those of the JSON, separated by tabs, with lists joined by semicolons. */
#include "books.h"

enum { ROWS_A_ARENA = 1024 }; /* rows read before their memory is given back */

/* A text column after its tab: line feeds become the separator. */
static void put_column(FILE *out, const char *lines, const char *separator, struct buf *line)
{
    fputc('\t', out);
    for (bool first = true; next_line(&lines, line); first = false)
        fprintf(out, "%s%s", first ? "" : separator, buf_text(line));
}

/* Every column stands, so that they can be counted. */
static void print_row(FILE *out, const struct term *t, struct buf *line)
{
    size_t n;
    terms_columns(t->set, t->book, &n);
    fprintf(out, "%d", t->depth);
    put_column(out, t->path, " > ", line);
    fprintf(out, "\t%s\t%s", t->title, t->nemod);
    if (n == 0) {
        put_column(out, t->codes, "; ", line);
        put_column(out, t->manifestation, "; ", line);
    }
    const char *at = t->cells;
    for (size_t i = 1; i < n; i++) {
        next_line(&at, line);
        fprintf(out, "\t%s", buf_text(line));
    }
    put_column(out, t->see, "; ", line);
    put_column(out, t->see_also, "; ", line);
    if (n == 0)
        put_column(out, t->see_category, "; ", line);
    fputc('\n', out);
}

static enum status list_terms(struct call *c, enum codeset set, enum component book, const char *release,
                              struct error *err)
{
    struct arena a = {0};
    struct json j = {0};
    struct buf line = {0};
    struct term t;
    enum status st = ST_OK;
    const uint32_t size = terms_size(c->shelf, set, book);
    for (uint32_t place = 0; place < size && st == ST_OK; place++) {
        if (place % ROWS_A_ARENA == 0)
            arena_free(&a);
        st = terms_at(c->shelf, set, book, place, &a, &t, err);
        if (st != ST_OK)
            break;
        if (!c->opt.text[OPT_JSON]) {
            print_row(c->out, &t, &line);
            continue;
        }
        json_open(&j, '{');
        json_put_term(&j, &t);
        if (release)
            json_put_text(&j, "release", release);
        json_close(&j, '}');
        json_line(&j, c->out);
    }
    arena_free(&a);
    json_free(&j);
    buf_free(&line);
    return st;
}

static enum status list_guidelines(struct call *c, const char *release, struct error *err)
{
    struct arena a = {0};
    struct json j = {0};
    struct buf line = {0};
    struct guideline g;
    enum status st = ST_OK;
    const uint32_t size = guide_size(c->shelf);
    for (uint32_t place = 0; place < size && st == ST_OK; place++) {
        st = guide_at(c->shelf, place, &a, &g, err);
        if (st == ST_OK && c->opt.text[OPT_JSON]) {
            json_open(&j, '{');
            json_put_guideline(&j, &g);
            if (release)
                json_put_text(&j, "release", release);
            json_close(&j, '}');
            json_line(&j, c->out);
        } else if (st == ST_OK) {
            fprintf(c->out, "%s\t%s", g.section, g.title);
            put_column(c->out, g.text, " ", &line);
            fputc('\n', c->out);
        }
    }
    arena_free(&a);
    json_free(&j);
    buf_free(&line);
    return st;
}

enum status list_book(struct call *c, enum codeset set, enum component book, struct error *err)
{
    const struct release *r, *force = shelf_release(c->shelf, set);
    bool other;
    char says[128];
    enum status st = book_release(c, set, book, &r, &other, err);
    if (st != ST_OK)
        return st;
    if (other) {
        snprintf(says, sizeof says, "%s of %s: none is loaded for %s", book_title(book), r->name,
                 force ? force->name : "");
        call_say(c, says);
    }
    const char *release = other ? r->name : NULL;
    return book == COMP_GUIDELINES ? list_guidelines(c, release, err) : list_terms(c, set, book, release, err);
}
