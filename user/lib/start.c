/**
 * @file
 * The first C code of a program, and the last.
 */
#include <stdnoreturn.h>

#include "buffer.h"
#include "program.h"
#include "task.h"

struct ipc_buffer *ipc_buffer;

noreturn void program_start(uint64_t argument, struct ipc_buffer *buffer);

/**
 * Runs the program; called by _start.
 *
 * @param argument  for main()
 * @param buffer    the task's IPC buffer
 */
noreturn void program_start(uint64_t argument, struct ipc_buffer *buffer)
{
    ipc_buffer = buffer;
    task_exit(main(argument));
}
