/**
 * @file
 * The memory of tasks.
 */
#pragma once

#include "arch/boot.h"
#include "task/program.h"

/** What a program is told about its memory when it starts. */
struct program_places {
    uintptr_t stack_end; /**< one past the last byte of its stack */
    uintptr_t buffer;    /**< its IPC buffer; 0: it has none */
};

enum error program_begin(const char *name, const struct memory_range *image, struct thread **begun);
enum error program_add_places(struct thread *thread, struct program_places *places);
void program_release_memory(struct thread *thread);
