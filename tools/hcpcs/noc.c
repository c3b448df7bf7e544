/* noc.c - the codes "not otherwise classified": a list of its own, as text and as a workbook with the same rows. */
#include <string.h>

#include "printed.h"
#include "reader/lines.h"
#include "reader/xlsx.h"

static enum status read_row(void *ctx, size_t row, const char *const *cells, size_t n, struct error *err)
{
    const char *code = n > 0 ? cells[0] + strspn(cells[0], " ") : "";
    (void)row;
    (void)err;
    if (printed_code(code)) {
        map_put(ctx, code, 5, 0, NULL);
    }
    return ST_OK;
}

static void read_lines(const struct input *in, struct map *codes)
{
    struct lines l;
    lines_start(&l, in->bytes, in->len);
    while (lines_next(&l)) {
        char head[16] = "";
        memcpy(head, l.text, l.len < sizeof head ? l.len : sizeof head - 1);
        const char *cell = head;
        read_row(codes, l.number, &cell, 1, NULL);
    }
}

enum status noc_read(const struct input *in, int role, struct map *codes, struct error *err)
{
    enum status st = ST_OK;
    if (role == ROLE_NOC_SHEET) {
        st = xlsx_read(in->path, in->bytes, in->len, read_row, codes, err);
    } else {
        read_lines(in, codes);
    }
    if (st == ST_OK && codes->len == 0) {
        st = input_error(err, in->path, 0, 0, "expected a list of codes, found none");
    }
    return st;
}
