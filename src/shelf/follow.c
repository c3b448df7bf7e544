/* follow.c - where a "see" leads.
 *
 * The book writes a see as a path with commas ("Disease, heart"), but loosely: it takes one of several forms of a title
 * ("Infarct" for "Infarct, infarction"), the singular for the plural, the noun for the adjective, leaves levels out ("with",
 * "due to"), puts "by site" for what the reader has to choose, a column of the Table of Neoplasms for a last level
 * ("Neoplasm, skin, malignant"), or a category for a place. Tried in this order:
 *
 *   1. an instruction: "see condition" means the condition that the reader looks up, not the main term Condition
 *   2. a whole table, by its name
 *   3. a category or code, when the text begins with one
 *   4. "Neoplasm ...": the words that name a column are taken out, the others name a row of the table
 *   5. a path: the row whose titles have all the words, the main term having the first and its own title one of the last part;
 *      of several the one with the least to spare (terms_match.c). First in the book that the see stands in, then in the main
 *      index and the tables; the External Cause Index is only ever left for a table
 *   6. the same for what stands before "by site", "by type": the reader goes on from there
 *   7. "Poisoning, mercury": the Table of Drugs has the substance
 *   8. a code anywhere in the text
 *   9. the path again in any order, "site" and "type" left out, or one word that follows another between two commas
 *  10. the path again, with words that are a slip of the pen away
 *
 * What is left is a misprint of the book, or names what the book does not have; the nearest place is given with it. */
#include <ctype.h>
#include <float.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "codeshelf/buf.h"
#include "codeshelf/fold.h"
#include "terms_inside.h"

enum { ROWS_MAX = 4000, PARTS_MAX = 16 };

/* A see being followed. */
struct trail {
    struct shelf *s;
    const struct term *from;
    struct arena *a;
    struct landing *out;
    struct error *err;
};

/* --- texts ---------------------------------------------------------------------------------------------------------- */

static bool begins(const char *text, const char *with)
{
    return strncasecmp(text, with, strlen(with)) == 0;
}

static const char *skip_blanks(const char *text)
{
    while (*text == ' ' || *text == ',')
        text++;
    return text;
}

/* The next part between commas, without the blanks around it; NULL after the last. */
static const char *next_part(struct arena *a, const char **text)
{
    const char *from = skip_blanks(*text);

    if (!*from)
        return NULL;
    size_t n = strcspn(from, ",");
    *text = from + n;
    while (n > 0 && from[n - 1] == ' ')
        n--;
    return arena_strndup(a, from, n);
}

/* Whether two texts have the same words one after the other. */
static bool same_words(const char *x, const char *y)
{
    struct buf a = {0}, b = {0};
    struct word_span v, w;
    size_t i = 0, j = 0;
    bool same = true, more = true;

    fold_text(&a, x, strlen(x));
    fold_text(&b, y, strlen(y));
    while (same && more) {
        more = word_next(buf_text(&a), a.len, &i, &v);
        same = word_next(buf_text(&b), b.len, &j, &w) == more
               && (!more || (v.len == w.len && memcmp(a.text + v.start, b.text + w.start, v.len) == 0));
    }
    buf_free(&a);
    buf_free(&b);
    return same;
}

/* --- paths ---------------------------------------------------------------------------------------------------------- */

/* The main term that a row stands under, as the places it takes; weight tells which of several the book means. */
struct main_term {
    uint32_t place, end, weight;
};

/* "Fracture, ankle" fits Fracture, traumatic and Fracture, pathological alike: meant is the one that the see stands in, else
 * the one that the book says most of. */
static struct main_term main_term_of(const struct trail *t, enum component book, uint32_t place)
{
    struct main_term m = {place, place + 1, 0};
    const struct term *above = NULL;
    struct term row;
    size_t n = 0;

    if (terms_at(t->s, t->from->set, book, place, t->a, &row, NULL) != ST_OK
        || terms_path(t->s, &row, t->a, &above, &n, NULL) != ST_OK)
        return m;
    const struct term *top = n ? &above[0] : &row;
    m = (struct main_term){top->place, terms_end(t->s, top), 0};
    const bool own = t->from->book == book && t->from->place >= m.place && t->from->place < m.end;
    m.weight = own ? UINT32_MAX : m.end - m.place;
    return m;
}

/* What a row costs; more than any when its main term lacks the first word. */
static double cost_of(const struct trail *t, const struct find *f, uint32_t first)
{
    if (!(f->fit.main & first) || f->id == t->from->id)
        return DBL_MAX;
    return f->fit.cost + (f->fit.first & first ? 0 : 0.5);
}

/* The best of the rows found: the main term has the first word. NULL for none. Rows that differ by no more than another form
 * of a word ("femur, femoral") fit alike. */
static const struct find *best_of(const struct trail *t, enum component book, const struct finds *finds, uint32_t first,
                                  double *cost)
{
    const double alike = 0.1;
    const struct find *best = NULL;
    struct main_term best_main = {0};
    double least = DBL_MAX;

    for (size_t i = 0; i < finds->len; i++)
        {
        const double its = cost_of(t, &finds->items[i], first);
        least = its < least ? its : least;
    }
    for (size_t i = 0; least < DBL_MAX && i < finds->len; i++) {
        const struct find *f = &finds->items[i];
        const double its = cost_of(t, f, first);
        if (its >= least + alike)
            continue;
        struct main_term m = best_main;
        if (!best || f->place < m.place || f->place >= m.end)
            m = main_term_of(t, book, f->place);
        const bool heavier = !best || m.weight > best_main.weight, level = m.weight == best_main.weight;
        if (heavier || (level && (its < *cost || (!(its > *cost) && f->place < best->place)))) {
            best = f;
            best_main = m;
            *cost = its;
        }
    }
    return best;
}

/* The last part that has a word to ask for: the row itself has to answer it. */
static unsigned own_part(const struct asked *q)
{
    const uint32_t needed = asked_needed(q);
    unsigned part = 0;

    for (size_t i = 0; i < q->n; i++)
        if (needed & (1u << i))
            part = q->items[i].part;
    return part;
}

/* How near a row must come. */
enum care {
    CARE_ALL,   /* it has all the words */
    CARE_LOOSE, /* in any order, but for "site", "type", or one word that follows another between two commas */
    CARE_SLIPS  /* all, slips of the pen allowed */
};

/* The best row of a book for words as they stand, when it costs less than *cost; ST_NONE when there is none. anywhere: its
 * own title may answer any part, else the last. */
static enum status find_best(const struct trail *t, struct book *b, enum component book, const struct asked *q, bool anywhere,
                             double *cost, int64_t *id)
{
    const uint32_t needed = asked_needed(q), first = needed & (0 - needed);
    struct finds finds = {0};
    struct buf match = {0};
    double least = 0;
    enum status st = asked_match(q, anywhere ? 0 : own_part(q), &match) ? ST_OK : ST_NONE;

    if (st == ST_OK)
        st = finds_add_main(t->s, b, t->from->set, book, q, ROWS_MAX, &finds, t->err);
    if (st == ST_OK)
        st = finds_add(t->s, b, t->from->set, book, q, match.text, ROWS_MAX, &finds, t->err);
    const struct find *best = st == ST_OK ? best_of(t, book, &finds, first, &least) : NULL;
    if (best && least < *cost) {
        *cost = least;
        *id = best->id;
    } else if (st == ST_OK) {
        st = ST_NONE;
    }
    free(finds.items);
    buf_free(&match);
    return st;
}

/* Whether the word can be left out: another stands before it between the same commas. */
static bool can_leave(const struct asked *q, size_t word)
{
    const uint32_t needed = asked_needed(q);

    for (size_t i = 0; i < word; i++)
        if (needed & (1u << word) && needed & (1u << i) && q->items[i].part == q->items[word].part)
            return true;
    return false;
}

/* The best row when one word is left out. */
static enum status find_without(const struct trail *t, struct book *b, enum component book, struct asked *q, int64_t *id)
{
    enum status found = ST_NONE;
    double cost = 1e9;

    for (size_t i = 0; i < q->n; i++) {
        if (!can_leave(q, i))
            continue;
        q->items[i].off = true;
        const enum status st = find_best(t, b, book, q, false, &cost, id);
        q->items[i].off = false;
        if (st != ST_NONE)
            found = st;
        if (st != ST_NONE && st != ST_OK)
            break;
    }
    return found;
}

static bool is_general(const struct ask *q)
{
    static const char *const words[] = {"site", "sites", "type", "types", "form", "forms"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(q->word, words[i]) == 0)
            return true;
    return false;
}

static enum status find_path(const struct trail *t, enum component book, const char *text, enum care care, struct term *out)
{
    struct asked q;
    struct book *b;
    double cost = 1e9;
    int64_t id = 0;
    enum status st = sequence_load_other(t->s, t->from->set, book, &b, t->err);

    asked_read(text, false, &q);
    q.slips = care == CARE_SLIPS;
    for (size_t i = 1; i < q.n && care == CARE_LOOSE; i++)
        q.items[i].optional |= is_general(&q.items[i]);
    if (st == ST_OK)
        st = b->release ? find_best(t, b, book, &q, care == CARE_LOOSE, &cost, &id) : ST_NONE;
    if (st == ST_NONE && b->release && care == CARE_LOOSE)
        st = find_without(t, b, book, &q, &id);
    return st == ST_OK ? term_of_id(t->s, id, t->a, out, t->err) : st;
}

/* A path in the first book that has it; ST_NONE when none has. */
static enum status follow_path(const struct trail *t, const char *text, enum care care)
{
    const enum component own = t->from->book;
    const enum component books[] = {own, COMP_INDEX, COMP_NEOPLASM, COMP_DRUGS};

    for (size_t i = 0; i < sizeof books / sizeof *books; i++) {
        if ((i > 0 && books[i] == own) || (own == COMP_EXTERNAL && books[i] == COMP_INDEX))
            continue;
        const enum status st = find_path(t, books[i], text, care, &t->out->term);
        if (st == ST_NONE)
            continue;
        if (st == ST_OK) {
            const struct term *row = &t->out->term;
            const bool exact = same_words(*row->path ? arena_printf(t->a, "%s %s", row->path, row->title) : row->title, text);
            t->out->kind = row->book == COMP_DRUGS && own != COMP_DRUGS ? LAND_TABLE : exact ? LAND_EXACT : LAND_WORDS;
        }
        return st;
    }
    return ST_NONE;
}

/* What stands before the first words that tell the reader to choose ("by site"); NULL when there are none. */
static const char *before_choice(struct arena *a, const char *text)
{
    static const char *const choices[] = {"by site", "by type",  "by region", "by drug",  "by substance", "by cause",
                                          "by stage", "by trimester", "by nerve",  "by muscle", "by animal",    "by organism"};
    const char *cut = strstr(text, ", by ");

    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        const char *at = strstr(text, choices[i]);
        if (at && at > text && (!cut || at < cut))
            cut = at;
    }
    size_t n = cut ? (size_t)(cut - text) : 0;
    while (n > 0 && strchr(" ,", text[n - 1]))
        n--;
    return n ? arena_strndup(a, text, n) : NULL;
}

/* --- what is no path ------------------------------------------------------------------------------------------------ */

/* Tells the reader what to look up, and names no place: "condition", "condition, respiratory, acute", "specified injury by
 * site", "nature of injury by site". */
static bool is_instruction(const char *text)
{
    static const char *const beginnings[] = {"condition",  "the condition", "with 7th character", "specific ", "specified ",
                                             "nature of ", "by ",           "note at",            "code to ",  "code by "};

    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (begins(text, beginnings[i]))
            return true;
    return false;
}

static enum status follow_table(const struct trail *t, const char *text)
{
    if (!begins(text, "Table of ") && !begins(text, "the Table of "))
        return ST_NONE;
    t->out->kind = LAND_TABLE;
    t->out->term.set = t->from->set;
    t->out->term.book = strstr(text, "eoplasm") ? COMP_NEOPLASM : COMP_DRUGS;
    return ST_OK;
}

/* The code that a text names at or behind *at, cut back to what the Tabular has. */
static enum status follow_code(const struct trail *t, const char *text, bool at_once)
{
    struct code_ref ref;
    struct entry e;
    size_t pos = 0;

    if (!code_ref_next(t->from->set, text, strlen(text), &pos, &ref) || (at_once && ref.start != 0))
        return ST_NONE;
    for (size_t n = strlen(ref.first); n >= 3; ref.first[--n] = '\0') {
        const enum status st = shelf_lookup(t->s, t->from->set, ref.first, t->a, &e, t->err);
        if (st == ST_NONE)
            continue;
        t->out->kind = LAND_CATEGORY;
        memcpy(t->out->code, ref.first, sizeof t->out->code);
        return st;
    }
    return ST_NONE;
}

/* A text that begins with a code or with "category", "subcategory". */
static enum status follow_category(const struct trail *t, const char *text)
{
    static const char *const words[] = {"category ", "categories ", "subcategory ", "subcategories ", "code ", "codes "};

    if (fold_equal(text, "category") || fold_equal(text, "subcategory")) /* printed apart from it */
        text = *t->from->see_category ? t->from->see_category : t->from->codes;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (begins(text, words[i]))
            text = skip_blanks(text + strlen(words[i]));
    return follow_code(t, text, true);
}

/* The column of the Table of Neoplasms that a part names; 0 for none. */
static int column_named(const char *part)
{
    static const struct {
        const char *words;
        int column;
    } names[] = {{"malignant", 1},           {"primary", 1},   {"malignant primary", 1},
                 {"secondary", 2},           {"metastatic", 2}, {"malignant secondary", 2},
                 {"secondary malignant", 2}, {"in situ", 3},   {"ca in situ", 3},
                 {"benign", 4},              {"uncertain", 5}, {"uncertain behavior", 5},
                 {"unspecified", 6},         {"unspecified behavior", 6}};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (same_words(part, names[i].words))
            return names[i].column;
    return 0;
}

static enum status follow_neoplasm(const struct trail *t, const char *text, enum care care)
{
    struct buf row = {0};
    const char *at = text, *part;
    int column = 0;

    if (!begins(text, "Neoplasm"))
        return ST_NONE;
    while ((part = next_part(t->a, &at)) != NULL) {
        const char *blank = strrchr(part, ' ');
        int named = column_named(part);
        size_t n = named || begins(part, "by ") ? 0 : strlen(part);
        if (n && blank && (named = column_named(blank + 1)) != 0) /* "skin malignant" */
            n = (size_t)(blank - part);
        if (named > column) /* "malignant, secondary" is the secondary one */
            column = named;
        if (n)
            buf_printf(&row, "%s%.*s", row.len ? ", " : "", (int)n, part);
    }
    const enum status st = find_path(t, COMP_NEOPLASM, buf_text(&row), care, &t->out->term);
    buf_free(&row);
    if (st == ST_OK) {
        t->out->kind = LAND_NEOPLASM;
        t->out->column = column;
    }
    return st;
}

static enum status follow_poisoning(const struct trail *t, const char *text)
{
    const char *at = text, *part = next_part(t->a, &at);

    if (!part || !begins(part, "Poisoning") || !*skip_blanks(at))
        return ST_NONE;
    const enum status st = find_path(t, COMP_DRUGS, skip_blanks(at), CARE_ALL, &t->out->term);
    t->out->kind = LAND_TABLE;
    return st;
}

/* The nearest place: the parts of the text from the first on, as many as lead anywhere. */
static enum status follow_nearest(const struct trail *t, const char *text)
{
    const char *at = text, *part;
    struct buf kept = {0};
    size_t ends[PARTS_MAX], n = 0;
    enum status st = ST_NONE;

    while (n < PARTS_MAX && (part = next_part(t->a, &at)) != NULL) {
        buf_printf(&kept, "%s%s", kept.len ? ", " : "", part);
        ends[n++] = kept.len;
    }
    while (st == ST_NONE && n > 1) {
        kept.len = ends[--n - 1];
        kept.text[kept.len] = '\0';
        st = follow_path(t, kept.text, CARE_ALL);
    }
    buf_free(&kept);
    if (st == ST_NONE)
        memset(&t->out->term, 0, sizeof t->out->term);
    t->out->kind = LAND_NOWHERE;
    return st == ST_NONE ? ST_OK : st;
}

/* Another index named in front of the path: "Index to Diseases and Injuries, Complications". */
static const char *other_index(const char *text, enum component *book)
{
    const char *rest = strchr(text, ',');

    if (!begins(text, "Index to "))
        return NULL;
    *book = begins(text, "Index to External") ? COMP_EXTERNAL : COMP_INDEX;
    return rest ? skip_blanks(rest) : "";
}

/* Paths with more and more patience. */
static enum status follow_words(const struct trail *t, const char *see, const char *before)
{
    enum status st = follow_neoplasm(t, see, CARE_ALL);

    if (st == ST_NONE)
        st = follow_path(t, see, CARE_ALL);
    if (st == ST_NONE && before)
        st = follow_path(t, before, CARE_ALL);
    if (st == ST_NONE)
        st = follow_poisoning(t, see);
    if (st == ST_NONE)
        st = follow_code(t, see, false);
    if (st == ST_NONE)
        st = follow_path(t, before ? before : see, CARE_LOOSE);
    if (st == ST_NONE)
        st = follow_neoplasm(t, see, CARE_SLIPS);
    if (st == ST_NONE)
        st = follow_path(t, before ? before : see, CARE_SLIPS);
    return st;
}

enum status terms_follow(struct shelf *s, const struct term *from, const char *see, struct arena *a, struct landing *out,
                         struct error *err)
{
    struct term start = *from;
    const struct trail t = {s, &start, a, out, err};
    const char *text = see, *rest;

    memset(out, 0, sizeof *out);
    if (begins(text, "also "))
        text += strlen("also ");
    if ((rest = other_index(text, &start.book)) != NULL)
        text = *rest ? rest : "condition";
    if (is_instruction(text)) {
        out->kind = LAND_INSTRUCTION;
        return ST_OK;
    }
    enum status st = follow_table(&t, text);
    if (st == ST_NONE)
        st = follow_category(&t, text);
    if (st == ST_NONE)
        st = follow_words(&t, text, before_choice(a, text));
    return st == ST_NONE ? follow_nearest(&t, text) : st;
}
