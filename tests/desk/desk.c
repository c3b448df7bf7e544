/* desk.c - the life of a desk: made, opened again, written by two, read where it cannot be written; and its collections. */
#include "codeshelf/desk.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support.h"

struct fixture {
    char folder[32], path[64], file[64];
    struct arena a;
    struct error err;
    struct buf problems;
    struct desk *desk;
};

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
}

static int up(void **state)
{
    struct fixture *f = mem_alloc(sizeof *f);
    snprintf(f->folder, sizeof f->folder, "/tmp/codeshelf-desk-XXXXXX");
    if (!mkdtemp(f->folder))
        return -1;
    snprintf(f->path, sizeof f->path, "%s/desk.db", f->folder);
    snprintf(f->file, sizeof f->file, "%s/rules.md", f->folder);
    *state = f;
    return 0;
}

static int down(void **state)
{
    struct fixture *f = *state;
    desk_close(f->desk);
    chmod(f->folder, 0700);
    remove(f->path);
    remove(f->file);
    arena_free(&f->a);
    buf_free(&f->problems);
    int gone = rmdir(f->folder); /* nothing else may have been left there */
    free(f);
    return gone;
}

static void open_desk(struct fixture *f)
{
    desk_close(f->desk);
    if (desk_open(f->path, &f->desk, &f->err) != ST_OK)
        fail_msg("%s", f->err.text);
}

static enum status import(struct fixture *f, const char *text, const char *name, struct desk_import *out)
{
    write_file(f->file, text);
    buf_clear(&f->problems);
    return desk_import(f->desk, f->file, name, &f->a, out, &f->problems, &f->err);
}

static void query(const char *path, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void refused(struct fixture *f, const char *says)
{
    desk_close(f->desk);
    assert_int_equal(desk_open(f->path, &f->desk, &f->err), ST_SHELF);
    assert_null(f->desk);
    if (!strstr(f->err.text, says))
        fail_msg("\"%s\" does not say \"%s\"", f->err.text, says);
    assert_int_equal(desk_open_notes(f->path, &f->desk, &f->err), ST_SHELF);
    assert_null(f->desk);
}

static void made_with_its_folders_and_found_again(void **state)
{
    struct fixture *f = *state;
    const struct collection *all;
    struct desk_import in;
    char deep[96], one[64], two[80];
    size_t n;
    snprintf(one, sizeof one, "%s/one", f->folder);
    snprintf(two, sizeof two, "%s/two", one);
    snprintf(deep, sizeof deep, "%s/desk.db", two);
    assert_int_equal(desk_open(deep, &f->desk, &f->err), ST_OK);
    assert_int_equal(import(f, "# Rules\n# I10\nx\n", NULL, &in), ST_OK);
    desk_close(f->desk);
    assert_int_equal(desk_open(deep, &f->desk, &f->err), ST_OK);
    assert_int_equal(desk_collections(f->desk, &f->a, &all, &n, &f->err), ST_OK);
    assert_int_equal(n, 1);
    assert_string_equal(all[0].name, "Rules");
    assert_string_equal(all[0].source, "rules.md");
    assert_int_equal(all[0].notes, 1);
    remove(deep);
    rmdir(two);
    rmdir(one);
}

static void other_files_are_refused(void **state)
{
    struct fixture *f = *state;
    write_file(f->path, "this is no database, however long it may be");
    refused(f, "is no desk");
    remove(f->path);
    query(f->path, "CREATE TABLE t (x)");
    refused(f, "is a database but no desk");
    remove(f->path);
    mkdir(f->path, 0700);
    refused(f, "is no file");
    rmdir(f->path);
    assert_int_equal(desk_open_notes(f->path, &f->desk, &f->err), ST_SHELF);
    assert_non_null(strstr(f->err.text, "no notes file at"));
    assert_int_not_equal(access(f->path, F_OK), 0);
}

static void a_newer_desk_is_refused_and_left_alone(void **state)
{
    struct fixture *f = *state;
    open_desk(f);
    query(f->path, "PRAGMA user_version = 2");
    refused(f, "schema 2, this program reads 1: upgrade codeshelf");
}

static void importing_again_replaces(void **state)
{
    struct fixture *f = *state;
    const struct collection *all;
    struct desk_import in;
    size_t n;
    open_desk(f);
    assert_int_equal(import(f, "# Rules\nabout\n# I10, I16\nx\n# I11\n# 99213\ny\n", NULL, &in), ST_OK);
    assert_string_equal(in.name, "Rules");
    assert_false(in.replaced);
    assert_int_equal(in.notes, 2);
    assert_int_equal(in.codes, 3);
    assert_int_equal(in.textless, 1);
    assert_int_equal(import(f, "# I10\nx\n", NULL, &in), ST_OK);
    assert_string_equal(in.name, "rules"); /* of rules.md: the same collection, case apart */
    assert_true(in.replaced);
    assert_int_equal(import(f, "# Rules\n# I10\nx\n", "  Our\t rules ", &in), ST_OK);
    assert_string_equal(in.name, "Our rules");
    assert_false(in.replaced);
    assert_int_equal(desk_collections(f->desk, &f->a, &all, &n, &f->err), ST_OK);
    assert_int_equal(n, 2);
    assert_string_equal(all[0].name, "Our rules");
    assert_int_equal(all[1].notes, 1);
    assert_string_equal(all[1].about, "");
    assert_int_equal(desk_remove(f->desk, "RULES", &n, &f->err), ST_OK);
    assert_int_equal(n, 1);
    assert_int_equal(desk_remove(f->desk, "rules", &n, &f->err), ST_NONE);
    assert_string_equal(f->err.text, "no collection \"rules\" on this desk");
}

static void a_wrong_file_changes_nothing(void **state)
{
    struct fixture *f = *state;
    const struct collection *all;
    struct desk_import in;
    size_t n;
    char long_name[300];
    open_desk(f);
    assert_int_equal(import(f, "# Rules\n# I10\nx\n", NULL, &in), ST_OK);
    assert_int_equal(import(f, "# Rules\n# I10 y\nx\n# I11\nz\n", NULL, &in), ST_INPUT);
    assert_non_null(strstr(f->problems.text, "/rules.md:2:7: expected "));
    memset(long_name, 'n', sizeof long_name);
    long_name[sizeof long_name - 1] = '\0';
    assert_int_equal(import(f, "# I10\nx\n", long_name, &in), ST_INPUT);
    assert_int_equal(import(f, "# I10\nx\n", " ", &in), ST_USAGE);
    assert_int_equal(desk_import(f->desk, f->folder, NULL, &f->a, &in, &f->problems, &f->err), ST_INPUT);
    assert_non_null(strstr(f->err.text, "found a folder"));
    assert_int_equal(desk_import(f->desk, "/nowhere/x.md", NULL, &f->a, &in, &f->problems, &f->err), ST_IO);
    assert_int_equal(desk_collections(f->desk, &f->a, &all, &n, &f->err), ST_OK);
    assert_int_equal(n, 1);
    assert_int_equal(all[0].notes, 1);
}

/* Every range of the set and the single codes that begin the code, by collection and in the order of the file. */
static void ranges_that_may_hold_a_code(void **state)
{
    struct fixture *f = *state;
    const struct note_range *r;
    struct desk_import in;
    struct desk_note note;
    size_t n;
    open_desk(f);
    assert_int_equal(import(f, "# I10, I11.0-I11.9, 99213\nx\ny\n# I16.1\nz\n", "b", &in), ST_OK);
    assert_int_equal(import(f, "# I16\nw\n# cpt 99202-99215\nv\n", "A", &in), ST_OK);
    assert_int_equal(desk_ranges(f->desk, SET_ICD10CM, "I161", &f->a, &r, &n, &f->err), ST_OK);
    assert_int_equal(n, 3);
    assert_string_equal(r[0].first, "I16");
    assert_string_equal(r[1].first, "I110");
    assert_string_equal(r[1].last, "I119");
    assert_string_equal(r[2].last, "I161");
    assert_int_equal(desk_note(f->desk, r[1].note, &f->a, &note, &f->err), ST_OK);
    assert_string_equal(note.collection, "b");
    assert_string_equal(note.text, "x\ny");
    assert_int_equal(note.ncodes, 3);
    assert_string_equal(note.codes[0], "I10");
    assert_string_equal(note.codes[1], "I11.0-I11.9");
    assert_string_equal(note.codes[2], "99213");
    assert_int_equal(desk_ranges(f->desk, SET_HCPCS, "J0897", &f->a, &r, &n, &f->err), ST_OK);
    assert_int_equal(n, 0);
    assert_int_equal(desk_note(f->desk, 1000, &f->a, &note, &f->err), ST_NONE);
}

/* A desk on a share: read, under a writer's eyes, and not written. The child is an ordinary user. */
static void read_where_it_cannot_be_written(void **state)
{
    struct fixture *f = *state;
    struct desk_import in;
    int how;
    open_desk(f);
    assert_int_equal(import(f, "# Rules\n# I10\nx\n", NULL, &in), ST_OK);
    desk_close(f->desk);
    f->desk = NULL;
    assert_int_equal(chmod(f->path, 0444), 0);
    assert_int_equal(chmod(f->file, 0444), 0);
    assert_int_equal(chmod(f->folder, 0555), 0);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const struct collection *all;
        size_t n;
        if (getuid() == 0 && setuid(65534) != 0)
            _exit(1);
        if (desk_open(f->path, &f->desk, &f->err) != ST_OK)
            _exit(2);
        if (desk_collections(f->desk, &f->a, &all, &n, &f->err) != ST_OK || n != 1)
            _exit(3);
        if (desk_import(f->desk, f->file, NULL, &f->a, &in, &f->problems, &f->err) != ST_IO
            || !strstr(f->err.text, "this desk can only be read") || desk_remove(f->desk, "Rules", NULL, &f->err) != ST_IO)
            _exit(4);
        desk_close(f->desk);
        _exit(desk_open_notes(f->path, &f->desk, &f->err) == ST_OK ? 0 : 5);
    }
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFEXITED(how));
    assert_int_equal(WEXITSTATUS(how), 0);
}

/* One that reads stays open while another writes, and sees what was written. */
static void readers_and_a_writer_at_once(void **state)
{
    struct fixture *f = *state;
    const struct collection *all;
    struct desk_import in;
    struct desk *reader;
    size_t n;
    open_desk(f);
    assert_int_equal(desk_open_notes(f->path, &reader, &f->err), ST_OK);
    for (size_t i = 1; i <= 3; i++) {
        char name[2] = {(char)('a' + i), '\0'};
        assert_int_equal(import(f, "# I10\nx\n", name, &in), ST_OK);
        assert_int_equal(desk_collections(reader, &f->a, &all, &n, &f->err), ST_OK);
        assert_int_equal(n, i);
    }
    assert_int_equal(desk_remove(reader, "b", NULL, &f->err), ST_IO);
    desk_close(reader);
}

/* Many start at once where there is no desk yet: all get the same one. */
static void several_make_it_at_once(void **state)
{
    enum { MANY = 6 };
    struct fixture *f = *state;
    const struct collection *all;
    pid_t children[MANY];
    size_t n;
    write_file(f->file, "# I10\nx\n");
    for (int i = 0; i < MANY; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) {
            struct desk_import in;
            const char name[2] = {(char)('a' + i), '\0'};
            if (desk_open(f->path, &f->desk, &f->err) != ST_OK)
                _exit(1);
            _exit(desk_import(f->desk, f->file, name, &f->a, &in, &f->problems, &f->err) != ST_OK);
        }
    }
    for (int i = 0; i < MANY; i++) {
        int how;
        assert_int_equal(waitpid(children[i], &how, 0), children[i]);
        assert_int_equal(how, 0);
    }
    open_desk(f);
    assert_int_equal(desk_collections(f->desk, &f->a, &all, &n, &f->err), ST_OK);
    assert_int_equal(n, MANY);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, up, down)
    const struct CMUnitTest tests[] = {
        TEST(made_with_its_folders_and_found_again), TEST(other_files_are_refused),
        TEST(a_newer_desk_is_refused_and_left_alone), TEST(importing_again_replaces), TEST(a_wrong_file_changes_nothing),
        TEST(ranges_that_may_hold_a_code), TEST(read_where_it_cannot_be_written), TEST(readers_and_a_writer_at_once),
        TEST(several_make_it_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
