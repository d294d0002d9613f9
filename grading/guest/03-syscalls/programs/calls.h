/**
 * @file
 * System calls as the tests make them: with all registers of their own, and no help of the library.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "abi/call.h"

/** Makes a system call. @return what the kernel answers */
static inline struct call_result raw_call(uint64_t number, uint64_t first, uint64_t second,
                                          uint64_t third)
{
    register uint64_t fourth __asm__("r10") = 0;

    __asm__ volatile("syscall"
                     : "+a"(number), "+D"(first), "+S"(second), "+d"(third), "+r"(fourth)
                     :
                     : "rcx", "r8", "r9", "r11", "memory", "cc");
    return (struct call_result){number, third};
}

static inline size_t text_length(const char *text)
{
    size_t length = 0;

    while (text[length] != '\0') {
        length++;
    }
    return length;
}

/** Starts a program by its module's name. */
static inline struct call_result start_program(const char *name, uint64_t argument)
{
    return raw_call(CALL_TASK_START, (uintptr_t)name, text_length(name), argument);
}

static inline struct call_result join_task(uint64_t id)
{
    return raw_call(CALL_TASK_JOIN, id, 0, 0);
}
