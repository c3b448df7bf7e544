/* What narrows a range, in every form that the official books write. */
#include "support.h"

#include "../../src/shelf/refs_inside.h"

static const struct {
    const char *narrowed, *code;
    bool holds;
} cases[] = {
    {"", "E119", true},
    {"fifth or sixth character 5", "T360X5A", true},
    {"fifth or sixth character 5", "T360X1A", false},
    {"fifth or sixth character 5", "T3695XA", true},
    {"fifth or sixth character 5", "T3691XA", false},
    {"fifth or sixth character 5", "T43651A", false}, /* the fifth is no intent where there is a sixth */
    {"fifth or sixth character 5", "T36", true},
    {"fifth or sixth character 1-4 or 6", "T360X3A", true},
    {"fifth or sixth character 1-4 or 6", "T360X6A", true},
    {"fifth or sixth character 1-4 or 6", "T360X5A", false},
    {"7th character S", "S52501S", true},
    {"7th character S", "S52501A", false},
    {"7th character of 1 through 9", "O3110X4", true},
    {"7th character of 1 through 9", "O3110X0", false},
    {"7th character B or C", "S52501C", true},
    {"7th character B or C", "S52501D", false},
    {"fourth character .8", "N008", true},
    {"fourth character .8", "N004", false},
    {"5th digit 9", "Q8719", true},
    {"5th digit 9", "Q8718", false},
    {".21", "E0821", true},
    {".21", "E0822", false},
    {".21", "E08", true},
    {".26, .96", "F1196", true},
    {".26, .96", "F1195", false},
    {".51-.52", "F1151", true},
    {".51-.52", "F1153", false},
    {".x59", "E08359", true},
    {".x59", "E08351", false},
    {".61-", "E08610", true},
    {"final characters -23", "I6923", true},
    {"final characters -23", "I6928", false},
    {"final character 6", "T360X6", true},
    {"final character 6", "T360X5", false},
    {"fifth or sixth character to indicate intent", "T360X1A", true},
    {"open fracture 7th character", "S52501A", true},
};

static void test_narrowed(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (narrowed_holds(cases[i].narrowed, cases[i].code) != cases[i].holds)
            fail_msg("\"%s\" and %s", cases[i].narrowed, cases[i].code);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_narrowed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
