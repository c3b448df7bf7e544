/* date.c - days as YYYYMMDD, counted in the proleptic Gregorian calendar.
 *
 * Arithmetic goes over the number of days since 1 March of the year 0: a year that begins in March ends with its leap day,
 * which leaves no special case. mktime is not used: it knows time zones and daylight saving, and a date of service has none. */
#include "codeshelf/date.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DAYS_400_YEARS = 146097, YEAR_MOST = 9999 };

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

static long day_number(date d)
{
    long year = d / 10000, month = d / 100 % 100, day = d % 100;
    if (month < 3) {
        year--;
        month += 12;
    }
    return year * 365 + year / 4 - year / 100 + year / 400 + (153 * (month - 3) + 2) / 5 + day - 1;
}

static date day_date(long n)
{
    long era = n / DAYS_400_YEARS, in_era = n % DAYS_400_YEARS;
    long year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    long in_year = in_era - (365 * year + year / 4 - year / 100);
    long month = (5 * in_year + 2) / 153; /* 0 is March */
    long day = in_year - (153 * month + 2) / 5 + 1;
    year += era * 400 + (month > 9);
    return date_make((int)year, (int)(month > 9 ? month - 9 : month + 3), (int)day);
}

date date_make(int year, int month, int day)
{
    if (year < 1 || year > YEAR_MOST || month < 1 || month > 12 || day < 1 || day > month_days(year, month))
        return 0;
    return year * 10000 + month * 100 + day;
}

bool date_parse(const char *s, date *out)
{
    size_t n = strlen(s);
    bool dashes = n == 10 && s[4] == '-' && s[7] == '-';
    if (n != 8 && !dashes)
        return false;
    int number = 0;
    for (size_t i = 0; i < n; i++) {
        if (dashes && (i == 4 || i == 7))
            continue;
        if (s[i] < '0' || s[i] > '9')
            return false;
        number = number * 10 + (s[i] - '0');
    }
    date d = date_make(number / 10000, number / 100 % 100, number % 100);
    if (!d)
        return false;
    *out = d;
    return true;
}

const char *date_print(date d, char out[11])
{
    out[0] = '\0';
    if (d > 0)
        snprintf(out, 11, "%04d-%02d-%02d", d / 10000 % 10000, d / 100 % 100, d % 100);
    return out;
}

date date_add_days(date d, int days)
{
    if (!d)
        return 0;
    long n = day_number(d) + days;
    return n < 0 ? 0 : day_date(n);
}

long date_days_between(date a, date b)
{
    return day_number(b) - day_number(a);
}

date date_today(void)
{
    const char *set = getenv("CODESHELF_TODAY");
    date d;
    if (set && date_parse(set, &d))
        return d;
    time_t now = time(NULL);
    struct tm tm;
    if (!localtime_r(&now, &tm))
        return 0;
    return date_make(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

int64_t time_of_import(void)
{
    const char *set = getenv("SOURCE_DATE_EPOCH");
    if (set && *set) {
        char *end;
        long long seconds = strtoll(set, &end, 10);
        if (!*end && seconds >= 0)
            return seconds;
    }
    return (int64_t)time(NULL);
}
