/* Which release a file belongs to: real names and contents, and the conflicts that must be refused. */
#include "tests/support.h"

#include <string.h>

#include "release.h"

struct row {
    enum codeset set;
    const char *content; /* "=2026" for one that is exact */
    const char *trail, *given, *release;
};

static enum status decide(const struct row *row, char out[RELEASE_NAME_MAX], struct error *err)
{
    struct recognised is = {.verdict = INPUT_USED, .exact = row->content[0] == '='};
    strncpy(is.release, row->content + is.exact, sizeof is.release - 1);
    return release_decide(row->set, "p", &is, row->trail, row->given, out, err);
}

static void test_decided(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {SET_ICD10CM, "", "icd10cm/FY2016/ICD10CM_FY2016_code_descriptions.zip/icd10cm_order_2016.txt", NULL, "FY2016"},
        {SET_ICD10CM, "FY2016", "icd10cm/FY2016/ICD10CM_FY2016_ Full_ XML.ZIP/Tabular.xml", NULL, "FY2016"},
        {SET_ICD10CM, "", "icd10cm/FY2017/cms_2017_dx.zip/icd10cm_order_2017.txt", NULL, "FY2017"},
        {SET_ICD10CM, "", "tmp/cms_2017_dx.zip/order.txt", NULL, "FY2017"},
        {SET_ICD10CM, "", "icd10cm/FY2021-Jan/icd10cm-codes-order-Jan-2021.zip/icd10cm-order-Jan-2021.txt", NULL, "FY2021-JAN"},
        {SET_ICD10CM, "FY2021", "icd10cm/FY2021-Jan/icd10cm_tabular_2021.xml", NULL, "FY2021-JAN"},
        {SET_ICD10CM, "FY2021", "somewhere/icd10cm_tabular_2021.xml", NULL, "FY2021"},
        {SET_ICD10CM, "FY2021", "somewhere/else/t.xml", NULL, "FY2021"},
        {SET_ICD10CM, "", "icd10cm/FY2024/icd10cm-CodesDescriptions-2024.zip/icd10cm-order-2024.txt", NULL, "FY2024"},
        {SET_ICD10CM, "", "icd10cm/FY2024-Apr/icd10cm-Codes-Descriptions-April-2024.zip/icd10cm-order-April-2024.txt", NULL, "FY2024-APR"},
        {SET_ICD10CM, "", "icd10cm/FY2025/ICD10-CM Code Descriptions 2025.zip/icd10cm-order-2025.txt", NULL, "FY2025"},
        {SET_ICD10CM, "", "icd10cm/FY2025-Apr/Code-desciptions-April-2025.zip/icd10cm-order-April-2025.txt", NULL, "FY2025-APR"},
        {SET_ICD10CM, "FY2025", "a/b/icd10cm-tabular-April-2025.xml", NULL, "FY2025-APR"},
        {SET_ICD10CM, "FY2017", "downloads/2016/icd10cm_tabular_2017.xml", NULL, "FY2017"},
        {SET_ICD10CM, "", "downloads/2016/icd10cm_order_2017.txt", NULL, "FY2017"},
        {SET_ICD10CM, "", "a/b/order.txt", "FY2018", "FY2018"},
        {SET_ICD10CM, "", "FY2019/order.txt", "FY2018", "FY2018"},
        {SET_ICD10CM, "FY2025", "FY2025/t.xml", "FY2025-APR", "FY2025-APR"},
        {SET_ICD10CM, "FY2017", "FY2016/t.xml", "FY2017", "FY2017"},
        {SET_HCPCS, "", "hcpcs/2018/2018-Alpha-Numeric-HCPCS-File.zip/HCPC2018_CONTR_ANWEB_disc.txt", NULL, "2018-JAN"},
        {SET_HCPCS, "", "hcpcs/2019/2019-Alpha-Numeric-HCPCS-File.zip/HCPC2019_CONTR_ANWEB.txt", NULL, "2019-JAN"},
        {SET_HCPCS, "", "hcpcs/2020-JUL/anweb.xlsx", NULL, "2020-JUL"},
        {SET_HCPCS, "", "hcpcs/2025-JAN/hcpcs-2025.zip/HCPC2025_JAN_ANWEB_12172024.txt", NULL, "2025-JAN"},
        {SET_HCPCS, "", "hcpcs/2025-JAN/hcpcs-2025.zip/proc_notes_JAN2025.txt", NULL, "2025-JAN"},
        {SET_CPT, "=2026", "books/2025 files/LONGULT.txt", NULL, "2026"},
        {SET_CPT, "", "books/CPT 2026/LONGULT.txt", NULL, "2026"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char out[RELEASE_NAME_MAX];
        struct error err = {0};
        enum status st = decide(&rows[i], out, &err);
        if (st != ST_OK || strcmp(out, rows[i].release) != 0) {
            fail_msg("%s: %s expected, found %s (%s)", rows[i].trail, rows[i].release, out, err.text);
        }
    }
}

static void test_nothing_says(void **state)
{
    (void)state;
    char out[RELEASE_NAME_MAX];
    struct error err = {0};
    assert_int_equal(decide(&(struct row){SET_ICD10CM, "", "tmp/xyz/order.txt", NULL, NULL}, out, &err), ST_NONE);
    assert_int_equal(decide(&(struct row){SET_HCPCS, "", "anweb.xlsx", NULL, NULL}, out, &err), ST_NONE);
}

static void test_conflicts(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {SET_ICD10CM, "FY2017", "icd10cm/FY2016/Tabular.xml", NULL,
         "p: FY2017 by its content, but FY2016 by the name \"FY2016\": --release settles it"},
        {SET_ICD10CM, "FY2017", "a/icd10cm_tabular_2018.xml", NULL,
         "p: FY2017 by its content, but FY2018 by the name \"icd10cm_tabular_2018.xml\": --release settles it"},
        {SET_ICD10CM, "", "FY2018/cms_2017_dx.zip/icd10cm_order_2017.txt", NULL,
         "p: FY2017 by the name \"icd10cm_order_2017.txt\", but FY2018 by the name \"FY2018\": --release settles it"},
        {SET_ICD10CM, "FY2017", "a/b/Tabular.xml", "FY2018", "p: FY2017 by its content, but --release FY2018 was given"},
        {SET_CPT, "=2026", "a/b/LONGULT.txt", "2025", "p: 2026 by its content, but --release 2025 was given"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char out[RELEASE_NAME_MAX];
        struct error err = {0};
        assert_int_equal(decide(&rows[i], out, &err), ST_INPUT);
        assert_string_equal(err.text, rows[i].release);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decided),
        cmocka_unit_test(test_nothing_says),
        cmocka_unit_test(test_conflicts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
