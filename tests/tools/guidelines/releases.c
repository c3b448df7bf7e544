/* The Official Guidelines of the releases at hand, read again from the text of the PDF by other means: every heading of the
 * contents is there in order, no number is skipped, and every letter of the text is kept where it was. */
#include "tests/support.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guidelines/guidelines.h"
#include "reader/lines.h"
#include "reader/pdf.h"
#include "report.h"

static const struct release {
    const char *path, *name;
    size_t sections;
} releases[] = {
    {TEST_SHARED "/data/icd10cm/FY2024/ICD-10-CM-Guidelines-October 1 FY2024FINALv.2.pdf", "FY2024", 486},
    {TEST_SHARED "/data/icd10cm/FY2025/icd-10-cm-FY25-guidelines-october -2024.pdf", "FY2025", 487},
    {TEST_SHARED "/data/icd10cm/FY2025-Apr/ICD-10-CM-April-1-FY25-Guidelines.pdf", "FY2025-APR", 489},
};

enum { RELEASES = sizeof releases / sizeof *releases };

/* What the tests look at, read once: the text of each PDF and its edition. */
struct read {
    struct buf pdf, text;
    struct edition *ed;
    struct recognised is;
};

static bool read_one(const struct release *r, struct read *out)
{
    struct error err = {0};
    struct report rep = {0};
    char piece[65536];
    FILE *f = fopen(r->path, "rb");
    if (!f) {
        print_message("SKIPPED: %s: no ../shared\n", r->path);
        return false;
    }
    for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;) {
        buf_add(&out->pdf, piece, n);
    }
    fclose(f);
    enum status st = pdf_text(r->path, out->pdf.text, out->pdf.len, 0, &out->text, &err);
    if (st == ST_IO) {
        print_message("SKIPPED: %s\n", err.text);
        return false;
    }
    assert_int_equal(st, ST_OK);
    struct input in = {.path = r->path, .name = strrchr(r->path, '/') + 1, .bytes = out->pdf.text, .len = out->pdf.len};
    guidelines_recognise(&in, &out->is);
    out->ed = edition_new(SET_ICD10CM, r->name, 20241001);
    assert_int_equal(guidelines_read(&in, out->ed, &rep, &err), ST_OK);
    char said[64];
    snprintf(said, sizeof said, "guidelines: %zu sections\n", r->sections);
    assert_string_equal(buf_text(&rep.text), said);
    buf_free(&rep.text);
    return true;
}

static int read_all(void **state)
{
    struct read *all = mem_alloc(RELEASES * sizeof *all);
    *state = all;
    for (size_t i = 0; i < RELEASES; i++) {
        if (!read_one(&releases[i], &all[i])) {
            all[i].ed = NULL;
        }
    }
    return 0;
}

static int free_all(void **state)
{
    struct read *all = *state;
    for (size_t i = 0; i < RELEASES; i++) {
        buf_free(&all[i].pdf);
        buf_free(&all[i].text);
        edition_free(all[i].ed);
    }
    free(all);
    return 0;
}

/* The reads of state, each with its edition; skips the test when one of them is missing. */
static const struct read *need(void **state)
{
    const struct read *all = *state;
    for (size_t i = 0; i < RELEASES; i++) {
        if (!all[i].ed) {
            skip();
        }
    }
    return all;
}

/* Appends the letters and digits of s, in lower case. */
static void add_letters(struct buf *out, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (isalnum((unsigned char)s[i])) {
            buf_putc(out, (char)tolower((unsigned char)s[i]));
        }
    }
}

/* Whether a line of the PDF is the foot of a page. */
static bool is_foot(const char *s, size_t n)
{
    char line[64] = "";
    int page = 0, pages = 0;
    if (n < sizeof line) {
        memcpy(line, s, n);
    }
    return strcmp(line, "ICD-10-CM Official Guidelines for Coding and Reporting") == 0 ||
           (n == 7 && strncmp(line, "FY 20", 5) == 0) || sscanf(line, "Page %d of %d", &page, &pages) == 2;
}

/* Splits the PDF's text into the letters of each line of the contents, one a line, and the letters of all that follows. */
static void split(const struct buf *text, struct buf *contents, struct buf *rest)
{
    struct lines l;
    lines_start(&l, text->text, text->len);
    while (lines_next(&l)) {
        size_t from = 0, n = l.len;
        while (from < n && strchr(" \f", l.text[from])) {
            from++;
        }
        const char *s = l.text + from;
        n -= from;
        char line[512] = "";
        memcpy(line, s, n < sizeof line ? n : sizeof line - 1);
        const char *dots = strstr(line, "....");
        dots = dots ? dots : strstr(line, "……");
        if (dots && isdigit((unsigned char)s[n - 1])) {
            add_letters(contents, s, (size_t)(dots - line));
            buf_putc(contents, '\n');
            buf_clear(rest);
        } else if (!is_foot(s, n)) {
            add_letters(rest, s, n);
        }
    }
}

/* The marker that the text prints before a section's title: the last part of its id, or "section i". */
static void add_marker(struct buf *out, const struct ed_guideline *g)
{
    const char *dot = strrchr(g->section, '.');
    buf_clear(out);
    if (g->depth == 0 && strncmp(g->section, "Appendix", 8) != 0) {
        add_letters(out, "section", 7);
    }
    add_letters(out, dot ? dot + 1 : g->section, strlen(dot ? dot + 1 : g->section));
}

/* Every letter of the PDF behind the contents is in the sections, in order, each behind its marker, and nothing else is. */
static void test_nothing_lost(void **state)
{
    const struct read *all = need(state);
    for (size_t i = 0; i < RELEASES; i++) {
        struct buf contents = {0}, rest = {0}, made = {0}, marker = {0};
        split(&all[i].text, &contents, &rest);
        for (size_t k = 1; k < all[i].ed->guidelines.len; k++) {
            const struct ed_guideline *g = &all[i].ed->guidelines.items[k];
            add_marker(&marker, g);
            buf_add(&made, marker.text, marker.len);
            add_letters(&made, g->title, strlen(g->title));
            add_letters(&made, g->text, strlen(g->text));
        }
        assert_true(rest.len > 200000);
        assert_int_equal(made.len, rest.len);
        assert_memory_equal(made.text, rest.text, rest.len);
        buf_free(&contents);
        buf_free(&rest);
        buf_free(&made);
        buf_free(&marker);
    }
}

/* Every line of the contents ends a heading that a section has, in the same order. */
static void test_contents(void **state)
{
    const struct read *all = need(state);
    for (size_t i = 0; i < RELEASES; i++) {
        struct buf contents = {0}, rest = {0}, heading = {0};
        struct lines l;
        size_t k = 1, found = 0;
        split(&all[i].text, &contents, &rest);
        lines_start(&l, contents.text, contents.len);
        assert_true(lines_next(&l)); /* the title of the whole */
        while (lines_next(&l)) {
            /* The contents say this where a chapter has no sections. */
            if (l.len > 8 && strncmp(l.text, "reserved", 8) == 0) {
                continue;
            }
            bool has = false;
            for (; k < all[i].ed->guidelines.len && !has; k++) {
                const struct ed_guideline *g = &all[i].ed->guidelines.items[k];
                add_marker(&heading, g);
                add_letters(&heading, g->title, strlen(g->title));
                has = l.len <= heading.len && (strncmp(heading.text, l.text, l.len) == 0 ||
                                               strncmp(heading.text + heading.len - l.len, l.text, l.len) == 0);
            }
            k -= has; /* a heading may have two lines with dots */
            if (!has) {
                print_message("%s: not found: %.*s\n", releases[i].name, (int)l.len, l.text);
            }
            assert_true(has);
            found++;
        }
        assert_true(found > 200);
        buf_free(&contents);
        buf_free(&rest);
        buf_free(&heading);
    }
}

static bool ends_with(const char *s, const char *with)
{
    size_t n = strlen(s), len = strlen(with);
    return n >= len && strcmp(s + n - len, with) == 0;
}

/* The number that follows the last part of an id: "3" for "2", "iv" for "iii". */
static void next_part(const char *part, int depth, char out[16])
{
    static const char *const roman[] = {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "I", "II", "III", "IV"};
    snprintf(out, 16, "?");
    if (depth == 2 || depth == 4) {
        snprintf(out, 16, "%d", atoi(part) + 1);
    } else if (depth == 0 || depth == 6) {
        for (size_t i = 0; i + 1 < sizeof roman / sizeof *roman; i++) {
            if (strcmp(part, roman[i]) == 0) {
                snprintf(out, 16, "%s", roman[i + 1]);
            }
        }
    } else {
        snprintf(out, 16, "%c", part[0] + 1);
    }
}

/* Ids count on without a gap at every depth, parents come first, and each section has text or others below it. */
static void test_tree(void **state)
{
    static const char *const first[] = {"I", "A", "1", "a", "1", "a", "i"};
    const struct read *all = need(state);
    for (size_t i = 0; i < RELEASES; i++) {
        const struct ed_guideline *items = all[i].ed->guidelines.items;
        char last[7][32] = {""}, want[48], next[16];
        size_t n = all[i].ed->guidelines.len;
        assert_string_equal(items[0].section, "Introduction");
        assert_string_equal(items[n - 1].section, "Appendix I");
        for (size_t k = 1; k + 1 < n; k++) {
            int d = items[k].depth;
            const char *dot = strrchr(last[d], '.');
            assert_in_range(d, 0, items[k - 1].depth + 1);
            if (last[d][0]) {
                next_part(dot ? dot + 1 : last[d], d, next);
            } else {
                snprintf(next, sizeof next, "%s", first[d]);
            }
            snprintf(want, sizeof want, "%s%s%s", d > 0 ? last[d - 1] : "", d > 0 ? "." : "", next);
            assert_string_equal(items[k].section, want);
            snprintf(last[d], sizeof last[d], "%s", items[k].section);
            for (int deeper = d + 1; deeper < 7; deeper++) {
                last[deeper][0] = '\0';
            }
            assert_true(items[k].title[0] != '\0');
            assert_true(items[k].text[0] != '\0' || items[k + 1].depth == d + 1);
        }
        assert_string_equal(last[0], "IV");
    }
}

/* Nothing of the page is left in the text, and its lines are whole: none begins in the middle of a sentence. */
static void test_text_is_clean(void **state)
{
    const struct read *all = need(state);
    for (size_t i = 0; i < RELEASES; i++) {
        size_t lines = 0, cut = 0;
        for (size_t k = 0; k < all[i].ed->guidelines.len; k++) {
            const struct ed_guideline *g = &all[i].ed->guidelines.items[k];
            assert_null(strstr(g->text, "  "));
            assert_null(strstr(g->text, "...."));
            assert_null(strstr(g->text, "\xEF\x82"));
            struct lines l;
            lines_start(&l, g->text, strlen(g->text));
            while (lines_next(&l)) {
                assert_false(is_foot(l.text, l.len));
                assert_true(l.len > 0);
                bool letter = l.len > 2 && l.text[1] == '.';
                cut += !letter && islower((unsigned char)l.text[0]);
                lines++;
            }
        }
        assert_true(lines > 1000);
        assert_in_range(cut, 0, 5); /* Section III lists five phrases in small letters */
    }
}

static const struct ed_guideline *find(const struct edition *ed, const char *section)
{
    for (size_t i = 0; i < ed->guidelines.len; i++) {
        if (strcmp(ed->guidelines.items[i].section, section) == 0) {
            return &ed->guidelines.items[i];
        }
    }
    return NULL;
}

/* Sections read by eye in FY2025's PDF: where they begin and end, and how many lines they have. */
static void test_by_eye(void **state)
{
    static const struct { const char *section, *title, *begins, *ends; int lines; } rows[] = {
        {"I.A.6.a", "Alphabetic Index abbreviations", "NEC “Not", "of unspecified.", 4},
        {"I.A.7", "Punctuation", "[] Brackets", "given category.", 3},
        {"I.A.12.a", "Excludes1", "A type 1", "G47.63 together.", 2},
        {"I.B.14", "Documentation by Clinicians Other than the Patient's Provider", "Code assignment", "of health.", 14},
        {"I.B.19.d", "Use of Z codes", "Z codes (other", "Z codes.", 10},
        {"I.C.1.a.2.f", "Previously diagnosed HIV-related illness", "Patients with any", "infection status.", 1},
        {"I.C.1.d.1.a.iii", "Sepsis with organ dysfunction", "If a patient has sepsis", "severe sepsis.", 1},
        {"I.C.3", "Chapter 3: Disease of the blood and blood-forming organs and certain disorders involving the immune "
                  "mechanism (D50-D89)", "Reserved for", "guideline expansion", 1},
        {"I.C.4.a.3", "Diabetes mellitus and the use of insulin, oral hypoglycemics, and injectable non-insulin drugs",
         "If the documentation in a medical record does not", "during an encounter.", 5},
        {"I.C.6.b.1.b.ii", "Sequencing of Category G89 Codes with Site-Specific Pain Codes", "The sequencing of",
         "from category G89.", 3},
        {"I.C.9.e.1", "Type 1 ST elevation myocardial infarction (STEMI) and non-ST elevation myocardial infarction (NSTEMI)",
         "The ICD-10-CM codes for type 1", "may be assigned.", 3},
        {"I.C.16.c.2", "Codes for conditions specified as having implications for future health care needs", "Assign codes",
         "adult patients.", 2},
        {"I.C.19.d.1", "Sequencing of burn and related condition codes", "Sequence first", "first-listed diagnosis.", 4},
        {"I.C.19.e.5", "The occurrence of drug toxicity is classified in ICD-10-CM as follows:", "", "", 1},
        {"I.C.21.c.12", "Newborns and Infants", "See Section I.C.16.", "type of delivery", 5},
        {"I.C.22", "Chapter 22: Codes for Special Purposes (U00-U85)", "U07.0 Vaping", "I.C.1.g.1.m.)", 3},
        {"II.I.1", "Admission Following Medical Observation", "When a patient", "hospital admission.", 1},
        {"II.K", "Admissions/Encounters for Rehabilitation", "When the purpose", "injury codes.", 4},
        {"IV.F.3", "Highest level of specificity", "Code to the highest", "record documentation.", 1},
        {"IV.Q", "Encounters for routine health screenings", "See Section I.C.21.", "Screening", 1},
    };
    const struct read *all = need(state);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct ed_guideline *g = find(all[1].ed, rows[i].section);
        int lines = 1;
        if (!g) {
            fail_msg("%s is not there", rows[i].section);
            return; /* for the compiler, which does not see that fail_msg does not come back */
        }
        assert_string_equal(g->title, rows[i].title);
        for (const char *s = g->text; *s; s++) {
            lines += *s == '\n';
        }
        if (strncmp(g->text, rows[i].begins, strlen(rows[i].begins)) != 0) {
            assert_string_equal(g->text, rows[i].begins);
        }
        if (!ends_with(g->text, rows[i].ends)) {
            assert_string_equal(g->text, rows[i].ends);
        }
        assert_int_equal(lines, rows[i].lines);
    }
    const struct ed_guideline *poa = find(all[1].ed, "Appendix I");
    if (!poa) {
        fail_msg("no Appendix I");
        return;
    }
    assert_string_equal(poa->title, "Present on Admission Reporting Guidelines");
    assert_non_null(strstr(poa->text, "\nReporting Options\nY – Yes\nN - No\nU - Unknown\nW – Clinically undetermined\n"));
}

static void test_recognised(void **state)
{
    const struct read *all = need(state);
    for (size_t i = 0; i < RELEASES; i++) {
        assert_int_equal(all[i].is.verdict, INPUT_USED);
        assert_int_equal(all[i].is.component, COMP_GUIDELINES);
        assert_string_equal(all[i].is.release, releases[i].name);
        assert_true(all[i].is.exact);
        /* Half a PDF with their name is refused when it is read; with another name it is just a PDF. */
        struct input cut = {.path = "FY25-Guidelines.pdf", .name = "FY25-Guidelines.pdf", .bytes = all[i].pdf.text,
                            .len = all[i].pdf.len / 2};
        struct recognised is;
        struct error err = {0};
        guidelines_recognise(&cut, &is);
        assert_int_equal(is.verdict, INPUT_USED);
        struct edition *ed = edition_new(SET_ICD10CM, "FY2025", 20241001);
        assert_int_equal(guidelines_read(&cut, ed, NULL, &err), ST_INPUT);
        assert_string_equal(err.text, "FY25-Guidelines.pdf: expected a PDF with text: pdftotext cannot read it");
        assert_int_equal(ed->guidelines.len, 0);
        edition_free(ed);
        cut.name = "other.pdf";
        guidelines_recognise(&cut, &is);
        assert_int_equal(is.verdict, INPUT_UNKNOWN);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_recognised), cmocka_unit_test(test_nothing_lost),
                                       cmocka_unit_test(test_contents),   cmocka_unit_test(test_tree),
                                       cmocka_unit_test(test_text_is_clean), cmocka_unit_test(test_by_eye)};
    return cmocka_run_group_tests(tests, read_all, free_all);
}
