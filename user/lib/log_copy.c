/**
 * @file
 * The log in pieces of any size.
 */
#include "log.h"

/**
 * Copies a piece of the log.
 *
 * @param position  where to begin, 0: with the oldest byte that there is; moved behind the piece.
 *                  What has been overwritten meanwhile is skipped
 * @param to        gets the piece
 * @param size      most bytes
 * @return how many bytes: 0 when there are no more
 */
size_t log_copy(uint64_t *position, char *to, size_t size)
{
    size_t copied = 0;

    while (copied < size) {
        struct call_result bytes = log_read(*position);

        if (bytes.error != ERROR_NONE && bytes.value <= *position) {
            break;
        }
        if (bytes.error != ERROR_NONE) {
            *position = bytes.value;
            continue;
        }
        do { /* the first one is there; of the others a NUL may be none */
            to[copied++] = (char)(bytes.value & 0xFF);
            bytes.value >>= 8;
            ++*position;
        } while (copied < size && (bytes.value & 0xFF) != 0);
    }
    return copied;
}
