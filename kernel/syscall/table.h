/**
 * @file
 * The table of system calls, which is made from the stages' manifests (generated/call_table.asm).
 */
#pragma once

#include "abi/call.h"

/** Carries a call out; each takes as many of the arguments as it needs. */
typedef struct call_result (*call_function)(uint64_t first, uint64_t second, uint64_t third,
                                            uint64_t fourth);

/** The function of each number. */
extern const call_function call_table[];
/** How many there are. */
extern const uint64_t call_table_size;
