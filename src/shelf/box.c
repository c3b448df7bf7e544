/* box.c - one box for codes, words and what narrows them.
 *
 *   E11-E13        the codes from one to another, in the order of the book; with words: those among them
 *   "lower end"    these words next to each other, in one text
 *   -kidney        not the entries whose titles and inclusion terms have the word
 *   set:hcpcs      one code set; the beginning of its name will do
 *   ch:19  ch:J    one chapter
 *   billable       only what can be reported
 *
 * The text is cut at blanks; a sign stands at the beginning of a piece, so that x-ray, non-hodgkin and 5'10" are words.
 * A sign that is not finished narrows nothing yet, so that the rows on the screen stay. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "codeshelf/buf.h"
#include "codeshelf/fold.h"
#include "box.h"

enum { BILLABLE_SHOWN = 5, RANGE_END_MIN = 3 };

struct reading_box {
    struct shelf *s;
    const struct query *q;
    struct arena *a;
    struct box *box;
    struct buf words, phrases, phrase_words, said;
};

/* The words of a text, folded, a blank between; their number. */
static size_t fold_words(const char *text, size_t n, struct buf *out)
{
    struct word_span span;
    size_t pos = 0, count = 0;

    while (word_next(text, n, &pos, &span)) {
        buf_puts(out, count++ ? " " : "");
        fold_text(out, text + span.start, span.len);
    }
    return count;
}

static void add_phrase(struct reading_box *r, const char *text, size_t n)
{
    struct buf folded = {0};

    if (fold_words(text, n, &folded)) {
        buf_printf(&r->phrases, "%s\"%s\"", r->phrases.len ? " AND " : "", folded.text);
        buf_printf(&r->phrase_words, "%s ", folded.text);
    }
    buf_free(&folded);
}

static void add_without(struct reading_box *r, const char *text, size_t n)
{
    struct buf folded = {0};

    if (fold_words(text, n, &folded) && r->box->nwithout < WITHOUT_MAX)
        r->box->without[r->box->nwithout++] = arena_strdup(r->a, folded.text);
    buf_free(&folded);
}

static void say(struct reading_box *r, const char *before, const char *text, const char *behind)
{
    buf_printf(&r->said, "%s%s%s%s", r->said.len ? "; " : "", before, text, behind);
}

static bool wanted(const struct reading_box *r, enum codeset set)
{
    return r->s->books[set].release && (r->box->set == SET_COUNT || r->box->set == set);
}

static void read_set(struct reading_box *r, const char *name)
{
    for (int set = 0; set < SET_COUNT; set++)
        if (strncasecmp(codeset_name((enum codeset)set), name, strlen(name)) == 0) {
            r->box->set = (enum codeset)set;
            return;
        }
    say(r, "no code set ", name, "");
}

/* The chapters of that name; open: of names that begin so. */
static enum status read_chapter(struct reading_box *r, const char *name, bool open, struct error *err)
{
    struct box *b = r->box;
    enum status st = ST_OK;

    for (int i = 0; i < SET_COUNT && st == ST_OK; i++) {
        const enum codeset set = (enum codeset)i;
        struct entry e;
        if (!wanted(r, set))
            continue;
        const uint32_t size = shelf_book_size(r->s, set);
        for (uint32_t at = 0, end; at < size && st == ST_OK; at = end) {
            st = shelf_entry_at(r->s, set, at, r->a, &e, err);
            end = st == ST_OK ? shelf_subtree_end(r->s, set, at) : size;
            const bool same = open ? strncasecmp(e.code, name, strlen(name)) == 0 : strcasecmp(e.code, name) == 0;
            if (st == ST_OK && same && e.kind == KIND_CHAPTER && b->nchapters < CHAPTERS_MAX)
                b->chapters[b->nchapters++] = (struct span){set, at, end};
        }
    }
    if (st == ST_OK && !b->nchapters)
        say(r, "no chapter ", name, "");
    return st;
}

/* The last code of the release that is, or begins with, or comes before the one given, and not before another. */
static enum status last_code(struct shelf *s, enum codeset set, const char *first, const char *last, struct arena *a, struct entry *out,
                             struct error *err)
{
    static const char sql[] = "SELECT e.code FROM entry e JOIN version v ON v.entry = e.id AND v.mask & ?4"
                              " WHERE e.codeset = ?1 AND e.code >= ?2 AND e.code < ?3 AND e.class = 0 ORDER BY e.code DESC LIMIT 1";
    char end[CODE_MAX + 1], code[CODE_MAX] = "";
    sqlite3_stmt *q;
    enum status st = shelf_lookup(s, set, last, a, out, NULL);

    if (st != ST_NONE || (st = sql_open(s, sql, &q, err)) != ST_OK)
        return st;
    snprintf(end, sizeof end, "%s~", last);
    sqlite3_bind_int(q, 1, (int)set);
    sqlite3_bind_text(q, 2, first, -1, SQLITE_STATIC);
    sqlite3_bind_text(q, 3, end, -1, SQLITE_STATIC);
    sqlite3_bind_int64(q, 4, release_mask(s, s->books[set].release));
    if ((st = sql_row(s, q, err)) == ST_OK) {
        snprintf(code, sizeof code, "%s", (const char *)sqlite3_column_text(q, 0));
        sqlite3_reset(q);
    }
    sqlite3_clear_bindings(q);
    return st == ST_OK ? shelf_lookup(s, set, code, a, out, err) : st;
}

/* "E11-E13"; *was tells whether it is a range. The ends have three characters at least: L4-L5 is a spine. While the second
 * end is being typed, the first stands alone. */
static enum status read_range(struct reading_box *r, const char *token, bool open, bool *was, struct error *err)
{
    const char *dash = strchr(token, '-');
    char first[CODE_MAX], last[CODE_MAX], *typed;
    struct entry a, b;
    enum status st = ST_NONE;

    *was = false;
    if (!dash)
        return ST_OK;
    typed = arena_strndup(r->a, token, (size_t)(dash - token));
    if (!code_read(typed, first) || strlen(first) < RANGE_END_MIN || (dash[1] && !code_read(dash + 1, last)))
        return ST_OK;
    const bool whole = dash[1] && strlen(last) >= RANGE_END_MIN;
    for (int i = 0; i < SET_COUNT && st == ST_NONE; i++) {
        if (!wanted(r, (enum codeset)i))
            continue;
        st = shelf_lookup(r->s, (enum codeset)i, first, r->a, &a, NULL);
        if (st == ST_OK && whole)
            st = last_code(r->s, (enum codeset)i, first, last, r->a, &b, err);
    }
    if (st != ST_OK)
        return st == ST_NONE ? ST_OK : st;
    if (whole && b.place >= a.place) {
        *was = r->box->ranged = true;
        r->box->range = (struct span){a.set, a.place, shelf_subtree_end(r->s, b.set, b.place)};
    } else if (open) {
        buf_printf(&r->words, "%s%s", r->words.len ? " " : "", typed);
        *was = true;
    }
    return ST_OK;
}

static bool begins_with(const char *text, const char *start)
{
    return strncasecmp(text, start, strlen(start)) == 0;
}

/* Takes a sign; false when the piece is a word. open: more may be typed. */
static enum status read_sign(struct reading_box *r, const char *token, bool open, bool *was, struct error *err)
{
    const size_t key = strspn(token, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    *was = true;
    if (token[0] == '-' && (isalnum((unsigned char)token[1]) || (unsigned char)token[1] >= 0x80)) {
        add_without(r, token + 1, strlen(token + 1));
    } else if (strcasecmp(token, "billable") == 0) {
        r->box->billable = true;
    } else if (begins_with(token, "set:") && (token[4] || open)) {
        if (token[4])
            read_set(r, token + 4);
    } else if (begins_with(token, "ch:") && (token[3] || open)) {
        return token[3] ? read_chapter(r, token + 3, open, err) : ST_OK;
    } else if (open && key >= BILLABLE_SHOWN && !token[key] && begins_with("billable", token)) {
        return ST_OK; /* half of it */
    } else {
        if (key > 1 && token[key] == ':' && token[key + 1] && token[key + 1] != '/')
            say(r, "", arena_strndup(r->a, token, key + 1), " is no filter");
        return read_range(r, token, open, was, err);
    }
    return ST_OK;
}

/* The pieces of the text, one after the other. A code set goes before what is looked up in it: it is read first. */
static enum status read_pieces(struct reading_box *r, bool sets, struct error *err)
{
    const char *at = r->q->text;
    enum status st = ST_OK;

    while (st == ST_OK && *(at += strspn(at, " \t"))) {
        const char *close = *at == '"' ? strchr(at + 1, '"') : NULL;
        if (close) {
            if (!sets)
                add_phrase(r, at + 1, (size_t)(close - at - 1));
            at = close + 1;
            continue;
        }
        const size_t n = strcspn(at, " \t");
        const char *token = arena_strndup(r->a, at, n);
        const bool open = r->q->typing && !at[n], set = begins_with(token, "set:");
        bool was = sets != set;
        if (!was)
            st = read_sign(r, token, open, &was, err);
        if (!was)
            buf_printf(&r->words, "%s%s%s", r->words.len ? " " : "", token, open ? "" : " ");
        if (!was && *at == '"' && !r->q->typing)
            say(r, "a quote is not closed", "", "");
        at += n;
    }
    return st;
}

/* Most texts have no sign: they are searched as they stand. */
static bool is_plain(const char *text)
{
    for (const char *at = text; (at = strpbrk(at, "bB-:\"")) != NULL; at++)
        if (strchr("-:\"", *at) || begins_with(at, "billa"))
            return false;
    return true;
}

enum status box_read(struct shelf *s, const struct query *q, struct arena *a, struct box *out, struct error *err)
{
    struct reading_box r = {.s = s, .q = q, .a = a, .box = out};
    enum status st = ST_OK;

    *out = (struct box){.words = q->text, .phrases = "", .phrase_words = "", .set = q->set};
    if (is_plain(q->text))
        return ST_OK;
    for (int i = 0; i < SET_COUNT && st == ST_OK; i++)
        if (s->books[i].release)
            st = sequence_load(s, (enum codeset)i, err);
    if (st == ST_OK && (st = read_pieces(&r, true, err)) == ST_OK)
        st = read_pieces(&r, false, err);
    out->words = arena_strdup(a, buf_text(&r.words));
    out->phrases = arena_strdup(a, buf_text(&r.phrases));
    out->phrase_words = arena_strdup(a, buf_text(&r.phrase_words));
    out->said = r.said.len ? arena_strdup(a, r.said.text) : NULL;
    out->filtered = out->nwithout || out->nchapters || out->ranged || out->billable;
    out->alone = r.words.len == 0 && r.phrases.len == 0 && (out->filtered || out->set != q->set);
    buf_free(&r.words);
    buf_free(&r.phrases);
    buf_free(&r.phrase_words);
    buf_free(&r.said);
    return st;
}

bool box_holds(const struct box *b, enum codeset set, uint32_t place)
{
    bool held = b->nchapters == 0;

    for (size_t i = 0; i < b->nchapters && !held; i++)
        held = b->chapters[i].set == set && place >= b->chapters[i].from && place < b->chapters[i].to;
    if (held && b->ranged)
        held = b->range.set == set && place >= b->range.from && place < b->range.to;
    return held;
}
