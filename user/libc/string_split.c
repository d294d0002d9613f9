/**
 * @file
 * Cutting text into words (ISO C11 7.24.5.8; IEEE 1003.1, strtok_r).
 */
#include <string.h>

/**
 * Finds the next word, and puts a NUL behind it.
 *
 * @param text        what to cut, for the first word; NULL for the next ones
 * @param separators  characters that are between words; may be others in each call
 * @param rest        set to what follows; for the next call
 * @return the word, never empty; NULL: there are no more
 */
char *strtok_r(char *restrict text, const char *restrict separators, char **restrict rest)
{
    char *word = text != NULL ? text : *rest;

    word += strspn(word, separators);
    *rest = word + strcspn(word, separators);
    if (*word == '\0') {
        return NULL;
    }
    if (**rest != '\0') {
        *(*rest)++ = '\0';
    }
    return word;
}

/** The same, with one place for what follows: only one text can be cut at a time. @return as
 * strtok_r() */
char *strtok(char *restrict text, const char *restrict separators)
{
    static char *rest = "";

    return strtok_r(text, separators, &rest);
}
