/* changes_xml.c - the changes of notes (FY2016 to FY2017, FY2021-JAN to FY2025-APR) and of index rows (FY2016 to FY2017) against
 * the official XML, walked here without the importer: every note and 7th character of the entries that both files have, and every
 * row of the index by its path, is a line; what only one file has must be what changes gives. And of FY2018, which has no
 * Tabular, nothing is given but that it has none. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/utf8.h"
#include "reader/xml.h"
#include "reader/zip.h"
#include "run.h"
#include "tests/support.h"

#define ICD TEST_SHARED "/data/icd10cm/"
#define FY2016 ICD "FY2016/ICD10CM_FY2016_ Full_ XML.ZIP"
#define FY2017 ICD "FY2017/ICD10CM_FY2017_Full_XML.zip"

static bool have_releases;

static int up(void **state)
{
    static const char *const argv[] = {TEST_TOOLS "/codeshelf-import",
                                       ICD "FY2016",
                                       ICD "FY2017/cms_2017_dx.zip",
                                       ICD "FY2017/ICD10CM_FY2017_Full_XML.zip",
                                       ICD "FY2018/cms_2018_dx.zip",
                                       ICD "FY2021-Jan/icd10cm-codes-order-Jan-2021.zip",
                                       ICD "FY2021-Jan/icd10cm_tabular_2021.xml",
                                       ICD "FY2025-Apr/Code-desciptions-April-2025.zip",
                                       ICD "FY2025-Apr/icd10cm-tabular-April-2025.xml",
                                       NULL};
    return official_up(state, "note changes between official Tabulars", argv, &have_releases);
}

static int down(void **state)
{
    return have_releases ? shelf_down(state) : 0;
}

/* --- lines ------------------------------------------------------------------------------------------------------------ */

struct lines {
    char **items;
    size_t n, room;
};

/* Takes over a line. */
static void push(struct lines *l, char *line)
{
    if (l->n == l->room) {
        l->room = l->room ? 2 * l->room : 1024;
        l->items = realloc(l->items, l->room * sizeof *l->items);
        assert_non_null(l->items);
    }
    l->items[l->n++] = line;
}

static void add_line(struct lines *l, const char *entry, const char *what, const char *text)
{
    struct buf line = {0};
    buf_printf(&line, "%s\t%s\t", entry, what);
    text_squeeze(&line, text, strlen(text));
    push(l, line.text);
}

static void lines_free(struct lines *l)
{
    for (size_t i = 0; i < l->n; i++)
        free(l->items[i]);
    free(l->items);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort(struct lines *l)
{
    if (l->n)
        qsort(l->items, l->n, sizeof *l->items, by_text);
}

static bool has_entry(const struct lines *entries, const char *line)
{
    char key[64], *at = key;
    snprintf(key, sizeof key, "%.*s", (int)strcspn(line, "\t"), line);
    return entries->n && bsearch(&at, entries->items, entries->n, sizeof at, by_text);
}

/* The lines of a that b has not, one for one; both are sorted. Where others is given only entries in it count. */
static void subtract(const struct lines *a, const struct lines *b, const struct lines *others, struct lines *out)
{
    for (size_t i = 0, k = 0; i < a->n; i++) {
        int order = -1;
        while (k < b->n && (order = strcmp(b->items[k], a->items[i])) < 0)
            k++;
        if (k < b->n && order == 0)
            k++;
        else if (!others || has_entry(others, a->items[i]))
            push(out, strdup(a->items[i]));
    }
}

/* --- the official files ----------------------------------------------------------------------------------------------- */

enum { DEPTH = 32, KEY = 24 };

struct walk {
    struct lines entries, notes;
    char key[DEPTH][KEY];           /* of the chapters, sections and codes around */
    char element[DEPTH][XML_NAME_MAX];
    int keys, depth;
    char ch[4];                     /* of the extension that is read */
    struct buf text;
};

static const struct {
    const char *element, *what;
} groups[] = {
    {"includes", "includes"},     {"inclusionTerm", "inclusion_term"},        {"excludes1", "excludes1"},
    {"excludes2", "excludes2"},   {"useAdditionalCode", "use_additional"},    {"codeFirst", "code_first"},
    {"codeAlso", "code_also"},    {"notes", "note"},                          {"sevenChrNote", "seventh_note"},
};

static void on_start(void *ctx, struct xml *x, const char *name, const char **attributes)
{
    struct walk *w = ctx;
    (void)x;
    assert_in_range(w->depth, 0, DEPTH - 1);
    snprintf(w->element[w->depth++], XML_NAME_MAX, "%s", name);
    buf_clear(&w->text);
    if (strcmp(name, "section") == 0) {
        snprintf(w->key[w->keys++], KEY, "section %s", xml_attribute(attributes, "id"));
        add_line(&w->entries, w->key[w->keys - 1], "", "");
    } else if (strcmp(name, "chapter") == 0 || strcmp(name, "diag") == 0) {
        w->key[w->keys++][0] = '\0';
    } else if (strcmp(name, "extension") == 0) {
        snprintf(w->ch, sizeof w->ch, "%s", xml_attribute(attributes, "char"));
    }
}

static void on_text(void *ctx, struct xml *x, const char *bytes, size_t n)
{
    struct walk *w = ctx;
    (void)x;
    buf_add(&w->text, bytes, n);
}

static void on_note(struct walk *w, const char *group)
{
    if (strcmp(group, "sevenChrDef") == 0) { /* of the extension before it, which is the last line */
        char **last = &w->notes.items[w->notes.n - 1];
        struct buf line = {0};
        buf_printf(&line, "%s (", *last);
        text_squeeze(&line, buf_text(&w->text), w->text.len);
        buf_puts(&line, ")");
        free(*last);
        *last = line.text;
        return;
    }
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (strcmp(groups[i].element, group) == 0)
            add_line(&w->notes, w->key[w->keys - 1], groups[i].what, buf_text(&w->text));
}

static void on_end(void *ctx, struct xml *x, const char *name)
{
    struct walk *w = ctx;
    const char *around = w->depth > 1 ? w->element[w->depth - 2] : "";
    (void)x;
    if (strcmp(name, "name") == 0 && w->keys > 0 && w->key[w->keys - 1][0] == '\0') {
        const bool chapter = strcmp(around, "chapter") == 0;
        snprintf(w->key[w->keys - 1], KEY, "%s%s", chapter ? "chapter " : "", buf_text(&w->text));
        add_line(&w->entries, w->key[w->keys - 1], "", "");
    } else if (strcmp(name, "note") == 0 && w->keys > 0) {
        on_note(w, around);
    } else if (strcmp(name, "extension") == 0) {
        char what[32];
        snprintf(what, sizeof what, "7th character %s", w->ch);
        add_line(&w->notes, w->key[w->keys - 1], what, buf_text(&w->text));
    } else if (strcmp(name, "section") == 0 || strcmp(name, "chapter") == 0 || strcmp(name, "diag") == 0) {
        w->keys--;
    }
    w->depth--;
}

/* A file, or a member of a zip when one is named. */
static void read_file(const char *path, const char *member, struct buf *out)
{
    struct zipfile *z = NULL;
    struct error err = {0};
    char block[65536], *bytes = NULL;
    size_t len = 0;
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;)
        buf_add(out, block, n);
    fclose(f);
    if (!member)
        return;
    if (zipfile_open(path, out->text, out->len, &z, &err) != ST_OK
        || zipfile_unpack_named(z, member, &bytes, &len, &err) != ST_OK)
        fail_msg("%s: %s", path, err.text);
    zipfile_close(z);
    buf_clear(out);
    buf_add(out, bytes, len);
    free(bytes);
}

static void walk_file(const char *path, const char *member, const struct xml_handler *handler, struct walk *out)
{
    struct buf bytes = {0};
    struct error err = {0};
    read_file(path, member, &bytes);
    *out = (struct walk){.keys = 0};
    if (xml_read(path, bytes.text, bytes.len, handler, out, &err) != ST_OK)
        fail_msg("%s", err.text);
    buf_free(&bytes);
    buf_free(&out->text);
    for (size_t i = 0; i < out->entries.n; i++)
        *strchr(out->entries.items[i], '\t') = '\0';
    sort(&out->entries);
    sort(&out->notes);
}

static const struct xml_handler tabular = {on_start, on_end, on_text};

static void walk_free(struct walk *w)
{
    lines_free(&w->entries);
    lines_free(&w->notes);
}

/* --- what changes says ------------------------------------------------------------------------------------------------ */

/* Where a note changed its kind, both sides say which: "excludes2: ...". Takes that off the text, into what. */
static const char *take_kind(const char *text, char *what, size_t size)
{
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        const size_t n = strlen(groups[i].what);
        if (strncmp(text, groups[i].what, n) == 0 && strncmp(text + n, ": ", 2) == 0) {
            snprintf(what, size, "%s", groups[i].what);
            return text + n + 2;
        }
    }
    return text;
}

/* What stood before (or stands after) of the notes that changed, as lines. */
static void read_changed(const char *json, const char *side, struct lines *out)
{
    enum { MOST = 16384 };
    char *one = malloc(4 * MOST), *text = malloc(MOST);
    assert_true(one && text);
    for (const char *line = json; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        char change[16], kind[16], code[32], key[KEY + 32], what[32];
        snprintf(one, 4 * MOST, "%.*s", (int)strcspn(line, "\n"), line);
        if (!json_at(one, "change", change, sizeof change) || strcmp(change, "renoted") != 0)
            continue;
        assert_true(json_at(one, "code", code, sizeof code) && json_at(one, "kind", kind, sizeof kind) &&
                    json_at(one, "what", what, sizeof what) && json_at(one, side, text, MOST));
        const bool heading = strcmp(kind, "chapter") == 0 || strcmp(kind, "section") == 0;
        snprintf(key, sizeof key, "%s%s%s", heading ? kind : "", heading ? " " : "", code);
        if (strcmp(text, "null") != 0)
        {
            const char *rest = take_kind(text, what, sizeof what);
            add_line(out, key, what, rest);
        }
    }
    free(one);
    free(text);
    sort(out);
}

static void assert_same_lines(const char *side, const struct lines *want, const struct lines *got)
{
    for (size_t i = 0; i < want->n && i < got->n; i++)
        if (strcmp(want->items[i], got->items[i]) != 0)
            fail_msg("%s: the files say\n%s\nchanges says\n%s", side, want->items[i], got->items[i]);
    assert_int_equal(want->n, got->n);
}

static void compare_notes(struct walk *old, struct walk *now, const char *words, size_t least)
{
    struct lines gone = {0}, fresh = {0}, before = {0}, after = {0};
    struct run r;
    subtract(&old->notes, &now->notes, &now->entries, &gone);
    subtract(&now->notes, &old->notes, &old->entries, &fresh);
    run_codeshelf(&r, NULL, words);
    assert_int_equal(r.code, 0);
    read_changed(r.out, "before", &before);
    read_changed(r.out, "after", &after);
    assert_true(gone.n > least && fresh.n > least);
    assert_same_lines("gone", &gone, &before);
    assert_same_lines("new", &fresh, &after);
    lines_free(&gone);
    lines_free(&fresh);
    lines_free(&before);
    lines_free(&after);
    walk_free(old);
    walk_free(now);
    run_free(&r);
}

static void the_notes_are_those_of_the_files(void **state)
{
    struct walk old, now;
    (void)state;
    if (!have_releases)
        skip();
    walk_file(FY2016, "Tabular.xml", &tabular, &old);
    walk_file(FY2017, "icd10cm_tabular_2017.xml", &tabular, &now);
    compare_notes(&old, &now, "changes icd10cm FY2016 FY2017 --json", 400);
    walk_file(ICD "FY2021-Jan/icd10cm_tabular_2021.xml", NULL, &tabular, &old);
    walk_file(ICD "FY2025-Apr/icd10cm-tabular-April-2025.xml", NULL, &tabular, &now);
    compare_notes(&old, &now, "changes icd10cm FY2021-JAN FY2025-APR --json", 600);
}

/* --- the index -------------------------------------------------------------------------------------------------------- */

/* Letters, digits and dashes: where blanks and signs stand is a matter of taste. */
static void add_letters(struct buf *out, const char *text)
{
    for (; *text; text++)
        if (isalnum((unsigned char)*text) || *text == '-')
            buf_putc(out, *text);
}

/* A row under way: its title, and what it says in the order in which changes gives it. */
enum { NEMOD, CODES, MANIFESTATION, SEE, SEE_ALSO, SEE_CATEGORY, SAYS };
struct index_row {
    struct buf title, says[SAYS];
};

struct index_walk {
    struct lines rows;
    struct index_row row[DEPTH];
    int depth;
    char element[XML_NAME_MAX];
};

static const struct {
    const char *element, *label;
    int says;
} sayings[] = {
    {"nemod", "", NEMOD},         {"code", "", CODES},
    {"manif", "", MANIFESTATION}, {"etiology", "", MANIFESTATION},
    {"see", "see", SEE},          {"seeAlso", "see also", SEE_ALSO},
    {"seecat", "see category", SEE_CATEGORY}, {"subcat", "see category", SEE_CATEGORY},
};

static void index_start(void *ctx, struct xml *x, const char *name, const char **attributes)
{
    struct index_walk *w = ctx;
    (void)x, (void)attributes;
    snprintf(w->element, sizeof w->element, "%s", name);
    if (strcmp(name, "mainTerm") == 0 || strcmp(name, "term") == 0) {
        assert_in_range(w->depth, 0, DEPTH - 1);
        w->row[w->depth++] = (struct index_row){.title = {0}};
    }
    for (size_t i = 0; w->depth && i < sizeof sayings / sizeof *sayings; i++)
        if (strcmp(sayings[i].element, name) == 0 && !w->row[w->depth - 1].says[sayings[i].says].len)
            add_letters(&w->row[w->depth - 1].says[sayings[i].says], sayings[i].label);
}

static void index_text(void *ctx, struct xml *x, const char *bytes, size_t n)
{
    struct index_walk *w = ctx;
    char *text = strndup(bytes, n);
    (void)x;
    for (size_t i = 0; w->depth && i < sizeof sayings / sizeof *sayings; i++)
        if (strcmp(sayings[i].element, w->element) == 0)
            add_letters(&w->row[w->depth - 1].says[sayings[i].says], text);
    if (w->depth && strcmp(w->element, "title") == 0)
        add_letters(&w->row[w->depth - 1].title, text);
    free(text);
}

static void index_end(void *ctx, struct xml *x, const char *name)
{
    struct index_walk *w = ctx;
    struct buf line = {0};
    (void)x;
    snprintf(w->element, sizeof w->element, "%s", strcmp(name, "nemod") == 0 ? "title" : "");
    if (!w->depth || (strcmp(name, "mainTerm") != 0 && strcmp(name, "term") != 0))
        return;
    for (int i = 0; i < w->depth; i++)
        buf_printf(&line, "%s>", buf_text(&w->row[i].title));
    struct index_row *row = &w->row[--w->depth];
    for (int i = 0; i < SAYS; i++) {
        buf_puts(&line, buf_text(&row->says[i]));
        buf_free(&row->says[i]);
    }
    buf_free(&row->title);
    push(&w->rows, line.text);
}

static void walk_index(const char *path, const char *member, struct lines *out)
{
    static const struct xml_handler handler = {index_start, index_end, index_text};
    struct index_walk w = {.depth = 0};
    struct buf bytes = {0};
    struct error err = {0};
    read_file(path, member, &bytes);
    if (xml_read(path, bytes.text, bytes.len, &handler, &w, &err) != ST_OK)
        fail_msg("%s", err.text);
    buf_free(&bytes);
    *out = w.rows;
    sort(out);
}

/* The rows of the index that changed, as lines; those of which only blanks and signs did on neither side. */
static void read_rows(const char *json, struct lines *before, struct lines *after)
{
    enum { MOST = 4096 };
    char one[2 * MOST], text[MOST], where[32];
    for (const char *line = json; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        struct buf path = {0}, said[2] = {{0}, {0}};
        snprintf(one, sizeof one, "%.*s", (int)strcspn(line, "\n"), line);
        if (!json_at(one, "book", text, sizeof text) || strcmp(text, "index") != 0)
            continue;
        for (int i = 0; snprintf(where, sizeof where, "path[%d]", i) > 0 && json_at(one, where, text, sizeof text); i++) {
            add_letters(&path, text);
            buf_putc(&path, '>');
        }
        assert_true(json_at(one, "title", text, sizeof text));
        add_letters(&path, text);
        buf_putc(&path, '>');
        for (int side = 0; side < 2; side++) {
            assert_true(json_at(one, side ? "after" : "before", text, sizeof text));
            if (strcmp(text, "null") != 0) {
                buf_puts(&said[side], buf_text(&path));
                add_letters(&said[side], text);
            }
        }
        const bool same = strcmp(buf_text(&said[0]), buf_text(&said[1])) == 0;
        for (int side = 0; side < 2; side++) {
            if (said[side].len && !same)
                push(side ? after : before, strdup(said[side].text));
            buf_free(&said[side]);
        }
        buf_free(&path);
    }
    sort(before);
    sort(after);
}

static void the_index_rows_are_those_of_the_files(void **state)
{
    struct lines old, now, gone = {0}, fresh = {0}, before = {0}, after = {0};
    struct run r;
    (void)state;
    if (!have_releases)
        skip();
    walk_index(FY2016, "Index.xml", &old);
    walk_index(FY2017, "icd10cm_index_2017.xml", &now);
    subtract(&old, &now, NULL, &gone);
    subtract(&now, &old, NULL, &fresh);
    run_codeshelf(&r, NULL, "changes icd10cm FY2016 FY2017 --json");
    assert_int_equal(r.code, 0);
    read_rows(r.out, &before, &after);
    assert_true(gone.n > 1000 && fresh.n > 2000);
    assert_same_lines("gone", &gone, &before);
    assert_same_lines("new", &fresh, &after);
    struct lines *const all[] = {&old, &now, &gone, &fresh, &before, &after};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        lines_free(all[i]);
    run_free(&r);
}

static void fy2018_has_no_notes_to_tell_of(void **state)
{
    struct run r;
    (void)state;
    if (!have_releases)
        skip();
    run_codeshelf(&r, NULL, "changes icd10cm FY2017 FY2018");
    assert_int_equal(r.code, 0);
    assert_non_null(strstr(r.out, "FY2018's notes are not loaded: note changes cannot be told"));
    assert_null(strstr(r.out, "renoted"));
    run_free(&r);
    run_codeshelf(&r, NULL, "history G89.18"); /* nor whether what changed after FY2017 did so in FY2018 */
    assert_non_null(strstr(r.out, "\n  FY2021-JAN  Excludes2 at G89, since FY2017: headache [-(R51)-]{+(R51.9)+}\n"));
    run_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_notes_are_those_of_the_files),
        cmocka_unit_test(the_index_rows_are_those_of_the_files),
        cmocka_unit_test(fy2018_has_no_notes_to_tell_of),
    };
    return cmocka_run_group_tests(tests, up, down);
}
