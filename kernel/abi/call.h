/**
 * @file
 * System calls: their numbers and what they give back.
 *
 * SYSCALL with the number in RAX and up to four arguments in RDI, RSI, RDX and R10. Back come the
 * error in RAX and a value in RDX. RBX, RBP, RSP and R12 to R15 are kept; RCX and R11 are lost
 * (Intel SDM Vol. 2B, SYSCALL); all other general registers are 0. A kernel/syscall/NAME.c
 * describes each.
 */
#pragma once

#include <stdint.h>

#include "generated/calls.h"

#define CALL_ENUMERATOR(number, NAME, name) CALL_##NAME = number, /**< as the list says */

/** The number of each call. Numbers are never used again for another call. */
enum call_number { CALL_LIST(CALL_ENUMERATOR) };

/** What a call gives: in C a pair that is returned in RAX and RDX (System V ABI 3.2.3). */
struct call_result {
    uint64_t error; /**< an enum error */
    uint64_t value; /**< 0 with an error */
};
