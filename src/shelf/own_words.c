/* own_words.c - the user's own vocabulary: a file of the format of codesets/vocabulary, judged row by row on the way in. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/codesets.h"
#include "codeshelf/utf8.h"
#include "inside.h"

enum { OWN_MAX = 1 << 20 /* bytes */, ROWS_MAX = 10000, CELL_MAX = 400 };

static enum status read_whole(const char *path, struct buf *out, struct error *err)
{
    FILE *f = fopen(path, "r");

    if (!f)
        return error_set(err, errno == ENOENT ? ST_NONE : ST_IO, "%s cannot be read: %s", path, strerror(errno));
    const bool failed = !buf_read(out, f, OWN_MAX);
    fclose(f);
    if (failed)
        return error_set(err, ST_IO, "%s cannot be read", path);
    if (out->len > OWN_MAX)
        return error_set(err, ST_INPUT, "%s: more than 1 MB; a vocabulary is smaller", path);
    return ST_OK;
}

static bool has_control(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7F)
            return true;
    return false;
}

/* What is wrong with a row, NULL for nothing. */
static const char *row_fault(const struct tsv_row *row)
{
    char set[16];
    enum codeset parsed;

    if (row->cells < 3 || row->cells > 4)
        return "a row has three or four columns with tabs between: term, meaning, kind, code set";
    for (int i = 0; i < row->cells; i++)
        if (has_control(row->cell[i].text, row->cell[i].len) || row->cell[i].len > CELL_MAX || (i < 3 && row->cell[i].len == 0))
            return "term, meaning and kind are texts of at most 400 bytes, without control characters";
    tsv_copy(row, 3, set, sizeof set);
    return *set && !codeset_parse(set, &parsed) ? "the code set is icd10cm, hcpcs, cpt or nothing" : NULL;
}

enum status shelf_vocabulary(struct shelf *s, const char *path, struct error *err)
{
    struct buf text = {0};
    struct tsv_row row;
    size_t line = 1, rows = 0;
    const char *fault = NULL;
    size_t bad;
    enum status st = read_whole(path, &text, err);

    if (st == ST_OK && (strlen(buf_text(&text)) != text.len || !utf8_valid(buf_text(&text), text.len, &bad)))
        st = error_set(err, ST_INPUT, "%s is no UTF-8 text", path);
    const char *at = buf_text(&text), *counted = at;
    while (st == ST_OK && tsv_next(&at, &row)) {
        for (; counted < row.cell[0].text; counted++)
            line += *counted == '\n';
        fault = ++rows > ROWS_MAX ? "a vocabulary has at most 10000 rows" : row_fault(&row);
        if (fault)
            st = error_set(err, ST_INPUT, "%s:%zu: %s", path, line, fault);
    }
    if (st == ST_OK) {
        s->own_words = arena_strdup(&s->arena, buf_text(&text));
        s->vocabulary = NULL; /* made again with these */
    }
    buf_free(&text);
    return st;
}
