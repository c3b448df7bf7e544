/* References: the forms the official books use, and what merely looks like a code. A reference is printed first-last{with}. */
#include "support.h"

#include <stdlib.h>
#include <string.h>

#include "codeshelf/buf.h"
#include "codeshelf/code.h"

static const struct {
    const char *text, *refs;
} icd[] = {
    /* single codes */
    {"bacterial agent (Z16.-)", "Z16"},
    {"type 2 diabetes mellitus (E11.65)", "E1165"},
    {"(O9A.2-)", "O9A2"},
    {"E11-", "E11"},
    {"(I10.-)", "I10"},
    {"(T45.AX5)", "T45AX5"},
    {"(T36.0x5)", "T360X5"},
    {"(D29.2.-)", "D292"},
    {"(R29.0 )", "R290"},
    {"Code C91.0 should only be used", "C910"},
    {"assigned when assigning code O33.7. 7th character 0", "O337"},
    {"QA0.8", "QA08"},
    {"(QA0.-)", "QA0"},
    {"M97.1--", "M971"},
    {"merkel cell carcinoma (C4A.-), gout (M1A.-), I1A", "C4A M1A I1A"},
    /* lists */
    {"(B95, B96)", "B95 B96"},
    {"(C43.2-,C44.2-)", "C432 C442"},
    {"(I82.4-, I82.5-, I82.62-. I82.72-)", "I824 I825 I8262 I8272"},
    {"any condition in I11.- with any condition in I12.-", "I11 I12"},
    {"any condition in N18 and N26 - due to hypertension", "N18 N26"},
    {"code from category T31 or T32 to identify", "T31 T32"},
    {"K12.- K13.-", "K12 K13"},
    /* ranges */
    {"(A15.0-A15.9)", "A150-A159"},
    {"(O00-O07, O08)", "O00-O07 O08"},
    {"O00-O77.-, O85-O94 and O98-O9A.- as", "O00-O77 O85-O94 O98-O9A"},
    {"(C00-C75, C7A-C7B)", "C00-C75 C7A-C7B"},
    {"(I25.70-I25.73-, I25.79-)", "I2570-I2573 I2579"},
    {"(I70.2--I70.7-)", "I702-I707"},
    {"(S12.0--S12.6.-)", "S120-S126"},
    {"(F98.2.-F98.3)", "F982-F983"},
    {"(Q70.0- -Q70.3-)", "Q700-Q703"},
    {"(P28.3- - P28.4-)", "P283-P284"},
    {"(I01.0 -I01.9)", "I010-I019"},
    {"(S00 - S09)", "S00-S09"},
    {"I10 \xE2\x80\x93 I15", "I10-I15"},
    {"T36\xE2\x80\x93T50", "T36-T50"},
    {"categories E08-\nE13 or O00- O08", "E08-E13 O00-O08"},
    {"(I69.81- I69.91-)", "I6981-I6991"},
    {"(S00.- to S09.-)", "S00-S09"},
    {"R40.21- through R40.23- only", "R4021-R4023"},
    {"(I83.1-.2)", "I831-I832"},
    {"(A00-R94 and T80-T88.6, T88.8)", "A00-R94 T80-T886 T888"},
    {"(I83.0-I82.2)", "I830 I822"}, /* ends the wrong way round: no range, but two codes */
    /* narrowed */
    {"(T36-T50 with fifth or sixth character 5)", "T36-T50{fifth or sixth character 5}"},
    {"categories T36-T50 with fifth or sixth character 5.", "T36-T50{fifth or sixth character 5}"},
    {"(V01-V09 with 5th character 1)", "V01-V09{5th character 1}"},
    {"(T36-T65 with fifth or sixth character 1-4 or 6)", "T36-T65{fifth or sixth character 1-4 or 6}"},
    {"(E08-E13 with .21)", "E08-E13{.21}"},
    {"(F10-F19, with .17, .27, .97)", "F10-F19{.17, .27, .97}"},
    {"(F10, F13, F19 with .26, .96)", "F10{.26, .96} F13{.26, .96} F19{.26, .96}"},
    {"(S92.-with 7th character B)", "S92{7th character B}"},
    {"(I69. with final characters -23)", "I69{final characters -23}"},
    {"category S06 with 6th character 7 - death due to", "S06{6th character 7}"},
    {"code O33.7 with a 7th character of 1 through 9, must", "O337{7th character of 1 through 9}"},
    {"injury (S06.-) with skull fracture (S02.-)", "S06 S02"},
    /* no codes */
    {"T4 cell, HIV-2, Type 1, stage 3, L1", ""},
    {"C5-C7 level of cervical spinal cord, C7-T1, T9-T10, T11-T12, T12/L1", ""},
    {"vitamin B12 or folate; Vitamin K10 (sic); coenzyme Q10", ""},
    {"E. coli O157, influenza A/H5N1 and H1N1, CD30-positive", ""},
    {"HLA-B27, hemoglobin A1C, [CR3] defect, [G6PD], GH1, GM2 gangliosidosis", ""},
    {"E11.9b9 and I10th", "E11"},
    {"S52502A without its dot", ""},
    {"", ""},
};

static const struct {
    enum codeset set;
    const char *text, *refs;
} other[] = {
    {SET_HCPCS, "PERTAINING TO E1510-E1600, E1620, L8100 - L8200", "E1510-E1600 E1620 L8100-L8200"},
    {SET_HCPCS, "THESE CODES (82585, 82595) PERTAIN TO J9218", "82585 82595 J9218"},
    {SET_HCPCS, "0074--SECTION 44105, MCM SECTION 15044, PAGE 50941, P. 66611", ""},
    {SET_HCPCS, "PER 1000U OR 123456 OR E.G. 12.5", ""},
    {SET_CPT, "Use 99213 in conjunction with 0042T, 0001U, or 99406 through 99408", "99213 0042T 0001U 99406-99408"},
    {SET_CPT, "Report J0897 also", "J0897"},
};

static void print_refs(enum codeset set, const char *text, struct buf *out)
{
    size_t n = strlen(text);
    struct code_ref r;
    for (size_t pos = 0; code_ref_next(set, text, n, &pos, &r);) {
        assert_true(r.start + r.len <= n && r.start + r.len <= pos);
        assert_memory_equal(text + r.start, r.first, 3); /* where it says it is */
        buf_printf(out, "%s%s", out->len ? " " : "", r.first);
        if (strcmp(r.first, r.last) != 0)
            buf_printf(out, "-%s", r.last);
        if (r.with[0])
            buf_printf(out, "{%s}", r.with);
    }
}

static void check(enum codeset set, const char *text, const char *want)
{
    struct buf got = {0};
    print_refs(set, text, &got);
    if (strcmp(buf_text(&got), want) != 0)
        fail_msg("\"%s\" gave \"%s\", not \"%s\"", text, buf_text(&got), want);
    buf_free(&got);
}

static void forms_of_the_icd10cm_book(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof icd / sizeof icd[0]; i++)
        check(SET_ICD10CM, icd[i].text, icd[i].refs);
}

static void hcpcs_and_cpt_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
        check(other[i].set, other[i].text, other[i].refs);
}

static void the_span_covers_what_is_printed(void **state)
{
    const char *text = "see (I70.2--I70.7-), (E08.-) or (T36-T50 with fifth character 5)";
    static const char *const spans[] = {"I70.2--I70.7-", "E08.-", "T36-T50"};
    struct code_ref r;
    size_t pos = 0;
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        assert_true(code_ref_next(SET_ICD10CM, text, strlen(text), &pos, &r));
        assert_int_equal(r.len, strlen(spans[i]));
        assert_memory_equal(text + r.start, spans[i], r.len);
    }
    assert_false(code_ref_next(SET_ICD10CM, text, strlen(text), &pos, &r));
}

/* Every text cut at every byte, in memory of just that size: the sanitizer sees any reading beyond. */
static void no_reading_beyond_the_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof icd / sizeof icd[0]; i++)
        for (size_t n = 0; n <= strlen(icd[i].text); n++) {
            char *copy = malloc(n ? n : 1);
            struct code_ref r;
            memcpy(copy, icd[i].text, n);
            for (size_t pos = 0; code_ref_next(SET_ICD10CM, copy, n, &pos, &r);)
                assert_true(strlen(r.with) < sizeof r.with);
            free(copy);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_of_the_icd10cm_book),
        cmocka_unit_test(hcpcs_and_cpt_texts),
        cmocka_unit_test(the_span_covers_what_is_printed),
        cmocka_unit_test(no_reading_beyond_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
