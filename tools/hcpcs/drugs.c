/* drugs.c - the HCPCS Table of Drugs from the text of its PDF.
 *
 * A row is name, dosage, route and codes, of which only the last two have a form that is always theirs; so rows are read from
 * their end. Where the PDF runs rows together ("Norflex, see Orphenadrine citrate Norzine, / see ...") nobody can tell them
 * apart: their text is kept with the first one, and they are counted. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "printed.h"
#include "reader/lines.h"

enum { NAME_COLUMN = 30, GAP = 2 };

/* A row, in the order in which its parts are found. */
struct drug {
    struct buf name, dosage, route, codes, see;
    int depth;
};

struct table {
    struct edition *ed;
    struct drug row;
    struct buf carry; /* what stands behind the codes: the beginning of the next row */
    bool open;
    size_t rows, see, together;
};

static void drug_clear(struct drug *d)
{
    buf_clear(&d->name);
    buf_clear(&d->dosage);
    buf_clear(&d->route);
    buf_clear(&d->codes);
    buf_clear(&d->see);
    d->depth = 0;
}

static void join(struct buf *out, const char *s, size_t n)
{
    while (n > 0 && s[n - 1] == ' ') {
        n--;
    }
    while (n > 0 && *s == ' ') {
        s++;
        n--;
    }
    if (out->len > 0 && n > 0 && out->text[out->len - 1] != '-') {
        buf_putc(out, ' ');
    }
    buf_add(out, s, n);
}

static bool ends_with(const struct buf *b, const char *with)
{
    size_t n = strlen(with);
    return b->len >= n && strcmp(b->text + b->len - n, with) == 0;
}

static void end_row(struct table *t)
{
    struct drug *d = &t->row;
    struct arena *arena = &t->ed->arena;
    if (t->open) {
        struct ed_term term = {.book = COMP_DRUGS, .depth = d->depth, .nemod = "", .codes = "", .manifestation = "",
                               .see_category = ""};
        struct see s = printed_see(arena, buf_text(&d->name), d->name.len);
        term.title = s.title;
        term.see = s.see[0] ? s.see : arena_strdup(arena, buf_text(&d->see));
        term.see_also = s.see_also;
        bool cells = d->dosage.len + d->route.len + d->codes.len > 0;
        term.cells = cells ? arena_printf(arena, "%s\n%s\n%s", buf_text(&d->dosage), buf_text(&d->route),
                                          buf_text(&d->codes))
                           : "";
        VEC_PUSH(&t->ed->terms, term);
        t->rows++;
        t->see += term.see[0] != '\0';
        t->together += strstr(term.see, " see") != NULL || (term.see[0] && cells);
    }
    drug_clear(d);
    t->open = false;
}

/* Where the codes at the end of a line begin, and where they end: n for both without. */
static void find_codes(const char *s, size_t n, size_t *begin, size_t *end)
{
    *begin = *end = n;
    for (size_t i = 0; i < n; i++) {
        if ((i == 0 || s[i - 1] == ' ') && printed_code(s + i)) {
            *begin = i;
            break;
        }
    }
    for (size_t i = *begin; i < n; i++) {
        if (printed_code(s + i)) {
            *end = i + 5;
            *end += s[*end] == ',' && s[*end + 1] == '\0';
        }
    }
}

/* The length of routes ("IM, IV") that end at n, blanks behind them included; 0 without. */
static size_t route_length(const char *s, size_t n)
{
    static const char *const routes[] = {"IA", "IV", "IM", "IT", "SC", "SQ", "INH", "VAR", "OTH", "ORAL"};
    size_t at = n, begin = n;
    for (bool found = true; found;) {
        found = false;
        while (at > 0 && (s[at - 1] == ' ' || (s[at - 1] == ',' && begin < n))) {
            at--;
        }
        for (size_t i = 0; i < sizeof routes / sizeof *routes && !found; i++) {
            size_t len = strlen(routes[i]);
            found = at > len && strncmp(s + at - len, routes[i], len) == 0 && s[at - len - 1] == ' ' &&
                    (begin == n || s[at] == ',');
            begin = found ? at - len : begin;
        }
        at = begin;
    }
    return n - begin;
}

/* The length of the name at the beginning of n bytes: to the gap before the dosage, or to " per " where there is none. */
static size_t name_length(const char *s, size_t n)
{
    for (size_t i = 0; i + GAP <= n; i++) {
        if (s[i] == ' ' && s[i + 1] == ' ') {
            return i;
        }
    }
    for (size_t i = 0; i + 5 <= n; i++) {
        if (strncmp(s + i, " per ", 5) == 0) {
            return i;
        }
    }
    return n;
}

/* A line that has no codes of its own. */
static void add_words(struct table *t, const char *s, size_t n, size_t indent)
{
    struct drug *d = &t->row;
    bool see_open = t->open && (ends_with(&d->see, ",") || ends_with(&d->see, " see") || ends_with(&d->see, "-") ||
                                strncmp(s, "see ", 4) == 0 || islower((unsigned char)s[0]));
    const char *see = strstr(s, ", see ");
    see = see ? see : strstr(s, "@ see ");
    if (indent > NAME_COLUMN && t->open) {
        join(&d->dosage, s, n);
    } else if (t->open && d->see.len > 0 && (see_open || indent > 0)) {
        join(&d->see, s, n);
    } else if (t->open && d->see.len == 0 && !see && indent > 0 && t->carry.len == 0) {
        join(&d->name, s, n);
    } else {
        end_row(t);
        t->open = true;
        size_t name = see ? (size_t)(see - s) + (*see == '@') : name_length(s, n);
        join(&d->name, buf_text(&t->carry), t->carry.len);
        buf_clear(&t->carry);
        join(&d->name, s, name);
        join(see ? &d->see : &d->dosage, see ? see + 6 : s + name, see ? n - name - 6 + (*see == '@') : n - name);
    }
}

/* Whether a line goes on with the row before, which is a name alone. */
static bool goes_on(const struct drug *d, const char *line, size_t indent)
{
    bool name = line[0] == '&' || line[0] == '(' || islower((unsigned char)line[0]);
    return d->codes.len == 0 && d->see.len == 0 && d->dosage.len == 0 &&
           (indent > NAME_COLUMN || ends_with(&d->name, ",") || (indent == 0 && name));
}

static void add_codes(struct table *t, const char *s, size_t n, size_t indent, size_t begin, size_t end)
{
    struct drug *d = &t->row;
    if (begin == 0) { /* codes alone: of the row before */
        join(&d->codes, s, n);
        return;
    }
    size_t routes = route_length(s, begin), words = begin - routes;
    while (words > 0 && s[words - 1] == ' ') {
        words--;
    }
    size_t name = indent > NAME_COLUMN ? 0 : name_length(s, words);
    struct buf before = {0};
    bool below = indent > 0 && indent <= NAME_COLUMN && t->rows + t->open > 0;
    if (t->open && t->carry.len == 0 && goes_on(d, s, indent)) {
        buf_add(&before, buf_text(&d->name), d->name.len);
        below = d->depth > 0;
        t->open = false;
    } else if (t->open && indent > NAME_COLUMN) { /* another dosage of the same drug */
        buf_add(&before, buf_text(&d->name), d->name.len);
        below = d->depth > 0;
    }
    end_row(t);
    t->open = true;
    d->depth = below;
    join(&d->name, buf_text(&before), before.len);
    join(name > 0 ? &d->name : &d->dosage, buf_text(&t->carry), t->carry.len);
    buf_clear(&t->carry);
    const char *see = strstr(s, ", see ");
    if (see && see < s + words) {
        join(&d->name, s, (size_t)(see - s));
        join(&d->see, see + 6, words - (size_t)(see - s) - 6);
    } else {
        join(&d->name, s, name);
        join(&d->dosage, s + name, words - name);
    }
    join(&d->route, s + begin - routes, routes);
    join(&d->codes, s + begin, end - begin);
    join(&t->carry, s + end, n - end);
    buf_free(&before);
}

/* Letters of the alphabet, page numbers, the day it was made. */
static bool is_aside(const char *s)
{
    return (s[0] >= 'A' && s[0] <= 'Z' && s[1] == '\0') || s[strspn(s, "0123456789")] == '\0' ||
           strncmp(s, "Last updated", 12) == 0;
}

static void table_free(struct table *t)
{
    struct buf *all[] = {&t->row.name, &t->row.dosage, &t->row.route, &t->row.codes, &t->row.see, &t->carry};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        buf_free(all[i]);
    }
}

enum status printed_drugs(const char *path, const char *text, size_t n, struct edition *ed, struct report *rep,
                          struct error *err)
{
    struct table t = {.ed = ed};
    struct lines l;
    bool begun = false;
    lines_start(&l, text, n);
    while (lines_next(&l)) {
        size_t indent = 0, len = l.len, begin, end;
        while (len > 0 && l.text[len - 1] == ' ') {
            len--;
        }
        while (indent < len && l.text[indent] == ' ') {
            indent++;
        }
        const char *s = arena_strndup(&ed->arena, l.text + indent, len - indent);
        begun = begun || strcmp(s, "A") == 0;
        if (!begun || is_aside(s)) {
            continue;
        }
        find_codes(s, len - indent, &begin, &end);
        if (begin < len - indent) {
            add_codes(&t, s, len - indent, indent, begin, end);
        } else {
            add_words(&t, s, len - indent, indent);
        }
    }
    end_row(&t);
    size_t rows = t.rows;
    if (rows > 0) {
        report_line(rep, "table of drugs: %zu rows, %zu of them see another, %zu that the PDF runs together with the next",
                    rows, t.see, t.together);
    }
    table_free(&t);
    return rows > 0 ? ST_OK
                    : input_error(err, path, 0, 0, "expected the rows of the Table of Drugs behind a line \"A\", found none");
}
