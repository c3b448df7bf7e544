/* call.c - what the commands share: the open shelf, the release that answers, and what has to be said about it.
 *
 * Which release answered is part of every answer. A date that no loaded release covers is answered from the nearest
 * one, and that is said once a set and call, on the side of the messages. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "codeshelf/calendar.h"
#include "codeshelf/paths.h"
#include "codeshelf/utf8.h"
#include "page.h"

enum { WORDS_MOST = 4096 };

/* Notes are borrowed for every set that can (--set narrows it): at least one has to have the release. */
static enum status borrow_notes(struct call *c, struct error *err)
{
    const char *typed = c->opt.text[OPT_NOTES_OF];
    enum status st = ST_NONE;
    for (int i = 0; i < SET_COUNT; i++) {
        char name[24];
        enum codeset set = (enum codeset)i;
        if (!call_wants(c, set) || !calendar_name(set, typed, name))
            continue;
        struct error miss = {0};
        enum status one = shelf_borrow_notes(c->shelf, set, name, &miss);
        if (one != ST_OK && one != ST_NONE)
            return error_set(err, one, "%s", miss.text);
        if (one == ST_OK)
            st = ST_OK;
    }
    return st == ST_OK ? ST_OK : error_set(err, ST_NONE, "no notes of %s on this shelf (codeshelf releases)", typed);
}

enum status call_open(struct call *c, struct error *err)
{
    struct buf path = {0};
    enum status st = path_shelf(c->opt.text[OPT_SHELF], &path, err);
    if (st == ST_OK)
        st = shelf_open(buf_text(&path), &c->shelf, err);
    buf_free(&path);
    if (st == ST_OK && c->opt.as_of)
        st = shelf_as_of(c->shelf, c->opt.as_of, err);
    if (st == ST_OK && c->opt.text[OPT_NOTES_OF])
        st = borrow_notes(c, err);
    return st;
}

const struct release *call_release(struct call *c, enum codeset set)
{
    const struct release *r = shelf_release(c->shelf, set);
    const char *warning = r ? shelf_warning(c->shelf, set) : NULL;
    if (warning && !c->warned[set])
        fprintf(c->err, "codeshelf: %s: %s\n", codeset_title(set), warning);
    c->warned[set] = true;
    return r;
}

bool call_wants(const struct call *c, enum codeset set)
{
    return (c->opt.set == SET_COUNT || c->opt.set == set) && shelf_release(c->shelf, set);
}

enum status call_no_set(const struct call *c, struct error *err)
{
    if (c->opt.set == SET_COUNT)
        return error_set(err, ST_NONE, "no release is loaded on this shelf (codeshelf import PATH...)");
    return error_set(err, ST_NONE, "no release of %s is loaded on this shelf", codeset_title(c->opt.set));
}

void call_words(const struct call *c, struct buf *out)
{
    struct buf typed = {0};
    for (size_t i = 0; i < c->nwords; i++)
        buf_printf(&typed, "%s%s", i ? " " : "", c->words[i]);
    utf8_from_bytes(out, buf_text(&typed), typed.len < WORDS_MOST ? typed.len : WORDS_MOST);
    buf_free(&typed);
}

void call_say(const struct call *c, const char *text)
{
    fputs("codeshelf: ", c->err);
    page_put(c->err, text, strlen(text));
    fputc('\n', c->err);
}

/* The release of the set with a Tabular that is nearest to the one in force, for the hint. */
static const struct release *nearest_notes(const struct call *c, const struct release *own)
{
    const struct release *best = NULL;
    long least = 0;
    size_t n;
    const struct release *all = shelf_releases(c->shelf, &n);

    for (size_t i = 0; own && i < n; i++) {
        const long days = labs(date_days_between(own->from, all[i].from));
        if (all[i].set == own->set && all[i].coverage & 1u << COMP_TABULAR && (!best || days < least)) {
            best = &all[i];
            least = days;
        }
    }
    return best;
}

bool call_notes_missing(const struct call *c, enum codeset set, char *out, size_t size)
{
    /* CPT has no notes of its own that a release could lack: the user's files are all there is. */
    if (set == SET_CPT || shelf_notes_release(c->shelf, set))
        return false;
    const struct release *r = shelf_release(c->shelf, set), *other = nearest_notes(c, r);
    if (other)
        snprintf(out, size, "notes not loaded for %s (notes of %s are on this shelf: --notes-of %s)", r ? r->name : "",
                 other->name, other->name);
    else
        snprintf(out, size, "notes not loaded for %s", r ? r->name : "");
    return true;
}
