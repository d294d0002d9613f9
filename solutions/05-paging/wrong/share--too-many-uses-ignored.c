/*
 * exercise: share
 * test: share-refused
 * says: returns the wrong error
 * mistake: Goes on when the frame has too many uses: the count is one too low from then on.
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
    (void)frame_uses_add(frame);
    error = page_map(to_root, to, frame, rights);
    if (error != ERROR_NONE) {
        frame_uses_drop(frame);
    }
    return error;
}
