/**
 * @file
 * What error numbers mean.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#define ERRNO_TEXT(name, number, text) [number] = text,

static const char *const texts[] = {"No error", ERRNO_LIST(ERRNO_TEXT)};

/**
 * @param number  any
 * @return what it means; for an unknown one a text with the number, until the next call. Must not
 *         be changed (C11 7.24.6.2)
 */
char *strerror(int number)
{
    static char unknown[sizeof("Unknown error -2147483648")];

    if (number >= 0 && number < (int)(sizeof(texts) / sizeof(texts[0])) && texts[number] != NULL) {
        return (char *)texts[number];
    }
    snprintf(unknown, sizeof(unknown), "Unknown error %d", number);
    return unknown;
}
