/* calendar.c - release names: their days in force, and finding them in the names of files.
 *
 * A release is a year and a month of coming into force: ICD-10-CM October, with April (or once January) within the same fiscal
 * year; HCPCS each quarter; CPT January. Names of files are cut into tokens, runs of letters and runs of digits, because
 * separators change every year ("icd10cm-tabular-April-2025", "icd10cm_tabular_2022_April1", "HCPC2025_JAN_ANWEB"). */
#include "codeshelf/calendar.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { JANUARY = 1, APRIL = 4, JULY = 7, OCTOBER = 10, YEAR_FIRST = 2000, YEAR_LAST = 2099, NAME_SIZE = 24 };

static const struct month {
    int number;
    const char *tag, *full;
} months[] = {{JANUARY, "JAN", "January"}, {APRIL, "APR", "April"}, {JULY, "JUL", "July"}, {OCTOBER, "OCT", "October"}};

enum { MONTHS = sizeof months / sizeof months[0] };

/* Whether the n letters are the word, in any case. */
static bool is_word(const char *s, size_t n, const char *word)
{
    return strlen(word) == n && strncasecmp(s, word, n) == 0;
}

/* The quarter's month that the letters name, 0 for none. */
static int month_of(const char *s, size_t n)
{
    for (int i = 0; i < MONTHS; i++)
        if (is_word(s, n, months[i].tag) || is_word(s, n, months[i].full))
            return months[i].number;
    return 0;
}

static const char *month_tag(int month)
{
    for (int i = 0; i < MONTHS; i++)
        if (months[i].number == month)
            return months[i].tag;
    return "";
}

/* Whether the set has an official release of that month; year is the fiscal year for ICD-10-CM. */
static bool is_official(enum codeset set, int year, int month)
{
    if (year < YEAR_FIRST || year > YEAR_LAST)
        return false;
    if (set == SET_HCPCS)
        return month == JANUARY || month == APRIL || month == JULY || month == OCTOBER;
    if (set == SET_CPT)
        return month == JANUARY;
    return month == OCTOBER || (month == APRIL && (year == 2020 || year >= 2022)) || (month == JANUARY && year == 2021);
}

static int month_default(enum codeset set)
{
    return set == SET_ICD10CM ? OCTOBER : JANUARY;
}

static void write_name(enum codeset set, int year, int month, char out[NAME_SIZE])
{
    if (set == SET_CPT)
        snprintf(out, NAME_SIZE, "%d", year);
    else if (set == SET_HCPCS)
        snprintf(out, NAME_SIZE, "%d-%s", year, month_tag(month));
    else
        snprintf(out, NAME_SIZE, month == OCTOBER ? "FY%d" : "FY%d-%s", year, month_tag(month));
}

/* The four digits at s as a year, 0 when they are none. */
static int year_of(const char *s, size_t n)
{
    int year = 0;
    for (size_t i = 0; i < n; i++) {
        if (i == 4 || s[i] < '0' || s[i] > '9')
            return 0;
        year = year * 10 + (s[i] - '0');
    }
    return n == 4 && year >= YEAR_FIRST && year <= YEAR_LAST ? year : 0;
}

/* Reads [FY]year[-month] into its parts. */
static bool read_name(enum codeset set, const char *typed, int *year, int *month)
{
    if (set == SET_ICD10CM && strncasecmp(typed, "FY", 2) == 0)
        typed += 2;
    size_t n = strcspn(typed, "-");
    *year = year_of(typed, n);
    *month = month_default(set);
    if (typed[n] == '-')
        *month = month_of(typed + n + 1, strlen(typed + n + 1));
    return *year && is_official(set, *year, *month) && (set != SET_CPT || !typed[n]);
}

bool calendar_name(enum codeset set, const char *typed, char out[24])
{
    int year, month;
    if (!read_name(set, typed, &year, &month))
        return false;
    write_name(set, year, month, out);
    return true;
}

date calendar_from(enum codeset set, const char *name)
{
    int year, month;
    if (!read_name(set, name, &year, &month))
        return 0;
    return date_make(set == SET_ICD10CM && month == OCTOBER ? year - 1 : year, month, 1);
}

date calendar_to(enum codeset set, date from)
{
    for (int year = from / 10000; year <= from / 10000 + 1; year++)
        for (int i = 0; i < MONTHS; i++) {
            int month = months[i].number;
            date start = date_make(year, month, 1);
            bool next_fiscal = set == SET_ICD10CM && month == OCTOBER;
            if (start > from && is_official(set, year + next_fiscal, month))
                return date_add_days(start, -1);
        }
    return 0;
}

bool calendar_parent(enum codeset set, const char *name, char out[24])
{
    int year, month;
    if (set != SET_ICD10CM || !read_name(set, name, &year, &month) || month == OCTOBER)
        return false;
    write_name(set, year, OCTOBER, out);
    return true;
}

/* --- names of files ------------------------------------------------------------------------------------------------- */

enum { TOKENS_MOST = 64 }; /* more than any official name has; the rest of a longer one is not looked at */

struct token {
    const char *s;
    size_t len;
    bool digits;
    bool glued; /* nothing stands between it and the token before */
    bool dated; /* part of a full date in digits, which says when a file was published, not for when it is */
    int number; /* of at most 4 digits, else -1 */
};

enum char_class { OTHER, LETTER, DIGIT };

static enum char_class class_of(char c)
{
    if (c >= '0' && c <= '9')
        return DIGIT;
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? LETTER : OTHER;
}

static int number_of(const char *s, size_t n)
{
    int number = 0;
    if (n > 4)
        return -1;
    for (size_t i = 0; i < n; i++)
        number = number * 10 + (s[i] - '0');
    return number;
}

static int cut_tokens(const char *name, struct token t[TOKENS_MOST])
{
    int n = 0;
    for (const char *s = name; *s && n < TOKENS_MOST;) {
        enum char_class c = class_of(*s);
        const char *start = s;
        while (*s && class_of(*s) == c)
            s++;
        if (c == OTHER)
            continue;
        size_t len = (size_t)(s - start);
        t[n] = (struct token){start, len, c == DIGIT, start > name && class_of(start[-1]) != OTHER, false, -1};
        if (c == DIGIT)
            t[n].number = number_of(start, len);
        n++;
    }
    return n;
}

static bool in_month(const struct token *t)
{
    return t->digits && t->len <= 2 && t->number >= 1 && t->number <= 31;
}

/* Marks 10-01-2023, 9-21-2023 and 2023-10-01. */
static void mark_dates(struct token *t, int n)
{
    for (int i = 0; i + 2 < n; i++) {
        bool american = in_month(&t[i]) && in_month(&t[i + 1]) && year_of(t[i + 2].s, t[i + 2].len);
        bool iso = year_of(t[i].s, t[i].len) && in_month(&t[i + 1]) && in_month(&t[i + 2]);
        if (american || iso)
            t[i].dated = t[i + 1].dated = t[i + 2].dated = true;
    }
}

static bool is_fiscal_mark(const struct token *t)
{
    if (t->digits || t->len < 2)
        return false;
    /* "POAexemptCodesFY25": capitals tell the mark from the end of a word. */
    return is_word(t->s, t->len, "FY") || memcmp(t->s + t->len - 2, "FY", 2) == 0;
}

/* Whether a year may stand right behind these letters ("HCPC2018", "POAexemptCodes2017"), where it would else be a part of
 * some other word. */
static bool takes_year(const struct token *t)
{
    static const char *const words[] = {"HCPC", "HCPCS", "CM", "CPT", "FY", "ANWEB", "INDEX", "NOTES"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (is_word(t->s, t->len, words[i]))
            return true;
    return month_of(t->s, t->len) || is_fiscal_mark(t) || (t->len >= 5 && is_word(t->s + t->len - 5, 5, "CODES"));
}

static bool is_anweb(const struct token *t)
{
    return !t->digits && t->len >= 5 && strncasecmp(t->s, "ANWEB", 5) == 0;
}

/* Whether two digits are a year: behind FY, in "HCPC18", "cpt26" or "16anweb". */
static bool is_short_year(enum codeset set, const struct token *t, const struct token *before, const struct token *after)
{
    if (set == SET_CPT)
        return t->glued && is_word(before->s, before->len, "CPT");
    if (set != SET_HCPCS)
        return is_fiscal_mark(before);
    if (t->glued)
        return is_word(before->s, before->len, "HCPC") || is_word(before->s, before->len, "HCPCS");
    return after->glued && is_anweb(after);
}

/* Whether four digits stand as a word, or beside the names such files use. */
static bool stands_free(const struct token *t, const struct token *before, const struct token *after)
{
    if (t->glued && !takes_year(before))
        return false;
    return !after->glued || is_fiscal_mark(before) || is_anweb(after) || month_of(after->s, after->len);
}

/* The year that token i writes, 0 for none. */
static int year_at(enum codeset set, const struct token *t, int n, int i)
{
    static const struct token none = {.s = ""};
    const struct token *before = i > 0 ? &t[i - 1] : &none, *after = i + 1 < n ? &t[i + 1] : &none;
    if (!t[i].digits || t[i].dated)
        return 0;
    if (t[i].len == 2)
        return is_short_year(set, &t[i], before, after) ? YEAR_FIRST + t[i].number : 0;
    return stands_free(&t[i], before, after) ? year_of(t[i].s, t[i].len) : 0;
}

/* "October 2024" and "October 1, 2024" name a day, which lies in the next fiscal year. */
static bool follows_october(const struct token *t, int i)
{
    if (i > 1 && in_month(&t[i - 1]))
        i--;
    return i > 0 && month_of(t[i - 1].s, t[i - 1].len) == OCTOBER;
}

/* The year that a name's tokens say, 0 for none: the first, but one behind FY before all others. */
static int find_year(enum codeset set, const struct token *t, int n)
{
    int first = 0;
    for (int i = 0; i < n; i++) {
        int year = year_at(set, t, n, i);
        if (year && i > 0 && is_fiscal_mark(&t[i - 1]))
            return year;
        if (year && set == SET_ICD10CM && follows_october(t, i))
            year++;
        if (!first)
            first = year;
    }
    return first;
}

static int find_month(const struct token *t, int n)
{
    for (int i = 0; i < n; i++) {
        int month = t[i].digits ? 0 : month_of(t[i].s, t[i].len);
        if (month)
            return month;
    }
    return 0;
}

bool calendar_guess(enum codeset set, const char *name, char out[24], bool *month_said)
{
    struct token t[TOKENS_MOST];
    int n = cut_tokens(name, t);
    mark_dates(t, n);
    int year = find_year(set, t, n), month = find_month(t, n);
    if (!is_official(set, year, month_default(set)))
        return false;
    *month_said = set != SET_CPT && is_official(set, year, month);
    write_name(set, year, *month_said ? month : month_default(set), out);
    return true;
}
