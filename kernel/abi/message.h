/**
 * @file
 * Messages between tasks: what kernel and user programs agree on.
 *
 * A message call takes and gives everything in registers:
 *
 *              in                           out
 *     RAX      enum call_number             enum error
 *     RDI      slot                         badge of the slot that the message came through
 *     RSI      info                         info
 *     RDX      timeout in milliseconds      undefined
 *     R8 R9 R10 R12 R13 R14 R15 RBX         words 0 to 7, both ways
 *
 * RBP and RSP are kept, RCX and R11 destroyed (SYSCALL itself uses them: Intel SDM Vol. 2B). All
 * eight words travel always, however long the message is; words from 8 on stand in the sender's
 * and then in the receiver's IPC buffer, word n at index n of the page.
 *
 * The info word:
 *
 *     bits 63-32   31-16         15        14      13      12     11-10   9-0
 *          label   number of     TRANSFER  BUFFER  SIGNAL  FAULT  0       length in words
 *                  a slot
 */
#pragma once

#define MESSAGE_REGISTER_WORDS 8 /**< words that travel in registers */
#define MESSAGE_WORDS_MAX 512    /**< longest message: one page */

#define MESSAGE_LENGTH_MASK 0x3FFul /**< length in words, 0 to MESSAGE_WORDS_MAX */
#define MESSAGE_FAULT 0x1000ul      /**< only from the kernel: a task's fault */
#define MESSAGE_SIGNAL 0x2000ul /**< only from the kernel: the badge holds a notification's bits */
#define MESSAGE_BUFFER 0x4000ul /**< words 8 to length-1 are in the IPC buffer */
#define MESSAGE_TRANSFER 0x8000ul  /**< a slot travels along */
#define MESSAGE_SLOT_SHIFT 16      /**< where the number of that slot stands */
#define MESSAGE_SLOT_MASK 0xFFFFul /**< of that number, shifted down */
#define MESSAGE_LABEL_SHIFT 32 /**< where the label stands: 32 bits that mean what both agree on */

/** Index in the IPC buffer of the word that names the slot where a slot that travels arrives. */
#define MESSAGE_RECEIVE_SLOT_WORD 0

#define TIMEOUT_NONE 0ul                      /**< do not block */
#define TIMEOUT_INFINITE 0xFFFFFFFFFFFFFFFFul /**< wait for ever */

#define SLOT_LIMIT 64      /**< slots of a task: 0 to 63 */
#define SLOT_LAST_CALLER 0 /**< always stands for the caller that was received last */
#define SLOT_GIVEN 1       /**< of a new task: what whoever started it has given it */

#define RIGHT_SEND 1ul    /**< endpoint: send and call; notification: signal */
#define RIGHT_RECEIVE 2ul /**< endpoint: receive; notification: wait and bind */
#define RIGHT_GRANT 4ul   /**< endpoint: slots may travel with what is sent */
