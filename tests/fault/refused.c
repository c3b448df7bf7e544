/* An importer that the system refuses: no room, a disk that errs, a folder that is not the user's. Wherever in the import it
 * happens, there is one line about it, the old shelf is as it was, and nothing else is left. */
#include "rig.h"

#include <errno.h>
#include <unistd.h>

#include "codeshelf/store.h"

enum { BLOCK = 512, REFUSED = 3 };

/* One import that may be refused; whether it was. Only when the folder cannot be synced is the new shelf there already, and
 * the line must say so. */
static bool import_refused(const struct rig *r, const char *before)
{
    struct buf said = {0};
    struct error err = {0};
    const int code = rig_wait(rig_start(r, before, r->into[NEW]));
    const enum side is = rig_side(r);
    rig_messages(r, &said);
    const char *end = strchr(buf_text(&said), '\n');
    const bool one_line = end && end[1] == '\0' && strncmp(buf_text(&said), "codeshelf-import: ", 18) == 0;
    if (code == 0 ? is != NEW || said.len > 0
                  : code != REFUSED || !one_line || !strstr(buf_text(&said), "live.db") ||
                        is != (strstr(buf_text(&said), "is the new shelf") ? NEW : OLD))
        fail_msg("%s exit %d, shelf %d: %s", before, code, (int)is, buf_text(&said));
    if (rig_files(r) != 2)
        fail_msg("%s something was left behind", before);
    if (store_verify(r->live, NULL, &err) != ST_OK)
        fail_msg("%s %s", before, err.text);
    if (is == NEW)
        rig_import(r, r->into[OLD]);
    buf_free(&said);
    return code != 0;
}

/* A limit to the size of files, from next to nothing to enough. */
static void test_no_room(void **state)
{
    const struct rig *r = *state;
    char before[128];
    int refused = 0;
    for (long blocks = 8;; blocks += blocks / 2, refused++) {
        snprintf(before, sizeof before, "trap '' XFSZ; ulimit -f %ld;", blocks);
        if (!import_refused(r, before))
            break;
        assert_true(blocks < 4 * (long)(r->bytes[NEW].len / BLOCK));
    }
    printf("%d imports into too little room\n", refused);
    assert_true(refused > 4);
}

static void test_bad_disk(void **state)
{
    static const struct {
        const char *call;
        int why, on, least;
    } cases[] = {{"write", ENOSPC, 1, 10}, {"write", EIO, 0, 10}, {"fsync", EIO, 0, 2}, {"fsync", ENOSPC, 1, 2},
                 {"fsync", EINVAL, 0, 1}, {"rename", EIO, 0, 1}};
    const struct rig *r = *state;
    char before[1024];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int refused = 0;
        for (int at = 1;; at += 1 + at / 4, refused++) {
            /* A sanitizer wants to be loaded first, and does not need to be. */
            snprintf(before, sizeof before,
                     "export LD_PRELOAD='" TEST_SHIM "' CODESHELF_SHIM='%s %d %d %d' ASAN_OPTIONS=verify_asan_link_order=0;",
                     cases[i].call, at, cases[i].why, cases[i].on);
            if (!import_refused(r, before))
                break;
        }
        printf("%s, %s: %d imports failed\n", cases[i].call, strerror(cases[i].why), refused);
        assert_true(refused >= cases[i].least);
        /* A folder that cannot be synced at all is no error, a file is. */
        assert_true(cases[i].why != EINVAL || refused == 1);
    }
}

/* A folder in which the user may not write: first not even the lock, then only the lock. */
static void test_read_only(void **state)
{
    static const char other[] = "as='setpriv --reuid=65534 --regid=65534 --clear-groups';";
    const struct rig *r = *state;
    const char *before = geteuid() == 0 ? other : "";
    char lock[512];
    scratch_path(&r->s, "live.db.lock", lock);
    assert_int_equal(chmod(r->s.folder, 0555) | chmod(lock, 0444), 0);
    const bool can = rig_wait(rig_start(r, before, "--version")) == 0;
    const bool closed = can && import_refused(r, before);
    assert_int_equal(chmod(lock, 0666), 0);
    const bool open = can && import_refused(r, before);
    assert_int_equal(chmod(r->s.folder, 0755), 0);
    if (!can) {
        printf("SKIPPED: read-only folder: this user's rights cannot be dropped\n");
        skip();
    }
    assert_true(closed && open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_no_room), cmocka_unit_test(test_bad_disk),
                                       cmocka_unit_test(test_read_only)};
    return cmocka_run_group_tests(tests, rig_setup, rig_teardown);
}
