/* cmd_refs.c - codeshelf refs: who mentions a code, a range that holds it, or what it stands under: notes of other
 * codes by their kind, rows of the indexes and tables, sections of the guidelines; nearest first. */
#include <string.h>

#include "books.h"
#include "index.h"
#include "page.h"

enum { STEP = 2 };

struct refs {
    struct call *call;
    struct entry entry;
    struct arena arena;
    const struct mention *items;
    size_t n;
    struct page page;
};

/* Why a mention is about the code when it does not name it itself, and a release other than the one in force. */
static void add_named(struct buf *out, const struct refs *refs, const struct mention *m)
{
    char code[CODE_MAX];
    if (m->named && strcmp(m->named, code_print(refs->entry.set, refs->entry.code, code)) != 0)
        buf_printf(out, "  (names %s)", m->named);
    if (m->kind == MENTION_NOTE && m->note.release)
        buf_printf(out, "  (as in %s)", m->note.release);
}

static enum status print_notes(struct refs *refs, enum note_kind kind, struct error *err)
{
    bool any = false;
    enum status st = ST_OK;
    struct buf text = {0};
    for (size_t i = 0; i < refs->n && st == ST_OK; i++) {
        const struct mention *m = &refs->items[i];
        char code[CODE_MAX], label[2 * CODE_MAX];
        struct entry from;
        if (m->kind != MENTION_NOTE || m->note.kind != kind)
            continue;
        if (!any)
            fprintf(refs->page.out, "\n%s\n", kind == NOTE_INCLUSION_TERM ? "Inclusion term" : note_kind_label(kind));
        any = true;
        st = shelf_entry_at(refs->call->shelf, refs->entry.set, m->note.from, &refs->arena, &from, err);
        if (st != ST_OK)
            break;
        snprintf(label, sizeof label, "%s%-8s  ", from.kind == KIND_CHAPTER && from.set == SET_ICD10CM ? "chapter " : "",
                 code_print(from.set, m->note.from_code, code));
        page_item(&refs->page, STEP, label, from.printed ? from.printed : from.title);
        buf_clear(&text);
        buf_puts(&text, m->note.text);
        add_named(&text, refs, m);
        page_item(&refs->page, STEP + strlen(label), "", buf_text(&text));
    }
    buf_free(&text);
    return st;
}

/* The cells of a table are many: the one that names the code is what counts, and named says it. */
static void print_terms(struct refs *refs, enum component book)
{
    struct buf text = {0};
    bool any = false, other = false;
    const struct release *r = terms_release(refs->call->shelf, refs->entry.set, book, &other);
    for (size_t i = 0; i < refs->n; i++) {
        const struct mention *m = &refs->items[i];
        if (m->kind != MENTION_TERM || m->term.book != book)
            continue;
        if (!any)
            fprintf(refs->page.out, "\n%s%s%s\n", book_title(book), other && r ? " of " : "", other && r ? r->name : "");
        any = true;
        buf_clear(&text);
        term_way(&text, &m->term);
        if (*m->term.codes)
            term_codes(&text, &m->term);
        else
            add_named(&text, refs, m);
        page_item(&refs->page, STEP, "", buf_text(&text));
    }
    buf_free(&text);
}

static void print_guidelines(struct refs *refs)
{
    struct buf text = {0};
    bool any = false, other = false;
    const struct release *r = guide_release(refs->call->shelf, &other);
    for (size_t i = 0; i < refs->n; i++) {
        const struct mention *m = &refs->items[i];
        if (m->kind != MENTION_GUIDELINE)
            continue;
        if (!any)
            fprintf(refs->page.out, "\nGuidelines%s%s\n", other && r ? " of " : "", other && r ? r->name : "");
        any = true;
        buf_clear(&text);
        buf_printf(&text, "%s  %s", m->guideline.section, m->guideline.title);
        add_named(&text, refs, m);
        page_item(&refs->page, STEP, "", buf_text(&text));
    }
    buf_free(&text);
}

static enum status print_text(struct refs *refs, struct error *err)
{
    const struct entry *e = &refs->entry;
    const struct release *r = shelf_release(refs->call->shelf, e->set);
    char code[CODE_MAX], label[2 * CODE_MAX];
    enum status st = ST_OK;
    snprintf(label, sizeof label, "%s  ", code_print(e->set, e->code, code));
    page_item(&refs->page, 0, label, e->printed ? e->printed : e->title);
    fprintf(refs->page.out, "%s %s\n", codeset_title(e->set), r ? r->name : "");
    for (int kind = 0; kind < NOTE_COUNT && st == ST_OK; kind++)
        st = print_notes(refs, (enum note_kind)kind, err);
    for (int book = COMP_INDEX; book <= COMP_DRUGS && st == ST_OK; book++)
        print_terms(refs, (enum component)book);
    print_guidelines(refs);
    return st;
}

static void put_note(struct json *j, const struct mention *m, enum codeset set)
{
    json_put_text(j, "kind", "note");
    json_put_text(j, "note_kind", note_kind_name(m->note.kind));
    json_key(j, "from");
    json_open(j, '{');
    json_put_text(j, "kind", kind_name(m->note.from_kind));
    json_put_code(j, "code", set, m->note.from_code);
    json_close(j, '}');
    json_put_text(j, "text", m->note.text);
    if (m->note.release)
        json_put_text(j, "release", m->note.release);
}

static void put_mention(struct json *j, const struct mention *m, struct refs *refs)
{
    const enum codeset set = refs->entry.set;
    const struct release *r;
    bool other = false;
    json_open(j, '{');
    switch (m->kind) {
    case MENTION_NOTE: put_note(j, m, set); break;
    case MENTION_TERM:
        r = terms_release(refs->call->shelf, set, m->term.book, &other);
        json_put_text(j, "kind", component_name(m->term.book));
        json_put_term(j, &m->term);
        json_put_text(j, "release", r ? r->name : NULL);
        break;
    case MENTION_GUIDELINE:
        r = guide_release(refs->call->shelf, &other);
        json_put_text(j, "kind", "guideline");
        json_put_guideline(j, &m->guideline);
        json_put_text(j, "release", r ? r->name : NULL);
        break;
    }
    json_put_text(j, "named", m->named);
    json_close(j, '}');
    json_line(j, refs->call->out);
}

enum status cmd_refs(struct call *c, struct error *err)
{
    struct refs refs = {.call = c, .page = page_start(c->out)};
    struct json j = {0};
    char code[CODE_MAX], missing[256];
    enum status st = shelf_find(c->shelf, c->opt.set, c->words[0], &refs.arena, &refs.entry, err);
    if (st == ST_OK) {
        call_release(c, refs.entry.set);
        st = refs_to(c->shelf, &refs.entry, &refs.arena, &refs.items, &refs.n, err);
    }
    if (st == ST_OK && refs.n == 0)
        st = error_set(err, ST_NONE, "nothing on this shelf mentions %s",
                       code_print(refs.entry.set, refs.entry.code, code));
    if ((st == ST_OK || st == ST_NONE) && refs.entry.title && call_notes_missing(c, refs.entry.set, missing, sizeof missing))
        call_say(c, missing);
    if (st == ST_OK && !c->opt.text[OPT_JSON])
        st = print_text(&refs, err);
    for (size_t i = 0; st == ST_OK && c->opt.text[OPT_JSON] && i < refs.n; i++)
        put_mention(&j, &refs.items[i], &refs);
    json_free(&j);
    arena_free(&refs.arena);
    return st;
}
