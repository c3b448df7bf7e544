/* crossrefs.c - HCPCS cross-references followed over codes that have ended, and the end dates that change between releases. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "codeshelf/buf.h"
#include "codeshelf/calendar.h"
#include "codeshelf/changes.h"
#include "codeshelf/store.h"

/* A code of 2019-JAN; was is its last day as 2018-JAN has it, NEW for one that came since. */
enum { NEW = 1 };
static const struct code {
    const char *code;
    date from, was, to;
    const char *names; /* codes of five letters, run together */
} codes[] = {
    {"A0001", 20100101, 0, 20181231, "A0002"},
    {"A0002", 20100101, 20151231, 20151231, "A0003"},
    {"A0003", 20160101, 0, 0, "A0002"}, /* in force: its own reference is not followed */
    {"A0004", 20100101, 20151231, 20151231, "A0005"},
    {"A0005", 20100101, 20151231, 20151231, "A0004"}, /* they name one another */
    {"A0006", 20100101, 0, 20181231, "A0003A0002993930456TX9999D0120A0007"},
    {"A0007", 20190401, NEW, 0, ""},
    {"B0000", 20100101, 20101231, 20101231, "B0001"},
    {"B0001", 20100101, 20101231, 20101231, "B0002"},
    {"B0002", 20100101, 20101231, 20101231, "B0003"},
    {"B0003", 20100101, 20101231, 20101231, "B0004"},
    {"B0004", 20100101, 20101231, 20101231, "B0005"},
    {"B0005", 20100101, 20101231, 20101231, "B0006"},
    {"B0006", 20100101, 20101231, 20101231, "B0007"},
    {"B0007", 20100101, 20101231, 20101231, "B0008"},
    {"B0008", 20100101, 20101231, 20101231, "B0009"},
    {"B0009", 20100101, 0, 0, ""},
    {"C0001", 20100101, 20171231, 0, ""},        /* reactivated */
    {"C0002", 20100101, 20171231, 20190630, ""}, /* the same, with an end to come */
    {"C0003", 20100101, 20181231, 20180630, ""}, /* re-dated */
};
enum { CODES = sizeof codes / sizeof *codes };

struct books {
    char folder[64], path[96];
    struct shelf *shelf;
    struct arena arena;
    struct error err;
};

static struct edition *make_hcpcs(const char *name, bool later)
{
    struct edition *ed = edition_new(SET_HCPCS, name, calendar_from(SET_HCPCS, name));
    for (size_t i = 0; i < CODES; i++) {
        const struct code *c = &codes[i];
        if (c->was == NEW && !later)
            continue;
        const struct ed_entry e = {.kind = KIND_CODE, .code = c->code, .parent = NO_PARENT, .billable = true, .title = c->code,
                                   .short_title = "", .from = c->from, .to = later ? c->to : c->was};
        VEC_PUSH(&ed->entries, e);
        for (const char *at = c->names; *at; at += 5) {
            const struct ed_fact fact = {(uint32_t)ed->entries.len - 1, "cross_reference", arena_strndup(&ed->arena, at, 5)};
            VEC_PUSH(&ed->facts, fact);
        }
    }
    ed->coverage = 1u << COMP_CODES;
    return ed;
}

static struct edition *make_cpt(void)
{
    struct edition *ed = edition_new(SET_CPT, "2019", 20190101);
    const struct ed_entry e = {.kind = KIND_CODE, .code = "99393", .parent = NO_PARENT, .billable = true,
                               .title = "A made-up service", .short_title = ""};
    VEC_PUSH(&ed->entries, e);
    ed->coverage = 1u << COMP_CODES;
    return ed;
}

static void open_books(struct books *b, bool with_cpt)
{
    struct store *store;
    memset(b, 0, sizeof *b);
    snprintf(b->folder, sizeof b->folder, "/tmp/codeshelf-crossrefs-XXXXXX");
    assert_non_null(mkdtemp(b->folder));
    snprintf(b->path, sizeof b->path, "%s/shelf.db", b->folder);
    assert_int_equal(store_open(b->path, &store, &b->err), ST_OK);
    store_put(store, make_hcpcs("2018-JAN", false));
    store_put(store, make_hcpcs("2019-JAN", true));
    if (with_cpt)
        store_put(store, make_cpt());
    assert_int_equal(store_publish(store, NULL, NULL, &b->err), ST_OK);
    store_close(store);
    assert_int_equal(shelf_open(b->path, &b->shelf, &b->err), ST_OK);
}

static void close_books(struct books *b)
{
    char lock[128];
    shelf_close(b->shelf);
    arena_free(&b->arena);
    snprintf(lock, sizeof lock, "%s.lock", b->path);
    unlink(lock);
    unlink(b->path);
    rmdir(b->folder);
}

/* The ways from a code as of a date, a line each. */
static void check_ways(struct books *b, date day, const char *code, const char *want)
{
    const struct crossref *ways;
    struct buf said = {0};
    struct entry e;
    size_t n;
    assert_int_equal(shelf_as_of(b->shelf, day, &b->err), ST_OK);
    assert_int_equal(shelf_lookup(b->shelf, SET_HCPCS, code, &b->arena, &e, &b->err), ST_OK);
    assert_int_equal(crossrefs_of(b->shelf, &e, &b->arena, &ways, &n, &b->err), ST_OK);
    for (size_t i = 0; i < n; i++)
        buf_printf(&said, "%s\n", ways[i].words);
    assert_string_equal(buf_text(&said), want);
    buf_free(&said);
}

static void follows_to_what_is_current(void **state)
{
    static const struct {
        date day;
        const char *code, *ways;
    } cases[] = {
        {20190201, "A0001", "A0002 (ended 2015-12-31) -> A0003 (current)\n"},
        {20190201, "A0003", "A0002 (ended 2015-12-31)\n"},
        {20190201, "A0004", "A0005 (ended 2015-12-31)\n"},
        {20190201, "A0006",
         "A0003 (current)\nA0002 (ended 2015-12-31) -> A0003 (current)\n99393 (CPT, not loaded)\n0456T (CPT, not loaded)\n"
         "X9999 (not in 2019-JAN)\nD0120 (not in 2019-JAN)\nA0007 (not yet in force)\n"},
        {20190401, "A0007", ""},
        {20190201, "B0000",
         "B0001 (ended 2010-12-31) -> B0002 (ended 2010-12-31) -> B0003 (ended 2010-12-31) -> B0004 (ended 2010-12-31)"
         " -> B0005 (ended 2010-12-31) -> B0006 (ended 2010-12-31) -> B0007 (ended 2010-12-31) -> B0008 (ended 2010-12-31)\n"},
        {20180201, "A0006",
         "A0003 (current)\nA0002 (ended 2015-12-31) -> A0003 (current)\n99393 (CPT, not loaded)\n0456T (CPT, not loaded)\n"
         "X9999 (not in 2018-JAN)\nD0120 (not in 2018-JAN)\nA0007 (not in 2018-JAN)\n"},
    };
    struct books b;
    (void)state;
    open_books(&b, false);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_ways(&b, cases[i].day, cases[i].code, cases[i].ways);
    close_books(&b);
}

static void looks_into_cpt(void **state)
{
    struct books b;
    (void)state;
    open_books(&b, true);
    check_ways(&b, 20190201, "A0006",
               "A0003 (current)\nA0002 (ended 2015-12-31) -> A0003 (current)\n99393 (CPT, current)\n0456T (not in CPT 2019)\n"
               "X9999 (not in 2019-JAN)\nD0120 (not in 2019-JAN)\nA0007 (not yet in force)\n");
    check_ways(&b, 20180201, "A0001", "A0002 (ended 2015-12-31) -> A0003 (current)\n");
    close_books(&b);
}

/* Every view prints the words of a fact: they hold where the code leads. */
static void facts_say_it(void **state)
{
    const struct fact *facts;
    struct books b;
    struct entry e;
    size_t n;
    (void)state;
    open_books(&b, false);
    assert_int_equal(shelf_as_of(b.shelf, 20190201, &b.err), ST_OK);
    assert_int_equal(shelf_lookup(b.shelf, SET_HCPCS, "A0006", &b.arena, &e, &b.err), ST_OK);
    assert_int_equal(shelf_facts(b.shelf, &e, &b.arena, &facts, &n, &b.err), ST_OK);
    assert_int_equal(n, 7);
    assert_string_equal(facts[0].value, "A0003");
    assert_string_equal(facts[0].words, "(current)");
    assert_string_equal(facts[1].words, "(ended 2015-12-31) -> A0003 (current)");
    close_books(&b);
}

/* Terminated, reactivated and re-dated are told apart; what has ended leads on. */
static void ends_that_change(void **state)
{
    static const struct {
        const char *code;
        enum change_kind kind;
        const char *before, *after, *way;
    } want[] = {
        {"A0001", CHANGE_TERMINATED, NULL, "2018-12-31", "A0002 (ended 2015-12-31) -> A0003 (current)"},
        {"A0006", CHANGE_TERMINATED, NULL, "2018-12-31", "A0003 (current)"},
        {"A0007", CHANGE_ADDED, NULL, "A0007", NULL},
        {"C0001", CHANGE_REACTIVATED, "2017-12-31", NULL, NULL},
        {"C0002", CHANGE_REACTIVATED, "2017-12-31", "2019-06-30", NULL},
        {"C0003", CHANGE_REFIELDED, "2018-12-31", "2018-06-30", NULL},
    };
    struct changes all;
    struct books b;
    (void)state;
    open_books(&b, false);
    assert_int_equal(changes_between(b.shelf, SET_HCPCS, "2018", "2019", &b.arena, &all, &b.err), ST_OK);
    assert_int_equal(all.n, sizeof want / sizeof *want);
    for (size_t i = 0; i < all.n; i++) {
        const struct change *c = &all.items[i];
        assert_string_equal(c->code, want[i].code);
        assert_int_equal(c->kind, want[i].kind);
        assert_string_equal(c->before ? c->before : "", want[i].before ? want[i].before : "");
        assert_string_equal(c->after ? c->after : "", want[i].after ? want[i].after : "");
        assert_int_equal(c->ncrossrefs > 0, want[i].way != NULL);
        assert_true(!want[i].way || strcmp(c->crossrefs[0].words, want[i].way) == 0);
        assert_true(!c->what || strcmp(c->what, "to") == 0);
    }
    close_books(&b);
}

static void impact_and_history_lead_on(void **state)
{
    struct changes all;
    struct impact impact;
    struct history history;
    struct books b;
    (void)state;
    open_books(&b, false);
    assert_int_equal(shelf_as_of(b.shelf, 20190201, &b.err), ST_OK);
    assert_int_equal(changes_between(b.shelf, SET_HCPCS, "2018", "2019", &b.arena, &all, &b.err), ST_OK);
    assert_int_equal(impact_of(b.shelf, &all, "a0002", &b.arena, &impact, &b.err), ST_OK);
    assert_int_equal(impact.verdict, IMPACT_TERMINATED); /* ended long ago: nothing changed, and still not usable */
    assert_int_equal(impact.ncrossrefs, 1);
    assert_string_equal(impact.crossrefs[0].words, "A0003 (current)");
    assert_int_equal(impact_of(b.shelf, &all, "A0003", &b.arena, &impact, &b.err), ST_OK);
    assert_int_equal(impact.ncrossrefs, 0);
    assert_int_equal(history_of(b.shelf, SET_HCPCS, "A0001", &b.arena, &history, &b.err), ST_OK);
    assert_int_equal(history.ncrossrefs, 1);
    assert_string_equal(history.crossrefs[0].words, "A0002 (ended 2015-12-31) -> A0003 (current)");
    close_books(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follows_to_what_is_current), cmocka_unit_test(looks_into_cpt),
        cmocka_unit_test(facts_say_it),               cmocka_unit_test(ends_that_change),
        cmocka_unit_test(impact_and_history_lead_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
