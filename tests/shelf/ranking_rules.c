/* The rules of the ranking, on official releases: the worked examples in the comments of the search, and words misspelt by
 * rule, which must find what they find spelt right.
 *
 * A worked example is a line of a comment in src/shelf: the query in quotes, ->, and the code that comes first. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DATA TEST_SHARED "/data"
#define SOURCES TEST_SPECIMEN "/../src/shelf/"

static char path[64];
static struct shelf *shelf;

static int make_shelf(void **state)
{
    char command[1024];
    struct error err;

    (void)state;
    if (access(DATA "/icd10cm/FY2017", R_OK) != 0 || access(DATA "/hcpcs/2025-JAN", R_OK) != 0)
        return 0;
    snprintf(path, sizeof path, "/tmp/codeshelf-rules-XXXXXX");
    const int fd = mkstemp(path);
    if (fd < 0)
        return -1;
    close(fd);
    unlink(path);
    snprintf(command, sizeof command, "'%s/codeshelf-import' --shelf %s '%s/icd10cm/FY2017' '%s/hcpcs/2025-JAN' >/dev/null",
             TEST_TOOLS, path, DATA, DATA);
    return system(command) == 0 && shelf_open(path, &shelf, &err) == ST_OK ? 0 : -1;
}

static int remove_shelf(void **state)
{
    char lock[96];

    (void)state;
    shelf_close(shelf);
    if (path[0]) {
        unlink(path);
        snprintf(lock, sizeof lock, "%s.lock", path);
        unlink(lock);
    }
    return 0;
}

static void need_releases(void)
{
    if (!shelf) {
        print_message("SKIPPED: official releases, no ../shared\n");
        skip();
    }
}

/* The place of a code among the first ten of a query, 0 for none. */
static size_t place_of(enum codeset set, const char *text, const char *code)
{
    struct arena a = {0};
    struct hits hits;
    struct error err;
    size_t place = 0;

    assert_int_equal(shelf_as_of(shelf, set == SET_ICD10CM ? 20170101 : 20250201, &err), ST_OK);
    const struct query q = {.text = text, .set = set, .limit = 10};
    assert_int_equal(shelf_search(shelf, &q, &a, &hits, &err), ST_OK);
    for (size_t i = 0; i < hits.n && !place; i++)
        if (strncmp(hits.items[i].entry.code, code, strlen(code)) == 0)
            place = i + 1;
    arena_free(&a);
    return place;
}

/* --- worked examples ------------------------------------------------------------------------------------------------- */

/* ` *   "low back pain" -> M54.5: ...`; HCPCS codes have no dot. */
static bool read_example(const char *line, char query[128], char code[16], enum codeset *set)
{
    size_t n = 0;

    if (sscanf(line, " * \"%127[^\"]\" -> %15[A-Z0-9.]", query, code) != 2)
        return false;
    *set = strlen(code) == 5 && !strchr(code, '.') ? SET_HCPCS : SET_ICD10CM;
    for (const char *c = code; *c; c++)
        if (*c != '.')
            code[n++] = *c;
    code[n] = '\0';
    return true;
}

static void worked_examples_hold(void **state)
{
    static const char *const files[] = {"search.c", "rank.c", "search_glosses.c", "search_parts.c", "search_acronyms.c", "search_spelling.c"};
    char line[512], query[128], code[16];
    size_t examples = 0, wrong = 0;
    enum codeset set;

    (void)state;
    need_releases();
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char name[512];
        snprintf(name, sizeof name, SOURCES "%s", files[i]);
        FILE *f = fopen(name, "r");
        assert_non_null(f);
        while (fgets(line, sizeof line, f)) {
            if (!read_example(line, query, code, &set))
                continue;
            examples++;
            if (place_of(set, query, code) == 1)
                continue;
            print_error("%s: %s does not come first for \"%s\"\n", files[i], code, query);
            wrong++;
        }
        fclose(f);
    }
    assert_true(examples >= 15);
    assert_int_equal(wrong, 0);
}

/* --- words misspelt by rule -------------------------------------------------------------------------------------------- */

static void replace(char *word, const char *from, const char *to)
{
    char *at = strstr(word + 1, from);
    if (at) {
        memmove(at + strlen(to), at + strlen(from), strlen(at + strlen(from)) + 1);
        memcpy(at, to, strlen(to));
    }
}

/* Slips that happen, at a place that depends on the word alone. */
static void misspell(char *word, int slip)
{
    const size_t n = strlen(word), at = 2 + (size_t)word[0] % (n - 4);

    if (slip == 0) { /* a letter is left out */
        memmove(word + at, word + at + 1, n - at);
    } else if (slip == 1) { /* doubled */
        memmove(word + at + 1, word + at, n - at + 1);
    } else if (slip == 2) { /* swapped with the next */
        const char c = word[at];
        word[at] = word[at + 1];
        word[at + 1] = c;
    } else if (slip == 3) { /* written by ear */
        replace(word, "ph", "f");
        replace(word, "y", "i");
        replace(word, "ae", "e");
    } else { /* the other vowel */
        replace(word, "e", "a");
    }
}

enum { SLIPS = 5, LONG_WORD = 7, EVERY = 4 };

/* The title with its first long word misspelt, and that word alone, right and misspelt; false when it has none or nothing
 * changes. */
static bool misspell_title(const char *title, int slip, char out[256], char right[64], char word[64])
{
    for (const char *at = title; *at;) {
        const size_t n = strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
        if (n >= LONG_WORD && n < 60) {
            snprintf(right, 64, "%.*s", (int)n, at);
            memcpy(word, right, n + 1);
            misspell(word, slip);
            snprintf(out, 256, "%.*s%s%s", (int)(at - title), title, word, at + n);
            return strcmp(out, title) != 0;
        }
        at += n ? n : 1;
    }
    return false;
}

/* How many were found first, and among ten. */
struct tally {
    size_t first, ten;
};

static void count(struct tally *t, const char *text, const char *code)
{
    const size_t place = place_of(SET_ICD10CM, text, code);
    t->first += place == 1;
    t->ten += place > 0;
}

static void assert_near(const char *what, const struct tally *right, const struct tally *misspelt, size_t asked)
{
    print_message("%zu %s: %zu first, %zu among ten; misspelt %zu, %zu\n", asked, what, right->first, right->ten, misspelt->first,
                  misspelt->ten);
    assert_true(100 * misspelt->first + 5 * asked >= 100 * right->first);
    assert_true(100 * misspelt->ten + 5 * asked >= 100 * right->ten);
}

/* Titles of categories are what the book calls its subjects: within five points, first and among ten. */
static void misspelt_titles_find_what_titles_find(void **state)
{
    struct tally titles[2] = {0}, words[2] = {0};
    size_t asked = 0;
    struct error err;

    (void)state;
    need_releases();
    assert_int_equal(shelf_as_of(shelf, 20170101, &err), ST_OK);
    for (uint32_t place = 0, categories = 0; place < shelf_book_size(shelf, SET_ICD10CM); place++) {
        char text[256], right[64], word[64];
        struct arena a = {0};
        struct entry e;
        assert_int_equal(shelf_entry_at(shelf, SET_ICD10CM, place, &a, &e, &err), ST_OK);
        if (e.kind == KIND_CATEGORY && ++categories % EVERY == 0
            && misspell_title(e.title, (int)(categories / EVERY % SLIPS), text, right, word)) {
            asked++;
            count(&titles[0], e.title, e.code);
            count(&titles[1], text, e.code);
            count(&words[0], right, e.code);
            count(&words[1], word, e.code);
        }
        arena_free(&a);
    }
    assert_true(asked > 200);
    assert_near("titles", &titles[0], &titles[1], asked);
    assert_near("words alone", &words[0], &words[1], asked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_examples_hold),
        cmocka_unit_test(misspelt_titles_find_what_titles_find),
    };
    return cmocka_run_group_tests(tests, make_shelf, remove_shelf);
}
