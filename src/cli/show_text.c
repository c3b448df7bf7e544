/* show_text.c - an entry as a page for a person: what it is, where it stands, every note that applies to it with its
 * origin, nearest first, the 7th characters, the fields in words, and what is below it. */
#include <string.h>

#include "codeshelf/fold.h"
#include "show.h"

enum { STEP = 2, CODE_COLUMN = 8 };

/* A code and a title in two columns. */
static void print_entry(const struct page *p, size_t indent, const struct entry *e)
{
    char code[CODE_MAX], label[2 * CODE_MAX];
    snprintf(label, sizeof label, "%s%-*s  ", e->kind == KIND_CHAPTER && e->set == SET_ICD10CM ? "Chapter " : "", CODE_COLUMN,
             code_print(e->set, e->code, code));
    page_item(p, indent, label, e->printed ? e->printed : e->title);
}

/* Where the Tabular words a title otherwise, both stand. HCPCS short descriptions are shown, ICD-10-CM's only
 * abbreviate. */
static void print_head(const struct page *p, const struct show *s)
{
    const struct entry *e = &s->entry;
    char from[11], to[11];
    print_entry(p, 0, e);
    if (e->printed)
        page_item(p, CODE_COLUMN + 2, "Order file: ", e->title);
    if (e->set != SET_ICD10CM && *e->short_title && !fold_equal(e->short_title, e->title))
        page_item(p, CODE_COLUMN + 2, "Short: ", e->short_title);
    fprintf(p->out, "%s, %s; %s %s, in force %s to %s\n", kind_name(e->kind), e->billable ? "billable" : "not billable",
            codeset_title(e->set), s->release->name, date_print(s->release->from, from), date_print(s->release->to, to));
    if (e->from)
        fprintf(p->out, "%s %s\n", s->pending ? "Not yet in force: takes effect" : "Added", date_print(e->from, from));
    if (e->to)
        fprintf(p->out, "%s %s\n", e->billable ? "Last day of use" : "Terminated: last day of use", date_print(e->to, to));
    if (s->mark)
        fprintf(p->out, "%s %s in %s (against %s)\n", change_mark_sign(s->mark, p->ascii),
                s->mark == CHANGE_MARK_DEMOTED ? "became a header" : change_mark_name(s->mark), s->release->name,
                s->against->name);
    if (s->replaced) {
        struct buf codes = {0};
        replacements_print(e->set, s->replaced, &codes);
        page_item(p, 0, "Replaced by: ", buf_text(&codes));
        buf_free(&codes);
    }
    if (s->unknown)
        page_item(p, 0, "", s->unknown);
}

static void print_path(const struct page *p, const struct show *s)
{
    if (s->npath)
        fputc('\n', p->out);
    for (size_t i = 0; i < s->npath; i++)
        print_entry(p, STEP * (i + 1), &s->path[i]);
}

static void print_pairing(const struct page *p, const struct show *s)
{
    static const char *const says[PAIRING_KINDS] = {"Report before it, where it applies: Code first at ",
                                                    "Report after it, where it applies: Use additional code at ",
                                                    "In the order the case gives: Code also at "};
    const struct pairing pairing = show_pairing(s);
    if (pairing.manifestation || pairing.n[0] || pairing.n[1] || pairing.n[2])
        fputs("\nWith other codes\n", p->out);
    if (pairing.manifestation)
        page_item(p, STEP, "", "Manifestation code: never listed first; the underlying condition comes before it");
    for (size_t k = 0; k < PAIRING_KINDS; k++) {
        struct buf text = {0};
        for (size_t i = 0; i < pairing.n[k]; i++) {
            const struct note *note = pairing.notes[k][i];
            char code[CODE_MAX];
            buf_printf(&text, "%s%s%s", i ? ", " : says[k], note->from_kind == KIND_CHAPTER ? "chapter " : "",
                       code_print(s->entry.set, note->from_code, code));
        }
        if (text.len)
            page_item(p, STEP, "", buf_text(&text));
        buf_free(&text);
    }
}

/* Notes of one entry stand under its code; of several of one kind only the first carries the label, as in print. */
static void print_notes(const struct page *p, const struct show *s)
{
    for (size_t i = 0; i < s->nnotes; i++) {
        const struct note *note = &s->notes[i];
        char code[CODE_MAX], label[64];
        const bool first = i == 0 || s->notes[i - 1].from != note->from;
        if (first) {
            fprintf(p->out, "\nNotes of %s%s%s%s\n",
                    note->from_kind == KIND_CHAPTER && s->entry.set == SET_ICD10CM ? "chapter " : "",
                    code_print(s->entry.set, note->from_code, code), note->release ? ", as in " : "",
                    note->release ? note->release : "");
        }
        const char *kind = note_kind_label(note->kind);
        const char *replaced = show_replaced(s, note) ? " (replaced by the table below)" : "";
        int n = snprintf(label, sizeof label, "%s%s%s", kind, replaced, *kind ? ": " : "- ");
        if (!first && *kind && s->notes[i - 1].kind == note->kind)
            snprintf(label, sizeof label, "%*s", n, "");
        page_item(p, STEP, label, note->text + strspn(note->text, ", ")); /* "Code first: , if applicable" */
    }
    if (s->notes_missing) {
        fputc('\n', p->out);
        page_item(p, 0, "", s->missing);
    }
}

static void print_seventh(const struct page *p, const struct show *s)
{
    const struct seventh *seventh = &s->seventh;
    char code[CODE_MAX];
    if (seventh->n == 0)
        return;
    fprintf(p->out, "\n7th characters of %s%s%s\n", code_print(s->entry.set, seventh->from_code, code),
            seventh->release ? ", as in " : "", seventh->release ? seventh->release : "");
    for (size_t i = 0; i < seventh->n; i++) {
        const struct seventh_char *c = &seventh->chars[i];
        struct buf text = {0};
        buf_puts(&text, c->text);
        if (*c->note)
            buf_printf(&text, " (also: %s)", c->note);
        page_item(p, STEP, (const char[]){c->ch, ' ', ' ', '\0'}, buf_text(&text));
        buf_free(&text);
    }
}

/* The value with what it means; a date in the file's digits says no more than the date. */
static void add_fact(struct buf *out, const struct fact *fact)
{
    date day;
    if (*fact->words && date_parse(fact->words, &day))
        buf_puts(out, fact->words);
    else
        buf_printf(out, "%s%s%s", fact->value, *fact->words ? "  " : "", fact->words);
}

/* A field that is repeated carries its label once. */
static void print_facts(const struct page *p, const struct show *s)
{
    if (s->nfacts)
        fputs("\nFields\n", p->out);
    for (size_t i = 0; i < s->nfacts; i++) {
        struct buf label = {0}, text = {0};
        buf_printf(&label, "%s: ", s->facts[i].label);
        if (i > 0 && strcmp(s->facts[i].name, s->facts[i - 1].name) == 0)
            memset(label.text, ' ', label.len);
        add_fact(&text, &s->facts[i]);
        page_item(p, STEP, buf_text(&label), buf_text(&text));
        buf_free(&label);
        buf_free(&text);
    }
}

void show_text(const struct page *p, const struct show *s)
{
    print_head(p, s);
    print_path(p, s);
    print_pairing(p, s);
    print_notes(p, s);
    desk_notes_text(p, s->desk_notes, s->ndesk_notes);
    print_seventh(p, s);
    print_facts(p, s);
    if (s->nchildren)
        fputs("\nBelow it\n", p->out);
    for (size_t i = 0; i < s->nchildren; i++)
        print_entry(p, STEP, &s->children[i]);
}
