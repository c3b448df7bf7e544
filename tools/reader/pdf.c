/* pdf.c - PDFs through pdftotext, run as a program without a shell.
 *
 * The PDF goes in as standard input, from an unnamed temporary file (a PDF is read from its end, and a file spares us from
 * writing and reading at once); the text comes back through a pipe, with an eye on the clock and on its size. */
#include "reader/pdf.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "reader/lines.h"

extern char **environ;

bool pdf_is(const char *bytes, size_t n)
{
    return n >= 5 && memcmp(bytes, "%PDF-", 5) == 0;
}

static enum status cannot_run(struct error *err, int why)
{
    if (why == ENOENT) {
        return error_set(err, ST_IO, "pdftotext is not installed, which reads PDFs (Debian package poppler-utils)");
    }
    return error_set(err, ST_IO, "pdftotext cannot be run: %s", strerror(why));
}

/* Starts pdftotext reading in and writing to the pipe's end out; 0 or an errno. */
static int start(int in, int out, int last_page, pid_t *child)
{
    char program[] = "pdftotext", layout[] = "-layout", quiet[] = "-q", enc[] = "-enc", utf8[] = "UTF-8", last[] = "-l",
         page[16], dash[] = "-";
    char *all[] = {program, layout, quiet, enc, utf8, dash, dash, NULL};
    char *some[] = {program, layout, quiet, enc, utf8, last, page, dash, dash, NULL};
    posix_spawn_file_actions_t files;
    snprintf(page, sizeof page, "%d", last_page);
    int why = posix_spawn_file_actions_init(&files);
    if (why != 0) {
        return why;
    }
    why = posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    why = why ? why : posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    why = why ? why : posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    why = why ? why : posix_spawnp(child, program, &files, NULL, last_page ? some : all, environ);
    posix_spawn_file_actions_destroy(&files);
    return why;
}

static long milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Everything the program writes; NULL, or what went wrong. */
static const char *collect(int from, struct buf *out)
{
    const long until = milliseconds() + PDF_SECONDS_MAX * 1000L;
    const size_t before = out->len;
    char piece[65536];
    for (;;) {
        struct pollfd wait = {.fd = from, .events = POLLIN};
        long left = until - milliseconds();
        int ready = left > 0 ? poll(&wait, 1, (int)left) : 0;
        if (ready < 0 && errno == EINTR) {
            continue;
        }
        if (ready <= 0) {
            return "pdftotext took too long";
        }
        ssize_t n = read(from, piece, sizeof piece);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return n < 0 ? "the text of pdftotext cannot be read" : NULL;
        }
        if (out->len - before + (size_t)n > PDF_TEXT_MAX) {
            return "its text is too long";
        }
        buf_add(out, piece, (size_t)n);
    }
}

/* Waits for the program's end, which is forced when it was not read to its end. */
static bool ended_well(pid_t child, bool force)
{
    int how = 0;
    pid_t got;
    if (force) {
        kill(child, SIGKILL);
    }
    do {
        got = waitpid(child, &how, 0);
    } while (got < 0 && errno == EINTR);
    return got == child && WIFEXITED(how) && WEXITSTATUS(how) == 0;
}

enum status pdf_text(const char *path, const char *bytes, size_t n, int last_page, struct buf *out, struct error *err)
{
    FILE *pdf = NULL;
    int ends[2] = {-1, -1};
    pid_t child = 0;
    enum status st = ST_OK;
    if (n > PDF_BYTES_MAX) {
        return input_error(err, path, 0, 0, "a PDF of at most %d MB expected", PDF_BYTES_MAX >> 20);
    }
    pdf = tmpfile();
    if (!pdf || fwrite(bytes, 1, n, pdf) != n || fflush(pdf) != 0 || fseek(pdf, 0, SEEK_SET) != 0 || pipe(ends) != 0 ||
        fcntl(ends[0], F_SETFD, FD_CLOEXEC) != 0 || fcntl(ends[1], F_SETFD, FD_CLOEXEC) != 0) {
        st = error_set(err, ST_IO, "pdftotext cannot be given %s: %s", path, strerror(errno));
        goto done;
    }
    int why = start(fileno(pdf), ends[1], last_page, &child);
    if (why != 0) {
        st = cannot_run(err, why);
        goto done;
    }
    close(ends[1]);
    ends[1] = -1;
    const char *wrong = collect(ends[0], out);
    if (!ended_well(child, wrong != NULL) && !wrong) {
        wrong = "pdftotext cannot read it";
    }
    if (wrong) {
        st = input_error(err, path, 0, 0, "expected a PDF with text: %s", wrong);
    }
done:
    if (pdf) {
        fclose(pdf);
    }
    for (int i = 0; i < 2; i++) {
        if (ends[i] >= 0) {
            close(ends[i]);
        }
    }
    return st;
}
