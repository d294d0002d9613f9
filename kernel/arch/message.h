/**
 * @file
 * Where a message call's context holds the parts of the message: abi/message.h.
 */
#pragma once

#include <stdbool.h>

#include "abi/message.h"
#include "arch/context.h"

/** @return the info word of the message that a thread sends */
static inline uint64_t context_message_info(const struct context *sender)
{
    return sender->rsi;
}

/** Copies the words that travel in registers. */
static inline void context_copy_words(struct context *to, const struct context *from)
{
    to->r8 = from->r8;
    to->r9 = from->r9;
    to->r10 = from->r10;
    to->r12 = from->r12;
    to->r13 = from->r13;
    to->r14 = from->r14;
    to->r15 = from->r15;
    to->rbx = from->rbx;
}

/** Sets all that a message call gives back but for the words: it has succeeded. */
static inline void context_set_message(struct context *receiver, uint64_t badge, uint64_t info)
{
    receiver->rax = 0;
    receiver->rdi = badge;
    receiver->rsi = info;
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
