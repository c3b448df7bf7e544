/* readings.c - what people type, read as what the books write.
 *
 * A query has several readings: the words as typed, and the words with every phrase that the vocabulary knows put into the
 * words of the book, the longest phrase first: "fx l distal radius" is also "fracture left lower end of radius". Where a
 * phrase may mean several things, each gives a reading of its own. All readings are searched; the scores decide.
 * While the last word is being typed, what the vocabulary says of it is only a guess, or rows would come and go with each letter. */
#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/fold.h"
#include "vocabulary.h"

enum {
    REPAIR_SHORTEST = 4, /* letters of a word that is taken for another */
    REPAIR_OPEN = 5,     /* the same while it is being typed */
    MEANINGS_MAX = 4 /* alternatives of a phrase that get a reading */
};

static const double MEANT = 0.98; /* weight of what the vocabulary says: the words as typed go first where both answer alike */

/* A stretch of the query: a phrase with its row, or a word that has none. */
struct piece {
    size_t start, len; /* in the typed words */
    const struct vocabulary_row *row;
    bool capitals; /* typed in capitals */
};

struct typed {
    struct buf words; /* folded, one blank between, no lonely "s" of a genitive */
    size_t start[TERMS_MAX], len[TERMS_MAX], n;
    bool capitals[TERMS_MAX];
    bool open; /* the last word may be unfinished */
};

static bool is_capitals(const char *text, size_t n)
{
    size_t letters = 0;
    for (size_t i = 0; i < n; i++) {
        if (text[i] >= 'a' && text[i] <= 'z')
            return false;
        letters += text[i] >= 'A' && text[i] <= 'Z';
    }
    return letters > 1;
}

static bool is_side(const char *word, size_t n)
{
    static const char *const sides[] = {"left", "right", "bilateral", "both", "l", "r", "lt", "rt", "bilat"};

    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        if (strlen(sides[i]) == n && memcmp(sides[i], word, n) == 0)
            return true;
    return false;
}

static void read_typed(const char *text, bool typing, struct typed *out)
{
    const size_t n = strlen(text);
    struct word_span span;
    size_t pos = 0;

    memset(out, 0, sizeof *out);
    while (out->n < TERMS_MAX && word_next(text, n, &pos, &span)) {
        if (word_cut_off(text, span, 's'))
            continue; /* Crohn's */
        if (word_cut_off(text, span, 't') && out->n > 0) {
            buf_putc(&out->words, 't'); /* can't */
            out->len[out->n - 1]++;
            continue;
        }
        if (out->words.len)
            buf_putc(&out->words, ' ');
        out->start[out->n] = out->words.len;
        fold_text(&out->words, text + span.start, span.len);
        out->len[out->n] = out->words.len - out->start[out->n];
        out->capitals[out->n++] = is_capitals(text + span.start, span.len);
        out->open = typing && span.start + span.len == n;
    }
}

/* The longest phrases from the left. */
static size_t cut_pieces(struct shelf *s, enum codeset set, const struct typed *t, struct piece *out)
{
    size_t n = 0;

    for (size_t i = 0; i < t->n;) {
        size_t words = t->n - i < PHRASE_WORDS_MAX ? t->n - i : PHRASE_WORDS_MAX;
        struct piece p = {0};
        for (; words > 0 && !p.row; words -= !p.row) {
            p.start = t->start[i];
            p.len = t->start[i + words - 1] + t->len[i + words - 1] - p.start;
            const enum capitals capitals = words > 1 ? CAPITALS_NO : t->capitals[i] ? CAPITALS_YES
                                           : t->n == 1 ? CAPITALS_ALONE : CAPITALS_NO;
            p.row = vocabulary_find(s, set, t->words.text + p.start, p.len, capitals);
        }
        if (words == 0) {
            words = 1;
            p.len = t->len[i];
        }
        if (p.row && words == 1 && row_is_equals(p.row))
            p.row = NULL; /* the terms know its equals (query.c) */
        p.capitals = t->capitals[i] && words == 1;
        out[n++] = p;
        i += words;
    }
    return n;
}

/* The same words with the sides in front, false when none stands inside: "ringing in my left ear" has a phrase round its side. */
static bool sides_first(const struct typed *t, struct typed *out)
{
    bool inside = false;

    memset(out, 0, sizeof *out);
    for (int sides = 1; sides >= 0; sides--)
        for (size_t i = 0; i < t->n; i++) {
            const char *word = t->words.text + t->start[i];
            if (is_side(word, t->len[i]) != sides)
                continue;
            inside |= sides && i > 0;
            buf_puts(&out->words, out->n ? " " : "");
            out->start[out->n] = out->words.len;
            out->len[out->n] = t->len[i];
            out->capitals[out->n++] = t->capitals[i];
            buf_add(&out->words, word, t->len[i]);
        }
    out->open = t->open;
    return inside && !is_side(t->words.text + t->start[t->n - 1], t->len[t->n - 1]);
}

/* The pieces of the words, in the order that leaves fewest of them. */
static size_t cut_best(struct shelf *s, enum codeset set, struct typed *t, struct piece *out)
{
    struct piece other[TERMS_MAX];
    struct typed moved;
    size_t n = cut_pieces(s, set, t, out);
    size_t m = sides_first(t, &moved) ? cut_pieces(s, set, &moved, other) : n;

    if (m < n) {
        struct typed kept = *t;
        *t = moved;
        moved = kept;
        memcpy(out, other, m * sizeof *out);
        n = m;
    }
    buf_free(&moved.words);
    return n;
}

/* Writes a reading: every piece by its first meaning, but the changed one by another. */
static void write_reading(const struct typed *t, const struct piece *pieces, size_t n, size_t changed, size_t number,
                          struct buf *out)
{
    buf_clear(out);
    for (size_t i = 0; i < n; i++) {
        const char *text = t->words.text + pieces[i].start;
        size_t len = pieces[i].len;
        if (pieces[i].row)
            row_meaning(pieces[i].row, i == changed ? number : 0, &text, &len);
        if (out->len)
            buf_putc(out, ' ');
        buf_add(out, text, len);
    }
    if (n && (pieces[n - 1].row || !t->open))
        buf_putc(out, ' '); /* finished */
}

/* NULL when there is such a reading already, or no room for another. */
static struct reading *add_reading(struct readings *out, struct arena *a, const char *text, double weight)
{
    for (size_t i = 0; i < out->n; i++)
        if (strcmp(out->items[i].text, text) == 0)
            return NULL;
    if (out->n == READINGS_MAX)
        return NULL;
    struct reading *r = &out->items[out->n++];
    *r = (struct reading){.text = arena_strdup(a, text), .weight = weight};
    return r;
}

/* Adds what write_reading wrote, with the pieces that it puts otherwise. */
static void add_meaning(const struct typed *t, const struct piece *pieces, size_t n, size_t changed, size_t number,
                        const struct buf *text, double weight, struct arena *a, struct readings *out)
{
    struct reading *r = add_reading(out, a, buf_text(text), weight);

    if (!r)
        return;
    r->parts = arena_alloc(a, n * sizeof *r->parts);
    for (size_t i = 0; i < n; i++) {
        const char *typed = t->words.text + pieces[i].start, *means;
        size_t len;
        if (!pieces[i].row || !row_meaning(pieces[i].row, i == changed ? number : 0, &means, &len)
            || (len == pieces[i].len && memcmp(means, typed, len) == 0))
            continue;
        r->parts[r->nparts++] = (struct reading_part){arena_strndup(a, typed, pieces[i].len), arena_strndup(a, means, len),
                                                      arena_strndup(a, pieces[i].row->kind, pieces[i].row->kind_len)};
    }
}

/* Whether a code set that is searched has a word, or the vocabulary has it for that: "prolia" is no slip for "previa". */
static enum status known_anywhere(struct shelf *s, const struct query *q, const char *word, bool finished, bool *out, struct error *err)
{
    enum status st = ST_OK;

    *out = false;
    for (int i = 0; i < SET_COUNT && st == ST_OK && !*out; i++) {
        if (!query_wants(s, q, (enum codeset)i))
            continue;
        st = word_known(s, (enum codeset)i, word, finished, out, err);
        *out = *out || vocabulary_find(s, (enum codeset)i, word, strlen(word), CAPITALS_NO) || glosses_know(s, (enum codeset)i, word);
    }
    return st;
}

/* Puts words that neither the shelf nor the vocabulary knows right, in the text typed. */
static enum status repair_words(struct shelf *s, enum codeset set, const struct query *q, const struct typed *t, const struct piece *pieces,
                                size_t n, struct buf *text, struct readings *out, struct arena *a, struct error *err)
{
    enum status st = ST_OK;

    out->repairs = arena_alloc(a, n * sizeof *out->repairs);
    for (size_t i = 0; i < n && st == ST_OK; i++) {
        char word[WORD_MAX];
        const char *meant = NULL;
        const size_t len = pieces[i].len < sizeof word ? pieces[i].len : 0;
        const bool open = t->open && i == n - 1;
        bool known = true;
        memcpy(word, t->words.text + pieces[i].start, len);
        word[len] = '\0';
        buf_puts(text, i ? " " : "");
        if (!pieces[i].row && !pieces[i].capitals && len >= (open ? REPAIR_OPEN : REPAIR_SHORTEST))
            st = known_anywhere(s, q, word, !open, &known, err);
        if (st == ST_OK && !known)
            st = word_repair(s, set, word, !open, a, &meant, err);
        if (st == ST_OK && meant) {
            buf_puts(text, meant);
            out->repairs[out->nrepairs++] = (struct reading_part){arena_strdup(a, word), meant, "repaired spelling"};
        } else {
            buf_add(text, t->words.text + pieces[i].start, pieces[i].len);
        }
    }
    return st;
}

/* The readings that the vocabulary gives. */
static void add_meanings(const struct typed *t, const struct piece *pieces, size_t n, struct arena *a, struct readings *out)
{
    struct buf text = {0};
    bool any = false;

    for (size_t i = 0; i < n; i++)
        any |= pieces[i].row != NULL;
    if (any) {
        write_reading(t, pieces, n, n, 0, &text);
        add_meaning(t, pieces, n, n, 0, &text, MEANT, a, out);
    }
    for (size_t number = 1; number < MEANINGS_MAX; number++)
        for (size_t i = 0; i < n; i++) {
            const char *meaning;
            size_t len;
            if (!pieces[i].row || !row_meaning(pieces[i].row, number, &meaning, &len))
                continue;
            write_reading(t, pieces, n, i, number, &text);
            add_meaning(t, pieces, n, i, number, &text, MEANT - 0.02 * (double)number, a, out);
        }
    buf_free(&text);
}

/* The last word behind others, while it is being typed, is more likely the beginning of a word ("distal ra": radius) than an
 * abbreviation (rheumatoid arthritis): what the vocabulary says of it is a guess. */
static void add_all_meanings(const struct typed *t, struct piece *pieces, size_t n, struct arena *a, struct readings *out)
{
    struct piece *last = n > 1 && t->open ? &pieces[n - 1] : NULL;
    const struct vocabulary_row *row = last ? last->row : NULL;

    if (!row || memchr(t->words.text + last->start, ' ', last->len)) {
        add_meanings(t, pieces, n, a, out);
        return;
    }
    last->row = NULL;
    add_meanings(t, pieces, n, a, out);
    last->row = row;
    const size_t sure = out->n;
    add_meanings(t, pieces, n, a, out);
    for (size_t i = sure; i < out->n; i++)
        out->items[i].guess = last->len > 1; /* of one letter it may as well be a side */
}

/* A word that nobody knows may be the first letters of others: "DORV". */
static enum status add_acronyms(struct shelf *s, enum codeset set, const struct typed *t, const struct piece *piece, struct arena *a,
                                struct readings *out, struct error *err)
{
    char word[WORD_MAX];
    const char *texts[ACRONYM_MAX];
    size_t n = 0;

    if (piece->row || t->open || piece->len < 2 || piece->len >= sizeof word)
        return ST_OK;
    memcpy(word, t->words.text + piece->start, piece->len);
    word[piece->len] = '\0';
    const enum status st = acronym_texts(s, set, word, a, texts, &n, err);
    for (size_t i = 0; st == ST_OK && i < n; i++) {
        struct reading *r = add_reading(out, a, texts[i], 0.95);
        if (!r)
            continue;
        r->parts = arena_alloc(a, sizeof *r->parts);
        r->parts[r->nparts++] = (struct reading_part){arena_strdup(a, word), arena_strndup(a, texts[i], strcspn(texts[i], "([")),
                                                      "abbreviation"};
    }
    return st;
}

enum status readings_make(struct shelf *s, enum codeset set, const struct query *q, struct arena *a, struct readings *out,
                          struct error *err)
{
    struct piece pieces[TERMS_MAX];
    struct buf text = {0};
    bool capitals = false;
    struct typed t;

    memset(out, 0, sizeof *out);
    read_typed(q->text, q->typing, &t);
    size_t n = q->literal ? 0 : cut_best(s, set, &t, pieces);
    for (size_t i = 0; i < n; i++)
        capitals |= pieces[i].row && pieces[i].capitals;
    enum status st = q->literal ? ST_OK : repair_words(s, set, q, &t, pieces, n, &text, out, a, err);
    if (st == ST_OK && out->nrepairs) {
        const bool open = t.open;
        buf_free(&t.words);
        read_typed(buf_text(&text), open, &t);
        n = cut_best(s, set, &t, pieces);
    }
    buf_clear(&text);
    buf_puts(&text, buf_text(&t.words));
    buf_puts(&text, t.open ? "" : " ");
    add_reading(out, a, buf_text(&text), capitals ? 0.85 : 1);
    add_all_meanings(&t, pieces, n, a, out);
    out->whole = n == 1 && pieces[0].row;
    if (st == ST_OK && n == 1)
        st = add_acronyms(s, set, &t, pieces, a, out, err);
    buf_free(&text);
    buf_free(&t.words);
    return st;
}
