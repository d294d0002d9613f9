/*
 * exercise: share
 * test: share-refused
 * says: how many uses more the frame has afterwards is wrong
 * mistake: Leaves the use counted when the page cannot be mapped: the frame is never given back.
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
    if ((has & rights) != rights) {
        return ERROR_NO_RIGHT;
    }
    if (!frame_uses_add(frame)) {
        return ERROR_BUSY;
    }
    error = page_map(to_root, to, frame, rights);
    return error;
}
