/* docs.c - what can be searched: one document a piece of text of an entry, the full-text indexes and the words.
 *
 * Documents are numbered by a static importance, because a broad query ranks only its first thousand matches: general codes
 * before specific ones, and injuries and external causes (more than half of ICD-10-CM) after the rest of their length.
 * Members of a 7th-character family have no documents; their parent stands for them. */
#include <stdlib.h>
#include <string.h>

#include "codeshelf/fold.h"
#include "db.h"
#include "fold.h"
#include "store_int.h"

/* Numbers of doc.field in schema.sql. */
enum field { FIELD_TITLE, FIELD_PRINTED, FIELD_SHORT, FIELD_INCLUSION, FIELD_INCLUDES, FIELD_CONSUMER, FIELD_CLINICIAN };

struct doc {
    int32_t entry;
    enum field field;
    uint64_t mask;
    int importance;
    size_t ordinal; /* when it was added: keeps the order of the book within an entry and field */
    const char *text;
};

struct docs {
    struct doc *items;
    size_t len, cap;
};

static int importance_of(enum codeset set, const struct fold_entry *e)
{
    const int length = (int)strlen(e->code);

    if (e->class == CLASS_CHAPTER || e->class == CLASS_SECTION)
        return 100;
    if (set != SET_ICD10CM)
        return e->class == CLASS_MODIFIER ? 50 : 10;
    return 2 * length + (strchr("STVWXY", e->code[0]) != NULL);
}

/* Adds a text of an entry, or its mask to the same text added before; from is where the entry's documents begin. */
static void doc_add(struct docs *docs, size_t from, const struct doc *doc)
{
    for (size_t i = from; i < docs->len; i++)
        if (docs->items[i].field == doc->field && strcmp(docs->items[i].text, doc->text) == 0) {
            docs->items[i].mask |= doc->mask;
            return;
        }
    struct doc fresh = *doc;
    fresh.ordinal = docs->len;
    VEC_PUSH(docs, fresh);
}

static void docs_of_version(struct docs *docs, size_t from, const struct fold_version *v, enum codeset set, int importance)
{
    struct doc doc = {v->entry, FIELD_TITLE, v->mask, importance, 0, v->row->title};

    if (v->row->family)
        return;
    doc_add(docs, from, &doc);
    if (v->row->printed && !fold_equal(v->row->printed, v->row->title)) {
        doc.field = FIELD_PRINTED;
        doc.text = v->row->printed;
        doc_add(docs, from, &doc);
    }
    if (set != SET_ICD10CM && v->row->short_title[0] && !fold_equal(v->row->short_title, v->row->title)) {
        doc.field = FIELD_SHORT;
        doc.text = v->row->short_title;
        doc_add(docs, from, &doc);
    }
}

static int field_of_note(enum note_kind kind)
{
    if (kind == NOTE_INCLUSION_TERM)
        return FIELD_INCLUSION;
    if (kind == NOTE_INCLUDES)
        return FIELD_INCLUDES;
    if (kind == NOTE_CONSUMER)
        return FIELD_CONSUMER;
    return kind == NOTE_CLINICIAN ? FIELD_CLINICIAN : -1;
}

static void docs_of_notes(struct docs *docs, size_t from, const struct fold *f, int32_t entry, int importance)
{
    for (int32_t at = f->entries.items[entry].first[LIST_NOTES]; at >= 0; at = f->list[LIST_NOTES].items[at].next) {
        const struct fold_item *item = &f->list[LIST_NOTES].items[at];
        const int field = field_of_note((enum note_kind)item->kind);
        const struct doc doc = {entry, (enum field)field, item->mask, importance, 0, item->text};
        if (field >= 0)
            doc_add(docs, from, &doc);
    }
}

static int by_importance(const void *a, const void *b)
{
    const struct doc *x = a, *y = b;
    if (x->importance != y->importance)
        return x->importance - y->importance;
    if (x->entry != y->entry)
        return x->entry < y->entry ? -1 : 1;
    if (x->field != y->field)
        return (int)x->field - (int)y->field;
    return x->ordinal < y->ordinal ? -1 : 1;
}

/* Versions grouped by entry: the places of versions, and where each entry's begin. */
static void versions_by_entry(const struct fold *f, uint32_t *order, uint32_t *begin)
{
    for (size_t i = 0; i < f->versions.len; i++)
        begin[f->versions.items[i].entry + 1]++;
    for (size_t e = 0; e < f->entries.len; e++)
        begin[e + 1] += begin[e];
    uint32_t *next = mem_alloc((f->entries.len + 1) * sizeof *next);
    memcpy(next, begin, (f->entries.len + 1) * sizeof *next);
    for (size_t i = 0; i < f->versions.len; i++)
        order[next[f->versions.items[i].entry]++] = (uint32_t)i;
    free(next);
}

static void docs_collect(struct docs *docs, const struct fold *f, enum codeset set)
{
    uint32_t *order = mem_alloc((f->versions.len + 1) * sizeof *order);
    uint32_t *begin = mem_alloc((f->entries.len + 2) * sizeof *begin);

    versions_by_entry(f, order, begin);
    for (size_t e = 0; e < f->entries.len; e++) {
        if (f->entries.items[e].set != set)
            continue;
        const int importance = importance_of(set, &f->entries.items[e]);
        const size_t from = docs->len;
        for (uint32_t i = begin[e]; i < begin[e + 1]; i++)
            docs_of_version(docs, from, &f->versions.items[order[i]], set, importance);
        docs_of_notes(docs, from, f, (int32_t)e, importance);
    }
    free(order);
    free(begin);
}

struct doc_sql {
    const char *insert, *rebuild, *words;
};

/* Words that only the indexes and tables of the set have count as words of one document. */
#define DOC_SQL(set, number)                                                                                           \
    {                                                                                                                  \
        "INSERT INTO doc_" set " VALUES (?, ?, ?, ?, ?)",                                                              \
        FTS_REBUILD("fts_" set),                                                                                       \
        "CREATE VIRTUAL TABLE temp.terms USING fts5vocab (main, fts_" set ", row);"                                    \
        "CREATE VIRTUAL TABLE temp.stemmer USING fts5"                                                                 \
        " (t, tokenize = 'porter unicode61 remove_diacritics 2', detail = none, columnsize = 0);"                      \
        "CREATE TABLE temp.form (id INTEGER PRIMARY KEY, form TEXT, docs INTEGER);"                                    \
        "CREATE VIRTUAL TABLE temp.rows USING fts5vocab (main, fts_term, row);"                                        \
        "INSERT INTO temp.form (form, docs) SELECT term, max(doc) FROM (SELECT term, doc FROM temp.terms"              \
        " UNION ALL SELECT term, 1 FROM temp.rows WHERE " number " = 0) GROUP BY term ORDER BY term;"                  \
        "DROP TABLE temp.rows;"                                                                                        \
        "INSERT INTO temp.stemmer (rowid, t) SELECT id, form FROM temp.form;"                                          \
        "CREATE VIRTUAL TABLE temp.stems USING fts5vocab (temp, stemmer, instance);"                                   \
        "INSERT OR IGNORE INTO word SELECT " number ", f.form, s.term, f.docs"                                         \
        " FROM temp.stems s JOIN temp.form f ON f.id = s.doc ORDER BY f.form;"                                         \
        "DROP TABLE temp.stems; DROP TABLE temp.stemmer; DROP TABLE temp.form; DROP TABLE temp.terms"                  \
    }

static const struct doc_sql doc_sql[SET_COUNT] = {
    [SET_ICD10CM] = DOC_SQL("icd10cm", "0"),
    [SET_HCPCS] = DOC_SQL("hcpcs", "1"),
    [SET_CPT] = DOC_SQL("cpt", "2"),
};

static enum status write_set_docs(sqlite3 *db, const struct fold *f, enum codeset set, struct error *err)
{
    struct docs docs = {0};
    sqlite3_stmt *st = NULL;
    enum status rc = db_prepare(db, doc_sql[set].insert, &st, err);

    docs_collect(&docs, f, set);
    if (docs.len)
        qsort(docs.items, docs.len, sizeof *docs.items, by_importance);
    for (size_t i = 0; i < docs.len && rc == ST_OK; i++) {
        const struct doc *d = &docs.items[i];
        rc = db_run(st, err, "iiiis", (int64_t)i + 1, (int64_t)d->entry + 1, (int64_t)d->mask, (int64_t)d->field, d->text);
    }
    sqlite3_finalize(st);
    if (rc == ST_OK && docs.len)
        rc = db_exec(db, doc_sql[set].rebuild, err);
    if (rc == ST_OK && docs.len)
        rc = db_exec(db, doc_sql[set].words, err);
    free(docs.items);
    return rc;
}

enum status write_docs(sqlite3 *db, const struct fold *f, struct error *err)
{
    enum status rc = ST_OK;
    for (int set = 0; set < SET_COUNT && rc == ST_OK; set++)
        rc = write_set_docs(db, f, (enum codeset)set, err);
    return rc;
}
