/**
 * @file
 * Page faults, as the CPU tells of them, and as messages: abi/fault.h.
 */
#pragma once

#include "abi/fault.h"
#include "abi/memory.h"
#include "arch/context.h"

/** @return whether an exception is a page fault */
static inline bool exception_is_page_fault(const struct context *saved)
{
    return saved->vector == VECTOR_PAGE_FAULT;
}

/** @return what a page fault has tried: one of enum memory_rights */
static inline unsigned exception_access(const struct context *saved)
{
    if (saved->error & PAGE_FAULT_FETCH) {
        return MEMORY_EXECUTE;
    }
    return saved->error & PAGE_FAULT_WRITE ? MEMORY_WRITE : MEMORY_READ;
}

/** Fills a page fault's message: three words. RCX, which no message uses, keeps the address. */
static inline void context_set_fault(struct context *fault, uint64_t address, uint64_t access,
                                     uint64_t instruction)
{
    fault->rsi = MESSAGE_FAULT | MESSAGE_FAULT_WORDS;
    fault->r8 = address;
    fault->r9 = access;
    fault->r10 = instruction;
    fault->rcx = address;
}

/** @return the address of a fault, also when the answer has come */
static inline uint64_t context_fault_address(const struct context *fault)
{
    return fault->rcx;
}

/** @return whether the answer to a fault is an error, or has a label: it has not been mended */
static inline bool context_is_refused(const struct context *fault)
{
    return fault->rax != 0 || fault->rsi >> MESSAGE_LABEL_SHIFT != 0;
}
