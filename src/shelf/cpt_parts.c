/* cpt_parts.c - what of CPT comes in files of its own. The proprietary laboratory analyses are a quarterly list, the modifiers an
 * appendix: a release may be loaded without them, and that it lacks all of them does not mean that they were deleted. */
#include <string.h>

#include "inside.h"

static const char *const names[CPT_PARTS] = {"PLA codes", "modifiers"};

unsigned cpt_part(enum codeset set, const char *code)
{
    const size_t n = strlen(code);

    if (set != SET_CPT)
        return 0;
    return n == 5 && code[4] == 'U' ? 1u << CPT_PLA : n == 2 ? 1u << CPT_MODIFIERS : 0;
}

const char *cpt_part_name(unsigned part)
{
    return names[part & 1u << CPT_PLA ? CPT_PLA : CPT_MODIFIERS];
}

enum status cpt_parts_lacking(struct shelf *s, const struct release *r, unsigned *out, struct error *err)
{
    /* The codes that may be of a part come from the index alone, so that few versions are read. */
    static const char sql[] = "SELECT max(v.kind = ?3), max(v.kind = ?4) FROM entry e CROSS JOIN version v ON v.entry = e.id"
                              " WHERE e.codeset = ?1 AND (e.code LIKE '____U' OR length(e.code) = 2) AND v.mask & ?2";
    sqlite3_stmt *q;
    enum status st;

    *out = 0;
    if (r->set != SET_CPT)
        return ST_OK;
    if ((st = sql_open(s, sql, &q, err)) != ST_OK)
        return st;
    sqlite3_bind_int(q, 1, (int)r->set);
    sqlite3_bind_int64(q, 2, release_mask(s, r));
    sqlite3_bind_int(q, 3, KIND_CODE);
    sqlite3_bind_int(q, 4, KIND_MODIFIER);
    if ((st = sql_row(s, q, err)) != ST_OK)
        return st;
    for (int part = 0; part < CPT_PARTS; part++)
        if (!sqlite3_column_int(q, part))
            *out |= 1u << part;
    sqlite3_reset(q);
    return ST_OK;
}
