/* sequence.c - the order of a book: places and version ids, each found from the other.
 *
 * A release's sequence is kept as runs of consecutive version ids (schema.sql). A book has thousands of runs at most for a
 * hundred thousand entries, so they are searched as they are and never spread out. */
#include <stdlib.h>
#include <string.h>

#include "codeshelf/terms.h"
#include "codeshelf/varint.h"
#include "inside.h"

enum { BOOK_MAX = 1 << 24 }; /* entries of one book: far above any real one */

static int run_by_id(const void *a, const void *b)
{
    const struct run *x = a, *y = b;
    return (x->first > y->first) - (x->first < y->first);
}

/* False when the bytes are no sequence. */
static bool decode(struct book *b, const unsigned char *bytes, size_t n)
{
    struct {
        struct run *items;
        size_t len, cap;
    } runs = {0};
    size_t at = 0;
    int64_t next = 1;
    uint64_t step, count;

    b->size = 0;
    while (at < n) {
        if (!varint_get(bytes, n, &at, &step) || !varint_get(bytes, n, &at, &count) || count == 0
            || count > BOOK_MAX - b->size) {
            free(runs.items);
            return false;
        }
        next += unzigzag(step);
        const struct run run = {next, b->size, (uint32_t)count};
        VEC_PUSH(&runs, run);
        next += (int64_t)count;
        b->size += (uint32_t)count;
    }
    b->nruns = runs.len;
    b->by_place = runs.items;
    b->scans = 0;
    return true;
}

enum status sequence_read(struct shelf *s, struct book *b, int number, struct error *err)
{
    static const char sql[] = "SELECT runs FROM sequence WHERE release = ?1 AND book = ?2";
    sqlite3_stmt *q;
    enum status st = sql_open(s, sql, &q, err);

    if (st != ST_OK)
        return st;
    sqlite3_bind_int(q, 1, b->release->id);
    sqlite3_bind_int(q, 2, number);
    st = sql_row(s, q, err);
    if (st == ST_NONE && number)
        return ST_OK; /* a book without a row */
    if (st != ST_OK)
        return st != ST_NONE ? st
                             : error_set(err, ST_SHELF, "the shelf lacks the order of %s; import it again", b->release->name);
    b->sequenced = decode(b, sqlite3_column_blob(q, 0), (size_t)sqlite3_column_bytes(q, 0));
    sqlite3_reset(q);
    return b->sequenced ? ST_OK : error_set(err, ST_SHELF, "the order of %s on the shelf is damaged; import it again",
                                            b->release->name);
}

enum status sequence_load(struct shelf *s, enum codeset set, struct error *err)
{
    struct book *b = &s->books[set];

    return b->sequenced || !b->release ? ST_OK : sequence_read(s, b, 0, err);
}

enum status sequence_load_other(struct shelf *s, enum codeset set, enum component c, struct book **out, struct error *err)
{
    struct book *b = *out = &s->shelved[set][c];
    bool other;
    const struct release *r = terms_release(s, set, c, &other);

    if (r != b->release)
        sequence_free(b);
    b->release = r;
    return b->sequenced || !r ? ST_OK : sequence_read(s, b, (int)c, err);
}

void sequence_free(struct book *b)
{
    free(b->by_place);
    free(b->by_id);
    b->by_place = b->by_id = NULL;
    b->nruns = b->size = 0;
    b->sequenced = false;
}

int64_t sequence_version(const struct book *b, uint32_t place)
{
    size_t low = 0, high = b->nruns;

    if (place >= b->size)
        return 0;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (b->by_place[middle].place <= place)
            low = middle;
        else
            high = middle;
    }
    return b->by_place[low].first + (place - b->by_place[low].place);
}

static bool holds(const struct run *run, int64_t version)
{
    return version >= run->first && version < run->first + run->n;
}

static uint32_t place_by_scan(const struct book *b, int64_t version)
{
    for (size_t i = 0; i < b->nruns; i++)
        if (holds(&b->by_place[i], version))
            return b->by_place[i].place + (uint32_t)(version - b->by_place[i].first);
    return PLACE_NONE;
}

/* To show one code takes a few places, which are scanned for; whoever asks on gets the runs sorted. */
uint32_t sequence_place(struct book *b, int64_t version)
{
    enum { SCANS_MAX = 64 };
    size_t low = 0, high = b->nruns;

    if (b->nruns && !b->by_id) {
        if (b->scans++ < SCANS_MAX)
            return place_by_scan(b, version);
        b->by_id = mem_alloc(b->nruns * sizeof *b->by_id);
        memcpy(b->by_id, b->by_place, b->nruns * sizeof *b->by_id);
        qsort(b->by_id, b->nruns, sizeof *b->by_id, run_by_id);
    }
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const struct run *run = &b->by_id[middle];
        if (holds(run, version))
            return run->place + (uint32_t)(version - run->first);
        if (version < run->first)
            high = middle;
        else
            low = middle + 1;
    }
    return PLACE_NONE;
}
