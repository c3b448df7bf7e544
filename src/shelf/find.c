/* find.c - the entry a person means by what was typed, and what to say when there is none. */
#include <ctype.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/replacements.h"
#include "inside.h"

bool find_read(const char *typed, char out[CODE_MAX])
{
    size_t n = 0;

    if (code_read(typed, out))
        return true;
    for (; *typed; typed++) {
        if (*typed == ' ' || *typed == '.')
            continue;
        if ((!isalnum((unsigned char)*typed) && *typed != '-') || n == CODE_MAX - 1)
            return false;
        out[n++] = (char)toupper((unsigned char)*typed);
    }
    out[n] = '\0';
    return n > 0;
}

/* The loaded releases that have a code, as a mask; 0 when none has. */
static enum status releases_with(struct shelf *s, enum codeset set, const char *code, int64_t *out, struct error *err)
{
    static const char sql[] = "SELECT v.mask FROM entry e JOIN version v ON v.entry = e.id"
                              " WHERE e.codeset = ?1 AND e.code = ?2";
    sqlite3_stmt *q;
    enum status st = sql_open(s, sql, &q, err);

    *out = 0;
    if (st != ST_OK)
        return st;
    sqlite3_bind_int(q, 1, (int)set);
    sqlite3_bind_text(q, 2, code, -1, SQLITE_STATIC);
    while ((st = sql_row(s, q, err)) == ST_OK)
        *out |= sqlite3_column_int64(q, 0);
    sqlite3_clear_bindings(q);
    return st == ST_NONE ? ST_OK : st;
}

/* The last release before the one in force that has a code, NULL for none. */
static const struct release *last_with(const struct shelf *s, enum codeset set, int64_t mask)
{
    const struct release *now = s->books[set].release, *last = NULL;

    for (size_t i = 0; i < s->nreleases; i++) /* in calendar order */
        if (s->releases[i].set == set && s->releases[i].from < now->from && mask & release_mask(s, &s->releases[i]))
            last = &s->releases[i];
    return last;
}

/* "deleted in FY2017, last in FY2016", when the release after the last with the code is loaded; else "not in FY2017, last in FY2015". */
static void say_gone(struct shelf *s, enum codeset set, const char *code, const struct release *last, struct buf *out)
{
    const struct release *next = last + 1; /* there is one: the release in force */
    const unsigned part = cpt_part(set, code);
    unsigned lacking = 0;

    if (part && cpt_parts_lacking(s, next, &lacking, NULL) == ST_OK && lacking & part)
        buf_printf(out, "%s not loaded in %s, last in %s", cpt_part_name(part), next->name, last->name);
    else if (date_add_days(last->to, 1) == next->from)
        buf_printf(out, "deleted in %s, last in %s", next->name, last->name);
    else
        buf_printf(out, "not in %s, last in %s", s->books[set].release->name, last->name);
}

/* "; replaced by N02.A1"; that nothing is listed is worth saying where the files know of the time after the last release. */
static void say_instead(enum codeset set, const struct release *last, const struct replacements *instead, struct buf *out)
{
    if (instead->n) {
        buf_puts(out, "; replaced by ");
        replacements_print(set, instead, out);
    } else if (*instead->said) {
        buf_printf(out, "; its list says: %s", instead->said);
    } else if (instead->listed || instead->source->from > last->to) {
        buf_puts(out, "; no replacement is listed");
    }
}

bool find_say_listed(struct shelf *s, enum codeset set, const char *code, struct arena *a, struct error *err)
{
    const struct release *now = s->books[set].release;
    struct replacements instead;
    struct buf said = {0};
    char shown[CODE_MAX], day[11];

    if (!now || replacements_of(s, NULL, now, code, a, &instead, NULL) != ST_OK || !instead.listed)
        return false;
    buf_printf(&said, "%s: deleted", code_print(set, code, shown));
    if (instead.gone)
        buf_printf(&said, " on %s", date_print(instead.gone, day));
    say_instead(set, now, &instead, &said);
    error_set(err, ST_NONE, "%s", buf_text(&said));
    buf_free(&said);
    return true;
}

/* "E11.65X: not in FY2017; FY2018 has it", or "N02.A: deleted in FY2017, last in FY2016; replaced by N02.A1". */
static enum status say_elsewhere(struct shelf *s, enum codeset set, const char *code, int64_t mask, struct arena *a,
                                 struct error *err)
{
    const struct release *now = s->books[set].release, *last = last_with(s, set, mask);
    struct replacements instead;
    struct buf said = {0};
    char shown[CODE_MAX];
    size_t n = 0;

    buf_printf(&said, "%s: ", code_print(set, code, shown));
    if (last) {
        say_gone(s, set, code, last, &said);
        if (replacements_of(s, last, now, code, a, &instead, err) == ST_OK && (instead.listed || set != SET_CPT))
            say_instead(set, last, &instead, &said);
    } else {
        buf_printf(&said, "not in %s; ", now->name);
        for (size_t i = 0; i < s->nreleases; i++)
            if (s->releases[i].set == set && mask & release_mask(s, &s->releases[i]))
                buf_printf(&said, "%s%s", n++ ? ", " : "", s->releases[i].name);
        buf_puts(&said, n == 1 ? " has it" : " have it");
    }
    error_set(err, ST_NONE, "%s", buf_text(&said));
    buf_free(&said);
    return ST_NONE;
}

/* Where only the end of an ICD-10-CM code is wrong: "S52.502Z: not a code; S52.502 has 7th characters A B C". */
static bool say_nearest(struct shelf *s, const char *code, struct arena *a, struct error *err)
{
    char near[CODE_MAX], shown[CODE_MAX], asked[CODE_MAX];
    struct seventh seventh;
    struct buf chars = {0};
    struct entry e;
    size_t n = strlen(code);

    do {
        if (--n < 3)
            return false;
        memcpy(near, code, n);
        near[n] = '\0';
    } while (shelf_lookup(s, SET_ICD10CM, near, a, &e, NULL) != ST_OK);
    code_print(SET_ICD10CM, code, asked);
    code_print(SET_ICD10CM, near, shown);
    if (!e.billable && shelf_seventh(s, &e, false, a, &seventh, NULL) == ST_OK && seventh.n && n == 6)
        for (size_t i = 0; i < seventh.n; i++)
            buf_printf(&chars, " %c", seventh.chars[i].ch);
    if (chars.len)
        error_set(err, ST_NONE, "%s: not a code; %s has 7th characters%s", asked, shown, chars.text);
    else
        error_set(err, ST_NONE, "%s: not a code; the nearest is %s%s", asked, shown,
                  e.billable ? "" : ", which is divided further");
    buf_free(&chars);
    return true;
}

static enum status say_missing(struct shelf *s, enum codeset set, const char *code, struct arena *a, struct error *err)
{
    struct buf books = {0};
    char shown[CODE_MAX];

    for (int i = 0; i < SET_COUNT; i++) {
        int64_t mask;
        if ((set != SET_COUNT && set != (enum codeset)i) || !s->books[i].release)
            continue;
        if (releases_with(s, (enum codeset)i, code, &mask, err) == ST_OK && mask) {
            buf_free(&books);
            return say_elsewhere(s, (enum codeset)i, code, mask, a, err);
        }
        if (find_say_listed(s, (enum codeset)i, code, a, err)) {
            buf_free(&books);
            return ST_NONE;
        }
        buf_printf(&books, "%s%s %s", books.len ? ", " : "", codeset_title((enum codeset)i), s->books[i].release->name);
    }
    const bool like_icd = (set == SET_COUNT || set == SET_ICD10CM) && s->books[SET_ICD10CM].release
                          && code_shaped(SET_ICD10CM, code);
    if (!books.len)
        error_set(err, ST_NONE, "no release%s%s is loaded", set == SET_COUNT ? "" : " of ",
                  set == SET_COUNT ? "" : codeset_title(set));
    else if (!like_icd || !say_nearest(s, code, a, err))
        error_set(err, ST_NONE, "%s: not in %s", code_print(like_icd ? SET_ICD10CM : SET_CPT, code, shown), books.text);
    buf_free(&books);
    return ST_NONE;
}

/* Only ICD-10-CM prints a dot: Q51.20 is never the Q5120 of HCPCS. */
static bool has_dot_inside(const char *typed)
{
    const char *dot = strchr(typed, '.');
    return dot && isalnum((unsigned char)dot[1]);
}

enum status shelf_find(struct shelf *s, enum codeset set, const char *typed, struct arena *a, struct entry *out,
                       struct error *err)
{
    char code[CODE_MAX];

    if (!find_read(typed, code))
        return error_set(err, ST_NONE, "%.40s: not a code", typed);
    if (set == SET_COUNT && has_dot_inside(typed) && s->books[SET_ICD10CM].release)
        set = SET_ICD10CM;
    for (int i = 0; i < SET_COUNT; i++) {
        if ((set != SET_COUNT && set != (enum codeset)i) || !s->books[i].release)
            continue;
        const enum status st = shelf_lookup(s, (enum codeset)i, code, a, out, err);
        if (st != ST_NONE)
            return st;
    }
    return say_missing(s, set, code, a, err);
}
