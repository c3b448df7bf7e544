/* bookshelf.c - the small shelf with books, as tables of rows. */
#include "bookshelf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "codeshelf/calendar.h"
#include "codeshelf/store.h"

static const struct {
    enum kind kind;
    const char *code, *parent, *title;
} entries[] = {
    {KIND_CHAPTER, "4", NULL, "Endocrine, nutritional and metabolic diseases (E00-E89)"},
    {KIND_SECTION, "E08-E13", "4", "Diabetes mellitus (E08-E13)"},
    {KIND_CODE, "E08", "E08-E13", "Diabetes mellitus due to underlying condition"},
    {KIND_CATEGORY, "E11", "E08-E13", "Type 2 diabetes mellitus"},
    {KIND_CODE, "E1121", "E11", "Type 2 diabetes mellitus with diabetic nephropathy"},
    {KIND_CODE, "E119", "E11", "Type 2 diabetes mellitus without complications"},
    {KIND_CATEGORY, "E13", "E08-E13", "Other specified diabetes mellitus"},
    {KIND_CODE, "E139", "E13", "Other specified diabetes mellitus without complications"},
    {KIND_CHAPTER, "9", NULL, "Diseases of the circulatory system (I00-I99)"},
    {KIND_SECTION, "I10-I16", "9", "Hypertensive diseases (I10-I16)"},
    {KIND_CODE, "I10", "I10-I16", "Essential (primary) hypertension"},
    {KIND_CODE, "I15", "I10-I16", "Secondary hypertension"},
    {KIND_CODE, "I16", "I10-I16", "Hypertensive crisis"},
    {KIND_SECTION, "I20-I25", "9", "Ischemic heart diseases (I20-I25)"},
    {KIND_CODE, "I21", "I20-I25", "Acute myocardial infarction"},
    {KIND_CHAPTER, "13", NULL, "Diseases of the musculoskeletal system and connective tissue (M00-M99)"},
    {KIND_SECTION, "M05-M14", "13", "Inflammatory polyarthropathies (M05-M14)"},
    {KIND_CODE, "M08", "M05-M14", "Juvenile arthritis"},
    {KIND_CODE, "M1A", "M05-M14", "Chronic gout"},
    {KIND_CODE, "M10", "M05-M14", "Gout"},
    {KIND_CHAPTER, "19", NULL, "Injury, poisoning and certain other consequences of external causes (S00-T88)"},
    {KIND_SECTION, "S50-S59", "19", "Injuries to the elbow and forearm (S50-S59)"},
    {KIND_CATEGORY, "S52", "S50-S59", "Fracture of forearm"},
    {KIND_SUBCATEGORY, "S525", "S52", "Fracture of lower end of radius"},
    {KIND_CODE, "S5250", "S525", "Unspecified fracture of the lower end of radius"},
    {KIND_CODE, "S5253", "S525", "Colles' fracture"},
    {KIND_SECTION, "T36-T50", "19", "Poisoning by, adverse effect of and underdosing of drugs (T36-T50)"},
    {KIND_CATEGORY, "T36", "T36-T50", "Systemic antibiotics"},
    {KIND_CODE, "T360X1A", "T36", "Poisoning by penicillins, accidental, initial encounter"},
    {KIND_CODE, "T360X5A", "T36", "Adverse effect of penicillins, initial encounter"},
    {KIND_CODE, "T3695XA", "T36", "Adverse effect of unspecified systemic antibiotic, initial encounter"},
    {KIND_CATEGORY, "T50", "T36-T50", "Diuretics and other drugs"},
};

static const struct {
    const char *code;
    enum note_kind kind;
    const char *text;
} notes[] = {
    {"E11", NOTE_USE_ADDITIONAL, "code to identify hypertension (I10.-)"},
    {"E13", NOTE_EXCLUDES1, "gout (M08-M1A)"},
    {"E13", NOTE_EXCLUDES1, "gout, primary (M10-M10)"},
    {"I16", NOTE_CODE_ALSO, "any identified hypertensive disease (I10-I15)"},
    {"I20-I25", NOTE_USE_ADDITIONAL, "code to identify presence of hypertension (I10-I16)"},
    {"I21", NOTE_EXCLUDES2, "fracture of the lower end of radius (S52.5-)"},
    {"M10", NOTE_USE_ADDITIONAL, "code for adverse effect (T36-T50 with fifth or sixth character 5)"},
    {"S52", NOTE_EXCLUDES1, "something else (S52.53)"},
};

#define CELLS "C50.4-\nC79.81\nD05.-\nD24.-\nD48.6-\nD49.3"
#define DRUG "T46.0X1\nT46.0X2\nT46.0X3\nT46.0X4\nT46.0X5\nT46.0X6"
static const struct ed_term terms[] = {
    {COMP_INDEX, 0, "Cardiopathy", "", "", "", "Disease, heart", "", "", ""},
    {COMP_INDEX, 0, "Chronic gout", "", "M1A", "", "", "", "", ""},
    {COMP_INDEX, 0, "Colles' fracture", "", "S52.53-", "", "", "", "", ""},
    {COMP_INDEX, 0, "Complication", "(s)", "", "", "", "", "", ""},
    {COMP_INDEX, 1, "joint prosthesis", "", "", "", "", "", "", ""},
    {COMP_INDEX, 2, "mechanical", "", "", "", "", "", "", ""},
    {COMP_INDEX, 0, "Diabetes, diabetic", "(mellitus) (sugar)", "E11.9", "", "", "", "", ""},
    {COMP_INDEX, 1, "due to", "", "", "", "", "", "", ""},
    {COMP_INDEX, 2, "nephropathy treatment", "", "E13.9", "", "", "", "", ""},
    {COMP_INDEX, 1, "type 2", "", "E11.9", "", "", "", "", ""},
    {COMP_INDEX, 2, "with", "", "", "", "", "", "", ""},
    {COMP_INDEX, 3, "nephropathy", "", "E11.21", "", "", "", "", ""},
    {COMP_INDEX, 0, "Disease, diseased", "", "", "", "", "condition", "", ""},
    {COMP_INDEX, 1, "heart", "(organic)", "I51.9", "", "", "", "", ""},
    {COMP_INDEX, 2, "hypertensive", "", "", "", "Hypertension", "", "", ""},
    {COMP_INDEX, 0, "Fracture, burst", "", "", "", "Fracture, traumatic, by site", "", "", ""},
    {COMP_INDEX, 0, "Fracture, traumatic", "(abduction)", "T14.8", "", "", "", "", ""},
    {COMP_INDEX, 1, "radius", "", "S52.9-", "", "", "", "", ""},
    {COMP_INDEX, 2, "lower end", "", "S52.50-", "", "", "", "", ""},
    {COMP_INDEX, 3, "Colles'", "", "", "", "Colles' fracture", "", "", ""},
    {COMP_INDEX, 2, "upper end", "", "S52.10-", "", "", "", "", ""},
    {COMP_INDEX, 0, "Hypertension, hypertensive", "(benign)", "I10", "", "", "", "", ""},
    {COMP_INDEX, 0, "Infarct, infarction", "", "", "", "", "", "", ""},
    {COMP_INDEX, 1, "myocardium, myocardial", "(acute)", "I21.3", "", "", "", "", ""},
    {COMP_INDEX, 0, "M\xC3\xA9ni\xC3\xA8re's disease", "", "H81.0-", "", "", "", "", ""},
    {COMP_INDEX, 0, "Periodontitis", "(chronic)", "K05.3", "", "", "", "", ""},
    {COMP_INDEX, 1, "acute", "", "K05.2", "", "", "", "", ""},
    {COMP_INDEX, 0, "Poisoning", "(acute)", "", "", "", "Table of Drugs and Chemicals", "", ""},
    {COMP_EXTERNAL, 0, "Complication", "(s)", "", "", "Index to Diseases and Injuries, Complication(s)", "", "", ""},
    {COMP_EXTERNAL, 0, "Contact", "(accidental)", "", "", "", "", "", ""},
    {COMP_EXTERNAL, 1, "with", "", "", "", "", "", "", ""},
    {COMP_EXTERNAL, 2, "dog", "", "W54.8", "", "", "", "", ""},
    {COMP_EXTERNAL, 0, "Fall, falling", "", "W19", "", "", "", "", ""},
    {COMP_EXTERNAL, 1, "from, off, out of", "", "", "", "", "", "", ""},
    {COMP_EXTERNAL, 2, "ladder", "", "W11", "", "", "", "", ""},
    {COMP_NEOPLASM, 0, "Neoplasm, neoplastic", "", "", "", "", "", "", "C80.1\nC79.9\nD09.9\nD36.9\nD48.9\nD49.9"},
    {COMP_NEOPLASM, 1, "breast", "(soft parts)", "", "", "", "", "", "C50.9-\nC79.81\nD05.-\nD24.-\nD48.6-\nD49.3"},
    {COMP_NEOPLASM, 2, "upper-outer quadrant", "", "", "", "", "", "", CELLS},
    {COMP_NEOPLASM, 1, "skin NOS", "", "", "", "", "", "", "C44.90\nC79.2-\nD04.9\nD23.9\nD48.5\nD49.2"},
    {COMP_DRUGS, 0, "Digoxin", "", "", "", "", "", "", DRUG},
    {COMP_DRUGS, 0, "Mercury, mercurial NEC", "", "", "", "", "", "", "T56.1X1\nT56.1X2\nT56.1X3\nT56.1X4\n--\n--"},
    {COMP_DRUGS, 0, "Quicksilver", "", "", "", "Mercury", "", "", ""},
};

static const struct ed_guideline guidelines[] = {
    {"I", 0, "Conventions, general coding guidelines and chapter specific guidelines", ""},
    {"I.C", 1, "Chapter-Specific Coding Guidelines", ""},
    {"I.C.4", 2, "Chapter 4: Endocrine diseases (E00-E89)", ""},
    {"I.C.4.a", 3, "Diabetes mellitus", "Assign as many codes from categories E08-E13 as needed."},
    {"I.C.4.a.2", 4, "Type not documented", "The default is E11.-, Type 2 diabetes mellitus."},
    {"I.C.9", 2, "Chapter 9: Circulatory system (I00-I99)", ""},
    {"I.C.9.a", 3, "Hypertension", "Hypertension with heart conditions."},
    {"Appendix I", 0, "Present on admission", "Diabetes of any kind is reported."},
};

static int32_t entry_of(const struct edition *ed, const char *code)
{
    for (size_t i = 0; code && i < ed->entries.len; i++)
        if (strcmp(ed->entries.items[i].code, code) == 0)
            return (int32_t)i;
    return NO_PARENT;
}

static struct edition *make_edition(const char *name, uint32_t coverage)
{
    struct edition *ed = edition_new(SET_ICD10CM, name, calendar_from(SET_ICD10CM, name));
    struct ed_source source = {.component = COMP_CODES, .name = "codes.txt", .bytes = 42, .imported = 1};

    memset(source.sha256, 'a', SHA256_TEXT - 1);
    VEC_PUSH(&ed->sources, source);
    ed->coverage = coverage | 1u << COMP_CODES;
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        const struct ed_entry e = {entries[i].kind, entries[i].code, entry_of(ed, entries[i].parent),
                                   entries[i].kind == KIND_CODE, false, entries[i].title, NULL, "", 0, 0};
        VEC_PUSH(&ed->entries, e);
    }
    for (size_t i = 0; i < sizeof notes / sizeof *notes && coverage & (1u << COMP_TABULAR); i++) {
        const struct ed_note note = {(uint32_t)entry_of(ed, notes[i].code), notes[i].kind, notes[i].text};
        VEC_PUSH(&ed->notes, note);
    }
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
        if (coverage & (1u << terms[i].book))
            VEC_PUSH(&ed->terms, terms[i]);
    for (size_t i = 0; i < sizeof guidelines / sizeof *guidelines && coverage & (1u << COMP_GUIDELINES); i++)
        VEC_PUSH(&ed->guidelines, guidelines[i]);
    return ed;
}

static enum status build(const char *path, struct error *err)
{
    enum { NOTES = 1u << COMP_TABULAR, INDEX = 1u << COMP_INDEX, EXTERNAL = 1u << COMP_EXTERNAL, DRUGS = 1u << COMP_DRUGS,
           NEOPLASM = 1u << COMP_NEOPLASM, GUIDELINES = 1u << COMP_GUIDELINES };
    struct store *store;
    enum status st = store_open(path, &store, err);

    if (st != ST_OK)
        return st;
    store_put(store, make_edition("FY2017", NOTES | INDEX | EXTERNAL | DRUGS | NEOPLASM));
    store_put(store, make_edition("FY2018", 0));
    store_put(store, make_edition("FY2025", NEOPLASM | GUIDELINES | 1u << COMP_CONVERSION));
    struct edition *april = make_edition("FY2025-APR", NOTES | GUIDELINES);
    const struct ed_guideline added = {"Appendix II", 0, "New in April", "Nothing."};
    VEC_PUSH(&april->guidelines, added);
    store_put(store, april);
    st = store_publish(store, NULL, NULL, err);
    store_close(store);
    return st;
}

int bookshelf_setup(void **state)
{
    struct bookshelf *b = mem_alloc(sizeof *b);

    snprintf(b->folder, sizeof b->folder, "/tmp/codeshelf-books-XXXXXX");
    if (!mkdtemp(b->folder))
        return -1;
    snprintf(b->path, sizeof b->path, "%s/shelf.db", b->folder);
    if (build(b->path, &b->err) != ST_OK || shelf_open(b->path, &b->shelf, &b->err) != ST_OK
        || shelf_as_of(b->shelf, 20170101, &b->err) != ST_OK) {
        fprintf(stderr, "%s\n", b->err.text);
        return -1;
    }
    *state = b;
    return 0;
}

int bookshelf_teardown(void **state)
{
    struct bookshelf *b = *state;
    char command[160];

    shelf_close(b->shelf);
    arena_free(&b->arena);
    snprintf(command, sizeof command, "rm -rf '%s'", b->folder);
    const int code = system(command);
    free(b);
    return code;
}

const char *bookshelf_path(struct bookshelf *b, const struct term *t)
{
    struct arena *a = &b->arena;
    const char *path = t->path;
    const char *shown = "";

    while (*path) {
        const size_t n = strcspn(path, "\n");
        shown = arena_printf(a, "%s%.*s > ", shown, (int)n, path);
        path += n + (path[n] != '\0');
    }
    return arena_printf(a, "%s%s", shown, t->title);
}
