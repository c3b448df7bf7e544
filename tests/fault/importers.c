/* Importers that meet, and importers that are killed. */
#include "rig.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "codeshelf/store.h"

enum { KILLS = 200, WAIT_MS = 300, WAITS = 100, MEETINGS = 5 };

static void rest(double seconds)
{
    const struct timespec t = {.tv_sec = (time_t)seconds, .tv_nsec = (long)((seconds - (double)(time_t)seconds) * 1e9)};
    nanosleep(&t, NULL);
}

/* Two start while the lock is held: both wait, the first says so, then both succeed, and the shelf has what both brought. */
static void test_two_importers(void **state)
{
    const struct rig *r = *state;
    struct buf said = {0};
    char path[512];
    if (r->real)
        skip();
    for (int i = 0; i < MEETINGS; i++) {
        unlink(r->live);
        scratch_text(&r->s, "messages", "");
        const int lock = open(scratch_path(&r->s, "live.db.lock", path), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        assert_true(lock >= 0 && flock(lock, LOCK_EX) == 0);
        const pid_t one = rig_start(r, "", "'" TEST_SPECIMEN "/icd10cm/specimen'");
        rig_messages(r, &said);
        for (int waits = 0; said.len == 0 && waits < WAITS; waits++) {
            rest(WAIT_MS / 1000.0);
            rig_messages(r, &said);
        }
        assert_string_equal(buf_text(&said), "codeshelf-import: waiting for another import into live.db to finish\n");
        const pid_t other = rig_start(r, "", "'" TEST_SPECIMEN "/hcpcs/specimen'");
        rest(WAIT_MS / 1000.0);
        assert_int_equal(waitpid(one, NULL, WNOHANG), 0);
        assert_int_equal(waitpid(other, NULL, WNOHANG), 0);
        close(lock);
        assert_int_equal(rig_wait(one), 0);
        assert_int_equal(rig_wait(other), 0);
        assert_true(rig_side(r) == OLD);
    }
    buf_free(&said);
    assert_int_equal(rig_files(r), 2);
}

/* The moments are drawn from a window that follows how long an import takes now, for the machine's load changes: one that ended
 * before its moment takes less than that, and each one killed widens the window a little. */
static void test_killed(void **state)
{
    const struct rig *r = *state;
    const char *given = getenv("CODESHELF_FAULT_SEED");
    unsigned seed = given ? (unsigned)strtoul(given, NULL, 10) : (unsigned)time(NULL);
    int killed = 0, left = 0, swapped = 0;
    double window = r->seconds;
    printf("CODESHELF_FAULT_SEED=%u\n", seed);
    for (int i = 0; i < KILLS; i++) {
        struct error err = {0};
        const enum side before = rig_side(r), after = before == OLD ? NEW : OLD;
        const pid_t pid = rig_start(r, "", r->into[after]);
        const double moment = window * (double)rand_r(&seed) / (double)RAND_MAX;
        rest(moment);
        kill(pid, SIGKILL);
        const bool ended = rig_wait(pid) == -SIGKILL;
        const enum side is = rig_side(r);
        window = ended ? window * 1.02 : moment;
        if (is == NEITHER || (!ended && is != after) || store_verify(r->live, NULL, &err) != ST_OK)
            fail_msg("kill %d: a shelf of neither side: %s", i, err.text);
        killed += ended;
        left += rig_files(r) > 2;
        swapped += is == after;
    }
    printf("%d of %d importers were killed, %d times something was left behind; %d had swapped the shelf in\n", killed, KILLS, left,
           swapped);
    assert_true(killed > KILLS / 2 && left > 0);
    rig_import(r, r->into[rig_side(r) == OLD ? NEW : OLD]);
    assert_int_equal(rig_files(r), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_two_importers), cmocka_unit_test(test_killed)};
    return cmocka_run_group_tests(tests, rig_setup, rig_teardown);
}
