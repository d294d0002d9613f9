/**
 * @file
 * The end of an address space.
 *
 * Its tables form a tree: the root owns the tables that the entries of its lower half lead to, each
 * table those below it, and a table of level 1 has one use of each frame that it maps. All of that
 * is given back, from the leaves up. Nobody may use the tree any more, nor the CPU: the root is not
 * loaded, so none of its pages is in the TLB.
 */
#include "arch/page_destroy.h"
#include "arch/page_table.h"
#include "arch/x86_64/page_entry.h"

/**
 * Gives back a table and all that hangs on it: what its first entries lead to, then the table
 * itself (page_table_give()). An entry of level 1 leads to a frame, which is dropped
 * (page_frame_drop()); one of a higher level to a table of the level below, which is destroyed
 * with all of its entries.
 *
 * @param table    its physical address
 * @param level    1 to 4
 * @param entries  how many of its entries are looked at, from the first one on; the others belong
 *                 to somebody else
 */
static void destroy_table(uint64_t table, unsigned level, size_t entries)
{
    for (size_t i = 0; i < entries; i++) {
        uint64_t entry = table_at(table)[i];

        if (entry == 0) {
            continue;
        }
        if (level == 1) {
            page_frame_drop(entry & PAGE_ADDRESS);
        } else {
            destroy_table(entry & PAGE_ADDRESS, level - 1, TABLE_ENTRIES);
        }
    }
    page_table_give(table);
}

/**
 * Ends an address space: gives back all memory of its lower half, its tables and its root. The
 * upper half's tables are the kernel's and stay.
 *
 * @param root  not loaded
 */
void page_destroy(uint64_t root)
{
    destroy_table(root, LEVELS, USER_ENTRIES);
}
