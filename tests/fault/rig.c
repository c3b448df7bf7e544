/* rig.c - two shelves and the way from one to the other. */
#include "rig.h"

#include <dirent.h>
#include <time.h>
#include <sys/wait.h>
#include <unistd.h>

static void read_whole(const char *path, struct buf *out)
{
    char block[1 << 16];
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    buf_clear(out);
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;)
        buf_add(out, block, n);
    fclose(f);
}

pid_t rig_start(const struct rig *r, const char *before, const char *words)
{
    char line[4096];
    snprintf(line, sizeof line, "cd '%s' && { as=; %s exec $as '" TEST_TOOLS "/codeshelf-import' --shelf live.db %s; } >said 2>messages",
             r->s.folder, before, words);
    const pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        execl("/bin/sh", "sh", "-c", line, (char *)NULL);
        _exit(127);
    }
    return pid;
}

int rig_wait(pid_t pid)
{
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

void rig_messages(const struct rig *r, struct buf *out)
{
    char path[512];
    read_whole(scratch_path(&r->s, "messages", path), out);
}

void rig_import(const struct rig *r, const char *words)
{
    struct buf said = {0};
    const int code = rig_wait(rig_start(r, "", words));
    rig_messages(r, &said);
    if (code != 0 || said.len > 0)
        fail_msg("codeshelf-import %s: exit %d: %s", words, code, buf_text(&said));
    buf_free(&said);
}

enum side rig_side(const struct rig *r)
{
    struct buf live = {0};
    enum side side = NEITHER;
    read_whole(r->live, &live);
    for (int i = OLD; i <= NEW; i++)
        if (live.len == r->bytes[i].len && memcmp(live.text, r->bytes[i].text, live.len) == 0)
            side = (enum side)i;
    buf_free(&live);
    return side;
}

int rig_files(const struct rig *r)
{
    int n = 0;
    DIR *folder = opendir(r->s.folder);
    assert_non_null(folder);
    for (const struct dirent *e; (e = readdir(folder)) != NULL;)
        n += strncmp(e->d_name, "live.db", 7) == 0;
    closedir(folder);
    return n;
}

/* The specimen, and the same in other words and without HCPCS. */
static void choose_specimen(struct rig *r)
{
    char line[2048];
    snprintf(line, sizeof line, "cp -r '%s/icd10cm/specimen' '%s/variant' && chmod -R u+w '%s/variant' && "
             "sed -i 's/fracture/breakage/g' '%s/variant/'*", TEST_SPECIMEN, r->s.folder, r->s.folder, r->s.folder);
    assert_int_equal(system(line), 0);
    snprintf(r->into[OLD], sizeof r->into[OLD], "--drop icd10cm FY2025 '%s/icd10cm/specimen' '%s/hcpcs/specimen'",
             TEST_SPECIMEN, TEST_SPECIMEN);
    snprintf(r->into[NEW], sizeof r->into[NEW], "--drop icd10cm FY2025 --drop hcpcs 2025-JAN variant");
    r->as_of = "2025-02-03";
    rig_import(r, strchr(r->into[OLD], '\''));
}

static void choose_real(struct rig *r)
{
    if (access(TEST_SHARED "/data/hcpcs/2018", R_OK) != 0)
        fail_msg("CODESHELF_FAULT_REAL needs ../shared");
    snprintf(r->into[OLD], sizeof r->into[OLD], "'%s/data/hcpcs/2018'", TEST_SHARED);
    snprintf(r->into[NEW], sizeof r->into[NEW], "--drop hcpcs 2018-JAN");
    r->as_of = "2018-01-15";
    rig_import(r, "'" TEST_SHARED "/data/icd10cm/FY2017' '" TEST_SHARED "/data/hcpcs/2018'");
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Once there and back: what the shelves are, how long it takes, and that the way back leads to the same bytes. */
int rig_setup(void **state)
{
    static struct rig r;
    const char *real = getenv("CODESHELF_FAULT_REAL");
    setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
    r = (struct rig){.real = real && real[0] == '1'};
    scratch_make(&r.s);
    alarm(r.real ? 3000 : 300);
    scratch_path(&r.s, "live.db", r.live);
    if (r.real)
        choose_real(&r);
    else
        choose_specimen(&r);
    read_whole(r.live, &r.bytes[OLD]);
    for (int side = NEW; side >= OLD; side--) {
        const double start = now();
        rig_import(&r, r.into[side]);
        const double took = now() - start;
        r.seconds = took > r.seconds ? took : r.seconds;
        if (side == NEW)
            read_whole(r.live, &r.bytes[NEW]);
    }
    assert_true(rig_side(&r) == OLD);
    assert_true(r.bytes[OLD].len != r.bytes[NEW].len || memcmp(r.bytes[OLD].text, r.bytes[NEW].text, r.bytes[OLD].len) != 0);
    assert_int_equal(rig_files(&r), 2);
    *state = &r;
    return 0;
}

int rig_teardown(void **state)
{
    struct rig *r = *state;
    if (!r)
        return 0;
    for (int i = OLD; i <= NEW; i++)
        buf_free(&r->bytes[i]);
    scratch_remove(&r->s);
    return 0;
}
