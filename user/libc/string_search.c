/**
 * @file
 * Searching in memory and text (ISO C11 7.24.5).
 */
#include <string.h>

#include <stdbool.h>

/**
 * Finds the first byte of a value (C11 7.24.5.1).
 *
 * @param memory  where to look
 * @param byte    is taken as an unsigned char
 * @param size    in bytes
 * @return the byte; NULL: there is none
 */
void *memchr(const void *memory, int byte, size_t size)
{
    const unsigned char *bytes = memory;

    for (size_t i = 0; i < size; i++) {
        if (bytes[i] == (unsigned char)byte) {
            return (void *)(bytes + i);
        }
    }
    return NULL;
}

/** @return the number of bytes before the NUL, but not more than `size`, which are all that is
 * looked at (IEEE 1003.1) */
size_t strnlen(const char *text, size_t size)
{
    const char *end = memchr(text, '\0', size);

    return end == NULL ? size : (size_t)(end - text);
}

/** @return the first such character in a text, its NUL being one, too; NULL: there is none (C11
 * 7.24.5.2) */
char *strchr(const char *text, int character)
{
    for (; *text != (char)character; text++) {
        if (*text == '\0') {
            return NULL;
        }
    }
    return (char *)text;
}

/** @return the last such character in a text, its NUL being one, too; NULL: there is none (C11
 * 7.24.5.5) */
char *strrchr(const char *text, int character)
{
    for (size_t i = strlen(text) + 1; i > 0; i--) {
        if (text[i - 1] == (char)character) {
            return (char *)text + i - 1;
        }
    }
    return NULL;
}

/** Length of the part in the beginning whose characters are in the set, or are not. */
static size_t span(const char *text, const char *set, bool in)
{
    size_t length = 0;

    while (text[length] != '\0' && (strchr(set, text[length]) != NULL) == in) {
        length++;
    }
    return length;
}

/** @return how many characters in the beginning of a text are all in a set (C11 7.24.5.6) */
size_t strspn(const char *text, const char *set)
{
    return span(text, set, true);
}

/** @return how many characters in the beginning of a text are none of a set (C11 7.24.5.3) */
size_t strcspn(const char *text, const char *set)
{
    return span(text, set, false);
}

/** @return the first character of a text that is in a set; NULL: there is none (C11 7.24.5.4) */
char *strpbrk(const char *text, const char *set)
{
    text += strcspn(text, set);
    return *text == '\0' ? NULL : (char *)text;
}

/** @return the first place where a text has a part; its beginning for an empty part; NULL: there is
 * none (C11 7.24.5.7) */
char *strstr(const char *text, const char *part)
{
    size_t length = strlen(part);

    for (; strncmp(text, part, length) != 0; text++) {
        if (*text == '\0') {
            return NULL;
        }
    }
    return (char *)text;
}
