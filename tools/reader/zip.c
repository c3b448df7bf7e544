/* zip.c - zips through libzip, read from memory so that a zip inside a zip needs no temporary file.
 *
 * The sizes in a zip's directory are claims. A member is unpacked into a buffer of the claimed size only after the claim was
 * held against the bounds, and more or fewer bytes than claimed are an error. */
#include "reader/zip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "codeshelf/arena.h"
#include "reader/lines.h"

struct zipfile {
    zip_t *zip;
    const char *path;
    size_t count;
};

bool zipfile_is(const char *bytes, size_t n)
{
    return n >= 4 && (memcmp(bytes, "PK\3\4", 4) == 0 || memcmp(bytes, "PK\5\6", 4) == 0);
}

enum status zipfile_open(const char *path, const char *bytes, size_t n, struct zipfile **out, struct error *err)
{
    zip_error_t why;
    enum status st = ST_OK;
    zip_t *zip = NULL;
    /* libzip takes no bytes at all for a zip without members. */
    if (!zipfile_is(bytes, n)) {
        return input_error(err, path, 0, 0, "a whole zip expected, found a cut or damaged one (no zip header)");
    }
    zip_error_init(&why);
    zip_source_t *source = zip_source_buffer_create(bytes, n, 0, &why);
    if (!source) {
        out_of_memory();
    }
    zip = zip_open_from_source(source, ZIP_RDONLY, &why);
    if (!zip) {
        zip_source_free(source);
        st = input_error(err, path, 0, 0, "a whole zip expected, found a cut or damaged one (%s)", zip_error_strerror(&why));
        goto done;
    }
    zip_int64_t count = zip_get_num_entries(zip, 0);
    if (count > ZIPFILE_MEMBERS_MAX) {
        st = input_error(err, path, 0, 0, "at most %d members expected, found %lld", ZIPFILE_MEMBERS_MAX, (long long)count);
        zip_discard(zip);
        goto done;
    }
    struct zipfile *z = mem_alloc(sizeof *z);
    *z = (struct zipfile){.zip = zip, .path = path, .count = (size_t)count};
    *out = z;
done:
    zip_error_fini(&why);
    return st;
}

size_t zipfile_count(const struct zipfile *z)
{
    return z->count;
}

const char *zipfile_name(const struct zipfile *z, size_t i)
{
    const char *name = zip_get_name(z->zip, i, 0);
    return name ? name : "";
}

/* Holds the claims of the directory against the bounds. */
static enum status check_member(const struct zipfile *z, const zip_stat_t *about, struct error *err)
{
    const char *name = about->name ? about->name : "";
    char where[512];
    snprintf(where, sizeof where, "%s/%s", z->path, name);
    if (about->encryption_method != ZIP_EM_NONE) {
        return input_error(err, where, 0, 0, "a member without password expected");
    }
    if (about->size > ZIPFILE_MEMBER_MAX) {
        return input_error(err, where, 0, 0, "at most %zu MB expected, found %llu", ZIPFILE_MEMBER_MAX >> 20,
                           (unsigned long long)(about->size >> 20));
    }
    if (about->size / ZIPFILE_RATIO_MAX > about->comp_size + 1024) {
        return input_error(err, where, 0, 0, "a member packed at most %d times expected, found %llu bytes in %llu",
                           ZIPFILE_RATIO_MAX, (unsigned long long)about->size, (unsigned long long)about->comp_size);
    }
    return ST_OK;
}

enum status zipfile_unpack(struct zipfile *z, size_t i, char **out, size_t *len, struct error *err)
{
    zip_stat_t about;
    char *bytes = NULL;
    zip_file_t *member = NULL;
    zip_stat_init(&about);
    if (zip_stat_index(z->zip, i, 0, &about) != 0) {
        return input_error(err, z->path, 0, 0, "a whole zip expected, found: %s", zip_strerror(z->zip));
    }
    enum status st = check_member(z, &about, err);
    if (st != ST_OK) {
        return st;
    }
    member = zip_fopen_index(z->zip, i, 0);
    if (!member) {
        st = error_set(err, ST_INPUT, "%s/%s: a readable member expected, found: %s", z->path, about.name, zip_strerror(z->zip));
        goto done;
    }
    bytes = mem_alloc((size_t)about.size + 1);
    zip_int64_t got = zip_fread(member, bytes, about.size);
    char more;
    /* The checksum is compared when the end is read, hence the one byte beyond. */
    zip_int64_t rest = got < 0 ? got : zip_fread(member, &more, 1);
    if (got < 0 || rest != 0 || (zip_uint64_t)got != about.size) {
        const char *why = got < 0 || rest < 0 ? zip_error_strerror(zip_file_get_error(member)) : "another size";
        st = error_set(err, ST_INPUT, "%s/%s: a whole member expected, found: %s", z->path, about.name, why);
        goto done;
    }
    *out = bytes;
    *len = (size_t)about.size;
    bytes = NULL;
done:
    free(bytes);
    if (member) {
        zip_fclose(member);
    }
    return st;
}

enum status zipfile_unpack_named(struct zipfile *z, const char *name, char **out, size_t *len, struct error *err)
{
    zip_int64_t i = zip_name_locate(z->zip, name, ZIP_FL_NOCASE);
    *out = NULL;
    *len = 0;
    return i < 0 ? ST_NONE : zipfile_unpack(z, (size_t)i, out, len, err);
}

void zipfile_close(struct zipfile *z)
{
    if (z) {
        zip_discard(z->zip);
        free(z);
    }
}
