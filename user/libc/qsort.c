/**
 * @file
 * Sorting (ISO C11 7.22.5.2).
 *
 * A heap sort: slower than a good quicksort on average, but n log n steps for every input, without
 * recursion and without memory of its own. The items are a heap when none is greater than its
 * parent, which for the one at `index` is at (index - 1) / 2.
 */
#include <stdlib.h>

/** What is sorted. */
struct items {
    char *first;
    size_t size; /**< of an item, in bytes */
    int (*compare)(const void *, const void *);
};

static char *at(const struct items *items, size_t index)
{
    return items->first + index * items->size;
}

static void swap(const struct items *items, size_t a, size_t b)
{
    char *left = at(items, a), *right = at(items, b);

    for (size_t i = 0; i < items->size; i++) {
        char byte = left[i];

        left[i] = right[i];
        right[i] = byte;
    }
}

/** Lets an item sink to its place below which all are a heap already. */
static void sink(const struct items *items, size_t index, size_t count)
{
    while (index < count / 2) {
        size_t child = 2 * index + 1;

        if (child + 1 < count && items->compare(at(items, child), at(items, child + 1)) < 0) {
            child++;
        }
        if (items->compare(at(items, index), at(items, child)) >= 0) {
            break;
        }
        swap(items, index, child);
        index = child;
    }
}

/**
 * Sorts an array in ascending order. Items that are equal may change places.
 *
 * @param items    the first
 * @param count    how many
 * @param size     of each, in bytes
 * @param compare  gives below, equal to or above 0, as its first argument is less, equal or
 *                 greater. One that contradicts itself makes any order, but no harm
 */
void qsort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *))
{
    struct items all = {items, size, compare};

    for (size_t i = count / 2; i > 0; i--) {
        sink(&all, i - 1, count);
    }
    for (size_t last = count; last > 1; last--) {
        swap(&all, 0, last - 1); /* the greatest one goes behind the heap */
        sink(&all, 0, last - 1);
    }
}
