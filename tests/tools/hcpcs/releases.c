/* releases.c - the official HCPCS releases of the shared data, against a reading of them that shares no code with
 * the importer. */
#include "support.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "help.h"
#include "reader/zip.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

struct release {
    const char *folder, *zips[4], *codes; /* codes: a part of the name of the fixed-width file */
    size_t ncodes, nmodifiers, nended, nnoted, nused;
};
static const struct release releases[] = {
    {"2018",
     {"2018-Alpha-Numeric-HCPCS-File.zip", "2018-HCPCS-Alpha-Numeric-Corrections.zip", "2018-HCPCS-NOC-Codes.zip",
      "2018-HCPCS-Record-Layout-.zip"},
     "ANWEB_disc.txt", 6205, 354, 466, 752, 9},
    {"2019",
     {"2019-Alpha-Numeric-HCPCS-File.zip", "2019-HCPCS-Alpha-Numeric-Corrections.zip", "2019-HCPCS-NOC-Codes.zip",
      "2019-HCPCS-Record-Layout.zip"},
     "CONTR_ANWEB.txt", 6440, 360, 515, 764, 7},
    {"2025-JAN", {"hcpcs-2025.zip"}, "ANWEB_12172024.txt", 8259, 383, 1165, 835, 5},
};

/* The members of a release's zips; skips the test where there is no shared data. */
struct members {
    struct group group;
    char *paths[GROUP_MAX], *bytes[GROUP_MAX];
};

static void members_load(struct members *m, const struct release *r)
{
    memset(m, 0, sizeof *m);
    for (size_t i = 0; i < COUNT(r->zips) && r->zips[i]; i++) {
        struct buf path = {0};
        struct zipfile *zip = NULL;
        size_t n = 0, len;
        buf_printf(&path, "%s/data/hcpcs/%s/%s", TEST_SHARED, r->folder, r->zips[i]);
        char *bytes = file_read(path.text, &n);
        if (!bytes) {
            print_message("SKIPPED: HCPCS %s, no ../shared\n", r->folder);
            buf_free(&path);
            skip();
        }
        assert_int_equal(zipfile_open(path.text, bytes, n, &zip, NULL), ST_OK);
        for (size_t k = 0; k < zipfile_count(zip); k++) {
            struct buf name = {0};
            size_t at = m->group.n;
            assert_int_equal(zipfile_unpack(zip, k, &m->bytes[at], &len, NULL), ST_OK);
            buf_printf(&name, "%s/%s", r->zips[i], zipfile_name(zip, k));
            m->paths[at] = name.text;
            group_add(&m->group, name.text, m->bytes[at], len);
        }
        zipfile_close(zip);
        free(bytes);
        buf_free(&path);
    }
}

static void members_free(struct members *m)
{
    for (size_t i = 0; i < GROUP_MAX; i++) {
        free(m->paths[i]);
        free(m->bytes[i]);
    }
    buf_free(&m->group.report);
}

static const struct input *member_find(const struct members *m, const char *part)
{
    size_t i = 0;
    while (i < m->group.n && !strstr(m->group.items[i].name, part)) {
        i++;
    }
    if (i == m->group.n) {
        fail_msg("no member %s", part);
    }
    return &m->group.items[i];
}

/* A text without white space, which says nothing about where words were joined. */
static void squash(struct buf *out, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!isspace((unsigned char)text[i]) && text[i] != '\xA0') {
            buf_putc(out, text[i]);
        }
    }
}

static void check_cell(const char *line, size_t begin, size_t width, const char *value)
{
    struct buf want = {0}, got = {0};
    squash(&want, line + begin, width);
    squash(&got, value, strlen(value));
    assert_string_equal(buf_text(&want), buf_text(&got));
    buf_free(&want);
    buf_free(&got);
}

static void check_date(const char *line, size_t begin, date d)
{
    char text[9] = "";
    memcpy(text, line + begin, 8);
    assert_int_equal(atoi(text), d);
}

static void check_facts(const struct edition *ed, const struct ed_entry *e, const char *line)
{
    check_cell(line, 119, 8, fact_values(ed, e, "pricing"));
    check_cell(line, 170, 10, fact_values(ed, e, "statute"));
    check_cell(line, 229, 1, fact_values(ed, e, "coverage"));
    check_cell(line, 252, 4, fact_values(ed, e, "processing_note"));
    check_cell(line, 256, 3, fact_values(ed, e, "betos"));
    check_cell(line, 276, 8, fact_values(ed, e, "effective_date"));
    check_cell(line, 292, 1, fact_values(ed, e, "action"));
}

/* Walks file and edition side by side: every record in order, with its description put together again, dates and,
 * for some codes (fact_values scans), facts. */
static void compare_with_file(const struct edition *ed, const struct input *in)
{
    struct buf title = {0};
    const struct ed_entry *e = NULL;
    size_t next = 0, seen = 0;
    for (const char *line = in->bytes; line < in->bytes + in->len;) {
        const char *end = memchr(line, '\n', (size_t)(in->bytes + in->len - line));
        end = end ? end : in->bytes + in->len;
        if (end - line > 250 && isdigit((unsigned char)line[5]) && isdigit((unsigned char)line[9]) &&
            strchr("3478", line[10])) {
            if (line[10] == '3' || line[10] == '7') {
                if (e) {
                    check_cell(title.text, 0, title.len, e->title);
                }
                do {
                    assert_true(next < ed->entries.len);
                    e = &ed->entries.items[next++];
                } while (e->kind != KIND_CODE && e->kind != KIND_MODIFIER);
                check_cell(line, 0, 5, e->code);
                check_cell(line, 91, 28, e->short_title);
                check_date(line, 268, e->from);
                check_date(line, 284, e->to);
                if (seen++ % 150 == 0 && line[10] == '3') {
                    check_facts(ed, e, line);
                }
                buf_clear(&title);
            }
            buf_add(&title, line + 11, 80);
        }
        line = end + 1;
    }
    check_cell(title.text, 0, title.len, e ? e->title : "");
    assert_int_equal(next, ed->entries.len);
    buf_free(&title);
}

static void drop_corrections(struct group *g)
{
    size_t kept = 0;
    for (size_t i = 0; i < g->n; i++) {
        if (!strstr(g->items[i].path, "Corrections")) {
            g->items[kept++] = g->items[i];
        }
    }
    g->n = kept;
}

static void check_release(const struct release *r)
{
    struct members m;
    struct edition *ed;
    struct error err = {0};
    size_t codes = 0, modifiers = 0, ended = 0;
    members_load(&m, r);
    drop_corrections(&m.group);
    if (group_read(&m.group, NULL, &ed, &err) != ST_OK) {
        fail_msg("%s", err.text);
    }
    for (size_t i = 0; i < ed->entries.len; i++) {
        const struct ed_entry *e = &ed->entries.items[i];
        codes += e->kind == KIND_CODE;
        modifiers += e->kind == KIND_MODIFIER;
        ended += e->to != 0;
        assert_true(e->kind != KIND_CODE || ed->entries.items[e->parent].kind == KIND_SECTION);
    }
    assert_int_equal(codes, r->ncodes);
    assert_int_equal(modifiers, r->nmodifiers);
    assert_int_equal(ended, r->nended);
    assert_int_equal(ed->notes.len, r->nnoted);
    assert_non_null(strstr(m.group.report.text, ": the same in xlsx as HCPC"));
    compare_with_file(ed, member_find(&m, r->codes));
    edition_free(ed);
    members_free(&m);
}

static void reads_2018(void **state)
{
    (void)state;
    check_release(&releases[0]);
}
static void reads_2019(void **state)
{
    (void)state;
    check_release(&releases[1]);
}
static void reads_2025(void **state)
{
    (void)state;
    check_release(&releases[2]);
}

/* Only the codes and the NOC list, as text and as workbook, the processing notes and the workbooks of corrections are used;
 * every other member is named with a reason. */
static void recognises_every_member(void **state)
{
    for (size_t i = 0; i < COUNT(releases); i++) {
        struct members m;
        size_t used = 0;
        members_load(&m, &releases[i]);
        for (size_t k = 0; k < m.group.n; k++) {
            struct recognised what;
            hcpcs_importer.recognise(&m.group.items[k], &what);
            if (what.verdict != INPUT_USED && what.verdict != INPUT_NOT_NEEDED) {
                fail_msg("%s is not recognised", m.paths[k]);
            }
            used += what.verdict == INPUT_USED;
        }
        assert_int_equal(used, releases[i].nused);
        members_free(&m);
    }
    (void)state;
}

static void knows_codes_of_2025(void **state)
{
    struct members m;
    struct edition *ed;
    members_load(&m, &releases[2]);
    assert_int_equal(group_read(&m.group, NULL, &ed, NULL), ST_OK);
    const struct ed_entry *e = entry_find(ed, "C9744");
    assert_int_equal(e->to, 20181231);
    assert_int_equal(strlen(fact_values(ed, e, "cross_reference")), 11); /* two codes that the file runs together */
    e = entry_find(ed, "S0012");
    assert_int_equal(strncmp(note_text(ed, e),
                             "\"S\" CODES ARE UNIQUE TEMPORARY CODES ESTABLISHED BY BCBSA AND HIAA FOR PRIVATE PAYOR",
                             84),
                     0);
    assert_string_equal(entry_path(ed, e), "S/S0012-S0197");
    assert_string_equal(fact_values(ed, entry_find(ed, "AA"), "mcm"), "3350.5");
    edition_free(ed);
    members_free(&m);
    (void)state;
}

/* What the corrections of a year came to: lines of the report, without the names of the files. */
struct corrected {
    size_t release, ncodes;
    const char *lines[8], *added[6], *absent[5];
};
static const struct corrected corrected[] = {
    {0,
     6208,
     {"V2_HCPC2018_Corrections_ANWEB.xlsx: not added: G9978, G9979: V3_HCPC2018_Corrections_ANWEB.xlsx says Remove, ",
      "V3_HCPC2018_Corrections_ANWEB.xlsx: not added: G9989, G9990: V4_HCPC2018_Corrections_ANWEB.xlsx says DO NOT ADD",
      "V4_HCPC2018_Corrections_ANWEB.xlsx: added: G9868, G9869, G9870\n",
      "V4_HCPC2018_Corrections_ANWEB.xlsx: not applied: G9890, G9891: DELETE\n",
      "not applied: C9745, C9746, C9747: Change ASC Ind/ASC eff date, from 2017-07-01\n",
      "not applied: G9637, G9638: Should not have been updated - revert back to 2017 description\n"},
     {"G9868", "G9869", "G9870", "G9890", "G9891"},
     {"G9978", "G9979", "G9989", "G9990"}},
    {1,
     6445,
     {"HCPC2019_Corrections_ALPHA.xlsx: added: C1890, J1095, J2186, J2787, Q5111\n",
      "HCPC2019_Corrections_ALPHA.xlsx: not applied: C9034: Discontinue, cross-reference J1095, from 2019-01-01\n",
      "HCPC2019_Corrections_ALPHA_v2.xlsx: not applied: DA: Removed in error - add back to file, from 2011-01-01\n",
      "HCPC2019_Corrections_ALPHA_v2.xlsx: not applied: C1890, J7329: Add \"YY\" ASC Ind, from 2019-01-01\n",
      "Q5111 is added without a date: \"01/0/12019\" is none"},
     {"C1890", "J1095", "J2186", "J2787", "Q5111"},
     {"DA"}},
    {2, 8259, {"HCPC2025_JAN_ANWEB_Corrections_12172024.xlsx: so in the file already: C7537, C7538, C9734, M1389, MA,"}, {0}, {0}},
};

static void applies_corrections(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(corrected); i++) {
        const struct corrected *c = &corrected[i];
        struct members m;
        struct edition *ed;
        size_t codes = 0;
        members_load(&m, &releases[c->release]);
        assert_int_equal(group_read(&m.group, NULL, &ed, NULL), ST_OK);
        for (size_t k = 0; k < ed->entries.len; k++) {
            codes += ed->entries.items[k].kind == KIND_CODE;
        }
        assert_int_equal(codes, c->ncodes);
        for (size_t k = 0; k < COUNT(c->lines) && c->lines[k]; k++) {
            if (!strstr(m.group.report.text, c->lines[k])) {
                fail_msg("\"%s\" is not in:\n%s", c->lines[k], m.group.report.text);
            }
        }
        for (size_t k = 0; k < COUNT(c->added) && c->added[k]; k++) {
            assert_non_null(entry_find(ed, c->added[k]));
        }
        for (size_t k = 0; k < COUNT(c->absent) && c->absent[k]; k++) {
            assert_null(entry_find(ed, c->absent[k]));
        }
        assert_true(ed->coverage & 1U << COMP_CORRECTIONS);
        assert_int_equal(c->release == 2, strstr(m.group.report.text, "not applied") == NULL);
        edition_free(ed);
        members_free(&m);
    }
}

/* A full record becomes what the code file of a later year has of it. */
static void corrections_give_whole_records(void **state)
{
    struct members m;
    struct edition *ed;
    (void)state;
    members_load(&m, &releases[1]);
    assert_int_equal(group_read(&m.group, NULL, &ed, NULL), ST_OK);
    const struct ed_entry *e = entry_find(ed, "J1095");
    assert_string_equal(e->title, "Injection, dexamethasone 9 percent, intraocular, 1 microgram");
    assert_string_equal(e->short_title, "Injection, dexamethasone 9%");
    assert_int_equal(e->from, 20190101);
    assert_int_equal(e->to, 0);
    assert_string_equal(fact_values(ed, e, "type_of_service"), "9,F");
    assert_string_equal(fact_values(ed, e, "pricing"), "53");
    assert_string_equal(fact_values(ed, e, "asc_group"), "YY");
    assert_string_equal(fact_values(ed, e, "asc_date"), "20190101");
    assert_string_equal(fact_values(ed, e, "action"), "A");
    assert_string_equal(entry_path(ed, e), "J/J0013-J7131");
    assert_true(strcmp(e[-1].code, "J1095") < 0 && strcmp(e[1].code, "J1095") > 0);
    assert_string_equal(fact_values(ed, entry_find(ed, "C1890"), "statute"), "1833(t)");
    assert_int_equal(entry_find(ed, "Q5111")->from, 0);
    edition_free(ed);
    members_free(&m);
}

/* A code added on 1 July 2018 and one that ended then, in the file of 2019. */
static void keeps_dates_of_2019(void **state)
{
    struct members m;
    struct edition *ed;
    members_load(&m, &releases[1]);
    assert_int_equal(group_read(&m.group, NULL, &ed, NULL), ST_OK);
    assert_int_equal(entry_find(ed, "Q9995")->from, 20180701);
    assert_int_equal(entry_find(ed, "Q9995")->to, 20181231);
    assert_int_equal(entry_find(ed, "C9469")->to, 20180630);
    edition_free(ed);
    members_free(&m);
    (void)state;
}

static struct edition *read_one(const struct members *m, const char *part)
{
    struct group g = {0};
    struct edition *ed;
    struct error err = {0};
    const struct input *in = member_find(m, part);
    group_add(&g, in->path, in->bytes, in->len);
    if (group_read(&g, NULL, &ed, &err) != ST_OK) {
        fail_msg("%s", err.text);
    }
    buf_free(&g.report);
    return ed;
}

/* The next fact that both files are known to agree on; NULL behind the last. */
static const struct ed_fact *next_fact(const struct edition *ed, size_t *i)
{
    while (*i < ed->facts.len) {
        const struct ed_fact *f = &ed->facts.items[(*i)++];
        if (strcmp(f->name, "effective_date") != 0 && strcmp(f->name, "type_of_service") != 0) {
            return f;
        }
    }
    return NULL;
}

static void compare_facts(const struct edition *text, const struct edition *book)
{
    const struct ed_fact *a, *b;
    size_t i = 0, k = 0;
    while ((a = next_fact(text, &i)) != NULL) {
        b = next_fact(book, &k);
        assert_non_null(b);
        assert_int_equal(a->entry, b->entry);
        assert_string_equal(a->name, b->name);
        assert_string_equal(a->value, b->value);
    }
    assert_null(next_fact(book, &k));
}

/* The workbook of January 2025 gives what the fixed-width file gives, but for the end of one description and 118
 * dates, which it lacks, and a type of service of two codes, which the text lacks. */
static void workbook_agrees_with_text(void **state)
{
    struct members m;
    members_load(&m, &releases[2]);
    struct edition *text = read_one(&m, "ANWEB_12172024.txt"), *book = read_one(&m, "ANWEB_12172024.xlsx");
    assert_int_equal(text->entries.len, book->entries.len);
    for (size_t i = 0; i < text->entries.len; i++) {
        const struct ed_entry *a = &text->entries.items[i], *b = &book->entries.items[i];
        size_t n = strcmp(a->code, "G0503") == 0 ? strlen(b->title) : strlen(a->title);
        assert_string_equal(a->code, b->code);
        check_cell(a->title, 0, n, b->title);
        assert_string_equal(a->short_title, b->short_title);
        assert_int_equal(a->from, b->from);
        assert_int_equal(a->to, b->to);
    }
    compare_facts(text, book);
    edition_free(text);
    edition_free(book);
    members_free(&m);
    (void)state;
}

static void reads_workbook_alone(void **state)
{
    struct group g = {0};
    struct edition *ed;
    struct error err = {0};
    size_t n;
    char *bytes = file_read(TEST_SHARED "/data/hcpcs/2020-JUL/anweb.xlsx", &n);
    (void)state;
    if (!bytes) {
        print_message("SKIPPED: HCPCS 2020-JUL, no ../shared\n");
        skip();
    }
    group_add(&g, "2020-JUL/anweb.xlsx", bytes, n);
    if (group_read(&g, NULL, &ed, &err) != ST_OK) {
        fail_msg("%s", err.text);
    }
    assert_non_null(strstr(g.report.text, "6789 codes, 369 modifiers, 625 of them with a termination date"));
    const struct ed_entry *e = entry_find(ed, "G0503"); /* the one description that goes on in a second row */
    const char *tail = "treatment goals and are prepared for discharge from active treatment";
    assert_true(strlen(e->title) > 1200);
    assert_string_equal(e->title + strlen(e->title) - strlen(tail), tail);
    assert_string_equal(fact_values(ed, e, "pricing"), "13");
    assert_int_equal(e->to, 20171231);
    buf_free(&g.report);
    edition_free(ed);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_2018),
        cmocka_unit_test(reads_2019),
        cmocka_unit_test(reads_2025),
        cmocka_unit_test(recognises_every_member),
        cmocka_unit_test(knows_codes_of_2025),
        cmocka_unit_test(applies_corrections),
        cmocka_unit_test(corrections_give_whole_records),
        cmocka_unit_test(keeps_dates_of_2019),
        cmocka_unit_test(workbook_agrees_with_text),
        cmocka_unit_test(reads_workbook_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
