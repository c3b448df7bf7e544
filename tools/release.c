/* release.c - a release is rarely said in one place.
 *
 * An order file holds no year; FY2021-JAN's XML says 2021 and its folder says the rest; a folder of 2016 may hold files of
 * FY2017 because they were published then. So: content first, then names from the file outwards. A farther name may add the
 * month to the year of a nearer one. A name contradicts where it leaves no doubt: the nearest one, or a fiscal year with FY. */
#include "release.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "codeshelf/calendar.h"
#include "reader/lines.h"

enum { NAME_PART_MAX = 512 };

struct guess {
    char release[RELEASE_NAME_MAX];
    char part[NAME_PART_MAX]; /* the name that said it */
    bool month;
};

/* "FY2025" and "FY2025-APR", "2025-JAN" and "2025-OCT". */
static bool same_year(const char *a, const char *b)
{
    size_t n = strcspn(a, "-");
    return n == strcspn(b, "-") && strncmp(a, b, n) == 0;
}

/* Whether a name says a fiscal year in so many letters. */
static bool says_fiscal(const char *part)
{
    for (; *part; part++) {
        if (strncasecmp(part, "FY", 2) == 0 && strspn(part + 2, " _-0123456789") >= 2) {
            return true;
        }
    }
    return false;
}

/* Takes the last part off a trail. */
static bool next_part(const char *trail, size_t *end, char part[NAME_PART_MAX])
{
    size_t from = *end;
    if (*end == 0) {
        return false;
    }
    while (from > 0 && trail[from - 1] != '/') {
        from--;
    }
    snprintf(part, NAME_PART_MAX, "%.*s", (int)(*end - from), trail + from);
    *end = from > 0 ? from - 1 : 0;
    return true;
}

/* What the names say, nearest first; found.release stays empty when they say nothing. against is filled when a farther name
 * says another fiscal year. */
static void guess_from_names(enum codeset set, const char *trail, struct guess *found, struct guess *against)
{
    size_t end = strlen(trail);
    struct guess one = {0};
    while (next_part(trail, &end, one.part)) {
        if (!calendar_guess(set, one.part, one.release, &one.month)) {
            continue;
        }
        if (!found->release[0]) {
            *found = one;
        } else if (same_year(found->release, one.release)) {
            if (!found->month && one.month) {
                *found = one;
            }
        } else if (set == SET_ICD10CM && says_fiscal(one.part) && !against->release[0]) {
            *against = one;
        }
    }
}

static enum status decide_by_content(const char *path, const struct recognised *is, const struct guess *named, const char *given,
                                     char out[RELEASE_NAME_MAX], struct error *err)
{
    const char *content = is->release;
    if (given) {
        bool agrees = is->exact ? strcmp(content, given) == 0 : same_year(content, given);
        if (!agrees) {
            return input_error(err, path, 0, 0, "%s by its content, but --release %s was given", content, given);
        }
        snprintf(out, RELEASE_NAME_MAX, "%s", given);
    } else if (is->exact || !named->release[0]) {
        snprintf(out, RELEASE_NAME_MAX, "%s", content);
    } else if (!same_year(content, named->release)) {
        return input_error(err, path, 0, 0, "%s by its content, but %s by the name \"%s\": --release settles it", content,
                           named->release, named->part);
    } else {
        snprintf(out, RELEASE_NAME_MAX, "%s", named->month ? named->release : content);
    }
    return ST_OK;
}

enum status release_decide(enum codeset set, const char *path, const struct recognised *is, const char *trail,
                           const char *given, char out[RELEASE_NAME_MAX], struct error *err)
{
    struct guess named = {0}, against = {0};
    out[0] = '\0';
    if (!given) {
        guess_from_names(set, trail, &named, &against);
    }
    if (against.release[0] && !is->exact) {
        return input_error(err, path, 0, 0, "%s by the name \"%s\", but %s by the name \"%s\": --release settles it",
                           named.release, named.part, against.release, against.part);
    }
    if (is->release[0]) {
        return decide_by_content(path, is, &named, given, out, err);
    }
    if (given || named.release[0]) {
        snprintf(out, RELEASE_NAME_MAX, "%s", given ? given : named.release);
        return ST_OK;
    }
    return ST_NONE;
}
