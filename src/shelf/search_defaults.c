/* search_defaults.c - the code that stands for a header when nothing more is said.
 *
 * Coders who ask for "heart attack" want a code that can be billed. The books have one for most headers: the child that is
 * "unspecified", "NOS" or "without complications", which mostly ends in 9; of sides the one asked for. Where the index of
 * another release leads to a code that has been divided since, what it names is the child that says so, else the one for others:
 *
 *   "cornelia de lange syndrome" -> Q87.19 in FY2025, by the index of FY2017 which has Q87.1 */
#include <string.h>

#include "search_run.h"

enum { LEVELS_MAX = 6 /* headers below one another */ };

/* How far a title says that nothing more was said. */
static double plainness(const char *title)
{
    static const char *const plain[] = {"without complication", "uncomplicated", "not specified as", "not having achieved remission",
                                        "accidental (unintentional)"}; /* the note at T51-T65: where no intent is indicated */
    const char *unspecified = strstr(title, "nspecified");
    double score = !unspecified ? 0 : strstr(unspecified + 1, "nspecified") ? 3 : 2;

    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        score += strstr(title, plain[i]) ? 2 : 0;
    return score;
}

/* Found by the book of another release, which had this for a code. */
static bool is_divided(const struct candidate *header)
{
    return header->row && header->other;
}

static bool is_residual(const char *title)
{
    return strstr(title, "ther specified") || strstr(title, "Other ");
}

/* Words of the query that a child's title has. */
static unsigned words_in(struct search *run, const struct candidate *header, const char *title)
{
    return rank_words(header->reading ? &header->reading->terms : NULL, 0, title, &run->room);
}

/* How much a child speaks for being the default of its parent. */
static double child_score(struct search *run, const struct candidate *header, const char *code, const char *title)
{
    const struct terms *t = header->reading ? &header->reading->terms : NULL;
    double score = 1.5 * rank_words(t, header->matched, title, &run->room); /* what the header's text lacks counts most */

    score += 3 * words_in(run, header, title) + plainness(title);
    if (strstr(title, " with "))
        score -= 1;
    if (is_residual(title))
        score -= 1.5;
    if (code[strlen(code) - 1] == '9')
        score += 1;
    return score;
}

/* The best child of an entry; ST_NONE when none will do. */
static enum status best_child(struct search *run, const struct candidate *header, int64_t parent, struct candidate *out,
                              bool *billable, struct error *err)
{
    static const char sql[] = "SELECT v.id, v.entry, v.billable, e.code, v.title, EXISTS (SELECT 1 FROM version f"
                              " WHERE f.parent = v.entry AND f.mask & ?2 AND f.family) FROM version v JOIN entry e ON e.id = v.entry"
                              " WHERE v.parent = ?1 AND v.mask & ?2 AND NOT v.family";
    const bool divided = is_divided(header);
    double best = divided ? -2 : 0.9;
    bool any = false;
    sqlite3_stmt *q;
    enum status st = sql_open(run->s, sql, &q, err);

    if (st != ST_OK)
        return st;
    sqlite3_bind_int64(q, 1, parent);
    sqlite3_bind_int64(q, 2, release_mask(run->s, run->s->books[header->set].release));
    while ((st = sql_row(run->s, q, err)) == ST_OK) {
        const char *code = (const char *)sqlite3_column_text(q, 3), *title = (const char *)sqlite3_column_text(q, 4);
        const double score = code && title && *code ? child_score(run, header, code, title) : 0;
        if (score <= best || (divided && !words_in(run, header, title) && plainness(title) <= 0 && !is_residual(title)))
            continue;
        best = score;
        any = true;
        out->named = plainness(title) > 0;
        out->version = sqlite3_column_int64(q, 0);
        out->entry = sqlite3_column_int64(q, 1);
        *billable = sqlite3_column_int(q, 2) || sqlite3_column_int(q, 5);
    }
    return st == ST_NONE && any ? ST_OK : st;
}

enum status default_under(struct search *run, const struct candidate *header, struct candidate *out, struct error *err)
{
    bool billable = false;
    enum status st = ST_OK;

    *out = *header;
    for (int level = 0; level < LEVELS_MAX && !billable && st == ST_OK; level++)
        st = best_child(run, header, out->entry, out, &billable, err);
    return st == ST_OK && !billable ? ST_NONE : st;
}
