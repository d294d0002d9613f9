/**
 * @file
 * Searching in what is sorted (ISO C11 7.22.5.1).
 */
#include <stdlib.h>

/**
 * Finds an item of an array by halves.
 *
 * @param key      what to look for
 * @param items    the first, in ascending order
 * @param count    how many
 * @param size     of each, in bytes
 * @param compare  gets the key and an item: below, equal to or above 0
 * @return an item that equals the key; NULL: there is none
 */
void *bsearch(const void *key, const void *items, size_t count, size_t size,
              int (*compare)(const void *key, const void *item))
{
    const char *first = items;

    while (count > 0) {
        const char *middle = first + count / 2 * size;
        int order = compare(key, middle);

        if (order == 0) {
            return (void *)middle;
        }
        if (order > 0) {
            first = middle + size;
            count--;
        }
        count /= 2;
    }
    return NULL;
}
