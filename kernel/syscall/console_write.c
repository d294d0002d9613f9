/**
 * @file
 * console_write: text to the kernel's console.
 */
#include "debug/printk.h"
#include "mm/user_check.h"
#include "syscall/call.h"

#define LENGTH_LIMIT 1024u

/**
 * Writes text to the console, in one piece: no other task's text gets in between.
 *
 * @param text    its address
 * @param length  in bytes, at most 1024
 * @return ERROR_NONE; ERROR_INVALID_ARGUMENT for a longer text; ERROR_BAD_ADDRESS
 */
struct call_result syscall_console_write(uintptr_t text, size_t length)
{
    char copy[LENGTH_LIMIT];
    enum error error = ERROR_INVALID_ARGUMENT;

    if (length <= LENGTH_LIMIT) {
        error = user_copy_in(copy, text, length);
    }
    for (size_t i = 0; error == ERROR_NONE && i < length; i++) {
        printk("%c", copy[i]);
    }
    return (struct call_result){error, 0};
}
