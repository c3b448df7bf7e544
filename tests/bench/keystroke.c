/* keystroke.c - what typing costs: every prefix of every query, searched as the browser does, through the library.
 *
 * usage: keystroke SHELF DATE QUERIES.tsv
 * QUERIES.tsv holds a query in its first column and ICD10CM or HCPCS in its second; a header line is passed over. Prints the
 * number of searches and the median, 99th percentile and longest in milliseconds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "codeshelf/shelf.h"

struct times {
    double *items;
    size_t len, cap;
};

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void type_query(struct shelf *shelf, const char *query, enum codeset set, struct times *times)
{
    char typed[256] = "";
    for (size_t n = 1; n <= strlen(query) && n < sizeof typed; n++) {
        struct arena arena = {0};
        struct hits hits;
        struct error err;
        memcpy(typed, query, n);
        typed[n] = '\0';
        const struct query q = {.text = typed, .set = set, .limit = 50, .typing = true, .families = true};
        const double start = now_ms();
        const enum status rc = shelf_search(shelf, &q, &arena, &hits, &err);
        const double took = now_ms() - start;
        arena_free(&arena);
        if (rc) {
            fprintf(stderr, "%s: %s\n", typed, err.text);
            exit(1);
        }
        VEC_PUSH(times, took);
    }
}

int main(int argc, char **argv)
{
    struct shelf *shelf = NULL;
    struct error err;
    struct times times = {0};
    date day = 0;
    char line[1024];

    FILE *f = argc == 4 ? fopen(argv[3], "r") : NULL;
    if (!f || !date_parse(argv[2], &day) || shelf_open(argv[1], &shelf, &err) || shelf_as_of(shelf, day, &err)) {
        fprintf(stderr, "usage: keystroke SHELF DATE QUERIES.tsv\n");
        return 2;
    }
    while (fgets(line, sizeof line, f)) {
        char *set = strchr(line, '\t');
        if (!set || strncmp(line, "query\t", 6) == 0)
            continue;
        *set++ = '\0';
        const enum codeset which = strncmp(set, "HCPCS", 5) == 0 ? SET_HCPCS : SET_ICD10CM;
        if (shelf_release(shelf, which))
            type_query(shelf, line, which, &times);
    }
    fclose(f);
    shelf_close(shelf);
    if (times.len == 0)
        return 1;
    qsort(times.items, times.len, sizeof *times.items, ascending);
    printf("%zu %.3f %.3f %.3f\n", times.len, times.items[times.len / 2], times.items[times.len * 99 / 100],
           times.items[times.len - 1]);
    free(times.items);
    return 0;
}
