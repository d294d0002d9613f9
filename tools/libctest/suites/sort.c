/**
 * @file
 * qsort and bsearch: sorted arrays have the same items, in order.
 */
#include <stdlib.h>
#include <string.h>

#include "libc.h"
#include "suites.h"

#define ITEMS 200
#define SIZE_MAXIMUM 24

static size_t size; /* of an item; its first byte is the key, the others are made from it */

static int by_key(const void *left, const void *right)
{
    return *(const unsigned char *)left - *(const unsigned char *)right;
}

static int by_nothing(const void *left, const void *right)
{
    (void)left;
    (void)right;
    return (int)random_below(3) - 1;
}

static void make_items(unsigned char *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        unsigned char key = (unsigned char)random_below(random_chance(50) ? 5 : 256);

        for (size_t byte = 0; byte < size; byte++) {
            items[i * size + byte] = (unsigned char)(key + byte);
        }
    }
}

static void compare(const unsigned char *got, const unsigned char *expected, size_t count)
{
    EXPECT(memcmp(got, expected, count * size) == 0, "%zu items of %zu bytes", count, size);
}

static void find(unsigned char *items, size_t count)
{
    unsigned char key = (unsigned char)random_below(256);
    const unsigned char *found = libc_bsearch(&key, items, count, size, by_key);
    bool expected = bsearch(&key, items, count, size, by_key) != NULL;

    EXPECT((found != NULL) == expected, "bsearch for %u among %zu", key, count);
    EXPECT(found == NULL || (*found == key && (size_t)(found - items) % size == 0),
           "bsearch for %u", key);
}

/** Random arrays. */
void sort_run(unsigned steps)
{
    static unsigned char ours[ITEMS * SIZE_MAXIMUM], theirs[ITEMS * SIZE_MAXIMUM];

    for (unsigned i = 0; i < steps; i++) {
        size_t count = random_chance(20) ? random_below(4) : random_below(ITEMS + 1);

        size = 1 + random_below(SIZE_MAXIMUM);
        make_items(ours, count);
        memcpy(theirs, ours, count * size);
        step_begin("%zu items of %zu bytes", count, size);
        libc_qsort(ours, count, size, by_key);
        qsort(theirs, count, size, by_key);
        compare(ours, theirs, count);
        find(ours, count);
        libc_qsort(ours, count, size, by_nothing); /* in whatever order: the same items */
        qsort(ours, count, size, by_key);
        compare(ours, theirs, count);
    }
}
