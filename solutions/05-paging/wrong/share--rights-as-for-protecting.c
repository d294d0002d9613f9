/*
 * exercise: share
 * test: share-refused
 * says: returns the wrong error
 * mistake: Asks check_rights(), whose answer is for memory_protect(): a page of a frame that nobody
 *   else shows is shown with rights that it does not have.
 */
enum error space_share_page(uint64_t to_root, uintptr_t to, uint64_t from_root, uintptr_t from,
                            unsigned rights)
{
    unsigned has;
    uint64_t frame = page_find(from_root, from, &has);
    enum error error;

    if (frame == 0) {
        return ERROR_BAD_ADDRESS;
    }
    if (check_rights(from_root, from, rights) != ERROR_NONE) {
        return ERROR_NO_RIGHT;
    }
    if (!frame_uses_add(frame)) {
        return ERROR_BUSY;
    }
    error = page_map(to_root, to, frame, rights);
    if (error != ERROR_NONE) {
        frame_uses_drop(frame);
    }
    return error;
}
