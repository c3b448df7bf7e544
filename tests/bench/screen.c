/* screen.c - how long a full-screen program takes to its first screen, and how much memory it then holds.
 *
 * usage: screen MARKER TYPED COMMAND [ARG...]
 * Runs the command on a terminal of 80x24 nine times; the screen is there when MARKER has been printed. Then TYPED is sent and
 * the program's resident memory read half a second later. Prints the median in milliseconds and the most memory in megabytes. */
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS = 9, SEEN_MAX = 1 << 20 };

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Reads until the marker was seen (NULL: until wait_ms have passed); when that was, or a negative number. */
static double read_until(int fd, const char *marker, int wait_ms)
{
    static char seen[SEEN_MAX];
    const double end = now_ms() + wait_ms;
    size_t n = 0;
    for (double left; (left = end - now_ms()) > 0;) {
        struct pollfd p = {fd, POLLIN, 0};
        if (poll(&p, 1, (int)left + 1) <= 0)
            continue;
        const ssize_t got = read(fd, seen + n, sizeof seen - 1 - n);
        if (got <= 0)
            return -1;
        n += (size_t)got;
        if (marker && memmem(seen, n, marker, strlen(marker)))
            return now_ms();
        if (n == sizeof seen - 1)
            n = 0;
    }
    return marker ? -1 : now_ms();
}

static double resident_mb(pid_t pid)
{
    char path[64], line[256];
    double kb = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, "VmRSS:", 6) == 0)
            kb = strtod(line + 6, NULL);
    if (f)
        fclose(f);
    return kb / 1024;
}

static double run_once(const char *marker, const char *typed, char **command, double *mb)
{
    struct winsize size = {24, 80, 0, 0};
    int fd = -1;
    const double start = now_ms();
    const pid_t pid = forkpty(&fd, NULL, NULL, &size);
    if (pid == 0) {
        setenv("TERM", "xterm-256color", 1);
        execvp(command[0], command);
        _exit(127);
    }
    const double there = read_until(fd, marker, 5000);
    if (there >= 0 && *typed && write(fd, typed, strlen(typed)) > 0)
        read_until(fd, NULL, 500);
    const double held = resident_mb(pid);
    *mb = held > *mb ? held : *mb;
    kill(pid, SIGTERM);
    close(fd);
    waitpid(pid, NULL, 0);
    return there < 0 ? -1 : there - start;
}

int main(int argc, char **argv)
{
    double times[RUNS], mb = 0;

    if (argc < 4) {
        fprintf(stderr, "usage: screen MARKER TYPED COMMAND [ARG...]\n");
        return 2;
    }
    for (int i = 0; i < RUNS; i++)
        if ((times[i] = run_once(argv[1], argv[2], argv + 3, &mb)) < 0) {
            fprintf(stderr, "screen: %s never printed %s\n", argv[3], argv[1]);
            return 1;
        }
    qsort(times, RUNS, sizeof *times, ascending);
    printf("%.1f %.1f\n", times[RUNS / 2], mb);
    return 0;
}
