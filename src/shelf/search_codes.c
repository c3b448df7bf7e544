/* search_codes.c - text that looks like a code: a prefix of codes, shown in book order; several codes; a code that there is not. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "search_run.h"

enum { CODES_MAX = 2000 /* codes looked at for a prefix */ };

/* Adds the codes from one text on and before another, in the order of the text. */
static enum status codes_between(struct search *run, const char *first, const char *end, struct error *err)
{
    static const char sql[] = "SELECT v.id, v.entry, v.parent, v.family FROM entry e"
                              " JOIN version v ON v.entry = e.id AND v.mask & ?4"
                              " WHERE e.codeset = ?1 AND e.code >= ?2 AND e.code < ?3 AND e.class IN (0, 3) LIMIT ?5";
    size_t rows = 0;
    sqlite3_stmt *q;
    enum status st = sequence_load(run->s, run->set, err);

    if (st != ST_OK || (st = sql_open(run->s, sql, &q, err)) != ST_OK)
        return st;
    sqlite3_bind_int(q, 1, (int)run->set);
    sqlite3_bind_text(q, 2, first, -1, SQLITE_STATIC);
    sqlite3_bind_text(q, 3, end, -1, SQLITE_STATIC);
    sqlite3_bind_int64(q, 4, release_mask(run->s, run->s->books[run->set].release));
    sqlite3_bind_int(q, 5, CODES_MAX);
    while ((st = sql_row(run->s, q, err)) == ST_OK) {
        struct candidate c = {.set = run->set, .version = sqlite3_column_int64(q, 0), .entry = sqlite3_column_int64(q, 1)};
        c.parent = sqlite3_column_int64(q, 2);
        c.family = sqlite3_column_int(q, 3);
        c.score = 2; /* above any text */
        c.place = sequence_place(&run->s->books[run->set], c.version);
        VEC_PUSH(&run->found, c);
        rows++;
    }
    sqlite3_clear_bindings(q);
    run->more |= rows >= CODES_MAX;
    return st == ST_NONE ? ST_OK : st;
}

static int by_place(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->set != y->set)
        return x->set < y->set ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* Members go into their parent's row where that is there too: it stands before them. */
static void collapse_families(struct search *run)
{
    struct candidate *items = run->found.items;
    size_t kept = 0, parent = SIZE_MAX;

    for (size_t i = 0; i < run->found.len; i++) {
        if (items[i].family && parent != SIZE_MAX && items[parent].entry == items[i].parent
            && items[parent].set == items[i].set) {
            items[parent].members = true;
            continue;
        }
        if (!items[i].family)
            parent = kept;
        items[kept++] = items[i];
    }
    run->found.len = kept;
}

/* Text that is a code even without a dot: a letter and digits, but for a last letter (S52502A, J0897), or five digits. "b12" and
 * "h1n1" may be words. */
static bool is_clear(const char *code)
{
    const size_t n = strlen(code), letter = code[0] >= 'A', digits = strspn(code + letter, "0123456789");

    return letter ? digits >= 3 && letter + digits + 1 >= n : digits >= 4 && n == 5;
}

/* A code of the release in force, or of another one. */
static enum status is_elsewhere(struct search *run, const char *code, bool *out, struct error *err)
{
    static const char sql[] = "SELECT 1 FROM entry WHERE codeset = ?1 AND code = ?2 LIMIT 1";
    sqlite3_stmt *q;
    enum status st = sql_open(run->s, sql, &q, err);

    if (st != ST_OK)
        return st;
    sqlite3_bind_int(q, 1, (int)run->set);
    sqlite3_bind_text(q, 2, code, -1, SQLITE_STATIC);
    st = sql_row(run->s, q, err);
    *out |= st == ST_OK;
    sqlite3_reset(q);
    return st == ST_NONE ? ST_OK : st;
}

/* "no code Z99.99 in FY2025-APR" */
static enum status say_missing(struct search *run, const char *code, bool dotted, struct error *err)
{
    struct buf said = {0};
    char printed[CODE_MAX];
    bool elsewhere = false;
    enum status st = ST_OK;

    buf_printf(&said, "%sno code %s", run->missing ? "; " : "", code_print(dotted ? SET_ICD10CM : SET_COUNT, code, printed));
    for (int set = 0, n = 0; set < (dotted ? SET_ICD10CM + 1 : SET_COUNT) && st == ST_OK; set++) {
        run->set = (enum codeset)set;
        if (!query_wants(run->s, run->q, run->set) || !code_shaped(run->set, code))
            continue;
        buf_printf(&said, "%s%s", n++ ? ", " : " in ", run->s->books[set].release->name);
        st = is_elsewhere(run, code, &elsewhere, err);
    }
    buf_puts(&said, elsewhere ? ", but in another release" : "");
    run->missing = arena_printf(run->a, "%s%s", run->missing ? run->missing : "", buf_text(&said));
    buf_free(&said);
    return st;
}

/* The codes that begin with a text. */
static enum status codes_of(struct search *run, const char *code, bool dotted, struct error *err)
{
    const bool prefix = strpbrk(code, "0123456789");
    char end[CODE_MAX + 1];
    enum status st = ST_OK;

    memcpy(end, code, strlen(code));
    memcpy(end + strlen(code), prefix ? "~" : " ", 2); /* behind, or before, every letter and digit */
    for (int set = 0; set < (dotted ? SET_ICD10CM + 1 : SET_COUNT) && st == ST_OK; set++) {
        if (!query_wants(run->s, run->q, (enum codeset)set))
            continue;
        run->set = (enum codeset)set;
        st = codes_between(run, code, end, err);
    }
    return st;
}

/* The next of several codes, blanks or commas between; false behind the last and for what is none. */
static bool next_code(const char **at, char code[CODE_MAX], bool *dotted)
{
    char typed[CODE_MAX];
    const size_t skip = strspn(*at, " ,;"), n = strcspn(*at + skip, " ,;");

    if (n == 0 || n >= sizeof typed)
        return false;
    memcpy(typed, *at + skip, n);
    typed[n] = '\0';
    if (!code_read(typed, code) || !(strchr(typed, '.') || is_clear(code) || code_shaped(SET_ICD10CM, code)))
        return false;
    *dotted = strchr(typed, '.');
    *at += skip + n;
    return true;
}

/* Several codes, or one that no release has: nothing of them is a word. */
static enum status clear_codes(struct search *run, bool *words, struct error *err)
{
    const char *at = run->q->text;
    char code[CODE_MAX];
    bool any = false, dotted;
    enum status st = ST_OK;

    while (next_code(&at, code, &dotted))
        any |= dotted || is_clear(code);
    if (!any || at[strspn(at, " ,;")])
        return ST_OK;
    *words = false;
    for (at = run->q->text; st == ST_OK && next_code(&at, code, &dotted);) {
        const size_t before = run->found.len;
        st = codes_of(run, code, dotted, err);
        if (st == ST_OK && run->found.len == before)
            st = say_missing(run, code, dotted, err);
    }
    return st;
}

enum status codes_find(struct search *run, bool *words, struct error *err)
{
    char code[CODE_MAX];
    enum status st = ST_OK;

    *words = true;
    if (code_read(run->q->text, code)) {
        const bool prefix = strpbrk(code, "0123456789");
        if (!prefix && strlen(code) != 2)
            return ST_OK;
        st = codes_of(run, code, strchr(run->q->text, '.'), err);
        *words = !prefix || run->found.len == 0;
    }
    if (st == ST_OK && run->found.len == 0)
        st = clear_codes(run, words, err);
    run->entries = run->found.len;
    if (run->found.len)
        qsort(run->found.items, run->found.len, sizeof *run->found.items, by_place);
    if (run->q->families)
        collapse_families(run);
    return st;
}
