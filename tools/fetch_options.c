/* fetch_options.c - getopt_long over one table, beside the text that explains it. */
#include "fetch_options.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/calendar.h"
#include "fetch_sources.h"

static const char help[] =
    "usage: codeshelf-fetch [OPTION]... SET [RELEASE]\n"
    "       codeshelf-fetch --list [SET [RELEASE]]\n"
    "\n"
    "Gets the official files of a release of ICD-10-CM (icd10cm FY2026) or HCPCS Level II (hcpcs 2026-JAN) from CDC and\n"
    "CMS into a cache folder; without RELEASE, of the one in force today. What was cut off is gone on with, what is there\n"
    "is not fetched again, and every file is checked. CPT cannot be fetched: the AMA licenses it.\n"
    "\n"
    "  --list             print the releases whose addresses are known, with their parts; of a RELEASE, tab-separated:\n"
    "                     set, release, part, place below a mirror, address, SHA-256\n"
    "  --import           load the files into the shelf then, with codeshelf-import\n"
    "  --shelf FILE       the shelf for --import\n"
    "  --mirror URL       get the files from a copy: URL/SET/RELEASE/FILE (else $CODESHELF_MIRROR)\n"
    "  --cache DIR        where files are kept (else $XDG_CACHE_HOME/codeshelf, ~/.cache/codeshelf)\n"
    "  --again            fetch also what is there\n"
    "  --help, --version\n"
    "\n"
    "Exit status: 0 done, 1 a file could not be fetched or loaded, 2 wrong use, 3 the shelf can't be used.\n";

const char *fetch_options_help(void)
{
    return help;
}

enum { OPT_LIST = 1, OPT_IMPORT, OPT_SHELF, OPT_MIRROR, OPT_CACHE, OPT_AGAIN, OPT_HELP, OPT_VERSION };

static const struct option table[] = {
    {"list", no_argument, NULL, OPT_LIST},           {"import", no_argument, NULL, OPT_IMPORT},
    {"shelf", required_argument, NULL, OPT_SHELF},   {"mirror", required_argument, NULL, OPT_MIRROR},
    {"cache", required_argument, NULL, OPT_CACHE},   {"again", no_argument, NULL, OPT_AGAIN},
    {"help", no_argument, NULL, OPT_HELP},           {"version", no_argument, NULL, OPT_VERSION},
    {NULL, 0, NULL, 0},
};

static enum status take_option(struct fetch_options *o, int which, const char *typed, struct error *err)
{
    switch (which) {
    case OPT_LIST:
        o->list = true;
        return ST_OK;
    case OPT_IMPORT:
        o->import = true;
        return ST_OK;
    case OPT_SHELF:
        o->shelf = optarg;
        return ST_OK;
    case OPT_MIRROR:
        o->mirror = optarg;
        return ST_OK;
    case OPT_CACHE:
        o->cache = optarg;
        return ST_OK;
    case OPT_AGAIN:
        o->anew = true;
        return ST_OK;
    case OPT_HELP:
        o->help = true;
        return ST_OK;
    case OPT_VERSION:
        o->version = true;
        return ST_OK;
    case ':':
        return error_set(err, ST_USAGE, "%s: a value is missing", typed);
    default:
        return error_set(err, ST_USAGE, "%s: no such option (see --help)", typed);
    }
}

static enum status take_mirror(struct fetch_options *o, struct error *err)
{
    const char *from = "--mirror";
    if (!o->mirror) {
        o->mirror = getenv("CODESHELF_MIRROR");
        from = "$CODESHELF_MIRROR";
    }
    if (!o->mirror || !o->mirror[0]) {
        o->mirror = NULL;
        return ST_OK;
    }
    bool scheme = strncmp(o->mirror, "https://", 8) == 0 || strncmp(o->mirror, "http://", 7) == 0;
    for (const char *c = o->mirror; scheme && *c; c++) {
        scheme = (unsigned char)*c > ' ' && *c != 0x7f;
    }
    if (!scheme) {
        return error_set(err, ST_USAGE, "%s %s: an address like https://files.example/codes expected", from, o->mirror);
    }
    return ST_OK;
}

/* What can be fetched of a set: everything but CPT. */
static enum status check_set(const struct fetch_options *o, struct error *err)
{
    if (o->set != SET_CPT) {
        return ST_OK;
    }
    return error_set(err, ST_USAGE,
                     "CPT is licensed by the American Medical Association and cannot be fetched: load the files you received with "
                     "codeshelf-import --set cpt --release 2026 PATH");
}

static enum status take_words(struct fetch_options *o, int n, char *const *words, struct error *err)
{
    if (n > 2) {
        return error_set(err, ST_USAGE, "%s: one code set and one release expected (see --help)", words[n - 1]);
    }
    if (n == 0) {
        return o->list ? ST_OK : error_set(err, ST_USAGE, "a code set expected: icd10cm or hcpcs (see --help)");
    }
    if (!codeset_parse(words[0], &o->set)) {
        return error_set(err, ST_USAGE, "%s: icd10cm or hcpcs expected", words[0]);
    }
    enum status st = check_set(o, err);
    if (st != ST_OK || (o->list && n == 1)) {
        return st;
    }
    bool named = n == 2 ? calendar_name(o->set, words[1], o->release) : fetch_release_on(o->set, date_today(), o->release);
    return named ? ST_OK
                 : error_set(err, ST_USAGE, "%s: a release like %s expected", n == 2 ? words[1] : words[0],
                             o->set == SET_HCPCS ? "2026-JAN" : "FY2026 or FY2026-APR");
}

enum status fetch_options_read(int argc, char **argv, struct fetch_options *out, struct error *err)
{
    *out = (struct fetch_options){.set = SET_COUNT};
    opterr = 0;
    optind = 0; /* glibc: start anew, also for a second call */
    for (;;) {
        int which = getopt_long(argc, argv, ":", table, NULL);
        if (which == -1) {
            break;
        }
        enum status st = take_option(out, which, argv[optind - 1], err);
        if (st != ST_OK) {
            return st;
        }
    }
    if (out->help || out->version) {
        return ST_OK;
    }
    enum status st = take_words(out, argc - optind, argv + optind, err);
    return st == ST_OK ? take_mirror(out, err) : st;
}
