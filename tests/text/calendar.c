/* Release names, the days they are in force, and the official file names they are found in. */
#include "support.h"

#include <string.h>

#include "codeshelf/calendar.h"

static void names_as_typed(void **state)
{
    static const struct {
        enum codeset set;
        const char *typed, *name; /* NULL: names no release */
    } rows[] = {
        {SET_ICD10CM, "fy2025-apr", "FY2025-APR"}, {SET_ICD10CM, "FY2025-Apr", "FY2025-APR"},
        {SET_ICD10CM, "2025", "FY2025"},           {SET_ICD10CM, "FY2025-OCT", "FY2025"},
        {SET_ICD10CM, "2021-jan", "FY2021-JAN"},   {SET_ICD10CM, "FY2020-APR", "FY2020-APR"},
        {SET_ICD10CM, "FY2022-JAN", NULL},         {SET_ICD10CM, "FY2021-APR", NULL},
        {SET_ICD10CM, "FY2019-APR", NULL},         {SET_ICD10CM, "FY2025-JUL", NULL},
        {SET_ICD10CM, "FY2025-", NULL},            {SET_ICD10CM, "FY25", NULL},
        {SET_ICD10CM, "FY20255", NULL},            {SET_ICD10CM, "", NULL},
        {SET_HCPCS, "2025", "2025-JAN"},           {SET_HCPCS, "2025-oct", "2025-OCT"},
        {SET_HCPCS, "2020-July", "2020-JUL"},      {SET_HCPCS, "FY2025", NULL},
        {SET_HCPCS, "2025-FEB", NULL},             {SET_CPT, "2026", "2026"},
        {SET_CPT, "2026-JAN", NULL},               {SET_CPT, "1066", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char name[24] = "";
        assert_int_equal(calendar_name(rows[i].set, rows[i].typed, name), rows[i].name != NULL);
        assert_string_equal(name, rows[i].name ? rows[i].name : "");
    }
}

static void days_in_force(void **state)
{
    static const struct {
        enum codeset set;
        const char *name;
        date from, to;
    } rows[] = {
        {SET_ICD10CM, "FY2016", 20151001, 20160930},     {SET_ICD10CM, "FY2019", 20181001, 20190930},
        {SET_ICD10CM, "FY2020", 20191001, 20200331},     {SET_ICD10CM, "FY2020-APR", 20200401, 20200930},
        {SET_ICD10CM, "FY2021", 20201001, 20201231},     {SET_ICD10CM, "FY2021-JAN", 20210101, 20210930},
        {SET_ICD10CM, "FY2022", 20211001, 20220331},     {SET_ICD10CM, "FY2025", 20241001, 20250331},
        {SET_ICD10CM, "FY2025-APR", 20250401, 20250930}, {SET_HCPCS, "2025-JAN", 20250101, 20250331},
        {SET_HCPCS, "2025-APR", 20250401, 20250630},     {SET_HCPCS, "2025-JUL", 20250701, 20250930},
        {SET_HCPCS, "2025-OCT", 20251001, 20251231},     {SET_CPT, "2026", 20260101, 20261231},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(calendar_from(rows[i].set, rows[i].name), rows[i].from);
        assert_int_equal(calendar_to(rows[i].set, rows[i].from), rows[i].to);
    }
    assert_int_equal(calendar_from(SET_ICD10CM, "draft"), 0);
    assert_int_equal(calendar_to(SET_ICD10CM, 20241115), 20250331); /* a first day that --effective gave */
}

static void parents(void **state)
{
    char out[24];
    (void)state;
    assert_true(calendar_parent(SET_ICD10CM, "FY2025-APR", out));
    assert_string_equal(out, "FY2025");
    assert_true(calendar_parent(SET_ICD10CM, "FY2021-JAN", out));
    assert_string_equal(out, "FY2021");
    assert_false(calendar_parent(SET_ICD10CM, "FY2025", out));
    assert_false(calendar_parent(SET_HCPCS, "2025-APR", out));
    assert_false(calendar_parent(SET_CPT, "2026", out));
}

static const struct {
    enum codeset set;
    const char *file, *name; /* NULL: no release in it */
    bool month;
} guesses[] = {
    {SET_ICD10CM, "FY2021-Jan", "FY2021-JAN", true},
    {SET_ICD10CM, "FY2026-Apr", "FY2026-APR", true},
    {SET_ICD10CM, "FY2015", "FY2015", false},
    {SET_ICD10CM, "cms_2017_dx.zip", "FY2017", false},
    {SET_ICD10CM, "icd10cm_order_2014.txt", "FY2014", false},
    {SET_ICD10CM, "ICD10CM_FY2014_Full_XML.zip", "FY2014", false},
    {SET_ICD10CM, "ICD10CM_FY2016_ Full_ XML.ZIP", "FY2016", false},
    {SET_ICD10CM, "ICD10-CM Code Descriptions 2025.zip", "FY2025", false},
    {SET_ICD10CM, "icd10cm-tabular-April-2025.xml", "FY2025-APR", true},
    {SET_ICD10CM, "icd10cm-tabular-April-1-2026.xml", "FY2026-APR", true},
    {SET_ICD10CM, "icd10cm_tabular_2022_April1.xml", "FY2022-APR", true},
    {SET_ICD10CM, "april-1-2025-code-descriptions.zip", "FY2025-APR", true},
    {SET_ICD10CM, "icd10cm-Codes-Descriptions-April-2024.zip", "FY2024-APR", true},
    {SET_ICD10CM, "icd10cm-codes-order-Jan-2021.zip", "FY2021-JAN", true},
    {SET_ICD10CM, "ICD-10-CM-Conversion-Table-FY2021-Jan-2021.xlsx", "FY2021-JAN", true},
    {SET_ICD10CM, "icd10cm_tabular_2021.xml", "FY2021", false},
    {SET_ICD10CM, "ICD-10-CM-April-1-FY25-Guidelines.pdf", "FY2025-APR", true},
    {SET_ICD10CM, "icd-10-cm-FY25-guidelines-october -2024.pdf", "FY2025", true},
    {SET_ICD10CM, "ICD-10-CM-Guidelines-October 1 FY2024FINALv.2.pdf", "FY2024", true},
    {SET_ICD10CM, "icd10cm-guidelines-October-1-2024.pdf", "FY2025", true},
    {SET_ICD10CM, "ICD-10-CM-Conversion-Table-FY18-Effective-10-1-2017.xlsx", "FY2018", false},
    {SET_ICD10CM, "ICD-10-CM-Conversion-Table-FY2024-Effective-10-01-2023-Final (updated 9-21-2023).xlsx", "FY2024", false},
    {SET_ICD10CM, "ICD-10-CM_ConversionTable-FY17.xlsx", "FY2017", false},
    {SET_ICD10CM, "POAexemptCodesFY25.zip", "FY2025", false},
    {SET_ICD10CM, "POAexemptCodes2017.zip", "FY2017", false},
    {SET_ICD10CM, "guidelines-January-2019.pdf", "FY2019", false}, /* no such release: the month is of publication */
    {SET_ICD10CM, "icd10OrderFiles-508.pdf", NULL, false},
    {SET_ICD10CM, "icd10cm_order.txt", NULL, false},
    {SET_ICD10CM, "tmp2024ab", NULL, false},
    {SET_ICD10CM, "updated-10-01-2023", NULL, false},
    {SET_ICD10CM, "report_12172024.txt", NULL, false},
    {SET_ICD10CM, "", NULL, false},
    {SET_HCPCS, "2020-JUL", "2020-JUL", true},
    {SET_HCPCS, "2025-OCT", "2025-OCT", true},
    {SET_HCPCS, "hcpcs/2018", "2018-JAN", false},
    {SET_HCPCS, "hcpcs-2025.zip", "2025-JAN", false},
    {SET_HCPCS, "HCPC2025_JAN_ANWEB_12172024.txt", "2025-JAN", true},
    {SET_HCPCS, "HCPC2025_OCT_ANWEB_v2.xlsx", "2025-OCT", true},
    {SET_HCPCS, "HCPC2018_CONTR_ANWEB_disc.txt", "2018-JAN", false},
    {SET_HCPCS, "V1_HCPC2018_Corrections_ANWEB.xlsx", "2018-JAN", false},
    {SET_HCPCS, "HCPC17_CONTR_ANWEB.txt", "2017-JAN", false},
    {SET_HCPCS, "HCPC18_Trans_Report_Alpha.xlsx", "2018-JAN", false},
    {SET_HCPCS, "HCPCS18_recordlayout.txt", "2018-JAN", false},
    {SET_HCPCS, "16anweb.txt", "2016-JAN", false},
    {SET_HCPCS, "proc_notes_JAN2025.txt", "2025-JAN", true},
    {SET_HCPCS, "NOC codes_JAN2025.xlsx", "2025-JAN", true},
    {SET_HCPCS, "october-2025-alpha-numeric-hcpcs-file.zip", "2025-OCT", true},
    {SET_HCPCS, "2019-Alpha-Numeric-HCPCS-File.zip", "2019-JAN", false},
    {SET_HCPCS, "anweb.xlsx", NULL, false},
    {SET_CPT, "CPT 2026 Data Files", "2026", false},
    {SET_CPT, "cpt26.zip", "2026", false},
    {SET_CPT, "LONGULT.txt", NULL, false},
};

static void releases_in_file_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof guesses / sizeof guesses[0]; i++) {
        char name[24] = "";
        bool month = false;
        bool found = calendar_guess(guesses[i].set, guesses[i].file, name, &month);
        if (found != (guesses[i].name != NULL) || (found && strcmp(name, guesses[i].name) != 0)
            || month != guesses[i].month)
            fail_msg("\"%s\" gave \"%s\", month %d", guesses[i].file, name, month);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_as_typed),
        cmocka_unit_test(days_in_force),
        cmocka_unit_test(parents),
        cmocka_unit_test(releases_in_file_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
