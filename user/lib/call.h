/**
 * @file
 * Kernel calls as C sees them.
 *
 * Each call has a function of its name; task.h, console.h and others declare them. The functions
 * are made from the list of calls: they put the number into RAX and execute SYSCALL.
 */
#pragma once

#include "abi/call.h"
#include "abi/error.h"

/**
 * Makes a kernel call by its number, for calls that have no function.
 *
 * @param number  of the call; any number may be tried
 * @param first   argument
 * @param second  argument
 * @param third   argument
 * @return what the kernel answers
 */
static inline struct call_result call_kernel(uint64_t number, uint64_t first, uint64_t second,
                                             uint64_t third)
{
    __asm__ volatile("syscall"
                     : "+a"(number), "+D"(first), "+S"(second), "+d"(third)
                     :
                     : "rcx", "r8", "r9", "r10", "r11", "memory", "cc");
    return (struct call_result){number, third};
}
