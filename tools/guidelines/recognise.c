/* recognise.c - the Official Guidelines among the PDFs, by their first page: reading that takes a hundredth of a second, and
 * their names change every year. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "codeshelf/calendar.h"
#include "codeshelf/utf8.h"
#include "guidelines.h"
#include "reader/pdf.h"

static const char TITLE[] = "ICD-10-CM Official Guidelines for Coding and Reporting";

/* Reads "October 1, 2024" at s into the name of the release that begins then. */
static bool release_of_date(const char *s, char out[RELEASE_NAME_MAX])
{
    static const char *const months[] = {"January", "April", "October"};
    static const char *const suffixes[] = {"-JAN", "-APR", ""};
    int year = 0;
    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        size_t n = strlen(months[i]);
        char name[16];
        if (strncmp(s, months[i], n) == 0 && sscanf(s + n, " 1, %4d", &year) == 1) {
            snprintf(name, sizeof name, "FY%d%s", year + (suffixes[i][0] == '\0'), suffixes[i]);
            return calendar_name(SET_ICD10CM, name, out);
        }
    }
    return false;
}

bool guidelines_release(const char *page, char out[RELEASE_NAME_MAX], bool *exact)
{
    const char *updated = strstr(page, "UPDATED "), *fiscal = strstr(page, "FY "), *range = strchr(page, '(');
    int year = 0;
    *exact = (updated && release_of_date(updated + 8, out)) || (range && release_of_date(range + 1, out));
    if (*exact) {
        return true;
    }
    char name[16];
    if (!fiscal || sscanf(fiscal + 3, "%4d", &year) != 1) {
        return false;
    }
    snprintf(name, sizeof name, "FY%d", year);
    return calendar_name(SET_ICD10CM, name, out);
}

static bool named_so(const char *name)
{
    for (; *name; name++) {
        if (strncasecmp(name, "guideline", 9) == 0) {
            return true;
        }
    }
    return false;
}

void guidelines_recognise(const struct input *in, struct recognised *out)
{
    struct buf text = {0}, page = {0};
    *out = (struct recognised){.verdict = INPUT_UNKNOWN};
    if (!pdf_is(in->bytes, in->len)) {
        return;
    }
    enum status st = pdf_text(in->path, in->bytes, in->len, 1, &text, NULL);
    text_squeeze(&page, buf_text(&text), text.len);
    const char *title = st == ST_OK ? strstr(buf_text(&page), TITLE) : NULL;
    if (title || (st == ST_INPUT && named_so(in->name))) {
        *out = (struct recognised){.verdict = INPUT_USED, .component = COMP_GUIDELINES, .what = "Official Guidelines"};
    } else if (st == ST_IO && named_so(in->name)) {
        out->why = "reading it needs pdftotext, which is not installed or cannot be run (Debian package poppler-utils)";
    }
    if (title && !guidelines_release(title + sizeof TITLE - 1, out->release, &out->exact)) {
        out->release[0] = '\0';
        out->exact = false;
    }
    buf_free(&text);
    buf_free(&page);
}
