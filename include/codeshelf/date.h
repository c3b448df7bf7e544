/* date.h - calendar days as the number YYYYMMDD (20250401), 0 for none.
 *
 * The official files write them so, they sort as they are, and no time zone can shift them. */
#ifndef CODESHELF_DATE_H
#define CODESHELF_DATE_H

#include <stdbool.h>
#include <stdint.h>

typedef int32_t date;

/* Reads "2025-04-01" or "20250401"; false for anything else, impossible days included. */
bool date_parse(const char *s, date *out);
/* "2025-04-01"; the empty string for 0. out holds at least 11 bytes. */
const char *date_print(date d, char out[11]);
/* 0 for an impossible day and for years beyond 1 to 9999. */
date date_make(int year, int month, int day);
/* 0 stays 0, and so does what leaves the years 1 to 9999. */
date date_add_days(date d, int days);
/* Days from a to b, negative when b is earlier; neither may be 0. */
long date_days_between(date a, date b);
/* Today here, or $CODESHELF_TODAY when it holds a date: the clock that tests set. */
date date_today(void);
/* Seconds since 1970 for import times: $SOURCE_DATE_EPOCH when set, else the time now. */
int64_t time_of_import(void);

#endif
