/*
 * exercise: share
 * test: share-shown
 * says: gives the new page the wrong rights
 * mistake: Gives the new page all rights of the old one: whoever was to read can write.
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
    error = page_map(to_root, to, frame, has);
    if (error != ERROR_NONE) {
        frame_uses_drop(frame);
    }
    return error;
}
