/* vocabulary.c - what people type and what the books write for it.
 *
 * The rows stand in one hash table, made when a shelf is searched for the first time; phrase.c says which phrases are the
 * same. A row of the code set goes before one of all sets. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "codeshelf/buf.h"
#include "codeshelf/codesets.h"
#include "vocabulary.h"

enum { SLOTS = 65536, ROWS_MOST = 48000 }; /* a power of two, well above the number of rows: 18,000 and 10,000 of the user at most */

struct vocabulary {
    const struct vocabulary_row *rows;
    size_t n;
    uint16_t slots[SLOTS]; /* number of a row and 1, 0 when free */
};

/* The same while it is read. */
struct reading_rows {
    struct vocabulary_row *items;
    size_t len, cap;
};

static void read_rows(const char *at, bool own, struct reading_rows *out)
{
    static const char *const sets[SET_COUNT] = {"icd10cm", "hcpcs", "cpt"};
    struct tsv_row cells;

    while (at && tsv_next(&at, &cells)) {
        if (cells.cells < 3)
            continue;
        struct vocabulary_row row = {.own = own, .term = cells.cell[0].text, .term_len = (uint16_t)cells.cell[0].len};
        row.means = cells.cell[1].text;
        row.means_len = (uint16_t)cells.cell[1].len;
        row.kind = cells.cell[2].text;
        row.kind_len = (uint16_t)cells.cell[2].len;
        row.set = SET_COUNT;
        for (int set = 0; cells.cells > 3 && set < SET_COUNT; set++)
            if (strlen(sets[set]) == cells.cell[3].len && memcmp(sets[set], cells.cell[3].text, cells.cell[3].len) == 0)
                row.set = (signed char)set;
        VEC_PUSH(out, row);
    }
}

/* The file that has what the book says first: a row for every other name. */
static void read_names(const char *at, struct reading_rows *out)
{
    static const char kind[] = "name";
    struct tsv_row cells;

    while (at && tsv_next(&at, &cells)) {
        struct vocabulary_row row = {.means = cells.cell[0].text, .means_len = (uint16_t)cells.cell[0].len, .kind = kind,
                                     .kind_len = sizeof kind - 1, .set = SET_ICD10CM};
        const char *in = cells.cell[1].text;
        size_t len;
        while (cells.cells > 1 && vocabulary_next(&in, cells.cell[1].text + cells.cell[1].len, &row.term, &len)) {
            row.term_len = (uint16_t)len;
            VEC_PUSH(out, row);
        }
    }
}

static void read_all(struct shelf *s, struct reading_rows *out)
{
    static const char *const files[] = {"vocabulary/abbreviations.tsv", "vocabulary/lay.tsv",    "vocabulary/spelling.tsv",
                                        "vocabulary/eponyms.tsv",       "vocabulary/brands.tsv", "vocabulary/equipment.tsv"};

    read_rows(s->own_words, true, out);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        read_rows(codesets_file(files[i]), false, out);
    read_names(codesets_file("vocabulary/names.tsv"), out);
}

static const struct vocabulary *vocabulary_of(struct shelf *s)
{
    struct reading_rows read = {0};

    if (s->vocabulary)
        return s->vocabulary;
    read_all(s, &read);
    struct vocabulary *v = arena_alloc(&s->arena, sizeof *v);
    struct vocabulary_row *rows = arena_alloc(&s->arena, (read.len + 1) * sizeof *rows);
    for (; v->n < read.len && v->n < ROWS_MOST; v->n++) {
        uint32_t slot = phrase_hash(read.items[v->n].term, read.items[v->n].term_len) % SLOTS;
        while (v->slots[slot])
            slot = (slot + 1) % SLOTS;
        rows[v->n] = read.items[v->n];
        v->slots[slot] = (uint16_t)(v->n + 1);
    }
    v->rows = rows;
    free(read.items);
    s->vocabulary = v;
    return v;
}

bool vocabulary_next(const char **at, const char *end, const char **text, size_t *len)
{
    while (*at < end && (**at == ' ' || **at == '|'))
        ++*at;
    *text = *at;
    while (*at < end && **at != '|')
        ++*at;
    *len = (size_t)(*at - *text);
    while (*len > 0 && (*text)[*len - 1] == ' ')
        --*len;
    return *len > 0;
}

const struct vocabulary_row *vocabulary_rows(struct shelf *s, size_t *n)
{
    const struct vocabulary *v = vocabulary_of(s);

    *n = v->n;
    return v->rows;
}

/* Whether two words are the same but for a plural: "severe" is not "severed", nor "blue" "the blues". */
static bool word_same(const char *a, size_t na, const char *b, size_t nb)
{
    return word_singular(a, na) == word_singular(b, nb) && strncasecmp(a, b, word_singular(a, na)) == 0;
}

static bool is_upper(const char *text)
{
    return *text >= 'A' && *text <= 'Z';
}

/* How many words of a row stand in the text as they are: "burning in my hand" is not "burn hand". */
static int words_as_typed(const struct vocabulary_row *row, const char *text, size_t n)
{
    const char *word, *typed;
    size_t at = 0, len, typed_len;
    int same = 0;

    while (phrase_next_word(row->term, row->term_len, &at, &word, &len))
        for (size_t i = 0; phrase_next_word(text, n, &i, &typed, &typed_len);)
            same += word_same(word, len, typed, typed_len);
    return same < PHRASE_WORDS_MAX ? same : PHRASE_WORDS_MAX - 1;
}

const struct vocabulary_row *vocabulary_find(struct shelf *s, enum codeset set, const char *text, size_t n, enum capitals capitals)
{
    const struct vocabulary *v = vocabulary_of(s);
    const bool alone = !memchr(text, ' ', n);
    const struct vocabulary_row *best = NULL;
    int best_score = 0;

    for (uint32_t slot = phrase_hash(text, n) % SLOTS; v->slots[slot]; slot = (slot + 1) % SLOTS) {
        const struct vocabulary_row *row = &v->rows[v->slots[slot] - 1];
        if ((row->set != SET_COUNT && row->set != (signed char)set) || (is_upper(row->term) && capitals == CAPITALS_NO)
            || !(alone ? word_same : phrase_same)(text, n, row->term, row->term_len))
            continue;
        const bool typed = n == row->term_len && memcmp(text, row->term, n) == 0;
        if (!typed && n > 2 && memcmp(text, "a ", 2) == 0)
            continue; /* an article, not the influenza A of "flu a" */
        const int score = 1 + 8 * row->own + (row->set == (signed char)set)
                          + (is_upper(row->term) ? (capitals == CAPITALS_YES ? 3 : 1) : 2 * typed);
        const int exact = score * PHRASE_WORDS_MAX + words_as_typed(row, text, n);
        if (exact > best_score) {
            best = row;
            best_score = exact;
        }
    }
    return best;
}

bool row_meaning(const struct vocabulary_row *row, size_t number, const char **text, size_t *len)
{
    const char *at = row->means;
    bool any;

    while ((any = vocabulary_next(&at, row->means + row->means_len, text, len)) && number > 0)
        number--;
    return any;
}

bool row_is_equals(const struct vocabulary_row *row)
{
    const char *text;
    bool itself = false;
    size_t len;

    if (memchr(row->term, ' ', row->term_len) || !row_meaning(row, 1, &text, &len))
        return false;
    for (size_t i = 0; row_meaning(row, i, &text, &len); i++) {
        if (memchr(text, ' ', len) || memchr(text, '-', len))
            return false;
        itself |= word_singular(text, len) == word_singular(row->term, row->term_len)
                  && memcmp(text, row->term, word_singular(text, len)) == 0;
    }
    return itself;
}

bool word_equal(struct shelf *s, enum codeset set, const char *word, size_t number, char out[WORD_MAX])
{
    const struct vocabulary_row *row = vocabulary_find(s, set, word, strlen(word), CAPITALS_NO);
    const char *text;
    size_t len;

    if (!row || !row_is_equals(row) || !row_meaning(row, number, &text, &len) || len >= WORD_MAX)
        return false;
    memcpy(out, text, len);
    out[len] = '\0';
    return true;
}

void vocabulary_words(struct shelf *s, enum codeset set, void (*give)(void *ctx, const char *word, size_t n), void *ctx)
{
    static const char spelling[] = "spelling";
    const struct vocabulary *v = vocabulary_of(s);

    for (size_t i = 0; i < v->n; i++) {
        const struct vocabulary_row *row = &v->rows[i];
        const char *word;
        size_t at = 0, len;
        if ((row->set != SET_COUNT && row->set != (signed char)set)
            || (row->kind_len == sizeof spelling - 1 && memcmp(row->kind, spelling, row->kind_len) == 0))
            continue;
        while (phrase_next_word(row->term, row->term_len, &at, &word, &len))
            give(ctx, word, len);
    }
}
