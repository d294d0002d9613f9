/**
 * @file
 * Dates as text (ISO C11 7.27.3.5), in the "C" locale.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define NAME_WHOLE 10 /* the longest name has 9 characters */

/** The text so far. */
struct text {
    char *to;
    size_t room; /**< bytes, with one for the NUL; 0: it did not fit */
    size_t length;
};

static void put_all(struct text *text, const char *format, const struct tm *date);

/** Appends formatted text. */
__attribute__((format(printf, 2, 3))) static void put(struct text *text, const char *format, ...)
{
    va_list values;
    int length;

    va_start(values, format);
    length = vsnprintf(text->to + text->length, text->room, format, values);
    va_end(values);
    if (length < 0 || (size_t)length >= text->room) {
        text->room = 0;
        return;
    }
    text->length += (size_t)length;
    text->room -= (size_t)length;
}

/** Appends one of some names, or its beginning. */
static void put_name(struct text *text, const char *const *names, int count, int index, int most)
{
    put(text, "%.*s", most, index >= 0 && index < count ? names[index] : "?");
}

static void put_weekday(struct text *text, const struct tm *date, int most)
{
    static const char *const names[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                        "Thursday", "Friday", "Saturday"};

    put_name(text, names, 7, date->tm_wday, most);
}

static void put_month(struct text *text, const struct tm *date, int most)
{
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};

    put_name(text, names, 12, date->tm_mon, most);
}

/** Days since the last Monday. */
static int since_monday(const struct tm *date)
{
    return (date->tm_wday + 6) % 7;
}

static int days_of(long year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 366 : 365;
}

/** Finds the week by ISO 8601: weeks begin on Monday, the first one has the year's first Thursday.
 * @param year set to the year that the week belongs to @return 1 to 53 */
static int iso_week(const struct tm *date, long *year)
{
    int thursday = date->tm_yday - since_monday(date) + 3; /* of this week, as tm_yday */

    *year = date->tm_year + 1900l;
    if (thursday < 0) {
        --*year;
        thursday += days_of(*year);
    } else if (thursday >= days_of(*year)) {
        thursday -= days_of(*year);
        ++*year;
    }
    return thursday / 7 + 1;
}

/** Appends a conversion that is a number of weeks, or of a week's year. @return false: it is
 * none */
static bool put_week(struct text *text, char letter, const struct tm *date)
{
    long year;
    int week = iso_week(date, &year);

    switch (letter) {
    case 'U':
        put(text, "%02d", (date->tm_yday + 7 - date->tm_wday) / 7);
        return true;
    case 'W':
        put(text, "%02d", (date->tm_yday + 7 - since_monday(date)) / 7);
        return true;
    case 'V':
        put(text, "%02d", week);
        return true;
    case 'G':
        put(text, "%ld", year);
        return true;
    case 'g':
        put(text, "%02ld", (year % 100 + 100) % 100);
        return true;
    default:
        return false;
    }
}

/** Appends a conversion that is a number of a year or more. @return false: it is none */
static bool put_year(struct text *text, char letter, const struct tm *date)
{
    long year = date->tm_year + 1900l;
    struct tm copy = *date;

    switch (letter) {
    case 'Y':
        put(text, "%ld", year);
        return true;
    case 'C':
        put(text, "%02ld", (year - (year % 100 + 100) % 100) / 100);
        return true;
    case 'y':
        put(text, "%02ld", (year % 100 + 100) % 100);
        return true;
    case 's':
        put(text, "%ld", (long)timegm(&copy));
        return true;
    default:
        return put_week(text, letter, date);
    }
}

/** Appends a conversion that is a number. @return false: it is none */
static bool put_number(struct text *text, char letter, const struct tm *date)
{
    const struct {
        char letter;
        int digits, number;
    } numbers[] = {
        {'d', 2, date->tm_mday},
        {'H', 2, date->tm_hour},
        {'I', 2, (date->tm_hour + 11) % 12 + 1},
        {'j', 3, date->tm_yday + 1},
        {'m', 2, date->tm_mon + 1},
        {'M', 2, date->tm_min},
        {'S', 2, date->tm_sec},
        {'u', 1, since_monday(date) + 1},
        {'w', 1, date->tm_wday},
    };

    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        if (numbers[i].letter == letter) {
            put(text, "%0*d", numbers[i].digits, numbers[i].number);
            return true;
        }
    }
    return put_year(text, letter, date);
}

/** Appends a conversion that stands for others. @return false: it does not */
static bool put_others(struct text *text, char letter, const struct tm *date)
{
    static const struct {
        char letter;
        const char *format;
    } meanings[] = {
        {'c', "%a %b %e %H:%M:%S %Y"},
        {'D', "%m/%d/%y"},
        {'F', "%Y-%m-%d"},
        {'h', "%b"},
        {'n', "\n"},
        {'r', "%I:%M:%S %p"},
        {'R', "%H:%M"},
        {'t', "\t"},
        {'T', "%H:%M:%S"},
        {'x', "%m/%d/%y"},
        {'X', "%H:%M:%S"},
        {'z', "+0000"},
        {'Z', "UTC"},
    };

    for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++) {
        if (meanings[i].letter == letter) {
            put_all(text, meanings[i].format, date);
            return true;
        }
    }
    return false;
}

/** Appends any conversion. @return false: there is no such one */
static bool put_conversion(struct text *text, char letter, const struct tm *date)
{
    switch (letter) {
    case 'a':
        put_weekday(text, date, 3);
        return true;
    case 'A':
        put_weekday(text, date, NAME_WHOLE);
        return true;
    case 'b':
        put_month(text, date, 3);
        return true;
    case 'B':
        put_month(text, date, NAME_WHOLE);
        return true;
    case 'e':
        put(text, "%2d", date->tm_mday);
        return true;
    case 'p':
        put(text, "%s", date->tm_hour < 12 ? "AM" : "PM");
        return true;
    case '%':
        put(text, "%%");
        return true;
    default:
        return put_others(text, letter, date) || put_number(text, letter, date);
    }
}

/** Appends a format with all that it asks for; what is no conversion as it stands. */
static void put_all(struct text *text, const char *format, const struct tm *date)
{
    while (*format != '\0') {
        int plain = (int)strcspn(format, "%");

        put(text, "%.*s", plain, format);
        format += plain;
        if (*format == '%' && put_conversion(text, format[1], date)) {
            format += 2;
        } else if (*format == '%') {
            put(text, "%%");
            format++;
        }
    }
}

/**
 * Writes a date as text.
 *
 * @param to      gets the text and a NUL
 * @param size    of it, in bytes
 * @param format  %a %A %b %B %c %C %d %D %e %F %g %G %h %H %I %j %m %M %n %p %r %R %S %t %T %u %U
 *                %V %w %W %x %X %y %Y %z %Z %% as C has them, %s: seconds since 1970-01-01
 * @param date    in its ranges
 * @return the text's length; 0: it does not fit, `to` has anything then
 */
size_t strftime(char *restrict to, size_t size, const char *restrict format,
                const struct tm *restrict date)
{
    struct text text = {to, size, 0};

    if (size > 0) {
        *to = '\0';
    }
    put_all(&text, format, date);
    return text.room > 0 ? text.length : 0;
}
