/* words.c - the names of code sets, kinds and components, one table each, in the order of the enums. */
#include "codeshelf/words.h"

#include <string.h>

static const struct {
    const char *name, *title;
} codesets[SET_COUNT] = {
    [SET_ICD10CM] = {"icd10cm", "ICD-10-CM"},
    [SET_HCPCS] = {"hcpcs", "HCPCS"},
    [SET_CPT] = {"cpt", "CPT"},
};

static const char *const kinds[KIND_COUNT] = {
    [KIND_CHAPTER] = "chapter",         [KIND_SECTION] = "section", [KIND_CATEGORY] = "category",
    [KIND_SUBCATEGORY] = "subcategory", [KIND_CODE] = "code",       [KIND_MODIFIER] = "modifier",
};

static const struct {
    const char *name, *label;
} notes[NOTE_COUNT] = {
    [NOTE_INCLUDES] = {"includes", "Includes"},
    [NOTE_INCLUSION_TERM] = {"inclusion_term", ""},
    [NOTE_EXCLUDES1] = {"excludes1", "Excludes1"},
    [NOTE_EXCLUDES2] = {"excludes2", "Excludes2"},
    [NOTE_CODE_FIRST] = {"code_first", "Code first"},
    [NOTE_USE_ADDITIONAL] = {"use_additional", "Use additional code"},
    [NOTE_CODE_ALSO] = {"code_also", "Code also"},
    [NOTE_NOTE] = {"note", "Note"},
    [NOTE_SEVENTH] = {"seventh_note", "7th character"},
    [NOTE_PROCESSING] = {"processing", "Processing note"},
    [NOTE_GUIDELINE] = {"guideline", "Guideline"},
    [NOTE_CONSUMER] = {"consumer", "For consumers"},
    [NOTE_CLINICIAN] = {"clinician", "For clinicians"},
};

static const char *const components[COMP_COUNT] = {
    [COMP_CODES] = "codes",       [COMP_TABULAR] = "tabular", [COMP_INDEX] = "index",           [COMP_EXTERNAL] = "external",
    [COMP_NEOPLASM] = "neoplasm", [COMP_DRUGS] = "drugs",     [COMP_GUIDELINES] = "guidelines", [COMP_FACTS] = "facts",
    [COMP_CONVERSION] = "conversion",
    [COMP_CORRECTIONS] = "corrections",
};

const char *codeset_name(enum codeset s)
{
    return codesets[s].name;
}

const char *codeset_title(enum codeset s)
{
    return codesets[s].title;
}

bool codeset_parse(const char *name, enum codeset *out)
{
    for (int i = 0; i < SET_COUNT; i++)
        if (strcmp(name, codesets[i].name) == 0) {
            *out = (enum codeset)i;
            return true;
        }
    return false;
}

const char *kind_name(enum kind k)
{
    return kinds[k];
}

const char *note_kind_name(enum note_kind k)
{
    return notes[k].name;
}

const char *note_kind_label(enum note_kind k)
{
    return notes[k].label;
}

const char *component_name(enum component c)
{
    return components[c];
}
