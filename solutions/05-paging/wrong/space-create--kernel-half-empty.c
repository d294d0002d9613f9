/*
 * exercise: space-create
 * test: create
 * says: entry \d+ of a new root, in the kernel's half, is wrong
 * mistake: Forgets the kernel's half: when the space is loaded, the next instruction of the
 *   kernel is not there any more.
 */
uint64_t page_create(void)
{
    uint64_t root = page_table_take();

    if (root == 0) {
        return 0;
    }
    return root;
}
