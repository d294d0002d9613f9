/**
 * @file
 * The kernel's own function names, for readable backtraces.
 */
#include "debug/symbols.h"

/**
 * Finds the function that an address lies in, by binary search.
 *
 * @param address  any address
 * @return the last function that starts at or below it; NULL where there is no code
 */
const struct symbol *symbol_find(uintptr_t address)
{
    size_t below = 0; /* functions 0 to below - 1 start at or below the address */
    size_t above = symbol_count;

    while (below < above) {
        size_t middle = below + (above - below) / 2;

        if (symbol_table[middle].address <= address) {
            below = middle + 1;
        } else {
            above = middle;
        }
    }
    return below == 0 || address >= symbol_end ? NULL : &symbol_table[below - 1];
}
