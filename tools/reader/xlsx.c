/* xlsx.c - a workbook is a zip of XML files; four of them matter here.
 *
 * xl/workbook.xml names the sheets in order, xl/_rels/workbook.xml.rels says which member each one is, the sheet holds the
 * cells, and most texts stand once in the shared strings, which cells refer to by number. Formats, formulas and phonetic
 * hints are passed over. */
#include "reader/xlsx.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/arena.h"
#include "codeshelf/buf.h"
#include "codeshelf/utf8.h"
#include "reader/lines.h"
#include "reader/xml.h"
#include "reader/zip.h"

enum { MEMBER_NAME_MAX = 256, RELATION_MAX = 64 };

struct strings {
    struct buf text; /* the strings one after the other, each with a NUL */
    struct {
        size_t *items;
        size_t len, cap;
    } start;
    struct buf one;
    bool inside, taking, phonetic;
};

struct layout {
    char id[RELATION_MAX]; /* of the first sheet */
    char sheet[MEMBER_NAME_MAX], strings[MEMBER_NAME_MAX];
};

enum cell_type { CELL_PLAIN, CELL_SHARED, CELL_INLINE };

struct sheet {
    const struct strings *shared;
    xlsx_row_fn *give;
    void *ctx;
    struct error *err;
    enum status status;
    size_t row, rows;
    struct buf text;                 /* the cells of the row under way, each with a NUL */
    size_t at[XLSX_COLUMNS_MAX];     /* where each begins in text */
    size_t columns;                  /* cells so far, gaps included */
    size_t column;                   /* of the cell under way */
    enum cell_type type;
    struct buf cell;
    bool taking, phonetic;
};

/* Some writers put a prefix before every element ("x:row"). */
static const char *local(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

/* Excel writes characters that XML can't hold as _x000D_. */
static void add_unescaped(struct buf *out, const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        char hex[5] = "";
        if (n - i >= 7 && s[i] == '_' && s[i + 1] == 'x' && s[i + 6] == '_') {
            memcpy(hex, s + i + 2, 4);
        }
        if (hex[0] && strspn(hex, "0123456789ABCDEFabcdef") == 4) {
            char encoded[4];
            uint32_t cp = (uint32_t)strtoul(hex, NULL, 16);
            /* A NUL would end the cell; half a surrogate pair is no character. */
            bool usable = cp != 0 && (cp < 0xD800 || cp > 0xDFFF);
            buf_add(out, encoded, utf8_encode(usable ? cp : ' ', encoded));
            i += 7;
        } else {
            buf_putc(out, s[i++]);
        }
    }
}

static void strings_start(void *ctx, struct xml *x, const char *name, const char **attributes)
{
    struct strings *s = ctx;
    (void)x, (void)attributes;
    name = local(name);
    if (strcmp(name, "si") == 0) {
        s->inside = true;
        buf_clear(&s->one);
    } else if (strcmp(name, "rPh") == 0) {
        s->phonetic = true;
    } else if (strcmp(name, "t") == 0) {
        s->taking = s->inside && !s->phonetic;
    }
}

static void strings_end(void *ctx, struct xml *x, const char *name)
{
    struct strings *s = ctx;
    (void)x;
    name = local(name);
    if (strcmp(name, "si") == 0) {
        s->inside = false;
        VEC_PUSH(&s->start, s->text.len);
        add_unescaped(&s->text, buf_text(&s->one), s->one.len);
        buf_add(&s->text, "", 1);
    } else if (strcmp(name, "rPh") == 0) {
        s->phonetic = false;
    } else if (strcmp(name, "t") == 0) {
        s->taking = false;
    }
}

static void strings_text(void *ctx, struct xml *x, const char *bytes, size_t n)
{
    struct strings *s = ctx;
    (void)x;
    if (s->taking) {
        buf_add(&s->one, bytes, n);
    }
}

static void workbook_start(void *ctx, struct xml *x, const char *name, const char **attributes)
{
    struct layout *l = ctx;
    if (strcmp(local(name), "sheet") != 0) {
        return;
    }
    for (; attributes[0]; attributes += 2) {
        if (strcmp(local(attributes[0]), "id") == 0 && attributes[0] != local(attributes[0])) {
            snprintf(l->id, sizeof l->id, "%s", attributes[1]);
        }
    }
    xml_stop(x);
}

static void relations_start(void *ctx, struct xml *x, const char *name, const char **attributes)
{
    struct layout *l = ctx;
    const char *id = xml_attribute(attributes, "Id"), *type = xml_attribute(attributes, "Type");
    const char *target = xml_attribute(attributes, "Target");
    (void)x;
    if (strcmp(local(name), "Relationship") != 0 || !id || !type || !target) {
        return;
    }
    char member[MEMBER_NAME_MAX];
    snprintf(member, sizeof member, "%s%s", target[0] == '/' ? "" : "xl/", target[0] == '/' ? target + 1 : target);
    const char *kind = strrchr(type, '/');
    if (strcmp(id, l->id) == 0) {
        memcpy(l->sheet, member, sizeof member);
    } else if (kind && strcmp(kind, "/sharedStrings") == 0) {
        memcpy(l->strings, member, sizeof member);
    }
}

/* "AB12" gives 27; the column after the last one where the cell names none. */
static size_t cell_column(const struct sheet *s, const char *reference)
{
    size_t column = 0;
    if (!reference) {
        return s->columns;
    }
    for (; *reference >= 'A' && *reference <= 'Z' && column <= XLSX_COLUMNS_MAX; reference++) {
        column = column * 26 + (size_t)(*reference - 'A') + 1;
    }
    return column > 0 ? column - 1 : XLSX_COLUMNS_MAX;
}

static void start_row(struct sheet *s, struct xml *x, const char **attributes)
{
    const char *number = xml_attribute(attributes, "r");
    s->row = number ? strtoul(number, NULL, 10) : s->row + 1;
    s->columns = 0;
    buf_clear(&s->text);
    if (++s->rows > XLSX_ROWS_MAX) {
        xml_fail(x, "at most %d rows expected", XLSX_ROWS_MAX);
    }
}

static void start_cell(struct sheet *s, struct xml *x, const char **attributes)
{
    const char *type = xml_attribute(attributes, "t");
    s->column = cell_column(s, xml_attribute(attributes, "r"));
    s->type = type && strcmp(type, "s") == 0 ? CELL_SHARED : type && strcmp(type, "inlineStr") == 0 ? CELL_INLINE : CELL_PLAIN;
    buf_clear(&s->cell);
    if (s->column >= XLSX_COLUMNS_MAX || s->column < s->columns) {
        xml_fail(x, "cells in order in at most %d columns expected", XLSX_COLUMNS_MAX);
    }
}

static void sheet_start(void *ctx, struct xml *x, const char *name, const char **attributes)
{
    struct sheet *s = ctx;
    name = local(name);
    if (strcmp(name, "c") == 0) {
        start_cell(s, x, attributes);
    } else if (strcmp(name, "v") == 0) {
        s->taking = s->type != CELL_INLINE;
    } else if (strcmp(name, "t") == 0) {
        s->taking = s->type == CELL_INLINE && !s->phonetic;
    } else if (strcmp(name, "row") == 0) {
        start_row(s, x, attributes);
    } else if (strcmp(name, "rPh") == 0) {
        s->phonetic = true;
    }
}

static void end_cell(struct sheet *s, struct xml *x)
{
    for (; s->columns <= s->column; s->columns++) {
        s->at[s->columns] = s->text.len;
        if (s->columns < s->column) {
            buf_add(&s->text, "", 1);
        }
    }
    const char *own = buf_text(&s->cell);
    if (s->type != CELL_SHARED || s->cell.len == 0) {
        add_unescaped(&s->text, own, s->cell.len);
    } else {
        char *rest;
        unsigned long which = strtoul(own, &rest, 10);
        if (*rest != '\0' || which >= s->shared->start.len) {
            xml_fail(x, "the number of one of %zu shared strings expected, found %.20s", s->shared->start.len, own);
            return;
        }
        buf_puts(&s->text, s->shared->text.text + s->shared->start.items[which]);
    }
    buf_add(&s->text, "", 1);
}

static void end_row(struct sheet *s, struct xml *x)
{
    const char *cells[XLSX_COLUMNS_MAX];
    for (size_t i = 0; i < s->columns; i++) {
        cells[i] = s->text.text + s->at[i];
    }
    s->status = s->give(s->ctx, s->row, cells, s->columns, s->err);
    if (s->status != ST_OK) {
        xml_stop(x);
    }
}

static void sheet_end(void *ctx, struct xml *x, const char *name)
{
    struct sheet *s = ctx;
    name = local(name);
    if (strcmp(name, "c") == 0) {
        end_cell(s, x);
    } else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) {
        s->taking = false;
    } else if (strcmp(name, "row") == 0) {
        end_row(s, x);
    } else if (strcmp(name, "rPh") == 0) {
        s->phonetic = false;
    }
}

static void sheet_text(void *ctx, struct xml *x, const char *bytes, size_t n)
{
    struct sheet *s = ctx;
    (void)x;
    if (s->taking) {
        buf_add(&s->cell, bytes, n);
    }
}

/* Reads one member as XML; ST_NONE when the workbook has no such member. */
static enum status read_member(struct zipfile *z, const char *path, const char *member, const struct xml_handler *handler,
                               void *ctx, struct error *err)
{
    char *bytes = NULL;
    size_t len = 0;
    enum status st = zipfile_unpack_named(z, member, &bytes, &len, err);
    if (st == ST_OK) {
        char *where = mem_alloc(strlen(path) + strlen(member) + 2);
        snprintf(where, strlen(path) + strlen(member) + 2, "%s/%s", path, member);
        st = xml_read(where, bytes, len, handler, ctx, err);
        free(where);
    }
    free(bytes);
    return st;
}

static enum status need_member(struct zipfile *z, const char *path, const char *member, const struct xml_handler *handler,
                               void *ctx, struct error *err)
{
    enum status st = read_member(z, path, member, handler, ctx, err);
    if (st == ST_NONE) {
        return input_error(err, path, 0, 0, "a workbook with the member %s expected, found none", member);
    }
    return st;
}

bool xlsx_is(const char *bytes, size_t n)
{
    struct zipfile *z = NULL;
    bool found = false;
    if (zipfile_is(bytes, n) && zipfile_open("", bytes, n, &z, NULL) == ST_OK) {
        for (size_t i = 0; i < zipfile_count(z) && !found; i++) {
            found = strcmp(zipfile_name(z, i), "xl/workbook.xml") == 0;
        }
    }
    zipfile_close(z);
    return found;
}

enum status xlsx_read(const char *path, const char *bytes, size_t n, xlsx_row_fn *row, void *ctx, struct error *err)
{
    struct zipfile *z = NULL;
    struct strings shared = {0};
    struct layout layout = {.sheet = "xl/worksheets/sheet1.xml", .strings = "xl/sharedStrings.xml"};
    struct sheet sheet = {.shared = &shared, .give = row, .ctx = ctx, .err = err};
    enum status st = zipfile_open(path, bytes, n, &z, err);
    if (st != ST_OK) {
        goto done;
    }
    st = need_member(z, path, "xl/workbook.xml", &(struct xml_handler){.start = workbook_start}, &layout, err);
    if (st != ST_OK) {
        goto done;
    }
    st = read_member(z, path, "xl/_rels/workbook.xml.rels", &(struct xml_handler){.start = relations_start}, &layout, err);
    if (st != ST_OK && st != ST_NONE) {
        goto done;
    }
    /* A workbook of inline strings and numbers has no shared ones. */
    st = read_member(z, path, layout.strings, &(struct xml_handler){strings_start, strings_end, strings_text}, &shared, err);
    if (st != ST_OK && st != ST_NONE) {
        goto done;
    }
    st = need_member(z, path, layout.sheet, &(struct xml_handler){sheet_start, sheet_end, sheet_text}, &sheet, err);
    if (st == ST_OK && sheet.status != ST_STOP) {
        st = sheet.status;
    }
done:
    zipfile_close(z);
    buf_free(&shared.text);
    buf_free(&shared.one);
    free(shared.start.items);
    buf_free(&sheet.text);
    buf_free(&sheet.cell);
    return st;
}
