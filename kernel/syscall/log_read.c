/**
 * @file
 * log_read: what the kernel and programs have said, from the log ring.
 */
#include "debug/printk.h"
#include "syscall/call.h"

/**
 * Tells eight bytes of the log.
 *
 * @param position  of the first one, counted from the first byte that was ever logged
 * @return ERROR_NONE and the bytes, the first one lowest: NUL where nothing has been logged yet;
 *         ERROR_INVALID_ARGUMENT and the position of the oldest byte that there is, when `position`
 *         is before that or has not been reached
 */
struct call_result syscall_log_read(uint64_t position)
{
    uint64_t oldest = log_ring.written < LOG_SIZE ? 0 : log_ring.written - LOG_SIZE;
    uint64_t bytes = 0;

    if (position < oldest || position >= log_ring.written) {
        return (struct call_result){ERROR_INVALID_ARGUMENT, oldest};
    }
    for (unsigned i = 0; i < sizeof(bytes) && position + i < log_ring.written; i++) {
        bytes |= (uint64_t)(uint8_t)log_ring.text[(position + i) % LOG_SIZE] << 8 * i;
    }
    return (struct call_result){ERROR_NONE, bytes};
}
