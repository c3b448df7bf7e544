/* recognise.c - what a file is, by its content: names change every year, and some lie (an XML called .txt).
 *
 * ICD-10-PCS comes in the same layouts as ICD-10-CM; its codes give it away: they begin with a digit or have seven
 * characters where a category would have three. */
#include <string.h>
#include <strings.h>

#include "codeshelf/calendar.h"
#include "guidelines/guidelines.h"
#include "icd10cm.h"
#include "reader/lines.h"
#include "reader/pdf.h"
#include "reader/xml.h"

enum { LOOK_LINES = 5, HEAD_BYTES = 600, CODE_FIELD = 7, BOOK_BYTES = 65536, BOOK_VOTES = 200, WORD_WEIGHT = 1000,
       CELL_TEXT = 64 };

/* What a line of text looks like. */
enum line_shape { SHAPE_OTHER, SHAPE_ORDER, SHAPE_ORDER_PCS, SHAPE_CODES, SHAPE_CODES_PCS, SHAPE_ADDENDA };

static void say(struct recognised *out, enum verdict verdict, const char *what, const char *why)
{
    out->verdict = verdict;
    out->what = what;
    out->why = why;
}

static void use(struct recognised *out, enum component component)
{
    say(out, INPUT_USED, icd_component_title(component), NULL);
    out->role = (int)component;
    out->component = component;
}

/* Four books share one root element. Captions say which one it is; where they don't, the codes do: external causes are
 * V to Y, drugs poison by T, and only tables have cells. Each is a vote. */
struct book_look {
    char text[CELL_TEXT];
    size_t len;
    int depth;
    unsigned votes[COMP_COUNT], all;
};

static void book_start(void *ctx, struct xml *x, const char *name, const char **attributes)
{
    struct book_look *l = ctx;
    (void)x, (void)name, (void)attributes;
    l->depth++;
    l->len = 0;
}

static void book_text(void *ctx, struct xml *x, const char *bytes, size_t n)
{
    struct book_look *l = ctx;
    (void)x;
    for (size_t i = 0; i < n && l->len + 1 < sizeof l->text; i++) {
        if (l->len > 0 || (unsigned char)bytes[i] > ' ') {
            l->text[l->len++] = bytes[i];
        }
    }
}

static void vote_by_words(struct book_look *l)
{
    static const struct {
        const char *word;
        enum component book;
    } words[] = {{"external cause", COMP_EXTERNAL}, {"diseases", COMP_INDEX},     {"malignant", COMP_NEOPLASM},
                 {"neoplasm", COMP_NEOPLASM},       {"poisoning", COMP_DRUGS},    {"substance", COMP_DRUGS}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        for (const char *s = l->text; *s; s++) {
            if (strncasecmp(s, words[i].word, strlen(words[i].word)) == 0) {
                l->votes[words[i].book] += WORD_WEIGHT;
                return;
            }
        }
    }
}

static void book_end(void *ctx, struct xml *x, const char *name)
{
    struct book_look *l = ctx;
    l->text[l->len] = '\0';
    if (strcmp(name, "head") == 0 || (strcmp(name, "title") == 0 && l->depth == 2)) {
        vote_by_words(l);
    } else if (strcmp(name, "cell") == 0) {
        l->votes[l->text[0] == 'T' ? COMP_DRUGS : COMP_NEOPLASM]++;
        l->all++;
    } else if (strcmp(name, "code") == 0) {
        l->votes[l->text[0] >= 'V' && l->text[0] <= 'Y' ? COMP_EXTERNAL : COMP_INDEX]++;
        l->all++;
    }
    l->depth--;
    l->len = 0;
    if (l->all == BOOK_VOTES) {
        xml_stop(x);
    }
}

static enum component index_book(const struct input *in)
{
    static const struct xml_handler handler = {book_start, book_end, book_text};
    struct book_look l = {0};
    enum component best = COMP_INDEX;
    /* Cut where the look ends, so the status says nothing. */
    xml_read(in->path, in->bytes, in->len < BOOK_BYTES ? in->len : BOOK_BYTES, &handler, &l, NULL);
    for (enum component c = COMP_INDEX; c <= COMP_DRUGS; c++) {
        best = l.votes[c] > l.votes[best] ? c : best;
    }
    return best;
}

static void recognise_xml(const struct input *in, const struct xml_probe *probe, struct recognised *out)
{
    if (strcmp(probe->root, "ICD10CM.tabular") == 0) {
        use(out, COMP_TABULAR);
    } else if (strcmp(probe->root, "ICD10CM.index") == 0) {
        use(out, index_book(in));
    } else if (strncmp(probe->root, "ICD10PCS.", 9) == 0) {
        say(out, INPUT_WRONG, "ICD-10-PCS", "this is an ICD-10-PCS file; codeshelf holds ICD-10-CM");
    } else if (strcmp(probe->root, "xsd:schema") == 0 || strcmp(probe->root, "xs:schema") == 0) {
        say(out, INPUT_NOT_NEEDED, "schema", "a schema: it describes the XML files and holds no codes");
    }
    if (out->verdict == INPUT_USED && !calendar_guess(SET_ICD10CM, probe->version, out->release, &out->exact)) {
        out->release[0] = '\0';
        out->exact = false;
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
        use(out, COMP_CODES);
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
        say(out, INPUT_NOT_NEEDED, "about POA-exempt lists",
            "a description or a list of changes: the full list has all of it");
    } else if (strstr(head, "in icd10cm_order_")) {
        say(out, INPUT_NOT_NEEDED, "addenda", "addenda: the order file has all of it");
    }
}

static void recognise_poa(const struct input *in, struct recognised *out)
{
    enum icd_poa kind = icd_poa_look(in);
    if (kind == ICD_POA_LIST) {
        use(out, COMP_FACTS);
    } else if (kind == ICD_POA_CHANGES) {
        say(out, INPUT_NOT_NEEDED, "changes of the POA-exempt list",
            "changes of the POA-exempt list: the full list has all of it");
    }
}

/* Lists and tables that come as workbooks and as text. */
static void recognise_table(const struct input *in, struct recognised *out)
{
    if (icd_conversion_is(in)) {
        use(out, COMP_CONVERSION);
    } else {
        recognise_poa(in, out);
    }
}

void icd_recognise(const struct input *in, struct recognised *out)
{
    struct xml_probe probe;
    *out = (struct recognised){.verdict = INPUT_UNKNOWN};
    if (pdf_is(in->bytes, in->len)) {
        guidelines_recognise(in, out);
        out->role = (int)out->component;
    } else if (in->len > 1 && memcmp(in->bytes, "PK", 2) == 0) {
        recognise_table(in, out);
    } else if (xml_look(in->bytes, in->len, &probe)) {
        recognise_xml(in, &probe, out);
    } else {
        recognise_lines(in, out);
        if (out->verdict == INPUT_UNKNOWN) {
            recognise_table(in, out);
        }
        if (out->verdict == INPUT_UNKNOWN) {
            recognise_words(in, out);
        }
    }
}
