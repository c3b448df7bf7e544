/* replay.c - damaged input, from files that are kept and from damage done to them anew. Whatever comes in, it is read or refused
 * in one line, and what is read is sound. Every input that ever broke something belongs into corpus/, in the folder of its
 * target; a run damages each of them and the specimen files ROUNDS times ($CODESHELF_FUZZ_ROUNDS for more), always the same
 * way. The sanitizers do the watching. */
#include "mutate.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/code.h"
#include "codeshelf/utf8.h"
#include "shelf/fixture.h"
#include "src/desk/markdown.h"
#include "tools/guidelines/guidelines.h"
#include "tools/icd10cm/icd10cm.h"
#include "tools/report.h"

enum { ROUNDS = 40 };

/* One line, with something in it. */
static void assert_line(const char *name, const char *text)
{
    if (!*text || strchr(text, '\n') || !utf8_valid(text, strlen(text), NULL))
        fail_msg("%s: the message is not one line: %s", name, text);
}

static void assert_sound(const char *name, const struct edition *ed)
{
    for (size_t i = 0; i < ed->entries.len; i++) {
        const struct ed_entry *e = &ed->entries.items[i];
        if (!*e->code || (e->parent != NO_PARENT && (e->parent < 0 || (size_t)e->parent >= i)))
            fail_msg("%s: entry %zu (%s) has parent %d", name, i, e->code, (int)e->parent);
        if (!utf8_valid(e->title, strlen(e->title), NULL))
            fail_msg("%s: the title of %s is not UTF-8", name, e->code);
    }
    for (size_t i = 0; i < ed->notes.len; i++)
        assert_true(ed->notes.items[i].entry < ed->entries.len && *ed->notes.items[i].text);
    for (size_t i = 0; i < ed->terms.len; i++)
        assert_true(ed->terms.items[i].depth >= 0);
}

/* --- targets: each takes n bytes, with nothing behind them --------------------------------------------------------- */

typedef void taker(void *ctx, const char *name, const char *bytes, size_t n);

static void take_import(void *ctx, const char *name, const char *bytes, size_t n)
{
    static const struct {
        const struct importer *importer;
        const char *release;
        date from;
    } sets[] = {{&icd10cm_importer, "FY2025", 20241001}, {&hcpcs_importer, "2025-JAN", 20250101}, {&cpt_importer, "2026", 20260101}};
    const struct input in = {.path = name, .name = name, .bytes = bytes, .len = n, .sha256 = "0"};
    const struct input *inputs[] = {&in};

    (void)ctx;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        struct recognised is = {0};
        sets[i].importer->recognise(&in, &is);
        if (is.verdict != INPUT_USED)
            continue;
        struct import_group g = {.set = sets[i].importer->set, .from = sets[i].from, .inputs = inputs, .roles = &is.role, .n = 1};
        struct edition *ed = NULL;
        struct report report = {0};
        struct error err = {0};
        snprintf(g.release, sizeof g.release, "%s", sets[i].release);
        if (sets[i].importer->read(&g, NULL, &ed, &report, &err) == ST_OK) {
            assert_sound(name, ed);
        } else {
            assert_null(ed);
            assert_line(name, err.text);
        }
        edition_free(ed);
        buf_free(&report.text);
    }
}

static void take_guideline(void *ctx, const char *name, const char *bytes, size_t n)
{
    struct edition *ed = edition_new(SET_ICD10CM, "FY2025", 20241001);
    struct report report = {0};
    struct error err = {0};

    (void)ctx;
    if (guidelines_parse(name, bytes, n, ed, &report, &err) != ST_OK)
        assert_line(name, err.text);
    for (size_t i = 0; i < ed->guidelines.len; i++)
        assert_true(*ed->guidelines.items[i].section);
    edition_free(ed);
    buf_free(&report.text);
}

static void take_markdown(void *ctx, const char *name, const char *bytes, size_t n)
{
    struct markdown m = {0};
    struct buf problems = {0};

    (void)ctx;
    if (markdown_read(name, bytes, n, &m, &problems)) {
        for (size_t i = 0; i < m.len; i++)
            assert_true(m.items[i].nranges > 0 && m.items[i].range + m.items[i].nranges <= m.ranges.len && *m.items[i].text);
    } else {
        assert_true(strncmp(buf_text(&problems), name, strlen(name)) == 0);
    }
    buf_free(&problems);
    markdown_free(&m);
}

/* Alone it has no order file to stand beside, so it is read past the importer's front door. */
static void take_conversion(void *ctx, const char *name, const char *bytes, size_t n)
{
    struct edition *ed = edition_new(SET_ICD10CM, "FY2025", 20241001);
    const struct input in = {.path = name, .name = name, .bytes = bytes, .len = n};
    struct icd_order order = {0};
    struct report report = {0};
    struct error err = {0};

    (void)ctx;
    icd_conversion_is(&in);
    if (icd_conversion_read(&in, &order, ed, &report, &err) != ST_OK)
        assert_line(name, err.text);
    for (size_t i = 0; i < ed->replacements.len; i++) {
        const struct ed_replacement *r = &ed->replacements.items[i];
        assert_true(*r->now && r->from && (*r->old || !*r->last) && utf8_valid(r->said, strlen(r->said), NULL));
    }
    edition_free(ed);
    icd_order_free(&order);
    buf_free(&report.text);
}

/* A text of a book: what its references are does not matter here, only that they lie in it and in order. */
static void take_text(void *ctx, const char *name, const char *bytes, size_t n)
{
    struct code_ref ref;
    size_t pos = 0, before = 0;

    (void)ctx;
    while (code_ref_next(SET_ICD10CM, bytes, n, &pos, &ref)) {
        if (ref.start < before || ref.start + ref.len > n || !*ref.first || !*ref.last)
            fail_msg("%s: a reference at %zu of %zu bytes", name, ref.start, n);
        before = ref.start;
    }
}

/* Every line is a query, some as finished, some as still being typed. */
static void take_query(void *ctx, const char *name, const char *bytes, size_t n)
{
    struct fixture *f = ctx;
    char text[256];
    struct hits hits;

    for (size_t at = 0; at < n;) {
        const char *end = memchr(bytes + at, '\n', n - at);
        const size_t line = end ? (size_t)(end - bytes) - at : n - at;
        snprintf(text, sizeof text, "%.*s", (int)(line < sizeof text ? line : sizeof text - 1), bytes + at);
        const struct query q = {.text = text, .set = SET_COUNT, .limit = 20, .typing = at % 2 == 0, .families = at % 3 == 0};
        if (shelf_search(f->shelf, &q, &f->arena, &hits, &f->err) != ST_OK)
            fail_msg("%s: \"%s\": %s", name, text, f->err.text);
        assert_true(hits.n <= q.limit && hits.total >= hits.n);
        for (size_t i = 0; i < hits.n; i++)
            assert_true(*hits.items[i].entry.code && *hits.items[i].matched);
        arena_free(&f->arena);
        at += line + 1;
    }
}

/* --- the run ------------------------------------------------------------------------------------------------------- */

static size_t rounds(void)
{
    const char *more = getenv("CODESHELF_FUZZ_ROUNDS");
    return more ? strtoul(more, NULL, 10) : ROUNDS;
}

/* A block of just that size, so that a read behind the end is seen. */
static void give(taker *take, void *ctx, const char *name, const struct buf *text)
{
    char *bytes = malloc(text->len ? text->len : 1);

    assert_non_null(bytes);
    memcpy(bytes, buf_text(text), text->len);
    take(ctx, name, bytes, text->len);
    free(bytes);
}

static void replay_file(taker *take, void *ctx, const char *folder, const char *name)
{
    char path[1024], what[300];
    struct buf whole = {0};
    int c;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    while ((c = fgetc(f)) != EOF)
        buf_putc(&whole, (char)c);
    fclose(f);
    give(take, ctx, name, &whole);
    for (size_t round = 0; round < rounds(); round++) {
        struct buf hurt = {0};
        buf_add(&hurt, buf_text(&whole), whole.len);
        mutate(&hurt, round + 1000 * strlen(name));
        snprintf(what, sizeof what, "%s, damage %zu", name, round);
        give(take, ctx, what, &hurt);
        buf_free(&hurt);
    }
    buf_free(&whole);
}

/* Every file of a folder; how many there were. */
static size_t replay_folder(taker *take, void *ctx, const char *folder)
{
    struct dirent **names;
    size_t files = 0;
    const int n = scandir(folder, &names, NULL, alphasort);

    assert_true(n >= 0);
    for (int i = 0; i < n; i++) {
        if (names[i]->d_name[0] != '.') {
            replay_file(take, ctx, folder, names[i]->d_name);
            files++;
        }
        free(names[i]);
    }
    free(names);
    return files;
}

static void import_files(void **state)
{
    (void)state;
    assert_true(replay_folder(take_import, NULL, FUZZ_CORPUS "/import") > 0);
    assert_true(replay_folder(take_import, NULL, TEST_SPECIMEN "/icd10cm/specimen") > 5);
    assert_true(replay_folder(take_import, NULL, TEST_SPECIMEN "/hcpcs/specimen") > 1);
    assert_true(replay_folder(take_import, NULL, TEST_SPECIMEN "/cpt/specimen") > 3);
}

static void guideline_texts(void **state)
{
    (void)state;
    assert_true(replay_folder(take_guideline, NULL, FUZZ_CORPUS "/guideline") > 0);
}

static void markdown_files(void **state)
{
    (void)state;
    assert_true(replay_folder(take_markdown, NULL, FUZZ_CORPUS "/markdown") > 0);
}

static void conversion_tables(void **state)
{
    (void)state;
    assert_true(replay_folder(take_conversion, NULL, FUZZ_CORPUS "/conversion") > 0);
}

static void book_texts(void **state)
{
    (void)state;
    assert_true(replay_folder(take_text, NULL, FUZZ_CORPUS "/text") > 0);
}

static void queries(void **state)
{
    assert_true(replay_folder(take_query, *state, FUZZ_CORPUS "/query") > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(import_files),
        cmocka_unit_test(guideline_texts),
        cmocka_unit_test(markdown_files),
        cmocka_unit_test(conversion_tables),
        cmocka_unit_test(book_texts),
        cmocka_unit_test_setup_teardown(queries, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
