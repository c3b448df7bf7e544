/* fixture.c - the small shelf, as tables of rows. */
#include "fixture.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "codeshelf/calendar.h"
#include "codeshelf/store.h"

enum { BILLABLE = 1, FAMILY = 2, NOT_2016 = 4, ONLY_2016 = 8 };

struct row {
    enum kind kind;
    const char *code, *parent;
    int flags;
    const char *title;
    date from, to;
};

static const struct row icd_rows[] = {
    {KIND_CHAPTER, "1", NULL, 0, "Certain infectious and parasitic diseases (A00-B99)", 0, 0},
    {KIND_SECTION, "B99", "1", 0, "Other infectious diseases (B99)", 0, 0},
    {KIND_CATEGORY, "B99", "B99", 0, "Other and unspecified infectious diseases", 0, 0},
    {KIND_CODE, "B998", "B99", BILLABLE, "Other infectious disease", 0, 0},
    {KIND_CODE, "B999", "B99", BILLABLE, "Unspecified infectious disease", 0, 0},
    {KIND_CHAPTER, "4", NULL, 0, "Endocrine, nutritional and metabolic diseases (E00-E89)", 0, 0},
    {KIND_SECTION, "E08-E13", "4", 0, "Diabetes mellitus (E08-E13)", 0, 0},
    {KIND_CATEGORY, "E11", "E08-E13", 0, "Type 2 diabetes mellitus", 0, 0},
    {KIND_CODE, "E1165", "E11", BILLABLE | ONLY_2016, "Type 2 diabetes mellitus with hyperglycemia", 0, 0},
    {KIND_CODE, "E118", "E11", BILLABLE, "Type 2 diabetes mellitus with unspecified complications", 0, 0},
    {KIND_CODE, "E119", "E11", BILLABLE, "Type 2 diabetes mellitus without complications", 0, 0},
    {KIND_CHAPTER, "13", NULL, 0, "Diseases of the musculoskeletal system and connective tissue (M00-M99)", 0, 0},
    {KIND_SECTION, "M05-M14", "13", 0, "Inflammatory polyarthropathies (M05-M14)", 0, 0},
    {KIND_CATEGORY, "M08", "M05-M14", 0, "Juvenile arthritis", 0, 0},
    {KIND_CODE, "M0899", "M08", BILLABLE, "Other juvenile arthritis, multiple sites", 0, 0},
    {KIND_CATEGORY, "M1A", "M05-M14", 0, "Chronic gout", 0, 0},
    {KIND_CODE, "M1A9XX0", "M1A", BILLABLE | NOT_2016, "Chronic gout, unspecified, without tophus (tophi)", 0, 0},
    {KIND_CATEGORY, "M10", "M05-M14", 0, "Gout", 0, 0},
    {KIND_CODE, "M109", "M10", BILLABLE, "Gout, unspecified", 0, 0},
    {KIND_CHAPTER, "19", NULL, 0, "Injury, poisoning and certain other consequences of external causes (S00-T88)", 0, 0},
    {KIND_SECTION, "S50-S59", "19", 0, "Injuries to the elbow and forearm (S50-S59)", 0, 0},
    {KIND_CATEGORY, "S52", "S50-S59", 0, "Fracture of forearm", 0, 0},
    {KIND_SUBCATEGORY, "S525", "S52", 0, "Fracture of lower end of radius", 0, 0},
    {KIND_SUBCATEGORY, "S5250", "S525", 0, "Unspecified fracture of the lower end of radius", 0, 0},
    {KIND_SUBCATEGORY, "S52502", "S5250", 0, "Unspecified fracture of the lower end of left radius", 0, 0},
    {KIND_CODE, "S52502A", "S52502", BILLABLE | FAMILY,
     "Unspecified fracture of the lower end of left radius, initial encounter for closed fracture", 0, 0},
    {KIND_CODE, "S52502B", "S52502", BILLABLE | FAMILY,
     "Unspecified fracture of the lower end of left radius, initial encounter for open fracture type I or II", 0, 0},
    {KIND_CODE, "S52502S", "S52502", BILLABLE | FAMILY, "Unspecified fracture of the lower end of left radius, sequela", 0, 0},
    {KIND_SUBCATEGORY, "S52521", "S525", 0, "Torus fracture of lower end of right radius", 0, 0},
    {KIND_CODE, "S52521A", "S52521", BILLABLE | FAMILY,
     "Torus fracture of lower end of right radius, initial encounter for closed fracture", 0, 0},
};

static const struct row hcpcs_2018[] = {
    {KIND_CHAPTER, "J", NULL, 0, "Drugs", 0, 0},
    {KIND_CODE, "J0001", "J", BILLABLE, "Injection, examplumab, 1 mg", 20100101, 0},
    {KIND_MODIFIER, "LT", NULL, 0, "Left side of the body", 20000101, 0},
};
static const struct row hcpcs_2019[] = {
    {KIND_CHAPTER, "J", NULL, 0, "Drugs", 0, 0},
    {KIND_CODE, "J0001", "J", BILLABLE, "Injection, examplumab, 1 mg", 20100101, 20190331},
    {KIND_CODE, "J0002", "J", BILLABLE, "Injection, samplase, 10 mg", 20180701, 0},
    {KIND_MODIFIER, "LT", NULL, 0, "Left side of the body", 20000101, 0},
};

static const struct {
    const char *code;
    enum kind kind;
    enum note_kind note;
    const char *text;
} notes[] = {
    {"E11", KIND_CATEGORY, NOTE_INCLUDES, "insulin resistant diabetes (mellitus)"},
    {"M10", KIND_CATEGORY, NOTE_INCLUSION_TERM, "Podagra"},
    {"19", KIND_CHAPTER, NOTE_EXCLUDES1, "birth trauma (P10-P15)"},
    {"S50-S59", KIND_SECTION, NOTE_EXCLUDES2, "frostbite (T33-T34)"},
    {"S52", KIND_CATEGORY, NOTE_NOTE, "a fracture not indicated as open or closed should be coded to closed"},
    {"S52", KIND_CATEGORY, NOTE_EXCLUDES1, "traumatic amputation of forearm (S58.-)"},
    {"S525", KIND_SUBCATEGORY, NOTE_EXCLUDES2, "physeal fractures of lower end of radius (S59.2-)"},
};
static const struct {
    const char *code;
    char ch;
    const char *text, *note;
} sevenths[] = {
    {"S52", 'A', "initial encounter for closed fracture", ""},
    {"S52", 'B', "initial encounter for open fracture type I or II", "Initial encounter for open fracture NOS"},
    {"S52", 'S', "sequela", ""},
    {"S52521", 'A', "initial encounter for closed fracture", ""},
};

static int32_t find_row(const struct edition *ed, const char *code, bool last)
{
    int32_t found = NO_PARENT;
    for (size_t i = 0; code && i < ed->entries.len; i++)
        if (strcmp(ed->entries.items[i].code, code) == 0 && (last || found == NO_PARENT))
            found = (int32_t)i;
    return found;
}

static struct edition *make_edition(enum codeset set, const char *name, const struct row *rows, size_t n, bool tabular)
{
    struct edition *ed = edition_new(set, name, calendar_from(set, name));
    struct ed_source source = {.component = COMP_CODES, .name = "codes.txt", .bytes = 42, .imported = 1};
    const bool is_2016 = strcmp(name, "FY2016") == 0;

    memset(source.sha256, 'a', SHA256_TEXT - 1);
    VEC_PUSH(&ed->sources, source);
    ed->coverage = 1u << COMP_CODES;
    for (size_t i = 0; i < n; i++) {
        const struct row *r = &rows[i];
        if (r->flags & (is_2016 ? NOT_2016 : ONLY_2016))
            continue;
        const struct ed_entry e = {r->kind, r->code, find_row(ed, r->parent, true), r->flags & BILLABLE, r->flags & FAMILY,
                                   r->title, NULL, "", r->from, r->to};
        VEC_PUSH(&ed->entries, e);
    }
    if (!tabular)
        return ed;
    ed->coverage |= 1u << COMP_TABULAR;
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        const struct ed_note note = {(uint32_t)find_row(ed, notes[i].code, true), notes[i].note, notes[i].text};
        VEC_PUSH(&ed->notes, note);
    }
    for (size_t i = 0; i < sizeof sevenths / sizeof *sevenths; i++) {
        const struct ed_seventh s = {(uint32_t)find_row(ed, sevenths[i].code, true), sevenths[i].ch, sevenths[i].text,
                                     sevenths[i].note};
        VEC_PUSH(&ed->sevenths, s);
    }
    const struct ed_front front = {"introduction", "Conventions", "Brackets enclose synonyms."};
    VEC_PUSH(&ed->front, front);
    return ed;
}

static enum status build(const char *path, struct error *err)
{
    static const struct {
        const char *name;
        bool tabular;
    } releases[] = {{"FY2016", true}, {"FY2017", true}, {"FY2018", false}, {"FY2025", true}, {"FY2025-APR", false}};
    struct store *store;
    enum status st = store_open(path, &store, err);

    if (st != ST_OK)
        return st;
    for (size_t i = 0; i < sizeof releases / sizeof *releases; i++)
        store_put(store, make_edition(SET_ICD10CM, releases[i].name, icd_rows, sizeof icd_rows / sizeof *icd_rows,
                                      releases[i].tabular));
    store_put(store, make_edition(SET_HCPCS, "2018-JAN", hcpcs_2018, sizeof hcpcs_2018 / sizeof *hcpcs_2018, false));
    struct edition *h = make_edition(SET_HCPCS, "2019-JAN", hcpcs_2019, sizeof hcpcs_2019 / sizeof *hcpcs_2019, false);
    const struct ed_fact fact = {1, "coverage", "C"};
    VEC_PUSH(&h->facts, fact);
    store_put(store, h);
    st = store_publish(store, NULL, NULL, err);
    store_close(store);
    return st;
}

int fixture_setup(void **state)
{
    struct fixture *f = mem_alloc(sizeof *f);

    snprintf(f->folder, sizeof f->folder, "/tmp/codeshelf-shelf-XXXXXX");
    if (!mkdtemp(f->folder))
        return -1;
    snprintf(f->path, sizeof f->path, "%s/shelf.db", f->folder);
    if (build(f->path, &f->err) != ST_OK || shelf_open(f->path, &f->shelf, &f->err) != ST_OK
        || shelf_as_of(f->shelf, 20170101, &f->err) != ST_OK) {
        fprintf(stderr, "%s\n", f->err.text);
        return -1;
    }
    *state = f;
    return 0;
}

int fixture_teardown(void **state)
{
    struct fixture *f = *state;
    char command[160];

    shelf_close(f->shelf);
    arena_free(&f->arena);
    chmod(f->folder, 0700);
    snprintf(command, sizeof command, "rm -rf '%s'", f->folder);
    const int code = system(command);
    free(f);
    return code;
}

struct entry fixture_entry(struct fixture *f, enum codeset set, const char *code)
{
    struct entry e;

    if (shelf_lookup(f->shelf, set, code, &f->arena, &e, &f->err) != ST_OK)
        fail_msg("%s: %s", code, f->err.text);
    return e;
}

void fixture_damage(struct fixture *f, const char *sql)
{
    sqlite3 *db = NULL;

    shelf_close(f->shelf);
    f->shelf = NULL;
    assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}
