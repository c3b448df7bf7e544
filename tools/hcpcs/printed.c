/* printed.c - what the Index and the Table of Drugs share: recognising, "see", and the way from PDF to rows. */
#include "printed.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "codeshelf/calendar.h"
#include "codeshelf/utf8.h"
#include "reader/pdf.h"

static const char needs_program[] =
    "reading it needs pdftotext, which is not installed or cannot be run (Debian package poppler-utils)";

bool printed_code(const char *s)
{
    return s[0] >= 'A' && s[0] <= 'Z' && strspn(s + 1, "0123456789") == 4 && !isalpha((unsigned char)s[5]);
}

/* The year that stands before or behind a word of the page, as a release; false without. */
static bool release_near(const char *page, const char *before, const char *behind, char out[RELEASE_NAME_MAX])
{
    for (const char *at = page; (at = strstr(at, behind)) != NULL; at++) {
        size_t n = strlen(before);
        char year[5] = "";
        if (at - page < (ptrdiff_t)(n + 4)) {
            continue;
        }
        memcpy(year, at - 4, 4);
        if (strspn(year, "0123456789") == 4 && strncmp(at - 4 - n, before, n) == 0) {
            return calendar_name(SET_HCPCS, year, out);
        }
    }
    return false;
}

static bool named_so(const char *name)
{
    bool hcpcs = false, book = false;
    for (; *name; name++) {
        hcpcs = hcpcs || strncasecmp(name, "HCPC", 4) == 0;
        book = book || strncasecmp(name, "Index", 5) == 0 || strncasecmp(name, "Table", 5) == 0;
    }
    return hcpcs && book;
}

void printed_recognise(const struct input *in, struct recognised *out)
{
    struct buf text = {0}, page = {0};
    enum status st = pdf_text(in->path, in->bytes, in->len, 1, &text, NULL);
    text_squeeze(&page, buf_text(&text), text.len);
    const char *said = buf_text(&page);
    if (st == ST_OK && release_near(said, "HCPCS ", " Index", out->release)) {
        *out = (struct recognised){.verdict = INPUT_USED, .role = ROLE_INDEX, .component = COMP_INDEX, .what = "Index"};
        release_near(said, "HCPCS ", " Index", out->release);
    } else if (st == ST_OK && strstr(said, "IV - Intravenous") && release_near(said, "", " Table of Drugs", out->release)) {
        *out = (struct recognised){
            .verdict = INPUT_USED, .role = ROLE_DRUGS, .component = COMP_DRUGS, .what = "Table of Drugs"};
        release_near(said, "", " Table of Drugs", out->release);
    } else if (st == ST_IO && named_so(in->name)) {
        out->why = needs_program;
    }
    buf_free(&text);
    buf_free(&page);
}

enum status printed_read(const struct input *in, int role, struct edition *ed, struct report *rep, struct error *err)
{
    struct buf text = {0}, clean = {0};
    enum status st = pdf_text(in->path, in->bytes, in->len, 0, &text, err);
    if (st == ST_OK) {
        /* Pages are of no matter here, and line ends must outlive the cleaning. */
        for (const char *at = buf_text(&text), *end = at + text.len; at < end;) {
            size_t n = strcspn(at, "\n\f");
            utf8_from_bytes(&clean, at, n);
            buf_putc(&clean, '\n');
            at += n + 1;
        }
        st = (role == ROLE_INDEX ? printed_index : printed_drugs)(in->path, buf_text(&clean), clean.len, ed, rep, err);
    }
    buf_free(&text);
    buf_free(&clean);
    return st;
}

void printed_carry(struct edition *ed, const struct edition *old, enum component book)
{
    for (size_t i = 0; i < old->terms.len; i++) {
        struct ed_term t = old->terms.items[i];
        const char **texts[] = {&t.title,    &t.nemod,        &t.codes, &t.manifestation, &t.see,
                                &t.see_also, &t.see_category, &t.cells};
        if (t.book == book) {
            for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
                *texts[k] = arena_strdup(&ed->arena, *texts[k]);
            }
            VEC_PUSH(&ed->terms, t);
        }
    }
}

/* Text without blanks and commas at its ends. */
static const char *trimmed(struct arena *arena, const char *s, size_t n)
{
    while (n > 0 && strchr(" ,;", s[n - 1])) {
        n--;
    }
    while (n > 0 && strchr(" ,;", *s)) {
        s++;
        n--;
    }
    return arena_strndup(arena, s, n);
}

struct see printed_see(struct arena *arena, const char *title, size_t n)
{
    const char *text = arena_strndup(arena, title, n);
    const char *also = strstr(text, "see also "), *end = also ? strchr(also, ')') : NULL;
    const char *later = strstr(text, ", also see "), *see = strstr(text, ", see ");
    struct see out = {trimmed(arena, text, strlen(text)), "", ""};
    see = see ? see : strstr(text, ",see ");
    if (also && end) {
        /* "Gauze (see also Bandage)", "ESRD (End Stage Renal Disease; see also Dialysis)" */
        bool whole = also > text && also[-1] == '(';
        const char *head = trimmed(arena, text, (size_t)(also - text) - whole);
        const char *rest = whole ? end + 1 : end;
        out.title = trimmed(arena, arena_printf(arena, "%s%s", head, rest), strlen(head) + strlen(rest));
        out.see_also = arena_strndup(arena, also + 9, (size_t)(end - also) - 9);
    } else if (later || see) {
        const char *at = later ? later : see, *to = strstr(at, "see ") + 4;
        out.title = trimmed(arena, text, (size_t)(at - text));
        *(later ? &out.see_also : &out.see) = trimmed(arena, to, strlen(to));
    }
    return out;
}
