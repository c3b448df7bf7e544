/* pla.c - the list of proprietary laboratory analyses as XML: root plaCodes, one plaCode a code with its wordings, dates and
 * makers. It comes every quarter and is newer than the yearly files, so its words replace theirs. */
#include <string.h>
#include <strings.h>

#include "cpt/cpt.h"
#include "reader/lines.h"
#include "reader/xml.h"

enum { VALUE_BYTES_MAX = 65536, FOUND_BYTES = 24 };

enum field { F_LONG, F_MEDIUM, F_SHORT, F_STATUS, F_EFFECTIVE, F_PUBLISHED, F_LABORATORY, F_MAKER, F_TEST, F_CONSUMER, F_CLINICIAN, F_COUNT };

static const char *const elements[F_COUNT] = {
    [F_LONG] = "cdDesc",           [F_MEDIUM] = "cdMDesc",       [F_SHORT] = "cdSDesc",
    [F_STATUS] = "cdStatus",       [F_EFFECTIVE] = "effectiveDate", [F_LABORATORY] = "labName",
    [F_PUBLISHED] = "publishDate",
    [F_MAKER] = "manufacturerName", [F_TEST] = "testName",        [F_CONSUMER] = "consumerDesc",
    [F_CLINICIAN] = "clinicalDesc",
};

struct pla {
    struct book *book;
    char code[6];                /* of the plaCode being read, "" outside */
    const char *values[F_COUNT]; /* "" where the element is absent */
    enum field field;            /* being read; F_COUNT for none */
    struct buf text;
    size_t found;
};

static void on_start(void *ctx, struct xml *x, const char *name, const char **attributes)
{
    struct pla *p = ctx;
    if (strcmp(name, "plaCode") == 0) {
        const char *code = xml_attribute(attributes, "cdCode");
        if (!code || strlen(code) != 5 || !book_code_at(code, 5)) {
            xml_fail(x, "a five-character code expected in cdCode, found %s",
                     code ? book_text(p->book, code, strnlen(code, FOUND_BYTES)) : "nothing");
            return;
        }
        memcpy(p->code, code, sizeof p->code);
        for (int i = 0; i < F_COUNT; i++)
            p->values[i] = "";
    }
    p->field = F_COUNT;
    for (int i = 0; i < F_COUNT && p->code[0]; i++)
        if (strcmp(name, elements[i]) == 0)
            p->field = (enum field)i;
    buf_clear(&p->text);
}

static void on_text(void *ctx, struct xml *x, const char *bytes, size_t n)
{
    struct pla *p = ctx;
    if (p->field == F_COUNT)
        return;
    if (p->text.len + n > VALUE_BYTES_MAX)
        xml_fail(x, "at most %d bytes in %s expected", VALUE_BYTES_MAX, elements[p->field]);
    else
        buf_add(&p->text, bytes, n);
}

static void put_code(struct pla *p, struct xml *x)
{
    struct book *b = p->book;
    const uint32_t item = book_item(b, p->code, 5, KIND_CODE);
    if (strcasecmp(p->values[F_STATUS], "DELETED") == 0) {
        book_at(b, item)->title = NULL;
        return;
    }
    if (!*p->values[F_LONG]) {
        xml_fail(x, "a descriptor of %s expected in cdDesc, found nothing", p->code);
        return;
    }
    char day[11] = "";
    memcpy(day, p->values[F_EFFECTIVE], strnlen(p->values[F_EFFECTIVE], sizeof day - 1));
    if (day[0] && !date_parse(day, &book_at(b, item)->from)) {
        xml_fail(x, "a day such as 2026-01-01 expected in effectiveDate, found %s", day);
        return;
    }
    if (strlen(p->values[F_PUBLISHED]) >= sizeof day - 1)
        book_fact(b, item, "published", book_text(b, p->values[F_PUBLISHED], sizeof day - 1));
    book_title(b, item, p->values[F_LONG]);
    if (*p->values[F_SHORT])
        book_at(b, item)->short_title = p->values[F_SHORT];
    book_fact(b, item, "medium", p->values[F_MEDIUM]);
    book_fact(b, item, "laboratory", p->values[F_LABORATORY]);
    book_fact(b, item, "manufacturer", p->values[F_MAKER]);
    book_fact(b, item, "test", p->values[F_TEST]);
    book_note(b, item, NOTE_CONSUMER, p->values[F_CONSUMER]);
    book_note(b, item, NOTE_CLINICIAN, p->values[F_CLINICIAN]);
    p->found++;
}

static void on_end(void *ctx, struct xml *x, const char *name)
{
    struct pla *p = ctx;
    if (p->field != F_COUNT)
        p->values[p->field] = book_prose(p->book, buf_text(&p->text), p->text.len);
    p->field = F_COUNT;
    if (p->code[0] && strcmp(name, "plaCode") == 0) {
        put_code(p, x);
        p->code[0] = '\0';
    }
}

enum status pla_read(struct book *b, const struct input *in, struct error *err)
{
    static const struct xml_handler handler = {on_start, on_end, on_text};
    struct pla p = {.book = b, .field = F_COUNT};
    enum status st = xml_read(in->path, in->bytes, in->len, &handler, &p, err);
    if (st == ST_OK && p.found == 0)
        st = input_error(err, in->path, 0, 0, "PLA codes expected, found none");
    buf_free(&p.text);
    return st;
}
