/**
 * @file
 * The kernel that the storage driver sees on the host: slots, frames, time.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define FRAME_NUMBERS 16u

uint8_t *kernel_frame(unsigned number);
uint64_t kernel_frame_bytes(unsigned number);
void kernel_make_frame(unsigned number, uint64_t pages, uint64_t physical);
void kernel_give_frame(uint64_t into, unsigned number, uint64_t rights);
void kernel_give_signal(uint64_t into, unsigned number, uint64_t rights);
void kernel_take_back(unsigned frame, unsigned signal);
unsigned kernel_mapped(void);
uint64_t kernel_time(void);
void kernel_pass_time(uint64_t milliseconds);
bool kernel_take_acknowledged(void);
