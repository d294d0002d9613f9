/*
 * exercise: share
 * test: share-refused
 * says: returns the wrong error|calls something about another frame
 * mistake: Does not ask whether a page is mapped at `from`, and shows frame 0.
 */
enum error space_share_page(uint64_t to_root, uintptr_t to, uint64_t from_root, uintptr_t from,
                            unsigned rights)
{
    unsigned has = rights;
    uint64_t frame = page_find(from_root, from, &has);
    enum error error;

    if ((has & rights) != rights) {
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
