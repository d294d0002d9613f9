/**
 * @file
 * thread_set_name: what people call a thread.
 */
#include "lib/string.h"
#include "mm/user_check.h"
#include "syscall/call.h"

/**
 * Names a thread, for the kernel's messages and for debuggers.
 *
 * @param thread  address of its slot
 * @param name    address of the name
 * @param length  of the name, 1 to THREAD_NAME_SIZE - 1 bytes
 * @return ERROR_NONE; ERROR_BAD_SLOT; ERROR_INVALID_ARGUMENT for the length; ERROR_BAD_ADDRESS
 */
struct call_result syscall_thread_set_name(uint64_t thread, uintptr_t name, size_t length)
{
    char text[THREAD_NAME_SIZE] = {0};
    struct slot *found = cap_find(thread, SLOT_THREAD);
    enum error error = ERROR_BAD_SLOT;

    if (found != NULL) {
        error = length == 0 || length >= sizeof(text) ? ERROR_INVALID_ARGUMENT
                                                      : user_copy_in(text, name, length);
    }
    if (error == ERROR_NONE) {
        memcpy(found->thread->name, text, sizeof(text));
    }
    return (struct call_result){error, 0};
}
