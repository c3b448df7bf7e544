/* results_family.c - the codes that differ in the 7th character only, behind the row that stands for them.
 *
 * "fx l distal radius init closed" finds a family, and "init closed" says which of its codes: that one is named in the first
 * row, and unfolding any family selects the one that is meant. */
#include <string.h>

#include "results_view.h"

enum { MARKS_MAX = 64 };

/* Which of the members has most of the words searched for in what it adds to the title of the family; n when none has any. */
static size_t most_meant(const struct result *family, const struct entry *members, size_t n)
{
    struct word_span marks[MARKS_MAX];
    size_t most = 0, best = n;

    for (size_t i = 0; family->hit != NULL && family->hit->reading != NULL && i < n; i++) {
        const char *own = title_after(members[i].title, family->entry.title);
        size_t found = own != NULL ? hit_marks(family->hit, own, marks, MARKS_MAX) : 0;

        if (found > most) {
            most = found;
            best = i;
        }
    }
    return best;
}

const struct entry *results_chosen(struct results *r, const struct result *family)
{
    const struct entry *members = NULL;
    size_t n = 0, best;

    if (family->members == 0 || shelf_children(r->app->shelf, &family->entry, &r->arena, &members, &n, NULL) != ST_OK) {
        return NULL;
    }
    best = most_meant(family, members, n);
    return best < n ? &members[best] : NULL;
}

static void fold_up(struct results *r, size_t at)
{
    struct result *row = &r->rows.items[at];
    size_t end = at + 1;

    while (end < r->rows.len && r->rows.items[end].member) {
        end++;
    }
    memmove(row + 1, r->rows.items + end, (r->rows.len - end) * sizeof *row);
    r->rows.len -= end - at - 1;
    r->list.n = r->rows.len;
}

/* Puts the members of a family behind its row; returns the row to select. */
static size_t unfold(struct results *r, size_t at)
{
    const struct result family = r->rows.items[at];
    const struct entry *members = NULL;
    size_t n = 0, best;

    if (shelf_children(r->app->shelf, &family.entry, &r->arena, &members, &n, NULL) != ST_OK) {
        return at;
    }
    struct result *rows = results_insert(r, at + 1, n);

    for (size_t i = 0; i < n; i++) {
        rows[i] = (struct result){.member = true, .entry = members[i], .own = title_after(members[i].title, family.entry.title)};
    }
    best = most_meant(&family, members, n);
    return best < n ? at + 1 + best : at;
}

void results_fold(struct results *r, enum action a)
{
    size_t at = r->list.selected;

    while (r->rows.items[at].member && at > 0) {
        at--;
    }
    struct result *row = &r->rows.items[at];
    bool open = a == ACT_RIGHT || (a == ACT_SEVENTH && !row->unfolded);

    if (row->members > 0 && row->unfolded != open) {
        row->unfolded = open;
        r->width = 0;
        if (open) {
            r->list.selected = unfold(r, at);
            return;
        }
        fold_up(r, at);
    }
    if (a != ACT_RIGHT) {
        r->list.selected = at;
    }
}
