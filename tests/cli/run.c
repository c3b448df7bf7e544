/* run.c - a program's exit code, output and messages, kept apart; and the one shelf that the tests of this folder share. */
#include "run.h"

#include <dirent.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "codeshelf/arena.h"
#include "tests/support.h"

static char folder[] = "/tmp/codeshelf-cli-XXXXXX";

const char *in_folder(const char *name)
{
    static char path[sizeof folder + 256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static char *read_all(FILE *f)
{
    char *text = NULL;
    long n = fseek(f, 0, SEEK_END) == 0 ? ftell(f) : -1;
    assert_true(n >= 0);
    rewind(f);
    text = mem_alloc((size_t)n + 1);
    assert_int_equal(fread(text, 1, (size_t)n, f), n);
    fclose(f);
    return text;
}

void run_program(struct run *r, const char *input, const char *const argv[])
{
    FILE *in = tmpfile(), *out = tmpfile(), *err = tmpfile();
    assert_true(in && out && err);
    if (input)
        fputs(input, in);
    rewind(in);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(fileno(in), STDIN_FILENO);
        dup2(fileno(out), STDOUT_FILENO);
        dup2(fileno(err), STDERR_FILENO);
        execvp(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    int how;
    assert_int_equal(waitpid(child, &how, 0), child);
    fclose(in);
    r->code = WIFEXITED(how) ? WEXITSTATUS(how) : -1;
    r->out = read_all(out);
    r->err = read_all(err);
}

void run_on_terminal(struct buf *out, const char *const argv[])
{
    struct winsize size = {.ws_row = 24, .ws_col = 80};
    char bytes[4096];
    int fd, how;
    pid_t child = forkpty(&fd, NULL, NULL, &size);
    assert_true(child >= 0);
    if (child == 0) {
        execv(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    for (ssize_t n; (n = read(fd, bytes, sizeof bytes)) > 0;)
        buf_add(out, bytes, (size_t)n);
    assert_int_equal(waitpid(child, &how, 0), child);
    close(fd);
}

void run_codeshelf(struct run *r, const char *input, const char *words)
{
    const char *argv[32] = {TEST_BIN "/codeshelf"};
    char *copy = mem_strdup(words), *at = NULL;
    size_t n = 1;
    for (char *word = strtok_r(copy, " ", &at); word && n < 31; word = strtok_r(NULL, " ", &at))
        argv[n++] = word;
    run_program(r, input, argv);
    free(copy);
}

void run_free(struct run *r)
{
    free(r->out);
    free(r->err);
}

static int import(const char *const argv[])
{
    struct run r;
    run_program(&r, NULL, argv);
    if (r.code != 0)
        fprintf(stderr, "importing: exit %d: %s\n", r.code, r.err);
    int code = r.code;
    run_free(&r);
    return code;
}

int shelf_up(void **state)
{
    static const char *const books[] = {TEST_TOOLS "/codeshelf-import", TEST_SPECIMEN "/icd10cm/specimen",
                                        TEST_SPECIMEN "/hcpcs/specimen", NULL};
    static const char *const cpt[] = {TEST_TOOLS "/codeshelf-import", "--set", "cpt", "--release", "2026",
                                      TEST_SPECIMEN "/cpt/specimen", NULL};
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    setenv("CODESHELF_SHELF", in_folder("shelf.db"), 1);
    setenv("CODESHELF_DESK", in_folder("desk.db"), 1);
    setenv("CODESHELF_TODAY", "2025-02-03", 1);
    unsetenv("XDG_DATA_HOME");
    int code = import(books);
    return code ? code : import(cpt);
}

int shell_up(void **state)
{
    struct buf path = {0};

    buf_printf(&path, "%s:%s:%s", TEST_BIN, TEST_TOOLS, getenv("PATH"));
    setenv("PATH", buf_text(&path), 1);
    buf_free(&path);
    return shelf_up(state) != 0 || chdir(in_folder("")) != 0 ? -1 : 0;
}

int official_up(void **state, const char *tests, const char *const argv[], bool *have)
{
    *have = access(TEST_SHARED "/data", R_OK) == 0; /* a release missing there is a failure, not a reason to skip */
    if (!*have) {
        fprintf(stderr, "SKIPPED: %s: no ../shared\n", tests);
        return 0;
    }
    if (shelf_up(state) != 0)
        return -1;
    setenv("CODESHELF_SHELF", in_folder("official.db"), 1);
    return import(argv);
}

/* The folder holds files only. */
int shelf_down(void **state)
{
    (void)state;
    struct dirent *file;
    DIR *d = opendir(folder);
    while (d && (file = readdir(d)))
        if (file->d_name[0] != '.')
            remove(in_folder(file->d_name));
    if (d)
        closedir(d);
    return rmdir(folder);
}

size_t count_lines(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += *text == '\n';
    return n;
}
