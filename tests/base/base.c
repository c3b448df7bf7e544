/* Memory, strings, maps, errors and names. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codeshelf/arena.h"
#include "codeshelf/buf.h"
#include "codeshelf/error.h"
#include "codeshelf/map.h"
#include "codeshelf/words.h"

static void arena_gives_zeroed_aligned_memory(void **state)
{
    static const size_t sizes[] = {0, 1, 7, 100, 4096, 5000, 3 << 20, 1};
    static const char zeros[3 << 20];
    struct arena a = {0};
    (void)state;
    for (int round = 0; round < 50; round++)
        for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
            if (sizes[i] > 5000 && round > 1)
                continue;
            char *p = arena_alloc(&a, sizes[i]);
            assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
            assert_memory_equal(p, zeros, sizes[i]);
            memset(p, 0xFF, sizes[i]); /* must not show in the next */
        }
    assert_string_equal(arena_strndup(&a, "E119 more", 4), "E119");
    assert_string_equal(arena_printf(&a, "%s-%d", "FY", 2025), "FY-2025");
    arena_free(&a);
    assert_string_equal(arena_strdup(&a, "again"), "again"); /* ready for use */
    arena_free(&a);
    arena_free(&a);
    arena_free(NULL);
}

static void vectors_grow(void **state)
{
    struct {
        int *items;
        size_t len, cap;
    } v = {0};
    (void)state;
    for (int i = 0; i < 1000; i++)
        VEC_PUSH(&v, i);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(v.items[i], i);
    free(v.items);
}

static void strings_grow(void **state)
{
    struct buf b = {0};
    (void)state;
    assert_string_equal(buf_text(&b), "");
    for (int i = 0; i < 500; i++)
        buf_printf(&b, "%03d,", i);
    assert_int_equal(b.len, 2000);
    assert_memory_equal(b.text + 1996, "499,", 5);
    buf_clear(&b);
    assert_string_equal(buf_text(&b), "");
    buf_add(&b, "a\0b", 3);
    buf_putc(&b, '!');
    assert_memory_equal(b.text, "a\0b!", 5);
    buf_free(&b);
    buf_free(NULL);
}

static void json_strings(void **state)
{
    static const struct {
        const char *text, *json;
    } rows[] = {
        {NULL, "null"},
        {"", "\"\""},
        {"Colles' fracture", "\"Colles' fracture\""},
        {"say \"ah\" \\ 5/6", "\"say \\\"ah\\\" \\\\ 5/6\""},
        {"a\nb\tc\r\x01\x7F", "\"a\\nb\\tc\\r\\u0001\\u007f\""},
        {"M\xC3\xA9ni\xC3\xA8re", "\"M\xC3\xA9ni\xC3\xA8re\""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf b = {0};
        buf_json(&b, rows[i].text);
        assert_string_equal(buf_text(&b), rows[i].json);
        buf_free(&b);
    }
}

static void maps_keep_what_was_put(void **state)
{
    enum { MANY = 20000 };
    struct map m = {0};
    char key[16];
    bool added;
    uint32_t value;
    (void)state;
    assert_false(map_get(&m, "x", 1, NULL));
    for (uint32_t i = 0; i < MANY; i++) {
        int n = snprintf(key, sizeof key, "key%u", i);
        assert_int_equal(map_put(&m, key, (size_t)n, i, &added), i);
        assert_true(added);
    }
    assert_int_equal(m.len, MANY);
    for (uint32_t i = 0; i < MANY; i++) {
        int n = snprintf(key, sizeof key, "key%u", i);
        assert_true(map_get(&m, key, (size_t)n, &value));
        assert_int_equal(value, i);
    }
    assert_int_equal(map_put(&m, "key7", 4, 99, &added), 7); /* the first stays */
    assert_false(added);
    map_set(&m, "key7", 4, 99);
    assert_true(map_get(&m, "key7", 4, &value));
    assert_int_equal(value, 99);
    assert_false(map_get(&m, "key7", 3, NULL)); /* keys are bytes with a length */
    map_put(&m, "", 0, 5, NULL);
    map_put(&m, "a\0b", 3, 6, NULL);
    assert_true(map_get(&m, "", 0, &value) && value == 5);
    assert_true(map_get(&m, "a\0b", 3, &value) && value == 6);
    assert_false(map_get(&m, "a\0c", 3, NULL));
    map_free(&m);
    map_free(NULL);
}

static void errors_carry_their_text(void **state)
{
    struct error err = {0};
    char longer[1000];
    (void)state;
    assert_int_equal(error_set(&err, ST_INPUT, "%s:%d: no", "a.txt", 3), ST_INPUT);
    assert_int_equal(err.status, ST_INPUT);
    assert_string_equal(err.text, "a.txt:3: no");
    assert_int_equal(error_set(NULL, ST_IO, "unheard"), ST_IO);
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    error_set(&err, ST_IO, "%s", longer);
    assert_int_equal(strlen(err.text), sizeof err.text - 1);
}

static void every_word_has_a_name(void **state)
{
    enum codeset set;
    (void)state;
    for (int i = 0; i < SET_COUNT; i++) {
        assert_true(codeset_parse(codeset_name((enum codeset)i), &set));
        assert_int_equal(set, i);
        assert_non_null(codeset_title((enum codeset)i));
    }
    assert_false(codeset_parse("icd9", &set));
    assert_false(codeset_parse("", &set));
    for (int i = 0; i < KIND_COUNT; i++)
        assert_non_null(kind_name((enum kind)i));
    for (int i = 0; i < NOTE_COUNT; i++)
        assert_true(note_kind_name((enum note_kind)i) && note_kind_label((enum note_kind)i));
    for (int i = 0; i < COMP_COUNT; i++)
        assert_non_null(component_name((enum component)i));
    assert_string_equal(kind_name(KIND_SUBCATEGORY), "subcategory");
    assert_string_equal(note_kind_name(NOTE_USE_ADDITIONAL), "use_additional");
    assert_string_equal(note_kind_name(NOTE_SEVENTH), "seventh_note");
    assert_string_equal(note_kind_label(NOTE_INCLUSION_TERM), "");
    assert_string_equal(component_name(COMP_FACTS), "facts");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(vectors_grow),
        cmocka_unit_test(strings_grow),
        cmocka_unit_test(json_strings),
        cmocka_unit_test(maps_keep_what_was_put),
        cmocka_unit_test(errors_carry_their_text),
        cmocka_unit_test(every_word_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
