/* fetch_sources.c - rows of sources.tsv: release, component, address, SHA-256, comment.
 *
 * Addresses follow patterns that hold for some years: a release that ends in a plus ("FY2028+") stands for every later year of
 * the same month, and {year} in its address for that year. A row of its own always goes before a pattern. */
#include "fetch_sources.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/calendar.h"
#include "codeshelf/codesets.h"

enum { COL_RELEASE, COL_COMPONENT, COL_ADDRESS, COL_SHA256, ADDRESS_MOST = 400, FILE_MOST = 200 };

static const char year_mark[] = "{year}";

/* Copies the address with the year in place of its mark; year NULL leaves it. */
static const char *fill_year(struct arena *a, const char *address, const char *year)
{
    struct buf b = {0};
    const char *mark;
    while (year && (mark = strstr(address, year_mark)) != NULL) {
        buf_add(&b, address, (size_t)(mark - address));
        buf_puts(&b, year);
        address = mark + sizeof year_mark - 1;
    }
    buf_puts(&b, address);
    const char *out = arena_strdup(a, buf_text(&b));
    buf_free(&b);
    return out;
}

static int hex_digit(char c)
{
    static const char digits[] = "0123456789ABCDEFabcdef";
    const char *at = c ? strchr(digits, c) : NULL;
    if (!at) {
        return -1;
    }
    return (int)(at - digits) < 16 ? (int)(at - digits) : (int)(at - digits) - 6;
}

/* The name a segment spells. False when it is none that could be a file of its folder. */
static bool decode_segment(const char *segment, char out[FILE_MOST])
{
    size_t n = 0;
    for (const char *c = segment; *c; c++) {
        int high = *c == '%' ? hex_digit(c[1]) : 0, low = *c == '%' && high >= 0 ? hex_digit(c[2]) : 0;
        if (high < 0 || low < 0 || n + 1 >= FILE_MOST) {
            return false;
        }
        char letter = *c == '%' ? (char)(high * 16 + low) : *c;
        if (letter == '/' || (unsigned char)letter < ' ' || letter == 0x7f) {
            return false;
        }
        out[n++] = letter;
        c += *c == '%' ? 2 : 0;
    }
    out[n] = '\0';
    return n > 0 && out[0] != '.';
}

/* The source that a row describes, for a year or as it stands. A name may hold a day with slashes ("...-updated-01/11/2023.zip"):
 * what is left of it says nothing, so the part goes before it. */
static enum status read_row(const struct tsv_row *row, const char *year, struct arena *a, struct fetch_source *out,
                            struct error *err)
{
    char address[ADDRESS_MOST], sha256[80], file[FILE_MOST];
    tsv_copy(row, COL_RELEASE, out->release, sizeof out->release);
    tsv_copy(row, COL_COMPONENT, out->component, sizeof out->component);
    tsv_copy(row, COL_ADDRESS, address, sizeof address);
    tsv_copy(row, COL_SHA256, sha256, sizeof sha256);
    out->address = fill_year(a, address, year);
    const char *slash = strrchr(out->address, '/');
    bool sum_fits = sha256[0] == '\0' || (strlen(sha256) == 64 && strspn(sha256, "0123456789abcdef") == 64);
    if (strncmp(out->address, "https://", 8) != 0 || !slash || !decode_segment(slash + 1, file) || !sum_fits) {
        return error_set(err, ST_INPUT, "sources.tsv: %s %s: an https address of a file and 64 digits or nothing expected",
                         out->release, out->component);
    }
    out->segment = slash + 1;
    out->file = arena_strdup(a, file);
    if (file[strspn(file, "0123456789")] == '.') {
        out->segment = out->file = arena_printf(a, "%s-%s", out->component, file);
    }
    out->sha256 = arena_strdup(a, sha256);
    return ST_OK;
}

/* Where the year stands in "FY2025-APR" and "2025-JAN". */
static const char *year_of(const char *release)
{
    return release + strcspn(release, "0123456789");
}

/* Whether a pattern ("FY2027-APR+") takes in the release: the same but for a later year. */
static bool pattern_fits(const char *pattern, const char *release)
{
    const char *first = year_of(pattern), *year = year_of(release);
    size_t tail = strlen(pattern);
    if (tail == 0 || pattern[tail - 1] != '+' || strlen(first) < 5 || strlen(year) < 4) {
        return false;
    }
    size_t rest = strlen(first + 4) - 1;
    return first - pattern == year - release && strncmp(pattern, release, (size_t)(first - pattern)) == 0 &&
           strncmp(year, first, 4) >= 0 && strlen(year + 4) == rest && strncmp(first + 4, year + 4, rest) == 0;
}

static enum status open_table(enum codeset set, const char **out, struct error *err)
{
    char name[40];
    snprintf(name, sizeof name, "%s/sources.tsv", codeset_name(set));
    *out = codesets_file(name);
    return *out ? ST_OK : error_set(err, ST_NONE, "%s: no addresses are known", codeset_name(set));
}

/* Adds the rows of a release, of its own or by pattern. */
static enum status add_rows(const char *table, const char *release, bool by_pattern, struct arena *a,
                            struct fetch_sources *out, struct error *err)
{
    struct tsv_row row;
    char named[24], year[5];
    snprintf(year, sizeof year, "%.4s", year_of(release));
    while (tsv_next(&table, &row)) {
        tsv_copy(&row, COL_RELEASE, named, sizeof named);
        if (by_pattern ? !pattern_fits(named, release) : strcmp(named, release) != 0) {
            continue;
        }
        struct fetch_source source = {0};
        enum status st = read_row(&row, year, a, &source, err);
        if (st != ST_OK) {
            return st;
        }
        VEC_PUSH(out, source);
    }
    return ST_OK;
}

enum status fetch_sources_find(enum codeset set, const char *release, struct arena *a, struct fetch_sources *out,
                               struct error *err)
{
    const char *table;
    enum status st = open_table(set, &table, err);
    for (int by_pattern = 0; st == ST_OK && by_pattern < 2 && out->len == 0; by_pattern++) {
        st = add_rows(table, release, by_pattern == 1, a, out, err);
    }
    if (st == ST_OK && out->len == 0) {
        return error_set(err, ST_NONE, "%s %s: no address is known (codeshelf-fetch --list %s shows those that are)",
                         codeset_name(set), release, codeset_name(set));
    }
    return st;
}

enum status fetch_sources_list(enum codeset set, struct arena *a, struct fetch_sources *out, struct error *err)
{
    const char *table;
    struct tsv_row row;
    enum status st = open_table(set, &table, err);
    while (st == ST_OK && tsv_next(&table, &row)) {
        struct fetch_source source = {0};
        st = read_row(&row, NULL, a, &source, err);
        if (st == ST_OK) {
            VEC_PUSH(out, source);
        }
    }
    return st;
}

void fetch_sources_free(struct fetch_sources *s)
{
    if (s) {
        free(s->items);
        *s = (struct fetch_sources){0};
    }
}

bool fetch_release_on(enum codeset set, date day, char out[24])
{
    static const char *const months[] = {"", "-JAN", "-APR", "-JUL", "-OCT"};
    date best = 0;
    for (int year = day / 10000; year <= day / 10000 + 1; year++) {
        for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
            char typed[24], name[24];
            snprintf(typed, sizeof typed, "%d%s", year, months[i]);
            date from = calendar_name(set, typed, name) ? calendar_from(set, name) : 0;
            if (from > best && from <= day && day <= calendar_to(set, from)) {
                best = from;
                snprintf(out, 24, "%s", name);
            }
        }
    }
    return best != 0;
}
