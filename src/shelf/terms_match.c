/* terms_match.c - words held against the rows of an index.
 *
 * A row is its titles from the main term down. People, and the book's own "see", name it by some of the words in them, in
 * other forms ("intestine" for "intestinal", "Complications" for "Complication"). A word stands for all words of its stem;
 * the stem here is cruder than Porter's, so that noun and adjective meet. What was asked and is missing, what is there and was
 * not asked, and words out of order each cost something; the least cost is the best row. */
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/fold.h"
#include "terms_inside.h"

enum { STEM_MIN = 4, SLIP_MIN = 5, SLIP_LONG = 11, LEVELS_MAX = TERM_DEPTH_MAX + 1 };

static bool is_little(const char *word, size_t n)
{
    static const char *const little[] = {"a",  "an",  "and", "as", "at", "by", "due", "for",  "from", "in", "into",
                                         "of", "nec", "nos", "on", "or", "s",  "the", "to", "with"};

    for (size_t i = 0; i < sizeof little / sizeof *little; i++)
        if (strlen(little[i]) == n && memcmp(little[i], word, n) == 0)
            return true;
    return false;
}

/* Bytes that are left of a word without its ending; never fewer than STEM_MIN, the whole word when it has a digit. */
static size_t stem_of(const char *word, size_t n)
{
    static const char *const endings[] = {"ically", "ation", "ative", "atory", "ated", "eous", "ical", "ious", "ally",
                                          "ing",    "ine",   "ist",   "ion",   "ian",  "ial",  "eal",  "ous",  "ive",
                                          "ies",    "ium",   "ory",   "ary",   "al",   "ar",   "ic",   "ac",   "ed",
                                          "es",     "um",    "us",    "is",    "ae",   "as",   "ia",   "ii",   "a",
                                          "e",      "i",     "o",     "s",     "y"};

    for (size_t i = 0; i < n; i++)
        if (word[i] >= '0' && word[i] <= '9')
            return n;
    if (n > STEM_MIN && word[n - 1] == 's' && word[n - 2] != 's' && word[n - 2] != 'u' && word[n - 2] != 'i')
        n--;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const size_t len = strlen(endings[i]);
        if (n >= STEM_MIN + len && memcmp(word + n - len, endings[i], len) == 0) {
            n -= len;
            break;
        }
    }
    return n > STEM_MIN && (word[n - 1] == 'i' || word[n - 1] == 'e') ? n - 1 : n;
}

static size_t least_of(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Whether a few changed letters make one word of the other; the first letter is as a rule right. */
static bool is_slip(const char *a, size_t n, const char *b, size_t m)
{
    const size_t most = n >= SLIP_LONG ? 2 : 1;
    size_t row[3][ASK_WORD + 1];

    if (n < SLIP_MIN || m >= ASK_WORD || a[0] != b[0] || n > m + most || m > n + most)
        return false;
    for (size_t j = 0; j <= m; j++)
        row[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *now = row[i % 3], *last = row[(i - 1) % 3], *before = row[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            now[j] = least_of(last[j - 1] + (a[i - 1] != b[j - 1]), least_of(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) /* two letters changed places */
                now[j] = least_of(now[j], before[j - 2] + 1);
        }
    }
    return row[n % 3][m] <= most;
}

/* How well a word of a row answers: 1 as asked, 0 not at all. */
static double likeness(const struct ask *q, bool slips, const char *word, size_t n)
{
    if (n == q->len && memcmp(q->word, word, n) == 0)
        return 1;
    if (q->open && n > q->len && memcmp(q->word, word, q->len) == 0)
        return 0.95;
    if (n >= q->stem && memcmp(q->word, word, q->stem) == 0 && stem_of(word, n) == q->stem)
        return 0.85;
    return slips && is_slip(q->word, q->len, word, n) ? 0.4 : 0;
}

/* --- the words asked for -------------------------------------------------------------------------------------------- */

static void add_word(struct asked *out, const char *word, size_t n, bool open, bool aside)
{
    struct ask *q = &out->items[out->n++];

    memset(q, 0, sizeof *q);
    q->len = n < ASK_WORD ? n : ASK_WORD - 1;
    memcpy(q->word, word, q->len);
    q->stem = stem_of(q->word, q->len);
    q->open = open || n >= ASK_WORD;
    q->aside = aside && !open;
    q->optional = open ? n == 1 && out->n > 1 : aside || is_little(word, n);
    q->part = out->parts;
}

/* A part that has nothing but little words means them: "Contact, with". */
static void need_part(struct asked *q, unsigned part, bool aside_too)
{
    for (size_t i = 0; i < q->n; i++)
        if (q->items[i].part == part && !q->items[i].optional)
            return;
    for (size_t i = 0; i < q->n; i++)
        if (q->items[i].part == part && !(q->items[i].open && q->n > 1) && (aside_too || !q->items[i].aside))
            q->items[i].optional = false;
}

void asked_read(const char *text, bool typing, struct asked *out)
{
    struct buf folded = {0};
    struct word_span span;
    size_t pos = 0, seen = 0;
    bool aside = false, needed = false;

    memset(out, 0, sizeof *out);
    fold_text(&folded, text, strlen(text));
    while (out->n < ASK_MAX && word_next(buf_text(&folded), folded.len, &pos, &span)) {
        bool comma = false;
        for (; seen < span.start; seen++) {
            aside = folded.text[seen] == '(' || (aside && folded.text[seen] != ')');
            comma |= folded.text[seen] == ',';
        }
        out->parts += comma && out->n > 0;
        seen = span.start + span.len;
        add_word(out, folded.text + span.start, span.len, typing && seen == folded.len, aside);
        needed |= !out->items[out->n - 1].optional;
    }
    out->parts += out->n > 0;
    for (unsigned part = 0; part < out->parts; part++)
        need_part(out, part, part == 0 && !needed);
    buf_free(&folded);
}

uint32_t asked_needed(const struct asked *q)
{
    uint32_t bits = 0;

    for (size_t i = 0; i < q->n; i++)
        if (!q->items[i].optional && !q->items[i].off)
            bits |= 1u << i;
    return bits;
}

static void match_word(const struct ask *q, bool slips, struct buf *out)
{
    const bool stemmed = q->stem >= STEM_MIN && (q->stem < q->len || q->len > STEM_MIN);

    if (slips && q->len >= SLIP_MIN)
        buf_printf(out, "\"%.2s\"*", q->word);
    else if (stemmed)
        buf_printf(out, "\"%.*s\"*", (int)q->stem, q->word);
    else
        buf_printf(out, "\"%s\"%s", q->word, q->open ? "*" : "");
}

bool asked_words(const struct asked *q, struct buf *out)
{
    const uint32_t needed = asked_needed(q);
    const char *between = "";

    for (size_t i = 0; i < q->n; i++)
        if (needed & (1u << i)) {
            buf_puts(out, between);
            match_word(&q->items[i], q->slips, out);
            between = " AND ";
        }
    return needed != 0;
}

bool asked_match(const struct asked *q, unsigned own_part, struct buf *out)
{
    const uint32_t needed = asked_needed(q);
    const char *between = "{title nemod} : (";

    for (size_t i = 0; i < q->n; i++)
        if (needed & (1u << i) && q->items[i].part >= own_part) {
            buf_puts(out, between);
            match_word(&q->items[i], q->slips, out);
            between = " OR ";
        }
    if (out->len)
        buf_puts(out, ") AND ");
    return asked_words(q, out);
}

/* --- a row held against them ---------------------------------------------------------------------------------------- */

/* Where each word was found best. */
struct found {
    double like[ASK_MAX];
    unsigned level[ASK_MAX];
};

/* One title of the row: how many of its words were asked for, and what the others cost. */
struct level {
    unsigned known;
    double extra;
    bool weighty; /* has a word that is not a little one */
};

/* Reads a title that lies in room; returns the bits of the words it has. */
static uint32_t read_level(const struct asked *q, const char *text, size_t n, unsigned number, struct found *found,
                           struct level *out)
{
    struct word_span span;
    size_t pos = 0, before = 0;
    uint32_t bits = 0;
    bool synonym = false; /* behind a comma: "Infarct, infarction" */

    memset(out, 0, sizeof *out);
    while (word_next(text, n, &pos, &span)) {
        const char *word = text + span.start;
        const bool little = is_little(word, span.len);
        bool asked = false;
        for (size_t i = 0; i < q->n; i++) {
            const double like = q->items[i].off ? 0 : likeness(&q->items[i], q->slips, word, span.len);
            if (like <= 0)
                continue;
            asked = true;
            bits |= 1u << i;
            if (like > found->like[i]) {
                found->like[i] = like;
                found->level[i] = number;
            }
        }
        out->known += asked;
        synonym |= memchr(text + before, ',', span.start - before) != NULL;
        before = pos;
        if (!asked)
            out->extra += (little ? 0.2 : 1) * (synonym ? 0.3 : 1);
        out->weighty |= !little;
    }
    return bits;
}

/* What the words themselves cost: unlike forms, missing little words, steps back. */
static double word_cost(const struct asked *q, const struct found *found)
{
    double cost = 0;
    unsigned level = 0;

    for (size_t i = 0; i < q->n; i++) {
        if (q->items[i].off)
            continue;
        if (found->like[i] <= 0) {
            cost += q->items[i].open || !q->items[i].optional ? 1 : q->items[i].aside ? 0.05 : 0.3;
            continue;
        }
        cost += 1 - found->like[i];
        if (q->items[i].optional)
            continue;
        cost += found->level[i] < level ? 0.3 : 0;
        level = found->level[i];
    }
    return cost;
}

/* The first word asked for that a main term's title begins with, as a bit; 0 for none. */
static uint32_t begins_with(const struct asked *q, const char *title, size_t n)
{
    struct word_span span;
    size_t pos = 0;

    if (!word_next(title, n, &pos, &span))
        return 0;
    for (size_t i = 0; i < q->n; i++)
        if (!q->items[i].off && !q->items[i].optional
            && likeness(&q->items[i], q->slips, title + span.start, span.len) > 0)
            return 1u << i;
    return 0;
}

void fit_row(const struct asked *q, const char *path, const char *title, const char *nemod, struct buf *room, struct fit *out)
{
    enum { ABOVE_EXTRA = 8, OWN_EXTRA = 25, UNASKED = 60, UNASKED_LITTLE = 15, DEPTH = 5, ASIDE = 20 }; /* in hundredths */
    struct found found = {0};
    struct level level;
    unsigned number = 0;

    memset(out, 0, sizeof *out);
    buf_clear(room);
    fold_text(room, path, strlen(path));
    if (*path)
        buf_putc(room, '\n');
    const size_t own = room->len;
    fold_text(room, title, strlen(title));
    const size_t end = room->len;
    fold_text(room, nemod, strlen(nemod));
    const char *text = buf_text(room);
    for (size_t at = 0, next; at < end && number < LEVELS_MAX; at = next + 1, number++) {
        const char *stop = at < own ? memchr(text + at, '\n', own - at) : NULL;
        next = stop ? (size_t)(stop - text) : end;
        const uint32_t bits = read_level(q, text + at, next - at, number, &found, &level);
        if (at == 0) {
            out->main = bits;
            out->first = begins_with(q, text, next);
        }
        out->found |= bits;
        if (at >= own) {
            out->own = bits;
            out->cost += OWN_EXTRA * 0.01 * level.extra;
        } else {
            const int unasked = level.weighty ? UNASKED : UNASKED_LITTLE;
            out->cost += 0.01 * (level.known ? ABOVE_EXTRA * level.extra : unasked);
        }
    }
    const uint32_t aside = read_level(q, text + end, room->len - end, number ? number - 1 : 0, &found, &level);
    for (size_t i = 0; i < q->n; i++)
        if (aside & ~out->found & (1u << i))
            out->cost += ASIDE * 0.01;
    out->own |= aside;
    out->found |= aside;
    out->cost += word_cost(q, &found) + DEPTH * 0.01 * number;
}

/* --- rows found ----------------------------------------------------------------------------------------------------- */

/* Steps through a statement that gives id, depth, path, title, nemod. */
static enum status take_rows(struct shelf *s, struct book *b, const struct asked *q, sqlite3_stmt *rows, size_t max,
                             struct finds *out, struct error *err)
{
    const uint32_t needed = asked_needed(q);
    struct buf room = {0};
    size_t seen = 0;
    enum status st;

    while ((st = sql_row(s, rows, err)) == ST_OK && seen++ < max) {
        const char *text[3];
        struct find find = {.id = sqlite3_column_int64(rows, 0), .depth = sqlite3_column_int(rows, 1)};
        for (int i = 0; i < 3; i++) {
            text[i] = (const char *)sqlite3_column_text(rows, 2 + i);
            if (!text[i])
                text[i] = "";
        }
        fit_row(q, text[0], text[1], text[2], &room, &find.fit);
        find.place = sequence_place(b, find.id);
        if ((find.fit.found & needed) == needed && find.place != PLACE_NONE)
            VEC_PUSH(out, find);
    }
    if (st == ST_OK) { /* stopped before the last */
        out->more = true;
        sqlite3_reset(rows);
    }
    sqlite3_clear_bindings(rows);
    buf_free(&room);
    return st == ST_NONE ? ST_OK : st;
}

enum status finds_add(struct shelf *s, struct book *b, enum codeset set, enum component book, const struct asked *q,
                      const char *match, size_t max, struct finds *out, struct error *err)
{
    static const char sql[] = "SELECT t.id, t.depth, t.path, t.title, t.nemod"
                              " FROM fts_term f CROSS JOIN term t ON t.id = f.rowid"
                              " WHERE fts_term MATCH ?1 AND t.codeset = ?2 AND t.book = ?3 AND t.mask & ?4";
    sqlite3_stmt *rows;
    const enum status st = sql_open(s, sql, &rows, err);

    if (st != ST_OK)
        return st;
    sqlite3_bind_text(rows, 1, match, -1, SQLITE_STATIC);
    sqlite3_bind_int(rows, 2, (int)set);
    sqlite3_bind_int(rows, 3, (int)book);
    sqlite3_bind_int64(rows, 4, release_mask(s, b->release));
    return take_rows(s, b, q, rows, max, out, err);
}

enum status finds_add_main(struct shelf *s, struct book *b, enum codeset set, enum component book, const struct asked *q,
                           size_t max, struct finds *out, struct error *err)
{
    static const char sql[] = "SELECT id, depth, path, title, nemod FROM term WHERE depth = 0"
                              " AND codeset = ?1 AND book = ?2 AND title COLLATE NOCASE BETWEEN ?3 AND ?4 AND mask & ?5";
    struct buf end = {0};
    size_t first = 0;
    sqlite3_stmt *rows;
    enum status st = sql_open(s, sql, &rows, err);

    while (first < q->n && (q->items[first].off || q->items[first].optional))
        first++;
    if (st != ST_OK || first == q->n)
        return st;
    const struct ask *ask = &q->items[first];
    const size_t n = q->slips && ask->len >= SLIP_MIN ? 2 : ask->stem;
    buf_add(&end, ask->word, n);
    buf_puts(&end, "\xF4\x8F\xBF\xBF"); /* the last character there is */
    sqlite3_bind_int(rows, 1, (int)set);
    sqlite3_bind_int(rows, 2, (int)book);
    sqlite3_bind_text(rows, 3, ask->word, (int)n, SQLITE_STATIC);
    sqlite3_bind_text(rows, 4, buf_text(&end), -1, SQLITE_STATIC);
    sqlite3_bind_int64(rows, 5, release_mask(s, b->release));
    st = take_rows(s, b, q, rows, max, out, err);
    buf_free(&end);
    return st;
}
