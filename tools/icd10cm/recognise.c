/* recognise.c - what a file is, by its content: names change every year, and some lie (an XML called .txt).
 *
 * ICD-10-PCS comes in the same layouts as ICD-10-CM; its codes give it away: they begin with a digit or have seven
 * characters where a category would have three. */
#include <string.h>
#include <strings.h>

#include "codeshelf/calendar.h"
#include "icd10cm.h"
#include "reader/lines.h"
#include "reader/xml.h"

enum { LOOK_LINES = 5, HEAD_BYTES = 600, CODE_FIELD = 7 };

/* What a line of text looks like. */
enum line_shape { SHAPE_OTHER, SHAPE_ORDER, SHAPE_ORDER_PCS, SHAPE_CODES, SHAPE_CODES_PCS, SHAPE_ADDENDA };

static void say(struct recognised *out, enum verdict verdict, const char *what, const char *why)
{
    out->verdict = verdict;
    out->what = what;
    out->why = why;
}

static void recognise_xml(const struct xml_probe *probe, struct recognised *out)
{
    if (strcmp(probe->root, "ICD10CM.tabular") == 0) {
        say(out, INPUT_USED, "Tabular List", NULL);
        out->role = ICD_TABULAR;
        out->component = COMP_TABULAR;
        if (!calendar_guess(SET_ICD10CM, probe->version, out->release, &out->exact)) {
            out->release[0] = '\0';
            out->exact = false;
        }
    } else if (strcmp(probe->root, "ICD10CM.index") == 0) {
        say(out, INPUT_NOT_NEEDED, "index or table",
            "the Alphabetic Index and the tables are not read yet by this version");
    } else if (strncmp(probe->root, "ICD10PCS.", 9) == 0) {
        say(out, INPUT_WRONG, "ICD-10-PCS", "this is an ICD-10-PCS file; codeshelf holds ICD-10-CM");
    } else if (strcmp(probe->root, "xsd:schema") == 0 || strcmp(probe->root, "xs:schema") == 0) {
        say(out, INPUT_NOT_NEEDED, "schema", "a schema: it describes the XML files and holds no codes");
    }
}

/* Upper-case letters and digits, then blanks, n bytes; returns how many characters, 0 for anything else. */
static size_t code_field(const char *s, size_t n)
{
    size_t len = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    len = len > n ? n : len;
    for (size_t i = len; i < n; i++) {
        if (s[i] != ' ') {
            return 0;
        }
    }
    return len;
}

static enum line_shape order_shape(const char *s, size_t n)
{
    if (n < 17 || strspn(s, "0123456789") != 5 || s[5] != ' ' || s[13] != ' ' || s[15] != ' ') {
        return SHAPE_OTHER;
    }
    size_t len = code_field(s + 6, CODE_FIELD);
    if (len < 3) {
        return SHAPE_OTHER;
    }
    return icd_code_shaped(s + 6, len) ? SHAPE_ORDER : SHAPE_ORDER_PCS;
}

static enum line_shape codes_shape(const char *s, size_t n)
{
    size_t len = n > CODE_FIELD + 1 ? code_field(s, CODE_FIELD) : 0;
    if (len < 3 || s[CODE_FIELD] != ' ' || s[CODE_FIELD + 1] == ' ') {
        return SHAPE_OTHER;
    }
    if (icd_code_shaped(s, len)) {
        return SHAPE_CODES;
    }
    return len == CODE_FIELD ? SHAPE_CODES_PCS : SHAPE_OTHER;
}

static enum line_shape shape_of(const struct lines *line)
{
    static const char *const addenda[] = {"Add:", "Delete:", "Revise from:", "No change:"};
    char s[96] = "";
    size_t n = line->len < sizeof s - 1 ? line->len : sizeof s - 1;
    memcpy(s, line->text, n);
    for (size_t i = 0; i < sizeof addenda / sizeof *addenda; i++) {
        if (strncmp(s, addenda[i], strlen(addenda[i])) == 0) {
            return SHAPE_ADDENDA;
        }
    }
    enum line_shape shape = order_shape(s, n);
    return shape == SHAPE_OTHER ? codes_shape(s, n) : shape;
}

static void recognise_lines(const struct input *in, struct recognised *out)
{
    struct lines line;
    size_t seen[SHAPE_ADDENDA + 1] = {0}, all = 0;
    enum line_shape first = SHAPE_OTHER;
    lines_start(&line, in->bytes, in->len);
    while (all < LOOK_LINES && lines_next(&line)) {
        enum line_shape shape = shape_of(&line);
        if (line.len > 0) {
            first = all++ == 0 ? shape : first;
            seen[shape]++;
        }
    }
    if (first == SHAPE_ADDENDA) {
        say(out, INPUT_NOT_NEEDED, "addenda", "addenda: the order file has all of it");
    } else if (first == SHAPE_ORDER_PCS || (all > 0 && seen[SHAPE_CODES_PCS] == all)) {
        say(out, INPUT_WRONG, "ICD-10-PCS", "this is an ICD-10-PCS file; codeshelf holds ICD-10-CM");
    } else if (seen[SHAPE_ORDER] > 0) {
        say(out, INPUT_USED, "order file", NULL);
        out->role = ICD_ORDER;
        out->component = COMP_CODES;
    } else if (all > 0 && seen[SHAPE_CODES] == all) {
        say(out, INPUT_NOT_NEEDED, "codes file",
            "a codes file: the headers and the order of the book are in the order file");
    }
}

/* Files that are told by words near their beginning. */
static void recognise_words(const struct input *in, struct recognised *out)
{
    char head[HEAD_BYTES + 1];
    size_t n = in->len < HEAD_BYTES ? in->len : HEAD_BYTES;
    memcpy(head, in->bytes, n);
    head[n] = '\0';
    if (strstr(head, "POAexempt") || strstr(head, "POA-exm") || strstr(head, "Present On Admission")) {
        say(out, INPUT_NOT_NEEDED, "POA-exempt list", "POA-exempt lists are not read yet by this version");
    } else if (strstr(head, "in icd10cm_order_")) {
        say(out, INPUT_NOT_NEEDED, "addenda", "addenda: the order file has all of it");
    }
}

/* Workbooks are packed, and this version reads none of this set: their names have to do. */
static void recognise_workbook(const struct input *in, struct recognised *out)
{
    static const char *const names[] = {"poaexempt", "poa-exempt", "conversion"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        for (const char *s = in->name; *s; s++) {
            if (strncasecmp(s, names[i], strlen(names[i])) == 0) {
                say(out, INPUT_NOT_NEEDED, "workbook",
                    "POA-exempt lists and conversion tables are not read yet by this version");
                return;
            }
        }
    }
}

void icd_recognise(const struct input *in, struct recognised *out)
{
    struct xml_probe probe;
    *out = (struct recognised){.verdict = INPUT_UNKNOWN};
    if (in->len > 1 && memcmp(in->bytes, "PK", 2) == 0) {
        recognise_workbook(in, out);
    } else if (xml_look(in->bytes, in->len, &probe)) {
        recognise_xml(&probe, out);
    } else {
        recognise_lines(in, out);
        if (out->verdict == INPUT_UNKNOWN) {
            recognise_words(in, out);
        }
    }
}
