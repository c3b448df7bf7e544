/* Two hundred readers and an importer: while the shelf is replaced ten times, every reader looks up, searches and reads notes.
 * An answer must be the old shelf's or the new one's, whole, and the same for as long as a reader keeps the file open. */
#include "rig.h"

#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "codeshelf/shelf.h"

enum { READERS = 200, IMPORTS = 10, ROUNDS = 3, SEARCH_LIMIT = 20, PATIENCE_MS = 120000,
       BETWEEN_MS = 400, LAST = 19 };

/* What the processes share. */
struct watch {
    atomic_int stop, ready, wrong, opened[2], rounds, outlived;
    char what[512]; /* the first thing that went wrong */
};

static void add_search(struct shelf *s, const char *words, struct arena *a, struct buf *out)
{
    const struct query q = {.text = words, .set = SET_COUNT, .limit = SEARCH_LIMIT};
    struct hits hits = {0};
    struct error err = {0};
    if (shelf_search(s, &q, a, &hits, &err) != ST_OK)
        buf_printf(out, "%s: FAILED: %s\n", words, err.text);
    for (size_t i = 0; i < hits.n; i++)
        buf_printf(out, "%s: %s %s, %s\n", words, hits.items[i].entry.code, hits.items[i].entry.title, hits.items[i].matched);
}

static void add_entry(struct shelf *s, const char *code, struct arena *a, struct buf *out)
{
    struct entry e;
    const struct note *notes = NULL;
    size_t n = 0;
    struct error err = {0};
    enum status st = shelf_find(s, SET_COUNT, code, a, &e, &err);
    if (st == ST_OK) {
        buf_printf(out, "%s: %s\n", code, e.title);
        st = shelf_effective_notes(s, &e, a, &notes, &n, &err);
    }
    if (st != ST_OK)
        buf_printf(out, "%s: %s%s\n", code, st == ST_NONE ? "" : "FAILED: ", err.text);
    for (size_t i = 0; i < n; i++)
        buf_printf(out, "%s: %s: %s\n", code, notes[i].from_code, notes[i].text);
}

/* All that a reader asks, as one text. */
static void add_answers(struct shelf *s, struct buf *out)
{
    static const char *const words[] = {"fracture radius", "breakage", "diabetes with retinopathy", "ambulance", "fractu"};
    static const char *const codes[] = {"S52.502A", "E11.65", "A0428", "T40.2X5A", "B99"};
    struct arena a = {0};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        add_search(s, words[i], &a, out);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        add_entry(s, codes[i], &a, out);
    arena_free(&a);
}

static enum status open_live(const struct rig *r, const char *path, struct shelf **out, struct error *err)
{
    date day = 0;
    enum status st = shelf_open(path, out, err);
    assert_true(date_parse(r->as_of, &day));
    return st == ST_OK ? shelf_as_of(*out, day, err) : st;
}

static void rest(long ms)
{
    const struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    nanosleep(&t, NULL);
}

static void complain(struct watch *w, const char *what)
{
    if (atomic_fetch_add(&w->wrong, 1) == 0)
        snprintf(w->what, sizeof w->what, "%s", what);
}

/* A few rounds over one open file. */
static void read_shelf(const struct rig *r, struct watch *w, const struct buf expected[2], unsigned *seed)
{
    struct shelf *s = NULL;
    struct error err = {0};
    struct buf answers = {0};
    int side = -1;
    if (open_live(r, r->live, &s, &err) != ST_OK) {
        complain(w, err.text);
        return;
    }
    for (int round = 0; round < ROUNDS && !atomic_load(&w->stop); round++) {
        buf_clear(&answers);
        add_answers(s, &answers);
        const int is = strcmp(buf_text(&answers), buf_text(&expected[OLD])) == 0   ? OLD
                       : strcmp(buf_text(&answers), buf_text(&expected[NEW])) == 0 ? NEW
                                                                                  : NEITHER;
        if (is == NEITHER || (round > 0 && is != side))
            complain(w, is == NEITHER ? "an answer of neither shelf" : "an open shelf changed its answers");
        if (round == 0)
            atomic_fetch_add(is == NEITHER ? &w->wrong : &w->opened[is], 1);
        side = is;
        atomic_fetch_add(&w->rounds, 1);
        atomic_fetch_add(&w->outlived, shelf_replaced(s));
        rest(200 + (long)(rand_r(seed) % 1500));
    }
    shelf_close(s);
    buf_free(&answers);
}

static void run_reader(const struct rig *r, struct watch *w, const struct buf expected[2], unsigned number)
{
    unsigned seed = number + 1;
    for (bool first = true; first || !atomic_load(&w->stop); first = false) {
        read_shelf(r, w, expected, &seed);
        if (first)
            atomic_fetch_add(&w->ready, 1);
    }
}

/* What the shelf answers that the words of codeshelf-import make. */
static void expect(const struct rig *r, enum side side, struct buf *out)
{
    struct shelf *s = NULL;
    struct error err = {0};
    char path[512];
    scratch_write(&r->s, "asked.db", r->bytes[side].text, r->bytes[side].len);
    assert_int_equal(open_live(r, scratch_path(&r->s, "asked.db", path), &s, &err), ST_OK);
    add_answers(s, out);
    assert_null(strstr(buf_text(out), "FAILED"));
    shelf_close(s);
}

static void test_readers(void **state)
{
    const struct rig *r = *state;
    struct buf expected[2] = {0};
    pid_t readers[READERS];
    struct watch *w = mmap(NULL, sizeof *w, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(w != MAP_FAILED);
    for (int side = OLD; side <= NEW; side++)
        expect(r, (enum side)side, &expected[side]);
    assert_string_not_equal(buf_text(&expected[OLD]), buf_text(&expected[NEW]));
    for (unsigned i = 0; i < READERS; i++) {
        readers[i] = fork();
        assert_true(readers[i] >= 0);
        if (readers[i] == 0) {
            /* Two hundred that are busy would leave the importer next to nothing of a small machine. */
            setpriority(PRIO_PROCESS, 0, LAST);
            run_reader(r, w, expected, i);
            _exit(0);
        }
    }
    for (int ms = 0; atomic_load(&w->opened[OLD]) < READERS && !atomic_load(&w->wrong) && ms < PATIENCE_MS; ms += 20)
        rest(20);
    for (int i = 0; i < IMPORTS; i++) {
        rig_import(r, r->into[i % 2 == 0 ? NEW : OLD]);
        rest(BETWEEN_MS);
    }
    atomic_store(&w->stop, 1);
    for (int i = 0; i < READERS; i++)
        assert_int_equal(rig_wait(readers[i]), 0);
    printf("%d readers: %d rounds, %d opened the old shelf, %d the new one, %d rounds on a shelf replaced meanwhile\n", READERS,
           w->rounds, w->opened[OLD], w->opened[NEW], w->outlived);
    if (w->wrong)
        fail_msg("%d wrong: %s", w->wrong, w->what);
    assert_true(w->opened[OLD] >= READERS && w->opened[NEW] > 0 && w->outlived > 0);
    assert_true(rig_side(r) == OLD);
    assert_int_equal(rig_files(r), 2);
    munmap(w, sizeof *w);
    buf_free(&expected[OLD]);
    buf_free(&expected[NEW]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_readers)};
    return cmocka_run_group_tests(tests, rig_setup, rig_teardown);
}
