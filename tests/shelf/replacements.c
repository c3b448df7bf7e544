/* What took the place of a code: followed over the years, back as well as forth, and said in every answer that needs it. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "codeshelf/calendar.h"
#include "codeshelf/changes.h"
#include "codeshelf/store.h"

/* A00.0 became A00.1 in October 2016, which became A00.2 and A00.3 in October 2021; B00.0 to B00.2 became B00; C00.0 became
 * a header, and C00.9 came from nothing. */
static const struct {
    const char *code, *from, *until; /* first and last release; NULL for ever */
} codes[] = {
    {"A00", NULL, NULL},     {"A000", NULL, "FY2016"}, {"A001", "FY2017", "FY2017"}, {"A002", "FY2022", NULL},
    {"A003", "FY2022", NULL}, {"B00", NULL, NULL},      {"B000", NULL, "FY2016"},     {"B001", NULL, "FY2016"},
    {"C00", NULL, NULL},     {"C000", NULL, NULL},     {"C0001", "FY2022", NULL},    {"C009", "FY2022", NULL},
    {"D00", NULL, NULL},     {"D000", NULL, "FY2017"},
};
static const struct ed_replacement rows[] = {
    {"A000", "", "A001", 20161001, ""},
    {"A001", "", "A000", 20161001, ""}, /* round in a circle */
    {"B000", "B002", "B00", 20161001, "B00.0-B00.2"},
    {"", "", "C009", 20211001, "Codes in Categories C01-C09"},
    {"A001", "", "A002", 20211001, "A00.1 and Y95"},
    {"Y95", "", "A002", 20211001, "A00.1 and Y95"},
    {"A001", "", "A003", 20211001, ""},
    {"C000", "", "C0001", 20211001, ""},
};

static void add(struct edition *ed, const char *code, bool billable, date to)
{
    const enum kind kind = strlen(code) == 3 ? KIND_CATEGORY : KIND_CODE;
    const struct ed_entry e = {kind, code, NO_PARENT, billable, false, code, NULL, "", 0, to};
    VEC_PUSH(&ed->entries, e);
}

/* The table is that of FY2022, which is cumulative; FY2025 brings none. */
static struct edition *make_release(const char *name)
{
    struct edition *ed = edition_new(SET_ICD10CM, name, calendar_from(SET_ICD10CM, name));
    ed->coverage = 1u << COMP_CODES;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        const bool split = strcmp(codes[i].code, "C000") == 0 && ed->from >= 20211001;
        if ((!codes[i].from || strcmp(name, codes[i].from) >= 0) && (!codes[i].until || strcmp(name, codes[i].until) <= 0))
            add(ed, codes[i].code, !split && (strlen(codes[i].code) > 3 || codes[i].code[0] == 'B'), 0);
    }
    for (size_t i = 0; strcmp(name, "FY2022") == 0 && i < sizeof rows / sizeof *rows; i++)
        VEC_PUSH(&ed->replacements, rows[i]);
    if (ed->replacements.len)
        ed->coverage |= 1u << COMP_CONVERSION;
    return ed;
}

/* Every release of another set tells of its own time, whatever the day. */
static struct edition *make_hcpcs(const char *name, bool later)
{
    struct edition *ed = edition_new(SET_HCPCS, name, calendar_from(SET_HCPCS, name));
    const struct ed_replacement row = {"J0001", "", "J0002", 20190401, ""};
    ed->coverage = 1u << COMP_CODES | 1u << COMP_CONVERSION;
    add(ed, "J0001", true, later ? 20190331 : 0);
    add(ed, "J0002", true, 0);
    if (later)
        VEC_PUSH(&ed->replacements, row);
    return ed;
}

static int setup(void **state)
{
    static const char *const names[] = {"FY2016", "FY2017", "FY2022", "FY2025"};
    struct fixture *f = mem_alloc(sizeof *f);
    struct store *store;

    snprintf(f->folder, sizeof f->folder, "/tmp/codeshelf-shelf-XXXXXX");
    if (!mkdtemp(f->folder))
        return -1;
    snprintf(f->path, sizeof f->path, "%s/shelf.db", f->folder);
    if (store_open(f->path, &store, &f->err) != ST_OK)
        return -1;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        store_put(store, make_release(names[i]));
    store_put(store, make_hcpcs("2018-JAN", false));
    store_put(store, make_hcpcs("2019-JAN", true));
    const enum status st = store_publish(store, NULL, NULL, &f->err);
    store_close(store);
    if (st != ST_OK || shelf_open(f->path, &f->shelf, &f->err) != ST_OK) {
        fprintf(stderr, "%s\n", f->err.text);
        return -1;
    }
    *state = f;
    return 0;
}

static const struct release *named(struct fixture *f, enum codeset set, const char *name)
{
    size_t n;
    const struct release *all = shelf_releases(f->shelf, &n);
    for (size_t i = 0; name && i < n; i++)
        if (all[i].set == set && strcmp(all[i].name, name) == 0)
            return &all[i];
    return NULL;
}

static void codes_are_followed(void **state)
{
    static const struct {
        enum codeset set;
        const char *from, *to, *code;
        bool before;
        const char *said; /* codes, those that the goal lacks in brackets */
        const char *source;
        bool whole;
    } cases[] = {
        {SET_ICD10CM, "FY2016", "FY2017", "A000", false, "A001", "FY2022", true},
        {SET_ICD10CM, "FY2016", "FY2022", "A000", false, "A002 A003", "FY2022", true},
        {SET_ICD10CM, "FY2016", "FY2025", "A000", false, "A002 A003", "FY2022", false},
        {SET_ICD10CM, NULL, "FY2025", "A000", false, "A002 A003", "FY2022", false},
        {SET_ICD10CM, "FY2017", "FY2022", "A001", false, "A002 A003", "FY2022", true},
        {SET_ICD10CM, "FY2017", "FY2022", "A000", false, "", "FY2022", true}, /* it went before */
        {SET_ICD10CM, "FY2016", "FY2017", "B001", false, "B00", "FY2022", true},
        {SET_ICD10CM, "FY2016", "FY2017", "B003", false, "", "FY2022", true},
        {SET_ICD10CM, "FY2017", "FY2022", "D000", false, "", "FY2022", true},
        {SET_ICD10CM, "FY2017", "FY2022", "A003", true, "A001", "FY2022", true},
        {SET_ICD10CM, "FY2016", "FY2022", "A003", true, "A000", "FY2022", true},
        {SET_ICD10CM, "FY2016", "FY2017", "B00", true, "B000-B002", "FY2022", true},
        {SET_ICD10CM, "FY2017", "FY2022", "C009", true, "", "FY2022", true},
        {SET_HCPCS, "2018-JAN", "2019-JAN", "J0001", false, "J0002", "2019-JAN", true},
        {SET_HCPCS, "2018-JAN", "2018-JAN", "J0001", false, "", "2018-JAN", true},
    };
    struct fixture *f = *state;
    struct buf said = {0};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct release *from = named(f, cases[i].set, cases[i].from), *to = named(f, cases[i].set, cases[i].to);
        struct replacements r;
        assert_int_equal((cases[i].before ? replacements_before : replacements_of)(f->shelf, from, to, cases[i].code, &f->arena, &r,
                                                                                  &f->err), ST_OK);
        buf_clear(&said);
        for (size_t k = 0; k < r.n; k++)
            buf_printf(&said, "%s%s%s%s", said.len ? " " : "", r.items[k].code, r.items[k].last[0] ? "-" : "", r.items[k].last);
        if (strcmp(buf_text(&said), cases[i].said) != 0 || strcmp(r.source->name, cases[i].source) != 0
            || r.whole != cases[i].whole)
            fail_msg("case %zu: %s, %s %d", i, buf_text(&said), r.source->name, r.whole);
    }
    buf_free(&said);
}

/* What changes says of a code, as a person reads it. */
static const char *say(struct fixture *f, const struct changes *all, const char *code, struct buf *out)
{
    (void)f;
    buf_clear(out);
    for (size_t i = 0; i < all->n; i++) {
        const struct replacements *r = all->items[i].replacements;
        if (strcmp(all->items[i].code, code) != 0)
            continue;
        buf_printf(out, "%s %s:", change_name(all->items[i].kind), !r ? "?" : r->before ? "of" : "by");
        if (r)
            replacements_print(SET_ICD10CM, r, out);
    }
    return buf_text(out);
}

static void changes_name_them(void **state)
{
    static const struct {
        const char *from, *to, *code, *said;
    } cases[] = {
        {"FY2017", "FY2022", "A001", "deleted by:A00.2, A00.3"},
        {"FY2017", "FY2022", "A002", "added of:A00.1 and Y95"},
        {"FY2017", "FY2022", "C000", "demoted by:C00.01"},
        {"FY2017", "FY2022", "C009", "added of:Codes in Categories C01-C09"},
        {"FY2017", "FY2022", "D000", "deleted by:"},
        {"FY2022", "FY2017", "A002", "deleted of:A00.1 and Y95"}, /* the later one first: it came in truth */
        {"FY2022", "FY2017", "A001", "added by:A00.2, A00.3"},
    };
    struct fixture *f = *state;
    struct buf said = {0};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct changes all;
        assert_int_equal(changes_between(f->shelf, SET_ICD10CM, cases[i].from, cases[i].to, &f->arena, &all, &f->err), ST_OK);
        assert_string_equal(say(f, &all, cases[i].code, &said), cases[i].said);
    }
    buf_free(&said);
}

static void a_life_ends_where_it_leads_now(void **state)
{
    struct fixture *f = *state;
    struct buf said = {0};
    struct history h;

    assert_int_equal(history_of(f->shelf, SET_COUNT, "A00.0", &f->arena, &h, &f->err), ST_OK);
    assert_int_equal(h.n, 2);
    assert_non_null(h.items[1].change.replacements);
    replacements_print(SET_ICD10CM, h.items[1].change.replacements, &said);
    assert_string_equal(buf_text(&said), "A00.2, A00.3");
    assert_true(h.items[1].change.replacements->whole);
    buf_free(&said);
}

/* A list may be older than the earlier of the two releases. */
static void an_impact_names_them(void **state)
{
    static const struct {
        const char *from, *to, *code;
        enum verdict verdict;
        const char *other, *said; /* NULL: not told */
    } cases[] = {
        {"FY2016", "FY2017", "A00.0", IMPACT_DELETED, "", "A00.1"},
        {"FY2017", "FY2022", "D00.0", IMPACT_DELETED, "", ""},
        {"FY2017", "FY2022", "C00.0", IMPACT_DEMOTED, "", "C00.01"},
        {"FY2022", "FY2025", "C00.0", IMPACT_HEADER, "", "C00.01"},
        {"FY2022", "FY2025", "A00", IMPACT_HEADER, "", NULL},
        {"FY2022", "FY2025", "A00.0", IMPACT_UNKNOWN, "FY2016", "A00.2, A00.3"},
        {"FY2016", "FY2017", "A00.2", IMPACT_UNKNOWN, "FY2022", NULL},
        {"FY2016", "FY2017", "Z99", IMPACT_UNKNOWN, "", NULL},
        {"FY2016", "FY2017", "A00.1", IMPACT_NEW, "", NULL},
    };
    struct fixture *f = *state;
    struct buf said = {0};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct changes all;
        struct impact im;
        assert_int_equal(changes_between(f->shelf, SET_ICD10CM, cases[i].from, cases[i].to, &f->arena, &all, &f->err), ST_OK);
        assert_int_equal(impact_of(f->shelf, &all, cases[i].code, &f->arena, &im, &f->err), ST_OK);
        buf_clear(&said);
        if (im.replacements)
            replacements_print(SET_ICD10CM, im.replacements, &said);
        if (im.verdict != cases[i].verdict || strcmp(im.other ? im.other->name : "", cases[i].other) != 0
            || (im.replacements != NULL) != (cases[i].said != NULL)
            || (cases[i].said && strcmp(cases[i].said, buf_text(&said)) != 0))
            fail_msg("case %zu: %s %s %s", i, verdict_name(im.verdict), im.other ? im.other->name : "", buf_text(&said));
    }
    buf_free(&said);
}

static void a_code_that_is_gone_says_what_to_use(void **state)
{
    static const struct {
        date as_of;
        const char *typed, *said;
    } cases[] = {
        {20161101, "A00.0", "A00.0: deleted in FY2017, last in FY2016; replaced by A00.1"},
        {20241101, "A00.0", "A00.0: deleted in FY2017, last in FY2016; replaced by A00.2, A00.3"},
        {20241101, "A00.1", "A00.1: not in FY2025, last in FY2017; replaced by A00.2, A00.3"},
        {20241101, "D00.0", "D00.0: not in FY2025, last in FY2017; no replacement is listed"},
        {20161101, "A00.2", "A00.2: not in FY2017; FY2022, FY2025 have it"},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error err = {0};
        struct entry e;
        assert_int_equal(shelf_as_of(f->shelf, cases[i].as_of, &err), ST_OK);
        assert_int_equal(shelf_find(f->shelf, SET_COUNT, cases[i].typed, &f->arena, &e, &err), ST_NONE);
        assert_string_equal(err.text, cases[i].said);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_followed), cmocka_unit_test(changes_name_them),
        cmocka_unit_test(a_life_ends_where_it_leads_now), cmocka_unit_test(an_impact_names_them),
        cmocka_unit_test(a_code_that_is_gone_says_what_to_use),
    };
    return cmocka_run_group_tests(tests, setup, fixture_teardown);
}
