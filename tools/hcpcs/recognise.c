/* recognise.c - tells by their beginning which file of a HCPCS release an input is.
 *
 * Names change every year, contents do not: the code file by the shape of its records, the workbook by its heading
 * row, all others by words that stand in their first lines or rows. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/calendar.h"
#include "corrections.h"
#include "printed.h"
#include "reader/lines.h"
#include "reader/pdf.h"
#include "reader/xlsx.h"

enum { HEAD_BYTES = 65536, HEAD_LINES = 200, HEAD_ROWS = 30, MARK_BYTES = 4096 };

static const char corrections[] =
    "corrections as printed, cut at the ends of their columns; the workbook (.xlsx) of them is read";
static const char noc_title[] = "NOC CODES - HCPCS";
static const char transactions[] = "transaction reports are not read by this version";

static const struct mark {
    const char *first, *second; /* both stand in the head, case ignored; second may be NULL */
    const char *what, *why;
} marks[] = {
    {"HCPCS Contractor Record", NULL, "record layout", "a record layout, which the program knows"},
    {"HCPCS CORRECTIONS", NULL, "corrections", corrections},
    {"HCPCS/Modifier Code", "Type of Change", "transaction report", transactions},
    {"HCPCS/MOD", "TYPE OF CHANGE", "transaction report", transactions},
    {"HCPC\tACTION CD", NULL, "transaction report", transactions},
    {"HEALTH CARE PROCEDURE CODING SYSTEM", "File Content", "read-me file", "a read-me file"},
    {"Update Information", "correction documents", "read-me file", "a read-me file"},
};

/* Whether word stands in the text, case ignored. */
static bool contains(const char *text, size_t n, const char *word)
{
    size_t len = strlen(word);
    for (size_t i = 0; i + len <= n; i++) {
        size_t k = 0;
        while (k < len && toupper((unsigned char)text[i + k]) == toupper((unsigned char)word[k])) {
            k++;
        }
        if (k == len) {
            return true;
        }
    }
    return false;
}

static void set_used(struct recognised *out, int role, enum component component, const char *what)
{
    out->verdict = INPUT_USED;
    out->role = role;
    out->component = component;
    out->what = what;
}

static void set_not_needed(struct recognised *out, const char *what, const char *why)
{
    out->verdict = INPUT_NOT_NEEDED;
    out->what = what;
    out->why = why;
}

static void recognise_marks(const char *text, size_t n, struct recognised *out)
{
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const struct mark *m = &marks[i];
        if (contains(text, n, m->first) && (!m->second || contains(text, n, m->second))) {
            set_not_needed(out, m->what, m->why);
            return;
        }
    }
}

struct sheet_head {
    struct buf text;
    size_t rows;
    bool codes, corrections;
};

static enum status read_head(void *ctx, size_t row, const char *const *cells, size_t n, struct error *err)
{
    struct sheet_head *head = ctx;
    (void)row;
    (void)err;
    head->codes = workbook_is_heading(cells, n);
    head->corrections = corrections_is_heading(cells, n);
    for (size_t i = 0; i < n && head->text.len < MARK_BYTES; i++) {
        buf_puts(&head->text, cells[i]);
        buf_putc(&head->text, '\t');
    }
    return head->codes || head->corrections || ++head->rows == HEAD_ROWS ? ST_STOP : ST_OK;
}

/* The year of a title like "2018 HCPCS CORRECTIONS" above the heading row; a year alone means January, unless names say a
 * later quarter of it. */
static void take_year(const char *text, struct recognised *out)
{
    char year[5] = "";
    const char *title = text + strspn(text, "\t ");
    memcpy(year, title, strnlen(title, sizeof year - 1));
    if (!calendar_name(SET_HCPCS, year, out->release)) {
        out->release[0] = '\0';
    }
}

static void recognise_workbook(const struct input *in, struct recognised *out)
{
    struct sheet_head head = {0};
    if (xlsx_read(in->path, in->bytes, in->len, read_head, &head, NULL) == ST_OK) {
        if (head.codes) {
            set_used(out, ROLE_WORKBOOK, COMP_CODES, "HCPCS file (workbook)");
        } else if (head.corrections) {
            set_used(out, ROLE_CORRECTIONS, COMP_CORRECTIONS, "corrections");
            out->several = true;
            take_year(buf_text(&head.text), out);
        } else if (contains(buf_text(&head.text), head.text.len, noc_title)) {
            set_used(out, ROLE_NOC_SHEET, COMP_FACTS, "NOC code list (workbook)");
        } else {
            recognise_marks(buf_text(&head.text), head.text.len, out);
        }
    }
    buf_free(&head.text);
}

/* A record among the first lines; lines before it are a disclaimer. */
static bool has_record(const struct input *in)
{
    struct lines l;
    lines_start(&l, in->bytes, in->len < HEAD_BYTES ? in->len : HEAD_BYTES);
    while (lines_next(&l) && l.number <= HEAD_LINES) {
        if (fixed_is_record(l.text, l.len) && l.len >= RECORD_MORE_MIN) {
            return true;
        }
    }
    return false;
}

void hcpcs_recognise(const struct input *in, struct recognised *out)
{
    size_t head = in->len < MARK_BYTES ? in->len : MARK_BYTES;
    *out = (struct recognised){.verdict = INPUT_UNKNOWN};
    if (xlsx_is(in->bytes, in->len)) {
        recognise_workbook(in, out);
    } else if (pdf_is(in->bytes, in->len)) {
        printed_recognise(in, out);
    } else if (has_record(in)) {
        set_used(out, ROLE_FIXED, COMP_CODES, "HCPCS file");
    } else if (proc_notes_is(in)) {
        set_used(out, ROLE_NOTES, COMP_TABULAR, "processing notes");
    } else if (contains(in->bytes, head, noc_title)) {
        set_used(out, ROLE_NOC, COMP_FACTS, "NOC code list");
    } else {
        recognise_marks(in->bytes, head, out);
    }
}
