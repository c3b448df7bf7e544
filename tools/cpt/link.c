/* link.c - CPT Link's lists of a code's life: the deleted list, and the histories of codes and of modifiers.
 *
 * All three tell of every year at once, one event a row. The days on which a code came and was last revised become facts of
 * it; a deletion becomes a replacement, whose new codes stand in prose ("To report, use 0001X, 0002X"): a code counts where
 * its sentence says see, use or report, and never not. Layouts and words vary over the years, so that a row in a form not known
 * here is left out and said, not refused; a file without any row in form is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "codeshelf/utf8.h"
#include "cpt/cpt.h"
#include "reader/lines.h"

enum {
    CODE_LEN = 5,
    MODIFIER_LEN = 2,
    FOUND_COLUMNS = 40,  /* of a cell in a message */
    RANGE_MAX = 32,      /* codes of a range; a wider one names a part of the book, which replaces nothing */
    NAMED_MAX = 64       /* codes of one instruction */
};

enum column { COL_CODE, COL_DATE, COL_TYPE, COL_INSTRUCTION, COL_COUNT };

struct columns {
    size_t at[COL_COUNT]; /* SIZE_MAX: the file has no such column */
};

/* A day, or all the time before it ("Pre-1990"); an earlier bound is the earlier day. */
struct when {
    date day; /* 0 for none */
    bool before;
};

/* What the histories say of an item: the latest day of each. */
struct life {
    struct when added, revised;
};

struct link {
    struct book *book;
    const struct input *in;
    enum role role; /* of the heading found; ROLE_COUNT before */
    struct columns columns;
    struct map known; /* replacements that are in the edition */
    struct { struct life *items; size_t len, cap; } lives; /* by item */
    size_t good, odd;
    struct error first; /* what was odd about the first such row */
};

/* --- the heading ------------------------------------------------------------------------------------------------------ */

bool table_named(const char *cell, const char *name)
{
    for (;; cell++, name++) {
        cell += strspn(cell, " ");
        name += strspn(name, " ");
        if (!*cell || !*name || strncasecmp(cell, name, 1) != 0)
            return *cell == *name;
    }
}

static enum role read_heading(const char *const *cells, size_t n, struct columns *out)
{
    bool modifiers = false, deleted = false;
    for (int c = 0; c < COL_COUNT; c++)
        out->at[c] = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        const bool modifier = table_named(cells[i], "Modifier Code"), day_gone = table_named(cells[i], "Date Deleted");
        modifiers |= modifier;
        deleted |= day_gone;
        if (modifier || table_named(cells[i], "CPT Code") || table_named(cells[i], "Code"))
            out->at[COL_CODE] = i;
        else if (day_gone || table_named(cells[i], "Date"))
            out->at[COL_DATE] = i;
        else if (table_named(cells[i], "Change Type"))
            out->at[COL_TYPE] = i;
        else if (table_named(cells[i], "Instruction"))
            out->at[COL_INSTRUCTION] = i;
    }
    if (out->at[COL_CODE] == SIZE_MAX || out->at[COL_DATE] == SIZE_MAX || (out->at[COL_TYPE] == SIZE_MAX) != deleted)
        return ROLE_COUNT;
    return deleted ? ROLE_LINK_DELETED : modifiers ? ROLE_LINK_MODIFIERS : ROLE_LINK_HISTORY;
}

enum role link_recognise(const char *const *cells, size_t n)
{
    struct columns columns;
    return read_heading(cells, n, &columns);
}

/* --- replacements ----------------------------------------------------------------------------------------------------- */

/* The codes that an instruction names. */
struct named {
    char codes[NAMED_MAX][CODE_LEN + 1];
    size_t n;
};

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Whether the n bytes at s have the word. */
static bool has_word(const char *s, size_t n, const char *word)
{
    const size_t len = strlen(word);
    for (size_t i = 0; i + len <= n; i++)
        if ((i == 0 || !is_word(s[i - 1])) && (i + len == n || !is_word(s[i + len])) && strncasecmp(s + i, word, len) == 0)
            return true;
    return false;
}

static bool leads_on(const char *sentence, size_t n)
{
    return (has_word(sentence, n, "see") || has_word(sentence, n, "use") || has_word(sentence, n, "report"))
           && !has_word(sentence, n, "not");
}

static void add_named(struct named *out, const char *code, const char *old)
{
    bool again = strncmp(code, old, CODE_LEN) == 0;
    for (size_t i = 0; i < out->n; i++)
        again |= strncmp(out->codes[i], code, CODE_LEN) == 0;
    if (!again && out->n < NAMED_MAX)
        memcpy(out->codes[out->n++], code, CODE_LEN);
}

/* The codes from first to last that the release has. */
static void add_range(const struct book *b, struct named *out, const char *first, const char *last, const char *old)
{
    struct named range = {.n = 0};
    size_t n = 0;
    for (size_t i = 0; i < b->items.len; i++) {
        const struct item *it = &b->items.items[i];
        if (it->title && it->kind == KIND_CODE && strcmp(it->code, first) >= 0 && strcmp(it->code, last) <= 0
            && (is_word(last[4]) && last[4] > '9' ? it->code[4] == last[4] : it->code[4] <= '9') && n++ < RANGE_MAX)
            add_named(&range, it->code, old);
    }
    for (size_t i = 0; i < range.n && n <= RANGE_MAX; i++)
        add_named(out, range.codes[i], old);
}

static bool code_stands(const char *start, const char *at, const char *end)
{
    return at + CODE_LEN <= end && (at == start || !is_word(at[-1])) && book_code_at(at, (size_t)(end - at))
           && (at + CODE_LEN == end || !is_word(at[CODE_LEN]));
}

static void read_sentence(const struct book *b, const char *s, const char *end, const char *old, struct named *out)
{
    for (const char *at = s; at < end; at++) {
        char first[CODE_LEN + 1] = "", last[CODE_LEN + 1] = "";
        if (!code_stands(s, at, end))
            continue;
        memcpy(first, at, CODE_LEN);
        at += CODE_LEN;
        if (at < end && *at == '-' && code_stands(s, at + 1, end)) {
            memcpy(last, at + 1, CODE_LEN);
            add_range(b, out, first, last, old);
            at += CODE_LEN;
        } else {
            add_named(out, first, old);
        }
    }
}

/* A sentence ends at a full stop, or at the parenthesis around it. */
static void read_instruction(const struct book *b, const char *text, const char *old, struct named *out)
{
    while (*text) {
        const char *end = text;
        while (*end && !(*end == ')' || (*end == '.' && (!end[1] || strchr(" )", end[1])))))
            end++;
        if (leads_on(text, (size_t)(end - text)))
            read_sentence(b, text, end, old, out);
        text = end + (*end != '\0');
    }
}

/* Whether the two lists have not said so yet. */
static bool is_news(struct link *l, const struct ed_replacement *row)
{
    char key[2 * CODE_MAX + 16];
    bool added;
    const int n = snprintf(key, sizeof key, "%s %s %d", row->old, row->now, (int)row->from);
    map_put(&l->known, key, (size_t)n, 0, &added);
    return added;
}

static void put_replacement(struct link *l, struct ed_replacement row)
{
    if (is_news(l, &row))
        VEC_PUSH(&l->book->ed->replacements, row);
}

static void put_deletion(struct link *l, const char *code, struct when when, const char *instruction)
{
    struct edition *ed = l->book->ed;
    struct named named = {.n = 0};
    struct ed_replacement row = {.old = code, .last = "", .now = "", .said = instruction};
    row.from = when.before ? 0 : when.day;
    read_instruction(l->book, instruction, code, &named);
    for (size_t i = 0; i < named.n; i++) {
        row.now = arena_strdup(&ed->arena, named.codes[i]);
        put_replacement(l, row);
    }
    if (named.n == 0)
        put_replacement(l, row);
}

/* --- rows ------------------------------------------------------------------------------------------------------------- */

/* A cell as text of the edition, "" where the row is too short for it. */
static const char *cell_text(struct link *l, enum column c, const char *const *cells, size_t n)
{
    const char *cell = l->columns.at[c] < n ? cells[l->columns.at[c]] : "";
    return book_prose(l->book, cell, strlen(cell));
}

static enum status put_odd(struct link *l, size_t number, const char *expected, const char *found)
{
    const char *shown = *found ? found : "nothing";
    if (l->odd++ == 0)
        input_error(&l->first, l->in->path, number, 0, "%s expected, found %.*s", expected,
                    (int)utf8_fit(shown, strlen(shown), FOUND_COLUMNS, NULL), shown);
    return ST_OK;
}

/* "20130101", "2013-01-01", "Pre-1990". */
static bool read_when(const char *cell, struct when *out)
{
    out->before = strncasecmp(cell, "pre", 3) == 0;
    if (!out->before)
        return date_parse(cell, &out->day);
    cell += 3 + strspn(cell + 3, " -");
    out->day = strspn(cell, "0123456789") == 4 && !cell[4] ? date_make(atoi(cell), 1, 1) : 0;
    return out->day != 0;
}

static void keep_latest(struct when *kept, struct when now)
{
    if (now.day > kept->day)
        *kept = now;
}

static struct life *life_of(struct link *l, uint32_t item)
{
    while (l->lives.len <= item)
        VEC_PUSH(&l->lives, (struct life){0});
    return &l->lives.items[item];
}

static bool code_in_form(enum role role, const char *code)
{
    if (role == ROLE_LINK_MODIFIERS)
        return strlen(code) == MODIFIER_LEN && is_word(code[0]) && is_word(code[1]);
    return strlen(code) == CODE_LEN && book_code_at(code, CODE_LEN);
}

static enum status read_event(struct link *l, size_t number, const char *const *cells, size_t n)
{
    static const char *const types[] = {"ADD", "REVIS", "CHANG", "MODIF", "DELET"}; /* as they begin */
    enum { ADDED, DELETED = sizeof types / sizeof *types - 1, UNKNOWN };
    const char *code = cell_text(l, COL_CODE, cells, n), *day = cell_text(l, COL_DATE, cells, n);
    const char *type = cell_text(l, COL_TYPE, cells, n);
    const bool modifier = l->role == ROLE_LINK_MODIFIERS;
    struct when when;
    int what = l->role == ROLE_LINK_DELETED ? DELETED : ADDED;
    if (!*code)
        return ST_OK; /* of a heading */
    if (!code_in_form(l->role, code))
        return put_odd(l, number, modifier ? "a two-character modifier" : "a five-character code", code);
    if (!read_when(day, &when))
        return put_odd(l, number, "a day such as 20130101, or Pre-1990,", day);
    while (l->role != ROLE_LINK_DELETED && what < UNKNOWN && strncasecmp(type, types[what], strlen(types[what])) != 0)
        what++;
    if (what == UNKNOWN)
        return put_odd(l, number, "added, revised or deleted", type);
    l->good++;
    if (what == DELETED) {
        put_deletion(l, code, when, cell_text(l, COL_INSTRUCTION, cells, n));
        return ST_OK;
    }
    struct life *life = life_of(l, book_item(l->book, code, strlen(code), modifier ? KIND_MODIFIER : KIND_CODE));
    keep_latest(what == ADDED ? &life->added : &life->revised, when);
    return ST_OK;
}

static enum status take_row(void *ctx, size_t number, const char *const *cells, size_t n, struct error *err)
{
    struct link *l = ctx;
    (void)err;
    if (l->role != ROLE_COUNT)
        return read_event(l, number, cells, n);
    l->role = read_heading(cells, n, &l->columns);
    return ST_OK;
}

/* --- the file --------------------------------------------------------------------------------------------------------- */

static void put_day(struct book *b, uint32_t item, const char *name, struct when when)
{
    char day[11];
    if (when.day)
        book_fact(b, item, name, arena_printf(&b->ed->arena, "%s%s", when.before ? "before " : "", date_print(when.day, day)));
}

enum status link_read(struct book *b, const struct input *in, struct report *rep, struct error *err)
{
    struct link l = {.book = b, .in = in, .role = ROLE_COUNT};
    for (size_t i = 0; i < b->ed->replacements.len; i++)
        is_news(&l, &b->ed->replacements.items[i]);
    enum status st = table_rows(in, take_row, &l, err);
    if (st == ST_OK && l.good == 0 && l.odd > 0)
        st = error_set(err, ST_INPUT, "%s", l.first.text);
    else if (st == ST_OK && l.good == 0)
        st = input_error(err, in->path, 0, 0, "rows with codes expected, found none");
    if (st == ST_OK && l.odd > 0)
        report_line(rep, "%s; %zu %s left out", l.first.text, l.odd, l.odd == 1 ? "such row" : "such rows");
    for (size_t i = 0; st == ST_OK && i < l.lives.len; i++) {
        put_day(b, (uint32_t)i, "added", l.lives.items[i].added);
        put_day(b, (uint32_t)i, "revised", l.lives.items[i].revised);
    }
    map_free(&l.known);
    free(l.lives.items);
    return st;
}
