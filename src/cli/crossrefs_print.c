/* crossrefs_print.c - a way from code to code is one line, or one object. */
#include "crossrefs_print.h"

void crossrefs_put_json(struct json *j, const struct crossref *ways, size_t n)
{
    json_key(j, "cross_references");
    json_open(j, '[');
    for (size_t i = 0; i < n; i++) {
        json_open(j, '{');
        json_key(j, "codes");
        json_open(j, '[');
        for (size_t k = 0; k < ways[i].n; k++)
            json_text(j, ways[i].stops[k].code);
        json_close(j, ']');
        json_put_text(j, "title", ways[i].stops[ways[i].n - 1].title);
        json_put_text(j, "end", crossref_end_name(ways[i].end));
        json_close(j, '}');
    }
    json_close(j, ']');
}

void crossrefs_print_text(const struct page *p, size_t indent, const struct crossref *ways, size_t n)
{
    for (size_t i = 0; i < n; i++)
        page_item(p, indent, "cross-reference: ", ways[i].words);
}
