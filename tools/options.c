/* options.c - getopt_long over one table, beside the text that explains it. */
#include "options.h"

#include <getopt.h>

#include "codeshelf/calendar.h"

static const char help[] =
    "usage: codeshelf-import [OPTION]... PATH...\n"
    "       codeshelf-import [OPTION]... --drop SET RELEASE [PATH]...\n"
    "\n"
    "Reads official files of ICD-10-CM, HCPCS Level II and CPT into the shelf. A PATH is a file, a zip or a folder\n"
    "(searched to the bottom, zips inside zips too). Files are recognised by what is in them; the release comes from\n"
    "the content and the names of file, zip and folder. Nothing changes unless everything named can be read.\n"
    "\n"
    "  --shelf FILE       the shelf (else $CODESHELF_SHELF, $XDG_DATA_HOME/codeshelf/shelf.db)\n"
    "  --set SET          read files of this code set only: icd10cm, hcpcs or cpt\n"
    "  --release NAME     the release of the files: FY2025, FY2025-APR, 2025-JAN, 2026\n"
    "  --effective DATE   the first day of that release, where it is not the usual one\n"
    "  --drop SET RELEASE take this release off the shelf, before any PATH is read; may be given again\n"
    "  --dry-run          say what would be done and change nothing\n"
    "  --help, --version\n"
    "\n"
    "Exit status: 0 done, 1 a file can't be used or a release to drop isn't there, 2 wrong use, 3 the shelf can't be used.\n";

const char *options_help(void)
{
    return help;
}

enum { OPT_SHELF = 1, OPT_SET, OPT_RELEASE, OPT_EFFECTIVE, OPT_DROP, OPT_DRY_RUN, OPT_HELP, OPT_VERSION };

static const struct option table[] = {
    {"shelf", required_argument, NULL, OPT_SHELF},         {"set", required_argument, NULL, OPT_SET},
    {"release", required_argument, NULL, OPT_RELEASE},     {"effective", required_argument, NULL, OPT_EFFECTIVE},
    {"drop", required_argument, NULL, OPT_DROP},           {"dry-run", no_argument, NULL, OPT_DRY_RUN},
    {"help", no_argument, NULL, OPT_HELP},                 {"version", no_argument, NULL, OPT_VERSION},
    {NULL, 0, NULL, 0},
};

/* Names of releases. */
static const char *const examples[] = {[SET_ICD10CM] = "FY2025 or FY2025-APR", [SET_HCPCS] = "2025-JAN", [SET_CPT] = "2026"};

/* --drop has two words: getopt gives the set, the release (NULL at the end of the line) is taken here. */
static enum status take_drop(struct options *o, const char *set, const char *release, struct error *err)
{
    if (o->drops_n == DROPS_MOST) {
        return error_set(err, ST_USAGE, "--drop: at most %d releases at once", DROPS_MOST);
    }
    struct drop *d = &o->drops[o->drops_n];
    if (!codeset_parse(set, &d->set)) {
        return error_set(err, ST_USAGE, "--drop %s: icd10cm, hcpcs or cpt expected", set);
    }
    if (!release || !calendar_name(d->set, release, d->release)) {
        return error_set(err, ST_USAGE, "--drop %s%s%s: a release like %s expected%s", set, release ? " " : "",
                         release ? release : "", examples[d->set], release ? "" : " after it");
    }
    o->drops_n++;
    optind++;
    return ST_OK;
}

static enum status take_option(struct options *o, int which, const char *typed, const char *next, struct error *err)
{
    switch (which) {
    case OPT_SHELF:
        o->shelf = optarg;
        return ST_OK;
    case OPT_SET:
        o->set_given = true;
        return codeset_parse(optarg, &o->set)
                   ? ST_OK
                   : error_set(err, ST_USAGE, "--set %s: icd10cm, hcpcs or cpt expected", optarg);
    case OPT_RELEASE:
        o->release = optarg;
        return ST_OK;
    case OPT_EFFECTIVE:
        return date_parse(optarg, &o->effective)
                   ? ST_OK
                   : error_set(err, ST_USAGE, "--effective %s: a date like 2025-10-01 expected", optarg);
    case OPT_DROP:
        return take_drop(o, optarg, next, err);
    case OPT_DRY_RUN:
        o->dry_run = true;
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

/* A release name has a meaning in a set only; with no set given it must at least mean something in one. */
static enum status check_release(const struct options *o, struct error *err)
{
    char name[24];
    for (int set = 0; set < SET_COUNT; set++) {
        if ((!o->set_given || o->set == (enum codeset)set) && calendar_name((enum codeset)set, o->release, name)) {
            return ST_OK;
        }
    }
    if (o->set_given) {
        return error_set(err, ST_USAGE, "--release %s: a name like %s expected with --set %s", o->release, examples[o->set],
                         codeset_name(o->set));
    }
    return error_set(err, ST_USAGE,
                     "--release %s: a name like FY2025, FY2025-APR (icd10cm), 2025-JAN (hcpcs), 2026 (cpt) expected",
                     o->release);
}

enum status options_read(int argc, char **argv, struct options *out, struct error *err)
{
    *out = (struct options){0};
    opterr = 0;
    optind = 0; /* glibc: start anew, also for a second call */
    for (;;) {
        int which = getopt_long(argc, argv, ":", table, NULL);
        if (which == -1) {
            break;
        }
        enum status st = take_option(out, which, argv[optind - 1], argv[optind], err);
        if (st != ST_OK) {
            return st;
        }
    }
    out->paths = argv + optind;
    out->n = (size_t)(argc - optind);
    if (out->help || out->version) {
        return ST_OK;
    }
    if (out->n == 0 && out->drops_n == 0) {
        return error_set(err, ST_USAGE, "a file, folder or zip to import expected (see --help)");
    }
    return out->release ? check_release(out, err) : ST_OK;
}
