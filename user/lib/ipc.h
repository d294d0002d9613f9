/**
 * @file
 * Messages: sending, receiving, answering.
 *
 * All of these are small enough to stand where they are used. A message that is a local variable
 * whose address goes nowhere else never touches memory: the compiler keeps its words in the
 * registers that they travel in.
 */
#pragma once

#include "abi/message.h"
#include "slot.h"

/** A message without the words that are in the IPC buffer. */
struct message {
    uint64_t info; /**< see abi/message.h */
    uint64_t
        badge; /**< of a message that has come: the badge of the slot that it was sent through */
    uint64_t words[MESSAGE_REGISTER_WORDS];
};

/**
 * @param label   what the message means
 * @param length  in words, at most MESSAGE_WORDS_MAX
 * @return the info word of such a message
 */
static inline uint64_t info_make(uint32_t label, uint64_t length)
{
    uint64_t buffer = length > MESSAGE_REGISTER_WORDS ? MESSAGE_BUFFER : 0;

    return (uint64_t)label << MESSAGE_LABEL_SHIFT | buffer | length;
}

/** @return the bits of an info word that let a slot travel along */
static inline uint64_t info_transfer(slot travels)
{
    return MESSAGE_TRANSFER | travels.number << MESSAGE_SLOT_SHIFT;
}

/** @return what the message means */
static inline uint32_t info_label(uint64_t info)
{
    return (uint32_t)(info >> MESSAGE_LABEL_SHIFT);
}

/** @return the message's length in words */
static inline uint64_t info_length(uint64_t info)
{
    return info & MESSAGE_LENGTH_MASK;
}

/**
 * Makes a message call: the registers are those that abi/message.h lists.
 *
 * @param call     which
 * @param where    the slot that the call is about
 * @param message  what goes out, and afterwards what came in; undefined after an error
 * @param timeout  in milliseconds
 * @return the kernel's answer
 */
static inline __attribute__((always_inline)) enum error
ipc_enter(enum call_number call, slot where, struct message *message, uint64_t timeout)
{
    register uint64_t word0 __asm__("r8") = message->words[0];
    register uint64_t word1 __asm__("r9") = message->words[1];
    register uint64_t word2 __asm__("r10") = message->words[2];
    register uint64_t word3 __asm__("r12") = message->words[3];
    register uint64_t word4 __asm__("r13") = message->words[4];
    register uint64_t word5 __asm__("r14") = message->words[5];
    register uint64_t word6 __asm__("r15") = message->words[6];
    uint64_t word7 = message->words[7];
    uint64_t error = call;

    __asm__ volatile("syscall"
                     : "+a"(error), "+D"(where.number), "+S"(message->info), "+d"(timeout),
                       "+r"(word0), "+r"(word1), "+r"(word2), "+r"(word3), "+r"(word4), "+r"(word5),
                       "+r"(word6), "+b"(word7)
                     :
                     : "rcx", "r11", "memory", "cc");
    *message = (struct message){
        message->info, where.number, {word0, word1, word2, word3, word4, word5, word6, word7}};
    return (enum error)error;
}

/**
 * Sends a request and waits for its answer.
 *
 * @param endpoint  to whom; needs RIGHT_SEND
 * @param message   the request, and afterwards the answer
 * @param timeout   for all of it, in milliseconds
 * @return ERROR_NONE; ERROR_TIMEOUT; ERROR_PEER_ENDED; ERROR_BAD_SLOT; ERROR_NO_RIGHT
 */
static inline enum error ipc_call(slot endpoint, struct message *message, uint64_t timeout)
{
    return ipc_enter(CALL_IPC_CALL, endpoint, message, timeout);
}

/**
 * Answers the last caller, then waits for the next message.
 *
 * @param endpoint  where to receive; needs RIGHT_RECEIVE
 * @param message   the answer, and afterwards the next message
 * @param timeout   for the next message, in milliseconds
 * @return as ipc_recv(); ERROR_NO_CALLER when there is nobody to answer
 */
static inline enum error ipc_reply_recv(slot endpoint, struct message *message, uint64_t timeout)
{
    return ipc_enter(CALL_IPC_REPLY_RECV, endpoint, message, timeout);
}

/**
 * Sends a message that gets no answer; returns when it has been received.
 *
 * @param endpoint  to whom; needs RIGHT_SEND
 * @param message   what
 * @param timeout   in milliseconds
 * @return as ipc_call()
 */
static inline enum error ipc_send(slot endpoint, const struct message *message, uint64_t timeout)
{
    struct message sent = *message;

    return ipc_enter(CALL_IPC_SEND, endpoint, &sent, timeout);
}

/**
 * Waits for a message, or for a signal of the notification that is bound to the task.
 *
 * @param endpoint  where; needs RIGHT_RECEIVE
 * @param message   set to what came; MESSAGE_SIGNAL in its info: the badge is the signal's bits
 * @param timeout   in milliseconds
 * @return ERROR_NONE; ERROR_TIMEOUT; ERROR_BAD_SLOT; ERROR_NO_RIGHT
 */
static inline enum error ipc_recv(slot endpoint, struct message *message, uint64_t timeout)
{
    *message = (struct message){0};
    return ipc_enter(CALL_IPC_RECV, endpoint, message, timeout);
}

/**
 * Answers a caller, once. Never waits.
 *
 * @param caller   SLOT_REPLY for the last one, or a slot from reply_save()
 * @param message  the answer
 * @return ERROR_NONE; ERROR_NO_CALLER; ERROR_BAD_SLOT
 */
static inline enum error ipc_reply(slot caller, const struct message *message)
{
    struct message sent = *message;

    return ipc_enter(CALL_IPC_REPLY, caller, &sent, TIMEOUT_NONE);
}
