/* The official indexes, tables and POA-exempt lists, compared with a scan of the files' bytes that shares nothing with
 * the importer: every row with its depth, words, codes and references, in the order of the file. */
#include "tests/support.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "group.h"
#include "help.h"

#define DATA TEST_SHARED "/data/icd10cm/"

/* Both sides print letters and digits of words only, since blanks are a matter of taste. */
static void add_letters(struct buf *out, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (isalnum((unsigned char)s[i])) {
            buf_putc(out, s[i]);
        }
    }
}

static void add_item(struct buf *out, const char *tag, const char *s, size_t n)
{
    if (strncmp(tag, "seecat", 6) == 0 || strncmp(tag, "subcat", 6) == 0) {
        tag = "cat";
    }
    buf_printf(out, " %.*s=", (int)strcspn(tag, " >"), tag);
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '-' || isalnum((unsigned char)s[i])) {
            buf_putc(out, s[i]);
        }
    }
}

/* The text of a <title>: what stands in a <nemod> goes to nemod. */
static void scan_title(const char *s, const char *end, struct buf *title, struct buf *nemod)
{
    bool inside = false;
    while (s < end) {
        size_t n = *s == '<' ? (size_t)((const char *)memchr(s, '>', (size_t)(end - s)) - s) + 1 : 1;
        if (*s == '<') {
            inside = s[1] == 'n';
        } else if (strncmp(s, "&amp;", 5) == 0) {
            n = 5;
        } else {
            add_letters(inside ? nemod : title, s, 1);
        }
        s += n;
    }
}

/* Prints every row of the file; returns how many. Lines are well-behaved in these files: one element a line. */
static size_t scan(const char *s, const char *end, struct buf *out)
{
    size_t rows = 0;
    int depth = -1;
    struct buf title = {0}, nemod = {0};
    while (s < end) {
        const char *stop = memchr(s, '\n', (size_t)(end - s));
        stop = stop ? stop : end;
        while (s < stop && *s != '<') {
            s++;
        }
        const char *text = s < stop ? memchr(s, '>', (size_t)(stop - s)) : NULL;
        if (text && (strncmp(s, "<term", 5) == 0 || strncmp(s, "<mainTerm", 9) == 0)) {
            depth++;
            rows++;
            buf_printf(out, "\n%d", depth);
        } else if (text && (strncmp(s, "</term", 6) == 0 || strncmp(s, "</mainTerm", 10) == 0)) {
            depth--;
        } else if (text && depth >= 0 && strncmp(s, "<title>", 7) == 0) {
            const char *close = stop;
            while (strncmp(close, "</title", 7) != 0) {
                close--;
            }
            buf_clear(&title);
            buf_clear(&nemod);
            scan_title(text + 1, close, &title, &nemod);
            buf_printf(out, " %s|%s", buf_text(&title), buf_text(&nemod));
        } else if (text && depth >= 0 && s[1] != '/') {
            const char *close = memchr(text, '<', (size_t)(stop - text));
            add_item(out, s + 1, text + 1, (size_t)(close - text - 1));
        }
        s = stop + 1;
    }
    buf_free(&title);
    buf_free(&nemod);
    return rows;
}

static void print_list(struct buf *out, const char *tag, const char *list)
{
    while (*list) {
        size_t n = strcspn(list, "\n");
        if (n > 0) {
            add_item(out, tag, list, n);
        }
        list += n + (list[n] != '\0');
    }
}

/* The rows of a book in the scan's words. The files keep see, seeAlso, code, category, manif, cell in this order. */
static size_t print_book(const struct edition *ed, enum component book, struct buf *out)
{
    size_t rows = 0;
    for (size_t i = 0; i < ed->terms.len; i++) {
        const struct ed_term *t = &ed->terms.items[i];
        if (t->book != book) {
            continue;
        }
        rows++;
        buf_printf(out, "\n%d ", t->depth);
        add_letters(out, t->title, strlen(t->title));
        buf_putc(out, '|');
        add_letters(out, t->nemod, strlen(t->nemod));
        print_list(out, "see", t->see);
        print_list(out, "seeAlso", t->see_also);
        print_list(out, "code", t->codes);
        print_list(out, "cat", t->see_category);
        print_list(out, "manif", t->manifestation);
        print_list(out, "cell", t->cells);
    }
    return rows;
}

/* The first line where they differ. */
static void assert_same_rows(const char *name, const struct buf *want, const struct buf *got)
{
    size_t i = 0, line = 0;
    while (i < want->len && i < got->len && want->text[i] == got->text[i]) {
        line = want->text[i] == '\n' ? i + 1 : line;
        i++;
    }
    if (i < want->len || i < got->len) {
        fail_msg("%s: \"%.160s\" became \"%.160s\"", name, want->text + line, got->text + line);
    }
}

static size_t compare_books(const char *folder, const char *release)
{
    static const struct importer *const importers[] = {&icd10cm_importer};
    struct intake in = {.importers = importers, .importers_n = 1};
    struct buf report = {0};
    struct error err = {0};
    char path[512];
    char *list[] = {path};
    size_t compared = 0;
    struct edition *ed = read_folder(folder, release, WITH_ORDER | WITH_BOOKS, NULL, &report);
    snprintf(path, sizeof path, "%s", folder);
    assert_int_equal(collect_files(&in.arena, list, 1, intake_take, &in, &err), ST_OK);
    for (size_t i = 0; i < in.taken.len; i++) {
        const struct taken *t = in.taken.items[i];
        struct buf want = {0}, got = {0};
        if (t->is.component < COMP_INDEX || t->is.component > COMP_DRUGS) {
            continue;
        }
        size_t rows = scan(t->input.bytes, t->input.bytes + t->input.len, &want);
        assert_int_equal(print_book(ed, t->is.component, &got), rows);
        assert_same_rows(t->input.path, &want, &got);
        compared += rows;
        buf_free(&want);
        buf_free(&got);
    }
    assert_null(strstr(buf_text(&report), "left out"));
    intake_free(&in);
    edition_free(ed);
    buf_free(&report);
    return compared;
}

static void rows_are_those_of_the_files(void **state)
{
    static const struct {
        const char *folder, *release;
        size_t rows;
    } want[] = {
        {DATA "FY2016", "FY2016", 75588 + 7564 + 1930 + 7416}, {DATA "FY2017", "FY2017", 77199 + 7572 + 1930 + 7416},
        {DATA "FY2019", "FY2019", 7585 + 1939 + 7418},         {DATA "FY2021-Jan", "FY2021-JAN", 7798 + 1939 + 7421},
        {DATA "FY2024-Apr", "FY2024-APR", 7425},               {DATA "FY2025", "FY2025", 8064 + 1939 + 7428},
    };
    if (!have_releases()) {
        skip();
    }
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        assert_int_equal(compare_books(want[i].folder, want[i].release), want[i].rows);
    }
    (void)state;
}

static void fy2017_is_reported_as_it_is(void **state)
{
    static const char *const lines[] = {
        "Alphabetic Index: 7973 main terms, 77199 rows, 59412 codes, 746 second codes, 11979 see, 1704 see also, 145 ",
        "Alphabetic Index: codes that FY2017 lacks, kept as printed: 44 (T81.43, ",
        "Alphabetic Index: a dash behind a code that is complete, kept as printed: 20 (",
        "External Cause Index: codes that FY2017 lacks, kept as printed: 6 (V47.92, ",
        "Table of Neoplasms: 1 main term, 1930 rows, 1 second codes, 10858 cells, 67 see, 120 see also\n",
        "Table of Neoplasms: a dash behind a code that is complete, kept as printed: 77 (",
        "Table of Neoplasms: other words in the place of a code, kept as printed: 1 (ventral surface of ",
        "Table of Drugs: 5170 main terms, 7416 rows, 43140 cells, 97 see, 35 see also\n",
        "POA-exempt list: 36875 codes\n",
        "conversion table: 1970 rows, 1970 of them for codes new in FY2017\n",
        "conversion table: new codes that FY2017 lacks: 1 (E11.3X11)\n",
    };
    if (!have_releases()) {
        skip();
    }
    struct buf report = {0};
    struct edition *ed = read_folder(DATA "FY2017", "FY2017", WITH_ALL, NULL, &report);
    size_t exempt = 0, newlines = 0;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (!strstr(buf_text(&report), lines[i])) {
            fail_msg("no \"%s\" in:\n%s", lines[i], buf_text(&report));
        }
    }
    for (const char *s = buf_text(&report); *s; s++) {
        newlines += *s == '\n';
    }
    assert_int_equal(newlines, sizeof lines / sizeof *lines + 1); /* and the External Cause Index's counts */
    for (size_t i = 0; i < ed->facts.len; i++) {
        exempt += strcmp(ed->facts.items[i].name, "poa") == 0;
    }
    assert_int_equal(exempt, 36875);
    edition_free(ed);
    buf_free(&report);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_those_of_the_files),
        cmocka_unit_test(fy2017_is_reported_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
