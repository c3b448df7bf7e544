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
#include "tests/tools/mkzip.h"
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

/* A workbook around the first sheet: XML as it is, or rows of cells with bars between. */
static void wrap_sheet(struct mkzip *z, const char *bytes, size_t n)
{
    struct buf sheet = {0};
    if (n > 0 && bytes[0] == '<') {
        buf_add(&sheet, bytes, n);
    } else {
        buf_puts(&sheet, "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>");
        for (size_t i = 0; i < n; i++) {
            if (bytes[i] == '|' || bytes[i] == '\n')
                buf_printf(&sheet, "</t></is></c>%s<c t=\"inlineStr\"><is><t>", bytes[i] == '\n' ? "</row><row>" : "");
            else
                buf_putc(&sheet, bytes[i]);
        }
        buf_puts(&sheet, "</t></is></c></row></sheetData></worksheet>");
    }
    mkzip_text(z, "[Content_Types].xml", "<Types/>");
    mkzip_text(z, "xl/workbook.xml",
               "<workbook xmlns:r=\"x\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
    mkzip_text(z, "xl/_rels/workbook.xml.rels",
               "<Relationships><Relationship Id=\"rId1\" Type=\"t/worksheet\" Target=\"worksheets/a.xml\"/></Relationships>");
    mkzip_add(z, "xl/worksheets/a.xml", buf_text(&sheet), sheet.len);
    mkzip_end(z);
    buf_free(&sheet);
}

struct corrected {
    struct buf codes; /* the code file that is corrected */
    size_t read;      /* how many damaged workbooks of corrections could still be read */
};

static void read_corrections(struct corrected *c, const struct input *corrections)
{
    const struct input main = {.path = "c", .name = "c", .bytes = buf_text(&c->codes), .len = c->codes.len, .sha256 = "1"};
    const struct input *inputs[] = {&main, corrections};
    struct recognised is[2] = {{0}, {0}};
    for (size_t i = 0; i < 2; i++)
        hcpcs_importer.recognise(inputs[i], &is[i]);
    assert_int_equal(is[0].verdict, INPUT_USED);
    if (is[1].verdict != INPUT_USED)
        return;
    const int roles[] = {is[0].role, is[1].role};
    const struct import_group g = {.set = SET_HCPCS, .release = "2025-JAN", .from = 20250101, .inputs = inputs, .roles = roles, .n = 2};
    struct edition *ed = NULL;
    struct report report = {0};
    struct error err = {0};
    if (hcpcs_importer.read(&g, NULL, &ed, &report, &err) == ST_OK) {
        assert_sound(corrections->name, ed);
        c->read++;
    } else {
        assert_line(corrections->name, err.text);
    }
    edition_free(ed);
    buf_free(&report.text);
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

/* The first sheet of a workbook: corrections of HCPCS or a conversion table. */
static void take_sheet(void *ctx, const char *name, const char *bytes, size_t n)
{
    struct mkzip z = {0};
    wrap_sheet(&z, bytes, n);
    const struct input in = {.path = name, .name = name, .bytes = z.data.text, .len = z.data.len, .sha256 = "0"};
    read_corrections(ctx, &in);
    take_conversion(NULL, name, in.bytes, in.len);
    mkzip_free(&z);
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

static void read_whole(const char *folder, const char *name, struct buf *out)
{
    char path[1024];
    int c;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    while ((c = fgetc(f)) != EOF)
        buf_putc(out, (char)c);
    fclose(f);
}

static void replay_file(taker *take, void *ctx, const char *folder, const char *name)
{
    char what[300];
    struct buf whole = {0};

    read_whole(folder, name, &whole);
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

static void sheets(void **state)
{
    struct corrected c = {0};

    (void)state;
    read_whole(TEST_SPECIMEN "/hcpcs/specimen", "HCPC2025_JAN_ANWEB_specimen.txt", &c.codes);
    assert_true(replay_folder(take_sheet, &c, FUZZ_CORPUS "/sheet") > 2);
    printf("%zu workbooks of corrections could be read\n", c.read);
    assert_true(c.read > rounds() / 4);
    buf_free(&c.codes);
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
        cmocka_unit_test(sheets),
        cmocka_unit_test(book_texts),
        cmocka_unit_test_setup_teardown(queries, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
