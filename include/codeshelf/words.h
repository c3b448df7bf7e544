/* words.h - the field's own words as the program knows them: code sets, kinds of entry, kinds of note, components.
 *
 * The numbers are stored in the shelf: append, never renumber. The names are those of the command line and its JSON. */
#ifndef CODESHELF_WORDS_H
#define CODESHELF_WORDS_H

#include <stdbool.h>

enum codeset { SET_ICD10CM, SET_HCPCS, SET_CPT, SET_COUNT };

enum kind {
    KIND_CHAPTER,     /* ICD-10-CM chapter; HCPCS letter; CPT section */
    KIND_SECTION,     /* block of categories; HCPCS and CPT heading */
    KIND_CATEGORY,    /* ICD-10-CM, three characters, billable or not */
    KIND_SUBCATEGORY, /* ICD-10-CM, a header below a category */
    KIND_CODE,        /* billable as it stands */
    KIND_MODIFIER,    /* HCPCS and CPT modifiers: never billable by themselves */
    KIND_COUNT
};

enum note_kind {
    NOTE_INCLUDES,
    NOTE_INCLUSION_TERM,
    NOTE_EXCLUDES1,
    NOTE_EXCLUDES2,
    NOTE_CODE_FIRST,
    NOTE_USE_ADDITIONAL,
    NOTE_CODE_ALSO,
    NOTE_NOTE,
    NOTE_SEVENTH,    /* says that a 7th character is to be added */
    NOTE_PROCESSING, /* HCPCS processing note */
    NOTE_GUIDELINE,
    NOTE_CONSUMER,  /* CPT consumer friendly descriptor */
    NOTE_CLINICIAN, /* CPT clinician descriptor */
    NOTE_COUNT
};

/* What a release can bring. Coverage of each is recorded, so that "absent" and "not loaded" differ. */
enum component {
    COMP_CODES,   /* order file; HCPCS file; CPT descriptors */
    COMP_TABULAR, /* the Tabular's notes, sections and 7th characters; HCPCS processing notes */
    COMP_INDEX,
    COMP_EXTERNAL,
    COMP_NEOPLASM,
    COMP_DRUGS,
    COMP_GUIDELINES,
    COMP_FACTS, /* POA-exempt lists; CPT descriptors for consumers and clinicians */
    COMP_CONVERSION, /* what replaces which code: ICD-10-CM conversion tables; CPT Link lists */
    COMP_CORRECTIONS, /* HCPCS corrections files; what they add is among the codes */
    COMP_COUNT
};

/* "icd10cm", "hcpcs", "cpt" */
const char *codeset_name(enum codeset s);
/* "ICD-10-CM", "HCPCS", "CPT": as a heading prints it */
const char *codeset_title(enum codeset s);
bool codeset_parse(const char *name, enum codeset *out);
/* "category"; "excludes1"; "tabular" */
const char *kind_name(enum kind k);
const char *note_kind_name(enum note_kind k);
const char *component_name(enum component c);
/* As the book prints it before the note: "Excludes1", "Use additional code". Empty for inclusion terms, which stand alone. */
const char *note_kind_label(enum note_kind k);

#endif
