/* page.c - indented, wrapped paragraphs. A text narrower than half the page would be unreadable: labels that leave less give
 * way, and the text starts on a line of its own. */
#include "page.h"

#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "codeshelf/utf8.h"
#include "codeshelf/wrap.h"

enum { WIDTH = 80, WIDTH_LEAST = 40 };

struct page page_start(FILE *out)
{
    struct page p = {.out = out};
    struct winsize size;
    p.ascii = !setlocale(LC_CTYPE, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
    if (!isatty(fileno(out)))
        return p;
    p.width = WIDTH;
    if (ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_col < WIDTH)
        p.width = size.ws_col > WIDTH_LEAST ? size.ws_col : WIDTH_LEAST;
    return p;
}

void page_put(FILE *out, const char *text, size_t n)
{
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        size_t len = utf8_decode(text + i, n - i, &cp);
        if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
            fputc('?', out);
        else
            fwrite(text + i, 1, len, out);
        i += len;
    }
}

static void put_plain(FILE *out, const char *text, size_t n, void *ctx)
{
    (void)ctx;
    page_put(out, text, n);
}

void page_item(const struct page *p, size_t indent, const char *label, const char *text)
{
    page_item_by(p, indent, label, text, put_plain, NULL);
}

void page_item_by(const struct page *p, size_t indent, const char *label, const char *text, page_line *put, void *ctx)
{
    size_t n = strlen(text), column = indent + utf8_width(label, strlen(label));
    fprintf(p->out, "%*s", (int)indent, "");
    page_put(p->out, label, strlen(label));
    if (p->width == 0) {
        put(p->out, text, n, ctx);
        fputc('\n', p->out);
        return;
    }
    if (column > p->width / 2) {
        column = indent + 4 < p->width / 2 ? indent + 4 : p->width / 2;
        fprintf(p->out, "\n%*s", (int)column, "");
    }
    struct wrap w;
    struct wrap_line line;
    wrap_start(&w, text, n, p->width - column, 0);
    for (bool first = true; wrap_next(&w, &line); first = false) {
        if (!first)
            fprintf(p->out, "\n%*s", (int)column, "");
        put(p->out, text + line.start, line.len, ctx);
    }
    fputc('\n', p->out);
}
