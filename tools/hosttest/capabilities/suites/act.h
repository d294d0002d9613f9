/**
 * @file
 * What the current thread does, in the kernel and in the model.
 */
#pragma once

#include "abi/call.h"
#include "models/model.h"

void act_call(enum call_number call, uint64_t first, uint64_t second, uint64_t third,
              uint64_t fourth);
bool act_end(uint64_t address, bool is_revoke);
void act_retype(uint64_t untyped, uint64_t object, uint64_t to);
void act_bind_line(uint64_t irq, uint64_t notification);
void act_interrupt(unsigned line);
void act_tick(void);
enum error act_last(void);

uint64_t act_address(int cap);
uint64_t act_pick(enum object_kind kind);
uint64_t act_pick_own(enum object_kind kind);
uint64_t act_pick_empty(void);
void act_message(void);
