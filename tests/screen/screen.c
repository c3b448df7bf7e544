/* screen.c - forkpty for the program, libvterm for what a person would see, poll for waiting. */
#include "screen.h"

#include "support.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vterm.h>

#include "codeshelf/arena.h"
#include "codeshelf/buf.h"
#include "codeshelf/utf8.h"

enum { PATIENCE = 10000, QUIET = 120, ROW_BYTES = 4096 }; /* milliseconds */

struct screen {
    pid_t pid;
    int fd, height, width;
    VTerm *vt;
    VTermScreen *vs;
    struct buf raw;
    bool alternate, shown, ended;
    char row[ROW_BYTES];
};

static int on_property(VTermProp prop, VTermValue *value, void *user)
{
    struct screen *s = user;

    if (prop == VTERM_PROP_ALTSCREEN) {
        s->alternate = value->boolean;
    } else if (prop == VTERM_PROP_CURSORVISIBLE) {
        s->shown = value->boolean;
    }
    return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property};

static void in_child(const char *const *env, const char *const *args)
{
    static const char *const fixed[] = {"TERM=xterm-256color", "LC_ALL=C.UTF-8", "CODESHELF_TODAY=2025-02-03", "HOME=/nonexistent",
                                        "ASAN_OPTIONS=detect_leaks=1", NULL};
    char path[1024], *argv[20] = {path};
    size_t n = 1;

    clearenv();
    for (size_t i = 0; fixed[i] != NULL; i++) {
        putenv(mem_strdup(fixed[i]));
    }
    for (size_t i = 0; env != NULL && env[i] != NULL; i++) {
        putenv(mem_strdup(env[i]));
    }
    for (; args != NULL && args[n - 1] != NULL && n < 19; n++) {
        argv[n] = mem_strdup(args[n - 1]);
    }
    snprintf(path, sizeof path, "%s/codeshelf", TEST_BIN);
    execv(path, argv);
    _exit(127);
}

struct screen *screen_start(int height, int width, const char *const *env, const char *const *args)
{
    struct screen *s = mem_alloc(sizeof *s);
    struct winsize size = {.ws_row = (unsigned short)height, .ws_col = (unsigned short)width};

    *s = (struct screen){.height = height, .width = width, .shown = true};
    s->vt = vterm_new(height, width);
    vterm_set_utf8(s->vt, 1);
    s->vs = vterm_obtain_screen(s->vt);
    vterm_screen_set_callbacks(s->vs, &callbacks, s);
    vterm_screen_enable_altscreen(s->vs, 1);
    vterm_screen_reset(s->vs, 1);
    s->pid = forkpty(&s->fd, NULL, NULL, &size);
    assert_true(s->pid >= 0);
    if (s->pid == 0) {
        in_child(env, args);
    }
    return s;
}

void screen_free(struct screen *s)
{
    if (s == NULL) {
        return;
    }
    if (!s->ended) {
        kill(s->pid, SIGKILL);
        waitpid(s->pid, NULL, 0);
    }
    if (s->fd >= 0) {
        close(s->fd);
    }
    vterm_free(s->vt);
    buf_free(&s->raw);
    free(s);
}

/* Takes in what the program writes for up to the time given; false when nothing came. */
static bool take_in(struct screen *s, int milliseconds)
{
    struct pollfd p = {.fd = s->fd, .events = POLLIN};
    char bytes[8192];
    ssize_t n;

    if (s->fd < 0 || poll(&p, 1, milliseconds) <= 0) {
        return false;
    }
    n = read(s->fd, bytes, sizeof bytes);
    if (n <= 0) {
        return false;
    }
    buf_add(&s->raw, bytes, (size_t)n);
    vterm_input_write(s->vt, bytes, (size_t)n);
    return true;
}

const char *screen_row(struct screen *s, int y)
{
    size_t n = 0;

    for (int x = 0; x < s->width && n < sizeof s->row - 5; x++) {
        VTermScreenCell cell;

        vterm_screen_get_cell(s->vs, (VTermPos){.row = y, .col = x}, &cell);
        if (cell.chars[0] == (uint32_t)-1) {
            continue;
        }
        n += utf8_encode(cell.chars[0] == 0 ? ' ' : cell.chars[0], s->row + n);
    }
    while (n > 0 && s->row[n - 1] == ' ') {
        n--;
    }
    s->row[n] = '\0';
    return s->row;
}

int screen_find(struct screen *s, const char *text)
{
    for (int y = 0; y < s->height; y++) {
        if (strstr(screen_row(s, y), text) != NULL) {
            return y;
        }
    }
    return -1;
}

static void fail_with_picture(struct screen *s, const char *what, const char *text)
{
    fprintf(stderr, "+--- %s \"%s\"; the screen:\n", what, text);
    for (int y = 0; y < s->height; y++) {
        fprintf(stderr, "|%s\n", screen_row(s, y));
    }
    fail_msg("%s \"%s\"", what, text);
}

void screen_send(struct screen *s, const char *keys)
{
    size_t n = strlen(keys);

    assert_int_equal(write(s->fd, keys, n), (ssize_t)n);
}

void screen_resize(struct screen *s, int height, int width)
{
    struct winsize size = {.ws_row = (unsigned short)height, .ws_col = (unsigned short)width};

    s->height = height;
    s->width = width;
    vterm_set_size(s->vt, height, width);
    assert_int_equal(ioctl(s->fd, TIOCSWINSZ, &size), 0);
}

void screen_signal(struct screen *s, int number)
{
    kill(s->pid, number);
}

void screen_hang_up(struct screen *s)
{
    close(s->fd);
    s->fd = -1;
}

void screen_expect(struct screen *s, const char *text)
{
    for (int waited = 0; waited < PATIENCE; waited += QUIET) {
        while (screen_find(s, text) < 0 && take_in(s, QUIET)) {
        }
        if (screen_find(s, text) >= 0) {
            return;
        }
    }
    fail_with_picture(s, "never shown:", text);
}

void screen_gone(struct screen *s, const char *text)
{
    for (int waited = 0; waited < PATIENCE; waited += QUIET) {
        while (screen_find(s, text) >= 0 && take_in(s, QUIET)) {
        }
        if (screen_find(s, text) < 0) {
            return;
        }
    }
    fail_with_picture(s, "still shown:", text);
}

bool screen_has(struct screen *s, const char *text)
{
    while (take_in(s, QUIET)) {
    }
    return screen_find(s, text) >= 0;
}

void screen_cursor(struct screen *s, int *y, int *x)
{
    VTermPos at;

    while (take_in(s, QUIET)) {
    }
    vterm_state_get_cursorpos(vterm_obtain_state(s->vt), &at);
    *y = at.row;
    *x = at.col;
}

bool screen_alternate(struct screen *s)
{
    return s->alternate;
}

bool screen_cursor_shown(struct screen *s)
{
    return s->shown;
}

const char *screen_raw(struct screen *s, size_t *n)
{
    *n = s->raw.len;
    return buf_text(&s->raw);
}

/* Waits for a change of the program's state, keeping its output flowing. */
static int await(struct screen *s, int options)
{
    int status = 0;

    for (int waited = 0; waited < PATIENCE; waited += 10) {
        while (take_in(s, 5)) {
        }
        if (waitpid(s->pid, &status, WNOHANG | options) == s->pid) {
            while (take_in(s, 5)) {
            }
            return status;
        }
        poll(NULL, 0, 5);
    }
    fail_with_picture(s, "the program did not", options & WUNTRACED ? "stop" : "end");
    return 0;
}

int screen_exit(struct screen *s)
{
    int status = await(s, 0);

    s->ended = true;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void screen_stopped(struct screen *s)
{
    assert_true(WIFSTOPPED(await(s, WUNTRACED)));
}
