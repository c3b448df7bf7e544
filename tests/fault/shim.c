/* shim.c - a library to preload: one call of the system fails, as a bad or full disk makes it.
 *
 * $CODESHELF_SHIM says which: "write 12 28 1" is the 12th write to a file, with errno 28 (ENOSPC), and all writes after it; with
 * 0 at the end only that one. "write" is write and pwrite, "fsync" fsync and fdatasync, "rename" rename. The standard streams
 * are left alone. */
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct fault {
    char call[16];
    int at, why, on;
    int seen;
};

/* A process that is preloaded has no other place to keep it. */
static struct fault fault;

__attribute__((constructor)) static void fault_read(void)
{
    const char *given = getenv("CODESHELF_SHIM");
    if (!given || sscanf(given, "%15s %d %d %d", fault.call, &fault.at, &fault.why, &fault.on) != 4)
        fault = (struct fault){0};
}

static bool fails(const char *call)
{
    if (strcmp(call, fault.call) != 0)
        return false;
    fault.seen++;
    if (fault.seen != fault.at && (fault.seen < fault.at || !fault.on))
        return false;
    errno = fault.why;
    return true;
}

/* The function that this one stands before; ISO C has no cast from an object to a function. */
#define REAL(name, real)                                        \
    do {                                                        \
        void *found = dlsym(RTLD_NEXT, name);                   \
        if (!found)                                             \
            abort();                                            \
        memcpy(&(real), &found, sizeof(real));                  \
    } while (0)

ssize_t write(int fd, const void *bytes, size_t n)
{
    ssize_t (*real)(int, const void *, size_t);
    REAL("write", real);
    return fd > STDERR_FILENO && fails("write") ? -1 : real(fd, bytes, n);
}

ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at)
{
    ssize_t (*real)(int, const void *, size_t, off_t);
    REAL("pwrite", real);
    return fails("write") ? -1 : real(fd, bytes, n, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at)
{
    ssize_t (*real)(int, const void *, size_t, off64_t);
    REAL("pwrite64", real);
    return fails("write") ? -1 : real(fd, bytes, n, at);
}

int fsync(int fd)
{
    int (*real)(int);
    REAL("fsync", real);
    return fails("fsync") ? -1 : real(fd);
}

int fdatasync(int fd)
{
    int (*real)(int);
    REAL("fdatasync", real);
    return fails("fsync") ? -1 : real(fd);
}

int rename(const char *from, const char *to)
{
    int (*real)(const char *, const char *);
    REAL("rename", real);
    return fails("rename") ? -1 : real(from, to);
}
