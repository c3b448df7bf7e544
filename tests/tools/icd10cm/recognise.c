/* Files told by content, whatever they are called. */
#include "tests/support.h"

#include <string.h>

#include "help.h"

#define XML "<?xml version=\"1.0\"?>\n"

static void tells_files_by_content(void **state)
{
    static const struct {
        const char *name, *text;
        enum verdict verdict;
        const char *release;
        bool exact;
    } cases[] = {
        {"icd10cm-order-April-2025.txt",
         "00001 A00     0 Cholera                                                      Cholera\r\n", INPUT_USED, "",
         false},
        {"broken-flag.txt", "00001 A00     7 Cholera                                                      Cholera\r\n",
         INPUT_USED, "", false},
        {"pcs.txt", "00001 001     0 Central Nervous System and Cranial Nerves, Bypass            Central\r\n",
         INPUT_WRONG, "", false},
        {"icd10cm_order_2022.txt", "0016070 Bypass Cerebral Ventricle to Nasopharynx\r\n", INPUT_WRONG, "", false},
        {"codes.txt", "A000    Cholera due to Vibrio cholerae\r\nA001    Cholera due to eltor\r\n", INPUT_NOT_NEEDED,
         "", false},
        {"order_addenda.txt", "Add:         1 A925    Zika virus disease\r\n", INPUT_NOT_NEEDED, "", false},
        {"no_change.txt", "\r\nHeaders\r\n  23324 headers in icd10cm_order_2025.txt\r\n", INPUT_NOT_NEEDED, "", false},
        {"poa.txt", "OrdFY25\tPOAexemptCode\tDescription\r\n", INPUT_NOT_NEEDED, "", false},
        {"a.txt", XML "<ICD10CM.tabular>\n<version>2017</version>", INPUT_USED, "FY2017", false},
        {"b.txt", XML "<ICD10CM.tabular>\n<version>0</version>", INPUT_USED, "", false},
        {"c.txt", XML "<ICD10CM.tabular>\n<version>2026 April</version>", INPUT_USED, "FY2026-APR", true},
        {"bom.xml", "\xef\xbb\xbf" XML "<ICD10CM.tabular><version>2014</version>", INPUT_USED, "FY2014", false},
        {"drug.txt", XML "<ICD10CM.index>\n<version>2024</version>", INPUT_NOT_NEEDED, "", false},
        {"tables.xml", XML "<ICD10PCS.tabular>\n<version>2022</version>", INPUT_WRONG, "", false},
        {"other.xml", XML "<html><body>404</body></html>", INPUT_UNKNOWN, "", false},
        {"hcpcs.txt", "A0021001003Ambulance service, outside state per mile\r\n", INPUT_UNKNOWN, "", false},
        {"cpt.txt", "99213 OFFICE O/P EST LOW 20 MIN\r\n", INPUT_UNKNOWN, "", false},
        {"prose.txt", "Acute care is described below.\r\n", INPUT_UNKNOWN, "", false},
        {"empty.txt", "", INPUT_UNKNOWN, "", false},
        {"short.txt", "A", INPUT_UNKNOWN, "", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct input in = {
            .path = cases[i].name, .name = cases[i].name, .bytes = cases[i].text, .len = strlen(cases[i].text)};
        struct recognised is;
        icd10cm_importer.recognise(&in, &is);
        if (is.verdict != cases[i].verdict) {
            fail_msg("%s: verdict %d", cases[i].name, is.verdict);
        }
        assert_string_equal(is.release, cases[i].release);
        assert_int_equal(is.exact, cases[i].exact);
        assert_int_equal(is.why != NULL, is.verdict == INPUT_NOT_NEEDED || is.verdict == INPUT_WRONG);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tells_files_by_content)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
