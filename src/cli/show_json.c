/* show_json.c - an entry as one JSON object. Where notes were not loaded "notes" is null, never an empty list, which
 * would read as "no Excludes". */
#include <string.h>

#include "codeshelf/code.h"
#include "show.h"

static void put_release(struct json *j, const struct show *s)
{
    json_key(j, "release");
    json_open(j, '{');
    json_put_text(j, "name", s->release->name);
    json_put_date(j, "from", s->release->from);
    json_put_date(j, "to", s->release->to);
    if (s->warning)
        json_put_text(j, "warning", s->warning);
    json_close(j, '}');
}

static void put_path(struct json *j, const struct show *s)
{
    json_key(j, "path");
    json_open(j, '[');
    for (size_t i = 0; i < s->npath; i++) {
        json_open(j, '{');
        json_put_text(j, "kind", kind_name(s->path[i].kind));
        json_put_code(j, "code", s->path[i].set, s->path[i].code);
        json_put_text(j, "title", s->path[i].title);
        json_close(j, '}');
    }
    json_close(j, ']');
}

/* Codes and ranges that the text names: "S59.2", "A15.0-A15.9", "T36-T50 with fifth or sixth character 5". */
static void put_refs(struct json *j, enum codeset set, const char *text)
{
    struct code_ref ref;
    size_t pos = 0, n = strlen(text);
    json_key(j, "refs");
    json_open(j, '[');
    while (code_ref_next(set, text, n, &pos, &ref)) {
        char first[CODE_MAX], last[CODE_MAX], printed[2 * CODE_MAX + sizeof ref.with + 8];
        const bool range = strcmp(ref.first, ref.last) != 0;
        snprintf(printed, sizeof printed, "%s%s%s%s%s", code_print(set, ref.first, first), range ? "-" : "",
                 range ? code_print(set, ref.last, last) : "", ref.with[0] ? " with " : "", ref.with);
        json_text(j, printed);
    }
    json_close(j, ']');
}

static void put_notes(struct json *j, const struct show *s)
{
    json_key(j, "notes");
    if (s->notes_missing && s->nnotes == 0) {
        json_text(j, NULL);
        return;
    }
    json_open(j, '[');
    for (size_t i = 0; i < s->nnotes; i++) {
        const struct note *note = &s->notes[i];
        json_open(j, '{');
        json_put_text(j, "kind", note_kind_name(note->kind));
        json_put_text(j, "text", note->text);
        json_key(j, "from");
        json_open(j, '{');
        json_put_text(j, "kind", kind_name(note->from_kind));
        json_put_code(j, "code", s->entry.set, note->from_code);
        json_close(j, '}');
        put_refs(j, s->entry.set, note->text);
        if (show_replaced(s, note))
            json_put_bool(j, "replaced", true);
        if (note->release)
            json_put_text(j, "release", note->release);
        json_close(j, '}');
    }
    json_close(j, ']');
}

/* The characters, or the notes under them, by character. */
static void put_chars(struct json *j, const char *key, const struct seventh *seventh, bool notes)
{
    json_key(j, key);
    json_open(j, '{');
    for (size_t i = 0; i < seventh->n; i++) {
        const struct seventh_char *c = &seventh->chars[i];
        if (!notes || *c->note)
            json_put_text(j, (const char[]){c->ch, '\0'}, notes ? c->note : c->text);
    }
    json_close(j, '}');
}

static void put_seventh(struct json *j, const struct show *s)
{
    json_key(j, "seventh");
    if (s->seventh.n == 0) {
        json_text(j, NULL);
        return;
    }
    json_open(j, '{');
    json_put_code(j, "from", s->entry.set, s->seventh.from_code);
    put_chars(j, "chars", &s->seventh, false);
    put_chars(j, "notes", &s->seventh, true);
    if (s->seventh.release)
        json_put_text(j, "release", s->seventh.release);
    json_close(j, '}');
}

static void put_fact(struct json *j, const struct fact *fact)
{
    if (!*fact->words) {
        json_text(j, fact->value);
        return;
    }
    json_open(j, '{');
    json_put_text(j, "value", fact->value);
    json_put_text(j, "words", fact->words);
    json_close(j, '}');
}

/* Facts of one name stand together; one that is repeated becomes a list. */
static void put_facts(struct json *j, const struct show *s)
{
    json_key(j, "facts");
    json_open(j, '{');
    for (size_t i = 0, end; i < s->nfacts; i = end) {
        for (end = i + 1; end < s->nfacts && strcmp(s->facts[end].name, s->facts[i].name) == 0;)
            end++;
        json_key(j, s->facts[i].name);
        if (end - i > 1)
            json_open(j, '[');
        for (size_t k = i; k < end; k++)
            put_fact(j, &s->facts[k]);
        if (end - i > 1)
            json_close(j, ']');
    }
    json_close(j, '}');
}

static void put_pairing(struct json *j, const struct show *s)
{
    const struct pairing pairing = show_pairing(s);
    json_key(j, "pairing");
    json_open(j, '{');
    json_put_bool(j, "manifestation", pairing.manifestation);
    for (size_t k = 0; k < PAIRING_KINDS; k++) {
        char code[CODE_MAX];
        json_key(j, note_kind_name(pairing_kinds[k]));
        json_open(j, '[');
        for (size_t i = 0; i < pairing.n[k]; i++)
            json_text(j, code_print(s->entry.set, pairing.notes[k][i]->from_code, code));
        json_close(j, ']');
    }
    json_close(j, '}');
}

/* Another list than the official notes, so that nobody takes one for the other. */
static void put_desk_notes(struct json *j, const struct show *s)
{
    json_key(j, "desk_notes");
    json_open(j, '[');
    for (size_t i = 0; i < s->ndesk_notes; i++)
        desk_note_json(j, &s->desk_notes[i]);
    json_close(j, ']');
}

void show_json(const struct show *s, struct json *j, FILE *out)
{
    const struct entry *e = &s->entry;
    json_open(j, '{');
    json_put_text(j, "codeset", codeset_name(e->set));
    json_put_code(j, "code", e->set, e->code);
    json_put_text(j, "title", e->title);
    if (e->printed)
        json_put_text(j, "printed", e->printed);
    json_put_text(j, "short", e->short_title);
    json_put_text(j, "kind", kind_name(e->kind));
    json_put_bool(j, "billable", e->billable);
    if (e->from || e->to) {
        json_put_date(j, "added", e->from);
        json_put_date(j, "last_day", e->to);
        json_put_bool(j, "pending", s->pending);
    }
    put_release(j, s);
    json_put_text(j, "mark", s->mark ? change_mark_name(s->mark) : NULL);
    json_put_text(j, "marked_against", s->against ? s->against->name : NULL);
    if (s->unknown)
        json_put_text(j, "unknown", s->unknown);
    put_path(j, s);
    put_notes(j, s);
    if (s->notes_missing)
        json_put_text(j, "missing", s->missing);
    put_seventh(j, s);
    if (e->set == SET_ICD10CM)
        put_pairing(j, s);
    json_key(j, "children");
    json_open(j, '[');
    for (size_t i = 0; i < s->nchildren; i++) {
        char printed[CODE_MAX];
        json_text(j, code_print(e->set, s->children[i].code, printed));
    }
    json_close(j, ']');
    put_facts(j, s);
    if (e->set == SET_HCPCS)
        crossrefs_put_json(j, s->crossrefs, s->ncrossrefs);
    if (s->replaced)
        changes_put_replacements(j, e->set, s->replaced);
    put_desk_notes(j, s);
    json_close(j, '}');
    json_line(j, out);
}
