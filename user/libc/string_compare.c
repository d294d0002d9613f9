/**
 * @file
 * Comparing text (ISO C11 7.24.4; IEEE 1003.1, strings.h).
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

static int compare(const char *left, const char *right, size_t size, bool ignore_case)
{
    unsigned char a = 0, b = 0;

    for (size_t i = 0; i < size && a == b && (i == 0 || a != '\0'); i++) {
        a = (unsigned char)left[i];
        b = (unsigned char)right[i];
        a = ignore_case ? (unsigned char)tolower(a) : a;
        b = ignore_case ? (unsigned char)tolower(b) : b;
    }
    return a - b;
}

/** Compares the first `size` bytes of two texts as unsigned numbers (C11 7.24.4.4). @return below,
 * equal to or above 0 */
int strncmp(const char *left, const char *right, size_t size)
{
    return compare(left, right, size, false);
}

/** Compares two texts as people would order them; in the "C" locale, strcmp() (C11 7.24.4.3).
 * @return below, equal to or above 0 */
int strcoll(const char *left, const char *right)
{
    return strcmp(left, right);
}

/** Compares two texts, upper case being taken as lower (IEEE 1003.1). @return below, equal to or
 * above 0 */
int strcasecmp(const char *left, const char *right)
{
    return compare(left, right, SIZE_MAX, true);
}

/** Likewise their first `size` bytes (IEEE 1003.1). @return below, equal to or above 0 */
int strncasecmp(const char *left, const char *right, size_t size)
{
    return compare(left, right, size, true);
}
