/* Files told by content, whatever they are called. */
#include "tests/support.h"

#include <string.h>

#include "help.h"

#define XML "<?xml version=\"1.0\"?>\n"
#define INDEX(inside) XML "<ICD10CM.index>\n<version>0</version>" inside "</ICD10CM.index>"
#define TERM(inside) "<letter><title>A</title><mainTerm><title>Diseases</title>" inside "</mainTerm></letter>"

static const struct {
    const char *name, *text;
    enum verdict verdict;
    const char *release;
    bool exact;
    enum component component; /* of a file that is used */
} cases[] = {
    {"icd10cm-order-April-2025.txt",
     "00001 A00     0 Cholera                                                      Cholera\r\n", INPUT_USED, "",
     false, 0},
    {"broken-flag.txt", "00001 A00     7 Cholera                                                      Cholera\r\n",
     INPUT_USED, "", false, 0},
    {"pcs.txt", "00001 001     0 Central Nervous System and Cranial Nerves, Bypass            Central\r\n",
     INPUT_WRONG, "", false, 0},
    {"icd10cm_order_2022.txt", "0016070 Bypass Cerebral Ventricle to Nasopharynx\r\n", INPUT_WRONG, "", false, 0},
    {"codes.txt", "A000    Cholera due to Vibrio cholerae\r\nA001    Cholera due to eltor\r\n", INPUT_NOT_NEEDED,
     "", false, 0},
    {"order_addenda.txt", "Add:         1 A925    Zika virus disease\r\n", INPUT_NOT_NEEDED, "", false, 0},
    {"no_change.txt", "\r\nHeaders\r\n  23324 headers in icd10cm_order_2025.txt\r\n", INPUT_NOT_NEEDED, "", false, 0},
    {"poa.txt", "OrdFY25\tPOAexemptCode\tDescription\r\n", INPUT_USED, "", false, COMP_FACTS},
    {"poa16.txt", "Order\tPOAexemptCode\tDescription\r\n", INPUT_USED, "", false, COMP_FACTS},
    {"POAexemptAddCodesJan2021.txt", "OrdJan2021\tPOAexemptCode\tDescription\r\n", INPUT_NOT_NEEDED, "", false, 0},
    {"poa-added.txt", "POAexemptCode\tDescription\r\n", INPUT_NOT_NEEDED, "", false, 0},
    {"poa-added-16.txt", "POA-exm-Add-code\tDescription\r\n", INPUT_NOT_NEEDED, "", false, 0},
    {"poa-revised.txt", "Order25\tAction\tPOAexemptCode\tDescription\r\n", INPUT_NOT_NEEDED, "", false, 0},
    {"readme.txt", "Description of Present On Admission (POA) files\r\n", INPUT_NOT_NEEDED, "", false, 0},
    {"a.txt", XML "<ICD10CM.tabular>\n<version>2017</version>", INPUT_USED, "FY2017", false, COMP_TABULAR},
    {"b.txt", XML "<ICD10CM.tabular>\n<version>0</version>", INPUT_USED, "", false, COMP_TABULAR},
    {"c.txt", XML "<ICD10CM.tabular>\n<version>2026 April</version>", INPUT_USED, "FY2026-APR", true, COMP_TABULAR},
    {"bom.xml", "\xef\xbb\xbf" XML "<ICD10CM.tabular><version>2014</version>", INPUT_USED, "FY2014", false,
     COMP_TABULAR},
    {"bare.xml", XML "<ICD10CM.index>\n<version>2024</version>", INPUT_USED, "FY2024", false, COMP_INDEX},
    {"x.txt", INDEX("<title>ICD-10-CM INDEX TO DISEASES and INJURIES</title>"), INPUT_USED, "", false, COMP_INDEX},
    {"x.txt", INDEX("<title>ICD-10-CM External Cause of Injuries Index</title>"), INPUT_USED, "", false, COMP_EXTERNAL},
    {"x.txt", INDEX("<indexHeading><head col=\"1\">Neoplasm</head></indexHeading>"), INPUT_USED, "", false,
     COMP_NEOPLASM},
    {"x.txt", INDEX("<indexHeading><head col=\"2\">Malignant Primary</head></indexHeading>"), INPUT_USED, "", false,
     COMP_NEOPLASM},
    {"drug.txt", INDEX("<indexHeading><head col=\"1\">Substance</head></indexHeading>"), INPUT_USED, "", false,
     COMP_DRUGS},
    {"untitled.xml", INDEX(TERM("<code>R10.0</code>") TERM("<code>V00.1</code>") TERM("<code>K55.1</code>")),
     INPUT_USED, "", false, COMP_INDEX},
    {"untitled.xml", INDEX(TERM("<code>X58</code>") TERM("<code>T71</code>") TERM("<code>Y35</code>")), INPUT_USED,
     "", false, COMP_EXTERNAL},
    {"untitled.xml", INDEX(TERM("<cell col=\"2\">C80.1</cell>")), INPUT_USED, "", false, COMP_NEOPLASM},
    {"untitled.xml", INDEX(TERM("<cell col=\"2\">T51.3X1</cell>")), INPUT_USED, "", false, COMP_DRUGS},
    {"tables.xml", XML "<ICD10PCS.tabular>\n<version>2022</version>", INPUT_WRONG, "", false, 0},
    {"other.xml", XML "<html><body>404</body></html>", INPUT_UNKNOWN, "", false, 0},
    {"c.csv", "\"Prose, with a comma\nand a line\",,\r\nCurrent code assignment,Effective,Previous Code(s) Assignment\r\n",
     INPUT_USED, "", false, COMP_CONVERSION},
    {"c.txt", "Prose\nCurrent code assignment\tEffective October 1\tPrevious Code(s) Assignment\n", INPUT_USED, "", false,
     COMP_CONVERSION},
    {"pcs.csv", "Current code(s) assignment,Code title,Effective year,Previous code(s) assignment\n", INPUT_UNKNOWN, "", false,
     0},
    {"hcpcs.txt", "A0021001003Ambulance service, outside state per mile\r\n", INPUT_UNKNOWN, "", false, 0},
    {"cpt.txt", "99213 OFFICE O/P EST LOW 20 MIN\r\n", INPUT_UNKNOWN, "", false, 0},
    {"prose.txt", "Acute care is described below.\r\n", INPUT_UNKNOWN, "", false, 0},
    {"empty.txt", "", INPUT_UNKNOWN, "", false, 0},
    {"short.txt", "A", INPUT_UNKNOWN, "", false, 0},
};

static void tells_files_by_content(void **state)
{
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
        if (is.component != cases[i].component) {
            fail_msg("%s, case %zu: %s", cases[i].name, i, component_name(is.component));
        }
        assert_int_equal(is.why != NULL, is.verdict == INPUT_NOT_NEEDED || is.verdict == INPUT_WRONG);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tells_files_by_content)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
