/* Codes as typed, stored, printed and shaped. */
#include "support.h"

#include <string.h>

#include "codeshelf/code.h"

static void codes_as_typed(void **state)
{
    static const struct {
        const char *typed, *code; /* NULL: cannot be a code */
    } rows[] = {
        {"e11.9", "E119"},         {" E119 ", "E119"},       {"s52.502-", "S52502"},   {"S52.502_", "S52502"},
        {"S52.502A", "S52502A"},   {"s52502a", "S52502A"},   {"M1A", "M1A"},           {"c4a.0", "C4A0"},
        {"qa0", "QA0"},            {"E11.-", "E11"},         {"E11.", "E11"},          {"e", "E"},
        {"E1", "E1"},              {"j0897", "J0897"},       {"99213", "99213"},       {"0001u", "0001U"},
        {"992", "992"},            {"LT", "LT"},             {"25", "25"},             {"2p", "2P"},
        {"Z79.4", "Z794"},         {"W01.198D", "W01198D"},  {"", NULL},               {"  ", NULL},
        {"fracture", NULL},        {"asthma", NULL},         {"E1.19", NULL},          {"E11.9.1", NULL},
        {"E11 9", NULL},           {"S52.502AB", NULL},      {"x-ray", NULL},          {"992131", NULL},
        {"9A213", NULL},           {"992.13", NULL},         {"M00-M25", NULL},        {"E11\xC3\xA9", NULL},
        {"-", NULL},               {"'", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char code[CODE_MAX] = "";
        bool read = code_read(rows[i].typed, code);
        if (read != (rows[i].code != NULL) || (read && strcmp(code, rows[i].code) != 0))
            fail_msg("\"%s\" read as %d \"%s\"", rows[i].typed, read, code);
    }
}

static void codes_as_printed(void **state)
{
    static const struct {
        enum codeset set;
        const char *code, *printed;
    } rows[] = {
        {SET_ICD10CM, "E119", "E11.9"},      {SET_ICD10CM, "S52502A", "S52.502A"}, {SET_ICD10CM, "E11", "E11"},
        {SET_ICD10CM, "M1A0", "M1A.0"},      {SET_ICD10CM, "M00-M25", "M00-M25"},  {SET_ICD10CM, "13", "13"},
        {SET_HCPCS, "J0897", "J0897"},       {SET_CPT, "99213", "99213"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char out[CODE_MAX];
        assert_string_equal(code_print(rows[i].set, rows[i].code, out), rows[i].printed);
    }
}

static void shapes(void **state)
{
    static const struct {
        enum codeset set;
        const char *code;
        bool shaped;
    } rows[] = {
        {SET_ICD10CM, "A00", true},    {SET_ICD10CM, "M1A", true},     {SET_ICD10CM, "QA0", true},
        {SET_ICD10CM, "S52502A", true}, {SET_ICD10CM, "A0", false},    {SET_ICD10CM, "0016070", false},
        {SET_ICD10CM, "ABC", false},   {SET_ICD10CM, "S52502AB", false}, {SET_ICD10CM, "e119", false},
        {SET_ICD10CM, "E11.9", false}, {SET_ICD10CM, "", false},       {SET_HCPCS, "J0897", true},
        {SET_HCPCS, "LT", true},       {SET_HCPCS, "99213", false},    {SET_HCPCS, "J089", false},
        {SET_CPT, "99213", true},      {SET_CPT, "0001U", true},       {SET_CPT, "0042T", true},
        {SET_CPT, "0001X", false},     {SET_CPT, "25", true},          {SET_CPT, "9921", false},
        {SET_CPT, "J0897", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (code_shaped(rows[i].set, rows[i].code) != rows[i].shaped)
            fail_msg("%s: %s", codeset_name(rows[i].set), rows[i].code);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_as_typed),
        cmocka_unit_test(codes_as_printed),
        cmocka_unit_test(shapes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
