/* calendar.h - release names and the days they are in force.
 *
 * ICD-10-CM: FY2025 from 1 October 2024, FY2025-APR from 1 April 2025; every April from FY2022 on is an official release, so
 * are 1 April 2020 (FY2020-APR) and 1 January 2021 (FY2021-JAN). HCPCS: 2025-JAN, -APR, -JUL, -OCT, each quarter. CPT: 2026
 * from 1 January. A release ends the day before the next official one, loaded or not. */
#ifndef CODESHELF_CALENDAR_H
#define CODESHELF_CALENDAR_H

#include <stdbool.h>

#include "codeshelf/date.h"
#include "codeshelf/words.h"

/* Reads a release name as typed ("fy2025-apr", "FY2025-Apr", "2025", "2025-jan") into the form used everywhere; out holds 24
 * bytes. A plain year means FYyear for icd10cm and year-JAN for hcpcs. False when it names no release of the set. */
bool calendar_name(enum codeset set, const char *typed, char out[24]);
/* The first day of a release by its name, 0 when the name is of no known form. */
date calendar_from(enum codeset set, const char *name);
/* The last day: the day before the set's next official release after from. */
date calendar_to(enum codeset set, date from);
/* For an April (or January) ICD-10-CM release the October release of the same fiscal year ("FY2025-APR": "FY2025"), which
 * supplies the components it does not bring; false for others. */
bool calendar_parent(enum codeset set, const char *name, char out[24]);
/* Finds a release in a file, folder or zip name: "icd10cm-order-April-2025.txt", "FY2021-Jan", "HCPC2025_JAN_ANWEB",
 * "cms_2017_dx.zip", "2020-JUL". Years and months only where they stand as words or beside the names such files use; false
 * when there is none. A name with a year alone gives the October (January) release; *month_said tells whether a month was. */
bool calendar_guess(enum codeset set, const char *name, char out[24], bool *month_said);

#endif
