/**
 * @file
 * Capabilities from capabilities.
 */
#pragma once

#include "abi/error.h"
#include "task/thread.h"

enum error cap_locate(struct thread *thread, uint64_t address, struct slot **found);
enum error cap_find(struct thread *thread, uint64_t address, uint64_t allows, struct slot **found);
enum error cap_find_empty(struct thread *thread, uint64_t address, struct slot **found);
enum error cap_mint(struct slot *copy, uint64_t rights, uint64_t badge);
void cap_derive(struct slot *to, struct slot content, struct slot *parent);
