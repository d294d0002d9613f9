/**
 * @file
 * The first C code of a program, and the last.
 */
#include <stdnoreturn.h>

#include "program.h"
#include "task.h"

noreturn void program_start(uint64_t argument);

/**
 * Runs the program; called by _start.
 *
 * @param argument  for main()
 */
noreturn void program_start(uint64_t argument)
{
    task_exit(main(argument));
}
