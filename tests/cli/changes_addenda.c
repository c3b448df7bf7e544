/* changes_addenda.c - what changes finds in order files against what NCHS says it changed: the addenda in text of FY2017 and
 * FY2019, and the three rows of the addenda of FY2025's Table of Drugs, which are a PDF and written down here. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/utf8.h"
#include "run.h"
#include "tests/support.h"

#define ICD TEST_SHARED "/data/icd10cm/"

static bool have_releases;

static int up(void **state)
{
    static const char *const argv[] = {TEST_TOOLS "/codeshelf-import",
                                       ICD "FY2016/ICD10CM_FY2016_code_descriptions.zip",
                                       ICD "FY2017/cms_2017_dx.zip",
                                       ICD "FY2018/cms_2018_dx.zip",
                                       ICD "FY2019/cms_2019_dx.zip",
                                       ICD "FY2024-Apr",
                                       ICD "FY2025/ICD10-CM Code Descriptions 2025.zip",
                                       ICD "FY2025/icd-10-cm-drug-2025.xml",
                                       NULL};
    return official_up(state, "changes against the official addenda", argv, &have_releases);
}

static int down(void **state)
{
    return have_releases ? shelf_down(state) : 0;
}

/* --- a list of what changed, either way ------------------------------------------------------------------------------- */

enum { CODE_BYTES = 8, TITLE_BYTES = 400, ROWS_MAX = 4096 };
enum kind { ADD, DELETE, REVISE_FROM, REVISE, KINDS };

struct row {
    char code[CODE_BYTES];
    char flag;
    char title[TITLE_BYTES];
};

struct list {
    struct row rows[ROWS_MAX];
    size_t n;
};

static const struct row *find(const struct list *l, const char *code)
{
    for (size_t i = 0; i < l->n; i++)
        if (strcmp(l->rows[i].code, code) == 0)
            return &l->rows[i];
    return NULL;
}

static struct row *push(struct list *l, const char *code)
{
    assert_in_range(l->n, 0, ROWS_MAX - 1);
    struct row *row = &l->rows[l->n++];
    snprintf(row->code, sizeof row->code, "%.*s", CODE_BYTES - 1, code);
    return row;
}

/* A title with single blanks. */
static void squeeze(const char *text, char out[TITLE_BYTES])
{
    struct buf squeezed = {0};
    text_squeeze(&squeezed, text, strlen(text));
    snprintf(out, TITLE_BYTES, "%s", buf_text(&squeezed));
    buf_free(&squeezed);
}

/* "Add:         1 A925    short title          long title": columns are those of the order file, further right. */
static void read_addenda(const char *path, struct list lists[KINDS])
{
    static const char *const heads[KINDS] = {"Add:", "Delete:", "Revise from:", "Revise to:"};
    enum { FLAG = 13, CODE = 15, TITLE = 84 };
    char line[1024], code[CODE_BYTES];
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        line[strcspn(line, "\r\n")] = '\0';
        for (int kind = 0; kind < KINDS; kind++) {
            if (strncmp(line, heads[kind], strlen(heads[kind])) != 0)
                continue;
            assert_true(strlen(line) > TITLE);
            snprintf(code, sizeof code, "%.*s", (int)strcspn(line + CODE, " "), line + CODE);
            struct row *row = push(&lists[kind], code);
            row->flag = line[FLAG];
            squeeze(line + TITLE, row->title);
        }
    }
    fclose(f);
}

/* The codes that changes gives for a kind of change, of a field when one is named, with what they are called now. */
static void read_changes(const char *json, const char *change, const char *what, struct list *out)
{
    char value[TITLE_BYTES], code[CODE_BYTES + 1];
    for (const char *line = json; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        char one[8192];
        snprintf(one, sizeof one, "%.*s", (int)strcspn(line, "\n"), line);
        if (!json_at(one, "change", value, sizeof value) || strcmp(value, change) != 0)
            continue;
        if (!json_at(one, "book", value, sizeof value) || strcmp(value, "tabular") != 0)
            continue;
        if (what && (!json_at(one, "what", value, sizeof value) || strcmp(value, what) != 0))
            continue;
        assert_true(json_at(one, "code", code, sizeof code));
        char *dot = strchr(code, '.');
        if (dot)
            memmove(dot, dot + 1, strlen(dot));
        struct row *row = push(out, code);
        assert_true(json_at(one, "title", row->title, sizeof row->title));
    }
}

static void assert_same_title(const struct row *theirs, const struct row *ours)
{
    if (strcmp(theirs->title, ours->title) != 0)
        fail_msg("%s: \"%s\", in the addenda \"%s\"", ours->code, ours->title, theirs->title);
}

/* --- codes and titles ------------------------------------------------------------------------------------------------- */

struct both {
    struct list theirs[KINDS], added, deleted, demoted, promoted, reworded, shortened;
};

/* A code that stays but changes its flag is a deletion and an addition in the addenda. */
static void compare_codes(const struct both *b)
{
    size_t added = 0, deleted = 0, flags = 0;
    for (size_t i = 0; i < b->theirs[ADD].n; i++) {
        const struct row *row = &b->theirs[ADD].rows[i];
        const bool stays = find(&b->theirs[DELETE], row->code) != NULL;
        const struct list *list = !stays ? &b->added : row->flag == '1' ? &b->promoted : &b->demoted;
        const struct row *ours = find(list, row->code);
        if (!ours)
            fail_msg("%s is in the addenda only", row->code);
        assert_same_title(row, ours);
        added += !stays;
        flags += stays;
    }
    for (size_t i = 0; i < b->theirs[DELETE].n; i++) {
        const char *code = b->theirs[DELETE].rows[i].code;
        deleted += !find(&b->theirs[ADD], code);
        if (!find(&b->theirs[ADD], code) && !find(&b->deleted, code))
            fail_msg("the addenda delete %s", code);
    }
    assert_int_equal(added, b->added.n);
    assert_int_equal(deleted, b->deleted.n);
    assert_int_equal(flags, b->demoted.n + b->promoted.n);
}

/* Every revision of theirs is one of ours, of the title or of the short one, unless only blanks differ; ours beside theirs are
 * of codes that became headers, which the addenda give as a deletion and an addition. */
static size_t compare_titles(const struct both *b)
{
    size_t more = 0;
    for (size_t i = 0; i < b->theirs[REVISE].n; i++) {
        const struct row *row = &b->theirs[REVISE].rows[i], *ours = find(&b->reworded, row->code);
        if (ours)
            assert_same_title(row, ours);
        else if (!find(&b->shortened, row->code) && strcmp(find(&b->theirs[REVISE_FROM], row->code)->title, row->title) != 0)
            fail_msg("the addenda revise %s", row->code);
    }
    for (size_t i = 0; i < b->reworded.n; i++) {
        const char *code = b->reworded.rows[i].code;
        if (find(&b->theirs[REVISE], code))
            continue;
        more++;
        if (!find(&b->theirs[DELETE], code) || !find(&b->demoted, code))
            fail_msg("%s is reworded, not in the addenda", code);
    }
    return more;
}

static void compare(const char *words, const char *addenda, struct both *b)
{
    struct run r;
    memset(b, 0, sizeof *b);
    run_codeshelf(&r, NULL, words);
    assert_int_equal(r.code, 0);
    read_addenda(addenda, b->theirs);
    read_changes(r.out, "added", NULL, &b->added);
    read_changes(r.out, "deleted", NULL, &b->deleted);
    read_changes(r.out, "demoted", NULL, &b->demoted);
    read_changes(r.out, "promoted", NULL, &b->promoted);
    read_changes(r.out, "reworded", NULL, &b->reworded);
    read_changes(r.out, "refielded", "short", &b->shortened);
    run_free(&r);
    compare_codes(b);
}

static void fy2017_changed_what_its_addenda_say(void **state)
{
    struct both *b = *state = calloc(1, sizeof *b);
    if (!have_releases)
        skip();
    compare("changes icd10cm FY2016 FY2017 --json", ICD "FY2017/icd10cm_order_addenda_2017.txt", b);
    assert_int_equal(b->theirs[REVISE].n, 551);
    assert_int_equal(b->reworded.n, 553);
    assert_int_equal(compare_titles(b), 2);
    assert_non_null(find(&b->reworded, "K904"));
    assert_null(find(&b->theirs[REVISE], "K904"));
    assert_non_null(find(&b->reworded, "I9762"));
    assert_null(find(&b->theirs[REVISE], "I9762"));
}

static void fy2019_changed_what_its_addenda_say(void **state)
{
    struct both *b = *state = calloc(1, sizeof *b);
    if (!have_releases)
        skip();
    compare("changes icd10cm FY2018 FY2019 --json", ICD "FY2019/icd10cm_order_addenda_2019.txt", b);
    assert_int_equal(b->theirs[REVISE].n, 172);
    assert_int_equal(compare_titles(b), 1); /* F53 */
}

static int give_back(void **state)
{
    free(*state);
    return 0;
}

/* --- drugs ------------------------------------------------------------------------------------------------------------ */

static void three_drugs_came_with_fy2025(void **state)
{
    static const struct {
        const char *title, *path, *codes;
    } rows[] = {
        {"antiallergic", "Hydroxyzine", "T45.0X"},
        {"checkpoint inhibitors", "Immune", "T45.AX"},
        {"Immunostimulant drug", NULL, "T45.AX"},
    };
    char title[64], value[512];
    struct run r;
    size_t n = 0;
    (void)state;
    if (!have_releases)
        skip();
    run_codeshelf(&r, NULL, "changes icd10cm FY2024-APR FY2025 --json");
    assert_int_equal(r.code, 0);
    for (const char *line = r.out; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        char one[8192];
        snprintf(one, sizeof one, "%.*s", (int)strcspn(line, "\n"), line);
        if (!strstr(one, "\"book\":\"drugs\""))
            continue;
        assert_in_range(n, 0, sizeof rows / sizeof *rows - 1);
        assert_json_is(one, "change", "added");
        assert_true(json_at(one, "title", title, sizeof title));
        assert_string_equal(title, rows[n].title);
        assert_int_equal(json_at(one, "path[0]", value, sizeof value), rows[n].path != NULL);
        assert_string_equal(rows[n].path ? value : "", rows[n].path ? rows[n].path : "");
        assert_true(json_at(one, "after", value, sizeof value));
        for (int column = 1; column <= 6; column++) {
            snprintf(title, sizeof title, "%s%d", rows[n].codes, column);
            assert_non_null(strstr(value, title));
        }
        n++;
    }
    assert_int_equal(n, 3);
    run_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(fy2017_changed_what_its_addenda_say, give_back),
        cmocka_unit_test_teardown(fy2019_changed_what_its_addenda_say, give_back),
        cmocka_unit_test(three_drugs_came_with_fy2025),
    };
    return cmocka_run_group_tests(tests, up, down);
}
