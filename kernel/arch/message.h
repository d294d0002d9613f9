/**
 * @file
 * Where a message call's context holds the parts of the message: abi/message.h.
 */
#pragma once

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
