/**
 * @file
 * What lies below the kernel's core: memory, the way in and the way out.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi/call.h"
#include "arch/context.h"

#define HOST_KERNEL_ROOT 0x1000u    /* physical address of the kernel's own root table */
#define HOST_MEMORY_START 0x110000u /* below: the firmware's megabyte, and the kernel's image */

void host_memory_start(size_t bytes);
uint64_t host_memory_end(void);
void host_memory_allow(uint64_t physical, size_t bytes, bool allowed);
void host_threads_start(void);

/* Init steps: the kernel declares them in the table of them alone. */
void page_init(void);
void memory_init(void);
void frames_init(void);
void frame_uses_init(void);

/* What each stage has of its own: stage.c of its folder. */
void host_stage_memory(void);
struct thread *host_stage_idle(void);

bool host_call(uint64_t number, const uint64_t arguments[4]);
bool host_enter(void (*entry)(struct context *saved));
void host_interrupt(unsigned line);
void host_tick(void);
