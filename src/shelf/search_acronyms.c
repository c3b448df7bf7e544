/* search_acronyms.c - abbreviations that no list has: the first letters of a title or inclusion term.
 *
 * "DORV" is "Double outlet right ventricle". FTS5 finds the texts that have a word for each letter close together; those whose
 * words, little ones and what stands in parentheses passed over, begin with just these letters are given. */
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

/* Whether the words of a text begin with the letters, "syndrome" or "disease" at the end being welcome. */
static bool has_initials(const char *text, const char *letters, struct buf *room)
{
    struct word_span span;
    size_t pos = 0, at = 0;

    buf_clear(room);
    fold_text(room, text, strcspn(text, "(["));
    while (word_next(buf_text(room), room->len, &pos, &span)) {
        const char *word = room->text + span.start;
        if (letters[at] && letters[at] == word[0])
            at++;
        else if (!is_little(word, span.len)
                 && !(letters[at] == '\0' && (strncmp(word, "syndrome", 8) == 0 || strncmp(word, "disease", 7) == 0)))
            return false;
    }
    return letters[at] == '\0';
}

enum status acronym_texts(struct shelf *s, enum codeset set, const char *word, struct arena *a, const char **out, size_t *n,
                          struct error *err)
{
    static const char *const sql[SET_COUNT] = {
        "SELECT d.text FROM fts_icd10cm CROSS JOIN doc_icd10cm d ON d.id = fts_icd10cm.rowid WHERE fts_icd10cm MATCH ?1 LIMIT ?2",
        "SELECT d.text FROM fts_hcpcs CROSS JOIN doc_hcpcs d ON d.id = fts_hcpcs.rowid WHERE fts_hcpcs MATCH ?1 LIMIT ?2",
        "SELECT d.text FROM fts_cpt CROSS JOIN doc_cpt d ON d.id = fts_cpt.rowid WHERE fts_cpt MATCH ?1 LIMIT ?2"};
    const size_t letters = strlen(word);
    struct buf match = {0}, room = {0};
    sqlite3_stmt *q;
    enum status st;

    *n = 0;
    if (letters < LETTERS_MIN || letters > LETTERS_MAX || strspn(word, "abcdefghijklmnopqrstuvwxyz") != letters)
        return ST_OK;
    if ((st = sql_open(s, sql[set], &q, err)) != ST_OK)
        return st;
    buf_puts(&match, "NEAR(");
    for (size_t i = 0; i < letters; i++)
        buf_printf(&match, "\"%c\"* ", word[i]);
    buf_puts(&match, ", 3)");
    sqlite3_bind_text(q, 1, match.text, -1, SQLITE_STATIC);
    sqlite3_bind_int(q, 2, TEXTS_MAX);
    while (*n < ACRONYM_MAX && (st = sql_row(s, q, err)) == ST_OK) {
        const char *text = (const char *)sqlite3_column_text(q, 0);
        if (text && has_initials(text, word, &room)) {
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
