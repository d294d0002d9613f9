/**
 * @file
 * What the grader's test programs inside the kernel are written with.
 *
 * The graded kernel is a student's; these files are not, and they use as little of the kernel as
 * they can: boot_info.command_line, the symbol table and machine_stop(). A test is a function
 *
 *     void guest_test_format_numbers(void);
 *
 * which the words `test=format_numbers seed=0x..` of the command line choose. Its reports go to the
 * debug port.
 *
 * When a test includes one of the kernel's sources, to compile it with spies in place of its port
 * functions, then in a file of its own that holds nothing else: a student's text may redefine what
 * follows it. The grader refuses a student's source that uses names beginning with guest_.
 */
#pragma once

#include "reports.h"

/** The value of a word `key=value` of the command line as a number; `otherwise` without one. */
uint64_t guest_argument(const char *key, uint64_t otherwise);
