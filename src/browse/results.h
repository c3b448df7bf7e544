/* results.h - what the application tells the results view beyond the operations of every view. */
#ifndef CODESHELF_BROWSE_RESULTS_H
#define CODESHELF_BROWSE_RESULTS_H

#include <stdbool.h>

#include "codeshelf/error.h"

/* Searches for a text and shows what was found; blank text shows nothing. With yield, ST_STOP when keys came in: what was shown
 * before stays. With stay, the selected row is selected again. Other failures are shown in place of results. */
enum status results_search(void *state, const char *text, bool yield, bool stay);
/* "9 families, 121 codes" for the row of the search box; lives until the next search. */
const char *results_summary(const void *state);

#endif
