/* term.c - curses set up and torn down, signals as flags, ppoll as the one wait.
 *
 * All signals of interest are blocked except inside ppoll, so no call is interrupted and no handler races with curses: a
 * handler sets a flag, ppoll returns, and the next round turns the flag into an event. Our handlers are in place before curses
 * starts, which then leaves them alone. */
#define _GNU_SOURCE /* ppoll */
#include "term.h"

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "keys.h"

enum { ESCAPE_WAIT = 25 };

static volatile sig_atomic_t size_changed, stop_wanted, went_on, end_wanted;

static void on_signal(int number)
{
    switch (number) {
    case SIGWINCH: size_changed = 1; break;
    case SIGTSTP: stop_wanted = 1; break;
    case SIGCONT: went_on = 1; break;
    default: end_wanted = 1; break;
    }
}

static const int watched[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGINT, SIGHUP};
enum { WATCHED = sizeof watched / sizeof watched[0] };

static void watched_set(sigset_t *out)
{
    sigemptyset(out);
    for (int i = 0; i < WATCHED; i++) {
        sigaddset(out, watched[i]);
    }
}

static void watch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigset_t set;

    size_changed = stop_wanted = went_on = end_wanted = 0;
    watched_set(&set);
    sigprocmask(SIG_BLOCK, &set, NULL);
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < WATCHED; i++) {
        sigaction(watched[i], &action, NULL);
    }
}

static void forget_signals(void)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, normal = {.sa_handler = SIG_DFL};
    sigset_t set;

    for (int i = 0; i < WATCHED; i++) {
        sigaction(watched[i], &ignore, NULL); /* drops one that is pending, which would end us while we are ending */
        sigaction(watched[i], &normal, NULL);
    }
    watched_set(&set);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
}

/* Whatever ends the program (out of memory included) leaves the terminal as it was. */
static void leave_screen(void)
{
    if (stdscr != NULL && !isendwin()) {
        endwin();
    }
}

static bool use_color(enum browse_color choice)
{
    const char *no = getenv("NO_COLOR");

    if (choice == BROWSE_COLOR_AUTO) {
        return has_colors() && (no == NULL || *no == '\0');
    }
    return choice == BROWSE_COLOR_ALWAYS && has_colors();
}

enum status term_open(const struct browse_options *o, struct error *err)
{
    const char *type = getenv("TERM");

    watch_signals();
    if (newterm(NULL, stdout, stdin) == NULL) {
        forget_signals();
        return error_set(err, ST_IO, "the terminal type \"%s\" is not known here; try TERM=xterm", type == NULL ? "" : type);
    }
    atexit(leave_screen);
    cbreak();
    noecho();
    nonl();
    intrflush(stdscr, FALSE);
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    set_escdelay(ESCAPE_WAIT);
    draw_styles(use_color(o->color));
    if (!o->no_mouse) {
        mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
        mouseinterval(0);
    }
    return ST_OK;
}

void term_close(void)
{
    SCREEN *screen = set_term(NULL);

    if (screen != NULL) {
        set_term(screen);
        leave_screen();
        delscreen(screen);
    }
    forget_signals();
}

static void take_size(void)
{
    struct winsize size;

    if (ioctl(STDIN_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0) {
        resizeterm(size.ws_row, size.ws_col);
    }
    clearok(curscr, TRUE);
}

/* Ctrl-Z: the terminal is given back, the process stops, and on its return everything is painted again. */
static void stop_here(void)
{
    endwin();
    raise(SIGSTOP);
    refresh();
}

/* Turns a flag that a signal set into an event. */
static bool from_signals(struct input *out)
{
    if (end_wanted) {
        *out = (struct input){.what = EVENT_QUIT};
        return true;
    }
    if (stop_wanted) {
        stop_wanted = 0;
        stop_here();
        went_on = 1;
    }
    if (size_changed || went_on) {
        size_changed = went_on = 0;
        take_size();
        *out = (struct input){.what = EVENT_RESIZE};
        return true;
    }
    return false;
}

static bool from_mouse(struct input *out)
{
    MEVENT m;

    if (getmouse(&m) != OK) {
        return false;
    }
    *out = (struct input){.y = m.y, .x = m.x};
    if (m.bstate & BUTTON4_PRESSED) {
        out->what = EVENT_WHEEL;
        out->key = KEYS_UP;
    } else if (m.bstate & BUTTON5_PRESSED) {
        out->what = EVENT_WHEEL;
        out->key = KEYS_DOWN;
    } else if (m.bstate & BUTTON1_PRESSED) {
        out->what = EVENT_CLICK;
    } else {
        return false;
    }
    return true;
}

static int function_key(wint_t code)
{
    static const struct {
        wint_t code;
        int key;
    } keys[] = {
        {KEY_UP, KEYS_UP},        {KEY_DOWN, KEYS_DOWN},        {KEY_LEFT, KEYS_LEFT},    {KEY_RIGHT, KEYS_RIGHT},
        {KEY_PPAGE, KEYS_PAGE_UP}, {KEY_NPAGE, KEYS_PAGE_DOWN}, {KEY_HOME, KEYS_HOME},    {KEY_END, KEYS_END},
        {KEY_DC, KEYS_DELETE},    {KEY_BTAB, KEYS_BACKTAB},     {KEY_ENTER, KEYS_ENTER},  {KEY_BACKSPACE, KEYS_BACKSPACE},
    };

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (keys[i].code == code) {
            return keys[i].key;
        }
    }
    return KEYS_NONE;
}

/* The next key curses has, without waiting. */
static bool from_keys(struct input *out)
{
    wint_t code;
    int kind;

    while ((kind = get_wch(&code)) != ERR) {
        if (kind == KEY_CODE_YES) {
            if (code == KEY_MOUSE && from_mouse(out)) {
                return true;
            }
            *out = (struct input){.what = EVENT_KEY, .key = function_key(code)};
        } else {
            *out = (struct input){.what = EVENT_KEY, .key = code == '\r' ? KEYS_ENTER : code == 8 ? KEYS_BACKSPACE : (int)code};
        }
        if (out->key != KEYS_NONE) {
            return true;
        }
    }
    return false;
}

/* Readable with nothing to read means that the other end is gone. */
static bool at_end(const struct pollfd *p)
{
    int waiting = 0;

    if (p->revents & POLLIN) {
        return ioctl(STDIN_FILENO, FIONREAD, &waiting) != 0 || waiting == 0;
    }
    return p->revents != 0;
}

void term_next(int milliseconds, struct input *out)
{
    struct timespec limit = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
    sigset_t none;

    *out = (struct input){.what = EVENT_IDLE};
    sigprocmask(SIG_BLOCK, NULL, &none);
    for (int i = 0; i < WATCHED; i++) {
        sigdelset(&none, watched[i]);
    }
    for (;;) {
        if (from_signals(out) || from_keys(out)) {
            return;
        }
        in.revents = 0;
        int n = ppoll(&in, 1, milliseconds < 0 ? NULL : &limit, &none);

        if (n == 0 || (n < 0 && errno != EINTR)) {
            out->what = n == 0 ? EVENT_IDLE : EVENT_QUIT;
            return;
        }
        if (n > 0 && at_end(&in)) {
            out->what = EVENT_QUIT;
            return;
        }
    }
}

bool term_pending(void)
{
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};

    return poll(&in, 1, 0) > 0;
}

void term_show(const struct canvas *c)
{
    move(c->cursor_y, c->cursor_x);
    refresh();
}

void term_size(int *height, int *width)
{
    getmaxyx(stdscr, *height, *width);
}

static void base64(const char *text, size_t n, char *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < n; i += 3) {
        unsigned long bits = (unsigned long)(unsigned char)text[i] << 16;

        bits |= i + 1 < n ? (unsigned long)(unsigned char)text[i + 1] << 8 : 0;
        bits |= i + 2 < n ? (unsigned long)(unsigned char)text[i + 2] : 0;
        *out++ = digits[bits >> 18 & 63];
        *out++ = digits[bits >> 12 & 63];
        *out++ = i + 1 < n ? digits[bits >> 6 & 63] : '=';
        *out++ = i + 2 < n ? digits[bits & 63] : '=';
    }
    *out = '\0';
}

void term_clipboard(const char *text)
{
    char coded[CLIPBOARD_MAX * 4 / 3 + 8];
    size_t n = strlen(text);

    if (n > CLIPBOARD_MAX) {
        return;
    }
    base64(text, n, coded);
    fflush(stdout);
    fprintf(stdout, "\033]52;c;%s\a", coded);
    fflush(stdout);
}
