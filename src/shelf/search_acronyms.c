/* search_acronyms.c - abbreviations that no list has: the first letters of a title or inclusion term.
 *
 * "DORV" is "Double outlet right ventricle". FTS5 finds the texts that have a word for each letter close together; those whose
 * words, little ones and what stands in parentheses passed over, begin with just these letters are given. For a word that the
 * shelf has nowhere one of the letters may stand inside a word (ICD-10-CM FY2017):
 *
 *   "dorv" -> Q20.1: double outlet right ventricle
 *   "avsd" -> Q21.2: atrioventricular septal defect */
#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/fold.h"
#include "search.h"

enum { LETTERS_MIN = 3, LETTERS_MAX = 6, TEXTS_MAX = 3000 };

static bool is_little(const char *word, size_t n)
{
    static const char *const little[] = {"of", "the", "and", "with", "in", "due", "to", "or", "by", "for", "unspecified", "nos", NULL};

    for (size_t i = 0; little[i]; i++)
        if (strlen(little[i]) == n && memcmp(little[i], word, n) == 0)
            return true;
    return false;
}

/* The end of the letters that a word may stand for: its first, and with inner letters those that follow in it as well. */
static size_t letters_in(const char *word, size_t n, const char *letters, bool inner)
{
    size_t at = letters[0] == word[0];

    for (size_t i = 1; inner && at && i < n && letters[at]; i++)
        at += letters[at] == word[i];
    return at;
}

/* Whether the letters from here on are those that the words begin with, "syndrome" or "disease" at the end being welcome. */
static bool reads(const char *text, size_t size, size_t pos, const char *letters, bool inner)
{
    struct word_span span;

    if (!word_next(text, size, &pos, &span))
        return letters[0] == '\0';
    const char *word = text + span.start;

    for (size_t most = letters_in(word, span.len, letters, inner); most > 0; most--)
        if (reads(text, size, pos, letters + most, inner))
            return true;
    const bool last = letters[0] == '\0' && (strncmp(word, "syndrome", 8) == 0 || strncmp(word, "disease", 7) == 0);
    return (last || is_little(word, span.len)) && reads(text, size, pos, letters, inner);
}

static bool has_initials(const char *text, const char *letters, bool inner, struct buf *room)
{
    buf_clear(room);
    fold_text(room, text, strcspn(text, "(["));
    return reads(buf_text(room), room->len, 0, letters, inner);
}

/* Adds the texts that have words for the letters close together, as many as there is room for; left is the number of a letter
 * that may stand inside a word, 0 for none. */
static enum status find_texts(struct shelf *s, enum codeset set, const char *word, size_t left, struct arena *a, const char **out,
                              size_t *n, struct error *err)
{
    static const char *const sql[SET_COUNT] = {
        "SELECT d.text FROM fts_icd10cm CROSS JOIN doc_icd10cm d ON d.id = fts_icd10cm.rowid WHERE fts_icd10cm MATCH ?1 LIMIT ?2",
        "SELECT d.text FROM fts_hcpcs CROSS JOIN doc_hcpcs d ON d.id = fts_hcpcs.rowid WHERE fts_hcpcs MATCH ?1 LIMIT ?2",
        "SELECT d.text FROM fts_cpt CROSS JOIN doc_cpt d ON d.id = fts_cpt.rowid WHERE fts_cpt MATCH ?1 LIMIT ?2"};
    struct buf match = {0}, room = {0};
    sqlite3_stmt *q;
    enum status st = sql_open(s, sql[set], &q, err);

    if (st != ST_OK)
        return st;
    buf_puts(&match, "NEAR(");
    for (size_t i = 0; word[i]; i++)
        if (i == 0 || i != left)
            buf_printf(&match, "\"%c\"* ", word[i]);
    buf_puts(&match, ", 3)");
    sqlite3_bind_text(q, 1, match.text, -1, SQLITE_STATIC);
    sqlite3_bind_int(q, 2, TEXTS_MAX);
    while (*n < ACRONYM_MAX && (st = sql_row(s, q, err)) == ST_OK) {
        const char *text = (const char *)sqlite3_column_text(q, 0);
        if (text && has_initials(text, word, left > 0, &room)) {
            room.len = strcspn(room.text, "([");
            out[(*n)++] = arena_printf(a, "%s ", buf_text(&room));
        }
    }
    sqlite3_reset(q);
    sqlite3_clear_bindings(q);
    buf_free(&match);
    buf_free(&room);
    return st == ST_NONE ? ST_OK : st;
}

enum status acronym_texts(struct shelf *s, enum codeset set, const char *word, struct arena *a, const char **out, size_t *n,
                          struct error *err)
{
    const size_t letters = strlen(word);

    *n = 0;
    if (letters < LETTERS_MIN || letters > LETTERS_MAX || strspn(word, "abcdefghijklmnopqrstuvwxyz") != letters)
        return ST_OK;
    double docs = 0;
    enum status st = find_texts(s, set, word, 0, a, out, n, err);
    if (st == ST_OK && *n == 0)
        st = word_exact(s, set, word, letters, &docs, err);
    for (size_t left = 1; st == ST_OK && docs <= 0 && *n == 0 && left < letters; left++)
        st = find_texts(s, set, word, left, a, out, n, err);
    return st;
}
