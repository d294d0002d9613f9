/*
 * exercise: space-create
 * test: create
 * says: page_create\(\) (asks for the wrong number of tables|returns the wrong root)
 * mistake: Returns the kernel's own root: all programs share one space again.
 */
uint64_t page_create(void)
{
    return kernel_root;
}
